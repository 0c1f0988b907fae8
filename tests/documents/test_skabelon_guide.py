"""docs/skabeloner.md says what its files hold, and what docgen says of them and of the faults it shows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as open_word
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from docgen.cli.app import main
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_text
from tests.gates import integrity_findings, open_xml_findings
from tests.guides import conversations

ROOT = Path(__file__).parent.parent.parent
GUIDE = (ROOT / "docs/skabeloner.md").read_text(encoding="utf-8")
EXAMPLES = ROOT / "docs/eksempler"
BEFORE, FAULTS = GUIDE.split("\n## De fem fejl, som flest laver\n")
FILL = ["udfyld", "brev.docx", "brev.yaml", "--format", "txt", "-o", "-"]

Change = Callable[[Document], None]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files of the guide, which is where one stands."""
    shutil.copytree(EXAMPLES, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(command: str, capsys: Captured) -> str:
    capsys.readouterr()
    main(command.split())
    told = capsys.readouterr()
    return told.out + told.err


def change(*changes: Change) -> None:
    """Make changes in the template, as somebody does in Word."""
    document = open_word("brev.docx")
    for one in changes:
        one(document)
    document.save("brev.docx")


def write(old: str, new: str) -> Change:
    """Another text in a paragraph of the body."""

    def made(document: Document) -> None:
        next(one for one in document.paragraphs if one.text == old).text = new

    return made


def drop(text: str) -> Change:
    """No such paragraph."""

    def made(document: Document) -> None:
        element = next(one for one in document.paragraphs if one.text == text)._p
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    return made


def cell(row: int, column: int, text: str) -> Change:
    """Another text in a cell of the table; both count from 0."""

    def made(document: Document) -> None:
        document.tables[0].cell(row, column).paragraphs[0].text = text

    return made


def contents_list(document: Document) -> None:
    """A contents list at the top, before Word has filled it."""
    paragraph = document.paragraphs[0].insert_paragraph_before()
    for kind in ("begin", "code", "separate", "end"):
        run = paragraph.add_run()
        if kind == "code":
            code = OxmlElement("w:instrText")
            code.text = r' TOC \o "1-3" \h \z \u '
            run._r.append(code)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


LOGO = '{{ logo | billede(bredde="4,5 cm", tekst="Egekøbing Kommune") }}'
CURLY = "{{ logo | billede(bredde=”4,5 cm”, tekst=”Egekøbing Kommune”) }}"
MADE = {
    "1. En slutning mangler": [[drop("{% endfor %}")]],
    "2. Et navn er stavet forkert": [[write("Kære {{ navn }}", "Kære {{ navm }}")]],
    "3. Et anførselstegn mangler": [[write(LOGO, CURLY.replace("Kommune”", "Kommune"))]],
    "4. En kode er delt over to celler eller afsnit": [
        [cell(2, 0, "{{ u.navn"), cell(2, 1, "}}")],
        [
            *(cell(1, 0, ""), cell(3, 0, "")),
            *(cell(2, 0, "Køb: {% for u in udgifter %}{{ u.navn }}"), cell(2, 1, "{{ u.pris }}{% endfor %}")),
        ],
    ],
    "5. Der står tekst ved siden af en styrekode": [[write("{% if frist %}", "Frist: {%p if frist %} se her")]],
}


def test_the_files_are_shown_as_they_are() -> None:
    shown = dict(re.findall(r"(?ms)^```\w+ (\S+)\n(.*?)^```$", GUIDE))
    assert shown == {
        "skabelon": to_text(read_document(EXAMPLES / "brev.docx"), with_frame=True),
        "brev.yaml": (EXAMPLES / "brev.yaml").read_text(encoding="utf-8"),
    }


@pytest.mark.parametrize(("command", "answer"), conversations(BEFORE))
def test_docgen_says_what_the_guide_shows(folder: Path, capsys: Captured, command: str, answer: str) -> None:
    told = said(command, capsys)
    parts = answer.split("…\n")
    assert told.startswith(parts[0])
    assert [part for part in parts if part not in told] == []
    assert len(parts) > 1 or told == answer


def test_the_letter_and_its_template_are_valid(folder: Path) -> None:
    assert main(["udfyld", "brev.docx", "brev.yaml", "-o", "tilsagn.docx"]) == 0
    for name in ("brev.docx", "tilsagn.docx"):
        assert open_xml_findings(Path(name)) == []
        assert integrity_findings(Path(name)) == []


def test_each_fault_is_told_as_the_guide_shows_it(folder: Path, capsys: Captured) -> None:
    sections = re.findall(r"(?ms)^### (.*?)\n(.*?)(?=^##|\Z)", FAULTS)
    assert [heading for heading, _ in sections] == list(MADE)
    for heading, text in sections:
        shown = conversations(text)
        assert len(shown) == len(MADE[heading]), heading
        for (command, answer), changes in zip(shown, MADE[heading], strict=True):
            shutil.copy(EXAMPLES / "brev.docx", "brev.docx")
            change(*changes)
            assert said(command, capsys) == answer, heading


def test_the_filters_print_what_the_table_shows(folder: Path, capsys: Captured) -> None:
    rows = re.findall(r"(?m)^\| `(\{\{ \w+ \\\|.*?\}\})` \| (.*?) \|$", GUIDE)
    assert len(rows) == GUIDE.split("## Datoer og beløb")[1].split("\n## ")[0].count("\n| ") - 1
    document = open_word()
    for code, _ in rows:
        document.add_paragraph(code.replace("\\|", "|"))
    document.save("brev.docx")
    assert main(FILL) == 0
    assert capsys.readouterr().out.replace("\u00a0", " ").split("\n\n") == [
        *(printed for _, printed in rows[:-1]),
        f"{rows[-1][1]}\n",
    ]


def test_what_the_guide_says_of_dates_lists_and_what_is_left_out(folder: Path, capsys: Captured) -> None:
    letter = said(" ".join(FILL), capsys)
    data = Path("brev.yaml")
    text = data.read_text(encoding="utf-8")
    for date in ("2026-11-22", "22. november 2026"):
        data.write_text(text.replace("22.11.2026", date), encoding="utf-8")
        assert said(" ".join(FILL), capsys) == letter, date
    data.write_text(text.replace("frist: 15.12.2026", "frist:"), encoding="utf-8")
    sentence = "Skriv til os senest tirsdag den 15. december 2026, hvis I vil sige nej til pengene.\n\n"
    shorter = said(" ".join(FILL), capsys).replace("\u00a0", " ")
    assert shorter == letter.replace("\u00a0", " ").replace(sentence, "") != letter.replace("\u00a0", " ")
    data.write_text(text.replace("frist: 15.12.2026\n", ""), encoding="utf-8")
    assert 'fejl DG450: "frist" findes ikke' in said(" ".join(FILL), capsys)


def test_what_the_guide_says_of_text_beside_codes_and_of_quotes(folder: Path, capsys: Captured) -> None:
    letter = said(" ".join(FILL), capsys)
    for marks in ("””", "„“", "»«"):
        shutil.copy(EXAMPLES / "brev.docx", "brev.docx")
        change(write(LOGO, re.sub("”(.*?)”", rf"{marks[0]}\1{marks[1]}", CURLY)))
        assert said(" ".join(FILL), capsys) == letter, marks
    change(write("{% if frist %}", "Frist: {% if frist %}"))
    assert "\n\nFrist:" in said(" ".join(FILL), capsys)


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("{% if tilskud > 10000 %}A{% else %}B{% endif %}", "A"),
        ("{% if tilskud > 20000 %}A{% else %}B{% endif %}", "B"),
        ('{% if sagsbehandler == "Bo Prøve" %}A{% endif %}', "A"),
        (LOGO, "[billede: Egekøbing Kommune]"),
        (LOGO.replace("Egekøbing Kommune", ""), "Åse Prøve, Æblegårdens Venner & Naboer"),  # nothing is read aloud
    ],
)
def test_other_codes_of_the_guide_do_what_it_says(folder: Path, capsys: Captured, code: str, printed: str) -> None:
    change(write(LOGO, code))
    assert said(" ".join(FILL), capsys).split("\n\n")[0] == printed


def test_the_data_are_compared_as_the_guide_says(folder: Path, capsys: Captured) -> None:
    data = Path("brev.yaml")
    data.write_text(data.read_text(encoding="utf-8").replace("projekt:", "projekter:"), encoding="utf-8")
    told = said("skabelon brev.docx --data brev.yaml", capsys)
    assert '"projekt" findes ikke' in told
    assert 'skabelonen bruger ikke "projekter"' in told


def test_a_contents_list_shows_the_headings_of_the_letter(folder: Path, capsys: Captured) -> None:
    change(contents_list)
    assert main(["udfyld", "brev.docx", "brev.yaml", "-o", "tilsagn.docx"]) == 0
    listed = to_text(read_document(Path("tilsagn.docx"))).split("\n\n")[0]
    headings = ["Tilskud til nye bænke i Ågårdsparken", "Begrundelse", "Vilkår", "Det går pengene til"]
    assert [line.strip(" •–") for line in listed.splitlines()] == headings
    assert open_xml_findings(Path("tilsagn.docx")) == []
