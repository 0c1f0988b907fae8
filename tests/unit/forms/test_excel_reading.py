"""What people do to a form, and what is said of it: nothing is lost or misread in silence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.table import Table

from docgen.catalog import as_text, message
from docgen.danish.quantities import Amount, Percent
from docgen.diagnostics import DocgenError
from docgen.forms.excel.reader import read_excel
from docgen.forms.excel.writer import excel_form
from docgen.kinds.model import Kind
from docgen.kinds.validate import validate
from tests.unit.forms.excel_samples import FIELDS, INPUT, TODAY, checked, filled, kind_of, plain, saved, told, tree

HEADER = 6
Change = Callable[[Any], None]


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


def column(sheet: Any, heading: str) -> str:
    """The letter of a column by its heading."""
    return next(cell.column_letter for cell in sheet[HEADER] if str(cell.value or "").removesuffix(" *") == heading)


def put(workbook: Any, heading: str, value: object, row: int = HEADER + 1, sheet: str = "Lokaler") -> Any:
    cell = workbook[sheet][f"{column(workbook[sheet], heading)}{row}"]
    cell.value = value
    return cell


def single(workbook: Any, path: str) -> Any:
    area = workbook.defined_names[f"felt.{path}"].attr_text
    return workbook["Oplysninger"][area.partition("!")[2].replace("$", "")]


def test_a_filled_form_reads_as_the_input(kind: Kind, read: Any) -> None:
    values, said = read(lambda _: None)
    assert said == []
    expected = validate(tree(INPUT), kind, profile=None, today=TODAY).record.values
    assert values == plain(expected)


def test_rows_are_sorted_and_lie_apart(read: Any) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Lokaler"]
        last = sheet.max_column
        first, second = ([sheet.cell(row, at).value for at in range(1, last + 1)] for row in (7, 8))
        for at in range(1, last + 1):
            sheet.cell(9, at).value, sheet.cell(7, at).value, sheet.cell(8, at).value = (
                first[at - 1],
                second[at - 1],
                None,
            )

    values, said = read(change)
    assert said == []
    assert [one["id"] for one in values["lokaler"]] == ["L2", "L1"]
    assert [one["nr"] for one in values["lokaler"][0]["nøgler"]] == ["0017", "18"]


def test_columns_have_changed_places_and_spelling(read: Any) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Lokaler"]
        left, right = column(sheet, "Pris pr. gang"), column(sheet, "Navn")
        for row in range(HEADER, 10):
            one, other = sheet[f"{left}{row}"], sheet[f"{right}{row}"]
            one.value, other.value = other.value, one.value
        sheet[f"{left}{HEADER}"] = "RUM\u00a0"
        sheet[f"{right}{HEADER}"] = "pris pr gang (kr.)"
        sheet[f"{column(sheet, 'Ejer: CVR-nummer')}{HEADER}"] = "ejer.cvr"

    values, said = read(change)
    assert said == []
    assert [(one["navn"], one["pris"]) for one in values["lokaler"]] == [
        ("Festsalen", Amount(Decimal("1250.50"))),
        ("-Køkkenet", Amount(Decimal(100))),
    ]
    assert values["lokaler"][1]["ejer"]["cvr"] == "29189846"


def test_numbers_and_dates_are_texts(read: Any) -> None:
    def change(workbook: Any) -> None:
        put(workbook, "Pris pr. gang", "1.234,50 kr.")
        put(workbook, "Andel", "50 %")
        put(workbook, "Lånes fra", "31. januar 2026")
        put(workbook, "Stort lokale", "X")
        put(workbook, "Pladser", "1.200")
        single(workbook, "dato").value = "3.9.2026"

    values, said = read(change)
    first = values["lokaler"][0]
    assert said == []
    assert (first["pris"], first["andel"], first["pladser"].value) == (Amount(Decimal("1234.50")), Percent(50), 1200)
    assert (first["fra"], first["stort"], values["dato"]) == (date(2026, 1, 31), True, date(2026, 9, 3))


@pytest.mark.parametrize(
    ("value", "form", "meant", "said"),
    [
        (0.5, "0.00%", Percent(50), []),
        (1, "0%", Percent(100), []),
        (50, "General", Percent(50), []),
        ("50", "@", Percent(50), []),
        ("50 pct.", "@", Percent(50), []),
        ("0,5 %", "@", Percent(Decimal("0.5")), []),
        (0, "General", Percent(0), []),
        (0.5, "General", Percent(50), ['advarsel DG720: "Andel": 0,5 uden procenttegn er læst som 50 pct.']),
        ("0,25", "@", Percent(25), ['advarsel DG720: "Andel": 0,25 uden procenttegn er læst som 25 pct.']),
        (1, "General", Percent(1), ['advarsel DG720: "Andel": 1 uden procenttegn er læst som 1 pct.']),
    ],
)
def test_percentages(read: Any, value: object, form: str, meant: Percent, said: list[str]) -> None:
    def change(workbook: Any) -> None:
        put(workbook, "Andel", value).number_format = form

    values, found = read(change)
    assert values["lokaler"][0]["andel"] == meant
    assert [one.partition(" @")[0].replace("\u00a0", " ") for one in found] == said


@pytest.mark.parametrize(
    ("value", "meant"), [(True, True), (False, False), ("SAND", True), ("Nej", False), ("x", True)]
)
def test_yes_and_no(read: Any, value: object, meant: bool) -> None:
    values, said = read(lambda workbook: put(workbook, "Stort lokale", value))
    assert (values["lokaler"][0]["stort"], said) == (meant, [])


def test_what_excel_made_of_texts_is_told(read: Any) -> None:
    def change(workbook: Any) -> None:
        put(workbook, "Navn", datetime(2026, 5, 1)).number_format = "d/m/yyyy"
        put(workbook, "Nøglenummer", 1234567890123456789, sheet="Nøgler")
        single(workbook, "start").value = time(9, 30)
        single(workbook, "start").number_format = "hh:mm"

    values, said = read(change)
    assert values["start"] == time(9, 30)
    assert said == [
        'advarsel DG718: Excel har gjort teksten i "Navn" til en dato; den er læst som "1.5.2026" @ Lokaler!C7',
        'advarsel DG719: tallet i "Nøglenummer" har flere cifre, end Excel kan huske; det er læst som '
        '"1234567890123460000" @ Nøgler!C7',
    ]


def test_formulas_and_errors_are_told_by_cell(read: Any) -> None:
    def change(workbook: Any) -> None:
        put(workbook, "Pris pr. gang", "=1+1")
        put(workbook, "Pris pr. gang", "#N/A", HEADER + 2).data_type = "e"
        single(workbook, "dato").value = "=TODAY()"

    _, said = read(change)
    assert said == [
        "fejl DG702: cellen har en formel, som ikke er regnet ud @ Oplysninger!B10",
        "fejl DG702: cellen har en formel, som ikke er regnet ud @ Lokaler!E7",
        "fejl DG701: cellen viser #I/T, så værdien kan ikke læses @ Lokaler!E8",
        'fejl DG201: "Dato" mangler @ Oplysninger!B10',
    ]


def test_what_stands_beside_the_fields_is_told(read: Any) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Lokaler"]
        put(workbook, "Nummer", "L3", 60)
        sheet["R7"], sheet["S9"], sheet["D2"] = "husk nøglen", 12, "fra Bo"
        workbook["Oplysninger"]["F3"] = "Ring til Bo"
        workbook.create_sheet("Noter")["B2"] = "et ark for sig"

    values, said = read(change)
    assert len(values["lokaler"]) == 2
    assert said == [
        'advarsel DG705: "Ring til Bo" er ikke læst: det står uden for felterne (F3) @ Oplysninger!F3',
        'advarsel DG705: "fra Bo" er ikke læst: det står over tabellen (D2) @ Lokaler!D2',
        'advarsel DG705: "husk nøglen" er ikke læst: det står ved siden af tabellen (R7, S9) @ Lokaler!R7',
        'advarsel DG705: "L3" er ikke læst: det står under tabellen (B60) @ Lokaler!B60',
        'advarsel DG704: arket "Noter" er ikke læst: ingen liste hedder sådan @ Noter!A1',
    ]


def test_a_column_that_no_field_has_is_told(read: Any) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Lokaler"]
        sheet.cell(HEADER, 12, "Etage")
        sheet.cell(7, 12, "1. sal")
        put(workbook, "Udstyr", "Udstyrt", HEADER)

    values, said = read(change)
    assert values["lokaler"][0]["udstyr"] == []
    assert said == [
        'advarsel DG703: kolonnen "Udstyrt" i Lokaler er ikke læst: intet felt hedder sådan @ Lokaler!K6',
        'advarsel DG703: kolonnen "Etage" i Lokaler er ikke læst: intet felt hedder sådan @ Lokaler!L6',
    ]


def test_rows_directly_below_the_table_belong_to_it(read: Any) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Lokaler"]
        sheet.tables["liste.lokaler"].ref = f"A{HEADER}:{column(sheet, 'Udstyr')}8"
        put(workbook, "Nummer", "L3", 9)
        put(workbook, "Navn", "Loftet", 9)

    values, said = read(change)
    assert [one["navn"] for one in values["lokaler"]] == ["Festsalen", "-Køkkenet", "Loftet"]
    assert said == ["advarsel DG706: 1 række lige under tabellen Lokaler er læst med @ Lokaler!B9"]


def test_rows_below_a_gap_are_a_fault(read: Any) -> None:
    def change(workbook: Any) -> None:
        for row, texts in ((50, ("L3", "Loftet")), (52, ("L4", "Kælderen")), (54, ("Set af Bo", None))):
            put(workbook, "Nummer", texts[0], row)
            put(workbook, "Navn", texts[1], row)
        put(workbook, "Nummer", "I alt", 56)
        put(workbook, "Pris pr. gang", 700, 56)

    values, said = read(change)
    assert len(values["lokaler"]) == 2
    assert said == [
        "fejl DG729: 2 rækker i Lokaler står for sig selv under tabellen og er ikke læst (50, 52) @ Lokaler!B50",
        'advarsel DG705: "Set af Bo" er ikke læst: det står under tabellen (B54, B56, E56) @ Lokaler!B54',
    ]


def test_a_row_of_totals_is_no_row(read: Any) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Lokaler"]
        sheet.tables["liste.lokaler"].ref = f"A{HEADER}:{column(sheet, 'Udstyr')}8"
        put(workbook, "Nummer", "I alt", 9)
        put(workbook, "Pris pr. gang", "=SUM(E7:E8)", 9)

    values, said = read(change)
    assert len(values["lokaler"]) == 2
    assert said == ['advarsel DG705: "I alt" er ikke læst: det står under tabellen (B9, E9) @ Lokaler!B9']


def test_hidden_and_merged_cells_are_told(read: Any) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Lokaler"]
        sheet.row_dimensions[8].hidden = True
        sheet.column_dimensions[column(sheet, "Pladser")].hidden = True
        sheet.merge_cells("H7:H8")
        workbook["Nøgler"].sheet_state = "hidden"

    values, said = read(change)
    assert len(values["lokaler"]) == 2
    assert said == [
        "advarsel DG707: Lokaler har skjulte rækker, som er læst med: 8 @ Lokaler!B8",
        'advarsel DG727: kolonnen "Pladser" i Lokaler er skjult, men læst med @ Lokaler!D6',
        "advarsel DG708: cellerne H7:H8 er flettet, og kun den øverste til venstre har en værdi @ Lokaler!H7",
        'advarsel DG728: arket "Nøgler" er skjult, men læst med som Nøgler @ Nøgler!A1',
    ]


def test_rows_of_nested_lists_name_their_element(read: Any) -> None:
    def change(workbook: Any) -> None:
        for row, (owner, number) in enumerate((("L9", "1"), (None, "2"), ("L1", "3")), HEADER + 1):
            put(workbook, "Lokaler: Nummer", owner, row, "Nøgler")
            put(workbook, "Nøglenummer", number, row, "Nøgler")

    values, said = read(change)
    assert [[key["nr"] for key in one["nøgler"]] for one in values["lokaler"]] == [["3"], []]
    assert said == [
        'fejl DG712: "L9" er ikke en udfyldt række på arket "Lokaler" @ Nøgler!B7',
        'fejl DG713: det fremgår ikke, hvilken række på arket "Lokaler" rækken hører til @ Nøgler!B8',
    ]


def test_two_elements_with_one_number_own_no_rows(read: Any) -> None:
    _, said = read(lambda workbook: put(workbook, "Nummer", "L2"))
    assert [one.partition(":")[0] for one in said] == ["fejl DG717", "fejl DG717", "fejl DG251"]


def test_headings_that_leave_a_list_unclear_stop_the_reading(kind: Kind, tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        put(workbook, "Navn", "Nummer", HEADER)
        put(workbook, "Lokaler: Nummer", "Noget", HEADER, "Nøgler")

    path = saved(filled(kind), tmp_path / "skema.xlsx", change)
    with pytest.raises(DocgenError) as caught:
        read_excel(path, "", [], lambda _: kind)
    assert [as_text(one).split("\n")[0] for one in caught.value.diagnostics] == [
        'fejl DG710: "Nummer" er det samme felt som "Nummer *" i B6',
        'fejl DG711: kolonnen "Navn" mangler i Lokaler',
        'advarsel DG703: kolonnen "Noget" i Nøgler er ikke læst: intet felt hedder sådan',
        'fejl DG711: kolonnen "Lokaler: Nummer" mangler i Nøgler',
    ]


def test_what_is_missing_is_told_at_its_cell(read: Any) -> None:
    def change(workbook: Any) -> None:
        single(workbook, "udlåner").value = None
        single(workbook, "låner.navn").value = single(workbook, "låner.cvr").value = None
        put(workbook, "Navn", None)

    _, said = read(change)
    assert said == [
        'fejl DG201: "Udlåner" mangler @ Oplysninger!B11',
        'fejl DG202: "Låner" mangler @ Oplysninger!B14',
        'fejl DG202: "Navn" mangler @ Lokaler!C7',
    ]


def test_an_older_form_says_what_has_changed(kind: Kind, tmp_path: Path) -> None:
    path = saved(filled(kind, INPUT.replace('"12,5"', "50")), tmp_path / "skema.xlsx")
    newer = (
        FIELDS.replace('"1.0"', '"2.0"')
        .replace("rabat: {type: procent, etiket: Rabat}", "gebyr: {type: tal}")
        .replace("navn: {type: tekst, kort", "rum: {type: tekst, kort")
    )
    newer = newer.replace("alias: [rum]", "alias: [navn]").replace("sagsnr: {", "journalnr: {alias: [sagsnr], ")
    validation, said = checked(path, kind_of(tmp_path / "newer", newer))
    assert [as_text(one) for one in said] == [
        'advarsel DG715: Udlån er ændret fra version "1.0" til "2.0", siden skemaet blev lavet; nye felter: Gebyr; '
        f"felter, der er væk: Rabat; nye navne: sagsnr → journalnr, lokaler[].navn → lokaler[].rum\n"
        f"  {path.as_posix()}\n"
        "  hjælp: et nyt skema med de samme oplysninger: docgen skema udlaan --fra FIL.xlsx -o NY.xlsx",
        f'advarsel DG714: feltet "rabat" findes ikke i Udlån, så "50 %" er ikke læst\n'
        f"  {path.as_posix()}, Oplysninger!B20\n"
        "  hjælp: vælg mellem Status, Dato, Udlåner, Låner: Navn, Låner: CVR-nummer, "
        "Sagsnummer, Begynder, Gebyr, Lokaler, Nøgle til, Formål, Modtagere",
    ]
    assert validation.record.values["journalnr"] == "26/10482"
    assert [one["rum"] for one in plain(validation.record.values)["lokaler"]] == ["Festsalen", "-Køkkenet"]  # type: ignore


def test_new_fields_alone_are_no_reason_to_worry(kind: Kind, tmp_path: Path) -> None:
    path = saved(filled(kind), tmp_path / "skema.xlsx")
    newer = kind_of(tmp_path / "newer", FIELDS.replace("rabat:", "gebyr: {type: tal}\n  rabat:"))
    assert told(path, newer) == [
        "oplysning DG715: Udlån er ændret, siden skemaet blev lavet; nye felter: Gebyr @ " + path.as_posix()
    ]


def test_a_form_of_another_kind_is_refused(kind: Kind, tmp_path: Path) -> None:
    path = saved(filled(kind), tmp_path / "skema.xlsx")
    with pytest.raises(DocgenError) as caught:
        read_excel(path, "andet", [], lambda _: kind._replace(name="andet", title="Noget andet"))
    assert (
        as_text(caught.value.diagnostics[0]).split("\n")[0]
        == "fejl DG716: skemaet er til Udlån og ikke til Noget andet"
    )


def by_hand() -> Any:
    workbook = openpyxl.Workbook()
    front = workbook.active
    front.title = "Aftalen"
    rows: tuple[tuple[object, ...], ...] = (
        ("Udlån af lokaler",),
        ("status", "Aftalt"),
        ("DATO:", date(2026, 9, 3)),
        ("Udlåner", "Nyborg Kommune"),
        ("Låner",),
        ("Navn", "Åens Venner"),
        ("CVR nummer", 29190909),
        ("Sagsnummer", "26/10482", "fra arkivet"),
        ("Formaal", "Foredrag"),
        ("Farve", "rød"),
    )
    for row in rows:
        front.append(row)
    lists = workbook.create_sheet("lokaler")
    for line in (
        (),
        ("Her er lokalerne",),
        ("Nummer", "Navn", "Pris pr. gang"),
        ("L1", "Festsalen", "1.250,50"),
        ("L2", "Loftet", 12),
    ):
        lists.append(line)
    keys = workbook.create_sheet("Nøgler")
    for line in (("Lokale", "Nøglenummer"), ("L2", 17)):
        keys.append(line)
    return workbook


def test_a_workbook_made_by_hand(kind: Kind, tmp_path: Path) -> None:
    path = saved(by_hand(), tmp_path / "hånd.xlsx", lambda book: book["Nøgler"].cell(1, 1, "Lokaler"))
    validation, _ = checked(path, kind)
    values: Any = plain(validation.record.values)
    assert told(path, kind) == [
        'advarsel DG724: "Farve" er ikke et felt i Udlån, så værdien ved siden af er ikke læst @ Aftalen!A10',
        'advarsel DG705: "fra arkivet" er ikke læst: det står uden for felterne (C8) @ Aftalen!C8',
    ]
    assert (values["låner"], values["formål"]) == ({"navn": "Åens Venner", "cvr": "29190909"}, "Foredrag")
    assert [(one["navn"], [key["nr"] for key in one["nøgler"]]) for one in values["lokaler"]] == [
        ("Festsalen", []),
        ("Loftet", ["17"]),
    ]


@pytest.mark.parametrize(
    "headings",
    [("Dato", "Formål", "Nøgle"), ("id", "Sagsnummer", "Låner: Navn", "Lokaler: Navn"), ("dato", "lokaler[1].navn")],
)
def test_a_row_for_each_document_is_made_with_flet(headings: tuple[str, ...], kind: Kind, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].title = "Lån"
    for row in (("Alle lån",), (), headings, ("x",) * len(headings)):
        workbook.worksheets[0].append(row)
    with pytest.raises(DocgenError) as caught:
        read_excel(saved(workbook, tmp_path / "lån.xlsx"), "udlaan", [], lambda _: kind)
    (found,) = caught.value.diagnostics
    assert as_text(found).replace(f"{tmp_path.as_posix()}/", "") == (
        "fejl DG833: lån.xlsx er ikke ét skema: her begynder en liste med en række for hvert dokument\n"
        "  lån.xlsx, Lån!A3\n"
        '  hjælp: lav dokumenterne med: docgen flet udlaan "lån.xlsx" (med --tjek finder den kun fejl og skriver intet)'
    )


def test_two_labels_beside_one_another_do_not_make_a_list(kind: Kind, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for row in (("Formål", "Dato"), ("Sagsnummer", "26/1"), ("Dato", "3.9.2026")):
        workbook.worksheets[0].append(row)
    validation, _ = checked(saved(workbook, tmp_path / "a.xlsx"), kind)
    assert plain(validation.record.values)["formål"] == "Dato"


def test_a_label_of_two_groups_is_not_guessed(tmp_path: Path) -> None:
    kind = kind_of(
        tmp_path / "kinds", FIELDS.replace("  sagsnr:", "  ejer: {type: gruppe, felter: {cvr: {type: cvr}}}\n  sagsnr:")
    )
    path = saved(by_hand(), tmp_path / "hånd.xlsx", lambda book: book["Aftalen"].delete_rows(5, 1))
    path = saved(openpyxl.load_workbook(path), path, lambda book: book["Aftalen"].cell(6, 1, "CVR"))
    with pytest.raises(DocgenError) as caught:
        read_excel(path, "udlaan", [], lambda _: kind)
    said = [as_text(one).split("\n")[0] for one in caught.value.diagnostics]
    assert 'fejl DG709: overskriften "CVR" kan være flere felter: "Låner: CVR-nummer", "Ejer: Cvr"' in said


def test_a_table_of_ones_own_is_found_by_its_sheet(kind: Kind, tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        workbook["Nøgler"].cell(1, 1, "Lokaler")
        workbook["lokaler"].add_table(Table(displayName="Tabel1", ref="A3:C5"))

    path = saved(by_hand(), tmp_path / "hånd.xlsx", change)
    assert [one["navn"] for one in plain(checked(path, kind)[0].record.values)["lokaler"]] == ["Festsalen", "Loftet"]  # type: ignore


def test_a_workbook_without_any_field(kind: Kind, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "Indkøbsseddel"  # type: ignore[index]
    path = saved(workbook, tmp_path / "tom.xlsx")
    with pytest.raises(DocgenError) as caught:
        read_excel(path, "udlaan", [], lambda _: kind)
    assert as_text(caught.value.diagnostics[0]) == (
        f"fejl DG725: regnearket har ingen af felterne i Udlån\n  {path.as_posix()}\n"
        "  hjælp: lav et skema med: docgen skema udlaan -o skema.xlsx"
    )


def test_a_table_made_into_plain_cells_is_found_by_its_sheet(read: Any) -> None:
    def change(workbook: Any) -> None:
        del workbook["Lokaler"].tables["liste.lokaler"]

    values, said = read(change)
    assert [one["id"] for one in values["lokaler"]] == ["L1", "L2"]
    assert said == []


def test_a_form_is_made_from_an_older_one(kind: Kind, tmp_path: Path) -> None:
    path = saved(filled(kind), tmp_path / "skema.xlsx", lambda book: put(book, "Andel", 0.5))
    put(workbook := openpyxl.load_workbook(path), "Andel", 0.5).number_format = "General"
    _, reading = read_excel(saved(workbook, path), "", [], lambda _: kind)
    form = excel_form(kind, reading.root)
    assert [one.code for one in form.warnings] == ["DG720"]
    path.write_bytes(form.data)
    values: Any = plain(checked(path, kind)[0].record.values)
    expected: Any = plain(validate(tree(INPUT), kind, profile=None, today=TODAY).record.values)
    expected["lokaler"][0]["andel"] = Percent(50)
    assert (values, told(path, kind)) == (expected, [])


rows = st.integers(HEADER + 1, 45) | st.sampled_from([1, 2, 3, 5])  # not the headings, nor the totals above them
spots = st.tuples(st.sampled_from(["Lokaler", "Nøgler"]), rows, st.integers(2, 15)) | st.tuples(
    st.just("Oplysninger"), st.integers(1, 40), st.integers(1, 6)
)


@cache
def lending() -> Kind:
    return kind_of(Path(mkdtemp()))


@settings(deadline=None, max_examples=12)
@given(cells=st.dictionaries(spots, st.sampled_from(["tekst", "tal", "formel", "fejl"]), min_size=1, max_size=5))
def test_whatever_is_written_is_read_or_told(cells: dict[tuple[str, int, int], str]) -> None:
    workbook = filled(lending())
    for number, ((sheet, row, at), what) in enumerate(cells.items()):
        cell = workbook[sheet].cell(row, at)
        cell.value = {"tekst": f"mærke{number}", "tal": 770000 + number, "formel": "=1+1", "fejl": "#REF!"}[what]
    path = saved(workbook, Path(mkdtemp()) / "skema.xlsx")
    try:
        validation, findings = checked(path, lending())
    except DocgenError as fault:
        findings, values = list(fault.diagnostics), ""
    else:
        values = repr(plain(validation.record.values))
    said = " ".join(f"{one.place} {one.values} " for one in findings)
    for number, ((sheet, row, at), what) in enumerate(cells.items()):
        name = workbook[sheet].cell(row, at).coordinate  # or another cell of the row, when the row is refused
        day = repr(date(1899, 12, 30) + timedelta(770000 + number)).removeprefix("datetime.")  # in a cell for dates
        marks = [f"mærke{number}"] if what == "tekst" else [str(770000 + number), day]
        assert any(mark in values for mark in marks) or re.search(rf"\b{name}\b|cell='[A-Z]+{row}'", said), (
            sheet,
            name,
            what,
            said,
        )
    path.unlink()
    path.parent.rmdir()


def test_an_unreadable_cell_names_no_row(read: Any) -> None:
    def change(workbook: Any) -> None:
        for sheet, cell in (("Lokaler", put(workbook, "Nummer", "#REF!", 8).coordinate), ("Nøgler", "B7")):
            workbook[sheet][cell].value, workbook[sheet][cell].data_type = "#REF!", "e"
        single(workbook, "nøgle_til").value = None

    _, said = read(change)
    assert "fejl DG701: cellen viser #REFERENCE!, så værdien kan ikke læses @ Nøgler!B7" in said
    assert 'fejl DG712: "L2" er ikke en udfyldt række på arket "Lokaler" @ Nøgler!B8' in said
    assert not any("#REFERENCE!" in one and "DG701" not in one for one in said)


def test_a_truth_value_in_the_place_of_a_text_is_told(read: Any) -> None:
    values, said = read(lambda workbook: put(workbook, "Navn", True))
    assert values["lokaler"][0]["navn"] == "ja"
    assert said == ['advarsel DG700: i "Navn" står SAND eller FALSK, som er læst som "ja" @ Lokaler!C7']


def test_a_typed_row_of_sums_is_no_row(read: Any) -> None:
    def change(workbook: Any) -> None:
        put(workbook, "Navn", "I alt:", 9)
        put(workbook, "Pris pr. gang", 1350.5, 9)

    values, said = read(change)
    assert [one["id"] for one in values["lokaler"]] == ["L1", "L2"]
    assert said == ['oplysning DG775: rækken "I alt:" ser ud til at være en sum og er ikke taget med @ Lokaler!C9']


def test_a_bullet_before_every_line_is_no_part_of_the_text(read: Any) -> None:
    values, said = read(lambda workbook: put(workbook, "Udstyr", "- borde\n\n- stole med - i", 7))
    assert (values["lokaler"][0]["udstyr"], said) == (["borde", "stole med - i"], [])
    values, _ = read(lambda workbook: put(workbook, "Udstyr", "- borde\nstole", 7))
    assert values["lokaler"][0]["udstyr"] == ["- borde", "stole"]


def test_cells_of_the_front_sheet_that_nobody_sees_are_told(read: Any) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Oplysninger"]
        sheet.sheet_state = "hidden"
        sheet.row_dimensions[single(workbook, "udlåner").row].hidden = True

    _, said = read(change)
    assert said == [
        'advarsel DG728: arket "Oplysninger" er skjult, men læst med som Oplysninger @ Oplysninger!A1',
        "advarsel DG707: Oplysninger har skjulte rækker, som er læst med: 11 @ Oplysninger!B11",
    ]


def test_merged_cells_are_named_whole_and_only_where_something_stands(read: Any) -> None:
    def change(workbook: Any) -> None:
        workbook["Oplysninger"].merge_cells("A11:B11")
        workbook["Lokaler"].merge_cells("C20:E20")

    _, said = read(change)
    assert said == [
        "advarsel DG708: cellerne A11:B11 er flettet, og kun den øverste til venstre har en værdi @ Oplysninger!B11",
        'fejl DG201: "Udlåner" mangler @ Oplysninger!B11',
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Lokaler (2)", 'skal det med, så flyt det til arket "Lokaler"; skal det ikke, så slet arket'),
        ("Oplysninger (2)", 'skal det med, så flyt det til arket "Oplysninger"; skal det ikke, så slet arket'),
        ("Ark1", "skal det med, så flyt det til et af skemaets ark; skal det ikke, så slet arket"),
    ],
)
def test_a_sheet_that_is_not_read_has_a_way_home(kind: Kind, tmp_path: Path, name: str, hint: str) -> None:
    def change(workbook: Any) -> None:
        workbook.create_sheet(name)["A1"] = "noget"

    findings = checked(saved(filled(kind), tmp_path / "skema.xlsx", change), kind)[1]
    assert [as_text(one).split("hjælp: ")[1] for one in findings] == [hint]


def test_a_missing_column_is_told_where_it_can_be_seen(kind: Kind, tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        workbook["Lokaler"][f"{column(workbook['Lokaler'], 'Navn')}{HEADER}"].value = "Hvad"

    with pytest.raises(DocgenError) as caught:
        read_excel(saved(filled(kind), tmp_path / "skema.xlsx", change), "", [], lambda _: kind)
    assert [as_text(one).split("\n")[1].rpartition(", ")[2] for one in caught.value.diagnostics] == [
        "Lokaler!C6",
        "Lokaler!B6",  # not A6: the column of row ids is hidden
    ]


def test_the_hint_for_a_missing_choice_says_it_as_the_dropdown_does(tmp_path: Path) -> None:
    chosen = "status: {type: valg, værdier: {u_d: Udkast, a: Aftalt}, påkrævet: ja, eksempel: u_d, etiket: Status}"
    plain_status = "status: {type: valg, værdier: {u: Udkast, a: Aftalt}, standard: u, etiket: Status}"
    kind = kind_of(tmp_path / "kinds", FIELDS.replace(plain_status, chosen))
    path = saved(filled(kind, INPUT.replace("status: a\n", "")), tmp_path / "skema.xlsx")
    found = [one for one in checked(path, kind)[1] if one.code == "DG201"]
    assert [message(one) for one in found] == [('"Status" mangler', "skriv fx Udkast")]
    missing = validate(tree("status:\n"), kind, profile=None, today=TODAY).diagnostics[0]
    assert message(missing) == ('"status" mangler', "skriv fx status: u_d")
