"""TOML files: what tomllib reads is read, and nothing else, with native types and places."""

from __future__ import annotations

import sys
import tomllib
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError
from docgen.sources import Node, read_text

from .trees import TEXTS, lexeme, nfc, nodes, plain, scalars, told, where

EXAMPLE = """\
titel = "Børn & unge \\u00e6"
"møde".'sted, lokale' = 'Åses "stue"'
tal = 1_000 # antal
hex = 0x1F
brøk = [1.50, 2e3,
  { dato = 2026-01-31, kl = 12:30:00, åben = true },
]
tid = 2026-01-31 12:30:00
tekst = \"\"\"
Første linje
  "Anden" linje\"\"\"\"
[gruppe.under]
a = ''
[[punkter]]
navn = "x"
[punkter.svar]
ja = false
[[punkter]]
[gruppe]
b.c = 1
b.d = 2
""".replace("brøk", '"brøk"').replace("åben", '"åben"')


def root(content: str) -> Node:
    return read_text(content.encode(), "møde.toml", "toml").root


def test_values_have_their_native_types() -> None:
    tree = root(EXAMPLE)
    assert plain(tree) == {
        "titel": "Børn & unge æ",
        "møde": {"sted, lokale": 'Åses "stue"'},
        "tal": 1000,
        "hex": 31,
        "brøk": [Decimal("1.50"), Decimal(2000), {"dato": date(2026, 1, 31), "kl": clock(12, 30), "åben": True}],
        "tid": datetime(2026, 1, 31, 12, 30),
        "tekst": 'Første linje\n  "Anden" linje"',
        "gruppe": {"under": {"a": ""}, "b": {"c": 1, "d": 2}},
        "punkter": [{"navn": "x", "svar": {"ja": False}}, {}],
    }
    assert plain(tree) == tomllib.loads(EXAMPLE, parse_float=Decimal)
    assert next(one.text for one in scalars(tree) if one.native == 1000) == "1_000"


def test_places_point_at_what_was_written() -> None:
    assert [(where(node), lexeme(node)) for node in nodes(root(EXAMPLE))] == [
        ((1, 1), "t"),
        ((1, 1), "titel"),
        ((1, 9), '"Børn & unge \\u00e6"'),
        ((2, 1), '"møde"'),
        ((2, 1), '"møde"'),
        ((2, 8), "'sted, lokale'"),
        ((2, 25), "'Åses \"stue\"'"),
        ((3, 1), "tal"),
        ((3, 7), "1_000"),
        ((4, 1), "hex"),
        ((4, 7), "0x1F"),
        ((5, 1), '"brøk"'),
        ((5, 10), "[1.50, 2e3,"),
        ((5, 11), "1.50"),
        ((5, 17), "2e3"),
        ((6, 3), '{ dato = 2026-01-31, kl = 12:30:00, "åben" = true }'),
        ((6, 5), "dato"),
        ((6, 12), "2026-01-31"),
        ((6, 24), "kl"),
        ((6, 29), "12:30:00"),
        ((6, 39), '"åben"'),
        ((6, 48), "true"),
        ((8, 1), "tid"),
        ((8, 7), "2026-01-31 12:30:00"),
        ((9, 1), "tekst"),
        ((9, 9), '"""'),
        ((12, 2), "gruppe"),
        ((19, 1), "[gruppe]"),
        ((12, 9), "under"),
        ((12, 1), "[gruppe.under]"),
        ((13, 1), "a"),
        ((13, 5), "''"),
        ((20, 1), "b"),
        ((20, 1), "b"),
        ((20, 3), "c"),
        ((20, 7), "1"),
        ((21, 3), "d"),
        ((21, 7), "2"),
        ((14, 3), "punkter"),
        ((14, 1), "[[punkter]]"),
        ((14, 1), "[[punkter]]"),
        ((15, 1), "navn"),
        ((15, 8), '"x"'),
        ((16, 10), "svar"),
        ((16, 1), "[punkter.svar]"),
        ((17, 1), "ja"),
        ((17, 6), "false"),
        ((18, 1), "[[punkter]]"),
    ]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_every_system_count_the_same(end: str) -> None:
    assert plain(root(EXAMPLE.replace("\n", end))) == plain(root(EXAMPLE))


def emitted(value: object) -> str:
    """A value as TOML."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(_escaped(char) for char in value) + '"'
        case dict():
            return "{" + ", ".join(f"{emitted(key)} = {emitted(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(emitted(one) for one in value) + "]"
        case date() | clock():
            return value.isoformat()
        case _:
            return repr(value)


def _escaped(char: str) -> str:
    return f"\\U{ord(char):08X}" if char in '"\\' or ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 else char


VALUES = st.recursive(
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates(min_value=date(1000, 1, 1))
    | st.datetimes(min_value=datetime(1000, 1, 1))
    | st.times()
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
@settings(deadline=None)
def test_any_value_survives(written: dict[str, object]) -> None:
    content = "".join(f"{emitted(key)} = {emitted(one)}\n" for key, one in written.items())
    try:
        tree = root(content)
    except DocgenError as fault:
        assert {one.code for one in fault.diagnostics} == {"DG120"}  # two keys may be one when composed
        return
    assert plain(tree) == nfc(tomllib.loads(content, parse_float=Decimal))
    for one in scalars(tree):
        said = tomllib.loads(f"x={lexeme(one)}", parse_float=Decimal)["x"]
        assert one.native == said if one.native is not None else nfc(said) == one.text


STATEMENTS = st.lists(
    st.sampled_from(
        """a = 1|a.b = 1|a.b.c = 2|b.a = "x"|"a" = 2026-01-31|[a]|[a.b]|[a.b.c]|[b]|[[a]]|[[a.b]]|[[b]]|[[b.a]]
        |c = {a = 1, b.c = 2}|c = [{a = 1}, [2]]|[c]|[c.a]|c.d = '''x'''|# kommentar|d = [|1,]|]""".split("|")
    ),
    min_size=1,
    max_size=7,
)


@given(STATEMENTS)
@settings(deadline=None)
def test_exactly_what_tomllib_accepts_is_accepted(statements: list[str]) -> None:
    _compare("\n".join(statements) + "\na = 1\n")


@given(st.text(st.sampled_from("ab=\"'[]{}.,#\\ \n12-:eæu"), min_size=1, max_size=25))
@settings(deadline=None)
def test_no_other_text_is_accepted(content: str) -> None:
    _compare(f"a = {content}")


def _compare(content: str) -> None:
    codes = set()
    try:
        tree = root(content)
        accepted = True
    except DocgenError as fault:
        codes = {one.code for one in fault.diagnostics}
        accepted = False
    if codes & {"DG118", "DG122"}:  # refused here, and fine for tomllib
        return
    try:
        expected = tomllib.loads(content, parse_float=Decimal)
    except ValueError:
        assert not accepted
    else:
        assert accepted, codes
        assert plain(tree) == nfc(expected)


@pytest.mark.parametrize(
    "content",
    [
        "a = " + "[" * 50_000,
        "a = " + "{a=" * 50_000,
        ".".join("a" * 50_000) + " = 1",
        "[" + ".".join("a" * 50_000) + "]",
        "".join(f"[[{'.'.join('a' * n)}]]\n" for n in range(1, 60)),
        "[" + ".".join("a" * 60) + "]\n" + ".".join("b" * 60) + " = 1",
    ],
)
def test_levels_end_with_a_message(content: str) -> None:
    assert "fejl DG121: her er der flere end 100 niveauer inde i hinanden\n" in told(content, "toml")


@pytest.mark.parametrize("number", ["1" * 401, "1" * 5000, "1e401", "nan", "-inf"])
def test_numbers_that_nothing_can_be_done_with_are_refused(number: str) -> None:
    assert told(f"a = {number}\n", "toml").startswith("fejl DG122: docgen kan ikke regne med tallet\n")


@pytest.mark.skipif(sys.version_info >= (3, 15), reason="TOML 1.1 allows it")
def test_what_only_tomllib_sees_is_told_with_its_place() -> None:
    assert told("x = 1\na = {b = 1,\n  c = 2}\n", "toml") == (
        "fejl DG190: linjen kan ikke læses som TOML\n"
        "  møde.toml:2:12\n"
        "    |\n"
        "  2 | a = {b = 1,\n"
        "    |            ^\n"
        "  hjælp: se efter manglende lighedstegn, anførselstegn og parenteser; en gruppe i { } skal stå på én linje"
    )
