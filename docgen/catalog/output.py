"""Writing documents: codes DG5xx."""

from __future__ import annotations

from docgen.catalog import Entry

ENTRIES: dict[str, Entry] = {}
