"""Gives what a loop writes again and again numbers and names of its own, since Word wants them to be unique."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from docgen.word.archive.ooxml import fragment, w
from docgen.word.tagging.balance import in_loops
from docgen.word.tagging.tags import Marked, is_marker, marker
from docgen.word.tagging.vanishing import BLOCK_START, after, before

if TYPE_CHECKING:
    from docgen.word.tagging.tag import Tag

_DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_WP14 = "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"
_OPTIONAL = (f"{{{_W14}}}paraId", f"{{{_W14}}}textId", f"{{{_WP14}}}anchorId", f"{{{_WP14}}}editId")
_NAME, _ID = w("name"), w("id")
_STARTS = {w("bookmarkStart"): "bookmark", w("permStart"): "permission", w("moveFromRangeStart"): "from"} | {
    w("moveToRangeStart"): "to"
}
_ENDS = {w("bookmarkEnd"): "bookmark", w("permEnd"): "permission", w("moveFromRangeEnd"): "from"} | {
    w("moveToRangeEnd"): "to"
}
_CHANGES = frozenset(
    w(name)
    for name in "ins del moveFrom moveTo cellIns cellDel cellMerge numberingChange rPrChange pPrChange tblPrChange "
    "trPrChange tcPrChange sectPrChange".split()
)
_COMMENT = (w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))
_CODES = {w("instrText"): None, w("fldSimple"): w("instr")}


def renew(marked: Marked) -> None:
    """Marks what stands in the loops of a part, so that each round writes it with numbers and names of its own.

    Drawings, bookmarks, permissions and tracked changes get fresh numbers, and bookmarks fresh names, which links and
    fields of the same round follow. Content controls and paragraphs get none (Word gives them). A comment stands in
    the first round only.
    """
    repeated = in_loops(marked)
    names = {one.get(_NAME, "") for one in repeated if one.tag == w("bookmarkStart")} - {""}
    seen: set[str] = set()
    for element in repeated:
        for name in _OPTIONAL:
            if name in element.attrib:
                del element.attrib[name]
        if element.tag in _STARTS or element.tag in _ENDS:
            _renew_range(marked, element, seen)
        elif element.tag == _DOCPR:
            _fresh(marked, element, "id", "new_id", "drawing")
        elif element.tag in _CHANGES:
            _fresh(marked, element, _ID, "new_id", "change")
        elif element.tag in _COMMENT:
            _once(marked, element)
        elif element.tag == w("sdtPr"):
            for number in element.findall(_ID):
                element.remove(number)
        elif names and element.tag == w("hyperlink") and element.get(w("anchor")) in names:
            name = element.get(w("anchor"), "")
            element.set(w("anchor"), marked.fenced(_named(marked, element, name, known=name in seen)))
        elif names and element.tag in _CODES:
            _follow(marked, element, names, seen)
    _keep_in_line(marked)


def _renew_range(marked: Marked, element: etree._Element, seen: set[str]) -> None:
    _step_out(element)
    if element.tag in _ENDS:
        _fresh(marked, element, _ID, "same_id", _ENDS[element.tag])
        return
    _fresh(marked, element, _ID, "new_id", _STARTS[element.tag])
    name = element.get(_NAME, "")
    if element.tag == w("bookmarkStart") and name and marked.fence not in name:
        seen.add(name)
        element.set(_NAME, marked.fenced(_asking(marked, element, name, "new_name")))


def _step_out(mark: etree._Element) -> None:
    """A range with a number of its own leaves a paragraph that a block value may replace."""
    start = _block_start(mark)
    if start is not None:
        end = start.getnext()
        while not isinstance(end, etree._ProcessingInstruction):
            assert end is not None
            end = end.getnext()
        mark.tail = None
        if mark.tag in _STARTS:
            before(start, mark)
        else:
            after(end, mark)


def _block_start(element: etree._Element) -> etree._Element | None:
    """What begins the value that may take the place of the paragraph around `element`, when there is one."""
    paragraph = next(element.iterancestors(w("p")), None)
    start = None if paragraph is None else paragraph.getprevious()
    return start if isinstance(start, etree._ProcessingInstruction) and start.target == BLOCK_START else None


def _keep_in_line(marked: Marked) -> None:
    """A value whose paragraph or row has something else that each round writes anew stays within it."""
    for start in list(marked.root.iter(etree.ProcessingInstruction)):
        begins = isinstance(start, etree._ProcessingInstruction) and start.target == BLOCK_START
        held = start.getnext() if begins else None
        if held is None:
            continue
        markers = sum(is_marker(node) for node in held.iter(etree.ProcessingInstruction))
        if markers > 1 or any(marked.fence in str(value) for one in held.iter() for value in one.attrib.values()):
            end = held.getnext()
            marked.tags[int(start.text or 0)].hole = "text"
            for node in (start, end):
                parent = None if node is None else node.getparent()
                if node is not None and parent is not None:
                    parent.remove(node)


def _fresh(marked: Marked, element: etree._Element, attribute: str, hole: str, kind: str) -> None:
    old = element.get(attribute, "")
    if marked.fence not in old:
        element.set(attribute, marked.fenced(_asking(marked, element, f"{kind} {old}", hole)))


def _once(marked: Marked, element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    if _block_start(element) is not None:  # a block value may take the place of the paragraph, and of the comment
        parent.remove(element)
        return
    parent.replace(element, marker(_asking(marked, element, fragment(element), "once")))


def _follow(marked: Marked, element: etree._Element, names: set[str], seen: set[str]) -> None:
    """Lets a field's code name the bookmark of its own round."""
    attribute = _CODES[str(element.tag)]
    code = (element.text or "") if attribute is None else element.get(attribute, "")
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    found = re.search(rf"(?<![\w])(?:{pattern})(?![\w])", code)
    if found is None or len(element) or marked.fence in code:
        return
    tag = _named(marked, element, found[0], known=found[0] in seen)
    if attribute is not None:
        element.set(attribute, f"{code[: found.start()]}{marked.fenced(tag)}{code[found.end() :]}")
        return
    node = marker(tag)
    element.text, node.tail = code[: found.start()], code[found.end() :]
    element.append(node)


def _named(marked: Marked, element: etree._Element, name: str, *, known: bool) -> Tag:
    """A reference to a bookmark: to one written already in this round, or to the one that comes."""
    return _asking(marked, element, name, "same_name" if known else "next_name")


def _asking(marked: Marked, element: etree._Element, text: str, hole: str) -> Tag:
    """A tag that hands `text` to the writer of `hole`."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return marked.invent(f'{{{{ "{quoted}" }}}}', marked.places.of(element), hole=hole)
