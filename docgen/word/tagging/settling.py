"""Keeps the output valid where control tags may leave nothing: a cell gets a paragraph, a table without rows goes.

A content control around blocks, rows or cells goes as well when nothing is left in it.

Sentinels are put into the template where that may happen; docgen.word.tagging.settled resolves them in the output.
"""

from __future__ import annotations

from lxml import etree

from docgen.word.archive.ooxml import fragment, w
from docgen.word.tagging.tags import MARKER, Marked
from docgen.word.tagging.vanishing import BLOCK_END, BLOCK_START, RANGES, after, before, dissolve

_P = w("p")
_TBL, _TR, _TC = w("tbl"), w("tr"), w("tc")
_NEEDS_PARAGRAPH = tuple(
    w(name) for name in ("tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "body")
)
_AROUND_BLOCKS = frozenset({*_NEEDS_PARAGRAPH, _TBL, _TR})
_NO_END = frozenset({w("tbl"), w("tcPr")})
_CONTROL, _CONTENT = w("sdt"), w("sdtContent")
_NEEDS_CHILD = {_TBL: _TR, _TR: _TC}
_GOES = "dgsv"  # ends what may go as a whole
_LOOSE = (MARKER, BLOCK_START)


def place_sentinels(marked: Marked) -> bool:
    """Puts sentinels into the part where its control tags may empty something; False when there is no such place."""
    loose: list[etree._Element] = []
    for element in _inside_out(marked.root):
        needed = _NEEDS_CHILD.get(element.tag, "")
        held = element
        if not needed:
            content = element.find(_CONTENT)
            if content is None or (any(_counts(one, "") for one in content) and not any(map(_is_loose, content))):
                continue
            held = content
        rows = [(child, depth) for child, depth in _depths(marked, held) if _counts(child, needed)]
        if not rows and (not needed or held.find(f".//{needed}") is None):
            dissolve(marked, element)  # all of it was control tags
        elif rows and all(depth or row in loose for row, depth in rows):
            _surround(element, held, rows[0][0])
            loose.append(element)
    for control in marked.root.iter(_CONTROL):
        _keep_run(marked, control)
    found = bool(loose)
    for element in list(marked.root.iter(*_NEEDS_PARAGRAPH)):
        found |= _end_with_paragraph(marked, element)
    return found


def _keep_run(marked: Marked, control: etree._Element) -> None:
    """Puts an empty run at the end of a control around runs that tags may empty: Word shows its prompt otherwise."""
    content = control.find(_CONTENT)
    if content is None or _container(control) in _AROUND_BLOCKS or not any(map(_is_loose, content)):
        return
    if not any(not depth and _counts(child, "") for child, depth in _depths(marked, content)):
        run = content.makeelement(w("r"))
        etree.SubElement(run, w("t"))
        content.append(run)


def _inside_out(root: etree._Element) -> list[etree._Element]:
    """What may have to go as a whole, each after everything that stands in it: tables, rows, content controls."""
    found = reversed(list(root.iter(_TBL, _TR, _CONTROL)))
    return [one for one in found if one.tag != _CONTROL or _container(one) in _AROUND_BLOCKS]


def _container(control: etree._Element) -> str:
    return next((str(one.tag) for one in control.iterancestors() if one.tag not in (_CONTROL, _CONTENT)), "")


def _counts(child: etree._Element, needed: str) -> bool:
    """Whether a child is what its parent must have one of, or a content control with some."""
    if not needed:
        return isinstance(child.tag, str) and child.tag not in RANGES
    return child.tag == needed or (child.tag == _CONTROL and child.find(f"{_CONTENT}//{needed}") is not None)


def _is_loose(node: etree._Element) -> bool:
    return isinstance(node, etree._ProcessingInstruction) and node.target in (*_LOOSE, _GOES)


def _surround(element: etree._Element, held: etree._Element, first: etree._Element) -> None:
    """`o` opens the element that may go, `i` begins and `x` ends what it holds, `v` closes it."""
    step = first
    while (previous := step.getprevious()) is not None and isinstance(previous, etree._ProcessingInstruction):
        step = previous
    before(step, etree.ProcessingInstruction("dgsi"))
    held.append(etree.ProcessingInstruction("dgsx"))
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
