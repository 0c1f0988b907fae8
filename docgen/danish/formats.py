"""How each value is written in Danish: `display` gives the default form, the other functions take options.

Deliberately unlike Babel's da_DK: no leading zeros in `11.9.2001` (Retskrivningsordbogen § 42) and `kl. 9.00`, whole
amounts without decimals, `pct.` instead of `%`, a no-break space between day and month, halves rounded up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal

from docgen.danish.quantities import bounded, round_half_up
from docgen.danish.values import Amount, Choice, Cvr, Moment, Month, Number, Percent, Period, Phone, Quantity, TimeSpan

NBSP = "\u00a0"
MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
# A number that was never written, such as a third, has to stop somewhere.
_MOST_DECIMALS = 8
_ROOM = 12

Numeric = Quantity | Decimal | int | float


def display(value: object) -> str:
    """`value` the way Danish public documents write it; None is "", a list is `A, B og C`.

    A plain int or Decimal gets no thousands marks, since it may be a year or a house number.
    """
    if type(value) is str:  # most values are
        return value
    match value:
        case None:
            return ""
        case bool():
            return yes_no(value)
        case Choice():
            return value.etiket
        case Phone() | Cvr():
            return _in_pairs(value)
        case str():
            return str(value)
        case Amount():
            return amount(value)
        case Percent():
            return percent(value)
        case Number():
            return number(value)
        case Decimal() | float():
            return _ungrouped(value)
        case datetime():
            return f"{date_long(value)} {clock(value.time(), kl=True)}"
        case date() | Month():
            return _moment(value)
        case time():
            return clock(value)
        case Period():
            return period(value)
        case TimeSpan():
            return time_span(value)
        case list() | tuple():
            return join_og(value)
    return str(value)


def _ungrouped(value: Decimal | float) -> str:
    try:
        return number(value).replace(".", "")
    except ValueError:
        return str(value)


def date_long(day: date) -> str:
    """`15. november 2024`, with a no-break space after the day."""
    return f"{day.day}.{NBSP}{MONTHS[day.month - 1]} {day.year}"


def date_with_weekday(day: date) -> str:
    """`fredag den 15. november 2024`."""
    return f"{weekday(day)} den {date_long(day)}"


def date_numeric(day: date) -> str:
    """`15.11.2024`, without leading zeros (Retskrivningsordbogen § 42)."""
    return f"{day.day}.{day.month}.{day.year}"


def weekday(day: date) -> str:
    """`fredag`."""
    return WEEKDAYS[day.weekday()]


def month_and_year(moment: date | Month) -> str:
    """`november 2024`."""
    return f"{MONTHS[moment.month - 1]} {moment.year}"


def period(value: Period) -> str:
    """`maj 2025-2028`, `3.-4. september 2024`, `30. april - 2. maj 2024`, `fra maj 2025`, `til 2028`."""
    start, end = value.start, value.end
    if end is None:
        return f"fra {_moment(start)}"
    if start is None:
        return f"til {_moment(end)}"
    if start == end:
        return _moment(end)
    # The words that both ends share are written once.
    same_year = not isinstance(end, date | Month) or start.year == end.year
    if isinstance(start, date) and isinstance(end, date) and same_year and start.month == end.month:
        return f"{start.day}.-{_moment(end)}"
    if isinstance(start, date | Month) and isinstance(end, date | Month) and same_year:
        dash = "-" if isinstance(start, Month) and isinstance(end, Month) else " - "
        day = f"{start.day}.{NBSP}" if isinstance(start, date) else ""
        return f"{day}{MONTHS[start.month - 1]}{dash}{_moment(end)}"
    # No spaces around the dash when what follows is a single word.
    dash = " - " if isinstance(end, date | Month) else "-"
    return f"{_moment(start)}{dash}{_moment(end)}"


def _moment(value: Moment | None) -> str:
    if isinstance(value, date):
        return date_long(value)
    return month_and_year(value) if isinstance(value, Month) else str(value)


def clock(value: time, *, kl: bool = False, separator: str = ".") -> str:
    """`9.00`, or `kl. 9.00` with `kl`; `separator` may be a colon."""
    text = f"{value.hour}{separator}{value.minute:02}"
    return f"kl.{NBSP}{text}" if kl else text


def time_span(value: TimeSpan, *, kl: bool = True, separator: str = ".") -> str:
    """`kl. 9.00-12.00`, or `9.00-12.00` without `kl`."""
    return f"{clock(value.start, kl=kl, separator=separator)}-{clock(value.end, separator=separator)}"


def number(value: Numeric, decimals: int | None = None) -> str:
    """`1.234,5`: with `decimals` decimals, or by default with those it has (at most eight).

    ValueError when the number is not finite or has more than 40 digits, or `decimals` is not from 0 to 12.
    """
    exact = _decimal(value)
    if decimals is not None and not 0 <= decimals <= _ROOM:
        raise ValueError(f"the number of decimals must be from 0 to {_ROOM}")
    if decimals is not None or exact.as_tuple().exponent < -_MOST_DECIMALS:  # type: ignore[operator]
        exact = round_half_up(exact, _MOST_DECIMALS if decimals is None else decimals)
    # `or` turns a negative zero into a plain one, in the decimals asked for.
    text = format(exact or abs(exact), ",f")
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_SWAP)


_SWAP = str.maketrans(",.", ".,")


def amount(value: Numeric, unit: str = "kr.", decimals: int | None = None) -> str:
    """`1.234,50 kr.`, `500.000 kr.`: by default two decimals, or none when the amount is whole."""
    if decimals is None:
        exact = round_half_up(_decimal(value), 2)
        decimals = 0 if exact == exact.to_integral_value() else 2
    return _with_unit(number(value, decimals), unit)


def millions(value: Numeric, unit: str = "mio. kr.", decimals: int | None = None) -> str:
    """`1,4 mio. kr.`: by default at most one decimal."""
    millionth = _decimal(value).scaleb(-6)
    text = number(round_half_up(millionth, 1)) if decimals is None else number(millionth, decimals)
    return _with_unit(text, unit.replace(" ", NBSP))


def thousands(value: Numeric, unit: str = "", decimals: int = 0) -> str:
    """`1.235`: the amount in thousands, rounded half up; what rounds to nothing is `0`, never `-0`."""
    rounded = round_half_up(_decimal(value).scaleb(-3), decimals)
    return _with_unit(number(rounded, decimals), unit.replace(" ", NBSP))


def percent(value: Numeric, decimals: int | None = None, sign: str = "pct.") -> str:
    """`75 pct.`, or `75 %` with that `sign`; the value is 75, not 0.75."""
    return _with_unit(number(value, decimals), sign)


def _with_unit(text: str, unit: str) -> str:
    return f"{text}{NBSP}{unit}" if unit else text


def _decimal(value: Numeric) -> Decimal:
    if isinstance(value, Quantity):
        return value.value
    return bounded(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))


def yes_no(value: bool) -> str:
    """`ja` or `nej`."""
    return "ja" if value else "nej"


def phone(value: str, *, group: int = 2) -> str:
    """`12 34 56 78`, or `1234 5678` with groups of four; a foreign number is left as it is."""
    return _in_pairs(value, group)


def cvr(value: str) -> str:
    """`12 34 56 78`, held together by no-break spaces."""
    return _in_pairs(value)


def _in_pairs(digits: str, size: int = 2) -> str:
    if len(digits) != 8:
        return str(digits)
    return NBSP.join(digits[at : at + size] for at in range(0, 8, size))


def join_og(items: Iterable[object], word: str = "og") -> str:
    """`A, B og C`: no comma before the last word, which may be `eller`. Each item is shown by `display`."""
    texts = [display(item) for item in items]
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {word} {texts[-1]}"
