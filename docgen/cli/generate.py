"""`docgen TYPE INPUT…`: make documents of a kind."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cache import user_folder
from docgen.cli import options
from docgen.cli.command import Command, settings, text
from docgen.cli.report import Report
from docgen.diagnostics import DocgenError, FilePlace, error
from docgen.formats import FORMATS, file_name, text_descriptions, text_paths
from docgen.kinds.folders import find_kind, summarize
from docgen.masking import mask_cpr

if TYPE_CHECKING:
    from docgen.pipeline import Document

OUTPUTS = Path("outputs")


@dataclass(frozen=True, slots=True)
class Target:
    """Where results go: a `folder` under the document's own name, one `file`, or stdout when both are None."""

    folder: Path | None
    file: Path | None
    formats: tuple[str, ...]


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
            click.option("--format", "formats", metavar="docx,html,md,txt", help="et eller flere formater"),
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
    place = find_target(target, formats, several=len(inputs) > 1, texts=texts)
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
                template=_path(choices["template"], "--skabelon"),
                design=_path(choices["design"], "--design"),
                cache=user_folder(),
                stdin=sys.stdin.buffer if source == "-" else None,
            )
            document = generate(request)
            report.show(document.checked.diagnostics)
            deliver(document, source, place, report, overwrite=overwrite, written=written)
        except DocgenError as fault:
            report.show(fault.diagnostics)
            worst = max(worst, fault.exit_code)
    report.close()
    return worst


def _path(value: str | None, option: str) -> Path | None:
    if value == "":  # an unset variable in a script
        raise DocgenError([error("DG903", None, navn=option)], exit_code=2)
    return Path(value) if value else None


def find_target(target: str | None, formats: str | None, *, several: bool, texts: Collection[str] = ()) -> Target:
    """Where results go and in which formats, from `-o` and `--format`; `texts` are formats of the kind's own.

    Raises DocgenError: DG506 an unknown format, DG507 a file name that does not fit the format, DG908 several
    documents for one file, DG912 a document on stdout together with `--json`.
    """
    from docgen.files import is_folder

    known = (*FORMATS, *texts)
    chosen = tuple(one.strip().lower().removeprefix(".") for one in (formats or "").split(",") if one.strip())
    for one in chosen:
        if one not in known:
            raise DocgenError([error("DG506", None, format=one, kendte=", ".join(known))], exit_code=2)
    if target is None:
        return Target(OUTPUTS, None, chosen or FORMATS[:1])
    if target == "-" and settings().as_json:
        raise DocgenError([error("DG912", None)], exit_code=2)
    path = Path(target)
    suffix = path.suffix.lower().removeprefix(".")
    if target != "-" and (target.endswith(("/", "\\")) or is_folder(path) or not suffix):
        return Target(path, None, chosen or FORMATS[:1])
    if several or len(chosen) > 1:
        raise DocgenError([error("DG908", FilePlace(target), fil=target)], exit_code=2)
    if target == "-":
        return Target(None, None, chosen or FORMATS[:1])
    wanted = chosen[0] if chosen else suffix
    if wanted not in known:
        raise DocgenError([error("DG506", None, format=wanted, kendte=", ".join(known))], exit_code=2)
    ending = wanted if wanted in FORMATS else "txt"
    if ending != suffix:
        raise DocgenError([error("DG507", FilePlace(target), fil=path.name, format=ending)], exit_code=2)
    return Target(None, path, (wanted,))


def deliver(
    document: Document, source: str, target: Target, report: Report, *, overwrite: bool, written: set[Path]
) -> None:
    """Write one document in each format and say where it went.

    Raises DocgenError: DG501-DG504 as docgen.files.write, DG505 when an earlier input of the run has the same name.
    """
    from docgen.files import check_target, write

    files = dict(_files(document, target))
    for path in files:
        if path is not None:
            if path in written:
                raise DocgenError([error("DG505", FilePlace(path.as_posix()), fil=path.as_posix())])
            check_target(path, overwrite=overwrite)
    for path, data in files.items():
        if path is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            continue
        write(path, data, overwrite=overwrite)
        written.add(path)
        report.say("skrev {fil}", fil=mask_cpr(path.as_posix()))
    used = document.template.as_posix()
    if document.design:
        report.say("  skabelon: {skabelon}, design: {design}", skabelon=used, design=document.design.as_posix())
    else:
        report.say("  skabelon: {skabelon}, design: intet", skabelon=used)
    report.results.append(
        {
            "input": source,
            "kind": document.checked.kind.name,
            "files": [path.as_posix() for path in files if path is not None],
            "template": used,
            "design": document.design.as_posix() if document.design else None,
            "content_hash": document.word.content_hash(),
        }
    )


def _files(document: Document, target: Target) -> Iterator[tuple[Path | None, bytes]]:
    from docgen.pipeline import as_format

    for one in target.formats:
        path = target.folder / file_name(document.name, one) if target.folder else target.file
        yield path, as_format(document, one)
