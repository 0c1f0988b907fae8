"""How the rows of a workbook become inputs: what each column is for, and the cells of a row as a tree."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
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
    list of inputs has a `node` in place of them. `faults` were found while it was read. `own` are the cells that its
    file name asks for, each with its heading.
    """

    number: int
    key: str = ""
    cells: Cells | None = None
    inner: tuple[tuple[int, tuple[Cells, ...]], ...] = ()
    node: Node | None = None
    faults: tuple[Diagnostic, ...] = ()
    own: tuple[tuple[str, str], ...] = ()


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

    def spellings(self, text: str) -> list[str]:
        """What else the field that a heading means may be called in a heading."""
        meant = self.find(text)
        if meant is None:
            return []
        field, path = meant.field, ".".join(map(str, meant.steps))
        known = self.headers.heading(path) if path in self.headers.reaches else path
        return [field.label, field.name, *field.aliases, path, known]

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


def place_of(row: Row, layout: Layout) -> Place | None:
    """Where a row begins."""
    if row.cells is not None:
        return CellPlace(layout.file, layout.tables[0].sheet, f"A{row.number}")
    return row.node.place if row.node else None


def plain(row: Row, layout: Layout) -> str:
    """The data of a row as text, whatever row or column it stands in, and what is said of its cells.

    Two rows with the same text are one input.
    """
    if row.cells is None:
        return repr(bare(row.node))
    return repr(
        (
            [(one.code, sorted(one.values.items())) for one in row.faults],
            _told(row.cells, layout.tables[0]),
            [
                (layout.tables[number].steps, [_told(cells, layout.tables[number]) for cells in rows])
                for number, rows in row.inner
            ],
        )
    )


def _told(cells: Cells, table: Table) -> list[tuple[str, tuple[str, object]]]:
    values = cells.values
    return [(path, value) for path, at in _paths(table) if (value := values[at]) is not None]


@lru_cache(maxsize=64)
def _paths(table: Table) -> tuple[tuple[str, int], ...]:
    """The fields of a table's columns in the order of the alphabet, each with the place of its column."""
    return tuple(sorted((".".join(map(str, column.steps)), at) for at, column in enumerate(table.columns)))


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


def canonical(node: Node, group: GroupType, kind: Kind) -> Node:
    """The tree of an input with its fields called by their names, not by an alias, so that two can be merged."""
    if not isinstance(node, MappingNode):
        return node
    entries: list[Entry] = []
    for entry in node:
        name = group.spellings.get(entry.key.text, entry.key.text)
        field = group.fields.get(name)
        made = field.type if field else None
        inner = kind.groups[made.group] if isinstance(made, GroupFieldType) else None
        value = canonical(entry.value, inner, kind) if inner else entry.value
        entries.append(Entry(entry.key if name == entry.key.text else Scalar(name, entry.key.place), value))
    return MappingNode(tuple(entries), node.place)
