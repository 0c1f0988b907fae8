"""What belongs to an answer in a Word form beside its text: notes, pictures, places; what is lost of it is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, Severity, WordPlace, warning
from docgen.forms.word.reader_controls import pictures_in
from docgen.forms.word.reader_items import Beside, text_of
from docgen.forms.word.reader_signs import losses, lost_looks, without_notes
from docgen.forms.word.reader_text import short
from docgen.forms.word.writer_plan import Question, Shape
from docgen.word.archive.ooxml import w
from docgen.word.reading.content import Block, Heading, ListItem, Paragraph, plain

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.word.reading.reader import Body
    from docgen.word.tagging.places import Places

# what messages call such things, in Danish and in English
_FORMULA = ("en formel eller et særligt tegn", "a formula or a special sign")
_LABELS = ("listens bogstaver eller tal", "the letters or figures of a list")
_TABLE = ("en tabel inde i en tabel", "a table inside a table")
_NOTE = ("fodnoten", "the footnote")
_LINK = ("linkets adresse", "the address of the link")
_LOOKS = {
    "highlight": ("fremhævning med farve", "highlighting"),
    "underline": ("understregning", "underlining"),
    "colour": ("farve", "colour"),
    "capitals": ("formatet store bogstaver", "the look of capitals"),
}
_FIGURES = re.compile(r"[(]?[\d.]*[.)]?")
_SCHEME = re.compile(r"(https?://|mailto:)(www\.)?", re.IGNORECASE)
_BREAKS = {w("br"): "\n", w("cr"): "\n", w("tab"): " "}


class Teller:
    """Finds what stands beside the texts of answers; `faults` gets what is lost or will look different."""

    def __init__(self, body: Body, places: Places, faults: list[Diagnostic]) -> None:
        self._body = body
        self._places = places
        self._faults = faults
        self._looks: dict[str, tuple[WordPlace, dict[str, str]]] = {}

    def beside(self, question: Question, elements: list[_Element], place: WordPlace) -> Beside:
        """What there is of an answer beside its text; `place` is that of the answer.

        References to notes are taken out of what can have none.
        """
        for code, text, paragraph in losses(elements):
            own = self._places.of(paragraph)
            told = (own if own.paragraph else place)._replace(heading=place.heading, quote=short(text))
            self._tell(code, _FORMULA, text, told)
        for look, text in lost_looks(elements):
            if look == "highlight" or question.shape is Shape.PROSE:
                self._looks.setdefault(place.heading, (place, {}))[1].setdefault(look, text)
        notes = [note for element in elements for note in self._body.notes(element)]
        pictures = sum(map(pictures_in, elements))
        if question.shape is Shape.PROSE:
            for table in (inner for element in elements for inner in element.iterfind(f".//{w('tc')}//{w('tbl')}")):
                text = " ".join("".join(one.text or "" for one in cell.iter(w("t"))) for cell in table.iter(w("tc")))
                self._tell(
                    "DG748", _TABLE, text, self._places.of(next(table.iter(w("p"))))._replace(heading=place.heading)
                )
            return Beside(notes, pictures)
        for note in notes:
            self._tell("DG747", _NOTE, text_of(list(note.blocks)), place)
        without_notes(elements)
        lines = _lines_in(elements)
        return Beside((), pictures, {text: own for text, one in lines if (own := self._places.of(one)).paragraph})

    def tell_links(self, blocks: Iterable[Block], place: WordPlace) -> None:
        """Tells of the addresses of links in an answer that can have no links."""
        for address in _lost_links(blocks):
            self._tell("DG747", _LINK, address, place)

    def tell_labels(self, blocks: Iterable[Block], place: WordPlace) -> None:
        """Tells of the letters and the like that number the lists of a long text."""
        if labels := _strange_labels(blocks):
            self._tell("DG748", _LABELS, labels, place)

    def tell_looks(self) -> None:
        """Tells once of each answer which looks of its text are lost; something highlighted is often unsettled."""
        for place, found in self._looks.values():
            names = [_LOOKS[look] for look in _LOOKS if look in found]
            told = {
                "ting": _joined([one for one, _ in names], "og"),
                "ting_en": _joined([one for _, one in names], "and"),
            }
            text = short(found.get("highlight") or next(iter(found.values())))
            severity = Severity.WARNING if "highlight" in found else Severity.INFO
            told |= {"felt": place.heading, "tekst": text}
            self._faults.append(Diagnostic("DG795", severity, place._replace(quote=text), told))

    def _tell(self, code: str, what: tuple[str, str], text: str, place: WordPlace) -> None:
        told = {"ting": what[0], "ting_en": what[1], "felt": place.heading, "tekst": short(text)}
        self._faults.append(warning(code, place, **told))


def _joined(names: list[str], word: str) -> str:
    return f" {word} ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _lost_links(blocks: Iterable[Block]) -> list[str]:
    """The addresses of links that the text itself does not tell."""
    found = []
    for block in blocks:
        if isinstance(block, Heading | Paragraph | ListItem):
            text = plain(block.inlines).casefold()
            links = dict.fromkeys(span.link for span in block.inlines if span.link)
            found += [link for link in links if _SCHEME.sub("", link).strip("/").casefold() not in text]
    return found


def _strange_labels(blocks: Iterable[Block]) -> str:
    """The letters, Roman figures and other words that number lists: Markdown has figures only."""
    labels = [block.label.strip() for block in blocks if isinstance(block, ListItem) and block.ordered]
    return ", ".join(dict.fromkeys(label for label in labels if not _FIGURES.fullmatch(label)))


def _lines_in(elements: Iterable[_Element]) -> Iterator[tuple[str, _Element]]:
    """The lines of all paragraphs, from the last one on, each with its paragraph; space counts once."""
    paragraphs = [one for element in elements for one in element.iter(w("p"))]
    for paragraph in reversed(paragraphs):
        text = "".join(_BREAKS.get(one.tag, one.text or "") for one in paragraph.iter(w("t"), *_BREAKS))
        for one in text.split("\n"):
            yield " ".join(one.split()), paragraph
