"""`docgen tjek FIL…`: every fault in inputs and templates, none mended."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cache import user_folder
from docgen.cli import options
from docgen.cli.command import Command, settings
from docgen.cli.report import Report
from docgen.diagnostics import Diagnostic, DocgenError, error, has_errors

if TYPE_CHECKING:
    from docgen.pipeline import Request

_DESIGN = "design.yaml"
_WORD = (".docx", ".dotx", ".docm", ".dotm", ".doc")


@click.command(
    "tjek",
    cls=Command,
    options_metavar="[TILVALG]",
    help="Find alle fejl i input og skabeloner. Intet bliver rettet eller skrevet.",
)
@click.argument("files", nargs=-1, metavar="FIL…")
@click.option("--type", "kind", metavar="TYPE", help="dokumenttypen; ellers ser docgen på mappe og indhold")
@click.option("--udgave", "edition", metavar="NAVN", help="den udgave, reglerne skal gælde for")
@click.option("--profil", "profile", metavar="NAVN", help="den profil, inputtet skal følge")
@click.option("--streng", "strict", is_flag=True, help="advarsler tæller som fejl")
@options.today()
@options.folders()
@options.language()
@options.as_json()
def command(
    files: tuple[str, ...],
    kind: str | None,
    edition: str | None,
    profile: str | None,
    strict: bool,
    dato: date | None,
) -> int:
    """Check each file; the exit code is 1 when something is wrong, 2 when a file cannot be read."""
    from docgen.pipeline import Request

    if not files:
        raise DocgenError([error("DG903", None, navn="FIL")], exit_code=2)
    report = Report(language=settings().language, as_json=settings().as_json)
    worst = 0
    for file in files:
        request = Request(
            kind=kind or "",
            source=file,
            folders=settings().folders,
            today=dato or date.today(),
            edition=edition,
            profile=profile,
            cache=user_folder(),
            stdin=sys.stdin.buffer if file == "-" else None,
        )
        try:
            found = _findings(file, request)
            report.show(found)
            report.results.append({"file": file, "ok": not has_errors(found)})
            if not found:
                report.say("{fil}: ingen fejl", fil=file)
        except DocgenError as fault:
            report.show(fault.diagnostics)
            worst = max(worst, fault.exit_code)
    report.close()
    return max(worst, int(report.failed or (strict and report.has_warnings)))


def _findings(file: str, request: Request) -> tuple[Diagnostic, ...]:
    """What is to be said of a file, by what it is: a template, a text, a design, a kind's own file or an input."""
    from docgen.design_reader import is_design_file
    from docgen.formats import PAGE_SUFFIX, TEXT_SUFFIX, check_text_file
    from docgen.kind_check import check_clauses, check_kind, is_kind_file
    from docgen.pipeline import check, check_design, check_template

    path = Path(file)
    if path.suffix.lower() in _WORD:
        return check_template(request)
    if file.lower().endswith((TEXT_SUFFIX, PAGE_SUFFIX)):
        return check_text_file(request)
    if path.name == _DESIGN:
        return check_design(path)
    if is_kind_file(path, request.folders):
        return check_kind(path, request.folders)
    if not request.kind and path.is_file() and is_design_file(path):
        return check_design(path)
    checked = check(request)
    return checked.diagnostics if checked.context is None else (*checked.diagnostics, *check_clauses(checked.kind))
