"""The options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from docgen.catalog import LANGUAGES
from docgen.diagnostics import DocgenError, FilePlace, error


class Day(click.ParamType):
    """A date written as 2026-01-31."""

    name = "dato"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ARG002
        """The date, or DocgenError DG910."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            raise DocgenError([error("DG910", None, værdi=value)], exit_code=2) from None


class Language(click.ParamType):
    """A language that docgen's messages are written in."""

    name = "sprog"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The language, or DocgenError DG904."""
        if value not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            raise DocgenError([error("DG904", None, navn="--sprog", værdi=value, kendte=known)], exit_code=2)
        return str(value)


class Folder(click.ParamType):
    """A folder that exists."""

    name = "mappe"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ARG002
        """The path of the folder, or DocgenError DG911."""
        if not Path(value).is_dir():
            raise DocgenError([error("DG911", FilePlace(str(value)), fil=value)], exit_code=2)
        return Path(value)


def language() -> Any:
    """The option `--sprog`; docgen.cli.app has read its value before the arguments were parsed."""
    return click.option(
        "--sprog", type=Language(), metavar="da|en", expose_value=False, help="beskeder på dansk eller engelsk"
    )


def folders() -> Any:
    """The option `--skabeloner`: a folder of kinds that goes before ./templates and the box; read like `--sprog`."""
    return click.option(
        "--skabeloner", type=Folder(), metavar="MAPPE", expose_value=False, help="mappe med jeres egne dokumenttyper"
    )


def today() -> Any:
    """The option `--dato`: the day on which the run takes place, so that it can be repeated."""
    return click.option("--dato", type=Day(), metavar="DATO", help="regn med en anden dato end dags dato")


def as_json() -> Any:
    """The option `--json`: one machine-readable object on stdout."""
    return click.option("--json", "as_json", is_flag=True, help="svar med ét JSON-objekt")
