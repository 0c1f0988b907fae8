"""The cells of a workbook as the values of fields, and values by dotted paths as the tree of an input."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from docgen.diagnostics import CellPlace, Diagnostic, Place, Severity, error
from docgen.forms.excel.layout import Column
from docgen.forms.excel.odd import oddity
from docgen.kinds.composite_fields import TextTableType
from docgen.kinds.short_forms import is_blank
from docgen.kinds.surroundings import FROM, ROWS
from docgen.sources import Entry, Mapping, Node, Scalar, Sequence
from docgen.sources.workbook import Sheet

_FILE_AND_SHEET = re.compile(r"(.+\.\w+)\s*\(([^()]+)\)")
_BULLETS = ("-", "–", "•", "*", "·")


def cell_node(sheet: Sheet, row: int, number: int, column: Column, findings: list[Diagnostic]) -> Node | None:
    """The value of a field in a cell; None where the cell is empty, or holds nothing that could be a value."""
    scalar = sheet.scalar(row, number)
    odd = oddity(sheet, (row, number), scalar, column.heading, is_text=column.is_text)
    if odd is not None:
        findings.append(odd)
    if scalar.empty or not scalar.text.strip() or (odd and odd.severity is Severity.ERROR):
        return None
    if isinstance(column.made, TextTableType):
        return _named_lines(scalar, findings)
    return _lines(scalar) if column.lines else scalar


def files_and_rows(files: Scalar, rows: Node | None) -> Mapping:
    """A list that takes rows from files: `files` is a cell with one on each line, a sheet of it in brackets."""
    place = files.place

    def named(*entries: tuple[str, Node]) -> Mapping:
        return Mapping(tuple(Entry(Scalar(name, place), node) for name, node in entries), place)

    asked: list[Node] = []
    for line in without_bullets(files.text.replace(";", "\n")):
        found = _FILE_AND_SHEET.fullmatch(line)
        both = [("fil", found[1]), ("ark", found[2])] if found else []
        asked.append(named(*((name, Scalar(text, place)) for name, text in both)) if both else Scalar(line, place))
    taken = (FROM, Sequence(tuple(asked), place))
    return named(taken) if rows is None or is_blank(rows) else named(taken, (ROWS, rows))


def _lines(scalar: Scalar) -> Node:
    items = tuple(Scalar(line, scalar.place) for line in without_bullets(scalar.text))
    return Sequence((scalar,) if scalar.native is not None else items, scalar.place)


def without_bullets(text: str) -> list[str]:
    """The lines of a text that are not empty, without the bullet that stands before every one of them."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for bullet in _BULLETS:
        if all(line.startswith(f"{bullet} ") for line in lines):
            return [line.removeprefix(bullet).strip() for line in lines]
    return lines


def _named_lines(scalar: Scalar, findings: list[Diagnostic]) -> Node:
    """Names with a text each: a name, a colon and the text on every line."""
    entries = []
    for line in filter(str.strip, scalar.text.splitlines()):
        name, _, text = (part.strip() for part in line.partition(":"))
        if name and text:
            entries.append(Entry(Scalar(name, scalar.place), Scalar(text, scalar.place)))
        else:
            findings.append(error("DG723", scalar.place, tekst=line.strip()))
    return Mapping(tuple(entries), scalar.place)


def empty(place: CellPlace) -> Scalar:
    """An empty cell: the place where a value is missing."""
    return Scalar("", place, None, empty=True)


def grown(values: Iterable[tuple[str, Node]], place: Place) -> Mapping:
    """Values by dotted path as mappings inside one another; one with nothing but empty values is empty."""
    tree: dict[str, Any] = {}
    for path, node in values:
        *above, last = path.split(".")
        branch = tree
        for step in above:
            branch = branch.setdefault(step, {})
        branch[last] = node
    return _mapping(tree, place)


def _mapping(tree: dict[str, Any], place: Place) -> Mapping:
    entries = []
    for name, inner in tree.items():
        first = _first_place(inner)
        node: Node = _mapping(inner, first) if isinstance(inner, dict) else inner
        if isinstance(node, Mapping) and isinstance(inner, dict) and all(is_blank(one.value) for one in node):
            node = Mapping((), first)
        entries.append(Entry(Scalar(name, first), node))
    return Mapping(tuple(entries), place)


def _first_place(inner: Any) -> Place:
    while isinstance(inner, dict):
        inner = next(iter(inner.values()))
    place: Place = inner.place
    return place
