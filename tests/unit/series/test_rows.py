"""What the cells of a workbook become: headings, sheets with lists, common values, and all that can be wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from docgen.catalog import as_text
from docgen.diagnostics import DocgenError
from docgen.series import Series
from tests.unit.series.conftest import texts

Run = Callable[..., Series]
Book = Callable[..., Path]


def told(made: Series) -> list[str]:
    return [as_text(one).splitlines()[0] for one in made.findings]


def faults(made: Series) -> list[str]:
    return [" ".join(as_text(one).split()) for row in made.outcomes for one in row.findings]


@pytest.mark.parametrize(
    "heading", ["forening.navn", "Forening: Foreningens navn", "FORENINGENS NAVN", "Forening.navn"]
)
def test_a_heading_is_a_name_a_label_or_a_path(heading: str, run: Run, book: Book, tmp_path: Path) -> None:
    made = run(book({"Ark1": [["Nr", heading, "Tilskud (kr.)"], [1, "Koret", 5]]}))
    assert made.ok
    assert told(made) == []
    assert "Tilsagn til Koret" in texts(tmp_path / "ud" / "Tilsagn Koret.docx")


def test_lists_come_from_sheets_of_their_own_by_key(run: Run, book: Book, tmp_path: Path) -> None:
    made = run(
        book(
            {
                "Tilsagn": [
                    ["Foreningens navn", "nr", "beløb", "formål"],
                    ["Koret", 7, 5, "Sang\nNoder"],
                    ["Å", 8, 6, None],
                ],
                "Poster": [["tekst", "Nr.", "pris"], ["Leje", 8, 20], ["Noder", 7, 10], ["Kor & klaver", "7", None]],
            }
        )
    )
    assert made.ok
    assert told(made) == []
    found = texts(tmp_path / "ud" / "Tilsagn Koret.docx")
    assert found[2:7] == [
        "I får 5\u00a0kr. i tilskud",
        "Formål: Sang",
        "Formål: Noder",
        "Noder: 10\u00a0kr.",
        "Kor & klaver: ",
    ]
    assert "Leje: 20\u00a0kr." in texts(tmp_path / "ud" / "Tilsagn Å.docx")


def test_an_element_of_a_list_may_stand_in_columns(run: Run, book: Book, tmp_path: Path) -> None:
    rows = [["Foreningens navn", "beløb", "poster.tekst", "poster.pris", "poster[2].tekst"], ["Koret", 5, "A", 1, "B"]]
    assert run(book({"Ark1": rows})).ok
    assert texts(tmp_path / "ud" / "Tilsagn Koret.docx")[3:5] == ["A: 1\u00a0kr.", "B: "]


def test_rows_win_over_common_values_and_lists_are_not_mixed(run: Run, book: Book, tmp_path: Path) -> None:
    common = tmp_path / "fælles.yaml"
    common.write_text(
        "forening: {cvrnr: '29190909'}\nbeløb: 77\nformål: [fælles]\nposter: [{tekst: Fast, pris: 1}]\n",
        encoding="utf-8",
    )
    rows = [["Foreningens navn", "beløb", "formål"], ["Koret", None, "eget"], ["Å", 5, None]]
    assert run(book({"Ark1": rows}), common=common).ok
    assert texts(tmp_path / "ud" / "Tilsagn Koret.docx")[1:5] == [
        "CVR 29\u00a019\u00a009\u00a009",
        "I får 77\u00a0kr. i tilskud",
        "Formål: eget",
        "Fast: 1\u00a0kr.",
    ]
    assert texts(tmp_path / "ud" / "Tilsagn Å.docx")[2:4] == ["I får 5\u00a0kr. i tilskud", "Formål: fælles"]


def test_a_fault_in_the_common_values_names_their_line(run: Run, book: Book, tmp_path: Path) -> None:
    common = tmp_path / "faelles.yaml"
    common.write_text("dato: i går\n", encoding="utf-8")
    made = run(book({"Ark1": [["Foreningens navn", "beløb"], ["Koret", 5]]}), common=common)
    shown = as_text(made.outcomes[0].findings[0])
    assert f"{common.as_posix()}:1:7" in shown
    assert "1 | dato: i går" in shown


def test_a_missing_value_names_its_empty_cell(run: Run, book: Book) -> None:
    made = run(book({"Ark1": [["nr", "Foreningens navn", "beløb"], [1, None, 5], [2, "Koret", None]]}))
    assert [one.status.value for one in made.outcomes] == ["fejl", "fejl"]
    assert "Ark1!B2" in faults(made)[0]
    assert "Ark1!C3" in " ".join(faults(made)[1:])


def test_what_is_not_read_is_said(run: Run, book: Book) -> None:
    made = run(
        book(
            {
                "Ark1": [["nr", "Foreningens navn", "beløb", "telefn", None], [1, "Koret", 5, "12", "løst"]],
                "Poster": [["nr", "tekst"], [2, "Hvem?"], [None, "Uden nøgle"]],
                "Noter": [["husk"]],
            }
        )
    )
    assert made.ok
    assert told(made) == [
        'advarsel DG803: kolonnen "telefn" er ikke et felt og kommer ikke med',
        "advarsel DG804: kolonne E har ingen overskrift og kommer ikke med",
        "advarsel DG808: arket Noter er ikke en liste i Tilsagn og kommer ikke med",
        'advarsel DG806: rækken har nøglen "2", som ingen række i arket Ark1 har, og kommer ikke med',
        "advarsel DG807: rækken har ingen nøgle og kommer ikke med",
    ]


def test_two_columns_for_one_field_stop_the_run(run: Run, book: Book, tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as caught:
        run(book({"Ark1": [["Foreningens navn", "beløb", "Tilskud"], ["Koret", 5, 6]]}))
    assert [as_text(one).splitlines()[0] for one in caught.value.diagnostics] == [
        'fejl DG802: kolonnerne B og C er begge feltet "beløb"'
    ]
    assert not (tmp_path / "ud").exists()


def test_rows_with_one_key_fail_where_other_sheets_need_it(run: Run, book: Book) -> None:
    made = run(
        book(
            {
                "Ark1": [["nr", "Foreningens navn", "beløb"], [1, "A", 5], [1, "B", 5], [2, "C", 5]],
                "poster": [["nr", "tekst"], [1, "Leje"]],
            }
        )
    )
    assert [one.status.value for one in made.outcomes] == ["fejl", "fejl", "skrevet"]
    assert 'DG805: rækkerne 2 og 3 har samme nøgle "1"' in faults(made)[0]


def test_formulas_without_a_value_and_merged_cells_fail_their_rows(run: Run, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in (["Foreningens navn", "beløb"], ["A", 5], ["B", "=1+1"], ["C", 6], ["D", 7], ["E", 8]):
        sheet.append(row)
    sheet.merge_cells("B4:B5")
    path = tmp_path / "b.xlsx"
    book.save(path)
    made = run(path)
    assert [one.status.value for one in made.outcomes] == ["skrevet", "fejl", "fejl", "fejl", "skrevet"]
    assert "DG702: cellen har en formel, som ikke er regnet ud" in faults(made)[0]
    assert "DG812: cellerne B4:B5 er flettet" in " ".join(faults(made))


def test_headings_may_stand_below_a_title_and_blank_rows_are_passed_over(run: Run, book: Book) -> None:
    rows = [["Tilskud 2026"], [], ["Foreningens navn", "beløb"], ["Koret", 5], [None, None], ["Å", 6]]
    made = run(book({"Ark1": rows}))
    assert [one.number for one in made.outcomes] == [4, 6]
    assert made.ok


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_a_list_of_inputs_is_a_source_too(suffix: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / f"liste.{suffix}"
    path.write_text('[{"forening": {"navn": "Koret"}, "beløb": "5"},\n {"forening": {"navn": "Å"}}]', encoding="utf-8")
    made = run(path)
    assert [(one.number, one.status.value) for one in made.outcomes] == [(1, "skrevet"), (2, "fejl")]
    shown = as_text(made.outcomes[1].findings[0])
    assert f"{path.as_posix()}:2" in shown
    assert '{"forening": {"navn": "Å"}}]' in shown
    assert load_workbook(made.index_path)["Dokumenter"]["A5"].value == 1


def test_an_input_that_is_no_list_is_told_how_to_be_made(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "en.yaml"
    path.write_text("beløb: 5\n", encoding="utf-8")
    with pytest.raises(DocgenError) as caught:
        run(path)
    assert "DG814" in as_text(caught.value.diagnostics[0])


def test_the_empty_workbook_can_be_filled_in_and_read(run: Run, tmp_path: Path, folders: tuple[Path, ...]) -> None:
    from docgen.kinds.kind import load_kind
    from docgen.series.empty import empty_book

    path = tmp_path / "tom.xlsx"
    path.write_bytes(empty_book(load_kind("tilsagn", folders)))
    book = load_workbook(path)
    assert book.sheetnames == ["Tilsagn", "poster"]
    sheet = book["Tilsagn"]
    headings = [cell.value for cell in sheet[1]]
    assert headings[:3] == ["nøgle", "Forening: Foreningens navn", "Tilskud"]
    for name, value in {"nøgle": "k1", "Forening: Foreningens navn": "Koret", "Tilskud": "5"}.items():
        sheet.cell(2, headings.index(name) + 1).value = value
    inner = book["poster"]
    for column, value in enumerate(["k1", "Leje", "3"], 1):
        inner.cell(2, column).value = value
    book.save(path)
    made = run(path)
    assert made.ok
    assert "Leje: 3\u00a0kr." in texts(tmp_path / "ud" / "Tilsagn Koret.docx")
