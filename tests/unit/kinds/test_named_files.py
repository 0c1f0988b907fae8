"""Whether an input names a file is found wherever its kind has a place for one."""

from __future__ import annotations

import pytest

from docgen.kinds.named_files import NamedFiles

FIELDS = """
    type: {titel: Prøve}
    typer:
      punkt:
        tekst: {type: tekst}
        fil: {type: fil}
        under: {type: liste, af: punkt}
    felter:
      navn: {type: tekst}
      plan: {type: fil}
      g:
        type: gruppe
        felter:
          x: {type: tekst}
          kort: {type: liste, af: fil}
      punkter: {type: liste, af: punkt}
"""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("navn: plan.pdf", False),
        ("g: {x: plan.pdf}\npunkter: [{tekst: plan.pdf, under: [{tekst: a}]}]", False),
        ("plan: plan.pdf", True),
        ("g: {kort: [a.pdf]}", True),
        ("punkter: [{tekst: a}, {fil: plan.pdf}]", True),
        ("punkter: [{under: [{tekst: a, under: [{fil: plan.pdf}]}]}]", True),
    ],
)
def test_files_are_found_where_fields_hold_them(workshop, text, names):
    kind = workshop.kind(FIELDS)
    assert NamedFiles(kind).are_in(workshop.held(kind, text).record) is names
