"""The encoding of a file is checked and named, never guessed."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen import catalog
from docgen.diagnostics import DocgenError
from docgen.sources import read_text

from .trees import lexeme, plain, scalars, told, where

NOTEPAD = 'hjælp: åbn filen i Notesblok (Notepad), vælg Filer > Gem som, vælg "UTF-8" ved Kodning, og gem'


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    tree = read_text("titel: Ærø\n".encode("utf-8-sig"), "x", "yaml").root
    assert plain(tree) == {"titel": "Ærø"}
    assert [(where(one), lexeme(one)) for one in scalars(tree)] == [((1, 1), "titel"), ((1, 8), "Ærø")]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-16", "UTF-16"), ("utf-16-be", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-32", "UTF-32")],
)
@pytest.mark.parametrize("form", ["yaml", "json", "toml"])
def test_wide_encodings_are_named(encoding: str, named: str, form: str) -> None:
    assert told("titel: Børn og unge".encode(encoding), form) == (
        f"fejl DG111: filen er gemt som {named}, men skal være UTF-8\n  møde.{form}\n  {NOTEPAD}"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_windows_1252_is_named_with_its_first_letter_and_the_other_faults(end: str) -> None:
    content = f"dato: 2026{end}titel: på Ærø{end}titel: x{end}".encode("cp1252")
    assert told(content, "yaml") == (
        "fejl DG112: filen er gemt som Windows-1252, men skal være UTF-8; "
        "her står det første bogstav, der bliver forkert\n"
        "  møde.yaml:2:9\n"
        "    |\n"
        "  2 | titel: på Ærø\n"
        "    |         ^\n"
        f"  {NOTEPAD}\n"
        'fejl DG120: "titel" står to gange; første gang i linje 2\n'
        "  møde.yaml:3:1\n"
        "    |\n"
        "  3 | titel: x\n"
        "    | ^^^^^\n"
        "  hjælp: slet den ene, eller giv den et andet navn"
    )


def test_a_file_of_two_encodings_shows_the_line_that_is_wrong() -> None:
    content = "# Ærø er rigtig\n".encode() + "titel: Ærø\n".encode("cp1252")
    shown = told(content, "yaml")
    assert "møde.yaml:2:8\n" in shown
    assert "  2 | titel: Ærø\n" in shown


@pytest.mark.parametrize("data", [b"titel: \xff\xfe\x81\n", b"titel: \xe2\x82\n"])
def test_other_bytes_are_refused_with_their_place(data: bytes) -> None:
    shown = told(data, "yaml")
    assert shown.startswith("fejl DG113: filen er ikke tekst i UTF-8; her står det første, der ikke kan læses\n")
    assert "møde.yaml:1:8\n" in shown


TEXT_FILE = "hjælp: brug en tekstfil, der er skrevet som YAML, JSON eller TOML"


def package(name: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, "æøå" * 100)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (package("word/document.xml"), "DG123: filen er lavet i Word og er ikke en tekstfil"),
        (package("xl/workbook.xml"), "DG123: filen er lavet i Excel og er ikke en tekstfil"),
        (package("ppt/presentation.xml"), "DG123: filen er lavet i PowerPoint og er ikke en tekstfil"),
        (package("mine filer/møde.yaml"), "DG125: filen er en ZIP-fil, ikke en tekstfil"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "DG123: filen er lavet i Office og er ikke en tekstfil"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "DG124: filen er et billede (PNG)"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "DG124: filen er et billede (JPEG)"),
        (b"GIF89a\x01\0\x01\0", "DG124: filen er et billede (GIF)"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "DG125: filen er en PDF-fil, ikke en tekstfil"),
    ],
)
@pytest.mark.parametrize("form", ["yaml", "json", "toml"])
def test_a_file_of_another_program_is_named_and_nobody_is_sent_to_notepad(data: bytes, message: str, form: str) -> None:
    assert told(data, form) == f"fejl {message}\n  møde.{form}\n  {TEXT_FILE}"


@pytest.mark.parametrize("text", ["GIF8 er et format", "BM: x", "PK: x", "PDF: x"])
def test_a_text_that_begins_as_such_a_file_is_a_text(text: str) -> None:
    assert "DG12" not in told(text, "yaml")


@pytest.mark.parametrize("data", [bytes(300), b"MZ\x90" + bytes(299), b"a\xe6\0\n"])
def test_zeros_anywhere_are_no_text_and_no_utf_16(data: bytes) -> None:
    assert told(data, "yaml").startswith("fejl DG114: det er ikke en tekstfil\n")


def test_a_program_is_no_text() -> None:
    assert told(b"titel: x\nMZ\0x\n", "yaml") == (
        "fejl DG114: det er ikke en tekstfil\n"
        "  møde.yaml:2:3\n"
        "    |\n"
        "  2 | MZ\ufffdx\n"
        "    |   ^\n"
        "  hjælp: se efter, om det er den rigtige fil"
    )


def test_every_line_with_a_control_character_is_named_and_none_reaches_the_terminal() -> None:
    shown = told("titel: a\x1b[2Jb\nsted: Ærø\ntitel: c\x85\n", "yaml")
    assert [line for line in shown.splitlines() if line.startswith("fejl")] == [
        "fejl DG115: linjen har et usynligt tegn, som ikke kan stå i en tekst: U+001B",
        'fejl DG120: "titel" står to gange; første gang i linje 1',
        "fejl DG115: linjen har et usynligt tegn, som ikke kan stå i en tekst: U+0085",
    ]
    assert "\x1b" not in shown
    assert "\x85" not in shown


@pytest.mark.parametrize("form", ["yaml", "json", "toml"])
@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t\n"])
def test_an_empty_file_is_named(data: bytes, form: str) -> None:
    assert told(data, form) == (
        f"fejl DG116: filen er tom\n  møde.{form}\n  hjælp: se efter, om det er den rigtige fil, og om den er gemt"
    )


@pytest.mark.parametrize("data", [b"# x\n", b"---\n", b"~\n", b"--- # x\n...\n"])
def test_a_file_without_content_is_named(data: bytes) -> None:
    assert told(data, "yaml").startswith("fejl DG117: filen har ikke noget indhold, kun tomme linjer eller komm")


def test_cpr_numbers_in_quoted_lines_are_masked() -> None:
    shown = told("borger: 010190-1234: Åse\n", "yaml")
    assert "0101" not in shown
    assert '"******-****: Åse"' in shown


JUNK = st.text(
    st.one_of(st.characters(), st.sampled_from("æøå:-#[]{},&*!|>'\"%@`?=.\\\n\r\t \x0b\x85\u2028\u00a0\ufeff")),
    max_size=60,
).map(lambda text: text.encode("utf-8", "surrogatepass"))


@given(JUNK | st.binary(max_size=60), st.sampled_from(["yaml", "json", "toml"]))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused_with_messages(data: bytes, form: str) -> None:
    try:
        findings = read_text(data, "møde", form).warnings
    except DocgenError as fault:
        findings = fault.diagnostics
        assert any(one.severity == "fejl" for one in findings)
        assert fault.exit_code == 1
    for one in findings:
        for language in catalog.LANGUAGES:
            assert one.code in catalog.as_text(one, language)
            assert catalog.as_json(one, language)["code"] == one.code
