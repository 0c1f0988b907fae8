"""Small things done to the blocks and paragraphs that a Word form is read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from lxml import etree

from docgen.forms.word.writer import REST_GUIDANCE, guide
from docgen.forms.word.writer_plan import TITLE_NOTE, Form
from docgen.kinds.suggestions import folded
from docgen.word.archive.ooxml import w
from docgen.word.reading.content import Block, Heading, Inlines, ListItem, Paragraph, Span, plain

if TYPE_CHECKING:
    from lxml.etree import _Element

_FEW = 4  # a text that shares less than this part of itself with another is not its beginning
_QUOTE = 60  # characters of an answer that a message quotes
_LONGEST_PLAIN = 8  # a prompt of so few characters may begin an answer


def short(text: str) -> str:
    """A text for a message: on one line, and cut where it is long."""
    found = " ".join(text.split())
    return found if len(found) <= _QUOTE else f"{found[: _QUOTE - 1]}…"


def strange_parts(text: str, own: Mapping[str, str]) -> list[str]:
    """What is none of the form's own words in a paragraph that should hold nothing else.

    `own` are the form's texts by what `folded` makes of them. The fields that the column for the rest takes are listed
    by their labels, so that each of those is looked up by itself.
    """
    start, end = REST_GUIDANCE
    parts = [text]
    if text.startswith(start):
        labels, found, more = text.removeprefix(start).partition(end)
        parts = [*labels.split(", "), more] if found else [text.removeprefix(start)]
    strange = [one for one in parts if one.strip() and folded(one) not in own]
    return [_own_words(one, own.values()) for one in strange]


def _own_words(text: str, known: Iterable[str]) -> str:
    """The text from where it leaves the form's own text that it begins with, if it goes on with that for long."""
    same = max((_shared(text, one) for one in known), key=len)
    return text[len(same) :] if len(same) > len(text) // _FEW else text


def _shared(one: str, other: str) -> str:
    """What two texts begin with alike."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(sign for sign, _ in same)


def as_block(text: str) -> list[Block]:
    """A text as a paragraph."""
    return [Paragraph((Span(text),))]


def unlabelled(block: Block) -> Block:
    """A block without the number that Word puts before it."""
    match block:
        case Heading() | Paragraph():
            return replace(block, number="")
        case ListItem():
            return replace(block, label="")
    return block


def without_prompt(blocks: list[Block], prompt: str) -> list[Block]:
    """The blocks without the placeholder, also where an answer was written before or after it."""
    found: list[Block] = []
    first = True
    for block in blocks:
        if not isinstance(block, Heading | Paragraph | ListItem) or not block.text.strip():
            found.append(block)
            continue
        text = " ".join(plain(block.inlines).split())
        long = len(prompt) > _LONGEST_PLAIN
        if text != prompt or not (first or long):
            found.append(replace(block, inlines=_cut(block.inlines, prompt)) if long else block)
        first = False
    return found


def _cut(inlines: Inlines, prompt: str) -> Inlines:
    """The spans without a placeholder at their start or end."""
    text = plain(inlines)
    if text.lstrip().startswith(prompt):
        start = len(text) - len(text.lstrip()) + len(prompt)
        start += len(text[start:]) - len(text[start:].lstrip())
        return _between(inlines, start, len(text))
    if text.rstrip().endswith(prompt):
        return _between(inlines, 0, len(text.rstrip().removesuffix(prompt).rstrip()))
    return inlines


def _between(inlines: Inlines, start: int, end: int) -> Inlines:
    found, at = [], 0
    for span in inlines:
        found.append(replace(span, text=span.text[max(0, start - at) : max(0, end - at)]))
        at += len(span.text)
    return tuple(span for span in found if span.text)


def own_texts(form: Form) -> dict[str, str]:
    """The form's own words by what `folded` makes of them."""
    texts = [form.title, TITLE_NOTE, *guide(form)]
    for question in form.walk():
        texts += [question.label, question.heading, question.guidance]
    return {folded(text): text for text in texts}


def as_paragraph(content: _Element) -> _Element:
    """The content of a control inside a paragraph as a paragraph of its own."""
    made = etree.Element(w("p"))
    made.extend(deepcopy(list(content)))
    return made


def unwrapped(paragraph: _Element, control: _Element) -> _Element:
    """A copy of a paragraph, in its look, with the content of the one control in it."""
    made = as_paragraph(control[-1])
    properties = paragraph.find(w("pPr"))
    if properties is not None:
        made.insert(0, deepcopy(properties))
    return made


def without_frames(elements: Iterable[_Element]) -> list[_Element]:
    """The elements, a table of one cell as the paragraphs in it: mails and web pages lay out whole texts so."""
    found: list[_Element] = []
    for element in elements:
        inside = _in_frame(element)
        found += without_frames(inside) if len(inside) > 1 else [element]
    return found


def _in_frame(element: _Element) -> list[_Element]:
    """What stands in a table of one cell; nothing for all else."""
    rows = list(element.iterchildren(w("tr"))) if element.tag == w("tbl") else []
    cells = [cell for row in rows for cell in row.iterchildren(w("tc"))]
    return [one for one in cells[0] if one.tag != w("tcPr")] if len(cells) == 1 else []


def stands_alone(paragraph: _Element, control: _Element) -> bool:
    """Whether a paragraph holds no text but that of a control."""
    inside = set(control.iter(w("t")))
    return all(text in inside or not (text.text or "").strip() for text in paragraph.iter(w("t")))
