"""What there is to say of the sheets of a series besides what their cells become: of each row, and of whole sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import CellPlace, Diagnostic, error
from docgen.forms.excel.around import look_around
from docgen.forms.excel.odd import odd_cells
from docgen.forms.excel.tables import area_name
from docgen.series.pages import Page
from docgen.sources.workbooks.content import cell_numbers

if TYPE_CHECKING:
    from docgen.sources.workbook import Workbook


class Remarks(NamedTuple):
    """What is said of sheets, and of their rows: those by the name of the sheet and the number of the row."""

    sheets: list[Diagnostic]
    rows: dict[tuple[str, int], list[Diagnostic]]

    def of(self, page: Page, row: int) -> Sequence[Diagnostic]:
        """What is said of a row of a sheet."""
        return self.rows.get((page.sheet.name, row), ())

    def add(self, found: Diagnostic) -> None:
        """Say something of the row that a finding about cells stands in."""
        if isinstance(found.place, CellPlace):
            row, _ = cell_numbers(found.place.cell)
            self.rows.setdefault((found.place.sheet, row), []).append(found)


def remarks(book: Workbook, pages: Sequence[Page]) -> Remarks:
    """What there is to say of the sheets of some pages and of the cells that are read of them, as forms say it."""
    read = [cells for page in pages for cells in page.read]
    around = look_around(book, read, by_row=True)
    said = Remarks(around.sheets, {})
    for cells in read:
        for one in odd_cells(cells):
            said.add(one)
    for page in pages:
        for one in _merged(page):
            said.add(one)
    for one in around.cells:
        said.add(one)
    return said


def _merged(page: Page) -> Iterator[Diagnostic]:
    """The merged cells of each row: nothing tells which row their value belongs to."""
    sheet = page.sheet
    for area in sheet.merged:
        columns = [one.number for one in page.read if area.first_column <= one.number <= area.last_column]
        for row in range(max(area.first_row, page.header + 1), min(area.last_row, sheet.height) + 1) if columns else ():
            yield error("DG812", sheet.place(row, columns[0]), område=area_name(area))
