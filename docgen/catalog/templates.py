"""Word and Jinja templates: codes DG4xx."""

from __future__ import annotations

from docgen.catalog import Entry

ENTRIES: dict[str, Entry] = {}
