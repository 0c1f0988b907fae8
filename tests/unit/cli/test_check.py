"""`docgen tjek`: each file is checked as what it is, by its folder or its keys, and clauses without a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.cli.app import main

FIELDS = """
type: {titel: Låneaftale, nummerering: tal}
felter:
  låner: {type: tekst}
  pris: {type: beløb}
  lokaler: {type: liste, felter: {navn: {type: tekst}}}
afsnit:
  parter: {}
  betaling: {}
"""
GOOD = "---\noverskrift: Parter\n---\nLåner er {{ låner }}{% for l in lokaler %}, {{ l.navn }}{% endfor %}.\n"
BAD = (
    "---\noverskrift: Betaling\n---\n"
    "{{ lånner }} betaler {{ pris } efter {{ henvis('parter') }}.\n\n"
    "Se {{ henvis('parten') }} og {{ nummer('bilag') }}.\n"
)


@pytest.fixture
def kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `typer` with one kind of two clauses, and the working folder above it."""
    monkeypatch.chdir(tmp_path)
    folder = Path("typer/laaneaftale")
    (folder / "klausuler").mkdir(parents=True)
    (folder / "profiler").mkdir()
    (folder / "felter.yaml").write_text(FIELDS, encoding="utf-8")
    (folder / "klausuler/parter.md").write_text(GOOD, encoding="utf-8")
    (folder / "klausuler/betaling.md").write_text(BAD, encoding="utf-8")
    (folder / "profiler/aaen.yaml").write_text("standard: {låner: Åens Venner}\n", encoding="utf-8")
    return folder


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The first two lines of each finding."""
    main(["tjek", *arguments, "--skabeloner", "typer"])
    lines = capsys.readouterr().err.splitlines()
    return [" ".join((one, lines[at + 1].strip())) for at, one in enumerate(lines) if one.startswith("fejl DG")]


def mended(kind: Path) -> None:
    path = kind / "klausuler/betaling.md"
    path.write_text(path.read_text("utf-8").replace("{{ pris }", "{{ pris }}"), encoding="utf-8")


@pytest.mark.parametrize("file", ["felter.yaml", "klausuler/betaling.md"])
def test_the_text_of_a_clause_is_read_with_its_kind(kind: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    place = "typer/laaneaftale/klausuler/betaling.md"
    assert told(capsys, str(kind / file)) == [f"fejl DG420: koden mangler sin slutning }}}} {place}:4:22"]
    mended(kind)
    assert told(capsys, str(kind / file)) == [
        f'fejl DG451: "lånner" findes ikke {place}:4:1',
        f"fejl DG453: {{{{ henvis('parten') }}}} kan ikke skrives: "
        f'der er intet afsnit, der hedder "parten"; mente du "parter"? {place}:6:4',
        f"fejl DG453: {{{{ nummer('bilag') }}}} kan ikke skrives: "
        f'der er intet afsnit, der hedder "bilag"; vælg mellem parter, betaling {place}:6:30',
    ]


def test_a_clause_is_read_also_where_the_kind_has_faults(kind: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (kind / "felter.yaml").write_text(FIELDS.replace("beløb", "beløp"), encoding="utf-8")
    found = told(capsys, str(kind / "felter.yaml"))
    assert [one.split(":")[0] for one in found] == ["fejl DG341", "fejl DG420"]


def test_an_input_is_checked_with_the_clauses_of_its_kind(kind: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("aftale.yaml").write_text("låner: Åse\npris: 5\n", encoding="utf-8")
    found = told(capsys, "aftale.yaml", "--type", "laaneaftale")
    assert [one.split(":")[0] for one in found] == ["fejl DG420"]


@pytest.mark.parametrize("where", [".", "typer/laaneaftale", "typer/laaneaftale/klausuler"])
def test_a_clause_or_a_profile_is_known_by_its_folder(
    kind: Path, where: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [kind.absolute() / "klausuler/parter.md", kind.absolute() / "profiler/aaen.yaml"]
    monkeypatch.chdir(where)
    for path in files:
        inside = path.is_relative_to(Path.cwd())
        assert main(["tjek", str(path.relative_to(Path.cwd()) if inside else path)]) == 0
        assert capsys.readouterr().err.endswith("ingen fejl\n")


def test_a_fault_in_a_profile_is_its_own(kind: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mended(kind)
    (kind / "profiler/aaen.yaml").write_text("standard: {lånner: x}\n", encoding="utf-8")
    [found] = told(capsys, str(kind / "profiler/aaen.yaml"))
    assert found.startswith("fejl DG365:")
    assert [one.split(":")[0] for one in told(capsys, str(kind / "klausuler/parter.md"))] == ["fejl DG365"]


def test_an_own_profile_for_a_kind_that_lies_elsewhere(kind: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mended(kind)
    (kind / "klausuler/betaling.md").unlink()
    own = Path("vores/laaneaftale/profiler")
    own.mkdir(parents=True)
    (own / "by.yaml").write_text("standard: {pris: fem}\n", encoding="utf-8")
    [found] = told(capsys, str(own / "by.yaml"))
    assert "vores/laaneaftale/profiler/by.yaml:1:18" in found


def test_an_input_in_a_folder_of_such_a_name_is_an_input(kind: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mended(kind)
    (kind / "klausuler/betaling.md").unlink()
    (kind / "felter.yaml").write_text(FIELDS.replace("  betaling: {}\n", ""), encoding="utf-8")
    Path("profiler").mkdir()
    Path("profiler/x.yaml").write_text("låner: Åse\n", encoding="utf-8")
    assert main(["tjek", "profiler/x.yaml", "--type", "laaneaftale", "--skabeloner", "typer"]) == 0


def test_a_design_is_known_by_its_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "vores.yaml"
    path.write_text('organisation: Åby Kommune\nfarver: {primær: "#1F5F4A"}\n', encoding="utf-8")
    assert main(["tjek", str(path)]) == 0
    path.write_text("farver: {primær: rød}\nlgo: x\nsidefod: Åby\n", encoding="utf-8")
    assert main(["tjek", str(path)]) == 1
    assert [line[:10] for line in capsys.readouterr().err.splitlines() if line.startswith("fejl")] == [
        "fejl DG483",
        "fejl DG480",
    ]
