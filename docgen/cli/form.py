"""`docgen skema TYPE -o FIL.xlsx|.docx`: a form to fill in, in Excel or Word, empty or from an existing input."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli import options
from docgen.cli.command import Command, settings
from docgen.cli.delivery import OUTPUTS
from docgen.cli.report import Report
from docgen.diagnostics import DocgenError, FilePlace, error, has_errors

if TYPE_CHECKING:
    from docgen.diagnostics import Diagnostic
    from docgen.inputs import Input
    from docgen.kinds.model import Kind
    from docgen.sources import Node


@click.command(
    "skema",
    cls=Command,
    options_metavar="[TILVALG]",
    help="Skriv et skema til Excel eller Word, klar til at udfylde. Det udfyldte skema bruges som input.",
)
@click.argument("kind", metavar="TYPE")
@click.option(
    "-o",
    "--ud",
    "target",
    metavar="FIL",
    help="den fil, der skal skrives: .xlsx eller .docx; ellers outputs/TYPE - skema",
)
@click.option("--fra", "source", metavar="INPUT", help="udfyld skemaet med et input, der findes i forvejen")
@click.option("--del", "part", metavar="LISTE", default="", help="kun til Word: et skema til elementer i én liste")
@click.option(
    "--felter", "names", metavar="NAVNE", default="", help="kun til Word: felterne i skemaet, med komma imellem"
)
@click.option("--overskriv", "overwrite", is_flag=True, help="erstat filer, der findes i forvejen")
@options.folders()
@options.language()
@options.as_json()
def command(kind: str, target: str | None, source: str | None, part: str, names: str, overwrite: bool) -> int:
    """Write the form of a kind, filled in from `--fra`."""
    from docgen.files import check_target, write
    from docgen.inputs import read_input
    from docgen.kinds.kind import load_kind

    report = Report(language=settings().language, as_json=settings().as_json)
    folders = settings().folders
    loaded = load_kind(kind, folders)
    fields = tuple(name.strip() for name in names.split(",") if name.strip())
    path = Path(target) if target is not None else _target(loaded, part, fields)
    if path.suffix.lower() not in (".xlsx", ".docx"):
        raise DocgenError([error("DG726", FilePlace(path.as_posix()), fil=path.name)], exit_code=2)
    if path.suffix.lower() != ".docx" and (part or fields):
        raise DocgenError([error("DG743", FilePlace(path.as_posix()), fil=path.name)], exit_code=2)
    check_target(path, overwrite=overwrite)
    values = None
    if source is not None:
        stdin = sys.stdin.buffer if source == "-" else None
        given = read_input(source, loaded.name, folders, lambda name: load_kind(name, folders), stdin)
        values, told = _with_rows(given, source, folders)
        if has_errors(told):
            raise DocgenError(told)
        report.show(told)
    if path.suffix.lower() == ".docx":
        from docgen.forms.word.writer import word_form

        data = word_form(loaded, values, part, fields)
    else:
        data = _workbook(loaded, values, report)
    write(path, data, overwrite=overwrite)
    report.say("skrev {fil}", fil=path.as_posix())
    report.results.append({"kind": loaded.name, "file": path.as_posix()})
    report.close()
    return 0


def _with_rows(given: Input, source: str, folders: Sequence[Path]) -> tuple[Node, list[Diagnostic]]:
    """The tree of an input with the rows that its lists take from other files, and what there is to say about both."""
    from docgen.kinds.kind import load_kind
    from docgen.kinds.surroundings import NOWHERE, Surroundings
    from docgen.kinds.taken_rows import with_taken_rows
    from docgen.lists import Lists

    around = NOWHERE
    if source != "-":
        folder = Path(source).parent
        around = Surroundings(folder, rows=Lists(folder, folders, lambda name: load_kind(name, folders)))
    root, found = with_taken_rows(given.root, given.kind, around)
    return root, [*given.warnings, *found]


def _target(kind: Kind, part: str, fields: Sequence[str]) -> Path:
    """The file that a form is written to when none is named: what only Word can hold is in Word."""
    from docgen.files import safe_name

    word = part or fields or kind.form == "word"
    name = safe_name(" ".join(filter(None, (kind.name, "- skema", part))))
    return OUTPUTS / f"{name}{'.docx' if word else '.xlsx'}"


def _workbook(kind: Kind, values: Node | None, report: Report) -> bytes:
    from docgen.forms.excel.writer import excel_form

    form = excel_form(kind, values)
    report.show(form.warnings)
    return form.data
