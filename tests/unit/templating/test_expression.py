"""Expressions of felter.yaml and regler.yaml: what they can say, and what they refuse."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest

from docgen.danish.values import Amount, Choice
from docgen.templating.expression import Expression, ExpressionError, Text

NAMES: dict[str, object] = {
    "fase": Choice("udkast", "Udkast"),
    "værdi": Amount(Decimal(125000)),
    "tom": None,
    "aktiver": [{"id": "A1", "værdi": Amount(Decimal(10))}, {"id": "A2", "værdi": Amount(Decimal("20.50"))}],
    "den": {"navn": "Å & Ø", "andele": [{"pct": Decimal(60)}, {"pct": Decimal(40)}]},
    "sum": lambda rows, name: sum(row[name] for row in rows),
}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("fase == 'udkast'", True),
        ("fase != 'udkast' and værdi > 1", False),
        ("not tom", True),
        ("sum(den.andele, 'pct') == 100", True),
        ("værdi * 0.5 == 62500", True),
        ("aktiver[0].id", "A1"),
        ("aktiver | map(attribute='id') | join(', ')", "A1, A2"),
        ("'A1' in aktiver | map(attribute='id') | list", True),
        ("den.navn is defined and den.navn | length == 5", True),
        ("den.mangler is defined", False),
        ("værdi if tom else 'intet'", "intet"),
        ("1 if tom", None),
        ("tom > 5 or tom < 5", False),
        ("tom + 5", None),
        ("-tom", None),
        ("-værdi < 0", True),
        ("'x' in tom", False),
        ("den.navn ~ '!'", "Å & Ø!"),
        ("[1, 2][1:]", [2]),
        ("{'a': 1}['a']", 1),
        ("2 ** 3 - 1", 7),
    ],
)
def test_what_an_expression_says(source: str, expected: object) -> None:
    assert Expression(source).evaluate(NAMES) == expected


@pytest.mark.parametrize(
    ("source", "reason", "detail"),
    [
        ("fsae == 1", "name", "fsae"),
        ("den.navm", "name", "navm"),
        ("den | findesikke", "filter", "findesikke"),
        ("den is findesikke", "test", "findesikke"),
        ("den.navn.format('x')", "name", "format"),
        ("den.__class__", "name", "__class__"),
        ("aktiver | map(attribute='nvn') | join", "name", "nvn"),
        ("aktiver | rejectattr('nvn') | list", "name", "nvn"),
        ("'a' * 10000000", "unsafe", "*"),
        ("9 ** 999", "unsafe", "**"),
        ("'%1000000000d' | format(1)", "unsafe", "format"),
        ("fase + 1", "type", 'can only concatenate str (not "int") to str'),
    ],
)
def test_what_an_expression_refuses(source: str, reason: str, detail: str) -> None:
    with pytest.raises(ExpressionError) as fault:
        Expression(source).evaluate(NAMES)
    assert (fault.value.reason, fault.value.detail) == (reason, detail)


@pytest.mark.parametrize("source", ["fase ==", "a }} b {{ c", "1 2", "", "{% if x %}"])
def test_what_is_no_expression(source: str) -> None:
    with pytest.raises(ExpressionError) as fault:
        Expression(source)
    assert fault.value.reason == "syntax"


def test_an_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(ExpressionError) as fault:
        Expression("den.navm").evaluate(NAMES)
    assert fault.value.known == ("navn", "andele")


def test_the_paths_an_expression_takes_from_outside() -> None:
    assert Expression("sum(den.andele, 'pct') == rod.a.b and fase").paths() == {
        ("sum",),
        ("den", "andele"),
        ("rod", "a", "b"),
        ("fase",),
    }


def test_a_text_prints_values_as_danish() -> None:
    text = Text(
        "{{ den.navn }}: {{ værdi }}{% if tom %} ikke{% elif fase == 'udkast' %} udkast{% else %} nej{% endif %}"
    )
    assert text.render(NAMES) == "Å & Ø: 125.000\u00a0kr. udkast"


def test_a_text_has_no_loops() -> None:
    with pytest.raises(ExpressionError) as fault:
        Text("{% for a in aktiver %}{{ a.id }}{% endfor %}").render(NAMES)
    assert (fault.value.reason, fault.value.detail) == ("unsafe", "for")


def test_expressions_and_texts_survive_pickling() -> None:
    expression, text = pickle.loads(pickle.dumps((Expression("værdi > 1"), Text("{{ den.navn }}"))))
    assert expression.evaluate(NAMES) is True
    assert text.render(NAMES) == "Å & Ø"
    assert text.paths() == {("den", "navn")}


@pytest.mark.parametrize(
    "source",
    [
        "(" * 200 + "1" + ")" * 200,
        "[" * 40 + "1" + "]" * 40,
        "not " * 450 + "a",
        "-" * 900 + "1",
        "+".join(["1"] * 500),
        "a" + "|lower" * 200,
        "'" + "æ" * 2000 + "'",
    ],
)
@pytest.mark.parametrize("made", [Expression, lambda source: Text("{{ " + source + " }}")])
def test_what_is_too_long_or_too_deep_is_refused(made, source: str):
    with pytest.raises(ExpressionError) as caught:
        made(source)
    assert caught.value.reason == "complex"


def test_a_long_sum_can_be_kept_and_evaluated():
    found = Expression("+".join(["a"] * 70))
    assert pickle.loads(pickle.dumps(found)).evaluate({"a": 2}) == 140
    assert found.names() == {"a"}
    assert found.paths() == {("a",)}


def test_a_text_without_tags_may_be_long():
    assert Text("æ" * 3000).render({}) == "æ" * 3000


@pytest.mark.parametrize(
    "picked",
    [
        "rows | selectattr('a')",
        "rows | rejectattr('a')",
        "rows | selectattr('a', 'equalto', 1)",
        "rows | rejectattr('a', 'in', [1, 2])",
        "rows | selectattr('a', 'none')",
        "rows | selectattr('b.c', 'equalto', 2)",
        "rows | selectattr('mangler')",
        "rows | map(attribute='a')",
        "rows | map(attribute='b.c')",
        "rows | map(attribute='mangler')",
        "rows | map(attribute='mangler', default=0)",
        "rows | map('string')",
    ],
)
@pytest.mark.parametrize("use", ["list", "length", "first"])
def test_a_list_and_a_tuple_are_picked_from_alike(picked: str, use: str) -> None:
    """Jinja itself picks from a tuple."""
    elements = [{"a": 1, "b": {"c": 2}}, {"a": None, "b": {"c": 3}}, {"a": 2, "b": {"c": 2}}]
    for rows in (elements, elements * 60, [], [*elements, None]):
        assert outcome(f"{picked} | {use}", rows) == outcome(f"{picked} | {use}", tuple(rows))


@pytest.mark.parametrize(
    ("picked", "found"),
    [
        ("rows | selectattr('a') | map(attribute='b')", ["x", "y"]),
        ("rows | rejectattr('b', 'equalto', 'x') | selectattr('a', 'equalto', 2) | map(attribute='b')", ["y"]),
        ("rows | selectattr('a') | rejectattr('b', 'equalto', 'y') | map(attribute='a')", [1]),
        ("rows | map(attribute='c') | selectattr('d') | map(attribute='d')", [5]),
    ],
)
def test_what_was_picked_is_picked_from_again(picked: str, found: list[object]) -> None:
    rows = [{"a": 1, "b": "x", "c": {"d": 5}}, {"a": 0, "b": "z", "c": {"d": 0}}, {"a": 2, "b": "y", "c": {"d": 0}}]
    for held in (rows, tuple(rows)):
        assert Expression(f"{picked} | list").evaluate({"rows": held}) == found


def test_no_more_is_picked_than_is_asked_for() -> None:
    rows = [{"a": 1}, {"a": 2}, "no element"]
    assert Expression("rows | map(attribute='a') | first").evaluate({"rows": rows}) == 1
    assert Expression("rows | selectattr('a', 'equalto', 2) | first").evaluate({"rows": rows}) == {"a": 2}


def outcome(source: str, rows: object) -> object:
    """The value of an expression about rows, or the reason why it has none."""
    try:
        return repr(Expression(source).evaluate({"rows": rows}))
    except ExpressionError as fault:
        return fault.reason, fault.detail


def test_methods_of_texts_are_those_that_are_safe() -> None:
    names = {"den": "a b a"}
    assert Expression("den.count('a') + den.count('b')").evaluate(names) == 3
    for source in ("den.encode('utf-8')", "den.format(1)", "den.__class__"):
        assert outcome_of(source, names) in ("unsafe", "name")


def outcome_of(source: str, names: dict[str, object]) -> str:
    with pytest.raises(ExpressionError) as caught:
        Expression(source).evaluate(names)
    return caught.value.reason
