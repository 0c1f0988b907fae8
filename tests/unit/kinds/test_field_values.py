"""What each type of field makes of what is written: Danish ways of writing, and the native types of JSON and TOML."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.catalog import message
from docgen.danish.formats import display
from docgen.danish.values import Amount, Choice, Cvr, Markdown, Month, Number, Percent, Period, TimeSpan, Year
from docgen.diagnostics import Diagnostic, FilePlace
from docgen.kinds.fields import At, field_types
from docgen.kinds.record import INVALID
from docgen.kinds.text_fields import ChoiceType
from docgen.sources import Scalar

PLACE = FilePlace("input.yaml")


def made(word: str, **attributes):
    kind = field_types()[word]
    if word == "valg":
        return ChoiceType(choices={"udkast": "udkast", "i_høring": "I høring", "2": "to"})
    if word == "uddrag":
        attributes.setdefault("excerpt", "punkt")
    if hasattr(kind, "default_precision"):
        attributes.setdefault("precision", kind.default_precision)
    if hasattr(kind, "most_decimals"):
        attributes.setdefault("decimals", kind.most_decimals)
    return kind(**attributes)


def read(word: str, text: str, native: object = None, **attributes):
    faults = []
    value = made(word, **attributes).parse(Scalar(text, PLACE, native), At("felt", "felt", date(2026, 11, 22), faults))
    assert (value is INVALID) == any(fault.severity == "fejl" for fault in faults)
    return value


@pytest.mark.parametrize(
    ("word", "text", "value"),
    [
        ("tekst", "  æøå & § 5 ", "æøå & § 5"),
        ("afsnit", "\n  1. juli\n\n- a\n\n", Markdown("  1. juli\n\n- a")),
        ("sagsnummer", "2024 - 15159", "2024 - 15159"),
        ("tal", "1.234,5", Number(Decimal("1234.5"))),
        ("beløb", "1.234.567,89", Amount(Decimal("1234567.89"))),
        ("beløb", "1234567.89", Amount(Decimal("1234567.89"))),
        ("beløb", "1,4 mio. kr.", Amount(Decimal(1_400_000))),
        ("beløb", "-125,50", Amount(Decimal("-125.5"))),
        ("procent", "75 pct.", Percent(Decimal(75))),
        ("dato", "15. november 2024", date(2024, 11, 15)),
        ("dato", "15.11.2024", date(2024, 11, 15)),
        ("dato", "2024-11-15", date(2024, 11, 15)),
        ("måned", "maj 2025", Month(2025, 5)),
        ("år", "2027", Year(2027)),
        ("periode", "maj 2025-2028", Period(Month(2025, 5), Year(2028))),
        ("klokkeslæt", "16:30", time(16, 30)),
        ("tidsrum", "9.00-12.00", TimeSpan(time(9), time(12))),
        ("ja_nej", "ja", True),
        ("ja_nej", "Nej", False),
        ("valg", "udkast", Choice("udkast")),
        ("valg", "UDKAST", Choice("udkast")),
        ("valg", "I høring", Choice("i_høring")),
        ("cvr", "DK 29 19 09 09", Cvr("29190909")),
        ("gln", "5798 0012 3456 6", "5798001234566"),
        ("kle", "00.22.04 P35", "00.22.04 P35"),
        ("telefon", "+45 66 11 33 33", "66113333"),
        ("e-mail", " navn@kommune.dk ", "navn@kommune.dk"),
        ("link", "https://www.kommune.dk/møder", "https://www.kommune.dk/møder"),
    ],
)
def test_reads_what_people_write(word: str, text: str, value: object):
    found = read(word, text)
    assert found == value
    assert type(found) is type(value) or isinstance(value, str)


def test_municipalities_and_regions_are_found_by_name_and_code():
    assert read("kommune", "0101").langt_navn == "Københavns Kommune"
    assert read("kommune", "Københavns Kommune") == read("kommune", "København")
    assert read("region", "Syddanmark").navn == "Region Syddanmark"
    assert read("organisation", "Region Syddanmark & KL") == "Region Syddanmark & KL"


@pytest.mark.parametrize(
    ("word", "text", "native", "value"),
    [
        ("beløb", "1.234", Decimal("1.234"), INVALID),
        ("beløb", "1234.5", Decimal("1234.5"), Amount(Decimal("1234.5"))),
        ("tal", "1.234", Decimal("1.234"), Number(Decimal("1.234"))),
        ("tal", "true", True, INVALID),
        ("procent", "75", 75, Percent(Decimal(75))),
        ("tekst", "0101", 101, "0101"),
        ("tekst", "1.0", Decimal("1.0"), "1.0"),
        ("år", "2026", 2026, Year(2026)),
        ("dato", "2026-03-01", date(2026, 3, 1), date(2026, 3, 1)),
        ("periode", "2026-03-01", date(2026, 3, 1), Period(date(2026, 3, 1), date(2026, 3, 1))),
        ("klokkeslæt", "09:30:00", time(9, 30), time(9, 30)),
        ("ja_nej", "true", True, True),
        ("ja_nej", "1", 1, INVALID),
        ("valg", "2", 2, Choice("2")),
        ("cvr", "29190909", 29190909, Cvr("29190909")),
    ],
)
def test_native_types_of_json_and_toml_are_taken_as_they_are(word: str, text: str, native: object, value: object):
    assert read(word, text, native) == value


def test_a_date_may_be_a_month_or_a_year_where_the_field_says_so():
    assert read("dato", "maj 2025", precision=("dag", "måned", "år")) == Month(2025, 5)
    assert read("dato", "2025", precision=("dag", "måned", "år")) == Year(2025)
    assert read("dato", "2025", precision=("dag", "måned")) is INVALID


def test_computed_values_get_the_unit_and_the_decimals_of_the_field():
    assert made("beløb").accept(Decimal("10.005")) == Amount(Decimal("10.01"))
    assert made("tal", decimals=0).accept(Number(Decimal("2.5"))) == Number(Decimal(3))
    assert made("procent").accept(25) == Percent(Decimal(25))
    assert made("tekst").accept(date(2026, 3, 1)) == "1.\u00a0marts 2026"
    assert made("ja_nej").accept([1]) is True
    assert made("år").accept(2027) == Year(2027)


@pytest.mark.parametrize(
    "word", ["beløb", "dato", "måned", "periode", "klokkeslæt", "tidsrum", "cvr", "gln", "kommune"]
)
def test_computed_values_of_another_type_are_refused(word: str):
    with pytest.raises(ValueError, match="noget andet"):
        made(word).accept("noget andet")


@given(st.text(min_size=1).filter(str.strip))
def test_text_refuses_no_text(text: str):
    assert read("tekst", text) == text.strip()


@settings(deadline=None)
@given(st.sampled_from(sorted(set(field_types()) - {"liste", "gruppe", "henvisning"})), st.text(max_size=40))
def test_every_type_reads_or_refuses_any_text(word: str, text: str):
    read(word, text)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_amounts_read_back_as_they_are_shown(number: Decimal):
    amount = Amount(number)
    assert read("beløb", display(amount)) == amount
    assert read("beløb", str(amount)) == amount


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2999, 12, 31)))
def test_dates_read_back_as_they_are_shown(day: date):
    assert read("dato", display(day)) == day
    assert read("dato", f"{day.day}.{day.month}.{day.year}") == day


@pytest.mark.parametrize("word", sorted(set(field_types()) - {"liste", "gruppe", "henvisning"}))
def test_every_type_describes_itself_in_two_languages(word: str):
    kind = made(word)
    assert kind.describe() and kind.describe("en")
    assert kind.describe() != kind.describe("en") or word == "valg"


@pytest.mark.parametrize("word", sorted(set(field_types()) - {"liste", "gruppe", "henvisning", "valg"}))
def test_the_sample_of_every_type_is_one_of_its_values(word: str):
    if made(word).sample:
        assert read(word, made(word).sample) is not INVALID


@pytest.mark.parametrize(
    ("word", "text", "written"),
    [
        ("beløb", "1.234,50-", "-1.234,50"),
        ("beløb", "(1.234)", "-1.234"),
        ("beløb", "- 1.234 kr.", "-1.234 kr."),
        ("tal", "12,5−", "-12,5"),
        ("procent", "(3 %)", "-3 %"),
    ],
)
def test_a_minus_in_another_place_is_refused_and_told_where_to_stand(word: str, text: str, written: str) -> None:
    faults: list[Diagnostic] = []
    made(word).parse(Scalar(text, PLACE), At("felt", "felt", date(2026, 11, 22), faults))
    assert message(faults[0])[1].endswith(f"; er det negativt, så skriv {written}")
    assert message(faults[0], "en")[1].endswith(f"; if it is negative, write {written}")


@pytest.mark.parametrize("text", ["mange", "1.23.4-", "(ca. 5)", "-"])
def test_what_is_no_number_without_its_minus_either_is_told_nothing_of_it(text: str) -> None:
    faults: list[Diagnostic] = []
    made("beløb").parse(Scalar(text, PLACE), At("felt", "felt", date(2026, 11, 22), faults))
    assert message(faults[0])[1] == "skriv beløbet som 1,4 mio. kr. eller 125.000,50"
