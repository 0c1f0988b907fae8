"""After the first fault of a render the second one goes on past every failing tag, and tells each of them once."""

from __future__ import annotations

from .build import faults, p, tbl, tr

NAMES = {"tal": 3, "navn": "Bo", "rækker": [{"a": 1}, {"b": 2}, {}], "datoer": ["x", "y", "z"], "tom": None}


def told(*paragraphs: str) -> list[str]:
    return [one.split("\n")[0].removeprefix("fejl ") for one in faults("".join(map(p, paragraphs)), NAMES)]


def test_a_failing_condition_takes_neither_way() -> None:
    assert told(
        "{% if fejl1 %}{{ aldrig1 }}{% elif tal / 0 %}{{ aldrig2 }}{% else %}{{ aldrig3 }}{% endif %}",
        "{% if tal == 4 %}{{ aldrig4 }}{% elif fejl2 %}{{ aldrig5 }}{% else %}{{ aldrig6 }}{% endif %}",
        "{% if tal == 4 %}{{ aldrig7 }}{% elif tal == 5 %}{{ aldrig8 }}{% else %}{{ fejl3 }}{% endif %}",
        "{% if tal == 3 %}{{ fejl4 }}{% elif fejl5 %}{% else %}{{ aldrig9 }}{% endif %}",
    ) == [f'DG450: "fejl{number}" findes ikke' for number in (1, 2, 3, 4)]


def test_a_loop_over_a_failing_value_is_empty() -> None:
    assert told("{% for x in fejl1 %}{{ aldrig }}{% endfor %}", "{{ tal / 0 }}") == [
        'DG450: "fejl1" findes ikke',
        "DG454: {{ tal / 0 }} dividerer med nul",
    ]
    assert [one[:5] for one in told("{% for x in datoer | map('dato') %}{{ x }}{% endfor %}", "{{ tal / 0 }}")] == [
        "DG453",
        "DG454",
    ]


def test_elements_that_cannot_be_taken_apart_hide_nothing() -> None:
    assert [one[:5] for one in told("{% for a, b in [[1, 2], [3]] %}{{ a }}{% endfor %}", "{{ tal / 0 }}")] == [
        "DG453",
        "DG454",
    ]


def test_what_is_made_of_a_failing_value_is_no_fault_of_its_own() -> None:
    assert told(
        "{% set x = fejl1 + 1 %}{{ x }}{{ x.y.z }}{{ x * 2 - 1 }}{{ x | beløb }}{{ x ~ 'a' }}",
        "{% if x > 3 %}{{ aldrig }}{% else %}{{ aldrig }}{% endif %}{% for q in x %}{{ aldrig }}{% endfor %}",
        "{% with y = x[1] %}{{ y | dato }}{{ -y }}{% endwith %}{{ fejl2 }}",
    ) == ['DG450: "fejl1" findes ikke', 'DG450: "fejl2" findes ikke']


def test_a_fault_in_every_round_is_told_once() -> None:
    body = p("{% for d in datoer %}") + p("{{ d | dato }}") + p("{% endfor %}")
    assert len(faults(body, NAMES)) == 1
    rows = tbl(tr("{%tr for r in rækker %}"), tr("{{ r.a }}", "{{ r.b }}"), tr("{%tr endfor %}"))
    assert [one.split("\n")[0] for one in faults(rows, NAMES)] == [
        'fejl DG450: "r.b" findes ikke',
        'fejl DG450: "r.a" findes ikke',
    ]


def test_no_more_than_fifty_are_told() -> None:
    assert len(told(*(f"{{{{ fejl{number} }}}}" for number in range(200)))) == 50


def test_a_macro_tells_its_faults_where_they_stand() -> None:
    found = faults(p("{% macro m(x) %}{{ x.findes }}{% endmacro %}") + p("{{ m(rækker[0]) }}{{ fejl1 }}"), NAMES)
    assert [one.split("\n")[0] for one in found] == [
        'fejl DG450: "x.findes" findes ikke',
        'fejl DG450: "fejl1" findes ikke',
    ]
