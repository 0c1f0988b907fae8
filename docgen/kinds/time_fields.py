"""Fields of time: days, months, years, periods and times of day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, ClassVar

from docgen.danish import parsing
from docgen.danish.formats import display
from docgen.danish.values import Moment, Month, Period, TimeSpan, Year
from docgen.diagnostics import CellPlace
from docgen.kinds.fields import At, ScalarType, UnfitError, quoted
from docgen.kinds.record import Invalid
from docgen.kinds.suggestions import choices, listed
from docgen.sources import Scalar

if TYPE_CHECKING:
    from docgen.kinds.attributes import Attributes

_WORDS = {"dag": ("en dato", "a date"), "måned": ("en måned", "a month"), "år": ("et år", "a year")}
_SAMPLES = {"dag": "31. januar 2026", "måned": "maj 2026", "år": "2026"}
_MOMENTS: dict[str, type] = {"dag": date, "måned": Month, "år": Year}


def _native_date(value: object) -> date | None:
    """A date that the file itself has; one with a time of day only at midnight."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time.min else None
    return value if isinstance(value, date) else None


def _shows_month(scalar: Scalar) -> bool:
    """Whether it is the date of a cell that shows a month and no day: Excel makes one of `maj 2026`."""
    return isinstance(scalar.place, CellPlace) and "/" in scalar.text


@dataclass(frozen=True, slots=True, kw_only=True)
class _MomentType(ScalarType):
    """A day, a month or a year, as far as `precision` allows; `minimum` and `maximum` are its bounds."""

    minimum: Moment | None = None
    maximum: Moment | None = None
    default_precision: ClassVar[tuple[str, ...]] = ("dag",)
    precision: tuple[str, ...]

    @classmethod
    def declared(cls, attributes: Attributes, *, bounded: bool = True) -> ScalarType | None:
        """The moment with its `præcision`, `mindst` and `højst`."""
        words = {word.text: word for word in attributes.words("præcision")}
        for text, word in words.items():
            if text not in _WORDS:
                attributes.faults.add("DG326", word.place, navn="præcision", tekst=text, **choices(_WORDS))
        made = cls(precision=tuple(name for name in _WORDS if name in words) or cls.default_precision)
        if not bounded:
            return made
        return replace(made, minimum=attributes.value("mindst", made), maximum=attributes.value("højst", made))

    def read(self, scalar: Scalar, at: At) -> object:
        """The moment, within its bounds."""
        day = _native_date(scalar.native) if "dag" in self.precision else None
        found: Moment | None = None if _shows_month(scalar) else day
        if found is None:
            found = parsing.parse_moment(scalar.text, self.precision) or day
        if found is None:
            return self._refuse(scalar, at)
        if self.minimum is not None and found < self.minimum:
            return at.fault("DG236", scalar.place, tekst=display(found), grænse=display(self.minimum))
        if self.maximum is not None and found > self.maximum:
            return at.fault("DG237", scalar.place, tekst=display(found), grænse=display(self.maximum))
        return found

    def _refuse(self, scalar: Scalar, at: At) -> Invalid:
        text = quoted(scalar)
        if isinstance(scalar.native, datetime):
            return at.fault("DG221", scalar.place, tekst=text)
        told = {"tekst": text, "form": self.describe("da"), "form_en": self.describe("en")}
        samples = [_SAMPLES[word] for word in self.precision]
        told |= {"eksempel": listed(samples, "eller"), "eksempel_en": listed(samples, "or")}
        if parsing.parse_moment(scalar.text) is not None:
            return at.fault("DG209", scalar.place, **told)
        if "dag" not in self.precision:
            return at.fault("DG210" if "måned" in self.precision else "DG208", scalar.place, **told)
        return self._refuse_date(scalar, at, told)

    def _refuse_date(self, scalar: Scalar, at: At, told: dict[str, str]) -> Invalid:
        fault = parsing.date_fault(scalar.text) or parsing.DateFault("form")
        match fault.reason:
            case "short_year":
                return at.fault("DG206", scalar.place, **told)
            case "no_year":
                return at.fault("DG257", scalar.place, **told)
            case "weekday":
                return at.fault("DG220", scalar.place, ugedag=fault.weekday_name, **told)
            case "day" if fault.year and _day(scalar.text) <= 31:
                month = fault.month_name
                return at.fault("DG205", scalar.place, måned=month, år=fault.year, antal=fault.days, **told)
        return at.fault("DG204" if self.precision == ("dag",) else "DG203", scalar.place, **told)

    def accept(self, value: object) -> object:
        """A date, month or year that the field allows."""
        if not isinstance(value, tuple(_MOMENTS[word] for word in self.precision)):
            raise UnfitError(display(value))
        return value

    def describe(self, language: str = "da") -> str:
        """`en dato`, or `en dato, en måned eller et år`."""
        words = [_WORDS[word][language == "en"] for word in self.precision]
        return listed(words, "or" if language == "en" else "eller")


def _day(text: str) -> int:
    """The number of the day in a text that is nearly a date."""
    from re import findall

    numbers = [int(number) for number in findall(r"\d+", text) if len(number) <= 2]
    return numbers[-1] if text.strip()[:4].isdecimal() and numbers else next(iter(numbers), 0)


class DateType(_MomentType):
    """A date; with `præcision` also a month or a year."""

    __slots__ = ()

    name: ClassVar[str] = "dato"
    options: ClassVar[frozenset[str]] = frozenset({"mindst", "højst", "præcision"})
    words: ClassVar[tuple[str, str]] = _WORDS["dag"]
    sample: ClassVar[str] = "31. januar 2026"


class MonthType(_MomentType):
    """A month of a year."""

    __slots__ = ()

    name: ClassVar[str] = "måned"
    options: ClassVar[frozenset[str]] = frozenset({"mindst", "højst"})
    words: ClassVar[tuple[str, str]] = _WORDS["måned"]
    sample: ClassVar[str] = "maj 2026"
    default_precision: ClassVar[tuple[str, ...]] = ("måned",)


class YearType(_MomentType):
    """A calendar year."""

    __slots__ = ()

    name: ClassVar[str] = "år"
    options: ClassVar[frozenset[str]] = frozenset({"mindst", "højst"})
    words: ClassVar[tuple[str, str]] = _WORDS["år"]
    sample: ClassVar[str] = "2026"
    default_precision: ClassVar[tuple[str, ...]] = ("år",)

    def accept(self, value: object) -> object:
        """A year, or the number of one."""
        if isinstance(value, int) and not isinstance(value, bool):
            return Year(value)
        return _MomentType.accept(self, value)


class PeriodType(ScalarType):
    """A stretch of time with days, months or years as its ends."""

    __slots__ = ()

    name: ClassVar[str] = "periode"
    words: ClassVar[tuple[str, str]] = ("en periode", "a period")
    sample: ClassVar[str] = "maj 2025-2028"

    def read(self, scalar: Scalar, at: At) -> object:
        """The period."""
        day = None if _shows_month(scalar) else _native_date(scalar.native)
        found = Period(day, day) if day else parsing.parse_period(scalar.text)
        if found is not None:
            return found
        code = "DG212" if parsing.ends_before_it_begins(scalar.text) else "DG211"
        return at.fault(code, scalar.place, tekst=quoted(scalar))

    def accept(self, value: object) -> object:
        """A period, or a moment as a period of that length."""
        if isinstance(value, Period):
            return value
        if isinstance(value, date | Month | Year):
            return Period(value, value)
        raise UnfitError(display(value))


class ClockType(ScalarType):
    """A time of day."""

    __slots__ = ()

    name: ClassVar[str] = "klokkeslæt"
    words: ClassVar[tuple[str, str]] = ("et klokkeslæt", "a time of day")
    sample: ClassVar[str] = "16.30"

    def read(self, scalar: Scalar, at: At) -> object:
        """The time."""
        # From the text also where TOML has read it: a document shows no seconds, so none may get lost.
        found = parsing.parse_time(scalar.text)
        return at.fault("DG222", scalar.place, tekst=quoted(scalar)) if found is None else found

    def accept(self, value: object) -> object:
        """A time."""
        if not isinstance(value, time):
            raise UnfitError(display(value))
        return value


class TimeSpanType(ScalarType):
    """Two times of one day."""

    __slots__ = ()

    name: ClassVar[str] = "tidsrum"
    words: ClassVar[tuple[str, str]] = ("et tidsrum", "a time span")
    sample: ClassVar[str] = "9.00-12.00"

    def read(self, scalar: Scalar, at: At) -> object:
        """The time span."""
        found = parsing.parse_timespan(scalar.text)
        if found is not None:
            return found
        code = "DG224" if parsing.ends_before_it_begins(scalar.text) else "DG223"
        return at.fault(code, scalar.place, tekst=quoted(scalar))

    def accept(self, value: object) -> object:
        """A time span."""
        if not isinstance(value, TimeSpan):
            raise UnfitError(display(value))
        return value


TYPES = (DateType, MonthType, YearType, PeriodType, ClockType, TimeSpanType)
