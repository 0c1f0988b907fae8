"""What is kept from one document of a series to the next changes nothing in any of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.kinds.folders import BOX
from docgen.kinds.kind import load_kind
from docgen.kinds.model import Kind
from docgen.kinds.rules import check_rules
from docgen.kinds.text_answers import Passed
from docgen.kinds.validate import validate
from docgen.pipeline import Press, Request, check, compose
from docgen.sources import read_text

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "inputs" / "leverandoeraftale").glob("*.yaml"))


def test_documents_made_one_after_another_are_those_made_alone() -> None:
    requests = [Request("leverandoeraftale", path, date(2026, 11, 22)) for path in (*EXAMPLES, *reversed(EXAMPLES))]
    alone = {one.source: compose(check(one), one).word.to_bytes() for one in requests}
    press = Press(load_kind("leverandoeraftale", requests[0].folders), requests[0], series=True)
    for one in requests:
        assert compose(check(one), one, press).word.to_bytes() == alone[one.source], one.source


CHANGES = (
    "",
    "opsætning: {nummerering: paragraf}\n",
    "opsætning: {udelad: [definitioner]}\n",
    "opsætning: {overskrifter: {kvalitet: Om kvaliteten}}\n",
    "opsætning: {rækkefølge: [ydelser]}\n",
    "ekstra_afsnit: [{overskrift: Et til, tekst: Kort., efter: kvalitet}]\n",
)


def test_numbers_headings_and_sections_that_change_alone_are_seen(tmp_path: Path) -> None:
    common = EXAMPLES[0].read_text(encoding="utf-8")
    requests = []
    for number, change in enumerate(CHANGES):
        path = tmp_path / f"{number}.yaml"
        path.write_text(common + change, encoding="utf-8")
        requests.append(Request("leverandoeraftale", path, date(2026, 11, 22)))
    press = Press(load_kind("leverandoeraftale", requests[0].folders), requests[0], series=True)
    alone = [compose(check(one), one).word.content_hash() for one in requests]
    assert len(set(alone)) == len(CHANGES)
    for number in (0, 1, 0, 2, 3, 0, 4, 5, 1, 5):
        request = requests[number]
        assert compose(check(request), request, press).word.content_hash() == alone[number], CHANGES[number]


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
