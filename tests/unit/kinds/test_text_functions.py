"""The functions that look for words in a text, and the rules about every text of an input."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.danish.values import Markdown
from docgen.kinds.functions import FUNCTIONS, NonsenseError

WAITING = {
    "Beløbet er [...] kr.": "[...]",
    "Beløbet er […].": "[…]",
    "Aftalen indgås med [indsæt kommunens navn].": "[indsæt kommunens navn]",
    "Udpeges af [Navn på forening]": "[Navn på forening]",
    "Styregruppen kan [insert]:": "[insert]",
    "[XX] møder om året": "[XX]",
    "Mellem XX og regionen": "XX",
    "xx Kommune": "xx",
    "Den XX.XX.XXXX": "XX",
    "i 20XX": "20XX",
    "X Kommune betaler": "X Kommune",
    "Prisen er X\u00a0kr.": "X kr.",
    "inden dd.mm.åååå": "dd.mm.åååå",
    "Navn: ____": "____",
    "Tlf. ........": "........",
    "Kontakt: N.N.": "N.N.",
    "Formand: NN": "NN",
    "Pris: udfyldes senere": "udfyldes senere",
    "Bilag 2 indsættes senere.": "indsættes senere",
    "Indsæt tekst her": "Indsæt tekst",
    "Afventer": "Afventer",
    "Bilag 2\n- afventer\n": "- afventer",
    "TODO: skriv resten": "TODO",
    "todo: skriv resten": "todo",
    "Lorem  ipsum dolor": "Lorem ipsum",
    "Klik eller tryk her for at angive tekst.": "Klik eller tryk her for at angive tekst",
    "Hvor mange????": "????",
    "Sendes til {{ modtager }}": "{{ modtager }}",
    "Hr. <indsæt navn>": "<indsæt navn>",
    "Fornavn Efternavn, direktør": "Fornavn Efternavn",
}
DONE = (
    "Se [vejledningen](https://www.eksempel.dk) og [navn](#navn).",
    "[navn]: https://www.eksempel.dk",
    "[x] er sat, [ ] er ikke; note [1] og [^2] og [a]",
    "Regionen afventer svar fra ministeriet, og kommunen afventer også.",
    "Størrelse XL, Xerox og Maxx; x-akse; 3 x 4 m",
    "Hun er *meget* __tydelig__ og ___klar___ i mælet …",
    "Hvad nu??  Vent ...",
    "Kommune A og region B betaler hver 50 kr.",
    "Formandens navn og dato indsættes i skemaet af sekretariatet.",
    "Nogle & andre, jf. § 5, stk. 1, nr. 2",
    "",
    None,
)


@pytest.mark.parametrize(("text", "found"), WAITING.items())
def test_what_waits_to_be_filled_in_is_found(text, found):
    assert FUNCTIONS["pladsholder"](text) == found
    assert FUNCTIONS["pladsholder"](Markdown(f"Først noget.\n\n{text}\n")) == found


@pytest.mark.parametrize("text", DONE)
def test_ordinary_text_has_no_placeholder(text):
    assert FUNCTIONS["pladsholder"](text) == ""


def test_words_are_found_as_whole_words():
    def has(text: object, *words: str) -> object:
        return FUNCTIONS["nævner"](text, *words)

    assert has("Parterne hæfter SOLIDARISK.", "solidarisk")
    assert not has("Konkurrencen er åben", "kurre", "åbne")
    assert has("Det er åbent", "lukket", "åbe*")
    assert has("en driftsaftale", "*aftale")
    assert has("den\nenkelte\u00a0kommune", "enkelte kommune")
    assert has("§ 17, stk. 4-udvalg", "§ 17, stk. 4")
    assert not has("§ 17, stk. 42", "§ 17, stk. 4")
    assert has(["først", None, "så"], "så")
    assert has(None, "så") is has("", "så") is False
    for wrong in ((7, "x"), ("x",), ("x", ""), ("x", "*"), ("x", 3), ([["x"]], "x")):
        with pytest.raises(NonsenseError):
            has(*wrong)


@given(st.text(alphabet="abcæøå ", min_size=1).filter(str.strip), st.text(alphabet="xyz .,\n"))
def test_a_phrase_is_found_wherever_it_stands(phrase, around):
    assert FUNCTIONS["nævner"](f"{around} {phrase} {around}", phrase.upper())
    assert not FUNCTIONS["nævner"](f"{around}q{phrase.strip()}q{around}", phrase)


WORDS = st.lists(st.text(alphabet="ab* ", min_size=1, max_size=5).filter(lambda word: word.strip("* ")), min_size=1)


@given(st.lists(st.text(alphabet="abAB-_ \n", max_size=12), max_size=3), WORDS)
def test_many_words_are_found_where_one_of_them_is_and_in_many_texts_where_one_is(texts, words):
    has = FUNCTIONS["nævner"]
    told = [any(has(text, word) for word in words) for text in texts]
    assert [has(text, *words) for text in texts] == told
    assert has(texts, *words) is any(told)


def test_the_annexes_that_a_text_names():
    numbers = FUNCTIONS["bilagsnumre"]
    assert numbers("Se bilag 2, Bilag 2a og bilag\u00a03.") == ["2", "2a", "3"]
    assert numbers("bilag 2 og 3 samt bilag 5, 6 og 7 B") == ["2", "3", "5", "6", "7"]
    assert numbers("bilagene 4-6 og 1.2, jf. bilag nr. 2") == ["4", "5", "6", "1.2", "2"]
    assert numbers("bilag 1 til 3") == ["1", "2", "3"]
    assert numbers("bilag 2-2027") == ["2", "2027"]
    assert numbers(["bilag 1", "bilag 1"]) == ["1"]
    assert numbers("bilag 1 til bekendtgørelse nr. 9, vejledningens bilag 2 og bilag 3 og 4 i den nye forordning") == []
    assert numbers("bilag 2 til delingsaftalen, bilag 5 i Sundhedsstyrelsens vejledning") == []
    assert numbers("bilag 1 til Aftalen, bilag 2 i sin helhed, bilag 3 til orientering efter loven") == ["1", "2", "3"]
    assert numbers("bilag 1 i aftalen og Aftalens bilag 2, jf. bekendtgørelsen") == ["1", "2"]
    assert numbers("bilaget, bilagskrav 3 og 4 bilag, se bilag A") == numbers(None) == []


KIND = """
    typer: {part: {navn: {type: organisation, kort: ja}, cvr: {type: cvr}}}
    felter:
      titel: {type: tekst}
      parter: {type: liste, af: part}
      ord: {type: liste, af: tekst}
      status: {type: valg, værdier: {xx: XX}}
      råd: {type: gruppe, felter: {tekst: {type: afsnit}}}
      i_alt: {type: tekst, beregn: "titel"}
    afsnit: {råd: {}, titel: {}}
"""
RULE = """
    - {kode: r, for: tekster, når: "not nævner(over.titel, 'kladde')", krav: "not pladsholder(den)", alvor: advarsel,
       besked: "»{{ pladsholder(den) }}«", grundlag: skøn}
"""


@pytest.fixture
def kind(workshop):
    return workshop.kind(KIND, {"regler.yaml": RULE.replace("not nævner(over.titel, 'kladde')", "status")})


def test_a_rule_about_texts_is_held_against_every_text(workshop, kind):
    text = """
        titel: Aftale med XX
        parter: [XXX, {navn: N.N., cvr: "29190909"}]
        ord: [godt, TODO]
        status: xx
        råd: {tekst: "Se bilag [...]"}
        opsætning: {overskrifter: {råd: Råd fra NN}}
        ekstra_afsnit: [{overskrift: xx, tekst: ....., efter: råd}]
    """
    found = workshop.ruled(kind, text).diagnostics
    assert [(one.path, one.values["besked"]) for one in found] == [
        ("titel", "»XX«"),
        ("parter[1].navn", "»XXX«"),
        ("parter[2].navn", "»N.N.«"),
        ("ord[2]", "»TODO«"),
        ("råd.tekst", "»[...]«"),
        ("opsætning.overskrifter.råd", "»NN«"),
        ("ekstra_afsnit[1].overskrift", "»xx«"),
        ("ekstra_afsnit[1].tekst", "».....«"),
    ]
    assert [one.place.line for one in found] == [1, 2, 2, 3, 5, 6, 7, 7]


def test_refused_values_do_not_keep_it_from_the_other_texts(workshop, kind):
    result = workshop.ruled(kind, "titel: [x]\nparter: [{navn: XX, cvr: 1}]\nstatus: xx")
    assert [one.path for one in result.diagnostics] == ["parter[1].navn"]
    assert result.skipped == ()


def test_over_is_the_group_around_the_text(workshop):
    rule = "{kode: r, for: tekster, krav: over.cvr, alvor: advarsel, besked: '{{ den }}', grundlag: skøn}"
    kind = workshop.kind(
        "felter: {led: {type: liste, felter: {navn: {type: tekst}, cvr: {type: cvr}}}}", {"regler.yaml": f"- {rule}"}
    )
    found = workshop.ruled(kind, 'led: [{navn: A}, {navn: B, cvr: "29190909"}]').diagnostics
    assert [one.path for one in found] == ["led[1].navn"]


def test_a_field_of_the_name_wins(workshop):
    rule = "{kode: r, for: tekster, krav: den.a, alvor: advarsel, besked: x, grundlag: skøn}"
    felter = "felter: {tekster: {type: liste, felter: {a: {type: tekst}, b: {type: tekst}}}, c: {type: tekst}}"
    kind = workshop.kind(felter, {"regler.yaml": f"- {rule}"})
    assert [one.path for one in workshop.ruled(kind, "tekster: [{b: x}]\nc: x").diagnostics] == ["tekster[1]"]
