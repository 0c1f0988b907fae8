"""What was gathered from a Word form as the tree of an input: text for short fields, Markdown for long ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from docgen.diagnostics import Diagnostic, WordPlace, error, warning
from docgen.forms.word.reader_items import Answer, Item, text_of, words_of
from docgen.forms.word.reader_text import short
from docgen.forms.word.writer_plan import Question, Shape
from docgen.kinds.short_forms import is_blank
from docgen.kinds.text_fields import ChoiceType, MarkdownType
from docgen.sources import Entry, Mapping, Node, Scalar, Sequence
from docgen.sources.text import normalised
from docgen.word.reading.content import (
    Block,
    Heading,
    Inlines,
    ListItem,
    PageBreak,
    Paragraph,
    Picture,
    ReadDocument,
    Row,
    Table,
    Timeline,
)
from docgen.word.reading.transcript import to_markdown


class _Line(NamedTuple):
    """A line of a list, its level from 1, and the lines below it."""

    level: int
    text: str
    below: list[_Line]


class TreeMaker:
    """Makes nodes of what was written; `findings` are what could not come along."""

    def __init__(self) -> None:
        self.findings: list[Diagnostic] = []

    def group(self, questions: Iterable[Question], item: Item) -> Mapping | None:
        """The mapping of a group or element, with its empty fields; None when nothing was written in it."""
        found = self._entries(questions, item)
        return Mapping(found, item.place) if any(not is_blank(entry.value) for entry in found) else None

    def root(self, questions: Iterable[Question], item: Item) -> Mapping:
        """The mapping of the whole form."""
        return Mapping(self._entries(questions, item), item.place)

    def _entries(self, questions: Iterable[Question], item: Item) -> tuple[Entry, ...]:
        entries = []
        for question in questions:
            node = self._node(question, item)
            if node is None and question.name in item.blanks:
                node = Scalar("", item.blanks[question.name], empty=True)
            if node is not None:
                entries.append(Entry(Scalar(question.name, node.place), node))
        return tuple(entries)

    def _node(self, question: Question, item: Item) -> Node | None:
        match question.shape:
            case Shape.GROUP:
                inner = item.groups.get(question.name)
                return None if inner is None else self.group(question.inner, inner)
            case Shape.TABLE | Shape.ITEMS:
                return self._list(question, item.lists.get(question.name, []))
        answer = item.answers.get(question.name)
        return None if answer is None else self._answer(question, answer)

    def _list(self, question: Question, items: list[Item]) -> Sequence | None:
        found: list[Node] = []
        for item in items:
            if isinstance(question.type, MarkdownType):
                node: Node | None = self._answer(question.inner[0], item.answers[""]) if "" in item.answers else None
            else:
                node = self.group(question.inner, item)
            if node is not None:
                found.append(node)
        return Sequence(tuple(found), found[0].place) if found else None

    def _answer(self, question: Question, answer: Answer) -> Node | None:
        blocks = self._without_pictures(answer)
        match question.shape:
            case Shape.PROSE:
                return self._filled(prose(replace(answer, blocks=blocks)), answer.place)
            case Shape.OUTLINE | Shape.LINES:
                items = _outline(question, blocks, answer)
                return Sequence(items, answer.place) if items else None
            case Shape.PAIRS:
                return self._pairs(blocks, answer)
        return self._filled(_chosen(question, text_of(blocks)), answer.place)

    def _filled(self, text: str, place: WordPlace) -> Scalar | None:
        return Scalar(normalised(text), place) if text else None

    def _without_pictures(self, answer: Answer) -> list[Block]:
        if answer.pictures:
            place = answer.place
            self.findings.append(warning("DG736", place, felt=place.heading, antal=answer.pictures))
        return [block for block in answer.blocks if not isinstance(block, Picture | Timeline)]

    def _pairs(self, blocks: list[Block], answer: Answer) -> Mapping | None:
        entries = []
        for text in filter(None, (text.strip() for block in blocks for text in words_of(block).split("\n"))):
            name, colon, rest = text.lstrip("•–- ").partition(":")
            place = answer.spot(text)
            if colon and name.strip():
                key = Scalar(normalised(name.strip()), place)
                entries.append(Entry(key, Scalar(normalised(rest.strip()), place, empty=not rest.strip())))
            else:
                self.findings.append(error("DG741", place._replace(quote=short(text)), tekst=short(text)))
        return Mapping(tuple(entries), answer.place) if entries else None


def _chosen(question: Question, text: str) -> str:
    """The key of a choice that was made by its label; other texts as they stand."""
    found = question.type.find(text) if isinstance(question.type, ChoiceType) else None
    return str(found) if found is not None else text


def prose(answer: Answer) -> str:
    """The Markdown of a long text; its headings begin on the first level, without the numbers that Word shows."""
    levels = [block.level for block in answer.blocks if isinstance(block, Heading)]
    # The form's own headings have level 1 as a document's sections do: a text begins below them, on level 2.
    over = 0 if 1 in levels else 1
    blocks = tuple(_set(block, over) for block in answer.blocks if not isinstance(block, PageBreak))
    notes = tuple({note.mark: note for note in answer.notes}.values())
    return to_markdown(ReadDocument(blocks, notes=notes)).strip("\n")


def _set(block: Block, over: int) -> Block:
    match block:
        case Heading():
            return replace(block, level=max(1, block.level - over), number="")
        case Table(rows=(first, _, *_)) if not first.header and _is_bold(first):
            head = Row(
                tuple(replace(cell, blocks=tuple(map(_light, cell.blocks))) for cell in first.cells), header=True
            )
            return replace(block, rows=(head, *block.rows[1:]))
    return block


def _is_bold(row: Row) -> bool:
    """Whether all text of a row is bold, with some in each cell: a heading row that Word does not know as one."""
    spans = [[span for block in cell.blocks for span in _spans(block) if span.text.strip()] for cell in row.cells]
    return all(cell and all(span.bold for span in cell) for cell in spans)


def _spans(block: Block) -> Inlines:
    return block.inlines if isinstance(block, Heading | Paragraph | ListItem) else ()


def _light(block: Block) -> Block:
    if not isinstance(block, Heading | Paragraph | ListItem):
        return block
    return replace(block, inlines=tuple(replace(span, bold=False) for span in block.inlines))


def _outline(question: Question, blocks: list[Block], answer: Answer) -> tuple[Node, ...]:
    """The elements of a list of lines, those on deeper levels inside the ones above them."""
    top: list[_Line] = []
    around: list[_Line] = []
    lines = ((block, text.strip()) for block in blocks for text in words_of(block).split("\n"))
    for block, text in lines:
        level = block.level if isinstance(block, ListItem) and question.nested else 1
        if not text:
            continue
        while around and around[-1].level >= level:
            around.pop()
        made = _Line(level, text, [])
        (around[-1].below if around else top).append(made)
        around.append(made)
    return tuple(_line_node(question, one, answer) for one in top)


def _line_node(question: Question, made: _Line, answer: Answer) -> Node:
    told = answer.spot(made.text)._replace(quote=short(made.text))
    scalar = Scalar(normalised(made.text), told)
    if not question.single:
        return scalar
    entries = [Entry(Scalar(question.single, told), scalar)]
    if made.below:
        inner = Sequence(tuple(_line_node(question, one, answer) for one in made.below), told)
        entries.append(Entry(Scalar(question.nested, told), inner))
    return Mapping(tuple(entries), told)
