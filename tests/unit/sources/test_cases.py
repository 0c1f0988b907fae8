"""Each case file in cases/ holds inputs and, word for word, what docgen says about them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from docgen import catalog
from docgen.diagnostics import Diagnostic
from docgen.sources import yaml_file
from docgen.sources.text import Text, split_lines

from .trees import told

_FOLDER = Path(__file__).parent / "cases"
_CASE = re.compile(r"^## ([^\n]+)\n\n```(\w+)\n(.*?)```\n\n```text\n(.*?)\n?```$", re.MULTILINE | re.DOTALL)
CASES = [
    pytest.param(*match.groups()[1:], id=f"{path.stem}: {match[1]}")
    for path in sorted(_FOLDER.glob("*.md"))
    for match in _CASE.finditer(path.read_text(encoding="utf-8"))
]


def shown(text: str) -> str:
    return text.replace("\t", "⇥").replace("\u00a0", "⍽")


def written(text: str) -> str:
    return text.replace("⇥", "\t").replace("⍽", "\u00a0")


@pytest.mark.parametrize(("form", "content", "expected"), CASES)
def test_what_docgen_says(form: str, content: str, expected: str) -> None:
    assert shown(told(written(content), form)) == expected


@pytest.mark.parametrize(("form", "content", "expected"), [case for case in CASES if case.values[0] == "yaml"])
def test_yaml_without_libyaml_says_the_same(form: str, content: str, expected: str) -> None:
    findings: list[Diagnostic] = []
    yaml_file.parse(Text.of("møde.yaml", split_lines(written(content))), findings, yaml.BaseLoader)
    assert shown("\n".join(catalog.as_text(one) for one in findings)) == expected


@pytest.mark.parametrize(("form", "content", "expected"), CASES)
def test_no_danish_and_no_word_of_the_parsers_in_english_messages(form: str, content: str, expected: str) -> None:
    english = told(written(content), form, "en")
    assert english.count("\n") == expected.count("\n")
    assert english.startswith(("error DG", "warning DG"))
    assert "hjælp" not in english
    for word in ("token", "scanning", "parsing", "block mapping", "Expecting", "delimiter", "statement"):
        assert word not in english
        assert word not in expected


def test_every_case_was_found() -> None:
    headings = sum(path.read_text(encoding="utf-8").count("\n## ") for path in _FOLDER.glob("*.md"))
    assert len(CASES) == headings > 100
