"""Where in a field's code a tag stands, which decides how its value is written: `HYPERLINK "{{ url }}"`."""

from __future__ import annotations

import re

from docgen.word.archive.ooxml import w

_ADDRESS = re.compile(r'^\s*HYPERLINK(?:\s+\\[hmnt]|\s+\\[los]\s+"[^"]*")*\s*"?\s*$', re.IGNORECASE)
_SILENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_INSTRUCTION = w("instr")
BEGIN = "\n"
"""What stands for the beginning of a field among the codes of a paragraph."""


def hole_in_code(before: str) -> str:
    """The kind of hole (see tag.Tag) after the codes `before` of a paragraph; "name" where the field's name stands.

    A value must not choose which field it is: DDE and INCLUDETEXT fetch what they like (ISO/IEC 29500-1, 17.16.5).
    """
    before = _SILENT.sub("", before).rpartition(BEGIN)[2]
    if not before.strip():
        return "name"
    return "address" if _ADDRESS.match(before) else "code"


def hole_in_attribute(name: str, before: str) -> str:
    """The kind of hole in the attribute `name` (as lxml names it) after the text `before`."""
    if name == _INSTRUCTION:
        return hole_in_code(before)
    return "address" if name == "href" and not before.strip() else "plain"
