"""People shown in groups that are large enough: what `grupper` gives, and no figure of a hidden group with it.

A group smaller than the smallest that may be shown is merged with others (primary suppression). One group alone could
be reckoned out as the total less the others, and so could groups whose sizes their sum gives away: then the next
smallest is merged in as well (secondary suppression).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docgen.danish.formats import display
from docgen.kinds.elements import items_of, values_of
from docgen.kinds.nonsense import NonsenseError
from docgen.kinds.record import Group

GROUPING = "grupper"
"""What expressions call the function. A field that is computed by it alone is the same in every edition."""

_OTHERS = "Øvrige"
_UNTOLD = "Ikke oplyst"
_OWN_FIELDS = ("navn", "antal", "samlet")


class _Part:
    """The elements of one group; `weight` is the least number of people that one of its figures is made from."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.elements: list[object] = []
        self.weight = 0

    def weigh(self, fields: list[str]) -> None:
        given = [len(values_of(self.elements, field)) for field in fields]
        # A figure that nobody in the group has says nothing of anyone.
        self.weight = min([len(self.elements), *(number for number in given if number)])


def grouped(values: object, felt: str, mindst: Any, *sumfelter: str) -> list[Mapping[str, object]]:
    """The elements of a list by the value of a field, largest group first: `navn`, `antal`, sums, and `samlet`.

    Groups of fewer than `mindst` elements are merged into one called `Øvrige` (`samlet`), last in the list, and so is
    the next smallest as long as the merged ones could still be told apart. Empty when that cannot be done. A sum that
    fewer than `mindst` elements have a value for is left empty.
    """
    wrong = [name for name in sumfelter if not isinstance(name, str) or name in _OWN_FIELDS]
    if not isinstance(felt, str) or wrong:
        raise NonsenseError(
            "navnene på felterne skal stå i anførselstegn, og et sumfelt må ikke hedde navn, antal eller samlet"
        )
    elements = list(items_of(values))
    if mindst is None or not elements:
        return []
    floor = _whole(mindst)
    fields = [field for field in sumfelter if len(values_of(elements, field)) >= floor]
    shown, hidden = _separated(_parts(elements, felt, fields), floor)
    if hidden and not _is_safe(hidden, floor):
        return []
    merged = [element for part in hidden for element in part.elements]
    rows = [_row(part.name, part.elements, sumfelter, fields, merged=False) for part in shown]
    return [*rows, *([_row(_OTHERS, merged, sumfelter, fields, merged=True)] if merged else [])]


def _whole(value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = 0
    if number < 1:
        raise NonsenseError("den mindste gruppe skal være et tal på mindst 1")
    return number


def _parts(elements: list[object], felt: str, fields: list[str]) -> list[_Part]:
    """The groups, the largest first."""
    parts: dict[str, _Part] = {}
    for element in elements:
        found = next(iter(values_of([element], felt)), None)
        name = (str(found) if isinstance(found, Group) else display(found)) or _UNTOLD
        parts.setdefault(name, _Part(name)).elements.append(element)
    for part in parts.values():
        part.weigh(fields)
    return sorted(parts.values(), key=lambda part: (-len(part.elements), part.name.casefold()))


def _separated(parts: list[_Part], floor: int) -> tuple[list[_Part], list[_Part]]:
    """The groups to show and those to merge."""
    hidden = [part for part in parts if part.weight < floor]
    shown = [part for part in parts if part not in hidden]
    if hidden:
        # Two groups of the same name would be one more than there are.
        hidden += [part for part in shown if part.name == _OTHERS]
        shown = [part for part in shown if part.name != _OTHERS]
    while hidden and shown and not _is_safe(hidden, floor):
        least = min(reversed(shown), key=lambda part: part.weight)
        shown.remove(least)
        hidden.append(least)
    return shown, hidden


def _is_safe(hidden: list[_Part], floor: int) -> bool:
    """Whether the merged groups are large enough together, and their sum does not give the size of each away.

    It does when each of them must be as small, or as large, as a group that may not be shown can be.
    """
    size = sum(len(part.elements) for part in hidden)
    weight = sum(part.weight for part in hidden)
    return len(hidden) > 1 and weight >= floor and size not in (len(hidden), len(hidden) * (floor - 1))


def _row(
    name: str, elements: list[object], sums: tuple[str, ...], known: list[str], *, merged: bool
) -> Mapping[str, object]:
    figures = {field: sum(values_of(elements, field)) if field in known else None for field in sums}
    return {"navn": name, "antal": len(elements), **figures, "samlet": merged}
