"""Danish ways of writing are read as what they mean, or refused."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given

from docgen.danish import parsing
from docgen.danish.parsing import DateFault, date_fault, parse_amount, parse_number, parse_percent

from .strategies import any_text


@pytest.mark.parametrize(
    "text",
    [
        "15. november 2024",
        "15.\u00a0november 2024",
        "den 15. november 2024",
        "d. 15. nov. 2024",
        "Fredag den 15. November 2024",
        "fredag, 15. november 2024",
        "15 november 2024",
        "15.11.2024",
        "15. 11. 2024",
        "15/11 2024",
        "15/11-2024",
        "15/11/2024",
        "15-11-2024",
        "2024-11-15",
        "  15.11.2024 ",
    ],
)
def test_dates(text: str) -> None:
    assert parsing.parse_date(text) == date(2024, 11, 15)
    assert date_fault(text) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("32-01-2026", DateFault("day", month=1, year=2026, days=31)),
        ("31. april 2026", DateFault("day", month=4, year=2026, days=30)),
        ("31. april", DateFault("day", month=4, days=30)),
        ("30. april", DateFault("no_year")),
        ("29. februar", DateFault("no_year")),
        ("29-02-2026", DateFault("day", month=2, year=2026, days=28)),
        ("0. maj 2026", DateFault("day", month=5, year=2026, days=31)),
        ("11/15/2024", DateFault("month", month=15, year=2024)),
        ("01.02.03", DateFault("short_year")),
        ("15. november 24", DateFault("short_year")),
        ("mandag den 15. november 2024", DateFault("weekday", weekday=4)),
        ("primo 2026", DateFault("form")),
        ("15. november 0024", DateFault("form")),
        ("٠١-٠١-٢٠٢٦", DateFault("form")),
        ("2024-11-15 kl. 12", DateFault("form")),
        ("", DateFault("form")),
    ],
)
def test_no_dates_and_why(text: str, fault: DateFault) -> None:
    assert parsing.parse_date(text) is None
    assert date_fault(text) == fault


def test_a_fault_names_the_month_and_the_weekday() -> None:
    fault = date_fault("31. april 2026")
    assert fault is not None
    assert f"{fault.month_name} har {fault.days} dage" == "april har 30 dage"
    wrong_day = date_fault("mandag den 15. november 2024")
    assert wrong_day is not None
    assert wrong_day.weekday_name == "fredag"


@pytest.mark.parametrize("text", ["maj 2025", "Maj 2025", "05-2025", "5/2025", "05.2025", "2025-05", "maj, 2025"])
def test_months(text: str) -> None:
    assert str(parsing.parse_month(text)) == "2025-05"


@pytest.mark.parametrize("text", ["13-2025", "2025-00", "maj", "maj 25", "2025", "majs 2025"])
def test_no_months(text: str) -> None:
    assert parsing.parse_month(text) is None


def test_moments_by_precision() -> None:
    assert str(parsing.parse_moment("sept. 2025")) == "2025-09"
    assert str(parsing.parse_moment("2025")) == "2025"
    assert parsing.parse_moment("2025", ["dag", "måned"]) is None
    assert parsing.parse_moment("1/5 2025", ("måned", "år")) is None


@pytest.mark.parametrize(
    ("text", "machine"),
    [
        ("maj 2025-2028", "2025-05/2028"),
        ("maj 2025 – 2028", "2025-05/2028"),
        ("2025-05/2028", "2025-05/2028"),
        ("2022-2026", "2022/2026"),
        ("3.-4. september 2024", "2024-09-03/2024-09-04"),
        ("3. - 4. september 2024", "2024-09-03/2024-09-04"),
        ("3.-4.9.2024", "2024-09-03/2024-09-04"),
        ("3/9-4/9 2024", "2024-09-03/2024-09-04"),
        ("2024-09-03/2024-09-04", "2024-09-03/2024-09-04"),
        ("2024-09-03 - 2024-09-04", "2024-09-03/2024-09-04"),
        ("fra den 3. til den 4. september 2024", "2024-09-03/2024-09-04"),
        ("30. april - 2. maj 2024", "2024-04-30/2024-05-02"),
        ("30. april-2. maj 2024", "2024-04-30/2024-05-02"),
        ("01-01-2025-31-12-2025", "2025-01-01/2025-12-31"),
        ("1/1 2025 til og med 31/12 2026", "2025-01-01/2026-12-31"),
        ("maj-juni 2025", "2025-05/2025-06"),
        ("fra maj 2025", "2025-05/.."),
        ("fra og med 1. januar 2025", "2025-01-01/.."),
        ("fra maj 2025-2028", "2025-05/2028"),
        ("juni 2018-", "2018-06/.."),
        ("2018 –", "2018/.."),
        ("1. juni 2018 -", "2018-06-01/.."),
        ("fra juni 2018 og indtil videre", "2018-06/.."),
        ("Juni 2018 indtil videre", "2018-06/.."),
        ("juni 2018 - indtil videre", "2018-06/.."),
        ("2018 og frem", "2018/.."),
        ("fra og med 1.6.2018 og fremover", "2018-06-01/.."),
        ("2022-25", "2022/2025"),
        ("2022 – 25", "2022/2025"),
        ("fra 2022-25", "2022/2025"),
        ("2022-05", "2022-05/2022-05"),
        ("til 2028", "../2028"),
        ("indtil 1. maj 2028", "../2028-05-01"),
        ("maj 2025", "2025-05/2025-05"),
    ],
)
def test_periods(text: str, machine: str) -> None:
    assert str(parsing.parse_period(text)) == machine
    assert not parsing.ends_before_it_begins(text)


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-02-2026",
        "2024/25",
        "2005–09",
        "2025-05-",
        "indtil videre",
        "-",
        "og frem",
        "juni-",
        "-2028",
        "3.-4. september",
        "primo 2026",
        "../..",
        "31.-32. maj 2024",
    ],
)
def test_no_periods(text: str) -> None:
    assert parsing.parse_period(text) is None
    assert not parsing.ends_before_it_begins(text)


@pytest.mark.parametrize(
    "text", ["2028-2025", "2028-25", "4.-3. september 2024", "kl. 12-9", "9.00-9.00", "2. maj - 30. april 2024"]
)
def test_what_ends_before_it_begins(text: str) -> None:
    assert parsing.parse_period(text) is None
    assert parsing.parse_timespan(text) is None
    assert parsing.ends_before_it_begins(text)


@pytest.mark.parametrize(
    "text",
    ["kl. 9.00-12.00", "9:00-12:00", "09.00 – 12.00", "9-12", "kl. 9 til 12", "fra kl. 9 til kl. 12", "09:00/12:00"],
)
def test_time_spans(text: str) -> None:
    assert str(parsing.parse_timespan(text)) == "09:00/12:00"
    assert not parsing.ends_before_it_begins(text)


@pytest.mark.parametrize("text", ["kl. 16.30", "16:30", "16.30", "Kl 16:30", "16:30:00"])
def test_times(text: str) -> None:
    assert parsing.parse_time(text) == time(16, 30)


@pytest.mark.parametrize("text", ["24.00", "9.5", "1630", "16:60", "16:30:15", "kl.", "-9"])
def test_no_times(text: str) -> None:
    assert parsing.parse_time(text) is None
    assert parsing.parse_timespan(f"{text}-23.59") is None


@pytest.mark.parametrize(
    ("text", "kroner"),
    [
        ("1.234.567,89", "1234567.89"),
        ("1234567.89", "1234567.89"),
        ("1 234 567,89 kr.", "1234567.89"),
        ("1\u202f234\u202f567,89", "1234567.89"),
        ("1.234", "1234"),
        ("12.5", "12.5"),
        ("1,4 mio. kr.", "1400000"),
        ("1,234 mio. kr.", "1234000"),
        ("2 mia. kr.", "2000000000"),
        ("1 million kroner", "1000000"),
        ("2,5 milliarder", "2500000000"),
        ("500 t.kr.", "500000"),
        ("500.000 kr.", "500000"),
        ("500.000,- kr.", "500000"),
        ("kr. 500,-", "500"),
        ("DKK 500", "500"),
        ("-125,50", "-125.50"),
        ("−125,50 kr.", "-125.50"),
        ("0,5", "0.5"),
        ("0", "0"),
    ],
)
def test_amounts(text: str, kroner: str) -> None:
    assert str(parse_amount(text)) == kroner


@pytest.mark.parametrize(
    "text",
    "1,234|1234.567|12,345 kr.|12.34.56|1,234.50|1.23.456|kr 5 kr|500 t|1.234 567|5 5|--5|-+5|1e5||-|kr.|fem kr.|٣"
    "|5 kr. mere|99999999999999999999999999999".split("|"),
)
def test_no_amounts(text: str) -> None:
    assert parse_amount(text) is None


def test_numbers_may_have_three_decimals() -> None:
    assert str(parse_number("1,234")) == "1.2340"
    assert parse_number("1,234") == parse_number("1,2340")
    assert str(parse_number("1.234")) == "1234"
    assert str(parse_number("1234.567")) == "1234.5670"
    assert str(parse_number("0.125")) == "0.1250"
    assert parse_number("500 kr.") is None


@pytest.mark.parametrize("text", ["12,5 pct.", "12,5 %", "12,5%", "12.5", "12,5 procent", "12,5pct"])
def test_percentages(text: str) -> None:
    assert str(parse_percent(text)) == "12.5"


@pytest.mark.parametrize(("text", "truth"), [("ja", True), ("Ja", True), ("x", True), ("true", True), ("sand", True)])
def test_yes(text: str, truth: bool) -> None:
    assert parsing.parse_bool(text) is truth


@pytest.mark.parametrize("text", ["nej", "NEJ", "false", "falsk"])
def test_no(text: str) -> None:
    assert parsing.parse_bool(text) is False


@pytest.mark.parametrize("text", ["", "måske", "1", "0", "no"])
def test_neither_yes_nor_no(text: str) -> None:
    assert parsing.parse_bool(text) is None


def test_a_text_of_absurd_length_is_no_value() -> None:
    assert parsing.parse_year("2025" + " " * 10) is not None
    assert parsing.parse_year("2025" + " " * 1000) is None
    assert parse_number("5" + " " * 1000) is None


@given(any_text)
def test_no_text_raises(text: str) -> None:
    for name in parsing.__all__:
        if name != "DateFault":
            getattr(parsing, name)(text)


@given(any_text)
def test_a_text_is_a_date_or_has_a_fault(text: str) -> None:
    assert (parsing.parse_date(text) is None) == (date_fault(text) is not None)
