"""The Excel form of a kind, empty or filled in from an existing input."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import Diagnostic
from docgen.forms.excel import cells
from docgen.forms.excel.choices import Choices
from docgen.forms.excel.contents import contents
from docgen.forms.excel.file import excel_bytes
from docgen.forms.excel.front import write_front
from docgen.forms.excel.layout import FORM_VERSION, FRONT, MARK, Layout, ListSheet, form_fields, layout
from docgen.forms.excel.lists import key_area, last_row, write_list
from docgen.forms.excel.look import Looks
from docgen.forms.excel.words import own_words, print_of
from docgen.kinds.model import Kind
from docgen.sources import Node

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


class ExcelForm(NamedTuple):
    """A finished form: the bytes of its file, and what the input holds that it cannot hold."""

    data: bytes
    warnings: tuple[Diagnostic, ...]


def excel_form(kind: Kind, values: Node | None = None) -> ExcelForm:
    """The form of a kind; `values` is the tree of an input to fill it in from.

    The same kind and values give the same bytes every time.
    """
    from openpyxl import Workbook

    form = layout(kind)
    given = contents(form, values)
    workbook = Workbook()
    front = workbook.worksheets[0]
    front.title = FRONT
    looks = Looks(front)
    sheets = {path: workbook.create_sheet(one.sheet) for path, one in form.lists.items()}
    choices = Choices(workbook)
    for one in form.lists.values():
        path = _named_by(one)
        if path is not None:
            area = key_area(one, path, last_row(given.rows[one.path]))
            choices.keys[one.path] = choices.define(f"nøgle.{one.path}", area)
    write_front(front, form, given, choices, looks)
    for path, sheet in sheets.items():
        write_list(sheet, form, form.lists[path], given.rows[path], choices, looks)
    _mark(workbook.create_sheet(MARK), form)
    return ExcelForm(excel_bytes(workbook, title=kind.title), tuple(given.warnings))


def _named_by(one: ListSheet) -> str | None:
    """The path of the column by which others name the rows of a list, "" for their numbers; None for no way."""
    if one.number:
        return ""
    return one.group.key if any(column.path == one.group.key for column in one.columns) else None


def _mark(sheet: Worksheet, form: Layout) -> None:
    """The hidden sheet by which docgen knows the form again, and sees what has changed since it was made."""
    rows = [
        (MARK, "docgen bruger arket til at læse skemaet. Ret det ikke."),
        ("type", form.kind.name),
        ("titel", form.kind.title),
        ("version", form.kind.version),
        ("formular", FORM_VERSION),
        ("ord", print_of(own_words(form))),
        *(("felt", path, heading) for path, heading in form_fields(form)),
    ]
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cells.put_text(sheet.cell(number, column), text)
    sheet.sheet_state = "hidden"
