"""Editions: what is closed is gone before anything else sees the record."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.catalog import as_text
from docgen.diagnostics import DocgenError
from docgen.kinds import editions
from docgen.kinds.editions import open_view, select_edition
from docgen.kinds.record import Group

AGENDA = """
    udgaver:
      intern: {}
      offentlig: {titel: Offentlig dagsorden, uden: [lukket]}
    typer:
      bilag: {titel: {type: tekst}, lukket: {type: ja_nej, standard: nej}}
      punkt:
        nr: {type: tal, nøgle: ja}
        titel: {type: tekst}
        åben: {type: ja_nej, standard: ja}
        minutter: {type: tal}
        note: {type: afsnit, adgang: lukket}
        kontakt: {type: gruppe, adgang: lukket, felter: {navn: {type: tekst}}}
        bilag: {type: liste, af: bilag, skjul: {adgang: lukket, når: "den.lukket"}}
        linje: {type: tekst, beregn: "nr ~ '. ' ~ titel ~ (' ' ~ note if note else '')"}
        efter: {type: henvisning, til: punkter}
    felter:
      hemmeligt: {type: tekst, adgang: lukket}
      afsløring: {type: tekst, beregn: "'Bemærk: ' ~ hemmeligt"}
      punkter:
        type: liste
        af: punkt
        skjul: {adgang: lukket, når: "not den.åben", behold: [nr, efter], erstat: {titel: Lukket punkt}}
      minutter: {type: tal, beregn: "sum(punkter, 'minutter')"}
      navne: {type: liste, af: tekst, adgang: lukket}
      vært: {type: gruppe, felter: {navn: {type: tekst}, telefon: {type: telefon, adgang: lukket}}}
      udgaven: {type: tekst, beregn: "udgave"}
"""
INPUT = """
    hemmeligt: Salg af Fabrikken
    navne: [Fabrikken ApS]
    vært: {navn: Åse, telefon: 12345678}
    punkter:
      - {nr: 1, titel: Regnskab, minutter: 10, note: Fabrikken taber, kontakt: {navn: Fabrikant}}
      - nr: 2
        titel: Salg af Fabrikken
        åben: nej
        minutter: 20
        efter: 1
        bilag: [{titel: Fabrikken.pdf}]
      - nr: 3
        titel: Eventuelt
        minutter: 5
        efter: 2
        bilag: [{titel: Plan.pdf}, {titel: Fabrikken.pdf, lukket: ja}]
"""


@pytest.fixture(params=["short", "long"], autouse=True)
def length(request, monkeypatch):
    """Of a long list an edition is made column by column, with the same result."""
    if request.param == "long":
        monkeypatch.setattr(editions, "_LONG", 0)


@pytest.fixture
def record(workshop):
    return workshop.held(workshop.kind(AGENDA), INPUT).record


def plain(value: object) -> object:
    """A value as text, so that everything in it can be searched; references are shown by their key."""
    if isinstance(value, Group):
        return {name: str(one) if isinstance(one, Group) and one.key else plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else str(value)


def test_the_first_edition_shows_everything(record):
    shown = select_edition(record, None)
    assert plain(shown.values) == plain(record.values)
    assert shown.values["punkter"][2]["efter"] is shown.values["punkter"][1]


def test_an_edition_that_leaves_nothing_out_has_its_own_values(workshop):
    kind = workshop.kind("""
        udgaver: {udkast: {værdier: {mærke: UDKAST}}, endelig: {værdier: {mærke: ""}}}
        felter:
          navn: {type: tekst}
          linje: {type: tekst, beregn: "mærke ~ ' ' ~ navn ~ ' ' ~ udgave"}
    """)
    for validated in ("udkast", "endelig"):
        record = workshop.held(kind, "navn: Plan", edition=validated).record
        assert select_edition(record, "udkast").values["linje"] == "UDKAST Plan udkast"
        assert select_edition(record, "endelig").values["linje"] == "Plan endelig"


def test_every_edition_computes_what_stands_in_a_group_that_was_left_empty(workshop):
    kind = workshop.kind("""
        udgaver: {intern: {}, offentlig: {uden: [lukket]}}
        typer:
          part: {navn: {type: tekst}, hilsen: {type: tekst, beregn: "'Kære ' ~ (navn or 'alle')"}}
          sag: {titel: {type: tekst}, part: {type: gruppe, af: part}}
        felter:
          navn: {type: tekst, adgang: lukket}
          vært: {type: gruppe, af: part}
          sager: {type: liste, af: sag}
          linje: {type: tekst, beregn: "vært.hilsen"}
    """)
    for written in ("navn: x", "sager: [{titel: x}]", "vært: {navn: Ib}", "vært: {navn: Ib}\nsager: [{titel: x}]"):
        record = workshop.held(kind, written).record
        for edition in ("intern", "offentlig"):
            values = select_edition(record, edition).values
            greeting = "Kære Ib" if "Ib" in written else "Kære alle"
            assert (values["vært"]["hilsen"], values["linje"]) == (greeting, greeting)
            assert [one["part"]["hilsen"] for one in values["sager"]] == ["Kære alle"] * written.count("titel")


def test_nothing_closed_is_left_anywhere(record):
    shown = select_edition(record, "offentlig")
    assert "Fabrik" not in json.dumps(plain(shown.values), ensure_ascii=False)
    assert "Fabrik" in json.dumps(plain(record.values), ensure_ascii=False)


def test_closed_fields_are_empty_and_computed_ones_are_computed_again(record):
    shown = select_edition(record, "offentlig").values
    assert (shown["hemmeligt"], shown["navne"]) == (None, [])
    assert shown["afsløring"] == "Bemærk:"
    assert shown["vært"] == {"navn": "Åse", "telefon": None}
    assert shown["minutter"] == 15
    assert not shown["punkter"][0]["kontakt"]
    assert shown["punkter"][0]["linje"] == "1. Regnskab"
    assert shown["udgaven"] == "offentlig"


def test_closed_elements_keep_and_show_only_what_the_list_says(record):
    shown = select_edition(record, "offentlig").values["punkter"]
    closed = shown[1]
    assert (closed["nr"], closed["titel"], closed["linje"]) == (2, "Lukket punkt", "2. Lukket punkt")
    assert {name: closed[name] for name in ("åben", "minutter", "note")} == {
        "åben": None,
        "minutter": None,
        "note": None,
    }
    assert closed["bilag"] == []
    assert closed["efter"] is shown[0]
    assert [one["titel"] for one in shown[2]["bilag"]] == ["Plan.pdf"]
    assert shown[2]["efter"] is closed


def test_paths_and_places_stay_those_of_the_input(workshop):
    kind = workshop.kind(
        """
        udgaver: {a: {}, b: {uden: [x]}}
        felter: {led: {type: liste, felter: {n: {type: tal}}, skjul: {adgang: x, når: den.n == 1}}}
        """
    )
    record = workshop.held(kind, "led: [{n: 1}, {n: 2}]").record
    shown = select_edition(record, "b")
    assert [one.sti for one in shown.values["led"]] == ["led[2]"]
    assert shown.places is record.places


def test_a_reference_to_a_hidden_element_is_empty(workshop):
    kind = workshop.kind(
        """
        udgaver: {a: {}, b: {uden: [x]}}
        felter:
          valgt: {type: henvisning, til: led}
          led: {type: liste, felter: {n: {type: tal, nøgle: ja}}, skjul: {adgang: x}}
        """
    )
    record = workshop.held(kind, "led: [{n: 1}]\nvalgt: 1").record
    assert select_edition(record, "b").values["valgt"] is None
    assert select_edition(record, "b").values["led"] == []


def test_an_unknown_edition_is_wrong_use(workshop, record):
    with pytest.raises(DocgenError) as caught:
        select_edition(record, "offentligt")
    assert caught.value.exit_code == 2
    assert workshop.said(caught.value.diagnostics) == (
        'fejl DG306: der er ingen udgave, der hedder "offentligt"\n  hjælp: mente du "offentlig"? '
        "vælg mellem intern, offentlig"
    )


def test_an_expression_that_cannot_be_computed_any_more_is_told(workshop):
    kind = workshop.kind(
        """
        udgaver: {a: {}, b: {uden: [x]}}
        felter:
          led: {type: liste, felter: {n: {type: tal}}, skjul: {adgang: x}}
          første: {type: tal, beregn: "led[0].n"}
        """
    )
    record = workshop.held(kind, "led: [{n: 1}]").record
    with pytest.raises(DocgenError) as caught:
        select_edition(record, "b")
    assert [one.code for one in caught.value.diagnostics] == ["DG304"]


def test_a_kind_without_editions_has_no_edition_to_choose(workshop):
    record = workshop.held(workshop.kind("felter: {a: {type: tekst}}"), "a: x").record
    assert select_edition(record, None) is record
    with pytest.raises(DocgenError):
        select_edition(record, "offentlig")


ROWS = """
    udgaver: {intern: {}, offentlig: {uden: [lukket]}}
    typer:
      bilag: {titel: {type: tekst}, lukket: {type: ja_nej, standard: nej}}
      punkt:
        nr: {type: tal, nøgle: ja}
        minutter: {type: beløb}
        note: {type: tekst, adgang: lukket}
        vægt: {type: tal, adgang: lukket, standard: 3}
        sted: {type: gruppe, felter: {by: {type: tekst}, dør: {type: tekst, adgang: lukket}}}
        bilag: {type: liste, af: bilag, skjul: {adgang: lukket, når: "den.lukket", erstat: {titel: Lukket}}}
        efter: {type: henvisning, til: punkter}
        linje: {type: tekst, beregn: "nr ~ ' ' ~ (note or '') ~ ' ' ~ (sted.dør or sted.by or '') ~ ' ' ~ over.navn"}
        pris: {type: beløb, beregn: "(minutter or 0) * 3 / 7 - (efter.minutter if efter else 0)"}
        skjult: {type: tal, adgang: lukket, beregn: "vægt * 2"}
        andel: {type: tal, beregn: "nr / (vægt or deler)"}
        titler: {type: liste, af: tekst, beregn: "bilag | map(attribute='titel') | list"}
        åbne: {type: liste, af: bilag, beregn: "bilag | rejectattr('lukket') | list"}
    felter:
      navn: {type: tekst, adgang: lukket, standard: N}
      deler: {type: tal}
      sum: {type: beløb, beregn: "sum(punkter, 'pris')"}
      punkter: {type: liste, af: punkt, skjul: {adgang: lukket, når: "den.note == 'hemmelig'", behold: [nr]}}
"""
points = st.fixed_dictionaries(
    {},
    optional={
        "minutter": st.sampled_from(["10", "'2,5'", "0"]),
        "note": st.sampled_from(["hemmelig", "ja", "nej"]),
        "vægt": st.sampled_from(["1", "0"]),
        "sted": st.sampled_from(["{by: Ry}", "{by: Ry, dør: 3}"]),
        "bilag": st.sampled_from(["[{titel: a}]", "[{titel: a, lukket: ja}, {titel: b}]"]),
        "efter": st.sampled_from(["1", "2"]),
    },
)


def outcome(select, record) -> object:
    """What an edition shows with the types of its values, or its faults."""
    try:
        return typed(select(record).values)
    except DocgenError as fault:
        return [as_text(one) for one in fault.diagnostics]


def typed(value: object) -> object:
    if isinstance(value, Group):
        return [(value.sti, name, str(one) if isinstance(one, Group) and one.key else typed(one))
                for name, one in value.items()]  # fmt: skip
    return [typed(one) for one in value] if isinstance(value, list) else (type(value), str(value))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(points, min_size=2, max_size=7), divisor=st.sampled_from(["0", "2"]))
def test_a_long_list_is_shown_as_a_short_one(workshop, rows, divisor) -> None:
    kind = workshop.kind(ROWS)
    written = [", ".join(f"{name}: {one}" for name, one in row.items()) for row in rows]
    lines = [f"  - {{nr: {at}, {row}}}\n" for at, row in enumerate(written, 1)]
    record = workshop.held(kind, f"deler: {divisor}\npunkter:\n{''.join(lines)}").record
    found = []
    for longest in (0, 100):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(editions, "_LONG", longest)
            ways = (lambda one: select_edition(one, "offentlig"), lambda one: open_view(one)[0])
            found.append([outcome(select, record) for select in ways])
    assert found[0] == found[1]
