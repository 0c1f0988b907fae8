"""One sheet with headings over rows: where they stand, which column holds the keys, and what a row has."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import CellPlace
from docgen.kinds.suggestions import folded
from docgen.series.layout import Cells, Meanings, Table
from docgen.sources.workbook import as_scalar

if TYPE_CHECKING:
    from docgen.forms.excel.odd import ReadCells
    from docgen.sources.workbook import Sheet

_KEYS = frozenset(map(folded, ("nøgle", "nr", "nummer", "id", "løbenr", "løbenummer", "key")))
_HIGHEST = 20  # rows from the top among which the headings stand
_MOST_SHOWN = 8
_NOWHERE = CellPlace("", "", "")


class Page(NamedTuple):
    """A sheet with headings: the row that they stand in, the columns (from 1) of its table, and that of the keys.

    `numbers` are the rows below the headings in which something stands, `read` the cells in them that are read. `own`
    are the columns that the file names ask for, by their headings.
    """

    sheet: Sheet
    table: Table
    header: int
    places: tuple[int, ...]
    key: int
    numbers: tuple[int, ...]
    read: tuple[ReadCells, ...]
    own: Mapping[str, int]

    def cells(self, number: int) -> Cells:
        """What a row has in the columns of the table."""
        value = self.sheet.value
        return Cells(number, tuple([self._read(value(number, at), number, at) for at in self.places]))

    def _read(self, value: object, row: int, column: int) -> tuple[str, object] | None:
        if value is None or isinstance(value, str):
            return (value, None) if value and not value.isspace() else None
        scalar = as_scalar(value, _NOWHERE, self.sheet.shown(row, column))
        return scalar.text, scalar.native

    def key_of(self, number: int) -> str:
        """The key of a row; empty where it has none."""
        return cell_text(self.sheet, number, self.key)


def filled_rows(sheet: Sheet, header: int, columns: Container[int]) -> tuple[int, ...]:
    """The rows below the headings in which something stands, or a formula in some columns should have given a value."""
    below = enumerate(islice(sheet.rows, header, None), header + 1)
    filled = {number for number, values in below if any(value not in (None, "") for value in values)}
    filled |= {row for row, column in sheet.valueless if row > header and column in columns}
    return tuple(sorted(filled))


def letters(column: int) -> str:
    """The name of a column, counted from 1: A, B, … AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_text(sheet: Sheet, row: int, column: int) -> str:
    """What stands in a cell, on one line; empty for an empty one, and for one outside the sheet."""
    value = sheet.value(row, column)
    if value is None:
        return ""
    return " ".join((value if isinstance(value, str) else sheet.scalar(row, column).text).split())


def headings(sheet: Sheet, row: int) -> Iterator[tuple[int, str]]:
    """The columns with something in or below a row of headings: the number of each, and its heading."""
    width = max((len(values) for values in sheet.rows[row - 1 :]), default=0)
    for column in range(1, width + 1):
        text = cell_text(sheet, row, column)
        if text or any(len(values) >= column and values[column - 1] not in (None, "") for values in sheet.rows[row:]):
            yield column, text


def header_row(sheet: Sheet, meanings: Meanings) -> int:
    """The row with the most headings that mean a field, the first such; 0 when there is none."""
    best, found = 0, 0
    for row in range(1, min(len(sheet.rows), _HIGHEST) + 1):
        texts = (cell_text(sheet, row, column) for column in range(1, len(sheet.rows[row - 1]) + 1))
        meant = sum(meanings.find(text) is not None for text in texts if text)
        if meant > best:
            best, found = meant, row
    return found


def is_key_name(text: str) -> bool:
    """Whether a heading is a usual name for a column of keys."""
    return folded(text) in _KEYS


def key_column(sheet: Sheet, header: int) -> int:
    """The column of the keys: the first that is called so, else the first with a heading."""
    named = [column for column, text in headings(sheet, header) if text]
    called = (column for column in named if is_key_name(cell_text(sheet, header, column)))
    return next(called, None) or (named[0] if named else 1)


def few(words: Sequence[str], name: str) -> dict[str, str]:
    """The values `name` and `name_en` of a message: the words, or the first of them where they are many."""
    shown, rest = ", ".join(words[:_MOST_SHOWN]), len(words) - _MOST_SHOWN
    if rest <= 0:
        return {name: shown}
    return {name: f"{shown} og {rest} til", f"{name}_en": f"{shown} and {rest} more"}
