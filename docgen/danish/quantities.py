"""Decimal numbers that keep their unit (kroner, per cent or none) through arithmetic."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from typing import Self


# Far beyond every budget, and small enough to be rounded and written out.
_LARGEST_DIGITS = 40
_ZERO = Decimal(0)
_STEPS = {decimals: Decimal(1).scaleb(-decimals) for decimals in range(5)}
# Room for every number that arithmetic in the default context can make, with its decimals.
_WIDE = Context(prec=80)


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """`value` with `decimals` decimals, halves away from zero (as AFRUND in Excel, unlike Python's round)."""
    return value.quantize(_STEPS.get(decimals) or Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)


def has_decimals(value: Decimal, decimals: int | None) -> bool:
    """Whether `value` is written with that many decimals, so that `round_half_up` leaves it as it is; None is any."""
    return decimals is None or (decimals in _STEPS and value.same_quantum(_STEPS[decimals]))


def bounded(value: Decimal) -> Decimal:
    """`value` itself; ValueError when it is no number or has more than 40 digits before the decimal mark."""
    if (value.adjusted() >= _LARGEST_DIGITS and value) or not value.is_finite():
        raise ValueError("the number is not finite, or has more than 40 digits")
    return value


@dataclass(frozen=True, slots=True, eq=False, init=False)
class Quantity:
    """A decimal number that keeps its unit through arithmetic; made as Amount, Percent or Number.

    Plain numbers (int, Decimal, float by its shortest decimal form, Number) can be added, subtracted, multiplied and
    divided by; two amounts can be added, subtracted and divided (the ratio is a Number). Other mixtures, such as an
    amount times a percentage, raise TypeError: use `beløb * procent.andel`. Equality with a float compares the
    decimal form, so 33.3 in a rule means 33,3 (such a float does not hash like its Decimal). Quantities of two
    different units are never equal and cannot be ordered.
    """

    value: Decimal

    def __init__(self, value: Decimal | int) -> None:
        """ValueError for a number that is not finite or has more than 40 digits; TypeError for a float or a text."""
        if type(value) is not Decimal and (isinstance(value, bool) or not isinstance(value, Decimal | int)):
            raise TypeError(f"{type(self).__name__} is made from a Decimal or an int, not from {type(value)}")
        # No negative zero: "-0 kr." would be nonsense.
        object.__setattr__(self, "value", bounded(Decimal(value)) or _ZERO)

    def _like(self, value: Decimal) -> Self:
        """A quantity of the same unit; ValueError for a number that is not finite or has more than 40 digits."""
        made = _new(type(self))
        _set_value(made, bounded(value) if value else _ZERO)
        return made

    def _operand(self, other: object) -> Decimal | None:
        """`other` as a plain decimal when it can be added to or compared with this quantity, else None."""
        unit = type(other)
        if unit is type(self) or unit is Number:
            value: Decimal = other.value  # type: ignore[attr-defined]
            return value
        return None if isinstance(other, Quantity) else _plain(other)

    def __add__(self, other: object) -> Self:
        operand = self._operand(other)
        return NotImplemented if operand is None else self._like(self.value + operand)

    __radd__ = __add__

    def __sub__(self, other: object) -> Self:
        operand = self._operand(other)
        return NotImplemented if operand is None else self._like(self.value - operand)

    def __rsub__(self, other: object) -> Self:
        operand = self._operand(other)
        return NotImplemented if operand is None else self._like(operand - self.value)

    def __mul__(self, other: object) -> Self:
        factor = _plain(other)
        return NotImplemented if factor is None else self._like(self.value * factor)

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Self | Number:
        if type(other) is type(self):
            return Number(self.value / other.value)
        divisor = _plain(other)
        return NotImplemented if divisor is None else self._like(self.value / divisor)

    def __neg__(self) -> Self:
        return self._like(-self.value)

    def __pos__(self) -> Self:
        return self

    def __abs__(self) -> Self:
        return self._like(abs(self.value))

    def __round__(self, decimals: int | None = None) -> Self:
        return self._like(round_half_up(self.value, decimals or 0))

    def __bool__(self) -> bool:
        return bool(self.value)

    def __int__(self) -> int:
        return int(self.value)

    def __float__(self) -> float:
        return float(self.value)

    def __eq__(self, other: object) -> bool:
        operand = self._operand(other)
        return NotImplemented if operand is None else self.value == operand

    def __lt__(self, other: object) -> bool:
        operand = self._operand(other)
        return NotImplemented if operand is None else self.value < operand

    def __le__(self, other: object) -> bool:
        operand = self._operand(other)
        return NotImplemented if operand is None else self.value <= operand

    def __gt__(self, other: object) -> bool:
        operand = self._operand(other)
        return NotImplemented if operand is None else self.value > operand

    def __ge__(self, other: object) -> bool:
        operand = self._operand(other)
        return NotImplemented if operand is None else self.value >= operand

    def __hash__(self) -> int:
        return hash(self.value)

    def __str__(self) -> str:
        # A fourth decimal keeps 1.234 from being read back as a Danish thousand.
        return format(self.value, ".4f" if self.value.as_tuple().exponent == -3 else "f")

    def __format__(self, spec: str) -> str:
        return format(self.value, spec) if spec else str(self)


_new = object.__new__
_set_value = Quantity.__dict__["value"].__set__  # the slot itself: a quantity that is made is frozen


_Unit = TypeVar("_Unit", bound=Quantity)


def quantities(unit: type[_Unit], values: Sequence[Decimal]) -> list[_Unit]:
    """Quantities of one unit, as its constructor makes them. Raises ValueError where it refuses one."""
    if not all(map(Decimal.is_finite, values)) or max(map(Decimal.adjusted, values), default=0) >= _LARGEST_DIGITS:
        raise ValueError("a number is not finite, or has more than 40 digits")
    made = [_new(unit) for _ in values]
    deque(map(_set_value, made, [value or _ZERO for value in values]), maxlen=0)
    return made


class Amount(Quantity):
    """An amount of money in kroner. Attribute: `value` (Decimal). Shown as `1.234,50 kr.`."""

    __slots__ = ()


class Percent(Quantity):
    """A percentage. Attributes: `value` (Decimal, 75 for 75 pct.) and `andel` (0.75). Shown as `75 pct.`."""

    __slots__ = ()

    @property
    def andel(self) -> Number:
        """The share: 75 pct. is 0.75, so that `beløb * procent.andel` is an amount."""
        return Number(self.value / 100)


class Number(Quantity):
    """A number without a unit. Attribute: `value` (Decimal). Shown as `1.234,5`; a whole one works as an index."""

    __slots__ = ()

    def __rtruediv__(self, other: object) -> Number:
        dividend = _plain(other)
        return NotImplemented if dividend is None else Number(dividend / self.value)

    def __index__(self) -> int:
        if self.value != int(self.value):
            raise TypeError(f"{self} is not a whole number")
        return int(self.value)


def summed(values: Sequence[Any]) -> Any:
    """The sum of the values, which are all numbers or all quantities; 0 for none.

    Of many quantities of one unit no sum on the way is made a quantity.
    """
    units = set(map(type, values))
    unit = units.pop() if len(units) == 1 else None
    if unit is None or not issubclass(unit, Quantity):
        return sum(values)
    return unit(sum([value.value for value in values], _ZERO))


def _plain(value: object) -> Decimal | None:
    """A number without a unit as a Decimal; None for anything else."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, Number):
        return value.value
    # repr is the shortest decimal that means this float: 0.1 is one tenth here, not its binary neighbour.
    return Decimal(repr(value)) if isinstance(value, float) else None
