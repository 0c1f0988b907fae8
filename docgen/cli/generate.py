"""`docgen TYPE INPUT…`: make documents of a kind."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cache import user_folder
from docgen.cli import options
from docgen.cli.command import Command, settings, text
from docgen.cli.delivery import Result, deliver, file_option, find_target
from docgen.cli.report import Report
from docgen.diagnostics import DocgenError, error
from docgen.formats import FORMATS, WORKBOOK, text_descriptions, text_paths
from docgen.kinds.folders import find_kind, summarize

if TYPE_CHECKING:
    from docgen.pipeline import Document


class _KindCommand(Command):
    """The command of a kind; its help also lists the kind's editions, profiles and texts."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The names that `--udgave` and `--profil` take, and those that `--format` takes beside the usual ones."""
        from docgen.kinds.kind import load_kind

        kind = load_kind(self.name or "", settings().folders)
        editions = [(edition.name, edition.label) for edition in kind.editions.values()]
        profiles = [(profile.name, profile.description) for profile in kind.profiles.values()]
        texts = text_descriptions(kind.files)
        for heading, rows in (("Udgaver", editions), ("Profiler", profiles), ("Tekster (efter --format)", texts)):
            if rows:
                with formatter.section(text(heading)):
                    formatter.write_dl(rows)


def command_for(name: str) -> click.Command:
    """The command that makes documents of the kind `name`. Raises DocgenError DG901 when there is no such kind."""
    kind = summarize(find_kind(name, settings().folders))

    def run(**given: Any) -> int:
        return make_documents(kind.name, **given)

    decorated: Any = run
    for option in reversed(
        (
            click.argument("inputs", nargs=-1, metavar="INPUT…"),
            click.option(
                "-o", "--ud", "target", metavar="FIL|MAPPE", help="fil eller mappe til resultatet; - er stdout"
            ),
            click.option("--udgave", "edition", metavar="NAVN", help="den udgave, dokumentet skal laves i"),
            click.option("--profil", "profile", metavar="NAVN", help="den profil, dokumentet skal følge"),
            click.option("--format", "formats", metavar="docx,html,md,txt,xlsx", help="et eller flere formater"),
            click.option("--skabelon", "template", metavar="FIL", help="jeres egen Word-fil i stedet for typens"),
            click.option(
                "--design", metavar="FIL", help="jeres design: en fil som design.yaml eller en Word-fil (.docx, .dotx)"
            ),
            click.option("--overskriv", "overwrite", is_flag=True, help="erstat filer, der findes i forvejen"),
            options.today(),
            options.folders(),
            options.language(),
            options.as_json(),
        )
    ):
        decorated = option(decorated)
    made: click.Command = click.command(
        name, cls=_KindCommand, options_metavar="[TILVALG]", help=f"{kind.description or kind.title}."
    )(decorated)
    return made


def make_documents(
    kind: str,
    *,
    inputs: tuple[str, ...],
    target: str | None,
    formats: str | None,
    overwrite: bool,
    dato: date | None,
    **choices: str | None,
) -> int:
    """Make a document of each input and write it; the exit code is the gravest of the run."""
    from docgen.pipeline import Request, generate

    if not inputs:
        raise DocgenError([error("DG903", None, navn="INPUT")], exit_code=2)
    texts = text_paths(find_kind(kind, settings().folders))
    place = find_target(target, formats, (*FORMATS, WORKBOOK, *texts), several=len(inputs) > 1)
    report = Report(language=settings().language, as_json=settings().as_json)
    worst = 0
    written: set[Path] = set()
    for source in inputs:
        try:
            request = Request(
                kind=kind,
                source=source,
                folders=settings().folders,
                today=dato or date.today(),
                edition=choices["edition"],
                profile=choices["profile"],
                template=file_option(choices["template"], "--skabelon"),
                design=file_option(choices["design"], "--design"),
                cache=user_folder(),
                stdin=sys.stdin.buffer if source == "-" else None,
            )
            document = generate(request)
            report.show(document.checked.diagnostics)
            deliver(_result(document, source), place, report, overwrite=overwrite, written=written)
        except DocgenError as fault:
            report.show(fault.diagnostics)
            worst = max(worst, fault.exit_code)
    report.close()
    return worst


def _result(document: Document, source: str) -> Result:
    from docgen.pipeline import as_format

    return Result(
        document.name,
        lambda form: as_format(document, form),
        document.template,
        document.design,
        {"input": source, "kind": document.checked.kind.name},
        document.word.content_hash,
    )
