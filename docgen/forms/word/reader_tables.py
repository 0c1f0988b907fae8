"""The tables of a Word form: labels beside answers, and lists with an element on each row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, Severity, error, warning
from docgen.forms.headers import SUM_WORDS
from docgen.forms.word.reader_controls import SDT, tag_of
from docgen.forms.word.reader_items import text_of, words_of
from docgen.forms.word.reader_text import as_block, short, without_prompt
from docgen.forms.word.writer import rest_prompts
from docgen.forms.word.writer_plan import REST, Question, Shape
from docgen.kinds.suggestions import folded, suggestion
from docgen.word.archive.ooxml import w
from docgen.word.look.styles import number_of
from docgen.word.values.inlines import GONE, is_gone

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.forms.word.reader_walk import Walk

_P, _ROW, _CELL = w("p"), w("tr"), w("tc")
_HELP, _LABEL = "skema vejledning", "skema felt"
_ENTRY = re.compile(r"([^:]+):(.*)", re.DOTALL)


class FormTable:
    """One table of a form; `question` is the list that it may hold, None where that cannot be."""

    def __init__(self, walk: Walk, element: _Element, question: Question | None) -> None:
        self._walk = walk
        self._rows = [row for row in _inside(element, _ROW) if not is_gone(row.find(w("trPr")))]
        self._list = question if question and question.shape is Shape.TABLE else None
        self._told: set[int] = set()  # the columns that belong to no field, once that is told
        self._heads = self._columns(self._rows[0]) if self._list and self._rows else []

    @property
    def is_list(self) -> bool:
        """Whether the first row names the fields of the list."""
        return sum(head is not None for head in self._heads) * 2 > len(self._heads)

    def read(self, *, tagged: bool) -> None:
        """Reads the rows; `tagged` tells that controls of the list stand in them, whatever the first row says."""
        if self._list is None or not (self.is_list or tagged):
            for row in self._rows:
                self._answer(row)
            return
        if self.is_list:
            self._tell_strange_columns()
        for row in self._rows[1:] if self.is_list else self._rows:
            if not (self.is_list and self._columns(row) == self._heads):
                self._element(self._list, row)

    # --- a list

    def _columns(self, row: _Element) -> list[Question | str | None]:
        """What each column holds by the heading in the row: a field, the rest, or nothing known."""
        found: list[Question | str | None] = []
        for cell in _inside(row, _CELL):
            found += [self._head(" ".join(_plain_texts(cell)))] * _span(cell)
        return found

    def _tell_strange_columns(self) -> None:
        """Tells of what was written beside the heading of a column, and of columns that belong to no field.

        The column of a field that the kind had earlier is only told where something stands in it.
        """
        at = 0
        for cell in _inside(self._rows[0], _CELL):
            text = " ".join(" ".join(_plain_texts(cell)).split())
            if text and self._head(text) is None:
                below = [found for row in self._rows[1:] if (found := self._column_text(row, at))]
                if below or self._walk.same_version:
                    self._walk.misplaced([cell], f"{text}: {', '.join(below)}" if below else text)
                self._told.add(at)
            at += _span(cell)

    def _column_text(self, row: _Element, wanted: int) -> str:
        at = 0
        for cell in _inside(row, _CELL):
            if at <= wanted < at + _span(cell):
                return " ".join(text_of(self._walk.blocks(cell)).split())
            at += _span(cell)
        return ""

    def _head(self, text: str) -> Question | str | None:
        known = {folded(one.label): one for one in self._list.inner} if self._list else {}
        return known.get(folded(text)) or (REST if folded(text) == folded(REST) else None)

    def _is_sum(self, row: _Element) -> bool:
        """Whether a row holds nothing but a word such as `I alt` and figures."""
        word, *others = _filled_cells(row) or [""]
        return folded(word) in SUM_WORDS and not any(sign.isalpha() for text in others for sign in text)

    def _element(self, question: Question, row: _Element) -> None:
        walk = self._walk
        if self._is_sum(row):
            word = short(" ".join(_filled_cells(row)))
            walk.faults.append(
                Diagnostic("DG775", Severity.INFO, walk.place_of(row)._replace(quote=word), {"tekst": word})
            )
            return
        item = walk.found.open(question, walk.place_of(row))
        item.pending = False
        at = 0
        for cell in _inside(row, _CELL):
            head = self._heads[at] if self.is_list and at < len(self._heads) else None
            told = self.is_list and at in self._told
            at += _span(cell)
            held = walk.tagged(cell) or head
            if isinstance(held, Question) and held not in question.inner:
                held = head
            if isinstance(held, Question):
                walk.take_others(cell, held)
                walk.deliver(held, [cell], cell)
            elif held == REST or _has_list_tag(cell, question):
                self._rest(question, cell)
            elif not told and (text := text_of(walk.blocks(cell))):
                walk.misplaced([cell], text)

    def _rest(self, question: Question, cell: _Element) -> None:
        """The column with a name, a colon and an answer on each line."""
        walk = self._walk
        shown = {one.name for one in self._heads if isinstance(one, Question)} or question.columns
        others = [one for one in question.inner if one.name not in shown]
        known = {folded(name): one for one in others for name in (one.label, one.name, *one.field.aliases)}
        place = walk.place_of(cell)._replace(heading=question.label)
        if pictures := walk.teller.beside(question, [cell], place).pictures:
            walk.faults.append(warning("DG736", place, felt=question.label, antal=pictures))
        blocks = walk.blocks(cell)
        walk.teller.tell_links(blocks, place)
        for prompt in rest_prompts(question):
            blocks = without_prompt(blocks, prompt)
        for text in (part.strip() for block in blocks for part in words_of(block).split("\n")):
            entry = _ENTRY.fullmatch(text.lstrip("•–- "))
            meant = known.get(folded(entry[1])) if entry else None
            if entry and meant:
                walk.keep(meant, as_block(entry[2].strip()), cell)
            elif text:
                told = suggestion(entry[1] if entry else text, [one.label for one in others or question.inner])
                walk.faults.append(error("DG738", place._replace(quote=short(text)), tekst=short(text), **told))

    # --- labels and answers

    def _answer(self, row: _Element) -> None:
        walk = self._walk
        cells = _inside(row, _CELL)
        label, beside = _label(walk, cells[0]) if cells else ("", [])
        former = None if walk.same_version else walk.former(row)
        question = walk.tagged(row) or (
            walk.labelled(label, exactly=former is not None) if len(cells) > 1 and label else None
        )
        if question is None and former is not None and len(cells) > 1:
            walk.gone_field(former, cells[1:])
            return
        if question is None or len(cells) < 2:
            blocks = walk.blocks(row)
            if text := text_of(blocks):
                walk.misplaced([row], text)
            return
        heading = walk.found.heading(question)
        for paragraph in cells[0].iter(_P):
            if walk.style(paragraph) == _HELP:
                walk.own_text(paragraph, heading)
        for paragraph in beside:
            walk.misplaced([paragraph], text_of(walk.blocks(paragraph)), heading=heading)
        walk.beside([cells[0]], label, question.label, heading)
        for cell in cells[1:]:
            walk.take_others(cell, question)
        walk.deliver_row(question, cells[1:])


def _label(walk: Walk, cell: _Element) -> tuple[str, list[_Element]]:
    """The label in a cell, and the paragraphs below it that are neither label nor help text."""
    paragraphs = [one for one in cell.iter(_P) if walk.style(one) != _HELP and not _in_box(one)]
    labels = [one for one in paragraphs if walk.style(one) == _LABEL] or paragraphs
    text = " ".join(words_of(block) for one in labels for block in walk.blocks(one))
    return text, [one for one in paragraphs if one not in labels and "".join(map(str, one.itertext())).strip()]


def _in_box(paragraph: _Element) -> bool:
    return next(paragraph.iterancestors(w("txbxContent")), None) is not None


def _plain_texts(cell: _Element) -> list[str]:
    return ["".join(text.text or "" for text in paragraph.iter(w("t"))) for paragraph in cell.iter(_P)]


def _filled_cells(row: _Element) -> list[str]:
    """The texts of the cells in which something stands."""
    texts = (" ".join(" ".join(_plain_texts(cell)).split()) for cell in _inside(row, _CELL))
    return [text for text in texts if text]


def _has_list_tag(cell: _Element, question: Question) -> bool:
    return any(tag_of(control) == f"{question.path}[]" for control in cell.iter(SDT))


def _span(cell: _Element) -> int:
    return max(1, number_of(cell.find(w("tcPr")), "gridSpan") or 1)


def _inside(parent: _Element, tag: str) -> list[_Element]:
    """The rows of a table or the cells of a row, also those in content controls, in order."""
    return list(_found(parent, tag))


def _found(parent: _Element, tag: str) -> Iterator[_Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in GONE and child.tag not in (_ROW, _CELL, w("tbl"), _P):
            yield from _found(child, tag)
