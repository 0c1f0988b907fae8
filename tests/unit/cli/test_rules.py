"""`docgen regler TYPE`: what a reader sees of a kind's rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen.cli.app import main
from docgen.templating.expression import Text

FIELDS = """
type: {titel: Låneaftale}
typer:
  lokale: {navn: {type: tekst, kort: ja}, pladser: {type: tal}}
felter:
  deltagere: {type: tal}
  lokaler: {type: liste, af: lokale}
"""
RULES = """
- kode: for-mange
  når: deltagere
  krav: "deltagere <= sum(lokaler, 'pladser')"
  alvor: fejl
  besked: "Der er {{ deltagere }} deltagere i {{ lokaler | map(attribute='navn') | og }}"
  besked_en: "There are {{ deltagere }} participants"
  hjælp: "lån {{ 'et lokale' if deltagere < 50 else 'to lokaler' }} mere | eller ret tallet"
  hjælp_en: borrow another room
  kilde: brandplanen
  kilde_en: the fire plan
  grundlag: regning
  kontrolleret: 2026-11-22
- kode: uden-pladser
  for: lokaler
  krav: "den.pladser"
  alvor: advarsel
  besked: "{{ den.navn }} har {% if den.pladser == 0 %}nul{% else %}ingen{% endif %} pladser ({{ 1 + 1 }})"
  grundlag: skøn
"""


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A folder with one kind that has two rules."""
    kind = tmp_path / "typer" / "laaneaftale"
    kind.mkdir(parents=True)
    (kind / "felter.yaml").write_text(FIELDS, encoding="utf-8")
    (kind / "regler.yaml").write_text(RULES, encoding="utf-8")
    return str(kind.parent)


def test_rules_are_told_as_messages_are(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["regler", "laaneaftale", "--skabeloner", folder]) == 0
    assert capsys.readouterr().out == (
        "Låneaftale: 2 regler\n"
        "\n"
        "fejl for-mange: Der er ‹deltagere› deltagere i ‹lokaler›\n"
        "  hjælp: lån et lokale/to lokaler mere | eller ret tallet\n"
        "  kilde: brandplanen\n"
        "  grundlag: regning\n"
        "  kontrolleret: 22.\N{NO-BREAK SPACE}november 2026\n"
        "\n"
        "advarsel uden-pladser: ‹navn› har nul/ingen pladser (‹…›)\n"
        "  grundlag: skøn\n"
    )


def test_rules_speak_english_and_fall_back_on_danish(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "laaneaftale", "--skabeloner", folder, "--sprog", "en"]) == 0
    assert capsys.readouterr().out == (
        "Låneaftale: 2 rules\n"
        "\n"
        "error for-mange: There are ‹deltagere› participants\n"
        "  help: borrow another room\n"
        "  source: the fire plan\n"
        "  basis: arithmetic\n"
        "  checked: 2026-11-22\n"
        "\n"
        "warning uden-pladser: ‹navn› har nul/ingen pladser (‹…›)\n"
        "  basis: judgement\n"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ møder | antal('møde', 'møder') }}", "‹møder› møder"),
        ("{{ møder | antal('møde') }} og {{ møder | antal }}", "‹møder› møde og ‹møder›"),
        ("{% if a %} et{% elif b %} to{% else %} tre{% endif %} i alt", " et/to/tre i alt"),
        ("x{% if a %} med b{% endif %}", "x med b"),
        ("{% if a %}start og slut{% elif b %}start{% else %}slut{% endif %}", "start og slut"),
        ("{{ 'start og slut' if a else 'start' if b else 'slut' }}", "start og slut"),
        ("{% if a %}har{% else %}har ikke{% endif %}", "har/har ikke"),
        ("{{ 'kort' if a else '' }}", "kort"),
        ("{{ 'kort' if a else 'en tekst, som er for lang til at stå ved siden af' }}", "kort"),
    ],
)
def test_the_gist_of_a_text(text: str, told: str) -> None:
    assert Text(text).gist() == told


def test_rules_as_a_table(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["regler", "laaneaftale", "--skabeloner", folder, "--format", "md"]) == 0
    assert capsys.readouterr().out.splitlines()[2] == (
        "| `for-mange` | fejl | Der er ‹deltagere› deltagere i ‹lokaler›<br>*hjælp: lån et lokale/to lokaler mere \\| "
        "eller ret tallet* | brandplanen | regning | 22.\N{NO-BREAK SPACE}november 2026 |"
    )


def test_rules_as_json_have_their_expressions(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["regler", "laaneaftale", "--skabeloner", folder, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["results"][0]["rules"]
    assert [(one["code"], one["for"], one["when"], one["requires"], one["basis"]) for one in told] == [
        ("for-mange", "", "deltagere", "deltagere <= sum(lokaler, 'pladser')", "regning"),
        ("uden-pladser", "lokaler", "", "den.pladser", "skøn"),
    ]


def test_an_unknown_format_is_told(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["regler", "laaneaftale", "--skabeloner", folder, "--format", "xlsx"]) == 2
    assert capsys.readouterr().err.startswith("fejl DG506:")
