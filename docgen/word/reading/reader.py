"""Reads a finished Word document back: what it says, in order, with the numbers that Word would show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docgen.package import Package, read_package
from docgen.word.archive import opc
from docgen.word.archive.ooxml import BLIP, CHART, r, w
from docgen.word.look.labels import Counter, Label, Numbering, read_numbering
from docgen.word.look.styles import StyleSheet, number_of, read_styles, text_of, to_int, toggle
from docgen.word.reading.content import (
    Block,
    Cell,
    ContentsEntry,
    Heading,
    Inlines,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    ReadDocument,
    Row,
    Rule,
    Section,
    Span,
    Table,
    line,
    plain,
)
from docgen.word.tagging.listing import ENTRY_INDENT
from docgen.word.values.inlines import GONE, PAGE_BREAK, InlineReader, is_gone, joined

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_LANGUAGE = "{http://purl.org/dc/elements/1.1/}language"
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_LIST = re.compile(r"list (?:(bullet|number)|continue|paragraph)(?: ([2-5]))?", re.IGNORECASE)
_CONTENTS = re.compile(r"toc ([1-9])", re.IGNORECASE)
_BODY_LEVEL = 9  # the outline level of text
_PAGES = frozenset(("nextPage", "evenPage", "oddPage"))
_FRAMES = ("first", "default", "even")


def read_document(source: bytes | Path) -> ReadDocument:
    """Reads a finished document.

    Raises DocgenError (exit code 2) for what is no Word file, is too large, or may not be opened (package.py).
    """
    package = read_package(source, "dokument.docx" if isinstance(source, bytes) else "")
    main = opc.main_part(package)
    styles, numbering = _related_root(package, main, "styles"), _related_root(package, main, "numbering")
    root = opc.root_of(package, main)
    anchors = frozenset(link.get(w("anchor"), "") for link in root.iter(w("hyperlink")))
    around = _Around(package, read_styles(styles), read_numbering(numbering), _marks(root), anchors)
    sections = [one for place in (f".//{w('pPr')}", w("body")) for one in root.findall(f"{place}/{w('sectPr')}")]
    core = _related_root(package, "", "core-properties")
    return ReadDocument(
        blocks=tuple(_Story(around, main, sections).blocks(root)),
        sections=_sections(around, main, sections),
        notes=_notes(around, main),
        title=_core(core, _TITLE),
        language=_core(core, _LANGUAGE) or around.sheet.language,
    )


class Body:
    """The body of a Word file, read piece by piece and in order: lists count on from one piece to the next.

    `root` is the parsed part `part`, which may be changed before it is read.
    """

    def __init__(self, package: Package) -> None:
        self.part = opc.main_part(package)
        self.root = opc.root_of(package, self.part)
        styles, numbering = (_related_root(package, self.part, kind) for kind in ("styles", "numbering"))
        self._around = _Around(package, read_styles(styles), read_numbering(numbering), _marks(self.root), frozenset())
        sections = [
            one for place in (f".//{w('pPr')}", w("body")) for one in self.root.findall(f"{place}/{w('sectPr')}")
        ]
        self._story = _Story(self._around, self.part, sections)
        self._notes = {note.mark: note for note in _notes(self._around, self.part)}

    def blocks(self, element: _Element) -> tuple[Block, ...]:
        """What a paragraph or a table says, or all that stands in another element."""
        return tuple(self._story.piece(element))

    def notes(self, element: _Element) -> tuple[Note, ...]:
        """The notes that an element refers to."""
        marks = (
            mark
            for place, mark in self._around.marks.items()
            for one in element.iter(place[0])
            if one.get(w("id"), "") == place[1]
        )
        return tuple(self._notes[mark] for mark in marks if mark in self._notes)

    def style(self, paragraph: _Element) -> str:
        """The name of a paragraph's style, or of a table's."""
        own = text_of(paragraph.find(w("pPr")), "pStyle") or text_of(paragraph.find(w("tblPr")), "tblStyle")
        return self._around.sheet.name(own or self._around.sheet.default)


@dataclass(frozen=True, slots=True)
class _Around:
    """What every text of a file needs: its styles, its lists, the marks of its notes, the names its links lead to."""

    package: Package
    sheet: StyleSheet
    numbering: Numbering
    marks: Mapping[tuple[str, str], str]
    anchors: frozenset[str]


class _Story:
    """Reads one text (the body, a header, a note) in order; numbers are counted within it."""

    def __init__(self, around: _Around, part: str, sections: list[_Element] | None = None) -> None:
        links = {one.id: one.target for one in opc.relationships(around.package, part) if one.kind == "hyperlink"}
        self._around = around
        self._part = part
        self._sheet = around.sheet
        self._numbering = around.numbering
        self._inlines = InlineReader(around.sheet, links, around.marks)
        self._counter = Counter(around.numbering)
        self._carried: Inlines = ()
        self._sections = sections or []

    def blocks(self, parent: _Element) -> Iterator[Block]:
        """The blocks below `parent`, in order."""
        for child in parent:
            if child.tag == w("p"):
                yield from self._paragraph(child)
            elif child.tag == w("tbl"):
                yield self._table(child)
            elif child.tag not in GONE:
                yield from self.blocks(child)

    def piece(self, element: _Element) -> Iterator[Block]:
        """The blocks that one element is, or those below it."""
        if element.tag == w("p"):
            yield from self._paragraph(element)
        elif element.tag == w("tbl"):
            yield self._table(element)
        else:
            yield from self.blocks(element)

    # --- paragraphs

    def _paragraph(self, element: _Element) -> Iterator[Block]:
        properties = element.find(w("pPr"))
        found = self._inlines.read(element)
        spans, self._carried = joined((*self._carried, *found.spans)), ()
        if is_gone(None if properties is None else properties.find(w("rPr"))):
            self._carried = spans  # its mark is deleted: the text goes on in the next paragraph
            return
        style = text_of(properties, "pStyle") or self._sheet.default
        if self._breaks_page(properties, style):
            yield PageBreak()
        entry = self._entry(element, style, plain(spans))
        for number, part in enumerate(() if entry else _pages(spans)):
            if number:
                yield PageBreak()
            for block in self._block(part, properties, style, numbered=number == 0):
                yield replace(block, anchor=self._anchor(element)) if isinstance(block, Heading) else block
        yield from entry
        if element.find(f".//{CHART}") is not None:
            from docgen.word.reading.chart_reader import read_timelines

            yield from read_timelines(self._around.package, self._part, element)
        if element.find(f".//{BLIP}") is not None:
            from docgen.word.reading.picture_reader import read_pictures

            yield from read_pictures(self._around.package, self._part, element)
        for box in found.boxes:
            yield from self.blocks(box)
        section = None if properties is None else properties.find(w("sectPr"))
        if section is not None and self._next_section(section) in _PAGES:
            yield PageBreak()

    def _entry(self, element: _Element, style: str, text: str) -> tuple[ContentsEntry, ...]:
        """The line of a contents list that leads to a heading, if the paragraph is one."""
        name = _CONTENTS.fullmatch(self._sheet.name(style))
        link = element.find(f"{w('hyperlink')}[@{w('anchor')}]")
        if link is None or not text.strip():
            return ()
        anchor = link.get(w("anchor"), "")
        # a file may lack the style of a level: then all of the line is the link
        if not name and not (anchor.startswith("_Toc") and text == plain(self._inlines.read(link).spans)):
            return ()
        indent = to_int(text_of(element.find(w("pPr")), "ind", "left")) or 0
        level = int(name[1]) if name else 1 + indent // ENTRY_INDENT
        number, tab, rest = text.strip().partition("\t")
        return (ContentsEntry(level, number if tab else "", rest if tab else number, anchor),)

    def _anchor(self, element: _Element) -> str:
        """The name that links lead to a heading by."""
        names = (mark.get(w("name"), "") for mark in element.iter(w("bookmarkStart")))
        return next((name for name in names if name in self._around.anchors), "")

    def _next_section(self, section: _Element) -> str:
        """How the section after this one begins: its own properties say it, not those of the one that ends."""
        following = self._sections[self._sections.index(section) + 1 :]
        return (text_of(following[0], "type") or "nextPage") if following else ""

    def _breaks_page(self, properties: _Element | None, style: str) -> bool:
        direct = toggle(properties, "pageBreakBefore")
        said = (found.page_break for found in self._sheet.chain(style) if found.page_break is not None)
        return next(said, False) if direct is None else direct

    def _block(self, spans: Inlines, properties: _Element | None, style: str, *, numbered: bool) -> Iterator[Block]:
        num_id, ilvl = self._list_place(properties, style)
        label = self._counter.next(num_id, ilvl) if num_id and numbered else None
        text = plain(spans)
        level = self._heading_level(properties, style)
        listed = _list_style(self._sheet, style)
        if level:
            if text.strip():
                yield Heading(level, label.text if label else "", spans, label.gap if label else " ")
        elif label and num_id and not self._numbering.numbers_headings(num_id, self._sheet):
            depth = int(listed[2] or 1) if listed and ilvl == 0 else ilvl + 1
            yield ListItem(depth, label.text, spans, label.ordered, label.value * label.ordered, label.gap)
        elif listed and listed[1] and text.strip():
            yield ListItem(int(listed[2] or 1), "", spans, listed[1].lower() == "number")
        elif text.strip() or label:
            yield self._plain(spans, style, label)
        elif properties is not None and properties.find(f"{w('pBdr')}/{w('bottom')}") is not None:
            yield Rule()

    def _plain(self, spans: Inlines, style: str, label: Label | None) -> Paragraph:
        if label is None:
            return Paragraph(spans, self._sheet.name(style))
        return Paragraph(spans, self._sheet.name(style), label.text, label.gap)

    def _list_place(self, properties: _Element | None, style: str) -> tuple[int | None, int]:
        """The w:numId and level of a paragraph: its own, or those of its style."""
        direct, level = number_of(properties, f"numPr/{w('numId')}"), number_of(properties, f"numPr/{w('ilvl')}")
        return self._numbering.place(self._sheet, style, direct, level)

    def _heading_level(self, properties: _Element | None, style: str) -> int:
        """The level of a heading from 1, by its style's name or its outline level; 0 for other paragraphs."""
        names = (_HEADING.fullmatch(found.name) for found in self._sheet.chain(style))
        named = next((int(name[1]) for name in names if name), 0)
        said = (found.outline for found in self._sheet.chain(style) if found.outline is not None)
        outline = number_of(properties, "outlineLvl")
        outline = next(said, _BODY_LEVEL) if outline is None else outline
        return named or (outline + 1 if outline < _BODY_LEVEL else 0)

    # --- tables

    def _table(self, element: _Element) -> Table:
        rows = [self._row(row) for row in _rows(element, w("tr")) if not is_gone(row.find(w("trPr")))]
        heads = next((number for number, (row, _) in enumerate(rows) if not row.header), len(rows))
        rows = [(replace(row, header=number < heads), sides) for number, (row, sides) in enumerate(rows)]
        width = max((len(sides) for _, sides in rows), default=0)
        columns = [[sides[column] for _, sides in rows[heads:] if column < len(sides)] for column in range(width)]
        aligned = tuple(_common([side for side in column if side is not None]) for column in columns)
        return Table(tuple(row for row, _ in rows), aligned)

    def _row(self, element: _Element) -> tuple[Row, list[str | None]]:
        """The row, and how its text stands in each column: None where there is no text."""
        cells, sides = [], list[str | None]()
        for cell in _rows(element, w("tc")):
            properties = cell.find(w("tcPr"))
            merge = None if properties is None else properties.find(w("vMerge"))
            hidden = merge is not None and merge.get(w("val"), "continue") == "continue"
            span = max(1, number_of(properties, "gridSpan") or 1)
            blocks = () if hidden else tuple(self.blocks(cell))
            cells.append(Cell(blocks, span))
            sides += [self._side(cell) if blocks else None, *[None] * (span - 1)]
        return Row(tuple(cells), bool(toggle(element.find(w("trPr")), "tblHeader"))), sides

    def _side(self, cell: _Element) -> str:
        """How the text of a cell stands: `right`, `center`, or nothing for left."""
        paragraph = next(cell.iter(w("p")))
        properties = paragraph.find(w("pPr"))
        style = text_of(properties, "pStyle") or self._sheet.default
        said = [text_of(properties, "jc"), *(found.align for found in self._sheet.chain(style))]
        side = next((side for side in said if side), "")
        return {"end": "right", "right": "right", "center": "center"}.get(side, "")


def _rows(parent: _Element, tag: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, also those in content controls, in order."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in GONE and child.tag not in {w("tr"), w("tc"), w("tbl"), w("p")}:
            yield from _rows(child, tag)


def _common(sides: list[str]) -> str:
    return sides[0] if sides and len(set(sides)) == 1 else ""


def _pages(spans: Inlines) -> list[Inlines]:
    """The spans of a paragraph, parted where a page break stands."""
    found: list[list[Span]] = [[]]
    for span in spans:
        for number, text in enumerate(span.text.split(PAGE_BREAK)):
            if number:
                found.append([])
            if text:
                found[-1].append(replace(span, text=text))
    return [tuple(part) for part in found]


def _list_style(sheet: StyleSheet, style: str) -> re.Match[str] | None:
    names = (_LIST.fullmatch(found.name) for found in sheet.chain(style))
    return next((name for name in names if name), None)


# --- the rest of the file


def _related_root(package: Package, part: str, kind: str) -> _Element | None:
    name = opc.related(package, part, kind)
    return opc.root_of(package, name) if name else None


def _core(root: _Element | None, tag: str) -> str:
    found = None if root is None else root.find(tag)
    return "" if found is None else (found.text or "").strip()


def _marks(root: _Element) -> dict[tuple[str, str], str]:
    """The mark of each note by the tag and id of its reference, counted in the order of the text."""
    found: dict[tuple[str, str], str] = {}
    for tag, sign in ((w("footnoteReference"), "{}"), (w("endnoteReference"), "s{}")):
        for reference in root.iter(tag):
            place = (tag, reference.get(w("id"), ""))
            if place not in found:
                found[place] = sign.format(sum(other == tag for other, _ in found) + 1)
    return found


def _notes(around: _Around, main: str) -> tuple[Note, ...]:
    found = []
    for kind in ("footnote", "endnote"):
        part = opc.related(around.package, main, f"{kind}s")
        if not part:
            continue
        elements = {one.get(w("id"), ""): one for one in opc.root_of(around.package, part).iter(w(kind))}
        story = _Story(around, part)
        for (tag, number), mark in around.marks.items():
            if tag == w(f"{kind}Reference") and number in elements:
                found.append(Note(mark, tuple(story.blocks(elements[number]))))
    return tuple(found)


def _sections(around: _Around, main: str, elements: list[_Element]) -> tuple[Section, ...]:
    """The headers and footers that are in use; a section without one of its own goes on with the one before."""
    parts = {one.id: one.part for one in opc.relationships(around.package, main)}
    settings = _related_root(around.package, main, "settings")
    even = bool(toggle(settings, "evenAndOddHeaders"))
    current: dict[tuple[str, str], str] = {}
    found = []
    for section in elements:
        for name in ("header", "footer"):
            for reference in section.iterchildren(w(f"{name}Reference")):
                current[name, reference.get(w("type"), "default")] = parts.get(reference.get(r("id"), ""), "")
        used = [kind for kind in _FRAMES if kind == "default" or (even if kind == "even" else _has_first(section))]
        header, footer = (
            tuple(text for kind in used for text in _frame_texts(around, current.get((name, kind), "")))
            for name in ("header", "footer")
        )
        found.append(Section(header, footer))
    return tuple(found)


def _has_first(section: _Element) -> bool:
    return bool(toggle(section, "titlePg"))


def _frame_texts(around: _Around, part: str) -> list[str]:
    if part not in around.package:
        return []
    blocks = _Story(around, part).blocks(opc.root_of(around.package, part))
    texts = (line(block) for block in blocks if not isinstance(block, Picture))  # a logo is no text
    return [text for text in texts if text]
