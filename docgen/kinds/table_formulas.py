"""The conditions and computed values of many groups of one type: each is reckoned once for what it really reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Final

from docgen.kinds.computing import outer_scope
from docgen.kinds.functions import FUNCTIONS
from docgen.kinds.model import Formula
from docgen.kinds.record import InvalidValueError
from docgen.templating.expression import ExpressionError

if TYPE_CHECKING:
    from docgen.kinds.table_reading import TableReading


class Later(Enum):
    """The type of LATER, which stands for a value that is left to the ordinary way of reading."""

    VALUE = 1


LATER: Final = Later.VALUE
_Parts = dict[int, Sequence[int]]


class Formulas:
    """The formulas of the rows of one table.

    A formula is evaluated once for all rows that have the same values in what it reads of them. Values are told apart
    by identity: a column holds one object for all cells that say the same.
    """

    def __init__(self, table: TableReading) -> None:
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
        return self.column(formula, bool, "")

    def column(self, formula: Formula, finish: Callable[[object], object], name: str) -> list[object]:
        """The value for each row, put through `finish`; LATER where it cannot be told without a finding.

        `name` is the field that is computed; in its own formula it means the function of that name.
        """
        key = (formula.expression.source, name)
        if key not in self._known:
            self._known[key] = self._results(formula, finish, name)
        return self._known[key]

    def _results(self, formula: Formula, finish: Callable[[object], object], name: str) -> list[object]:
        found: list[object] = [LATER] * len(self._table.groups)
        if not found or ("den",) in formula.expression.paths():  # the group itself, which is not there yet
            return found
        names = _Names(self._table, name)
        # Rows that are alike in the first things that the formula reads, and how many those are.
        waiting: list[tuple[Sequence[int], int]] = [(range(len(found)), 0)]
        while waiting:
            rows, alike = waiting.pop()
            names.go_to(rows[0])
            result = _evaluated(formula, names, finish)
            if len(rows) > 1:
                for number, read in enumerate(list(names.read)[alike:], alike + 1):
                    parts = self._parted(read, names.column(read), rows)
                    own = parts.pop(names.read[read])
                    waiting += [(others, number) for others in parts.values()]
                    rows = own
            for row in rows:
                found[row] = result
        return found

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


def _evaluated(formula: Formula, names: _Names, finish: Callable[[object], object]) -> object:
    try:
        return finish(formula.value(names))
    except (InvalidValueError, ExpressionError):
        return LATER


class _Names(Mapping[str, object]):
    """What an expression of one row may name, as group_scope has it; `read` are the values of its own fields so far."""

    def __init__(self, table: TableReading, function: str) -> None:
        self._table = table
        self._at = 0
        self._columns: dict[str, list[object]] = {}
        outer = outer_scope(table.reading.root, table.reading.names, over=table.parent.group)
        self._outer = outer.under({function: FUNCTIONS[function]} if function in FUNCTIONS else {})
        self._fields = {name for name in table.type.fields if name != function or function not in FUNCTIONS}
        self.read: dict[str, int] = {}

    def go_to(self, at: int) -> None:
        """Stand in for another row from here on."""
        self._at = at
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
        if value is LATER:
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
