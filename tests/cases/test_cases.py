"""Each *.case file is what a person did and saw: files, a command, and exactly what came back.

A case has sections that begin with `=== `: `fil: NAVN` (a file of the case; `fil: NAVN @cp1252` in another encoding),
`kommando`, `exit N`, `stderr`, `stdout`, and `transskription: NAVN` (the text of a Word file that came out). With
DOCGEN_UPDATE=1 in the environment the expected parts are written anew, to be read in the diff.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from docgen.cli.app import main
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_text

ROOT = Path(__file__).parent.parent.parent
CASES = sorted(Path(__file__).parent.glob("*.case"))
EXPECTED = ("exit", "stderr", "stdout", "transskription")


def sections(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The opening words of a case, and its sections as (heading, body)."""
    opening, *rest = text.split("\n=== ")
    return opening, [(head, body) for head, _, body in (one.partition("\n") for one in rest)]


def outcome(parts: list[tuple[str, str]], capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    """Run the command of a case in the present folder and tell what came back, as sections."""
    (command,) = (body for head, body in parts if head == "kommando")
    for head, body in parts:
        kind, _, name = head.partition(": ")
        if kind == "fil":
            name, _, encoding = name.partition(" @")
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes((body.rstrip("\n") + "\n").encode(encoding or "utf-8"))
    exit_code = 0
    capsys.readouterr()
    for line in command.strip().splitlines():
        program, *arguments = shlex.split(line)
        assert program == "docgen"
        exit_code = max(exit_code, main(arguments))
    told = capsys.readouterr()
    found = [(f"exit {exit_code}", "")]
    if told.err:
        found.append(("stderr", told.err))
    if told.out:
        found.append(("stdout", told.out))
    for head, _ in parts:
        kind, _, name = head.partition(": ")
        if kind == "transskription":
            found.append((head, to_text(read_document(Path(name)), with_frame=True)))
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    opening, parts = sections(case.read_text(encoding="utf-8"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DOCGEN_SPROG", raising=False)
    found = outcome(parts, capsys)
    found = [(head, body.replace(ROOT.as_posix(), "…")) for head, body in found]
    if os.environ.get("DOCGEN_UPDATE"):
        given = [(head, body) for head, body in parts if not head.startswith(EXPECTED)]
        text = "\n=== ".join([opening, *(f"{head}\n{body.rstrip()}".rstrip() for head, body in [*given, *found])])
        case.write_text(text + "\n", encoding="utf-8")
        return
    expected = [(head, body.rstrip()) for head, body in parts if head.startswith(EXPECTED)]
    assert [(head, body.rstrip()) for head, body in found] == expected
