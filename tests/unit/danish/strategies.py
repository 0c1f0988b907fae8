"""Hypothesis strategies for the typed values, within what Danish writing can express."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from hypothesis import strategies as st

from docgen.danish.values import Amount, Month, Number, Percent, Period, TimeSpan, Year

dates = st.dates(date(1000, 1, 1), date(2999, 12, 31))
years = st.integers(1000, 2999).map(Year)
months = st.builds(Month, st.integers(1000, 2999), st.integers(1, 12))
moments = dates | months | years
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def decimals(places: int, largest: int = 10**12) -> st.SearchStrategy[Decimal]:
    return st.integers(-largest, largest).map(lambda units: Decimal(units).scaleb(-places))


amounts = decimals(2).map(Amount)
percents = decimals(3).map(Percent)
numbers = decimals(4).map(Number)
quantities = amounts | percents | numbers


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start, end = sorted((draw(moments), draw(moments)))
    try:
        return draw(st.sampled_from([Period(start, end), Period(start, None), Period(None, end)]))
    except ValueError:
        # A year that begins before a day of it, but ends after: the larger one alone.
        return Period(start, start)


@st.composite
def time_spans(draw: st.DrawFn) -> TimeSpan:
    start, end = sorted((draw(times), draw(times)))
    return TimeSpan(start, end) if start < end else TimeSpan(time(0), time(23, 59))


any_text = st.text(max_size=130) | st.text("0123456789.,-/: klørdagfmj%", max_size=24)
