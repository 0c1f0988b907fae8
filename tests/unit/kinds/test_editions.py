"""Editions: what is closed is gone before anything else sees the record."""

from __future__ import annotations

import json

import pytest

from docgen.diagnostics import DocgenError
from docgen.kinds.editions import select_edition
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
