"""Tags are found in text, and mended inside: quotes, dashes, spaces and capitals as Word changes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.word.tagging.scanner import mend, scan


def sources(text: str) -> list[str]:
    return [span.source for span in scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hej {{ navn }}.", ["{{ navn }}"]),
        ("{{a}}{{b}}", ["{{a}}", "{{b}}"]),
        ("{% if a %}{# note #}{% endif %}", ["{% if a %}", "{##}", "{% endif %}"]),
        ("{ {{ a }} }", ["{{ a }}"]),
        ('{{ "}}" }}', ['{{ "}}" }}']),
        ("{{ {'a': {'b': 1}} }}", ["{{ {'a': {'b': 1}} }}"]),
        ("{% set x = '%}' %}", ["{% set x = '%}' %}"]),
        ("løse klammer { } og }}", []),
        ("{{ uden slut", [""]),
        ("{{ a\n}}", ["{{ a }}"]),
        ("{% raw %}{{ x }}{% endraw %}{{ y }}", ["{% raw %}", "{% endraw %}", "{{ y }}"]),
    ],
)
def test_tags_are_found(text: str, expected: list[str]) -> None:
    assert sources(text) == expected


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (" a == ”ja” ", ' a == "ja" '),
        (" a == “ja” ", ' a == "ja" '),
        (" a == „ja“ ", ' a == "ja" '),
        (" a == »ja« ", ' a == "ja" '),
        (" a == ’ja’ ", " a == 'ja' "),
        (" a == ‘ja’ ", " a == 'ja' "),
        (' a == "ja” ', ' a == "ja" '),
        (' a == "siger ”hej” – nu" ', ' a == "siger ”hej” – nu" '),
        (' a == ”siger "hej"” ', ' a == "siger \\"hej\\"" '),
        (" a – 1 ", " a - 1 "),
        (" a \u2212 1 ", " a - 1 "),
        (" a\u00a0==\u2009'b\u00a0c' ", " a == 'b\u00a0c' "),
        (" na\u00advn\u200b ", " navn "),
        (" x|f(“a”, ‘b’) ", " x|f(\"a\", 'b') "),
    ],
)
def test_what_word_did_inside_a_tag_is_undone(written: str, meant: str) -> None:
    assert mend(written) == meant


@pytest.mark.parametrize(
    ("text", "prefix", "source", "keyword"),
    [
        ("{%p if x %}", "p", "{% if x %}", "if"),
        ("{%tr for a in b %}", "tr", "{% for a in b %}", "for"),
        ("{%tc endfor %}", "tc", "{% endfor %}", "endfor"),
        ("{{r x }}", "r", "{{ x }}", ""),
        ("{{p x }}", "p", "{{ x }}", ""),
        ("{#p note #}", "p", "{##}", ""),
        ("{{ p }}", "", "{{ p }}", ""),
        ("{{p}}", "", "{{p}}", ""),
        ("{{p if x else y}}", "", "{{p if x else y}}", ""),
        ("{{r | upper }}", "", "{{r | upper }}", ""),
        ("{{r.x }}", "", "{{r.x }}", ""),
        ("{% If x %}", "", "{% if x %}", "if"),
        ("{%p For x in y %}", "p", "{% for x in y %}", "for"),
        ("{% EndFor %}", "", "{% endfor %}", "endfor"),
    ],
)
def test_prefixes_and_keywords(text: str, prefix: str, source: str, keyword: str) -> None:
    (span,) = scan(text)
    assert (span.prefix, span.source, span.keyword) == (prefix, source, keyword)


def test_a_stray_quotation_mark_spoils_its_own_tag_only() -> None:
    assert sources("{{ a ” }} og {{ b }}") == ["{{ a ” }}", "{{ b }}"]
    assert sources('{{ f("a) }} og {{ g("b") }} "x"') == ['{{ f("a) }}', '{{ g("b") }}']


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("a {{ x } og så {{ y }} b", ["{{ x }", "{{ y }}"]),
        ("a {{ x og så {{ y }} b", ["{{ x og så", "{{ y }}"]),
        ("a {{ x\n\nb {{ y }}", ["{{ x", "{{ y }}"]),
        ("{% if x } a {% endif %}", ["{% if x }", "{% endif %}"]),
        ('{{ "{{ a }}" }} {{ {"b": {"c": 1}} }}', ['{{ "{{ a }}" }}', '{{ {"b": {"c": 1}} }}']),
    ],
)
def test_a_tag_without_an_end_spoils_itself_only(text: str, tags: list[str]) -> None:
    assert [text[span.start : span.end] for span in scan(text)] == tags


@given(st.text(st.sampled_from("{}%# \"'”„“ab|–\\"), max_size=30))
def test_spans_are_in_order_and_within_the_text(text: str) -> None:
    position = 0
    for span in scan(text):
        assert position <= span.start < span.end <= len(text)
        assert text.startswith(span.opener, span.start)
        position = span.end


@given(st.lists(st.one_of(st.text("ab ._", max_size=5), st.text("æø ”–’»", max_size=5).map(lambda text: f'"{text}"'))))
def test_what_was_typed_right_stays_as_it_is(pieces: list[str]) -> None:
    inner = "".join(pieces)
    assert mend(inner) == inner
