"""The headings of a part found by a parser: where text may be hidden, boxed, deleted or the result of a field."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from docgen.word.archive.ooxml import W
from docgen.word.look.labels import Counter, Label, Numbering
from docgen.word.look.styles import StyleSheet, is_on, to_int
from docgen.word.tagging.plain_headings import EDGE, MARK, Heading, Scan, Sign, cut, sign_of

_PREFIX = f"{W} "
_VAL = f"{W} val"
_UNSEEN = ("del", "moveFrom", "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback")
_BOXES = ("txbxContent",)
_TEXTS = frozenset(("t", "http://schemas.openxmlformats.org/officeDocument/2006/math t"))
_SIGNS = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011"}
_SPACES = re.compile("[ \t\r\n]+")


def parse_headings(
    data: bytes, sheet: StyleSheet, numbering: Numbering, levels_of: Callable[[str, int | None], tuple[int, ...]]
) -> Scan:
    """The part taken apart; `levels_of` gives the level of a style and an outline level in each contents list."""
    found = _Parser(data, sheet, numbering, levels_of)
    return Scan(list(cut(data, found.signs)), found.headings, found.labels, found.names)


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


class _Parser:
    """Reads a part from end to end: its headings with their numbers, where signs stand, the names of its bookmarks."""

    def __init__(
        self,
        data: bytes,
        sheet: StyleSheet,
        numbering: Numbering,
        levels_of: Callable[[str, int | None], tuple[int, ...]],
    ) -> None:
        self.headings: list[Heading] = []
        self.labels: list[str] = []
        self.signs: list[tuple[int, int, Sign]] = []
        self.names: set[str] = set()
        self._data = data
        self._sheet = sheet
        self._levels_of = levels_of
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
            self.signs.append((self._parser.CurrentByteIndex, self._after_tag(), sign_of(text)))

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
            at = self._parser.CurrentByteIndex  # behind the tag where a single one is all
            self._open[-1].start = self._after_tag() if self._data.startswith(b"</", at) else at

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
        levels = self._levels_of(paragraph.style, paragraph.outline)
        if any(levels) and not (paragraph.gone or paragraph.boxed or self._unseen):
            text = _SPACES.sub(" ", "".join(paragraph.texts)).strip(" ")
            end = self._parser.CurrentByteIndex
            if text:
                self.headings.append(Heading(text, levels))
                self.labels.append(paragraph.label.text if paragraph.label else "")
                self.signs += ((paragraph.start, paragraph.start, EDGE), (end, end, EDGE))
