"""The profile of a run: asked for, or named by the input itself."""

from __future__ import annotations

import pytest

from docgen.kinds.schema import json_schema
from docgen.kinds.skeleton import skeleton

FIELDS = "felter: {titel: {type: tekst}, sted: {type: tekst}, hvem: {type: tekst, beregn: profil}}"
PROFILES = {
    "profiler/odense.yaml": "beskrivelse: Odense Kommune\nstandard: {sted: Rådhuset}\n",
    "profiler/aeroe.yaml": "beskrivelse: Ærø Kommune\nstandard: {sted: Ærøskøbing}\n",
}


@pytest.mark.parametrize(
    ("text", "asked", "place"),
    [
        ("titel: x", None, (None, "")),
        ("titel: x\nprofil: odense", None, ("Rådhuset", "odense")),
        ("titel: x\nprofil: odense", "aeroe", ("Ærøskøbing", "aeroe")),
        ("titel: x\nprofil:", "aeroe", ("Ærøskøbing", "aeroe")),
        ("titel: x\nprofil: odense\nsted: Torvet", None, ("Torvet", "odense")),
    ],
)
def test_an_input_may_name_its_profile_and_the_run_wins(workshop, text, asked, place):
    found = workshop.values(workshop.kind(FIELDS, PROFILES), text, profile=asked)
    assert (found["sted"], found["hvem"] or "") == place
    assert "profil" not in found


def test_a_profile_that_is_not_there_is_told_where_it_is_written(workshop):
    kind = workshop.kind(FIELDS, PROFILES)
    assert workshop.said(workshop.held(kind, "titel: x\nprofil: oddense\n").diagnostics) == (
        'fejl DG307: der er ingen profil, der hedder "oddense"\n'
        "  input.yaml:2:9\n"
        "    |\n"
        "  2 | profil: oddense\n"
        "    |         ^^^^^^^\n"
        '  hjælp: mente du "odense"? vælg mellem aeroe, odense'
    )
    assert [one.code for one in workshop.held(kind, "titel: x\nprofil: [odense]\n").diagnostics] == ["DG245"]


def test_a_kind_without_profiles_says_so(workshop):
    told = workshop.said(workshop.held(workshop.kind(FIELDS), "profil: odense").diagnostics)
    assert told.endswith("hjælp: dokumenttypen har ingen profiler")


def test_the_schema_and_the_skeleton_tell_of_the_profiles(workshop):
    kind = workshop.kind(FIELDS, PROFILES)
    assert json_schema(kind)["properties"]["profil"]["enum"] == ["aeroe", "odense", None]
    assert (
        "# Profil: jeres egne standarder. Vælg mellem:\n"
        "#   aeroe: Ærø Kommune\n"
        "#   odense: Odense Kommune\n"
        "#profil: aeroe\n"
    ) in skeleton(kind, schema_path="x.json")


def test_a_reference_may_have_the_name_of_its_list(workshop):
    kind = workshop.kind(
        """
        typer:
          mål: {id: {type: tekst, nøgle: ja}, navn: {type: tekst}}
          aktivitet: {navn: {type: tekst}, mål: {type: henvisning, til: mål}}
        felter:
          mål: {type: liste, af: mål}
          aktiviteter: {type: liste, af: aktivitet}
        """
    )
    found = workshop.values(kind, "mål: [{id: M1, navn: Ro}]\naktiviteter: [{navn: a, mål: M1}]")
    assert found["aktiviteter"][0]["mål"]["navn"] == "Ro"
