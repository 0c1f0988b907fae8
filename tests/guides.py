"""What the guides in docs/ show of docgen: commands, and what is said to them."""

from __future__ import annotations

import re
import shlex

import pytest

from docgen.cli.app import main

TODAY = "22.11.2026"
_UNDATED = ("skema", "skabelon", "udfyld", "ny")


def conversations(text: str) -> list[tuple[str, str]]:
    """The commands that a guide or a part of one shows, each with what docgen says."""
    return re.findall(r"```console\n\$ docgen (.*)\n((?s:.*?))```", text)


def said(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What docgen says to a command on the day of the guides, in one process."""
    arguments = shlex.split(command)
    if arguments[0] not in _UNDATED:
        arguments += ["--dato", TODAY]
    if arguments[0] == "flet":
        arguments += ["--processer", "1"]
    capsys.readouterr()
    main(arguments)
    told = capsys.readouterr()
    return (told.out + told.err).replace("\u00a0", " ")


def assert_shown(answer: str, told: str) -> None:
    """Holds what a guide shows against what was said; a line of `…` stands for any lines."""
    parts = answer.split("…\n")
    assert told.startswith(parts[0])
    at = 0
    for part in parts:
        at = told.find(part, at)
        assert at >= 0, f"{part}\nis not said, or not there:\n{told}"
        at += len(part)
    assert at == len(told) or answer.endswith("…\n"), told
