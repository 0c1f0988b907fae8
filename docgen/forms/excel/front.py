"""The front sheet of a form: every single field with its label, cell, help and example, and the way to the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docgen.forms.excel import cells, words
from docgen.forms.excel.choices import Choices, validation
from docgen.forms.excel.contents import Contents
from docgen.forms.excel.layout import FIELD_NAME, FILES_NAME, FRONT, PROFILE_LABEL, Column, Layout
from docgen.forms.excel.look import FAINT, HEAD, NEEDED, PRIMARY, REQUIRED, SECONDARY, WHITE, Look, Looks, number_format
from docgen.kinds.arrangement import PROFILE
from docgen.kinds.text_fields import MarkdownType

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {"A": 36.0, "B": 58.0, "C": 64.0, "D": 34.0}
_LINE, _PROSE_LINES, _MOST_POINTS = 15.0, 6, 400.0
_SMALL = 1.2  # so many more characters fit in a line of the help
_BAND = Look(16, bold=True, colour=WHITE, fill=PRIMARY, top=False, wrap=False, indent=1)
_PLAIN = Look(colour=FAINT, wrap=False, indent=1, top=False)
_COLUMN = Look(bold=True, colour=PRIMARY, fill=HEAD, border="under", top=False, indent=1)
_SECTION = Look(12, bold=True, colour=PRIMARY, border="under", top=False, wrap=False, indent=1)
_SECTION_HELP = Look(10, italic=True, colour=FAINT, border="under", top=False, wrap=False, indent=1)
_LABEL = Look(indent=1, top=False)
_HELP = Look(10, colour=FAINT, indent=1, top=False)
_LINK = Look(colour=SECONDARY, underline=True, wrap=False, indent=1, top=False)
_INPUT = Look(border="all", locked=False, fill=WHITE, indent=1, top=False)


def write_front(sheet: Worksheet, form: Layout, given: Contents, choices: Choices, looks: Looks) -> None:
    """Write the front sheet; its input cells get defined names, and all else is locked, without a password."""
    front = _Front(sheet, form, given, choices, looks)
    front.head()
    if form.kind.profiles:
        front.profile()
    for section in form.sections:
        front.heading(section.title, section.help)
        for column in section.columns:
            front.field(column)
    if form.lists:
        front.links()
    front.finish()


class _Front:
    def __init__(self, sheet: Worksheet, form: Layout, given: Contents, choices: Choices, looks: Looks) -> None:
        self.sheet = sheet
        self.form = form
        self.given = given
        self.choices = choices
        self.looks = looks
        self.row = 0

    def cell(self, column: int, text: str, look: Look) -> Any:
        cell: Any = self.sheet.cell(self.row, column)
        cell._style = self.looks[look]
        cells.put_text(cell, text)
        return cell

    def band(self, texts: tuple[str, ...], look: Look, height: float = _LINE) -> None:
        self.row += 1
        for number in range(len(_WIDTHS)):
            self.cell(number + 1, texts[number] if number < len(texts) else "", look)
        self.sheet.row_dimensions[self.row].height = height

    def head(self) -> None:
        title, *lines = words.guide(self.form.kind)
        self.band((title,), _BAND, 30.0)
        for number, line in enumerate(lines):
            self.band((line,), _PLAIN, _LINE if number else 20.0)
        self.band((), _PLAIN, 8.0)
        self.band(words.HEADINGS, _COLUMN, 22.0)
        self.sheet.freeze_panes = f"B{self.row + 1}"
        self.sheet.print_title_rows = f"{self.row}:{self.row}"

    def heading(self, title: str, told: str) -> None:
        self.row += 1
        self.sheet.row_dimensions[self.row].height = 10.0
        self.band((title,), _SECTION, 24.0)
        self.cell(3, told, _SECTION_HELP)

    def profile(self) -> None:
        profiles = self.form.kind.profiles.values()
        told = words.profile_help(self.form.kind)
        cell = self.line(PROFILE_LABEL, told, "", _INPUT._replace(number_format=cells.TEXT))
        cells.put(cell, self.given.singles.get(PROFILE))
        self.name(cell, PROFILE)
        self.sheet.row_dimensions[self.row].height = lines_of(told, _WIDTHS["C"] * _SMALL) * _LINE + 6.0
        self.restrict(cell, self.choices.name(tuple(one.name for one in profiles), "valg.profil"))

    def restrict(self, cell: Any, name: str) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        made = DataValidation("list", name, allow_blank=True, showErrorMessage=True, errorTitle="docgen")
        made.error = "Det står ikke på listen. Vælg et af ordene."
        made.add(cell.coordinate)
        self.sheet.add_data_validation(made)

    def field(self, column: Column) -> None:
        fill = REQUIRED if column.required else NEEDED if column.sometimes else WHITE
        mark = " *" if column.required else " (*)" if column.sometimes else ""
        look = _INPUT._replace(fill=fill, number_format=cells.TEXT if column.lines else number_format(column.made))
        told, shown = words.help_of(column), words.example_of(column)
        if isinstance(column.made, MarkdownType):
            look = look._replace(top=True)
        cell = self.line(f"{column.field.label}{mark}", told, shown, look)
        value = self.given.singles.get(column.path)
        cells.put(cell, value)
        self.name(cell, column.path)
        self.stretch(column, value, told, shown)
        made = validation(column, self.choices, self.form, None, prompt=False)
        if made is not None:
            made.add(cell.coordinate)
            self.sheet.add_data_validation(made)

    def line(self, label: str, told: str, shown: str, look: Look) -> Any:
        self.row += 1
        self.cell(1, label, _LABEL)
        self.cell(3, told, _HELP)
        self.cell(4, shown, _HELP._replace(italic=True))
        return self.cell(2, "", look)

    def stretch(self, column: Column, value: object, told: str, shown: str) -> None:
        """Make the row as tall as its texts; prose gets room to write in."""
        lines = lines_of(str(value or ""), _WIDTHS["B"])
        lines = max(lines, lines_of(told, _WIDTHS["C"] * _SMALL), lines_of(shown, _WIDTHS["D"] * _SMALL))
        if isinstance(column.made, MarkdownType):
            lines = max(lines, _PROSE_LINES)
        elif column.lines:
            lines = max(lines, 3)
        self.sheet.row_dimensions[self.row].height = min(lines * _LINE + 6.0, _MOST_POINTS)

    def name(self, cell: Any, path: str) -> None:
        self.choices.define(f"{FIELD_NAME}{path}", f"{FRONT}!${cell.column_letter}${cell.row}")

    def links(self) -> None:
        from openpyxl.worksheet.hyperlink import Hyperlink

        self.heading(*words.LISTS)
        for one in self.form.lists.values():
            self.row += 1
            mark = " *" if one.field.required is True and one.field.applies is None else ""
            cell = self.cell(1, f"{one.sheet}{mark}", _LINK)
            self.cell(3, one.field.help, _HELP)
            if not one.parent:
                files = self.cell(2, "", _INPUT._replace(number_format=cells.TEXT))
                self.choices.define(f"{FILES_NAME}{one.path}", f"{FRONT}!${files.column_letter}${files.row}")
            quoted = one.sheet.replace("'", "''")
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A1")
            cell._style = self.looks[_LINK]
            self.sheet.row_dimensions[self.row].height = (
                max(1, lines_of(one.field.help, _WIDTHS["C"] * _SMALL)) * _LINE + 6.0
            )

    def finish(self) -> None:
        for letter, width in _WIDTHS.items():
            self.sheet.column_dimensions[letter].width = width
        protection = self.sheet.protection
        protection.sheet = True
        protection.formatCells = protection.formatColumns = protection.formatRows = False  # these stay allowed
        self.sheet.sheet_view.showGridLines = False
        print_setup(self.sheet)


def print_setup(sheet: Worksheet, pages: int = 1) -> None:
    """Landscape A4 with page numbers, as wide as so many pages."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.75, 0.3
    footer: Any = sheet.oddFooter
    footer.left.text, footer.right.text = "&A", "Side &P af &N"


def lines_of(text: str, width: float) -> int:
    """About how many lines a text takes in a column of that width."""
    return sum(1 + int(len(line) / (width * 1.1)) for line in text.split("\n")) if text else 1
