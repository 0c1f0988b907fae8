"""What Excel shows of a number in a cell with a format of noughts, signs and separators, as a Dane sees it."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

BUILT_IN = {"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00"}
"""The formats of numbers that workbooks name by a number alone."""
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_SILENT = re.compile(r"\[[^\]]*\]|_.|\*.")
_SIGN = re.compile(r'"([^"]*)"|\\(.)|(.)', re.DOTALL)
_DIGITS = "0#?"
_PLAIN = frozenset("-/ +()€$:")
_WIDE = Context(prec=60)


class _Sign(NamedTuple):
    """A sign of a format, or a text in quotes in it: `is_digit` is true for a digit or a separator."""

    text: str
    is_digit: bool


def shown_as(number: int | Decimal, code: str) -> str | None:
    """How a format shows a number; None for a format that shows it as it is, or as something else than a number."""
    signs = _signs(code)
    if signs is None:
        return None
    size: int | Decimal = -number if number < 0 else number
    pattern = "".join(sign.text for sign in signs if sign.is_digit)
    if pattern.strip("0") == "" and isinstance(size, int):
        shown = _figures(size, signs)
    else:
        first = next(at for at, sign in enumerate(signs) if sign.is_digit)
        last = first + len(pattern)
        if not all(sign.is_digit for sign in signs[first:last]) or pattern.count(".") > 1 or pattern.endswith(","):
            return None
        before, after = ("".join(sign.text for sign in some) for some in (signs[:first], signs[last:]))
        shown = f"{before}{_grouped(size, pattern)}{after}"
    return f"-{shown}" if number < 0 else shown


def _signs(code: str) -> list[_Sign] | None:
    """The signs of the format of positive numbers; None where it is no plain format with a digit."""
    first = _SILENT.sub("", _CURRENCY.sub(r'"\1"', code).partition(";")[0])
    signs = []
    for quoted, escaped, sign in _SIGN.findall(first):
        if sign and sign not in _DIGITS + ",." and sign not in _PLAIN:
            return None
        signs.append(_Sign(quoted or escaped or sign, bool(sign) and sign in _DIGITS + ",."))
    return signs if any(sign.is_digit and sign.text in _DIGITS for sign in signs) else None


def _figures(number: int, signs: list[_Sign]) -> str:
    """The figures of a number in the places of noughts, with what stands between them."""
    places = sum(sign.is_digit for sign in signs)
    digits = str(number).zfill(places)
    over, rest = digits[: len(digits) - places], iter(digits[len(digits) - places :])
    shown = ""
    for sign in signs:
        shown += over + next(rest) if sign.is_digit else sign.text
        over = "" if sign.is_digit else over
    return shown


def _grouped(number: int | Decimal, pattern: str) -> str:
    """A number with the decimals and the groups of thousands of a pattern such as `#,##0.00`."""
    whole, _, decimals = pattern.partition(".")
    rounded = Decimal(number).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _WIDE)
    shown = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    figures, point, rest = shown.partition(".")
    kept = decimals.count("0")
    rest = rest[:kept] + rest[kept:].rstrip("0")
    return figures.replace(",", ".").zfill(whole.count("0")) + ("," + rest if point and rest else "")
