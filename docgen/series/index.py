"""The workbook that lists the documents of a series: a link to each, what became of it, and what it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import datetime, time
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from docgen.diagnostics import Severity
from docgen.forms.excel.cells import LONGEST_TEXT, put
from docgen.forms.excel.file import excel_bytes
from docgen.forms.excel.look import FAINT, HEAD, PRIMARY, SECONDARY, WHITE, Look, Looks
from docgen.series.job import Job, Outcome, Status, told
from docgen.series.pages import letters

if TYPE_CHECKING:
    from docgen.kinds.model import Kind

HEADER = 4
_TITLE, _NOTE = Look(size=16, bold=True, colour=PRIMARY, wrap=False), Look(colour=FAINT, wrap=False)
_HEADING = Look(bold=True, colour=WHITE, fill=PRIMARY, top=False, indent=1)
_TEXT = Look(border="under", number_format="@", indent=1)
_NUMBER = Look(border="under", number_format="0")
_LINK = Look(border="under", colour=SECONDARY, underline=True, number_format="@")
_HIGH = {_TITLE: 24.0, _HEADING: 20.0}
_STATUS = {
    Status.WRITTEN: Look(border="under", bold=True, colour="1E6B34", fill="E3F1E6", number_format="@"),
    Status.UNCHANGED: Look(border="under", colour=FAINT, fill=HEAD, number_format="@"),
    Status.EDITED: Look(border="under", bold=True, colour="7A4B00", fill="FFF2CC", number_format="@"),
    Status.FAILED: Look(border="under", bold=True, colour="9C1C1C", fill="FBE3E3", number_format="@"),
}
_COLUMNS = ("Dokument", "Status", "Advarsler", "Bemærkninger", "Type", "Skabelon", "Bestemmelser", "Aftryk af indhold")
_WIDEST, _NARROWEST, _HASH = 60.0, 9.0, 68.0
_LINE, _TALLEST = 15.0, 26  # points a line, and lines a row: Excel shows no more
_BARE = Look(border="under", number_format="@", colour=FAINT, wrap=False)


Line = Sequence[tuple[object, Look]]
"""The values of a row, each with its look."""
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
    """The index as a workbook: the same bytes for the same outcomes. It is written row by row, and never held whole."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sets: dict[Clauses, int] = {}
    for one in outcomes:
        if one.made and one.made.clauses:
            sets.setdefault(one.made.clauses, len(sets) + 1)
    counts = Counter(one.status for one in outcomes)
    shown = ", ".join(f"{counts[status]} {status.value}" for status in Status if counts[status])
    above = [[(listed.kind.title, _TITLE)], [(f"{len(outcomes)} rækker: {shown}", _NOTE)], []]
    names = _distinct(["Række", *listed.headings, *_COLUMNS])

    def lines() -> Iterator[Line]:
        for one, keys in zip(outcomes, listed.keys, strict=True):
            yield _line(one, keys, job, listed, sets)

    sheet: Any = book.create_sheet("Dokumenter")
    _set_up(sheet, names, _widths(names, lines()), HEADER, len(outcomes))
    sheet.column_dimensions[letters(len(names))].width = _HASH  # whole on the screen, and not on paper
    sheet.print_area = f"A1:{letters(len(names) - 1)}{HEADER + len(outcomes)}"
    _write(sheet, [*above, [(name, _HEADING) for name in names]], lines())
    if sets:
        clauses: Any = book.create_sheet("Bestemmelser")
        heads = ["Sæt", "Bestemmelse", "Overskrift", "Version"]
        told_of = list(_clause_lines(listed.kind, sets))
        _set_up(clauses, heads, _widths(heads, told_of), 1, len(told_of))
        _write(clauses, [[(name, _HEADING) for name in heads]], told_of)
    day = datetime.combine(job.request.today, time())
    return excel_bytes(book, title=f"Oversigt over dokumenter: {listed.kind.title}", created=day)


def _line(one: Outcome, keys: Sequence[str], job: Job, listed: Listed, sets: Mapping[Clauses, int]) -> Line:
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
        (remarks[: LONGEST_TEXT - 1], _TEXT),
        (kind if made else "", _TEXT),
        (listed.template if made else "", _TEXT),
        (f"Sæt {sets[made.clauses]}" if made and made.clauses else "", _TEXT),
        (made.content if made else "", _BARE),
    ]


def _clause_lines(kind: Kind, sets: Mapping[Clauses, int]) -> Iterator[Line]:
    """Which clauses, in which version, the documents of each set have."""
    for clauses, number in sets.items():
        for name, version in clauses:
            clause = kind.clauses.get(name)
            heading = clause.heading.text.gist() if clause else ""
            yield [(value, _TEXT) for value in (f"Sæt {number}", name, heading, version)]


def _widths(names: Sequence[str], lines: Iterable[Line]) -> list[float]:
    widths = [len(name) + 5.0 for name in names]
    for line in lines:
        for at, (value, _) in enumerate(line):
            widths[at] = max(widths[at], *(len(text) + 3.0 for text in str(value).split("\n")))
    return [min(max(width, _NARROWEST), _WIDEST) for width in widths]


def _height(line: Line) -> float:
    """About how high a row must be for its longest text."""
    texts = [str(value) for value, look in line if look is _TEXT]
    lines = (sum(-(-max(1, len(part)) // int(_WIDEST - 5)) for part in text.split("\n")) for text in texts)
    return _LINE * min(_TALLEST, max(lines, default=1))


def _write(sheet: Any, above: Sequence[Line], lines: Iterable[Line]) -> None:
    """Write the rows from the top, each with its height."""
    from openpyxl.cell import WriteOnlyCell

    looks = Looks(sheet)
    for number, line in enumerate(chain(above, lines), 1):
        cells = []
        for value, look in line:
            cell: Any = WriteOnlyCell(sheet)
            cell._style = copy(looks[look])
            put(cell, value)
            if look is _LINK and value:
                cell.hyperlink = quote(str(value))
                cell._style = copy(looks[look])
            cells.append(cell)
        height = _HIGH.get(line[0][1]) if line else None
        sheet.row_dimensions[number].height = height or _height(line)
        sheet.append(cells)
        del sheet.row_dimensions[number]


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
