"""Where the lists of a form stand in a workbook: its tables, or sheets that are called like a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from docgen.diagnostics import Diagnostic, error, warning
from docgen.forms.excel.layout import FIELD_NAME, LIST_NAME, ROW_ID, Column, Layout, ListSheet
from docgen.forms.headers import Headers
from docgen.kinds.suggestions import folded
from docgen.sources.workbook import Area, Sheet, TableArea, Workbook, cell_name
from docgen.sources.workbooks.content import column_letters

_UNCLEAR = frozenset({"DG709", "DG710", "DG711"})
_OF_NUMBERS = re.compile(r"(?:Tabel|Table) \d+")  # what Apple's Numbers puts after the name of a sheet
_HIGHEST_HEADER = 30  # rows of a sheet made by hand among which the headings are looked for


class Found(NamedTuple):
    """A list in a workbook: the row of its headings (0 where a table has none), its rows, and its columns' headings."""

    sheet: Sheet
    header: int
    first: int
    last: int
    headings: Mapping[int, str]
    table: bool


class Columns(NamedTuple):
    """The columns of a list by number: fields, and those of docgen's own (0 where there is none)."""

    fields: Mapping[int, Column]
    number: int = 0
    owner: int = 0


def find_lists(form: Layout, workbook: Workbook) -> dict[str, Found]:
    """The lists of the form that the workbook has, by path: tables by their names, and other sheets by theirs."""
    found: dict[str, Found] = {}
    for name, table in workbook.tables.items():
        old = name[len(LIST_NAME) :] if name.casefold().startswith(LIST_NAME) else ""
        path = renamed_list(old, form)
        if path and path not in found and table.area.sheet in workbook.sheets:
            found[path] = _table(workbook.sheets[table.area.sheet], table)
    taken = {one.sheet.name for one in found.values()}
    taken |= {area.sheet for name, area in workbook.names.items() if name.startswith(FIELD_NAME)}
    for name, sheet in workbook.sheets.items():
        meant = None if name in taken else _meant(name, form)
        if meant is not None and meant.path not in found:
            by_hand = _by_hand(sheet, meant)
            if by_hand is not None:
                found[meant.path] = by_hand
    return found


def renamed_list(path: str, form: Layout) -> str:
    """The path that a list has today, when the path is its own or made of aliases; "" when there is none."""
    if path in form.lists:
        return path
    for known, one in form.lists.items():
        above = form.lists.get(one.parent)
        headers = above.headers if above else form.headers
        before = f"{one.parent}." if above else ""
        inner = path[len(before) :] if path.startswith(before) else ""
        if inner and headers.find(inner) == one.inner:
            return known
    return ""


def _meant(name: str, form: Layout) -> ListSheet | None:
    """The list that the name of a sheet means."""
    plain = folded(name)
    for one in form.lists.values():
        if plain in (folded(one.sheet), folded(one.path), folded(one.sheet[:31])):
            return one
    found = form.headers.meanings(name)
    if len(found) == 1:
        return form.lists.get(found[0])
    last = [one for one in form.lists.values() if plain in (folded(one.field.name), folded(one.field.label))]
    if len(last) == 1:
        return last[0]
    sheet, _, table = name.rpartition(" - ")
    return _meant(sheet, form) if _OF_NUMBERS.fullmatch(table) else None


def _table(sheet: Sheet, table: TableArea) -> Found:
    area = table.area
    columns = range(area.first_column, area.last_column + 1)
    if not table.has_headings:
        headings = dict(zip(columns, table.columns, strict=False))
        return Found(sheet, 0, area.first_row, area.last_row, headings, table=True)
    headings = {number: sheet.scalar(area.first_row, number).text for number in columns}
    number = area.last_column + 1
    while text := sheet.scalar(area.first_row, number).text.strip():
        headings[number] = text
        number += 1
    return Found(sheet, area.first_row, area.first_row + 1, area.last_row, headings, table=True)


def _by_hand(sheet: Sheet, one: ListSheet) -> Found | None:
    """A sheet made by hand: the first row with most headings that the list knows, and what stands below but notes."""
    best, known = 0, 0
    for row in range(1, min(sheet.height, _HIGHEST_HEADER) + 1):
        texts = [sheet.scalar(row, number).text for number in range(1, sheet.width + 1)]
        count = sum(bool(text.strip()) and one.headers.find(text) is not None for text in texts)
        if count > known:
            best, known = row, count
    if not best:
        return None
    texts = [sheet.scalar(best, number).text for number in range(1, sheet.width + 1)]
    headings = {number: text for number, text in enumerate(texts, 1) if text.strip()}
    return Found(sheet, best, best + 1, _last_by_hand(sheet, best, headings), headings, table=False)


def _last_by_hand(sheet: Sheet, header: int, headings: Mapping[int, str]) -> int:
    """The last row of a list made by hand: lone cells below it, after an empty row, are notes."""
    last = sheet.height
    while last > header and _filled_cells(sheet, last) < 2:
        last -= 1
    if last == header or len(headings) < 2:
        return sheet.height
    while last < sheet.height and _filled_cells(sheet, last + 1):
        last += 1
    return last


def _filled_cells(sheet: Sheet, row: int) -> int:
    cells = range(1, sheet.width + 1)
    return sum(bool(sheet.scalar(row, at).text.strip()) or (row, at) in sheet.valueless for at in cells)


def match(found: Found, one: ListSheet, form: Layout, findings: list[Diagnostic]) -> Columns:
    """The fields that the headings of a list mean; what no field is, and what is missing, is told."""
    known = {column.path: column for column in one.columns}
    fields: dict[int, Column] = {}
    own: dict[str, int] = {}
    special = _special(one, form)
    for number, heading in found.headings.items():
        if heading.strip() == ROW_ID:
            continue
        meanings = one.headers.meanings(heading)
        word = special.get(folded(heading))
        if word and not meanings:
            own.setdefault(word, number)
        elif len(meanings) == 1 and meanings[0] in known:
            _take(fields, number, known[meanings[0]], found, findings)
        elif _has_values(found, number):
            findings.append(_unread(found, number, heading, meanings, one.headers, one))
    _tell_missing(found, one, fields, own, findings)
    return Columns(fields, own.get("number", 0), own.get("owner", 0))


def _special(one: ListSheet, form: Layout) -> dict[str, str]:
    """What the headings of docgen's own columns mean: `number`, or `owner` for the one that names the parent's row."""
    found = {folded(one.number): "number"} if one.number else {}
    if one.owner:
        above = form.lists[one.parent]
        names = (one.owner, one.owner.partition(":")[0], above.sheet, above.path, above.field.name)
        found |= {folded(name): "owner" for name in names}
    return found


def _take(fields: dict[int, Column], number: int, column: Column, found: Found, findings: list[Diagnostic]) -> None:
    same = next((other for other, taken in fields.items() if taken is column), None)
    if same is None:
        fields[number] = column
        return
    told = {"overskrift": found.headings[number], "anden": found.headings[same]}
    told["celle"] = found.sheet.place(max(found.header, 1), same).cell
    findings.append(error("DG710", found.sheet.place(max(found.header, 1), number), **told))


def _unread(
    found: Found, number: int, heading: str, meanings: tuple[str, ...], headers: Headers, one: ListSheet
) -> Diagnostic:
    place = found.sheet.place(max(found.header, 1), number)
    if len(meanings) > 1:
        shown = [f'"{headers.heading(path)}"' for path in meanings]
        return error("DG709", place, overskrift=heading, felter=", ".join(shown), eksempel=headers.heading(meanings[0]))
    told = {"overskrift": " ".join(heading.split()) or column_letters(number), "liste": one.field.label}
    return warning("DG703", place, **told, **headers.suggest(heading))


def _tell_missing(
    found: Found,
    one: ListSheet,
    fields: Mapping[int, Column],
    own: Mapping[str, int],
    findings: list[Diagnostic],
) -> None:
    taken = {column.path for column in fields.values()}
    missing = [column.heading for column in one.columns if column.required and column.path not in taken]
    if one.owner and "owner" not in own:
        missing.append(one.owner)
    if any(_has_values(found, number) for number in fields):
        place = found.sheet.place(max(found.header, 1), min(fields))
        findings += [error("DG711", place, overskrift=heading, liste=one.field.label) for heading in missing]


def leaves_unclear(findings: Iterable[Diagnostic]) -> bool:
    """Whether headings were told to leave a list unclear: what they leave out would be missing in every row."""
    return any(found.code in _UNCLEAR for found in findings)


def _has_values(found: Found, number: int) -> bool:
    cells = found.sheet.column(number)[found.first - 1 :]
    return any(value is not None and str(value).strip() for value in cells)


def area_name(area: Area) -> str:
    """An area as Excel writes it: `B3:D4`."""
    return f"{cell_name(area.first_row, area.first_column)}:{cell_name(area.last_row, area.last_column)}"


def overlaps(area: Area, found: Found, numbers: Iterable[int], last: int) -> bool:
    """Whether an area touches these columns of a list, from its headings to the row `last`."""
    rows = area.last_row >= (found.header or found.first) and area.first_row <= last
    return rows and any(area.first_column <= number <= area.last_column for number in numbers)
