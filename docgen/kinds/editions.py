"""One edition of a record: what it may not show is taken out before anything else sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from docgen.diagnostics import Diagnostic, DocgenError
from docgen.kinds.composite_fields import GroupFieldType, Hiding, ListType, ReferenceType
from docgen.kinds.computing import blank, computed, group_scope, outer_scope, run_names
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.model import Edition
from docgen.kinds.record import INVALID, Group, InvalidValueError, Record, path_of
from docgen.templating.expression import ExpressionError


def select_edition(record: Record, name: str | None) -> Record:
    """The record as the edition of that name (by default the first one) shows it.

    A field that the edition leaves out is empty everywhere, elements of lists are hidden as `skjul` says, and every
    computed field is computed again from what is left. Raises DocgenError: DG306 (exit code 2) when there is no such
    edition, otherwise the faults of expressions that cannot be evaluated any more.
    """
    edition = record.kind.edition(name)
    if edition is None or not (edition.without or edition.values):
        return record
    selection = _Selection(record, edition)
    values = selection.select()
    if selection.faults:
        raise DocgenError(selection.faults)
    return replace(record, values=values)


class _Selection:
    """A record while an edition of it is made; `made` finds the new group of an old one."""

    def __init__(self, record: Record, edition: Edition) -> None:
        self.record = record
        self.kind = record.kind
        self.edition = edition
        self.faults: list[Diagnostic] = []
        self.groups: list[_GroupSelection] = []
        self.made: dict[int, Group] = {}
        self.names = run_names(self.kind, edition, record.profile, _NO_DAY)
        self.root: Group

    def select(self) -> Group:
        first = _GroupSelection(self, self.record.values, "", None)
        self.root = first.group
        for group in self.groups:  # grows while it is walked
            for name in group.group.declared:
                group.try_to_make(name)
        for group in self.groups:
            group.group.settle()
        return self.root
