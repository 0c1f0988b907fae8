"""Every message about inputs and kinds, as people read it: the cases are in cases/*.txt."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from docgen.catalog import fields, kinds

CASES = Path(__file__).parent / "cases"


def cases():
    for file in sorted(CASES.glob("*.txt")):
        for block in re.split(r"(?m)^=== ", file.read_text(encoding="utf-8"))[1:]:
            title, rest = block.split("\n", 1)
            parts = re.split(r"(?m)^--- (.+)\n", rest)[1:]
            yield pytest.param(title, dict(zip(parts[::2], parts[1::2], strict=True)), id=title)


@pytest.mark.parametrize(("title", "parts"), list(cases()))
def test_says(title: str, parts: dict[str, str], workshop):
    expected = parts.pop("besked").strip()
    text = parts.pop("input", "navn: x\n")
    options = dict(word.split("=") for word in parts.pop("kørsel", "").split())
    if "dag" in options:
        workshop = replace(workshop, today=date.fromisoformat(options.pop("dag")))
    if "felter" in parts:
        body = "".join(f"  {line}\n" for line in parts.pop("felter").splitlines())
        parts["felter.yaml"] = f"felter:\n{body}"
    workshop.write(parts)
    assert workshop.said(workshop.everything(text, **options)) == expected


def test_every_code_has_a_case():
    shown = {code for file in CASES.glob("*.txt") for code in re.findall(r"DG\d{3}(?=: )", file.read_text("utf-8"))}
    # Faults of several kinds and of excerpts, of the command line, of unreadable folders and of clauses that stand in
    # for those of the box have tests of their own.
    elsewhere = {"DG260", "DG309", "DG360", "DG369", *(f"DG{number}" for number in range(264, 272))}
    assert set(fields.ENTRIES) | set(kinds.ENTRIES) == shown | elsewhere
