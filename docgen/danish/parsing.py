"""Danish ways of writing, read into values: every function returns None for what it cannot read with certainty.

Ambiguity is refused, not guessed: `01.02.03` is no date, and `1,234` is no amount. The text comes from anywhere, so
nothing here raises. Numbers are read by `docgen.danish.numerals`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, time

from docgen.danish.formats import MONTHS, WEEKDAYS
from docgen.danish.identifiers import parse_cvr, parse_gln, parse_kle, parse_phone
from docgen.danish.numerals import parse_amount, parse_number, parse_percent
from docgen.danish.values import Moment, Month, Period, TimeSpan, Year

__all__ = [
    "DateFault",
    "date_fault",
    "ends_before_it_begins",
    "parse_amount",
    "parse_bool",
    "parse_cvr",
    "parse_date",
    "parse_gln",
    "parse_kle",
    "parse_moment",
    "parse_month",
    "parse_number",
    "parse_percent",
    "parse_period",
    "parse_phone",
    "parse_time",
    "parse_timespan",
    "parse_year",
]

PRECISIONS = ("dag", "måned", "år")
_LONGEST = 100
_MONTH_NUMBERS = {name: at for at, name in enumerate(MONTHS, 1)} | {name[:3]: at for at, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS["sept"] = 9
_MONTH_WORD = "(" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?"
_YEAR = "([12][0-9]{3})"
_DAY = "([0-9]{1,2})"
_DASH = "[-\u2010-\u2015]"
_TIME = r"(?:kl\.? ?)?([0-9]{1,2})(?:[.:]([0-9]{2})(?:[.:]00)?)?"
_ON = "(?:indtil videre|frem(?:efter|over)?)"
_OPEN_END = rf"(?:fra )?(?:og med )?(.+?)(?: ?{_DASH}(?: ?{_ON})?| (?:og )?{_ON})"
# A date that somebody has not finished: 2025-05-.
_UNFINISHED = f"[0-9]{{4}}-[0-9]{{2}} ?{_DASH}"
_TRUE = ("ja", "true", "sand", "x")
_FALSE = ("nej", "false", "falsk")


@dataclass(frozen=True, slots=True)
class DateFault:
    """Why a text is no date; the numbers are there for a message about it.

    `reason` is `form` (does not look like a date), `no_year`, `short_year` (the year has two digits), `month` (there is
    no month `month`), `day` (`month` of `year`, 0 when it was not written, has only `days` days), or `weekday` (the
    date falls on another `weekday`, 0 is Monday, than the one that was written).
    """

    reason: str
    month: int = 0
    year: int = 0
    days: int = 0
    weekday: int = 0

    @property
    def month_name(self) -> str:
        """`april`; only when `reason` is `day`."""
        return MONTHS[self.month - 1]

    @property
    def weekday_name(self) -> str:
        """`tirsdag`; only when `reason` is `weekday`."""
        return WEEKDAYS[self.weekday]


def parse_date(text: str) -> date | None:
    """A day: `15. november 2024`, `fredag den 15. nov. 2024`, `15.11.2024`, `15/11 2024`, `15-11-2024`, `2024-11-15`.

    None when the day does not exist, when a weekday is named that does not fit, or when the year has two digits;
    `date_fault` tells which.
    """
    found = _read_date(_tidy(text))
    return found if isinstance(found, date) else None


def date_fault(text: str) -> DateFault | None:
    """Why `text` is no date; None when it is one."""
    found = _read_date(_tidy(text))
    return found if isinstance(found, DateFault) else None


def _read_date(text: str) -> date | DateFault:
    if found := re.fullmatch(f"{_YEAR}-([0-9]{{2}})-([0-9]{{2}})", text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(rf"{_DAY}(?:([-.]) ?([0-9]{{1,2}})\2 ?|/([0-9]{{1,2}})[-/ ]){_YEAR}", text):
        return _date(int(found[5]), int(found[3] or found[4]), int(found[1]))
    if found := re.fullmatch(
        rf"(?:({'|'.join(WEEKDAYS)}),? )?(?:den |d\. ?)?{_DAY}\.? ?{_MONTH_WORD},? ?{_YEAR}",
        text,
    ):
        return _date(int(found[4]), _MONTH_NUMBERS[found[3]], int(found[2]), found[1])
    if re.fullmatch(rf"{_DAY}(?:[-./] ?[0-9]{{1,2}}[-./ ] ?|\.? ?{_MONTH_WORD} ?)[0-9]{{2}}", text):
        return DateFault("short_year")
    if found := re.fullmatch(rf"{_DAY}(?:\.? ?{_MONTH_WORD}|/([0-9]{{1,2}}))", text):
        # A leap year, so that 29. februar only lacks its year.
        fault = _date(2000, _MONTH_NUMBERS[found[2]] if found[2] else int(found[3]), int(found[1]))
        return replace(fault, year=0) if isinstance(fault, DateFault) else DateFault("no_year")
    return DateFault("form")


def _date(year: int, month: int, day: int, weekday: str | None = None) -> date | DateFault:
    if not 1 <= month <= 12:
        return DateFault("month", month, year)
    days = Month(year, month).last_day.day
    if not 1 <= day <= days:
        return DateFault("day", month, year, days)
    found = date(year, month, day)
    if weekday and WEEKDAYS[found.weekday()] != weekday:
        return DateFault("weekday", weekday=found.weekday())
    return found


def parse_month(text: str) -> Month | None:
    """A month of a year: `maj 2025`, `sept. 2025`, `05-2025`, `5/2025`, `2025-05`."""
    text = _tidy(text)
    if found := re.fullmatch(f"{_MONTH_WORD},? ?{_YEAR}", text):
        return Month(int(found[2]), _MONTH_NUMBERS[found[1]])
    if found := re.fullmatch(f"(?:([0-9]{{1,2}})[-/.]{_YEAR}|{_YEAR}-([0-9]{{2}}))", text):
        month, year = int(found[1] or found[4]), int(found[2] or found[3])
        return Month(year, month) if 1 <= month <= 12 else None
    return None


def parse_year(text: str) -> Year | None:
    """A year of four digits, from 1000 to 2999."""
    text = _tidy(text)
    return Year(int(text)) if re.fullmatch(_YEAR, text) else None


def parse_moment(text: str, precision: Collection[str] = PRECISIONS) -> Moment | None:
    """A day, a month or a year, whichever of `dag`, `måned`, `år` in `precision` the text is."""
    readers = {"dag": parse_date, "måned": parse_month, "år": parse_year}
    found = (reader(text) for name, reader in readers.items() if name in precision)
    return next((moment for moment in found if moment is not None), None)


def parse_period(text: str) -> Period | None:
    """A period: `maj 2025-2028`, `2022-26`, `3.-4. september 2024`, `30. april - 2. maj 2024`, `fra maj 2025`.

    An open end is written `juni 2018-` or `juni 2018 og indtil videre`. A single day, month or year is a period of that
    length. None when it ends before it begins.
    """
    readings = _read_period(text)
    return readings[0] if len(readings) == 1 else None


def ends_before_it_begins(text: str) -> bool:
    """Whether `text` would be a period or a time span, but with an end that comes before its start."""
    ends = list(_period_ends(_tidy(text)))
    if ends and not _read_period(text):
        return True
    times = _times(text)
    return times is not None and times[1] <= times[0]


def _read_period(text: str) -> tuple[Period, ...]:
    """The different periods that the text may mean; more than one is ambiguous."""
    text = _tidy(text)
    if whole := parse_moment(text):
        return (Period(whole, whole),)
    readings = []
    for start, end in _period_ends(text):
        try:
            readings.append(Period(start, end))
        except ValueError:
            continue
    return tuple(dict.fromkeys(readings))


def _period_ends(text: str) -> Iterator[tuple[Moment | None, Moment | None]]:
    """Each way to read `text` as a start and an end, in whatever order of time they are."""
    if found := re.fullmatch(r"([-0-9]+|\.\.)/([-0-9]+|\.\.)", text):
        # The machine's form: 2025-05/2028, 2025-05/..
        start, end = (parse_moment(part) for part in found.groups())
        if (start or found[1] == "..") and (end or found[2] == "..") and (start or end):
            yield start, end
            return
    if found := re.fullmatch(rf"(?:fra )?{_YEAR} ?{_DASH} ?([0-9]{{2}})", text):
        # Up to 12 it may be a month.
        if int(found[2]) > 12:
            yield Year(int(found[1])), Year(int(found[1][:2] + found[2]))
        return
    if (found := re.fullmatch(_OPEN_END, text)) and not re.fullmatch(_UNFINISHED, text):
        text = f"fra {found[1]}"
    if found := re.fullmatch(r"(fra|(?:ind)?til)(?: og med)? (.+)", text):
        moment = parse_moment(found[2])
        if moment:
            yield (moment, None) if found[1] == "fra" else (None, moment)
    text = text.removeprefix("fra ").removeprefix("og med ")
    for cut in re.finditer(f" ?{_DASH} ?| til (?:og med )?", text):
        end = parse_moment(text[cut.end() :])
        start = _start_of_period(text[: cut.start()], end) if end else None
        if start:
            yield start, end


def _start_of_period(text: str, end: Moment | None) -> Moment | None:
    """The start, with what it leaves to the end to say: the month and year of `3.-4. september 2024`."""
    if whole := parse_moment(text):
        return whole
    text = text.removesuffix(".")
    if isinstance(end, Month):
        return parse_month(f"{text} {end.year}") or parse_date(f"{text} {end.year}")
    if isinstance(end, date):
        if re.fullmatch(f"(?:den )?{_DAY}", text):
            return parse_date(f"{text}. {MONTHS[end.month - 1]} {end.year}")
        if found := re.fullmatch(f"{_DAY}[./] ?([0-9]{{1,2}})", text):
            return parse_date(f"{found[1]}.{found[2]}.{end.year}")
        return parse_date(f"{text} {end.year}") or parse_month(f"{text} {end.year}")
    return None


def parse_time(text: str) -> time | None:
    """A time of day: `kl. 16.30`, `16:30`, `9`; seconds only when they are zero."""
    found = re.fullmatch(_TIME, _tidy(text))
    return _time(found[1], found[2]) if found else None


def parse_timespan(text: str) -> TimeSpan | None:
    """Two times of one day: `kl. 9.00-12.00`, `9:00-12:00`, `09.00 – 12.00`, `fra kl. 9 til kl. 12`."""
    times = _times(text)
    return TimeSpan(*times) if times and times[0] < times[1] else None


def _times(text: str) -> tuple[time, time] | None:
    found = re.fullmatch(rf"(?:fra )?{_TIME}(?: ?{_DASH} ?|/| til ){_TIME}", _tidy(text))
    if not found:
        return None
    start, end = _time(found[1], found[2]), _time(found[3], found[4])
    return (start, end) if start and end else None


def _time(hour: str, minute: str | None) -> time | None:
    if int(hour) > 23 or int(minute or 0) > 59:
        return None
    return time(int(hour), int(minute or 0))


def parse_bool(text: str) -> bool | None:
    """`ja`, `true`, `sand` or `x`; `nej`, `false` or `falsk`; in capitals or not."""
    word = _tidy(text)
    return True if word in _TRUE else False if word in _FALSE else None


def _tidy(text: str) -> str:
    """`text` in small letters with single ordinary spaces; "" when it is too long to be one value."""
    return " ".join(text.lower().split()) if len(text) <= _LONGEST else ""
