"""What rules and sections are known to say of an input, from the inputs before it, is what they say of it alone."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docgen.danish.values import Amount, Choice, FileName, Markdown, Number, Year
from docgen.diagnostics import DocgenError
from docgen.inputs import Input
from docgen.kinds.answers import Answers
from docgen.kinds.kind import load_kind
from docgen.kinds.merging import merged
from docgen.kinds.model import Kind
from docgen.kinds.record import Group, Record
from docgen.kinds.rules import check_rules
from docgen.kinds.sections import Context, build
from docgen.kinds.shared_values import SharedValues
from docgen.kinds.text_answers import Passed
from docgen.kinds.validate import validate
from docgen.pipeline import Checked, Request, check_input
from docgen.sources import Mapping, read_text

TODAY = date(2026, 11, 22)
FIELDS = """\
type:
  titel: Lille
  filnavn: "{{ navn }} {{ a }}"
  dokument: {titel: "Om {{ navn }}", dato: "{{ boks.tal }}"}
felter:
  navn: {type: tekst}
  a: {type: tal}
  ja: {type: ja_nej}
  slags: {type: valg, værdier: {x: Iks, y: Yps}}
  boks:
    type: gruppe
    felter: {navn: {type: tekst}, tekst: {type: tekst}, tal: {type: beløb}, fordoblet: {type: beløb, beregn: tal * 2}}
  liste: {type: liste, felter: {navn: {type: tekst, nøgle: ja}, tal: {type: tal}, note: {type: tekst}}}
  ord: {type: liste, af: tekst}
  valgt: {type: henvisning, til: liste}
  brød: {type: afsnit}
  antal_ord: {type: tal, beregn: antal(ord)}
afsnit:
  indledning: {overskrift: "Nr. {{ a }}", når: a > 1}
  brød: {}
  om: {overskrift: "Om {{ navn }}", når: "slags != 'y'", niveau: 2}
  til: {overskrift: "{{ dokument.titel }}", når: ja}
  vilkår: {når: liste}
"""
CLAUSE = """\
---
id: vilkår
overskrift: "Vilkår for {{ slags.etiket }}"
version: "1"
---
Se {{ henvis('om') }}.
"""
RULES = """\
- {kode: stort, krav: a < 2, besked: "{{ navn }}: {{ a }}"}
- {kode: kun-y, når: slags == 'y', krav: boks.tal, besked: "{{ slags.etiket }} {{ boks.tekst }}"}
- {kode: fordoblet, når: boks.fordoblet, krav: boks.fordoblet < 4, besked: "{{ boks.fordoblet }}"}
- {kode: hver, for: liste, når: slags == 'x', krav: den.tal != 1, ved: tal, besked: "{{ over.navn }} {{ den.navn }}"}
- {kode: hver-mod-over, for: liste, krav: not den.tal or den.tal != over.a, ved: tal, besked: "{{ den.navn }}"}
- {kode: i-boks, for: boks, når: ja, krav: den.tekst != 'hov' or over.a == 1, ved: tekst, besked: "{{ den.tekst }}"}
- {kode: ordene, for: ord, krav: den != 'hov' or a == 0, besked: "{{ den }}"}
- {kode: henvist, når: valgt, krav: valgt.tal, besked: "{{ valgt.navn }}"}
- {kode: ingen-bilag, for: tekster, krav: "not nævner(den, 'bilag*', 'hov')", besked: "{{ den }} {{ navn }}"}
- {kode: kun-bilag, for: tekster, når: "nævner(den, 'bilag')", krav: "a == 1 or 'se' in den", besked: "{{ a }}"}
- {kode: kun-ja, for: tekster, når: ja, krav: "'x' not in den", besked: "{{ den }}"}
- {kode: efter-ord, for: tekster, når: antal_ord > 1, krav: den != 'anden', besked: "{{ antal_ord }}"}
- {kode: uden-ord, for: tekster, når: "not nævner(den, 'anden')", krav: "den != 'se bilag' or a != 2", besked: nå}
- {kode: med-over, for: tekster, når: not ja, krav: den != 'hov' or over.navn != 'anden', besked: "{{ den }}"}
"""


@pytest.fixture(scope="module")
def kind(tmp_path_factory: pytest.TempPathFactory) -> Kind:
    folder = tmp_path_factory.mktemp("typer") / "lille"
    (folder / "klausuler").mkdir(parents=True)
    rest = ", alvor: advarsel, grundlag: skøn, kontrolleret: 2026-11-22}"
    (folder / "felter.yaml").write_text(FIELDS, encoding="utf-8")
    (folder / "regler.yaml").write_text(RULES.replace("}\n", rest + "\n"), encoding="utf-8")
    (folder / "klausuler" / "vilkår.md").write_text(CLAUSE, encoding="utf-8")
    return load_kind("lille", [folder.parent])


def some(**values: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional=values)


TEXTS = st.sampled_from(["hov", "bilag 2", "se bilag", "x", "anden"])
NUMBERS = st.sampled_from(["0", "1", "1,0", "2", "mange"])
ELEMENTS = st.lists(some(tal=NUMBERS, note=TEXTS), max_size=2).map(
    lambda found: [{"navn": f"n{at}", **one} for at, one in enumerate(found)]
)
ARRANGEMENTS = some(
    nummerering=st.sampled_from(["tal", "paragraf", "ingen"]),
    udelad=st.lists(st.sampled_from(["brød", "om", "ukendt"]), max_size=1),
    overskrifter=some(brød=TEXTS),
    rækkefølge=st.lists(st.sampled_from(["vilkår", "brød"]), unique=True, max_size=2),
)
EXTRA = st.lists(st.fixed_dictionaries({"overskrift": TEXTS, "tekst": TEXTS}), max_size=1)
INPUTS = some(
    navn=TEXTS,
    a=NUMBERS,
    ja=st.sampled_from(["ja", "nej"]),
    slags=st.sampled_from(["x", "y"]),
    boks=some(navn=TEXTS, tekst=TEXTS, tal=st.sampled_from(["1", "2"])),
    liste=ELEMENTS,
    ord=st.lists(TEXTS, max_size=3),
    valgt=st.sampled_from(["n0", "n1"]),
    brød=TEXTS,
    opsætning=ARRANGEMENTS,
    ekstra_afsnit=EXTRA,
)


def tree(values: dict[str, object]) -> Mapping:
    root = read_text(json.dumps(values, ensure_ascii=False).encode(), "x.json", "json").root
    assert isinstance(root, Mapping)
    return root


def record_of(kind: Kind, values: dict[str, object]) -> Record:
    return validate(tree(values), kind, profile=None, today=TODAY).record


def said_by(context: Context | None) -> object:
    """All that a context gives, its functions by what they say of each section."""
    if context is None:
        return None
    names = {name: value for name, value in context.names.items() if name not in ("nummer", "henvis")}
    told = []
    for name in ("indledning", "brød", "om", "til", "vilkår", "ekstra_afsnit_1", "ukendt"):
        for function in ("nummer", "henvis"):
            try:
                told.append(context.names[function](name))  # type: ignore[operator]
            except ValueError as fault:
                told.append(str(fault))
    return repr(names), told, context.filename, context.numbering


def all_of(checked: Checked) -> object:
    return checked.diagnostics, said_by(checked.context)


@settings(max_examples=60)
@given(st.lists(INPUTS, min_size=2, max_size=6))
@example([{"brød": "x"}, {"brød": "x", "opsætning": {"overskrifter": {"brød": "y"}}}])
@example([{"brød": "x", "opsætning": {"udelad": ["brød"]}}, {"brød": "x", "opsætning": {"udelad": []}}])
@example([{"brød": "x"}, {"brød": "x", "opsætning": {"nummerering": "paragraf"}}])
@example([{"navn": "x"}, {"navn": "hov", "boks": {"navn": "anden", "tekst": "hov"}}])
@example([{"a": "1"}, {"a": "mange"}, {"a": "1"}, {"a": "2"}, {"a": "1,0"}])
def test_rules_and_sections_say_of_inputs_in_a_row_what_they_say_of_each_alone(
    kind: Kind, inputs: list[dict[str, object]]
) -> None:
    passed = Passed()
    for values in (*inputs, *inputs[:1]):
        record = record_of(kind, values)
        rules = check_rules(record, edition=None, today=TODAY)
        assert check_rules(record, edition=None, today=TODAY, passed=passed) == rules
        if record.invalid:
            continue
        found: list[object] = []
        for answers in (None, passed.answers):
            try:
                context = build(record, edition=None, profile=None, today=TODAY, answers=answers)
                found.append(said_by(context))
            except DocgenError as fault:
                found.append(fault.diagnostics)
        assert found[0] == found[1]


@settings(max_examples=60)
@given(INPUTS, st.lists(INPUTS, min_size=2, max_size=5))
@example({"ord": ["hov"]}, [{"navn": "x"}, {"navn": "anden"}])
@example({"boks": {"tekst": "hov"}}, [{"boks": {"navn": "x"}}, {"boks": {"navn": "anden"}}])
@example({"liste": [{"navn": "n0", "tal": "1"}]}, [{"slags": "x"}, {"slags": "y"}, {"slags": "x", "navn": "hov"}])
def test_inputs_with_common_values_are_checked_as_if_each_were_alone(
    kind: Kind, common: dict[str, object], inputs: list[dict[str, object]]
) -> None:
    shared, request = SharedValues(kind, tree(common)), Request("lille", "x.json", TODAY)
    for values in (*inputs, *inputs[:1]):
        given_input = Input(merged(tree(values), shared._common), kind)
        found: list[object] = []
        for known in (None, shared):
            try:
                found.append(all_of(check_input(given_input, request, known)))
            except DocgenError as fault:
                found.append(fault.diagnostics)
        assert found[0] == found[1]


def test_a_finding_that_is_known_points_to_the_place_in_its_own_input(kind: Kind) -> None:
    passed = Passed()
    for before in ("", "\n", "\n\n\n"):
        root = read_text(f"{before}navn: et\na: 3".encode(), "x.yaml", "yaml").root
        record = validate(root, kind, profile=None, today=TODAY).record
        (finding,) = check_rules(record, edition=None, today=TODAY, passed=passed).diagnostics
        assert getattr(finding.place, "line", None) == len(before) + 2


@pytest.mark.parametrize("passed", [None, Passed()])
def test_a_text_that_stands_twice_is_judged_where_it_stands(kind: Kind, passed: Passed | None) -> None:
    record = record_of(kind, {"navn": "hov", "boks": {"navn": "anden", "tekst": "hov"}, "ord": ["hov"]})
    for _ in range(2):
        found = check_rules(record, edition=None, today=TODAY, passed=passed).diagnostics
        assert [one.path for one in found if one.values["kode"] == "med-over"] == ["boks.tekst"]


def test_a_fault_of_a_section_is_told_of_every_input_that_has_it(kind: Kind) -> None:
    passed = Passed()
    values: dict[str, object] = {"navn": "et", "opsætning": {"udelad": ["ukendt"]}}
    for _ in range(3):
        record = record_of(kind, values)
        check_rules(record, edition=None, today=TODAY, passed=passed)
        with pytest.raises(DocgenError, match="DG310"):
            build(record, edition=None, profile=None, today=TODAY, answers=passed.answers)


def test_the_day_and_the_profile_are_asked_for_too(tmp_path: Path) -> None:
    (tmp_path / "dag").mkdir()
    (tmp_path / "dag" / "felter.yaml").write_text(
        "type: {titel: Dag}\nfelter:\n  frist: {type: dato}\n", encoding="utf-8"
    )
    (tmp_path / "dag" / "regler.yaml").write_text(
        "- {kode: frist, krav: frist >= idag, alvor: advarsel, grundlag: skøn, besked: hov}\n", encoding="utf-8"
    )
    dag, passed = load_kind("dag", [tmp_path]), Passed()
    record = record_of(dag, {"frist": "22-11-2026"})
    told = [
        len(check_rules(record, edition=None, today=date(2026, 11, day), passed=passed).diagnostics)
        for day in (21, 22, 23, 23, 22)
    ]
    assert told == [0, 0, 1, 1, 0]


def test_texts_of_rows_that_are_gone_are_forgotten(kind: Kind) -> None:
    passed = Passed()
    for number in range(200):
        record = record_of(kind, {"ja": "ja", "navn": f"navn {number}", "ord": [f"ord {number}", "fast"]})
        check_rules(record, edition=None, today=TODAY, passed=passed)
    kept = [passed.quiet(kind), *(passed.settled(rule, rule.requirement) or set() for rule in kind.rules)]
    assert 0 < len(passed.quiet(kind)) < 10
    assert max(map(len, kept)) < 10


ALIKE = [
    (Number(Decimal("1")), Number(Decimal("1.0"))),
    (Amount(1), Number(1)),
    (1, True),
    (Year(2026), 2026),
    (Choice("x", "Iks"), Choice("x", "Yps")),
    (Choice("x"), "x"),
    (Markdown("x"), "x"),
    (FileName("a.pdf", True), FileName("a.pdf", False)),
    (FileName("a.pdf", True), FileName("a.pdf")),
    ([1], [True]),
    ([Choice("x", "a")], [Choice("x", "b")]),
    ({"a": "x"}, {"b": "x"}),
    ({"a": "x", "b": "x"}, {"b": "x", "a": "x"}),
    ("", None),
    ([], None),
]


def holding(value: object, path: str = "boks") -> Group:
    """A root with a group in which a value stands."""
    fields = dict.fromkeys(("boks", "værdi"))
    root, inner = Group("", fields), Group(path, fields)  # type: ignore[arg-type]
    root["boks"], inner["værdi"] = inner, value
    return root


@pytest.mark.parametrize("asked", [("boks",), ("boks", "værdi"), ("boks", "værdi", "etiket")])
@pytest.mark.parametrize(("one", "other"), [*ALIKE, *((other, one) for one, other in ALIKE)])
def test_values_that_print_otherwise_are_not_the_same(one: object, other: object, asked: tuple[str, ...]) -> None:
    answers = Answers()
    answers.begin(holding(one), {})
    answers.keep("svar", "ja", lambda: [asked])
    answers.begin(holding(one), {})
    assert answers.known("svar") == "ja"
    answers.begin(holding(other), {})
    assert answers.known("svar") is None


def test_a_group_at_another_path_is_another_one() -> None:
    answers = Answers()
    answers.begin(holding(1), {})
    answers.keep("svar", "ja", lambda: [("boks",)])
    answers.begin(holding(1, "kasse"), {})
    assert answers.known("svar") is None


def test_what_was_refused_is_never_the_same() -> None:
    answers, root = Answers(), holding(1)
    del root["boks"]
    answers.begin(root, {})
    answers.keep("svar", "ja", lambda: [("boks", "værdi")])
    answers.begin(holding(1), {})
    assert answers.known("svar") is None
