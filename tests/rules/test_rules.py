"""Every rule of every kind: kept by an input of the box, broken by a small change to it.

`<kind>.yaml` has one case for each rule, by its code: `input` (the file that is changed; under inputs/<kind>/, or
`eksempel`), `first` (changes without which the rule has nothing to say), `changes` (those that break it), `edition`,
and `sted` (the paths that the findings point to). Changes are path -> value; null takes the value out.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen import sources
from docgen.catalog import message
from docgen.diagnostics import Diagnostic, FilePlace, TextPlace, has_errors
from docgen.excerpts import Excerpts
from docgen.kinds.kind import load_kind
from docgen.kinds.model import Kind
from docgen.kinds.rules import check_rules
from docgen.kinds.validate import validate

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ROOT / "templates"
KINDS = sorted(path.parent.name for path in TEMPLATES.glob("*/regler.yaml"))
TODAY = date(2026, 11, 22)
CPR = {"cpr": "DG254"}
"""The rules that are not formulas, with the code of their finding."""

Rule = Mapping[str, Any]
Case = Mapping[str, Any]


@cache
def rules_of(kind: str) -> dict[str, Rule]:
    written = yaml.safe_load((TEMPLATES / kind / "regler.yaml").read_text(encoding="utf-8"))
    return {rule["kode"]: rule for rule in written}


def cases_of(kind: str) -> dict[str, Case]:
    found: dict[str, Case] = yaml.safe_load(Path(__file__).with_name(f"{kind}.yaml").read_text(encoding="utf-8"))
    return found


RULES = [(kind, code, rule) for kind in KINDS for code, rule in rules_of(kind).items()]
CASES = [(kind, code, case) for kind in KINDS for code, case in cases_of(kind).items()]
each_rule = pytest.mark.parametrize(("kind", "code", "rule"), RULES, ids=[f"{one[0]}-{one[1]}" for one in RULES])
each_case = pytest.mark.parametrize(("kind", "code", "case"), CASES, ids=[f"{one[0]}-{one[1]}" for one in CASES])


@cache
def loaded(kind: str) -> Kind:
    return load_kind(kind, [TEMPLATES])


def plain(node: sources.Node) -> Any:
    if isinstance(node, sources.Mapping):
        return {entry.key.text: plain(entry.value) for entry in node}
    if isinstance(node, sources.Sequence):
        return [plain(one) for one in node]
    return None if node.empty else node.text


def steps_of(path: str) -> list[str | int]:
    """The keys and (from 0) the places in lists that a path such as `aktiver[3].værdi` goes through."""
    return [int(number) - 1 if number else key for key, number in re.findall(r"([^.\[\]]+)(?!\])\b|\[(\d+)\]", path)]


def change(data: Any, path: str, value: object) -> None:
    """Put a value where a path leads, also as the next element of a list; None takes the value there out."""
    *steps, last = steps_of(path)
    for step in steps:
        data = data[step]
    if value is None:
        del data[last]
    elif isinstance(data, list) and last == len(data):
        data.append(value)
    else:
        data[last] = value


class Run:
    """What docgen says of an input of the box after some changes."""

    def __init__(self, kind: str, case: Case, *changes: Mapping[str, object] | None) -> None:
        name = case["input"]
        path = TEMPLATES / kind / "eksempel.yaml" if name == "eksempel" else ROOT / "inputs" / kind / name
        data = plain(sources.read(path).root)
        for one in changes:
            for where, value in (one or {}).items():
                change(data, where, copy.deepcopy(value))
        text = json.dumps(data, ensure_ascii=False, indent=1)
        self.root = sources.read_text(text.encode(), "input.json", "json").root
        self.edition = case.get("edition")
        around = Excerpts((path,), [TEMPLATES], TODAY, loaded).around()
        validation = validate(self.root, loaded(kind), profile=None, today=TODAY, edition=self.edition, around=around)
        rules = check_rules(validation.record, edition=self.edition, today=TODAY)
        self.refused = [one for one in validation.diagnostics if one.code not in CPR.values()]
        self.findings = (*validation.diagnostics, *rules.diagnostics)

    def of(self, code: str) -> list[Diagnostic]:
        return [one for one in self.findings if CPR.get(code, code) in (one.values.get("kode"), one.code)]

    def node(self, path: str) -> sources.Node | None:
        """What the input has at a path, or else at the nearest part of it."""
        node = self.root
        for step in steps_of(path):
            if isinstance(node, sources.Mapping) and isinstance(step, str):
                found = node.get(step)
            else:
                found = node.items[step] if isinstance(node, sources.Sequence) and isinstance(step, int) else None
            if found is None:
                break
            node = found
        return node


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_has_a_case(kind: str) -> None:
    assert list(cases_of(kind)) == list(rules_of(kind))


@each_case
def test_an_input_keeps_the_rule(kind: str, code: str, case: Case) -> None:
    run = Run(kind, case, case.get("first"))
    assert not has_errors(run.refused)
    assert run.of(code) == []


@each_case
def test_a_change_breaks_the_rule(kind: str, code: str, case: Case) -> None:
    run = Run(kind, case, case.get("first"), case["changes"])
    rule = rules_of(kind)[code]
    found = run.of(code)
    assert not has_errors(run.refused)
    assert not [one for one in run.findings if one.code in ("DG303", "DG304", "DG305")]
    assert found
    assert [one.path for one in found] == case["sted"]
    for one in found:
        assert one.severity == rule["alvor"]
        node = run.node(one.path)
        if node is run.root:  # the input has nothing of it
            assert isinstance(one.place, FilePlace) and one.place.field in (one.path.partition("[")[0], "")
        else:
            assert isinstance(one.place, TextPlace) and node is not None and isinstance(node.place, TextPlace)
            assert one.place.line == node.place.line
        reads_well(one, rule)


def reads_well(finding: Diagnostic, rule: Rule) -> None:
    danish, english = message(finding, "da"), message(finding, "en")
    for text in (*danish, *english):
        assert not re.search(r"[{}]|None|  ", text)
    for told in (danish[0], english[0]):
        sentence = told.removesuffix(f" ({rule['kode']})")
        assert sentence and not re.sub(r"\b(pct|kr)\.$", "", sentence).endswith(".")
    assert (danish[0] != english[0]) == ("besked_en" in rule or "besked" not in rule)
    if "besked" in rule:
        assert (rule["kilde"] in danish[1]) == (rule["kilde"] != "docgen")
        assert (rule.get("kilde_en", rule["kilde"]) in english[1]) == (rule["kilde"] != "docgen")


@each_rule
def test_a_rule_says_where_it_is_from(kind: str, code: str, rule: Rule) -> None:
    assert rule["kilde"].strip()
    assert isinstance(rule["kontrolleret"], date) and rule["kontrolleret"] <= TODAY
    assert rule["grundlag"] in ("gældende", "udkast", "skøn", "regning")
    assert rule["alvor"] != "fejl" or rule["grundlag"] in ("gældende", "regning")
