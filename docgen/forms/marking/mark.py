"""A copy of a workbook or a Word file with every finding marked in it, for the one who must mend it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from docgen.catalog import message, place_label
from docgen.diagnostics import CellPlace, Diagnostic, DocgenError, FilePlace, Place, TextPlace, WordPlace, error
from docgen.masking import mask_cpr
from docgen.package import read_package
from docgen.sources.workbook import LIMITS, MARKS

FAULTS_SHEET = "Fejl"
"""The sheet with a line for each finding; it gets a number where the workbook has a sheet of that name already."""
MEMORY_SHEET = "docgen-fejl"
"""The hidden sheet that remembers what the marked cells were before."""
FAULTS_NAME, MEMORY_NAME = MARKS
"""The defined names by which the two sheets are known, whatever they are called."""
WORKBOOKS = (".xlsx", ".xlsm", ".xltx")
WORD_FILES = (".docx", ".docm", ".dotx")
"""The suffixes of the files that can be marked."""

RULE = "DG300"
"""The code of what a rule of a kind says."""
UNCHECKED = ("DG301", "DG308")
"""The codes of the remark that rules wait for other faults to be mended."""


def is_in(place: Place | None, name: str) -> bool:
    """Whether a place is in the file `name`, however the two write its path."""
    return isinstance(place, CellPlace | WordPlace) and PurePath(place.file) == PurePath(name)


def where(place: Place | None, name: str, language: str) -> str:
    """A place as marks in the file `name` tell it: without the name of that file; empty where nothing more is known."""
    if place is None:
        return ""
    label = place_label(place, language)
    if not isinstance(place, TextPlace) and PurePath(place.file) == PurePath(name):
        label = label.removeprefix(place.file).lstrip(",: ")
    return mask_cpr(label)


def wording(finding: Diagnostic, language: str) -> tuple[str, str]:
    """The message and the hint of a finding as marks tell them: without the ids of rules, which only authors know."""
    said, hint = message(finding, language)
    if finding.code in UNCHECKED:
        return said.partition(": ")[0], hint
    return said.removesuffix(f" ({finding.values.get('kode')})") if finding.code == RULE else said, hint


def mark(data: bytes, name: str, findings: Sequence[Diagnostic], language: str, today: date | None = None) -> bytes:
    """A copy of a file with its findings marked and the marks of earlier runs gone.

    `name` is the file as the places of the findings name it; `language` is `da` or `en`, `today` the date of comments
    in Word. Without findings the copy has no marks. Raises DocgenError: DG750 for a file that is neither a workbook nor
    a Word file, DG4xx for one that cannot be read.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in WORKBOOKS:
        from docgen.forms.marking.excel import mark_workbook

        return mark_workbook(read_package(data, name, LIMITS), name, findings, language).to_bytes()
    if suffix in WORD_FILES:
        from docgen.forms.marking.word import mark_document

        return mark_document(read_package(data, name), name, findings, language, today).to_bytes()
    raise DocgenError([error("DG750", FilePlace(name), fil=PurePath(name).name)], exit_code=2)
