"""Takes away the paragraphs, rows and cells that only held control tags, and sets apart those that hold one value."""

from __future__ import annotations

from lxml import etree

from docgen.word.archive.ooxml import fragment, w
from docgen.word.tagging.tag import Tag
from docgen.word.tagging.tags import Marked, is_marker

BLOCK_START, BLOCK_END = "dgb", "dge"
_P, _TR, _PPR, _SECTION, _T = w("p"), w("tr"), w("pPr"), w("sectPr"), w("t")
_LEVELS = {"p": w("p"), "tr": w("tr"), "tc": w("tc"), "r": w("r")}
RANGES = frozenset(
    w(name)
    for start in ("bookmark", "commentRange", "moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange")
    for name in (f"{start}Start", f"{start}End")
) | {w("permStart"), w("permEnd")}
_PROPERTIES = frozenset(w(name) for name in ("pPr", "rPr", "tcPr", "trPr", "tblPr", "tblPrEx", "tblGrid", "sdtPr"))
# What may stand beside a control tag in a paragraph that goes: nothing that a reader sees.
_HARMLESS = (
    RANGES
    | _PROPERTIES
    | {
        w(name)
        for name in ("sdtEndPr", "proofErr", "lastRenderedPageBreak", "softHyphen", "tab", "cr", "del", "moveFrom")
    }
)
_WRAPPERS = frozenset(
    w(name) for name in ("p", "r", "tc", "tr", "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "dir")
)


def clear_lines(marked: Marked) -> list[etree._Element]:
    """Lets rows vanish that hold control tags only, and docxtpl's prefixes have their way.

    Gives the paragraphs that hold control tags only: they go when the tags' blocks allow it (`dissolve`).
    """
    root = marked.root
    for level in ("tr", "tc", "p"):
        _obey_prefixes(marked, level)
        if level == "tr":
            for row in reversed(list(root.iter(_TR))):
                if holds_control_only(marked, row) and not _is_shaped(marked, row):
                    dissolve(marked, row)
    return [paragraph for paragraph in root.iter(_P) if holds_control_only(marked, paragraph)]


def _is_shaped(marked: Marked, row: etree._Element) -> bool:
    """Whether a tag says how a cell of the row looks, so that the row is wanted though it has no text."""
    properties = (one for cell in row.iter(w("tcPr")) for one in cell)
    return any(marked.fence in str(value) for one in properties for value in one.attrib.values())


def set_values_apart(marked: Marked) -> None:
    """Marks the paragraphs that hold one `{{ }}` and nothing else: a block value replaces them."""
    for paragraph in list(marked.root.iter(_P)):
        _set_apart(marked, paragraph, None)


def before(element: etree._Element, node: etree._Element) -> None:
    """Puts `node` right before `element`; unlike lxml's own way, white space after `element` stays there."""
    parent = element.getparent()
    assert parent is not None
    parent.insert(parent.index(element), node)


def after(element: etree._Element, node: etree._Element) -> None:
    """Puts `node` right after `element`."""
    parent = element.getparent()
    assert parent is not None
    parent.insert(parent.index(element) + 1, node)


def at_edge(marked: Marked, node: etree._Element, element: etree._Element, *, start: bool) -> bool:
    """Whether nothing visible and no other control tag stands between `node` and the start (or end) of `element`."""
    step = node
    while step is not element:
        for sibling in step.itersiblings(preceding=start):
            if is_marker(sibling) or not is_invisible(marked, sibling):
                return False
        parent = step.getparent()
        assert parent is not None
        step = parent
    return True


def _ancestor(node: etree._Element, tag: str) -> etree._Element | None:
    return next(node.iterancestors(tag), None)


def _markers(marked: Marked, element: etree._Element) -> list[tuple[etree._Element, Tag]]:
    nodes = element.iter(etree.ProcessingInstruction)
    return [(node, tag) for node in nodes if (tag := marked.tag_of(node)) is not None]


def _obey_prefixes(marked: Marked, level: str) -> None:
    for node, tag in _markers(marked, marked.root):
        if tag.prefix != level:
            continue
        element = _ancestor(node, _LEVELS[level])
        if element is None:
            if level != "p":
                marked.fail("DG437", tag, bogstaver=tag.prefix)
        elif not tag.control:
            if level != "p" and not _set_apart(marked, element, tag):
                marked.fail("DG436", tag, bogstaver=tag.prefix)
        elif holds_control_only(marked, element):
            dissolve(marked, element)
        elif at_edge(marked, node, element, start=True):
            before(element, node)
        elif at_edge(marked, node, element, start=False):
            after(element, node)
        else:
            marked.fail("DG436", tag, bogstaver=tag.prefix)


def holds_control_only(marked: Marked, element: etree._Element) -> bool:
    """Whether there are control tags in `element`, and nothing that a reader sees."""
    found = _markers(marked, element)
    return bool(found) and all(tag.control for _, tag in found) and is_invisible(marked, element)


def is_invisible(marked: Marked, node: etree._Element) -> bool:
    """Whether a reader of the page sees nothing of `node`: control tags, white space and marks without text."""
    if isinstance(node, etree._ProcessingInstruction):
        tag = marked.tag_of(node)
        return tag is not None and tag.control
    if node.tag == _T:
        return not len(node) and not (node.text or "").strip()
    if node.tag == w("br"):
        return node.get(w("type")) in (None, "textWrapping")
    if node.tag == w("commentReference"):
        return _comment_within(node)
    return node.tag in _HARMLESS or (node.tag in _WRAPPERS and all(is_invisible(marked, child) for child in node))


def _comment_within(reference: etree._Element) -> bool:
    """Whether a whole comment goes with its paragraph; one that began earlier needs its reference."""
    paragraph = _ancestor(reference, _P)
    number = reference.get(w("id"))
    return paragraph is not None and any(
        start.get(w("id")) == number for start in paragraph.iter(w("commentRangeStart"))
    )


def dissolve(marked: Marked, element: etree._Element) -> None:
    """Puts the control tags of `element`, and what else must survive it, in its place."""
    kept = [node for node in element.iter() if is_marker(node) or node.tag in RANGES]
    sections = list(element.iter(_SECTION))
    whole = {node.get(w("id")) for node in kept if node.tag == w("commentRangeStart")}
    whole &= {node.get(w("id")) for node in kept if node.tag == w("commentRangeEnd")}
    comment = (w("commentRangeStart"), w("commentRangeEnd"))
    kept = [node for node in kept if node.tag not in comment or node.get(w("id")) not in whole]
    for section in sections:
        kept.insert(_shallowest(marked, kept), _section_paragraph(section))
    for node in kept:
        node.tail = None
        before(element, node)
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _shallowest(marked: Marked, nodes: list[etree._Element]) -> int:
    """Where among `nodes` a section break stands outside as many blocks as it can, so that it is never lost."""
    depth = least = at = 0
    for index, node in enumerate(nodes, start=1):
        tag = marked.tag_of(node)
        if tag is not None:
            depth += tag.step
        if depth < least:
            least, at = depth, index
    return at


def _section_paragraph(section: etree._Element) -> etree._Element:
    paragraph = section.makeelement(_P)
    properties = etree.SubElement(paragraph, _PPR)
    properties.append(section)
    return paragraph


def _set_apart(marked: Marked, element: etree._Element, wanted: Tag | None) -> bool:
    """Marks `element` to be replaced by a block value, when all it holds is one `{{ }}` (that of `wanted`)."""
    found = _markers(marked, element)
    if len(found) != 1 or found[0][1].control or found[0][1].hole not in ("text", "block"):
        return False
    node, tag = found[0]
    text = node.getparent()
    if (wanted is not None and tag is not wanted) or text is None or text.tag != _T or tag.hole == "block":
        return False
    if element.tag == _P and _ancestor(text, _P) is not element:
        return False  # it stands in a text box of the paragraph
    if any(step.tag in RANGES for step in text.iterancestors()):
        return False  # text in a bookmark's mark, which Word never writes
    alone = not (text.text or "").strip() and not (node.tail or "").strip()
    if not alone or not all(is_invisible(marked, child) for child in _beside(element, text)):
        return False
    if any(marked.fence in value for one in element.iter(etree.Element) for value in one.attrib.values()):
        return False  # the target of a link or the number of a list, which is known when the text is filled in
    tag.hole = "block"
    before(element, etree.ProcessingInstruction(BLOCK_START, str(tag.number)))
    after(element, etree.ProcessingInstruction(BLOCK_END, str(tag.number)))
    return True


def _beside(element: etree._Element, text: etree._Element) -> list[etree._Element]:
    """Everything in `element` but `text` and what it stands in."""
    path = [text, *text.iterancestors()]
    path = path[: path.index(element) + 1]
    return [child for step in path[1:] for child in step if child not in path]


def section_of(element: etree._Element) -> str:
    """The section break that the paragraph `element` carries, as a paragraph of its own; "" when it has none."""
    section = element.find(f"{_PPR}/{_SECTION}")
    return "" if section is None else f"<w:p><w:pPr>{fragment(section)}</w:pPr></w:p>"
