"""`docgen skabelon FIL`: what a template asks for, and what is wrong with it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from docgen.cache import user_folder
from docgen.cli import options
from docgen.cli.command import Command, settings
from docgen.cli.report import Report
from docgen.diagnostics import DocgenError, has_errors


@click.command(
    "skabelon",
    cls=Command,
    options_metavar="[TILVALG]",
    help="Vis de felter, en skabelon bruger, og hvor. Med --type eller --data også, hvad der ikke passer sammen.",
)
@click.argument("template", metavar="FIL")
@click.option("--type", "kind", metavar="TYPE", help="sammenlign med felterne i en dokumenttype")
@click.option("--data", metavar="INPUT", help="sammenlign med en fil, som skabelonen skal udfyldes med")
@options.folders()
@options.language()
@options.as_json()
def command(template: str, kind: str | None, data: str | None) -> int:
    """Print the fields as a tree to stdout; the exit code is 1 when something is wrong."""
    from docgen.asking import Asking, ask
    from docgen.field_tree import as_json, as_text

    report = Report(language=settings().language, as_json=settings().as_json)
    stdin = sys.stdin.buffer if data == "-" else None
    exit_code = 0
    try:
        answer = ask(Asking(Path(template), kind or "", data or "", settings().folders, stdin, user_folder()))
        report.show(answer.diagnostics)
        fields = as_json(answer.fields, report.language)
        report.results.append({"file": template, "ok": not has_errors(answer.diagnostics), "fields": fields})
        if not report.as_json:
            click.echo(as_text(answer.fields, report.language), nl=False)
    except DocgenError as fault:
        report.show(fault.diagnostics)
        exit_code = fault.exit_code
    report.close()
    return max(exit_code, int(report.failed))
