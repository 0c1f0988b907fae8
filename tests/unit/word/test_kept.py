"""What the documents of a series have in common is kept, and no document is another one for that."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.danish.quantities import Number
from docgen.danish.texts import Choice, Markdown
from docgen.diagnostics import DocgenError, SourceText
from docgen.templating import budget
from docgen.templating.sameness import same
from docgen.word import WordTemplate
from docgen.word.running.kept import Kept
from docgen.word.values.clauses import ClauseTemplate

from .build import body_of, docx, lines, p, part, tbl, tr
from .conftest import NUMBERING, STYLES

Names = Mapping[str, object]


def word(body: str, **more: str) -> WordTemplate:
    looks = {"styles": f"{STYLES}", "numbering": f"{NUMBERING}"}
    parts = {name: part(name, inside) for name, inside in (looks | more).items()}
    return WordTemplate(docx(body, parts), name="skabelon.docx", danish=True)


BODY = (
    p("{{ titel }} {{ a }}")
    + p("{% if g.tal is none %}")
    + p("intet tal")
    + p("{% endif %}")
    + p("{% for s in afsnit %}")
    + p("{{ s.overskrift }}", style="Heading1")
    + p("{{ s.tekst }}")
    + p("{% if s.id == 'x' and g.tal %}")
    + p("{{ g.tal }} og {{ g.liste | og }}")
    + p("{% elif s.id == 'y' and mangler is defined %}")
    + p("{{ mangler }} {{ mangler | length }}")
    + p("{% endif %}")
    + p("{% if s.id == 'z' %}")
    + tbl(tr("{%tr for l in liste %}"), tr("{{ l.navn }}", "{{ l.pris }}"), tr("{%tr endfor %}"), tr("{{ b }}"))
    + p("{% endif %}")
    + p("{% endfor %}")
    + p("{% for l in liste %}")
    + p("{{ loop.index }}: {{ l.navn }}{% if loop.last %}.{% endif %}")
    + p("{% endfor %}")
    + p("{% for l in liste %}")
    + p("{{ l.navn }} {{ a }}{% for k in liste %}{{ loop.index }}{{ k.pris }}{% endfor %}")
    + p("{% endfor %}")
    + p("Slut {{ b }}")
)
WHOLE = word(BODY)
CLAUSES = {
    "x": "{{ a }} og {% if g.tal %}**{{ g.tal }}**{% else %}nul{% endif %}",
    "y": "Parterne:\n\n1. {{ b }}\n2. to",
    "z": "Se [siden](https://example.org/{{ b }}) og {{ henvis('x') }}",
    "v": "{% for l in liste %}{{ l.navn }}, {% endfor %}{% set c = b %}{{ c }}",
}


@cache
def clause(text: str) -> ClauseTemplate:
    return ClauseTemplate(text, SourceText("k.md", (text,)), styles=WHOLE.styles)


@cache
def section(name: str, number: int) -> dict[str, object]:
    """The very same section for the same number, as docgen.pipeline.Press has it."""
    return {"id": name, "overskrift": f"{number} {name}", "tekst": clause(CLAUSES[name])}


VALUES = [
    None,
    True,
    False,
    0,
    1,
    2,
    "",
    "a",
    "1",
    "<b>&",
    Decimal(1),
    Decimal("1.0"),
    Number(1),
    Number(Decimal("1.0")),
]
Value = st.sampled_from([*VALUES, Choice("a", "A"), Choice("a", "B"), date(2027, 1, 1)])
Rows = st.lists(st.fixed_dictionaries({"navn": Value, "pris": Value}), max_size=3)
Group = st.fixed_dictionaries({"tal": Value, "liste": st.lists(st.sampled_from(["æ", "ø"]), max_size=2)})
Sections = st.lists(st.sampled_from(sorted(CLAUSES)), unique=True, max_size=4)
Document = st.fixed_dictionaries(
    {"titel": st.sampled_from(["Et", "To"]), "a": Value, "b": Value, "g": Group, "liste": Rows, "afsnit": Sections},
    optional={"mangler": Value},
)


def made(template: WordTemplate, names: Names, kept: Kept | None) -> bytes | list[object]:
    """The file, or what is wrong."""
    sections = [section(str(name), number) for number, name in enumerate(names["afsnit"], 1)]  # type: ignore[call-overload]
    numbers = {str(one["id"]): str(one["overskrift"]) for one in sections}
    given: dict[str, object] = {**names, "afsnit": sections, "henvis": lambda name: f"afsnit {numbers.get(name)}"}
    try:
        return template.render(given, kept=kept, alike={"henvis": numbers}).to_bytes()
    except DocgenError as fault:
        return [(one.code, str(one.place), one.values) for one in fault.diagnostics]


@given(st.lists(Document, min_size=1, max_size=4), st.lists(st.integers(0, 3), min_size=2, max_size=8))
def test_documents_of_a_series_are_those_made_alone(pool: list[Names], order: list[int]) -> None:
    kept = Kept()
    for at in order:
        names = pool[at % len(pool)]
        assert made(WHOLE, names, kept) == made(WHOLE, names, None)


@given(Document, st.sampled_from(["a", "b", "titel", "mangler", "g", "liste"]), Value)
def test_one_thing_that_changes_and_changes_back_is_seen(names: dict[str, object], name: str, value: object) -> None:
    kept = Kept()
    other = {**names, "afsnit": ["x", "y", "z", "v"], name: value}
    if name == "g":
        other["g"] = {"tal": value, "liste": ["æ"]}
    elif name == "liste":
        other["liste"] = [{"navn": value, "pris": 1}]
    for one in (names, other, other, names, other):
        assert made(WHOLE, one, kept) == made(WHOLE, one, None)


@pytest.mark.parametrize("first", VALUES, ids=repr)
@pytest.mark.parametrize("second", [*VALUES, Choice("a", "B")], ids=repr)
def test_what_is_the_same_has_the_same_type_and_prints_the_same(first: object, second: object) -> None:
    assert same([{"a": first}], [{"a": second}]) == (type(first) is type(second) and repr(first) == repr(second))


def test_groups_in_another_order_are_not_the_same() -> None:
    assert same({"a": 1, "b": 1}, {"a": 1, "b": 1})
    assert not same({"a": 1, "b": 1}, {"b": 1, "a": 1})
    assert not same({"a": 1}, {"b": 1})
    assert not same([1, 2], [1])


class Counted(str):
    """A text that counts how often it is printed."""

    printed = 0

    def __str__(self) -> str:
        Counted.printed += 1
        return "talt"


def test_what_is_known_is_not_written_again() -> None:
    template = word(
        p("{% for s in afsnit %}") + p("{{ s.tekst }}") + p("{{ t }}{{ s.id }}") + p("{% endfor %}"),
        header1=p("{{ t }}"),
    )
    text = Counted("x")
    sections = [{"id": name, "tekst": clause(f"{{{{ t }}}} {name}")} for name in "ab"]
    kept, found = Kept(), []
    for number in range(3):
        Counted.printed = 0
        names = {"t": text, "afsnit": sections, "andet": number}
        found.append(lines(body_of(template.render(names, kept=kept))))
        assert Counted.printed == (5 if number == 0 else 0)
    assert found == [["talt a", "talta", "talt b", "taltb"]] * 3
    # one section that is new is the only one to be written
    Counted.printed = 0
    more = {"id": "c", "tekst": clause("{{ t }} c")}
    template.render({"t": text, "afsnit": [sections[1], more]}, kept=kept)
    assert Counted.printed == 2


@pytest.mark.parametrize("more", ["", p("{{ sat }}")])
def test_names_of_the_template_itself_are_not_taken_for_those_of_the_document(more: str) -> None:
    template = word(
        p("{{ x }}")
        + p("{% set sat = a %}")
        + p("{% for s in afsnit %}")
        + p("{% for x in liste %}")
        + p("{{ s.tekst }}")
        + p("{% endfor %}")
        + p("{{ s.andet }}")
        + more
        + p("{% endfor %}")
    )
    sections = [{"tekst": clause("{{ x }}!"), "andet": clause("{{ sat }} {{ s.navn }}"), "navn": name} for name in "ab"]
    kept = Kept()
    for a, some in (("1", ["æ", "ø"]), ("1", ["æ", "å"]), ("2", ["æ", "å"]), ("2", []), ("3", [])):
        names = {"x": "uden for", "a": a, "afsnit": sections, "liste": some}
        expected = [text for name in "ab" for text in (*(f"{x}!" for x in some), f"{a} {name}", *([a] if more else []))]
        assert lines(body_of(template.render(names, kept=kept))) == ["uden for", *expected]


def in_turn(template: WordTemplate, *documents: Names) -> None:
    """Sees that these documents are the same in a series as alone."""
    kept = Kept()
    for names in documents:
        assert template.render(names, kept=kept).to_bytes() == template.render(names).to_bytes()


def loop(*inside: str) -> str:
    return p("{% for s in afsnit %}") + "".join(inside) + p("{% endfor %}")


def test_a_section_reads_what_its_clause_reads_though_that_was_known() -> None:
    names = {"afsnit": [{"tekst": clause("{{ b }}")}]}
    body = loop(p("{{ s.tekst }}"), p("{{ a }}"))
    in_turn(word(body), *({**names, "a": a, "b": b} for a, b in ((1, 1), (2, 1), (2, 2), (2, 1))))


def test_rounds_that_ask_for_more_than_their_item_are_written_anew() -> None:
    items = ["x", "y", "z"]
    some = [{"afsnit": one, "a": a} for one, a in ((items, 1), (items[1:], 1), (items[::-1], 1), (items, 2))]
    in_turn(word(loop(p("{{ s }}{{ loop.index }}{% if loop.last %}!{% endif %}"))), *some)
    in_turn(word(p("{% set b = a %}") + loop(p("{{ s }}{{ b }}"))), *some)
    in_turn(word(p("{% set b = cycler(1, 2) %}") + loop(p("{{ s }}{{ b.next() }}"))), *some)
    in_turn(word(loop(p("{{ s }}{% for x in range(a) %}{{ x }}{% endfor %}"))), *some)
    in_turn(word(loop(p("{{ s }}{{ a }}")) + p("{% if a == 1 %}") + loop(p("{{ a }}")) + p("{% endif %}")), *some)


def test_a_value_that_is_missing_is_another_than_none() -> None:
    body = loop(p("{% if a is defined %}"), p("{{ s }}{{ a }}"), p("{% endif %}"), p("{{ g.b is defined }}"))
    some = ({}, {"a": None}, {}, {"a": 1}, {"a": 1})
    in_turn(word(body), *({"afsnit": ["x"], "g": {**one}, **one} for one in some))
    in_turn(word(body), *({"afsnit": ["x"], "g": {} if number % 2 else {"b": None}} for number in range(4)))


def test_long_texts_are_the_same_though_they_are_not_kept() -> None:
    table = tbl(tr("{%tr for x in range(400) %}"), tr("{{ x }}", "{{ a }}" + 300 * "y"), tr("{%tr endfor %}"))
    body = loop(p("{{ s }}"), table, p("note", style="Tabeltekst"))
    in_turn(word(body), *({"afsnit": ["x", "y"], "a": a} for a in (1, 1, 2)))


def test_a_template_whose_main_part_cannot_be_kept_is_the_same() -> None:
    macro = p("{% macro m(x) %}{{ x }}!{% endmacro %}") + loop(
        p("{{ m(s.id) }}"), p("{{ s.tekst }}"), tbl(tr("{{ a }}"))
    )
    sections = [{"id": name, "tekst": clause("{{ b }} her")} for name in "xy"]
    in_turn(word(macro), *({"afsnit": sections, "a": a, "b": b} for a, b in ((1, 1), (1, 1), (2, 1), (1, 2))))


def test_an_expression_as_deep_as_can_be_is_the_same() -> None:
    marked = set()
    for depth in range(185, 205):
        try:
            deep = clause(f"{{{{ {'not ' * depth} a }}}}")
        except DocgenError as fault:
            assert [one.code for one in fault.diagnostics] == ["DG422"]
            break
        in_turn(word(loop(p("{{ s.tekst }}"))), *({"afsnit": [{"tekst": deep}], "a": a} for a in (1, 1, 0)))
        marked.add(deep.program.mark(rounds=False))
    assert marked == {True, False}


def test_a_clause_of_which_nobody_knows_what_it_reads_is_written_anew() -> None:
    names = {"afsnit": [{"tekst": clause("{% for x in range(a) %}{{ x }}{% endfor %} {{ namespace(b=a).b }}")}]}
    in_turn(word(loop(p("{{ s.tekst }}"))), *({**names, "a": a} for a in (1, 1, 2, 1)))


def test_a_table_keeps_with_what_comes_before_it_in_another_section() -> None:
    table = tbl(tr("{{ s.id }}"))
    template = word(
        p("{% for s in afsnit %}")
        + p("{% if s.id == 't' %}")
        + table
        + p("{% elif s.id == 'c' %}")
        + p("billedtekst", style="Caption")
        + p("{% else %}")
        + p("{{ s.id }}{{ a }}")
        + p("{% endif %}")
        + p("{% endfor %}")
        + p("slut"),
        styles=STYLES + '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>',
    )
    known = {name: {"id": name} for name in "xtcy"}
    kept = Kept()
    for order in ("xtcy", "xct", "xcty", "tctx", "xyct", "xct", "ct"):
        for a in (1, 1, 2):
            names = {"afsnit": [known[name] for name in order], "a": a}
            assert template.render(names, kept=kept).to_bytes() == template.render(names).to_bytes()


def test_a_table_that_a_value_brings_is_kept_as_in_a_document_alone() -> None:
    table = Markdown("## Se her\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    inside = (p("{{ s.id }}"), p("{% if s.tekst %}"), p("{{ s.tekst }}"), p("{% endif %}"), p("{{ a }}"))
    body = loop(*inside, tbl(tr("{{ a }}")), p("note", style="Tabeltekst"))
    clauses = (clause(f"{{{{ a }}}}\n\n{table}"), clause("Nej"), table, Markdown("Nej"))
    sections = [{"id": str(number), "tekst": one} for number, one in enumerate(clauses)]
    orders = (sections, sections[::-1], sections[1:], sections)
    in_turn(word(body), *({"afsnit": one, "a": a} for one in orders for a in (1, 1, 2)))


def test_rows_that_an_outer_loop_writes_are_settled() -> None:
    table = tbl(tr("{%tr for s in afsnit %}"), tr("{{ s.navn }}", "{{ a }}"), tr("{%tr endfor %}"))
    cell = tbl(tr("<w:tc>" + p("{% for s in afsnit %}") + p("{{ s.navn }}") + p("{% endfor %}") + "</w:tc>"))
    sections = [{"navn": name} for name in ("x", "y")]
    some = [{"afsnit": one, "a": a} for one in (sections, [], sections[:1]) for a in (1, 1, 2)]
    in_turn(word(p("før") + table + p("note", style="Tabeltekst") + cell + p("efter")), *some)


def test_what_is_kept_is_paid_for(monkeypatch: pytest.MonkeyPatch) -> None:
    template = word(
        p("{% for s in afsnit %}") + p("{% for x in liste %}{{ x }}{% endfor %}{{ s }}") + p("{% endfor %}")
    )
    names = {"afsnit": list("abcdef"), "liste": ["lang tekst"] * 50}
    kept = Kept()
    template.render(names, kept=kept)
    for limit, least in (("MOST_STEPS", 200), ("MOST_TEXT", 3_000)):
        with monkeypatch.context() as patch:
            patch.setattr(budget, limit, least)
            told = []
            for memory in (None, kept):
                with pytest.raises(DocgenError) as raised:
                    template.render(names, kept=memory)
                told.append(raised.value.diagnostics)
            assert told[0] == told[1]


def test_a_document_with_faults_leaves_what_is_kept_as_it_was() -> None:
    template = word(p("{% for s in afsnit %}") + p("{{ s }} {{ a }}") + p("{% endfor %}") + p("{{ slut }}"))
    kept = Kept()
    good = {"afsnit": ["x"], "a": "1", "slut": "s"}
    first = template.render(good, kept=kept).to_bytes()
    with pytest.raises(DocgenError):
        template.render({"afsnit": ["x"], "a": "2"}, kept=kept)
    assert template.render(good, kept=kept).to_bytes() == first
    assert "x 2" in lines(body_of(template.render({**good, "a": "2"}, kept=kept)))


def test_threads_may_make_documents_with_what_is_kept() -> None:
    kept = Kept()
    documents: list[Names] = [
        {"titel": "Et", "a": at % 3, "b": at % 2, "g": {"tal": at, "liste": []}, "liste": [], "afsnit": list("xyzv")}
        for at in range(60)
    ]
    alone = [made(WHOLE, one, None) for one in documents]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda one: made(WHOLE, one, kept), documents)) == alone


def test_a_template_for_a_series_comes_out_of_a_pickle_ready() -> None:
    template = pickle.loads(pickle.dumps(word(BODY).marked()))
    names: Names = {"titel": "Et", "a": 1, "b": 2, "g": {"tal": 3, "liste": []}, "liste": [], "afsnit": ["x", "v"]}
    kept = Kept()
    for _ in range(2):
        assert made(template, names, kept) == made(WHOLE, names, None)
    assert all(one.program._tree is None for one in template._parts)
