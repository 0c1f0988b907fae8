"""The values of an input as a Word form shows them: short forms written out, numbers and dates in Danish."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from docgen.danish.formats import display
from docgen.diagnostics import Diagnostic, error
from docgen.forms.word.writer_plan import REST, Question, Shape
from docgen.kinds.composite_fields import GroupFieldType, ListType
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.number_fields import BoolType
from docgen.kinds.short_forms import is_blank, other_meaning, shorthand
from docgen.kinds.text_fields import ChoiceType
from docgen.sources import Mapping, Node, Scalar, Sequence

Lines = list[tuple[int, str]]
"""Lines of a list with their levels from 0."""


class Values:
    """Reads the tree of an input for a form; what no form can hold is kept in `faults`."""

    def __init__(self, kind: Kind) -> None:
        self.faults: list[Diagnostic] = []
        self._kind = kind

    def fields(self, group: GroupType, node: Node | None, *, also: str = "") -> dict[str, Node]:
        """The values of a group by field; a plain value or list in its place fills its short field.

        `also` is a name that is no field but may be there.
        """
        if node is None or is_blank(node):
            return {}
        if not isinstance(node, Mapping):
            short = shorthand(group, node)
            if short is None or (isinstance(node, Scalar) and other_meaning(group, short, node)):
                self._refuse(node, group.name)
                return {}
            return {short.name: node}
        spellings = {alias: field.name for field in group.fields.values() for alias in field.aliases}
        found: dict[str, Node] = {}
        for entry in node:
            name = spellings.get(entry.key.text, entry.key.text)
            known = name in group.fields and not group.fields[name].computed
            if not (known or name == also) or name in found:
                self._refuse(entry.key, entry.key.text)
            elif not is_blank(entry.value):
                found[name] = entry.value
        return found

    def group_of(self, question: Question) -> GroupType:
        """The group that the values of a GROUP are of, or the elements of a list of groups."""
        made = question.field.type
        made = made.element if isinstance(made, ListType) else made
        assert isinstance(made, GroupFieldType)
        return self._kind.groups[made.group]

    def items(self, question: Question, node: Node | None) -> tuple[Node, ...]:
        """The elements of a list."""
        if node is None or is_blank(node):
            return ()
        if isinstance(node, Sequence):
            return tuple(node.items)
        self._refuse(node, question.name)
        return ()

    def line(self, question: Question, node: Node | None) -> str:
        """A single value as text."""
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self._refuse(node, question.name)
            return ""
        return _text(question, node)

    def lines(self, question: Question, node: Node | None, level: int = 0) -> Lines:
        """The lines of a list, of a list with lists in it, or of a table of texts."""
        if question.shape is Shape.PAIRS:
            return self._pairs(question, node)
        found: Lines = []
        for item in self.items(question, node):
            fields = self.fields(self.group_of(question), item) if question.single else {}
            text = self.line(question, fields.get(question.single) if question.single else item)
            found.append((level, " ".join(text.splitlines())))  # a line of the form is an element
            if question.nested in fields:
                found += self.lines(question, fields[question.nested], level + 1)
        return found

    def _pairs(self, question: Question, node: Node | None) -> Lines:
        if node is None or isinstance(node, Mapping):
            entries = node.entries if node else ()
            return [(0, f"{entry.key.text}: {self.line(question, entry.value)}") for entry in entries]
        self._refuse(node, question.name)
        return []

    def rest(self, question: Question, fields: dict[str, Node]) -> Lines:
        """The lines of the column of a table that takes the fields without a column of their own."""
        found: Lines = []
        for inner in question.inner:
            if inner.name in question.columns or inner.name not in fields:
                continue
            node = fields[inner.name]
            texts = [text for _, text in self.lines(inner, node)] if inner.shape is Shape.LINES else []
            texts = texts or [self.line(inner, node)]
            found += [(0, f"{inner.label}: {text}") for text in texts if text]
        return found

    def _refuse(self, node: Node, name: str) -> None:
        self.faults.append(error("DG739", node.place, felt=name or REST))


def _text(question: Question, scalar: Scalar) -> str:
    """A scalar as a Dane would write it; text as it stands, and choices by what they are called."""
    native = scalar.native
    if isinstance(native, bool):
        return "ja" if native else "nej"
    if isinstance(native, int | Decimal):
        return format(native, "f").replace(".", ",")
    if isinstance(native, date) and not hasattr(native, "hour"):
        return display(native)
    if isinstance(native, time):
        return scalar.text
    if isinstance(question.type, BoolType):
        return {"true": "ja", "false": "nej"}.get(scalar.text.strip().casefold(), scalar.text)
    if isinstance(question.type, ChoiceType) and (found := question.type.find(scalar.text)):
        return found.etiket
    return scalar.text
