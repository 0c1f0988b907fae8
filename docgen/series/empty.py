"""An empty workbook for a series: a sheet with a column for each field, and one for each list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docgen.forms.excel.cells import TEXT, put_text
from docgen.forms.excel.file import excel_bytes
from docgen.forms.excel.look import PRIMARY, REQUIRED, WHITE, Look, Looks, number_format, width
from docgen.forms.headers import Headers, Reach
from docgen.kinds.composite_fields import GroupFieldType, ListType, TextTableType
from docgen.kinds.fields import FieldType
from docgen.kinds.model import GroupType, Kind

if TYPE_CHECKING:
    from openpyxl import Workbook

KEY = "nøgle"
_LONGEST_NAME = 31
_PREPARED = 200  # rows whose cells have the format of their field
_HEADING = Look(bold=True, colour=WHITE, fill=PRIMARY)
_NEEDED = Look(bold=True, fill=REQUIRED)


def empty_book(kind: Kind) -> bytes:
    """A workbook for documents of the kind: required fields first and marked, lists on sheets of their own."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    _add(book, kind.title[:_LONGEST_NAME], kind.root, kind)
    headers = Headers(kind.root, kind)
    for path, reach in headers.reaches.items():
        made = reach.field.type
        if isinstance(made, ListType) and isinstance(made.element, GroupFieldType) and _is_own(reach):
            name = path if len(path) <= _LONGEST_NAME else reach.field.name
            if headers.find(name) == path and len(name) <= _LONGEST_NAME:
                _add(book, name, kind.groups[made.element.group], kind)
    return excel_bytes(book, title=kind.title)


def _add(book: Workbook, name: str, group: GroupType, kind: Kind) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    looks = Looks(sheet)
    headers = Headers(group, kind)
    found = [reach for reach in headers.reaches.values() if _is_own(reach) and _is_cell(reach.field.type)]
    found.sort(key=lambda reach: not _is_required(reach.steps))
    key = [] if any(headers.find(KEY) == reach.path for reach in found) else [KEY]
    headings = [(one, "", True) for one in key]
    headings += [(headers.heading(one.path), number_format(one.field.type), _is_required(one.steps)) for one in found]
    for column, (heading, form, needed) in enumerate(headings, 1):
        cell: Any = sheet.cell(1, column)
        cell._style = looks[_NEEDED if needed else _HEADING]
        put_text(cell, heading)
        letter = get_column_letter(column)
        made = found[column - 1 - len(key)].field.type if column > len(key) else None
        sheet.column_dimensions[letter].width = width(made, heading, lines=False) if made else 12.0
        plain = looks[Look(number_format=form or TEXT, wrap=False)]
        for row in range(2, _PREPARED + 2):
            below: Any = sheet.cell(row, column)
            below._style = plain
    sheet.freeze_panes = "B2"


def _is_own(reach: Reach) -> bool:
    return not reach.computed and not any(field.builtin for field in reach.steps)


def _is_cell(made: FieldType) -> bool:
    if isinstance(made, ListType):
        return not isinstance(made.element, GroupFieldType)
    return not isinstance(made, GroupFieldType | TextTableType)


def _is_required(steps: Sequence[Any]) -> bool:
    return all(field.required is True for field in steps)
