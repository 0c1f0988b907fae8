"""Keeps the output valid where control tags may leave nothing: a cell gets a paragraph, a table without rows goes.

Sentinels are put into the template where that may happen; docgen.word.settled resolves them in the output.
"""

from __future__ import annotations

from lxml import etree

from docgen.word.ooxml import fragment, w
from docgen.word.tags import MARKER, Marked
from docgen.word.vanishing import BLOCK_END, BLOCK_START, RANGES, after, before, dissolve

_P = w("p")
_NEEDS_PARAGRAPH = tuple(
    w(name) for name in ("tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "body")
)
_NO_END = frozenset({w("tbl"), w("tcPr")})
_NEEDS_CHILD = {w("tbl"): w("tr"), w("tr"): w("tc")}
_GOES = "dgsv"  # ends what may go as a whole
_LOOSE = (MARKER, BLOCK_START)


def place_sentinels(marked: Marked) -> bool:
    """Puts sentinels into the part where its control tags may empty something; False when there is no such place."""
    loose: list[etree._Element] = []
    for element in (*marked.root.iter(w("tr")), *reversed(list(marked.root.iter(w("tbl"))))):
        needed = _NEEDS_CHILD[element.tag]
        rows = [(child, depth) for child, depth in _depths(marked, element) if child.tag == needed]
        if not rows and element.find(f".//{needed}") is None:
            dissolve(marked, element)  # all of it was control tags
        elif rows and all(depth or row in loose for row, depth in rows):
            _surround(element, rows[0][0])
            loose.append(element)
    found = bool(loose)
    for element in list(marked.root.iter(*_NEEDS_PARAGRAPH)):
        found |= _end_with_paragraph(marked, element)
    return found


def _surround(element: etree._Element, first: etree._Element) -> None:
    """`o` opens the element that may go, `i` begins and `x` ends its rows or cells, `v` closes it."""
    step = first
    while (previous := step.getprevious()) is not None and isinstance(previous, etree._ProcessingInstruction):
        step = previous
    before(step, etree.ProcessingInstruction("dgsi"))
    element.append(etree.ProcessingInstruction("dgsx"))
    before(element, etree.ProcessingInstruction("dgso"))
    after(element, etree.ProcessingInstruction(_GOES))


def _end_with_paragraph(marked: Marked, element: etree._Element) -> bool:
    """Sees to it that `element` ends in a paragraph; True where only the output can tell, and a sentinel marks it."""
    children = [(child, depth) for child, depth in _depths(marked, element) if child.tag not in RANGES]
    if children and children[-1][0].tag == w("sectPr"):
        children.pop()
    loose = _LOOSE if element.tag == w("body") else (*_LOOSE, _GOES)
    if not any(isinstance(one, etree._ProcessingInstruction) and one.target in loose for one, _ in children):
        # a cell whose control tags have gone further out may have nothing left
        if element.tag != w("body") and (not children or children[-1][0].tag in _NO_END):
            element.append(element.makeelement(_P))
        return False
    last = children[-1][0]
    if last.tag == _P and not children[-1][1]:
        return False
    if isinstance(last, etree._ProcessingInstruction) and last.target == BLOCK_END and not children[-1][1]:
        marked.tags[int(last.text or 0)].closes = True
        return False
    paragraph = element.find(_P)
    properties = None if paragraph is None else paragraph.find(w("pPr"))
    spare = "<w:p/>" if properties is None or element.tag == w("body") else f"<w:p>{fragment(properties)}</w:p>"
    after(last, etree.ProcessingInstruction("dgsp", spare))
    return True


def _depths(marked: Marked, element: etree._Element) -> list[tuple[etree._Element, int]]:
    """The children of `element`, each with the number of control blocks and block values it stands in."""
    found: list[tuple[etree._Element, int]] = []
    depth = 0
    for child in element:
        tag = marked.tag_of(child)
        if tag is not None:
            depth += tag.step
        elif isinstance(child, etree._ProcessingInstruction):
            depth += (child.target == BLOCK_START) - (child.target == BLOCK_END)
        found.append((child, depth))
    return found
