"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from docgen.catalog import LANGUAGES
from docgen.diagnostics import DocgenError, FilePlace, error

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def language() -> Decorator:
    """The option `--sprog`; docgen.cli.app has read its value before the arguments were parsed."""
    return click.option(
        "--sprog", metavar="da|en", expose_value=False, callback=_language, help="beskeder på dansk eller engelsk"
    )


def folders() -> Decorator:
    """The option `--skabeloner`: a folder of kinds that goes before ./templates and the box; read like `--sprog`."""
    told = "mappe med jeres egne dokumenttyper"
    return click.option("--skabeloner", metavar="MAPPE", expose_value=False, callback=_folder, help=told)


def today() -> Decorator:
    """The option `--dato`: the day on which the run takes place, so that it can be repeated."""
    return click.option("--dato", metavar="DATO", callback=_day, help="brug en anden dato end dags dato")


def as_json() -> Decorator:
    """The option `--json`: one machine-readable object on stdout; read like `--sprog`."""
    return click.option("--json", "as_json", is_flag=True, expose_value=False, help="svar med ét JSON-objekt")


def _language(_context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value is not None and value not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise DocgenError([error("DG904", None, navn="--sprog", værdi=value, kendte=known)], exit_code=2)


def _folder(_context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value is not None and not Path(value).is_dir():
        raise DocgenError([error("DG911", FilePlace(value), fil=value)], exit_code=2)


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    from docgen.danish.parsing import parse_date

    found = parse_date(value)
    if found is None:
        raise DocgenError([error("DG910", None, værdi=value)], exit_code=2)
    return found
