"""What the formats of cells make of their numbers: dates, times, durations and percentages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, InvalidOperation
from enum import Enum

_DIGITS = Context(prec=15)
_SMALLEST = -400  # a power of ten that no program writes
_LARGEST = 19  # the power of ten of the largest numbers that fields reckon with
_LAST_DAY = 2_958_465  # 31 December 9999
_DAYS_BEFORE = date(1899, 12, 30).toordinal()
_SECONDS_A_DAY = 86_400
_LEAP_FAULT = 60  # the day that Excel took from Lotus: 29 February 1900, which never was

# Text in quotes, single characters that stand for themselves, colours and languages: none of them says what is shown.
_SILENT = re.compile(r'"[^"]*"|[\\_*].|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_DAYS, _YEARS = re.compile("d", re.IGNORECASE), re.compile("[ye]", re.IGNORECASE)
_HOURS = re.compile("[hs]", re.IGNORECASE)
_MONTHS = re.compile("m", re.IGNORECASE)


class Shown(Enum):
    """What the format of a cell shows its number as."""

    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    MONTH = "month"
    TIME = "time"
    MOMENT = "moment"
    DURATION = "duration"


_BUILT_IN: Mapping[int, Shown] = {
    **dict.fromkeys((9, 10), Shown.PERCENT),
    17: Shown.MONTH,
    **dict.fromkeys((14, 15, 16, *range(27, 32), *range(34, 37), *range(50, 59)), Shown.DATE),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 47), Shown.TIME),
    22: Shown.MOMENT,
    46: Shown.DURATION,
}


def shown_by(number: int, codes: Mapping[int, str]) -> Shown:
    """What the number format `number` shows; `codes` are the workbook's own formats by their numbers."""
    if number not in codes:
        return _BUILT_IN.get(number, Shown.NUMBER)
    code = _SILENT.sub("", codes[number]).partition(";")[0]
    if _ELAPSED.search(code):
        return Shown.DURATION
    if code.strip().lower() in ("general", "@"):
        return Shown.NUMBER
    # E is an era in East Asian formats, but in 0.00E+00 the power of ten.
    plain = re.sub(r"E[+-]", "", code, flags=re.IGNORECASE)
    days, years, hours, months = (bool(one.search(plain)) for one in (_DAYS, _YEARS, _HOURS, _MONTHS))
    if hours:
        return Shown.MOMENT if days or years else Shown.TIME
    if days or years or months:
        return Shown.MONTH if months and years and not days else Shown.DATE
    return Shown.PERCENT if "%" in plain else Shown.NUMBER


def number_of(text: str) -> int | Decimal | None:
    """A number as Excel shows it, with 15 digits: whole numbers are int. None for what is no number."""
    try:
        found = _DIGITS.create_decimal(text)
    except InvalidOperation:
        return None
    if not found.is_finite() or not _SMALLEST < found.adjusted() <= _LARGEST:
        return None
    whole = int(found)
    return whole if whole == found else found if len(text) < 16 else found.normalize()


def numbers_of(written: Sequence[bytes]) -> list[int | Decimal | None]:
    """As `number_of` for many texts: the same, but faster for plain decimals, which Excel writes most."""
    whole = b"\x00".join(written)
    texts = whole.decode().split("\x00")
    if whole.translate(None, b"0123456789.-\x00") or b".0\x00" in whole + b"\x00":
        return list(map(number_of, texts))
    try:
        return [(Decimal(text) if "." in text else int(text)) if len(text) < 17 else number_of(text) for text in texts]
    except (ArithmeticError, ValueError):
        return list(map(number_of, texts))


def moment_of(number: int | Decimal, shown: Shown, *, from_1904: bool) -> object:
    """The date, time or duration that a number is shown as; the number itself where it is none."""
    dated = shown in (Shown.DATE, Shown.MONTH)
    if isinstance(number, int) and dated and _LEAP_FAULT < number <= _LAST_DAY and not from_1904:
        return date.fromordinal(number + _DAYS_BEFORE)
    days = int(number // 1)
    milliseconds = round((number - days) * _SECONDS_A_DAY * 1000)
    if shown is Shown.DURATION:
        return timedelta(days, milliseconds=milliseconds) if abs(days) <= _LAST_DAY else number
    if days < 0 or days > _LAST_DAY:
        return number
    clock = (datetime.min + timedelta(milliseconds=milliseconds)).time()  # midnight again when rounded up to 24 hours
    days += milliseconds // (_SECONDS_A_DAY * 1000)
    if shown is Shown.TIME or (days == 0 and milliseconds and not from_1904):
        return clock
    day = _day(days, from_1904=from_1904)
    if not isinstance(day, date) or dated or clock == time():
        return day
    return datetime.combine(day, clock)


def _day(days: int, *, from_1904: bool) -> date | str | int:
    if from_1904:
        return date(1904, 1, 1) + timedelta(days) if days <= _LAST_DAY - 1462 else days
    if days == _LEAP_FAULT:
        return "29.2.1900"
    if days == 0:
        return 0
    return date.fromordinal(days + _DAYS_BEFORE + (days < _LEAP_FAULT))


def written(value: object) -> str:
    """A value of a cell the way a Dane would write it: `1234,5`, `31.12.2026`, `ja`; "" for None."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "ja" if value else "nej"
        case int():
            return str(value)
        case Decimal():
            return format(value, "f").replace(".", ",")
        case datetime():
            return f"{value.day}.{value.month}.{value.year} {_clock(value.hour, value.minute, value.second)}"
        case date():
            return f"{value.day}.{value.month}.{value.year}"
        case time():
            return _clock(value.hour, value.minute, value.second)
        case timedelta():
            seconds = round(abs(value).total_seconds())
            clock = _clock(seconds // 3600, seconds // 60 % 60, seconds % 60)
            return f"-{clock}" if value < timedelta() else clock
    return str(value)


def _clock(hours: int, minutes: int, seconds: int) -> str:
    return f"{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def as_percent(number: int | Decimal) -> str:
    """The number of a cell in percent format as it is shown there: 0.125 is `12,5 %`."""
    return f"{written((Decimal(number) * 100).normalize())} %"


def as_month(day: date) -> str:
    """The first day of a month, in a cell that shows no day: `5/2026`."""
    return f"{day.month}/{day.year}"
