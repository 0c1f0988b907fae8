"""Fills the contents lists of a rendered document: one linked line for each heading, with the number Word shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from docgen.word.archive.ooxml import W, attribute
from docgen.word.look.labels import Counter, Label, Numbering
from docgen.word.look.styles import StyleSheet, is_on, to_int
from docgen.word.tagging.plain_headings import Heading, PlainScan, scan_plainly

if TYPE_CHECKING:
    from docgen.word.running.session import Session

MARK = "dgtoc"
"""The processing instruction that stands for a list: `dgtoc 0`; `dgtoc o0` and `dgtoc x0` stand around what goes with
a list that has no entries, its heading or content control."""
ENTRY_INDENT = 440
"""Twips a level of a contents list, and for the number of an entry, where the file itself says nothing."""
_PREFIX = f"{W} "
_VAL = f"{W} val"
_UNSEEN = ("del", "moveFrom", "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback")
_BOXES = ("txbxContent",)
_TEXTS = frozenset(("t", "http://schemas.openxmlformats.org/officeDocument/2006/math t"))
_SIGNS = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011"}
_SPACES = re.compile("[ \t\r\n]+")


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


class Contents(NamedTuple):
    """The contents lists of a template, and the styles that paragraphs are numbered by."""

    lists: tuple[ContentsList, ...]
    sheet: StyleSheet


def has_contents(xml: str) -> bool:
    """Whether a rendered part has contents lists to fill: a condition may have left them out."""
    return f"<?{MARK} " in xml


def fill_contents(xml: str, contents: Contents, numbering: Numbering, session: Session) -> bytes:
    """The part `xml` with its contents lists filled in.

    A list without entries goes, with its heading or content control. Every heading that a list names gets a bookmark.
    """
    data = xml.encode()
    scan = find_headings(data, contents, numbering)
    edits: list[tuple[int, int, bytes]] = []
    names: dict[int, str] = {}
    for heading in scan.headings:
        names[heading.start] = name = _free_name(len(names) + 1, scan.names)
        number = session.new_id("contents", name)
        edits.append(
            (heading.start, heading.start, f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'.encode()),
        )
        edits.append((heading.end, heading.end, f'<w:bookmarkEnd w:id="{number}"/>'.encode()))
    opened: dict[str, tuple[int, int]] = {}
    for mark, start, end in scan.marks:
        kind, number = mark[0], int(mark.lstrip("ox"))
        one = contents.lists[number]
        entries = [(level, head, names[head.start]) for head in scan.headings if (level := head.levels[number])]
        if kind == "o":
            opened[mark[1:]] = start, end
            edits.append((start, end, b""))
        elif kind == "x":
            begun = opened.pop(mark[1:])
            edits.append((start, end, b"") if entries else (begun[0], end, b"<w:p/>" if one.inside else b""))
        else:
            edits.append((start, end, _entries(one, entries)))
    return _edited(data, edits)


def find_headings(data: bytes, contents: Contents, numbering: Numbering) -> PlainScan | ParsedScan:
    """The headings, marks and bookmarks of a part: read plainly where that can be done, by a parser elsewhere."""

    def levels_of(style: str, outline: int | None) -> list[int]:
        return [_level(one, style, outline) for one in contents.lists]

    return scan_plainly(data, contents.sheet, numbering, levels_of) or ParsedScan(data, contents, numbering)


def _free_name(number: int, taken: set[str]) -> str:
    name = f"_Toc{number:09}"
    while name in taken:
        number += 1000
        name = f"_Toc{number:09}"
    taken.add(name)
    return name


def _edited(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """`data` with stretches replaced; one that lies within another counts for nothing."""
    found: list[bytes] = []
    position = 0
    for start, end, new in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if start >= position:
            found += (data[position:start], new)
            position = end
    return b"".join((*found, data[position:]))


def _entries(one: ContentsList, entries: list[tuple[int, Heading, str]]) -> bytes:
    """The paragraphs of a list: the field begins in the first and ends in the last."""
    if not entries:
        return b"<w:p/>" if one.inside else b""
    lines = []
    for level, heading, name in entries:
        label = f"<w:r><w:t>{_escaped(heading.label)}</w:t></w:r><w:r><w:tab/></w:r>" if heading.label else ""
        text = f'<w:r><w:t xml:space="preserve">{_escaped(heading.text)}</w:t></w:r>'
        # links in a PDF must say where they lead (PDF/UA), as those of Markdown do
        tip = attribute(f"{heading.label} {heading.text}".strip())
        link = f'<w:hyperlink w:anchor="{name}" w:tooltip="{tip}" w:history="1">{label}{text}</w:hyperlink>'
        lines.append([one.properties[level - 1], link])
    code = f'<w:r><w:instrText xml:space="preserve"> {_escaped(one.code)} </w:instrText></w:r>'
    lines[0].insert(1, f"{_character('begin')}{code}{_character('separate')}")
    lines[-1].append(_character("end"))
    return "".join(f"<w:p>{''.join(line)}</w:p>" for line in lines).encode()


def _character(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read."""

    start: int
    style: str = ""
    num_id: int | None = None
    ilvl: int | None = None
    outline: int | None = None
    gone: bool = False
    boxed: bool = False
    told: bool = False
    label: Label | None = None
    texts: list[str] = field(default_factory=list)


class ParsedScan:
    """Reads a part from end to end: its headings with their numbers, its marks, the names of its bookmarks."""

    def __init__(self, data: bytes, contents: Contents, numbering: Numbering) -> None:
        self.headings: list[Heading] = []
        self.marks: list[tuple[str, int, int]] = []
        self.names: set[str] = set()
        self._data = data
        self._lists = contents.lists
        self._sheet = contents.sheet
        self._numbering = numbering
        self._counter = Counter(numbering)
        self._places: dict[tuple[str, int | None, int | None], tuple[int | None, int]] = {}
        self._path: list[str] = []
        self._open: list[_Open] = []
        self._unseen = self._boxes = 0
        self._hidden = False
        self._results: list[bool] = []
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "p": self._paragraph,
            "r": self._run,
            "fldChar": self._field,
            "vanish": self._vanish,
            "bookmarkStart": lambda attributes: self.names.add(attributes.get(f"{W} name", "")),
            **dict.fromkeys(("pStyle", "outlineLvl", "numId", "ilvl"), self._property),
            **dict.fromkeys(_SIGNS, self._sign),
            **dict.fromkeys(_UNSEEN, self._hide),
            **dict.fromkeys(_BOXES, self._box),
        }
        self._ends: dict[str, Callable[[], None]] = {
            "p": self._close,
            "pPr": self._end_properties,
            **dict.fromkeys(_UNSEEN, self._show),
            **dict.fromkeys(_BOXES, self._unbox),
        }
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.ProcessingInstructionHandler = self._mark
        parser.Parse(data, True)

    def _after_tag(self) -> int:
        """Where the tag that is being read ends."""
        return self._data.index(b">", self._parser.CurrentByteIndex) + 1

    def _mark(self, target: str, text: str) -> None:
        if target == MARK:
            self.marks.append((text, self._parser.CurrentByteIndex, self._after_tag()))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.removeprefix(_PREFIX)
        self._path.append(name)
        if name in self._starts:
            self._starts[name](attributes)

    def _end(self, tag: str) -> None:  # noqa: ARG002
        name = self._path.pop()
        if name in self._ends:
            self._ends[name]()

    def _text(self, text: str) -> None:
        if self._path[-1] in _TEXTS:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._open and not self._unseen and not self._hidden and all(self._results):
            self._open[-1].texts.append(text)

    # --- what is seen

    def _hide(self, attributes: dict[str, str]) -> None:  # noqa: ARG002
        self._unseen += 1
        if self._path[-3:-1] == ["pPr", "rPr"]:
            self._open[-1].gone = True

    def _show(self) -> None:
        self._unseen -= 1

    def _box(self, attributes: dict[str, str]) -> None:  # noqa: ARG002
        self._boxes += 1

    def _unbox(self) -> None:
        self._boxes -= 1

    def _run(self, attributes: dict[str, str]) -> None:  # noqa: ARG002
        self._hidden = False
        if self._open:
            self._tell(self._open[-1])

    def _vanish(self, attributes: dict[str, str]) -> None:
        if self._path[-3:-1] == ["r", "rPr"]:
            self._hidden = is_on(attributes.get(_VAL, "1"))

    def _field(self, attributes: dict[str, str]) -> None:
        kind = attributes.get(f"{W} fldCharType")
        if kind == "begin":
            self._results.append(False)
        elif kind == "separate" and self._results:
            self._results[-1] = True
        elif kind == "end" and self._results:
            self._results.pop()

    def _sign(self, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if self._path[-2] == "r":
            self._add(_SIGNS[self._path[-1]])

    # --- paragraphs

    def _paragraph(self, attributes: dict[str, str]) -> None:  # noqa: ARG002
        self._open.append(_Open(self._after_tag(), boxed=self._boxes > 0))

    def _property(self, attributes: dict[str, str]) -> None:
        """A property of the paragraph itself, not of what it was before a tracked change."""
        *around, name = self._path[-4:]
        value = attributes.get(_VAL, "")
        if around[-2:] == ["p", "pPr"] and name == "pStyle":
            self._open[-1].style = value
        elif around[-2:] == ["p", "pPr"] and name == "outlineLvl":
            self._open[-1].outline = to_int(value)
        elif around == ["p", "pPr", "numPr"] and name == "numId":
            self._open[-1].num_id = to_int(value)
        elif around == ["p", "pPr", "numPr"] and name == "ilvl":
            self._open[-1].ilvl = to_int(value)

    def _end_properties(self) -> None:
        if self._path[-1] == "p":
            self._open[-1].start = self._after_tag()

    def _tell(self, paragraph: _Open) -> None:
        """Works out a paragraph's number once its properties are known, before those of a text box inside."""
        if paragraph.told:
            return
        paragraph.told = True
        paragraph.style = paragraph.style or self._sheet.default
        key = (paragraph.style, paragraph.num_id, paragraph.ilvl)
        if key not in self._places:
            self._places[key] = self._numbering.place(self._sheet, *key)
        num_id, ilvl = self._places[key]
        if num_id and not paragraph.gone and not self._unseen:
            paragraph.label = self._counter.next(num_id, ilvl)

    def _close(self) -> None:
        paragraph = self._open.pop()
        self._tell(paragraph)
        levels = [_level(one, paragraph.style, paragraph.outline) for one in self._lists]
        if any(levels) and not (paragraph.gone or paragraph.boxed or self._unseen):
            text = _SPACES.sub(" ", "".join(paragraph.texts)).strip(" ")
            label = paragraph.label.text if paragraph.label else ""
            end = self._parser.CurrentByteIndex
            if text:
                self.headings.append(Heading(paragraph.start, end, label, text, levels))


def _level(one: ContentsList, style: str, outline: int | None) -> int:
    """The level of a paragraph in a list, 0 when the list does not name it."""
    level = one.styles.get(style, 0)
    if outline is not None and one.outline[0] <= outline + 1 <= one.outline[1]:
        return level or outline + 1
    return level
