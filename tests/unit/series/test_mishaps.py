"""What goes wrong around a series, and what its user is told: headings, keys, folders and files that are open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.catalog import as_text
from docgen.diagnostics import DocgenError
from docgen.series import Series
from docgen.series import __name__ as package
from tests.unit.series.conftest import THREE

Run = Callable[..., Series]
Book = Callable[..., Path]


def told(made: Series) -> list[str]:
    return [as_text(one) for one in made.findings]


def refused(run: Run, source: Path, **choices: object) -> list[str]:
    with pytest.raises(DocgenError) as caught:
        run(source, **choices)
    return [as_text(one) for one in caught.value.diagnostics]


def test_a_heading_that_several_fields_have_is_not_guessed(
    run: Run, book: Book, tmp_path: Path, folders: tuple[Path, ...]
) -> None:
    fields = folders[0] / "tilsagn" / "felter.yaml"
    text = fields.read_text(encoding="utf-8").replace("pris: {type: beløb}", "cvr: {type: cvr}")
    fields.write_text(text, encoding="utf-8")
    rows = [["Foreningens navn", "beløb", "cvr"], ["Koret", 5, "29190909"]]
    path = (tmp_path / "foreninger.xlsx").as_posix()
    assert told(run(book({"Ark1": rows}))) == [
        'advarsel DG817: kolonnen "cvr" kan være flere felter og kommer ikke med: forening.cvr, poster.cvr\n'
        f"  {path}, Ark1!C1\n"
        '  hjælp: skriv hele feltets navn som overskrift, fx "forening.cvr"'
    ]


def test_a_misspelt_heading_suggests_fields_of_lists_too(run: Run, book: Book) -> None:
    rows = [["Foreningens navn", "beløb", "teskt", "bellob"], ["Koret", 5, "x", 6]]
    found = [one.splitlines()[-1] for one in told(run(book({"Ark1": rows})))]
    assert found == ['  hjælp: mente du "poster.tekst"?', '  hjælp: mente du "beløb"?']


def test_a_misspelt_sheet_suggests_the_list(run: Run, book: Book) -> None:
    made = run(book({**THREE, "Postre": [["nr", "tekst"], [1, "x"]]}))
    assert told(made)[0].splitlines()[-1] == '  hjælp: giv arket listens navn: mente du "poster"?'


def test_rows_without_a_key_are_not_told_of_without_end(run: Run, book: Book) -> None:
    made = run(book({**THREE, "poster": [["nr", "tekst"], *([99, f"nr. {number}"] for number in range(300))]}))
    found = told(made)
    assert len(found) == 9
    assert found[0].splitlines()[-1] == "  hjælp: vælg mellem 1, 2, 3"
    assert "DG816: 292 rækker mere i arket poster har ingen nøgle fra arket Foreninger og kommer ikke med" in found[-1]
    assert "poster!A10" in found[-1]


def test_a_sheet_without_rows_says_nothing_of_the_keys_on_the_others(run: Run, book: Book) -> None:
    rows = {"Foreninger": THREE["Foreninger"][:1], "poster": [["nr", "tekst"], [1, "x"]]}
    assert [one.partition(":")[0] for one in refused(run, book(rows))] == ["fejl DG800"]


def test_what_follows_from_a_cell_that_cannot_be_read_is_not_a_fault_too(run: Run, book: Book) -> None:
    path = book(THREE)
    workbook = load_workbook(path)
    workbook["Foreninger"]["D2"] = "=500+500"
    workbook.save(path)
    made = run(path)
    assert [one.code for one in made.outcomes[0].findings if one.severity == "fejl"] == ["DG702"]


def test_the_index_must_be_closed_before_anything_is_written(run: Run, book: Book, tmp_path: Path) -> None:
    path = book(THREE)
    run(path)
    for one in (tmp_path / "ud").glob("*.docx"):
        one.unlink()
    (tmp_path / "ud" / "~$indeks.xlsx").write_bytes(b"")
    assert refused(run, path)[0].startswith("fejl DG502: indeks.xlsx er åben i Word, Excel eller et andet program")
    assert not list((tmp_path / "ud").glob("*.docx"))


def test_an_index_opened_during_the_run_loses_none_of_what_became_of_the_rows(
    run: Run, book: Book, tmp_path: Path
) -> None:
    folder = tmp_path / "ud"

    def open_it(done: int, of: int) -> None:
        if done == of:
            (folder / "~$indeks.xlsx").write_bytes(b"")

    run(book(THREE))
    made = run(book({"Foreninger": [*THREE["Foreninger"], [4, "Teatret", None, 10]]}), progress=open_it)
    assert not made.ok
    assert [one.code for one in made.findings] == ["DG502"]
    assert [one.status for one in made.outcomes] == ["uændret"] * 3 + ["skrevet"]
    (folder / "~$indeks.xlsx").unlink()
    assert run(tmp_path / "foreninger.xlsx").ok
    assert load_workbook(folder / "indeks.xlsx")["Dokumenter"].tables["Dokumenter"].ref.endswith("8")


def test_a_folder_that_cannot_be_written_is_told_of(
    run: Run, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = book(THREE)
    monkeypatch.setattr(Path, "mkdir", refuse)
    assert [one.splitlines()[0] for one in refused(run, path)] == [
        "fejl DG504: ud kan ikke skrives: du har ikke adgang til at skrive der"
    ]


def test_the_lists_of_each_row_are_a_workbook_where_asked_for(run: Run, book: Book, tmp_path: Path) -> None:
    path = book({**THREE, "poster": [["nr", "tekst", "pris"], [1, "Leje", 100], [1, "=Noder", 50]]})
    made = run(path, formats=("docx", "xlsx"))
    assert made.outcomes[0].made is not None
    assert made.outcomes[0].made.files == ("Tilsagn Åens Venner.docx", "Tilsagn Åens Venner.xlsx")
    shown = load_workbook(tmp_path / "ud" / "Tilsagn Åens Venner.xlsx")
    cells = [cell for sheet in shown for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=Noder"] == ["s"]
    assert {100, 50} <= {cell.value for cell in cells}


def test_a_workbook_is_refused_where_the_kind_has_no_lists(
    run: Run, book: Book, tmp_path: Path, folders: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{package}.has_tables", lambda _: False)
    assert refused(run, book(THREE), formats=("xlsx",))[0].startswith("fejl DG780")
    assert not (tmp_path / "ud").exists()
