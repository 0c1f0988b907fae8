"""Excel workbooks as they stand: every value with its cell, and what is remarkable about cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, TypeVar, overload

from docgen.diagnostics import CellPlace, Diagnostic, DocgenError, FilePlace, error
from docgen.package import ROOT_RELATIONSHIPS, TYPES_PART, Limits, Package, file_bytes, read_package
from docgen.sources.tree import Scalar
from docgen.sources.workbooks.content import MAX_AREA, Cell, Content, TooLargeError, column_letters
from docgen.sources.workbooks.formats import Shown, as_month, as_percent, written
from docgen.sources.workbooks.parts import Area, SheetPart, TableArea, main_part, read_area, read_parts, read_tables
from docgen.sources.workbooks.sheet import read_sheet
from docgen.sources.workbooks.text import DamagedError
from docgen.sources.workbooks.values import Values

__all__ = ["Area", "Rows", "Sheet", "TableArea", "Workbook", "cell_name", "read_workbook"]

LIMITS = Limits(total=300_000_000, part=200_000_000, ratio=400, members=5_000)
"""What a workbook may fill, unpacked: a sheet of 100,000 rows and 30 columns is 160 MB of XML."""
MARKS = ("docgen.fejl", "docgen.fejl.husk")
"""The defined names of the sheets that docgen puts into a marked copy (docgen.forms.marking); they are not read."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_START = 200  # bytes that tell a format

_Made = TypeVar("_Made")


class Rows(Sequence[Sequence[object]]):
    """The rows of a sheet, each made when it is asked for: rows[0] is row 1, and its first value is of column A."""

    def __init__(self, columns: Sequence[Sequence[object]], height: int) -> None:
        self._columns = columns
        self._height = height

    def __len__(self) -> int:
        return self._height

    @overload
    def __getitem__(self, at: int) -> Sequence[object]: ...
    @overload
    def __getitem__(self, at: slice) -> list[Sequence[object]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[object] | list[Sequence[object]]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(self._height))]
        if not -self._height <= at < self._height:
            raise IndexError(at)
        return tuple(column[at] for column in self._columns)

    def __iter__(self) -> Iterator[Sequence[object]]:
        return zip(*self._columns, strict=True)


class Sheet:
    """One sheet of a workbook; rows and columns count from 1.

    A value is str (in NFC), int or Decimal (15 digits, as Excel shows them), bool, date, datetime (never at midnight,
    that is a date), time, timedelta, or None for an empty cell. An error is its Danish name as text, and in `errors`.
    `valueless` are formulas whose result the file does not have: a program wrote them, and Excel has never reckoned.
    """

    def __init__(self, file: str, name: str, content: Content, *, hidden: bool) -> None:
        self.file = file
        self.name = name
        self.hidden = hidden
        self.height = content.height
        self.width = content.width
        empty: list[object] = [None] * self.height
        self._columns = [content.columns.get(number, empty) for number in range(1, self.width + 1)]
        self.rows: Sequence[Sequence[object]] = Rows(self._columns, self.height)
        areas = (read_area(f"x!{one}") for one in content.merged)
        self.merged: tuple[Area, ...] = tuple(one._replace(sheet=name) for one in areas if one)
        self.hidden_rows: frozenset[int] = frozenset(content.hidden_rows)
        self.hidden_columns: frozenset[int] = frozenset(content.hidden_columns)
        self.formulas: frozenset[Cell] = frozenset(content.formulas)
        self.valueless: frozenset[Cell] = frozenset(content.valueless)
        self.errors: Mapping[Cell, str] = content.errors
        self.percents: frozenset[Cell] = frozenset(content.percents)
        self.months: frozenset[Cell] = frozenset(content.months)

    def value(self, row: int, column: int) -> object:
        """The value of a cell; None where it is empty or beyond the last one."""
        inside = 1 <= row <= self.height and 1 <= column <= self.width
        return self._columns[column - 1][row - 1] if inside else None

    def let_go(self, row: int) -> None:
        """Forget the values of a row that nobody asks for any more."""
        for column in self._columns if row <= self.height else ():
            column[row - 1] = None

    def column(self, number: int) -> Sequence[object]:
        """The values of a column from row 1 to the sheet's last row."""
        return self._columns[number - 1] if 1 <= number <= self.width else [None] * self.height

    def place(self, row: int, column: int) -> CellPlace:
        """Where a cell is."""
        return CellPlace(self.file, self.name, cell_name(row, column))

    def scalar(self, row: int, column: int) -> Scalar:
        """A cell with its place: its text as a Dane would write it, and the cell's own value as `native`.

        Texts have no native value, nor have cells in percent format: those are `50 %`. A date of which the cell shows
        no day (Excel makes one of `maj 2026`) is written as a month.
        """
        return as_scalar(self.value(row, column), self.place(row, column), shown=self.shown(row, column))

    def shown(self, row: int, column: int) -> Shown:
        """Whether the format of a cell shows a percentage, or a month without its day; else NUMBER."""
        cell = (row, column)
        return Shown.PERCENT if cell in self.percents else Shown.MONTH if cell in self.months else Shown.NUMBER


class Workbook(NamedTuple):
    """A workbook that was read: its sheets in order, the names and tables of the whole workbook, and its file."""

    name: str
    sheets: Mapping[str, Sheet]
    names: Mapping[str, Area]
    tables: Mapping[str, TableArea]
    package: Package


def as_scalar(value: object, place: CellPlace, shown: Shown = Shown.NUMBER) -> Scalar:
    """The value of a cell as what a reader of inputs gives."""
    if value is None:
        return Scalar("", place, None, empty=True)
    if isinstance(value, str):
        return Scalar(value, place)
    if shown is Shown.PERCENT and isinstance(value, int | Decimal):
        return Scalar(as_percent(value), place)
    if shown is Shown.MONTH and isinstance(value, date) and value.day == 1:
        return Scalar(as_month(value), place, value)
    return Scalar(written(value), place, value)


def cell_name(row: int, column: int) -> str:
    """The name of a cell: `F17`."""
    return f"{column_letters(column)}{row}"


def read_workbook(source: Path | bytes, name: str = "") -> Workbook:
    """Read a workbook or its bytes; `name` is what messages call it.

    The sheets with the marks of `docgen tjek --markeret` are left out: the rest is what the file's author wrote.
    Raises DocgenError (exit code 2) with why it cannot be used: DG401, DG402, DG405-DG412, DG601-DG607 and DG620.
    """
    file = name or (str(source) if isinstance(source, Path) else "regneark.xlsx")
    data = source if isinstance(source, bytes) else file_bytes(source, file, LIMITS)
    other = _lock_file(file) or _other_format(data, FilePlace(file))
    if other is not None:
        raise DocgenError([other], exit_code=2)
    package = read_package(data, file, LIMITS, keep_unpacked=True)
    main = _told(main_part, package, part=ROOT_RELATIONSHIPS)
    parts = _told(read_parts, package, main, part=main) if main else None
    if parts is None or not parts.sheets:
        raise DocgenError([error("DG603", FilePlace(file))], exit_code=2)
    values = Values(parts.strings, parts.styles, from_1904=parts.from_1904)
    marks = {area.sheet for name, area in parts.names.items() if name in MARKS}
    wanted = [one for one in parts.sheets if one.name not in marks]
    sheets = {one.name: _told(_sheet, package, one, values, part=one.part) for one in wanted}
    tables: dict[str, TableArea] = {}
    for one in wanted:
        tables |= _told(read_tables, package, one, part=one.part)
    for one in parts.sheets:
        package.members[one.part].unpacked = None  # the largest parts, which few ask for again
    return Workbook(file, sheets, parts.names, tables, package)


def _lock_file(file: str) -> Diagnostic | None:
    """What to say of the file that Excel lays beside a workbook that is open; None for any other file."""
    own = file.rpartition("/")[2]
    return error("DG607", FilePlace(file), fil=own[2:]) if own.startswith("~$") else None


def _other_format(data: bytes, place: FilePlace) -> Diagnostic | None:
    """What to say of a file that is no workbook of today's Excel; None when it may be one."""
    start = data[:_START]
    if start.startswith(_OLE):
        return error("DG604" if _ENCRYPTED in data else "DG602", place)
    if not start.startswith(b"PK"):
        text = b"\0" not in start and start.strip() and not start.startswith((b"%PDF", b"{\\rtf"))
        return (
            error("DG605", place, format="tekst (fx csv)", format_en="text (such as csv)")
            if text
            else error("DG601", place)
        )
    if b"opendocument.spreadsheet" in start:
        return error("DG605", place, format="ODS")
    if b"xl/workbook.bin" in data:
        return error("DG605", place, format="XLSB")
    return None if TYPES_PART.encode() in data else error("DG601", place)


def _told(read: Callable[..., _Made], package: Package, *given: object, part: str) -> _Made:
    """What `read` makes of the package. Raises DocgenError DG606 where it finds damage in `part`."""
    try:
        return read(package, *given)
    except DamagedError as fault:
        place = FilePlace(package.file)
        raise DocgenError([error("DG606", place, navn=fault.part or part, linje=fault.line)], exit_code=2) from None


def _sheet(package: Package, sheet: SheetPart, values: Values) -> Sheet:
    try:
        content = read_sheet(package.data(sheet.part), values)
    except TooLargeError as fault:
        cell = cell_name(fault.row, fault.column)
        place = CellPlace(package.file, sheet.name, cell)
        raise DocgenError(
            [error("DG620", place, celle=cell, mest=f"{MAX_AREA // 1_000_000}.000.000")], exit_code=2
        ) from None
    return Sheet(package.file, sheet.name, content, hidden=sheet.hidden)
