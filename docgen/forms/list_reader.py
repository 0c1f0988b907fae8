"""The rows of one list out of a workbook: of a form, or of a sheet that somebody made by hand."""

from __future__ import annotations

import re

from docgen.diagnostics import Diagnostic, Place, has_errors
from docgen.forms.excel.around import look_around
from docgen.forms.excel.layout import FIELD_NAME, FILES_NAME, LIST_NAME, ROW_ID, Layout, ListSheet, layout
from docgen.forms.excel.rows import ListReading, some
from docgen.forms.excel.tables import Found, find_lists, leaves_unclear
from docgen.kinds.fields import At
from docgen.kinds.own_lists import Wanted
from docgen.kinds.suggestions import choices, folded, suggestion
from docgen.sources import Sequence
from docgen.sources.workbook import Sheet, Workbook

_NUMBERS = re.compile(r"\[\d+\]")


def read_list(book: Workbook, sheet: str, wanted: Wanted, at: At, place: Place, file: str) -> Sequence | None:
    """The rows of a list in a workbook, each with the places of its cells; None after what is wrong was told to `at`.

    They stand on the sheet that `sheet` names, or else in the table or on the sheet that is called like the list, or on
    the only sheet. A row of sums is left out, with a word about it.
    """
    form = _form_of(wanted, _NUMBERS.sub("", at.path))
    if form is None:
        at.fault("DG763", place, tekst=file)
        return None
    path, one = next(iter(form.lists.items()))
    _tell_left_out(book, layout(wanted.kind), path, at, place, file)
    lists = find_lists(form, book)
    if sheet or path not in lists:
        shown = _with_headings(book, form, path, one)
        chosen = shown[0] if not sheet and len(shown) == 1 else _sheet(book, sheet, at, place, file)
        if chosen is None:
            return None
        found = _on_sheet(book, chosen, form, path, one)
        if found is None:
            at.fault(
                "DG776", chosen.place(1, 1), ark=chosen.name, **choices([column.heading for column in one.columns])
            )
            return None
        lists[path] = found
    return _read(book, form, path, lists, at)


def _form_of(wanted: Wanted, path: str) -> Layout | None:
    """The part of a kind's form that is about one list, and the lists inside it."""
    form = layout(wanted.kind)
    one = form.lists.get(path)
    if one is None:
        return None
    inside = {name: inner for name, inner in form.lists.items() if name.startswith(f"{path}.")}
    return form._replace(lists={path: one._replace(parent="", inner=path, owner=""), **inside})


def _tell_left_out(book: Workbook, form: Layout, path: str, at: At, place: Place, file: str) -> None:
    """Tell what a form holds beside the list at `path`, and of other files that it names for its rows."""
    filled = {name: area for name, area in book.names.items() if name.startswith((FIELD_NAME, FILES_NAME))}
    cells = {name: (book.sheets[area.sheet], area.first_row, area.first_column) for name, area in filled.items()}
    texts = {name: sheet.scalar(row, number) for name, (sheet, row, number) in cells.items()}
    files = texts.get(f"{FILES_NAME}{path}")
    if files and files.text.strip():
        at.fault("DG771", files.place)
    known = {f"{FIELD_NAME}{one.path}": one.heading for one in form.singles.values()}
    left = [known[name] for name, scalar in texts.items() if name in known and scalar.text.strip()]
    others = find_lists(form, book) if texts else {}
    inside = f"{path}."
    for other, found in others.items():
        if other != path and not other.startswith(inside) and _has_rows(found, form.lists[other]):
            left.append(form.lists[other].field.label)
    if left:
        at.warn("DG790", place, tekst=file, andre=some(left))


def _has_rows(found: Found, one: ListSheet) -> bool:
    """Whether something is filled in below the headings of a list."""
    columns = [number for number, heading in found.headings.items() if heading not in (ROW_ID, one.number)]
    cells = (value for number in columns for value in found.sheet.column(number)[found.first - 1 : found.last])
    return any(value is not None and str(value).strip() for value in cells)


def _with_headings(book: Workbook, form: Layout, path: str, one: ListSheet) -> list[Sheet]:
    """The sheets that are shown and have at least two headings of the list."""
    shown = (sheet for sheet in book.sheets.values() if not sheet.hidden)
    found = ((sheet, _on_sheet(book, sheet, form, path, one)) for sheet in shown)
    return [
        sheet for sheet, list_ in found if list_ and sum(map(bool, map(one.headers.find, list_.headings.values()))) > 1
    ]


def _sheet(book: Workbook, name: str, at: At, place: Place, file: str) -> Sheet | None:
    """The sheet of that name, or the only one that is shown."""
    shown = [sheet for sheet in book.sheets.values() if not sheet.hidden and sheet.height]
    if not name:
        if len(shown) == 1:
            return shown[0]
        names = [sheet.name for sheet in shown or book.sheets.values()]
        at.fault("DG765", place, tekst=file, eksempel=names[0], **choices(names))
        return None
    called = [sheet for title, sheet in book.sheets.items() if folded(title) == folded(name)]
    if called:
        return next((sheet for sheet in called if sheet.name == name), called[0])
    at.fault("DG764", place, tekst=file, ark=name, **suggestion(name, [sheet.name for sheet in shown]))
    return None


def _on_sheet(book: Workbook, sheet: Sheet, form: Layout, path: str, one: ListSheet) -> Found | None:
    """Where the list stands on a sheet, read as if the sheet, and a table on it, were called like the list."""
    tables = [table for table in book.tables.values() if table.area.sheet == sheet.name]
    best = max(
        tables, key=lambda table: sum(one.headers.find(text) is not None for text in table.columns), default=None
    )
    named = {f"{LIST_NAME}{path}": best._replace(area=best.area._replace(sheet=one.sheet))} if best else {}
    alone = book._replace(sheets={one.sheet: sheet}, names={}, tables=named)
    return find_lists(form, alone).get(path)


def _read(book: Workbook, form: Layout, path: str, lists: dict[str, Found], at: At) -> Sequence | None:
    findings: list[Diagnostic] = []
    reading = ListReading(form, findings)
    reading.read(lists)
    sheet = lists[path].sheet
    around = look_around(book, reading.cells())
    at.diagnostics += (*findings, *around.sheets, *around.cells)
    node = dict(reading.nodes()).get(path)
    if leaves_unclear(findings) or (has_errors(findings) and node is None):
        return None
    return node if isinstance(node, Sequence) else Sequence((), sheet.place(1, 1))
