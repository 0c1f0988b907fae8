"""Rules: what they see, what they skip, and how an organisation changes them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.catalog import as_text
from docgen.kinds.kind import load_kind

KEYS = """
    udgaver: {intern: {værdier: {streng: ja}}, offentlig: {værdier: {streng: nej}}}
    felter:
      fase: {type: valg, værdier: [udkast, indgået], standard: udkast}
      frist: {type: dato}
      nøgler:
        type: liste
        felter:
          navn: {type: tekst}
          andele: {type: liste, felter: {part: {type: tekst}, pct: {type: procent}}}
      møde: {type: gruppe, felter: {start: {type: klokkeslæt}, slut: {type: klokkeslæt}}}
"""
RULES = """
    - kode: nøgle-100
      for: nøgler
      når: "fase != 'udkast'"
      krav: "sum(den.andele, 'pct') == 100"
      ved: andele
      alvor: fejl
      besked: "{{ den.navn }} giver {{ sum(den.andele, 'pct') }}, ikke 100 pct."
      besked_en: "{{ den.navn }} gives {{ sum(den.andele, 'pct') }}, not 100 per cent"
      hjælp: "ret andelene"
      hjælp_en: "mend the shares"
      kilde: docgen
      grundlag: regning
      kontrolleret: 2026-11-21
    - {kode: ingen-negative, for: nøgler.andele, krav: "den.pct >= 0", ved: pct, alvor: fejl,
       besked: "{{ over.navn }}: {{ den.part }} har en negativ andel", grundlag: regning}
    - {kode: mødetid, for: møde, krav: "den.start < den.slut", ved: slut, alvor: advarsel,
       besked: Mødet slutter for tidligt, grundlag: regning}
    - {kode: udløbet, når: "frist", krav: "frist >= idag", alvor: advarsel,
       besked: Fristen er overskredet, grundlag: skøn}
    - {kode: streng, når: "streng", krav: "nøgler", alvor: oplysning,
       besked: "{{ udgave }} har ingen nøgler", grundlag: skøn}
"""


@pytest.fixture
def kind(workshop):
    return workshop.kind(KEYS, {"regler.yaml": RULES})


def codes(result) -> list[str]:
    return [one.values.get("kode", one.code) for one in result.diagnostics]


def test_a_rule_holds_each_element_against_its_requirement(workshop, kind):
    result = workshop.ruled(
        kind,
        """
        fase: indgået
        nøgler:
          - {navn: Areal, andele: [{part: A, pct: 60}, {part: B, pct: 40}]}
          - {navn: Løn & drift, andele: [{part: A, pct: 60}, {part: B, pct: -10}]}
        """,
    )
    assert workshop.said(result.diagnostics) == (
        "fejl DG300: Løn & drift giver 50\u00a0pct., ikke 100 pct. (nøgle-100)\n"
        "  input.yaml:4:33\n"
        "    |\n"
        "  4 |   - {navn: Løn & drift, andele: [{part: A, pct: 60}, {part: B, pct: -10}]}\n"
        "    |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  hjælp: ret andelene\n\n"
        "fejl DG300: Løn & drift: B har en negativ andel (ingen-negative)\n"
        "  input.yaml:4:69\n"
        "    |\n"
        "  4 |   - {navn: Løn & drift, andele: [{part: A, pct: 60}, {part: B, pct: -10}]}\n"
        "    |                                                                     ^^^"
    )
    assert result.diagnostics[1].path == "nøgler[2].andele[2].pct"
    assert (result.checked, result.skipped) == (5, ())


def test_a_message_has_its_own_english(workshop, kind):
    result = workshop.ruled(kind, "fase: indgået\nnøgler: [{navn: Areal, andele: [{pct: 99}]}]")
    english = as_text(result.diagnostics[0], "en")
    assert english.startswith("error DG300: Areal gives 99\u00a0pct., not 100 per cent (nøgle-100)")
    assert english.endswith("help: mend the shares")


def test_conditions_groups_dates_and_editions(workshop, kind):
    assert codes(workshop.ruled(kind, "fase: udkast\nnøgler: [{navn: x, andele: [{pct: 1}]}]")) == []
    assert codes(workshop.ruled(kind, "nøgler: [{navn: x}]\nmøde: {start: '10', slut: 9.30}")) == ["mødetid"]
    assert codes(workshop.ruled(kind, "nøgler: [{navn: x}]\nfrist: 1.1.2026")) == ["udløbet"]
    assert codes(workshop.ruled(kind, "fase: udkast")) == ["streng"]
    assert codes(workshop.ruled(kind, "fase: udkast", edition="offentlig")) == []


def test_a_rule_that_meets_a_refused_value_is_skipped_and_counted(workshop, kind):
    result = workshop.ruled(
        kind, "fase: indgået\nnøgler: [{navn: A, andele: [{pct: x}]}, {navn: B, andele: [{pct: 90}]}]\nfrist: i går"
    )
    assert codes(result) == ["nøgle-100", "DG301"]
    assert result.skipped == ("nøgle-100", "ingen-negative", "udløbet")
    assert result.checked == 2
    assert result.diagnostics[0].path == "nøgler[2].andele"
    assert "3 regler er ikke tjekket" in workshop.said(result.diagnostics)


def test_a_refused_note_does_not_stop_a_rule_about_amounts(workshop):
    kind = workshop.kind(
        "felter: {led: {type: liste, felter: {n: {type: tal}, dato: {type: dato}}}}",
        {"regler.yaml": "- {kode: r, krav: \"sum(led, 'n') == 3\", alvor: fejl, besked: x, grundlag: regning}"},
    )
    result = workshop.ruled(kind, "led: [{n: 1, dato: i går}, {n: 2}]")
    assert (result.checked, result.skipped) == (1, ())


BOXED = """
    - {kode: r1, krav: a > 1, alvor: fejl, besked: Lille, grundlag: regning}
    - {kode: r2, krav: a > 2, alvor: advarsel, besked: Mindre, grundlag: skøn}
"""
OWN = """
    - {kode: r1, alvor: oplysning}
    - {kode: r3, krav: a > 3, alvor: advarsel, besked: Vores regel, grundlag: skøn}
"""


def test_an_organisation_adds_rules_and_changes_those_with_the_same_code(workshop, tmp_path):
    for folder, files in (
        ("boxed", {"felter.yaml": "felter: {a: {type: tal}}", "regler.yaml": BOXED}),
        ("own", {"regler.yaml": OWN}),
    ):
        replace(workshop, folder=tmp_path / folder).write(files)
    kind = load_kind("prøve", [tmp_path / "own", tmp_path / "boxed"])
    result = workshop.ruled(kind, "a: 1")
    told = [(one.values["kode"], one.severity, one.values["besked"]) for one in result.diagnostics]
    assert told == [("r1", "oplysning", "Lille"), ("r2", "advarsel", "Mindre"), ("r3", "advarsel", "Vores regel")]


def test_a_message_that_cannot_be_filled_in_is_told_with_the_rule(workshop):
    kind = workshop.kind(
        "felter: {a: {type: tekst}}",
        {"regler.yaml": "- {kode: r, krav: false, alvor: advarsel, besked: '{{ a | måned }}', grundlag: skøn}"},
    )
    assert codes(workshop.ruled(kind, "a: x")) == ["DG305", "r"]


def test_the_source_of_a_rule_is_told(workshop):
    rules = """
        - {kode: r1, krav: a, alvor: advarsel, besked: Mangler, kilde: KSL § 8, grundlag: gældende}
        - {kode: r2, krav: a, alvor: advarsel, besked: Mangler, hjælp: udfyld a, kilde: praksis, kilde_en: custom,
           grundlag: skøn}
        - {kode: r3, krav: a, alvor: advarsel, besked: Mangler, kilde: docgen, grundlag: regning}
    """
    kind = workshop.kind("felter: {a: {type: tekst}, b: {type: tekst}}", {"regler.yaml": rules})
    law, custom, own = workshop.ruled(kind, "b: x").diagnostics
    assert as_text(law).endswith("hjælp: se KSL § 8")
    assert as_text(law, "en").endswith("help: see KSL § 8")
    assert as_text(custom).endswith("hjælp: udfyld a (kilde: praksis)")
    assert as_text(custom, "en").endswith("help: udfyld a (source: custom)")
    assert "hjælp" not in as_text(own)


def test_many_skipped_rules_are_told_in_short(workshop):
    rules = "\n".join(
        f"- {{kode: r{number}, krav: a > {number}, alvor: advarsel, besked: x, grundlag: skøn}}"
        for number in range(1, 7)
    )
    kind = workshop.kind("felter: {a: {type: tal}}", {"regler.yaml": rules})
    result = workshop.ruled(kind, "a: x")
    assert len(result.skipped) == 6
    assert "r1, r2, r3, r4, r5 og 1 anden\n" in as_text(result.diagnostics[0])
    assert "r1, r2, r3, r4, r5 and 1 other\n" in as_text(result.diagnostics[0], "en")
