"""What a kind offers to others (`uddrag` in felter.yaml): read from the definition, and filled in for one input."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docgen.danish.values import FileName
from docgen.diagnostics import Diagnostic, Place
from docgen.kinds.attributes import Attributes, Faults, wording
from docgen.kinds.computing import outer_scope, run_names
from docgen.kinds.editions import open_view
from docgen.kinds.model import ExcerptGroup, ExcerptList, ExcerptPart, Wording
from docgen.kinds.record import Group, InvalidValueError, Record, Scope
from docgen.kinds.sections import document_texts
from docgen.sources import Entry, Node, Scalar, Sequence
from docgen.sources import Mapping as MappingNode
from docgen.templating.expression import ExpressionError

_EACH = "for"
_VALUE = "værdi"


def read_excerpts(parts: Attributes, faults: Faults) -> dict[str, ExcerptGroup]:
    """The excerpts that felter.yaml declares under `uddrag`, by name."""
    found: dict[str, ExcerptGroup] = {}
    for entry in parts.entries("uddrag"):
        if isinstance(entry.value, MappingNode):
            found[entry.key.text] = _group(entry.value, faults, repeated=False)
        else:
            faults.add("DG322", entry.value.place, navn=entry.key.text)
    return found


def _part(node: Node, faults: Faults, *, element: bool = False) -> ExcerptPart | None:
    match node:
        case Scalar():
            return wording(node.text.strip(), node.place, faults)
        case MappingNode():
            return _group(node, faults, repeated=element)
        case Sequence():
            made = (_part(item, faults, element=True) for item in node)
            return ExcerptList(tuple(one for one in made if one is not None))


def _group(node: MappingNode, faults: Faults, *, repeated: bool) -> ExcerptGroup:
    known = [entry.key.text for entry in node]
    each = Attributes(node, known, faults, "uddrag").formula(_EACH) if repeated and _EACH in known else None
    entries = {entry.key.text: _part(entry.value, faults) for entry in node if not (each and entry.key.text == _EACH)}
    return ExcerptGroup({name: made for name, made in entries.items() if made is not None}, each)


def excerpt_of(
    record: Record, name: str, place: Place, faults: list[Diagnostic], move: Callable[[str], str]
) -> MappingNode:
    """The excerpt of that name of a record without faults, as an input would write it, with everything at `place`.

    It is made from what no edition leaves out. `move` gives the path of a file from the folder of the one that takes,
    for the path from the folder of this one. Expressions and texts that cannot be evaluated go to `faults`.
    """
    view, edition = open_view(record)
    _move_files(view.values, move, set())
    names = run_names(record.kind, edition, record.profile, record.today)
    scope = outer_scope(view.values, names)
    document = document_texts(view, edition, scope, faults)
    filling = _Filling(place, faults)
    return filling.group(record.kind.excerpts[name], scope.under({"dokument": document}))


def _move_files(value: object, move: Callable[[str], str], seen: set[int]) -> object:
    """The value with every path in it moved; groups and lists are changed where they are."""
    if isinstance(value, FileName):
        return FileName(move(value), value.findes)
    if isinstance(value, Group | list) and id(value) not in seen:
        seen.add(id(value))
        if isinstance(value, Group):
            value.update({name: _move_files(one, move, seen) for name, one in value.items()})
        else:
            value[:] = [_move_files(one, move, seen) for one in value]
    return value


class _Filling:
    """One excerpt while its texts are filled in; what comes out empty is left out."""

    def __init__(self, place: Place, faults: list[Diagnostic]) -> None:
        self.place = place
        self.faults = faults

    def group(self, group: ExcerptGroup, scope: Scope) -> MappingNode:
        """The mapping with what is not empty."""
        made = ((name, self._node(part, scope)) for name, part in group.entries.items())
        entries = (Entry(Scalar(name, self.place), node) for name, node in made if node is not None)
        return MappingNode(tuple(entries), self.place)

    def _node(self, part: ExcerptPart, scope: Scope) -> Node | None:
        match part:
            case Wording():
                text = self._text(part, scope)
                return Scalar(text, self.place) if text else None
            case ExcerptList():
                items = tuple(node for item in part.items for node in self._elements(item, scope))
                return Sequence(items, self.place) if items else None
        made = self.group(part, scope)
        return made if made.entries else None

    def _elements(self, part: ExcerptPart, scope: Scope) -> Iterator[Node]:
        if not isinstance(part, ExcerptGroup) or part.each is None:
            node = self._node(part, scope)
            if node is not None:
                yield node
            return
        single = part.entries.get(_VALUE) if len(part.entries) == 1 else None
        outer = scope.get("den")
        for element in self._list(part, scope):
            node = self._node(single or part._replace(each=None), scope.under({"den": element, "over": outer}))
            if node is not None:
                yield node

    def _list(self, part: ExcerptGroup, scope: Scope) -> list[object]:
        if part.each is None:
            return []
        try:
            found = part.each.value(scope)
        except InvalidValueError:
            return []
        except ExpressionError as fault:
            self.faults.append(part.each.fault(fault, ""))
            return []
        return list(found) if isinstance(found, list | tuple) else [] if found is None else [found]

    def _text(self, wording: Wording, scope: Scope) -> str:
        try:
            return wording.render(scope).strip()
        except InvalidValueError:
            return ""
        except ExpressionError as fault:
            self.faults.append(wording.fault(fault))
            return ""
