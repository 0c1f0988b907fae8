"""Text files as templates: values in Danish, markup escaped once, faults with file and line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from docgen import catalog
from docgen.danish.values import Amount, Markdown
from docgen.diagnostics import DocgenError
from docgen.templating.text_file import Html, TextFile
from docgen.word.values.plain_text import plain_text

NAMES = {"navn": "Åse & <Bo>", "tom": None, "dato": date(2026, 3, 5), "beløb": Amount(1250), "gruppe": {"by": "Ølgod"}}


def text_file(folder: Path, content: str, *, markup: bool = False) -> TextFile:
    path = folder / "besked.txt.j2"
    path.write_text(content, encoding="utf-8")
    return TextFile(path, markup=markup, markdown=plain_text)


def rendered(folder: Path, content: str, *, markup: bool = False, **names: object) -> str:
    return text_file(folder, content, markup=markup).render(NAMES | names)


def told(folder: Path, content: str) -> list[str]:
    with pytest.raises(DocgenError) as caught:
        rendered(folder, content)
    return [catalog.as_text(one, "da") for one in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{{ navn }}", "Åse & <Bo>"),
        ("{{ tom }}x", "x"),
        ("{{ dato }}", "5.\u00a0marts 2026"),
        ("{{ 'den ' ~ dato ~ ': ' ~ beløb }}", "den 5.\u00a0marts 2026: 1.250\u00a0kr."),
        ("{{ 'a' if tom }}b", "b"),
        ("{{ ('a' if tom) ~ 'b' }}", "b"),
        ("{{ ['a', 'b'] }}", "a og b"),
        ("{{ gruppe.by }}", "Ølgod"),
        ("{# en bemærkning #}\nEmne: x", "Emne: x"),
        ("a\n{% if tom %}\nb\n{% endif %}\nc", "a\nc"),
        ("a\n\n{% if tom %}\nb\n{% endif %}\n\n\nc  ", "a\n\nc"),
    ],
)
def test_text(written: str, expected: str, tmp_path: Path) -> None:
    assert rendered(tmp_path, written).replace("\u00a0", " ") == f"{expected}\n".replace("\u00a0", " ")


def test_markdown_loses_its_marks(tmp_path: Path) -> None:
    value = Markdown(
        "Et **fedt** ord og [et link](https://eksempel.dk).\n\n- a\n- b\n  1. c\n\n| x | y |\n|---|---|\n| 1 | 2 |"
    )
    assert rendered(tmp_path, "{{ value }}", value=value) == (
        "Et fedt ord og et link (https://eksempel.dk).\n\n- a\n- b\n  1. c\n\nx | y\n1 | 2\n"
    )


def test_the_comment_that_opens_a_file_describes_it(tmp_path: Path) -> None:
    assert text_file(tmp_path, "{# Brev til\n   medlemmerne #}\nEmne").description == "Brev til medlemmerne"
    assert text_file(tmp_path, "Emne {# nej #}").description == ""


@pytest.mark.parametrize(
    ("written", "code", "place"),
    [
        ("a\nb {{ findes_ikke }}", "DG450", ":2:3"),
        ("{{ gruppe.land }}", "DG450", ":1:1"),
        ("a\n{% if %}", "DG422", ":2:1"),
        ("{{ navn", "DG420", ":1:1"),
        ("{% for x in navn %}\nx", "DG430", ":2"),
        ("{{ navn | findes_ikke }}", "DG440", ":1:1"),
        ("{% include 'x' %}", "DG459", ":1:1"),
        ("{% extends 'x' %}", "DG459", ":1:1"),
        ("{{ navn.__class__ }}", "DG459", ":1:1"),
        ("{{ gruppe }}", "DG458", ":1:1"),
        ("{{ [gruppe] }}", "DG458", ":1:1"),
        ("{{ 'x' ~ gruppe }}", "DG458", ":1:1"),
        ("{{ 1 / 0 }}", "DG454", ":1:1"),
        ("{{ beløb + 'x' }}", "DG452", ":1:1"),
        ("{{ navn | dato }}", "DG453", ":1:1"),
    ],
)
def test_faults_have_file_and_line(written: str, code: str, place: str, tmp_path: Path) -> None:
    (fault,) = told(tmp_path, written)
    assert f" {code}:" in fault
    assert f"besked.txt.j2{place}" in fault


def test_every_fault_is_told_one_a_line(tmp_path: Path) -> None:
    written = """a {{ ukendt }}
{% for x in 3 %}
{{ x }}
{% endfor %}
{{ 1 / 0 }}
{% if nix.b %}x{% endif %}
{% set q = nix.x %}
{{ q }}
{{ tom + 1 }}
{{ "x" | dato }} {{ 1 // 0 }}
"""
    found = told(tmp_path, written)
    assert [re.search(r"DG\d+", one)[0] + one.partition("j2:")[2].partition(":")[0] for one in found] == [  # type: ignore[index]
        *("DG4501", "DG4522", "DG4545", "DG4506", "DG4507", "DG4529", "DG45310"),
    ]


def test_what_costs_too_much_is_told_at_once(tmp_path: Path) -> None:
    written = "{{ ukendt }}\n{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}\n{{ nix }}"
    assert [one.partition("DG")[2][:3] for one in told(tmp_path, written)] == ["450", "476"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as caught:
        TextFile(tmp_path / "x.txt.j2")
    assert caught.value.exit_code == 2


def test_a_file_that_is_no_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "x.txt.j2"
    path.write_bytes("Kære medlemmer på Ærø".encode("cp1252"))
    with pytest.raises(DocgenError):
        TextFile(path)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<b>{{ navn }}</b>", "<b>Åse &amp; &lt;Bo&gt;</b>"),
        ('<i title="{{ x }}">', '<i title="&quot;&#x27;">'),
        ("{{ html }}", "<hr>"),
        ("{{ html ~ '' }}", "&lt;hr&gt;"),
        ("{{ html | upper }}", "&lt;HR&gt;"),
        ("{{ navn | safe }}", "Åse &amp; &lt;Bo&gt;"),
        ("{% macro m(t) %}<b>{{ t }}</b>{% endmacro %}{{ m(navn) }}", "<b>Åse &amp; &lt;Bo&gt;</b>"),
        ("{% set s %}<b>{{ navn }}</b>{% endset %}{{ s }}", "<b>Åse &amp; &lt;Bo&gt;</b>"),
    ],
)
def test_markup_is_escaped_once(written: str, expected: str, tmp_path: Path) -> None:
    assert rendered(tmp_path, written, markup=True, html=Html("<hr>"), x="\"'") == expected


@pytest.mark.parametrize(
    ("written", "line", "quoted"),
    [
        ("Kære {{ x } og en halv sætning {{ y }}", 1, "{{ x }"),
        ("Kære {{ x\n\n{{ y }}", 1, "{{ x"),
        ("{{ y }}\n{% if x } a {% endif %}", 2, "{% if x }"),
    ],
)
def test_a_tag_that_lacks_a_brace_is_quoted_alone(written: str, line: int, quoted: str, tmp_path: Path) -> None:
    (fault,) = told(tmp_path, written)
    assert "fejl DG420:" in fault
    assert f"besked.txt.j2:{line}:" in fault
    quote, marks = fault.splitlines()[3:5]
    assert "".join(sign for sign, mark in zip(quote, marks.ljust(len(quote)), strict=True) if mark == "^") == quoted
