"""What stands in a sheet, while it is read: values by column, and what is remarkable about cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from docgen.sources.workbooks.formats import Shown
from docgen.sources.workbooks.text import DamagedError
from docgen.sources.workbooks.values import Form

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
"""What a sheet has at most."""
MAX_AREA = 50_000_000
"""Cells, empty ones too, that docgen reads of one sheet: from A1 to the last row and the last column with a value."""

Cell = tuple[int, int]


class TooLargeError(ValueError):
    """Raised when a sheet reaches too far; `row` and `column` are where it ends."""

    def __init__(self, row: int, column: int) -> None:
        self.row, self.column = row, column
        super().__init__(row, column)


@dataclass(slots=True)
class Content:
    """What stands in a sheet; `columns` hold the values from row 1 on, by the number of the column, from 1."""

    columns: dict[int, list[object]] = field(default_factory=dict)
    height: int = 0
    width: int = 0
    formulas: set[Cell] = field(default_factory=set)
    valueless: set[Cell] = field(default_factory=set)
    errors: dict[Cell, str] = field(default_factory=dict)
    percents: set[Cell] = field(default_factory=set)
    months: set[Cell] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def put(self, form: Form, column: int, rows: Sequence[int], values: Sequence[object]) -> None:
        """Put values that were written in one form into rows of a column; a range of rows is fastest.

        Raises DamagedError for cells that no sheet has, and TooLargeError.
        """
        if column not in self.columns:
            if not 1 <= column <= MAX_COLUMN:
                raise DamagedError
            self.columns[column] = []
            self.width = max(self.width, column)
        first, last = (rows[0], rows[-1]) if isinstance(rows, range) else (min(rows), max(rows))
        if first < 1 or last > MAX_ROW:
            raise DamagedError
        self.height = max(self.height, last)
        if self.height * self.width > MAX_AREA:
            raise TooLargeError(self.height, self.width)
        held = self.columns[column]
        if len(held) < last:
            held.extend([None] * (last - len(held)))
        if isinstance(rows, range):
            held[first - 1 : last] = values
        else:
            for row, value in zip(rows, values, strict=True):
                held[row - 1] = value
        if form.type == "e":
            self.errors.update(((row, column), str(value)) for row, value in zip(rows, values, strict=True))
        elif form.type == "n" and form.shown is Shown.PERCENT:
            self.percents.update((row, column) for row in rows)
        elif form.shown is Shown.MONTH:
            self.months.update((row, column) for row in rows)

    def add_formulas(self, form: Form, column: int, rows: Sequence[int], valued: Sequence[int]) -> None:
        """Remember formulas in rows of a column; `valued` are the rows in which their result is written too."""
        cells = {(row, column) for row in rows}
        self.formulas |= cells
        if form.type != "str":
            self.valueless |= cells.difference((row, column) for row in valued)


def column_number(letters: str) -> int:
    """The number of a column, from 1, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@cache
def column_letters(number: int) -> str:
    """The letters of a column by its number, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_numbers(reference: str) -> Cell:
    """Row and column of `F17` or `$F$17`. Raises DamagedError for what is no reference to a cell."""
    plain = reference.replace("$", "")
    digits = plain.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    letters = plain[: len(plain) - len(digits)]
    if not (0 < len(letters) < 4 and digits.isascii() and digits.isdigit() and len(digits) < 8):
        raise DamagedError
    return int(digits), column_number(letters)
