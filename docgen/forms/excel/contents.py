"""What an existing input puts into the cells of a form, and what of it no cell can hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from docgen.danish.values import Choice, Municipality, Quantity, Region, Year
from docgen.diagnostics import Diagnostic, Place, warning
from docgen.forms.excel.cells import LONGEST_TEXT
from docgen.forms.excel.layout import Column, Layout, ListSheet
from docgen.forms.excel.nodes import without_bullets
from docgen.kinds.arrangement import PROFILE
from docgen.kinds.composite_fields import GroupFieldType, TextTableType
from docgen.kinds.fields import At, FieldType, ScalarType
from docgen.kinds.model import GroupType
from docgen.kinds.record import path_of
from docgen.kinds.short_forms import is_blank, shorthand
from docgen.kinds.text_fields import ChoiceType
from docgen.kinds.time_fields import DateType, YearType
from docgen.sources import Entry, Mapping, Node, Scalar, Sequence

_NO_DAY = date(2000, 1, 1)  # a form is of no day
_TWO_MEANINGS = frozenset({"DG259", "DG720"})


class Row(NamedTuple):
    """One element of a list: its values by the paths of their columns, and what names it and the one that holds it."""

    values: dict[str, object]
    number: int
    owner: object = None


class Contents(NamedTuple):
    """The values of an input, as `cells.put` takes them: single ones by path, and the rows of each list by its path."""

    singles: dict[str, object]
    rows: dict[str, list[Row]]
    warnings: list[Diagnostic]


def contents(form: Layout, root: Node | None) -> Contents:
    """What the input `root` puts into the form; a value that its field would refuse goes in as it is written."""
    filling = _Filling(form)
    if root is not None:
        filling.group(root, form.kind.root, "", "", None)
    return filling.made


class _Filling:
    def __init__(self, form: Layout) -> None:
        self.form = form
        self.kind = form.kind
        self.made = Contents({}, {path: [] for path in form.lists}, [])
        self.columns: dict[str, dict[str, Column]] = {
            one.path: {column.path: column for column in one.columns} for one in form.lists.values()
        }
        self.columns[""] = form.singles

    def group(self, node: Node, group: GroupType, path: str, above: str, row: Row | None) -> None:
        """The fields of one mapping at `path`, in an element of the list at `above` (the input itself where "")."""
        for name, value in self._entries(node, group, path):
            here = path_of(path, name)
            if is_blank(value):
                continue
            column = self.columns[above].get(here.removeprefix(f"{above}."))
            made = group.fields[name].type if name in group.fields else None
            if column is not None:
                self._cell(column, value, here, self.made.singles if row is None else row.values)
            elif not path and name == PROFILE and isinstance(value, Scalar):
                self.made.singles[PROFILE] = value.text.strip()
            elif here in self.form.lists and isinstance(value, Sequence):
                self._rows(self.form.lists[here], value, row)
            elif isinstance(made, GroupFieldType):
                self.group(value, self.kind.groups[made.group], here, above, row)
            else:
                self._leave(value.place, here)

    def _entries(self, node: Node, group: GroupType, path: str) -> Iterator[tuple[str, Node]]:
        """The fields of a mapping by their own names; a plain value or a list stands for one of them."""
        if not isinstance(node, Mapping):
            short = shorthand(group, node)
            if short is None:
                self._leave(node.place, path)
            else:
                yield short.name, node
            return
        spellings = {alias: field.name for field in group.fields.values() for alias in field.aliases}
        for entry in node:
            name = spellings.get(entry.key.text, entry.key.text)
            if name in group.fields and group.fields[name].computed:
                self._leave(entry.key.place, path_of(path, name))
            else:
                yield name, entry.value

    def _rows(self, sheet: ListSheet, node: Sequence, above: Row | None) -> None:
        owner = self._name_of(self.form.lists[sheet.parent], above) if sheet.parent and above else None
        if sheet.parent and owner is None:
            self._leave(node.place, sheet.path)
            return
        rows = self.made.rows[sheet.path]
        for item in node:
            row = Row({}, len(rows) + 1, owner)
            rows.append(row)
            self.group(item, sheet.group, sheet.path, sheet.path, row)

    @staticmethod
    def _name_of(above: ListSheet, row: Row) -> object:
        return row.values.get(above.key) if above.key else row.number

    def _cell(self, column: Column, node: Node, path: str, values: dict[str, object]) -> None:
        if isinstance(column.made, TextTableType):
            value: object = _named_lines(node)
        else:
            value = self._lines(column, node) if column.lines else self._single(column, node)
        if value is None:
            self._leave(node.place, path)
        elif isinstance(value, str) and len(value) > LONGEST_TEXT:
            told = {"sti": path, "antal": len(value), "mest": LONGEST_TEXT}
            self.made.warnings.append(warning("DG722", node.place, path=path, **told))
        else:
            values[column.path] = value

    def _single(self, column: Column, node: Node) -> object:
        return typed(column, node, self.made.warnings) if isinstance(node, Scalar) else None

    def _lines(self, column: Column, node: Node) -> str | None:
        """The elements of a list, one to a line; None when there are some that no line holds."""
        items = [_only(item) for item in node] if isinstance(node, Sequence) else []
        texts = [self._line(column, item) if isinstance(item, Scalar) else "" for item in items]
        written = "\n".join(texts)
        return written if texts and without_bullets(written) == texts else None

    def _line(self, column: Column, scalar: Scalar) -> str:
        value = typed(column, scalar, self.made.warnings)
        return value if isinstance(value, str) else scalar.text.strip()

    def _leave(self, place: Place | None, path: str) -> None:
        self.made.warnings.append(warning("DG721", place, path=path, sti=path))


def _named_lines(node: Node) -> str | None:
    """Names with a text each, one to a line; None when there are some that no line holds."""
    entries = list(node) if isinstance(node, Mapping) else []
    pairs = [(one.key.text, one.value.text.strip() if isinstance(one.value, Scalar) else "") for one in entries]
    fit = all(name and text and not {":", "\n"} & set(name) and "\n" not in text for name, text in pairs)
    return "\n".join(f"{name}: {text}" for name, text in pairs) if fit and pairs else None


def _only(item: Node) -> Node:
    """The value of an element that is a mapping with one field."""
    match item:
        case Mapping(entries=(Entry(value=Scalar() as value),)):
            return value
    return item


def typed(column: Column, scalar: Scalar, warnings: list[Diagnostic]) -> object:
    """A value as a cell holds it: numbers and dates as such, a choice by its label, all else as it is written.

    `warnings` gets those of numbers that may mean another one, for a form would hide what was made of them.
    """
    made = column.made
    findings: list[Diagnostic] = []
    at = At(column.path, column.path, _NO_DAY, findings)
    value = made.parse(scalar, at) if isinstance(made, ScalarType) else None
    warnings += [found for found in findings if found.code in _TWO_MEANINGS]
    match value:
        case Choice():
            return choice_text(made, value) if isinstance(made, ChoiceType) else str(value)
        case Municipality() | Region():
            return value.navn
        case Year() if isinstance(made, YearType):
            return value.year
        case date() if is_day(made):
            return value
        case bool() | Quantity():
            return value
    return scalar.text.strip("\n").rstrip()


def is_day(made: FieldType) -> bool:
    """Whether a cell for this type holds a date; where a month will do as well, Excel would make a day of it."""
    return isinstance(made, DateType) and made.precision == ("dag",)


def choice_text(made: ChoiceType, choice: Choice) -> str:
    """What a dropdown shows for a choice: its label, or its key where the label would be read as another choice."""
    found = made.find(choice.etiket)
    return choice.etiket if found is not None and str(found) == str(choice) else str(choice)
