"""Fields of an input: codes DG2xx."""

from __future__ import annotations

from docgen.catalog import Entry

ENTRIES: dict[str, Entry] = {}
