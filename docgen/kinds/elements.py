"""What the functions of expressions take from a list: its elements, or the values of one field of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docgen.danish.quantities import Amount, Number, Percent
from docgen.kinds.nonsense import NonsenseError
from docgen.kinds.record import Group, is_empty
from docgen.kinds.suggestions import suggestion

_NEVER_EMPTY = {Amount, Number, Percent}


def items_of(values: object) -> Iterable[object]:
    """The elements of a list, none of an empty value. Raises NonsenseError for anything else."""
    if values is None:
        return ()
    if isinstance(values, str | Mapping) or not isinstance(values, Iterable):
        raise NonsenseError("funktionen skal have en liste")
    return values


def values_of(values: object, field: str | None) -> list[Any]:
    """The values that are not empty: the elements themselves, or `field` (`a`, or `a.b`) of each.

    Raises NonsenseError when an element has no such field.
    """
    found = list(items_of(values))
    if not field:
        # An element of a list is there, whatever it holds.
        return [value for value in found if isinstance(value, Group) or not is_empty(value)]
    for name in field.split("."):
        found = [
            element[name] if type(element) is Group and name in element.declared else _value(element, name)
            for element in found
            if element is not None
        ]
    return found if set(map(type, found)) <= _NEVER_EMPTY else [value for value in found if not is_empty(value)]


def _value(element: object, name: str) -> object:
    if not isinstance(element, Mapping):
        raise NonsenseError(f'et element har ingen felter, heller ikke "{name}"')
    if name not in element:
        raise NonsenseError(f'feltet "{name}" findes ikke; {suggestion(name, element)["forslag"]}')
    return element[name]
