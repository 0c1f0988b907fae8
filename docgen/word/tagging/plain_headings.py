"""The headings of a part that is written the plain way, found without parsing its XML: nearly every rendered one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import unescape

from docgen.word.archive.ooxml import W
from docgen.word.look.labels import Counter, Numbering
from docgen.word.look.styles import StyleSheet, to_int

# What decides whether text is seen or where it belongs, and what only a parser reads right.
_NOT_PLAIN = (
    *(b"<w:fldChar", b"<w:vanish", b"<w:txbxContent", b"<w:del", b"<w:moveFrom", b"Change"),
    *(b"Fallback", b"<m:t", b"<!", b"&#", b"='"),
)
_PARAGRAPH = re.compile(rb"<w:p(?:>| [^>]*>|/>)(?:<w:pPr(?:/>|>(.*?)</w:pPr>))?", re.DOTALL)
_MARK = re.compile(rb"<\?dgtoc (.*?)\?>", re.DOTALL)
_BOOKMARK = re.compile(rb'<w:bookmarkStart [^>]*?\bw:name="([^"]*)"')
_STYLE = re.compile(rb'<w:pStyle [^>]*?\bw:val="([^"]*)"')
_OUTLINE = re.compile(rb'<w:outlineLvl [^>]*?\bw:val="([^"]*)"')
_LIST = re.compile(rb"<w:numPr>(.*?)</w:numPr>", re.DOTALL)
_NUMBER = re.compile(rb'<w:(numId|ilvl) [^>]*?\bw:val="([^"]*)"')
_PIECE = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(tab|ptab|br|cr|noBreakHyphen)(?=[ />])")
_MAIN, _END = W.encode(), b"</w:p>"
_QUOTES = {"&quot;": '"', "&apos;": "'"}
_SIGNS = {b"tab": " ", b"ptab": " ", b"br": " ", b"cr": " ", b"noBreakHyphen": "\u2011"}
_SPACES = re.compile("[ \t\r\n]+")


@dataclass(slots=True)
class Heading:
    """A heading that a list names: where its text stands in the part, and the level it has in each list (0: none)."""

    start: int
    end: int
    label: str
    text: str
    levels: list[int]


class PlainScan(NamedTuple):
    """What a part has: its headings with their numbers, its marks with where they stand, the names of its bookmarks."""

    headings: list[Heading]
    marks: list[tuple[str, int, int]]
    names: set[str]


class _Piece(NamedTuple):
    """What stands in a stretch of a part that ends with a paragraph.

    Of each paragraph that begins there: its properties, where its text begins, and whether it is one of a single tag.
    """

    paragraphs: list[tuple[bytes | None, int, bool]]
    marks: list[tuple[str, int, int]]
    names: list[str]


_KNOWN: dict[bytes, _Piece] = {}  # most paragraphs of a series stand in every one of its documents
_MOST_KNOWN = 2_000


class _Kind(NamedTuple):
    """What the properties of a paragraph make it: the list that it counts in, and its level in each contents list."""

    num_id: int | None
    ilvl: int
    levels: list[int]
    is_heading: bool


def scan_plainly(
    data: bytes, sheet: StyleSheet, numbering: Numbering, levels_of: Callable[[str, int | None], list[int]]
) -> PlainScan | None:
    """The headings of a part; None for one that only a parser can read right.

    `levels_of` gives the level that a paragraph of a style and an outline level has in each contents list.
    """
    pieces = data.split(_END)
    read = _read(pieces) if data.count(_MAIN) == 1 and b'xmlns:w="' + _MAIN + b'"' in data else None
    if read is None:
        return None
    kinds: dict[bytes | None, _Kind] = {}
    counter = Counter(numbering)
    scan = PlainScan([], [], set())
    at = 0
    for piece, found in zip(pieces, read, strict=True):
        for told, opened, is_closed in found.paragraphs:
            kind = kinds.get(told)
            if kind is None:
                kind = kinds[told] = _kind(told or b"", sheet, numbering, levels_of)
            if not kind.is_heading or is_closed:
                if kind.num_id:
                    counter.count(kind.num_id, kind.ilvl)
                continue
            label = counter.next(kind.num_id, kind.ilvl) if kind.num_id else None
            text = _text(piece[opened:])
            if text:
                heading = Heading(at + opened, at + len(piece), label.text if label else "", text, kind.levels)
                scan.headings.append(heading)
        if found.marks:
            scan.marks.extend((mark, at + start, at + end) for mark, start, end in found.marks)
        if found.names:
            scan.names.update(found.names)
        at += len(piece) + len(_END)
    return scan


def _read(pieces: list[bytes]) -> list[_Piece] | None:
    """What stands in each stretch of a part, None where only a parser reads it right."""
    if len(_KNOWN) > _MOST_KNOWN:
        _KNOWN.clear()
    found = {piece: _KNOWN.get(piece) for piece in pieces}
    fresh = [piece for piece, known in found.items() if known is None]
    if any(one in _END.join(fresh) for one in _NOT_PLAIN):
        return None
    for piece in fresh:
        made = found[piece] = _read_piece(piece)
        if made is None:
            return None
        if len(_KNOWN) <= _MOST_KNOWN:
            _KNOWN[piece] = made
    return [known for piece in pieces if (known := found[piece])]


def _read_piece(piece: bytes) -> _Piece | None:
    paragraphs: list[tuple[bytes | None, int, bool]] = []
    properties = 0
    for found in _PARAGRAPH.finditer(piece):
        told: bytes | None = found[1]
        properties += told is not None
        paragraphs.append((told, found.end(), told is None and found[0].endswith(b"/>")))
    if properties != piece.count(b"</w:pPr>"):
        return None
    marks = [(found[1].decode(), *found.span()) for found in _MARK.finditer(piece)] if b"<?dgtoc" in piece else []
    names = _BOOKMARK.findall(piece) if b"<w:bookmarkStart" in piece else []
    return _Piece(paragraphs, marks, [unescape(name.decode(), _QUOTES) for name in names])


def _kind(
    told: bytes, sheet: StyleSheet, numbering: Numbering, levels_of: Callable[[str, int | None], list[int]]
) -> _Kind:
    style, outline, listed = _STYLE.search(told), _OUTLINE.search(told), _LIST.search(told)
    numbers = {name: to_int(value.decode()) for name, value in _NUMBER.findall(listed[1])} if listed else {}
    name = (style[1].decode() if style else "") or sheet.default
    num_id, ilvl = numbering.place(sheet, name, numbers.get(b"numId"), numbers.get(b"ilvl"))
    levels = levels_of(name, to_int(outline[1].decode()) if outline else None)
    return _Kind(num_id if num_id and numbering.level(num_id, ilvl) else None, ilvl, levels, any(levels))


def _text(inner: bytes) -> str:
    pieces = (text.decode() if not sign else _SIGNS[sign] for text, sign in _PIECE.findall(inner))
    return _SPACES.sub(" ", unescape("".join(pieces), _QUOTES)).strip(" ")
