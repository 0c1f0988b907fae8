"""`docgen flet`: what it writes, what it says, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from docgen.cli.app import main

FIELDS = """
type: {titel: Tilsagn, filnavn: "Tilsagn {{ navn }}"}
felter:
  navn: {type: tekst, påkrævet: ja}
  beløb: {type: beløb, påkrævet: ja}
"""
RULES = """
- {kode: stort, krav: beløb < 50000, ved: beløb, alvor: advarsel, grundlag: skøn, besked: Tilskuddet er stort}
"""


@pytest.fixture(autouse=True)
def kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import docx

    monkeypatch.chdir(tmp_path)
    folder = Path("templates/tilsagn")
    folder.mkdir(parents=True)
    (folder / "felter.yaml").write_text(FIELDS, encoding="utf-8")
    (folder / "regler.yaml").write_text(RULES, encoding="utf-8")
    document = docx.Document()
    document.add_paragraph("{{ navn }} får {{ beløb }}")
    document.save(str(folder / "skabelon.docx"))


def write(*rows: list[object]) -> None:
    book = Workbook()
    for row in (["navn", "beløb"], *rows):
        book.worksheets[0].append(row)
    book.save("liste.xlsx")


def test_it_ends_with_what_became_of_the_rows(capsys: pytest.CaptureFixture[str]) -> None:
    write(["Koret", 5], ["Å", 60000], ["Ø", "mange"], ["Æ", 70000])
    assert main(["flet", "tilsagn", "liste.xlsx", "-o", "ud", "--processer", "1"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        'fejl DG216: "Beløb" er ikke et beløb: "mange"',
        "  liste.xlsx, Sheet!B4",
        "  hjælp: skriv beløbet som 1,4 mio. kr. eller 125.000,50",
        "oplysning DG308: én regel er ikke tjekket, fordi den bruger et felt med fejl: stort",
        "  hjælp: ret de andre fejl, og tjek igen",
        "  gælder række 4",
        "advarsel DG300: Tilskuddet er stort (stort)",
        "  liste.xlsx, Sheet!B3",
        "  også i række 5",
        "4 rækker: 3 skrevet, 1 fejl",
        "  fejl i række 4",
        "  skabelon: templates/tilsagn/skabelon.docx",
        "  oversigt: ud/indeks.xlsx",
        "1 fejl, 2 advarsler, 1 oplysning",
    ]


def test_of_many_warnings_of_a_sort_the_first_are_told_and_then_the_rows(capsys: pytest.CaptureFixture[str]) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["navn", "beløb"])
    for number in range(1, 14):
        sheet.append([number, 60000])
        sheet.cell(number + 1, 1).number_format = "000"
    book.save("liste.xlsx")
    assert main(["flet", "tilsagn", "liste.xlsx", "-o", "ud", "--processer", "1"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line[:14] for line in lines].count("advarsel DG794") == 8
    assert [line[:14] for line in lines].count("advarsel DG300") == 1
    assert "DG794 også i række 10, 11, 12, 13, 14" in lines
    assert lines[-1] == "26 advarsler"


def test_json_tells_every_row(capsys: pytest.CaptureFixture[str]) -> None:
    write(["Koret", 5], ["Ø", "mange"])
    assert main(["batch", "tilsagn", "liste.xlsx", "-o", "ud", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert [(one["row"], one["status"], one["files"]) for one in told["results"]] == [
        (2, "written", ["ud/Tilsagn Koret.docx"]),
        (3, "failed", []),
    ]
    assert told["index"] == "ud/indeks.xlsx"
    assert {one["code"] for one in told["diagnostics"]} == {"DG216", "DG308"}


def test_a_check_says_what_is_wrong_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    write(["Koret", 5], ["Ø", "mange"])
    assert main(["flet", "tilsagn", "liste.xlsx", "--tjek", "--processer", "1"]) == 1
    assert capsys.readouterr().err.splitlines()[-5:] == [
        "2 rækker: 1 i orden, 1 fejl",
        "  fejl i række 3",
        "  skabelon: templates/tilsagn/skabelon.docx",
        "  intet er skrevet",
        "1 fejl, 1 oplysning",
    ]
    write(["Koret", 5])
    assert main(["flet", "tilsagn", "liste.xlsx", "--tjek", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["row"], one["status"], one["files"]) for one in told["results"]] == [(2, "checked", [])]
    assert "index" not in told
    assert sorted(path.name for path in Path().iterdir()) == ["liste.xlsx", "templates"]


def test_who_checks_a_list_as_one_form_is_told_how(capsys: pytest.CaptureFixture[str]) -> None:
    write(["Koret", 5], ["Ø", 6])
    assert main(["tjek", "liste.xlsx"]) == 2
    assert 'så tjek det med: docgen flet TYPE "liste.xlsx" --tjek' in capsys.readouterr().err
    assert main(["tjek", "liste.xlsx", "--type", "tilsagn"]) == 1
    assert (
        'docgen flet tilsagn "liste.xlsx" (med --tjek finder den kun fejl og skriver intet)' in capsys.readouterr().err
    )


def test_it_writes_to_outputs_unless_told_where(capsys: pytest.CaptureFixture[str]) -> None:
    write(["Koret", 5])
    assert main(["flet", "tilsagn", "liste.xlsx"]) == 0
    assert Path("outputs/tilsagn/Tilsagn Koret.docx").is_file()


@pytest.mark.parametrize("given", ["0", "-1", "mange", "1,5"])
def test_the_number_of_processes_is_a_number(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(["Koret", 5])
    assert main(["flet", "tilsagn", "liste.xlsx", "--processer", given]) == 2
    assert "DG830: --processer skal være et helt tal, mindst 1" in capsys.readouterr().err
    assert not Path("outputs").exists()


def test_an_empty_workbook_to_fill_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["flet", "tilsagn", "--tom", "-o", "tom.xlsx"]) == 0
    assert "skrev tom.xlsx" in capsys.readouterr().err
    assert main(["flet", "tilsagn", "tom.xlsx", "-o", "ud"]) == 1
    assert "DG800: tom.xlsx har ingen rækker at lave dokumenter af" in capsys.readouterr().err
    assert main(["flet", "tilsagn", "--tom", "-o", "tom.xlsx"]) == 2


def test_a_file_in_the_place_of_the_folder(capsys: pytest.CaptureFixture[str]) -> None:
    write(["Koret", 5])
    assert main(["flet", "tilsagn", "liste.xlsx", "-o", "liste.xlsx"]) == 2
    assert "DG831: liste.xlsx er ikke en mappe" in capsys.readouterr().err
