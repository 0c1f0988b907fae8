"""What `docgen` alone shows: the verbs, and the kinds of document that were found and where."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.catalog import translate
from docgen.cli.app import PACKAGED, Settings
from docgen.kinds.folders import find_kinds, summarize

VERBS = {
    "TYPE INPUT": "lav et dokument af en af typerne nedenfor",
    "tjek FIL": "find alle fejl i et input eller en skabelon",
    "ny TYPE": "skriv et tomt input, der er klar til at udfylde",
}


def write(formatter: click.HelpFormatter, settings: Settings) -> None:
    """Write both lists; kinds outside the box show their folder."""
    language = settings.language
    with formatter.section(translate("Kommandoer", language)):
        formatter.write_dl([(name, translate(told, language)) for name, told in VERBS.items()])
    rows = []
    for files in find_kinds(settings.folders).values():
        kind = summarize(files)
        names = ", ".join((kind.name, *kind.aliases))
        where = "" if _in_the_box(kind.folder) else f" ({kind.folder.as_posix()})"
        rows.append((names, f"{kind.title}: {kind.description}{where}" if kind.description else kind.title + where))
    with formatter.section(translate("Dokumenttyper", language)):
        if rows:
            formatter.write_dl(rows, col_max=28)
        else:
            formatter.write_text(translate("ingen; angiv en mappe med --skabeloner", language))


def _in_the_box(folder: Path) -> bool:
    return folder.parent.resolve() in {packaged.resolve() for packaged in PACKAGED}
