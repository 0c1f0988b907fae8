"""The workbook that lists the documents of a series: a link to each, what became of it, and what it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from docgen.diagnostics import Severity
from docgen.forms.excel.file import excel_bytes
from docgen.forms.excel.look import FAINT, HEAD, PRIMARY, SECONDARY, WHITE, Look
from docgen.package import read_package
from docgen.series.job import Job, Outcome, Status, told
from docgen.series.pages import letters
from docgen.series.sheet_text import Cells, Line, SheetText

if TYPE_CHECKING:
    from docgen.kinds.model import Kind

HEADER = 4
_TITLE, _NOTE = Look(size=16, bold=True, colour=PRIMARY, wrap=False), Look(colour=FAINT, wrap=False)
_HEADING = Look(bold=True, colour=WHITE, fill=PRIMARY, top=False, indent=1)
_TEXT = Look(border="under", number_format="@", indent=1)
_NUMBER = Look(border="under", number_format="0", indent=1)
_LINK = Look(border="under", colour=SECONDARY, underline=True, number_format="@", indent=1)
_STATUS = {
    Status.WRITTEN: Look(border="under", bold=True, colour="1E6B34", fill="E3F1E6", number_format="@", indent=1),
    Status.UNCHANGED: Look(border="under", colour=FAINT, fill=HEAD, number_format="@", indent=1),
    Status.EDITED: Look(border="under", bold=True, colour="7A4B00", fill="FFF2CC", number_format="@", indent=1),
    Status.FAILED: Look(border="under", bold=True, colour="9C1C1C", fill="FBE3E3", number_format="@", indent=1),
}
_COLUMNS = ("Dokument", "Status", "Advarsler", "Bemærkninger", "Type", "Skabelon", "Bestemmelser", "Aftryk af indhold")
_WIDEST, _NARROWEST, _HASH = 60.0, 9.0, 68.0
_WRAPPED = 55  # characters of a text that stand on one line in the widest column
_TITLE_HEIGHT, _HEADING_HEIGHT, _LINE = 24.0, 20.0, 15.0  # points
_TALLEST = 26  # lines of a row: Excel shows no more
_BARE = Look(border="under", number_format="@", colour=FAINT, wrap=False)
_LOOKS = (_TITLE, _NOTE, _HEADING, _TEXT, _NUMBER, _LINK, _BARE, *_STATUS.values())


Clauses = tuple[tuple[str, str], ...]
"""The clauses of a document, each with its version."""


class Listed(NamedTuple):
    """What the index tells of a series besides its outcomes.

    `headings` are the names of the columns that tell rows apart, `keys` what each row has there. `template` says which
    template was used.
    """

    kind: Kind
    template: str
    headings: tuple[str, ...]
    keys: Sequence[tuple[str, ...]]


def index_bytes(job: Job, outcomes: Sequence[Outcome], listed: Listed) -> bytes:
    """The index as a workbook: the same bytes for the same outcomes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sets: dict[Clauses, int] = {}
    for one in outcomes:
        if one.made and one.made.clauses:
            sets.setdefault(one.made.clauses, len(sets) + 1)
    written = [_documents(book.create_sheet("Dokumenter"), job, outcomes, listed, sets)]
    if sets:
        written.append(_clauses(book.create_sheet("Bestemmelser"), listed.kind, sets))
    day = datetime.combine(job.request.today, time())
    package = read_package(excel_bytes(book, title=f"Oversigt over dokumenter: {listed.kind.title}", created=day), "")
    for number, text in enumerate(written, 1):
        package = text.put_into(package, number)
    return package.to_bytes()


def _documents(
    sheet: Any, job: Job, outcomes: Sequence[Outcome], listed: Listed, sets: Mapping[Clauses, int]
) -> SheetText:
    """The sheet with a line for each row of the series."""
    counts = Counter(one.status for one in outcomes)
    shown = ", ".join(f"{counts[status]} {status.value}" for status in Status if counts[status])
    names = _distinct(["Række", *listed.headings, *_COLUMNS])

    def lines() -> Iterator[Line]:
        for one, keys in zip(outcomes, listed.keys, strict=True):
            cells = _cells(one, keys, job, listed, sets)
            yield Line(_height(cells), cells, 1 + len(listed.headings))

    def all_lines() -> Iterator[Line]:
        yield Line(_TITLE_HEIGHT, [(listed.kind.title, _TITLE)])
        yield Line(_LINE, [(f"{len(outcomes)} rækker: {shown}", _NOTE)])
        yield Line(_LINE, [])
        yield _heading(names)
        yield from lines()

    _set_up(sheet, names, _widths(names, lines()), HEADER, len(outcomes))
    sheet.column_dimensions[letters(len(names))].width = _HASH  # whole on the screen, and not on paper
    sheet.print_area = f"A1:{letters(len(names) - 1)}{HEADER + len(outcomes)}"
    return SheetText(sheet, _LOOKS, all_lines)


def _clauses(sheet: Any, kind: Kind, sets: Mapping[Clauses, int]) -> SheetText:
    """The sheet that tells which clauses, in which version, the documents of each set have."""
    names = ["Sæt", "Bestemmelse", "Overskrift", "Version"]
    lines = list(_clause_lines(kind, sets))
    _set_up(sheet, names, _widths(names, lines), 1, len(lines))
    return SheetText(sheet, _LOOKS, lambda: chain([_heading(names)], lines))


def _heading(names: Sequence[str]) -> Line:
    return Line(_HEADING_HEIGHT, [(name, _HEADING) for name in names])


def _cells(one: Outcome, keys: Sequence[str], job: Job, listed: Listed, sets: Mapping[Clauses, int]) -> Cells:
    """What the index tells of a row."""
    made = one.made
    new = () if one.status in (Status.WRITTEN, Status.UNCHANGED) else one.findings  # the others are in `made`
    said = [*(made.told if made else ()), *(told(finding, job.language) for finding in new)]
    remarks = "\n".join(dict.fromkeys(text for severity, _, text in said if severity != Severity.INFO))
    kind = f"{listed.kind.title} {listed.kind.version}".strip()
    return [
        (one.number, _NUMBER),
        *((key, _TEXT) for key in keys),
        (made.files[0] if made else "", _LINK),
        (one.status.value, _STATUS[one.status]),
        (sum(severity == Severity.WARNING for severity, _, _ in said), _NUMBER),
        (remarks, _TEXT),
        (kind if made else "", _TEXT),
        (listed.template if made else "", _TEXT),
        (f"Sæt {sets[made.clauses]}" if made and made.clauses else "", _TEXT),
        (made.content if made else "", _BARE),
    ]


def _widths(names: Sequence[str], lines: Iterable[Line]) -> list[float]:
    """How wide the columns under the headings must be."""
    longest = [len(name) + 2 for name in names]
    for line in lines:
        for at, (value, _) in enumerate(line.cells):
            length = len(str(value))
            if length > longest[at]:
                longest[at] = max(longest[at], *map(len, str(value).split("\n")))
    return [min(max(length + 3.0, _NARROWEST), _WIDEST) for length in longest]


def _height(cells: Cells) -> float:
    """About how high a row must be for its longest text."""
    highest = 1
    for value, look in cells:
        if look is _TEXT and isinstance(value, str) and (len(value) > _WRAPPED or "\n" in value):
            highest = max(highest, sum(-(-max(1, len(part)) // _WRAPPED) for part in value.split("\n")))
    return _LINE * min(_TALLEST, highest)


def _clause_lines(kind: Kind, sets: Mapping[Clauses, int]) -> Iterator[Line]:
    for clauses, number in sets.items():
        for name, version in clauses:
            clause = kind.clauses.get(name)
            heading = clause.heading.text.gist() if clause else ""
            cells: Cells = [(value, _TEXT) for value in (f"Sæt {number}", name, heading, version)]
            yield Line(_height(cells), cells)


def _set_up(sheet: Any, names: Sequence[str], widths: Sequence[float], first: int, count: int) -> None:
    """A real table over the rows, with a frozen header and columns as wide as they need; printed across one page."""
    from openpyxl.worksheet.properties import PageSetupProperties
    from openpyxl.worksheet.table import Table, TableStyleInfo

    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[letters(column)].width = width
    table: Any = Table(displayName=sheet.title, ref=f"A{first}:{letters(len(names))}{first + max(1, count)}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    table._initialise_columns()
    for column, name in zip(table.tableColumns, names, strict=True):
        column.name = name
    sheet.tables.add(table)  # add_table warns, since it cannot see that the columns are named
    sheet.freeze_panes = f"B{first + 1}" if first > 1 else "A2"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{first}:{first}"


def _distinct(names: Sequence[str]) -> list[str]:
    """The headings of a table, which may not be empty and must differ."""
    found: list[str] = []
    for name in names:
        plain = name or "Kolonne"
        taken = {one.casefold() for one in found}
        number = 2
        while plain.casefold() in taken:
            plain = f"{name or 'Kolonne'} {number}"
            number += 1
        found.append(plain)
    return found
