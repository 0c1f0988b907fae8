"""What belongs to a table stays on its page: the text that leads it in, the row above its sum, the note below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docgen.word.tagging.settled import Seam

_TABLE, _TABLE_END, _PARAGRAPH_END = "<w:tbl>", "</w:tbl>", "</w:p>"
_ROW = re.compile(r"<w:tr[ >]")
_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"/>')
_HEAD = re.compile(
    r"(<w:p(?: [^>]*[^/>])?>)(?!<w:pPr/>|<w:pPr>(?:<w:pStyle [^>]*>)?<w:keepNext/>)"
    r'(<w:pPr>(?:<w:pStyle w:val="[^"]*"/>)?)?'
)
_FIRST = re.compile(r'<w:p(?: [^>]*)?><w:pPr><w:pStyle w:val="([^"]*)"/>')
_KEEP = "<w:keepNext/>"
_SUM = 'w:lastRow="1"'
_MOST_HELD, _END_HELD = 64_000, 16_000


def keep_together(xml: str, caption: str, note: str) -> str:
    """The XML of a document's text, in which what belongs to a table keeps with it.

    `caption` is the id of the style of captions, `note` that of cells, which is also the style of notes below a
    table. Tables inside tables are left as they are.
    """
    return "".join(kept_pieces((Seam(xml),), caption, note))


def kept_pieces(pieces: Iterable[str], caption: str, note: str) -> Iterator[str]:
    """The same for output that comes in pieces: only the last of it is held back, since a table may follow it."""
    text = _Text(caption, note)
    for piece in pieces:
        if piece.__class__ is str:
            text.hold(piece)
        else:
            yield from text.up_to_table(piece)
        if text.size > _MOST_HELD:
            yield from text.but_the_end()
    yield text.rows()


class _Text:
    """What is held back of a text: `opening` is how the table begins that it goes on in, when that has gone out."""

    def __init__(self, caption: str, note: str) -> None:
        self._styles = caption, note
        self._held: list[str] = []
        self.size = 0
        self._ends = 0  # of tables, in what is held
        self._opening = ""
        self._begun = False  # whether what is held begins with a table
        self._depth = 0  # the tables that what is held stands in

    def hold(self, piece: str, ends: int = 0) -> None:
        """Adds a piece, in which so many tables end and none begins."""
        self._held.append(piece)
        self.size += len(piece)
        self._ends += ends

    def up_to_table(self, piece: str) -> Iterator[str]:
        """Adds a piece, and lets go of what stands before the last table that begins in it."""
        *before, last = piece.split(_TABLE)
        for part in before:
            self.hold(part, part.count(_TABLE_END))
            text = self.rows()
            yield _lead_in_kept(text, self._styles[0]) if self._depth == 0 else text
            yield _TABLE
            self._begun = True
        self.hold(last, last.count(_TABLE_END))

    def rows(self) -> str:
        """All that is held; when it begins with a table, its rows are kept."""
        piece = "".join(self._held)
        plain = self._begun and self._depth == 0 and self._ends > 0
        self._depth += self._begun - self._ends
        opening, self._opening = self._opening, ""
        self._held, self.size, self._ends, self._begun = [], 0, 0, False
        return _rows_kept(opening + piece, self._styles[1])[len(opening) :] if plain else piece

    def but_the_end(self) -> Iterator[str]:
        """What can go out of a long text: what follows changes no more than its end."""
        if self._ends or not self._begun:
            text = self.rows()
        else:
            text = "".join(self._held)
            row = None if self._opening else _ROW.search(text)
            if row:
                self._opening = text[: row.start()]
        self._held, self.size = [text[-_END_HELD:]], _END_HELD
        yield text[:-_END_HELD]


def _rows_kept(piece: str, note: str) -> str:
    """A table and what follows it, with the last row kept on the page of the note, and the one before on the sum's."""
    end = piece.index(_TABLE_END)
    below = _FIRST.match(piece, end + len(_TABLE_END))
    noted = bool(note) and below is not None and below[1] == note
    first = _ROW.search(piece, 0, end)
    if first is None or not (noted or _SUM in piece[: first.start()]):
        return piece
    table, rest = piece[:end], piece[end:]
    rows = [found.start() for found in _ROW.finditer(table)]
    if noted:
        table = table[: rows[-1]] + _HEAD.sub(_with_keep, table[rows[-1] :])
    if _SUM in table[: rows[0]] and len(rows) > 2:
        table = table[: rows[-2]] + _HEAD.sub(_with_keep, table[rows[-2] : rows[-1]]) + table[rows[-1] :]
    return table + rest


def _lead_in_kept(text: str, caption: str, *, captioned: bool = False) -> str:
    """`text`, which ends where a table begins, with its last paragraph kept; that above a caption too."""
    if not text.endswith(_PARAGRAPH_END):
        return text
    others = max(0, text.rfind(_PARAGRAPH_END, 0, -1))
    start = max(text.rfind("<w:p>", others), text.rfind("<w:p ", others))
    if start < 0:
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
