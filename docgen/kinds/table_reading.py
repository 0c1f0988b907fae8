"""Rows of a list that stand in a sheet, read column by column: every different value of a column once.

What is plainly fine is read this way. What there is something to say of (a value that is refused, a condition that
cannot be told) is left to the ordinary way of reading a group, row by row; so both ways give the same values and
findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import repeat
from operator import is_
from types import NoneType
from typing import TYPE_CHECKING

from docgen.danish.quantities import Amount, Number, Percent
from docgen.diagnostics import Diagnostic, Place
from docgen.kinds.columns import Columns
from docgen.kinds.composite_fields import ReferenceType
from docgen.kinds.fields import At, Field, ScalarType
from docgen.kinds.file_fields import ExcerptType
from docgen.kinds.model import Formula, GroupType
from docgen.kinds.number_fields import AmountType, NumberType
from docgen.kinds.record import Group, InvalidValueError, is_empty
from docgen.kinds.short_forms import is_blank
from docgen.kinds.table_formulas import LATER, REFUSED, Unread
from docgen.kinds.text_fields import TextType
from docgen.sources import Scalar, Table

if TYPE_CHECKING:
    from docgen.kinds.group_reading import GroupReading
    from docgen.kinds.input_reading import InputReading

_INSIDE = 0  # in place of the column of a group inside, which has several
_NUMBERS = {int, Decimal, NoneType}
_NEVER_EMPTY = {Amount, Number, Percent, bool, int, date}
_WRITTEN_ALIKE = {str, int, bool, date, NoneType}
"""The types of which two equal values are written the same."""


def fits(table: Table, group: GroupType) -> bool:
    """Whether the columns of a table are fields of the group, each once, and nothing is computed or taken elsewhere."""
    names = [name for name, _ in _columns(table, group)]
    fields = [group.fields.get(name) for name in names]
    taking = any(isinstance(field.type, ExcerptType) for field in group.fields.values())
    return not taking and len(set(names)) == len(names) and all(one and not one.computed for one in fields)


def _columns(table: Table, group: GroupType) -> Iterator[tuple[str, int]]:
    """The fields of the table with their columns."""
    spellings = {alias: field.name for field in group.fields.values() for alias in field.aliases}
    inside: set[str] = set()
    for path, column in table.columns:
        name, dot, _ = path.partition(".")
        if not (dot and name in inside):
            yield spellings.get(name, name), _INSIDE if dot else column
        inside.update([name] if dot else ())


def _numbers(made: NumberType | AmountType, written: Sequence[object]) -> list[object]:
    """The values of numbers, None for other cells; whole ones are likely to be there again, and told apart fast."""

    def value(number: int | Decimal) -> object:
        found = made.of(number)
        return LATER if found is None else found

    known = {number: value(number) for number in {one for one in written if type(one) is int}}
    parts = [one for one in written if type(one) is Decimal]
    many = iter([LATER if one is None else one for one in made.of_many(parts)])
    return [next(many) if type(one) is Decimal else known[one] if type(one) is int else None for one in written]


def _empty_rows(column: Sequence[object]) -> list[int]:
    """The rows in which a column has nothing; of rows with the same value one is asked."""
    if set(map(type, column)) <= _NEVER_EMPTY:
        return []
    values = dict(zip(map(id, column), column, strict=True))
    empty = {key for key, value in values.items() if type(value) is not Unread and is_empty(value)}
    return [at for at, key in enumerate(map(id, column)) if key in empty] if empty else []


class TableReading(Columns):
    """The groups of a table while they are read: `groups` has one for every row of it, numbered from `first`."""

    def __init__(
        self,
        reading: InputReading,
        group_type: GroupType,
        path: str,
        table: Table,
        parent: GroupReading,
        first: int,
    ) -> None:
        paths = (f"{path}[{number}]" for number in range(first, first + len(table.rows)))
        super().__init__(group_type, paths, parent.group, reading.names, reading.kind.groups, reading.diagnostics)
        self.reading = reading
        self.path = path
        self.table = table
        self.parent = parent
        self.first = first
        self._columns = dict(_columns(table, group_type))
        self._rows: dict[int, GroupReading] = {}

    @property
    def root(self) -> Group:
        """The root of the input."""
        return self.reading.root

    def in_one(self, at: int, name: str) -> object:
        """The value of a field in one row, read in the ordinary way. Raises InvalidValueError when it is refused."""
        return self._row(at).resolve(name)

    def refuse(self, path: str) -> None:
        """Take notice of a value that cannot be known."""
        self.reading.invalid.add(path)

    def _row(self, at: int) -> GroupReading:
        """One row as a group that is read in the ordinary way."""
        if at not in self._rows:
            self._rows[at] = self.parent.row(self.type, self.table.items[at], self.groups[at])
        return self._rows[at]

    def column_of(self, field: Field) -> list[object]:
        """What is written in each row, or else what stands in for it; or what is computed."""
        if field.computed:
            return self.computed(field, field.computed)
        column = self._columns.get(field.name)
        given = self.same(None)
        if column is None:
            found = self._others(field)
        else:
            given = found = self._given(field, column)
            if any(map(is_, given, repeat(None))):
                found = [other if one is None else one for one, other in zip(given, self._others(field), strict=True)]
        if field.applies is None:
            return found
        applies = self.formulas.conditions(field.applies)
        blanks = self.blanks(field)
        if column is None and applies.count(False) == len(applies):
            return blanks
        if applies.count(True) == len(applies):
            return found
        return [
            value
            if answer is True or (answer is REFUSED and one is not None)
            else empty
            if answer is False and one is None
            else REFUSED
            if answer is REFUSED
            else LATER
            for answer, one, value, empty in zip(applies, given, found, blanks, strict=True)
        ]

    def _given(self, field: Field, column: int) -> list[object]:
        """The values of the cells of a column: None for a blank one, LATER where there is something to say of it."""
        if column == _INSIDE or not self.groups:
            return self.same(LATER)
        sheet, rows, written, made = self.table.sheet, self.table.rows, self.table.values(column), field.type
        special = any((row, column) in known for known in (sheet.percents, sheet.months) if known for row in rows)
        if special or not isinstance(made, NumberType | AmountType):
            return self._cells(field, column, rows, written, special=special)
        found = _numbers(made, written)
        others = [at for at, one in enumerate(written) if type(one) not in _NUMBERS]
        if others:
            cells = self._cells(field, column, [rows[at] for at in others], [written[at] for at in others])
            for at, value in zip(others, cells, strict=True):
                found[at] = value
        return found

    def _cells(
        self, field: Field, column: int, rows: Sequence[int], written: list[object], *, special: bool = False
    ) -> list[object]:
        """The values of a column's cells in some rows; `special` when what their formats show counts, too."""
        from docgen.sources.workbook import as_scalar  # which only a run with a workbook has loaded
        from docgen.sources.workbooks.formats import Shown

        sheet, types, keys = self.table.sheet, set(map(type, written)), written
        place = sheet.place(rows[0], column)
        if special or not types <= _WRITTEN_ALIKE or {int, bool} <= types:
            # 1, True, 1.0 and a cell that shows 100 % would be one key, but are not one value
            keys = [
                value if type(value) is str else (type(value), str(value), sheet.shown(row, column))
                for row, value in zip(rows, written, strict=True)
            ]
        read, made = self._reader(field), field.type
        text = made if isinstance(made, TextType) and type(made).read is TextType.read else None
        known: dict[object, object] = {}
        for key, value in dict(zip(keys, written, strict=True)).items():
            if text is not None and isinstance(value, str):
                known[key] = text.made(value) if value.strip() else None
                continue
            scalar = as_scalar(value, place, key[2] if isinstance(key, tuple) else Shown.NUMBER)
            known[key] = None if is_blank(scalar) else read(scalar)
        return list(map(known.__getitem__, keys))

    def _reader(self, field: Field) -> Callable[[Scalar], object]:
        """What makes the value of a cell; LATER when there is something to say of it."""
        made = field.type
        if isinstance(made, ReferenceType):
            told = len(self.findings)
            try:
                targets = self.parent.known_targets(made.target, self.type)
            except InvalidValueError:
                unknown = LATER if told < len(self.findings) else REFUSED
                return lambda scalar: unknown
            return lambda scalar: targets.get(scalar.text.strip(), LATER)
        if not isinstance(made, ScalarType):
            return lambda scalar: LATER
        findings: list[Diagnostic] = []
        at = At(self.path, field.name, self.reading.today, findings, self.reading.surroundings, field.label)

        def read(scalar: Scalar) -> object:
            value = made.read(scalar, at)
            if not findings:
                return LATER if value is None else value
            findings.clear()
            return LATER

        return read

    def _others(self, field: Field) -> list[object]:
        """What stands in for blank cells: the default, or nothing."""
        if field.default is not None:
            default = self._reader(field)(field.default) if isinstance(field.default, Scalar) else LATER
            return self.same(default)
        return self.same(LATER) if field.required is True else self.blanks(field)

    def lacking(self) -> list[tuple[GroupReading, list[Field]]]:
        """The fields that are empty although their condition says that they are required, row by row."""
        flagged = {at for at, row in self._rows.items() if row.unsure}
        for field in self.type.fields.values():
            if not isinstance(field.required, Formula) or field.computed:
                continue
            applies = self.formulas.conditions(field.applies) if field.applies else self.same(True)
            required = self.formulas.conditions(field.required)
            if required.count(False) == len(required):
                continue
            for at in _empty_rows(self.column(field.name)):
                if required[at] not in (False, REFUSED) and applies[at] is not False:
                    self._row(at).doubt(field, field.required)
                    flagged.add(at)
        found = []
        for at in sorted(flagged):
            for row, fields in self._row(at).lacking():
                found.append((row, fields))
                for field in fields:  # they are missing now: what reads them cannot be known
                    self.withdraw(field.name, at)
        return found

    def place(self, number: int, name: str) -> Place | None:
        """Where the value of a field in the row with a number was written; "" is the row itself."""
        at = number - self.first
        if not 0 <= at < len(self.groups):
            return None
        table, row = self.table, self.table.rows[at]
        if not name:
            return table.mapping(row).place
        column, field = self._columns.get(name), self.type.fields.get(name)
        applies = True if field is None or field.applies is None else self.formulas.conditions(field.applies)[at]
        if column and not is_blank(table.sheet.scalar(row, column)):
            return table.sheet.place(row, column) if applies is not False else None
        if field is not None and field.default is not None and applies is True:
            return field.default.place
        return table.sheet.place(row, column) if column else None

    def paths(self) -> Iterator[str]:
        """The paths of the rows and of what is written in them."""
        for number, group in enumerate(self.groups, self.first):
            yield group.sti
            yield from (f"{group.sti}.{name}" for name in self.type.fields if self.place(number, name) is not None)
