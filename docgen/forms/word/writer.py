"""A Word form for a kind: labels, help texts and content controls, empty or filled in from an input."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby

from docgen.diagnostics import DocgenError
from docgen.forms.word.writer_package import bullet_list, element_numbers, finish, open_base
from docgen.forms.word.writer_plan import REST, TITLE_NOTE, Form, Question, Shape, columns_of, make_form
from docgen.forms.word.writer_values import Values
from docgen.forms.word.writer_xml import (
    AIR,
    COLUMN,
    GUIDANCE,
    HEADING,
    NUMBERED,
    SUBTITLE,
    TITLE,
    Pen,
    answers,
    numbering,
    paragraph,
    row,
    shares,
    table,
)
from docgen.kinds.arrangement import PROFILE
from docgen.kinds.model import Kind
from docgen.kinds.number_fields import BoolType
from docgen.kinds.text_fields import ChoiceType, MarkdownType
from docgen.sources import Node, Scalar
from docgen.word.running.session import Session
from docgen.word.values.blocks import markdown_xml

IN_TABLE = (Shape.LINE, Shape.LINES, Shape.PAIRS)
"""The shapes of the questions that stand beside their labels in a table; the others have headings."""
REST_GUIDANCE = (f"I »{REST}« kan der stå en linje for hver af disse: ", ". Skriv navnet, et kolon og svaret.")
"""How the help text of the column for the rest begins and ends; the labels stand in the middle."""
_EMPTY_ROWS = (3, 2)  # of a table at the root of an empty form, and of one further in


def word_form(kind: Kind, values: Node | None, part: str = "", fields: Collection[str] = ()) -> bytes:
    """A Word form with all that can be filled in, as a file; `values` is the tree of an input to start from.

    With `part`, the name of a list of groups, the form gives elements of that list only. `fields` names the fields that
    it asks for, of the input or of an element; required fields and those that have a value are there as well. Raises
    DocgenError DG740 when there is no such list, DG742 when there is no such field, and DG739 for every value that no
    form can hold.
    """
    form = make_form(kind, part)
    if fields:
        form = form.only(fields)
    base = open_base()
    writer = _Writer(form, base.session)
    body = "".join(writer.body(values))
    if writer.values.faults:
        raise DocgenError(writer.values.faults)
    return finish(base, form, body).to_bytes()


def guide(form: Form) -> tuple[str, ...]:
    """What stands at the top of a form: how it is filled in."""
    lists = any(found.shape in (Shape.TABLE, Shape.ITEMS) for found in form.walk())
    more = (
        "Skal en liste have flere rækker eller dele, så klik i den sidste og på plusset til højre, eller kopiér den, "
        "og sæt kopien ind lige under. Det, du ikke udfylder, springer docgen over."
    )
    return (
        "* skal udfyldes, og (*) skal udfyldes i nogle tilfælde. Resten kan du lade stå. Den grå tekst er kun til dig: "
        "den kommer ikke med i dokumentet.",
        "I de lange felter må du bruge Words egne overskrifter, fed, kursiv, punkter, tal, tabeller og links. "
        "Overskrifterne kommer på niveauet under feltets. Billeder kommer ikke med.",
        *((more,) if lists else ()),
    )


class _Writer:
    """Writes the questions of one form in order."""

    def __init__(self, form: Form, session: Session) -> None:
        self.values = Values(form.kind)
        self._form = form
        self._session = session
        self._pen = Pen(bullet_list(session))
        self._numbers: Mapping[str, tuple[int, int]] = element_numbers(session, form)

    def body(self, values: Node | None) -> Iterator[str]:
        """The paragraphs and tables of the form."""
        yield paragraph(TITLE, self._form.title)
        yield paragraph(SUBTITLE, TITLE_NOTE)
        yield from (paragraph(GUIDANCE, text) for text in guide(self._form))
        given = self.values.fields(self._form.kind.root, values, also=PROFILE)
        yield from self._questions(self._form.questions, given)

    def _questions(self, questions: Iterable[Question], given: Mapping[str, Node]) -> Iterator[str]:
        shown = (one for one in questions if one.asked or one.name in given)
        for short, group in groupby(shown, key=lambda one: one.shape in IN_TABLE):
            if short:
                yield answers((one.heading, one.guidance, self._answer(one, given.get(one.name))) for one in group)
                yield paragraph(AIR, "")
            else:
                for one in group:
                    yield from self._large(one, given.get(one.name))

    def _answer(self, question: Question, node: Node | None) -> str:
        if question.shape is Shape.LINE:
            return self._pen.line(question, self.values.line(question, node))
        return self._pen.lines(question, self.values.lines(question, node))

    def _large(self, question: Question, node: Node | None) -> Iterator[str]:
        yield paragraph(f"{HEADING}{question.depth}", question.heading)
        if question.guidance:
            yield paragraph(GUIDANCE, question.guidance, "<w:keepNext/>")
        match question.shape:
            case Shape.PROSE:
                yield self._prose(question, node)
            case Shape.OUTLINE:
                yield self._pen.lines(question, self.values.lines(question, node))
            case Shape.GROUP:
                yield from self._questions(question.inner, self.values.fields(self.values.group_of(question), node))
            case Shape.TABLE:
                yield self._table(question, node)
                yield paragraph(AIR, "")
            case Shape.ITEMS:
                items = self.values.items(question, node) or (None,)
                yield self._pen.section(question, ("".join(self._item(question, item)) for item in items))

    def _prose(self, question: Question, node: Node | None) -> str:
        text = node.text if isinstance(node, Scalar) else self.values.line(question, node)
        return self._pen.prose(
            question, markdown_xml(text, self._session.styles, self._session) if text.strip() else ""
        )

    def _item(self, question: Question, node: Node | None) -> Iterator[str]:
        number, level = self._numbers[question.path]
        yield paragraph(f"{NUMBERED}{question.depth}", question.element, numbering(number, level))
        if isinstance(question.type, MarkdownType):
            yield self._prose(question.inner[0], node)
        else:
            yield from self._questions(question.inner, self.values.fields(self.values.group_of(question), node))

    # --- a list as a table

    def _table(self, question: Question, node: Node | None) -> str:
        group = self.values.group_of(question)
        given = [self.values.fields(group, item) for item in self.values.items(question, node)]
        question = _asked(question, {name for fields in given for name in fields})
        columns = [one for one in question.inner if one.name in question.columns]
        others = len(columns) < len(question.inner)
        widths = shares([_weight(one) for one in columns] + [24] * others)
        heads = [paragraph(COLUMN, one.heading) for one in columns] + [paragraph(COLUMN, REST)] * others
        empty = _EMPTY_ROWS["[]" in question.path] if not given else 1
        rows = []
        for fields in [*given, *[{}] * empty]:
            cells = [self._answer(one, fields.get(one.name)) for one in columns]
            if others:
                cells.append(self._pen.rest(question, rest_prompts(question)[0], self.values.rest(question, fields)))
            rows.append(row(widths, cells))
        told = paragraph(GUIDANCE, rest_guidance(question), "<w:keepNext/>") if others else ""
        return told + table(widths, row(widths, heads, head=True) + self._pen.section(question, rows))


def _asked(question: Question, given: Collection[str]) -> Question:
    """The question of a table with the fields that it asks for or has; those get columns of their own if they can."""
    inner = tuple(one for one in question.inner if one.asked or one.name in given) or question.inner
    return question._replace(inner=inner, columns=columns_of(inner))


def rest_prompts(question: Question) -> list[str]:
    """What the placeholder of the column for the rest may be: an example of each field without a column, best first."""
    others = [one for one in question.inner if one.name not in question.columns]
    shown = sorted(others, key=lambda one: not one.prompt.startswith("Fx "))
    return [f"Fx {one.label}: {one.prompt.removeprefix('Fx ')}" for one in shown]


def rest_guidance(question: Question) -> str:
    """What may stand in that column."""
    labels = [one.label for one in question.inner if one.name not in question.columns]
    return f"{REST_GUIDANCE[0]}{', '.join(labels)}{REST_GUIDANCE[1]}"


def _weight(question: Question) -> int:
    """How wide a column is beside the others."""
    if isinstance(question.type, BoolType | ChoiceType) or question.is_dated:
        return 14
    name = question.type.name
    return {"tekst": 22, "organisation": 22, "liste": 24}.get(name, 15) if len(question.prompt) > 8 else 12
