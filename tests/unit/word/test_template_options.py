"""WordTemplate's options for Python: filters, tests, globals, unknown names, extensions, an environment; pickling."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Any

import jinja2
import pytest

from docgen.diagnostics import DocgenError
from docgen.word import WordTemplate
from tests.unit.word.build import body_of, docx, lines, p


def shout(text: object) -> str:
    return f"{text}!"


def is_big(number: int) -> bool:
    return number > 100


OPTIONS: dict[str, Any] = {
    "filters": {"råb": shout},
    "tests": {"stor": is_big},
    "globals": {"firma": "Ærø & Co"},
    "undefined": jinja2.Undefined,
    "extensions": ["jinja2.ext.do", "jinja2.ext.loopcontrols"],
}
BODY = (
    p("{{ 'hej' | råb }} {{ firma }} {% if 200 is stor %}stor{% endif %} [{{ ukendt }}] {{ 'a' | upper }}")
    + p("{% for x in [1, 2, 3] %}{% if x == 2 %}{% break %}{% endif %}{{ x }}{% endfor %}")
    + p("{% do firma %}")
)


def rendered(template: WordTemplate, context: Mapping[str, object] | None = None) -> list[str]:
    return lines(body_of(template.render(context or {})))


def test_all_options() -> None:
    assert rendered(WordTemplate(docx(BODY), **OPTIONS)) == ["hej! Ærø & Co stor [] A", "1"]


def test_a_template_with_options_is_made_again_from_its_pickle() -> None:
    template = WordTemplate(docx(BODY), **OPTIONS)
    again = pickle.loads(pickle.dumps(template))
    assert rendered(again) == rendered(template)
    assert pickle.loads(pickle.dumps(again)).render({}).to_bytes() == template.render({}).to_bytes()


def test_a_template_without_options_is_made_again_from_its_pickle() -> None:
    template = pickle.loads(pickle.dumps(WordTemplate(docx(p("{{ x | markdown }}")))))
    assert rendered(template, {"x": "a\n\nb"}) == ["a", "b"]


def test_options_do_not_leak_into_other_templates() -> None:
    WordTemplate(docx(BODY), **OPTIONS)
    with pytest.raises(DocgenError) as fault:
        WordTemplate(docx(p("{{ 'hej' | råb }}")))
    assert [one.code for one in fault.value.diagnostics] == ["DG440"]
    with pytest.raises(DocgenError):
        WordTemplate(docx(p("{{ firma }}"))).render({})


def test_an_environment_of_ones_own_prints_its_way_but_escapes() -> None:
    environment = jinja2.Environment(undefined=jinja2.Undefined)
    environment.filters["råb"] = shout
    body = p("{{ tal }} {{ sand }} {{ tekst | råb }} [{{ intet }}] [{{ ukendt }}] {{ tal ~ '!' ~ intet }}")
    template = WordTemplate(docx(body), environment=environment)
    context = {"tal": 1.5, "sand": True, "tekst": "<a> & b", "intet": None}
    assert rendered(template, context) == ["1.5 True <a> & b! [] [] 1.5!"]
    with pytest.raises(pickle.PicklingError):
        pickle.dumps(template)


def test_an_environment_and_options_together() -> None:
    environment = jinja2.Environment()
    template = WordTemplate(docx(p("{{ 'x' | råb }}")), environment=environment, filters={"råb": shout})
    assert rendered(template) == ["x!"]
    assert "råb" not in environment.filters


def test_docgens_own_environment_prints_danish() -> None:
    assert rendered(WordTemplate(docx(p("{{ tal }} {{ sand }}"))), {"tal": 1.5, "sand": True}) == ["1,5 ja"]


@pytest.mark.parametrize(
    ("undefined", "expected"),
    [(jinja2.Undefined, "[] nej"), (jinja2.ChainableUndefined, "[] nej"), (jinja2.DebugUndefined, "[{{ x }}] nej")],
)
def test_unknown_names(undefined: type[jinja2.Undefined], expected: str) -> None:
    template = WordTemplate(docx(p("[{{ x }}] {% if x %}ja{% else %}nej{% endif %}")), undefined=undefined)
    assert rendered(template) == [expected]
