"""The headings of a part that is written the plain way, found without parsing its XML: nearly every rendered one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from docgen.word.archive.ooxml import W
from docgen.word.look.counting import Count, Counting, Step, Steps
from docgen.word.look.labels import Counter, Numbering
from docgen.word.look.styles import StyleSheet, to_int

if TYPE_CHECKING:
    from docgen.word.running.session import NewList

MARK = "dgtoc"
"""The processing instruction that stands for a list: `dgtoc 0`; `dgtoc o0` and `dgtoc x0` stand around what goes with
a list that has no entries, its heading or content control."""

# What decides whether text is seen or where it belongs, and what only a parser reads right.
_NOT_PLAIN = re.compile(rb"<(?:w:(?:fldChar|vanish|txbxContent|del|moveFrom)|m:t|!)")
_PARAGRAPH = re.compile(rb"<w:p((?:[ /][^>]*)?)>(?:<w:pPr(?:/>|>(.*?)</w:pPr>))?", re.DOTALL)
_FEW_HAVE = re.compile(rb"<(?:\?|w:bookmarkStart )")
_MARK = re.compile(rb"<\?%b (.*?)\?>" % MARK.encode(), re.DOTALL)
_BOOKMARK = re.compile(rb'<w:bookmarkStart [^>]*?\bw:name="([^"]*)"')
_STYLE = re.compile(rb'<w:pStyle [^>]*?\bw:val="([^"]*)"')
_OUTLINE = re.compile(rb'<w:outlineLvl [^>]*?\bw:val="([^"]*)"')
_LIST = re.compile(rb"<w:numPr>(.*?)</w:numPr>", re.DOTALL)
_NUMBER = re.compile(rb'<w:(numId|ilvl) [^>]*?\bw:val="([^"]*)"')
_PIECE = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(tab|ptab|br|cr|noBreakHyphen)(?=[ />])")
_END, _END_OF_PROPERTIES = "</w:p>", b"</w:pPr>"
_BYTES_OF_END = _END.encode()
_NAMESPACE, _PREFIX = re.compile(rb'xmlns(:?[^ =]*)="%b"' % re.escape(W.encode())), b":w"
_SIGNS = {b"tab": " ", b"ptab": " ", b"br": " ", b"cr": " ", b"noBreakHyphen": "\u2011"}
_SPACES = re.compile("[ \t\r\n]+")
_MOST_KEPT = 500_000  # characters of pieces, and bytes of paragraphs
_MOST_STEPS = 1_000
_MOST_COUNTED = 8  # numberings, with the lists that renders added to them


class Sign(NamedTuple):
    """What stands between the bytes of a part: a contents list, an edge of what goes with one, or one of a heading."""

    kind: str
    number: int = 0


LIST, OPENS, CLOSES = "", "o", "x"
"""Kinds of signs: a contents list, and the edges of what goes when the list of that number has no entries."""
EDGE = Sign("edge")
"""The sign where the text of a heading begins, and where it ends."""


class Heading(NamedTuple):
    """A heading that a list names: its text, and the level it has in each list (0: none)."""

    text: str
    levels: tuple[int, ...]


class Scan(NamedTuple):
    """A part taken apart: its bytes with signs between them, its headings and their numbers, its bookmarks' names."""

    chunks: list[bytes | Sign]
    headings: list[Heading]
    labels: list[str]
    names: set[str]


class _More(NamedTuple):
    """What few texts have: headings, signs around them and where lists stand, the names of bookmarks.

    `prefixes` are those that Word's namespace is given.
    """

    headings: list[Heading]
    signs: list[tuple[int, int, Sign]]
    names: list[str]
    prefixes: list[bytes]


_NO_MORE = _More([], [], [], [])


class _Found(NamedTuple):
    """What stands in some text: its paragraphs as they count, and what it has besides."""

    steps: Sequence[Step]
    more: _More | None


class _Kind(NamedTuple):
    """What its properties make a paragraph: how it counts, its number wanted or not, and its level in each list.

    `alone` is what stands in a text of one such paragraph and no more.
    """

    counted: Step
    shown: Step
    levels: tuple[int, ...]
    is_heading: bool
    alone: _Found


class _Stretch(NamedTuple):
    """What stands from the end of one paragraph to that of another."""

    chunks: Sequence[bytes | Sign]
    steps: Steps
    more: _More


class _Read(NamedTuple):
    """A piece that was read, what stands in it up to the last end of a paragraph, and what is left behind that."""

    piece: str
    stretch: _Stretch | None
    rest: str


def cut(data: bytes, signs: Iterable[tuple[int, int, Sign]]) -> Iterator[bytes | Sign]:
    """The bytes before, between and after signs, each of which takes the place of a stretch of them."""
    at = 0
    for start, end, sign in sorted(signs):
        if start > at:
            yield data[at:start]
        yield sign
        at = end
    if at < len(data):
        yield data[at:]


class PlainHeadings:
    """Finds the headings of one template's documents, and remembers what stands in the texts that it has read.

    `levels_of` gives the level that a paragraph of a style and an outline level has in each contents list.
    """

    def __init__(self, sheet: StyleSheet, levels_of: Callable[[str, int | None], tuple[int, ...]]) -> None:
        self._sheet = sheet
        self._levels_of = levels_of
        self._is_first = True  # a document alone has nothing in common with others
        self._read_last: dict[tuple[str, int], _Read] = {}  # by what had begun before a piece, and its identity
        self._forget_paragraphs()
        self._forget_steps()

    def _forget_paragraphs(self) -> None:
        self._size = 0
        self._paragraphs: dict[bytes, _Found] = {}
        self._kinds: dict[bytes | None, _Kind] = {}

    def _forget_steps(self) -> None:
        self._steps: dict[tuple[Step, ...], Steps] = {}
        self._counted: dict[tuple[Numbering, tuple[NewList, ...]], Counting] = {}

    def scan(self, pieces: Iterable[str], numbering: Numbering, added: Iterable[NewList] = ()) -> Scan | None:
        """The part that `pieces` make up; None for one that only a parser can read right.

        `added` are the lists that the render has added to those of `numbering`.
        """
        scan = Scan([], [], [], set())
        count, counter = self._count_of(numbering, tuple(added))
        prefixes: list[bytes] = []
        for stretch in self._read_first(pieces) if self._is_first else self._read(pieces):
            if stretch is None:
                return None
            chunks, steps, more = stretch
            scan.chunks.extend(chunks)
            labels, counter = count(counter, steps)
            if more is not _NO_MORE:
                scan.headings.extend(more.headings)
                scan.labels.extend(labels)
                scan.names.update(more.names)
                prefixes += more.prefixes
        self._is_first = False
        return scan if prefixes == [_PREFIX] else None

    def _count_of(self, numbering: Numbering, added: tuple[NewList, ...]) -> tuple[Count, Counter]:
        """What counts the paragraphs of a part, and the counter to begin with: only what counts again is kept."""
        known = self._counted.get((numbering, added))
        if known is not None:
            return known.after, known.start
        if len(self._counted) >= _MOST_COUNTED:
            self._forget_steps()
        counted = numbering.with_lists(added)
        counting = self._counted[numbering, added] = Counting(counted, self._sheet)
        return counting.count, Counter(counted)

    def _read_first(self, pieces: Iterable[str]) -> Iterator[_Stretch | None]:
        yield self._read_text("".join(pieces), again=False)

    def _read(self, pieces: Iterable[str]) -> Iterator[_Stretch | None]:
        """What stands in a part, from the end of one paragraph to that of another, wherever the pieces end."""
        last, self._read_last = self._read_last, {}
        begun: list[str] = []
        size = 0
        for piece in pieces:
            if _END not in piece:
                begun.append(piece)
                continue
            before = "".join(begun)
            key = before, id(piece)
            size += len(piece)
            again = size <= _MOST_KEPT
            read = last.get(key) or self._read_piece(before, piece, again=again)
            if again:
                self._read_last[key] = read
            yield read.stretch
            begun = [read.rest]
        yield self._read_text("".join(begun), again=True)

    def _read_piece(self, before: str, piece: str, *, again: bool) -> _Read:
        end = piece.rindex(_END) + len(_END)
        return _Read(piece, self._read_text(before + piece[:end], again=again), piece[end:])

    def _read_text(self, text: str, *, again: bool) -> _Stretch | None:
        """What stands in a text, whose paragraphs may come `again`; None where only a parser reads it right."""
        data = text.encode()
        found = self._found_again(data) if again else self._found(data)
        if found is None:
            return None
        more = found.more or _NO_MORE
        return _Stretch(tuple(cut(data, more.signs)), self._same_steps(tuple(found.steps)), more)

    def _same_steps(self, steps: tuple[Step, ...]) -> Steps:
        if len(self._steps) > _MOST_STEPS:
            self._forget_steps()
        return self._steps.get(steps) or self._steps.setdefault(steps, Steps(steps))

    def _found_again(self, data: bytes) -> _Found | None:
        """What stands in a text of paragraphs that earlier texts may have had."""
        steps: list[Step] = []
        few: list[tuple[int, _More]] = []
        at = 0
        for paragraph in data.split(_BYTES_OF_END):
            found = self._paragraphs.get(paragraph) or self._new_paragraph(paragraph)
            if found is None:
                return None
            steps += found[0]
            if found[1]:
                few.append((at, found[1]))
            at += len(paragraph) + len(_END)
        return _Found(steps, _put_together(few) if few else None)

    def _new_paragraph(self, paragraph: bytes) -> _Found | None:
        found = self._found(paragraph)
        if found is not None:
            self._size += len(paragraph)
            if self._size > _MOST_KEPT:
                self._forget_paragraphs()
            self._paragraphs[paragraph] = found
        return found

    def _found(self, data: bytes) -> _Found | None:
        """What stands in a text; None where only a parser reads it right."""
        if not _is_plain(data):
            return None
        steps: list[Step] = []
        more = _more(data) if _FEW_HAVE.search(data) or b"xmlns" in data else None
        properties = 0
        for found in _PARAGRAPH.finditer(data):
            attributes, told = found.groups()
            properties += told is not None
            kind = self._kinds.get(told) or self._kind(told)
            step = kind.counted
            if kind.is_heading and attributes[-1:] != b"/":
                start, end = found.end(), data.find(_BYTES_OF_END, found.end())
                end = len(data) if end < 0 else end
                text = _text(data[start:end])
                if text:
                    step = kind.shown
                    more = more or _More([], [], [], [])
                    more.headings.append(Heading(text, kind.levels))
                    more.signs.extend(((start, start, EDGE), (end, end, EDGE)))
            steps.append(step)
        if properties != data.count(_END_OF_PROPERTIES):
            return None
        return kind.alone if more is None and len(steps) == 1 else _Found(steps, more)

    def _kind(self, told: bytes | None) -> _Kind:
        properties = told or b""
        style, outline, listed = _STYLE.search(properties), _OUTLINE.search(properties), _LIST.search(properties)
        numbers = {name: to_int(value.decode()) for name, value in _NUMBER.findall(listed[1])} if listed else {}
        name = (style[1].decode() if style else "") or self._sheet.default
        step = Step(name, numbers.get(b"numId"), numbers.get(b"ilvl"))
        levels = self._levels_of(name, to_int(outline[1].decode()) if outline else None)
        shown, alone = replace(step, is_shown=True), _Found((step,), None)
        kind = self._kinds[told] = _Kind(step, shown, levels, any(levels), alone)
        return kind


def _put_together(few: Iterable[tuple[int, _More]]) -> _More:
    """What stands in a text, of what stands in parts of it that begin so many bytes in."""
    found = _More([], [], [], [])
    for at, one in few:
        found.headings.extend(one.headings)
        found.signs.extend((at + start, at + end, sign) for start, end, sign in one.signs)
        found.names.extend(one.names)
        found.prefixes.extend(one.prefixes)
    return found


def _more(data: bytes) -> _More:
    """What few texts have, but for headings."""
    signs = [(*mark.span(), sign_of(mark[1].decode())) for mark in _MARK.finditer(data)]
    names = [unescape(name.decode()) for name in _BOOKMARK.findall(data)]
    return _More([], signs, names, _NAMESPACE.findall(data))


def _is_plain(xml: bytes) -> bool:
    # one byte is found many times faster than several
    return not (
        _NOT_PLAIN.search(xml)
        or b"Change" in xml
        or b"Fallback" in xml
        or (b"&" in xml and b"&#" in xml)
        or (b"'" in xml and b"='" in xml)
    )


def sign_of(mark: str) -> Sign:
    """The sign for a mark of a contents list, such as `0`, `o0` or `x0`."""
    return Sign(mark.rstrip("0123456789"), int(mark.lstrip("ox")))


def _text(inner: bytes) -> str:
    pieces = (text.decode() if not sign else _SIGNS[sign] for text, sign in _PIECE.findall(inner))
    return _SPACES.sub(" ", unescape("".join(pieces))).strip(" ")
