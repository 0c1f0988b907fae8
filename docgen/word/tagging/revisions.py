"""Tracked changes that have to do with tags count as accepted before tags are looked for: nobody sees their traces."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from docgen.word.archive.ooxml import w
from docgen.word.tagging.scanner import CLOSERS

_P, _TR, _TBL, _R, _PPR, _RPR, _SECTION = w("p"), w("tr"), w("tbl"), w("r"), w("pPr"), w("rPr"), w("sectPr")
_DEL, _FROM, _TO = w("del"), w("moveFrom"), w("moveTo")
_TEXTS = (w("t"), w("delText"), w("instrText"), w("delInstrText"))
_RANGES = tuple(w(f"move{way}Range{end}") for way in ("From", "To") for end in ("Start", "End"))
_MARKS = (*CLOSERS, *CLOSERS.values())


def accept_changes(root: etree._Element) -> None:
    """Takes away the deleted and moved text that holds tags, and says of moved tags that they always stood there.

    Deleted text without tags stays a tracked change. A move has two ends, so all moves of a part with tags in one of
    them count as accepted. Insertions are accepted once their tags are known (tags.mark_tags).
    """
    if next(root.iter(_DEL, _FROM, _TO), None) is None:
        return
    for paragraph in list(root.iter(_P)):
        _accept_in_line(paragraph, _DEL)
    for row in list(root.iter(_TR)):
        gone = row.find(f"{w('trPr')}/{_DEL}")
        if gone is not None and _has_tags(row):
            _remove_row(row)
    if any(_has_tags(one) for one in root.iter(_FROM, _TO)):
        _accept_moves(root)


def _accept_in_line(paragraph: etree._Element, change: str) -> None:
    """Takes deletions with tags out of a paragraph, a tag over several of them too."""
    found = [one for one in _changes(paragraph, change) if len(one)]
    if not found or not (any(map(_has_tags, found)) or _split_over(found)):
        return
    whole = not _has_tags(found[0]) and _split_over(found)
    for one in found:
        if whole or _has_tags(one):
            _remove(one)
    _forget_if_empty(paragraph, change)


def _changes(paragraph: etree._Element, change: str) -> Iterator[etree._Element]:
    """The changes of a paragraph's own text, not of paragraphs inside it."""
    return (one for one in paragraph.iter(change) if next(one.iterancestors(_P), None) is paragraph)


def _split_over(found: list[etree._Element]) -> bool:
    return any(mark in "".join(map(_text, found)) for mark in _MARKS)


def _text(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(*_TEXTS))


def _has_tags(element: etree._Element) -> bool:
    """Whether a tag, or an end of one, stands in the text of `element` or in an attribute of what is in it."""
    text = _text(element)
    values = (str(value) for one in element.iter(etree.Element) for value in one.attrib.values())
    return any(mark in text for mark in _MARKS) or any(mark in value for value in values for mark in CLOSERS)


def _accept_moves(root: etree._Element) -> None:
    for paragraph in list(root.iter(_P)):
        for one in [one for one in _changes(paragraph, _FROM) if len(one)]:
            _remove(one)
        for one in [one for one in _changes(paragraph, _TO) if len(one)]:
            _unwrap(one)
        for mark in paragraph.findall(f"{_PPR}/{_RPR}/{_TO}"):
            _remove(mark)
        _forget_if_empty(paragraph, _FROM)
        for mark in paragraph.findall(f"{_PPR}/{_RPR}/{_FROM}"):
            _remove(mark)
    for mark in list(root.iter(*_RANGES)):
        _remove(mark)


def _forget_if_empty(paragraph: etree._Element, change: str) -> None:
    """Takes a paragraph away that is itself deleted or moved, when nothing is left in it and another one follows."""
    following = paragraph.getnext()
    marked = paragraph.find(f"{_PPR}/{_RPR}/{change}") is not None
    if not marked or paragraph.find(f"{_PPR}/{_SECTION}") is not None or following is None or following.tag != _P:
        return
    if any(one.tag == _R for one in paragraph.iter(_R)):
        return
    parent = paragraph.getparent()
    assert parent is not None
    at = parent.index(paragraph)
    parent[at : at + 1] = [one for one in paragraph if one.tag != _PPR and not len(one)]  # bookmarks stay


def _remove_row(row: etree._Element) -> None:
    """Takes a row away, and its table with it when it was the last one."""
    table = next(row.iterancestors(_TBL), None)
    _remove(row)
    if table is not None and next(table.iter(_TR), None) is None:
        _remove(table)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        element.tail = None
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    at = parent.index(element)
    parent[at : at + 1] = list(element)
