"""The schemes that number headings (1, 1.1; § 1, Stk. 1; none), brought to a Word file that has no such thing."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from docgen.word.archive.ooxml import VAL, w
from docgen.word.look.numbering import schemes
from docgen.word.look.styles import HEADING_NUM, read_styles

if TYPE_CHECKING:
    from lxml import etree

_LEVELS = 3
"""How many levels of heading a scheme numbers."""
_ABSTRACT, _NUM, _ABSTRACT_ID, _NUM_ID = w("abstractNum"), w("num"), w("abstractNumId"), w("numId")
# ECMA-376 part 1, 17.3.1.26 and 17.7.4.17: what stands before w:numPr, and before w:pPr of a style.
_BEFORE_NUMBER = frozenset(map(w, "pStyle keepNext keepLines pageBreakBefore framePr widowControl".split()))
_AFTER_PARAGRAPH = frozenset(map(w, "rPr tblPr trPr tcPr tblStylePr".split()))


def number_headings(lists: etree._Element, styles: etree._Element, ours: etree._Element) -> None:
    """Brings the schemes of the lists `ours` to a file's `lists`, and lets its heading styles follow them.

    A file that has schemes already is left alone, as is one that lacks one of the headings.
    """
    sheet = read_styles(styles)
    heads = [sheet.find(f"heading {level}") for level in range(1, _LEVELS + 1)]
    if schemes(lists) or not all(heads):
        return
    brought = _schemes(ours)
    _make_room(lists, styles, len(brought))
    for number, abstract in enumerate(brought):
        abstract.set(_ABSTRACT_ID, str(number))
        for level, head in zip(abstract.iterchildren(w("lvl")), heads, strict=False):
            for linked in level.iterchildren(w("pStyle")):
                linked.set(VAL, head)
    num = lists.makeelement(_NUM, {_NUM_ID: str(HEADING_NUM)})
    num.append(num.makeelement(_ABSTRACT_ID, {VAL: "0"}))
    _insert(lists, brought, before=(_ABSTRACT, _NUM, w("numIdMacAtCleanup")))
    _insert(lists, [num], before=(_NUM, w("numIdMacAtCleanup")))
    for element in styles.iterchildren(w("style")):
        if element.get(w("styleId")) in heads:
            set_number(element, HEADING_NUM, heads.index(element.get(w("styleId"), "")))


def _schemes(ours: etree._Element) -> list[etree._Element]:
    """Copies of the definitions whose first level numbers the same style as the first of them: the headings."""
    named = set(schemes(ours).values())
    abstracts = [one for one in ours.iterchildren(_ABSTRACT) if one.get(_ABSTRACT_ID) in named]
    served = [next((link.get(VAL, "") for link in one.iter(w("pStyle"))), "") for one in abstracts]
    return [deepcopy(one) for one, style in zip(abstracts, served, strict=True) if style == served[0]]


def _make_room(lists: etree._Element, styles: etree._Element, abstracts: int) -> None:
    """Gives the file's own lists higher numbers, so that those of the schemes are free."""
    for root, names in ((lists, (_NUM, _ABSTRACT)), (styles, ())):
        for element in root.iter(_ABSTRACT_ID, _NUM_ID, *names):
            for name, more in ((_NUM_ID, HEADING_NUM), (_ABSTRACT_ID, abstracts)):
                attribute = VAL if element.tag == name else name
                text = element.get(attribute, "")
                if element.tag in (name, *names) and text.isdecimal() and (text != "0" or name == _ABSTRACT_ID):
                    element.set(attribute, str(int(text) + more))


def _insert(root: etree._Element, new: list[etree._Element], before: tuple[str, ...]) -> None:
    at = next((index for index, child in enumerate(root) if child.tag in before), len(root))
    for number, element in enumerate(new):
        root.insert(at + number, element)


def set_number(style: etree._Element, number: int, level: int) -> None:
    """Lets the paragraphs of a style be numbered by a list, on a level from 0."""
    properties = style.find(w("pPr"))
    if properties is None:
        properties = style.makeelement(w("pPr"))
        at = next((index for index, child in enumerate(style) if child.tag in _AFTER_PARAGRAPH), len(style))
        style.insert(at, properties)
    for old in properties.findall(w("numPr")):
        properties.remove(old)
    made = properties.makeelement(w("numPr"))
    for tag, value in (("ilvl", level), ("numId", number)):
        made.append(made.makeelement(w(tag), {VAL: str(value)}))
    properties.insert(sum(1 for child in properties if child.tag in _BEFORE_NUMBER), made)
