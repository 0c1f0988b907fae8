"""Marked workbooks: notes, fills and a list of faults go in and come out again, and nothing else is touched."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.cell.cell import Cell
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from docgen.cli.app import main
from docgen.diagnostics import (
    CellPlace,
    Diagnostic,
    DocgenError,
    FilePlace,
    Severity,
    SourceText,
    TextPlace,
    error,
    warning,
)
from docgen.forms.marking.mark import FAULTS_SHEET, MEMORY_SHEET, mark
from docgen.sources.workbook import read_workbook

NAME = "skema.xlsx"
HINT = 'skriv datoen som 2026-01-31 eller "31. januar 2026"'
ROSE, YELLOW = "FFC7CE", "FFEB9C"
Book = openpyxl.Workbook


def fault(cell: str, value: str = "i morgen", sheet: str = "Aktiver") -> Diagnostic:
    return error("DG910", CellPlace(NAME, sheet, cell), værdi=value)


def doubt(cell: str, sheet: str = "Aktiver") -> Diagnostic:
    return warning("DG910", CellPlace(NAME, sheet, cell), værdi="i går")


def made(fill: Callable[[Book], object] = lambda _book: None) -> bytes:
    """A workbook with the sheets `Aktiver` and `Andre`, changed by `fill`."""
    book = openpyxl.Workbook()
    book.active.title = "Aktiver"
    book["Aktiver"]["B2"] = "vest"
    book.create_sheet("Andre")["A1"] = 7
    fill(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def marked(data: bytes, *findings: Diagnostic, language: str = "da") -> bytes:
    return mark(data, NAME, findings, language)


def opened(data: bytes) -> Book:
    return openpyxl.load_workbook(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def replaced(data: bytes, name: str, old: str, new: str) -> bytes:
    """The workbook with a text of one part replaced by another."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for part, content in parts(data).items():
            assert part != name or old.encode() in content
            archive.writestr(part, content.replace(old.encode(), new.encode()) if part == name else content)
    return held.getvalue()


def colour(cell: Cell) -> str:
    return str(cell.fill.fgColor.rgb)[-6:] if cell.fill.fill_type else ""


def lines(data: bytes, sheet: str = FAULTS_SHEET) -> list[list[object]]:
    return [[cell.value for cell in row] for row in opened(data)[sheet].iter_rows(min_row=5)]


def plain(xml: bytes) -> bytes:
    """A sheet as it means the same: without empty cells that look like those that are not there."""
    root = etree.fromstring(xml)
    space = etree.QName(root).namespace
    for row in list(root.iter(f"{{{space}}}row")):
        row.attrib.pop("spans", "")
        for cell in list(row):
            if cell.get("s") == "0":
                del cell.attrib["s"]
            cell.set("t", cell.get("t", "n"))
            if not len(cell) and "s" not in cell.attrib:
                row.remove(cell)
        if not len(row) and set(row.attrib) == {"r"}:
            row.getparent().remove(row)
    for view in root.iter(f"{{{space}}}sheetView"):
        view.attrib.pop("tabSelected", "")
    return etree.tostring(root, method="c14n")


def test_a_fault_is_a_note_and_a_fill_on_its_cell_and_a_line_with_a_link() -> None:
    data = marked(made(), fault("B2"), doubt("C9"))
    book = opened(data)
    assert book.sheetnames == ["Fejl", "Aktiver", "Andre", MEMORY_SHEET]
    sheet = book["Aktiver"]
    assert sheet["B2"].value == "vest"
    assert sheet["B2"].comment.text == f"docgen:\nfejl DG910: i morgen er ikke en dato\n{HINT}"
    assert sheet["C9"].comment.text == f"docgen:\nadvarsel DG910: i går er ikke en dato\n{HINT}"
    assert (colour(sheet["B2"]), colour(sheet["C9"]), colour(sheet["B3"])) == (ROSE, YELLOW, "")
    faults = book["Fejl"]
    assert faults["A1"].value == "Fejl i skema.xlsx"
    assert faults["A2"].value == (
        "1 fejl, 1 advarsel. Ret cellerne med farve, gem, og kør docgen tjek med --markeret igen. "
        "Så er kun det, der stadig er galt, mærket i den nye kopi."
    )
    assert [cell.value for cell in faults[4]] == ["Alvor", "Sted", "Besked", "Hjælp", "Kode"]
    assert lines(data) == [
        ["fejl", "Aktiver!B2", "i morgen er ikke en dato", HINT, "DG910"],
        ["advarsel", "Aktiver!C9", "i går er ikke en dato", HINT, "DG910"],
    ]
    assert [faults[cell].hyperlink.location for cell in ("B5", "B6")] == ["'Aktiver'!B2", "'Aktiver'!C9"]
    assert book.active.title == "Fejl"
    assert [one.title for one in book if one.sheet_view.tabSelected] == ["Fejl"]
    assert book[MEMORY_SHEET].sheet_state == "hidden"


def test_notes_and_lines_name_no_rules() -> None:
    rule = {"kode": "åben-mangler", "besked": "Grunden (kort) mangler", "hjælp": "udfyld den"}
    data = marked(
        made(),
        error("DG300", CellPlace(NAME, "Aktiver", "B2"), **rule),
        Diagnostic("DG301", Severity.INFO, None, {"antal": 2, "koder": "a, b", "koder_en": "a and b"}),
        Diagnostic("DG308", Severity.INFO, None, {"antal": 1, "koder": "a"}),
    )
    note = opened(data)["Aktiver"]["B2"].comment
    assert note is not None
    assert note.text == "docgen:\nfejl DG300: Grunden (kort) mangler\nudfyld den"
    assert [text for line in lines(data) for text in line if "mangler" in str(text) or "regel" in str(text)] == [
        "Grunden (kort) mangler",
        "én regel er ikke tjekket, fordi den bruger et felt med fejl",
    ]
    said = [text for line in lines(data) for text in line]
    assert "2 regler er ikke tjekket, fordi de bruger felter med fejl" in said


def test_everything_is_said_in_the_language_of_the_run() -> None:
    book = opened(marked(made(), fault("B2", "tomorrow"), language="en"))
    assert book["Aktiver"]["B2"].comment.text.splitlines()[1] == "error DG910: tomorrow is not a date"
    assert [cell.value for cell in book["Fejl"][4]] == ["Severity", "Place", "Message", "Help", "Code"]
    assert book["Fejl"]["A1"].value == "Faults in skema.xlsx"


def test_several_findings_of_a_cell_share_a_note_and_the_gravest_colours_it() -> None:
    sheet = opened(marked(made(), doubt("B2"), fault("B2")))["Aktiver"]
    assert [line.partition(":")[0] for line in sheet["B2"].comment.text.split("\n\n")] == ["docgen", "fejl DG910"]
    assert colour(sheet["B2"]) == ROSE


def test_the_gravest_findings_come_first_and_else_they_keep_their_order() -> None:
    data = marked(made(), doubt("B2"), fault("B3", "a"), doubt("B4"), fault("B2", "b"))
    assert [line[:2] for line in lines(data)] == [
        ["fejl", "Aktiver!B3"],
        ["fejl", "Aktiver!B2"],
        ["advarsel", "Aktiver!B2"],
        ["advarsel", "Aktiver!B4"],
    ]


def test_findings_without_a_cell_of_the_file_are_lines_without_a_link() -> None:
    source = SourceText("fælles.yaml", ("dato: i går",))
    found = (
        error("DG910", FilePlace(NAME, "dato"), værdi="a"),
        error("DG910", CellPlace("andre.xlsx", "Aktiver", "B2"), værdi="b"),
        error("DG910", TextPlace(source, 1, 7), værdi="c"),
        error("DG910", CellPlace(NAME, "Findes ikke", "B2"), værdi="d"),
        error("DG910", None, værdi="e"),
    )
    data = marked(made(), *found)
    assert [line[1] for line in lines(data)] == [
        "feltet »dato« er ikke udfyldt",
        "andre.xlsx, Aktiver!B2",
        "fælles.yaml:1:7",
        "Findes ikke!B2",
        None,
    ]
    book = opened(data)
    assert not any(book["Fejl"].cell(row, 2).hyperlink for row in range(5, 10))
    assert book["Aktiver"]["B2"].comment is None


def test_the_path_of_the_file_may_be_written_in_other_ways() -> None:
    found = error("DG910", CellPlace("./mappe/skema.xlsx", "Aktiver", "$B$2:C4"), værdi="i morgen")
    data = mark(made(), "mappe/skema.xlsx", [found], "da")
    assert colour(opened(data)["Aktiver"]["B2"]) == ROSE


@pytest.mark.parametrize("value", ["=1+1", "+45 12 34", "-x", "@SUM(A1)", "\t=1", "_x0041_", "a & <b>\x07"])
def test_foreign_text_is_never_a_formula(value: str) -> None:
    data = marked(made(), fault("B2", value))
    book = opened(data)
    cell = book["Fejl"]["C5"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    for name, xml in parts(data).items():
        assert not name.startswith("xl/worksheets/docgen") or b"<f>" not in xml
    assert unescape(str(cell.value)) == f"{value} er ikke en dato".replace("\x07", "")


def test_a_style_is_kept_but_for_its_fill_and_comes_back() -> None:
    def fill(book: Book) -> None:
        cell = book["Aktiver"]["B2"]
        cell.number_format, cell.font = "#,##0.00", Font(bold=True, color="FFFFFFFF")
        cell.border = Border(left=Side("thick"))
        cell.fill = PatternFill("solid", fgColor="FF1F3864")

    original = made(fill)
    data = marked(original, fault("B2"))
    cell = opened(data)["Aktiver"]["B2"]
    assert (cell.number_format, cell.font.bold, cell.border.left.style) == ("#,##0.00", True, "thick")
    assert (colour(cell), cell.font.color.rgb) == (ROSE, "FF000000"), "white text cannot be read on rose"
    back = opened(marked(data))["Aktiver"]["B2"]
    assert (colour(back), back.font.color.rgb, back.border.left.style) == ("1F3864", "FFFFFFFF", "thick")


def test_two_cells_that_differ_by_their_fill_alone_get_each_their_own_back() -> None:
    def fill(book: Book) -> None:
        book["Aktiver"]["B2"].fill = PatternFill("solid", fgColor="FF00FF00")
        book["Aktiver"]["B3"].fill = PatternFill("solid", fgColor=f"FF{ROSE}")

    data = marked(made(fill), fault("B2"), fault("B3"), fault("B4"))
    shades = [colour(opened(data)["Aktiver"][cell]) for cell in ("B2", "B3", "B4")]
    assert len({*shades, ROSE}) == 4, "no fill of the sender's is taken for one of docgen's"
    back = opened(marked(data))["Aktiver"]
    assert [colour(back[cell]) for cell in ("B2", "B3", "B4")] == ["00FF00", ROSE, ""]


def test_cells_that_are_not_there_are_made_in_order_with_the_look_of_their_row_or_column() -> None:
    def fill(book: Book) -> None:
        sheet = book["Aktiver"]
        sheet.column_dimensions["F"].number_format = "0.0%"
        for cell in ("A4", "D4", "A9"):
            sheet[cell] = cell

    original = made(fill)
    data = marked(original, fault("F7"), fault("B4"), fault("E4"), fault("A1"))
    root = etree.fromstring(parts(data)["xl/worksheets/sheet1.xml"])
    places = [cell.get("r") for cell in root.iter("{*}c")]
    assert places == ["A1", "B2", "A4", "B4", "D4", "E4", "F7", "A9"]
    assert opened(data)["Aktiver"]["F7"].number_format == "0.0%"
    assert plain(parts(marked(data))["xl/worksheets/sheet1.xml"]) == plain(parts(original)["xl/worksheets/sheet1.xml"])


def test_the_first_cell_of_a_merged_area_is_marked() -> None:
    data = marked(made(lambda book: book["Aktiver"].merge_cells("B2:D3")), fault("C3"))
    book = opened(data)
    assert colour(book["Aktiver"]["B2"]) == ROSE
    assert book["Aktiver"]["B2"].comment
    assert book["Fejl"]["B5"].value == "Aktiver!C3"
    assert book["Fejl"]["B5"].hyperlink.location == "'Aktiver'!B2"


def test_a_note_of_the_senders_is_kept_extended_and_left_alone_again() -> None:
    def fill(book: Book) -> None:
        book["Aktiver"]["B2"].comment = Comment("Spørg Birte\nom tallet", "Jens")
        book["Aktiver"]["A1"].comment = Comment("en anden", "Jens")

    original = made(fill)
    data = marked(original, fault("B2"), fault("C5"))
    sheet = opened(data)["Aktiver"]
    assert sheet["B2"].comment.text.startswith("Spørg Birte\nom tallet\n\ndocgen:\nfejl DG910: i morgen")
    assert sheet["B2"].comment.author == "Jens"
    assert sheet["A1"].comment.text == "en anden"
    back = parts(marked(data))
    was = parts(original)
    assert back["xl/drawings/commentsDrawing1.vml"] == was["xl/drawings/commentsDrawing1.vml"]
    kept = opened(marked(data))["Aktiver"]
    assert [(kept[cell].comment.text, kept[cell].comment.author) for cell in ("B2", "A1")] == [
        ("Spørg Birte\nom tallet", "Jens"),
        ("en anden", "Jens"),
    ]
    assert kept["C5"].comment is None


def test_a_note_of_the_senders_is_given_back_where_one_text_of_docgens_begins_as_another() -> None:
    def noted(book: Book) -> None:
        for name in ("Aktiver", "Andre"):
            book[name]["A1"].comment = Comment(f"note i {name}", "Bo")

    data = marked(made(noted), fault("A1"), fault("A1", sheet="Andre"), fault("A1", sheet="Andre"))
    clean = opened(marked(data))
    assert [clean[name]["A1"].comment.text for name in ("Aktiver", "Andre")] == ["note i Aktiver", "note i Andre"]


def test_what_somebody_adds_to_a_note_of_docgens_stays() -> None:
    data = marked(made(), fault("B2"))
    answered = replaced(data, "xl/comments/docgen1.xml", "</t>", "\nTalt med Jens</t>")
    kept = opened(marked(answered))["Aktiver"]["B2"]
    assert kept.comment.text.strip() == "Talt med Jens"


def test_a_threaded_comment_is_left_as_it_is() -> None:
    def fill(book: Book) -> None:
        book["Aktiver"]["B2"].comment = Comment("[Threaded comment]", "tc={0A1B}")

    data = marked(made(fill), fault("B2"))
    cell = opened(data)["Aktiver"]["B2"]
    assert (cell.comment.text, colour(cell)) == ("[Threaded comment]", ROSE)
    assert lines(data)[0][1] == "Aktiver!B2"


def test_a_marked_copy_marked_again_has_the_new_marks_alone() -> None:
    first = marked(made(), fault("B2"), fault("C3"))
    second = marked(first, fault("C3"), fault("D4"))
    assert lines(second) == lines(marked(made(), fault("C3"), fault("D4")))
    sheet = opened(second)["Aktiver"]
    notes = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    fills = {cell.coordinate for row in sheet.iter_rows() for cell in row if colour(cell)}
    assert (notes, fills) == ({"C3", "D4"}, {"C3", "D4"})
    assert opened(second).sheetnames == ["Fejl", "Aktiver", "Andre", MEMORY_SHEET]
    assert marked(second, fault("C3"), fault("D4")) == second


def test_marks_go_also_after_another_program_has_saved_the_copy() -> None:
    def fill(book: Book) -> None:
        book["Aktiver"]["B2"].number_format = "0.00"
        book["Aktiver"]["C3"].comment = Comment("min egen", "Birte")

    data = marked(made(fill), fault("B2"), fault("C3"), fault("D4"), doubt("E5"))
    book = opened(data)  # numbers the styles and writes the notes anew
    book["Aktiver"].move_range("B2:B2", rows=10)
    book["Aktiver"]["D4"].number_format = "dd-mm-yyyy"  # the one who mends it chooses a format
    held = io.BytesIO()
    book.save(held)
    back = opened(marked(held.getvalue()))
    assert back.sheetnames == ["Aktiver", "Andre"]
    assert not list(back.defined_names)
    sheet = back["Aktiver"]
    assert {cell.coordinate: colour(cell) for row in sheet.iter_rows() for cell in row if colour(cell)} == {}
    assert [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment] == ["min egen"]
    assert (sheet["B12"].value, sheet["D4"].number_format) == ("vest", "dd-mm-yyyy")


def test_a_sheet_of_the_senders_named_as_docgens_stays() -> None:
    def fill(book: Book) -> None:
        book.create_sheet("Fejl")["A1"] = "min egen liste"

    data = marked(made(fill), fault("B2"))
    assert opened(data).sheetnames == ["Fejl (2)", "Aktiver", "Andre", "Fejl", MEMORY_SHEET]
    assert opened(marked(data)).sheetnames == ["Aktiver", "Andre", "Fejl"]


def test_a_reader_leaves_docgens_sheets_out() -> None:
    data = marked(made(lambda book: book.create_sheet("Fejl")), fault("B2"))
    assert list(read_workbook(data, NAME).sheets) == ["Aktiver", "Andre", "Fejl"]


def test_links_lead_to_no_hidden_sheet_and_names_with_apostrophes_work() -> None:
    def fill(book: Book) -> None:
        book.create_sheet("Jens' ark")
        book["Andre"].sheet_state = "hidden"

    book = opened(marked(made(fill), fault("A1", sheet="Andre"), fault("A1", sheet="Jens' ark")))
    assert book["Fejl"]["B5"].value == "Andre!A1 (arket er skjult)"
    assert book["Fejl"]["B5"].hyperlink is None
    assert book["Fejl"]["B6"].hyperlink.location == "'Jens'' ark'!A1"
    assert book["Andre"].sheet_state == "hidden"


def test_names_of_single_sheets_and_the_open_sheet_follow_their_sheets() -> None:
    def fill(book: Book) -> None:
        book["Andre"].print_title_rows = "1:1"
        book["Andre"].print_area = "A1:B2"
        book.active = 1

    data = marked(made(fill), fault("B2"))
    book = opened(data)
    assert book["Andre"].print_area == "'Andre'!$A$1:$B$2"
    back = opened(marked(data))
    assert back["Andre"].print_area == "'Andre'!$A$1:$B$2"
    assert back.active.title == "Andre"


def test_nothing_else_of_the_file_is_touched() -> None:
    def fill(book: Book) -> None:
        sheet = book["Aktiver"]
        for row in range(4, 9):
            sheet.append([f"A-{row}", row, f"=B{row}*2"]) if row > 4 else sheet.append(["Id", "Tal", "Dobbelt"])
        sheet.add_table(Table(displayName="liste", ref="A3:C7"))
        choice = DataValidation(type="list", formula1='"ja,nej"')
        choice.add("D1:D9")
        sheet.add_data_validation(choice)
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=2, min_row=4, max_row=7))
        sheet.add_chart(chart, "H3")
        sheet.protection.sheet = True

    original = made(fill)
    data = marked(original, fault("B2"), fault("B6"))
    was, now = parts(original), parts(data)
    changed = {name for name in was if was[name] != now[name]}
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    }
    back = parts(marked(data))
    assert set(back) == set(was)
    assert plain(back["xl/worksheets/sheet1.xml"]) == plain(was["xl/worksheets/sheet1.xml"])


def test_without_findings_a_workbook_that_was_never_marked_is_copied() -> None:
    original = made()
    assert parts(marked(original)) == parts(original)


def test_a_drawing_that_cannot_be_added_to_leaves_the_fill_and_the_line() -> None:
    data = made(lambda book: setattr(book["Aktiver"]["A1"], "comment", Comment("x", "y")))
    broken = replaced(data, "xl/drawings/commentsDrawing1.vml", "</xml>", "")
    found = marked(broken, fault("B2"))
    assert colour(opened(found)["Aktiver"]["B2"]) == ROSE
    assert lines(found)[0][1] == "Aktiver!B2"


def test_a_drawing_that_is_no_xml_keeps_every_byte_beside_the_new_shapes() -> None:
    data = made(lambda book: setattr(book["Aktiver"]["A1"], "comment", Comment("x", "y")))
    part = "xl/drawings/commentsDrawing1.vml"
    button = "<v:shape id='Knap'><v:textbox><div>to<br>linjer</div></v:textbox></v:shape></xml>"  # as Excel writes it
    drawn = replaced(data, part, "</xml>", button)
    before = parts(drawn)[part]
    with_marks = marked(drawn, fault("B2"))
    after = parts(with_marks)[part]
    assert after.startswith(before.removesuffix(b"</xml>"))
    assert after.count(b'ObjectType="Note"') == 2
    assert parts(marked(with_marks))[part] == before


def test_strict_open_xml_and_prefixed_names() -> None:
    strict = made()
    for part in parts(strict):
        if part.endswith((".xml", ".rels")):
            for old, new in (
                (
                    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    "http://purl.oclc.org/ooxml/spreadsheetml/main",
                ),
                (
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    "http://purl.oclc.org/ooxml/officeDocument/relationships",
                ),
            ):
                if old.encode() in parts(strict)[part]:
                    strict = replaced(strict, part, old, new)
    data = parts(marked(strict, fault("B2")))
    for name, xml in data.items():
        assert b"openxmlformats.org/spreadsheetml" not in xml or name == "[Content_Types].xml", name
        assert b"openxmlformats.org/officeDocument/2006/relationships" not in xml, name
    assert b'ref="B2"' in data["xl/comments/docgen1.xml"]
    sheet = "xl/worksheets/sheet1.xml"
    prefixed = parts(made())[sheet].decode()
    prefixed = re.sub(r"<(/?)(?=\w)", r"<\1x:", prefixed).replace("xmlns=", "xmlns:x=")
    data = marked(replaced(made(), sheet, parts(made())[sheet].decode(), prefixed), fault("B2"), fault("A9"))
    book = opened(data)
    assert [colour(book["Aktiver"][cell]) for cell in ("B2", "A9")] == [ROSE, ROSE]
    assert b'<x:c r="A9"' in parts(data)[sheet]


def test_rows_and_cells_that_do_not_tell_where_they_stand() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    data = made(lambda book: book["Aktiver"].append(["a", "b", "c"]))
    bare = re.sub(r' r="[A-Z]*\d+"', "", parts(data)[sheet].decode()).replace(
        "<sheetData><row>", "<sheetData><row/><row><c/>"
    )
    found = marked(replaced(data, sheet, parts(data)[sheet].decode(), bare), fault("B3"), fault("D3"), fault("A5"))
    cells = opened(found)["Aktiver"]
    assert [(cells[cell].value, colour(cells[cell])) for cell in ("B2", "B3", "D3", "A5", "C3")] == [
        ("vest", ""),
        ("b", ROSE),
        (None, ROSE),
        (None, ROSE),
        ("c", ""),
    ]


def test_other_files_are_refused() -> None:
    with pytest.raises(DocgenError) as told:
        mark(b"a: b", "x.yaml", [], "da")
    assert [(one.code, told.value.exit_code) for one in told.value.diagnostics] == [("DG750", 2)]


VALUES = st.one_of(
    st.none(),
    st.integers(0, 10**6),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
    st.booleans(),
    st.sampled_from(["=SUM(A1:A3)", "=A1*2"]),
)
CELLS = st.builds(lambda column, row: f"{'ABCDEFG'[column]}{row}", st.integers(0, 6), st.integers(1, 12))
SHEETS = st.sampled_from(["Aktiver", "Andre"])


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """A workbook of openpyxl's or of xlsxwriter's, with values, styles and notes in some of its cells."""
    cells = draw(
        st.dictionaries(st.tuples(SHEETS, CELLS), st.tuples(VALUES, st.integers(0, 3), st.booleans()), max_size=12)
    )
    held = io.BytesIO()
    if draw(st.booleans()):
        book = openpyxl.Workbook()
        book.active.title = "Aktiver"
        book.create_sheet("Andre")
        for (sheet, at), (value, style, note) in cells.items():
            cell = book[sheet][at]
            cell.value = value
            cell.number_format = ("General", "0.00", "@", "dd-mm-yyyy")[style]
            cell.fill = PatternFill("solid", fgColor="FFCCFFCC") if style == 2 else PatternFill()
            cell.comment = Comment(f"note i {at}", "Jens") if note else None
        book.save(held)
        return held.getvalue()
    writer = xlsxwriter.Workbook(held, {"in_memory": True})
    looks = [
        None,
        *(writer.add_format(one) for one in ({"num_format": "0.00"}, {"bg_color": "#CCFFCC"}, {"bold": True})),
    ]
    sheets = {name: writer.add_worksheet(name) for name in ("Aktiver", "Andre")}
    for (sheet, at), (value, style, note) in cells.items():
        sheets[sheet].write(at, value, looks[style])
        if note:
            sheets[sheet].write_comment(at, f"note i {at}")
    writer.close()
    return held.getvalue()


def cells_of(data: bytes) -> Iterator[tuple[str, Cell]]:
    for sheet in opened(data):
        if sheet.title in ("Aktiver", "Andre"):
            for row in sheet.iter_rows():
                yield from ((f"{sheet.title}!{cell.coordinate}", cell) for cell in row)


def looks(cell: Cell) -> Sequence[object]:
    note = cell.comment.text if cell.comment else None
    return (cell.value, cell.number_format, colour(cell), cell.font.b, note, cell.quotePrefix)


@settings(max_examples=60, deadline=None)
@given(workbooks(), st.lists(st.tuples(SHEETS, CELLS, st.booleans()), min_size=1, max_size=8))
def test_marks_go_in_and_out_of_any_workbook(data: bytes, at: list[tuple[str, str, bool]]) -> None:
    found = [fault(cell, sheet=sheet) if grave else doubt(cell, sheet) for sheet, cell, grave in at]
    with_marks = marked(data, *found)
    spots = {f"{sheet}!{cell}" for sheet, cell, _ in at}
    before = dict(cells_of(data))
    after = dict(cells_of(with_marks))
    for name, cell in after.items():
        was = before.get(name)
        if name in spots:
            assert cell.comment.text.split("docgen:\n")[-1].startswith(("fejl DG910", "advarsel DG910"))
            assert colour(cell)[:2] == "FF"
            assert cell.value == (was.value if was else None)
        elif was is not None:
            assert looks(cell) == looks(was), name
        else:
            assert cell.value is None
    back = marked(with_marks)
    was, now = parts(data), parts(back)
    assert set(now) - {"xl/styles.xml"} == set(was) - {"xl/styles.xml"}
    for name in was:
        if name.startswith("xl/worksheets/sheet"):
            assert plain(now[name]) == plain(was[name]), name
    assert {name: looks(cell) for name, cell in cells_of(back) if any(looks(cell)[:3:2])} == {
        name: looks(cell) for name, cell in before.items() if any(looks(cell)[:3:2])
    }


def test_the_command_line_refuses_what_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text("a: b", encoding="utf-8")
    for name in (NAME, "kopi.xlsx"):
        Path(name).write_bytes(made())
    before = Path("kopi.xlsx").read_bytes()
    cases = {
        ("a.yaml", "kopi2.xlsx"): "fejl DG750: --markeret er til Excel- og Word-filer, og a.yaml er ingen af delene",
        (NAME, "-"): "fejl DG751: en mærket kopi kan ikke skrives til stdout",
        (
            NAME,
            "./skema.xlsx",
            "--overskriv",
        ): "fejl DG753: en mærket kopi kan ikke skrives oven i filen selv: skema.xlsx",
        (NAME, "kopi.xlsx"): "fejl DG754: kopi.xlsx findes allerede og bliver ikke overskrevet",
        (NAME, "kopi.docx"): "fejl DG507: filnavnet kopi.docx passer ikke til formatet xlsx",
        (NAME, ""): "fejl DG903: der mangler noget efter kommandoen: --markeret",
        (NAME, "k.xlsx", "a.yaml"): "fejl DG752: --markeret er til én fil ad gangen",
    }
    for (file, copy, *more), said in cases.items():
        assert main(["tjek", file, "--markeret", copy, *more]) == 2
        assert capsys.readouterr().err.splitlines()[0] == said
    assert Path("kopi.xlsx").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "kopi.xlsx", NAME]


FIELDS = """
type: {titel: Låneaftale}
felter:
  låner: {type: tekst, påkrævet: ja}
  dato: {type: dato}
  lokaler: {type: liste, felter: {navn: {type: tekst}, pris: {type: beløb}}}
"""


def test_a_workbook_is_checked_marked_mended_in_the_copy_and_marked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("typer/laaneaftale").mkdir(parents=True)
    Path("typer/laaneaftale/felter.yaml").write_text(FIELDS, encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.title = "Oplysninger"
    for row in (["Låner", "Åens Venner"], ["Dato", "32.13.2026"]):
        book["Oplysninger"].append(row)
    rooms = book.create_sheet("Lokaler")
    for row in (["Navn", "Pris"], ["Hallen", 100], ["Salen", "mange penge"]):
        rooms.append(row)
    book.save(NAME)
    options = ["--type", "laaneaftale", "--skabeloner", "typer"]
    assert main(["tjek", NAME, *options, "--markeret", "kopi.xlsx"]) == 1
    first = capsys.readouterr().err
    assert "skrev kopi.xlsx" in first.splitlines()
    assert [line[1] for line in lines(Path("kopi.xlsx").read_bytes())] == ["Oplysninger!B2", "Lokaler!B3"]
    assert main(["tjek", "kopi.xlsx", *options]) == 1
    assert capsys.readouterr().err == first.replace(NAME, "kopi.xlsx").replace("skrev kopi.xlsx\n", "")
    book = opened(Path("kopi.xlsx").read_bytes())
    book["Oplysninger"]["B2"], book["Lokaler"]["B3"] = "31.12.2026", 200
    book.save("rettet.xlsx")
    assert main(["tjek", "rettet.xlsx", *options, "--markeret", "ren.xlsx"]) == 0
    assert capsys.readouterr().err == "rettet.xlsx: ingen fejl\nskrev ren.xlsx uden mærker: der er ingen fejl\n"
    clean = opened(Path("ren.xlsx").read_bytes())
    assert clean.sheetnames == ["Oplysninger", "Lokaler"]
    assert not [cell for sheet in clean for row in sheet.iter_rows() for cell in row if cell.comment or colour(cell)]
