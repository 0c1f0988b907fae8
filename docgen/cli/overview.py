"""What `docgen` alone shows: the verbs, and the kinds of document that were found and where."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.catalog import translate
from docgen.cli.command import Settings
from docgen.kinds.folders import KindSummary, find_kinds, summarize

VERBS = {
    "TYPE INPUT": "lav et dokument af en af typerne nedenfor",
    "tjek FIL, check FIL": "find alle fejl i et input, et skema eller en skabelon",
    "ny TYPE, new TYPE": "skriv et tomt input, der er klar til at udfylde",
    "skema TYPE, form TYPE": "skriv et skema til Excel eller Word, klar til at udfylde",
    "flet TYPE FIL, batch TYPE FIL": "lav et dokument af hver række i et regneark",
    "regler TYPE, rules TYPE": "vis en dokumenttypes regler med kilder",
    "udfyld FIL INPUT, fill FIL INPUT": "udfyld en skabelon med data, uden en dokumenttype",
    "skabelon FIL, template FIL": "vis, hvilke felter en skabelon bruger, og dens fejl",
}


def write(formatter: click.HelpFormatter, settings: Settings) -> None:
    """Write both lists, the kinds by the folder they lie in."""
    language = settings.language
    with formatter.section(translate("Kommandoer", language)):
        formatter.write_dl([(name, translate(told, language)) for name, told in VERBS.items()], col_max=24)
    kinds = _kinds(settings)
    for folder in dict.fromkeys(kind.folder.parent for kind in kinds):
        rows = [
            (", ".join((kind.name, *kind.aliases)), kind.description or kind.title)
            for kind in kinds
            if kind.folder.parent == folder
        ]
        with formatter.section(translate("Dokumenttyper i {mappe}", language).format(mappe=_shown(folder))):
            formatter.write_dl(rows, col_max=24)
    if not kinds:
        formatter.write_paragraph()
        formatter.write_text(translate("Der er ingen dokumenttyper; angiv en mappe med --skabeloner.", language))


def as_json(settings: Settings) -> str:
    """The kinds as one JSON object."""
    import json

    kinds = [
        {
            "name": kind.name,
            "aliases": list(kind.aliases),
            "title": kind.title,
            "description": kind.description,
            "version": kind.version,
            "folder": kind.folder.as_posix(),
        }
        for kind in _kinds(settings)
    ]
    return json.dumps({"ok": True, "kinds": kinds}, ensure_ascii=False, indent=2)


def _kinds(settings: Settings) -> list[KindSummary]:
    """The kinds in the order in which their folders win."""
    order = {folder: number for number, folder in enumerate(settings.folders)}
    found = [summarize(files) for files in find_kinds(settings.folders).values()]
    return sorted(found, key=lambda kind: (order[kind.folder.parent], kind.name))


def _shown(folder: Path) -> str:
    try:
        here = Path.cwd()
    except OSError:  # the folder has been deleted
        return folder.as_posix()
    return (folder.relative_to(here) if folder.is_relative_to(here) else folder).as_posix()
