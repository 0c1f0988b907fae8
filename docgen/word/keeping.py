"""What belongs to a table stays on its page: the text that leads it in, the row above its sum, the note below it."""

from __future__ import annotations

import re

_TABLE, _TABLE_END = "<w:tbl>", "</w:tbl>"
_PARAGRAPH = re.compile(r"<w:p[ >]")
_ROW = re.compile(r"<w:tr[ >]")
_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"/>')
_HEAD = re.compile(
    r"(<w:p(?: [^>]*[^/>])?>)(?!<w:pPr/>|<w:pPr>(?:<w:pStyle [^>]*>)?<w:keepNext/>)"
    r'(<w:pPr>(?:<w:pStyle w:val="[^"]*"/>)?)?'
)
_FIRST = re.compile(r'<w:p(?: [^>]*)?><w:pPr><w:pStyle w:val="([^"]*)"/>')
_KEEP = "<w:keepNext/>"
_SUM = 'w:lastRow="1"'


def keep_together(xml: str, caption: str, note: str) -> str:
    """The XML of a document's text, in which what belongs to a table keeps with it.

    `caption` is the id of the style of captions, `note` that of cells, which is also the style of notes below a
    table. Tables inside tables are left as they are.
    """
    if _TABLE not in xml:
        return xml
    pieces = xml.split(_TABLE)
    depth = 0
    for number, piece in enumerate(pieces):
        plain = number > 0 and depth == 0 and _TABLE_END in piece
        depth += (number > 0) - piece.count(_TABLE_END)
        kept = _rows_kept(piece, note) if plain else piece
        pieces[number] = _lead_in_kept(kept, caption) if depth == 0 and number < len(pieces) - 1 else kept
    return _TABLE.join(pieces)


def _rows_kept(piece: str, note: str) -> str:
    """A table and what follows it, with the last row kept on the page of the note, and the one before on the sum's."""
    end = piece.index(_TABLE_END)
    table, rest = piece[:end], piece[end:]
    rows = [found.start() for found in _ROW.finditer(table)]
    below = _FIRST.match(rest, len(_TABLE_END))
    if note and below and below[1] == note and rows:
        table = table[: rows[-1]] + _HEAD.sub(_with_keep, table[rows[-1] :])
    if _SUM in table and len(rows) > 2:
        table = table[: rows[-2]] + _HEAD.sub(_with_keep, table[rows[-2] : rows[-1]]) + table[rows[-1] :]
    return table + rest


def _lead_in_kept(text: str, caption: str, *, captioned: bool = False) -> str:
    """`text`, which ends where a table begins, with its last paragraph kept; that above a caption too."""
    start = max((found.start() for found in _PARAGRAPH.finditer(text, text.rfind(_TABLE_END) + 1)), default=-1)
    if start < 0 or not text.endswith("</w:p>"):
        return text
    before, paragraph = text[:start], text[start:]
    if paragraph.count("</w:p>") > 1 or "<w:t" not in paragraph or "<w:sectPr" in paragraph:
        return text
    style = _STYLE.search(paragraph)
    if caption and style and style[1] == caption:
        return _lead_in_kept(before, caption, captioned=True) + paragraph
    if captioned and before.endswith(_TABLE_END):
        return text  # between two tables and above a caption: a note to the first
    return before + _HEAD.sub(_with_keep, paragraph, count=1)


def _with_keep(head: re.Match[str]) -> str:
    opened, properties = head[1], head[2]
    return f"{opened}{properties}{_KEEP}" if properties else f"{opened}<w:pPr>{_KEEP}</w:pPr>"
