"""The XML of a Word form: paragraphs, content controls and tables in the form's own styles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from docgen.forms.word.writer_plan import Question, Shape
from docgen.kinds.number_fields import BoolType
from docgen.kinds.text_fields import ChoiceType
from docgen.word.archive.ooxml import attribute
from docgen.word.values.runs import run_xml

WIDTH = 9072  # twips of text between the margins
_LABELS = 3118
_SECTION, _ITEM = "<w15:repeatingSection/>", "<w15:repeatingSectionItem/>"

TITLE, SUBTITLE, GUIDANCE, LABEL, ANSWER, COLUMN, AIR = (
    "SkemaTitel",
    "SkemaUndertitel",
    "SkemaVejledning",
    "SkemaFelt",
    "SkemaSvar",
    "SkemaKolonne",
    "SkemaLuft",
)
HEADING, NUMBERED = "SkemaOverskrift", "SkemaNummer"
"""The ids of the styles of headings and of the headings of elements; a number for the depth follows."""
PLACEHOLDER = "PlaceholderText"
GREY = "6B7680"
TABLE = "SkemaTabel"


def paragraph(style: str, text: str, more: str = "") -> str:
    """A paragraph of plain text; `more` is the rest of its w:pPr."""
    runs = run_xml(text) if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def numbering(num_id: int, level: int) -> str:
    """The w:numPr of a list's paragraph."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'


class Pen:
    """Writes the parts of one form; each content control gets a number of its own."""

    def __init__(self, bullets: int) -> None:
        self._bullets = bullets
        self._ids = count(1)

    def line(self, question: Question, text: str, style: str = ANSWER) -> str:
        """A paragraph with the control of a single value."""
        inside = run_xml(text) if text else _prompt(question.prompt)
        control = self._control(question, inside, empty=not text, kind=_kind(question))
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{control}</w:p>'

    def lines(self, question: Question, lines: Iterable[tuple[int, str]]) -> str:
        """The control of a list, with a bullet for each line."""
        found = [paragraph(ANSWER, text, numbering(self._bullets, min(level, 8))) for level, text in lines]
        return self._control(question, "".join(found) or self._empty_list(question.prompt), empty=not found)

    def rest(self, question: Question, prompt: str, lines: Iterable[tuple[int, str]]) -> str:
        """The control of the column that takes all fields without a column of their own."""
        found = [paragraph(ANSWER, text) for _, text in lines]
        empty = f'<w:p><w:pPr><w:pStyle w:val="{ANSWER}"/></w:pPr>{_prompt(prompt)}</w:p>'
        tag = f"{question.path}[]"
        return self._sdt("".join(found) or empty, prompt, tag, empty=not found)

    def prose(self, question: Question, blocks: str) -> str:
        """The control of a free text; `blocks` are its paragraphs and tables."""
        empty = f'<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr>{_prompt(question.prompt)}</w:p>'
        return self._control(question, blocks or empty, empty=not blocks)

    def section(self, question: Question, items: Iterable[str]) -> str:
        """Elements (rows, or paragraphs and tables) of which Word offers to add another."""
        inside = "".join(self._sdt(item, "", "", kind=_ITEM) for item in items)
        return self._sdt(inside, question.label, f"{question.path}[]", kind=_SECTION)

    def _empty_list(self, prompt: str) -> str:
        look = f'<w:pStyle w:val="{ANSWER}"/>{numbering(self._bullets, 0)}'
        return f"<w:p><w:pPr>{look}</w:pPr>{_prompt(prompt)}</w:p>"

    def _control(self, question: Question, inside: str, *, empty: bool, kind: str = "") -> str:
        locked = "[]" not in question.path
        return self._sdt(inside, question.label, question.tag, empty=empty, kind=kind, locked=locked)

    def _sdt(
        self, inside: str, label: str, tag: str, *, empty: bool = False, kind: str = "", locked: bool = False
    ) -> str:
        named = f'<w:alias w:val="{attribute(label[:64])}"/><w:tag w:val="{attribute(tag)}"/>' if tag else ""
        lock = '<w:lock w:val="sdtLocked"/>' * locked
        shown = "<w:showingPlcHdr/>" * empty
        properties = f'{named}<w:id w:val="{next(self._ids)}"/>{lock}{shown}{kind}'
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def _prompt(text: str) -> str:
    # LibreOffice does not see a character style in a control
    return run_xml(text, f'<w:rStyle w:val="{PLACEHOLDER}"/><w:color w:val="{GREY}"/>')


def _kind(question: Question) -> str:
    """What sort of control a single value has: a list to choose from, a calendar or plain text."""
    if question.shape is not Shape.LINE:
        return ""
    if isinstance(question.type, BoolType):
        return _choices([("ja", "ja"), ("nej", "nej")])
    if isinstance(question.type, ChoiceType):
        return _choices(list(question.type.choices.items()))
    if question.is_dated:
        return (
            '<w:date><w:dateFormat w:val="d. MMMM yyyy"/><w:lid w:val="da-DK"/>'
            '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
        )
    return '<w:text w:multiLine="1"/>'


def _choices(choices: Sequence[tuple[str, str]]) -> str:
    labels = [label for _, label in choices]
    shown = [(key, label if labels.count(label) == 1 else key) for key, label in choices]
    items = (f'<w:listItem w:displayText="{attribute(text)}" w:value="{attribute(key)}"/>' for key, text in shown)
    return f"<w:dropDownList>{''.join(items)}</w:dropDownList>"


# --- tables


def table(widths: Sequence[int], rows: str) -> str:
    """A table of the form with columns of these widths in twips."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0400" w:firstRow="0" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def row(widths: Sequence[int], cells: Iterable[str], *, head: bool = False) -> str:
    """A row of cells, each of whole paragraphs; a head repeats on every page."""
    found = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_SHADED * head}</w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    repeated = "<w:tblHeader/>" * head
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(found)}</w:tr>"


_SHADED = '<w:shd w:val="clear" w:color="auto" w:fill="EAF0F5" w:themeFill="background2"/>'


def answers(rows: Iterable[tuple[str, str, str]]) -> str:
    """A table of two columns: label with help text, and answer."""
    widths = (_LABELS, WIDTH - _LABELS)
    found = []
    for label, guidance, answer in rows:
        told = paragraph(LABEL, label) + (paragraph(GUIDANCE, guidance) if guidance else "")
        found.append(row(widths, (told, answer)))
    return table(widths, "".join(found))


def shares(weights: Sequence[int]) -> list[int]:
    """The widths of columns in twips by their weights."""
    found = [WIDTH * weight // sum(weights) for weight in weights]
    found[-1] += WIDTH - sum(found)
    return found
