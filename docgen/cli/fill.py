"""`docgen udfyld SKABELON INPUT…`: fill any template with any data."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from docgen.cache import user_folder
from docgen.cli import options
from docgen.cli.command import Command, settings
from docgen.cli.delivery import Result, deliver, file_option, find_target
from docgen.cli.report import Report
from docgen.diagnostics import DocgenError, error


@click.command(
    "udfyld",
    cls=Command,
    options_metavar="[TILVALG]",
    help="Udfyld en Word-skabelon eller en tekstskabelon (.txt.j2) med data fra YAML, JSON eller TOML. Data kan have "
    "hvilke felter som helst.",
)
@click.argument("template", metavar="SKABELON")
@click.argument("inputs", nargs=-1, metavar="INPUT…")
@click.option("-o", "--ud", "target", metavar="FIL|MAPPE", help="fil eller mappe til resultatet; - er stdout")
@click.option("--format", "formats", metavar="docx,html,md,txt", help="et eller flere formater")
@click.option("--design", metavar="FIL", help="jeres design: en fil som design.yaml eller en Word-fil (.docx, .dotx)")
@click.option("--overskriv", "overwrite", is_flag=True, help="erstat filer, der findes i forvejen")
@options.folders()
@options.language()
@options.as_json()
def command(
    template: str,
    inputs: tuple[str, ...],
    target: str | None,
    formats: str | None,
    design: str | None,
    overwrite: bool,
) -> int:
    """Fill the template with each input and write it; the exit code is the gravest of the run."""
    from docgen.filling import Filling, fill, formats_of

    if not inputs:
        raise DocgenError([error("DG903", None, navn="INPUT")], exit_code=2)
    path, look = Path(template), file_option(design, "--design")
    place = find_target(target, formats, formats_of(path), several=len(inputs) > 1)
    report = Report(language=settings().language, as_json=settings().as_json)
    worst = 0
    written: set[Path] = set()
    for source in inputs:
        stdin = sys.stdin.buffer if source == "-" else None
        try:
            filled = fill(Filling(path, source, look, settings().folders, stdin, user_folder()))
            report.show(filled.diagnostics)
            told = Result(filled.name, filled.as_format, path, look, {"input": source}, filled.content_hash)
            deliver(told, place, report, overwrite=overwrite, written=written)
        except DocgenError as fault:
            report.show(fault.diagnostics)
            worst = max(worst, fault.exit_code)
    report.close()
    return worst
