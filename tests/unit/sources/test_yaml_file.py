"""YAML files: scalars stay as they were written, and every place is right."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import Diagnostic, DocgenError
from docgen.sources import Mapping, Node, Scalar, read_text, yaml_file
from docgen.sources.text import Text, split_lines

from .trees import TEXTS, lexeme, nfc, nodes, plain, scalars, told, where

EXAMPLE = """\
# Kommissorium
titel: Børn & unge på Ærø   # en kommentar
kommune: 0101
kl: 12:30
åben: nej
"sted, lokale": 'Åse''s "stue"'
beløb: 1_000
tal: 1e3
dato: 2026-01-31
baggrund: |
  Første linje

  Anden linje
foldet: to
  linjer
medlemmer:
  - navn: Søren
    rolle: ~
  - {navn: Åse, rolle: null}
  - "navn": Ib
  -
tom:
tekst: ""
"""


def root(content: str) -> Node:
    return read_text(content.encode(), "møde.yaml", "yaml").root


def value(content: str, name: str) -> Node:
    tree = root(content)
    assert isinstance(tree, Mapping)
    found = tree.get(name)
    assert found is not None
    return found


def test_plain_scalars_keep_what_was_written() -> None:
    assert plain(root(EXAMPLE)) == {
        "titel": "Børn & unge på Ærø",
        "kommune": "0101",
        "kl": "12:30",
        "åben": "nej",
        "sted, lokale": 'Åse\'s "stue"',
        "beløb": "1_000",
        "tal": "1e3",
        "dato": "2026-01-31",
        "baggrund": "Første linje\n\nAnden linje\n",
        "foldet": "to linjer",
        "medlemmer": [{"navn": "Søren", "rolle": None}, {"navn": "Åse", "rolle": None}, {"navn": "Ib"}, None],
        "tom": None,
        "tekst": "",
    }


@pytest.mark.parametrize("written", ["no", "yes", "on", "Nej", "true", "0o17", "1.234,56", ".5", "=", "NaN", "nulL"])
def test_nothing_is_guessed(written: str) -> None:
    node = value(f"felt: {written}\n", "felt")
    assert node == Scalar(written, node.place)


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_a_value_that_was_left_out_is_empty_and_one_in_quotes_is_not(written: str) -> None:
    left_out, quoted = value(f"felt: {written}\n", "felt"), value(f'felt: "{written}"\n', "felt")
    assert isinstance(left_out, Scalar)
    assert isinstance(quoted, Scalar)
    assert (left_out.text, left_out.empty) == ("", True)
    assert (quoted.text, quoted.empty) == (written, False)


def test_places_point_at_what_was_written() -> None:
    found = [(where(node), lexeme(node)) for node in nodes(root(EXAMPLE))]
    assert found == [
        ((2, 1), "titel"),
        ((2, 1), "titel"),
        ((2, 8), "Børn & unge på Ærø"),
        ((3, 1), "kommune"),
        ((3, 10), "0101"),
        ((4, 1), "kl"),
        ((4, 5), "12:30"),
        ((5, 1), "åben"),
        ((5, 7), "nej"),
        ((6, 1), '"sted, lokale"'),
        ((6, 17), "'Åse''s \"stue\"'"),
        ((7, 1), "beløb"),
        ((7, 8), "1_000"),
        ((8, 1), "tal"),
        ((8, 6), "1e3"),
        ((9, 1), "dato"),
        ((9, 7), "2026-01-31"),
        ((10, 1), "baggrund"),
        ((10, 11), "|"),
        ((14, 1), "foldet"),
        ((14, 9), "to"),
        ((16, 1), "medlemmer"),
        ((17, 3), "-"),
        ((17, 5), "navn"),
        ((17, 5), "navn"),
        ((17, 11), "Søren"),
        ((18, 5), "rolle"),
        ((18, 12), "~"),
        ((19, 5), "{navn: Åse, rolle: null}"),
        ((19, 6), "navn"),
        ((19, 12), "Åse"),
        ((19, 17), "rolle"),
        ((19, 24), "null"),
        ((20, 5), '"navn"'),
        ((20, 5), '"navn"'),
        ((20, 13), "Ib"),
        ((21, 4), ""),
        ((22, 1), "tom"),
        ((22, 5), ""),
        ((23, 1), "tekst"),
        ((23, 8), '""'),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_count_the_same(end: str) -> None:
    expected = [(where(node), lexeme(node)) for node in nodes(root(EXAMPLE))]
    assert [(where(node), lexeme(node)) for node in nodes(root(EXAMPLE.replace("\n", end)))] == expected
    assert plain(root(EXAMPLE.replace("\n", end))) == plain(root(EXAMPLE))


def test_keys_and_values_are_composed_and_places_are_of_the_line_as_written() -> None:
    decomposed = "a\u030ar: bla\u030a 😀 x\nb: [o\u0308, y]\n"
    tree = root(decomposed)
    assert plain(tree) == {"år": "blå 😀 x", "b": ["ö", "y"]}
    assert [lexeme(one) for one in scalars(tree)] == ["a\u030ar", "bla\u030a 😀 x", "b", "o\u0308", "y"]


def test_keys_that_only_differ_in_their_form_are_the_same_key() -> None:
    assert told("år: 1\na\u030ar: 2\n", "yaml").startswith('fejl DG120: "år" står to gange; første gang i linje 1\n')


@pytest.mark.parametrize("content", ["- a\n- b\n", "a\n", '"a"', "[]", "{}", "--- a\n...\n", "? a\n: b\n"])
def test_any_root_is_read(content: str) -> None:
    assert plain(root(content)) == yaml.load(content, yaml.BaseLoader)


def test_an_alias_repeats_the_node_with_its_place() -> None:
    tree = root("sted: &s {by: Ærø}\nm: [*s, *s]\n")
    assert plain(tree) == {"sted": {"by": "Ærø"}, "m": [{"by": "Ærø"}, {"by": "Ærø"}]}
    assert [where(one) for one in scalars(tree) if one.text == "Ærø"] == [(1, 15)] * 3


def test_an_anchor_before_a_list_or_a_text_is_no_part_of_its_place() -> None:
    tree = root('a: &x # bemærk\n  - æ\nb: &y "ø"\nc: [*x, *y]\n')
    assert [lexeme(node) for node in nodes(tree)][2:5] == ["-", "æ", "b"]
    assert lexeme(value('b: &y "ø"\nc: *y\n', "b")) == '"ø"'


def test_a_file_that_would_grow_without_end_is_refused_at_once() -> None:
    content = "a: &a [xxxxxxxxx, x, x, x, x, x, x, x, x]\n"
    for name, inner in zip("bcdefghi", "abcdefgh", strict=True):
        content += f"{name}: &{name} [{', '.join([f'*{inner}'] * 9)}]\n"
    start = time.perf_counter()
    assert told(content, "yaml").startswith("fejl DG154: henvisningerne med * gør indholdet alt for stort\n")
    assert time.perf_counter() - start < 1


def test_levels_are_counted_through_aliases() -> None:
    content = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 110))
    assert told(content, "yaml").startswith(
        "fejl DG121: her er der flere end 100 niveauer inde i hinanden\n  møde.yaml:100:"
    )


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "? "])
def test_levels_end_with_a_message(bracket: str) -> None:
    assert "fejl DG121" in told(bracket * 50_000, "yaml")


def test_a_hundred_levels_are_read() -> None:
    assert "DG" not in told("[" * 100 + "]" * 100, "yaml")


@pytest.mark.parametrize(
    "content", ["a: Sag # 12\n", "a: C# er\n", "a: b ## c\n", "a: #\n", "'a #1'\n", "a: |\n  b #1\n", "a: 'b' #1\n"]
)
def test_an_ordinary_comment_is_no_warning(content: str) -> None:
    assert told(content, "yaml") == ""


@pytest.mark.parametrize(
    "content",
    [
        "a: https://ærø.dk\n",
        "- mailto:a@b.dk\n",
        "- Kl:9\n",
        "a:\n  -5\n",
        "a: b:c\n",
        "a: 10:30\n",
        "a: x - y\n",
        "a: x\n  y-z\n",
    ],
)
def test_ordinary_text_is_no_warning(content: str) -> None:
    assert told(content, "yaml") == ""


def test_a_line_separator_that_nobody_sees_is_named() -> None:
    assert told("titel: Ærø\u2028by\n", "yaml") == (
        "fejl DG115: linjen har et usynligt tegn, som ikke kan stå i en tekst: U+2028\n"
        "  møde.yaml:1:11\n"
        "    |\n"
        "  1 | titel: Ærø\u2028by\n"
        "    |           ^\n"
        "  hjælp: slet tegnet, eller skriv stedet igen"
    )


def test_a_long_text_is_cut_short_in_the_quoted_line_and_the_hint() -> None:
    line = "titel: Byrådet: " + "x" * 200
    shown = told(f"{line}\n", "yaml")
    assert f"  1 | {line[:110]}…\n" in shown
    assert shown.endswith('sæt anførselstegn om hele teksten: "Byrådet: ' + "x" * 41 + " … " + "x" * 20 + '"')


VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, st.booleans())
@settings(deadline=None)
def test_any_text_survives_double_quotes(written: object, allow_unicode: bool) -> None:
    content = yaml.dump(written, default_style='"', allow_unicode=allow_unicode, width=60)
    try:
        tree = root(content)
    except DocgenError as fault:
        # Two keys may be one when composed.
        assert {one.code for one in fault.diagnostics} == {"DG120"}
        return
    assert plain(tree) == nfc(written)


@given(st.text(st.sampled_from("ab æ:-#[]{},&*!|>'\"%@?\n \t"), max_size=40))
@settings(deadline=None)
def test_what_is_read_is_what_pyyaml_reads(content: str) -> None:
    if content.strip():
        for loader in (yaml.CBaseLoader, yaml.BaseLoader):
            findings: list[Diagnostic] = []
            tree = yaml_file.parse(Text.of("x", split_lines(content)), findings, loader)
            if tree is not None and not any(one.severity == "fejl" for one in findings):
                expected = yaml.load(content, loader)
                assert _without_nulls(plain(tree)) == _without_nulls(expected)


def _without_nulls(tree: object) -> object:
    if isinstance(tree, dict):
        return {key: _without_nulls(one) for key, one in tree.items()}
    return [_without_nulls(one) for one in tree] if isinstance(tree, list) else tree or ""


@given(VALUES)
@settings(deadline=None)
def test_places_point_at_lexemes(written: object) -> None:
    try:
        tree = root(yaml.dump(written, default_style='"', allow_unicode=True, width=10_000))
    except DocgenError:
        return
    for one in scalars(tree):
        assert nfc(yaml.load(lexeme(one), yaml.BaseLoader)) == one.text


@pytest.mark.parametrize("code", [r"\ud800", r"\ud83d\ude00", r"\U0000dc00"])
def test_half_a_character_is_refused_by_both_parsers(code: str) -> None:
    content = f'titel: "Møde {code} x"\n'
    if yaml_file.LOADER is not yaml.BaseLoader:
        assert told(content, "yaml").startswith(f"fejl DG158: {code[:6] if code[1] == 'u' else code} er kun det halve")
    findings: list[Diagnostic] = []
    yaml_file.parse(Text.of("møde.yaml", content.splitlines()), findings, yaml.BaseLoader)
    assert [found.code for found in findings] == ["DG118"]


@pytest.mark.parametrize("code", [r"\u12", r"\users", r"\q"])
def test_an_unknown_code_is_quoted_as_far_as_it_goes(code: str) -> None:
    told_code = {r"\users": r"\u"}.get(code, code)
    assert told(f'titel: "C:{code} x"\n', "yaml").startswith(f"fejl DG146: {told_code} kan ikke stå i en tekst")
