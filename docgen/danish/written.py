"""Values of data that no kind describes: text as it was written, which can also count as a number or as a no.

YAML says neither that `0101` is a code nor that `5` is a number, and `docgen udfyld` has no fields to ask. So the text
prints to the letter, and `{% if antal > 3 %}`, `{{ pris * 1.25 }}` and `{% if åben %}` mean what they say.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from docgen.danish.numerals import parse_number
from docgen.danish.quantities import Number, Quantity

_NO = ("nej", "false", "falsk")


class WrittenNumber(str):
    """Text that is a number by Danish rules (`1.234,5`): `number` is its value, an int where it is whole.

    It is written, looked up and joined as text; beside a number, or another such text, it is compared and reckoned
    with as its number. Zero is false in a condition.
    """

    __slots__ = ("_number",)
    _number: int | Number

    @property
    def number(self) -> int | Number:
        """The value: a Number where it has decimals, since only that prints them as Danish text does."""
        return self._number

    def __bool__(self) -> bool:
        return bool(self._number)

    def __hash__(self) -> int:
        return str.__hash__(self)

    def lower(self) -> str:
        """Itself, also for the filter `sort`, which asks every text for its small letters."""
        return self

    def __index__(self) -> int:
        return operator.index(self._number)

    def __int__(self) -> int:
        return int(self._number)

    def __float__(self) -> float:
        return float(self._number)

    def __round__(self, decimals: int | None = None) -> int | Number:
        number: int | Number = round(self._number, decimals)
        return number

    def __abs__(self) -> int | Number:
        return self._number if self._number >= 0 else -self._number

    def __neg__(self) -> int | Number:
        return -self._number

    def __reduce__(self) -> tuple[Callable[[str], str], tuple[str]]:
        return written, (str(self),)


class WrittenNo(str):
    """The word `nej` or `false` (in capitals or not): false in a condition, otherwise the text that it is."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


def written(text: str) -> str:
    """`text` from a data file: WrittenNumber, WrittenNo, or the text itself."""
    if text[:1].isdecimal() or (text[:1] in ("-", "+") and text[1:2].isdecimal()):
        number = parse_number(text)
        if number is not None:
            found = WrittenNumber(text)
            value = number.value
            found._number = int(value) if value == value.to_integral_value() else number
            return found
    return WrittenNo(text) if text.lower() in _NO else text


def _number(value: object) -> object:
    """What to reckon with for the other side of an operator; None for what is no number."""
    if isinstance(value, WrittenNumber):
        return value._number
    return value if isinstance(value, int | float | Decimal | Quantity) else None


def _forward(name: str) -> Callable[[WrittenNumber, object], Any]:
    reckon, as_text = getattr(operator, name), getattr(str, name, None)

    def method(self: WrittenNumber, other: object) -> Any:
        number = _number(other)
        if number is not None:
            return reckon(self._number, number)
        return as_text(self, other) if as_text and name not in ("__mul__", "__mod__") else NotImplemented

    return method


def _backward(name: str) -> Callable[[WrittenNumber, object], Any]:
    reckon = getattr(operator, name)

    def method(self: WrittenNumber, other: object) -> Any:
        number = _number(other)
        return NotImplemented if number is None else reckon(number, self._number)

    return method


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow"):
    setattr(WrittenNumber, f"__{_name}__", _forward(f"__{_name}__"))
    setattr(WrittenNumber, f"__r{_name}__", _backward(f"__{_name}__"))
for _name in ("lt", "le", "gt", "ge", "eq", "ne"):
    setattr(WrittenNumber, f"__{_name}__", _forward(f"__{_name}__"))
