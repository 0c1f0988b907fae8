"""Numbers that identify: CVR, GLN, telephone and KLE, read from text and checked; CPR-like numbers found.

The check digits are computed here and not by python-stdnum, whose import alone takes 60 ms; a test compares the two.
"""

from __future__ import annotations

import re

from docgen.danish.values import Cvr, Gln, Phone
from docgen.masking import find_cpr, mask_cpr

__all__ = ["find_cpr", "is_cvr", "is_gln", "mask_cpr", "parse_cvr", "parse_gln", "parse_kle", "parse_phone"]

_CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
_LONGEST = 40


def is_cvr(digits: str) -> bool:
    """Whether `digits` are eight digits that pass modulus 11 (Erhvervsstyrelsen); it says nothing of registration."""
    if not re.fullmatch("[1-9][0-9]{7}", digits):
        return False
    return sum(int(digit) * weight for digit, weight in zip(digits, _CVR_WEIGHTS, strict=True)) % 11 == 0


def is_gln(digits: str) -> bool:
    """Whether `digits` are thirteen digits that pass modulus 10 with weights 1 and 3 (GS1)."""
    if not re.fullmatch("[0-9]{13}", digits):
        return False
    return sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(digits)) % 10 == 0


def parse_cvr(text: str) -> Cvr | None:
    """A CVR number written with or without spaces and `DK`; None unless it passes the check."""
    digits = re.sub("^DK-?", "", _without_spaces(text), flags=re.IGNORECASE)
    return Cvr(digits) if is_cvr(digits) else None


def parse_gln(text: str) -> Gln | None:
    """A GLN/EAN number written with or without spaces; None unless it passes the check."""
    digits = _without_spaces(text)
    return Gln(digits) if is_gln(digits) else None


def parse_phone(text: str) -> Phone | None:
    """A Danish number of eight digits, with or without +45, or a foreign one that begins with + or 00."""
    digits = re.sub(r"[-./()]", "", _without_spaces(text))
    digits = re.sub("^00", "+", digits)
    digits = re.sub(r"^\+45(?=[0-9]{8}$)", "", digits)
    if re.fullmatch(r"[1-9][0-9]{7}|\+(?!45)[1-9][0-9]{6,14}", digits):
        return Phone(digits)
    return None


def parse_kle(text: str) -> str | None:
    """A KLE number as `00.22.02 P35`: main group, group and topic as far as given, and a facet; None otherwise."""
    found = re.fullmatch(r"([0-9]{2}(?:\.[0-9]{2}){0,2})(?:[ \u00a0]?([A-ZÆØÅ][0-9]{2}))?", text[:_LONGEST].strip())
    if not found:
        return None
    return " ".join(part for part in found.groups() if part)


def _without_spaces(text: str) -> str:
    return "".join(text[:_LONGEST].split()) if len(text) <= _LONGEST else ""
