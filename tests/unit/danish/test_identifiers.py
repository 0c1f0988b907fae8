"""Numbers that identify are checked, and python-stdnum agrees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean
from stdnum.dk import cvr

from docgen.danish import identifiers
from docgen.danish.identifiers import find_cpr, is_cvr, is_gln, parse_cvr, parse_gln, parse_kle, parse_phone

from .strategies import any_text


@given(st.text("0123456789", min_size=7, max_size=9))
def test_cvr_agrees_with_stdnum(digits: str) -> None:
    assert is_cvr(digits) == cvr.is_valid(digits)


@given(st.text("0123456789", min_size=12, max_size=13))
def test_gln_agrees_with_stdnum(digits: str) -> None:
    complete = digits + ean.calc_check_digit(digits) if len(digits) == 12 else digits
    assert is_gln(complete) == ean.is_valid(complete)


@pytest.mark.parametrize("text", ["13748136", "13 74 81 36", "DK13748136", "dk-13748136", "1374\u00a08136"])
def test_cvr(text: str) -> None:
    assert parse_cvr(text) == "13748136"


@pytest.mark.parametrize("text", ["24256791", "1374813", "013748136", "00000000", "1374813६", "13748136 A/S", ""])
def test_no_cvr(text: str) -> None:
    assert parse_cvr(text) is None


def test_gln() -> None:
    assert parse_gln("5798 0099 6810 4") == "5798009968104"
    assert parse_gln("5798009968109") is None
    assert parse_gln("579800996810") is None


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("66 11 33 33", "66113333"),
        ("6611-3333", "66113333"),
        ("+45 66113333", "66113333"),
        ("0045 66 11 33 33", "66113333"),
        ("+46 8 123 45 67", "+4681234567"),
        ("0046 8 1234567", "+4681234567"),
    ],
)
def test_phone(text: str, stored: str) -> None:
    assert parse_phone(text) == stored


@pytest.mark.parametrize("text", ["112", "6611333", "661133333", "+45 6611333", "01234567", "lokal 66113333", ""])
def test_no_phone(text: str) -> None:
    assert parse_phone(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("00.22.02 P35", "00.22.02 P35"), ("00.22.02P35", "00.22.02 P35"), ("27.35", "27.35")],
)
def test_kle(text: str, number: str) -> None:
    assert parse_kle(text) == number


@pytest.mark.parametrize("text", ["0.22.02", "00.22.02.04", "00.22.02 p35", "P35", ""])
def test_no_kle(text: str) -> None:
    assert parse_kle(text) is None


def test_the_cpr_finder_is_at_hand() -> None:
    assert find_cpr("cpr 010180-1234") == [(4, 15)]


@given(any_text)
def test_no_text_raises(text: str) -> None:
    for name in identifiers.__all__:
        getattr(identifiers, name)(text)
