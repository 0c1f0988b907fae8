"""The lists of a document as a workbook: what stands on its sheets, its sums, and that it is the same every time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from docgen.catalog import as_text
from docgen.cli.app import main
from docgen.danish.quantities import Amount, Number, Percent
from docgen.danish.values import Choice, Markdown
from docgen.diagnostics import DocgenError
from docgen.forms.tables_writer import tables_workbook
from docgen.kinds.editions import select_edition
from docgen.kinds.kind import load_kind
from docgen.kinds.record import Group
from docgen.kinds.tables import Table, has_tables, tables_of
from docgen.pipeline import Request, as_format, generate
from tests.unit.kinds.conftest import Workshop
from tests.unit.word.build import docx, p

TODAY = date(2026, 11, 22)


@pytest.fixture
def workshop(tmp_path) -> Workshop:
    return Workshop(tmp_path, TODAY)


def written(*tables: Table, title: str = "Aftale", **front: object):
    data = tables_workbook(title, front, list(tables), TODAY)
    assert data == tables_workbook(title, front, list(tables), TODAY)
    return load_workbook(io.BytesIO(data)), load_workbook(io.BytesIO(data), data_only=True), data


# --- the workbook itself


def test_a_front_sheet_tells_what_the_workbook_is_and_leads_to_its_sheets():
    table = Table("Bilag 2 Møbler", ("Nr.",), (("A",), ("B",)))
    book, _, _ = written(table, title="Aftale om møbler", Udgave="Offentlig", Dato="1. maj 2026")
    front = book["Forside"]
    assert [[cell.value for cell in row] for row in front.iter_rows()] == [
        ["Aftale om møbler", None],
        [None, None],
        ["Udgave", "Offentlig"],
        ["Dato", "1. maj 2026"],
        [None, None],
        ["Ark", "Rækker"],
        ["Bilag 2 Møbler", 2],
    ]
    assert front["A7"].hyperlink.location == "'Bilag 2 Møbler'!A1"
    assert book.properties.title == "Aftale om møbler"
    assert book.properties.created.date() == TODAY


def test_values_have_their_types_and_formats():
    day, choice, key = date(2026, 5, 1), Choice("enig", "Enig"), Group("x[1]", {}, key="")
    rows = (("T1", Amount(Decimal("1250.5")), Percent(Decimal(75)), Number(Decimal(3)), day, choice, True, ["a", "b"]),)
    headings = ("Id", "Beløb", "Andel", "Antal", "Dag", "Status", "Svar", "Mærker")
    book, _, _ = written(Table("Ark", headings, rows))
    sheet = book["Ark"]
    assert [cell.value for cell in sheet[1]] == list(headings)
    values = [cell.value for cell in sheet[2]]
    assert values[:4] == ["T1", 1250.5, 0.75, 3]
    assert values[4].date() == day
    assert values[5:] == ["Enig", "ja", "a; b"]
    assert sheet["B2"].number_format == "#,##0.00"
    assert sheet["A2"].number_format == "@"
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:H2"
    assert key is not None


def test_sums_are_formulas_with_their_values():
    rows = (("T1", Amount(Decimal("0.1")), Amount(Decimal(5))), ("T2", Amount(Decimal("0.2")), None))
    book, values, data = written(Table("Ark", ("Id", "Pris", "Rabat"), rows, (1, 2)))
    assert [cell.value for cell in book["Ark"][4]] == ["I alt", "=SUM(B2:B3)", "=SUM(C2:C3)"]
    assert [cell.value for cell in values["Ark"][4]] == ["I alt", 0.3, 5]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "<f>SUM(B2:B3)</f><v>0.3</v>" in archive.read("xl/worksheets/sheet2.xml").decode()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_sum_where_none_is_wanted():
    book, _, _ = written(Table("Ark", ("Id", "Takst"), (("T1", Amount(Decimal(1))),)))
    assert book["Ark"].max_row == 2


def test_markdown_loses_its_marks():
    book, _, _ = written(Table("Ark", ("Tekst",), ((Markdown("**For få** pladser"),),)))
    assert book["Ark"]["A2"].value == "For få pladser"


def test_a_text_that_no_cell_can_hold_is_cut_and_says_so():
    book, _, _ = written(Table("Ark", ("Tekst",), (("x" * 40_000,),)))
    assert len(book["Ark"]["A2"].value) == 32_767
    assert book["Ark"]["A2"].value.endswith("x […]")


def test_names_of_sheets_are_what_excel_takes():
    titles = ["Forside", "A/B: [C]?", "x" * 40, "x" * 31, "'", "  "]
    book, _, _ = written(*(Table(title, ("Id",), (("1",),)) for title in titles))
    assert book.sheetnames == ["Forside", "Forside 2", "A B   C", "x" * 31, "x" * 29 + " 2", "Liste", "Liste 2"]


DANGEROUS = st.sampled_from(
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "'=1", "#I/T", "1", "TRUE"]
)
TEXTS = st.one_of(DANGEROUS, st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40))


@settings(max_examples=20)
@given(st.lists(st.tuples(TEXTS, st.decimals(-(10**9), 10**9, places=2)), min_size=1, max_size=6), TEXTS)
def test_text_stays_text_and_sums_add_up(rows, heading):
    table = Table(heading, (f"_{heading}", "Pris"), tuple((text, Amount(amount)) for text, amount in rows), (1,))
    book, values, data = written(table, title=heading, **{"Felt": heading})
    sheet = book.worksheets[1]
    for row in [*book.worksheets[0].iter_rows(), *sheet.iter_rows(max_row=len(rows) + 1)]:
        assert all(cell.data_type != "f" for cell in row)
    assert Decimal(str(values.worksheets[1].cell(len(rows) + 2, 2).value)) == sum(amount for _, amount in rows)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        formulas = re.findall("<f>(.*?)</f>", archive.read("xl/worksheets/sheet2.xml").decode())
    assert formulas == [f"SUM(B2:B{len(rows) + 1})"]


# --- what a kind says of it

KIND = """
type: {titel: Register, dokument: {titel: "Register for {{ navn }}"}}
udgaver: {intern: {}, offentlig: {uden: [lukket], værdier: {er_offentlig: ja}}}
typer:
  ting:
    id: {type: tekst, nøgle: ja, etiket: Nummer}
    pris: {type: beløb, etiket: Pris}
    note: {type: tekst, adgang: lukket, etiket: Note}
    sted: {type: gruppe, etiket: Sted, felter: {hus: {type: tekst, etiket: Hus}, etage: {type: tal, etiket: Etage}}}
    dele: {type: liste, af: del, etiket: Dele}
    dobbelt: {type: beløb, beregn: "pris * 2"}
  del: {navn: {type: tekst, etiket: Navn}, vægt: {type: tal, etiket: Vægt}}
felter:
  navn: {type: tekst, etiket: Navn}
  ting: {type: liste, af: ting, etiket: Ting}
  gruppe: {type: gruppe, etiket: Gruppe, felter: {rækker: {type: liste, af: del, etiket: Rækker}}}
  hemmelige: {type: liste, af: del, etiket: Hemmelige, adgang: lukket}
  skjulte: {type: liste, af: del, etiket: Skjulte, skjul: {adgang: lukket, når: "den.navn == 'x'", behold: [vægt]}}
  i_alt: {type: beløb, beregn: "sum(ting, 'pris')"}
"""
BOOK = """
regneark:
  forside: {Register: navn, Pris: i_alt, Tomt: "none"}
  ark:
    Dyre ting:
      for: ting
      hvor: pris > 10
      kolonner: {Nr.: id, Det dobbelte: dobbelt, Pris: pris, Note: note, Register: navn}
      i_alt: [Pris]
      ekstra: {når: er_offentlig, kolonner: {Nr.: "'resten'", Pris: "1"}}
    Dele:
      for: ting.dele
      når: not er_offentlig
      kolonner: {Ting: over.id, Del: navn}
"""
INPUT = """
navn: Huset
ting:
  - {id: A, pris: 20, note: intern, sted: {hus: Øst, etage: 2}, dele: [{navn: ben, vægt: 3}, {navn: plade}]}
  - {id: B, pris: 5}
  - {id: C, pris: "30,50"}
gruppe: {rækker: [{navn: g}]}
hemmelige: [{navn: h}]
skjulte: [{navn: x, vægt: 1}, {navn: y}]
"""


def tables(workshop: Workshop, kind: str, text: str = INPUT, edition: str | None = None):
    loaded = workshop.kind(kind)
    held = workshop.held(loaded, text, edition=edition)
    return tables_of(select_edition(held.record, edition), loaded.edition(edition))


def test_a_kind_says_which_sheets_there_are(workshop):
    front, found = tables(workshop, KIND + BOOK)
    assert dict(front) == {"Register": "Huset", "Pris": Amount(Decimal("55.5"))}
    dear, parts = found
    assert dear.headings == ("Nr.", "Det dobbelte", "Pris", "Note", "Register")
    assert [row[0] for row in dear.rows] == ["A", "C"]
    assert dear.rows[1] == ("C", Amount(Decimal(61)), Amount(Decimal("30.5")), None, "Huset")
    assert dear.totals == (2,)
    assert (parts.title, parts.rows, parts.totals) == ("Dele", (("A", "ben"), ("A", "plade")), ())


def test_an_edition_shows_only_what_it_may(workshop):
    _, (dear,) = tables(workshop, KIND + BOOK, edition="offentlig")
    assert dear.headings == ("Nr.", "Det dobbelte", "Pris", "Register")
    assert dear.rows[-1] == ("resten", None, 1, None)


def test_without_a_word_every_list_of_groups_is_a_sheet(workshop):
    front, found = tables(workshop, KIND)
    assert front == {}
    assert [table.title for table in found] == ["Ting", "Gruppe - Rækker", "Hemmelige", "Skjulte"]
    assert found[0].headings == ("Nummer", "Pris", "Note", "Sted: Hus", "Sted: Etage", "Dele")
    assert found[0].totals == (1,)


def test_without_a_word_nothing_closed_is_shown(workshop):
    _, found = tables(workshop, KIND, edition="offentlig")
    assert [table.title for table in found] == ["Ting", "Gruppe - Rækker"]
    assert found[0].headings == ("Nummer", "Pris", "Sted: Hus", "Sted: Etage", "Dele")


def test_nothing_filled_in_gives_no_sheet(workshop):
    assert tables(workshop, KIND + BOOK, "navn: Huset")[1] == []
    assert has_tables(workshop.kind(KIND))
    assert not has_tables(workshop.kind("felter: {navn: {type: tekst}}"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("for: ting\n", "for: tnig\n"), 'DG784: der er ingen liste af grupper, der hedder "tnig" (ark: Dyre ting)'),
        (("for: ting\n", "for: navn\n"), "DG784"),
        (("      for: ting\n", ""), 'DG324: "for" mangler i Dyre ting'),
        (("pris > 10", "prsi > 10"), 'DG328: "prsi" findes ikke'),
        (("over.id", "over.di"), "DG328"),
        (("Register: navn, Pris", "Register: nvan, Pris"), "DG328"),
        (("i_alt: [Pris]", "i_alt: [Rabat]"), 'DG783: arket "Dyre ting" har ingen kolonne, der hedder "Rabat"'),
        (("Pris: \"1\"", "Rabat: \"1\""), "DG783"),
        (("Dyre ting:", "Dyre/ting:"), 'DG782: "Dyre/ting" kan ikke være navn på et ark'),
        (("hvor: pris > 10", "hvor: pris >"), "DG330"),
        (("    Dele:\n      for", "    Dele:\n      fro"), 'DG321: "fro" kendes ikke her (Dele)'),
        (("  forside:", "  side:"), 'DG321: "side" kendes ikke her (regneark)'),
    ],
)  # fmt: skip
def test_faults_in_what_a_kind_says_are_told_when_it_is_loaded(workshop, change, said):
    assert change[0] in KIND + BOOK
    workshop.write({"felter.yaml": (KIND + BOOK).replace(*change)})
    with pytest.raises(DocgenError) as fault:
        load_kind("prøve", [workshop.folder])
    assert said in workshop.said(fault.value.diagnostics)


# --- the whole way


def test_a_document_is_written_as_a_workbook(workshop, tmp_path):
    workshop.write({"felter.yaml": KIND + BOOK, "i.yaml": INPUT})
    (tmp_path / "prøve" / "skabelon.docx").write_bytes(docx(p("{{ navn }}")))
    request = Request("prøve", tmp_path / "prøve" / "i.yaml", TODAY, [tmp_path], edition="offentlig")
    book = load_workbook(io.BytesIO(as_format(generate(request), "xlsx")), data_only=True)
    assert book.sheetnames == ["Forside", "Dyre ting"]
    told = {row[0].value: row[1].value for row in book["Forside"].iter_rows() if row[0].value}
    assert told["Register"] == "Huset"
    assert told["Udgave"] == "Offentlig"
    assert told["Dokument"] == "Register"
    assert "intern" not in str([[cell.value for cell in row] for row in book["Dyre ting"].iter_rows()])


def test_a_kind_without_lists_has_no_workbook(workshop, tmp_path):
    workshop.write({"felter.yaml": "type: {titel: Brev}\nfelter: {navn: {type: tekst}}", "i.yaml": "navn: x"})
    (tmp_path / "prøve" / "skabelon.docx").write_bytes(docx(p("{{ navn }}")))
    document = generate(Request("prøve", tmp_path / "prøve" / "i.yaml", TODAY, [tmp_path]))
    with pytest.raises(DocgenError) as fault:
        as_format(document, "xlsx")
    (found,) = fault.value.diagnostics
    assert as_text(found) == (
        "fejl DG780: dokumenttypen Brev har ingen lister, så den kan ikke skrives som regneark (xlsx)\n"
        "  hjælp: vælg et andet format"
    )


def test_the_command_line_writes_a_workbook(workshop, tmp_path, capsys):
    workshop.write({"felter.yaml": KIND + BOOK, "i.yaml": INPUT})
    (tmp_path / "prøve" / "skabelon.docx").write_bytes(docx(p("{{ navn }}")))
    source, target = tmp_path / "prøve" / "i.yaml", tmp_path / "ud.xlsx"
    given = ["prøve", str(source), "--skabeloner", str(tmp_path), "-o"]
    assert main([*given, str(target)]) == 0
    assert load_workbook(target).sheetnames == ["Forside", "Dyre ting", "Dele"]
    assert main([*given, f"{tmp_path}/", "--format", "docx,xlsx"]) == 0
    assert {path.suffix for path in tmp_path.iterdir() if path.is_file()} == {".xlsx", ".docx"}
    assert main([*given, str(tmp_path / "ud.docx"), "--format", "xlsx"]) == 2
    assert "DG507" in capsys.readouterr().err
