"""CPR-like numbers in text: found, and masked before any message or log shows them."""

from __future__ import annotations

import re

# Six digits that read as a day, a month and a year, a hyphen or space or nothing, four digits. No modulus 11:
# CPR numbers issued since 2007 need not pass it.
_CPR = re.compile(r"(?<![\d-])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[-\u2010-\u2015 \u00a0]?\d{4}(?![\d-])")
_DIGIT = re.compile(r"\d")


def find_cpr(text: str) -> list[tuple[int, int]]:
    """The (start, end) offsets of every CPR-like number in `text`."""
    return [match.span() for match in _CPR.finditer(text)]


def mask_cpr(text: str) -> str:
    """`text` with the digits of every CPR-like number replaced by `*`; its length is unchanged."""
    return _CPR.sub(lambda match: _DIGIT.sub("*", match.group()), text)
