"""What cannot be printed or evaluated is a fault at its tag, told in Danish; Python shows itself nowhere."""

from __future__ import annotations

from datetime import date

import pytest
from jinja2 import Environment, TemplateSyntaxError

from docgen import catalog
from docgen.danish.values import Amount, Markdown, Year
from docgen.diagnostics import DocgenError
from docgen.templating.reasons import syntax_reason, value_reason
from docgen.word import WordTemplate

from .build import docx, faults, lines, p, render, tbl, tr

NAMES = {
    "navn": "Åse & Bo",
    "tal": 3,
    "tom": None,
    "liste": [1, 2],
    "ps": [{"n": "a", "v": 1}, {"n": "b", "v": 2}],
    "gr": {"by": "Ølgod"},
    "dato": date(2026, 1, 3),
    "år": Year(2026),
    "beløb": Amount(5),
    "md": Markdown("# a"),
    "funktion": print,
}


def told(tag: str, *, around: str = "{}") -> list[str]:
    return [one.split("\n")[0].removeprefix("fejl ") for one in faults(p(around.format(tag)), NAMES)]


@pytest.mark.parametrize("around", ["{}", "a {} b"])
@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("{{ navn.__class__ }}", "DG459"),
        ('{{ navn | attr("__class__") }}', "DG459"),
        ('{{ navn | attr("__cl" ~ "ass__") }}', "DG459"),
        ('{{ navn["__class__"] }}', "DG459"),
        ("{{ navn.format }}", "DG461"),
        ("{{ ps }}", "DG458"),
        ("{{ gr }}", "DG458"),
        ("{{ [[1], [gr]] }}", "DG458"),
        ("{{ gr ~ '!' }}", "DG458"),
        ("{{ self }}", "DG461"),
        ("{{ namespace(a=1) }}", "DG461"),
        ("{{ range(3) }}", "DG461"),
        ("{{ range }}", "DG461"),
        ("{{ cycler(1, 2) }}", "DG461"),
        ("{{ funktion }}", "DG461"),
        ("{{ navn.upper }}", "DG461"),
        ("{{ gr.items() }}", "DG461"),
        ("{{ ps | map(attribute='n') }}", "DG461"),
        ("{{ liste | reverse ~ '' }}", "DG461"),
        ("{{ dato - dato }}", "DG461"),
        ("{{ [funktion] }}", "DG461"),
        ("{{ 1e308 * 10 }}", "DG463"),
        ("{{ (10**12)**100 * (10**12)**100 * (10**12)**100 * (10**12)**100 }}", "DG463"),
    ],
)
def test_what_is_no_text_is_a_fault(tag: str, code: str, around: str) -> None:
    (found,) = told(tag, around=around)
    assert found.startswith(f"{code}: {tag} ")


@pytest.mark.parametrize("tag", ["{% for x in liste %}{{ loop }}{% endfor %}", "{% macro m() %}x{% endmacro %}{{ m }}"])
def test_jinjas_own_things_are_no_text(tag: str) -> None:
    assert [one[:5] for one in told(tag)] == ["DG461"]


def test_the_first_fault_hides_no_other() -> None:
    body = p("{{ navn['__class__'] }} {{ ps }}") + tbl(tr("{{ self }}")) + p("{{ navnn }}")
    assert [one.split(":")[0] for one in faults(body, NAMES)] == [
        "fejl DG459",
        "fejl DG458",
        "fejl DG461",
        "fejl DG451",
    ]


def test_hidden_attributes_are_found_without_data() -> None:
    with pytest.raises(DocgenError) as raised:
        WordTemplate(docx(p("{% if a.__class__ %}x{% endif %}{{ a._b }} {{ a | attr('__c__') }}")))
    assert [one.code for one in raised.value.diagnostics] == ["DG459"] * 3
    assert lines(render(p("{{ gr['_x'] }}"), {"gr": {"_x": "en nøgle i et input"}})) == ["en nøgle i et input"]


class Shown:
    def __str__(self) -> str:
        return "på sin egen måde"


def test_a_value_that_says_how_is_text() -> None:
    assert lines(render(p("{{ x }} {{ [x, 1, true, none] }}"), {"x": Shown()})) == [
        "på sin egen måde på sin egen måde, 1, ja og "
    ]


# --- reasons ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("{{ a b }}", 'ordet "b" er for meget'),
        ("{{ a 'b' }}", "der mangler et tegn mellem to værdier"),
        ("{% if a = 'b' %}{% endif %}", "skriv == for at sammenligne"),
        ("{{ a | dato( }}", "der mangler slutparentesen )"),
        ("{{ f(a }}", "der mangler slutparentesen )"),
        ("{{ a) }}", ") er for meget"),
        ("{{ f(a b) }}", "der mangler et komma eller en slutparentes før b"),
        ("{{ 'a }}", "anførselstegnet ' mangler sin makker"),
        ('{{ a" }}', 'anførselstegnet " mangler sin makker'),
        ("{{ a. }}", "der mangler et navn efter punktummet"),
        ("{{ a | }}", "der mangler et navn"),
        ("{{ a + }}", "der mangler et felt eller en værdi"),
        ("{% if %}{% endif %}", "der mangler et felt eller en værdi"),
        ("{% for a b %}{% endfor %}", "der mangler in"),
        ("{{{ a }}}", "en kode begynder med to { og slutter med to }, ikke tre"),
        ("{{ a && b }}", "tegnet & kan ikke stå her"),
        ("{% macro m(a=1, b) %}{% endmacro %}", "se efter anførselstegn, parenteser og stavning"),
    ],
)
def test_why_a_tag_cannot_be_read_is_told_in_danish(tag: str, reason: str) -> None:
    with pytest.raises(TemplateSyntaxError) as raised:
        Environment().from_string(tag)
    assert syntax_reason(raised.value.message or "") == reason


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("{{ tal + navn }}", "et tal og en tekst kan ikke lægges sammen"),
        ("{{ navn + tal }}", "en tekst og et tal kan ikke lægges sammen; tekster sættes sammen med ~"),
        ("{{ beløb + navn }}", "et beløb og en tekst kan ikke lægges sammen"),
        ("{{ dato + dato }}", "en dato og en dato til kan ikke lægges sammen"),
        ("{{ tal < navn }}", "et tal og en tekst kan ikke sammenlignes"),
        ("{% for x in tal %}{% endfor %}", "et tal er ikke en liste"),
        ("{% for a, b in liste %}{% endfor %}", "antallet af navne passer ikke til det, der står i listen"),
        ("{{ 1 in tal }}", "et tal kan ikke indeholde noget"),
        ("{{ tal | length }}", "et tal har ingen længde"),
        ("{{ -navn }}", "en tekst kan ikke have et fortegn"),
        ("{{ range(10**9) }}", "løkken er for lang: range giver højst 100.000 tal"),
        ("{{ liste | batch(2, 1, 2) }}", "der står for meget i parentesen"),
        ("{{ '%d' | format(navn) }}", "formatet passer ikke til værdierne"),
        ("{{ år + 100000 }}", "datoen findes ikke"),
        ("{{ navn | dato }}", '"Åse & Bo" er ikke en dato'),  # a filter's own words
    ],
)
def test_why_a_value_does_not_fit_is_told_in_danish(tag: str, reason: str) -> None:
    (found,) = faults(p(tag), NAMES)
    assert found.split(":")[0] in ("fejl DG452", "fejl DG453")
    assert reason in found


def test_a_reason_that_nobody_knows_is_not_told_in_english() -> None:
    for fault in (KeyError("unheard of"), TypeError("unheard of"), ValueError("unheard of")):
        assert "unheard" not in value_reason(fault)


def test_the_english_reason_is_kept_for_english() -> None:
    with pytest.raises(DocgenError) as raised:
        WordTemplate(docx(p("{{ a b }}")))
    assert raised.value.diagnostics[0].values["grund_en"] == "expected token 'end of print statement', got 'b'"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("{{ liste[9] }}", "DG462: {{ liste[9] }}: der er intet element nummer 10"),
        ("{{ liste[-9] }}", "DG462: {{ liste[-9] }}: der er intet element nummer -9"),
        ("{{ navn[99] }}", "DG462: {{ navn[99] }}: der er intet element nummer 100"),
        ("{{ gr[9] }}", 'DG450: "9" findes ikke'),
    ],
)
def test_an_element_that_a_list_does_not_have(tag: str, expected: str) -> None:
    assert told(tag) == [expected]


def test_every_reason_of_a_fault_stands_in_its_hint() -> None:
    (found,) = faults(p("{{ liste[9] }}"), NAMES)
    assert found.endswith("hjælp: der er 2; det første skrives [0], det næste [1]")
    assert "{%tr gælder" in catalog.entry("DG434").explanation
