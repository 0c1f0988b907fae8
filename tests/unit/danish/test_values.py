"""The typed values keep their unit, their order and their content."""

from __future__ import annotations

import copy
import pickle
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.danish import parsing, reference, values
from docgen.danish.quantities import Quantity, has_decimals, round_half_up, summed
from docgen.danish.values import (
    TEMPLATE_ATTRIBUTES,
    Amount,
    Choice,
    Cvr,
    Gln,
    Markdown,
    Month,
    Number,
    Percent,
    Period,
    Phone,
    TimeSpan,
    Year,
)

from .strategies import amounts, moments, months, numbers, percents, periods, quantities, time_spans, times, years


def sample() -> list[object]:
    return [
        Amount(Decimal("1234.50")),
        Percent(75),
        Number(3),
        Month(2025, 5),
        Year(2025),
        Period(Month(2025, 5), Year(2028)),
        TimeSpan(time(9), time(12)),
        Choice("åben", "Åbent punkt"),
        Markdown("# Økonomi & drift"),
        Phone("66113333"),
        Cvr("29190909"),
        Gln("5798009968104"),
        reference.find_municipality("Ærø"),
        reference.find_region("Syddanmark"),
        reference.find_health_council("Fyn"),
    ]


@pytest.mark.parametrize("value", sample(), ids=lambda value: type(value).__name__)
def test_values_survive_pickling_and_copying(value: object) -> None:
    for twin in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value)):
        assert twin == value
        assert hash(twin) == hash(value)
        assert type(twin) is type(value)
        assert repr(twin) == repr(value)


@pytest.mark.parametrize("value", sample(), ids=lambda value: type(value).__name__)
def test_values_cannot_be_changed(value: object) -> None:
    names = set(TEMPLATE_ATTRIBUTES.get(type(value), ())) | {"nyt", "_etiket"}
    for name in names:
        with pytest.raises((AttributeError, TypeError)):
            setattr(value, name, "x")


@pytest.mark.parametrize("value", sample(), ids=lambda value: type(value).__name__)
def test_template_attributes_are_data_and_not_methods(value: object) -> None:
    for name in TEMPLATE_ATTRIBUTES.get(type(value), ()):
        assert not callable(getattr(value, name))


def test_no_public_method_hides_among_the_values() -> None:
    # What is not listed as an attribute of a value must not be reachable at all, except on the kinds of text.
    for name in values.__all__:
        kind = getattr(values, name)
        if isinstance(kind, type) and not issubclass(kind, str):
            public = {attribute for attribute in dir(kind) if not attribute.startswith("_")}
            assert public <= TEMPLATE_ATTRIBUTES.get(kind, {"value"})


def test_arithmetic_keeps_the_unit() -> None:
    amount = Amount(100)
    results = [
        amount + amount,
        amount + 5,
        5 + amount,
        5 - amount,
        -amount,
        abs(-amount),
        round(amount / 3, 2),
        amount * 1.25,
        Decimal(3) * amount,
        amount / 4,
        amount * Number(2),
        Number(2) * amount,
        Number(2) + amount,
        amount * Percent(75).andel,
        sum([amount, amount]),
    ]
    assert {type(result) for result in results} == {Amount}
    assert [str(r) for r in results] == ("200 105 105 -95 -100 100 33.33 125.00 300 25 200 200 102 75.00 200".split())
    assert amount / Amount(40) == Number(Decimal("2.5"))
    assert type(sum([Percent(20), Percent(80)])) is Percent
    assert 10 / Number(4) == Decimal("2.5")


def test_nothing_owed_is_zero_and_not_minus_zero() -> None:
    assert str(Amount(Decimal("-0"))) == str(-Amount(0)) == "0"


def test_units_do_not_mix() -> None:
    amount, percent = Amount(100), Percent(75)
    assert amount != Percent(100)
    for mixture in (
        lambda: amount + percent,
        lambda: amount * percent,
        lambda: amount * amount,
        lambda: 5 / amount,  # type: ignore[operator]
        lambda: amount < percent,
        lambda: Amount(True),
        lambda: Amount("5"),  # type: ignore[arg-type]
        lambda: Number(Decimal("2.5")).__index__(),
    ):
        with pytest.raises(TypeError):
            mixture()


def test_rounding_is_commercial() -> None:
    assert [str(round(Amount(Decimal(text)), 2)) for text in ("0.125", "2.675", "-0.125")] == ["0.13", "2.68", "-0.13"]


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1E+40", "-1E+5000"])
def test_no_number_is_without_bounds(text: str) -> None:
    with pytest.raises(ValueError, match="40 digits"):
        Number(Decimal(text))


def test_a_float_in_a_rule_means_the_decimal_that_was_written() -> None:
    assert Percent(Decimal("33.3")) == 33.3
    assert Percent(Decimal("33.3")) <= 33.3
    assert Amount(Decimal("0.1")) + 0.2 == Decimal("0.3")


@given(st.lists(amounts))
def test_sum_of_amounts_is_exact(listed: list[Amount]) -> None:
    assert sum(listed) == sum(amount.value for amount in listed)


@given(quantities, st.integers() | st.decimals(allow_nan=False, allow_infinity=False))
def test_quantities_compare_as_their_numbers(quantity: Amount, number: int | Decimal) -> None:
    assert (quantity == number) == (quantity.value == number)
    assert (quantity < number) == (quantity.value < number)
    assert (quantity >= number) == (quantity.value >= number)
    if quantity == number:
        assert hash(quantity) == hash(number)


@given(st.lists(moments | periods()))
def test_moments_of_all_sizes_sort_by_their_first_day(listed: list[Period]) -> None:
    first = [values.span_of(moment)[0] for moment in sorted(listed)]  # type: ignore[index]
    assert first == sorted(first)


def test_order_of_moments() -> None:
    moments = [date(2025, 12, 1), Year(2025), date(2025, 5, 1), Month(2025, 5), Year(2024)]
    assert [str(moment) for moment in sorted(moments)] == ["2024", "2025", "2025-05-01", "2025-05", "2025-12-01"]  # type: ignore[type-var]
    assert Year(2025) >= 2025
    assert Year(2025) == 2025
    assert Year(2025) + 1 == Year(2026)
    assert Year(2028) - Year(2025) == 3
    assert date(2025, 6, 1) > Month(2025, 5)


def test_what_lies_within_a_period() -> None:
    term = Period(Month(2025, 5), Year(2028))
    assert date(2028, 12, 31) in term
    assert Month(2025, 5) in term
    assert Year(2025) not in term
    assert date(2025, 4, 30) not in term
    assert date(2099, 1, 1) in Period(Year(2025), None)
    assert "2026" not in term
    assert (term.first_day, term.last_day) == (date(2025, 5, 1), date(2028, 12, 31))
    assert Period(None, Year(2028)).first_day is None


def test_impossible_values_cannot_be_made() -> None:
    for make in (
        lambda: Month(2025, 13),
        lambda: Year(0),
        lambda: Period(Year(2026), Month(2025, 5)),
        lambda: Period(None, None),
        lambda: TimeSpan(time(12), time(9)),
        lambda: TimeSpan(time(9), time(9)),
    ):
        with pytest.raises(ValueError, match=r"no such|ends before|has a start"):
            make()


def test_time_span_knows_its_length() -> None:
    assert TimeSpan(time(8, 45), time(12, 15)).minutes == 210


def test_choice_is_its_key_and_shows_its_label() -> None:
    choice = Choice("lukket", "Lukket punkt")
    assert choice == "lukket"
    assert {"lukket": 1}[choice] == 1
    assert choice.etiket == "Lukket punkt"
    assert Choice("åben").etiket == "åben"


@pytest.mark.parametrize(
    ("value", "parse"),
    [
        (amounts, parsing.parse_amount),
        (percents, parsing.parse_percent),
        (numbers, parsing.parse_number),
        (months, parsing.parse_month),
        (years, parsing.parse_year),
        (periods(), parsing.parse_period),
        (time_spans(), parsing.parse_timespan),
        (times, parsing.parse_time),
    ],
    ids=["amount", "percent", "number", "month", "year", "period", "time span", "time"],
)
def test_the_machine_form_reads_back(value: st.SearchStrategy[object], parse: object) -> None:
    @given(value)
    def reads_back(original: object) -> None:
        assert parse(str(original)) == original  # type: ignore[operator]

    reads_back()


@given(st.sampled_from([Amount, Number, Percent]), st.lists(st.decimals(-(10**12), 10**12, places=3), max_size=9))
def test_many_quantities_come_to_what_they_do_one_by_one(unit: type[Quantity], numbers: list[Decimal]) -> None:
    found, wanted = summed([unit(one) for one in numbers]), sum(unit(one) for one in numbers)
    assert (type(found), str(found)) == (type(wanted), str(wanted))


def test_quantities_of_several_units_are_not_summed() -> None:
    assert summed([Amount(1), Number(2)]) == Amount(3)
    with pytest.raises(TypeError):
        summed([Amount(1), Percent(2)])


@given(numbers)
def test_a_number_with_its_decimals_is_left_as_it_is(number: Number) -> None:
    for decimals in range(7):
        if has_decimals(number.value, decimals):
            assert str(round_half_up(number.value, decimals)) == str(number.value)
    assert has_decimals(number.value, None)
