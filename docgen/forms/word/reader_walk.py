"""A Word form read from top to bottom: each answer to its question, by its control or else by the label beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, Severity, WordPlace, error
from docgen.forms.word.reader_beside import Teller
from docgen.forms.word.reader_controls import (
    CONTENT,
    SDT,
    content_of,
    controls,
    is_checkbox,
    is_element,
    name_of,
    tag_of,
)
from docgen.forms.word.reader_items import Answer, Beside, Gathering, Item, is_nothing, scope_of, text_of
from docgen.forms.word.reader_restyled import Restyled
from docgen.forms.word.reader_tables import FormTable
from docgen.forms.word.reader_text import (
    as_block,
    as_paragraph,
    own_texts,
    short,
    stands_alone,
    strange_parts,
    unlabelled,
    unwrapped,
    without_frames,
    without_prompt,
)
from docgen.forms.word.writer_plan import Form, Question, Shape
from docgen.kinds.number_fields import BoolType
from docgen.kinds.suggestions import folded
from docgen.word.archive.ooxml import w
from docgen.word.reading.content import Block
from docgen.word.values.inlines import GONE

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.word.reading.reader import Body
    from docgen.word.tagging.places import Places

_P, _TBL, _SECTION = w("p"), w("tbl"), w("sectPr")
_HEADING = re.compile(r"skema (overskrift|nummer) (\d)", re.IGNORECASE)
_OWN = ("skema vejledning", "skema titel", "skema undertitel", "skema felt", "skema kolonne")
_NUMBER = re.compile(r"\d+[.)]\s*")  # of an element, typed by hand
_MANY_LINES = (Shape.PROSE, Shape.LINES, Shape.OUTLINE, Shape.PAIRS)
_TICKS = {"☒": "ja", "☑": "ja", "☐": "nej"}


class Walk:
    """Reads the body of one form. `faults` are what could not be placed; `met` the tags and labels that were there."""

    def __init__(self, form: Form, body: Body, places: Places, *, same_version: bool) -> None:
        self.found = Gathering(form, places.of(body.root))
        self.faults: list[Diagnostic] = []
        self.met: set[str] = set()
        self.teller = Teller(body, places, self.faults)
        self._form = form
        self._body = body
        self._places = places
        self._by_tag = form.by_tag
        self._lists = {f"{one.path}[]": one for one in form.walk() if one.shape in (Shape.TABLE, Shape.ITEMS)}
        self._own = own_texts(form)
        self.same_version = same_version
        self._scope = ""
        self._heading = ""
        self._open: Question | None = None
        self._table: Question | None = None
        self._sections: list[Question] = []
        styled = (one for one in body.root.iter(_P) if _HEADING.fullmatch(body.style(one)))
        self._restyled = Restyled(form, styled)

    def read(self) -> Item:
        """All that was written in the form."""
        self._walk(self._body.root)
        self.teller.tell_looks()
        return self.found.root

    def _walk(self, parent: _Element) -> None:
        for child in parent:
            if child.tag == _P:
                self._paragraph(child)
            elif child.tag == _TBL:
                self._any_table(child)
            elif child.tag == SDT:
                self._control(child)
            elif child.tag not in GONE and child.tag != _SECTION:
                self._walk(child)

    # --- controls

    def _control(self, control: _Element) -> None:
        tag, content = tag_of(control), content_of(control)
        if content is None:
            return
        question = self._by_tag.get(tag)
        if is_element(control) and self._sections:
            self.found.open(self._sections[-1], self._places.of(control), by_control=True)
            self._scope = f"{self._sections[-1].path}[]"
            self._walk(content)
        elif tag in self._lists:
            self._sections.append(self._lists[tag])
            self._walk(content)
            self._sections.pop()
        elif question is not None:
            self._answered(question, control, content)
        elif tag and not list(controls(content, self._by_tag)) and (self.same_version or self._open is None):
            self.gone_field(control, list(content))
        else:
            self._walk(content)

    def _answered(self, question: Question, control: _Element, content: _Element) -> None:
        for other in list(controls(content, self._by_tag)):
            self._take(other)
        self._scope = scope_of(question)
        self._heading = question.label
        self.deliver(question, list(content), control)
        self._open = question if question.shape in _MANY_LINES else None

    def _take(self, control: _Element) -> None:
        """Reads a control that stands where another answer is read, and takes it away from there."""
        question, content, parent = self._by_tag[tag_of(control)], content_of(control), control.getparent()
        if content is not None and parent is not None:
            inline = control.find(f"{CONTENT}/{w('r')}") is not None or parent.tag == _P
            self.deliver(question, [as_paragraph(content)] if inline else list(content), control)
            parent.remove(control)

    def former(self, element: _Element) -> _Element | None:
        """The first control in an element that is tagged with no field of the kind, such as one that it had earlier."""
        known = (*self._by_tag, *self._lists, "")
        return next((one for one in element.iter(SDT) if tag_of(one) not in known), None)

    def gone_field(self, control: _Element, elements: list[_Element]) -> None:
        """Tells of what stands in a field that the kind does not have."""
        blocks = self._blocks(elements)
        if not is_nothing(blocks):
            name = name_of(control)
            place = self._place(control, blocks)._replace(heading=name)
            self.faults.append(error("DG733", place, felt=name, type=self._form.kind.title))

    # --- paragraphs

    def _paragraph(self, element: _Element) -> None:
        name = self._body.style(element)
        heading = _HEADING.fullmatch(name)
        if heading:
            self._headed(element, numbered=heading[1].lower() == "nummer", depth=int(heading[2]))
        elif name.lower() in _OWN:
            self.own_text(element)
        elif depth := self._restyled.depth(element):
            self._headed(element, numbered=False, depth=depth)
        elif not self._restyled.is_guidance(element):
            self._content(element)

    def _headed(self, element: _Element, *, numbered: bool, depth: int) -> None:
        text = text_of(self._blocks([element], labels=False))
        if numbered:
            text = _NUMBER.sub("", text)
        if not text:
            return
        self._open = self._table = None
        self._heading = " ".join(text.split())
        question = self._element(text, depth) if numbered else self.labelled(text, depth)
        if question is None:
            if not self._is_former_heading(element):
                self.misplaced([element], text)
            return
        self.beside([element], text, question.element if numbered else question.label)
        if numbered:
            self.found.open(question, self._places.of(element))
            self._scope = f"{question.path}[]"
            return
        blanks = self.found.at(scope_of(question)).blanks
        blanks.setdefault(question.name, self._place(element, [], question))
        self._scope = question.path if question.shape is Shape.GROUP else scope_of(question)
        if question.shape is Shape.TABLE:
            self._table = question
        elif question.shape in _MANY_LINES:
            self._open = question

    def _is_former_heading(self, element: _Element) -> bool:
        """Whether a form for another version has the field of the heading, and the kind does not."""
        if self.same_version:
            return False
        after = (one for one in element.itersiblings() if one.tag != _P or self.style(one) != _OWN[0])
        found = next(after, None)
        return found is not None and found.tag in (SDT, _TBL) and self.former(found) is not None

    def labelled(self, text: str, depth: int = 0, *, exactly: bool = False) -> Question | None:
        """The question with that label that stands nearest around; one not met yet goes first.

        Where there is none, one whose label the text begins with, unless it must be `exactly` the label.
        """
        wanted = folded(text)
        found = self._nearest(str.__eq__, wanted, depth)
        return found if found or exactly else self._nearest(str.startswith, wanted, depth)

    def _nearest(self, fits: Callable[[str, str], bool], wanted: str, depth: int) -> Question | None:
        met: Question | None = None
        for path, questions in self.found.scopes(self._scope):
            for question in questions:
                if not fits(wanted, folded(question.label)) or depth not in (0, question.depth):
                    continue
                item = self.found.at(path)
                if question.name not in item.visited:
                    item.visited.add(question.name)
                    self.met.add(question.tag)
                    return question
                met = met or question
        return met

    def beside(self, elements: list[_Element], text: str, label: str, heading: str = "") -> None:
        """Tells of what was written beside a label or heading."""
        found, start = folded(text), folded(label)
        if found != start and found.startswith(start):
            self.misplaced(elements, text, heading=heading)

    def _element(self, text: str, depth: int) -> Question | None:
        wanted = folded(text)
        around = [one for _, questions in self.found.scopes(self._scope) for one in questions]
        lists = [one for one in around if one.shape is Shape.ITEMS and one.depth == depth]
        for fits in (str.__eq__, str.startswith):
            for one in lists:
                if fits(wanted, folded(one.element)):
                    return one
        return None

    def own_text(self, element: _Element, heading: str = "") -> None:
        """Looks for what was written into a help text: the form's own words are left out of everything."""
        text = text_of(self._blocks([element]))
        for strange in strange_parts(text, self._own):
            self.misplaced([element], strange, Severity.ERROR if self.same_version else Severity.WARNING, heading)

    def _without_guidance(self, elements: list[_Element]) -> list[_Element]:
        """Takes copies of the form's own guidance out of an answer."""
        found = [one for element in elements for one in element.iter(_P) if self.style(one) == _OWN[0]]
        copies = [one for one in found if not strange_parts(text_of(self._blocks([one])), self._own)]
        for one in copies:
            parent = one.getparent()
            if parent is not None:
                parent.remove(one)
        return [one for one in elements if one not in copies]

    def _content(self, element: _Element) -> None:
        for control in list(controls(element, self._by_tag)):
            question = self._by_tag[tag_of(control)]
            if question.shape in _MANY_LINES and stands_alone(element, control):
                self._scope, self._heading, self._open = scope_of(question), question.label, question
                self.deliver(question, [unwrapped(element, control)], element)
                return
            self._take(control)
        self._written([element])

    def _written(self, elements: list[_Element]) -> None:
        """A paragraph or table outside controls: it belongs to the long field whose heading stands above."""
        if self._open is not None:
            self.deliver(self._open, elements, elements[0])
            return
        blocks = self._blocks(elements)
        if not is_nothing(blocks):
            self.misplaced(elements, text_of(blocks))

    def misplaced(
        self, elements: Iterable[_Element], text: str, severity: Severity = Severity.ERROR, heading: str = ""
    ) -> None:
        """Tells of a text that belongs to no field; `heading` is what it stands under, if that is known."""
        place = self._places.of(next(iter(elements)))
        told = place._replace(heading=heading or self._heading or place.heading, quote=short(text))
        self.faults.append(Diagnostic("DG732", severity, told))

    # --- tables

    def _any_table(self, element: _Element) -> None:
        inside = self._list_in(element)
        table = FormTable(self, element, inside or self._table)
        own = self._body.style(element).lower() == "skema" or self.tagged(element) is not None
        if own or inside or table.is_list:
            table.read(tagged=inside is not None)
            self._open = None
        else:
            self._written([element])

    def _list_in(self, element: _Element) -> Question | None:
        found = next(controls(element, self._lists), None)
        return None if found is None else self._lists[tag_of(found)]

    def tagged(self, element: _Element) -> Question | None:
        """The question of the first control in a row or cell."""
        control = next(controls(element, self._by_tag), None)
        return None if control is None else self._by_tag[tag_of(control)]

    def take_others(self, element: _Element, question: Question) -> None:
        """Reads controls of other questions that were moved to where the answer to `question` stands."""
        for control in list(controls(element, self._by_tag)):
            if self._by_tag[tag_of(control)] is not question:
                self._take(control)

    # --- answers

    def deliver(self, question: Question, elements: list[_Element], where: _Element) -> None:
        """Keeps what was written for a question."""
        place = self._place(where, [], question)
        if question.shape is Shape.PROSE:
            elements = without_frames(elements)
        beside = self.teller.beside(question, elements, place)
        elements = self._without_guidance(elements)
        blocks = self._blocks(elements)
        if question.shape is Shape.PROSE:
            self.teller.tell_labels(blocks, place)
        else:
            self.teller.tell_links(blocks, place)
        ticked = isinstance(question.type, BoolType) and (is_checkbox(where) or text_of(blocks) in _TICKS)
        if ticked:
            blocks = as_block(_TICKS.get(text_of(blocks), text_of(blocks)))
        self.keep(question, without_prompt(blocks, question.prompt), where, beside)

    def keep(
        self,
        question: Question,
        blocks: list[Block],
        where: _Element,
        beside: Beside = Beside(),  # noqa: B008 - a tuple
    ) -> None:
        """Keeps the blocks of an answer; a second answer begins another element, or is a fault where there is none."""
        self.met.add(question.tag)
        item = self.found.at(scope_of(question))
        item.visited.add(question.name)
        key = "" if question.path.endswith("[]") else question.name
        if is_nothing(blocks) and not beside.pictures:
            item.blanks.setdefault(key, self._place(where, [], question))
            return
        known = item.answers.get(key)
        if known is not None and question.shape not in _MANY_LINES:
            if known.text == text_of(blocks):
                return
            owner = self._lists.get(scope_of(question))
            if owner is None:
                told = {"felt": question.label, "første": short(known.text), "anden": short(text_of(blocks))}
                self.faults.append(error("DG737", self._place(where, blocks, question), **told))
                return
            item = self.found.open(owner, self._places.of(where))
            known = None
        if known is None:
            known = item.answers[key] = Answer(self._place(where, blocks, question))
        known.blocks += blocks
        known.notes += beside.notes
        known.pictures += beside.pictures
        known.spots = {**beside.spots, **known.spots}

    def _place(self, where: _Element, blocks: list[Block], question: Question | None = None) -> WordPlace:
        first = where if where.tag == _P else next(where.iter(_P), where)
        heading = self._heading if question is None else self.found.heading(question)
        return self._places.of(first)._replace(heading=heading, quote=short(text_of(blocks)))

    def _blocks(self, elements: Iterable[_Element], *, labels: bool = True) -> list[Block]:
        found = [block for element in elements for block in self._body.blocks(element)]
        return found if labels else [unlabelled(block) for block in found]

    def deliver_row(self, question: Question, cells: list[_Element]) -> None:
        """Keeps what was written in the cells beside a label."""
        self._scope = scope_of(question)
        self.deliver(question, cells, cells[0])

    def blocks(self, element: _Element) -> list[Block]:
        """What an element says."""
        return self._blocks([element])

    def style(self, paragraph: _Element) -> str:
        """The name of a paragraph's style in small letters."""
        return self._body.style(paragraph).lower()

    def place_of(self, element: _Element) -> WordPlace:
        """Where an element begins."""
        return self._places.of(next(element.iter(_P), element))
