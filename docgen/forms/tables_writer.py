"""Tables written as a workbook: a front sheet, a sheet for each table, and sums as formulas with their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from docgen.danish.formats import display
from docgen.danish.quantities import Quantity
from docgen.danish.values import Markdown
from docgen.forms.excel.cells import LONGEST_TEXT, as_native, put, put_text
from docgen.forms.excel.file import excel_bytes
from docgen.forms.excel.front import lines_of
from docgen.forms.excel.look import FAINT, HEAD, PRIMARY, SECONDARY, WHITE, Look, Looks
from docgen.kinds.record import Group, is_empty
from docgen.kinds.table_definitions import LONGEST_TITLE
from docgen.kinds.tables import Table
from docgen.package import read_package

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FRONT = "Forside"
"""The name of the first sheet."""
TOTAL = "I alt"
"""What stands to the left of the sums of a table."""
_CUT = " […]"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")  # in the name of a sheet
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]")  # what names and properties cannot hold
_NARROWEST, _WIDEST = 9.0, 34.0
_LINE_HEIGHT, _HIGHEST = 15.0, 409.0  # points
_FIRST_ROW = 2  # of the values; the headings stand above
_MOST_UPRIGHT = 4  # columns that fit on an upright page
_TITLE = Look(size=18, bold=True, colour=PRIMARY)
_LABEL = Look(bold=True, colour=PRIMARY)
_LINK = Look(colour=SECONDARY, underline=True)
_NOTE = Look(italic=True, colour=FAINT)
_HEADING = Look(bold=True, colour=WHITE, fill=PRIMARY, top=False, indent=1)
_CELL = Look(border="under", indent=1)
_SUM = Look(bold=True, fill=HEAD, border="under", indent=1)


def tables_workbook(title: str, front: Mapping[str, object], tables: Sequence[Table], today: date) -> bytes:
    """The workbook as a file, the same bytes every time; `today` is the day that its properties tell."""
    from openpyxl import Workbook

    book = Workbook()
    front_sheet: Any = book.active
    looks = Looks(front_sheet)
    names = _sheet_names(table.title for table in tables)
    _write_front(front_sheet, title, front, dict(zip(names, tables, strict=True)), looks)
    sums: dict[str, dict[str, Decimal]] = {}
    for number, (name, table) in enumerate(zip(names, tables, strict=True), 2):
        sums[f"xl/worksheets/sheet{number}.xml"] = _write_table(book.create_sheet(name), table, looks)
    data = excel_bytes(book, title=_CONTROL.sub(" ", title), created=datetime.combine(today, time()))
    return _with_values(data, sums)


def _write_front(
    sheet: Any, title: str, front: Mapping[str, object], tables: Mapping[str, Table], looks: Looks
) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet.title = FRONT
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 70
    _text(sheet, 1, 1, title, looks, _TITLE._replace(wrap=False))
    row = 3
    for label, value in front.items():
        _text(sheet, row, 1, label, looks, _LABEL)
        _text(sheet, row, 2, _shown(value), looks, Look())
        row += 1
    row += 1
    _text(sheet, row, 1, "Ark" if tables else "Der er ingen lister", looks, _HEADING if tables else _NOTE)
    if tables:
        _text(sheet, row, 2, "Rækker", looks, _HEADING)
    for name, table in tables.items():
        row += 1
        _text(sheet, row, 1, name, looks, _LINK)
        quoted = name.replace("'", "''")
        sheet.cell(row, 1).hyperlink = Hyperlink(ref=f"A{row}", location=f"'{quoted}'!A1")
        sheet.cell(row, 1)._style = looks[_LINK]
        sheet.cell(row, 2).value = len(table.rows)
        sheet.cell(row, 2)._style = looks[Look(number_format="#,##0", indent=1)]
    _fit_page(sheet, landscape=False)


def _write_table(sheet: Worksheet, table: Table, looks: Looks) -> dict[str, Decimal]:
    """Write a table; the values of its sums by their cells."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    shown = [[*table.headings]]
    for number, row in enumerate(table.rows, _FIRST_ROW):
        shown.append([_put(sheet, number, at, value, looks) for at, value in enumerate(row, 1)])
    sums = _write_sums(sheet, table, looks)
    widths = [_width(heading, [row[at] for row in shown[1:]]) for at, heading in enumerate(table.headings)]
    for at, total in sums.items():
        widths[at] = max(widths[at], len(f"{total:,.2f}") + 3.0)
    right = Alignment(horizontal="right", vertical="center", wrap_text=True)
    for at, (heading, width) in enumerate(zip(table.headings, widths, strict=True)):
        _text(sheet, 1, at + 1, heading, looks, _HEADING)
        if any(isinstance(row[at], Quantity) for row in table.rows):
            cell: Any = sheet.cell(1, at + 1)
            cell._style = copy(cell._style)  # others have the same one
            cell.alignment = right
        sheet.column_dimensions[get_column_letter(at + 1)].width = width
    for number, texts in enumerate(shown, 1):
        lines = max(lines_of(text, width - 2) for text, width in zip(texts, widths, strict=True))
        sheet.row_dimensions[number].height = min(lines * _LINE_HEIGHT + (number == 1) * 4, _HIGHEST)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.headings))}{len(table.rows) + 1}"
    sheet.print_title_rows = "1:1"
    _fit_page(sheet, landscape=len(table.headings) > _MOST_UPRIGHT)
    last = len(table.rows) + _FIRST_ROW
    return {f"{get_column_letter(at + 1)}{last}": total for at, total in sums.items()}


def _write_sums(sheet: Worksheet, table: Table, looks: Looks) -> dict[int, Decimal]:
    """Write the row below the values; its sums by the numbers of their columns."""
    from openpyxl.utils import get_column_letter

    last = _FIRST_ROW + len(table.rows) - 1
    sums: dict[int, Decimal] = {}
    for at in range(len(table.headings)) if table.totals else ():
        cell: Any = sheet.cell(last + 1, at + 1)
        cell._style = looks[_SUM]
        if at in table.totals:
            letter = get_column_letter(at + 1)
            found = [row[at] for row in table.rows]
            cell.value = f"=SUM({letter}{_FIRST_ROW}:{letter}{last})"
            cell._style = looks[_SUM._replace(number_format=_format(found), wrap=False, indent=0)]
            sums[at] = sum((_number(value) for value in found), start=Decimal(0))
        elif at == 0:
            put_text(cell, TOTAL)
    return sums


def _width(heading: str, texts: Sequence[str]) -> float:
    """The width of a column, in characters: what its longest line needs, within bounds."""
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0) + 3.0
    words = max((len(word) for word in heading.split()), default=0) + 3.5
    return min(max(longest, words, _NARROWEST), _WIDEST)


def _fit_page(sheet: Any, *, landscape: bool) -> None:
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _put(sheet: Worksheet, row: int, column: int, value: object, looks: Looks) -> str:
    """Write one value in its own format; what it looks like."""
    cell: Any = sheet.cell(row, column)
    if is_empty(value):
        cell._style = looks[_CELL]
        return ""
    native, form = as_native(value)
    if isinstance(native, str) or not isinstance(value, Quantity | int | date | time | Decimal):
        return _text(sheet, row, column, _shown(value), looks, _CELL._replace(number_format="@"))
    right = isinstance(value, Quantity | int | Decimal)
    cell._style = looks[_CELL._replace(number_format=form, wrap=False, indent=0 if right else 1)]
    put(cell, value)
    return display(value)


def _text(sheet: Worksheet, row: int, column: int, text: str, looks: Looks, look: Look) -> str:
    cell: Any = sheet.cell(row, column)
    cell._style = looks[look]
    put_text(cell, text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(_CUT)] + _CUT)
    return text


def _shown(value: object) -> str:
    """A value as a text: the elements of a list after one another, a group by its key or else by all it holds."""
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, map(_shown, value)))
    if isinstance(value, Group):
        return str(value) or ", ".join(_shown(one) for one in value.values() if not is_empty(one))
    if isinstance(value, Markdown):
        from docgen.word.values.plain_text import plain_text

        return plain_text(value)
    return display(value)


def _format(values: Sequence[object]) -> str:
    """The number format of a sum: that of the first value."""
    return next((as_native(value)[1] for value in values if isinstance(value, Quantity | int | Decimal)), "General")


def _number(value: object) -> Decimal:
    """What a value adds to a sum in Excel: nothing where the cell holds text."""
    native, _ = as_native(value)
    return Decimal(str(native)) if isinstance(native, int | float) else Decimal(0)


def _with_values(data: bytes, sums: Mapping[str, Mapping[str, Decimal]]) -> bytes:
    """The file with the value of each formula, which openpyxl leaves out: viewers that do not reckon show it."""
    package = read_package(data, "regneark.xlsx")
    changed: dict[str, bytes] = {}
    for part, values in sums.items():
        text = package.data(part).decode()
        for cell, value in values.items():
            pattern = re.compile(rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)')
            text, count = pattern.subn(rf"\g<1><v>{value:f}</v>", text)
            if count != 1:
                raise ValueError(f"no formula in {cell}")
        changed[part] = text.encode()
    return package.changed(changed).to_bytes()


def _sheet_names(titles: Iterator[str]) -> list[str]:
    """The titles as names of sheets: as short as Excel wants them, and no two alike."""
    taken = {FRONT.casefold()}
    found = []
    for title in titles:
        plain = _FORBIDDEN.sub(" ", _CONTROL.sub(" ", title)).strip()[:LONGEST_TITLE].rstrip() or "Liste"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain[: LONGEST_TITLE - 1 - len(str(number))]} {number}"
        taken.add(name.casefold())
        found.append(name)
    return found
