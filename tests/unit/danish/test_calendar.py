"""Danish holidays and working days; the `holidays` package agrees."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from holidays.countries.denmark import Denmark
from hypothesis import given
from hypothesis import strategies as st

from docgen.danish import calendar
from docgen.danish.calendar import Counted, is_workday, workdays_after, workdays_before, workdays_between


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
    assert is_workday(saturday, Counted(saturday=True))
    assert not is_workday(sunday, Counted(saturday=True))


def test_days_on_which_offices_are_closed_count_only_when_asked_for() -> None:
    constitution, christmas, new_year = date(2026, 6, 5), date(2026, 12, 24), date(2026, 12, 31)
    for counted, days in (
        (Counted(), []),
        (Counted(constitution_day=True), [constitution]),
        (Counted(christmas_eve=True), [christmas]),
        (Counted(new_years_eve=True), [new_year]),
    ):
        assert [day for day in (constitution, christmas, new_year) if is_workday(day, counted)] == days
    assert not is_workday(date(2027, 6, 5), Counted(constitution_day=True))  # a Saturday
    assert is_workday(date(2027, 6, 5), Counted(constitution_day=True, saturday=True))


def test_counting_workdays() -> None:
    tuesday = date(2026, 11, 24)
    assert workdays_before(tuesday, 4) == date(2026, 11, 18)
    assert workdays_before(tuesday, 4, Counted(saturday=True)) == date(2026, 11, 19)
    assert workdays_before(tuesday, 0) == tuesday
    # Across Easter 2026: Maundy Thursday 2 April to Easter Monday 6 April are no working days.
    assert workdays_before(date(2026, 4, 8), 2) == date(2026, 4, 1)
    assert workdays_after(date(2026, 4, 1), 2) == date(2026, 4, 8)
    assert workdays_after(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert workdays_after(date(2026, 12, 23), 1, Counted(christmas_eve=True)) == date(2026, 12, 24)
    with pytest.raises(ValueError, match="negative"):
        workdays_before(tuesday, -1)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 30))
def test_workdays_before_and_after_mirror_each_other(day: date, count: int) -> None:
    earlier = workdays_before(day, count)
    assert is_workday(earlier)
    assert earlier < day
    assert workdays_before(workdays_after(earlier, count), count) == earlier


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60), st.integers(-70, 70), st.booleans())
def test_the_number_of_workdays_tells_whether_a_deadline_was_kept(
    day: date, count: int, away: int, saturday: bool
) -> None:
    counted = Counted(saturday=saturday)
    sent = day - timedelta(days=away)
    deadline = workdays_before(day, count, counted)
    assert workdays_between(deadline, day, counted) == count
    assert (workdays_between(sent, day, counted) >= count) == (sent <= deadline) or count == 0
    assert workdays_between(day, sent, counted) == -workdays_between(sent, day, counted)
