"""Danish holidays and working days.

The days are computed here and not by the `holidays` package, whose first answer takes 180 ms; a test compares the two.
"""

from __future__ import annotations

import functools
from datetime import date, timedelta
from typing import NamedTuple

_LAST_STORE_BEDEDAG = 2023


def easter_sunday(year: int) -> date:
    """Easter Sunday of a year by the Gregorian computus (Meeus, Jones and Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@functools.lru_cache(maxsize=64)
def holidays(year: int) -> dict[date, str]:
    """The Danish public holidays (helligdage) of a year, by date; store bededag until 2023 (abolished from 2024)."""
    easter = easter_sunday(year)
    days = {
        date(year, 1, 1): "nytårsdag",
        easter - timedelta(days=3): "skærtorsdag",
        easter - timedelta(days=2): "langfredag",
        easter: "påskedag",
        easter + timedelta(days=1): "2. påskedag",
        easter + timedelta(days=39): "Kristi himmelfartsdag",
        easter + timedelta(days=49): "pinsedag",
        easter + timedelta(days=50): "2. pinsedag",
        date(year, 12, 25): "juledag",
        date(year, 12, 26): "2. juledag",
    }
    if year <= _LAST_STORE_BEDEDAG:
        days[easter + timedelta(days=26)] = "store bededag"
    return dict(sorted(days.items()))


class Counted(NamedTuple):
    """Which of the days that are no holidays by law, but on which most public offices are closed, are working days.

    Statutes and rules of procedure differ, so each caller may say; by default none of them counts.
    """

    saturday: bool = False
    constitution_day: bool = False
    christmas_eve: bool = False
    new_years_eve: bool = False


NONE_COUNTED = Counted()


def is_workday(day: date, counted: Counted = NONE_COUNTED) -> bool:
    """Whether `day` is a working day: no Sunday or holiday, and none of the days that `counted` leaves out."""
    weekday = day.weekday()
    if weekday == 6 or (weekday == 5 and not counted.saturday):
        return False
    customary = {(6, 5): counted.constitution_day, (12, 24): counted.christmas_eve, (12, 31): counted.new_years_eve}
    return customary.get((day.month, day.day), True) and day not in holidays(day.year)


def workdays_before(day: date, count: int, counted: Counted = NONE_COUNTED) -> date:
    """The date that lies `count` working days before `day`, itself a working day; `day` is not counted.

    Four working days before a Tuesday is the Wednesday of the week before. Zero gives `day`; a negative count raises
    ValueError.
    """
    return _workday(day, count, -1, counted)


def workdays_after(day: date, count: int, counted: Counted = NONE_COUNTED) -> date:
    """The date that lies `count` working days after `day`, itself a working day; `day` is not counted."""
    return _workday(day, count, 1, counted)


def workdays_between(first: date, last: date, counted: Counted = NONE_COUNTED) -> int:
    """How many working days there are from `first` to the day before `last`; negative when `last` comes first.

    So something done on `first` is done that many working days before `last`.
    """
    if last < first:
        return -workdays_between(last, first, counted)
    days = (first + timedelta(days=number) for number in range((last - first).days))
    return sum(is_workday(day, counted) for day in days)


def _workday(day: date, count: int, step: int, counted: Counted) -> date:
    if count < 0:
        raise ValueError("the number of working days is negative")
    while count:
        day += timedelta(days=step)
        count -= is_workday(day, counted)
    return day
