"""CPR-like numbers in text: found, and masked before any message or log shows them."""

from __future__ import annotations

import re

# Day, month, year and four digits, with whatever people put between them. No modulus 11: numbers issued since 2007 need
# not pass it. A day plus 60 is a replacement number. A full year asks for a mark before the last digits, and for digits
# that are no year themselves: 15.11.2024-2025 is a period.
_SPACE = r"[\s\u200b-\u200d\u2060\ufeff]*"
_MARK = r"[-\u2010-\u2015\u2212./_]"
_BETWEEN = rf"{_SPACE}{_MARK}*{_SPACE}"
_DAY, _MONTH, _CENTURY = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])", r"(?:0[1-9]|1[0-2])", r"(?:1[89]|20)"
_CPR = (
    rf"(?<!\d)(?:{_DAY}{_BETWEEN}{_MONTH}{_BETWEEN}\d\d{_BETWEEN}"
    rf"|(?:{_DAY}{_BETWEEN}{_MONTH}{_BETWEEN}{_CENTURY}\d\d|{_CENTURY}\d\d{_MONTH}{_DAY}){_SPACE}{_MARK}+{_SPACE}"
    rf"(?!(?:19|20)\d\d(?!\d)))\d{{4}}(?!\d)"
)
_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS = 10
_WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0D: "-"}


def find_cpr(text: str) -> list[tuple[int, int]]:
    """The (start, end) offsets of every CPR-like number in `text`."""
    if len(text) < _FEWEST_DIGITS or len(_DIGIT.findall(text)) < _FEWEST_DIGITS:
        return []  # most texts: the pattern takes two milliseconds to compile
    return [match.span() for match in re.finditer(_CPR, text.translate(_WIDE))]


def mask_cpr(text: str) -> str:
    """`text` with the digits of every CPR-like number replaced by `*`; its length is unchanged."""
    for start, end in find_cpr(text):
        text = text[:start] + _DIGIT.sub("*", text[start:end]) + text[end:]
    return text
