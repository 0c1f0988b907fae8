"""The tree that every reader returns: raw scalars with places, mappings and sequences."""

from __future__ import annotations

from collections import abc
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, overload

from docgen.diagnostics import Place

if TYPE_CHECKING:
    from docgen.sources.workbook import Sheet


class Scalar(NamedTuple):
    """One value as it was written, NFC-normalised, without the quotes of the file format.

    `native` is set only where the file itself gives the value a type: int, Decimal, bool, None in JSON and TOML
    (a JSON number keeps its lexeme in `text`), date, time and datetime in TOML, and the cell's own type in Excel.
    YAML gives no native values. `empty` is true for a value that was left out (`felt:`, null, an empty cell);
    its text is empty then. An empty string in quotes is not empty.
    """

    text: str
    place: Place
    native: object = None
    empty: bool = False


class Entry(NamedTuple):
    """One key of a mapping with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; the reader has refused duplicate keys."""

    entries: tuple[Entry, ...]
    place: Place

    def get(self, name: str) -> Node | None:
        """The value of the key `name`, or None."""
        return next((entry.value for entry in self.entries if entry.key.text == name), None)

    def without(self, name: str) -> Mapping:
        """The same without the key `name`."""
        return Mapping(tuple(entry for entry in self.entries if entry.key.text != name), self.place)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list in the order of the file."""

    items: abc.Sequence[Node]
    place: Place

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


class Table(Sequence):
    """A list of mappings that stands in a sheet, one in each of `rows`; each is made when it is asked for.

    `columns` are the names of the fields with the numbers of their columns; a dotted name (`leverandør.cvr`) is a field
    of a mapping inside. Rows and columns count from 1. A key has the place of its cell, a mapping that of its first.
    """

    __slots__ = ("columns", "rows", "sheet")

    def __init__(
        self, sheet: Sheet, columns: tuple[tuple[str, int], ...], rows: abc.Sequence[int], place: Place
    ) -> None:
        super().__init__(_TableItems(self), place)
        if not isinstance(rows, range) and rows and list(rows) == list(range(rows[0], rows[-1] + 1)):
            rows = range(rows[0], rows[-1] + 1)
        for name, value in (("sheet", sheet), ("columns", columns), ("rows", rows)):
            object.__setattr__(self, name, value)

    sheet: Sheet
    columns: tuple[tuple[str, int], ...]
    rows: abc.Sequence[int]

    def values(self, column: int) -> list[object]:
        """The values of the cells of a column in the rows of the table."""
        cells, rows = self.sheet.column(column), self.rows
        if isinstance(rows, range) and rows.step == 1 and 1 <= rows.start <= rows.stop <= len(cells) + 1:
            return list(cells[rows.start - 1 : rows.stop - 1])
        return [cells[row - 1] if row <= len(cells) else None for row in self.rows]

    def mapping(self, row: int) -> Mapping:
        """The mapping in the row `row` of the sheet."""
        place = self.sheet.place(row, self.columns[0][1]) if self.columns else self.place
        return Mapping(self._entries(row, self.columns), place)

    def _entries(self, row: int, columns: abc.Sequence[tuple[str, int]]) -> tuple[Entry, ...]:
        inner: dict[str, list[tuple[str, int]]] = {}
        for name, column in columns:
            first, _, rest = name.partition(".")
            inner.setdefault(first, []).append((rest, column))
        found = []
        for name, below in inner.items():
            rest, column = below[0]
            place = self.sheet.place(row, column)
            node: Node = Mapping(self._entries(row, below), place) if rest else self.sheet.scalar(row, column)
            found.append(Entry(Scalar(name, place), node))
        return tuple(found)


class _TableItems(abc.Sequence["Node"]):
    """The mappings of a table, each made anew when it is asked for."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def __len__(self) -> int:
        return len(self._table.rows)

    @overload
    def __getitem__(self, at: int) -> Node: ...
    @overload
    def __getitem__(self, at: slice) -> list[Node]: ...
    def __getitem__(self, at: int | slice) -> Node | list[Node]:
        if isinstance(at, slice):
            return [self._table.mapping(row) for row in self._table.rows[at]]
        return self._table.mapping(self._table.rows[at])


class Joined(Sequence):
    """A list whose elements stand in several lists, one after the other."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Sequence, ...], place: Place) -> None:
        super().__init__(_JoinedItems(parts), place)
        object.__setattr__(self, "parts", parts)

    parts: tuple[Sequence, ...]


class _JoinedItems(abc.Sequence["Node"]):
    """The elements of several lists; those of a table are made when they are asked for."""

    def __init__(self, parts: tuple[Sequence, ...]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(len(part.items) for part in self._parts)

    def __iter__(self) -> Iterator[Node]:
        return chain.from_iterable(self._parts)

    @overload
    def __getitem__(self, at: int) -> Node: ...
    @overload
    def __getitem__(self, at: slice) -> list[Node]: ...
    def __getitem__(self, at: int | slice) -> Node | list[Node]:
        return list(self)[at]


Node = Scalar | Mapping | Sequence
