"""Cells that hold no value, or another one than their writer meant: errors, unreckoned formulas, ditto marks, dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from docgen.diagnostics import Diagnostic, error, warning
from docgen.sources import Scalar
from docgen.sources.workbook import Sheet
from docgen.sources.workbooks.values import ERRORS

_ERRORS = frozenset((*ERRORS, *ERRORS.values()))  # in English and Danish, as programs and pasting leave them: as texts
_DITTO = frozenset(
    ('"', "”", "″", "''", '-"-', "-”-", '- " -', "do", "do.", "Do", "Do.", "ditto", "Ditto", "dito", "Dito")
)  # what people write in a row where it is to say what the row above says
_ODD = _ERRORS | _DITTO
_MOST_DIGITS = 15


class ReadCells(NamedTuple):
    """The cells of one column of a sheet that were read as one field.

    `heading` is what messages call the field; `is_text` tells that it takes any text.
    """

    sheet: Sheet
    number: int
    heading: str
    is_text: bool
    rows: Sequence[int]


def odd_cells(read: ReadCells) -> Iterator[Diagnostic]:
    """What there is to say of the cells of a column, from top to bottom: see `oddity`."""
    sheet, number = read.sheet, read.number
    cells = sheet.column(number)
    broken = {row for row, at in (*sheet.errors, *sheet.valueless) if at == number}
    odd = {value for value in set(cells) if isinstance(value, str) and value.strip() in _ODD}
    made = read.is_text and not set(map(type, cells)) <= {str, type(None)}
    for row in read.rows if broken or odd or made else ():
        value = sheet.value(row, number)
        if row in broken or (value in odd if isinstance(value, str) else made and value is not None):
            told = oddity(sheet, (row, number), sheet.scalar(row, number), read.heading, is_text=read.is_text)
            if told is not None:
                yield told


def oddity(sheet: Sheet, cell: tuple[int, int], scalar: Scalar, heading: str, *, is_text: bool) -> Diagnostic | None:
    """What there is to say of a cell: an error where it holds no value, DG701 or DG702.

    Where Excel has made something else of the text of a field, or a text stands for another one, it is a warning.
    """
    if cell in sheet.errors or cell in sheet.valueless:
        return unreadable(sheet, *cell)
    text = scalar.text.strip()
    if text in _ERRORS:
        return error("DG701", scalar.place, fejl=text)
    if not is_text:
        return None
    if text in _DITTO:
        return warning("DG798", scalar.place, felt=heading, tekst=text)
    told = {"felt": heading, "tekst": scalar.text}
    if isinstance(scalar.native, bool):
        return warning("DG700", scalar.place, **told)
    if isinstance(scalar.native, date):
        return warning("DG718", scalar.place, **told)
    if isinstance(scalar.native, int) and len(str(abs(scalar.native))) > _MOST_DIGITS:
        return warning("DG719", scalar.place, **told)
    return None


def unreadable(sheet: Sheet, row: int, number: int) -> Diagnostic:
    """What to say of a cell with an error, or with a formula that was never reckoned."""
    place = sheet.place(row, number)
    at = (row, number)
    return error("DG701", place, fejl=sheet.errors[at]) if at in sheet.errors else error("DG702", place)
