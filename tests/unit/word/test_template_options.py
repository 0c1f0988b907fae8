"""WordTemplate's options for Python: filters, tests, globals, unknown names, extensions, an environment; pickling."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2
import pytest

from docgen.danish.values import Amount
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


VALUES: list[tuple[str, object, str, str]] = [
    ("x", 1.5, "1.5", "1,5"),
    ("x", 1234567, "1234567", "1234567"),
    ("x", Decimal("1.50"), "1.50", "1,5"),
    ("x", True, "True", "ja"),
    ("x", None, "", ""),
    ("x", date(2024, 3, 5), "2024-03-05", "5.\xa0marts 2024"),
    ("x", datetime(2024, 3, 5, 12, 30), "2024-03-05 12:30:00", "5.\xa0marts 2024 kl.\xa012.30"),
    ("x", ["a", 1.5], "['a', 1.5]", "a og 1,5"),
    ("x ~ '!'", 1.5, "1.5!", "1,5!"),
    ("x | join(', ')", [1.5, None, True], "1.5, , True", "1,5, , ja"),
    ("x | join('-', attribute='a')", [{"a": 1.5}, {"a": 2}], "1.5-2", "1,5-2"),
    ("x | beløb", 1234.5, "1.234,50\xa0kr.", "1.234,50\xa0kr."),
    ("x", Amount(Decimal("1234.5")), "1.234,50\xa0kr.", "1.234,50\xa0kr."),
]


@pytest.mark.parametrize(("tag", "value", "python", "danish"), VALUES)
def test_values_print_as_in_python_unless_danish_is_wanted(tag: str, value: object, python: str, danish: str) -> None:
    for template, expected in (
        (WordTemplate(docx(p(f"{{{{ {tag} }}}}"))), python),
        (WordTemplate(docx(p(f"{{{{ {tag} }}}}")), danish=True), danish),
        (WordTemplate(docx(p(f"{{{{ {tag} }}}}")), danish=True, filters={"råb": shout}), danish),
    ):
        assert rendered(template, {"x": value}) == [expected]
        assert rendered(pickle.loads(pickle.dumps(template)), {"x": value}) == [expected]


def test_groups_print_as_in_python_too() -> None:
    template = WordTemplate(docx(p("{{ x }}")))
    assert rendered(template, {"x": {"a": [1, "b"]}}) == ["{'a': [1, 'b']}"]
    for value in (shout, [shout], object()):
        with pytest.raises(DocgenError) as fault:
            template.render({"x": value})
        assert [one.code for one in fault.value.diagnostics] == ["DG461"]


@pytest.mark.parametrize(
    ("undefined", "expected"),
    [(jinja2.Undefined, "[] nej"), (jinja2.ChainableUndefined, "[] nej"), (jinja2.DebugUndefined, "[{{ x }}] nej")],
)
def test_unknown_names(undefined: type[jinja2.Undefined], expected: str) -> None:
    template = WordTemplate(docx(p("[{{ x }}] {% if x %}ja{% else %}nej{% endif %}")), undefined=undefined)
    assert rendered(template) == [expected]


PLAIN = (
    "{{ a.b }} {{ a['b'] }} {{ liste[0] }} {{ liste[1:] }} {{ tal + 1 }} {{ 'x' ~ tal ~ none }} {{ -tal }} {{ none }}",
    "{{ tal | beløb }} {{ 'å' | stort }} {{ liste | og }} {{ dato | dato_kort }} {{ 'tekst' | skrift(fed=true) }}",
    "{% for x in liste %}{{ loop.index }}/{{ loop.length }} {{ x }}{{ ', ' if not loop.last else '' }}{% endfor %}",
    "{% for x in liste %}{% for y in liste %}{{ loop.revindex0 }}{% endfor %}{{ loop.first }}{% else %}-{% endfor %}",
    "{% for x in liste if x != 'b' %}{{ loop.index0 }}{{ x }}{% else %}ingen{% endfor %}{% for x in tom %}{% endfor %}",
    "{% for n, v in par %}{{ n }}={{ v }};{% endfor %}{% set s = tal * 2 %}{{ s }} {% set p, q = par[0] %}{{ p }}",
    "{% if a is defined and ukendt is undefined and tom is not none %}ja{% elif tal > 3 %}x{% else %}nej{% endif %}",
    "{{ 'stor' if tal >= 3 and not tom else 'lille' }} {{ 3 in liste or 'a' in liste }} {{ [1, tal] }} {{ loop }}",
    "{{ dato }} {{ decimal }} {{ liste }} {{ tal / 4 }} {{ tal // 4 }} {{ tal ** 2 }} {{ true }} {{ revindex }}",
)
PLAIN_DATA = {
    "a": {"b": "<Ærø & Co>"},
    "liste": ["a", "b", "c\nd"],
    "tal": 1234,
    "tom": [],
    "par": [("x", 1), ("y", 2)],
    "dato": date(2024, 3, 5),
    "decimal": Decimal("1.50"),
    "loop": "en løkke",
    "revindex": "et navn",
}


@pytest.mark.parametrize("danish", [True, False])
@pytest.mark.parametrize("body", PLAIN)
def test_a_program_writes_the_same_with_jinja_and_without(body: str, danish: bool) -> None:
    made = [
        WordTemplate(docx(p(f"før {body} efter") + p(body)), danish=danish, filters=more).render(PLAIN_DATA).to_bytes()
        for more in ({}, {"another": shout})
    ]
    assert made[0] == made[1]


def test_a_kept_template_of_plain_tags_is_rendered_without_jinja(tmp_path: Path) -> None:
    (tmp_path / "template").write_bytes(pickle.dumps([WordTemplate(docx(p(body))) for body in PLAIN[:-2]]))
    (tmp_path / "data").write_bytes(pickle.dumps(PLAIN_DATA))
    code = (
        "import pickle, sys\nfrom pathlib import Path\n"
        "templates, data = (pickle.loads(Path(name).read_bytes()) for name in sys.argv[1:])\n"
        "for one in templates: one.render(data).to_bytes()\n"
        "print([name for name in ('jinja2', 'lxml', 'markdown_it', 'hashlib') if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "template"), str(tmp_path / "data")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert told.stdout == "[]\n"
