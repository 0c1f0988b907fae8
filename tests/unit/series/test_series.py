"""A series as its user sees it: the documents, what is told of them, and what happens the next time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from docgen.catalog import as_text
from docgen.diagnostics import DocgenError
from docgen.series import Replace, Series, Status
from tests.unit.series.conftest import THREE, texts

Run = Callable[..., Series]
Book = Callable[..., Path]


def told(made: Series) -> list[str]:
    return [as_text(finding) for one in made.outcomes for finding in one.findings]


def statuses(made: Series) -> list[str]:
    return [one.status.value for one in made.outcomes]


def files(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if path.is_file()}


def test_every_row_becomes_a_document_under_the_name_that_the_kind_gives(run: Run, book: Book, tmp_path: Path) -> None:
    made = run(book(THREE))
    assert statuses(made) == ["skrevet"] * 3
    assert sorted(files(tmp_path / "ud")) == [
        "Tilsagn Boldklubben.docx",
        "Tilsagn Koret.docx",
        "Tilsagn Åens Venner.docx",
        "indeks.xlsx",
    ]
    assert texts(tmp_path / "ud" / "Tilsagn Åens Venner.docx") == [
        "Tilsagn til Åens Venner",
        "CVR 29\u00a019\u00a009\u00a009",
        "I får 1.000\u00a0kr. i tilskud",
        "Åens Venner aflægger regnskab.",
    ]
    assert "I får 2.500,50\u00a0kr. i tilskud" in texts(tmp_path / "ud" / "Tilsagn Boldklubben.docx")


def test_a_row_with_faults_stops_only_itself_and_the_fault_names_its_cell(run: Run, book: Book, tmp_path: Path) -> None:
    rows = [*THREE["Foreninger"], [4, None, "12345678", "mange penge"]]
    made = run(book({"Foreninger": rows}))
    assert statuses(made) == ["skrevet", "skrevet", "skrevet", "fejl"]
    assert not made.ok
    found = "\n".join(as_text(one) for one in made.outcomes[3].findings)
    assert "foreninger.xlsx, Foreninger!B5" in found
    assert "foreninger.xlsx, Foreninger!C5" in found
    assert 'fejl DG216: "Tilskud" er ikke et beløb: "mange penge"' in found
    assert "foreninger.xlsx, Foreninger!D5" in found
    assert len(list((tmp_path / "ud").glob("*.docx"))) == 3


def test_the_index_lists_every_row_with_a_link_and_what_it_was_made_from(run: Run, book: Book) -> None:
    rows = [*THREE["Foreninger"], [4, "=1+1 A/S", None, "x"]]
    made = run(book({"Foreninger": rows}))
    index = load_workbook(made.index_path)
    sheet = index["Dokumenter"]
    table = sheet.tables["Dokumenter"]
    assert table.ref == "A4:M8"
    assert sheet.freeze_panes == "B5"
    headings = [cell.value for cell in sheet[4]]
    shown = {name: [row[at].value for row in sheet.iter_rows(min_row=5)] for at, name in enumerate(headings)}
    assert shown["Række"] == [2, 3, 4, 5]
    assert shown["Foreningens navn"] == ["Åens Venner", "Boldklubben", "Koret", "=1+1 A/S"]
    name = sheet.cell(8, headings.index("Foreningens navn") + 1)
    assert (name.data_type, name.quotePrefix) == ("s", True)
    assert shown["Status"] == ["skrevet", "skrevet", "skrevet", "fejl"]
    assert shown["Advarsler"] == [0, 0, 1, 0]
    assert shown["Bemærkninger"][2] == "Foreninger!D4: 60.000 kr. er et stort tilskud (stort)"
    assert "Foreninger!D5" in shown["Bemærkninger"][3]
    assert shown["Type"][0] == "Tilsagn 2.1"
    assert shown["Bestemmelser"] == ["Sæt 1", "Sæt 1", "Sæt 1", None]
    assert shown["Aftryk af indhold"][0] == made.outcomes[0].made.content
    link = sheet.cell(5, headings.index("Dokument") + 1)
    assert link.hyperlink.target == "Tilsagn%20%C3%85ens%20Venner.docx"
    assert [[cell.value for cell in row] for row in index["Bestemmelser"].iter_rows()] == [
        ["Sæt", "Bestemmelse", "Overskrift", "Version"],
        ["Sæt 1", "vilkår", "Vilkår", "1.3"],
    ]


def test_names_come_from_a_pattern_and_cannot_leave_the_folder(run: Run, book: Book, tmp_path: Path) -> None:
    rows = [["Nr.", "Foreningens navn", "beløb"], [7, "../../ud af mappen", 5], [8, "CON", 5]]
    run(book({"Ark1": rows}), pattern="{{ forening.navn }}")
    assert sorted(path.name for path in (tmp_path / "ud").glob("*.docx")) == ["_CON.docx", "ud af mappen.docx"]
    assert not list(tmp_path.glob("*.docx"))


def test_two_rows_with_one_file_are_told_before_anything_is_written(run: Run, book: Book, tmp_path: Path) -> None:
    rows = [["Foreningens navn", "beløb"], ["Ågård", 5], ["A\u030agård", 6], ["ÅGÅRD", 7], ["Koret", 8]]
    with pytest.raises(DocgenError) as caught:
        run(book({"Ark1": rows}))
    assert [as_text(one).splitlines()[:2] for one in caught.value.diagnostics] == [
        [
            'fejl DG820: rækkerne 2, 3 og 4 giver samme fil: "Tilsagn Ågård.docx"',
            f"  {(tmp_path / 'foreninger.xlsx').as_posix()}, Ark1!A4",
        ]
    ]
    assert not (tmp_path / "ud").exists()


def test_a_pattern_may_only_name_fields(run: Run, book: Book) -> None:
    with pytest.raises(DocgenError) as caught:
        run(book(THREE), pattern="{{ foreningen.navn }}")
    assert as_text(caught.value.diagnostics[0]).splitlines() == [
        'fejl DG821: "foreningen" i mønsteret til --navn er hverken et felt eller en overskrift i arket',
        '  hjælp: mente du "forening"?',
    ]


OWN = {
    "Foreninger": [
        ["Nr.", "Foreningens navn", "beløb", "Ansvarligt center", "Poster: tekst"],
        [1, "Koret", 1000, "Nord/Syd", "Leje"],
        [2, "Teatret", 2000, None, "Lys"],
        [3, "Æ-klubben", 3000, date(2026, 12, 24), None],
    ]
}


def test_a_pattern_takes_any_column_by_its_heading(run: Run, book: Book, tmp_path: Path) -> None:
    pattern = "{{ Nr. }} {{ansvarligt  Center}} {{ Poster: tekst }} {{ forening.navn }} {{ beløb }}"
    made = run(book(OWN), pattern=pattern)
    assert [one.name for one in made.outcomes] == [
        "1 Nord-Syd Leje Koret 1.000 kr",
        "2 Lys Teatret 2.000 kr",
        "3 24.12.2026 Æ-klubben 3.000 kr",
    ]
    assert not made.findings  # it says of no column that it is left out
    assert [one.code for one in run(book(OWN), pattern="x{{ nøgle }}").findings] == ["DG803"]


def test_a_row_whose_own_column_changes_gets_a_new_name(run: Run, book: Book) -> None:
    rows = [["Foreningens navn", "beløb", "Center"], ["Koret", 5, "Nord"], ["Koret", 5, "Syd"]]
    pattern = "{{ Center }}"
    assert [one.name for one in run(book({"Ark1": rows}), pattern=pattern).outcomes] == ["Nord", "Syd"]
    rows[2][2] = "Øst"
    made = run(book({"Ark1": rows}), pattern=pattern, replace=Replace.CHANGED)
    assert [(one.name, one.status.value) for one in made.outcomes] == [("Nord", "uændret"), ("Øst", "skrevet")]
    assert made.orphans == ("Syd.docx",)
    rows[1][2] = "Øst"
    with pytest.raises(DocgenError) as caught:
        run(book({"Ark1": rows}), pattern=pattern)
    assert caught.value.diagnostics[0].code == "DG820"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{{ Ansvarlig centre }}", 'DG821: "Ansvarlig centre" i mønsteret til --navn er hverken'),
        ("{{ Centret }}", 'DG821: "Centret" i mønsteret til --navn er hverken'),
        ("{{ Nr. }", "DG822: mønsteret til --navn kan ikke læses"),
        ("{{ Nr. + }}", "DG822: mønsteret til --navn kan ikke læses"),
    ],
)
def test_a_pattern_that_cannot_be_read_stops_the_run(
    pattern: str, said: str, run: Run, book: Book, tmp_path: Path
) -> None:
    with pytest.raises(DocgenError) as caught:
        run(book(OWN), pattern=pattern)
    assert said in as_text(caught.value.diagnostics[0])
    assert caught.value.exit_code == 2
    assert not (tmp_path / "ud").exists()


def test_a_cell_that_cannot_be_read_gives_no_name(run: Run, book: Book, tmp_path: Path) -> None:
    path = book(OWN)
    workbook = load_workbook(path)
    workbook["Foreninger"]["D3"] = "=A1&A2"
    workbook.save(path)
    made = run(path, pattern="{{ nøgle }} {{ Ansvarligt center }}")
    assert statuses(made) == ["skrevet", "fejl", "skrevet"]
    assert "Foreninger!D3" in told(made)[0]
    assert "DG702" in told(made)[0]


def test_a_name_that_cannot_be_made_of_a_row_says_why(run: Run, book: Book) -> None:
    made = run(book(OWN), pattern="{{ forening.navn }} {{ poster[0].tekst }}")
    assert statuses(made) == ["skrevet", "skrevet", "fejl"]
    assert [one.code for one in made.outcomes[2].findings] == ["DG305"]


def test_a_check_writes_nothing_and_says_what_a_run_would_say(run: Run, book: Book, tmp_path: Path) -> None:
    rows = {"Foreninger": [*THREE["Foreninger"], [4, "Fejlen", None, "mange"]]}
    checked = run(book(rows), check_only=True)
    assert statuses(checked) == ["i orden"] * 3 + ["fejl"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["foreninger.xlsx", "templates"]
    made = run(book(rows))
    assert statuses(made) == ["skrevet"] * 3 + ["fejl"]
    assert told(checked) == told(made)
    assert [one.made.content for one in checked.outcomes[:3]] == [one.made.content for one in made.outcomes[:3]]
    before = files(tmp_path / "ud") | files(tmp_path / "ud" / ".docgen")
    again = run(book(changed()), check_only=True)
    assert statuses(again) == ["fejl", "uændret", "uændret"]
    assert told(again)[0].startswith("fejl DG824")
    assert statuses(run(book(changed()), check_only=True, replace=Replace.CHANGED)) == ["i orden", "uændret", "uændret"]
    assert files(tmp_path / "ud") | files(tmp_path / "ud" / ".docgen") == before


def test_the_same_bytes_whatever_does_the_work(run: Run, book: Book, tmp_path: Path) -> None:
    rows = [["nr", "Foreningens navn", "beløb"], *([n, f"Forening {n}", n * 100] for n in range(1, 60))]
    source = book({"Ark1": rows})
    run(source)
    alone = files(tmp_path / "ud") | files(tmp_path / "ud" / ".docgen")
    shutil.rmtree(tmp_path / "ud")
    run(source, processes=2)
    assert files(tmp_path / "ud") | files(tmp_path / "ud" / ".docgen") == alone
    shutil.rmtree(tmp_path / "ud")
    with ThreadPoolExecutor(3) as executor:
        run(source, executor=executor)
    assert files(tmp_path / "ud") | files(tmp_path / "ud" / ".docgen") == alone


def test_a_second_run_makes_nothing_anew(run: Run, book: Book, tmp_path: Path) -> None:
    run(book(THREE))
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "ud").glob("*.docx")}
    made = run(book(THREE))
    assert statuses(made) == ["uændret"] * 3
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "ud").glob("*.docx")} == before
    shown = [[cell.value for cell in row] for row in load_workbook(made.index_path)["Dokumenter"].iter_rows(min_row=5)]
    assert [row.count("uændret") for row in shown] == [1, 1, 1]
    assert "60.000" in str(shown[2])


def changed(amount: int = 1001) -> dict[str, list[list[object]]]:
    rows = [list(row) for row in THREE["Foreninger"]]
    rows[1][3] = amount
    return {"Foreninger": rows}


def test_what_has_changed_is_made_anew_when_asked_for_and_not_otherwise(run: Run, book: Book, tmp_path: Path) -> None:
    run(book(THREE))
    made = run(book(changed()))
    assert statuses(made) == ["fejl", "uændret", "uændret"]
    assert told(made)[0].splitlines() == [
        "fejl DG824: Tilsagn Åens Venner.docx findes allerede og ville blive anderledes nu",
        f"  {(tmp_path / 'ud' / 'Tilsagn Åens Venner.docx').as_posix()}",
        "  hjælp: brug --kun-ændrede for at lave det, der er ændret, igen",
    ]
    made = run(book(changed()), replace=Replace.CHANGED)
    assert statuses(made) == ["skrevet", "uændret", "uændret"]
    assert "I får 1.001\u00a0kr. i tilskud" in texts(tmp_path / "ud" / "Tilsagn Åens Venner.docx")


def test_another_day_changes_nothing_by_itself(run: Run, book: Book) -> None:
    run(book(THREE))
    made = run(book(THREE), replace=Replace.CHANGED, today=date(2026, 12, 24))
    assert statuses(made) == ["uændret"] * 3


def test_a_row_moved_to_another_place_is_the_same_row(run: Run, book: Book) -> None:
    run(book(THREE))
    first, *rest = THREE["Foreninger"]
    made = run(book({"Foreninger": [first, *reversed(rest)]}), replace=Replace.CHANGED)
    assert statuses(made) == ["uændret"] * 3


def test_a_changed_template_or_clause_changes_every_row(run: Run, book: Book, folders: tuple[Path, ...]) -> None:
    run(book(THREE))
    clause = folders[0] / "tilsagn" / "klausuler" / "vilkår.md"
    clause.write_text(clause.read_text(encoding="utf-8").replace("regnskab", "årsregnskab"), encoding="utf-8")
    made = run(book(THREE), replace=Replace.CHANGED)
    assert statuses(made) == ["skrevet"] * 3


def edit(path: Path) -> bytes:
    import docx

    document = docx.Document(str(path))
    document.add_paragraph("Rettet i hånden")
    document.save(str(path))
    return path.read_bytes()


def test_a_document_edited_in_word_is_never_written_over_unasked(run: Run, book: Book, tmp_path: Path) -> None:
    run(book(THREE))
    path = tmp_path / "ud" / "Tilsagn Åens Venner.docx"
    edited = edit(path)
    for replace in (Replace.NOTHING, Replace.CHANGED):
        made = run(book(THREE), replace=replace)
        assert statuses(made) == ["rettet i Word", "uændret", "uændret"]
        assert told(made)[0].startswith(
            "advarsel DG826: Tilsagn Åens Venner.docx er rettet, siden docgen lavede den, og er ikke rørt"
        )
        assert path.read_bytes() == edited
    made = run(book(changed()), replace=Replace.CHANGED)
    assert statuses(made) == ["fejl", "uændret", "uændret"]
    assert told(made)[0].startswith("fejl DG825: Tilsagn Åens Venner.docx er rettet")
    assert path.read_bytes() == edited
    made = run(book(THREE), replace=Replace.ALL)
    assert statuses(made) == ["skrevet", "uændret", "uændret"]
    assert "Rettet i hånden" not in texts(path)


def test_a_file_that_is_no_document_of_the_series_is_left_alone(run: Run, book: Book, tmp_path: Path) -> None:
    (tmp_path / "ud").mkdir()
    (tmp_path / "ud" / "Tilsagn Koret.docx").write_bytes(b"en andens")
    made = run(book(THREE), replace=Replace.CHANGED)
    assert statuses(made) == ["skrevet", "skrevet", "fejl"]
    assert "DG823: Tilsagn Koret.docx findes allerede og er ikke lavet af denne række" in told(made)[-1]
    assert (tmp_path / "ud" / "Tilsagn Koret.docx").read_bytes() == b"en andens"


def test_a_run_that_was_stopped_is_taken_up_again(run: Run, book: Book, tmp_path: Path) -> None:
    run(book(THREE))
    whole = files(tmp_path / "ud")
    journal = tmp_path / "ud" / ".docgen" / "serie.jsonl"
    lines = journal.read_text(encoding="utf-8").splitlines()
    # as kill -9 leaves it: a document without a line, half a line, half a file that no one sees, no index
    journal.write_text(lines[0] + "\n" + lines[1][:50], encoding="utf-8")
    (tmp_path / "ud" / "indeks.xlsx").unlink()
    (tmp_path / "ud" / "Tilsagn Koret.docx").unlink()
    (tmp_path / "ud" / ".docgen" / ".docgen-1-1.udkast").write_bytes(b"halv")
    made = run(book(THREE))
    assert sorted(statuses(made)) == ["skrevet", "uændret", "uændret"]
    assert {name: one for name, one in files(tmp_path / "ud").items() if name != "indeks.xlsx"} == {
        name: one for name, one in whole.items() if name != "indeks.xlsx"
    }
    assert [path.name for path in (tmp_path / "ud" / ".docgen").iterdir()] == ["serie.jsonl"]
    assert journal.read_text(encoding="utf-8").splitlines() == lines


def test_documents_that_no_row_has_any_more_are_named(run: Run, book: Book) -> None:
    run(book(THREE))
    made = run(book({"Foreninger": THREE["Foreninger"][:3]}))
    assert made.orphans == ("Tilsagn Koret.docx",)


def test_several_formats_of_each_row(run: Run, book: Book, tmp_path: Path) -> None:
    made = run(book(THREE), formats=("docx", "txt"))
    assert made.outcomes[0].made.files == ("Tilsagn Åens Venner.docx", "Tilsagn Åens Venner.txt")
    assert "Åens Venner aflægger regnskab." in (tmp_path / "ud" / "Tilsagn Åens Venner.txt").read_text(encoding="utf-8")
    assert statuses(run(book(THREE), formats=("docx", "txt"))) == ["uændret"] * 3


def test_a_file_beside_the_workbook_that_comes_later_is_seen(run: Run, book: Book, tmp_path: Path) -> None:
    rows = [["Foreningens navn", "beløb", "bilag"], ["Koret", 5, "plan.pdf"]]
    run(book({"Ark1": rows}))
    later = {"replace": Replace.CHANGED, "today": date(2027, 1, 1)}
    assert run(book({"Ark1": rows}), **later).outcomes[0].status is Status.UNCHANGED
    (tmp_path / "plan.pdf").write_bytes(b"%PDF")
    made = run(book({"Ark1": rows}), **later)
    assert statuses(made) == ["skrevet"]
    assert "Planen er vedlagt" in texts(tmp_path / "ud" / "Tilsagn Koret.docx")


def contribution(folder: Path, name: str, *rows: tuple[str, int]) -> None:
    book = Workbook()
    book.worksheets[0].append(["tekst", "pris"])
    for row in rows:
        book.worksheets[0].append(list(row))
    folder.mkdir(exist_ok=True)
    book.save(folder / name)


def test_rows_are_made_anew_when_the_files_that_their_common_lists_come_from_change(
    run: Run, book: Book, tmp_path: Path
) -> None:
    common = tmp_path / "fælles.yaml"
    common.write_text("poster: {fra: bidrag/*.xlsx}\n", encoding="utf-8")
    folder = tmp_path / "bidrag"
    contribution(folder, "a.xlsx", ("Leje", 100))
    choices = {"common": common, "replace": Replace.CHANGED, "today": date(2026, 11, 23)}

    def lines() -> list[str]:
        first, second = ([text for text in texts(path) if ": " in text] for path in (tmp_path / "ud").glob("*.docx"))
        assert first == second
        return first

    source = book({"Ark1": [["Foreningens navn", "beløb"], ["Koret", 5], ["Teatret", 5]]})
    run(source, common=common)
    assert lines() == ["Leje: 100\u00a0kr."]
    assert statuses(run(source, **choices)) == ["uændret", "uændret"]
    contribution(folder, "b.xlsx", ("Lys", 50))
    assert statuses(run(source, **choices)) == ["skrevet", "skrevet"]
    assert lines() == ["Leje: 100\u00a0kr.", "Lys: 50\u00a0kr."]
    contribution(folder, "b.xlsx", ("Lys", 60))
    assert statuses(run(source, **choices)) == ["skrevet", "skrevet"]
    assert lines() == ["Leje: 100\u00a0kr.", "Lys: 60\u00a0kr."]
    (folder / "a.xlsx").unlink()
    assert statuses(run(source, **choices)) == ["skrevet", "skrevet"]
    assert lines() == ["Lys: 60\u00a0kr."]
    assert statuses(run(source, **choices)) == ["uændret", "uændret"]


def test_a_name_made_of_rows_in_other_files_follows_them(run: Run, book: Book, tmp_path: Path) -> None:
    common = tmp_path / "fælles.yaml"
    common.write_text("poster: {fra: bidrag/a.xlsx}\n", encoding="utf-8")
    choices = {"common": common, "pattern": "{{ forening.navn }} {{ poster[0].tekst }}", "replace": Replace.CHANGED}
    source = book({"Ark1": [["Foreningens navn", "beløb"], ["Koret", 5]]})
    contribution(tmp_path / "bidrag", "a.xlsx", ("Leje", 100))
    assert [one.name for one in run(source, **choices).outcomes] == ["Koret Leje"]
    contribution(tmp_path / "bidrag", "a.xlsx", ("Lys", 100))
    made = run(source, **choices)
    assert [(one.name, one.status.value) for one in made.outcomes] == [("Koret Lys", "skrevet")]
    assert made.orphans == ("Koret Leje.docx",)
