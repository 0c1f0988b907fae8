"""CPR-like numbers are found however they are written, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.masking import find_cpr, mask_cpr

# No number here is a person's: the day and month are the first of January, the last digits count up.
WRITTEN = [
    "010190-1234",
    "0101901234",
    "CPR-010190-1234",
    "-010190-1234-",
    "0101901234-01",
    "010190 - 1234",
    "010190  1234",
    "010190\t1234",
    "010190\u00a01234",
    "010190\u200b1234",
    "010190\u20131234",
    "010190\u22121234",
    "010190/1234",
    "010190.1234",
    "010190_1234",
    "010190--1234",
    "01 01 90 1234",
    "01-01-90-1234",
    "01.01.90-1234",
    "01/01/90-1234",
    "01-01-1990-1234",
    "01011990-1234",
    "19900101-1234",
    "610190-1234",
    "０１０１９０－１２３４",
]
OTHERS = [
    "15.11.2024-2025",
    "01.01.2026-31.12.2026",
    "2027-01-01 - 2028-12-31",
    "01.01.2027 2028",
    "12.10.2024 1000 kr.",
    "2026-01-31",
    "1-01-81-18-17",
    "2024 - 15159",
    "16/34038",
    "24077452",
    "4225075",
    "12 34 56 78",
    "5798000123456",
    "1.234.567,89",
    "001301-1234",
    "320190-1234",
    "011390-1234",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_every_way_of_writing_is_masked(text: str) -> None:
    masked = mask_cpr(f"borger {text}, sag")
    assert len(masked) == len(f"borger {text}, sag")
    assert "1234" not in masked
    assert "90" not in masked
    assert masked.startswith("borger ")
    assert masked.endswith(", sag")


@pytest.mark.parametrize("text", OTHERS)
def test_dates_periods_and_case_numbers_stay(text: str) -> None:
    assert mask_cpr(f"se {text}.") == f"se {text}."


def test_several_numbers_in_one_text() -> None:
    assert find_cpr("010190-1234 og 020290-1235") == [(0, 11), (15, 26)]
    assert mask_cpr("010190-1234 og 020290-1235") == "******-**** og ******-****"


@given(st.text())
def test_masking_keeps_the_length_and_is_done_once(text: str) -> None:
    masked = mask_cpr(text)
    assert len(masked) == len(text)
    assert find_cpr(masked) == []
