"""The Danish filters do what their examples say, on typed values and on plain data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, UndefinedError

from docgen.danish.filters import FILTERS
from docgen.danish.formats import NBSP
from docgen.danish.values import Amount, Choice, Cvr, Month, Number, Percent, Period, TimeSpan, Year

from .strategies import any_text

ENVIRONMENT = Environment(undefined=StrictUndefined)
ENVIRONMENT.filters |= FILTERS
EXAMPLES = [
    pytest.param(expression, result, id=expression)
    for function in FILTERS.values()
    for expression, result in re.findall("`(.+?)` → `(.+?)`", function.__doc__ or "")
]


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(("expression", "result"), EXAMPLES)
def test_the_examples_of_the_docstrings(expression: str, result: str) -> None:
    assert plain(ENVIRONMENT.from_string("{{ " + expression + " }}").render()) == result


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_is_told_in_one_line_with_an_example(name: str) -> None:
    told = FILTERS[name].__doc__ or ""
    assert "\n" not in told
    assert re.search(rf"\| {name}\b.*→", told)


@pytest.mark.parametrize("name", FILTERS)
def test_an_empty_value_gives_an_empty_text(name: str) -> None:
    assert FILTERS[name](None) == ""


@pytest.mark.parametrize("name", FILTERS)
def test_an_unknown_name_tells_itself(name: str) -> None:
    with pytest.raises(UndefinedError, match="ukendt"):
        ENVIRONMENT.from_string("{{ ukendt | " + name + ("('2027-01-01')" if name == "region" else "") + " }}").render()


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("dato", date(2024, 11, 15), "15. november 2024"),
        ("dato", datetime(2024, 11, 15, 9), "15. november 2024"),
        ("dato", Month(2025, 5), "maj 2025"),
        ("dato", Period(Month(2025, 5), Year(2028)), "maj 2025-2028"),
        ("dato", "maj 2025-2028", "maj 2025-2028"),
        ("måned", Month(2025, 5), "maj 2025"),
        ("år", Month(2025, 5), "2025"),
        ("år", Year(2025), "2025"),
        ("år", date(2025, 5, 1), "2025"),
        ("kl", time(9), "kl. 9.00"),
        ("kl", datetime(2025, 5, 1, 9, 30), "kl. 9.30"),
        ("kl", TimeSpan(time(9), time(12)), "kl. 9.00-12.00"),
        ("beløb", Amount(500000), "500.000 kr."),
        ("beløb", "1,4 mio. kr.", "1.400.000 kr."),
        ("beløb", 0.1, "0,10 kr."),
        ("mio", Amount(1400000), "1,4 mio. kr."),
        ("tusinde", Amount(Decimal("1234499.99")), "1.234"),
        ("tusinde", Amount(Decimal("1234500.00")), "1.235"),
        ("tusinde", Amount(-1500), "-2"),
        ("tusinde", Amount(-499), "0"),
        ("tusinde", "1.250.000 kr.", "1.250"),
        ("tal", Number(1234), "1.234"),
        ("tal", Decimal("1234.50"), "1.234,5"),
        ("pct", Percent(75), "75 pct."),
        ("pct", "75 %", "75 pct."),
        ("og", ["Ærø", Amount(5), None], "Ærø, 5 kr. og "),
        ("og", "Ærø", "Ærø"),
        ("ejefald", Choice("kl", "KL"), "KL's"),
        ("paragraf", "§ 14 a", "§ 14 a"),
        ("cvr", Cvr("29190909"), "29 19 09 09"),
        ("cvr", 29190909, "29 19 09 09"),
        ("antal", [1, 2], "2"),
        ("antal", (item for item in "abc"), "3"),
        ("antal", Number(1500), "1.500"),
        ("ja_nej", False, "nej"),
        ("fast", "den 1. maj kl. 9", "den 1. maj kl. 9"),
        ("kommune", 101, "Københavns Kommune"),
    ],
)
def test_filters(name: str, value: object, written: str) -> None:
    assert plain(FILTERS[name](value)) == written


def test_a_noun_with_one_form_is_written_once() -> None:
    assert FILTERS["antal"](2, "bilag") == "2 bilag"


def test_fast_makes_spaces_that_hold() -> None:
    assert FILTERS["fast"]("§ 5, stk. 1") == "§\u00a05, stk.\u00a01"


def test_names_of_places() -> None:
    from docgen.danish.reference import find_health_council, find_municipality, find_region

    randers = find_municipality("Randers")
    assert FILTERS["kommune"](randers) == "Randers Kommune"
    assert FILTERS["navn"](randers) == "Randers"
    assert FILTERS["navn"](find_region("Syddanmark")) == "Syddanmark"
    assert FILTERS["navn"](find_health_council("Fyn")) == "Fyn"
    assert FILTERS["region"]("Roskilde", "31.12.2026") == "Region Sjælland"


def test_join_picks_a_field_and_misses_none_silently() -> None:
    members = [{"navn": "Åse"}, {"navn": "Bo"}]
    assert FILTERS["join"](members, " & ", attribute="navn") == "Åse & Bo"
    with pytest.raises(ValueError, match="intet felt"):
        FILTERS["join"](members, ", ", attribute="titel")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("dato", "32-01-2026", '"32-01-2026" er ikke en dato'),
        ("dato_lang", 5, '"5" er ikke en dato'),
        ("kl", "24.00", '"24.00" er ikke et klokkeslæt'),
        ("beløb", "1,234", '"1,234" er ikke et beløb'),
        ("beløb", True, '"True" er ikke et beløb'),
        ("tal", float("nan"), '"nan" er ikke et tal'),
        ("tal", 10**50, "er ikke et tal"),
        ("pct", "mange", '"mange" er ikke en procent'),
        ("cvr", "24256791", '"24256791" er ikke et CVR-nummer'),
        ("gln", "1", '"1" er ikke et EAN/GLN-nummer'),
        ("tlf", "112", '"112" er ikke et telefonnummer'),
        ("ja_nej", "måske", '"måske" er ikke ja eller nej'),
        ("kommune", "Atlantis", '"Atlantis" er ikke en kommune'),
        ("region", "Odense", "skal have en dato"),
        ("antal", {"navn": "Åse"}, "er ikke et tal"),
        ("og", [{"navn": "Åse"}], "består af grupper"),
        ("join", [{"navn": "Åse"}], "består af grupper"),
    ],
)
def test_nonsense_is_refused_in_danish(name: str, value: object, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        FILTERS[name](value)


@given(
    st.sampled_from(sorted(FILTERS)),
    any_text | st.integers() | st.floats() | st.booleans() | st.lists(st.text(max_size=5), max_size=3),
)
def test_any_plain_value_gives_text_or_a_value_error(name: str, value: object) -> None:
    function: Callable[..., str] = FILTERS[name]
    try:
        assert isinstance(function(value), str)
    except ValueError as fault:
        assert json.dumps(str(fault))
