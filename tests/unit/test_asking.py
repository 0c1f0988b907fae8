"""`docgen skabelon`: what a template asks for, held against kinds and data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen.cli.app import main
from tests.unit.word.build import docx, p, tbl, tr

ROOT = Path(__file__).parent.parent.parent
BODY = (
    p("Kære {{ navn }}")
    + tbl(tr("{%tr for a in aktiver %}"), tr("{{ a.navn }}", "{{ a.værdi | beløb }}"), tr("{%tr endfor %}"))
    + p("{{ aktiver | sum(attribute='pris') }}")
    + p("{{ note | default('-') }}")
    + p("{% if tom is defined %}{% endif %}")
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    code = main(list(arguments))
    return code, [one.partition("fejl ")[2] or one for one in capsys.readouterr().err.splitlines() if " DG" in one]


def test_fields_are_shown_as_a_tree_with_places(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("brev.docx").write_bytes(docx(BODY))
    assert main(["skabelon", "brev.docx"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "navn",
        '    · afsnit 1: "Kære {{ navn }}"',
        "aktiver  liste | sum",
        '    · tabel 1, række 1, celle 1, afsnit 1: "{%tr for a in aktiver %}"',
        """    · afsnit 2: "{{ aktiver | sum(attribute='pris') }}\"""",
        "    navn",
        '        · tabel 1, række 2, celle 1, afsnit 1: "{{ a.navn }}"',
        "    værdi  | beløb",
        '        · tabel 1, række 2, celle 2, afsnit 1: "{{ a.værdi | beløb }}"',
        "    pris",
        """        · afsnit 2: "{{ aktiver | sum(attribute='pris') }}\"""",
        "note  | default",
        """    · afsnit 3: "{{ note | default('-') }}\"""",
        "tom",
        '    · afsnit 4: "{% if tom is defined %}{% endif %}"',
    ]


def test_json_has_every_use(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("brev.docx").write_bytes(docx(BODY))
    assert main(["skabelon", "brev.docx", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    fields = {one["name"]: one for one in answer["results"][0]["fields"]}
    assert fields["aktiver"]["list"]
    assert [one["path"] for one in fields["aktiver"]["fields"]] == [
        "aktiver[].navn",
        "aktiver[].værdi",
        "aktiver[].pris",
    ]
    (use,) = fields["aktiver"]["fields"][1]["uses"]
    assert (use["tag"], use["filters"], use["table"], use["row"]) == ("{{ a.værdi | beløb }}", ["beløb"], 1, 2)
    assert fields["note"]["uses"][0]["optional"]


def test_data_is_held_against_the_template(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("brev.docx").write_bytes(docx(BODY))
    Path("d.yaml").write_text(
        "nvan: Åse\naktiver:\n  - {navn: a, værdi: 1, pris: 2}\n  - {navn: b, værdi: 1, note: x}\nrest: {a: 1}\n",
        "utf-8",
    )
    assert told(capsys, "skabelon", "brev.docx", "--data", "d.yaml") == (
        1,
        [
            'DG451: "navn" findes ikke',
            'DG450: "aktiver[2].pris" findes ikke',
            'advarsel DG470: skabelonen bruger ikke "nvan"',
            'advarsel DG470: skabelonen bruger ikke "aktiver.note"',
            'advarsel DG470: skabelonen bruger ikke "rest"',
        ],
    )


def test_a_kind_is_held_against_the_template(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("typer/svar").mkdir(parents=True)
    Path("typer/svar/felter.yaml").write_text(
        "type: {titel: Svar}\ntyper:\n  punkt: {navn: {type: tekst}, note: {type: tekst}}\n"
        "felter:\n  emne: {type: tekst}\n  punkter: {type: liste, af: punkt}\n  frist: {type: dato}\n",
        "utf-8",
    )
    body = p("{{ emnne }}{% for x in emne %}{% endfor %}{% for q in punkter %}{{ q.navn }}{% endfor %}")
    Path("svar.docx").write_bytes(docx(body))
    assert told(capsys, "skabelon", "svar.docx", "--type", "svar", "--skabeloner", "typer") == (
        1,
        [
            'DG451: "emnne" findes ikke',
            'DG471: "emne" er ikke en liste, men {% for x in emne %} går den igennem',
            'oplysning DG473: skabelonen bruger ikke feltet "punkter.note"',
            'oplysning DG473: skabelonen bruger ikke feltet "frist"',
        ],
    )


def test_text_templates_are_shown_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("brev.txt.j2").write_text("Kære {{ navn }}\n{% for a in liste %}{{ a.x }}{% endfor %}\n", "utf-8")
    assert main(["skabelon", "brev.txt.j2"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        *("navn", "    · 1:6: {{ navn }}", "liste  liste", "    · 2:1: {% for a in liste %}"),
        *("    x", "        · 2:21: {{ a.x }}"),
    ]


def test_the_templates_in_the_box_ask_for_nothing_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    for path in sorted((ROOT / "templates").glob("*/skabelon.docx")):
        code, found = told(capsys, "skabelon", str(path), "--type", path.parent.name)
        assert code == 0, found
        assert all("DG473" in one for one in found)
