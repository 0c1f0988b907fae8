"""What belongs to a table stays on its page: the text that leads it in, the row above its sum, the note below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

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
_MOST_HELD = 64_000  # characters
_LONGEST = 100_000  # characters that a text may have to be known in the next document
_MOST_TOGETHER = 8  # paragraphs above a table, of which all but the first are captions


def keep_together(xml: str, caption: str, note: str) -> str:
    """The XML of a document's text, in which what belongs to a table keeps with it.

    `caption` is the id of the style of captions, `note` that of cells, which is also the style of notes below a
    table. Tables inside tables are left as they are.
    """
    return "".join(kept_pieces((Seam(xml),), caption, note)) if _TABLE in xml else xml


def kept_pieces(pieces: Iterable[str], caption: str, note: str) -> Iterator[str]:
    """The same for output that comes in pieces: only the last of it is held back, since a table may follow it."""
    text = _Text(caption, note)
    for piece in pieces:
        if piece.__class__ is str:
            text.hold(piece)
        else:
            yield from text.up_to_table(piece)
        if text.size > text.most:
            yield from text.but_the_end()
    yield text.rows()


class _Edges(NamedTuple):
    """How a text begins and ends: with a paragraph that is no caption, with a table, and how many more begin in it."""

    anew: bool
    on_table: bool
    depth: int


class Blocks:
    """The texts of one document of a series, in blocks of those that may change each other.

    `before` are those of the document before: what is known of a text or a block is not worked out again.
    """

    def __init__(self, before: Blocks | None = None) -> None:
        self._known: tuple[dict[str, _Edges], dict[tuple[str, ...], str]] = before._found if before else ({}, {})
        self._found: tuple[dict[str, _Edges], dict[tuple[str, ...], str]] = ({}, {})

    def together(self, texts: Iterable[str], caption: str, note: str) -> list[str]:
        """What kept_pieces makes of some texts, one for each block."""
        found: list[str] = []
        for block in self._blocks(texts, caption):
            is_seam = str not in map(type, block)  # a plain text would be found as a Seam that is equal to it
            text = self._known[1].get(block) if is_seam else None
            if text is None:
                text = "".join(kept_pieces(block, caption, note) if any(_TABLE in one for one in block) else block)
            if is_seam and len(text) <= _LONGEST:
                self._found[1][block] = text
            found.append(text)
        return found

    def _blocks(self, texts: Iterable[str], caption: str) -> Iterator[tuple[str, ...]]:
        known, found = self._known[0], self._found[0]
        block: list[str] = []
        depth, on_table = 0, True
        for text in texts:
            is_seam = text.__class__ is Seam
            edges = known.get(text) if is_seam else None
            if edges is None:
                edges = _edges(text, caption)
            if is_seam and len(text) <= _LONGEST:
                found[text] = edges
            if block and edges.anew and not (depth or on_table):
                yield tuple(block)
                block.clear()
            block.append(text)
            on_table = edges.on_table
            depth += edges.depth
        yield tuple(block)


def _edges(text: str, caption: str) -> _Edges:
    style = _STYLE.search(text, 0, text.find(_PARAGRAPH_END))
    anew = text.startswith(("<w:p>", "<w:p ")) and (style is None or style[1] != caption)
    told = text.__class__ is Seam and _TABLE_END[2:] in text
    depth = text.count(_TABLE) - text.count(_TABLE_END) if told else 0
    return _Edges(anew, text.endswith(_TABLE_END), depth)


class _Text:
    """What is held back of a text: `opening` is how the table begins that it goes on in, when that has gone out."""

    def __init__(self, caption: str, note: str) -> None:
        self._styles = caption, note
        self._held: list[str] = []
        self.size = 0
        self.most = _MOST_HELD  # size to be held before it is seen what can go out
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
        self._held, self.size, self.most, self._ends, self._begun = [], 0, _MOST_HELD, 0, False
        return _rows_kept(opening + piece, self._styles[1])[len(opening) :] if plain else piece

    def but_the_end(self) -> Iterator[str]:
        """What can go out of a long text: what follows changes no more than its last rows or paragraphs."""
        text = "".join(self._held)
        if self._begun and not self._ends:
            end = _start_of_last(3, text, "<w:tr>", "<w:tr ")
            row = None if self._opening or not end else _ROW.search(text)
            if row:
                self._opening = text[: row.start()]
        elif self._ends and _PARAGRAPH_END not in text[text.rfind(_TABLE_END) :]:
            end = 0  # what follows the table may be its note
        else:
            text = self.rows()
            end = _start_of_last(_MOST_TOGETHER, text, _PARAGRAPH_END)
        self._held, self.size = [text[end:]], len(text) - end
        self.most = max(_MOST_HELD, 2 * self.size)
        yield text[:end]


def _start_of_last(count: int, text: str, *marks: str) -> int:
    """Where the last so many of some marks begin in a text; 0 when there are not that many."""
    at = len(text)
    for _ in range(count):
        at = max(text.rfind(mark, 0, at) for mark in marks)
        if at < 0:
            return 0
    return at


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
