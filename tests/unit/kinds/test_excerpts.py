"""Excerpts: what one kind offers, another kind takes, and everything that can be wrong on the way."""

from __future__ import annotations

import pickle

import pytest

from docgen.catalog import as_text
from docgen.diagnostics import has_errors
from docgen.kinds.kind import load_kind
from docgen.pipeline import Request, check

DEAL = """
    type: {titel: Aftale, dokument: {titel: "Aftale om {{ emne }}"}}
    udgaver: {intern: {}, offentlig: {uden: [lukket]}, lille: {uden: [fortroligt]}}
    felter:
      emne: {type: tekst, påkrævet: ja}
      pris: {type: beløb}
      dato: {type: dato}
      note: {type: tekst, adgang: lukket}
      pris_og_note: {type: tekst, beregn: "emne ~ (note or '')"}
      parter: {type: liste, af: tekst}
      bilag:
        type: liste
        felter:
          titel: {type: tekst}
          fil: {type: fil}
          åbent: {type: ja_nej, standard: ja}
          sider: {type: liste, felter: {navn: {type: tekst}}}
        skjul: {adgang: fortroligt, når: "not den.åbent"}
      sag: {type: uddrag, navn: punkt}
    uddrag:
      punkt:
        titel: "Godkendelse af {{ dokument.titel }}"
        indstilling:
          - "at {{ emne }} godkendes"
          - "{{ 'at noten ' ~ note ~ ' tages til efterretning' if note else '' }}"
          - {for: parter, værdi: "at {{ den }} orienteres"}
        økonomi: "{% if pris %}Prisen er {{ pris }}{% endif %}"
        frist: "{{ dato }}"
        resumé: "{{ pris_og_note }}"
        bilag:
          - for: bilag
            titel: "{{ den.titel }}"
            fil: "{{ den.fil }}"
            sider: [{for: den.sider, titel: "{{ over.titel }}, {{ den.navn }}"}]
      tomt: {titel: "{{ note }}"}
"""
AGENDA = """
    type: {titel: Dagsorden}
    felter:
      punkter:
        type: liste
        felter:
          fra: {type: uddrag, navn: punkt}
          titel: {type: tekst, påkrævet: ja}
          indstilling: {type: liste, af: tekst}
          økonomi: {type: afsnit, standard: Ingen udgifter.}
          frist: {type: dato, højst: 2026-12-31}
          resumé: {type: tekst}
          bilag:
            type: liste
            felter: {titel: {type: tekst}, fil: {type: fil}, sider: {type: liste, felter: {titel: {type: tekst}}}}
      andet: {type: gruppe, felter: {fra: {type: uddrag, navn: punkt}, økonomi: {type: tal, beregn: "1"}}}
      ukendt: {type: gruppe, felter: {fra: {type: uddrag, navn: pnukt}}}
      kopi: {type: gruppe, felter: {fra: {type: uddrag, navn: tomt}, titel: {type: tekst, standard: Ingen}}}
"""
GIVEN = """
    emne: Drift & pleje
    pris: 125.000,50
    dato: 1.12.2026
    note: HEMMELIGT
    parter: [Nyborg, Odense]
    bilag:
      - {titel: Tidsplan, fil: bilag/plan.pdf, sider: [{navn: forside}]}
      - {titel: HEMMELIGT, åbent: nej}
"""


@pytest.fixture
def run(workshop, tmp_path):
    workshop.write({"felter.yaml": DEAL, "a.yaml": GIVEN}, "aftale")
    workshop.write({"felter.yaml": AGENDA}, "moede")

    def run(text: str, **files: str):
        workshop.write({f"{name}.yaml": one for name, one in files.items()}, "aftale")
        workshop.write({"m.yaml": text}, "moede")
        source = tmp_path / "moede" / "m.yaml"
        return check(
            Request(kind="", source=source, today=workshop.today, folders=[tmp_path], cache=tmp_path / "cache")
        )

    return run


def test_an_item_is_made_from_an_agreement(run):
    checked = run("punkter: [{fra: ../aftale/a.yaml}]")
    assert checked.diagnostics == ()
    item = checked.record.values["punkter"][0]
    assert item["titel"] == "Godkendelse af Aftale om Drift & pleje"
    assert item["indstilling"] == ["at Drift & pleje godkendes", "at Nyborg orienteres", "at Odense orienteres"]
    assert item["økonomi"] == "Prisen er 125.000,50\u00a0kr."
    assert str(item["frist"]) == "2026-12-01"
    assert [(one["titel"], [page["titel"] for page in one["sider"]]) for one in item["bilag"]] == [
        ("Tidsplan", ["Tidsplan, forside"])
    ]
    assert item["bilag"][0]["fil"] == "../aftale/bilag/plan.pdf"
    assert (item["fra"], item["fra"].findes) == ("../aftale/a.yaml", True)


def test_what_is_closed_never_flows(run):
    assert "HEMMELIGT" not in str(run("punkter: [{fra: ../aftale/a.yaml}]").record.values)


def test_what_the_input_says_itself_wins(run):
    item = run("""
        punkter:
          - fra: ../aftale/a.yaml
            titel: Vores titel
            økonomi:
            indstilling: [at vi venter]
    """).record.values["punkter"][0]
    assert (item["titel"], item["indstilling"]) == ("Vores titel", ["at vi venter"])
    assert item["økonomi"] == "Prisen er 125.000,50\u00a0kr."


def test_what_comes_out_empty_is_left_out(run):
    values = run("punkter: [{fra: ../aftale/b.yaml}]\nkopi: {fra: ../aftale/b.yaml}", b="emne: Kort").record.values
    item = values["punkter"][0]
    assert (item["økonomi"], item["frist"], item["bilag"]) == ("Ingen udgifter.", None, [])
    assert values["kopi"]["titel"] == "Ingen"


def test_a_value_that_does_not_fit_is_told_at_the_line_that_took_it(run):
    found = run("punkter:\n  - titel: Egen\n    fra: ../aftale/b.yaml", b="emne: x\ndato: 1.1.2027").diagnostics
    assert [(one.code, one.path, one.place.line) for one in found] == [("DG237", "punkter[1].frist", 3)]


def test_what_the_group_has_no_field_for_is_told(run):
    found = run("andet: {fra: ../aftale/b.yaml}", b="emne: x").diagnostics
    assert [as_text(one).splitlines()[0].partition(": ")[2] for one in found] == [
        'uddraget fra ../aftale/b.yaml har "titel", som ikke findes i andet og derfor ikke kom med',
        'uddraget fra ../aftale/b.yaml har "indstilling", som ikke findes i andet og derfor ikke kom med',
        'uddraget fra ../aftale/b.yaml har "resumé", som ikke findes i andet og derfor ikke kom med',
    ]


@pytest.mark.parametrize(
    ("text", "files", "code", "told"),
    [
        ("punkter: [{fra: ../aftale/q.yaml}]", {}, "DG264", 'filen i "fra" findes ikke: ../aftale/q.yaml'),
        ("punkter: [{fra: /aftale/a.yaml}]", {}, "DG263", "ikke stien til en fil"),
        ("punkter: [{fra: m.yaml}]", {}, "DG268", "m.yaml → m.yaml"),
        (
            "punkter: [{fra: ../aftale/b.yaml}]",
            {"b": "dato: i går\nsag: c.yaml"},
            "DG265",
            "har 2 fejl: ../aftale/b.yaml",
        ),
        ("punkter: [{fra: ../aftale/b.yaml}]", {"b": "emne: 'x"}, "DG265", "har 1 fejl: ../aftale/b.yaml"),
        ("ukendt: {fra: ../aftale/a.yaml}", {}, "DG267", 'Aftale har intet uddrag, der hedder "pnukt"'),
        ("punkter: [{fra: ../b.yaml}]", {"../b": "q: x\nz: y"}, "DG266", "hvilken dokumenttype"),
    ],
)
def test_each_fault_is_one_message_at_the_line(run, text, files, code, told):
    checked = run(text, **files)
    assert checked.record is None
    assert [one.code for one in checked.diagnostics] == [code]
    message = as_text(checked.diagnostics[0])
    assert told in message
    assert "m.yaml:1:" in message
    assert checked.diagnostics[0].path.endswith("fra")


def test_the_fault_says_how_to_see_the_others(run, tmp_path):
    message = as_text(run("punkter: [{fra: ../aftale/b.yaml}]", b="dato: 1").diagnostics[0])
    assert f"docgen tjek {tmp_path.as_posix()}/aftale/b.yaml viser, hvad der er galt" in message


def test_files_that_take_from_each_other_are_refused(run):
    ring = run("punkter: [{fra: ../aftale/b.yaml}]", b="emne: x\nsag: c.yaml", c="emne: x\nsag: b.yaml")
    assert [one.code for one in ring.diagnostics] == ["DG268"]
    assert "m.yaml → b.yaml → c.yaml → b.yaml" in as_text(ring.diagnostics[0])
    short = run("punkter: [{fra: ../aftale/d.yaml}]", d="emne: x\nsag: e.yaml", e="emne: y")
    assert short.diagnostics == ()


def test_a_long_row_of_files_is_refused(run):
    row = {name: f"emne: x\nsag: {after}.yaml" for name, after in zip("bcde", "cdex", strict=True)} | {"x": "emne: x"}
    long = run("punkter: [{fra: ../aftale/b.yaml}]", **row)
    assert [one.code for one in long.diagnostics] == ["DG269"]
    assert run("punkter: [{fra: ../aftale/c.yaml}]", **row).diagnostics == ()


def test_a_cpr_number_that_comes_along_is_told(run):
    found = run("punkter: [{fra: ../aftale/b.yaml}]", b='emne: "0101011234"').diagnostics
    assert {one.code for one in found} == {"DG254"}


def test_without_a_file_nothing_is_taken(workshop, run):
    run("punkter: []")
    kind = load_kind("moede", [workshop.folder])
    found = workshop.held(kind, "punkter: [{fra: ../aftale/a.yaml}]").diagnostics
    assert [one.code for one in found] == ["DG270"]


def test_a_kind_with_excerpts_survives_the_cache(workshop, run, tmp_path):
    run("punkter: []")
    kind = load_kind("aftale", [tmp_path])
    assert pickle.loads(pickle.dumps(kind)).excerpts.keys() == {"punkt", "tomt"}
    for _ in range(2):
        assert not has_errors(run("punkter: [{fra: ../aftale/a.yaml}]").diagnostics)


def test_names_in_an_excerpt_are_checked(workshop):
    workshop.write(
        {
            "felter.yaml": """
                felter: {a: {type: liste, felter: {b: {type: tekst}}}}
                uddrag:
                  x: {t: "{{ c }}", l: [{for: a, t: "{{ den.q }}"}, {for: z, t: x}]}
                  y: tekst
            """
        }
    )
    told = workshop.said(workshop.everything("a: []"))
    assert [line for line in told.splitlines() if line.startswith("fejl")] == [
        'fejl DG322: "y" skal bestå af navne med hver sin værdi',
        'fejl DG328: "c" findes ikke, men bruges i: {{ c }}',
        'fejl DG328: "den.q" findes ikke, men bruges i: {{ den.q }}',
        'fejl DG328: "z" findes ikke, men bruges i: z',
    ]
