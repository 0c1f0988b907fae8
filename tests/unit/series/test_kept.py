"""What is kept from one document of a series to the next changes nothing in any of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.diagnostics import SourceText
from docgen.kinds.folders import BOX
from docgen.kinds.kind import load_kind
from docgen.kinds.model import Kind
from docgen.kinds.rules import check_rules
from docgen.kinds.text_answers import Passed
from docgen.kinds.validate import validate
from docgen.pipeline import Press, Request, check, compose
from docgen.sources import read_text
from docgen.word.archive.ooxml import W
from docgen.word.look.labels import Numbering
from docgen.word.look.styles import read_styles
from docgen.word.running.session import Holdings, Session
from docgen.word.tagging.listing import Contents, ContentsList, ParsedScan
from docgen.word.tagging.plain_headings import scan_plainly
from docgen.word.values.clauses import ClauseTemplate
from docgen.word.values.kept_clauses import KeptClause

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "inputs" / "leverandoeraftale").glob("*.yaml"))


def test_documents_made_one_after_another_are_those_made_alone() -> None:
    requests = [Request("leverandoeraftale", path, date(2026, 11, 22)) for path in (*EXAMPLES, *reversed(EXAMPLES))]
    alone = {one.source: compose(check(one), one).word.to_bytes() for one in requests}
    press = Press(load_kind("leverandoeraftale", requests[0].folders), requests[0])
    for one in requests:
        assert compose(check(one), one, press).word.to_bytes() == alone[one.source], one.source


def test_rules_say_the_same_of_an_input_whatever_they_were_held_against_before() -> None:
    kind = load_kind("leverandoeraftale", BOX)
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES]
    texts += [text.replace("Eksempel", "XXX").replace("2027", "2025") for text in texts]
    records = [
        validate(read_text(text.encode(), "x.yaml", "yaml").root, kind, profile=None, today=date(2026, 11, 22)).record
        for text in (*texts, *texts[:1], *reversed(texts))
    ]
    passed = Passed()
    said = 0
    for record in (one for one in records for _ in range(2)):
        alone = check_rules(record, edition=None, today=date(2026, 11, 22))
        after = check_rules(record, edition=None, today=date(2026, 11, 22), passed=passed)
        assert after == alone
        said += len(alone.diagnostics)
    assert said > len(records)


TEXTS = st.sampled_from(["", "bilag 2", "se bilag"])
LISTS = st.lists(st.sampled_from(["x", "y", "bilag 1"]), max_size=3)
VALUES = st.fixed_dictionaries({"a": st.integers(0, 2), "liste": LISTS, "tekst": TEXTS})


@given(st.lists(VALUES, min_size=2, max_size=6))
def test_what_a_rule_passed_by_is_held_against_it_again_when_it_changes(
    few: Kind, inputs: list[dict[str, object]]
) -> None:
    passed = Passed()
    for one in inputs:
        given_input = read_text(json.dumps(one).encode(), "x.json", "json").root
        record = validate(given_input, few, profile=None, today=date(2026, 11, 22)).record
        alone = check_rules(record, edition=None, today=date(2026, 11, 22))
        assert check_rules(record, edition=None, today=date(2026, 11, 22), passed=passed) == alone


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Kind:
    folder = tmp_path_factory.mktemp("typer") / "lille"
    folder.mkdir()
    (folder / "felter.yaml").write_text(
        "type: {titel: Lille}\nfelter:\n  a: {type: tal}\n  liste: {type: liste, af: tekst}\n  tekst: {type: tekst}\n",
        encoding="utf-8",
    )
    common = "alvor: advarsel, grundlag: skøn, besked: hov"
    (folder / "regler.yaml").write_text(
        f"- {{kode: stort, krav: a < 2, {common}}}\n"
        f"- {{kode: med-x, når: a > 0, krav: \"'x' in liste\", {common}}}\n"
        f"- {{kode: element, for: liste, krav: den != 'y' or a == 0, {common}}}\n"
        f"- {{kode: alle-tekster, for: tekster, krav: \"'bilag' not in den or a == 1\", {common}}}\n",
        encoding="utf-8",
    )
    return load_kind("lille", [folder.parent])


def session() -> Session:
    from docgen.word.look.styles import StyleMap

    return Session(Holdings({}, {}), StyleMap, lambda: pytest.fail("no styles are needed"))


def clause(text: str) -> KeptClause:
    return KeptClause(ClauseTemplate(text, SourceText("k.md", tuple(text.splitlines()))))


Value = st.one_of(st.none(), st.booleans(), st.integers(0, 2), st.sampled_from(["", "a", "1"]))


@given(st.lists(st.tuples(Value, st.lists(Value, max_size=2)), min_size=2, max_size=6))
def test_a_kept_clause_writes_what_a_new_one_does(rounds: list[tuple[object, list[object]]]) -> None:
    text = "{{ x }} og {% for one in many %}{{ one.y }}, {% endfor %}{% if many %}{{ many | length }}{% endif %}"
    kept = clause(text)
    for x, many in rounds:
        names: dict[str, object] = {"x": x, "many": [{"y": one} for one in many]}
        fresh = ClauseTemplate(text, SourceText("k.md", (text,)))
        assert kept.write(session(), names, None) == fresh.to_xml(session(), names)


def test_a_clause_with_a_list_gets_a_list_of_its_own_in_every_document() -> None:
    kept = clause("Parterne:\n\n- {{ x }}\n- to")
    for _ in range(4):
        one = session()
        kept.write(one, {"x": "samme"}, None)
        assert len(one.lists) == 1


def test_references_follow_the_numbers_of_the_document() -> None:
    kept = clause("Se {{ henvis('pris') }}")
    for number in ("1", "1", "2", "2", "1"):
        names = {"henvis": lambda _, number=number: f"afsnit {number}"}
        assert f"afsnit {number}" in kept.write(session(), names, number)


CONTENTS = Contents((ContentsList("TOC", {"Heading1": 1}, (1, 3), ("", "", ""), False),), read_styles(None))
PARAGRAPHS = st.sampled_from(
    [
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Et &amp; to</w:t></w:r></w:p>',
        '<w:p w:rsidR="1"><w:pPr><w:pStyle w:val="Heading1"/><w:rPr><w:b/></w:rPr></w:pPr>'
        "<w:r><w:tab/><w:t>x</w:t></w:r></w:p>",
        '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t xml:space="preserve"> to  ord </w:t></w:r></w:p>',
        "<w:p/>",
        "<w:p><w:pPr/><w:r><w:t>brødtekst</w:t></w:r></w:p>",
        '<w:p><w:bookmarkStart w:id="1" w:name="_Toc1"/><w:r><w:t>a</w:t></w:r></w:p>',
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r></w:p>',
        '<w:tbl><w:tr><w:tc><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
        "<w:r><w:t>i tabel</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<?dgtoc 0?>",
    ]
)


@given(st.lists(PARAGRAPHS, max_size=8))
def test_headings_are_those_that_a_parser_finds(paragraphs: list[str]) -> None:
    data = f'<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>'.encode()
    parsed = ParsedScan(data, CONTENTS, Numbering())

    def levels(style: str, outline: int | None) -> list[int]:
        return [1 if style == "Heading1" else outline + 1 if outline is not None and outline < 3 else 0]

    plain = scan_plainly(data, CONTENTS.sheet, Numbering(), levels)
    assert (plain is None) == any("vanish" in one for one in paragraphs)
    if plain is not None:
        assert (plain.headings, plain.marks, plain.names) == (parsed.headings, parsed.marks, parsed.names)
