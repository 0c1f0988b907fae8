"""`docgen regler TYPE`: the rules of a kind, each with its source and how sure it is."""

from __future__ import annotations

import click

from docgen.cli import options
from docgen.cli.command import Command, settings
from docgen.cli.report import Report
from docgen.diagnostics import DocgenError, error

FORMATS = ("txt", "md")


@click.command(
    "regler",
    cls=Command,
    options_metavar="[TILVALG]",
    help="Vis en dokumenttypes regler: hvad docgen siger, hvor reglen kommer fra, og hvor sikker den er.",
)
@click.argument("kind", metavar="TYPE")
@click.option("--format", "form", metavar="txt|md", default="txt", help="ren tekst eller en tabel i Markdown")
@options.folders()
@options.language()
@options.as_json()
def command(kind: str, form: str) -> int:
    """Print the rules of a kind to stdout."""
    from docgen.kinds import rulebook
    from docgen.kinds.kind import load_kind

    if form not in FORMATS:
        raise DocgenError([error("DG506", None, format=form, kendte=", ".join(FORMATS))], exit_code=2)
    loaded = load_kind(kind, settings().folders)
    language = settings().language
    report = Report(language=language, as_json=settings().as_json)
    if settings().as_json:
        report.results.append({"kind": loaded.name, "rules": rulebook.as_json(loaded, language)})
    else:
        printed = rulebook.as_markdown if form == "md" else rulebook.as_text
        click.echo(printed(loaded, language), nl=False)
    report.close()
    return 0
