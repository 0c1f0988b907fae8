"""A form's own headings and help texts that have lost their styles, as other programs and pasting leave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.forms.word.reader_controls import SDT
from docgen.forms.word.writer import IN_TABLE, guide
from docgen.forms.word.writer_plan import Form
from docgen.kinds.suggestions import folded
from docgen.word.archive.ooxml import w

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element


class Restyled:
    """Knows the form's own paragraphs by their words; `headings` are those that have their styles still.

    A heading without its style counts only where none of the same words has it: a text may have such headings too.
    """

    def __init__(self, form: Form, headings: Iterable[_Element]) -> None:
        there = set(map(_words, headings))
        headed = ((folded(one.label), one.depth) for one in form.walk() if one.shape not in IN_TABLE)
        self._depths = {label: depth for label, depth in headed if label and label not in there}
        self._guidance = frozenset(map(folded, (*guide(form), *(one.guidance for one in form.walk())))) - {""}

    def depth(self, paragraph: _Element) -> int:
        """The depth of the heading that a paragraph outside the controls is; 0 for any other paragraph."""
        return self._depths.get(_words(paragraph), 0)

    def is_guidance(self, paragraph: _Element) -> bool:
        """Whether a paragraph outside the controls is one of the form's own help texts."""
        return _words(paragraph) in self._guidance


def _words(paragraph: _Element) -> str:
    """The words of a paragraph as `folded` gives them; "" for one with a control."""
    if next(paragraph.iter(SDT), None) is not None:
        return ""
    return folded("".join(one.text or "" for one in paragraph.iter(w("t"))))
