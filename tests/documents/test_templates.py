"""Each Word template in the box, printed as text, so that a change in a .docx can be read in a diff.

With DOCGEN_UPDATE=1 the texts in tests/documents/templates/ are written anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docgen.word.reading.template_text import template_transcript

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent / "templates"
TEMPLATES = sorted((ROOT / "templates").glob("*/*.docx"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.parent.name)
def test_template(path: Path) -> None:
    golden = HERE / f"{path.parent.name}.txt"
    text = template_transcript(path)
    if os.environ.get("DOCGEN_UPDATE"):
        HERE.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.parent.name)
def test_a_template_carries_no_trace_of_its_making(path: Path) -> None:
    assert b"python-docx" not in path.read_bytes()
