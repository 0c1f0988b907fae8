"""Danish holidays and working days; the `holidays` package agrees."""

from __future__ import annotations

from datetime import date

import pytest
from holidays.countries.denmark import Denmark
from hypothesis import given
from hypothesis import strategies as st

from docgen.danish import calendar
from docgen.danish.calendar import is_workday, workdays_after, workdays_before


def test_holidays_agree_with_the_holidays_package() -> None:
    for year in range(2000, 2100):
        reference = Denmark(years=year, categories=("public",))  # type: ignore[no-untyped-call]
        assert set(calendar.holidays(year)) == set(reference)


def test_store_bededag_is_a_workday_from_2024() -> None:
    assert not is_workday(date(2023, 5, 5))
    assert is_workday(date(2024, 4, 26))
    assert calendar.holidays(2026)[date(2026, 5, 14)] == "Kristi himmelfartsdag"


def test_workdays() -> None:
    friday, saturday, sunday = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
    assert [is_workday(day) for day in (friday, saturday, sunday)] == [True, False, False]
    assert is_workday(saturday, saturday=True)
    assert not is_workday(sunday, saturday=True)
    assert not is_workday(friday, extra_days_off=[friday])


def test_counting_workdays() -> None:
    tuesday = date(2026, 11, 24)
    assert workdays_before(tuesday, 4) == date(2026, 11, 18)
    assert workdays_before(tuesday, 4, saturday=True) == date(2026, 11, 19)
    assert workdays_before(tuesday, 0) == tuesday
    # Across Easter 2026: Maundy Thursday 2 April to Easter Monday 6 April are no working days.
    assert workdays_before(date(2026, 4, 8), 2) == date(2026, 4, 1)
    assert workdays_after(date(2026, 4, 1), 2) == date(2026, 4, 8)
    assert workdays_after(date(2026, 12, 23), 1) == date(2026, 12, 24)
    assert workdays_after(date(2026, 12, 23), 1, extra_days_off=calendar.customary_days_off(2026)) == date(2026, 12, 28)
    with pytest.raises(ValueError, match="negative"):
        workdays_before(tuesday, -1)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 30))
def test_workdays_before_and_after_mirror_each_other(day: date, count: int) -> None:
    earlier = workdays_before(day, count)
    assert is_workday(earlier)
    assert earlier < day
    assert workdays_before(workdays_after(earlier, count), count) == earlier
