"""The Excel form of a kind: what a person sees in it, and that nothing in it can do harm."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from docgen.danish.quantities import Amount, Number, Percent
from docgen.forms.excel.cells import LONGEST_TEXT, put
from docgen.forms.excel.file import excel_bytes
from docgen.forms.excel.layout import layout
from docgen.forms.excel.writer import excel_form
from docgen.kinds.kind import find_kinds, load_kind
from docgen.kinds.model import Kind
from docgen.package import read_package
from docgen.sources.workbook import read_workbook
from tests.unit.forms.excel_samples import FIELDS, INPUT, checked, filled, kind_of, plain, saved, told, tree

TEMPLATES = Path(__file__).parents[3] / "templates"


@pytest.fixture
def kind(tmp_path: Path) -> Kind:
    return kind_of(tmp_path)


def front(workbook: Any) -> dict[str, tuple[Any, Any, Any]]:
    """Cell, help and example of the front sheet by the label before them."""
    rows = list(workbook["Oplysninger"].iter_rows(min_row=7, max_col=4))
    return {row[0].value: (row[1], row[2].value, row[3].value) for row in rows if row[0].value}


def validation(sheet: Any, cell: str) -> DataValidation:
    (found,) = [one for one in sheet.data_validations.dataValidation if cell in one.sqref]
    made: DataValidation = found
    return made


def test_the_front_sheet_says_what_to_do(kind: Kind) -> None:
    sheet = filled(kind)["Oplysninger"]
    assert [sheet.cell(row, 1).value for row in (3, 4)] == [
        "Skriv i de felter, der har en ramme. Gule felter med * skal udfyldes, og lysegule med (*) skal udfyldes i "
        "nogle tilfælde.",
        "Når skemaet er udfyldt og gemt, laver du dokumentet med: docgen udlaan skema.xlsx",
    ]


def test_the_front_sheet_has_every_single_field_in_its_order(kind: Kind) -> None:
    found = front(filled(kind))
    assert list(found) == [
        "Generelt",
        "Status",
        "Dato (*)",
        "Udlåner *",
        "Låner",
        "Navn *",
        "CVR-nummer",
        "Sagsnummer m.m.",
        "Sagsnummer",
        "Begynder",
        "Rabat",
        "Nøgle til",
        "Formål",
        "Modtagere",
        "Lister",
        "Lokaler *",
        "Nøgler",
    ]
    assert [found[label][0].value for label in ("Status", "Dato (*)", "Udlåner *", "Rabat", "Modtagere")] == [
        "Aftalt",
        datetime(2026, 9, 3),
        "Nyborg",
        0.125,
        "Teknik & Miljø\nByrådet",
    ]
    assert found["Status"][1:] == ("Udfyldes det ikke, bliver det u.", None)
    assert found["Dato (*)"][2] == "1. marts 2026"
    assert found["Låner"][1] == "Den forening, der låner."
    assert found["Formål"][1] == "En tom linje skiller afsnit, - foran en linje er et punkt, **ord** er fed."
    assert found["Lokaler *"][0].parent["A26"].hyperlink.location == "'Lokaler'!A1"


def test_only_the_cells_to_fill_in_are_unlocked(kind: Kind) -> None:
    workbook = filled(kind)
    sheet = workbook["Oplysninger"]
    areas = [area for name, area in workbook.defined_names.items() if name.startswith(("felt.", "hent."))]
    named = {area.attr_text.replace("$", "") for area in areas}
    unlocked = {f"Oplysninger!{cell.coordinate}" for row in sheet for cell in row if not cell.protection.locked}
    assert unlocked == named
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    assert not workbook["Lokaler"].protection.sheet  # or Excel would let no table grow


def test_a_list_is_a_table_on_its_own_sheet(kind: Kind) -> None:
    sheet = filled(kind)["Lokaler"]
    table = sheet.tables["liste.lokaler"]
    assert table.ref == "A6:K36"
    assert table.column_names == [
        "_id",
        "Nummer *",
        "Navn *",
        "Pladser",
        "Pris pr. gang",
        "Andel",
        "Lånes fra",
        "Stort lokale",
        "Ejer: Navn",
        "Ejer: CVR-nummer",
        "Udstyr",
    ]
    assert [cell.value for cell in sheet[7]] == [
        "1",
        "L1",
        "Festsalen",
        80,
        1250.5,
        0.6,
        datetime(2026, 3, 1),
        "ja",
        None,
        None,
        "borde\nstole",
    ]
    assert [cell.number_format for cell in sheet[7]] == [
        "@",
        "@",
        "@",
        "#,##0",
        "#,##0.00",
        "0.00%",
        "dd\\-mm\\-yyyy",
        "@",
        "@",
        "@",
        "@",
    ]
    assert (sheet["D4"].value, sheet["E4"].value) == (None, "=SUBTOTAL(109,E7:E1036)")
    assert (sheet["B5"].value, sheet["E5"].value) == ("fx L1", "fx 250,00")
    assert (sheet.freeze_panes, sheet.column_dimensions["A"].hidden, sheet.print_title_rows) == ("C7", True, "$6:$6")


def test_cells_say_what_they_take(kind: Kind) -> None:
    workbook = filled(kind)
    lists, keys = workbook["Lokaler"], workbook["Nøgler"]
    amount, yes, link = validation(lists, "E900"), validation(lists, "H8"), validation(keys, "B7")
    assert (amount.type, amount.errorStyle, amount.error) == ("decimal", "warning", "Skriv et beløb i kroner.")
    assert (amount.promptTitle, amount.prompt) == ("Pris pr. gang", "Eksempel: 250,00")
    assert validation(lists, "D8").error == "Skriv et tal på mindst 1."
    assert validation(lists, "F8").error == "Skriv en procent fra 0 pct. til 100 pct.".replace(" pct", "\u00a0pct")
    assert validation(lists, "G8").error == "Skriv en dato, fx 31-01-2026."
    assert (yes.formula1, yes.errorStyle, yes.error) == (
        "valg.ja_nej",
        "stop",
        "Det står ikke på listen. Vælg et af ordene.",
    )
    assert (link.formula1, link.prompt) == ("nøgle.lokaler", "Den række på arket Lokaler, som denne række hører til.")
    town = validation(
        workbook["Oplysninger"], workbook.defined_names["felt.udlåner"].attr_text.split("$", 1)[1].replace("$", "")
    )
    assert (town.formula1, town.errorStyle) == ("valg.kommuner", "warning")
    names = [cell.value for cell in next(workbook["lister"].iter_cols(2, 2))]
    assert (names[0], names[1], names[-1], len(names)) == ("valg.kommuner", "Albertslund", "Aarhus", 99)


def test_the_form_knows_what_it_is(kind: Kind) -> None:
    workbook = filled(kind)
    sheet = workbook["docgen"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[:2] for row in rows[1:5]] == [
        ["type", "udlaan"],
        ["titel", "Udlån"],
        ["version", "1.0"],
        ["formular", "1"],
    ]
    assert ["felt", "lokaler[].ejer.cvr", "Ejer: CVR-nummer"] in rows
    assert (sheet.sheet_state, workbook["lister"].sheet_state) == ("hidden", "hidden")


def test_the_same_form_has_the_same_bytes(kind: Kind) -> None:
    assert excel_form(kind, tree(INPUT)).data == excel_form(kind, tree(INPUT)).data


@pytest.mark.parametrize("text", ["=1+1", "+45 66", "-Køkkenet", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_no_text_becomes_a_formula(kind: Kind, text: str) -> None:
    written = INPUT.replace(
        '"=Åens Venner"', repr(text).replace("'", '"') if "'" not in text and '"' not in text else f"'{text}'"
    )
    form = excel_form(kind, tree(written.replace("Festsalen", f"'{text}'")))
    workbook = openpyxl.load_workbook(io.BytesIO(form.data))
    cells = [front(workbook)["Navn *"][0], workbook["Lokaler"]["C7"]]
    assert [(cell.value.strip(), cell.data_type) for cell in cells] == [(text.strip(), "s")] * 2
    assert cells[0].quotePrefix
    assert "<f>" not in read_package(form.data, "x").data("xl/worksheets/sheet1.xml").decode()


def test_what_no_cell_can_hold_is_told(tmp_path: Path) -> None:
    kind = kind_of(tmp_path, FIELDS + "afsnit: {formål: {}}\n")
    given = (
        'opsætning: {overskrifter: {formål: "to\\nlinjer"}, udelad: [formål]}\nukendt: 1\npris_i_alt: 4\n'
        f'formål: {"x" * (LONGEST_TEXT + 1)}\nmodtagere: ["en\\nto", tre]\nsagsnr: 1'
    )
    form = excel_form(kind, tree(given))
    assert [(one.code, one.path) for one in form.warnings] == [
        ("DG721", "opsætning.overskrifter"),
        ("DG721", "ukendt"),
        ("DG721", "pris_i_alt"),
        ("DG722", "formål"),
        ("DG721", "modtagere"),
    ]


def test_a_list_of_which_every_line_begins_with_a_dash_is_told(kind: Kind) -> None:
    form = excel_form(kind, tree('modtagere: ["- en", "- to"]\nlokaler: [{id: a, navn: b, udstyr: ["- en", to]}]'))
    assert [(one.code, one.path) for one in form.warnings] == [("DG721", "modtagere")]


SHEETS = """
type: {titel: Møde}
typer:
  punkt:
    titel: {type: tekst}
    afstemning: {type: gruppe, af: afstemning}
    forslag: {type: liste, af: forslag, etiket: Ændringsforslag}
    data: {type: liste, af: kvote, etiket: Data og arkiver fra afdelingen}
    pligt: {type: liste, af: kvote, etiket: Rettighedernes dele}
  forslag: {tekst: {type: tekst}, afstemning: {type: gruppe, af: afstemning}}
  afstemning: {for: {type: liste, af: stemme, etiket: For}}
  stemme: {navn: {type: tekst}, antal: {type: tal}}
  kvote: {a: {type: tekst}, fordeling: {type: liste, af: stemme, etiket: Fordeling på opgaver}}
felter:
  punkter: {type: liste, af: punkt, etiket: Punkter}
"""


def test_names_of_sheets_say_what_is_on_them(tmp_path: Path) -> None:
    names = [one.sheet for one in layout(kind_of(tmp_path, SHEETS)).lists.values()]
    assert names == [
        "Punkter",
        "Afstemning - For",
        "Ændringsforslag",
        "Ændringsforslag - For",
        "Data og arkiver fra afdelingen",
        "Data og arkiver - opgaver",
        "Rettighedernes dele",
        "Rettighedernes dele - opgaver",
    ]


def test_the_arrangement_of_sections_has_its_cells(tmp_path: Path) -> None:
    kind = kind_of(tmp_path, FIELDS + "afsnit: {formål: {}, lokaler: {}}\n")
    form = filled(kind, INPUT + 'opsætning: {overskrifter: {formål: "Mål: hvad", lokaler: Rum}, udelad: [formål]}\n')
    found = front(form)
    assert found["Overskrifter"][0].value == "formål: Mål: hvad\nlokaler: Rum"
    path = saved(form, tmp_path / "skema.xlsx")
    values: Any = plain(checked(path, kind)[0].record.values)
    assert values["opsætning"]["overskrifter"] == {"formål": "Mål: hvad", "lokaler": "Rum"}
    assert values["opsætning"]["udelad"] == ["formål"]
    found["Overskrifter"][0].value = "formål"
    assert told(saved(form, path), kind) == [
        'fejl DG723: linjen "formål" skal være et navn, et kolon og en tekst @ Oplysninger!B27'
    ]


def test_refused_values_stand_as_they_were_written(kind: Kind) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(excel_form(kind, tree("dato: 32-1-2026\nudlåner: Nyborrg")).data))
    assert [front(workbook)[label][0].value for label in ("Dato (*)", "Udlåner *")] == ["32-1-2026", "Nyborrg"]


@pytest.mark.parametrize("name", sorted(find_kinds([TEMPLATES])))
def test_every_kind_has_a_form_that_excel_can_open(name: str) -> None:
    kind = load_kind(name, [TEMPLATES])
    data = excel_form(kind).data
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    names = [*workbook.defined_names, *(table for sheet in workbook for table in sheet.tables)]
    assert len(names) == len({one.casefold() for one in names})
    for sheet in workbook:
        assert len(sheet.title) <= 31
        for table in sheet.tables.values():
            headings = [one.casefold() for one in table.column_names]
            assert len(headings) == len(set(headings))
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.prompt or "") <= 255 and len(rule.promptTitle or "") <= 32 and len(rule.error or "") <= 225
    raw = read_workbook(data, "skema.xlsx")
    assert set(raw.tables) == {one for one in names if one.startswith("liste.")}


def test_profiles_are_to_choose_from(tmp_path: Path) -> None:
    folder = tmp_path / "udlaan" / "profiler"
    folder.mkdir(parents=True)
    (folder / "sommer.yaml").write_text("beskrivelse: Lån i sommerferien\n", encoding="utf-8")
    workbook = filled(kind_of(tmp_path), INPUT + "profil: sommer\n")
    cell, told, _ = front(workbook)["Profil"]
    assert (cell.value, told) == ("sommer", "Jeres egne standarder: sommer: Lån i sommerferien")
    assert validation(workbook["Oplysninger"], cell.coordinate).formula1 == "valg.profil"


@pytest.mark.parametrize(
    ("value", "held", "form"),
    [
        (Amount(Decimal("1234.50")), 1234.5, "#,##0.00"),
        (Percent(Decimal("12.5")), 0.125, "0.0%"),
        (Percent(75), 0.75, "0%"),
        (Number(1250), 1250, "#,##0"),
        (Number(Decimal("1.125")), 1.125, "#,##0.000"),
        (Amount(Decimal("12345678901234567.89")), "12.345.678.901.234.567,89 kr.".replace(" ", "\u00a0"), "@"),
        (date(2026, 12, 31), datetime(2026, 12, 31), "dd\\-mm\\-yyyy"),
        (date(1899, 1, 1), "1. januar 1899".replace(". ", ".\u00a0"), "@"),
        (True, "ja", "@"),
        (["Nyborg", "Odense"], "Nyborg og Odense", "@"),
        ("_x0041_", "_x005F_x0041_", "@"),
        ("bel\x07l", "bel_x0007_l", "@"),
        (None, None, "General"),
    ],
)
def test_a_value_is_written_typed(value: object, held: object, form: str) -> None:
    workbook = openpyxl.Workbook()
    put(workbook.worksheets[0]["A1"], value)
    cell = openpyxl.load_workbook(io.BytesIO(excel_bytes(workbook)))["Sheet"]["A1"]
    assert (cell.value, cell.number_format) == (held, form)
