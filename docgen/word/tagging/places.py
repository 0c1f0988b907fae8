"""Where a paragraph stands, told the way a reader counts: heading, table, row, cell, paragraph."""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from docgen.diagnostics import WordPlace
from docgen.word.archive.ooxml import VAL, w

_P, _TBL, _TR, _TC = w("p"), w("tbl"), w("tr"), w("tc")
_STYLE = f"{w('pPr')}/{w('pStyle')}"
_QUOTE = 60  # characters of a paragraph that a message quotes


def quote(text: str, start: int, end: int) -> str:
    """The stretch of `text` to show for a fault at `start` to `end`: on one line, with an ellipsis where it is cut."""
    room = max(0, _QUOTE - (end - start)) // 2
    first, last = max(0, start - room), min(len(text), max(end, start) + room)
    if end - start > 2 * _QUOTE:
        last = start + 2 * _QUOTE
    cut = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{cut}{'…' if last < len(text) else ''}"


class Places:
    """The places of every paragraph of one part, counted once, before anything is moved."""

    def __init__(self, root: etree._Element, file: str, part: str, heading_styles: Collection[str] = ()) -> None:
        self._file = file
        self._part = part
        self._headings = frozenset(heading_styles)
        self._heading = ""
        self._tables = 0
        self._found: dict[etree._Element, WordPlace] = {}
        self._walk(root, WordPlace(file, part), [0])

    def of(self, element: etree._Element) -> WordPlace:
        """The place of the paragraph that `element` is or stands in; of the part, outside paragraphs."""
        step: etree._Element | None = element
        while step is not None:
            if step in self._found:
                return self._found[step]
            step = step.getparent()
        return WordPlace(self._file, self._part)

    def _walk(self, parent: etree._Element, place: WordPlace, paragraphs: list[int]) -> None:
        for child in parent:
            if child.tag == _P:
                paragraphs[0] += 1
                self._paragraph(child, place, paragraphs[0])
            elif child.tag == _TBL:
                self._tables += 1
                self._table(child, self._tables)
            else:
                self._walk(child, place, paragraphs)

    def _paragraph(self, element: etree._Element, place: WordPlace, number: int) -> None:
        if not place.table and _style(element) in self._headings:
            self._heading = " ".join("".join(text.text or "" for text in element.iter(w("t"))).split())
        self._found[element] = _at(place, number, self._heading)
        # a text box counts its own paragraphs
        self._walk(element, self._found[element], [0])

    def _table(self, table: etree._Element, number: int) -> None:
        for row, tr in enumerate(_children(table, _TR), start=1):
            for cell, tc in enumerate(_children(tr, _TC), start=1):
                place = WordPlace(self._file, self._part, table=number, row=row, cell=cell, heading=self._heading)
                self._found[tc] = place
                self._walk(tc, place, [0])


def _at(place: WordPlace, paragraph: int, heading: str) -> WordPlace:
    return WordPlace(place.file, place.part, paragraph, place.table, place.row, place.cell, heading)


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(_STYLE)
    return "" if style is None else style.get(VAL, "")


def _children(parent: etree._Element, tag: str) -> list[etree._Element]:
    """The rows of a table or the cells of a row, also those inside content controls."""
    found: list[etree._Element] = []
    for child in parent:
        if child.tag == tag:
            found.append(child)
        elif child.tag not in (_P, _TBL, _TR, _TC):
            found += _children(child, tag)
    return found
