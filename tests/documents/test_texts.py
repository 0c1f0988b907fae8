"""The text files of the kinds: each mail that an example gives, held in tests/documents/texts/.

With DOCGEN_UPDATE=1 the files are written anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from docgen.cli.app import main
from docgen.formats import check_text_file, file_name, text_paths
from docgen.kinds.folders import find_kinds
from docgen.pipeline import Request, as_format
from tests.documents.test_examples import EXAMPLES, ROOT, TODAY, made

HERE = Path(__file__).parent / "texts"
BOX = ROOT / "templates"
KINDS = find_kinds([BOX])
MAILS = [(path, edition, name) for path, edition in EXAMPLES for name in text_paths(KINDS[path.parent.name])]
NAMES = [f"{path.parent.name}-{path.stem}{f'-{edition}' if edition else ''}-{name}" for path, edition, name in MAILS]
FILES = [path for files in KINDS.values() for path in text_paths(files).values()]


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize(("path", "edition", "name"), MAILS, ids=NAMES)
def test_mail(path: Path, edition: str | None, name: str) -> None:
    text = as_format(made(path, edition), name).decode()
    golden = HERE / path.parent.name / file_name(f"{path.stem}{f' - {edition}' if edition else ''}", name)
    if os.environ.get("DOCGEN_UPDATE"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("path", "edition", "name"), MAILS, ids=NAMES)
def test_a_mail_can_be_sent_as_it_is(path: Path, edition: str | None, name: str) -> None:
    text = as_format(made(path, edition), name).decode()
    assert re.match(r"Emne: \S", text)
    assert not re.search(r"\{\{|\{%|None|\[\]|\*\*|<|\d{4}-\d{2}-\d{2}|\bTrue\b|\bFalse\b| $", text, re.MULTILINE)
    assert "\n\n\n" not in text
    assert not re.search(r"^[\d.a-z]*[.:]$", text, re.MULTILINE), "a line of a number alone"
    assert not re.search(r"[^\S\n]{2,}\S", re.sub(r"^ +", "", text, flags=re.MULTILINE)), (
        "a hole where a value is empty"
    )
    assert not re.search(r" [,.:;)]|\( |\.\.(?!\.)", text), "a sign stands alone where a value is empty"


def test_no_golden_is_left_behind() -> None:
    known = {
        HERE / path.parent.name / file_name(f"{path.stem}{f' - {edition}' if edition else ''}", name)
        for path, edition, name in MAILS
    }
    assert set(HERE.glob("*/*.txt")) == known


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_every_text_file_is_sound_and_described(path: Path) -> None:
    assert check_text_file(Request("", path, TODAY, [BOX])) == ()
    first = path.read_text(encoding="utf-8").split("\n")[0]
    assert re.fullmatch(r"\{# .+ #\}", first)


# --- the command


INPUT = "inputs/kommissorium/implementeringspartnerskab.yaml"


def test_texts_are_formats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kommissorium", INPUT, "--format", "docx,html,udsendelse", "-o", f"{tmp_path}/"]) == 0
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".html", ".txt"]
    (mail,) = tmp_path.glob("*.txt")
    assert mail.name.endswith(" - udsendelse.txt")
    assert mail.read_text(encoding="utf-8").startswith("Emne: Kommissorium")


def test_a_text_goes_to_a_file_or_stdout(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["kommissorium", INPUT, "--format", "udsendelse", "-o", str(tmp_path / "mail.txt")]) == 0
    assert main(["kommissorium", INPUT, "--format", "udsendelse", "-o", "-"]) == 0
    assert capsysbinary.readouterr().out.decode() == (tmp_path / "mail.txt").read_text(encoding="utf-8")
    assert main(["kommissorium", INPUT, "--format", "udsendelse", "-o", str(tmp_path / "mail.docx")]) == 2


def test_unknown_formats_and_help_tell_of_texts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dagsorden", INPUT, "--format", "brev"]) == 2
    assert "docx, html, md, txt, xlsx, indkaldelse, udsendelse_referat" in capsys.readouterr().err
    assert main(["dagsorden", "--help"]) == 0
    assert re.search(r"indkaldelse +Indkaldelse til mødet", capsys.readouterr().out)


def test_a_faulty_text_file_is_told_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = tmp_path / "kommissorium" / "tekster"
    texts.mkdir(parents=True)
    (texts / "brev.txt.j2").write_text("Emne: {{ titl }}\n{{ medlemmer[0].nav }} {{ vrøvl }}\n", encoding="utf-8")
    assert main(["kommissorium", INPUT, "--skabeloner", str(tmp_path), "--format", "brev", "-o", f"{tmp_path}/"]) == 1
    told = capsys.readouterr().err
    assert "brev.txt.j2:1:7" in told
    assert 'mente du "titel"?' in told
    assert '"vrøvl" findes ikke' in told
    assert list(tmp_path.glob("*.txt")) == []
    assert main(["tjek", str(texts / "brev.txt.j2"), "--skabeloner", str(tmp_path)]) == 1
    assert "brev.txt.j2:1:7" in capsys.readouterr().err
    (texts / "brev.txt.j2").write_text("{% if %}", encoding="utf-8")
    assert main(["kommissorium", "--help", "--skabeloner", str(tmp_path)]) == 0
    assert main(["tjek", "templates/dagsorden/tekster/indkaldelse.txt.j2", "templates/design/side.html.j2"]) == 0


def test_an_organisation_overrides_a_text_and_the_page(tmp_path: Path) -> None:
    texts = tmp_path / "kommissorium" / "tekster"
    texts.mkdir(parents=True)
    (tmp_path / "design").mkdir()
    (texts / "udsendelse.txt.j2").write_text("Emne: vores\n", encoding="utf-8")
    (tmp_path / "design" / "side.html.j2").write_text("<p>vores</p>", encoding="utf-8")
    out = tmp_path / "ud"
    given = ["kommissorium", INPUT, "--skabeloner", str(tmp_path), "--format", "udsendelse,html", "-o", f"{out}/"]
    assert main(given) == 0
    assert {path.suffix: path.read_text(encoding="utf-8") for path in out.iterdir()} == {
        ".txt": "Emne: vores\n",
        ".html": "<p>vores</p>",
    }
