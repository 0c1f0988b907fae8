"""The sandbox: what a stranger's template can reach, and what it cannot."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from docgen.templating.budget import LimitError
from docgen.templating.environment import create_environment, unsafe_nodes

ENVIRONMENT = create_environment()


class Account:
    """A program's own object with a method that a template must not call."""

    navn = "Ø & Å"

    def delete(self) -> str:
        return "deleted"


def render(source: str, **names: object) -> str:
    return ENVIRONMENT.from_string(source).render(**names)


def test_an_item_wins_over_a_method() -> None:
    assert (
        render("{{ gruppe.items }} {{ gruppe.keys }}", gruppe={"items": "poster", "keys": "nøgler"}) == "poster nøgler"
    )


def test_a_mapping_can_be_walked() -> None:
    assert render("{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}", d={"a": 1, "b": None}) == "a=1;b=;"


def test_an_unknown_name_is_a_fault() -> None:
    with pytest.raises(UndefinedError):
        render("{{ findesikke }}")
    with pytest.raises(UndefinedError):
        render("{{ gruppe.findesikke }}", gruppe={"navn": 1})


@pytest.mark.parametrize(
    "source",
    [
        "{{ konto.delete() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ gruppe.pop('a') }}",
        "{{ gruppe.update({}) }}",
        "{{ liste.append(1) }}",
        "{{ '{:>1000000000}'.format(1) }}",
        "{{ 'a' * 10**9 }}",
        "{{ '%1000000000d' | format(1) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ range(10**9) | list }}",
        "{{ 'a'.center(10**9) }}",
        "{{ lipsum() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self.__init__.__globals__ }}",
    ],
)
def test_what_a_template_cannot_do(source: str) -> None:
    with pytest.raises((SecurityError, UndefinedError, OverflowError, LimitError)):
        render(source, konto=Account(), gruppe={"a": 1}, liste=[])


def test_a_wide_center_is_refused() -> None:
    assert len(render("{{ 'a' | center(1000) }}")) == 1000
    with pytest.raises(LimitError):
        render("{{ 'a' | center(10**9) }}")


def test_ordinary_things_work() -> None:
    assert render("{{ konto.navn }} {{ 'abc'.upper() }} {{ loop }}", konto=Account(), loop=1) == "Ø & Å ABC 1"
    assert render("{% for x in [1,2] %}{{ loop.index }}{{ loop.cycle('a', 'b') }}{% endfor %}") == "1a2b"
    assert render("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m('&') }}") == "<&>"
    assert render("{% set n = namespace(x=1) %}{% set n.x = 2 %}{{ n.x }}") == "2"
    assert render("{{ '<b>' | e }}{{ '<b>' | safe }}") == "<b><b>"


def test_other_files_cannot_be_reached() -> None:
    tree = ENVIRONMENT.parse("x\n{% include 'a' %}{% import 'b' as c %}{% extends 'd' %}")
    assert sorted(unsafe_nodes(tree)) == [(2, "Extends"), (2, "Import"), (2, "Include")]
