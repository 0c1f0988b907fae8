"""docxtpl-lint 2.0.1: what each of its checks finds, `docgen skabelon` finds, or it is information and comes out right.

The templates were run through docxtpl-lint itself, which reports the check that each is listed under. Its DTL005
(comments that switch its own checks off), DTL304 and DTL305 (JSON Schema; docgen holds a template against a kind) have
nothing to answer to.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.cli.app import main
from tests.unit.word.build import docx, lines, p, r, render, tbl, tc, tr


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    main(list(arguments))
    found = capsys.readouterr().err.splitlines()
    return [one.partition(" DG")[2][:3] for one in found if " DG" in one]


def row(*cells: str) -> str:
    return tr(*(tc(p(cell)) for cell in cells))


def deleted(text: str, name: str = "del", inner: str = "delText") -> str:
    return f'<w:{name} w:id="1" w:author="x"><w:r><w:{inner}>{text}</w:{inner}></w:r></w:{name}>'


FOUND = {
    "DTL001": [
        (p("{{ navn"), "420"),
        (p("{{ navn }"), "420"),
        (p("{% if x"), "420 430"),
        (p("{{ a } {{ b }}"), "420"),
        (p("{# x"), "420"),
        (tbl(row("{{ x", "b")), "420"),
    ],
    "DTL002": [
        (p("{{ na") + p("vn }}"), "445"),
        (p("{% if") + p("x %}a{% endif %}"), "427 431 445"),
        (p("{# en") + p("to #}"), "445"),
        (p("{{ a") + p("b") + p("c }}"), "445"),
    ],
    "DTL003": [
        (p(r("x"), deleted("{{ gammel }}")), "479"),
        (p(r("x"), deleted("{{ gammel }}", "moveFrom", "t")), "479"),
        (p(r("{{ a "), deleted("{% if"), r("}}")), "479"),
        (p(r("{{ a "), deleted("{{ c }}"), r("b }}")), "422 479"),
    ],
    "DTL101": [
        (p("{% if a %}x"), "430"),
        (p("{% for a in b %}"), "430"),
        (p("{% raw %}x"), "421"),
        (p("{% set x %}y"), "430"),
        (p("{% with %}x"), "430"),
        (p("{% macro m() %}x"), "430"),
        (p("{% filter upper %}x"), "444"),
        (p("{% autoescape true %}x"), "444"),
        (p("{% if a %}{% for x in y %}{% endif %}"), "432"),
    ],
    "DTL102": [
        (p("x{% endif %}"), "431"),
        (p("{% else %}"), "433"),
        (p("{% elif x %}"), "433"),
        (p("{% for x in y %}{% elif z %}{% endfor %}"), "433"),
        (p("{% endset %}"), "431"),
        (p("{% endraw %}"), "431"),
        (p("{% raw %}x{% endraw %}{% endraw %}"), "431"),
        (p("{% endfoo %}"), "427"),
    ],
    "DTL103": [
        (p("{{ a b }}"), "422"),
        (p("{{ a. }}"), "422"),
        (p("{% fo x in y %}"), "427"),
        (p("{{ }}"), "425"),
        (p("{% %}"), "425"),
        (p("{% do x %}"), "426"),
        (p("{% break %}"), "426"),
        (p("{% if %}{% endif %}"), "422"),
        (p("{% for x on y %}{% endfor %}"), "422"),
        (p("{% if a %}{% else %}{% else %}{% endif %}"), "438"),
    ],
    "DTL104": [
        (p("{{ a | findesikke }}"), "440"),
        (p("{% if a | findesikke %}b{% endif %}"), "440"),
        (p("{% filter findesikke %}a{% endfilter %}"), "444 444"),
    ],
    "DTL105": [(p("{% if a is findesikke %}x{% endif %}"), "442")],
    "DTL106": [
        (p("{% for x in y %}{{ x }}{% endfor %}{{ x }}"), "474"),
        (p("{% for x in y %}{{ x }}{% endfor %}{{ loop.index }}"), "474"),
        (p("{% for x in y %}{% set z = x %}{{ z }}{% endfor %}{{ z }}"), "474"),
        (p("{% for a, b in y %}{% endfor %}{{ b }}"), "474"),
        (p("{% for x in y %}{% endfor %}{{ x.navn }}"), "474"),
        (p("{% for x in y %}{% endfor %}{% if x %}a{% endif %}"), "474"),
        (p("{% for x in y %}{% endfor %}{{ x[0] }}"), "474"),
        (p("{{ loop.index }}"), "474"),
    ],
    "DTL202": [
        (tbl(row("{% tr for x in y %}"), row("{{ x }}"), row("{% tr endfor %}")), "426 426"),
        (p("{% p if a %}") + p("{% p endif %}"), "426 426"),
        (p("{% r if a %}a{% r endif %}"), "426 426"),
        (tbl(row("{%- tr for x in y %}"), row("x"), row("{%tr endfor %}")), "426 431"),
    ],
    "DTL203": [
        (p("{%tr for x in y %}") + p("{{ x }}") + p("{%tr endfor %}"), "437 437"),
        (p("{%tc if x %}a{%tc endif %}"), "437 437"),
        (p("{{tr x }}"), "437"),
        (p("{{tc x }}"), "437"),
        (p("{#tr x #}"), "437"),
    ],
    "DTL205": [
        (
            tbl(row("{%tr for x in y %}"), row("{{ x }}")) + p("z") + tbl(row("a"), row("{%tr endfor %}"), row("b")),
            "434",
        ),
        (tbl(row("{%tr for x in y %}"), row("{{ x }}")) + p("z") + tbl(row("a"), row("{%tr endfor %}")), "434"),
        (tbl(row("{%tr for x in y %}")) + p("z") + tbl(row("{%tr endfor %}")), "434"),
        (tbl(row("a"), row("{%tr if x %}")) + p("z") + tbl(row("{%tr endif %}"), row("b")), "434"),
        (tbl(tr(tc(tbl(row("{%tr for x in y %}"), row("b")), p("")), tc(p("c"))), row("{%tr endfor %}")), "434"),
    ],
    "DTL207": [
        (tbl(row("{%tc for x in y %}", "a"), row("b", "{%tc endfor %}")), "434"),
        (tbl(row("a", "{%tc for x in y %}"), row("{%tc endfor %}", "b")), "434"),
        (tbl(row("{%tc for x in y %}"), row("{{ x }}"), row("{%tc endfor %}")), "437 437"),
        (tbl(row("{%tc for x in y %}", "{{ x }}")) + tbl(row("a", "{%tc endfor %}")), "434"),
        (tbl(row("{%tc if x %}", "a", "b"), row("c", "{%tc endif %}", "d")), "434"),
    ],
    "DTL208": [
        (p("{% cellbg farve %}x"), "447"),
        (p("{% colspan 2 %}x"), "447"),
        (p("{% for x in y %}{% vm %}{% endfor %}"), "447"),
        (p("{% hm %}"), "447"),
    ],
    "DTL209": [
        (p("tekst {%p if a %} mere") + p("x") + p("{%p endif %}"), "436 429"),
        (p("t {%p if a %}x{%p endif %}"), "436 429 429"),
    ],
}
FOUND_CASES = [(check, body, codes) for check, cases in FOUND.items() for body, codes in cases]


@pytest.mark.parametrize(("check", "body", "codes"), FOUND_CASES)
def test_what_docxtpl_lint_finds_in_a_template_is_found(
    check: str, body: str, codes: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("t.docx").write_bytes(docx(body))
    assert told(capsys, "skabelon", "t.docx") == codes.split()
    others = [code for code in codes.split() if code not in ("428", "429", "445")]
    assert told(capsys, "tjek", "t.docx") == others


FOR = "{%tr for x in y %}"
TO_DOCXTPL: dict[str, list[tuple[str, list[str], list[str]]]] = {
    "DTL201": [
        (p("{%p if a % 2 %}") + p("x") + p("{%p endif %}"), ["429"], ["x"]),
        (p("{{r {'a': b}.a }}"), ["429"], ["æ & <ø>"]),
    ],
    "DTL204": [
        (tbl(row(FOR), row("{{ x }}"), row("{% endfor %}")), ["428"], ["1", "2"]),
        (p("{%p if a %}") + p("x") + p("{% endif %}"), ["428"], ["x"]),
        (p("{% if a %}") + p("x") + p("{%p endif %}"), ["428"], ["x"]),
        (tbl(row("{%tr if a %}"), row("x"), row("{%p endif %}")), ["428"], ["x"]),
    ],
    "DTL206": [
        (tbl(row("{%tr for x in y %}{{ x }}{%tr endfor %}")), ["429"] * 2, ["1", "2"]),
        (tbl(row("{%tr for x in y %}", "{{ x }}", "{%tr endfor %}")), ["429"] * 2, ["", "1", "", "", "2", ""]),
        (tbl(row("{%tr for x in y %} a", "{{ x }} {%tr endfor %}")), ["429"] * 2, [" a", "1 ", " a", "2 "]),
    ],
    "DTL209": [
        (p("tekst {%p if a %}") + p("x") + p("{%p endif %}"), ["429"], ["tekst ", "x"]),
        (p("{%p if a %} tekst") + p("x") + p("{%p endif %}"), ["429"], [" tekst", "x"]),
        (p("{%p if a %}{{ b }}") + p("{%p endif %}"), ["429"], ["æ & <ø>"]),
        (tbl(row(FOR, "t"), row("{{ x }}"), row("{%tr endfor %}", "")), ["429"], ["", "t", "1", "", "t", "2"]),
        (tbl(row("a {%tc for x in y %}", "{{ x }}", "{%tc endfor %}")), ["429"], ["a ", "1", "2"]),
        (p("a {{p b }}"), ["429"], ["a æ & <ø>"]),
        (p("a {{p b }} b"), ["429"], ["a æ & <ø> b"]),
    ],
    "DTL210": [
        (p("{%p if a %}x{%p endif %}"), ["429"] * 2, ["x"]),
        (p("{%p if a %}{%p endif %}") + p("x"), ["429"] * 2, ["x"]),
    ],
    "DTL307": [(p("{{r b }}"), [], ["æ & <ø>"])],
    "DTL308": [(p("{{ b }}"), [], ["æ & <ø>"])],
    "none": [
        (tbl(row(FOR), row("{{ x }}"), row("{%tr endfor %}")), [], ["1", "2"]),
        (p("{%p if a %}") + p("{# en #} x") + p("{%p endif %}{# to #}"), [], [" x"]),
        (tbl(row("{%tc for x in y %}", "{{ x }}", "{%tc endfor %}")), [], ["1", "2"]),
    ],
}
TO_DOCXTPL_CASES = [(check, *one) for check, cases in TO_DOCXTPL.items() for one in cases]


@pytest.mark.parametrize(("check", "body", "codes", "made"), TO_DOCXTPL_CASES)
def test_what_only_docxtpl_gets_wrong_is_told_and_comes_out_right(
    check: str, body: str, codes: list[str], made: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lines(render(body, {"a": 1, "y": [1, 2], "b": "æ & <ø>"})) == made
    Path("t.docx").write_bytes(docx(body))
    assert told(capsys, "skabelon", "t.docx") == codes
    assert told(capsys, "tjek", "t.docx") == []
    assert main(["skabelon", "t.docx"]) == 0


@pytest.mark.parametrize(
    ("check", "tag", "data", "code"),
    [
        ("DTL301", "{{ a.b }}", "a: {c: 1}", "450"),
        ("DTL301", "{% for x in a %}{{ x.b }}{% endfor %}", "a: [{c: 1}]", "450"),
        ("DTL302", "{{ a }}", "a: 1\nb: 2", "470"),
        ("DTL303", "{% for x in a %}{% endfor %}", "a: 1", "471"),
        ("DTL306", "{{ a | sum }}", "a: 1", "472"),
        ("DTL306", "{{ a | join(', ') }}", "a: {b: 1}", "472"),
    ],
)
def test_what_docxtpl_lint_finds_in_data_is_found(
    check: str, tag: str, data: str, code: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("t.docx").write_bytes(docx(p(tag)))
    Path("d.yaml").write_text(data, "utf-8")
    assert code in told(capsys, "skabelon", "t.docx", "--data", "d.yaml")


def test_the_information_says_what_to_do(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("t.docx").write_bytes(docx(p("{%p if a %}") + p("x") + p("{% endif %}") + p("{%p if b %} y {%p endif %}")))
    assert main(["skabelon", "t.docx"]) == 0
    said = capsys.readouterr().err
    assert "DG428: {%p if a %} og {% endif %} har ikke de samme bogstaver efter parentesen" in said
    assert "DG429: docxtpl udfylder ikke {%p if b %} rigtigt" in said
    assert "sæt den alene i sit eget afsnit" in said
