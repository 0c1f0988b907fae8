"""Fields of numbers: plain ones, amounts of money, percentages, and yes or no."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import repeat
from operator import mod
from typing import TYPE_CHECKING, Any, ClassVar

from docgen.danish import numerals
from docgen.danish.formats import display
from docgen.danish.parsing import parse_bool
from docgen.danish.quantities import Amount, Number, Percent, Quantity, has_decimals, quantities, round_half_up
from docgen.diagnostics import CellPlace
from docgen.kinds.fields import At, ScalarType, UnfitError, quoted
from docgen.sources import Scalar

if TYPE_CHECKING:
    from docgen.kinds.attributes import Attributes

_NUMBERS = (Number, Decimal, int, float)
# A number with nothing to say that it is a percentage.
_BARE = re.compile(r"[-+\d.,\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _QuantityType(ScalarType):
    """A decimal number with a unit: `decimals` is how many it may have, `minimum` and `maximum` are its bounds."""

    options: ClassVar[frozenset[str]] = frozenset({"mindst", "højst", "decimaler"})
    quantity: ClassVar[type[Quantity]]
    reader: ClassVar[Callable[[str], Quantity | None]]
    code: ClassVar[str]
    most_decimals: ClassVar[int | None] = None
    decimals: int | None = None
    minimum: Quantity | None = None
    maximum: Quantity | None = None

    @classmethod
    def declared(cls, attributes: Attributes, *, bounded: bool = True) -> ScalarType | None:
        """The number with its `decimaler`, `mindst` and `højst`."""
        decimals = attributes.whole("decimaler")
        made = cls(decimals=cls.most_decimals if decimals is None else decimals)
        if not bounded:
            return made
        return replace(made, minimum=attributes.value("mindst", made), maximum=attributes.value("højst", made))

    def read(self, scalar: Scalar, at: At) -> object:
        """The number, within its bounds."""
        value = self._read(scalar)
        if value is None:
            return at.fault(
                self.code, scalar.place, tekst=quoted(scalar), eksempel=self.sample, **self._minus(scalar.text)
            )
        if self.decimals is not None and value.value != round(value.value, self.decimals):
            code = "DG215" if self.decimals else "DG214"
            return at.fault(code, scalar.place, tekst=quoted(scalar), antal=self.decimals)
        if self.minimum is not None and value < self.minimum:
            return at.fault("DG236", scalar.place, tekst=display(value), grænse=display(self.minimum))
        if self.maximum is not None and value > self.maximum:
            return at.fault("DG237", scalar.place, tekst=display(value), grænse=display(self.maximum))
        self._check_point(scalar, value, at)
        return value

    def of(self, number: Decimal | int) -> Quantity | None:
        """A number of a cell as `read` gives it; None when there is something to say of it."""
        value = self.quantity(number)
        if self.decimals is not None and number != round(number, self.decimals):
            return None
        low = self.minimum is not None and value < self.minimum
        return None if low or (self.maximum is not None and value > self.maximum) else value

    def of_many(self, numbers: Sequence[Decimal]) -> list[Quantity | None]:
        """As `of` for many numbers: the same, but faster where there is nothing to say of any of them."""
        try:
            made = quantities(self.quantity, numbers)
            step = None if self.decimals is None else Decimal(1).scaleb(-self.decimals)
            fine = step is None or not any(map(mod, numbers, repeat(step)))
        except (ValueError, ArithmeticError):
            fine = False
        low = self.minimum is not None and min(numbers, default=self.minimum.value) < self.minimum.value
        high = self.maximum is not None and max(numbers, default=self.maximum.value) > self.maximum.value
        return list(made) if fine and not low and not high else [self.of(number) for number in numbers]

    def _check_point(self, scalar: Scalar, value: Quantity, at: At) -> None:
        """Warn of a number of JSON or TOML whose digits mean another one in Danish: 1.500 is 1,5 there."""
        if not isinstance(scalar.native, Decimal) or isinstance(scalar.place, CellPlace):
            return
        danish = type(self).reader(scalar.text)
        if danish is None or danish == value:
            return
        told = {
            "tekst": scalar.text,
            "læst": display(value),
            "helt": format(danish.value, "f"),
            "komma": format(value.value.normalize(), "f").replace(".", ","),
        }
        at.warn("DG259", scalar.place, **told)

    def _minus(self, text: str) -> dict[str, str]:
        """The values `minus` of a message: how a number is written that has its minus after it, or brackets for it."""
        bare = text.strip("()-–− ")
        meant = bare != text.strip() and type(self).reader(f"-{bare}") is not None
        told = {"minus": f"; er det negativt, så skriv -{bare}", "minus_en": f"; if it is negative, write -{bare}"}
        return told if meant else {"minus": ""}

    def _read(self, scalar: Scalar) -> Quantity | None:
        native = scalar.native
        if isinstance(native, bool):
            return None
        if isinstance(native, int | Decimal):
            return self.quantity(Decimal(native)) if Decimal(native).is_finite() else None
        return type(self).reader(scalar.text)

    def accept(self, value: object) -> object:
        """A number of this unit or of none, with no more decimals than the field has."""
        if type(value) is self.quantity and has_decimals(value.value, self.decimals):
            return value
        if isinstance(value, bool) or not isinstance(value, (self.quantity, *_NUMBERS)):
            raise UnfitError(display(value))
        plain = value.value if isinstance(value, Quantity) else Decimal(str(value))
        return self.quantity(plain if self.decimals is None else round_half_up(plain, self.decimals))

    def accept_many(self, unit: type[Quantity] | type[Decimal], numbers: Sequence[Decimal]) -> Sequence[Quantity]:
        """As `accept` for many numbers of one unit. Raises UnfitError when it refuses them, ValueError for one."""
        if unit not in (self.quantity, Number, Decimal):
            raise UnfitError(unit.__name__)
        if self.decimals is not None:
            step, decimals = Decimal(1).scaleb(-self.decimals), self.decimals
            numbers = [one if one.same_quantum(step) else round_half_up(one, decimals) for one in numbers]
        return quantities(self.quantity, numbers)


class NumberType(_QuantityType):
    """A number without a unit."""

    __slots__ = ()

    name: ClassVar[str] = "tal"
    words: ClassVar[tuple[str, str]] = ("et tal", "a number")
    sample: ClassVar[str] = "1.250"
    quantity: ClassVar[type[Quantity]] = Number
    reader: ClassVar[Callable[[str], Quantity | None]] = staticmethod(numerals.parse_number)
    code: ClassVar[str] = "DG213"


class AmountType(_QuantityType):
    """An amount of money in kroner: two decimals at most, and computed amounts are rounded to whole øre."""

    __slots__ = ()

    name: ClassVar[str] = "beløb"
    words: ClassVar[tuple[str, str]] = ("et beløb i kroner", "an amount in kroner")
    sample: ClassVar[str] = "125.000,50"
    quantity: ClassVar[type[Quantity]] = Amount
    reader: ClassVar[Callable[[str], Quantity | None]] = staticmethod(numerals.parse_amount)
    code: ClassVar[str] = "DG216"
    most_decimals: ClassVar[int | None] = 2


class PercentType(_QuantityType):
    """A percentage: 75, not 0,75."""

    __slots__ = ()

    name: ClassVar[str] = "procent"
    words: ClassVar[tuple[str, str]] = ("en procent", "a percentage")
    sample: ClassVar[str] = "12,5"
    quantity: ClassVar[type[Quantity]] = Percent
    reader: ClassVar[Callable[[str], Quantity | None]] = staticmethod(numerals.parse_percent)
    code: ClassVar[str] = "DG217"

    def read(self, scalar: Scalar, at: At) -> object:
        """The percentage, within its bounds.

        In a workbook a share without a sign is taken for one: 0,5 is 50 per cent; that, and a bare 1, is told of.
        """
        if not isinstance(scalar.place, CellPlace) or not _BARE.fullmatch(scalar.text):
            return _QuantityType.read(self, scalar, at)
        bare = self._read(scalar)
        if bare is None or not 0 < abs(bare.value) <= 1:
            return _QuantityType.read(self, scalar, at)
        whole = abs(bare.value) == 1
        meant = bare.value if whole else bare.value * 100
        other = display(Number(meant * 100 if whole else bare.value))
        at.warn("DG720", scalar.place, tekst=quoted(scalar), læst=display(Percent(meant)), andet=other)
        return _QuantityType.read(self, Scalar(format(meant, "f").replace(".", ","), scalar.place, meant), at)


class BoolType(ScalarType):
    """Yes or no."""

    __slots__ = ()

    name: ClassVar[str] = "ja_nej"
    words: ClassVar[tuple[str, str]] = ("ja eller nej", "ja (yes) or nej (no)")
    sample: ClassVar[str] = "ja"

    def read(self, scalar: Scalar, at: At) -> object:
        """True or False."""
        found = scalar.native if isinstance(scalar.native, bool) else parse_bool(scalar.text)
        return at.fault("DG218", scalar.place, tekst=quoted(scalar)) if found is None else found

    def accept(self, value: object) -> object:
        """Whether the value is true the way conditions are: filled in, and not `nej` or 0."""
        return bool(value)

    def json_schema(self) -> dict[str, Any]:
        """The Danish words, and the truth values that an editor makes of `true` and `false`."""
        return {"enum": ["ja", "nej", True, False, None]}


TYPES = (NumberType, AmountType, PercentType, BoolType)
