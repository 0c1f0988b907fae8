"""`docgen skabelon`: what a template asks for, and every fault that docxtpl-lint 2.0.1 finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen.cli.app import main
from tests.unit.word.build import docx, lines, p, r, render, tbl, tc, tr

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


# --- docxtpl-lint 2.0.1 -------------------------------------------------------------------------------------------


def row(*cells: str) -> str:
    return tr(*(tc(p(cell)) for cell in cells))


LINT = {
    "DTL001": (p("{{ navn"), "DG420"),
    "DTL002": (p("{{ na") + p("vn }}"), "DG420"),
    "DTL003": (p(r("x"), "<w:del><w:r><w:delText>{{ gammel }}</w:delText></w:r></w:del>"), "DG479"),
    "DTL101": (p("{% if a %}x"), "DG430"),
    "DTL102 end": (p("x{% endif %}"), "DG431"),
    "DTL102 else": (p("{% else %}"), "DG433"),
    "DTL103": (p("{{ a b }}"), "DG422"),
    "DTL104": (p("{{ a | findesikke }}"), "DG440"),
    "DTL105": (p("{% if a is findesikke %}x{% endif %}"), "DG442"),
    "DTL106": (p("{% for x in y %}{{ x }}{% endfor %}{{ x }}"), "DG474"),
    "DTL106 loop": (p("{% for x in y %}{{ x }}{% endfor %}{{ loop.index }}"), "DG474"),
    "DTL106 set": (p("{% for x in y %}{% set z = x %}{{ z }}{% endfor %}{{ z }}"), "DG474"),
    "DTL202": (tbl(row("{% tr for x in y %}"), row("{{ x }}"), row("{% tr endfor %}")), "DG426"),
    "DTL203": (p("{%tr for x in y %}") + p("{{ x }}") + p("{%tr endfor %}"), "DG437"),
    "DTL205": (
        tbl(row("{%tr for x in y %}"), row("{{ x }}")) + p("z") + tbl(row("a"), row("{%tr endfor %}"), row("b")),
        "DG434",
    ),
    "DTL208": (p("{% cellbg farve %}x"), "DG447"),
    "DTL209": (p("tekst {%p if a %} mere") + p("x") + p("{%p endif %}"), "DG436"),
}


@pytest.mark.parametrize("command", ["skabelon", "tjek"])
@pytest.mark.parametrize("check", LINT)
def test_what_docxtpl_lint_finds_in_a_template_is_found(
    check: str, command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body, code = LINT[check]
    Path("t.docx").write_bytes(docx(body))
    _, found = told(capsys, command, "t.docx")
    assert any(code in one for one in found), found


@pytest.mark.parametrize(
    ("check", "tag", "data", "code"),
    [
        ("DTL301", "{{ a.b }}", "a: {c: 1}", "DG450"),
        ("DTL302", "{{ a }}", "a: 1\nb: 2", "DG470"),
        ("DTL303", "{% for x in a %}{% endfor %}", "a: 1", "DG471"),
        ("DTL306", "{{ a | sum }}", "a: 1", "DG472"),
        ("DTL306", "{{ a | join(', ') }}", "a: {b: 1}", "DG472"),
    ],
)
def test_what_docxtpl_lint_finds_in_data_is_found(
    check: str, tag: str, data: str, code: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("t.docx").write_bytes(docx(p(tag)))
    Path("d.yaml").write_text(data, "utf-8")
    _, found = told(capsys, "skabelon", "t.docx", "--data", "d.yaml")
    assert any(code in one for one in found), found


@pytest.mark.parametrize(
    ("check", "body", "made"),
    [
        ("DTL201: % in a tag with a prefix", p("{%p if a % 2 %}") + p("x") + p("{%p endif %}"), ["x"]),
        (
            "DTL204: prefixes that differ",
            tbl(row("{%tr for x in y %}"), row("{{ x }}"), row("{% endfor %}")),
            ["1", "2"],
        ),
        ("DTL206: both in one row", tbl(row("{%tr for x in y %}{{ x }}{%tr endfor %}")), ["1", "2"]),
        ("DTL210: both in one paragraph", p("{%p if a %}x{%p endif %}"), ["x"]),
        ("DTL307: plain text in {{r }}", p("{{r b }}"), ["æ & <ø>"]),
        ("DTL308: & and < not escaped", p("{{ b }}"), ["æ & <ø>"]),
    ],
)
def test_what_docxtpl_lint_warns_of_is_made_right(check: str, body: str, made: list[str]) -> None:
    assert lines(render(body, {"a": 1, "y": [1, 2], "b": "æ & <ø>"})) == made
