"""`docgen flet TYPE FIL`: a document from every row of a workbook."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cache import user_folder
from docgen.catalog import message
from docgen.cli import options
from docgen.cli.command import Command, settings, text
from docgen.cli.delivery import OUTPUTS, file_option
from docgen.cli.report import Report
from docgen.diagnostics import CellPlace, Diagnostic, DocgenError, Severity, error, warning
from docgen.formats import FORMATS, WORKBOOK, text_paths
from docgen.kinds.folders import find_kind
from docgen.masking import mask_cpr

if TYPE_CHECKING:
    from docgen.series import Series

_MOST_SHOWN = 8
_STATUSES = {
    "skrevet": "written",
    "i orden": "checked",
    "uændret": "unchanged",
    "rettet i Word": "edited",
    "fejl": "failed",
}


@click.command(
    "flet",
    cls=Command,
    options_metavar="[TILVALG]",
    help="Lav et dokument af hver række i et regneark (eller hvert input i en liste) og en oversigt over dem. "
    "Overskrifterne er felternes navne. Lister kan stå på andre ark, der hedder som listen og har rækkens nøgle i en "
    "kolonne.",
)
@click.argument("kind", metavar="TYPE")
@click.argument("source", metavar="FIL", default="")
@click.option("-o", "--ud", "target", metavar="MAPPE", help="mappe til dokumenterne og oversigten; ellers outputs/TYPE")
@click.option("--fælles", "--faelles", "common", metavar="FIL", help="et input med de værdier, der er ens for alle")
@click.option(
    "--navn",
    "pattern",
    metavar="MØNSTER",
    help='filernes navne af felter og overskrifter, fx "{{ nøgle }} {{ Center }}"',
)
@click.option("--udgave", "edition", metavar="NAVN", help="den udgave, dokumenterne skal laves i")
@click.option("--profil", "profile", metavar="NAVN", help="den profil, dokumenterne skal følge")
@click.option("--format", "formats", metavar="docx,html,md,txt,xlsx", help="et eller flere formater")
@click.option("--skabelon", "template", metavar="FIL", help="jeres egen Word-fil i stedet for typens")
@click.option("--design", metavar="FIL", help="jeres design: en fil som design.yaml eller en Word-fil (.docx, .dotx)")
@click.option("--processer", "processes", metavar="N", help="hvor mange der laves ad gangen; ellers ét for hver kerne")
@click.option(
    "--kun-ændrede", "--kun-aendrede", "only_changed", is_flag=True, help="lav det igen, der er ændret siden sidst"
)
@click.option("--overskriv", "overwrite", is_flag=True, help="erstat filer, der findes, også dem, der er rettet i Word")
@click.option("--tjek", "check_only", is_flag=True, help="find fejlene i alle rækker, og skriv intet")
@click.option("--tom", "empty", is_flag=True, help="skriv et tomt regneark med overskrifter til -o FIL.xlsx")
@options.today()
@options.folders()
@options.language()
@options.as_json()
def command(
    kind: str, source: str, target: str | None, empty: bool, processes: str | None, dato: date | None, **choices: object
) -> int:
    """Make the documents, or only check them; the exit code is 1 when a row failed."""
    if empty:
        return _write_empty(kind, target)
    if not source:
        raise DocgenError([error("DG903", None, navn="FIL")], exit_code=2)
    folder = Path(target) if target else OUTPUTS / find_kind(kind, settings().folders).name
    count, today = _count(processes), dato or date.today()
    report = Report(language=settings().language, as_json=settings().as_json)
    with _progress(report) as progress:
        made = _series(kind, source, folder, count, today, progress, choices)
    _tell(made, report, check_only=bool(choices["check_only"]))
    report.close()
    return 0 if made.ok else 1


def _series(
    kind: str,
    source: str,
    folder: Path,
    processes: int,
    today: date,
    progress: Callable[[int, int], None],
    choices: dict[str, object],
) -> Series:
    from docgen.series import Replace, series

    wanted = {name: str(value) if value else None for name, value in choices.items()}
    replace = Replace.ALL if choices["overwrite"] else Replace.CHANGED if choices["only_changed"] else Replace.NOTHING
    return series(
        kind,
        source,
        folder,
        today=today,
        common=file_option(wanted["common"], "--fælles"),
        pattern=wanted["pattern"] or "",
        folders=settings().folders,
        edition=wanted["edition"],
        profile=wanted["profile"],
        template=file_option(wanted["template"], "--skabelon"),
        design=file_option(wanted["design"], "--design"),
        formats=_formats(kind, wanted["formats"]),
        replace=replace,
        check_only=bool(choices["check_only"]),
        processes=processes,
        cache=user_folder(),
        language=settings().language,
        progress=progress,
    )


def _formats(kind: str, given: str | None) -> tuple[str, ...]:
    known = (*FORMATS, WORKBOOK, *text_paths(find_kind(kind, settings().folders)))
    chosen = tuple(one.strip().lower().removeprefix(".") for one in (given or "").split(",") if one.strip())
    for one in chosen:
        if one not in known:
            raise DocgenError([error("DG506", None, format=one, kendte=", ".join(known))], exit_code=2)
    return tuple(dict.fromkeys(chosen)) or FORMATS[:1]


def _count(given: str | None) -> int:
    """The number of processes: as asked for, else one for each core. Raises DocgenError DG830 for what is no number."""
    from docgen.series.processes import all_cores

    if given is None:
        return all_cores()
    if not given.isdecimal() or int(given) < 1:
        raise DocgenError([error("DG830", None, navn="--processer")], exit_code=2)
    return int(given)


@contextmanager
def _progress(report: Report) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, and nothing elsewhere."""
    bar: Any = None
    shown = 0

    def tell(done: int, of: int) -> None:
        nonlocal bar, shown
        if report.as_json or not sys.stderr.isatty():
            return
        if bar is None:
            bar = click.progressbar(length=of, label=text("Dokumenter"), file=sys.stderr)
            bar.__enter__()
        bar.update(done - shown)
        shown = done

    try:
        yield tell
    except KeyboardInterrupt:
        report.say("Det, der er lavet, er helt. Kør kommandoen igen for at lave resten.")
        raise
    finally:
        if bar is not None:
            bar.__exit__(None, None, None)


def _tell(made: Series, report: Report, *, check_only: bool) -> None:
    """The faults and warnings, and what became of the rows."""
    from docgen.series import Status

    report.show(made.findings)
    failed = [one for one in made.outcomes if one.status is Status.FAILED]
    _tell_of_rows(made, report)
    if made.orphans:
        named = ", ".join(made.orphans[:_MOST_SHOWN]) + (" …" if len(made.orphans) > _MOST_SHOWN else "")
        code = "DG828" if len(made.orphans) == 1 else "DG829"
        report.show([warning(code, None, antal=len(made.orphans), filer=named)])
    for one in made.outcomes:
        there = one.made.files if one.made and one.status is not Status.CHECKED else ()
        files = [(made.index_path.parent / name).as_posix() for name in there]
        report.results.append(
            {
                "row": one.number,
                "status": _STATUSES[one.status.value],
                "files": files,
                "content_hash": one.made.content if one.made else None,
            }
        )
    counts = Counter(one.status for one in made.outcomes)
    shown = ", ".join(f"{counts[status]} {text(status.value)}" for status in Status if counts[status])
    report.say("{antal} rækker: {talt}", antal=len(made.outcomes), talt=shown)
    if failed:
        report.say("  fejl i række {rækker}", rækker=_some([one.number for one in failed]))
    report.say("  skabelon: {skabelon}", skabelon=made.template.as_posix())
    if check_only:
        report.say("  intet er skrevet")
        return
    report.more["index"] = made.index_path.as_posix()
    report.say("  oversigt: {fil}", fil=mask_cpr(made.index_path.as_posix()))


def _tell_of_rows(made: Series, report: Report) -> None:
    """What is wrong with rows, and then the warnings: what several rows have in common is said once, with the rows.

    Of warnings of one sort (of one field or one rule), the first are told, and then the rows that have more of them.
    """
    from docgen.series import Status

    groups: dict[tuple[bool, str, str], list[tuple[int, Diagnostic]]] = {}
    for one in made.outcomes:
        for finding in one.findings:
            key = one.status is not Status.FAILED, finding.code, message(finding, report.language)[0]
            groups.setdefault(key, []).append((one.number, finding))
    told: Counter[tuple[object, ...]] = Counter()
    more: dict[str, list[int]] = {}
    for (_, code, _), found in sorted(groups.items(), key=lambda item: item[0][0]):
        if report.as_json:
            report.show(finding for _, finding in found)
            continue
        values = found[0][1].values
        sort = code, values.get("felt"), values.get("kode")
        told[sort] += found[0][1].severity is not Severity.ERROR
        if told[sort] > _MOST_SHOWN:
            report.count(finding for _, finding in found)
            more.setdefault(code, []).extend(number for number, _ in found)
            continue
        report.show([found[0][1]])
        report.count(finding for _, finding in found[1:])
        numbers = sorted({number for number, _ in found})
        if not isinstance(found[0][1].place, CellPlace):  # nothing tells yet which row it is about
            report.say("  gælder række {rækker}", rækker=_some(numbers))
        elif len(numbers) > 1:
            report.say("  også i række {rækker}", rækker=_some([one for one in numbers if one != found[0][0]]))
    for code, rows in more.items():
        report.say("{kode} også i række {rækker}", kode=code, rækker=_some(sorted(set(rows))))


def _some(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:_MOST_SHOWN]))
    rest = len(numbers) - _MOST_SHOWN
    return f"{shown} {text('og')} {rest} {text('til')}" if rest > 0 else shown


def _write_empty(kind: str, target: str | None) -> int:
    """Write an empty workbook for a series."""
    from docgen.files import check_target, write
    from docgen.kinds.kind import load_kind
    from docgen.series.empty import empty_book

    if not target:
        raise DocgenError([error("DG903", None, navn="-o")], exit_code=2)
    path = Path(target)
    if path.suffix.lower() != ".xlsx":
        raise DocgenError([error("DG507", None, fil=path.name, format="xlsx")], exit_code=2)
    check_target(path, overwrite=False)
    write(path, empty_book(load_kind(kind, settings().folders)))
    report = Report(language=settings().language, as_json=settings().as_json)
    report.say("skrev {fil}", fil=path.as_posix())
    report.results.append({"kind": kind, "files": [path.as_posix()]})
    report.close()
    return 0
