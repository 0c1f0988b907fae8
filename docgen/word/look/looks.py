"""What the file of a template says of its look: its styles, and its numbering in each of its schemes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from docgen.package import Package
from docgen.word.archive.ooxml import parse
from docgen.word.archive.opc import related, root_of
from docgen.word.look.labels import Numbering, read_numbering
from docgen.word.look.numbering import EMPTY, NumberingPart, choose_scheme, read_numbering_part, schemes
from docgen.word.look.styles import StyleMap, StyleSheet, read_styles, style_map


class Looks(NamedTuple):
    """The styles, and the numbering as the file has it (None) and in each scheme that can number its headings.

    `styles` are those that Markdown is written in. `labels` are the lists as the numbers before paragraphs are counted
    by; they are only there when they were asked for.
    """

    styles: StyleMap
    sheet: StyleSheet
    numbering: Mapping[str | None, NumberingPart]
    labels: Mapping[str | None, Numbering]


def read_looks(package: Package, main: str, *, labelled: bool) -> Looks:
    """The looks of a file. Raises DocgenError for parts that are no XML."""
    styles, lists = related(package, main, "styles"), related(package, main, "numbering")
    sheet = read_styles(root_of(package, styles) if styles else None)
    known = schemes(root_of(package, lists)) if lists else {}
    numbering: dict[str | None, NumberingPart] = {}
    labels: dict[str | None, Numbering] = {}
    for scheme in (None, *filter(None, known)):
        root = root_of(package, lists) if lists else parse(EMPTY)
        if scheme is not None:
            choose_scheme(root, scheme)
        if labelled or scheme is None:
            labels[scheme] = read_numbering(root if lists else None)
        numbering[scheme] = read_numbering_part(root)
    return Looks(style_map(sheet, labels[None]), sheet, numbering, labels if labelled else {})
