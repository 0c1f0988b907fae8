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
from docgen.cli.delivery import file_option
from docgen.cli.report import Report
from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, error, has_errors
from docgen.masking import mask_cpr

if TYPE_CHECKING:
    from docgen.pipeline import Request

_DESIGN = "design.yaml"
UNREADABLE = 2
"""The exit code of wrong use, and of a file that cannot be read or written."""
_WORD = (".docx", ".dotx", ".docm", ".dotm", ".doc")


@click.command(
    "tjek",
    cls=Command,
    options_metavar="[TILVALG]",
    help="Find alle fejl i input og skabeloner. Intet bliver rettet i filerne selv.",
)
@click.argument("files", nargs=-1, metavar="FIL…")
@click.option("--type", "kind", metavar="TYPE", help="dokumenttypen; ellers ser docgen på mappe og indhold")
@click.option("--udgave", "edition", metavar="NAVN", help="den udgave, reglerne skal gælde for")
@click.option("--profil", "profile", metavar="NAVN", help="den profil, inputtet skal følge")
@click.option("--streng", "strict", is_flag=True, help="advarsler tæller som fejl")
@click.option("--markeret", "marked", metavar="FIL", help="skriv en kopi af Excel- eller Word-filen med fejlene mærket")
@click.option("--overskriv", "overwrite", is_flag=True, help="erstat filer, der findes i forvejen")
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
    marked: str | None,
    overwrite: bool,
    dato: date | None,
) -> int:
    """Check each file; the exit code is 1 when something is wrong, 2 when a file cannot be read."""
    from docgen.pipeline import Request

    if not files:
        raise DocgenError([error("DG903", None, navn="FIL")], exit_code=2)
    copy = _copy(marked, files, overwrite=overwrite)
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
            found = fault.diagnostics
            report.show(found)
            worst = max(worst, fault.exit_code)
        if copy and worst < UNREADABLE:
            worst = max(worst, _write_copy(copy, request, found, report, overwrite=overwrite))
    report.close()
    return max(worst, int(report.failed or (strict and report.has_warnings)))


def _copy(marked: str | None, files: tuple[str, ...], *, overwrite: bool) -> Path | None:
    """The path of the marked copy, where one is asked for. Raises DocgenError where there can be none: DG750-DG754."""
    from docgen.files import check_target
    from docgen.forms.marking.mark import WORD_FILES, WORKBOOKS

    path = file_option(marked, "--markeret")
    if path is None:
        return None
    source = Path(files[0])
    if len(files) > 1:
        raise DocgenError([error("DG752", None)], exit_code=UNREADABLE)
    if source.suffix.lower() not in (*WORKBOOKS, *WORD_FILES):
        raise DocgenError([error("DG750", FilePlace(files[0]), fil=source.name)], exit_code=UNREADABLE)
    if marked == "-":
        raise DocgenError([error("DG751", None)], exit_code=UNREADABLE)
    place = FilePlace(path.as_posix())
    if path.suffix.lower() != source.suffix.lower():
        suffix = source.suffix.lower().removeprefix(".")
        raise DocgenError([error("DG507", place, fil=path.name, format=suffix)], exit_code=UNREADABLE)
    if path.exists() and source.exists() and path.samefile(source):
        raise DocgenError([error("DG753", place, fil=path.as_posix())], exit_code=UNREADABLE)
    if path.is_file() and not overwrite:
        raise DocgenError([error("DG754", place, fil=path.as_posix())], exit_code=UNREADABLE)
    check_target(path, overwrite=overwrite)
    return path


def _write_copy(path: Path, request: Request, found: tuple[Diagnostic, ...], report: Report, *, overwrite: bool) -> int:
    """Write the marked copy of a file and say so; gives the exit code."""
    from docgen.files import write
    from docgen.forms.marking.mark import mark

    try:
        source = Path(request.source)
        data = mark(source.read_bytes(), str(source), found, report.language, request.today)
        write(path, data, overwrite=overwrite)
    except DocgenError as fault:
        report.show(one for one in fault.diagnostics if one not in found)
        return fault.exit_code
    told = report.results.pop() if report.results else {"file": str(source), "ok": False}
    report.results.append({**told, "marked": path.as_posix()})
    if found:
        report.say("skrev {fil}", fil=mask_cpr(path.as_posix()))
    else:
        report.say("skrev {fil} uden mærker: der er ingen fejl", fil=mask_cpr(path.as_posix()))
    return 0


def _findings(file: str, request: Request) -> tuple[Diagnostic, ...]:
    """What is to be said of a file, by what it is: a template, a text, a design, a kind's own file or an input."""
    from docgen.design_reader import is_design_file
    from docgen.formats import PAGE_SUFFIX, TEXT_SUFFIX, check_text_file
    from docgen.forms.word.reader import about_form, of_part
    from docgen.kind_check import check_clauses, check_kind, is_kind_file
    from docgen.pipeline import check, check_design, check_template

    path = Path(file)
    form = about_form(path) if path.suffix.lower() in _WORD else None
    if path.suffix.lower() in _WORD and form is None:
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
    if form is not None and form.part:
        return of_part(checked.diagnostics, form.part)
    return checked.diagnostics if checked.context is None else (*checked.diagnostics, *check_clauses(checked.kind))
