"""Finding kinds in folders: names, aliases, and a local folder that overrides file by file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.kinds.kind import find_kind, find_kinds, load_kind, summarize

HEAD = """
    # En forklaring først
    type:
      titel: Mødeplan & dagsorden

      # alias er andre navne
      alias: [plan, mødeplan]
      beskrivelse: Planen for årets møder
      version: "2.0"
    felter:
      navn: {type: tekst}
"""


@pytest.fixture
def folders(workshop, tmp_path):
    own, boxed = tmp_path / "egne", tmp_path / "æske"
    replace(workshop, folder=boxed).write(
        {"felter.yaml": HEAD, "skabelon.docx": "boxed", "klausuler/1.md": "---\nid: a\n---\nÆske\n"}
    )
    replace(workshop, folder=boxed).write({"felter.yaml": "felter: {a: {type: tekst}}"}, "anden")
    replace(workshop, folder=own).write(
        {"skabelon.docx": "own", "klausuler/1.md": "---\nid: a\n---\nEgen\n", "klausuler/2.md": "---\nid: b\n---\nNy\n"}
    )
    replace(workshop, folder=own).write({"design.docx": "own"}, "design")
    return [own, boxed]


def test_a_kind_is_a_folder_with_a_definition(folders):
    assert list(find_kinds(folders)) == ["anden", "prøve"]
    assert find_kinds([folders[0] / "findes ikke"]) == {}


def test_the_first_folder_that_has_a_file_wins(folders):
    files = find_kind("prøve", folders)
    assert files.path("skabelon.docx") == folders[0] / "prøve" / "skabelon.docx"
    assert files.path("felter.yaml") == folders[1] / "prøve" / "felter.yaml"
    assert files.path("regler.yaml") is None
    assert [clause.tekst for clause in load_kind("prøve", folders).clauses.values()] == ["Egen", "Ny"]


def test_a_summary_reads_the_head_of_the_definition_only(folders):
    (folders[1] / "prøve" / "felter.yaml").write_text(
        (folders[1] / "prøve" / "felter.yaml").read_text(encoding="utf-8") + "  : [", encoding="utf-8"
    )
    summary = summarize(find_kinds(folders)["prøve"])
    assert (summary.title, summary.version) == ("Mødeplan & dagsorden", "2.0")
    assert (summary.aliases, summary.description) == (("plan", "mødeplan"), "Planen for årets møder")
    assert summary.folder == folders[1] / "prøve"
    assert summarize(find_kinds(folders)["anden"]).title == "anden"


def test_a_kind_is_found_by_its_alias(folders):
    assert load_kind("mødeplan", folders).name == "prøve"


@pytest.mark.parametrize("name", ["prøven", "../æske/prøve", "design", ".", ""])
def test_an_unknown_kind_is_wrong_use(folders, name: str):
    with pytest.raises(DocgenError) as caught:
        find_kind(name, folders)
    assert caught.value.exit_code == 2
    assert [one.code for one in caught.value.diagnostics] == ["DG901"]


def test_a_misspelt_kind_is_suggested(workshop, folders):
    with pytest.raises(DocgenError) as caught:
        find_kind("moedeplan!", folders)
    assert workshop.said(caught.value.diagnostics).endswith('mente du "mødeplan"?')


def test_two_kinds_with_one_alias_are_told_apart(workshop, folders):
    replace(workshop, folder=folders[1]).write(
        {"felter.yaml": "type: {alias: plan}\nfelter: {a: {type: tekst}}"}, "tredje"
    )
    with pytest.raises(DocgenError) as caught:
        find_kind("plan", folders)
    assert workshop.said(caught.value.diagnostics) == (
        'fejl DG309: flere dokumenttyper kalder sig "plan": prøve, tredje\n'
        "  hjælp: brug typens eget navn, eller ret alias i en af dem"
    )


def test_every_fault_in_every_file_is_told_in_one_run(workshop):
    workshop.write(
        {
            "felter.yaml": "felter:\n  a: {type: dato, standard: i går}\n  b: {type: tekst, når: c}\n",
            "regler.yaml": "- {kode: r, krav: d, alvor: fejl, besked: x, grundlag: regning}",
            "klausuler/a.md": "ingen indledning",
            "profiler/p.yaml": "standard: {a: i morgen}",
        }
    )
    with pytest.raises(DocgenError) as caught:
        load_kind("prøve", [workshop.folder])
    assert {one.code for one in caught.value.diagnostics} == {"DG361", "DG204", "DG328"}
    assert len(caught.value.diagnostics) == 5
    assert caught.value.exit_code == 1


def test_a_definition_that_is_no_yaml_is_told_with_its_place(workshop):
    workshop.write({"felter.yaml": "felter:\n  a: [\n"})
    with pytest.raises(DocgenError) as caught:
        load_kind("prøve", [workshop.folder])
    assert all(one.code.startswith("DG1") for one in caught.value.diagnostics)


def test_a_clause_that_is_no_utf8_is_told(workshop):
    workshop.write({"felter.yaml": "felter: {a: {type: tekst}}"})
    path = workshop.folder / "prøve" / "klausuler" / "a.md"
    path.parent.mkdir()
    path.write_bytes("---\nid: a\n---\nÅben".encode("cp1252"))
    with pytest.raises(DocgenError) as caught:
        load_kind("prøve", [workshop.folder])
    assert [one.code for one in caught.value.diagnostics] == ["DG112"]


def test_a_clause_that_nobody_may_read_is_told(workshop, monkeypatch):
    workshop.write({"felter.yaml": "felter: {a: {type: tekst}}", "klausuler/a.md": "---\n---\nx\n"})
    read_bytes = Path.read_bytes

    def locked(path: Path) -> bytes:
        if path.suffix == ".md":
            raise PermissionError
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(DocgenError) as caught:
        load_kind("prøve", [workshop.folder])
    assert workshop.said(caught.value.diagnostics) == (
        "fejl DG360: bestemmelsen a.md kan ikke læses\n  klausuler/a.md\n  hjælp: se efter, om du har adgang til filen"
    )


def test_a_clause_may_have_nothing_in_its_front_matter(workshop):
    workshop.write({"felter.yaml": "felter: {a: {type: tekst}}", "klausuler/ansvar.md": "---\n\n---\nTekst\n"})
    clause = load_kind("prøve", [workshop.folder]).clauses["ansvar"]
    assert (clause.overskrift, clause.tekst, clause.first_line) == ("Ansvar", "Tekst", 4)
