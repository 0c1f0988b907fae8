"""Danish holidays and working days.

The days are computed here and not by the `holidays` package, whose first answer takes 180 ms; a test compares the two.
"""

from __future__ import annotations

import functools
from collections.abc import Collection
from datetime import date, timedelta

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


def customary_days_off(year: int) -> tuple[date, date, date]:
    """Grundlovsdag, 24 and 31 December: no holidays by law, but most public offices are closed."""
    return date(year, 6, 5), date(year, 12, 24), date(year, 12, 31)


def is_workday(day: date, *, saturday: bool = False, extra_days_off: Collection[date] = ()) -> bool:
    """Whether `day` is a working day: no Sunday, holiday or one of `extra_days_off`, and no Saturday by default.

    `saturday` counts Saturdays, as "hverdag" does in some statutes.
    """
    weekday = day.weekday()
    if weekday == 6 or (weekday == 5 and not saturday):
        return False
    return day not in holidays(day.year) and day not in extra_days_off


def workdays_before(day: date, count: int, *, saturday: bool = False, extra_days_off: Collection[date] = ()) -> date:
    """The date that lies `count` working days before `day`, itself a working day; `day` is not counted.

    Four working days before a Tuesday is the Wednesday of the week before. Zero gives `day`; a negative count raises
    ValueError.
    """
    return _workday(day, count, -1, saturday, extra_days_off)


def workdays_after(day: date, count: int, *, saturday: bool = False, extra_days_off: Collection[date] = ()) -> date:
    """The date that lies `count` working days after `day`, itself a working day; `day` is not counted."""
    return _workday(day, count, 1, saturday, extra_days_off)


def _workday(day: date, count: int, step: int, saturday: bool, extra_days_off: Collection[date]) -> date:
    if count < 0:
        raise ValueError("the number of working days is negative")
    while count:
        day += timedelta(days=step)
        count -= is_workday(day, saturday=saturday, extra_days_off=extra_days_off)
    return day
