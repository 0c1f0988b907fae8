"""Rows of a list that stand in a sheet, read column by column: every different value of a column once.

What is plainly fine is read this way. What there is something to say of (a value that is refused, a condition that
cannot be told) is left to the ordinary way of reading a group, row by row; so both ways give the same values and
findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from types import NoneType
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, Place
from docgen.kinds.composite_fields import GroupFieldType, ListType, ReferenceType
from docgen.kinds.computing import blank
from docgen.kinds.fields import At, Field, ScalarType, UnfitError
from docgen.kinds.file_fields import ExcerptType
from docgen.kinds.model import Formula, GroupType
from docgen.kinds.number_fields import AmountType, NumberType
from docgen.kinds.record import Group, is_empty
from docgen.kinds.short_forms import is_blank
from docgen.kinds.table_formulas import LATER, Formulas
from docgen.kinds.text_fields import TextType
from docgen.sources import Scalar, Table

if TYPE_CHECKING:
    from docgen.kinds.group_reading import GroupReading
    from docgen.kinds.input_reading import InputReading

_INSIDE = 0  # in place of the column of a group inside, which has several


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
    """The values of numbers, None for an empty cell; whole ones are likely to be there again, and told apart fast."""

    def value(number: int | Decimal) -> object:
        found = made.of(number)
        return LATER if found is None else found

    whole = {number: value(number) for number in {one for one in written if isinstance(one, int)}}
    return [value(one) if isinstance(one, Decimal) else whole[one] if isinstance(one, int) else None for one in written]


class TableReading:
    """The groups of a table while they are read: `groups` has one for every row of it."""

    def __init__(
        self, reading: InputReading, group_type: GroupType, path: str, table: Table, parent: GroupReading
    ) -> None:
        self.reading = reading
        self.type = group_type
        self.path = path
        self.table = table
        self.parent = parent
        self.formulas = Formulas(self)
        fields, key = group_type.fields, group_type.key
        self.groups = [
            Group(f"{path}[{number}]", fields, key=key, resolve=self._resolve)
            for number in range(1, len(table.rows) + 1)
        ]
        self._columns = dict(_columns(table, group_type))
        self._values: dict[str, list[object]] = {}
        self._later: dict[str, set[int]] = {}
        self._rows: dict[int, GroupReading] = {}
        self._pending: set[str] = set()
        self.alike: set[str] = set()  # the fields that have one and the same value in all rows

    def _resolve(self, group: Group, name: str) -> object:
        """The value of a field in one row, when it is first asked for. Raises InvalidValueError when it is refused."""
        at = int(group.sti[len(self.path) + 1 : -1]) - 1
        value = self.column(name)[at]
        if value is LATER:
            return self._row(at).resolve(name)
        # whoever asks for it in one row asks for it in others
        for other, one in zip(self.groups, self._own_lists(self.type.fields[name]), strict=True):
            if one is not LATER:
                other.setdefault(name, one)
        return group[name]

    def _row(self, at: int) -> GroupReading:
        """One row as a group that is read in the ordinary way."""
        if at not in self._rows:
            self._rows[at] = self.parent.row(self.type, self.table.items[at], self.groups[at])
        return self._rows[at]

    def column(self, name: str) -> list[object]:
        """The values of a field in all rows, LATER where the ordinary way has to read them."""
        if name in self._values:
            return self._values[name]
        if name in self._pending:  # it depends on itself
            return [LATER] * len(self.groups)
        self._pending.add(name)
        try:
            field = self.type.fields[name]
            found = self._computed(field, field.computed) if field.computed else self._written(field)
        finally:
            self._pending.discard(name)
        different = set(map(id, found))
        if len(different) == 1:
            self.alike.add(name)
        self._later[name] = {at for at, one in enumerate(found) if one is LATER} if id(LATER) in different else set()
        self._values[name] = found
        return found

    def _withdraw(self, name: str, at: int) -> None:
        """Take back the value of a field in one row."""
        self.column(name)[at] = LATER
        self._later[name].add(at)
        self.alike.discard(name)
        self.formulas.forget_parts(name)

    def _computed(self, field: Field, formula: Formula) -> list[object]:
        made = field.type
        if isinstance(made, ListType) and isinstance(made.element, GroupFieldType):
            return [LATER] * len(self.groups)

        def finish(value: object) -> object:
            try:
                return None if is_empty(value) and not isinstance(made, ListType) else made.accept(value)
            except UnfitError:
                return LATER

        return self.formulas.column(formula, finish, field.name)

    def _written(self, field: Field) -> list[object]:
        """What is written in each row, or else what stands in for it."""
        column = self._columns.get(field.name)
        given: Sequence[object] = [None] * len(self.groups)
        found = self._others(field)
        if column is not None:
            given = self._given(field, column)
            found = [other if one is None else one for one, other in zip(given, found, strict=True)]
        if field.applies is None:
            return found
        applies = self.formulas.conditions(field.applies)
        blanks = self._blanks(field)
        if column is None and applies.count(False) == len(applies):
            return blanks
        return [
            value if answer is True else empty if answer is False and one is None else LATER
            for answer, one, value, empty in zip(applies, given, found, blanks, strict=True)
        ]

    def _given(self, field: Field, column: int) -> list[object]:
        """The values of the cells of a column: None for a blank one, LATER where there is something to say of it."""
        from docgen.sources.workbook import as_scalar  # which only a run with a workbook has loaded
        from docgen.sources.workbooks.formats import Shown

        if column == _INSIDE or not self.groups:
            return [LATER] * len(self.groups)
        sheet, rows = self.table.sheet, self.table.rows
        written, place = self.table.values(column), sheet.place(rows[0], column)
        special = any((row, column) in known for known in (sheet.percents, sheet.months) if known for row in rows)
        made, plain = field.type, set(map(type, written)) <= {int, Decimal, NoneType}
        if plain and not special and isinstance(made, NumberType | AmountType):
            return _numbers(made, written)
        # 1, True and a cell that shows 100 % would be one key, but are not one value
        keys = [
            value if type(value) is str else (type(value), value, sheet.shown(row, column).value if special else "")
            for row, value in zip(rows, written, strict=True)
        ]
        read = self._reader(field)
        text = made if isinstance(made, TextType) and type(made).read is TextType.read else None
        known: dict[object, object] = {}
        for key in set(keys):
            if text is not None and isinstance(key, str):
                known[key] = text.made(key) if key.strip() else None
                continue
            _, value, shown = key if isinstance(key, tuple) else (str, key, "")
            scalar = as_scalar(value, place, Shown(shown or Shown.NUMBER))
            known[key] = None if is_blank(scalar) else read(scalar)
        return list(map(known.__getitem__, keys))

    def _reader(self, field: Field) -> Callable[[Scalar], object]:
        """What makes the value of a cell; LATER when there is something to say of it."""
        made = field.type
        if isinstance(made, ReferenceType):
            targets = self.parent.known_targets(made.target, self.type) or {}
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
            return [default] * len(self.groups)
        return [LATER] * len(self.groups) if field.required is True else self._blanks(field)

    def _blanks(self, field: Field) -> list[object]:
        if isinstance(field.type, GroupFieldType):
            kinds = self.reading.kind.groups
            return [blank(field.type, f"{group.sti}.{field.name}", kinds) for group in self.groups]
        return [[] if isinstance(field.type, ListType) else None] * len(self.groups)

    def force(self) -> None:
        """Make every value, unless it is there already or was refused."""
        for name in self.type.fields:
            self.column(name)
        later = sorted(set().union(*self._later.values()))
        for at in later:
            for name in self.type.fields:
                if at in self._later[name]:
                    self._row(at).try_to_read(name)

    def lacking(self) -> list[tuple[GroupReading, list[Field]]]:
        """The fields that are empty although their condition says that they are required, row by row."""
        flagged = {at for at, row in self._rows.items() if row.unsure}
        for field in self.type.fields.values():
            if not isinstance(field.required, Formula) or field.computed:
                continue
            applies = self.formulas.conditions(field.applies) if field.applies else [True] * len(self.groups)
            required = self.formulas.conditions(field.required)
            if required.count(False) == len(required):
                continue
            for at, value in enumerate(self.column(field.name)):
                if required[at] is not False and applies[at] is not False and value is not LATER and is_empty(value):
                    self._row(at).doubt(field, field.required)
                    flagged.add(at)
        found = []
        for at in sorted(flagged):
            for row, fields in self._row(at).lacking():
                found.append((row, fields))
                for field in fields:  # they are missing now: what reads them cannot be known
                    self._withdraw(field.name, at)
        return found

    def forget_computed(self) -> None:
        """Forget what was computed: values that it was computed from have turned out to be missing."""
        self.formulas.forget()
        for field in self.type.fields.values():
            if field.computed:
                self._values.pop(field.name, None)
                self.alike.discard(field.name)
                for group in self.groups:
                    group.pop(field.name, None)

    def settle(self) -> None:
        """Put the values into the groups, in the order of the fields, and stop making new ones."""
        later = set().union(*self._later.values())
        columns = {name: self._own_lists(field) for name, field in self.type.fields.items()}
        same = {name: column[0] if name in self.alike else None for name, column in columns.items() if column}
        others = [
            name for name, column in columns.items() if column is not self._values[name] or name not in self.alike
        ]
        rows = zip(*map(columns.__getitem__, others), strict=True) if others else [()] * len(self.groups)
        for at, (group, values) in enumerate(zip(self.groups, rows, strict=True)):
            if at in later:
                for name in columns:
                    if columns[name][at] is not LATER:
                        group.setdefault(name, columns[name][at])
                group.settle()
            else:
                group.clear()
                group.update(same)  # all names in order, most of them with what every row has
                group.update(zip(others, values, strict=True))
                group.resolve = None

    def _own_lists(self, field: Field) -> list[object]:
        """The column of a field with a list of its own for every row: an empty one is shared while it is read."""
        column = self.column(field.name)
        if not isinstance(field.type, ListType):
            return column
        return [list(value) if isinstance(value, list) else value for value in column]

    def place(self, at: int, name: str) -> Place | None:
        """Where the value of a field in one row was written; "" is the row itself."""
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
        for at, group in enumerate(self.groups):
            yield group.sti
            yield from (f"{group.sti}.{name}" for name in self.type.fields if self.place(at, name) is not None)
