"""An input held against a kind: shapes, defaults, conditions, computed fields and references."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from docgen.danish.values import Amount, Number
from docgen.diagnostics import TextPlace
from docgen.kinds.record import Group, InvalidValueError

MEETING = """
    type: {titel: Møde}
    typer:
      punkt:
        titel: {type: tekst, kort: ja, påkrævet: ja}
        minutter: {type: tal, standard: 10}
        underpunkter: {type: liste, af: punkt}
        linje: {type: tekst, beregn: "titel ~ ' (' ~ minutter ~ ' min.)'"}
    felter:
      titel: {type: tekst, påkrævet: ja, alias: [overskrift]}
      sted: {type: gruppe, felter: {adresse: {type: tekst, kort: ja}, by: {type: tekst, standard: Odense}}}
      punkter: {type: liste, af: punkt}
      minutter_i_alt: {type: tal, beregn: "sum(punkter, 'minutter')"}
      dobbelt: {type: tal, beregn: "minutter_i_alt * 2"}
"""


def test_everything_declared_is_there_in_the_order_of_the_fields(workshop):
    found = workshop.values(workshop.kind(MEETING), "titel: Åbent møde")
    assert list(found) == ["titel", "sted", "punkter", "minutter_i_alt", "dobbelt"]
    assert found["titel"] == "Åbent møde"
    assert found["punkter"] == []
    assert found["sted"] == {"adresse": None, "by": None}
    assert not found["sted"]


def test_a_shorthand_fills_one_field_and_defaults_the_others(workshop):
    found = workshop.values(
        workshop.kind(MEETING), "titel: x\nsted: Rådhuset\npunkter: [Økonomi, {titel: Drift, minutter: 5}]"
    )
    assert found["sted"] == {"adresse": "Rådhuset", "by": "Odense"}
    assert [element["titel"] for element in found["punkter"]] == ["Økonomi", "Drift"]
    assert [element["linje"] for element in found["punkter"]] == ["Økonomi (10 min.)", "Drift (5 min.)"]
    assert found["minutter_i_alt"] == Number(Decimal(15))
    assert found["dobbelt"] == 30


def test_groups_know_their_path_and_places_tell_where_values_were_written(workshop):
    record = workshop.held(
        workshop.kind(MEETING),
        """
        titel: x
        punkter:
          - titel: Økonomi
            underpunkter:
              - Budget & regnskab
        """,
    ).record
    inner = record.values["punkter"][0]["underpunkter"][0]
    assert inner.sti == "punkter[1].underpunkter[1]"
    place = record.places["punkter[1].underpunkter[1].titel"]
    assert isinstance(place, TextPlace)
    assert (place.line, place.column) == (5, 9)
    assert record.place("punkter[1].underpunkter[1].minutter").source.name.endswith("felter.yaml")
    assert record.place("punkter[1].findes.ikke") == record.places["punkter[1]"]


def test_an_alias_is_the_same_field(workshop):
    assert workshop.values(workshop.kind(MEETING), "overskrift: x")["titel"] == "x"


@pytest.mark.parametrize("empty", ["titel:", 'titel: ""', "titel: ~", "titel: '  '"])
def test_what_is_left_empty_is_missing(workshop, empty: str):
    validation = workshop.held(workshop.kind(MEETING), f"{empty}\nsted: x")
    assert [one.code for one in validation.diagnostics] == ["DG202"]
    assert validation.record.invalid == {"titel"}


def test_faults_of_every_field_are_told_in_the_order_of_the_lines(workshop):
    kind = workshop.kind("felter:\n  a: {type: dato}\n  b: {type: tal}\n  c: {type: ja_nej}\n")
    validation = workshop.held(kind, "c: måske\nx: 1\na: i går\nb: mange\n")
    assert [one.place.line for one in validation.diagnostics] == [1, 2, 3, 4]
    assert [one.path for one in validation.diagnostics] == ["c", "x", "a", "b"]


def test_a_refused_value_is_not_read_by_anybody(workshop):
    kind = workshop.kind(
        """
        felter:
          a: {type: tal}
          b: {type: tal, beregn: "a + 1"}
          c: {type: tekst, når: "a > 1"}
          d: {type: tekst, påkrævet: "b > 1"}
        """
    )
    validation = workshop.held(kind, "a: mange\nc: x")
    assert [one.code for one in validation.diagnostics] == ["DG213"]
    assert validation.record.invalid == {"a", "b"}
    with pytest.raises(InvalidValueError):
        validation.record.values["b"]


def test_conditions_may_use_fields_in_any_order(workshop):
    kind = workshop.kind(
        """
        felter:
          sidste: {type: tekst, når: "mellem"}
          mellem: {type: tekst, når: "først == 'ja'"}
          først: {type: valg, værdier: [ja, nej], standard: nej}
          tal: {type: tal, når: "i_alt > 5", standard: 7}
          i_alt: {type: tal, beregn: "sum(led, 'n')"}
          led: {type: liste, felter: {n: {type: tal}}}
        """
    )
    found = workshop.values(kind, "først: ja\nmellem: x\nsidste: y\nled: [{n: 3}, {n: 4}]")
    assert (found["sidste"], found["tal"]) == ("y", 7)
    assert workshop.values(kind, "led: []")["tal"] is None
    # Only the first fault of a chain is told.
    assert [(one.code, one.path) for one in workshop.held(kind, "mellem: x\nsidste: y").diagnostics] == [
        ("DG249", "mellem")
    ]


def test_two_fields_may_require_one_another(workshop):
    kind = workshop.kind('felter:\n  a: {type: tekst, påkrævet: "not b"}\n  b: {type: tekst, påkrævet: "not a"}\n')
    validation = workshop.held(kind, "a:\n")
    assert [(one.code, one.path) for one in validation.diagnostics] == [("DG258", "a")]
    assert validation.record.invalid == {"a", "b"}
    assert workshop.held(kind, "b: x").diagnostics == ()


def test_what_is_computed_from_a_missing_value_is_unknown_and_told_once(workshop):
    kind = workshop.kind(
        """
        felter:
          fase: {type: tekst}
          led: {type: liste, felter: {pct: {type: procent, påkrævet: "fase == 'ny'"}}}
          i_alt: {type: procent, beregn: "sum(led, 'pct')"}
        """
    )
    validation = workshop.held(kind, "fase: ny\nled: [{pct: 40}, {pct: }]")
    assert [one.path for one in validation.diagnostics] == ["led[2].pct"]
    assert "i_alt" in validation.record.invalid
    assert workshop.values(kind, "fase: gl\nled: [{pct: 40}, {pct: }]")["i_alt"] == 40


def test_expressions_in_a_group_see_their_siblings_the_element_and_what_is_around(workshop):
    kind = workshop.kind(
        """
        felter:
          navn: {type: tekst}
          punkter:
            type: liste
            felter:
              navn: {type: tekst}
              dele:
                type: liste
                felter: {nr: {type: tal}, tekst: {type: tekst, beregn: "over.navn ~ '/' ~ navn ~ '/' ~ idag"}}
              løb: {type: tal, beregn: "løbende(over.punkter, 'n', den)"}
              n: {type: tal}
        """
    )
    found = workshop.values(kind, "navn: rod\npunkter: [{navn: a, n: 1, dele: [{nr: 1}]}, {navn: b, n: 2}]")
    assert [element["løb"] for element in found["punkter"]] == [1, 3]
    assert found["punkter"][0]["dele"][0]["tekst"] == "a/rod/22.\u00a0november 2026"


def test_references_are_the_elements_they_name(workshop):
    kind = workshop.kind(
        """
        felter:
          gæld: {type: liste, felter: {navn: {type: tekst}, aktiv: {type: henvisning, til: aktiver}}}
          aktiver: {type: liste, felter: {id: {type: tekst, nøgle: ja}, gæld: {type: henvisning, til: gæld_liste}}}
          gæld_liste: {type: liste, felter: {nr: {type: tal, nøgle: ja}, værdi: {type: beløb}}}
          vigtige: {type: liste, af: henvisning, til: aktiver}
        """
    )
    found = workshop.values(
        kind,
        """
        gæld: [{navn: Lån, aktiv: A-2}]
        aktiver: [{id: A-1}, {id: A-2, gæld: 7}]
        gæld_liste: [{nr: 7, værdi: 100}]
        vigtige: [A-1, A-2]
        """,
    )
    assert found["gæld"][0]["aktiv"] is found["aktiver"][1]
    assert found["aktiver"][1]["gæld"]["værdi"] == Amount(Decimal(100))
    assert found["vigtige"] == found["aktiver"]
    assert str(found["aktiver"][0]) == "A-1"


def test_a_reference_into_a_refused_list_is_not_told_of_again(workshop):
    kind = workshop.kind(
        """
        felter:
          aktiver: {type: liste, felter: {id: {type: tekst, nøgle: ja}}}
          gæld: {type: henvisning, til: aktiver}
        """
    )
    assert [one.code for one in workshop.held(kind, "aktiver: A-1\ngæld: A-1").diagnostics] == ["DG241"]


def test_a_profile_gives_defaults_that_an_input_may_change(workshop):
    kind = workshop.kind(
        MEETING,
        {"profiler/nyborg.yaml": "standard: {titel: Byrådsmøde, sted: {adresse: Torvet 1, by: Nyborg}}"},
    )
    found = workshop.values(kind, "sted: {adresse: Teams & telefon}", profile="nyborg")
    assert found["titel"] == "Byrådsmøde"
    assert found["sted"] == {"adresse": "Teams & telefon", "by": "Nyborg"}
    assert workshop.values(kind, "punkter: [a]", profile="nyborg")["sted"]["adresse"] == "Torvet 1"


def test_the_rules_of_a_kind_may_make_a_cpr_number_a_fault(workshop):
    kind = workshop.kind(
        "felter: {a: {type: tekst}}", {"regler.yaml": "- {kode: cpr, alvor: fejl, grundlag: gældende}"}
    )
    findings = workshop.held(kind, 'a: "010170-1234 og 0101701234"').diagnostics
    assert [(one.code, one.severity, one.path) for one in findings] == [("DG254", "fejl", "a")] * 2
    assert "1234" not in workshop.said(findings)


def test_computed_lists_and_empty_results(workshop):
    kind = workshop.kind(
        """
        felter:
          beløb: {type: beløb}
          rater: {type: liste, af: beløb, beregn: "rater(beløb, 3)"}
          frist: {type: dato, beregn: "hverdage_før(dato, 4)"}
          dato: {type: dato}
          tom: {type: tekst, beregn: "'' ~ (dato or '')"}
        """
    )
    found = workshop.values(kind, "beløb: 100")
    assert [str(one) for one in found["rater"]] == ["33.34", "33.33", "33.33"]
    assert found["frist"] is None
    assert found["tom"] is None
    assert workshop.values(kind, "dato: 21.4.2026")["frist"] == date(2026, 4, 15)


def test_an_input_that_is_no_mapping_has_no_values(workshop):
    validation = workshop.held(workshop.kind(MEETING), "- a\n- b")
    assert [one.code for one in validation.diagnostics] == ["DG255"]
    assert isinstance(validation.record.values, Group)
    with pytest.raises(InvalidValueError):
        validation.record.values["titel"]


def test_a_rule_like_name_of_a_function_may_be_a_field(workshop):
    kind = workshop.kind(
        """
        felter:
          pladser: {type: liste, felter: {antal: {type: tal}, i_alt: {type: tal, beregn: "antal or 1"}}}
          sum_af_alt: {type: tal, beregn: "sum(pladser, 'i_alt')"}
        """
    )
    assert workshop.values(kind, "pladser: [{antal: 3}, {antal: }, {}]")["sum_af_alt"] == 5
