"""Agreements say what their type calls for, and nothing that belongs to another type."""

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
from docgen.diagnostics import DocgenError
from docgen.pipeline import Document, Request, generate
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_text
from tests.rules.test_rules import change, plain

ROOT = Path(__file__).parent.parent.parent.parent
INPUTS = ROOT / "inputs" / "leverandoeraftale"
FOLDERS = [ROOT / "templates"]
TODAY = date(2026, 11, 22)
HORIZONTAL, REQUEST = "akutsygepleje-middelfart.yaml", "anmodning-pladser-skive.yaml"
OPERATION, PRIVATE = "driftsaftale-forebyggelse-rebild.yaml", "privat-pladser-nordjylland.yaml"
PROCESSING = {"formål": "at drive pladserne", "oplysninger": ["helbredsoplysninger"], "registrerede": ["borgere"]}
OF_AGREEMENTS = r"\b(aftale|aftalen|parterne|parternes|part|enige|enighed|samtykke|indgået|forhandler)\b"


def text_of(document: Document) -> str:
    return to_text(read_document(document.word.to_bytes()))


@cache
def example(name: str) -> str:
    return text_of(generate(Request("leverandoeraftale", INPUTS / name, TODAY, FOLDERS)))


def changed(folder: Path, name: str, changes: Mapping[str, object], profile: str | None = None) -> str:
    data: Any = plain(sources.read(INPUTS / name).root)
    for where, value in changes.items():
        change(data, where, value)
    for post in data.get("bilag", []):
        post.pop("fil", None)
    path = folder / "aftale.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return text_of(generate(Request("leverandoeraftale", path, TODAY, FOLDERS, profile=profile)))


@pytest.mark.parametrize(
    ("name", "title"),
    [
        (HORIZONTAL, "Horisontal samarbejdsaftale om akutsygepleje i Middelfart Kommune"),
        (OPERATION, "Driftsaftale om patientrettet forebyggelse i Rebild Kommune"),
        (REQUEST, "Anmodning om drift af sundheds- og omsorgspladser i Skive Kommune"),
        (PRIVATE, "Leverandøraftale om sundheds- og omsorgspladser"),
    ],
)
def test_the_title_follows_the_type(name: str, title: str) -> None:
    assert example(name).startswith(title)


def test_a_request_has_no_words_of_agreement_and_one_signature() -> None:
    own_text, _, _ = example(REQUEST).partition("De seks pejlemærker")
    assert re.findall(OF_AGREEMENTS, own_text, re.IGNORECASE) == []
    assert "For Region Midtjylland" in own_text and "For Skive Kommune" not in own_text


def test_a_request_with_a_processor_tells_what_is_processed_without_agreeing(tmp_path: Path) -> None:
    changes: dict[str, object] = {
        "databeskyttelse": {"model": "databehandler", "behandling": PROCESSING},
        "bilag[5]": {"nr": "5", "titel": "Instruks", "art": "databehandleraftale"},
        "bilag[6]": {"nr": "6", "titel": "Flere data", "art": "data"},
        "økonomi.indeks": "kommunal_pl",
    }
    own_text, _, _ = changed(tmp_path, REQUEST, changes).partition("De seks pejlemærker")
    assert "varighed: så længe anmodningen gælder" in own_text and "nævnt i bilag 3 og 6." in own_text.replace(
        "\xa0", " "
    )
    assert re.findall(OF_AGREEMENTS, own_text, re.IGNORECASE) == []


def test_several_operators_are_each_bound_by_their_own_part(tmp_path: Path) -> None:
    other = {"kommune": "Aalborg", "kortnavn": "Aalborg", "adresse": "Prøvevej 1", "postnr": "9000", "by": "Aalborg"}
    changes: dict[str, object] = {"driftsvaretagere[2]": other, "varighed": {"opsigelse_måneder": "12"}}
    told = changed(tmp_path, OPERATION, changes).replace("\xa0", " ")
    for wanted in (
        "i Rebild Kommune og Aalborg Kommune",
        "Kommunerne har hver for sig ansvaret for deres egen del af Opgaven.",
        "Kommunerne sender hver for sig faktura hvert kvartal for deres egen del af Opgaven.",
        "Opsiger en af Kommunerne Aftalen, gælder den fortsat mellem de andre Parter.",
        "gælder bestemmelsen kun denne Part.",
        "forbliver ansat i deres kommune",
    ):
        assert wanted in told
    assert "den anden Part" not in told


def test_only_the_tasks_of_the_act_are_said_to_move(tmp_path: Path) -> None:
    told = changed(tmp_path, OPERATION, {"opgaveområde": "andet", "opgavenavn": "lån af hjælpemidler"})
    assert "Driftsaftale om lån af hjælpemidler" in told and "Ansvaret for lån" not in told
    assert "Ansvaret for patientrettet forebyggelse overgår" in example(OPERATION)


def test_a_private_supplier_meets_no_public_cooperation() -> None:
    told = example(PRIVATE)
    assert not re.search(r"§\s15|udelukkende underlagt hensyn|MED\b|overgangsloven|delingsaftale|pejlemærke", told)
    for wanted in ("2026/S 000-000000", "Leverandørens tilbud er bilag 3", "konkurs", "5.000 kr.", "20.000.000 kr."):
        assert wanted in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "Arbejdsklausul og sociale vilkår" in told and "to elever" in told


def test_when_the_parties_are_bound_and_when_operation_starts_are_two_dates() -> None:
    told = example(HORIZONTAL).replace("\N{NO-BREAK SPACE}", " ")
    assert "træder i kraft den 1. april 2026 og binder Parterne fra den dag" in told
    assert "fra og med den 1. januar 2027 (driftsstart)" in told


def test_net_and_vat_make_gross(tmp_path: Path) -> None:
    changes: dict[str, object] = {
        "økonomi.moms": "pligtig_25",
        "økonomi.årsbeløb[1].beløb": "100,02",
        "økonomi.årsbeløb[2].beløb": "100,06",
        "økonomi.samlet_beløb": None,
    }
    rows = [line.split(" | ") for line in changed(tmp_path, HORIZONTAL, changes).splitlines() if "kr." in line]
    sums = [[int(re.sub(r"\D", "", cell)) for cell in row[2:]] for row in rows if len(row) == 5]
    assert len(sums) == 3 and all(net + vat == gross for net, vat, gross in sums)
    assert [sum(column) for column in zip(*sums[:2], strict=True)] == sums[2]


def test_amounts_at_different_price_levels_are_not_added(tmp_path: Path) -> None:
    changes: dict[str, object] = {"økonomi.årsbeløb[2].prisniveau": "2028", "økonomi.samlet_beløb": None}
    assert "19.700.000" in example(HORIZONTAL)
    assert "19.700.000" not in changed(tmp_path, HORIZONTAL, changes)


def test_references_follow_the_numbers(tmp_path: Path) -> None:
    without = changed(tmp_path, HORIZONTAL, {"definitioner": None}).replace("\N{NO-BREAK SPACE}", " ")
    assert "22.1 Aftalen ændres kun" in without and "Nye ydelser kræver et tillæg efter afsnit 22." in without
    told = example(OPERATION).replace("\N{NO-BREAK SPACE}", " ")
    assert "§ 22. Ændringer og tillæg" in told and "Nye ydelser kræver et tillæg efter § 22." in told


def test_the_list_of_annexes_tells_where_each_belongs() -> None:
    told = example(HORIZONTAL).replace("\N{NO-BREAK SPACE}", " ")
    annexes = told[told.index("Hører til") :].split("\n\n")[0].splitlines()[2:]
    for line in annexes:
        number, heading = re.search(r"Afsnit (\d+), (.+)$", line).groups()  # type: ignore[union-attr]
        assert f"\n{number} {heading.strip()}\n=" in told


def test_a_supplement_is_printed_with_what_it_changes() -> None:
    told = example(PRIVATE).replace("\N{NO-BREAK SPACE}", " ")
    printed = told[told.index("Tillæg 1 af 2. november 2026") :]
    for wanted in ("Afsnit 4, Ydelser og målgruppe", "intravenøs behandling", "1.170.000 kr. uden moms"):
        assert wanted in printed


def test_a_profile_leaves_only_what_is_local(tmp_path: Path) -> None:
    everywhere = (
        "aftaletype",
        "hjemmel",
        "opgaveområde",
        "driftsstart",
        "udløb",
        "fælles_mål",
        "samarbejde",
        "varighed",
    )
    told = changed(tmp_path, HORIZONTAL, dict.fromkeys(everywhere), profile="akutsygepleje")
    assert told.startswith("Horisontal samarbejdsaftale om akutsygepleje i Middelfart Kommune")
    with pytest.raises(DocgenError):
        changed(tmp_path, HORIZONTAL, dict.fromkeys(everywhere))


def test_an_agenda_makes_an_item_of_an_agreement(tmp_path: Path) -> None:
    (tmp_path / "aftale.yaml").write_bytes((INPUTS / HORIZONTAL).read_bytes())
    agenda = tmp_path / "dagsorden.yaml"
    lines = ("forum: Sundhedsråd Fyn", "dato: 1. december 2026", 'start: "9.00"', "punkter: [{fra: aftale.yaml}]")
    agenda.write_text("\n".join(lines), encoding="utf-8")
    told = text_of(generate(Request("dagsorden", agenda, TODAY, FOLDERS))).replace("\N{NO-BREAK SPACE}", " ")
    for wanted in (
        "Godkendelse af horisontal samarbejdsaftale om akutsygepleje i Middelfart Kommune",
        "at aftalen godkendes",
        "at de åbne forbehold om økonomi og kvalitetsstandard tages til efterretning",
        "9.850.000 kr. i 2027 (2027-priser)",
        "i alt 19.700.000 kr.",
        "Ydelsesbeskrivelse (aftalens bilag 1)",
    ):
        assert wanted in told
