"""The dropdowns, prompts and error texts of a form, and the hidden sheet that holds the words of the dropdowns."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from docgen.danish.formats import display
from docgen.forms.excel.cells import put_text
from docgen.forms.excel.contents import is_day
from docgen.forms.excel.layout import CHOICES, Column, Layout, ListSheet
from docgen.forms.excel.look import words_of
from docgen.kinds.authority_fields import MunicipalityType, RegionType
from docgen.kinds.composite_fields import ReferenceType
from docgen.kinds.fields import FieldType
from docgen.kinds.number_fields import AmountType, BoolType, NumberType, PercentType
from docgen.kinds.text_fields import ChoiceType, MarkdownType
from docgen.kinds.time_fields import YearType
from docgen.sources import Scalar

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

MARKDOWN_HINT = "En tom linje skiller afsnit, - foran en linje er et punkt, **ord** er fed."
LINES_HINT = "Én på hver linje; ny linje i cellen: Alt+Enter."
_LONGEST_TITLE, _LONGEST_TEXT = 32, 250
_NUMBERS = "-1E+15", "1E+15"


class Choices:
    """The words of every dropdown of a form, each under a defined name; `keys` are those of the lists."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._sheet: Worksheet = workbook.create_sheet(CHOICES)
        self._sheet.sheet_state = "hidden"
        self._names: dict[tuple[str, ...], str] = {}
        self.keys: dict[str, str] = {}

    def name(self, words: tuple[str, ...], called: str) -> str:
        """The defined name of a column with these words; `called` is what to call it when it is new."""
        known = self._names.get(words)
        if known is not None:
            return known
        from openpyxl.utils import get_column_letter

        column = len(self._names) + 1
        for row, word in enumerate((called, *words), 1):
            put_text(self._sheet.cell(row, column), word)
        letter = get_column_letter(column)
        self._names[words] = called
        return self.define(called, f"{CHOICES}!${letter}$2:${letter}${len(words) + 1}")

    def define(self, name: str, area: str) -> str:
        """Give an area of the workbook a name."""
        from openpyxl.workbook.defined_name import DefinedName

        self._workbook.defined_names[name] = DefinedName(name, attr_text=area)
        return name


def validation(
    column: Column, choices: Choices, form: Layout, home: ListSheet | None, *, prompt: bool
) -> DataValidation | None:
    """What Excel checks and says in the cells of a field of the list `home`; None where that is nothing."""
    from openpyxl.worksheet.datavalidation import DataValidation

    made = DataValidation(allow_blank=True, showErrorMessage=False)
    if not column.lines:
        _restrict(made, column, choices, form, home)
    if prompt:
        told = " ".join(filter(None, (column.field.help, hint(column), example(column))))
        made.promptTitle = _cut(column.field.label, _LONGEST_TITLE)
        made.prompt = _cut(told, _LONGEST_TEXT) or None
        made.showInputMessage = bool(told)
    return made if made.type or made.showInputMessage else None


def _restrict(made: DataValidation, column: Column, choices: Choices, form: Layout, home: ListSheet | None) -> None:
    words = words_of(column.made)
    if words:
        stop = not isinstance(column.made, MunicipalityType | RegionType)
        called = f"valg.{home.path}.{column.path}" if home else f"valg.{column.path}"
        _list(made, choices.name(words, _shared_name(column.made) or called), stop=stop)
    elif isinstance(column.made, ReferenceType):
        target = target_of(column.made, form, home)
        if target is not None and target.path in choices.keys:
            _list(made, choices.keys[target.path], stop=False, where=target.sheet)
    elif is_day(column.made):
        made.type, made.operator, made.formula1 = "date", "greaterThan", "0"
        _say(made, "Skriv en dato, fx 31-01-2026.")
    elif isinstance(column.made, NumberType | AmountType | PercentType):
        made.type, made.operator = "decimal", "between"
        made.formula1, made.formula2 = _bounds(column.made)
        _say(made, f"Skriv {column.made.describe()}{_limits(column.made)}".rstrip(".") + ".")
    elif isinstance(column.made, YearType):
        made.type, made.operator, made.formula1, made.formula2 = "whole", "between", "1000", "9999"
        _say(made, "Skriv et årstal, fx 2026.")


def link_validation(choices: Choices, above: ListSheet) -> DataValidation:
    """The dropdown of the column that names the element of the list `above` to which a row belongs."""
    from openpyxl.worksheet.datavalidation import DataValidation

    made = DataValidation(allow_blank=True, showErrorMessage=False)
    _list(made, choices.keys[above.path], stop=False, where=above.sheet)
    made.promptTitle = _cut("Hører til", _LONGEST_TITLE)
    made.prompt = _cut(f"Den række på arket {above.sheet}, som denne række hører til.", _LONGEST_TEXT)
    made.showInputMessage = True
    return made


def target_of(made: ReferenceType, form: Layout, home: ListSheet | None) -> ListSheet | None:
    """The list that a reference points to: that of the name nearest to the list in which it stands."""
    around = home.path.split(".") if home else []
    for length in range(len(around), -1, -1):
        found = form.lists.get(".".join((*around[:length], made.target)))
        if found is not None:
            return found
    return None


def hint(column: Column) -> str:
    """How to write in the cells of a field, where its help does not say so."""
    default = column.field.default
    told = [f"Udfyldes det ikke, bliver det {default.text}." if isinstance(default, Scalar) else ""]
    if column.lines:
        told.insert(0, LINES_HINT)
    elif isinstance(column.made, MarkdownType):
        told.insert(0, MARKDOWN_HINT)
    return " ".join(filter(None, told))


def example(column: Column) -> str:
    """An example of a value, or ""."""
    given = column.field.example
    if not isinstance(given, Scalar) or isinstance(column.made, BoolType):
        return ""
    choice = column.made.find(given.text) if isinstance(column.made, ChoiceType) else None
    return f"Eksempel: {choice.etiket if choice else given.text}"


def _list(made: DataValidation, name: str, *, stop: bool, where: str = "") -> None:
    made.type, made.formula1 = "list", name
    told = f"Det står ikke på arket {where}." if where else "Det står ikke på listen."
    if stop:
        made.errorStyle = "stop"
        _say(made, f"{told} Vælg et af ordene.")
    else:
        _say(made, f"{told} Vil du bruge det alligevel?")


def _say(made: DataValidation, told: str) -> None:
    made.showErrorMessage = True
    made.errorTitle = "docgen"
    made.error = told
    made.errorStyle = made.errorStyle or "warning"


def _shared_name(made: FieldType) -> str:
    if isinstance(made, BoolType):
        return "valg.ja_nej"
    return "valg.kommuner" if isinstance(made, MunicipalityType) else "valg.regioner" if _is_region(made) else ""


def _is_region(made: FieldType) -> bool:
    return isinstance(made, RegionType)


def _bounds(made: NumberType | AmountType | PercentType) -> tuple[str, str]:
    given = (made.minimum, made.maximum)
    share = 100 if isinstance(made, PercentType) else 1
    low, high = (
        plain if bound is None else str(bound.value / share) for bound, plain in zip(given, _NUMBERS, strict=True)
    )
    return low, high


def _limits(made: NumberType | AmountType | PercentType) -> str:
    low, high = (display(bound) if bound is not None else "" for bound in (made.minimum, made.maximum))
    if low and high:
        return f" fra {low} til {high}"
    return f" på mindst {low}" if low else f" på højst {high}" if high else ""


def _cut(text: str, longest: int) -> str:
    return textwrap.shorten(text, longest, placeholder=" …") if len(text) > longest else text
