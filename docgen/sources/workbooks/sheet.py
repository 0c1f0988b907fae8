"""The XML of one sheet, read into columns of values.

Rows that are written the way Excel, LibreOffice and other programs write them, nearly all of a long list, are read by
one regular expression (`rows`); what is left of the XML then is read here, by expat.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat

from docgen.sources.workbooks.content import MAX_COLUMN, Content, TooLargeError, cell_numbers
from docgen.sources.workbooks.formats import Shown
from docgen.sources.workbooks.rows import read_rows
from docgen.sources.workbooks.text import DamagedError
from docgen.sources.workbooks.values import Form, Values, refuse_doctype


def read_sheet(data: bytes, values: Values) -> Content:
    """The content of a sheet. Raises DamagedError and TooLargeError."""
    content = Content()
    try:
        rest = read_rows(data, values, content)
    except UnicodeError:
        raise DamagedError from None
    if rest is None:  # rows that only make sense together
        content, rest = Content(), data
    _Reader(values, content).read(rest)
    for held in content.columns.values():
        held.extend([None] * (content.height - len(held)))
    return content


class _Reader:
    """Reads a sheet's XML tag by tag; names count without their prefix."""

    def __init__(self, values: Values, content: Content) -> None:
        self.values = values
        self.content = content
        self.row = self.column = 0
        self.form = Form("n", Shown.NUMBER)
        self.forms: dict[tuple[str, str], Form] = {}
        self.text: list[str] | None = None  # the cell's text so far; None outside cells and where it has none
        self.has_formula = False
        self.phonetic = False
        self.collecting = False

    def read(self, data: bytes) -> None:
        """Read all of it. Raises DamagedError with the line of what is no XML."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = refuse_doctype
        try:
            parser.Parse(data, True)
        except expat.ExpatError as fault:
            raise DamagedError(fault.lineno) from None
        except (ValueError, LookupError) as fault:
            if isinstance(fault, DamagedError | TooLargeError):
                raise
            raise DamagedError(parser.CurrentLineNumber) from None

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "c":
                self._start_cell(attributes)
            case "v" | "t":
                self.collecting = not self.phonetic
            case "f":
                self.has_formula = True
            case "rPh":
                self.phonetic = True
            case "row":
                self.row = int(attributes.get("r", self.row + 1))
                self.column = 0
                if attributes.get("hidden") in ("1", "true"):
                    self.content.hidden_rows.add(self.row)
            case "col" if attributes.get("hidden") in ("1", "true"):
                first, last = int(attributes["min"]), min(int(attributes["max"]), MAX_COLUMN)
                self.content.hidden_columns.update(range(first, last + 1))
            case "mergeCell":
                self.content.merged.append(attributes["ref"])

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        self.row, self.column = cell_numbers(reference) if reference else (self.row, self.column + 1)
        written = attributes.get("t", ""), attributes.get("s", "")
        if written not in self.forms:
            self.forms[written] = self.values.form(*written)
        self.form = self.forms[written]
        self.text, self.has_formula = [], False

    def _characters(self, text: str) -> None:
        if self.collecting and self.text is not None:
            self.text.append(text)

    def _end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "v" | "t":
                self.collecting = False
            case "rPh":
                self.phonetic = False
            case "c" if self.text is not None:
                self._end_cell("".join(self.text))
                self.text = None

    def _end_cell(self, text: str) -> None:
        rows = [self.row]
        if self.has_formula:
            self.content.add_formulas(self.form, self.column, rows, rows if text else [])
        if text:
            self.content.put(self.form, self.column, rows, [self.values.one(self.form, text)])
