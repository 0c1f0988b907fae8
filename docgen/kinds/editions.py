"""One edition of a record: what it may not show is taken out before anything else sees it."""

from __future__ import annotations

import re

from docgen.diagnostics import Diagnostic, DocgenError, FilePlace
from docgen.kinds.composite_fields import GroupFieldType, Hiding, ListType, ReferenceType
from docgen.kinds.computing import blank, computed, condition, group_scope, outer_scope, run_names
from docgen.kinds.disclosure import GROUPING
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.model import Edition
from docgen.kinds.record import INVALID, Group, InvalidValueError, Record, path_of

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
    selection = _Selection(record, edition)
    values = selection.select()
    if selection.faults:
        raise DocgenError(selection.faults)
    return record._replace(values=values)


class _Selection:
    """A record while an edition of it is made; `made` finds the new group of an old one, hidden ones have none."""

    def __init__(self, record: Record, edition: Edition) -> None:
        self.record = record
        self.kind = record.kind
        self.without = edition.without
        self.names = run_names(record.kind, edition, record.profile, record.today)
        self.faults: list[Diagnostic] = []
        self.groups: list[_GroupSelection] = []
        self.made: dict[int, Group] = {}
        self.root = record.values

    def select(self) -> Group:
        """The new root group."""
        first = _GroupSelection(self, self.record.values, None, None)
        self.root = first.group
        for group in self.groups:  # grows while it is walked
            for name in group.group.declared:
                group.try_to_make(name)
        for group in self.groups:
            group.group.settle()
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


class _GroupSelection:
    """One group while its new form is made; `hiding` is set for an element that the edition may not show."""

    def __init__(self, selection: _Selection, old: Group, parent: Group | None, hiding: Hiding | None) -> None:
        self.selection = selection
        self.old = old
        self.parent = parent
        self.hiding = hiding
        self.group = Group(old.sti, old.declared, key=old.key, resolve=lambda _, name: self._make(name))
        selection.made[id(old)] = self.group
        selection.groups.append(self)

    def try_to_make(self, name: str) -> None:
        """Make the value of a field, unless it is there already or cannot be known."""
        try:
            self.group[name]
        except InvalidValueError:
            return

    def _make(self, name: str) -> object:
        value = self._value(self.old.declared[name], path_of(self.old.sti, name))
        if value is INVALID:
            raise InvalidValueError(path_of(self.old.sti, name))
        self.group[name] = value
        return value

    def _value(self, field: Field, path: str) -> object:
        selection = self.selection
        if self.hiding is not None and field.name in self.hiding.replace:
            return self.hiding.replace[field.name]
        if field.access in selection.without:
            return blank(field.type, path, selection.kind.groups)
        if self.hiding is not None and field.name in self.hiding.keep:
            return self._shown(field.type, self.old[field.name])
        if field.computed:
            if self.hiding is None and field.computed.expression.is_call_of(GROUPING):
                return self.old[field.name]  # what it gives may be shown although what it counts may not
            scope = group_scope(self.group, self.parent, selection.root, selection.names)
            return computed(field, field.computed, scope, path, selection.kind.groups, selection.faults)
        if self.hiding is not None:
            return blank(field.type, path, selection.kind.groups)
        return self._shown(field.type, self.old[field.name])

    def _shown(self, made: FieldType, value: object) -> object:
        """An old value as the edition shows it."""
        if isinstance(made, GroupFieldType) and isinstance(value, Group):
            return _GroupSelection(self.selection, value, self.group, None).group
        if isinstance(made, ReferenceType) and isinstance(value, Group):
            return self.selection.new_of(value)
        if isinstance(made, ListType) and isinstance(value, list):
            shown = [self._element(made, element) for element in value]
            return [element for element in shown if element is not None]
        return value

    def _element(self, made: ListType, element: object) -> object:
        hiding = made.hiding
        if hiding is None or not self._is_hidden(hiding, element):
            if isinstance(made.element, GroupFieldType) and isinstance(element, Group):
                return _GroupSelection(self.selection, element, self.group, None).group
            return self._shown(made.element, element)
        if isinstance(element, Group) and (hiding.keep or hiding.replace):
            return _GroupSelection(self.selection, element, self.group, hiding).group
        return None

    def _is_hidden(self, hiding: Hiding, element: object) -> bool:
        """Whether the edition may not show the element; one of which that cannot be known is hidden."""
        if hiding.access not in self.selection.without:
            return False
        if hiding.applies is None:
            return True
        selection = self.selection
        scope = outer_scope(selection.record.values, selection.names, den=element, over=self.old)
        path = element.sti if isinstance(element, Group) else self.old.sti
        return condition(hiding.applies, scope, path, selection.faults) is not False
