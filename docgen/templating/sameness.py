"""Whether two values say and print the same, whatever an expression or a template does with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import NoneType
from typing import Any

from docgen.danish.quantities import Quantity
from docgen.danish.texts import Choice, Cvr, Gln, Markdown, Phone

_DEEPEST = 20  # groups may refer to each other
_PLAIN = frozenset({str, Markdown, Phone, Cvr, Gln, bool, int, date, NoneType})
"""Types of values that print the same when they are equal; of others, such as 1 and 1.0, what they print tells."""


def same(one: Any, other: Any, depth: int = 0) -> bool:
    """Whether two values cannot be told apart: by what they are, what they print, and where in an input they stand."""
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other) or depth > _DEEPEST:
        return False
    if kind in _PLAIN:
        return bool(one == other)
    if isinstance(one, dict):
        at_one_place = getattr(one, "sti", None) == getattr(other, "sti", None)
        return at_one_place and list(one) == list(other) and _all_same(one.values(), other.values(), depth)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and _all_same(one, other, depth)
    if isinstance(one, Quantity):
        one, other = one.value, other.value
    elif kind is Choice:
        return bool(one == other and one.etiket == other.etiket)
    return bool(one == other) and repr(one) == repr(other)


def _all_same(some: Iterable[Any], others: Iterable[Any], depth: int) -> bool:
    for one, other in zip(some, others, strict=True):
        if one is not other and not same(one, other, depth + 1):
            return False
    return True
