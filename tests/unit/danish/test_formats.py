"""Values are written as Danish public documents write them; Babel's da_DK is the reference where style agrees."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from docgen.danish import formats, parsing
from docgen.danish.formats import NBSP, display
from docgen.danish.values import (
    Amount,
    Choice,
    Cvr,
    Gln,
    Markdown,
    Month,
    Number,
    Percent,
    Phone,
    TimeSpan,
    Year,
)

from .strategies import amounts, dates, months, numbers, percents, periods, time_spans, times, years

DAYS_OF_2024 = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]
_RANDOM = random.Random(20241115)
AMOUNTS = [Decimal(_RANDOM.randint(-(10**units), 10**units)).scaleb(-2) for units in range(1, 15) for _ in range(20)]


def plain(text: str) -> str:
    """Text with ordinary spaces, as a reader sees it."""
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "ja"),
        (False, "nej"),
        ("Ærø & Øerne", "Ærø & Øerne"),
        (Markdown("**fed**"), "**fed**"),
        (2025, "2025"),
        (Decimal("1234.50"), "1234,5"),
        (1234.5, "1234,5"),
        (float("inf"), "inf"),
        (Amount(500000), "500.000 kr."),
        (Amount(Decimal("1234567.89")), "1.234.567,89 kr."),
        (Amount(Decimal("-125.5")), "-125,50 kr."),
        (Amount(Decimal("0.005")), "0,01 kr."),
        (Amount(Decimal("-0.001")), "0 kr."),
        (Percent(75), "75 pct."),
        (Percent(Decimal("12.50")), "12,5 pct."),
        (Number(1234), "1.234"),
        (Number(1) / 3, "0,33333333"),
        (date(2024, 11, 15), "15. november 2024"),
        (datetime(2024, 11, 15, 9, 5), "15. november 2024 kl. 9.05"),
        (Month(2025, 5), "maj 2025"),
        (Year(2025), "2025"),
        (time(9), "9.00"),
        (TimeSpan(time(9), time(12)), "kl. 9.00-12.00"),
        (Choice("åben", "Åbent punkt"), "Åbent punkt"),
        (Phone("66113333"), "66 11 33 33"),
        (Phone("+4681234567"), "+4681234567"),
        (Cvr("29190909"), "29 19 09 09"),
        (Gln("5798009968104"), "5798009968104"),
        (["Odense", Year(2025), Amount(5)], "Odense, 2025 og 5 kr."),
        ([], ""),
    ],
)
def test_display(value: object, written: str) -> None:
    assert plain(display(value)) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("maj 2025 til 2028", "maj 2025-2028"),
        ("2022-2026", "2022-2026"),
        ("3/9 2024 - 4/9 2024", "3.-4. september 2024"),
        ("30/4 2024 - 2/5 2024", "30. april - 2. maj 2024"),
        ("15/12 2024 - 3/1 2025", "15. december 2024 - 3. januar 2025"),
        ("2025-05/2025-06", "maj-juni 2025"),
        ("2025-05/2026-06", "maj 2025 - juni 2026"),
        ("2026-05/2026-09-30", "maj - 30. september 2026"),
        ("2026-05-01/2026-09", "1. maj - september 2026"),
        ("maj - 30. september 2026", "maj - 30. september 2026"),
        ("2025-05/2026-09-30", "maj 2025 - 30. september 2026"),
        ("2025-05-01/2028", "1. maj 2025-2028"),
        ("2025/2026-05", "2025 - maj 2026"),
        ("2025-05/..", "fra maj 2025"),
        ("../2028", "til 2028"),
        ("2025-05-01/2025-05-01", "1. maj 2025"),
    ],
)
def test_periods(text: str, written: str) -> None:
    period = parsing.parse_period(text)
    assert period is not None
    assert plain(display(period)) == written


def test_no_line_breaks_inside_a_value() -> None:
    assert display(date(2024, 11, 15)) == "15.\u00a0november 2024"
    assert display(Amount(5)) == "5\u00a0kr."
    assert display(Percent(5)) == "5\u00a0pct."
    assert display(TimeSpan(time(9), time(12))) == "kl.\u00a09.00-12.00"
    assert formats.millions(1400000) == "1,4\u00a0mio.\u00a0kr."


def test_dates_agree_with_babel() -> None:
    for day in DAYS_OF_2024:
        assert plain(formats.date_long(day)) == format_date(day, "long", locale="da_DK")
        assert plain(formats.date_with_weekday(day)) == format_date(day, "full", locale="da_DK")
        assert formats.month_and_year(day) == format_date(day, "MMMM y", locale="da_DK")
        assert formats.weekday(day) == format_date(day, "EEEE", locale="da_DK")
        # Unlike Babel's dd.MM.y: Retskrivningsordbogen § 42 writes 11.9.2001.
        assert formats.date_numeric(day) == format_date(day, "d.M.y", locale="da_DK")


def test_every_minute_of_the_day_agrees_with_babel_but_for_the_leading_zero() -> None:
    for minute in range(24 * 60):
        moment = time(*divmod(minute, 60))
        assert formats.clock(moment) == format_time(moment, "short", locale="da_DK").removeprefix("0")


@given(st.sampled_from(AMOUNTS))
def test_numbers_agree_with_babel(value: Decimal) -> None:
    with localcontext(rounding=ROUND_HALF_UP):
        assert formats.number(value) == format_decimal(value, locale="da_DK")
        if abs(value) > 1:
            assert formats.number(value, 1) == format_decimal(value, "#,##0.0", locale="da_DK")
        assert formats.amount(value, decimals=2) == format_currency(value, "DKK", locale="da_DK")
        if value != value.to_integral_value():
            assert formats.amount(value) == format_currency(value, "DKK", locale="da_DK")
        # Babel takes the share and writes at most as many decimals as its pattern has.
        share = format_percent(value / 100, "#,##0.##\u00a0%", locale="da_DK")
        assert formats.percent(value, sign="%") == share


def test_where_the_style_leaves_babel() -> None:
    assert (formats.amount(500), format_currency(500, "DKK", locale="da_DK")) == ("500\u00a0kr.", "500,00\u00a0kr.")
    assert (formats.number(Decimal("0.125"), 2), format_decimal(Decimal("0.125"), "0.00", locale="da_DK")) == (
        "0,13",
        "0,12",
    )
    nothing = Decimal("-0.01")
    assert (formats.number(nothing, 1), format_decimal(nothing, "0.0", locale="da_DK")) == ("0,0", "-0,0")
    assert display(Percent(20)) == "20\u00a0pct."


def test_options() -> None:
    assert plain(formats.amount(1234, unit="t.kr.")) == "1.234 t.kr."
    assert formats.amount(1234, unit="") == "1.234"
    assert plain(formats.amount(1234, decimals=0)) == "1.234 kr."
    assert plain(formats.millions(1449999)) == "1,4 mio. kr."
    assert plain(formats.millions(2000000)) == "2 mio. kr."
    assert plain(formats.millions(2000000, decimals=1)) == "2,0 mio. kr."
    assert formats.clock(time(16, 30), separator=":") == "16:30"
    assert formats.time_span(TimeSpan(time(9), time(12)), kl=False, separator=":") == "9:00-12:00"
    assert plain(formats.phone("66113333", group=4)) == "6611 3333"
    assert formats.join_og(["a", "b"], "eller") == "a eller b"


@pytest.mark.parametrize("decimals", [-1, 13, 10**9])
def test_absurd_numbers_of_decimals_are_refused(decimals: int) -> None:
    with pytest.raises(ValueError, match="decimals"):
        formats.number(1, decimals)


@pytest.mark.parametrize(
    ("values", "parse"),
    [
        (dates, parsing.parse_date),
        (months, parsing.parse_month),
        (years, parsing.parse_year),
        (periods(), parsing.parse_period),
        (times, parsing.parse_time),
        (time_spans(), parsing.parse_timespan),
        (amounts, parsing.parse_amount),
        (percents, parsing.parse_percent),
        (numbers, parsing.parse_number),
        (st.booleans(), parsing.parse_bool),
        (st.from_regex("[2-9][0-9]{7}", fullmatch=True).map(Phone), parsing.parse_phone),
        (st.sampled_from(["29190909", "29190623", "64942212"]).map(Cvr), parsing.parse_cvr),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_displayed_reads_back(values: st.SearchStrategy[object], parse: object) -> None:
    @given(values)
    def reads_back(original: object) -> None:
        assert parse(display(original)) == original  # type: ignore[operator]

    reads_back()


@given(dates)
def test_every_way_to_write_a_date_reads_back(day: date) -> None:
    for written in (formats.date_with_weekday(day), formats.date_numeric(day), day.isoformat(), f"{day:%d-%m-%Y}"):
        assert parsing.parse_date(written) == day
