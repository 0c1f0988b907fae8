"""The text inside one paragraph of a finished document, as a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docgen.word.archive.ooxml import r, w
from docgen.word.look.styles import StyleSheet, text_of, toggle
from docgen.word.reading.content import Inlines, Span

if TYPE_CHECKING:
    from lxml.etree import _Element

_HYPERLINK_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]*)"')
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
GONE = frozenset((w("del"), w("moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"))
"""What a reader does not see: tracked deletions, and the older twin of a drawing."""
_TEXT_BOX = w("txbxContent")
_SIGNS = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "\u2011"}
_SYMBOLS = {"F0A3": "☐", "F0A8": "☐", "F06F": "☐", "F0FD": "☒", "F0FE": "☑", "F078": "☒", "F0B7": "•", "F0A7": "▪"}
_UNKNOWN_SYMBOL = "□"
PAGE_BREAK = "\f"
"""Stands for a page break inside a paragraph; XML-legal text cannot hold it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph's content: its spans (a page break is a span of its own) and the text boxes anchored in it."""

    spans: Inlines
    boxes: tuple[_Element, ...]


class InlineReader:
    """Reads the paragraphs of one text in order: a field may begin in one and end in a later one.

    `links` maps relationship ids to targets, `marks` notes (`footnoteReference` and an id) to their marks.
    """

    def __init__(self, sheet: StyleSheet, links: Mapping[str, str], marks: Mapping[tuple[str, str], str]) -> None:
        self._sheet = sheet
        self._links = links
        self._marks = marks
        self._fields: list[_Field] = []
        self._spans: list[Span] = []
        self._boxes: list[_Element] = []

    def read(self, paragraph: _Element) -> Found:
        """The content of a paragraph."""
        self._spans, self._boxes = [], []
        self._children(paragraph, "")
        return Found(joined(self._spans), tuple(self._boxes))

    def _children(self, parent: _Element, link: str) -> None:
        for child in parent:
            tag = child.tag
            if tag == w("r"):
                self._run(child, link)
            elif tag == w("hyperlink"):
                self._children(child, self._links.get(child.get(r("id"), ""), "") or link)
            elif tag == _MATH_TEXT:
                self._add(child.text or "", Span("", link=link))
            elif tag not in GONE and tag not in {w("pPr"), w("sdtPr"), w("sdtEndPr")}:
                self._children(child, link)

    def _run(self, run: _Element, link: str) -> None:
        properties = run.find(w("rPr"))
        if toggle(properties, "vanish"):
            self._fields_only(run)
            return
        style = text_of(properties, "rStyle") or ""
        look = Span("", self._is(properties, style, "b"), self._is(properties, style, "i"), link)
        for child in run:
            self._piece(child, look)

    def _is(self, properties: _Element | None, style: str, name: str) -> bool:
        direct = toggle(properties, name)
        if direct is not None:
            return direct
        said = ((found.bold if name == "b" else found.italic) for found in self._sheet.chain(style))
        return next((value for value in said if value is not None), False)

    def _fields_only(self, run: _Element) -> None:
        for child in run:
            if child.tag in {w("fldChar"), w("instrText")}:
                self._piece(child, Span(""))

    def _piece(self, child: _Element, look: Span) -> None:
        tag = child.tag
        if tag == w("t"):
            self._add(child.text or "", look)
        elif tag in _SIGNS:
            self._add(_SIGNS[tag], look)
        elif tag == w("br"):
            self._add(PAGE_BREAK if child.get(w("type")) == "page" else "\n", look)
        elif tag == w("sym"):
            self._add(_SYMBOLS.get(child.get(w("char"), "").upper(), _UNKNOWN_SYMBOL), look)
        elif tag == w("fldChar"):
            self._field(child.get(w("fldCharType"), ""))
        elif tag == w("instrText"):
            if self._fields:
                self._fields[-1].instruction += child.text or ""
        elif tag in {w("footnoteReference"), w("endnoteReference")}:
            mark = self._marks.get((tag, child.get(w("id"), "")), "")
            self._add(f"[{mark}]" if mark else "", look)
        elif tag not in GONE:
            self._boxes += _boxes(child)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _is_page(self) -> bool:
        """Whether this is the number of a page in a contents list: it means nothing away from the page."""
        codes = [field.instruction.split() for field in self._fields]
        return len(codes) > 1 and codes[0][:1] == ["TOC"] and codes[-1][:1] == ["PAGEREF"]

    def _add(self, text: str, look: Span) -> None:
        if text and all(field.result for field in self._fields) and not self._is_page():
            own = next((found[1] for field in self._fields if (found := field.link())), "")
            self._spans.append(replace(look, text=text, link=look.link or own))


@dataclass(slots=True)
class _Field:
    """A field that is being read: only its result is text."""

    instruction: str = ""
    result: bool = False

    def link(self) -> re.Match[str] | None:
        return _HYPERLINK_FIELD.match(self.instruction)


def _boxes(parent: _Element) -> list[_Element]:
    """The text boxes below `parent`, outermost only, each once."""
    found: list[_Element] = []
    for child in parent:
        if child.tag == _TEXT_BOX:
            found.append(child)
        elif child.tag not in GONE:
            found += _boxes(child)
    return found


def joined(spans: Iterable[Span]) -> Inlines:
    """Spans of the same look as one."""
    found: list[Span] = []
    for span in spans:
        if found and replace(found[-1], text="") == replace(span, text=""):
            found[-1] = replace(span, text=found[-1].text + span.text)
        else:
            found.append(span)
    return tuple(found)


def is_gone(properties: _Element | None) -> bool:
    """Whether the mark of a paragraph, or a row, is a tracked deletion. `properties` is its w:rPr or w:trPr."""
    return properties is not None and any(properties.find(name) is not None for name in (w("del"), w("moveFrom")))
