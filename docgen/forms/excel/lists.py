"""The sheet of one list of a form: a table with a row for each element, totals, examples and dropdowns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from docgen.forms.excel import cells, words
from docgen.forms.excel.choices import Choices, link_validation, validation
from docgen.forms.excel.contents import Row
from docgen.forms.excel.front import lines_of, print_setup
from docgen.forms.excel.layout import LIST_NAME, ROW_ID, Column, Layout, ListSheet
from docgen.forms.excel.look import FAINT, HEAD, NEEDED, PRIMARY, REQUIRED, Look, Looks, number_format, width
from docgen.kinds.number_fields import AmountType

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

_HEADER = 6  # the row of the headings; the rows above it are title, help, what to do, totals and examples
_EMPTY_ROWS = 30  # ready to write in
_MORE_ROWS = 1000  # below them, with formats and dropdowns
_LINE, _MOST_POINTS = 15.0, 240.0
_PAGE = 190.0  # characters that are still legible on a page
_TITLE = Look(16, bold=True, colour=PRIMARY, wrap=False, top=False)
_HELP = Look(10, colour=FAINT, wrap=False)
_EXAMPLE = Look(9, italic=True, colour=FAINT, indent=1)
_TOTAL = Look(bold=True, colour=PRIMARY, wrap=False)
_HEADING = Look(bold=True, colour=PRIMARY, fill=HEAD, border="all", top=False, indent=1)
_BODY = Look(border="all", locked=False)


class _Place(NamedTuple):
    """One column of the sheet: `column` is the field, or None for those of docgen's own."""

    heading: str
    column: Column | None
    look: Look
    width: float
    fill: str = HEAD


def write_list(sheet: Worksheet, form: Layout, one: ListSheet, rows: list[Row], choices: Choices, looks: Looks) -> None:
    """Write the sheet of a list. It is not protected: on a protected sheet Excel lets no table grow."""
    places = _places(form, one)
    last = _HEADER + max(len(rows) + 10, _EMPTY_ROWS)
    _head(sheet, one, form, places, looks, last)
    _body(sheet, one, places, rows, looks, last)
    _table(sheet, one, places, last)
    for number, place in enumerate(places, 1):
        made = _validation(place, one, form, choices)
        if made is not None:
            letter = _letter(number)
            made.add(f"{letter}{_HEADER + 1}:{letter}{last + _MORE_ROWS}")
            sheet.add_data_validation(made)
    sheet.freeze_panes = f"C{_HEADER + 1}"
    sheet.print_title_rows = f"{_HEADER}:{_HEADER}"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_cols = "A:B"
    print_setup(sheet, max(1, round(sum(place.width for place in places) / _PAGE)))


def key_area(one: ListSheet, path: str, last: int) -> str:
    """The cells of the column `path` (the numbers of the rows where it is "") as far down as they are filled in."""
    number = 2 if not path else _first(one) + [column.path for column in one.columns].index(path)
    letter, name = _letter(number), "'{}'".format(one.sheet.replace("'", "''"))
    area = f"{name}!${letter}${_HEADER + 1}"
    whole = f"{area}:${letter}${last + _MORE_ROWS}"
    return f"{area}:INDEX({whole},MAX(1,COUNTA({whole})))"


def last_row(rows: list[Row]) -> int:
    """The last row of the table of a list with these rows."""
    return _HEADER + max(len(rows) + 10, _EMPTY_ROWS)


def _first(one: ListSheet) -> int:
    """The number of the first column with a field."""
    return 2 + bool(one.number) + bool(one.owner)


def _places(form: Layout, one: ListSheet) -> list[_Place]:
    text = _BODY._replace(number_format=cells.TEXT, indent=1)
    places = [_Place(ROW_ID, None, text, 6.0)]
    if one.number:
        places.append(_Place(one.number, None, _BODY._replace(number_format="0", colour=FAINT), 12.0))
    if one.owner:
        key = form.lists[one.parent].key
        look = text if key else _BODY._replace(number_format="0")
        places.append(_Place(f"{one.owner} *", None, look, 20.0, REQUIRED))
    for column in one.columns:
        form_ = cells.TEXT if column.lines else number_format(column.made)
        mark = " *" if column.required else " (*)" if column.sometimes else ""
        fill = REQUIRED if column.required else NEEDED if column.sometimes else HEAD
        heading = f"{column.heading}{mark}"
        wide = width(column.made, heading, lines=column.lines)
        look = _BODY._replace(number_format=form_, indent=1 if form_ == cells.TEXT else 0)
        places.append(_Place(heading, column, look, wide, fill))
    return places


def _head(sheet: Any, one: ListSheet, form: Layout, places: list[_Place], looks: Looks, last: int) -> None:
    for row, text in enumerate(words.list_guide(one, form), 1):
        _put(sheet, row, 2, text, looks[_TITLE if row == 1 else _HELP])
    sheet.row_dimensions[1].height = 26.0
    sheet.row_dimensions[_HEADER].height = 36.0
    sheet.row_dimensions[_HEADER - 1].height = 30.0
    for number, place in enumerate(places, 1):
        letter = _letter(number)
        dimension = sheet.column_dimensions[letter]
        dimension.width = place.width
        dimension._style = looks[place.look._replace(border="")]
        _put(sheet, _HEADER, number, place.heading, looks[_HEADING._replace(fill=place.fill)])
        if place.column is None:
            continue
        _put(sheet, _HEADER - 1, number, words.example_above(place.column), looks[_EXAMPLE])
        if isinstance(place.column.made, AmountType) and not place.column.lines:
            form_ = place.look.number_format
            total = sheet.cell(_HEADER - 2, number, f"=SUBTOTAL(109,{letter}{_HEADER + 1}:{letter}{last + _MORE_ROWS})")
            total._style = looks[_TOTAL._replace(number_format=f'"I alt "{form_}')]
    sheet.column_dimensions["A"].hidden = True


def _body(sheet: Any, one: ListSheet, places: list[_Place], rows: list[Row], looks: Looks, last: int) -> None:
    from openpyxl.cell.cell import Cell

    made: dict[tuple[int, int], Any] = sheet._cells
    styles = [looks[place.look] for place in places]
    tallest: dict[int, int] = {}
    for number in range(1, last - _HEADER + 1):
        row = rows[number - 1] if number <= len(rows) else None
        at = _HEADER + number
        for position, (place, style) in enumerate(zip(places, styles, strict=True), 1):
            cell: Any = Cell(sheet, at, position)
            cell._style = style
            made[at, position] = cell
            value = _value(place, one, row, number)
            if value is not None:
                _write(cell, value, style)
                if isinstance(value, str) and (len(value) > place.width or "\n" in value):
                    tallest[at] = max(tallest.get(at, 1), lines_of(value, place.width))
    for at, lines in tallest.items():
        sheet.row_dimensions[at].height = min(lines * _LINE, _MOST_POINTS)


def _value(place: _Place, one: ListSheet, row: Row | None, number: int) -> object:
    if place.column is not None:
        return row.values.get(place.column.path) if row else None
    if place.heading == ROW_ID:
        return str(number)
    if place.heading == one.number:
        return number
    return row.owner if row else None


def _write(cell: Any, value: object, style: Any) -> None:
    """A value into a cell whose look is shared with others."""
    if isinstance(value, str) and not value.startswith(cells.STARTS_FORMULA):
        cell._value, cell.data_type = cells.as_text(value), "s"
        return
    from copy import copy

    cell._style = copy(style)
    cells.put(cell, value)


def _put(sheet: Worksheet, row: int, column: int, text: str, style: Any) -> Any:
    cell: Any = sheet.cell(row, column)
    cell._style = style
    cells.put_text(cell, text)
    return cell


def _table(sheet: Worksheet, one: ListSheet, places: list[_Place], last: int) -> None:
    from openpyxl.worksheet.table import Table

    sheet.add_table(Table(displayName=f"{LIST_NAME}{one.path}", ref=f"A{_HEADER}:{_letter(len(places))}{last}"))


def _validation(place: _Place, one: ListSheet, form: Layout, choices: Choices) -> DataValidation | None:
    if place.column is not None:
        return validation(place.column, choices, form, one, prompt=True)
    if one.owner and place.heading == f"{one.owner} *":
        return link_validation(choices, form.lists[one.parent])
    return None


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(number)
