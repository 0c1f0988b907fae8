"""The one way to write a value into a cell of a workbook: typed, in Danish formats, and text never as a formula."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from docgen.danish.formats import display
from docgen.danish.quantities import Amount, Percent, Quantity

LONGEST_TEXT = 32_767
"""The most characters that a cell can hold."""

TEXT = "@"
WHOLE = "#,##0"
AMOUNT = "#,##0.00"
DATE = "dd\\-mm\\-yyyy"
MOMENT = "dd\\-mm\\-yyyy hh:mm"
CLOCK = "h.mm"

Native = int | float | date | datetime | time | str | None
"""What a cell may hold."""

_FIRST_DAY = date(1900, 3, 1)  # before it, Excel counts a day that never was
_MOST_DIGITS = 15
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What Excel reads as an escaped character, and what XML cannot hold.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def put(cell: Any, value: object) -> None:
    """Write `value` into a cell of openpyxl: numbers, dates and times as such, anything else as Danish text.

    Text stays text whatever it begins with. None, an empty text and an empty list leave the cell empty. A number
    that Excel would round, and a day that it cannot count, are written as text. A cell that has a number format of
    its own keeps it. Raises ValueError for a text longer than LONGEST_TEXT.
    """
    native, form = as_native(value)
    own = cell.number_format
    if isinstance(native, str):
        put_text(cell, native)
    else:
        cell.value = native
    if native is not None:
        cell.number_format = form if own == "General" else own


def put_text(cell: Any, text: str) -> None:
    """Write text that no application takes for a formula, a number or a date."""
    if not text:
        cell.value = None
        return
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"{len(text)} characters do not fit into a cell")
    cell.value = as_text(text)
    cell.data_type = "s"
    if text.startswith(STARTS_FORMULA):
        cell.quotePrefix = True


def as_text(text: str) -> str:
    """The text as a workbook holds it: what Excel would take for an escaped character is escaped itself."""
    if "_x" in text:
        text = _ESCAPED.sub("_x005F_", text)
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def as_native(value: object) -> tuple[Native, str]:
    """What a cell holds for a value, and its number format."""
    match value:
        case None | "":
            return None, "General"
        case Quantity():
            return _number(value)
        case bool():
            return display(value), TEXT
        case int() | float() | Decimal():
            plain = _exact(Decimal(str(value)))
            return (display(value), TEXT) if plain is None else (plain, "General")
        case datetime():
            return (value, MOMENT) if value.date() >= _FIRST_DAY else (display(value), TEXT)
        case date():
            return (value, DATE) if value >= _FIRST_DAY else (display(value), TEXT)
        case time():
            return value, CLOCK
    return display(value) or None, TEXT


def _number(value: Quantity) -> tuple[Native, str]:
    held = value.value / 100 if isinstance(value, Percent) else value.value
    exact = _exact(held)
    if exact is None:
        return display(value), TEXT
    if isinstance(value, Amount):
        return exact, AMOUNT
    places = max(0, -int(value.value.normalize().as_tuple().exponent))
    decimals = f".{'0' * places}" if places else ""
    return exact, f"0{decimals}%" if isinstance(value, Percent) else f"{WHOLE}{decimals}"


def _exact(value: Decimal) -> int | float | None:
    """The number as Excel keeps it, or None when it has more digits than that."""
    if not value.is_finite() or len(value.normalize().as_tuple().digits) > _MOST_DIGITS:
        return None
    whole = value == value.to_integral_value()
    if whole and abs(value) < 10**_MOST_DIGITS:
        return int(value)
    return None if whole else float(value)
