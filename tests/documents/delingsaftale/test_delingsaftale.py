"""Sharing agreements: sums from the same rows, and a public edition from which nobody can reckon out few people."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docgen import sources
from docgen.catalog import message
from docgen.diagnostics import DocgenError
from docgen.pipeline import Request, check, generate
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_text
from tests.rules.test_rules import change, plain

ROOT = Path(__file__).parent.parent.parent.parent
INPUTS = ROOT / "inputs" / "delingsaftale"
FOLDERS = [ROOT / "templates"]
TODAY = date(2026, 11, 22)
LARGE, EAST, SUPPLEMENT = "middelfart-syddanmark.yaml", "holbaek-oestdanmark.yaml", "tillaeg-middelfart.yaml"


def text_of(path: Path, edition: str | None) -> str:
    made = generate(Request("delingsaftale", path, TODAY, FOLDERS, edition=edition))
    return to_text(read_document(made.word.to_bytes())).replace("\u00a0", " ")


@cache
def example(name: str, edition: str | None = None) -> str:
    return text_of(INPUTS / name, edition)


def written(folder: Path, name: str, changes: Mapping[str, object]) -> Path:
    data: Any = plain(sources.read(INPUTS / name).root)
    for where, value in changes.items():
        change(data, where, value)
    path = folder / "aftale.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def changed(folder: Path, name: str, changes: Mapping[str, object], edition: str | None = None) -> str:
    return text_of(written(folder, name, changes), edition)


def rows_of(text: str, caption: str) -> list[list[str]]:
    """The rows below the head of the table under a caption."""
    _, _, after = text.partition(f"\n{caption}\n\n")
    table = after.partition("\n\n")[0]
    assert table, f"no table under {caption}"
    body = table.partition("-|-")[2].partition("\n")[2]
    return [[cell.strip() for cell in line.split("|")] for line in body.splitlines()]


def annex(text: str, number: int) -> str:
    """An annex, from its heading to the next."""
    found = re.search(rf"^Bilag {number}\. .*?(?=^Bilag \d+\. [^\n]*\n=|\Z)", text, re.MULTILINE | re.DOTALL)
    headings = re.findall(rf"^Bilag {number}\. [^\n]*\n=+\n", text, re.MULTILINE)
    assert found and headings, f"annex {number} is not there"
    return text[text.index(headings[0]) :].partition("\nBilag ")[0]


SECTIONS = (
    "Parter og baggrund", "Formål og omfang", "Generelle principper", "Aktiver", "Passiver", "Rettigheder og pligter",
    "Ansatte", "Data, arkiver og personoplysninger", "Økonomi", "Igangværende sager og retssager",
    "Oplysninger og garantier", "Regulering og efterregulering", "Særlige aftaler", "Uenighed",
    "Ikrafttræden, godkendelse og offentlighed", "Underskrifter",
)  # fmt: skip


def test_there_are_sixteen_sections_and_eleven_annexes() -> None:
    text = example(LARGE)
    for number, section in enumerate(SECTIONS, 1):
        assert re.search(rf"^{number} {section}\n=", text, re.MULTILINE)
    assert [int(one) for one in re.findall(r"^Bilag (\d+)\. [^\n]*\n=", text, re.MULTILINE)] == list(range(1, 12))


def test_an_annex_has_the_same_number_in_both_editions() -> None:
    closed, public = (
        dict(re.findall(r"^Bilag (\d+)\. ([^\n]*)\n=", example(LARGE, one), re.MULTILINE))
        for one in ("fortrolig", "offentlig")
    )
    assert public.items() < closed.items()
    assert closed.keys() - public.keys() == {"6", "8"}


def test_every_table_of_amounts_in_thousands_tells_of_rounding() -> None:
    text = example(LARGE)
    heads = re.findall(r"^[^\n]*\n[^\n]*1\.000 kr\.[^\n]*\n-+\|", text, re.MULTILINE)
    assert len(heads) > 8
    assert text.count("Beløbene er afrundet til hele 1.000 kr.") == len(heads)
    assert "Beløbene er afrundet" not in example(EAST)


def test_sums_in_text_tables_and_annexes_are_of_the_same_rows() -> None:
    text = example(EAST)
    assets, debts = "9.678.900 kr.", "509.000 kr."
    assert f"Aktivernes samlede værdi er {assets}" in text
    assert rows_of(text, "Aktiver efter art")[-1][-1] == assets
    assert rows_of(text, "Passiver efter art")[-1][-1] == debts
    assert re.search(rf"I alt +\| +\| +{assets} \| +{debts} \| +9\.169\.900 kr\.", annex(text, 9))
    assert re.search(r"Nettoværdi +\| 9 +\| +9\.169\.900 kr\.", text)


def test_sums_of_thousands_are_of_the_exact_amounts(tmp_path: Path) -> None:
    odd = {
        "aktiver[2].kostpris": None,
        "aktiver[2].bogført_værdi": "306.400",
        "aktiver[3].kostpris": None,
        "aktiver[3].bogført_værdi": "286.400",
    }
    text = changed(tmp_path, EAST, {"beløbsenhed": "tusinde", **odd})
    kinds = {row[0]: row[-1] for row in rows_of(text, "Aktiver efter art")}
    assert (kinds["Inventar"], kinds["Hjælpemiddel"], kinds["I alt"]) == ("306", "286", "9.680")
    assert "Aktivernes samlede værdi er 9.680.100 kr." in text


def test_shares_of_tasks_are_printed_and_add_up() -> None:
    text = example(EAST)
    assert "B 85 pct." in text and "C 15 pct." in text
    assert re.search(r"^C +\| Patientrettet forebyggelse +\| +1\.377\.225 kr\.", annex(text, 9), re.MULTILINE)


def test_the_public_edition_shows_groups_of_at_least_five() -> None:
    rows = rows_of(example(LARGE, "offentlig"), "Ansatte, der overføres, efter overenskomst")
    assert [row[:2] for row in rows] == [
        ["Sygeplejersker", "16"],
        ["Social- og sundhedspersonale", "13"],
        ["Øvrige", "7"],
        ["I alt", "36"],
    ]
    assert all("," not in row[2] for row in rows), "exact hours would tell who works full time"


def test_the_floor_is_a_setting(tmp_path: Path) -> None:
    text = changed(tmp_path, LARGE, {"mindste_gruppe": "14"}, "offentlig")
    rows = rows_of(text, "Ansatte, der overføres, efter overenskomst")
    assert [row[:2] for row in rows] == [["Sygeplejersker", "16"], ["Øvrige", "20"], ["I alt", "36"]]


def test_too_few_employees_are_not_counted(tmp_path: Path) -> None:
    few = {f"ansatte[{number}].overføres": "nej" for number in range(5, 9)}
    text = changed(tmp_path, EAST, {**few, "passiver[1]": None}, "offentlig")
    assert "Antallet er udeladt i den offentlige udgave, fordi grupperne er for små til at blive vist." in text
    assert not re.search(r"\b4 ansatte|årsværk|Sygeplejersker", text)


def test_what_is_owed_to_employees_is_one_sum_without_task_in_public() -> None:
    closed, public = example(LARGE), example(LARGE, "offentlig")
    assert "1.184" in closed and "1.184" not in public and "212" not in annex(public, 4)
    assert re.search(r"Forpligtelser over for ansatte, ikke fordelt på opgaver +\| +– \| +1\.397 ", annex(public, 9))
    assert re.search(r"^A .*\| +1\.499 ", annex(closed, 9), re.MULTILINE)
    assert re.search(r"^A .*\| +1\.080 ", annex(public, 9), re.MULTILINE)


def test_a_sum_about_too_few_employees_is_not_published(tmp_path: Path) -> None:
    path = written(tmp_path, EAST, {"passiver[1].antal_ansatte": "2"})
    check(Request("delingsaftale", path, TODAY, FOLDERS))
    with pytest.raises(DocgenError) as refused:
        generate(Request("delingsaftale", path, TODAY, FOLDERS, edition="offentlig"))
    assert any("færre end 5 ansatte" in message(one, "da")[0] for one in refused.value.diagnostics)


def test_a_private_persons_rent_cannot_be_subtracted() -> None:
    closed, public = example(LARGE), example(LARGE, "offentlig")
    assert "En privat udlejer" in closed and "En privat udlejer" not in public
    assert "årlig værdi på 2.180.480 kr." in closed and "årlig værdi på 2.169.680 kr." in public
    rents = {row[0]: row[-1] for row in rows_of(public, "Rettigheder og pligter efter art")}
    assert rents["Lejemål"] == "540"


@pytest.mark.parametrize("closed", ["M-0", "SA-0", "orlov til", "tjenestemand", "indsigelse", "årsløn", "HK", "tlf."])
def test_the_public_edition_never_has(closed: str) -> None:
    assert closed not in example(LARGE, "offentlig")


def test_a_disagreement_about_employees_is_closed_in_public() -> None:
    public = annex(example(LARGE, "offentlig"), 11)
    assert "U-4: Forhold om ansatte" in public and "Fysioterapeut" not in public
    assert "Depotet på Prøvevej" in public


@pytest.mark.parametrize(
    ("number", "more"),
    [
        ("PA-05", {"passiver[5].status": "uenig"}),
        ("SA-02", {"uenigheder[2].løst_dato": "1. juni 2026"}),
        ("KO-21", {"rettigheder_og_pligter[21].status": "uenig"}),
    ],
)
def test_a_disagreement_about_a_closed_row_is_closed_in_public(
    tmp_path: Path, number: str, more: Mapping[str, object]
) -> None:
    about = {"uenigheder[2].punkter": [number], "rettigheder_og_pligter[6].status": None}
    path = written(tmp_path, LARGE, {**about, **more})
    assert "Elcyklerne" in annex(text_of(path, None), 11)
    public = annex(text_of(path, "offentlig"), 11)
    assert "U-2: Forhold om ansatte eller andre personer" in public and "Elcyklerne" not in public


@pytest.mark.parametrize("number", ["PA-05", "KO-21", "SA-02"])
def test_an_amount_of_a_closed_row_is_not_published(tmp_path: Path, number: str) -> None:
    path = written(tmp_path, LARGE, {"reguleringer[1].punkter": [number]})
    check(Request("delingsaftale", path, TODAY, FOLDERS))
    with pytest.raises(DocgenError) as refused:
        generate(Request("delingsaftale", path, TODAY, FOLDERS, edition="offentlig"))
    assert any(f"et beløb, der hører til {number}" in message(one, "da")[0] for one in refused.value.diagnostics)


def test_small_sums_about_few_employees_are_counted_together(tmp_path: Path) -> None:
    pension = {"art": "pension", "kreditor": "fonden", "restgæld": "500.000", "kreditor_samtykke": "ikke_nødvendig"}
    rows = {
        f"passiver[{number}]": {"id": f"PA-{number}", **pension, "opgave": "B", "tilknytning": "udelukkende"}
        for number in (8, 9, 10)
    }
    path = written(tmp_path, LARGE, {**rows, "kompensation": None, "kontroltal": None})
    with pytest.raises(DocgenError) as refused:
        generate(Request("delingsaftale", path, TODAY, FOLDERS, edition="offentlig"))
    assert sum("beløb-fylder-summen" in message(one, "da")[0] for one in refused.value.diagnostics) == 3


def test_the_key_of_a_closed_row_is_not_named_in_public(tmp_path: Path) -> None:
    shares = [{"part": "afgivende", "pct": "50"}, {"part": "modtagende", "pct": "50"}]
    path = written(
        tmp_path,
        EAST,
        {
            "fordelingsnøgler[3]": {"id": "N-09", "navn": "Ferie til lederen", "nøgle": "lønsum", "andele": shares},
            "passiver[1].fordelingsnøgle": "N-09",
        },
    )
    assert "Ferie til lederen" in text_of(path, "fortrolig") and "Ferie til lederen" not in text_of(path, "offentlig")


def test_one_of_each_is_written_in_the_singular() -> None:
    text = text_of(ROOT / "templates" / "delingsaftale" / "eksempel.yaml", None)
    assert "Aftalen omfatter den opgave, der står i tabellen. Den er beskrevet i bilag 1." in text
    assert "ansvaret for den opgave, der er nævnt" in text


def test_what_is_not_agreed_is_said_not_to_be() -> None:
    text = example(LARGE)
    assert "Parterne er ikke enige om 4 punkter." in text
    assert "En post, som Parterne er uenige om, er ikke aftalt" in text


def test_a_supplement_has_its_own_words_and_sums_of_changes() -> None:
    text = example(SUPPLEMENT)
    assert text.startswith("Tillæg 1 til delingsaftale mellem Middelfart Kommune og Region Syddanmark")
    assert "Tillægget ændrer Parternes delingsaftale af 24. august 2026" in text
    assert "Virkningsdatoen" not in text
    assert rows_of(text, "Aktiver efter art")[-1][-1] == "113.250,75 kr."
    assert "Generelle principper" not in text and "Bilag 1." not in text


def test_a_thousand_assets_in_one_table_with_a_head_on_every_page(tmp_path: Path) -> None:
    row = {
        "art": "it",
        "betegnelse": "Tablet",
        "placering": "Strandbo",
        "bogført_værdi": "1.000,01",
        "opgave": "B",
        "tilknytning": "udelukkende",
    }
    many = [{"id": f"AK-{number:04}", **row} for number in range(1, 1001)]
    path = written(tmp_path, EAST, {"aktiver": many, "fordelingsnøgler[1]": None})
    document = generate(Request("delingsaftale", path, TODAY, FOLDERS)).word.to_bytes()
    text = to_text(read_document(document)).replace("\u00a0", " ")
    assert annex(text, 3).count("\nAK-") == 1000
    assert "Aktivernes samlede værdi er 1.000.010 kr." in text


@pytest.mark.parametrize(("name", "shown"), [(LARGE, True), (EAST, False)])
def test_an_agenda_item_has_no_amounts_that_are_mostly_owed_to_employees(
    tmp_path: Path, name: str, shown: bool
) -> None:
    folder = tmp_path / "delingsaftale"
    folder.mkdir()
    written(folder, name, {})
    (tmp_path / "dagsorden").mkdir()
    agenda = tmp_path / "dagsorden" / "moede.json"
    data: Any = plain(sources.read(ROOT / "inputs" / "dagsorden" / "punkter_fra_andre.yaml").root)
    data["punkter"] = [{"fra": "../delingsaftale/aftale.json"}]
    agenda.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    made = generate(Request("dagsorden", agenda, TODAY, FOLDERS))
    text = to_text(read_document(made.word.to_bytes())).replace("\u00a0", " ")
    assert ("Nettoværdien er" in text) is shown
    assert ("Beløbene står i delingsaftalen." in text) is not shown
