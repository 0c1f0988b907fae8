"""Many rows reckoned at once give what each row gives on its own: the same numbers, units, decimals and failures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.danish.quantities import Amount, Number, Percent, quantities
from docgen.templating.expression import Expression, ExpressionError
from docgen.templating.reckoning import Common, RowNames, reckoned


class RefusedError(Exception):
    """Raised for a value that is not known."""


REFUSED = object()


class Rows(RowNames):
    """Rows of columns, and names that are the same for all of them."""

    def __init__(self, columns: dict[str, list[Any]], common: dict[str, Any]) -> None:
        self.columns, self.common = columns, common
        self.read = {}
        self.at = 0

    def go_to(self, at: int) -> None:
        self.at = at
        self.read.clear()

    def column(self, name: str) -> list[object]:
        return self.columns[name]

    def __getitem__(self, name: str) -> object:
        if name not in self.columns:
            return self.common[name]
        value = self.columns[name][self.at]
        self.read[name] = id(value)
        if value is REFUSED:
            raise RefusedError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter((*self.columns, *self.common))

    def __len__(self) -> int:
        return len(self.columns) + len(self.common)


def shown(value: Any) -> tuple[str, str]:
    """What tells a value from any other: its type, and its number with all its decimals."""
    return type(value).__name__, str(getattr(value, "value", value))


def one_by_one(expression: Expression, rows: Rows, at: int) -> tuple[str, str] | None:
    rows.go_to(at)
    try:
        return shown(expression.evaluate(rows))
    except (ExpressionError, RefusedError):
        return None


def together(expression: Expression, rows: Rows, count: int) -> dict[int, tuple[str, str]]:
    """The rows that are reckoned together, each once."""
    found: dict[int, tuple[str, str]] = {}
    told = 0
    for part, values in reckoned(expression, rows, range(count), RefusedError):
        told += len(part)
        if isinstance(values, Common):
            found |= dict.fromkeys(part, shown(values.value))
        elif values is not None:
            numbers = values.values if values.unit is Decimal else quantities(values.unit, values.values)
            found |= dict(zip(part, map(shown, numbers), strict=True))
    assert told == count
    return found


numbers = st.decimals(-(10**6), 10**6, places=2) | st.sampled_from(
    [Decimal(0), Decimal("0.00"), Decimal("1E+3"), Decimal(10) ** 38, Decimal("-1E-9")]
)
UNITS = {"amounts": Amount, "others": Amount, "percents": Percent, "plain": Number, "bare": Decimal}
terms = st.recursive(
    st.sampled_from([*UNITS, "fixed", "share", "share.value", "percents.value", "nothing", "2", "0", "0.125", "word"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda one: f"({one[0]} {one[1]} {one[2]})"),
        st.tuples(inner, st.sampled_from(["or", "and"]), inner).map(lambda one: f"({one[0]} {one[1]} {one[2]})"),
        st.tuples(inner, inner, inner).map(lambda one: f"({one[0]} if {one[1]} else {one[2]})"),
        st.tuples(inner, inner).map(lambda one: f"({one[0]} if word == 'x' else {one[1]})"),
        inner.map(lambda one: f"(none if {one} is none else {one})"),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_rows_are_reckoned_together_as_one_by_one(data: st.DataObject) -> None:
    count = 70
    odd = data.draw(st.sampled_from([[], [None], [None, REFUSED], [REFUSED], ["text", Number(Decimal("2.5"))]]))
    columns: dict[str, list[Any]] = {"word": [data.draw(st.sampled_from("xy")) for _ in range(count)]}
    for name, unit in UNITS.items():
        some = data.draw(st.lists(numbers, min_size=1, max_size=8))
        columns[name] = [unit(some[at % len(some)] + at % 7) for at in range(count)]
        for value in odd:
            columns[name][data.draw(st.integers(0, count - 1))] = value
    common = {"fixed": Amount(Decimal("12.50")), "share": Percent(25), "nothing": None}
    expression = Expression(data.draw(terms))
    rows = Rows(columns, common)
    for at, found in together(expression, rows, count).items():
        assert found == one_by_one(expression, rows, at), (expression.source, at)


@pytest.mark.parametrize(
    ("source", "least"),
    [
        ("amounts", 70),
        ("((amounts or 0) - (others or 0)) * share.value / 100", 69),
        ("amounts * plain / 4 + fixed", 70),
        ("amounts / others", 70),
        ("amounts if word == 'x' else others", 70),
        ("amounts if amounts else fixed", 69),
        ("amounts + percents", 0),
        ("amounts * others", 0),
        ("amounts / (amounts - amounts)", 0),
        ("amounts * 1000000000000000000000000000000000000000", 0),
        ("[amounts, others]", 0),
    ],
)
def test_what_is_reckoned_together(source: str, least: int) -> None:
    columns: dict[str, list[Any]] = {
        "amounts": [Amount(Decimal(at * 37) / 4) for at in range(70)],
        "others": [Amount(Decimal(at + 1) / 8) for at in range(70)],
        "percents": [Percent(at) for at in range(70)],
        "plain": [Number(at) for at in range(70)],
        "word": ["x" if at % 2 else "y" for at in range(70)],
    }
    rows = Rows(columns, {"fixed": Amount(7), "share": Percent(25)})
    expression = Expression(source)
    found = together(expression, rows, 70)
    assert len(found) >= least
    assert found == {at: one_by_one(expression, rows, at) for at in found}
    if not least:
        assert len(found) < 30


def test_rows_that_lack_a_value_do_not_keep_the_others_from_it() -> None:
    amounts: list[Any] = [Amount(at) for at in range(70)]
    amounts[0] = amounts[40] = REFUSED
    amounts[41] = None
    expression = Expression("(amounts or 0) * 2")
    found = together(expression, Rows({"amounts": amounts}, {}), 70)
    assert len(found) == 67
    assert found[69] == ("Amount", "138")
    assert not {0, 40, 41} & set(found)
