"""Joins the paragraphs that `{%-` and `-%}` ask to have joined, as docxtpl does: with the text before or after."""

from __future__ import annotations

from lxml import etree

from docgen.word.archive.ooxml import w
from docgen.word.tagging.tags import Marked, is_marker
from docgen.word.tagging.vanishing import RANGES, at_edge, before, is_invisible

_P, _PPR, _SECTION = w("p"), w("pPr"), w("sectPr")


def join_paragraphs(marked: Marked) -> None:
    """Joins paragraphs of a part whose tags have been marked; the look of the first of them stays.

    A hyphen joins where nothing that a reader sees, and no other tag, stands between it and the edge of its paragraph;
    elsewhere it only takes white space away. Empty paragraphs on the way go.
    """
    if not any(tag.trims for tag in marked.tags.values()):
        return
    for node in list(marked.root.iter(etree.ProcessingInstruction)):
        tag = marked.tag_of(node) if is_marker(node) else None
        if tag is None or tag.opener != "{%" or not tag.trims:
            continue
        if "<" in tag.trims:
            _join(marked, node, back=True)
        if ">" in tag.trims:
            _join(marked, node, back=False)


def _join(marked: Marked, node: etree._Element, *, back: bool) -> None:
    paragraph = next(node.iterancestors(_P), None)
    if paragraph is None or not at_edge(marked, node, paragraph, start=back):
        return
    skipped: list[etree._Element] = []
    for other in paragraph.itersiblings(preceding=back):
        if other.tag in RANGES:
            continue
        if other.tag != _P or (back and other.find(f"{_PPR}/{_SECTION}") is not None):
            return
        if not _is_empty(marked, other):
            break
        skipped.append(other)
    else:
        return
    if _belongs_elsewhere(marked, other) or any(one.find(f"{_PPR}/{_SECTION}") is not None for one in skipped):
        return
    for empty in skipped:
        for mark in [one for one in empty.iter() if one.tag in RANGES]:
            before(empty, mark)
        _remove(empty)
    first, second = (other, paragraph) if back else (paragraph, other)
    append_paragraph(first, second)


def append_paragraph(first: etree._Element, second: etree._Element) -> None:
    """Puts what `second` holds at the end of `first`; of what `second` says of itself a section break stays."""
    properties = second.find(_PPR)
    section = None if properties is None else properties.find(_SECTION)
    if section is not None:
        own = first.find(_PPR)
        if own is None:
            own = first.makeelement(_PPR)
            first.insert(0, own)
        own.append(section)
    first.extend([child for child in second if child.tag != _PPR])
    _remove(second)


def _is_empty(marked: Marked, paragraph: etree._Element) -> bool:
    has_tags = any(is_marker(node) for node in paragraph.iter(etree.ProcessingInstruction))
    return not has_tags and is_invisible(marked, paragraph)


def _belongs_elsewhere(marked: Marked, paragraph: etree._Element) -> bool:
    """Whether a tag with one of docxtpl's prefixes takes the paragraph along."""
    nodes = paragraph.iter(etree.ProcessingInstruction)
    return any(tag.prefix in ("p", "tr", "tc") for node in nodes if (tag := marked.tag_of(node)) is not None)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
