"""The rows of a sheet written as text into a workbook that openpyxl wrote without them: no objects for each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from typing import Any, NamedTuple
from urllib.parse import quote

from docgen.forms.excel.cells import LONGEST_TEXT, STARTS_FORMULA, as_text
from docgen.forms.excel.look import Look, Looks
from docgen.package import Package, pack_chunks
from docgen.series.pages import letters

Value = int | str
Cells = Sequence[tuple[Value, Look]]
"""The values of a row, each with its look."""


class Line(NamedTuple):
    """A row of a sheet, `height` points high; the cell at the index `link` leads to the file that it names."""

    height: float
    cells: Cells
    link: int | None = None


_CUT = " […]"
_NO_ROWS, _AFTER_LINKS, _AFTER_TARGETS = b"<sheetData></sheetData>", b"<pageMargins", b"</Relationships>"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = f'<hyperlinks xmlns:r="{_RELATIONSHIPS}">'


class SheetText:
    """The rows of one sheet, from the first one; they are made when they are written, and never held all at once.

    Text is never taken for a formula, and is cut where Excel ends. `looks` are those that the rows may have.
    """

    def __init__(self, sheet: Any, looks: Iterable[Look], lines: Callable[[], Iterator[Line]]) -> None:
        self._lines = lines
        self._styles = _styles(sheet, looks)
        self._letters: list[str] = []
        self._linked: list[tuple[int, str, str]] = []  # a row, the column of its link, and the file

    def put_into(self, package: Package, number: int) -> Package:
        """The workbook with the rows in their sheet, the `number`th one."""
        part = f"xl/worksheets/sheet{number}.xml"
        members = [pack_chunks(part, self._sheet(package.data(part)))]
        if self._linked:
            part = f"xl/worksheets/_rels/sheet{number}.xml.rels"
            members.append(pack_chunks(part, self._targets(package.data(part))))
        return package.replaced(members)

    def _sheet(self, empty: bytes) -> Iterator[bytes]:
        before, _, after = empty.partition(_NO_ROWS)
        yield before + b"<sheetData>"
        for number, line in enumerate(self._lines(), 1):
            yield self._row(number, line).encode()
        yield b"</sheetData>"
        between, mark, after = after.partition(_AFTER_LINKS)
        links = [f'<hyperlink ref="{letter}{at}" r:id="fil{at}"/>' for at, letter, _ in self._linked]
        yield between + (f"{_LINKS}{''.join(links)}</hyperlinks>".encode() if links else b"") + mark + after

    def _targets(self, own: bytes) -> Iterator[bytes]:
        before, mark, after = own.partition(_AFTER_TARGETS)
        yield before
        for number, _, file in self._linked:
            kind, target = f'Type="{_RELATIONSHIPS}/hyperlink"', f'Target="{quote(file)}" TargetMode="External"'
            yield f'<Relationship Id="fil{number}" {kind} {target}/>'.encode()
        yield mark + after

    def _row(self, number: int, line: Line) -> str:
        self._letters += map(letters, range(len(self._letters) + 1, len(line.cells) + 1))
        cells = [self._cell(f"{letter}{number}", *one) for letter, one in zip(self._letters, line.cells, strict=False)]
        if line.link is not None and line.cells[line.link][0]:
            self._linked.append((number, self._letters[line.link], str(line.cells[line.link][0])))
        return f'<row r="{number}" ht="{line.height:g}" customHeight="1">{"".join(cells)}</row>'

    def _cell(self, place: str, value: Value, look: Look) -> str:
        if not isinstance(value, str):
            return f'<c r="{place}" s="{self._styles[look, False]}"><v>{value}</v></c>'
        if not value:
            return f'<c r="{place}" s="{self._styles[look, False]}"/>'
        text = as_text(value if len(value) <= LONGEST_TEXT else value[: LONGEST_TEXT - len(_CUT)] + _CUT)
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
        style = self._styles[look, value.startswith(STARTS_FORMULA)]
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _styles(sheet: Any, looks: Iterable[Look]) -> dict[tuple[Look, bool], int]:
    """The numbers of the workbook's styles for the looks, each also for text that begins as a formula does."""
    from openpyxl.cell import WriteOnlyCell

    known = Looks(sheet)
    found: dict[tuple[Look, bool], int] = {}
    for look in looks:
        for quoted in (False, True):
            cell: Any = WriteOnlyCell(sheet)
            cell._style = copy(known[look])
            cell.quotePrefix = quoted
            found[look, quoted] = cell.style_id
    return found
