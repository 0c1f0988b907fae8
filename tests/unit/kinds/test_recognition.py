"""Which kind an input is for, and when it is plainly for another one than was asked for."""

from __future__ import annotations

from functools import partial

import pytest

from docgen.diagnostics import DocgenError
from docgen.kinds.kind import load_kind
from docgen.kinds.recognition import other_kind, recognise

KINDS = {
    "udvalg": "felter: {titel: {type: tekst}, formål: {type: tekst}, medlemmer: {type: tekst}, møder: {type: tekst}}",
    "møde": "felter: {titel: {type: tekst}, dato: {type: dato, alias: [dag]}, sted: {type: tekst}, x: {type: tekst}}",
    "ødelagt": "felter: {titel: {type: daato}}",
}


@pytest.fixture
def other(workshop):
    for name, text in KINDS.items():
        workshop.write({"felter.yaml": text}, name=name)

    load = partial(load_kind, folders=[workshop.folder])

    def told(text: str, asked: str = "udvalg") -> str | None:
        found = other_kind(workshop.tree(text), load(asked), [workshop.folder], load)
        return found.name if found else None

    return told


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("titel: x\ndag: y\nsted: z\nx: æ", "møde"),
        ("dato: y\nsted: z\nandet: æ", "møde"),
        ("titel: x\nformål: y\ndato: z\nsted: æ", None),
        ("titel: x\nfromål: y\nmedlmmer: z", None),
        ("a: x\nb: y\nc: z\ndato: æ", None),
        ("titel: x", None),
        ("- titel", None),
        ("{}", None),
    ],
)
def test_an_input_of_another_kind_is_seen(other, text: str, meant: str | None):
    assert other(text) == meant


def test_an_input_of_its_own_kind_is_left_alone(other):
    assert other("titel: x\ndag: y\nsted: z", asked="møde") is None


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("# yaml-language-server: $schema=udvalg.schema.json", "udvalg"),
        ("# yaml-language-server: $schema=./skemaer/møde.schema.json", "møde"),
        ("# yaml-language-server: $schema=andet.schema.json", None),
        ("# udvalg", None),
    ],
)
def test_the_schema_in_the_first_line_tells_the_kind(other, workshop, line: str, meant: str | None):
    tree = workshop.tree(f"{line}\ntitel:\n")
    load = partial(load_kind, folders=[workshop.folder])
    if meant is None:
        with pytest.raises(DocgenError) as caught:
            recognise("input.yaml", tree, [workshop.folder], load)
        told = ["DG341", "DG907"]  # the kind with a fault may be the one
        assert [one.code for one in caught.value.diagnostics] == told
    else:
        assert recognise("input.yaml", tree, [workshop.folder], load) == meant
