"""The functions of expressions that reckon with days, months and times; docs/typer.md describes them to users."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta

from docgen.danish.calendar import Counted, workdays_after, workdays_before, workdays_between
from docgen.danish.values import Month, Year
from docgen.kinds.nonsense import NonsenseError
from docgen.kinds.suggestions import suggestion

_MOST_WORKDAYS = 1_000
_MOST_DAYS = 20_000
_COUNTED = {
    "lørdag": "saturday",
    "grundlovsdag": "constitution_day",
    "juleaftensdag": "christmas_eve",
    "nytårsaftensdag": "new_years_eve",
}
"""The days that an expression may count as working days, and what the calendar calls them."""


def workdays_earlier(dato: date | None, antal: int | None, **counted: object) -> date | None:
    """The day that lies that many working days before a date; `lørdag=ja` counts Saturdays, and so on."""
    days = _counted(counted)
    return None if dato is None or antal is None else workdays_before(_day(dato), _workdays(antal), days)


def workdays_later(dato: date | None, antal: int | None, **counted: object) -> date | None:
    """The day that lies that many working days after a date."""
    days = _counted(counted)
    return None if dato is None or antal is None else workdays_after(_day(dato), _workdays(antal), days)


def workdays_from(fra: date | None, til: date | None, **counted: object) -> int | None:
    """How many working days before `til` the day `fra` lies; negative when it lies after."""
    days = _counted(counted)
    if fra is None or til is None:
        return None
    if abs((_day(til) - _day(fra)).days) > _MOST_DAYS:
        raise NonsenseError(f"der må højst være {_MOST_DAYS} dage mellem de to datoer")
    return workdays_between(_day(fra), _day(til), days)


def plus_days(dato: date | None, antal: int | None) -> date | None:
    """The date that many days later, or earlier for a negative number."""
    return None if dato is None or antal is None else _day(dato) + timedelta(days=int(antal))


def plus_months(dato: date | Month | None, antal: int | None) -> date | Month | None:
    """The date or month that many months later; the last day of the month where the day does not exist."""
    if dato is None or antal is None:
        return None
    if not isinstance(dato, date | Month):
        raise NonsenseError("der skal stå en dato eller en måned")
    months = dato.year * 12 + dato.month - 1 + int(antal)
    month = Month(months // 12, months % 12 + 1)
    if isinstance(dato, Month):
        return month
    return month.first_day.replace(day=min(dato.day, month.last_day.day))


def plus_minutes(tid: time | None, minutter: int | None) -> time | None:
    """The time of day that many minutes later."""
    if tid is None or minutter is None:
        return None
    later = tid.hour * 60 + tid.minute + int(minutter)
    if not 0 <= later < 24 * 60:
        raise NonsenseError("klokkeslættet går over midnat")
    return time(later // 60, later % 60)


def _counted(given: Mapping[str, object]) -> Counted:
    for name in given:
        if name not in _COUNTED:
            raise NonsenseError(
                f'"{name}" er ikke en dag, der kan tælle som hverdag; {suggestion(name, _COUNTED)["forslag"]}'
            )
    return Counted(**{_COUNTED[name]: bool(value) for name, value in given.items()})


def _workdays(value: int) -> int:
    number = int(value)
    if not 0 <= number <= _MOST_WORKDAYS:
        raise NonsenseError(f"antallet af hverdage skal være mellem 0 og {_MOST_WORKDAYS}")
    return number


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, Month | Year):
        raise NonsenseError("der skal stå en hel dato, ikke kun en måned eller et år")
    raise NonsenseError("der skal stå en dato")


DAY_FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "hverdage_før": workdays_earlier,
    "hverdage_efter": workdays_later,
    "antal_hverdage": workdays_from,
    "plus_dage": plus_days,
    "plus_måneder": plus_months,
    "plus_minutter": plus_minutes,
}
"""The functions by the names that expressions use."""
