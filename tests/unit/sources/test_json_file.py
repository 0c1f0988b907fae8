"""JSON files: what json reads is read, and nothing else, with native types and places."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError
from docgen.sources import Mapping, Node, Scalar, read_text

from .trees import TEXTS, lexeme, nfc, nodes, plain, scalars, told, where

EXAMPLE = """\
{
  "titel": "Børn & unge \\u00e6\\"",
  "antal": [0, -12, 1.50, 2e3],
  "åben": true, "lukket": false, "tom": null, "": {}
}
"""
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def root(content: str) -> Node:
    return read_text(content.encode(), "møde.json", "json").root


def test_values_have_their_lexemes_and_native_types() -> None:
    tree = root(EXAMPLE)
    assert [(one.text, one.native, one.empty) for one in scalars(tree)] == [
        ("titel", None, False),
        ('Børn & unge æ"', None, False),
        ("antal", None, False),
        ("0", 0, False),
        ("-12", -12, False),
        ("1.50", Decimal("1.50"), False),
        ("2e3", Decimal(2000), False),
        ("åben", None, False),
        ("true", True, False),
        ("lukket", None, False),
        ("false", False, False),
        ("tom", None, False),
        ("", None, True),
        ("", None, False),
    ]


def test_places_point_at_what_was_written() -> None:
    assert [(where(node), lexeme(node)) for node in nodes(root(EXAMPLE))] == [
        ((1, 1), "{"),
        ((2, 3), '"titel"'),
        ((2, 12), '"Børn & unge \\u00e6\\""'),
        ((3, 3), '"antal"'),
        ((3, 12), "[0, -12, 1.50, 2e3]"),
        ((3, 13), "0"),
        ((3, 16), "-12"),
        ((3, 21), "1.50"),
        ((3, 27), "2e3"),
        ((4, 3), '"åben"'),
        ((4, 11), "true"),
        ((4, 17), '"lukket"'),
        ((4, 27), "false"),
        ((4, 34), '"tom"'),
        ((4, 41), "null"),
        ((4, 47), '""'),
        ((4, 51), "{}"),
    ]


@given(VALUES, st.booleans(), st.sampled_from([None, 0, 2]))
@settings(deadline=None)
def test_any_value_survives(written: object, ensure_ascii: bool, indent: int | None) -> None:
    content = json.dumps(written, ensure_ascii=ensure_ascii, indent=indent)
    try:
        tree = root(content)
    except DocgenError as fault:
        # Two keys may be one when composed; control characters must be escaped.
        assert {one.code for one in fault.diagnostics} <= {"DG120", "DG115"}
        return
    assert plain(tree) == nfc(json.loads(content, parse_float=Decimal))
    for one in scalars(tree):
        said = json.loads(lexeme(one), parse_float=Decimal)
        assert one.native == said if one.native is not None else nfc(said) == (None if one.empty else one.text)


MARKS = st.text(st.sampled_from('{}[]":,0123-.eE+truefalsn \n\\uæ'), max_size=2)


@given(VALUES, st.integers(0, 60), st.integers(0, 2), MARKS)
@settings(deadline=None)
def test_exactly_what_json_accepts_is_accepted(written: object, at: int, left_out: int, put_in: str) -> None:
    content = json.dumps(written)
    content = content[:at] + put_in + content[at + left_out :]
    if not content.strip():
        return
    codes = set()
    try:
        tree = root(content)
        accepted = True
    except DocgenError as fault:
        codes = {one.code for one in fault.diagnostics}
        accepted = False
    if codes & {"DG118", "DG120", "DG122"}:  # refused here, and fine for json
        return
    try:
        expected = json.loads(content, parse_float=Decimal, parse_constant=_refuse)
    except ValueError:
        assert not accepted
    else:
        assert accepted
        assert plain(tree) == nfc(expected)


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)


@pytest.mark.parametrize("bracket", ["[", '{"a":'])
def test_levels_end_with_a_message(bracket: str) -> None:
    assert told(bracket * 50_000, "json").startswith("fejl DG121: her er der flere end 100 niveauer inde i hinanden\n")


@pytest.mark.parametrize("number", ["1" * 401, "1" * 5000, "1e401", "-1E-999", "1e" + "9" * 50])
def test_numbers_that_would_take_for_ever_are_refused(number: str) -> None:
    assert told(f'{{"a": {number}}}', "json").startswith("fejl DG122: docgen kan ikke regne med tallet\n")


def test_keys_that_only_differ_in_their_form_are_the_same_key() -> None:
    assert 'DG120: "år" står to gange; første gang i linje 1' in told('{"år": 1,\n "a\u030ar": 2}', "json")


def test_a_surrogate_pair_is_one_character() -> None:
    tree = root('{"a": "\\ud83d\\ude00"}')
    assert isinstance(tree, Mapping)
    node = tree.get("a")
    assert isinstance(node, Scalar)
    assert node.text == "😀"
