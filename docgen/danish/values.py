"""The typed values that fields parse to and templates see: immutable, hashable, ordered where order has a meaning.

`str()` gives the machine's form (`2025-05`, `1234567.89`), which `parsing` reads back; `formats.display` gives the
Danish form. TEMPLATE_ATTRIBUTES says which attributes a template may read; everything else on a value is private.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from docgen.danish.quantities import Amount, Number, Percent, Quantity
from docgen.danish.texts import Choice, Cvr, FileName, Gln, Markdown, Phone

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "TEMPLATE_ATTRIBUTES",
    "Amount",
    "Choice",
    "Cvr",
    "FileName",
    "Gln",
    "HealthCouncil",
    "Markdown",
    "Moment",
    "Month",
    "Municipality",
    "Number",
    "Percent",
    "Period",
    "Phone",
    "Quantity",
    "Region",
    "TimeSpan",
    "Year",
    "span_of",
]

_FIRST_YEAR, _LAST_YEAR = 1, 9999


class _Chronological:
    """Order among dates, months and years: by first day, then by last day, so that lists sort by time.

    A rule that asks whether something lies inside a month, year or period uses `in`.
    """

    __slots__ = ()

    def __contains__(self, item: object) -> bool:
        inner, outer = span_of(item), span_of(self)
        return inner is not None and outer is not None and outer[0] <= inner[0] and inner[1] <= outer[1]

    def __lt__(self, other: object) -> bool:
        span = span_of(other)
        return NotImplemented if span is None else span_of(self) < span  # type: ignore[operator]

    def __le__(self, other: object) -> bool:
        span = span_of(other)
        return NotImplemented if span is None else span_of(self) <= span  # type: ignore[operator]

    def __gt__(self, other: object) -> bool:
        span = span_of(other)
        return NotImplemented if span is None else span_of(self) > span  # type: ignore[operator]

    def __ge__(self, other: object) -> bool:
        span = span_of(other)
        return NotImplemented if span is None else span_of(self) >= span  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Month(_Chronological):
    """A month of a year. Attributes: `year`, `month` (1-12), `first_day`, `last_day`. Shown as `maj 2025`."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (_FIRST_YEAR <= self.year <= _LAST_YEAR and 1 <= self.month <= 12):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        if self.month == 12:
            return date(self.year, 12, 31)
        return date(self.year, self.month + 1, 1) - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


@dataclass(frozen=True, slots=True, eq=False)
class Year(_Chronological):
    """A calendar year; equals and compares with its int. Attributes: `year`, `first_day`, `last_day`."""

    year: int

    def __post_init__(self) -> None:
        if not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            raise ValueError(f"no such year: {self.year}")

    @property
    def first_day(self) -> date:
        """1 January."""
        return date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        """31 December."""
        return date(self.year, 12, 31)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Year):
            return self.year == other.year
        return self.year == other if isinstance(other, int) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.year)

    def __int__(self) -> int:
        return self.year

    def __add__(self, years: int) -> Year:
        return Year(self.year + years) if isinstance(years, int) else NotImplemented

    def __sub__(self, other: Year | int) -> Year | int:
        if isinstance(other, Year):
            return self.year - other.year
        return Year(self.year - other) if isinstance(other, int) else NotImplemented

    def __str__(self) -> str:
        return f"{self.year:04}"


Moment = date | Month | Year


@dataclass(frozen=True, slots=True)
class Period(_Chronological):
    """A stretch of time; an end that is None is open. Raises ValueError when it ends before it begins, or has no end.

    Attributes: `start` and `end` (date, Month, Year or None), `first_day` and `last_day` (dates, or None where the
    period is open). Shown as `maj 2025-2028`.
    """

    start: Moment | None
    end: Moment | None

    def __post_init__(self) -> None:
        if self.start is None and self.end is None:
            raise ValueError("a period has a start or an end")
        first, last = span_of(self) or (date.min, date.max)
        if last < first:
            raise ValueError("the period ends before it begins")

    @property
    def first_day(self) -> date | None:
        """The first day of the period; None when it has no beginning."""
        span = span_of(self.start)
        return span[0] if span else None

    @property
    def last_day(self) -> date | None:
        """The last day of the period; None when it has no end."""
        span = span_of(self.end)
        return span[1] if span else None

    def __str__(self) -> str:
        return f"{self.start or '..'}/{self.end or '..'}"


def span_of(value: object) -> tuple[date, date] | None:
    """The first and last day of a date, Month, Year, Period or int (a year); None for anything else.

    The open end of a Period counts as `date.min` or `date.max`.
    """
    if isinstance(value, date):
        return value, value
    if isinstance(value, Month | Year):
        return value.first_day, value.last_day
    if isinstance(value, Period):
        return value.first_day or date.min, value.last_day or date.max
    if isinstance(value, int) and _FIRST_YEAR <= value <= _LAST_YEAR:
        return date(value, 1, 1), date(value, 12, 31)
    return None


@dataclass(frozen=True, slots=True, order=True)
class TimeSpan:
    """Two times of one day; raises ValueError when the end is not after the start.

    Attributes: `start` and `end` (time), `minutes` (int). Shown as `kl. 9.00-12.00`.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("the time span ends before it begins")

    @property
    def minutes(self) -> int:
        """The length in whole minutes."""
        return (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute

    def __str__(self) -> str:
        return f"{self.start:%H:%M}/{self.end:%H:%M}"


@dataclass(frozen=True, slots=True)
class Municipality:
    """A kommune; `str()` is the long name, and order is by name.

    Attributes: `navn` (Randers), `langt_navn` (Randers Kommune), `kode` (0730), `cvr`, `region_2026` and `region_2027`
    (the region's name before and from 1 January 2027), `sundhedsraad`. See reference.UNCERTAIN for what is doubtful.
    """

    navn: str
    langt_navn: str
    kode: str
    cvr: Cvr
    region_2026: str
    region_2027: str
    sundhedsraad: str

    def __lt__(self, other: Municipality) -> bool:
        return self.navn < other.navn if isinstance(other, Municipality) else NotImplemented

    def __str__(self) -> str:
        return self.langt_navn


@dataclass(frozen=True, slots=True)
class Region:
    """A region; `str()` is its name, and order is by name.

    Attributes: `navn` (Region Syddanmark), `kode`, `cvr` and `saede` ("" or None where unknown), `gyldig_fra` and
    `gyldig_til` (first and last day of the region; None while it lasts).
    """

    navn: str
    kode: str
    cvr: Cvr | None
    saede: str
    gyldig_fra: date
    gyldig_til: date | None

    def __lt__(self, other: Region) -> bool:
        return self.navn < other.navn if isinstance(other, Region) else NotImplemented

    def __str__(self) -> str:
        return self.navn


@dataclass(frozen=True, slots=True)
class HealthCouncil:
    """A sundhedsråd; `str()` is its name, and order is by name. All of it is from one source: reference.UNCERTAIN.

    Attributes: `navn` (Sundhedsråd Fyn), `id` (docgen's key, not official), `region_2027`, `kommunekoder` (tuple),
    `medlemstal` (int).
    """

    navn: str
    id: str
    region_2027: str
    kommunekoder: tuple[str, ...]
    medlemstal: int

    def __lt__(self, other: HealthCouncil) -> bool:
        return self.navn < other.navn if isinstance(other, HealthCouncil) else NotImplemented

    def __str__(self) -> str:
        return self.navn


TEMPLATE_ATTRIBUTES: Mapping[type, frozenset[str]] = {
    date: frozenset({"year", "month", "day"}),
    time: frozenset({"hour", "minute"}),
    Amount: frozenset({"value"}),
    Percent: frozenset({"value", "andel"}),
    Number: frozenset({"value"}),
    Month: frozenset({"year", "month", "first_day", "last_day"}),
    Year: frozenset({"year", "first_day", "last_day"}),
    Period: frozenset({"start", "end", "first_day", "last_day"}),
    TimeSpan: frozenset({"start", "end", "minutes"}),
    Choice: frozenset({"etiket"}),
    FileName: frozenset({"findes", "navn"}),
    Municipality: frozenset(Municipality.__slots__),
    Region: frozenset(Region.__slots__),
    HealthCouncil: frozenset(HealthCouncil.__slots__),
}
"""What a template may read from each type of value; no type here has a method that a template may call."""
