"""The functions of expressions in felter.yaml, regler.yaml and front matter; docs/typer.md describes them to users.

Every function takes empty values: what is not there does not count. Where the values make no sense, NonsenseError
carries a Danish sentence that says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from docgen.danish.quantities import Quantity, summed
from docgen.kinds.day_functions import DAY_FUNCTIONS
from docgen.kinds.disclosure import GROUPING, grouped
from docgen.kinds.elements import items_of, values_of
from docgen.kinds.nonsense import NonsenseError
from docgen.kinds.record import Group, is_empty
from docgen.kinds.text_functions import TEXT_FUNCTIONS


def total(values: object, felt: str | None = None) -> object:
    """The sum of a list's values, or of one field of its elements; 0 for an empty list."""
    return summed(values_of(values, felt))


def count(value: object, felt: str | None = None) -> int:
    """How many elements a list has that are not empty, or whose `felt` is not; for a single value 1, or 0 if empty."""
    if value is None or isinstance(value, str | Group) or not isinstance(value, Iterable):
        return 0 if is_empty(value) else 1
    return len(values_of(value, felt))


def unique(values: object, felt: str | None = None) -> bool:
    """Whether no two elements have the same value; empty ones do not count."""
    found = values_of(values, felt)
    return len(found) == len({str(value) if isinstance(value, Group) else value for value in found})


def present(value: object) -> bool:
    """Whether the value is filled in; `nej` and 0 are."""
    return not is_empty(value)


def absent(value: object) -> bool:
    """Whether the value is empty."""
    return is_empty(value)


def every(values: object, felt: str | None = None) -> bool:
    """Whether every element (or its `felt`) is filled in and neither `nej` nor 0; true for an empty list."""
    found = list(items_of(values))
    return len([value for value in values_of(found, felt) if value]) == len(found)


def some(values: object, felt: str | None = None) -> bool:
    """Whether at least one element (or its `felt`) is filled in and neither `nej` nor 0."""
    return any(values_of(values, felt))


def largest(values: object, felt: str | None = None) -> object:
    """The largest value of a list, or of one field of its elements; empty for an empty list."""
    return max(values_of(values, felt), default=None)


def smallest(values: object, felt: str | None = None) -> object:
    """The smallest value of a list, or of one field of its elements; empty for an empty list."""
    return min(values_of(values, felt), default=None)


def running(values: object, felt: str, element: object = None) -> object:
    """The running totals of a field down a list; with an element, the total down to and including that element."""
    sums: list[object] = []
    amount: Any = 0
    for item in items_of(values):
        amount += next(iter(values_of([item], felt)), 0)
        if item is element:
            return amount
        sums.append(amount)
    if element is not None:
        raise NonsenseError("elementet er ikke i listen")
    return sums


def instalments(amount: Quantity | None, antal: int | None) -> list[Quantity]:
    """An amount in that many instalments of whole øre; the first ones are an øre larger where it does not divide."""
    if amount is None or antal is None:
        return []
    number = int(antal)
    if number < 1:
        raise NonsenseError("der skal være mindst én rate")
    ears, rest = divmod(int(abs(amount).value * 100), number)
    sign = -1 if amount.value < 0 else 1
    return [type(amount)(Decimal(sign * (ears + (at < rest))) / 100) for at in range(number)]


FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "sum": total,
    "antal": count,
    "unik": unique,
    "findes": present,
    "mangler": absent,
    "alle": every,
    "nogen": some,
    "største": largest,
    "mindste": smallest,
    "løbende": running,
    "rater": instalments,
    GROUPING: grouped,
    **DAY_FUNCTIONS,
    **TEXT_FUNCTIONS,
}
"""The functions by the names that expressions use."""
