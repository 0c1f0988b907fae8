"""Fills the contents lists of a rendered document: one linked line for each heading, with the number Word shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from docgen.word.archive.ooxml import attribute
from docgen.word.look.labels import Numbering
from docgen.word.look.styles import StyleSheet
from docgen.word.tagging.plain_headings import CLOSES, EDGE, LIST, MARK, OPENS, PlainHeadings, Scan, Sign

if TYPE_CHECKING:
    from docgen.word.running.session import NewList, Session

ENTRY_INDENT = 440
"""Twips a level of a contents list, and for the number of an entry, where the file itself says nothing."""


class ContentsList(NamedTuple):
    """One contents list: its field code, the level that paragraphs of a style (by id) have in it, and how to write it.

    `outline` are the levels that a paragraph may have by an outline level of its own; (1, 0) for none. `properties`
    are the w:pPr of entries, by level. `inside` is set where something must be left of an empty list.
    """

    code: str
    styles: Mapping[str, int]
    outline: tuple[int, int]
    properties: tuple[str, ...]
    inside: bool

    def level(self, style: str, outline: int | None) -> int:
        """The level of a paragraph of a style and an outline level of its own; 0 when the list does not name it."""
        level = self.styles.get(style, 0)
        if outline is not None and self.outline[0] <= outline + 1 <= self.outline[1]:
            return level or outline + 1
        return level


class Lines(NamedTuple):
    """What is written at each edge of a heading, and for each contents list: b"" for one without entries."""

    edges: Sequence[bytes]
    lists: Sequence[bytes]


class Contents:
    """The contents lists of a template, and the styles that paragraphs are numbered by.

    What earlier documents had is remembered, but does not go into a pickle.
    """

    def __init__(self, lists: tuple[ContentsList, ...], sheet: StyleSheet) -> None:
        self.lists = lists
        self.sheet = sheet
        self._headings = PlainHeadings(sheet, self.levels)
        self._last: tuple[tuple[object, ...], Lines] | None = None

    def __reduce__(self) -> tuple[type[Contents], tuple[tuple[ContentsList, ...], StyleSheet]]:
        return Contents, (self.lists, self.sheet)

    def levels(self, style: str, outline: int | None) -> tuple[int, ...]:
        """The level of a paragraph in each of the lists."""
        return tuple(one.level(style, outline) for one in self.lists)

    def scan(self, pieces: Sequence[str], numbering: Numbering, added: Sequence[NewList]) -> Scan:
        """A part taken apart: read plainly where that can be done, by a parser elsewhere.

        `added` are the lists that a render has added to those of `numbering`.
        """
        found = self._headings.scan(pieces, numbering, added)
        if found is None:
            from docgen.word.tagging.parsed_headings import parse_headings

            data = "".join(pieces).encode()
            found = parse_headings(data, self.sheet, numbering.with_lists(added), self.levels)
        return found

    def lines(self, scan: Scan, ids: Sequence[int]) -> Lines:
        """The bytes for the signs of a part; `ids` are the numbers of its headings' bookmarks."""
        asked = scan.headings, scan.labels, scan.names, ids
        known = self._last
        if known is None or known[0] != asked:
            taken = set(scan.names)
            names = [_free_name(number, taken) for number in range(1, len(ids) + 1)]
            edges = [edge for one in zip(ids, names, strict=True) for edge in _bookmark(*one)]
            lists = [_entries(one, number, scan, names) for number, one in enumerate(self.lists)]
            known = self._last = asked, Lines(edges, lists)
        return known[1]


def has_contents(pieces: Iterable[str]) -> bool:
    """Whether a rendered part has contents lists to fill: a condition may have left them out."""
    return any(f"<?{MARK} " in piece for piece in pieces)


def fill_contents(pieces: Sequence[str], contents: Contents, numbering: Numbering, session: Session) -> bytes:
    """The part that `pieces` make up with its contents lists filled in; `numbering` has the lists of the file.

    A list without entries goes, with its heading or content control. Every heading that a list names gets a bookmark.
    """
    scan = contents.scan(pieces, numbering, session.lists)
    lines = contents.lines(scan, session.new_ids(len(scan.headings)))
    return b"".join(_filled(scan.chunks, lines, contents))


def _filled(chunks: Iterable[bytes | Sign], lines: Lines, contents: Contents) -> Iterator[bytes]:
    """The bytes of a part with those of bookmarks and lists in the place of signs."""
    edges = iter(lines.edges)
    until: Sign | None = None  # what stands before it goes
    for chunk in chunks:
        text = chunk if isinstance(chunk, bytes) else b""
        if chunk is EDGE:
            text = next(edges)
        elif isinstance(chunk, Sign):
            entries = lines.lists[chunk.number]
            rest = b"<w:p/>" if contents.lists[chunk.number].inside else b""
            if chunk.kind == LIST:
                text = entries or rest
            elif chunk == until:
                until, text = None, rest
            elif chunk.kind == OPENS and not entries:
                until = until or Sign(CLOSES, chunk.number)
        if until is None:
            yield text


def _free_name(number: int, taken: set[str]) -> str:
    name = f"_Toc{number:09}"
    while name in taken:
        number += 1000
        name = f"_Toc{number:09}"
    taken.add(name)
    return name


def _bookmark(number: int, name: str) -> tuple[bytes, bytes]:
    start, end = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{number}"/>'
    return start.encode(), end.encode()


def _entries(one: ContentsList, number: int, scan: Scan, names: Sequence[str]) -> bytes:
    """The paragraphs of the list of that number: the field begins in the first and ends in the last."""
    lines = [
        [one.properties[level - 1], _link(name, label, heading.text)]
        for heading, label, name in zip(scan.headings, scan.labels, names, strict=True)
        if (level := heading.levels[number])
    ]
    if not lines:
        return b""
    code = f'<w:r><w:instrText xml:space="preserve"> {_escaped(one.code)} </w:instrText></w:r>'
    lines[0].insert(1, f"{_character('begin')}{code}{_character('separate')}")
    lines[-1].append(_character("end"))
    return "".join([f"<w:p>{''.join(line)}</w:p>" for line in lines]).encode()


def _link(name: str, label: str, text: str) -> str:
    """A link to a heading: its number and its text."""
    number = f"<w:r><w:t>{_escaped(label)}</w:t></w:r><w:r><w:tab/></w:r>" if label else ""
    # links in a PDF must say where they lead (PDF/UA), as those of Markdown do
    tip = attribute(f"{label} {text}".strip())
    run = f'<w:r><w:t xml:space="preserve">{_escaped(text)}</w:t></w:r>'
    return f'<w:hyperlink w:anchor="{name}" w:tooltip="{tip}" w:history="1">{number}{run}</w:hyperlink>'


def _character(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
