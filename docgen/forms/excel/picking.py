"""Which rows of a sheet are rows of a list: not empty ones, sums, or the headings once more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Sequence as Cells

from docgen.forms.excel.layout import ROW_ID
from docgen.forms.excel.tables import Columns, Found
from docgen.forms.headers import SUM_WORDS
from docgen.kinds.suggestions import folded
from docgen.sources.workbook import Sheet

_LONGEST_SUM = 12
_LIKE_SUM = re.compile(f"[\\W_]*[{''.join({word[0] for word in SUM_WORDS})}]", re.IGNORECASE)


def filled_rows(found: Found, columns: Columns, last: int) -> list[int]:
    """The rows in which something is filled in; a number alone is nothing."""
    rows: set[int] = set()
    numbers = [*columns.fields, *filter(None, (columns.owner,))]
    for number in numbers:
        rows.update(with_text(found.sheet.column(number), found.first, last))
        rows.update(row for row, at in found.sheet.valueless if at == number and found.first <= row <= last)
    return sorted(rows)


def value_columns(found: Found, columns: Columns) -> list[int]:
    """The columns of a list but those of docgen's own."""
    return [number for number, heading in found.headings.items() if heading != ROW_ID and number != columns.number]


def sums_in(sheet: Sheet, columns: Cells[int], rows: Cells[int]) -> dict[tuple[int, int], str]:
    """The cells with the only text of their row in some columns, which says that the row holds sums, and that text."""
    sums: dict[tuple[int, int], str] = {}
    for number in columns:
        cells = sheet.column(number)
        texts = (value for value in set(cells) if isinstance(value, str) and len(value) <= _LONGEST_SUM)
        words = {text for text in texts if _LIKE_SUM.match(text) and folded(text) in SUM_WORDS}
        for row in rows if words else ():
            value = sheet.value(row, number)
            if isinstance(value, str) and value in words:
                others = [sheet.value(row, other) for other in columns if other != number]
                if not any(isinstance(other, str) and other.strip() for other in others):
                    sums[row, number] = value.strip()
    return sums


def headings_again(
    sheet: Sheet, rows: Cells[int], names: Mapping[int, Iterable[str]], is_heading: Callable[[str, int], bool]
) -> list[int]:
    """The rows that say the headings of their columns, as a list that was pasted with its headings does.

    That is in each cell that is filled in, and in two at least. `names` are what each column may be called;
    `is_heading` tells whether a text is a heading of a column.
    """
    found = []
    first = min(names, default=0)
    initials = {name[:1].casefold() for name in names.get(first, ())}
    for row in rows:
        text = sheet.value(row, first)
        if isinstance(text, str) and text[:1].casefold() in initials and is_heading(text.strip(), first):
            texts = [(text, number) for number in names if (text := sheet.scalar(row, number).text.strip())]
            if len(texts) > 1 and all(is_heading(*one) for one in texts):
                found.append(row)
    return found


def with_text(column: Cells[object], first: int, last: int) -> list[int]:
    """The rows from `first` to `last` in which a column has a value."""
    cells = enumerate(column[first - 1 : last], first)
    return [row for row, value in cells if value is not None and (not isinstance(value, str) or value.strip())]


def text_at(found: Found, row: int, number: int) -> str:
    """The text of a cell without the space around it."""
    return found.sheet.scalar(row, number).text.strip()
