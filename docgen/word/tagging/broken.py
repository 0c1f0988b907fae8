"""Tags that go on in the next paragraph, as docxtpl allows, and tags over the runs of a drawing: joined."""

from __future__ import annotations

from lxml import etree

from docgen.word.archive.ooxml import w
from docgen.word.tagging.merging import append_paragraph
from docgen.word.tagging.scanner import CLOSERS, scan
from docgen.word.tagging.tags import text_of
from docgen.word.tagging.vanishing import RANGES

_P = w("p")
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MOST = 50  # paragraphs that one tag may go over


def join_broken_tags(root: etree._Element) -> list[tuple[etree._Element, str]]:
    """Joins the paragraphs that one tag begins and ends in; gives the first of each, and the tag in it.

    The look of the first paragraph stays. A tag that another tag, a table or the end of the text comes before has no
    end, and is left alone.
    """
    joined: list[tuple[etree._Element, str]] = []
    raw = False
    waiting = list(root.iter(_P))[::-1]
    while waiting:
        paragraph = waiting.pop()
        text = text_of(paragraph) if paragraph.getparent() is not None else ""
        spans = list(scan(text, raw=raw)) if "{" in text else []
        if not spans:
            continue
        last = spans[-1]
        if last.source or last.keyword == "raw":
            raw = last.keyword == "raw"
            continue
        following = _until_closed(paragraph, text[last.start :])
        for other in following:
            append_paragraph(paragraph, other)
        if following:
            rest = text_of(paragraph)[last.start :]
            joined.append((paragraph, rest[: next(scan(rest)).end]))
            waiting.append(paragraph)  # it may end with another one
    return joined


def _until_closed(paragraph: etree._Element, tag: str) -> list[etree._Element]:
    """The paragraphs after this one that the tag it ends with goes over; none when the tag has no end."""
    found: list[etree._Element] = []
    for other in paragraph.itersiblings():
        if other.tag in RANGES:
            continue
        text = text_of(other) if other.tag == _P else None
        if text is None or len(found) == _MOST:
            break
        found.append(other)
        tag += text
        if next(scan(tag)).source:
            return found
        if not tag.startswith("{#") and any(opener in text for opener in CLOSERS):
            break
    return []


def join_drawn_runs(root: etree._Element) -> None:
    """Gathers each tag over several runs of a chart's or a diagram's paragraph in the first of them."""
    for paragraph in root.iter(f"{_DRAWN}p"):
        texts = [one.find(f"{_DRAWN}t") for one in paragraph.iterchildren(f"{_DRAWN}r")]
        pieces = [one for one in texts if one is not None]
        whole = "".join(one.text or "" for one in pieces)
        if "{" not in whole:
            continue
        edges = [0]
        for one in pieces:
            edges.append(edges[-1] + len(one.text or ""))
        for span in scan(whole):
            edges = [span.end if span.start < edge < span.end else edge for edge in edges]
        for one, start, end in zip(pieces, edges, edges[1:], strict=False):
            one.text = whole[start:end]
