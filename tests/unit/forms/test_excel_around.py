"""What people leave beside the cells of a form, or where it has its own words: it is told, and nothing is misread."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font

from docgen.catalog import as_text, message
from docgen.diagnostics import Diagnostic
from docgen.forms.marking.mark import mark
from docgen.inputs import read_input
from docgen.kinds.model import Kind
from docgen.pipeline import Request, check
from tests.unit.forms.excel_samples import TODAY, checked, filled, kind_of, plain, saved, told

Change = Callable[[Any], object]
HEADER = 6


@pytest.fixture
def kind(tmp_path: Path) -> Kind:
    return kind_of(tmp_path / "kinds")


@pytest.fixture
def read(kind: Kind, tmp_path: Path) -> Callable[[Change], tuple[Any, list[str]]]:
    """Change the filled form, and read it: its values, and what is said."""

    def made(change: Change) -> tuple[Any, list[str]]:
        path = saved(filled(kind), tmp_path / "skema.xlsx", change)
        return plain(checked(path, kind)[0].record.values), told(path, kind)

    return made


def cell(book: Any, name: str) -> Any:
    """The cell with a defined name."""
    sheet, _, where = book.defined_names[name].attr_text.partition("!")
    return book[sheet][where.replace("$", "")]


def below(book: Any, heading: str, row: int = HEADER + 1) -> Any:
    """A cell of the list of rooms by the heading of its column."""
    sheet = book["Lokaler"]
    found = (one for one in sheet[HEADER] if str(one.value or "").removesuffix(" *") == heading)
    return sheet.cell(row, next(found).column)


# --- notes and figures


def test_notes_of_others_are_told_and_docgens_own_are_not(read: Any, kind: Kind, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        below(book, "Navn").comment = Comment("Skal den med?", "Bo")
        below(book, "Pladser").comment = Comment("advarsel DG705: noget", "docgen")

    _, said = read(change)
    assert said == ['oplysning DG792: arket "Lokaler" har 1 note (C7), som ikke kommer med @ Lokaler!C7']
    path = tmp_path / "skema.xlsx"
    found: list[Diagnostic] = checked(path, kind)[1]
    (tmp_path / "rettes.xlsx").write_bytes(mark(path.read_bytes(), path.as_posix(), found, "da", TODAY))
    assert told(tmp_path / "rettes.xlsx", kind) == said


def test_the_text_of_a_figure_is_quoted(read: Any, kind: Kind, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        chart = BarChart()
        chart.add_data(Reference(book["Lokaler"], min_col=5, min_row=7, max_row=8))
        book["Lokaler"].add_chart(chart, "N3")

    assert read(change)[1] == [
        'oplysning DG792: arket "Lokaler" har 1 billede eller diagram, som ikke kommer med @ Lokaler!A1'
    ]
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/"
    box = (
        f'<xdr:sp xmlns:xdr="{drawing}spreadsheetDrawing" xmlns:a="{drawing}main"><xdr:txBody><a:p><a:r>'
        "<a:t>Ring til Bo</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    path = tmp_path / "tegnet.xlsx"
    with zipfile.ZipFile(tmp_path / "skema.xlsx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/drawings/drawing"):
                data = re.sub(rb"(?=<(\w+:)?clientData)", box.encode(), data, count=1)
            new.writestr(name, data)
    assert told(path, kind) == [
        'advarsel DG792: arket "Lokaler" har 1 figur med tekst ("Ring til Bo") og 1 billede eller diagram, som ikke '
        "kommer med @ Lokaler!A1"
    ]


# --- looks


def test_what_is_struck_out_is_read_and_told(read: Any) -> None:
    def change(book: Any) -> None:
        for one in book["Lokaler"][HEADER + 2]:
            one.font = Font(strike=True)
        cell(book, "felt.udlåner").font = Font(strike=True)

    values, said = read(change)
    assert values["lokaler"][1]["id"] == "L2"
    assert said == [
        'advarsel DG793: "Nyborg" er streget over, men læst med (B11) @ Oplysninger!B11',
        'advarsel DG793: "L2" er streget over, men læst med (B8, C8, E8, I8, J8) @ Lokaler!B8',
    ]
    assert read(lambda book: setattr(below(book, "Navn"), "font", Font(strike=False)))[1] == []


def test_a_part_of_a_cell_may_be_struck_out(read: Any) -> None:
    def change(book: Any) -> None:
        below(book, "Navn").value = CellRichText(TextBlock(InlineFont(strike=True), "Gammel sal"), " Ny sal")

    values, said = read(change)
    assert values["lokaler"][0]["navn"] == "Gammel sal Ny sal"
    assert said == ['advarsel DG793: "Gammel sal Ny sal" er streget over, men læst med (C7) @ Lokaler!C7']


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (450, "0000", "0450"),
        (2610482, '00"/"00000', "26/10482"),
        (7, '"L"0', "L7"),
        (-7, "000", "-007"),
        (12345678, "00 00 00 00", "12 34 56 78"),
        (12345, "[$-406]000\\-0;[Red]-0", "1234-5"),
        (12000, '#,##0 "borgere"', "12.000 borgere"),
        (450, "0.00", "450,00"),
        (-5, "_-* #,##0.00\\ [$kr.-406]_-", "-5,00 kr."),
    ],
)
def test_signs_that_only_the_format_of_a_cell_adds_are_told(read: Any, value: int, code: str, shown: str) -> None:
    def change(book: Any) -> None:
        one = cell(book, "felt.sagsnr")
        one.value, one.number_format = value, code

    values, said = read(change)
    assert values["sagsnr"] == str(value)
    assert said == [
        f'advarsel DG794: cellen viser "{shown}", men i "Sagsnummer" er det læst som "{value}" (B18) @ Oplysninger!B18'
    ]


@pytest.mark.parametrize("code", ["0", "General", "#,##0", "@", "0.##", "# ?/?"])
def test_formats_that_add_nothing_to_a_name_are_not_told(read: Any, code: str) -> None:
    def change(book: Any) -> None:
        one = below(book, "Navn")
        one.value, one.number_format = 450, code
        below(book, "Pladser").number_format = "000"  # a number, whatever it looks like

    assert read(change)[1] == []


@pytest.mark.parametrize("text", ["#N/A", " #REFERENCE! ", "#I/T", "#DIV/0!"])
def test_an_error_value_that_became_a_text_is_one_still(read: Any, text: str) -> None:
    def change(book: Any) -> None:
        for one in (cell(book, "felt.sagsnr"), below(book, "Navn", HEADER + 2)):
            one.value, one.data_type = text, "s"

    said = read(change)[1]
    wrong = f"fejl DG701: cellen viser {text.strip()}, så værdien kan ikke læses"
    assert [one for one in said if "DG701" in one] == [f"{wrong} @ Oplysninger!B18", f"{wrong} @ Lokaler!C8"]


# --- where the form has its own words


def test_what_is_typed_over_the_words_of_a_form_is_told(read: Any) -> None:
    def change(book: Any) -> None:
        front, rooms = book["Oplysninger"], book["Lokaler"]
        front["C11"], front["D11"], front["A11"] = "Er det rigtigt? /Bo", "Odense", "Udlejer *"
        front["C12"] = "?"
        rooms["C5"], rooms["B3"] = "Festsalen og køkkenet", "Skriv her"

    assert read(change)[1] == [
        'advarsel DG705: "Udlejer *" er ikke læst: det står uden for felterne (A11, C11, D11, C12) @ Oplysninger!A11',
        'advarsel DG705: "Skriv her" er ikke læst: det står over tabellen (B3, C5) @ Lokaler!B3',
    ]


def test_the_words_of_a_form_that_was_made_with_others_are_not_told(read: Any) -> None:
    def change(book: Any) -> None:
        mark_sheet = book["docgen"]
        row = next(row for row in mark_sheet.iter_rows() if row[0].value == "ord")
        row[1].value = "00000000"
        book["Oplysninger"]["C11"] = "Den hjælp, som skemaet havde før"
        book["Lokaler"]["B2"] = "Den forklaring, som listen havde før"
        book["Lokaler"]["C5"] = "fx et andet eksempel"

    assert read(change)[1] == []


def test_a_cell_that_is_cut_and_put_in_elsewhere_is_read_for_the_label_beside_it(read: Any) -> None:
    def change(book: Any) -> None:
        date, number = cell(book, "felt.dato"), cell(book, "felt.sagsnr")
        number.value, number.number_format, date.value = "3.9.2026", "@", None
        # so do Excel and LibreOffice: the name goes along, and that of the cell put in over is lost or shared
        book.defined_names["felt.dato"].attr_text = f"Oplysninger!$B${number.row}"
        book.defined_names["felt.sagsnr"].attr_text = "#REF!"

    values, said = read(change)
    assert "dato" not in values
    assert values["sagsnr"] == "3.9.2026"
    assert said == ['fejl DG201: "Dato" mangler @ Oplysninger!B10']


def test_a_form_without_its_names_is_read_by_its_labels_and_tells_nothing_of_itself(read: Any) -> None:
    whole = read(lambda _: None)

    def change(book: Any) -> None:
        for name in list(book.defined_names):
            del book.defined_names[name]

    assert read(change) == whole


# --- rows from other files


def fetched(kind: Kind, path: Path) -> Any:
    from docgen.sources import Mapping, Scalar, Sequence

    def bare(node: Any) -> Any:
        if isinstance(node, Scalar):
            return node.text
        if isinstance(node, Mapping):
            return {entry.key.text: bare(entry.value) for entry in node}
        assert isinstance(node, Sequence)
        return [bare(one) for one in node]

    root = read_input(path, "", [], lambda _: kind).root
    assert isinstance(root, Mapping)
    return bare(root.get("lokaler"))


def test_a_form_names_the_files_that_rows_of_a_list_stand_in(kind: Kind, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        cell(book, "hent.lokaler").value = "nord.xlsx\nsyd.xlsx (Ark 1);  *.xlsx "

    path = saved(filled(kind), tmp_path / "skema.xlsx", change)
    found = fetched(kind, path)
    assert found["fra"] == ["nord.xlsx", {"fil": "syd.xlsx", "ark": "Ark 1"}, "*.xlsx"]
    assert [row["id"] for row in found["rækker"]] == ["L1", "L2"]


def test_rows_from_other_files_are_counted_by_what_the_form_calls_their_list(kind: Kind, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        cell(book, "hent.lokaler").value = "center.xlsx"
        del book["Lokaler"], book["Nøgler"]

    path = saved(filled(kind), tmp_path / "skema.xlsx", change)
    saved(filled(kind), tmp_path / "center.xlsx", lambda book: None)
    request = Request(kind=kind.name, source=path, today=TODAY, folders=[tmp_path / "kinds"], cache=tmp_path / "cache")
    said = [message(one)[0] for one in check(request).diagnostics if one.code == "DG760"]
    assert [one.partition(":")[0] for one in said] == ['"Lokaler" har 2 rækker fra center.xlsx']


def test_a_list_may_stand_in_other_files_alone(kind: Kind, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        cell(book, "hent.lokaler").value = "syd.xlsx (Center Syd)"
        del book["Lokaler"], book["Nøgler"]

    path = saved(filled(kind), tmp_path / "skema.xlsx", change)
    assert fetched(kind, path) == {"fra": [{"fil": "syd.xlsx", "ark": "Center Syd"}]}
    broken = saved(
        filled(kind), tmp_path / "fejl.xlsx", lambda book: setattr(cell(book, "hent.lokaler"), "value", "=1")
    )
    assert [one.partition(":")[0] for one in told(broken, kind)] == ["fejl DG702"]


@pytest.mark.parametrize("suffix", [".xlsm", ".xltx"])
def test_a_form_may_have_been_saved_as_a_template(kind: Kind, tmp_path: Path, suffix: str) -> None:
    path = saved(filled(kind), tmp_path / f"skema{suffix}")
    assert [row["id"] for row in fetched(kind, path)] == ["L1", "L2"]
    assert mark(path.read_bytes(), path.name, [], "da").startswith(b"PK")


def test_what_a_whole_form_has_beside_the_list_that_is_taken_is_told(kind: Kind, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        cell(book, "hent.lokaler").value = "tredje.xlsx"

    saved(filled(kind), tmp_path / "hel.xlsx", change)
    saved(filled(kind), tmp_path / "del.xlsx", lambda book: below(book, "Navn").__setattr__("font", Font(strike=True)))
    source = tmp_path / "i.yaml"
    source.write_text("udlåner: Nyborg\nlåner: {navn: B}\nlokaler: {fra: [del.xlsx, hel.xlsx]}\n", encoding="utf-8")
    request = Request(
        kind=kind.name, source=source, today=TODAY, folders=[tmp_path / "kinds"], cache=tmp_path / "cache"
    )
    said = [as_text(one).split("\n")[0] for one in check(request).diagnostics]
    left = "Status, Dato, Udlåner, Låner: Navn, Låner: CVR-nummer, Sagsnummer, Begynder, Rabat …"
    assert f'advarsel DG790: fra hel.xlsx er kun "lokaler" taget med, ikke {left}' in said
    assert 'advarsel DG793: "Festsalen" er streget over, men læst med (C7)' in said
    third = 'rækkerne i en fil, der selv er hentet, kan ikke hentes fra en tredje ("Lokaler")'
    assert f"fejl DG771: {third}" in said


def test_a_form_with_nothing_but_the_list_leaves_nothing_out(kind: Kind, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for name in list(book.defined_names):
            if name.startswith("felt."):
                cell(book, name).value = None

    saved(filled(kind), tmp_path / "center.xlsx", change)
    source = tmp_path / "i.yaml"
    source.write_text("udlåner: Nyborg\nlåner: {navn: B}\nlokaler: {fra: center.xlsx}\n", encoding="utf-8")
    request = Request(
        kind=kind.name, source=source, today=TODAY, folders=[tmp_path / "kinds"], cache=tmp_path / "cache"
    )
    assert [one.code for one in check(request).diagnostics] == ["DG760"]


# --- rows that are none


def test_headings_that_were_pasted_along_are_no_row(read: Any) -> None:
    whole, _ = read(lambda _: None)

    def change(book: Any) -> None:
        sheet = book["Lokaler"]
        for one in sheet[HEADER][1:]:
            sheet.cell(HEADER + 3, one.column, str(one.value).upper())

    values, said = read(change)
    assert values == whole
    assert said == ["oplysning DG797: række 9 gentager overskrifterne i Lokaler og er ikke taget med @ Lokaler!B9"]


def test_a_row_with_the_words_of_one_heading_is_a_row(read: Any) -> None:
    def change(book: Any) -> None:
        below(book, "Nummer", HEADER + 3).value = "Nummer"
        below(book, "Navn", HEADER + 3).value = "Nummer og navn"

    values, said = read(change)
    assert [one["navn"] for one in values["lokaler"]] == ["Festsalen", "-Køkkenet", "Nummer og navn"]
    assert said == []


@pytest.mark.parametrize("sign", ["do.", '"', "-”-", " ditto "])
def test_a_ditto_mark_is_told(read: Any, sign: str) -> None:
    def change(book: Any) -> None:
        below(book, "Navn", HEADER + 2).value = sign

    values, said = read(change)
    assert values["lokaler"][1]["navn"] == sign.strip()
    assert said == [
        f'advarsel DG798: "{sign.strip()}" i "Navn" ligner et gentagelsestegn, men er læst, som det står @ Lokaler!C8'
    ]


def test_two_tables_may_stand_on_one_sheet(read: Any) -> None:
    whole = read(lambda _: None)

    def change(book: Any) -> None:
        lent, keys = book["Lokaler"], book["Nøgler"]
        table = keys.tables.pop("liste.lokaler.nøgler")
        for row in keys.iter_rows(min_row=HEADER, max_row=HEADER + 2):
            for one in row:
                lent.cell(one.row + 50, one.column, one.value)
        table.ref = f"A{HEADER + 50}:{table.ref.split(':')[1][0]}{HEADER + 60}"
        lent.add_table(table)
        del book["Nøgler"]

    assert read(change) == whole


def test_what_numbers_makes_of_a_form_is_read(read: Any) -> None:
    whole = read(lambda _: None)

    def change(book: Any) -> None:
        for name in list(book.defined_names):
            del book.defined_names[name]
        for sheet in book:
            for table in list(sheet.tables):
                del sheet.tables[table]
            sheet.sheet_state, sheet.title = "visible", f"{sheet.title} - Tabel 1"
        book.create_sheet("Eksportoversigt", 0)["B1"] = "Dette dokument blev eksporteret fra Numbers."

    values, said = read(change)
    assert values == whole[0]
    assert [one.partition(": ")[2] for one in said] == [
        'arket "Eksportoversigt" er ikke læst: ingen liste hedder sådan @ Eksportoversigt!A1'
    ]


def test_the_labels_need_not_stand_on_the_first_sheet(read: Any) -> None:
    def change(book: Any) -> None:
        for name in list(book.defined_names):
            del book.defined_names[name]
        book.create_sheet("Læs mig", 0)["A1"] = "Udfyldt af Bo"

    values, said = read(change)
    assert values["udlåner"].navn == "Nyborg"
    assert [one.partition(":")[0] for one in said] == ["advarsel DG704"]
