"""Expressions that reckon with numbers, for many rows at once: every step takes the whole column.

What rows have in common is worked out for the first of them, in the ordinary way. Rows that go different ways
(`a or b`, `a if b else c`), or of which a name holds values of different types, are reckoned apart.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import repeat
from typing import Any, NamedTuple

from jinja2 import nodes

from docgen.danish.quantities import Amount, Number, Percent
from docgen.templating.evaluating import ExpressionError, made, value_of
from docgen.templating.expression import Expression

_FEWEST = 30  # rows that are worth it
_MOST_PARTS = 30  # in which rows are told apart by a value
_MOST_DIGITS = 39  # before the decimal mark: no result of one step can be too large for a quantity
_ZERO = Decimal(0)
_MEASURED = (Amount, Percent)
_UNITS = frozenset({Amount, Percent, Number, Decimal})


class RowNames(Mapping[str, object]):
    """The names that an expression may use in one of many rows; `read` are the row's own that it has asked for so far,
    with the identity of their values.
    """

    read: dict[str, int]

    def go_to(self, at: int) -> None:
        """Stand for another row from here on."""
        raise NotImplementedError

    def column(self, name: str) -> list[object]:
        """The values of one of the rows' own names, row by row."""
        raise NotImplementedError


class Numbers(NamedTuple):
    """Numbers of one unit, Decimal being none; all have fewer digits before the decimal mark than `digits`."""

    unit: Any
    values: list[Decimal]
    digits: int


class Common(NamedTuple):
    """The value that is the same in all rows."""

    value: Any


Reckoned = Numbers | Common


class _UnfitError(Exception):
    """Raised where rows have to be evaluated one by one."""


class _PartedError(Exception):
    """Raised where rows have to be reckoned apart: `parts` are those that can be taken together."""

    def __init__(self, keys: Sequence[object], rows: Sequence[int]) -> None:
        parts: dict[object, list[int]] = {}
        for key, row in zip(keys, rows, strict=True):
            parts.setdefault(key, []).append(row)
        if len(parts) > _MOST_PARTS:
            raise _UnfitError
        self.parts = list(parts.values())
        super().__init__(len(parts))


def reckoned(
    expression: Expression, names: RowNames, rows: Sequence[int], refused: type[Exception]
) -> Iterator[tuple[Sequence[int], Reckoned | None]]:
    """The values of an expression in many rows, part by part; None for rows that have to be evaluated one by one.

    `refused` is what `names` raises for a value that is not known.
    """
    waiting = [rows]
    while waiting:
        part = waiting.pop()
        found: Reckoned | None = None
        try:
            if len(part) >= _FEWEST:
                found = _Reckoning(names, part, refused).value(expression.node)
        except _PartedError as fault:
            waiting += fault.parts
            continue
        except (_UnfitError, ArithmeticError):
            pass
        yield part, found


class _Reckoning:
    """An expression while it is reckoned for some rows."""

    def __init__(self, names: RowNames, rows: Sequence[int], refused: type[Exception]) -> None:
        self.names = names
        self.rows = rows
        self.refused = refused
        self._known: dict[str, list[object]] = {}

    def value(self, node: nodes.Node) -> Reckoned:
        """What a node gives. Raises _UnfitError and _PartedError."""
        self.names.go_to(self.rows[0])
        try:
            first = value_of(made(node), self.names)
        except (ExpressionError, self.refused):
            for name in list(self.names.read):
                self._part_by_type(name)
            raise _UnfitError from None
        differing = [name for name in self.names.read if not self._is_common(name)]
        if not differing:
            return Common(first)
        match node:
            case nodes.Name():
                return self._numbers(node.name)
            case nodes.Getattr(attr="value"):
                found = self.value(node.node)
                return found._replace(unit=Decimal) if isinstance(found, Numbers) else self._part_by(differing[0])
            case nodes.Or() | nodes.And():
                left = self.value(node.left)
                return left if self._is_true(left) is isinstance(node, nodes.Or) else self.value(node.right)
            case nodes.CondExpr(expr2=nodes.Node() as other):
                return self.value(node.expr1 if self._is_true(self.value(node.test)) else other)
            case nodes.Add() | nodes.Sub() | nodes.Mul() | nodes.Div():
                return _step(node.operator, self.value(node.left), self.value(node.right))
        return self._part_by(differing[0])

    def _column(self, name: str) -> list[object]:
        """The values of a name in the rows."""
        if name not in self._known:
            self._known[name] = list(map(self.names.column(name).__getitem__, self.rows))
        return self._known[name]

    def _is_common(self, name: str) -> bool:
        column = self._column(name)
        return all(map(operator.is_, column, repeat(column[0])))

    def _part_by(self, name: str) -> Reckoned:
        """Tell the rows apart by the values of a name."""
        raise _PartedError(list(map(id, self._column(name))), self.rows)

    def _part_by_type(self, name: str) -> None:
        """Tell the rows apart by the types of the values of a name, if they have several."""
        types = list(map(type, self._column(name)))
        if len(set(types)) > 1:
            raise _PartedError(types, self.rows)

    def _numbers(self, name: str) -> Numbers:
        self._part_by_type(name)
        column: list[Any] = self._column(name)
        unit = type(column[0])
        if unit not in _UNITS:
            raise _UnfitError
        values = column if unit is Decimal else [one.value for one in column]
        return Numbers(unit, values, _digits(values))

    def _is_true(self, found: Reckoned) -> bool:
        if isinstance(found, Common):
            return bool(found.value)
        truths = list(map(bool, found.values))
        if not truths.count(truths[0]) == len(truths):
            raise _PartedError(truths, self.rows)
        return truths[0]


def _digits(values: Sequence[Decimal]) -> int:
    """How many digits the largest of the numbers has before the decimal mark."""
    if not all(map(Decimal.is_finite, values)):
        raise _UnfitError
    return max(map(Decimal.adjusted, values)) + 1


_STEPS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def _step(sign: str, left: Reckoned, right: Reckoned) -> Reckoned:
    """One step of arithmetic, as quantities take it themselves."""
    if Common(None) in (left, right):
        return Common(None)  # what is reckoned from an empty value is empty
    if isinstance(left, Common) and isinstance(right, Common):
        raise _UnfitError
    one, other = _operand(left), _operand(right)
    unit = _unit(sign, one[0], other[0])
    values = list(map(_STEPS[sign], one[1], other[1]))
    if unit is not Decimal:
        values = [value or _ZERO for value in values]
    digits = _digits(values)
    if digits > _MOST_DIGITS:
        raise _UnfitError
    return Numbers(unit, values, digits)


def _operand(found: Reckoned) -> tuple[Any, Any]:
    """The unit and the numbers of one side."""
    if isinstance(found, Numbers):
        return found.unit, found.values
    value = found.value
    if type(value) in _MEASURED or type(value) is Number:
        return type(value), repeat(value.value)
    if type(value) in (int, Decimal):
        return Decimal, repeat(Decimal(value))
    raise _UnfitError


def _unit(sign: str, left: Any, right: Any) -> Any:
    """The unit of a result; what has one is larger than what has none. Raises _UnfitError where two do not fit."""
    if right in _MEASURED and sign == "/":
        if left is right:
            return Number
        raise _UnfitError
    if left in _MEASURED and right in _MEASURED and (left is not right or sign == "*"):
        raise _UnfitError
    return max(left, right, key=(Decimal, Number, *_MEASURED).index)
