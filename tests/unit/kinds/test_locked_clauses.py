"""A locked clause says with its `aftryk` which text was approved; a text that was changed since is told."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.kinds import clause_reader
from docgen.kinds.attributes import Faults
from docgen.kinds.clause_reader import fingerprint, read_clauses
from docgen.kinds.kind import load_kind
from tests.unit.kinds.conftest import NAME, Workshop

TEMPLATES = Path(__file__).parent.parent.parent.parent / "templates"
FIELDS = "felter:\n  navn: {type: tekst, etiket: Navn}\n"
TEXT = 'Aftalen gælder for {{ navn }}, og "Parterne" er bundet.'
CLAUSE = """---
id: varighed
overskrift: Varighed
version: "1.0"
lås: {lock}
aftryk: {print}
---
{text}
"""


def clause(text: str = TEXT, right: str | None = None, lock: str = "L", version: str = "1.0") -> str:
    made = CLAUSE.format(lock=lock, print=fingerprint(text) if right is None else right, text=text)
    return made.replace('"1.0"', f'"{version}"')


def faults_of(workshop: Workshop, file: str) -> str:
    with pytest.raises(DocgenError) as told:
        workshop.kind(FIELDS, {"klausuler/10-varighed.md": file})
    return workshop.said(told.value.diagnostics)


def test_the_print_is_the_first_twelve_digits_of_sha_256() -> None:
    assert fingerprint("a b") == sha256(b"a b").hexdigest()[:12]


@pytest.mark.parametrize("lock", ["L", "F", "V"])
def test_a_text_that_matches_its_print_is_taken(workshop: Workshop, lock: str) -> None:
    kind = workshop.kind(FIELDS, {"klausuler/10-varighed.md": clause(lock=lock)})
    assert kind.clauses["varighed"].tekst == TEXT


def test_spaces_line_breaks_and_kinds_of_quotation_marks_do_not_count(workshop: Workshop) -> None:
    other = "Aftalen  gælder for\n{{ navn }}, og »Parterne« er bundet.\n\n"
    kind = workshop.kind(FIELDS, {"klausuler/10-varighed.md": clause(other, fingerprint(TEXT))})
    assert "»Parterne«" in kind.clauses["varighed"].tekst


@pytest.mark.parametrize("changed", [TEXT.replace("gælder", "gælder ikke"), TEXT.replace(",", ""), TEXT.lower()])
def test_a_changed_text_is_told_with_the_right_print(workshop: Workshop, changed: str) -> None:
    right, written = fingerprint(changed), fingerprint(TEXT)
    said = faults_of(workshop, clause(changed, written))
    assert said.startswith(f"fejl DG364: den låste tekst i 10-varighed.md er ændret: dens aftryk er {right}")
    assert f"klausuler/10-varighed.md:6:9\n    |\n  6 | aftryk: {written}" in said
    assert f"giv bestemmelsen en ny version, og skriv aftryk: {right}" in said


def test_a_clause_without_a_print_is_not_checked(workshop: Workshop) -> None:
    file = clause().replace(f"aftryk: {fingerprint(TEXT)}\n", "")
    assert workshop.kind(FIELDS, {"klausuler/10-varighed.md": file}).clauses["varighed"].lock == "L"


class TestOwnFolder:
    """An organisation's own clause in the place of one in the box."""

    @pytest.fixture(autouse=True)
    def _box(self, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
        box = tmp_path_factory.mktemp("box")
        folder = box / NAME / "klausuler"
        folder.mkdir(parents=True)
        (folder / "24-varighed.md").write_text(clause(), encoding="utf-8")
        monkeypatch.setattr(clause_reader, "BOX", (box,))
        self.box = box

    @pytest.mark.parametrize("lock", ["L", "O"])
    def test_another_text_under_the_same_version_is_told(self, workshop: Workshop, lock: str) -> None:
        other = TEXT.replace("bundet", "fri")
        said = faults_of(workshop, clause(other, lock=lock))
        assert 'DG369: den låste tekst i 10-varighed.md er ændret: docgens egen "varighed" i version 1.0' in said
        assert f"giv bestemmelsen sin egen version, og skriv aftryk: {fingerprint(other)}" in said

    def test_a_text_that_does_not_match_its_own_print_is_told_once(self, workshop: Workshop) -> None:
        said = faults_of(workshop, clause(TEXT.replace("bundet", "fri"), fingerprint(TEXT)))
        assert said.count("fejl DG364") == 1 and "DG369" not in said

    @pytest.mark.parametrize(
        "own", [clause(TEXT.replace("bundet", "fri"), version="1.0-nyborg"), clause(TEXT.replace('"', "“"))]
    )
    def test_a_version_of_its_own_or_the_same_text_is_taken(self, workshop: Workshop, own: str) -> None:
        assert workshop.kind(FIELDS, {"klausuler/24-varighed.md": own}).clauses["varighed"].lock == "L"

    def test_the_text_of_an_open_clause_is_free(self, workshop: Workshop) -> None:
        path = self.box / NAME / "klausuler" / "24-varighed.md"
        path.write_text(clause(lock="O"), encoding="utf-8")
        assert (
            workshop.kind(FIELDS, {"klausuler/24-varighed.md": clause("Andet.")}).clauses["varighed"].tekst == "Andet."
        )

    def test_the_box_is_not_held_against_itself(self) -> None:
        faults = Faults()
        assert list(read_clauses([self.box / NAME / "klausuler" / "24-varighed.md"], faults)) == ["varighed"]
        assert faults.found == []


def test_every_locked_clause_of_an_agreement_has_a_print() -> None:
    clauses = load_kind("leverandoeraftale", [TEMPLATES]).clauses.values()
    locked = [one for one in clauses if one.lock in ("L", "F", "V")]
    assert len(locked) > 40
    for one in locked:
        assert f"\naftryk: {fingerprint(one.tekst)}\n" in "\n".join(one.source.lines), one.id
