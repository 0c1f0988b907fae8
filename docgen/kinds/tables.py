"""The lists of a record as tables: what a workbook shows of an edition, as `regneark` says or as the fields are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docgen.danish.quantities import Amount
from docgen.diagnostics import Diagnostic, DocgenError
from docgen.kinds.arrangement import BUILTIN_NAMES
from docgen.kinds.composite_fields import GroupFieldType, ListType
from docgen.kinds.computing import group_scope, outer_scope, run_names
from docgen.kinds.fields import Field
from docgen.kinds.model import Edition, Formula, GroupType, Kind, TableBook, TableSheet
from docgen.kinds.record import Group, InvalidValueError, Record, Scope, is_empty
from docgen.kinds.sections import document_texts
from docgen.kinds.table_definitions import LONGEST_TITLE
from docgen.templating.expression import ExpressionError


class Table(NamedTuple):
    """One table: `totals` are the columns, counted from 0, that get a sum below the rows."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    totals: tuple[int, ...] = ()


def has_tables(kind: Kind) -> bool:
    """Whether there is anything that a workbook could show."""
    return kind.tables is not None or any(_lists(kind, kind.root, ()))


def tables_of(record: Record, edition: Edition | None) -> tuple[Mapping[str, object], list[Table]]:
    """The lines of the front sheet and the tables of a record, which the edition was selected of before.

    A table without rows is left out, and so is a column in which nothing stands. Without `regneark` every list of
    groups is a table, but for one of which the edition hides elements: what of them may be shown, only the kind knows.
    Raises DocgenError with every expression that cannot be evaluated.
    """
    kind = record.kind
    book = kind.tables or TableBook({}, tuple(_by_default(kind, edition)))
    making = _Making(record, edition)
    front = {label: making.value(formula, making.scope, "") for label, formula in book.front.items()}
    found = [table for sheet in book.sheets if (table := making.table(sheet)) is not None]
    if making.faults:
        raise DocgenError(making.faults)
    return {label: value for label, value in front.items() if not is_empty(value)}, found


def _by_default(kind: Kind, edition: Edition | None) -> Iterator[TableSheet]:
    without = edition.without if edition else frozenset()
    for steps in _lists(kind, kind.root, ()):
        made = steps[-1].type
        hidden = isinstance(made, ListType) and made.hiding and made.hiding.access in without
        if not hidden and not any(step.access in without for step in steps):
            title = " - ".join(step.label for step in steps)
            yield TableSheet(
                title if len(title) <= LONGEST_TITLE else steps[-1].label,
                tuple(step.name for step in steps),
                steps[-1].place,
            )


def _lists(kind: Kind, group: GroupType, around: tuple[Field, ...]) -> Iterator[tuple[Field, ...]]:
    """The lists of groups that an input fills in, each after the single groups around it."""
    for field in group.fields.values():
        if field.computed or field.name in BUILTIN_NAMES:
            continue
        if isinstance(field.type, ListType) and isinstance(field.type.element, GroupFieldType):
            yield (*around, field)
        elif isinstance(field.type, GroupFieldType):
            yield from _lists(kind, kind.groups[field.type.group], (*around, field))


class _Making:
    """The tables of one record while they are made; faults are collected."""

    def __init__(self, record: Record, edition: Edition | None) -> None:
        self.record = record
        self.names = run_names(record.kind, edition, record.profile, record.today)
        self.faults: list[Diagnostic] = []
        scope = outer_scope(record.values, self.names)
        self.names["dokument"] = document_texts(record, edition, scope, self.faults)
        self.scope = outer_scope(record.values, self.names)

    def value(self, formula: Formula | None, scope: Scope, path: str) -> object:
        """The value of an expression; True where there is none, None after its fault was told."""
        try:
            return True if formula is None else formula.value(scope)
        except InvalidValueError:
            return None
        except ExpressionError as fault:
            if formula is not None:
                self.faults.append(formula.fault(fault, path))
            return None

    def table(self, sheet: TableSheet) -> Table | None:
        """The table of a sheet; None when it has no rows or does not apply."""
        if not self.value(sheet.applies, self.scope, ""):
            return None
        root = self.record.values
        found = ((one, group_scope(one, over, root, self.names)) for one, over in _elements(root, sheet.path))
        rows = [
            self._row(sheet, one, scope)
            for one, scope in found
            if not is_empty(one) and self.value(sheet.where, scope, one.sti)
        ]
        rows += [
            {heading: self.value(formula, self.scope, "") for heading, formula in extra.cells.items()}
            for extra in sheet.extra
            if self.value(extra.applies, self.scope, "")
        ]
        filled = {name for row in rows for name, value in row.items() if not is_empty(value)}
        headings = [name for name in dict.fromkeys(name for row in rows for name in row) if name in filled]
        if sheet.columns:
            headings = [one for one in sheet.columns if one in headings]
        if not headings:
            return None
        cells = tuple(tuple(row.get(heading) for heading in headings) for row in rows)
        totals = [at for at, heading in enumerate(headings) if _is_summed(sheet, heading, rows)]
        return Table(sheet.title, tuple(headings), cells, tuple(totals))

    def _row(self, sheet: TableSheet, element: Group, scope: Scope) -> dict[str, object]:
        if sheet.columns:
            return {heading: self.value(one, scope, element.sti) for heading, one in sheet.columns.items()}
        return dict(_plain_cells(element, ""))


def _elements(holder: Group, path: tuple[str, ...]) -> Iterator[tuple[Group, Group]]:
    """The elements that a path leads to, through lists and groups, each with what it lies in."""
    found = holder[path[0]]
    for one in found if isinstance(found, list) else (found,):
        if not isinstance(one, Group):
            continue
        if path[1:]:
            yield from _elements(one, path[1:])
        else:
            yield one, holder


def _is_summed(sheet: TableSheet, heading: str, rows: list[dict[str, object]]) -> bool:
    if sheet.totals is not None:
        return heading in sheet.totals
    return all(isinstance(value, Amount) for row in rows if not is_empty(value := row.get(heading)))


def _plain_cells(group: Group, before: str) -> Iterator[tuple[str, object]]:
    """The values of a group's fields by their labels, those of single groups in it as well."""
    labels = Counter(field.label for field in group.declared.values() if not field.computed)
    for field in group.declared.values():
        if field.computed:
            continue
        value = group[field.name]
        heading = f"{before}{field.label}" if labels[field.label] == 1 else f"{before}{field.label} ({field.name})"
        if isinstance(field.type, GroupFieldType) and isinstance(value, Group):
            yield from _plain_cells(value, f"{heading}: ")
        else:
            yield heading, value
