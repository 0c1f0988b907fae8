"""The columns of a table that its own tags widen or narrow: w:tblGrid follows the widest row of the output."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.word.tagging.tags import Marked

SENTINEL = "dgsg"
_GRID = re.compile(r"<\?dgsg ([\d,]*) ?\?>")
_TOKEN = re.compile(
    r"<w:tbl[ >]|</w:tbl>|<w:tr[ />]|<w:tc[ />]"
    r'|<w:gridSpan [^>]*?w:val="(\d+)"|<w:grid(?:Before|After) [^>]*?w:val="(\d+)"'
)


def mark_grids(marked: Marked) -> bool:
    """Puts a sentinel in the place of each grid whose table may come out with other columns; False when none may."""
    from lxml import etree

    from docgen.word.archive.ooxml import VAL, w

    found = False
    for table in marked.root.iter(w("tbl")):
        grid = table.find(w("tblGrid"))
        if grid is None:
            continue
        rows = [row for row in table.iter(w("tr")) if next(row.iterancestors(w("tbl"))) is table]
        spans = [span for row in rows for span in row.iterfind(f".//{w('tcPr')}/{w('gridSpan')}")]
        if any(marked.fence in (span.get(VAL) or "") for span in spans) or any(
            isinstance(node, etree._ProcessingInstruction) for row in rows for node in row
        ):
            widths = [column.get(w("w"), "0") for column in grid.iterchildren(w("gridCol"))]
            kept = ",".join(width if width.isdecimal() else "0" for width in widths)
            table.replace(grid, etree.ProcessingInstruction(SENTINEL, kept))
            found = True
    return found


def fit_grids(xml: str) -> str:
    """The output of a part with its sentinels resolved."""
    out: list[str] = []
    position = 0
    for match in _GRID.finditer(xml):
        widths = [int(width) for width in match[1].split(",") if width]
        out += (xml[position : match.start()], _grid_xml(_fitted(widths, _widest(xml, match.end()))))
        position = match.end()
    return "".join((*out, xml[position:]))


def _widest(xml: str, start: int) -> int:
    """The number of columns that the widest row fills in the table that goes on at `start`."""
    depth = width = widest = 0
    for match in _TOKEN.finditer(xml, start):
        token = match[0]
        if token.startswith("</"):
            if not depth:
                break
            depth -= 1
        elif token.startswith("<w:tbl"):
            depth += 1
        elif depth:
            continue
        elif token.startswith("<w:tr"):
            widest, width = max(widest, width), 0
        elif token.startswith("<w:tc"):
            width += 1
        else:
            width += max(1, int(match[1])) - 1 if match[1] else int(match[2])
    return max(widest, width)


def _fitted(widths: list[int], wanted: int) -> list[int]:
    """The widths of `wanted` columns that are as wide together as those there were."""
    if not wanted or wanted == len(widths):
        return widths
    if wanted < len(widths):
        spare = sum(widths[wanted:]) // wanted
        return [width + spare for width in widths[:wanted]]
    shrunk = [width * len(widths) // wanted for width in widths]
    return shrunk + [sum(widths) // wanted] * (wanted - len(widths))


def _grid_xml(widths: list[int]) -> str:
    columns = (f'<w:gridCol w:w="{width}"/>' if width else "<w:gridCol/>" for width in widths)
    return f"<w:tblGrid>{''.join(columns)}</w:tblGrid>"
