"""Every example becomes a document that is right in text, valid, accessible and the same every time.

The text of each document is held in tests/documents/<kind>/<input>.txt; with DOCGEN_UPDATE=1 it is written anew.
"""

from __future__ import annotations

import os
import re
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from docgen.kinds.kind import load_kind
from docgen.pipeline import Document, Request, check, generate
from docgen.word.reading.content import Heading
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_text
from tests.gates import integrity_findings, open_xml_findings, pdf_texts

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def editions(kind: str) -> list[str | None]:
    return [None, *list(load_kind(kind, [ROOT / "templates"]).editions)[1:]]


EXAMPLES = [
    (path, edition)
    for path in sorted((ROOT / "inputs").glob("*/*"))
    if path.suffix in (".yaml", ".json", ".toml")
    for edition in editions(path.parent.name)
]
NAMES = [f"{path.parent.name}-{path.stem}{f'-{edition}' if edition else ''}" for path, edition in EXAMPLES]
MADE: dict[tuple[Path, str | None], Document] = {}


def made(path: Path, edition: str | None) -> Document:
    if (path, edition) not in MADE:
        source = path.relative_to(ROOT)
        folders = [Path("templates")]
        MADE[path, edition] = generate(Request(path.parent.name, source, TODAY, folders, edition=edition))
    return MADE[path, edition]


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def parts(document: Document) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(document.word.to_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(("path", "edition"), EXAMPLES, ids=NAMES)
def test_text(path: Path, edition: str | None) -> None:
    golden = HERE / path.parent.name / f"{path.stem}{f' - {edition}' if edition else ''}.txt"
    text = to_text(read_document(made(path, edition).word.to_bytes()), with_frame=True)
    if os.environ.get("DOCGEN_UPDATE"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("path", "edition"), EXAMPLES, ids=NAMES)
def test_the_open_xml_sdk_finds_nothing(path: Path, edition: str | None, tmp_path: Path) -> None:
    target = tmp_path / "example.docx"
    target.write_bytes(made(path, edition).word.to_bytes())
    assert open_xml_findings(target) == []
    assert integrity_findings(target) == []


@pytest.mark.parametrize(("path", "edition"), EXAMPLES, ids=NAMES)
def test_what_the_validators_do_not_see(path: Path, edition: str | None) -> None:
    for name, data in parts(made(path, edition)).items():
        if not name.endswith((".xml", ".rels")):
            continue
        root = etree.fromstring(data)
        text = "".join(root.itertext()) + " ".join(str(value) for one in root.iter() for value in one.attrib.values())
        assert not re.search(r"\{\{|\}\}|\{%|%\}|\{#|%7B", text), f"a tag is left in {name}"
        for cell in root.iter(f"{W}tc"):
            assert cell[-1].tag == f"{W}p", f"a cell without a last paragraph in {name}"
        for table in root.iter(f"{W}tbl"):
            assert table.find(f"{W}tr") is not None, f"a table without rows in {name}"
        for body in root.iter(f"{W}body", f"{W}tc", f"{W}p"):
            assert not (body.text or "").strip(), f"text outside of runs in {name}"
        marks = {side: [one.get(f"{W}id") for one in root.iter(f"{W}bookmark{side}")] for side in ("Start", "End")}
        assert sorted(map(str, marks["Start"])) == sorted(map(str, marks["End"]))
        controls = [one.get(f"{W}val") for one in root.iterfind(f".//{W}sdtPr/{W}id")]
        assert len(controls) == len(set(controls))


@pytest.mark.parametrize(("path", "edition"), EXAMPLES, ids=NAMES)
def test_a_reader_who_cannot_see_finds_the_way(path: Path, edition: str | None) -> None:
    document = made(path, edition)
    read = read_document(document.word.to_bytes())
    assert read.language == "da-DK"
    assert read.title
    levels = [block.level for block in read.blocks if isinstance(block, Heading)]
    for before, after in zip([0, *levels], levels, strict=False):
        assert after <= before + 1, "a heading level is skipped"
    root = etree.fromstring(parts(document)["word/document.xml"])
    for table in root.iter(f"{W}tbl"):
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None, "a table without a header row"
    for paragraph in root.iterfind(f"{W}body/{W}p"):
        small = (
            paragraph.find(f"{W}pPr/{W}spacing") is not None
            or paragraph.find(f"{W}pPr/{W}sectPr") is not None
            or paragraph.find(f".//{W}drawing") is not None
        )
        assert "".join(paragraph.itertext()).strip() or small, "an empty paragraph for space"


@pytest.mark.parametrize(("path", "edition"), EXAMPLES, ids=NAMES)
def test_words_numbering_agrees_with_docgens(path: Path, edition: str | None) -> None:
    checked = check(Request(path.parent.name, path.relative_to(ROOT), TODAY, [Path("templates")], edition=edition))
    assert checked.context is not None
    blocks = read_document(made(path, edition).word.to_bytes()).blocks
    shown = {block.text: block.number.rstrip(".") for block in blocks if isinstance(block, Heading)}
    for section in checked.context.sections:
        assert shown[str(section["overskrift"])] == section["nummer"]


@pytest.mark.parametrize(("path", "edition"), EXAMPLES, ids=NAMES)
def test_the_same_input_gives_the_same_bytes(path: Path, edition: str | None) -> None:
    again = generate(Request(path.parent.name, path.relative_to(ROOT), TODAY, [Path("templates")], edition=edition))
    assert again.word.to_bytes() == made(path, edition).word.to_bytes()
    assert again.word.content_hash() == made(path, edition).word.content_hash()


def test_examples_with_invented_figures_say_so() -> None:
    for path, edition in EXAMPLES:
        text = path.read_text(encoding="utf-8")
        if re.search(r"^\W?eksempel\W?\s*[:=]\s*(ja|true)", text, re.MULTILINE):
            assert "EKSEMPEL – opdigtet indhold" in to_text(read_document(made(path, edition).word.to_bytes()))


def test_there_are_at_least_two_examples_of_each_main_kind() -> None:
    for kind in ("kommissorium", "leverandoeraftale", "delingsaftale", "dagsorden"):
        assert len({path for path, _ in EXAMPLES if path.parent.name == kind}) >= 2


def test_libreoffice_opens_every_example(tmp_path: Path) -> None:
    targets = []
    for (path, edition), name in zip(EXAMPLES, NAMES, strict=True):
        target = tmp_path / f"{name}.docx"
        target.write_bytes(made(path, edition).word.to_bytes())
        targets.append(target)
    texts = pdf_texts(targets, tmp_path)
    for (path, edition), name in zip(EXAMPLES, NAMES, strict=True):
        title = read_document(made(path, edition).word.to_bytes()).title
        assert "".join(title.split()) in "".join(texts[name].split())
        assert "Side 1 af" in texts[name]
