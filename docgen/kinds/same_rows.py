"""Rows that say the same thing: one id in two files, and one thing under two ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from collections.abc import Sequence as Several
from itertools import repeat
from operator import getitem
from types import NoneType

from docgen.danish.formats import display
from docgen.diagnostics import Diagnostic, Place, error, warning
from docgen.kinds.composite_fields import GroupFieldType, ListType
from docgen.kinds.fields import At, Field, FieldType, ScalarType, quoted
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.record import INVALID, Group, InvalidValueError, is_empty, path_of
from docgen.kinds.short_forms import is_blank, shorthand
from docgen.sources import Mapping as MappingNode
from docgen.sources import Node, Scalar, Sequence, Table

_MOST_FIELDS = 3


def without_doubles(sources: Several[Sequence], group: GroupType, kind: Kind, at: At) -> tuple[Sequence, ...]:
    """The sources without the rows whose id an earlier one has as well.

    Of these there is a warning when both say the same, and a fault when they do not.
    """
    kept: list[Sequence] = []
    first: dict[str, tuple[Sequence, int]] = {}
    for source in sources:
        doubles: set[int] = set()
        for number, name in enumerate(_ids(source, group)):
            before, its = first.setdefault(name, (source, number)) if name else (source, number)
            if before is not source:
                doubles.add(number)
                at.diagnostics.append(_double(name, before.items[its], source.items[number], group, kind, at))
        kept.append(_without(source, doubles) if doubles else source)
    return tuple(kept)


def _ids(source: Sequence, group: GroupType) -> Iterator[str]:
    """The ids of rows, "" for one that has none."""
    names = (group.key, *group.fields[group.key].aliases) if group.key else ()
    columns = source.columns if isinstance(source, Table) else ()
    keys = [(name, column) for name, column in columns if name.partition(".")[0] in names]
    if not isinstance(source, Table) or len(keys) > 1 or any("." in name for name, _ in keys):
        return (_id(row, group) for row in source)
    if not keys:
        return repeat("", len(source.rows))
    sheet, column = source.sheet, keys[0][1]
    return (sheet.scalar(row, column).text.strip() for row in source.rows)


def _without(source: Sequence, left_out: Set[int]) -> Sequence:
    """A source without the rows of these numbers, from 0."""
    if isinstance(source, Table):
        rows = [row for number, row in enumerate(source.rows) if number not in left_out]
        return Table(source.sheet, source.columns, rows, source.place)
    return Sequence(tuple(row for number, row in enumerate(source) if number not in left_out), source.place)


def same_rows(elements: Several[object], group: GroupType, places: Mapping[str, Place]) -> Iterator[Diagnostic]:
    """What there is to say of elements of a list that have the same key, or the same value where it should be unique.

    The same key is a fault; the same value of a field with `entydig: ja` a warning, and spaces in it do not count.
    """
    known = [one for one in elements if isinstance(one, Group)]
    for first, other in _pairs(known, group.key):
        path = path_of(other.sti, group.key)
        named = {"felt": group.key, "felt_form": group.fields[group.key].label}
        told = {**named, "tekst": str(other), "sti": first.sti, **_shown(_place(first, group.key, places))}
        yield error("DG251", places.get(path), path=path, **told)
    for name in (field.name for field in group.fields.values() if field.unique):
        for first, other in _pairs(known, name, loosely=True):
            if group.key and str(first) == str(other):
                continue
            told = {
                "felt": name,
                "felt_form": group.fields[name].label,
                "tekst": _text(other, name),
                "id": str(other) or other.sti,
                "andet": str(first) or first.sti,
                **_shown(_place(first, name, places)),
            }
            yield warning("DG769", _place(other, name, places), path=path_of(other.sti, name), **told)


def _pairs(elements: Several[Group], name: str, *, loosely: bool = False) -> Iterator[tuple[Group, Group]]:
    """Each element that has the same in a field as an earlier one, after the first that has it."""
    first: dict[str, Group] = {}
    if not name or not _may_repeat(elements, name):
        return
    for element in elements:
        text = _text(element, name)
        before = first.setdefault("".join(text.casefold().split()) if loosely else text, element) if text else element
        if before is not element:
            yield before, element


def _may_repeat(elements: Several[Group], name: str) -> bool:
    """Whether two elements may have the same in a field: not if it is empty everywhere, or has words that differ."""
    try:
        texts: list[object] = list(map(getitem, elements, repeat(name)))
    except InvalidValueError:
        return True
    if set(map(type, texts)) <= {str, NoneType}:
        texts = list(filter(None, texts))
    else:
        texts = [text for text in texts if not is_empty(text)]
    words = [text.casefold() for text in texts if type(text) is str]
    joined = "\0".join(words)
    return bool(texts) and (joined.split() != [joined] or len(set(words)) < len(texts))


def _text(element: Group, name: str) -> str:
    """What an element has in a field; "" for nothing, or for a value that was refused."""
    try:
        value = element[name]
    except InvalidValueError:
        return ""
    return "" if is_empty(value) else display(value)


def _place(element: Group, name: str, places: Mapping[str, Place]) -> Place | None:
    """Where a field of an element was written; for a computed one, the element."""
    return places.get(path_of(element.sti, name)) or places.get(element.sti)


def _shown(place: Place | None) -> dict[str, str]:
    from docgen.catalog import place_label

    return {"sted": place_label(place) if place else "", "sted_en": place_label(place, "en") if place else ""}


def _double(name: str, before: Node, row: Node, group: GroupType, kind: Kind, at: At) -> Diagnostic:
    """What to say of the second row with an id."""
    told: dict[str, object] = {"felt": group.key, "felt_form": group.fields[group.key].label, "tekst": name}
    differing = list(_differing(before, row, group, kind, at))
    if not differing:
        return warning("DG767", _row_place(row, group), path=at.path, **told, **_shown(_row_place(before, group)))
    _, one, other = differing[0]
    for ending, form, word in (
        ("", False, "og"),
        ("_en", False, "and"),
        ("_form", True, "og"),
        ("_form_en", True, "and"),
    ):
        names = [
            f"{field.label if form else field.name} ({_quote(one)} {word} {_quote(other)})"
            for field, one, other in differing[:_MOST_FIELDS]
        ]
        told[f"felter{ending}"] = ", ".join(names) + (" …" if len(differing) > _MOST_FIELDS else "")
    place = other.place if other else _row_place(row, group)
    return error("DG768", place, path=at.path, **told, **_shown(one.place if one else _row_place(before, group)))


def _quote(node: Node | None) -> str:
    """What is written in a field, for a message."""
    if node is None or is_blank(node):
        return "—"
    return quoted(node) if isinstance(node, Scalar) else "…"


def _row_place(row: Node, group: GroupType) -> Place:
    found = _given(row, group).get(group.key)
    return found.place if found is not None else row.place


def _id(row: Node, group: GroupType) -> str:
    """The id of a row; "" when it has none."""
    found = _given(row, group).get(group.key) if group.key else None
    return found.text.strip() if isinstance(found, Scalar) else ""


def _given(node: Node, group: GroupType) -> dict[str, Node]:
    """What is written in each field of a group, by the names of the fields."""
    if not isinstance(node, MappingNode):
        short = None if is_blank(node) else shorthand(group, node)
        return {short.name: node} if short else {}
    spellings = {alias: field.name for field in group.fields.values() for alias in field.aliases}
    return {spellings.get(entry.key.text, entry.key.text): entry.value for entry in node}


def _differing(
    before: Node, row: Node, group: GroupType, kind: Kind, at: At
) -> Iterator[tuple[Field, Node | None, Node | None]]:
    """The fields in which two rows do not say the same, and what they say there."""
    one, other = _given(before, group), _given(row, group)
    for field in group.fields.values():
        if not field.computed:
            nodes = one.get(field.name), other.get(field.name)
            if _meant(field, nodes[0], kind, at) != _meant(field, nodes[1], kind, at):
                yield field, *nodes


def _meant(field: Field, node: Node | None, kind: Kind, at: At) -> object:
    given = field.default if node is None or is_blank(node) else node
    return None if given is None else _value(field.type, given, kind, at)


def _value(made: FieldType, node: Node, kind: Kind, at: At) -> object:
    """What is written, without the ways of writing it: 1.250,00 and 1250 are one amount."""
    if isinstance(made, ScalarType) and isinstance(node, Scalar):
        value = made.parse(node, At(at.path, at.name, at.today, [], at.surroundings))
        return node.text.strip() if value is INVALID else value
    if isinstance(made, ListType) and isinstance(node, Sequence):
        return [_value(made.element, item, kind, at) for item in node]
    if isinstance(made, GroupFieldType):
        group = kind.groups[made.group]
        given = _given(node, group)
        return {name: _meant(field, given.get(name), kind, at) for name, field in group.fields.items()}
    return node.text.strip() if isinstance(node, Scalar) else node
