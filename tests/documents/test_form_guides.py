"""docs/excel.md and docs/formularer.md: what they have one type, what docgen says to it, and what they say of forms."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from docgen.cli.app import main
from docgen.word.archive.ooxml import w
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_text
from tests.guides import assert_shown, conversations, said
from tests.unit.forms.word_form_samples import edited, type_in, xml

ROOT = Path(__file__).parent.parent.parent
EXCEL = (ROOT / "docs/excel.md").read_text(encoding="utf-8")
WORD = (ROOT / "docs/formularer.md").read_text(encoding="utf-8")
SERIES = "flet leverandoeraftale aftaler.xlsx --fælles faelles.yaml -o aftaler"
_TABLE = re.compile(r"(?m)^\| [^|]* \| `docgen ([^`]*)` \|$")

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files of the guides, which is where one stands."""
    shutil.copytree(ROOT / "docs/eksempler", tmp_path, dirs_exist_ok=True)
    for one in (ROOT / "inputs/delingsaftale").iterdir():
        (shutil.copytree if one.is_dir() else shutil.copy)(one, tmp_path / one.name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def type_cells(file: str, **sheets: Mapping[str, str | int | datetime]) -> None:
    """Type into cells, as somebody does in Excel."""
    book = load_workbook(file)
    for sheet, cells in sheets.items():
        for cell, value in cells.items():
            book[sheet][cell] = value
    book.save(file)


def change_word(file: str, change: Callable[[etree._Element], object]) -> None:
    Path(file).write_bytes(edited(Path(file).read_bytes(), change))


def answer(**texts: str) -> Callable[[etree._Element], None]:
    """Answer short fields of the first item of a Word form."""

    def made(root: etree._Element) -> None:
        for name, text in texts.items():
            type_in(root, f"punkter[].{name}", f"<w:r><w:t>{text}</w:t></w:r>")

    return made


def mend_form(file: str = "rettes.xlsx") -> None:
    """Mend the four faults of the example."""
    type_cells(file, Oplysninger={"B12": "24. april 2026"}, Aktiver={"C8": "it-udstyr", "P8": 60000, "B9": "AK-03"})


def name_files() -> None:
    """A form with one asset of its own that names the two workbooks of the guide for the others."""
    main(["skema", "delingsaftale", "--fra", "aktiver-fra-to-centre.yaml", "-o", "samlet.xlsx"])
    book = load_workbook("samlet.xlsx")
    cell = book.defined_names["hent.aktiver"].attr_text.rpartition("!")[2].replace("$", "")
    book["Oplysninger"][cell] = "\n".join(re.findall(r"(?m)^aktiver/.*$", EXCEL))
    for row in book["Aktiver"].iter_rows(min_row=7, max_row=12, min_col=2):
        for one in row:
            one.value = None
    book.save("samlet.xlsx")


def change_rows() -> None:
    type_cells("aftaler.xlsx", Kommuner={"C5": "Vesthimmerland", "D3": "Prøvevej 11"})


def gather_contributions() -> None:
    """Mend the marked copy, and put both forms into the folder that the guide tells of."""
    change_word("rettes.docx", answer(titel="Budget 2027", tid_min="15"))
    Path("bidrag").mkdir()
    shutil.move("rettes.docx", "bidrag/2 Budget.docx")
    shutil.move("punkt-aabningstider.docx", "bidrag/1 Åbningstider.docx")


def go_through(guide: str, capsys: Captured, before: dict[str, Callable[[], None]]) -> None:
    """Type every command of a guide in order; `before` is done before the commands that begin so."""
    shown = conversations(guide)
    assert [begin for begin in before if not any(one.startswith(begin) for one, _ in shown)] == []
    for command, told in shown:
        for begin in [one for one in before if command.startswith(one)]:
            before.pop(begin)()
        assert_shown(told, said(command, capsys))


def printed(file: str, capsys: Captured) -> str:
    """The finished document of an Excel form as text."""
    assert main(["delingsaftale", file, "--format", "txt", "-o", "-", "--dato", "22.11.2026"]) == 0
    return capsys.readouterr().out.replace("\u00a0", " ")


def test_the_guide_to_excel_from_end_to_end(capsys: Captured) -> None:
    before = {"delingsaftale rettes.xlsx": mend_form, "tjek samlet.xlsx": name_files}
    go_through(EXCEL, capsys, {**before, f"{SERIES} --kun-ændrede": change_rows})
    assert load_workbook("rettes.xlsx")["Aktiver"]["C8"].value == "it-udstyr"
    assert "Bærbare computere" in to_text(read_document(Path("aftale.docx")))
    assert load_workbook("bilag.xlsx").sheetnames[:2] == ["Forside", "Bilag 3 Øvrige aktiver"]
    assert len(list(Path("aftaler").glob("*.docx"))) == 4


def test_the_guide_to_word_forms_from_end_to_end(capsys: Captured) -> None:
    go_through(WORD, capsys, {"dagsorden moede.yaml": gather_contributions})
    text = to_text(read_document(Path("dagsorden.docx")))
    assert re.findall(r"(?m)^\d\. .*", text) == ["1. Åbent om aftenen i Sundhedscentret", "2. Budget 2027"]
    assert "docgen" not in text
    assert "Hvorfor sagen er på nu" not in text
    shown = dict(re.findall(r"(?ms)^```yaml (\S+)\n(.*?)^```$", WORD))
    assert shown == {"moede.yaml": Path("moede.yaml").read_text(encoding="utf-8")}


@pytest.mark.parametrize("command", _TABLE.findall(EXCEL))
def test_what_the_table_of_the_excel_guide_has_one_type(command: str, capsys: Captured) -> None:
    if "-o skema.xlsx" not in command:
        said("skema delingsaftale --fra delingsaftale.yaml -o skema.xlsx", capsys)
        mend_form("skema.xlsx")
    told = said(command, capsys)
    assert "fejl" not in told.replace("ingen fejl", "")
    assert "skrev" in told or command == "tjek skema.xlsx"


@pytest.mark.parametrize("command", _TABLE.findall(WORD))
def test_what_the_table_of_the_word_guide_has_one_type(command: str, capsys: Captured) -> None:
    if "-o " not in command:
        said(f"skema kommissorium --fra {ROOT}/inputs/kommissorium/styregruppe.yaml -o skema.docx", capsys)
    told = said(command, capsys)
    assert "fejl" not in told.replace("ingen fejl", "")
    assert "skrev" in told or command == "tjek skema.docx"


def test_one_writes_as_one_does(capsys: Captured) -> None:
    said("skema delingsaftale --fra delingsaftale.yaml -o skema.xlsx", capsys)
    mend_form("skema.xlsx")
    expected = printed("skema.xlsx", capsys)
    assert "60.000" in expected
    for amount, day in ((60000, "24.4.2026"), ("60.000,00", datetime(2026, 4, 24)), ("60.000 kr.", "2026-04-24")):
        type_cells("skema.xlsx", Oplysninger={"B12": day}, Aktiver={"P8": amount})
        assert printed("skema.xlsx", capsys) == expected, (amount, day)


def test_what_is_not_read_is_told(capsys: Captured) -> None:
    said("skema delingsaftale --fra delingsaftale.yaml -o skema.xlsx", capsys)
    mend_form("skema.xlsx")
    expected = printed("skema.xlsx", capsys)
    book = load_workbook("skema.xlsx")
    book.create_sheet("Kladde")["A1"] = "husk"
    book["Aktiver"]["AZ7"], book["Aktiver"]["B60"] = "vores note", "AK-99"
    book.save("skema.xlsx")
    assert printed("skema.xlsx", capsys) == expected
    told = said("tjek skema.xlsx", capsys)
    for place in ("Kladde!A1", "Aktiver!AZ7", "Aktiver!B60"):
        assert f"  skema.xlsx, {place}\n" in told


def test_an_error_in_a_cell_is_a_fault(capsys: Captured) -> None:
    said("skema delingsaftale --fra delingsaftale.yaml -o skema.xlsx", capsys)
    mend_form("skema.xlsx")
    book = load_workbook("skema.xlsx")
    book["Aktiver"]["P8"].value, book["Aktiver"]["P8"].data_type = "#REF!", "e"
    book.save("skema.xlsx")
    told = said("tjek skema.xlsx", capsys)
    assert "#REFERENCE!" in told
    assert "fejl DG" in told


def test_what_the_guide_says_of_a_series(capsys: Captured) -> None:
    assert "4 skrevet" in said(SERIES, capsys)
    assert "4 uændret" in said(SERIES, capsys)
    one = next(Path("aftaler").glob("*Rebild*.docx"))
    word = edited(one.read_bytes(), lambda root: root[0].insert(0, xml("<w:p><w:r><w:t>Rettet</w:t></w:r></w:p>")))
    one.write_bytes(word)
    assert "1 rettet i Word" in said(SERIES, capsys)
    assert one.read_bytes() == word
    pattern = re.findall(r"`(--navn [^`]*)`", EXCEL)
    assert len(pattern) == 1
    said(f"{SERIES.replace('-o aftaler', '-o navne')} {pattern[0].replace(chr(34), chr(39))}", capsys)
    assert Path("navne/26-40218 Rebild.docx").is_file()
    assert "DG820" in said(f"{SERIES.replace('-o aftaler', '-o ens')} --navn '{{{{ status }}}}'", capsys)
    assert not Path("ens").exists()


def test_an_empty_workbook_has_the_headings_of_the_example(capsys: Captured) -> None:
    said("flet leverandoeraftale --tom -o tom.xlsx", capsys)
    empty, example = load_workbook("tom.xlsx"), load_workbook("aftaler.xlsx")
    told = {str(cell.value) for sheet in empty for cell in sheet[1]}
    used = {str(cell.value).removeprefix("Driftsvaretagere: ") for sheet in example for cell in sheet[1]}
    assert used - told == set()
    assert "økonomi.årsbeløb" in empty.sheetnames


def test_text_beside_the_fields_of_a_word_form_is_told_and_a_copied_item_is_another(capsys: Captured) -> None:
    fields = "titel,sagsfremstilling"
    said(f"skema dagsorden --del punkter --felter {fields} --fra punkt-aabningstider.yaml -o p.docx", capsys)

    def copied(root: etree._Element) -> None:
        items = root.findall(f".//{w('sdt')}/{w('sdtPr')}/{{*}}repeatingSectionItem/../..")
        items[0].addnext(copy.deepcopy(items[0]))

    change_word("p.docx", copied)
    Path("m.yaml").write_text(
        'forum: udvalget\ndato: 3. december 2026\nstart: "9.00"\npunkter: {fra: p.docx}\n', encoding="utf-8"
    )
    assert '"punkter" har 2 rækker fra p.docx' in said("dagsorden m.yaml", capsys)
    change_word("p.docx", lambda root: root[0].insert(0, xml("<w:p><w:r><w:t>Husk fristen</w:t></w:r></w:p>")))
    assert "fejl DG732: teksten hører ikke til noget felt" in said("tjek p.docx", capsys)
