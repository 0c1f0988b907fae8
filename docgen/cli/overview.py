"""What `docgen` alone shows: the verbs, and the kinds of document that were found and where."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.catalog import translate
from docgen.cli.app import Settings
from docgen.kinds.folders import find_kinds, summarize

VERBS = {
    "TYPE INPUT": "lav et dokument af en af typerne nedenfor",
    "tjek FIL": "find alle fejl i et input eller en skabelon",
    "ny TYPE": "skriv et tomt input, der er klar til at udfylde",
}


def write(formatter: click.HelpFormatter, settings: Settings) -> None:
    """Write both lists, the kinds by the folder they lie in."""
    language = settings.language
    with formatter.section(translate("Kommandoer", language)):
        formatter.write_dl([(name, translate(told, language)) for name, told in VERBS.items()])
    found: dict[Path, list[tuple[str, str]]] = {}
    for files in find_kinds(settings.folders).values():
        kind = summarize(files)
        names = ", ".join((kind.name, *kind.aliases))
        found.setdefault(kind.folder.parent, []).append((names, kind.description or kind.title))
    for folder, rows in found.items():
        with formatter.section(translate("Dokumenttyper i {mappe}", language).format(mappe=_shown(folder))):
            formatter.write_dl(rows, col_max=24)
    if not found:
        formatter.write_paragraph()
        formatter.write_text(translate("Der er ingen dokumenttyper; angiv en mappe med --skabeloner.", language))


def _shown(folder: Path) -> str:
    here = Path.cwd()
    return (folder.relative_to(here) if folder.is_relative_to(here) else folder).as_posix()
