"""A Markdown table as Word's: heading row, column widths, numbers to the right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.word.archive.ooxml import attribute
from docgen.word.values.runs import Inlines, Links, runs_xml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.word.look.styles import StyleMap

_WIDTH = 9072  # twips, 16 cm: the text of an A4 page; the table itself fills the width there is
_NARROW, _WIDE = 6, 40  # characters that a column's content counts for at least and at most
_NUMBER = re.compile(
    r"[+\-\u2212\u2013]?[ \u00a0]?(?:\d{1,3}(?:[. \u00a0]\d{3})+|\d+)(?:,\d+|\.\d{1,2})?"
    r"(?:[ \u00a0]?(?:%|pct\.?|kr\.?|mio\.?(?:[ \u00a0]kr\.?)?))?"
)
_NOTHING = frozenset(("", "-", "\u2013", "\u2014"))
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_AFTER = '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'


def table_xml(rows: Sequence[Sequence[Inlines]], aligned: Sequence[str], styles: StyleMap, links: Links) -> str:
    """The table with its first row as heading (unless that is empty), and the slim paragraph below it.

    `aligned` says `left`, `right`, `center` or nothing for each column; a column that says nothing stands right when
    it holds only numbers. Word joins two tables that touch, and a cell may not end with one: hence the paragraph.
    """
    heading, body = rows[0], rows[1:]
    sides = [side or _side([row[column].text for row in body]) for column, side in enumerate(aligned)]
    widths = _widths([[cell.text for cell in row] for row in rows])
    named = any(cell.text.strip() for cell in heading)
    look = (
        f'<w:tblStyle w:val="{attribute(styles.table)}"/><w:tblW w:w="5000" w:type="pct"/>'
        if styles.table
        else f'<w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    first = f'w:val="{"0420" if named else "0400"}" w:firstRow="{int(named)}"'
    found = [
        f'<w:tbl><w:tblPr>{look}<w:tblLook {first} w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    ]
    for number, row in enumerate(rows):
        if number == 0 and not named and body:
            continue
        head = number == 0 and named
        cells = zip(row, sides, widths, strict=True)
        found.append(f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' * head}</w:trPr>")
        found += [_cell_xml(cell, side, width, head, styles, links) for cell, side, width in cells]
        found.append("</w:tr>")
    body_style = f'<w:pStyle w:val="{attribute(styles.body)}"/>' if styles.body else ""
    return "".join(found) + f"</w:tbl><w:p><w:pPr>{body_style}{_AFTER}</w:pPr></w:p>"


def _cell_xml(cell: Inlines, side: str, width: int, head: bool, styles: StyleMap, links: Links) -> str:
    style = styles.table_text
    if head:
        style = styles.table_head or style
    elif side == "right":
        style = styles.table_number or style
    placed = style == styles.table_number and side == "right" and style
    properties = f'<w:pStyle w:val="{attribute(style)}"/>' if style else ""
    if side in {"right", "center"} and not placed:
        properties += f'<w:jc w:val="{side}"/>'
    look = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    if head and not styles.table_head:
        cell = cell.emboldened()
    text = runs_xml(cell, styles, links)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{look}{text}</w:p></w:tc>'


def _side(texts: Sequence[str]) -> str:
    """`right` for a column of numbers and amounts, with dashes or nothing where there is none."""
    values = [text.strip() for text in texts if text.strip() not in _NOTHING]
    return "right" if values and all(map(_NUMBER.fullmatch, values)) else ""


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """The widths of the columns in twips, by the longest text of each."""
    shares = [max(_NARROW, min(_WIDE, max(map(len, column)))) for column in zip(*rows, strict=True)]
    widths = [_WIDTH * share // sum(shares) for share in shares]
    widths[-1] += _WIDTH - sum(widths)
    return widths
