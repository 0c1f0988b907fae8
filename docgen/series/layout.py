"""How the rows of a workbook become inputs: what each column is for, and the cells of a row as a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import CellPlace, Diagnostic, Place
from docgen.kinds.composite_fields import GroupFieldType, ListType, TextTableType
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.suggestions import closest, listed
from docgen.kinds.text_fields import TextType
from docgen.sources import Entry, Node, Scalar
from docgen.sources import Mapping as MappingNode
from docgen.sources import Sequence as SequenceNode

if TYPE_CHECKING:
    from docgen.forms.headers import Headers

_ELEMENT = re.compile(r"^(?P<list>.*?\S)\s*\[(?P<number>[1-9]\d?)\]\s*(?:[.:]\s*(?P<rest>\S.*))?$", re.DOTALL)
_LINES = re.compile(r"\s*\n\s*")
_MARKS = re.compile(r"\s*[\n;,]\s*")

Step = str | int
"""A step on the way to a field: a name, or the number (from 1) of an element of the list before it."""


class Column(NamedTuple):
    """A column of a sheet: the way to its field, and what parts the elements where the field is a list of values.

    `letter` is the column's name in the workbook.
    """

    letter: str
    steps: tuple[Step, ...]
    parted: str = ""


class Table(NamedTuple):
    """A sheet that rows come from; `steps` is the way to the list that it holds, none for the sheet of the inputs."""

    sheet: str
    columns: tuple[Column, ...]
    steps: tuple[Step, ...] = ()


class Layout(NamedTuple):
    """The file that rows come from, as messages show it, and its sheets: that of the inputs first."""

    file: str
    tables: tuple[Table, ...] = ()


class Cells(NamedTuple):
    """The cells of one row: for each column of its table the text and the file's own value, None for an empty cell."""

    number: int
    values: tuple[tuple[str, object] | None, ...]


class Row(NamedTuple):
    """One input of a series, as small as it can be: it goes from one process to another.

    `number` is its row in the workbook, or its place in a list of inputs (from 1), `key` what its rows on other sheets
    call it. `cells` are its own, `inner` those on the other sheets of the layout, by their number there; an input of a
    list of inputs has a `node` in place of them. `faults` were found while it was read.
    """

    number: int
    key: str = ""
    cells: Cells | None = None
    inner: tuple[tuple[int, tuple[Cells, ...]], ...] = ()
    node: Node | None = None
    faults: tuple[Diagnostic, ...] = ()


class Meaning(NamedTuple):
    """What a heading means: the way to a field, and the field."""

    steps: tuple[Step, ...]
    field: Field

    def column(self, letter: str) -> Column:
        """A column with that heading."""
        made = self.field.type
        if not isinstance(made, ListType):
            return Column(letter, self.steps)
        return Column(letter, self.steps, "linjer" if isinstance(made.element, TextType | GroupFieldType) else "tegn")


class Meanings:
    """What the headings of a group may mean: its fields, those of the groups in it, and those of elements of lists.

    The first element of a list needs no number: `driftsvaretagere.kommune` is `driftsvaretagere[1].kommune`.
    """

    def __init__(self, group: GroupType, kind: Kind) -> None:
        from docgen.forms.headers import Headers

        self.headers = Headers(group, kind)
        self.kind = kind

    def find(self, text: str) -> Meaning | None:
        """The field that a heading means; None where it means none, or more than one."""
        path = self.headers.find(text)
        if path is not None and self.several(text):
            return None
        if path is not None:
            return Meaning(tuple(path.split(".")), self.headers.reaches[path].field)
        numbered = _ELEMENT.match(text)
        if numbered is not None:
            return self._inside(numbered["list"], int(numbered["number"]), numbered["rest"] or "")
        for mark in re.finditer(r"[.:]", text):
            found = self._inside(text[: mark.start()], 1, text[mark.end() :].strip())
            if found is not None:
                return found
        return None

    def several(self, text: str) -> list[str]:
        """The fields that a heading may mean when it names no group: those of single groups, and of elements of lists.

        Empty for a heading that means at most one of them, or a field of the group itself.
        """
        own = self.headers.meanings(text)
        if "." in text or ":" in text or any("." not in path for path in own):
            return []
        inner = (f"{path}.{there}" for path, one in self._elements.items() if (there := one.find(text)))
        found = [*own, *inner]
        return found if len(found) > 1 else []

    def suggest(self, text: str) -> dict[str, str]:
        """The values `forslag` and `forslag_en` of a message: the headings that were perhaps meant, or else all."""
        ends: dict[str, list[str]] = {}
        for around, one in (("", self.headers), *((f"{path}.", one) for path, one in self._elements.items())):
            for path, reach in one.reaches.items():
                for word in {reach.field.name, reach.field.label} if _is_plain(reach.field.type) else ():
                    ends.setdefault(word, []).append(f"{around}{path}")
        meant = closest(text, ends)
        if meant is None:
            return self.headers.suggest(text)
        shown = [f'"{path}"' for path in ends[meant]]
        return {"forslag": f"mente du {listed(shown, 'eller')}?", "forslag_en": f"did you mean {listed(shown, 'or')}?"}

    @cached_property
    def _elements(self) -> dict[str, Headers]:
        """The headings of the elements of lists, by the path of the list."""
        from docgen.forms.headers import Headers

        return {
            path: Headers(self.kind.groups[made.element.group], self.kind)
            for path, reach in self.headers.reaches.items()
            if isinstance(made := reach.field.type, ListType) and isinstance(made.element, GroupFieldType)
            if not reach.field.builtin
        }

    def _inside(self, name: str, number: int, rest: str) -> Meaning | None:
        path = self.headers.find(name)
        made = self.headers.reaches[path].field.type if path else None
        if path is None or not isinstance(made, ListType):
            return None
        steps: tuple[Step, ...] = (*path.split("."), number)
        if not rest:
            return Meaning(steps, self.headers.reaches[path].field) if _is_plain(made.element) else None
        if not isinstance(made.element, GroupFieldType):
            return None
        inner = Meanings(self.kind.groups[made.element.group], self.kind).find(rest)
        return Meaning(steps + inner.steps, inner.field) if inner else None


def _is_plain(made: FieldType) -> bool:
    return not isinstance(made, GroupFieldType | ListType | TextTableType)


class _Branch:
    """A group or a list of the tree while it is built: what it holds by name or by number."""

    __slots__ = ("held", "place")

    def __init__(self, place: Place) -> None:
        self.place = place
        self.held: dict[Step, _Branch | tuple[Node, Place]] = {}

    def put(self, steps: Sequence[Step], node: Node, place: Place) -> None:
        """Put a value in, with what it takes on the way."""
        here = self
        for step in steps[:-1]:
            there = here.held.get(step)
            if not isinstance(there, _Branch):
                there = here.held[step] = _Branch(place)
            here = there
        here.held[steps[-1]] = node, place

    def node(self) -> Node:
        """The mapping or the sequence; a blank value where nothing was given in it."""
        made = {step: (one.node(), one.place) if isinstance(one, _Branch) else one for step, one in self.held.items()}
        given = {step: one for step, one in made.items() if not _is_empty(one[0])}
        if not given:
            return Scalar("", self.place, empty=True)
        if isinstance(next(iter(made)), int):
            return SequenceNode(tuple(given[step][0] for step in sorted(given, key=int)), self.place)
        return MappingNode(tuple(Entry(Scalar(str(step), at), node) for step, (node, at) in made.items()), self.place)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.empty


def tree(row: Row, layout: Layout, common: MappingNode | None) -> Node:
    """The input that a row and the common values make together; what the row gives wins.

    A row's cells keep their places; one that is empty has a place too, so that a message can point to it.
    """
    node = _from_cells(row, layout) if row.cells else row.node
    if node is None:
        raise ValueError("a row has cells or a node")
    return merged(node, common) if common is not None and isinstance(node, MappingNode) else node


def place_of(row: Row, layout: Layout) -> Place | None:
    """Where a row begins."""
    if row.cells is not None:
        return CellPlace(layout.file, layout.tables[0].sheet, f"A{row.number}")
    return row.node.place if row.node else None


def _from_cells(row: Row, layout: Layout) -> MappingNode:
    assert row.cells
    first = layout.tables[0]
    whole = _Branch(CellPlace(layout.file, first.sheet, f"A{row.number}"))
    for column, node, place in _nodes(row.cells, layout.file, first):
        whole.put(column.steps, node, place)
    for number, rows in row.inner:
        table = layout.tables[number]
        for at, cells in enumerate(rows, 1):
            for column, node, place in _nodes(cells, layout.file, table):
                whole.put((*table.steps, at, *column.steps), node, place)
    made = whole.node()
    return made if isinstance(made, MappingNode) else MappingNode((), whole.place)


def _nodes(cells: Cells, file: str, table: Table) -> Iterator[tuple[Column, Node, Place]]:
    for column, value in zip(table.columns, cells.values, strict=True):
        place = CellPlace(file, table.sheet, f"{column.letter}{cells.number}")
        if value is None:
            yield column, Scalar("", place, empty=True), place
        elif column.parted and isinstance(column.steps[-1], str):
            parts = (_LINES if column.parted == "linjer" else _MARKS).split(value[0].strip())
            items = tuple(Scalar(part, place) for part in parts if part)
            yield column, SequenceNode(items, place), place
        else:
            yield column, Scalar(value[0], place, value[1]), place


def merged(own: MappingNode, common: MappingNode) -> MappingNode:
    """The entries of both; in groups that both have, those of both again. What `own` leaves blank, `common` fills."""
    others = {entry.key.text: entry for entry in common}
    entries: list[Entry] = []
    for entry in own:
        other = others.pop(entry.key.text, None)
        if other is None:
            entries.append(entry)
        elif isinstance(entry.value, MappingNode) and isinstance(other.value, MappingNode):
            entries.append(Entry(entry.key, merged(entry.value, other.value)))
        else:
            entries.append(other if _is_empty(entry.value) else entry)
    return MappingNode((*entries, *others.values()), own.place)


def plain(row: Row, layout: Layout) -> str:
    """The data of a row as text, whatever row or column it stands in: two rows with the same text are one input."""
    if row.cells is None:
        return repr(bare(row.node))
    return repr(
        (
            _told(row.cells, layout.tables[0]),
            [
                (layout.tables[number].steps, [_told(cells, layout.tables[number]) for cells in rows])
                for number, rows in row.inner
            ],
        )
    )


def _told(cells: Cells, table: Table) -> list[tuple[str, tuple[str, object]]]:
    return sorted(
        (".".join(map(str, column.steps)), value)
        for column, value in zip(table.columns, cells.values, strict=True)
        if value is not None
    )


def bare(node: Node | None) -> object:
    """What a tree says, without its places."""
    match node:
        case MappingNode():
            return {entry.key.text: bare(entry.value) for entry in node}
        case SequenceNode():
            return [bare(item) for item in node]
        case Scalar():
            return node.text, node.native, node.empty
    return None


def takes_from_files(node: Node) -> bool:
    """Whether an input takes rows or excerpts from other files (`fra: …`)."""
    if isinstance(node, MappingNode):
        return any(entry.key.text == "fra" or takes_from_files(entry.value) for entry in node)
    return isinstance(node, SequenceNode) and any(map(takes_from_files, node))


def canonical(node: Node, group: GroupType, kind: Kind) -> Node:
    """The tree of an input with its fields called by their names, not by an alias, so that two can be merged."""
    if not isinstance(node, MappingNode):
        return node
    names = {alias: field.name for field in group.fields.values() for alias in field.aliases}
    entries: list[Entry] = []
    for entry in node:
        name = names.get(entry.key.text, entry.key.text)
        field = group.fields.get(name)
        made = field.type if field else None
        inner = kind.groups[made.group] if isinstance(made, GroupFieldType) else None
        value = canonical(entry.value, inner, kind) if inner else entry.value
        entries.append(Entry(entry.key if name == entry.key.text else Scalar(name, entry.key.place), value))
    return MappingNode(tuple(entries), node.place)
