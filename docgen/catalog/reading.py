"""Reading a file: codes DG1xx."""

from __future__ import annotations

from docgen.catalog import Entry

ENTRIES: dict[str, Entry] = {"DG%d" % n: Entry(message="{tekst}") for n in ()}
