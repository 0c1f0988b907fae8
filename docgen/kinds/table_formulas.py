"""The conditions and computed values of many groups of one type: each is reckoned once for what it really reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import repeat
from typing import TYPE_CHECKING, Final

from docgen.danish.quantities import Quantity
from docgen.kinds.composite_fields import ListType
from docgen.kinds.computing import outer_scope
from docgen.kinds.fields import Field, UnfitError
from docgen.kinds.functions import FUNCTIONS
from docgen.kinds.model import Formula
from docgen.kinds.number_fields import AmountType, NumberType, PercentType
from docgen.kinds.record import InvalidValueError, is_empty
from docgen.templating.expression import ExpressionError
from docgen.templating.reckoning import Common, Reckoned, RowNames, reckoned

if TYPE_CHECKING:
    from docgen.kinds.columns import Columns


class Unread(Enum):
    """What stands in a column where there is no value."""

    LATER = 1
    REFUSED = 2


LATER: Final = Unread.LATER
"""The value is left to the ordinary way of reading."""
REFUSED: Final = Unread.REFUSED
"""The value cannot be known, for it comes from one that was refused; of that all has been told."""
_Parts = dict[int, Sequence[int]]
_SOME = 64
"""Rows that show whether others are alike, too."""


class Formulas:
    """The formulas of the rows of one table.

    A formula is evaluated once for all rows that have the same values in what it reads of them. Values are told apart
    by identity: a column holds one object for all cells that say the same.
    """

    def __init__(self, table: Columns) -> None:
        self._table = table
        self._known: dict[tuple[str, str], list[object]] = {}
        self._parts: dict[str, tuple[list[object], _Parts]] = {}

    def forget(self) -> None:
        """Forget every result: values that they were reckoned from are gone."""
        self._known.clear()
        self._parts.clear()

    def forget_parts(self, name: str) -> None:
        """Forget which rows have the same value in a field: one of them has been taken back."""
        self._parts.pop(name, None)

    def conditions(self, formula: Formula) -> list[object]:
        """Whether the formula is true, for each row; LATER where that cannot be told without a finding."""
        return self.column(formula, None)

    def column(self, formula: Formula, field: Field | None) -> list[object]:
        """The value for each row, as `field` takes it; LATER where it cannot be told without a finding.

        Without a field it is whether the formula is true. In the formula of a field that has the name of a function,
        the name means that.
        """
        key = (formula.expression.source, field.name if field else "")
        if key not in self._known:
            self._known[key] = self._results(formula, field)
        return self._known[key]

    def _results(self, formula: Formula, field: Field | None) -> list[object]:
        found: list[object] = [LATER] * len(self._table.groups)
        if not found or ("den",) in formula.expression.paths():  # the group itself, which is not there yet
            return found
        names = _Names(self._table, field.name if field else "")
        # Rows that are alike in the first things that the formula reads, how many those are, and whether they may be
        # reckoned together.
        waiting: list[tuple[Sequence[int], int, bool]] = [(range(len(found)), 0, True)]
        while waiting:
            rows, alike, together = waiting.pop()
            names.go_to(rows[0])
            result = self._evaluated(formula, names, field)
            for number, read in enumerate(list(names.read)[alike:] if len(rows) > 1 else (), alike + 1):
                column, its = names.column(read), names.read[read]
                if together and _are_many_numbers(column, rows):
                    left = self._reckon(formula, names, rows, field, found)
                    waiting += [(part, 0, False) for part in left]
                    rows = ()
                    break
                parts = self._parted(read, column, rows)
                own = parts.pop(its)
                waiting += [(others, number, together) for others in parts.values()]
                rows = own
            if len(rows) == len(found):
                return self._table.same(result)
            for row in rows:
                found[row] = result
        return found

    def _reckon(
        self, formula: Formula, names: _Names, rows: Sequence[int], field: Field | None, found: list[object]
    ) -> Iterator[Sequence[int]]:
        """Put the values of rows that can be reckoned together into `found`; give the others."""
        for part, values in reckoned(formula.expression, names, rows, InvalidValueError):
            results = None if values is None else _finished_together(values, len(part), field)
            if results is None:
                yield part
            else:
                for row, result in zip(part, results, strict=True):
                    found[row] = result

    def _evaluated(self, formula: Formula, names: _Names, field: Field | None) -> object:
        """The value in the row in which `names` are."""
        told = len(self._table.findings)
        try:
            return _finished(formula.value(names), field)
        except InvalidValueError:
            return LATER if names.is_waiting or told < len(self._table.findings) else REFUSED
        except ExpressionError:
            return LATER

    def _parted(self, name: str, column: list[object], rows: Sequence[int]) -> _Parts:
        """The rows that have the same value in a column, by its identity."""
        if name in self._table.alike:
            return {id(column[0]): rows}
        whole = len(rows) == len(column)
        if whole and name in self._parts and self._parts[name][0] is column:
            return dict(self._parts[name][1])
        found: dict[int, list[int]] = {}
        for row in rows:
            found.setdefault(id(column[row]), []).append(row)
        if whole:
            self._parts[name] = (column, dict(found))
        return dict(found)


def _are_many_numbers(column: Sequence[object], rows: Sequence[int]) -> bool:
    """Whether the rows have numbers in a column, nearly all of them different."""
    some = [column[row] for row in rows[:_SOME]]
    return 2 * len(set(map(id, some))) > _SOME and any(isinstance(one, Quantity) for one in some)


def _finished(value: object, field: Field | None) -> object:
    """The result of a formula as a field takes it, or as the answer to a condition."""
    if field is None:
        return bool(value)
    try:
        return None if is_empty(value) and not isinstance(field.type, ListType) else field.type.accept(value)
    except UnfitError:
        return LATER


def _finished_together(values: Reckoned, count: int, field: Field | None) -> Iterable[object] | None:
    """The same for the results of many rows; None where each has to be looked at."""
    if isinstance(values, Common):
        return repeat(_finished(values.value, field), count)
    if field is None:
        return map(bool, values.values)
    if not isinstance(field.type, NumberType | AmountType | PercentType):
        return None
    try:
        return field.type.accept_many(values.unit, values.values)
    except (UnfitError, ValueError):
        return None


class _Names(RowNames):
    """What an expression of one row may name, as group_scope has it.

    `read` are its own fields so far, with the identity of their values; `is_waiting` tells that one of them is LATER.
    """

    def __init__(self, table: Columns, function: str) -> None:
        self._table = table
        self._at = 0
        self.is_waiting = False
        self._columns: dict[str, list[object]] = {}
        outer = outer_scope(table.root, table.names, over=table.over)
        self._outer = outer.under({function: FUNCTIONS[function]} if function in FUNCTIONS else {})
        self._fields = {name for name in table.type.fields if name != function or function not in FUNCTIONS}
        self.read: dict[str, int] = {}

    def go_to(self, at: int) -> None:
        """Stand in for another row from here on."""
        self._at = at
        self.is_waiting = False
        self.read.clear()

    def column(self, name: str) -> list[object]:
        """The values of one of the group's own fields."""
        if name not in self._columns:
            self._columns[name] = self._table.column(name)
        return self._columns[name]

    def __getitem__(self, name: str) -> object:
        column = self._columns.get(name)
        if column is None:
            if name not in self._fields:
                return _Own(self) if name == "den" else self._outer[name]
            column = self.column(name)
        value = column[self._at]
        self.read[name] = id(value)
        if type(value) is Unread:
            self.is_waiting = self.is_waiting or value is LATER
            raise InvalidValueError(name)
        return value

    def __contains__(self, name: object) -> bool:
        return name in self._fields or name == "den" or name in self._outer

    def own(self) -> Mapping[str, object]:
        """The fields of the row's type."""
        return self._table.type.fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.type.fields)

    def __len__(self) -> int:
        return len(self._table.type.fields)


class _Own(Mapping[str, object]):
    """The row's own fields alone, which `den.` stands before."""

    def __init__(self, names: _Names) -> None:
        self._names = names

    def __getitem__(self, name: str) -> object:
        return self._names[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names.own()

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
