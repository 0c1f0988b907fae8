"""Many groups of one type made column by column: the value of a field for all of them, when one asks for it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from itertools import repeat
from operator import is_

from docgen.diagnostics import Diagnostic
from docgen.kinds.composite_fields import GroupFieldType, ListType
from docgen.kinds.computing import blank
from docgen.kinds.fields import Field
from docgen.kinds.model import Formula, GroupType
from docgen.kinds.record import Group, InvalidValueError, path_of
from docgen.kinds.table_formulas import LATER, REFUSED, Formulas, Unread


class Columns:
    """The groups at `paths` while they are made: `groups` has one for every row.

    `over` is the group around them, `names` are those of the run. `findings` is where it is told what there is to say.
    `alike` are the fields that have one and the same value in all rows.
    """

    def __init__(
        self,
        group_type: GroupType,
        paths: Iterable[str],
        over: Group | None,
        names: Mapping[str, object],
        kinds: Mapping[str, GroupType],
        findings: list[Diagnostic],
    ) -> None:
        self.type = group_type
        self.over = over
        self.names = names
        self.kinds = kinds
        self.findings = findings
        self.formulas = Formulas(self)
        fields, key = group_type.fields, group_type.key
        self.groups = [Group(path, fields, key=key, resolve=self._resolve) for path in paths]
        self.alike: set[str] = set()
        self._rows_of: dict[int, int] = {}  # the row of each group, by its identity
        self._sames: dict[int, list[object]] = {}
        self.no_list: list[object] = []  # of which every row gets one of its own
        self._values: dict[str, list[object]] = {}
        self._unread: dict[str, set[int]] = {}  # the rows in which a field has no value
        self._pending: set[str] = set()

    @property
    def root(self) -> Group:
        """The root group, whose fields the formulas of the rows may name."""
        raise NotImplementedError

    def column_of(self, field: Field) -> list[object]:
        """The values of a field in all rows; LATER or REFUSED where there is none."""
        raise NotImplementedError

    def in_one(self, at: int, name: str) -> object:
        """The value of a field in one row, made in the ordinary way. Raises InvalidValueError when it is refused."""
        raise NotImplementedError

    def refuse(self, path: str) -> None:
        """Take notice of a value that cannot be known."""

    def _resolve(self, group: Group, name: str) -> object:
        """The value of a field in one row, when it is first asked for. Raises InvalidValueError when it is refused."""
        if not self._rows_of:
            self._rows_of = {id(one): at for at, one in enumerate(self.groups)}
        at = self._rows_of[id(group)]
        value = self.column(name)[at]
        if value is LATER:
            return self.in_one(at, name)
        if value is REFUSED:
            raise InvalidValueError(path_of(group.sti, name))
        # whoever asks for it in one row asks for it in others
        values = self._own_lists(self.type.fields[name])
        if not self._unread[name]:
            deque(map(dict.setdefault, self.groups, repeat(name), values), maxlen=0)
            return group[name]
        for other, one in zip(self.groups, values, strict=True):
            if type(one) is not Unread:
                other.setdefault(name, one)
        return group[name]

    def column(self, name: str) -> list[object]:
        """The values of a field in all rows; LATER where the ordinary way has to make them, or REFUSED."""
        if name in self._values:
            return self._values[name]
        if name in self._pending:  # it depends on itself
            return self.same(LATER)
        self._pending.add(name)
        try:
            found = self.column_of(self.type.fields[name])
        finally:
            self._pending.discard(name)
        if found and (found is self._sames.get(id(found[0])) or all(map(is_, found, repeat(found[0])))):
            self.alike.add(name)
        types = set(map(type, found[:1] if name in self.alike else found))
        self._unread[name] = {at for at, one in enumerate(found) if type(one) is Unread} if Unread in types else set()
        self._values[name] = found
        return found

    def computed(self, field: Field, formula: Formula) -> list[object]:
        """The values of a field that its formula gives."""
        made = field.type
        if isinstance(made, ListType) and isinstance(made.element, GroupFieldType):
            return self.same(LATER)
        return self.formulas.column(formula, field)

    def same(self, value: object) -> list[object]:
        """A column with one value in all rows; fields that have the same may share it."""
        if id(value) not in self._sames:
            self._sames[id(value)] = [value] * len(self.groups)
        return self._sames[id(value)]

    def blanks(self, field: Field) -> list[object]:
        """A column in which nothing was given."""
        if isinstance(field.type, GroupFieldType):
            return [blank(field.type, path_of(group.sti, field.name), self.kinds) for group in self.groups]
        return self.same(self.no_list if isinstance(field.type, ListType) else None)

    def withdraw(self, name: str, at: int) -> None:
        """Take back the value of a field in one row."""
        self._values[name] = list(self.column(name))  # which others may share
        self._values[name][at] = LATER
        self._unread[name].add(at)
        self.alike.discard(name)
        self.formulas.forget_parts(name)

    def forget_computed(self) -> None:
        """Forget what was computed: values that it was computed from have turned out to be missing."""
        self.formulas.forget()
        for field in self.type.fields.values():
            if field.computed:
                self._values.pop(field.name, None)
                self.alike.discard(field.name)
                for group in self.groups:
                    group.pop(field.name, None)

    def force(self) -> None:
        """Make every value, unless it is there already or was refused."""
        columns = {name: self.column(name) for name in self.type.fields}
        for at in sorted(set().union(*self._unread.values())):
            group = self.groups[at]
            for name, column in columns.items():
                if column[at] is REFUSED:
                    self.refuse(path_of(group.sti, name))
                elif column[at] is LATER and not group.has(name):
                    try:
                        self.in_one(at, name)
                    except InvalidValueError:
                        continue

    def settle(self) -> None:
        """Put the values into the groups, in the order of the fields, and stop making new ones."""
        nowhere = {name for name in self.alike if self._values[name][0] is REFUSED}
        columns = {name: self._own_lists(one) for name, one in self.type.fields.items() if name not in nowhere}
        later = set().union(*map(self._unread.__getitem__, columns))
        same = {name: column[0] if name in self.alike else None for name, column in columns.items() if column}
        others = [
            name for name, column in columns.items() if column is not self._values[name] or name not in self.alike
        ]
        rows = zip(*map(columns.__getitem__, others), strict=True) if others else [()] * len(self.groups)
        for at, (group, values) in enumerate(zip(self.groups, rows, strict=True)):
            if at in later:
                for name in columns:
                    if type(columns[name][at]) is not Unread:
                        group.setdefault(name, columns[name][at])
                group.settle()
            else:
                group.clear()
                group.update(same)  # all names in order, most of them with what every row has
                group.update(zip(others, values, strict=True))
                group.resolve = None

    def _own_lists(self, field: Field) -> list[object]:
        """The column of a field with a list of its own for every row: an empty one is shared while it is made."""
        column = self.column(field.name)
        if not isinstance(field.type, ListType):
            return column
        return [list(value) if isinstance(value, list) else value for value in column]
