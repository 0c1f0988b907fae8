"""Clauses: Markdown becomes paragraphs first and is filled in after, with faults on the lines of the .md file."""

from __future__ import annotations

import pickle
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen import catalog
from docgen.danish.values import Markdown
from docgen.diagnostics import DocgenError, SourceText
from docgen.word import WordTemplate
from docgen.word.values.clauses import ClauseTemplate

from .build import W, body_of, docx, lines, p, rows, text, unpack
from .conftest import NUMBERING, STYLES, part

WHOLE = WordTemplate(
    docx(
        p("{% for a in afsnit %}") + p("{{ a.overskrift }}", style="Heading1") + p("{{ a.tekst }}") + p("{% endfor %}"),
        {"styles": part("styles", STYLES), "numbering": part("numbering", NUMBERING)},
    ),
    name="skabelon.docx",
)


def clause(markdown: str, *, numbered: bool = False, before: str = "---\nid: x\n---\n") -> ClauseTemplate:
    source = SourceText("klausuler/bod.md", tuple((before + markdown).split("\n")))
    return ClauseTemplate(markdown, source, before.count("\n") + 1, styles=WHOLE.styles, numbered=numbered)


def rendered(markdown: str, names: Mapping[str, object], *, numbered: bool = False) -> list[str]:
    sections = [{"overskrift": "Bod", "tekst": clause(markdown, numbered=numbered)}]
    return lines(body_of(WHOLE.render({"afsnit": sections, **names})))[1:]


def told(markdown: str, names: Mapping[str, object]) -> list[str]:
    with pytest.raises(DocgenError) as raised:
        rendered(markdown, names)
    return [catalog.as_text(one) for one in raised.value.diagnostics]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Bod er {{ bod }} pr. dag.", ["Bod er 1. juli 2027 pr. dag."]),
        ("{{ bod }}\n\n# {{ bod }}\n\n- {{ bod }}", ["1. juli 2027", "1. juli 2027", "1. juli 2027"]),
        ("Ved {% if ja %}**forsinkelse**{% endif %} og _{{ bod }}_", ["Ved forsinkelse og 1. juli 2027"]),
        ("a\n\n{% if nej %}\n\nb\n\n{% endif %}\n\nc", ["a", "c"]),
        ("{% if ja %}\na\n{% else %}\nb\n{% endif %}\nc", ["a", "c"]),
        ("- a\n{% for x in liste %}\n- {{ x }}\n{% endfor %}\n- c", ["a", "*x*", "<y>", "c"]),
        ("{# note #}\na{# note #}", ["a"]),
        ("{% set x = 2 %}\n\n{{ x + 1 }}", ["3"]),
        ("{% if nej %}\na\n{% endif %}", []),
        ("", []),
        ("{{ ”x” ~ „y“ }} – ”citat”", ["xy – ”citat”"]),
        ("`{{ bod }}` \\*", ["1. juli 2027 *"]),
        ("{% raw %}{{ x }}{% endraw %}", ["{{ x }}"]),
        ("{% macro m(a) %}[{{ a }}]{% endmacro %}x{{ m(bod) }}", ["x[1. juli 2027]"]),
        ("{{ liste\n | join(' og ') }}", ["*x* og <y>"]),
        (
            "{% for x in [] %}\n{{ x }}\n{% endfor %}\n\n| a |\n|---|\n{% for x in [] %}\n| {{ x }} |\n{% endfor %}",
            ["a", ""],
        ),
    ],
)
def test_text_is_filled_in_after_markdown_is_read(markdown: str, expected: list[str]) -> None:
    names = {"bod": "1. juli 2027", "ja": True, "nej": False, "liste": ["*x*", "<y>"]}
    assert rendered(markdown, names) == expected


def test_formatting_goes_around_the_value() -> None:
    document = WHOLE.render({"afsnit": [{"overskrift": "", "tekst": clause("a **{{ x }}** b")}], "x": "_y_"})
    bold = [text(run) for run in body_of(document).iter(f"{{{W}}}r") if run.find(f".//{{{W}}}rStyle") is not None]
    assert bold == ["_y_"]


def test_rows_of_a_table_repeat() -> None:
    markdown = (
        "| Navn | Kr. |\n|---|---|\n{% for a in liste %}\n| {{ a.navn }} | {{ a.pris }} |\n{% endfor %}\n| I alt | 3 |"
    )
    document = WHOLE.render(
        {
            "afsnit": [{"overskrift": "", "tekst": clause(markdown)}],
            "liste": [{"navn": "|", "pris": 1}, {"navn": "b", "pris": 2}],
        }
    )
    assert rows(body_of(document)) == [["Navn", "Kr."], ["|", "1"], ["b", "2"], ["I alt", "3"]]


def test_numbers_and_links_belong_to_each_render() -> None:
    one = clause("1. a [her](https://a.dk)\n{% if ja %}\n2. b\n{% endif %}\n3. c")
    document = WHOLE.render({"afsnit": [{"overskrift": "", "tekst": one}] * 2, "ja": False})
    body = body_of(document)
    used = [number.get(f"{{{W}}}val") for number in body.iter(f"{{{W}}}numId")]
    assert used[0] == used[1] != used[2] == used[3]
    assert "-" not in "".join(filter(None, used))
    assert unpack(document.to_bytes())["word/_rels/document.xml.rels"].count(b"https://a.dk") == 1


def test_a_numbered_clause_numbers_its_paragraphs() -> None:
    document = WHOLE.render({"afsnit": [{"overskrift": "", "tekst": clause("a\n\nb", numbered=True)}]})
    styles = [style.get(f"{{{W}}}val") for style in body_of(document).iter(f"{{{W}}}pStyle")]
    assert styles == ["Heading1", "Stykke", "Stykke"]


def test_a_value_that_is_markdown_stands_in_a_clause() -> None:
    assert rendered("a\n\n{{ x }}\n\nb", {"x": Markdown("- c\n- d")}) == ["a", "c", "d", "b"]


def test_names_of_the_loop_are_known_in_the_clause() -> None:
    assert rendered("Om {{ a.overskrift | lower }}", {}) == ["Om bod"]


def test_faults_stand_on_the_lines_of_the_file() -> None:
    with pytest.raises(DocgenError) as raised:
        clause("Bod {{ a b }}\n\n{% if x %}\n\n{{ c | dota }}")
    assert [catalog.as_text(one) for one in raised.value.diagnostics] == [
        "fejl DG422: koden {{ a b }} kan ikke forstås\n  klausuler/bod.md:4:5\n    |\n  4 | Bod {{ a b }}\n"
        '    |     ^^^^^^^^^\n  hjælp: ret koden: ordet "b" er for meget',
        "fejl DG430: {% if x %} bliver aldrig afsluttet\n  klausuler/bod.md:6:1\n    |\n  6 | {% if x %}\n"
        "    | ^^^^^^^^^^\n  hjælp: skriv {% endif %}, hvor det skal slutte",
        'fejl DG441: filteret "dota" findes ikke\n  klausuler/bod.md:8:1\n    |\n  8 | {{ c | dota }}\n'
        '    | ^^^^^^^^^^^^^^\n  hjælp: mente du "dato"?',
    ]


def test_faults_of_the_data_in_clause_and_template_are_told_together() -> None:
    assert told("a\n\n{{ navn }} {{ beløb / 0 }}", {"nvan": 1, "beløb": 2}) == [
        'fejl DG451: "navn" findes ikke\n  klausuler/bod.md:6:1\n    |\n  6 | {{ navn }} {{ beløb / 0 }}\n'
        '    | ^^^^^^^^^^\n  hjælp: mente du "nvan"?',
        "fejl DG454: {{ beløb / 0 }} dividerer med nul\n  klausuler/bod.md:6:12\n    |\n"
        "  6 | {{ navn }} {{ beløb / 0 }}\n    |            ^^^^^^^^^^^^^^^\n  hjælp: sæt {% if %} om beregningen",
    ]


def test_a_compiled_clause_and_template_can_be_kept() -> None:
    template, one = pickle.loads(pickle.dumps((WHOLE, clause("Bod {{ x }} {{ y }}"))))
    names = {"afsnit": [{"overskrift": "Bod", "tekst": one}], "x": 1, "y": "æ"}
    first = WHOLE.render(names | {"afsnit": [{"overskrift": "Bod", "tekst": clause("Bod {{ x }} {{ y }}")}]})
    assert template.render(names).to_bytes() == first.to_bytes()
    assert [name.path for name in template.names()] == [name.path for name in WHOLE.names()]
    with pytest.raises(DocgenError) as raised:
        template.render({"afsnit": [{"overskrif": "Bod", "tekst": one}], "x": 1})
    assert [one.code for one in raised.value.diagnostics] == ["DG451", "DG450"]


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("Ét {{ x } og en halv sætning {{ y }}.\n\n{{ x }}", [("DG420", 4, "      ^^^^^^")]),
        ("{% if x } a {% endif %}", [("DG420", 4, "   ^^^^^^^^^")]),
    ],
)
def test_a_tag_that_lacks_a_brace_is_quoted_alone(markdown: str, said: list[tuple[str, int, str]]) -> None:
    with pytest.raises(DocgenError) as raised:
        clause(markdown)
    assert [(one.code, one.place.line) for one in raised.value.diagnostics] == [one[:2] for one in said]
    for found, one in zip(raised.value.diagnostics, said, strict=True):
        assert catalog.as_text(found).splitlines()[4] == f"    |{one[2][2:]}"


@pytest.mark.parametrize("markdown", ["[{{ x }}](https://a.dk)", "- {{ x }}", "1. **{{ x }}**"])
def test_a_value_alone_in_a_link_or_a_list_needs_no_styles(markdown: str) -> None:
    bare = WordTemplate(docx(p("{{ a }}")), name="skabelon.docx")
    made = ClauseTemplate(markdown, SourceText("klausuler/bod.md", (markdown,)))
    assert lines(body_of(bare.render({"a": made, "x": "v"}))) == ["v"]
    assert rendered(markdown, {"x": "v"}) == ["v"]


def test_a_paragraph_that_is_only_an_empty_value_vanishes() -> None:
    markdown = "{{ x }}\n\n**{{ x }}**\n\n- {{ x }}\n- b {{ x }}\n\n| {{ x }} |\n|---|\n| {{ x }} |\n\nc"
    for empty in (None, "", " ", Markdown("")):
        found = [line.strip() for line in rendered(markdown, {"x": empty}, numbered=True)]
        assert found == ["b", "", "", "", "c"]  # two cells, and the paragraph after the table
    assert rendered("a\n\n{{ x }}\n\nb", {"x": 0}, numbered=True) == ["a", "0", "b"]
    assert lines(body_of(WordTemplate(docx(p("a") + p("{{ x }}") + p("b"))).render({"x": ""}))) == ["a", "", "b"]


VALUES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")).filter(lambda c: ord(c) < 0xFFFE))


@given(VALUES)
@settings(max_examples=80)
def test_a_value_is_never_read_as_markdown(value: str) -> None:
    assert rendered("{{ x }}\n\n- a {{ x }}\n\n> {{ x }} **{{ x }}**", {"x": value}) == [
        *([value] if value.strip() else []),
        f"a {value}",
        f"{value} {value}",
    ]


@given(st.text(st.sampled_from('a {}%#*_`|-\n1.>[]()\ue000æ"”'), max_size=40))
@settings(max_examples=150)
def test_any_text_is_a_clause_or_has_faults_with_places(markdown: str) -> None:
    try:
        clause(markdown)
    except DocgenError as fault:
        for one in fault.diagnostics:
            assert "klausuler/bod.md:" in catalog.as_text(one)
