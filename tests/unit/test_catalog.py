"""Every message exists in Danish and English, reads well, and masks CPR-like numbers."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from docgen import catalog
from docgen.diagnostics import CellPlace, FilePlace, SourceText, TextPlace, WordPlace, error

ROOT = Path(__file__).parent.parent.parent
PLACEHOLDER = re.compile(r"\{(\w+)[^}]*\}")
CODES = sorted(catalog.all_entries())


def english() -> dict[str, str]:
    with (ROOT / "docgen/locale/en/LC_MESSAGES/docgen.po").open("rb") as file:
        found = read_po(file, locale="en")
    return {str(message.id): str(message.string) for message in found if message.id}


def texts() -> list[str]:
    return [
        text
        for one in catalog.all_entries().values()
        for text in (one.message, one.hint, one.explanation, one.form_hint)
        if text
    ]


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_translated_with_the_same_placeholders(code: str) -> None:
    known = english()
    one = catalog.entry(code)
    for text in (one.message, one.hint, one.explanation, one.form_hint):
        if text:
            assert known.get(text), f"{code}: no English for {text!r}"
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(known[text])), code


def test_every_translated_word_in_the_code_is_in_the_catalogue() -> None:
    known = english()
    missing = []
    for path in (ROOT / "docgen").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("_", "translate")
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
                and not known.get(node.args[0].value)
            ):
                missing.append(f"{path.name}:{node.lineno}: {node.args[0].value}")
    assert not missing


@pytest.mark.parametrize("code", CODES)
def test_messages_follow_the_house_style(code: str) -> None:
    one = catalog.entry(code)
    assert not one.message.endswith("."), code
    for hint in (one.hint, one.form_hint):
        assert not hint.endswith("."), code
        assert hint == "" or not hint[0].isupper() or hint.split()[0].isupper(), f"{code}: {hint}"


def test_a_form_gets_the_hint_of_forms() -> None:
    told = {"felt": "navn", "etiket": "", "eksempel": "Åen"}
    line = TextPlace(SourceText("a.yaml", ("x",)), 1, 1)
    for place in (CellPlace("a.xlsx", "Ark1", "B2"), WordPlace("a.docx", ""), FilePlace("a.xlsx")):
        assert catalog.message(error("DG201", place, **told)) == ('"navn" mangler', "skriv fx Åen")
    for place in (line, FilePlace("a.yaml"), None):
        assert catalog.message(error("DG201", place, **told)) == ('"navn" mangler', "skriv fx navn: Åen")


def test_codes_in_the_code_are_in_the_catalogue_and_the_other_way_round() -> None:
    used: set[str] = set()
    for path in (ROOT / "docgen").rglob("*.py"):
        if path.parent.name != "catalog":
            used |= set(re.findall(r"\bDG\d{3}\b", path.read_text(encoding="utf-8")))
    assert used == set(CODES)


def test_a_diagnostic_shows_the_line_and_a_caret_and_masks_cpr_numbers() -> None:
    source = SourceText("inputs/dagsorden/udvalg.yaml", ("titel: x", "borger: 010190-1234, felt"))
    place = TextPlace(source, 2, 9, 11)
    code = CODES[0]
    shown = catalog.as_text(error(code, place, **dict.fromkeys(PLACEHOLDER.findall(str(catalog.entry(code))), "x")))
    assert (
        "  inputs/dagsorden/udvalg.yaml:2:9\n    |\n  2 | borger: ******-****, felt\n    |         ^^^^^^^^^^^" in shown
    )


def test_a_long_line_is_cut_around_the_fault() -> None:
    line = "tekst: " + "ord " * 100 + "32-01-2026" + " ord" * 100
    column = line.index("32-01") + 1
    shown = catalog.as_text(error("DG910", TextPlace(SourceText("a.yaml", (line,)), 1, column, 10), værdi="x"))
    quoted, caret = shown.splitlines()[3:5]
    assert quoted.startswith("  1 | …")
    assert quoted.endswith("…")
    assert len(quoted) < 125
    assert quoted[caret.index("^") : caret.rindex("^") + 1] == "32-01-2026"


def test_a_word_place_reads_as_a_person_would_say_it() -> None:
    place = WordPlace("skabelon.docx", "word/document.xml", 1, 2, 3, 1, "Økonomi", "…{{ aktiv.værdi }}…")
    assert catalog.place_label(place) == (
        'skabelon.docx, under “Økonomi”, tabel 2, række 3, celle 1, afsnit 1: "…{{ aktiv.værdi }}…"'
    )
    assert catalog.place_label(place, "en").startswith("skabelon.docx, under “Økonomi”, table 2, row 3, cell 1")
