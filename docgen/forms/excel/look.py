"""How a form looks: the colours of the house, and the format and width of a cell for each type of field."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from docgen.danish.grammar import alphabetic
from docgen.danish.reference import municipalities, regions
from docgen.forms.excel.cells import AMOUNT, DATE, TEXT, WHOLE
from docgen.forms.excel.contents import choice_text, is_day
from docgen.kinds.authority_fields import CvrType, GlnType, MunicipalityType, OrganisationType, RegionType
from docgen.kinds.fields import FieldType
from docgen.kinds.number_fields import AmountType, BoolType, NumberType, PercentType
from docgen.kinds.text_fields import CaseNumberType, ChoiceType, MarkdownType, TextType
from docgen.kinds.time_fields import YearType

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

PRIMARY, SECONDARY, LINE, HEAD = "1B3A57", "2F6690", "B3BDC7", "EAF0F5"
REQUIRED, NEEDED, WHITE, FAINT = "FFF2CC", "FFFAEB", "FFFFFF", "5F6B76"
FONT = "Calibri"
_NARROW, _MIDDLE, _WIDE, _PROSE = 13.0, 18.0, 28.0, 60.0


class Look(NamedTuple):
    """The look of one cell; sizes are points, colours RRGGBB, "" where there is none."""

    size: int = 11
    bold: bool = False
    italic: bool = False
    colour: str = "000000"
    fill: str = ""
    border: str = ""
    wrap: bool = True
    number_format: str = "General"
    locked: bool = True
    top: bool = True
    underline: bool = False
    indent: int = 0


class Looks:
    """The looks of one workbook, each made once."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._made: dict[Look, Any] = {}

    def __getitem__(self, look: Look) -> Any:
        found = self._made.get(look)
        if found is None:
            found = self._made[look] = self._style(look)
        return found

    def _style(self, look: Look) -> Any:
        from openpyxl.cell.cell import Cell
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        cell: Any = Cell(self._sheet, row=1, column=1)
        cell.font = Font(
            name=FONT,
            size=look.size,
            bold=look.bold,
            italic=look.italic,
            color=look.colour,
            underline="single" if look.underline else None,
        )
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        if look.border:
            side = Side(style="thin", color=LINE)
            cell.border = Border(bottom=side) if look.border == "under" else Border(side, side, side, side)
        cell.alignment = Alignment(
            wrap_text=look.wrap,
            vertical="top" if look.top else "center",
            indent=look.indent,
            horizontal=_horizontal(look),
        )
        cell.number_format = look.number_format
        cell.protection = Protection(locked=look.locked)
        return cell._style


def _horizontal(look: Look) -> str | None:
    return "left" if look.indent or look.number_format == TEXT else None


def number_format(made: FieldType) -> str:
    """The number format of the cells for a type of field: text for all that Excel would take for something else."""
    match made:
        case AmountType():
            return AMOUNT
        case PercentType(decimals=decimals):
            places = 2 if decimals is None else decimals
            return f"0.{'0' * places}%" if places else "0%"
        case NumberType(decimals=decimals):
            return WHOLE if decimals == 0 else "General"
        case YearType():
            return "0"
    return DATE if is_day(made) else TEXT


def width(made: FieldType, heading: str, *, lines: bool) -> float:
    """The width of a column, in characters of the standard font."""
    longest = max((len(word) for word in heading.replace("-", " ").split()), default=0) + 4.0
    return min(max(_wanted(made, lines=lines), longest), _PROSE)


def _wanted(made: FieldType, *, lines: bool) -> float:
    if isinstance(made, MarkdownType):
        return _PROSE
    if lines or isinstance(made, OrganisationType):
        return _WIDE
    if isinstance(made, ChoiceType | MunicipalityType | RegionType):
        return min(max(_NARROW, *(len(word) + 3.0 for word in words_of(made))), 34.0)
    if isinstance(made, CvrType | GlnType | AmountType | CaseNumberType):
        return _MIDDLE
    if isinstance(made, TextType):
        return _WIDE
    return _NARROW


def words_of(made: FieldType) -> tuple[str, ...]:
    """The words of the dropdown for a type of field; none where it has no fixed ones."""
    if isinstance(made, ChoiceType):
        found = (made.find(key) for key in made.choices)
        return tuple(choice_text(made, choice) for choice in found if choice is not None)
    if isinstance(made, BoolType):
        return ("ja", "nej")
    if isinstance(made, MunicipalityType):
        return _municipalities()
    return tuple(region.navn for region in regions()) if isinstance(made, RegionType) else ()


@cache
def _municipalities() -> tuple[str, ...]:
    return tuple(sorted((one.navn for one in municipalities()), key=alphabetic))
