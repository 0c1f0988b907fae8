"""One edition of a record: what it may not show is taken out before anything else sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, DocgenError, FilePlace
from docgen.kinds.composite_fields import GroupFieldType, Hiding, ListType, ReferenceType
from docgen.kinds.computing import blank, computed, condition, group_scope, outer_scope, run_names
from docgen.kinds.disclosure import GROUPING
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.model import Edition, Kind
from docgen.kinds.record import INVALID, Group, InvalidValueError, Record, path_of

if TYPE_CHECKING:
    from docgen.kinds.edition_rows import RowsSelection

_LONG = 100  # elements of a list
_STEP = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?")


def select_edition(record: Record, name: str | None) -> Record:
    """The record as the edition of that name (by default the first one) shows it.

    A field that the edition leaves out is empty everywhere, elements of lists are hidden as `skjul` says, and every
    computed field is computed again from what is left; paths stay those of the input. Raises DocgenError: DG306 (exit
    code 2) when there is no such edition, otherwise the faults of expressions that cannot be evaluated any more.
    """
    edition = record.kind.edition(name)
    return record if edition is None else _selected(record, edition)


def open_view(record: Record) -> tuple[Record, Edition]:
    """What no edition leaves out of the record: every field with a word of access is empty, every `skjul` is applied.

    The edition is the one that leaves most out, with every word of access. Raises DocgenError as `select_edition`.
    """
    kind = record.kind
    fields = [field for group in kind.groups.values() for field in group.fields.values()]
    words = {field.access for field in fields if field.access}
    words |= {made.hiding.access for field in fields if isinstance(made := field.type, ListType) and made.hiding}
    none = Edition("", "", frozenset(), {}, FilePlace(""))
    strictest = max(kind.editions.values(), key=lambda edition: len(edition.without), default=none)
    edition = strictest._replace(without=frozenset(words))
    return _selected(record, edition), edition


def _selected(record: Record, edition: Edition) -> Record:
    if edition.name == record.edition and not edition.without and _is_computed(record.values, record.kind):
        return record
    selection = Selection(record, edition)
    values = selection.select()
    if selection.faults:
        raise DocgenError(selection.faults)
    return record._replace(values=values)


def _is_computed(group: Group, kind: Kind) -> bool:
    """Whether all in a group of an input is computed that an edition computes: in groups left empty nothing is."""
    for name, field in group.declared.items():
        made, value = field.type, group.get(name)
        if isinstance(value, Group) and isinstance(made, GroupFieldType):
            if (not value and _computes(value.declared)) or not _is_computed(value, kind):
                return False
        elif value and isinstance(made, ListType) and isinstance(made.element, GroupFieldType):
            may_lack = not field.computed and _may_compute(made.element.group, kind, set())
            if may_lack:
                return False
    return True


def _may_compute(name: str, kind: Kind, seen: set[str]) -> bool:
    """Whether groups of a type may hold single groups that have computed fields."""
    seen.add(name)
    for field in kind.groups[name].fields.values():
        made = field.type.element if isinstance(field.type, ListType) else field.type
        if isinstance(made, GroupFieldType) and not field.computed:
            if made is field.type and _computes(kind.groups[made.group].fields):
                return True
            if made.group not in seen and _may_compute(made.group, kind, seen):
                return True
    return False


def _computes(fields: Mapping[str, Field]) -> bool:
    return any(field.computed for field in fields.values())


class Selection:
    """A record while an edition of it is made; `made` finds the new group of an old one, hidden ones have none."""

    def __init__(self, record: Record, edition: Edition) -> None:
        self.record = record
        self.kind = record.kind
        self.without = edition.without
        self.names = run_names(record.kind, edition, record.profile, record.today)
        self.faults: list[Diagnostic] = []
        self.groups: list[_GroupSelection | RowsSelection] = []
        self.made: dict[int, Group] = {}
        self.root = record.values

    def select(self) -> Group:
        """The new root group."""
        first = _GroupSelection(self, self.record.values, None, None)
        self.root = first.group
        for group in self.groups:  # grows while it is walked
            group.force()
        for group in self.groups:
            group.settle()
        return self.root

    def new_of(self, old: Group) -> Group | None:
        """The new group in place of an old one; None when it, or what holds it, is hidden."""
        here: Group | None = self.record.values
        for step in _STEP.finditer(old.sti):
            new = self.made.get(id(here))
            if here is None or new is None:
                return None
            new[step[1]]  # makes the groups in it
            found = here[step[1]]
            if isinstance(found, list):
                found = found[int(step[2]) - 1]
            here = found if isinstance(found, Group) else None
        return self.made.get(id(here))

    def shown(self, made: FieldType, value: object, old: Group, new: Group) -> object:
        """A value of the group `old` as the edition shows it in `new`."""
        if isinstance(made, GroupFieldType) and isinstance(value, Group):
            return _GroupSelection(self, value, new, None).group
        if isinstance(made, ReferenceType) and isinstance(value, Group):
            return self.new_of(value)
        if isinstance(made, ListType) and isinstance(value, list):
            return list(self._elements(made, value, old, new))
        return value

    def _elements(self, made: ListType, values: list[object], old: Group, new: Group) -> Iterator[object]:
        hiding = made.hiding if made.hiding and made.hiding.access in self.without else None
        hidden = [hiding is not None and self._is_hidden(hiding, one, old) for one in values]
        kept = hiding is not None and bool(hiding.keep or hiding.replace)
        if isinstance(made.element, GroupFieldType) and len(values) > _LONG and not (kept and any(hidden)):
            from docgen.kinds.edition_rows import RowsSelection  # few inputs have long lists

            shown = [one for one, is_hidden in zip(values, hidden, strict=True) if not is_hidden]
            yield from RowsSelection(self, self.kind.groups[made.element.group], shown, new).groups
            return
        for element, is_hidden in zip(values, hidden, strict=True):
            if not is_hidden:
                yield self.shown(made.element, element, old, new)
            elif kept and isinstance(element, Group):
                yield _GroupSelection(self, element, new, hiding).group

    def _is_hidden(self, hiding: Hiding, element: object, old: Group) -> bool:
        """Whether the edition may not show the element; one of which that cannot be known is hidden."""
        if hiding.applies is None:
            return True
        scope = outer_scope(self.record.values, self.names, den=element, over=old)
        path = element.sti if isinstance(element, Group) else old.sti
        return condition(hiding.applies, scope, path, self.faults) is not False


class _GroupSelection:
    """One group while its new form is made; `hiding` is set for an element that the edition may not show."""

    def __init__(self, selection: Selection, old: Group, parent: Group | None, hiding: Hiding | None) -> None:
        self.selection = selection
        self.old = old
        self.parent = parent
        self.hiding = hiding
        self.group = Group(old.sti, old.declared, key=old.key, resolve=lambda _, name: self._make(name))
        self.refused: set[str] = set()
        selection.made[id(old)] = self.group
        selection.groups.append(self)

    def force(self) -> None:
        """Make the value of every field, unless it is there already or cannot be known."""
        for name in self.group.declared:
            try:
                self.group[name]
            except InvalidValueError:
                continue

    def settle(self) -> None:
        """Put the values in the order of the fields, and stop making new ones."""
        self.group.settle()

    def _make(self, name: str) -> object:
        path = path_of(self.old.sti, name)
        value = INVALID if name in self.refused else self._value(self.old.declared[name], path)
        if value is INVALID:
            self.refused.add(name)
            raise InvalidValueError(path)
        self.group[name] = value
        return value

    def _value(self, field: Field, path: str) -> object:
        selection = self.selection
        if self.hiding is not None and field.name in self.hiding.replace:
            return self.hiding.replace[field.name]
        if field.access in selection.without:
            return blank(field.type, path, selection.kind.groups)
        if self.hiding is not None and field.name in self.hiding.keep:
            return selection.shown(field.type, self.old[field.name], self.old, self.group)
        if field.computed:
            if self.hiding is None and field.computed.expression.is_call_of(GROUPING):
                return self.old[field.name]  # what it gives may be shown although what it counts may not
            scope = group_scope(self.group, self.parent, selection.root, selection.names)
            return computed(field, field.computed, scope, path, selection.kind.groups, selection.faults)
        if self.hiding is not None:
            return blank(field.type, path, selection.kind.groups)
        return selection.shown(field.type, self.old[field.name], self.old, self.group)
