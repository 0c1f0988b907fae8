"""The functions of expressions in felter.yaml, regler.yaml and front matter; docs/typer.md describes them to users.

Every function takes empty values: what is not there does not count. Where the values make no sense, NonsenseError
carries a Danish sentence that says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from docgen.danish.calendar import workdays_after, workdays_before
from docgen.danish.quantities import Quantity
from docgen.danish.values import Month, Year
from docgen.kinds.record import Group, is_empty
from docgen.kinds.suggestions import suggestion

_MOST_WORKDAYS = 1_000


class NonsenseError(ValueError):
    """Raised when a function is given what it cannot work with; its text is a Danish sentence."""


def _items(values: object) -> Iterable[object]:
    if values is None:
        return ()
    if isinstance(values, str | Mapping) or not isinstance(values, Iterable):
        raise NonsenseError("funktionen skal have en liste")
    return values


def _values(values: object, field: str | None) -> list[Any]:
    """The values that are not empty: the elements themselves, or `field` (`a`, or `a.b`) of each."""
    found = list(_items(values))
    if not field:
        # An element of a list is there, whatever it holds.
        return [value for value in found if isinstance(value, Group) or not is_empty(value)]
    for name in field.split("."):
        found = [_value(element, name) for element in found if element is not None]
    return [value for value in found if not is_empty(value)]


def _value(element: object, name: str) -> object:
    if not isinstance(element, Mapping):
        raise NonsenseError(f'et element har ingen felter, heller ikke "{name}"')
    if name not in element:
        raise NonsenseError(f'feltet "{name}" findes ikke; {suggestion(name, element)["forslag"]}')
    return element[name]


def total(values: object, felt: str | None = None) -> object:
    """The sum of a list's values, or of one field of its elements; 0 for an empty list."""
    return sum(_values(values, felt))


def count(value: object, felt: str | None = None) -> int:
    """How many elements a list has that are not empty, or whose `felt` is not; for a single value 1, or 0 if empty."""
    if value is None or isinstance(value, str | Group) or not isinstance(value, Iterable):
        return 0 if is_empty(value) else 1
    return len(_values(value, felt))


def unique(values: object, felt: str | None = None) -> bool:
    """Whether no two elements have the same value; empty ones do not count."""
    found = _values(values, felt)
    return len(found) == len({str(value) if isinstance(value, Group) else value for value in found})


def present(value: object) -> bool:
    """Whether the value is filled in; `nej` and 0 are."""
    return not is_empty(value)


def absent(value: object) -> bool:
    """Whether the value is empty."""
    return is_empty(value)


def every(values: object, felt: str | None = None) -> bool:
    """Whether every element (or its `felt`) is filled in and neither `nej` nor 0; true for an empty list."""
    found = list(_items(values))
    return len([value for value in _values(found, felt) if value]) == len(found)


def some(values: object, felt: str | None = None) -> bool:
    """Whether at least one element (or its `felt`) is filled in and neither `nej` nor 0."""
    return any(_values(values, felt))


def largest(values: object, felt: str | None = None) -> object:
    """The largest value of a list, or of one field of its elements; empty for an empty list."""
    return max(_values(values, felt), default=None)


def smallest(values: object, felt: str | None = None) -> object:
    """The smallest value of a list, or of one field of its elements; empty for an empty list."""
    return min(_values(values, felt), default=None)


def running(values: object, felt: str, element: object = None) -> object:
    """The running totals of a field down a list; with an element, the total down to and including that element."""
    sums: list[object] = []
    amount: Any = 0
    for item in _items(values):
        amount += next(iter(_values([item], felt)), 0)
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


def workdays_earlier(dato: date | None, antal: int | None) -> date | None:
    """The day that lies that many working days before a date."""
    return None if dato is None or antal is None else workdays_before(_day(dato), _workdays(antal))


def workdays_later(dato: date | None, antal: int | None) -> date | None:
    """The day that lies that many working days after a date."""
    return None if dato is None or antal is None else workdays_after(_day(dato), _workdays(antal))


def plus_days(dato: date | None, antal: int | None) -> date | None:
    """The date that many days later, or earlier for a negative number."""
    return None if dato is None or antal is None else _day(dato) + timedelta(days=int(antal))


def plus_months(dato: date | Month | None, antal: int | None) -> date | Month | None:
    """The date or month that many months later; the last day of the month where the day does not exist."""
    if dato is None or antal is None:
        return None
    if not isinstance(dato, date | Month):
        raise NonsenseError("der skal stå en dato eller en måned")
    months = dato.year * 12 + dato.month - 1 + int(antal)
    month = Month(months // 12, months % 12 + 1)
    if isinstance(dato, Month):
        return month
    return month.first_day.replace(day=min(dato.day, month.last_day.day))


def plus_minutes(tid: time | None, minutter: int | None) -> time | None:
    """The time of day that many minutes later."""
    if tid is None or minutter is None:
        return None
    later = tid.hour * 60 + tid.minute + int(minutter)
    if not 0 <= later < 24 * 60:
        raise NonsenseError("klokkeslættet går over midnat")
    return time(later // 60, later % 60)


def _workdays(value: int) -> int:
    number = int(value)
    if not 0 <= number <= _MOST_WORKDAYS:
        raise NonsenseError(f"antallet af hverdage skal være mellem 0 og {_MOST_WORKDAYS}")
    return number


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, Month | Year):
        raise NonsenseError("der skal stå en hel dato, ikke kun en måned eller et år")
    raise NonsenseError("der skal stå en dato")


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
    "hverdage_før": workdays_earlier,
    "hverdage_efter": workdays_later,
    "plus_dage": plus_days,
    "plus_måneder": plus_months,
    "plus_minutter": plus_minutes,
}
"""The functions by the names that expressions use."""
