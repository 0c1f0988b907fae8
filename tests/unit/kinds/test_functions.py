"""The functions of expressions, as docs/typer.md promises them."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.danish.values import Amount, Month, Number
from docgen.kinds.functions import FUNCTIONS, NonsenseError

LIST = [{"n": Number(Decimal(2)), "m": "a"}, {"n": None, "m": "b"}, {"n": Number(Decimal(3)), "m": "a"}]


def call(name: str, *values: object) -> object:
    return FUNCTIONS[name](*values)


def test_sums_and_counts_pass_over_what_is_empty():
    assert call("sum", LIST, "n") == 5
    assert call("sum", [Amount(Decimal("1.5")), None, Amount(Decimal(2))]) == Amount(Decimal("3.5"))
    assert call("sum", []) == call("sum", None, "n") == 0
    assert [call("antal", one) for one in (LIST, [], None, "x", "", 0, False, ["", "a"])] == [3, 0, 0, 1, 0, 1, 1, 1]
    assert call("antal", LIST, "n") == 2


def test_unique_filled_in_and_empty():
    assert call("unik", LIST, "n") is True
    assert call("unik", LIST, "m") is False
    assert [call("findes", one) for one in (None, "", [], 0, False, "x")] == [False, False, False, True, True, True]
    assert [call("mangler", one) for one in (None, "x")] == [True, False]


def test_all_and_some():
    assert call("alle", LIST, "m") is True
    assert call("alle", LIST, "n") is False
    assert call("alle", []) is True
    assert call("alle", [{"x": False}], "x") is False
    assert call("nogen", LIST, "n") is True
    assert call("nogen", [], "n") is False


def test_largest_and_smallest():
    assert call("største", LIST, "n") == 3
    assert call("mindste", LIST, "n") == 2
    assert call("største", [date(2026, 1, 1), Month(2026, 3)]) == Month(2026, 3)
    assert call("største", []) is None


def test_running_totals():
    assert call("løbende", LIST, "n") == [2, 2, 5]
    assert call("løbende", LIST, "n", LIST[1]) == 2
    with pytest.raises(NonsenseError, match="elementet er ikke i listen"):
        call("løbende", LIST, "n", {})


@given(st.integers(-(10**9), 10**9), st.integers(1, 60))
def test_instalments_are_whole_oere_and_add_up(oere: int, number: int):
    amount = Amount(Decimal(oere) / 100)
    rates = call("rater", amount, number)
    assert len(rates) == number
    assert sum(rates) == amount
    assert max(rates) - min(rates) <= Decimal("0.01")


def test_days_months_and_minutes():
    assert call("hverdage_før", date(2026, 4, 7), 1) == date(2026, 4, 1)  # Easter lies between
    assert call("hverdage_efter", date(2026, 4, 1), 1) == date(2026, 4, 7)
    assert call("plus_dage", date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert call("plus_måneder", date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert call("plus_måneder", Month(2026, 8), -8) == Month(2025, 12)
    assert call("plus_minutter", time(9, 30), 45) == time(10, 15)
    assert call("antal_hverdage", date(2026, 4, 1), date(2026, 4, 7)) == 1
    assert call("antal_hverdage", date(2026, 4, 7), date(2026, 4, 1)) == -1
    assert call("antal_hverdage", None, date(2026, 4, 1)) is None
    for name in ("hverdage_før", "hverdage_efter", "plus_dage", "plus_måneder", "plus_minutter"):
        assert call(name, None, 3) is None


def test_which_days_count_as_workdays():
    christmas, monday = date(2026, 12, 24), date(2026, 12, 28)
    assert call("hverdage_efter", date(2026, 12, 23), 1) == monday
    assert FUNCTIONS["hverdage_efter"](date(2026, 12, 23), 1, juleaftensdag=True) == christmas
    assert FUNCTIONS["hverdage_før"](monday, 1, lørdag=True) == date(2026, 12, 23)  # 26 December is a holiday
    assert FUNCTIONS["hverdage_før"](date(2026, 6, 8), 1, grundlovsdag=True, lørdag=None) == date(2026, 6, 5)
    assert FUNCTIONS["antal_hverdage"](date(2026, 12, 28), date(2027, 1, 4), nytårsaftensdag=True) == 4
    with pytest.raises(NonsenseError, match='"nytår" er ikke en dag'):
        FUNCTIONS["hverdage_før"](monday, 1, nytår=True)


def test_an_expression_says_which_days_count(workshop):
    kind = workshop.kind(
        """
        udgaver: {intern: {}}
        felter:
          dato: {type: dato}
          lørdage: {type: ja_nej}
          frist: {type: dato, beregn: "hverdage_før(dato, 1, lørdag=lørdage, grundlovsdag=ja, juleaftensdag=nej)"}
          dage: {type: tal, beregn: "antal_hverdage(frist, dato, grundlovsdag=ja)"}
        """
    )
    assert workshop.values(kind, "dato: 8.6.2026\nlørdage: nej")["frist"] == date(2026, 6, 5)
    values = workshop.values(kind, "dato: 8.6.2026\nlørdage: ja")
    assert (values["frist"], values["dage"]) == (date(2026, 6, 6), 0)


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("sum", ("abc",), "skal have en liste"),
        ("sum", (LIST, "pct"), 'feltet "pct" findes ikke'),
        ("sum", ([1, 2], "n"), "ingen felter"),
        ("rater", (Amount(Decimal(1)), 0), "mindst én rate"),
        ("hverdage_før", (Month(2026, 1), 4), "hel dato"),
        ("hverdage_før", (date(2026, 1, 1), 10**9), "mellem 0 og 1000"),
        ("antal_hverdage", (date(1926, 1, 1), date(2026, 1, 1)), "højst være 20000 dage"),
        ("plus_dage", ("i dag", 1), "en dato"),
        ("plus_måneder", ("maj", 1), "en dato eller en måned"),
        ("plus_minutter", (time(23, 30), 45), "over midnat"),
    ],
)
def test_nonsense_is_refused_with_a_danish_sentence(name: str, values: tuple, told: str):
    with pytest.raises(NonsenseError, match=told):
        call(name, *values)


def test_the_guide_describes_every_function(root):
    guide = (root / "docs/typer.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(\w+)\(", guide, re.MULTILINE))
    assert described == set(FUNCTIONS)
