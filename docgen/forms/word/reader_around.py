"""What stands in a Word form beside the answers: other placeholders, headers and footers, changes and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, FilePlace, Severity, warning
from docgen.forms.marking.word import AUTHOR
from docgen.forms.word.reader_controls import tag_of, without_prompts
from docgen.forms.word.reader_signs import tracked
from docgen.forms.word.reader_text import short
from docgen.forms.word.writer import rest_prompts
from docgen.forms.word.writer_plan import Form, Shape
from docgen.word.archive.ooxml import w
from docgen.word.archive.opc import main_part, related, relationships, root_of
from docgen.word.tagging.places import Places

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.package import Package

_P, _TEXT = w("p"), w("t")
_BEGINNINGS = ("Fx ", "Skriv ", "Vælg")
_OWN = re.compile(r"Skema: .*|Side \d* ?af \d*", re.IGNORECASE)


def unread_prompts(form: Form, root: _Element, places: Places, *, same_version: bool) -> list[Diagnostic]:
    """Takes the placeholders out of a form; tells of those that are not the form's own, nor Word's.

    Those of another version of the kind are known by how they begin.
    """
    found = []
    for control, text in without_prompts(root, _prompts(form)):
        if not same_version and text.startswith(_BEGINNINGS):
            continue
        question = form.by_tag.get(tag_of(control).removesuffix("[]"))
        place = places.of(next(control.iter(_P), control))
        told = place._replace(heading=question.label if question else place.heading, quote=short(text))
        found.append(warning("DG744", told, tekst=short(text)))
    return found


def frames(package: Package) -> Iterator[Diagnostic]:
    """Tells of what was written in headers and footers: nothing of it comes along."""
    main = main_part(package)
    told = set()
    for link in relationships(package, main):
        if link.kind not in ("header", "footer") or link.part not in package:
            continue
        root = root_of(package, link.part)
        places = Places(root, package.file, link.part)
        for paragraph in root.iter(_P):
            text = " ".join("".join(one.text or "" for one in paragraph.iter(_TEXT)).split())
            if text and text not in told and not _OWN.fullmatch(text):
                told.add(text)
                yield Diagnostic("DG732", Severity.WARNING, places.of(paragraph)._replace(quote=short(text)))


def unsettled(package: Package, root: _Element) -> Iterator[Diagnostic]:
    """Tells that there are changes that nobody accepted or rejected, and comments of others than docgen."""
    part = related(package, main_part(package), "comments")
    comments = [one for one in root_of(package, part) if one.get(w("author")) != AUTHOR] if part in package else []
    counted = (
        (tracked(root), ("rettelse", "rettelser", "change", "changes")),
        (len(comments), ("kommentar", "kommentarer", "comment", "comments")),
    )
    danish = [f"{number} {one if number == 1 else more}" for number, (one, more, _, _) in counted if number]
    english = [f"{number} {one if number == 1 else more}" for number, (_, _, one, more) in counted if number]
    if danish:
        told = {"ting": " og ".join(danish), "ting_en": " and ".join(english)}
        yield Diagnostic("DG749", Severity.INFO, FilePlace(package.file), values=told)


def _prompts(form: Form) -> frozenset[str]:
    tables = (one for one in form.walk() if one.shape is Shape.TABLE)
    texts = [*(one.prompt for one in form.walk()), *(text for one in tables for text in rest_prompts(one))]
    return frozenset(" ".join(text.split()) for text in texts)
