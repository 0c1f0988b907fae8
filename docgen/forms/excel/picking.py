"""Which rows of a sheet are rows of a list: not empty ones, sums, or the headings once more."""

from __future__ import annotations

from collections.abc import Sequence as Cells

from docgen.forms.excel.layout import ROW_ID, ListSheet
from docgen.forms.excel.tables import Columns, Found
from docgen.forms.headers import SUM_WORDS
from docgen.kinds.suggestions import folded

_LONGEST_SUM = 12


def filled_rows(found: Found, columns: Columns, last: int) -> list[int]:
    """The rows in which something is filled in; a number alone is nothing."""
    rows: set[int] = set()
    numbers = [*columns.fields, *filter(None, (columns.owner,))]
    for number in numbers:
        rows.update(with_text(found.sheet.column(number), found.first, last))
        rows.update(row for row, at in found.sheet.valueless if at == number and found.first <= row <= last)
    return sorted(rows)


def sums_in(found: Found, columns: Columns, rows: list[int]) -> dict[tuple[int, int], str]:
    """The cells with the only text of their row, which says that the row holds sums, and that text."""
    sheet, own = found.sheet, [columns.number, *(at for at, heading in found.headings.items() if heading == ROW_ID)]
    numbers = [number for number in found.headings if number not in own]
    sums: dict[tuple[int, int], str] = {}
    for number in numbers:
        cells = sheet.column(number)
        texts = (value for value in set(cells) if isinstance(value, str) and len(value) <= _LONGEST_SUM)
        words = {text for text in texts if folded(text) in SUM_WORDS}
        for row in rows if words else ():
            value = cells[row - 1]
            if isinstance(value, str) and value in words:
                others = [sheet.value(row, other) for other in numbers if other != number]
                if not any(isinstance(other, str) and other.strip() for other in others):
                    sums[row, number] = value.strip()
    return sums


def headings_again(one: ListSheet, found: Found, columns: Columns, rows: list[int]) -> list[int]:
    """The rows that say the headings of their columns, as a list that was pasted with its headings does."""
    first, column = min(columns.fields.items())
    names = (column.heading, column.field.label, column.field.name, *column.field.aliases)
    initials = {name[:1].casefold() for name in names}
    cells = found.sheet.column(first)
    like = (row for row in rows if str(cells[row - 1])[:1].casefold() in initials)
    return [row for row in like if _says_headings(one, found, columns, row)]


def _says_headings(one: ListSheet, found: Found, columns: Columns, row: int) -> bool:
    """Whether a row has the heading of its column in each cell that is filled in, and that in two at least."""
    texts = [(column, text_at(found, row, number)) for number, column in columns.fields.items()]
    said = [column.path in one.headers.meanings(text) for column, text in texts if text]
    return len(said) > 1 and all(said)


def with_text(column: Cells[object], first: int, last: int) -> list[int]:
    """The rows from `first` to `last` in which a column has a value."""
    cells = enumerate(column[first - 1 : last], first)
    return [row for row, value in cells if value is not None and (not isinstance(value, str) or value.strip())]


def text_at(found: Found, row: int, number: int) -> str:
    """The text of a cell without the space around it."""
    return found.sheet.scalar(row, number).text.strip()
