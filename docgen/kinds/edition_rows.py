"""Many groups of a list as an edition shows them, column by column."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat
from typing import TYPE_CHECKING, Any

from docgen.kinds.columns import Columns
from docgen.kinds.composite_fields import GroupFieldType, ListType, ReferenceType
from docgen.kinds.computing import computed, group_scope
from docgen.kinds.disclosure import GROUPING
from docgen.kinds.fields import Field
from docgen.kinds.model import GroupType
from docgen.kinds.record import INVALID, Group, InvalidValueError, path_of
from docgen.kinds.table_formulas import REFUSED

if TYPE_CHECKING:
    from docgen.kinds.editions import Selection


class RowsSelection(Columns):
    """Many groups of a list, all of which are shown, while their new forms are made."""

    def __init__(self, selection: Selection, group_type: GroupType, olds: list[Any], over: Group) -> None:
        paths = (old.sti for old in olds)
        super().__init__(group_type, paths, over, selection.names, selection.kind.groups, selection.faults)
        self.selection = selection
        self.olds: list[Group] = olds
        selection.made.update(zip(map(id, olds), self.groups, strict=True))
        selection.groups.append(self)

    @property
    def root(self) -> Group:
        """The new root group."""
        return self.selection.root

    def column_of(self, field: Field) -> list[object]:
        """The values of a field as the edition shows them."""
        selection = self.selection
        if field.access in selection.without:
            return self.blanks(field)
        if field.computed and not field.computed.expression.is_call_of(GROUPING):
            return self.computed(field, field.computed)
        found: list[object] = list(map(dict.get, self.olds, repeat(field.name), repeat(REFUSED)))
        if isinstance(field.type, ReferenceType):
            known = {id(one): selection.shown(field.type, one, self.root, self.root) for one in _each_once(found)}
            return [known[id(one)] for one in found]
        if not field.computed and isinstance(field.type, GroupFieldType | ListType):
            rows = zip(found, self.olds, self.groups, strict=True)
            shown = selection.shown
            return [self.no_list if one == [] else shown(field.type, one, old, new) for one, old, new in rows]
        return found

    def in_one(self, at: int, name: str) -> object:
        """A computed value of one row. Raises InvalidValueError when it cannot be known."""
        group, field = self.groups[at], self.type.fields[name]
        path = path_of(group.sti, name)
        if field.computed is not None:
            scope = group_scope(group, self.over, self.root, self.names)
            value = computed(field, field.computed, scope, path, self.kinds, self.findings)
            if value is not INVALID:
                group[name] = value
                return value
        raise InvalidValueError(path)


def _each_once(values: list[object]) -> Iterable[object]:
    return dict(zip(map(id, values), values, strict=True)).values()
