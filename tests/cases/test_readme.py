"""The one-minute tour of README.md, taken literally."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen.cli.app import main

ROOT = Path(__file__).parent.parent.parent


def blocks() -> list[str]:
    tour = (ROOT / "README.md").read_text(encoding="utf-8").split("## One minute", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"```\w*\n(.*?)```", tour, re.DOTALL)


def test_the_tour_shows_what_one_sees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    source, made, faults = blocks()
    path = Path("udvalg.yaml")
    path.write_text(source, encoding="utf-8")

    assert main(["kommissorium", "udvalg.yaml"]) == 0
    told = capsys.readouterr().err.replace(f"{ROOT.as_posix()}/", "")
    assert made.split("\n\n")[0] == f"$ docgen kommissorium udvalg.yaml\n{told.rstrip()}"

    assert main(["kommissorium", "udvalg.yaml", "--format", "txt", "-o", "-"]) == 0
    text = capsys.readouterr().out
    shown = made.split("-o -\n", 1)[1]
    for part in shown.split("…\n"):
        assert part in text

    path.write_text(source.replace("22. november", "31. november").replace("formand}", "formnad}"), encoding="utf-8")
    assert main(["kommissorium", "udvalg.yaml"]) == 1
    assert faults == f"$ docgen kommissorium udvalg.yaml\n{capsys.readouterr().err}"
