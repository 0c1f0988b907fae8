"""What people leave in and beside the cells of a workbook with rows: the rows it is about tell of it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font

from docgen.catalog import as_text
from docgen.diagnostics import Diagnostic
from docgen.series import Replace, Series, series
from tests.unit.series.conftest import texts

Change = Callable[[Any], object]
ROWS = {
    "Tilsagn": [
        ["Nr.", "Foreningens navn", "cvr", "Tilskud", "formål"],
        [1, "Åens Venner", "29190909", 1000, "Vand"],
        [2, "Boldklubben", None, 2500, "Bolde"],
        [3, "Koret", None, 600, "Sang"],
    ],
    "Poster": [["Nr.", "tekst", "pris"], [1, "Pumpe", 100], [2, "Net", 200], [2, "Mål", 300]],
}


@pytest.fixture
def made(run: Callable[..., Series], book: Callable[..., Path]) -> Callable[..., Series]:
    """Change the workbook and make its documents."""

    def make(change: Change, **choices: object) -> Series:
        path = book(ROWS)
        workbook = load_workbook(path, rich_text=True)
        change(workbook)
        workbook.save(path)
        return run(path, **choices)

    return make


def said(found: tuple[Diagnostic, ...]) -> list[str]:
    """Each finding in a line, with its cell."""
    lines = (as_text(one).splitlines() for one in found)
    return [f"{line} @ {rest[0].rpartition(', ')[2]}" for line, *rest in lines]


def of_rows(series: Series) -> list[list[str]]:
    return [said(one.findings) for one in series.outcomes]


def listed(series: Series) -> list[str]:
    """What the index tells of each row."""
    sheet = load_workbook(series.index_path)["Dokumenter"]
    heading = next(row for row in sheet.iter_rows() if row[0].value == "Række")
    column = next(cell.column for cell in heading if cell.value == "Bemærkninger")
    return [sheet.cell(row, column).value or "" for row in range(heading[0].row + 1, sheet.max_row + 1)]


def strike(*cells: str) -> Change:
    def change(book: Any) -> None:
        for one in cells:
            sheet, _, cell = one.partition("!")
            book[sheet][cell].font = Font(strike=True)

    return change


def put(sheet: str, cell: str, value: object, form: str = "General") -> Change:
    def change(book: Any) -> None:
        book[sheet][cell].value, book[sheet][cell].number_format = value, form
        if isinstance(value, str):
            book[sheet][cell].data_type = "s"

    return change


def test_a_workbook_with_nothing_beside_its_cells_tells_nothing(made: Any) -> None:
    found = made(lambda book: None)
    assert found.findings == ()
    assert of_rows(found) == [[], [], []]


# --- struck out


def test_a_row_that_is_struck_out_is_made_and_told_as_its_own(made: Any) -> None:
    found = made(strike("Tilsagn!A3", "Tilsagn!B3", "Tilsagn!C3", "Tilsagn!D3", "Tilsagn!E4", "Tilsagn!B9"))
    struck = [
        'advarsel DG793: "Boldklubben" er streget over, men læst med (B3, D3) @ Tilsagn!B3',
        'advarsel DG793: "Sang" er streget over, men læst med (E4) @ Tilsagn!E4',
    ]
    assert of_rows(found) == [[], struck[:1], struck[1:]]
    assert found.ok
    assert [one.count("streget over") for one in listed(found)] == [0, 1, 1]


def test_a_row_of_a_list_that_is_struck_out_is_told_of_the_row_it_belongs_to(made: Any, tmp_path: Path) -> None:
    found = made(strike("Poster!A4", "Poster!B4", "Poster!C4"))
    assert of_rows(found) == [
        [],
        ['advarsel DG793: "Mål" er streget over, men læst med (B4, C4) @ Poster!B4'],
        [],
    ]
    assert "Mål: 300\u00a0kr." in texts(tmp_path / "ud" / "Tilsagn Boldklubben.docx")


def test_a_part_of_a_cell_may_be_struck_out(made: Any) -> None:
    def change(book: Any) -> None:
        book["Tilsagn"]["B2"] = CellRichText(TextBlock(InlineFont(strike=True), "Søens"), " Venner")

    told = 'advarsel DG793: "Søens Venner" er streget over, men læst med (B2) @ Tilsagn!B2'
    assert of_rows(made(change)) == [[told], [], []]


def test_a_row_that_was_struck_out_since_the_last_run_is_told(made: Any) -> None:
    first = made(lambda book: None)
    again = made(strike("Tilsagn!B3"), replace=Replace.CHANGED)
    assert [one.status.value for one in again.outcomes] == ["uændret"] * 3
    assert [bool(one) for one in listed(again)] == [False, True, False]
    assert [one.made.digests for one in again.outcomes] == [one.made.digests for one in first.outcomes]
    last = made(lambda book: None, replace=Replace.CHANGED)
    assert [one.status.value for one in last.outcomes] == ["uændret"] * 3
    assert not any(listed(last))


def test_what_is_missing_is_told_where_the_cell_it_is_told_at_is_struck_out(made: Any) -> None:
    def change(book: Any) -> None:
        put("Tilsagn", "B1", "Formand")(book)
        put("Tilsagn", "C3", "29190909")(book)
        strike("Tilsagn!C3")(book)

    found = made(change, pattern="{{ Nr. }}")
    missing = [[one.place.cell for one in row.findings if one.code == "DG202"] for row in found.outcomes]
    assert missing == [["C2"], ["C3"], ["C4"]]
    assert found.outcomes[1].findings[0].code == "DG793"


# --- what Excel shows, and what it made


@pytest.mark.parametrize(
    ("value", "form", "shown"), [(450, "0000", "0450"), (2610482, '00"/"00000', "26/10482"), (7, '"L"0', "L7")]
)
def test_signs_that_only_the_format_adds_are_told_of_their_row(
    made: Any, value: int, form: str, shown: str, tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        put("Tilsagn", "B2", value, form)(book)
        put("Poster", "B3", value, form)(book)
        put("Tilsagn", "D2", 70, form)(book)  # an amount, whatever it looks like

    field = f'advarsel DG794: cellen viser "{shown}", men i "{{}}" er det læst som "{value}" ({{}}) @ {{}}'
    assert of_rows(made(change)) == [
        [field.format("Foreningens navn", "B2", "Tilsagn!B2")],
        [field.format("tekst", "B3", "Poster!B3")],
        [],
    ]
    assert f"Tilsagn til {value}" in texts(tmp_path / "ud" / f"Tilsagn {value}.docx")


def test_signs_of_a_format_in_a_file_name_are_told(made: Any) -> None:
    def change(book: Any) -> None:
        for row in (2, 3, 4):
            put("Tilsagn", f"A{row}", row, "000")(book)

    assert of_rows(made(change)) == [[], [], []]
    told = 'advarsel DG794: cellen viser "002", men i "Nr." er det læst som "2" (A2) @ Tilsagn!A2'
    assert of_rows(made(change, pattern="{{ Nr. }}"))[0] == [told]


@pytest.mark.parametrize(
    ("value", "code"), [(True, "DG700"), (1234567890123456, "DG719"), ('"', "DG798"), (" do. ", "DG798")]
)
def test_what_stands_for_another_text_is_told_of_its_row(made: Any, value: object, code: str) -> None:
    found = made(put("Poster", "B4", value))
    assert [[one.code for one in row.findings] for row in found.outcomes] == [[], [code], []]
    assert found.ok


def test_a_ditto_mark_in_lines_of_text_is_told(made: Any) -> None:
    told = 'advarsel DG798: "-"-" i "formål" ligner et gentagelsestegn, men er læst, som det står @ Tilsagn!E3'
    assert of_rows(made(put("Tilsagn", "E3", '-"-'))) == [[], [told], []]


@pytest.mark.parametrize("text", ["#N/A", "#I/T ", "#REFERENCE!"])
@pytest.mark.parametrize("cell", ["Tilsagn!B3", "Tilsagn!D3", "Poster!B4"])
def test_an_error_value_that_became_a_text_stops_its_row_alone(made: Any, cell: str, text: str) -> None:
    sheet, _, name = cell.partition("!")
    found = made(put(sheet, name, text))
    assert [one.status.value for one in found.outcomes] == ["skrevet", "fejl", "skrevet"]
    assert of_rows(found)[1][0] == f"fejl DG701: cellen viser {text.strip()}, så værdien kan ikke læses @ {cell}"
    assert "#" in listed(found)[1]


def test_a_row_of_formulas_that_were_never_reckoned_is_a_row(made: Any) -> None:
    def change(book: Any) -> None:
        book["Tilsagn"]["B5"], book["Tilsagn"]["D5"] = "=B4", "=D4"
        book["Tilsagn"]["G9"] = "=D4"  # in no column of a field

    found = made(change)
    assert [one.number for one in found.outcomes] == [2, 3, 4, 5]
    assert [one.place.cell for one in found.outcomes[3].findings if one.code == "DG702"] == ["B5", "D5"]


def test_signs_that_nobody_sees_are_no_part_of_a_text(made: Any, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        put("Tilsagn", "B2", "\u200bÅens\u2060 Venner\ufeff")(book)
        put("Tilsagn", "A3", "2\u200b")(book)
        put("Tilsagn", "C4", "\u200b")(book)

    found = made(change)
    assert (found.findings, of_rows(found)) == ((), [[], [], []])
    assert "Tilsagn til Åens Venner" in texts(tmp_path / "ud" / "Tilsagn Åens Venner.docx")
    assert "Net: 200\u00a0kr." in texts(tmp_path / "ud" / "Tilsagn Boldklubben.docx")


# --- rows that are none


def test_sums_and_headings_that_were_pasted_along_are_no_rows(made: Any) -> None:
    def change(book: Any) -> None:
        rows = (["Nr.", "Forening: Foreningens navn", None, "tilskud", "Formål"], [5, "Skak", None, 5, None])
        for row in (*rows, [None, "I alt:", None, 4105, None]):
            book["Tilsagn"].append(row)
        book["Poster"].append(["Nr.", "Tekst", "pris"])
        book["Poster"].append([None, "Total", 600])

    found = made(change)
    assert [one.number for one in found.outcomes] == [2, 3, 4, 6]
    assert said(found.findings) == [
        'oplysning DG775: rækken "I alt:" ser ud til at være en sum og er ikke taget med @ Tilsagn!B7',
        "oplysning DG797: række 5 gentager overskrifterne i Tilsagn og er ikke taget med @ Tilsagn!B5",
        'oplysning DG775: rækken "Total" ser ud til at være en sum og er ikke taget med @ Poster!B6',
        "oplysning DG797: række 5 gentager overskrifterne i Poster og er ikke taget med @ Poster!B5",
    ]


def test_a_row_with_the_word_for_a_sum_and_more_text_is_a_row(made: Any) -> None:
    found = made(lambda book: book["Tilsagn"].append([5, "Total", None, 50, "Dans"]))
    assert [one.number for one in found.outcomes] == [2, 3, 4, 5]
    assert found.findings == ()


# --- beside the cells


def test_notes_are_told_of_the_sheet(made: Any) -> None:
    def change(book: Any) -> None:
        book["Tilsagn"]["B3"].comment = Comment("Er det den rigtige?", "Bo")
        book["Poster"]["C4"].comment = Comment("Prisen er uden moms", "Bo")

    found = made(change)
    assert said(found.findings) == [
        'oplysning DG792: arket "Tilsagn" har 1 note (B3), som ikke kommer med @ Tilsagn!B3',
        'oplysning DG792: arket "Poster" har 1 note (C4), som ikke kommer med @ Poster!C4',
    ]
    assert of_rows(found) == [[], [], []]


def test_text_boxes_and_charts_are_told_of_the_sheet(
    book: Callable[..., Path], run: Callable[..., Series], tmp_path: Path
) -> None:
    path = book(ROWS)
    workbook = load_workbook(path)
    chart = BarChart()
    chart.add_data(Reference(workbook["Tilsagn"], min_col=4, min_row=2, max_row=4))
    workbook["Tilsagn"].add_chart(chart, "H3")
    workbook.save(path)
    boxed = tmp_path / "boks.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(boxed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/drawings/drawing1.xml":
                shape = b"""<xdr:twoCellAnchor xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
                    xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody><a:bodyPr/>
                    <a:p><a:r><a:t>Alle skal have 10 %</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>"""
                at = data.rindex(b"</")
                data = data[:at] + shape + data[at:]
            new.writestr(name, data)
    found = run(boxed)
    assert said(found.findings) == [
        'advarsel DG792: arket "Tilsagn" har 1 figur med tekst ("Alle skal have 10 %") og 1 billede eller diagram, '
        "som ikke kommer med @ Tilsagn!A1"
    ]
    assert of_rows(found) == [[], [], []]


# --- hidden


def test_hidden_columns_rows_and_sheets_are_read_and_told(made: Any, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["Tilsagn"].column_dimensions["C"].hidden = True
        book["Tilsagn"].row_dimensions[4].hidden = True
        book["Poster"].row_dimensions[3].hidden = True
        book["Poster"].sheet_state = "hidden"
        book.create_sheet("Opslag").append(["Ja"])
        book["Opslag"].sheet_state = "hidden"

    found = made(change)
    assert said(found.findings) == [
        "advarsel DG813: arket Tilsagn har skjulte rækker, som også bliver til dokumenter: 4 @ Tilsagn!A4",
        'advarsel DG727: kolonnen "cvr" i Tilsagn er skjult, men læst med @ Tilsagn!C1',
        "advarsel DG707: Poster har skjulte rækker, som er læst med: 3 @ Poster!A3",
        'advarsel DG728: arket "Poster" er skjult, men læst med som poster @ Poster!A1',
    ]
    assert "Net: 200\u00a0kr." in texts(tmp_path / "ud" / "Tilsagn Boldklubben.docx")


def test_processes_of_their_own_tell_the_same(made: Any, tmp_path: Path, folders: tuple[Path, ...]) -> None:
    def change(book: Any) -> None:
        strike("Tilsagn!B3", "Poster!B2")(book)
        put("Tilsagn", "B4", 450, "0000")(book)

    alone = made(change)
    both = series(
        "tilsagn", tmp_path / "foreninger.xlsx", tmp_path / "to", today=date(2026, 11, 22), folders=folders, processes=2
    )
    assert of_rows(both) == of_rows(alone)
    assert [len(one) for one in of_rows(both)] == [1, 1, 1]
