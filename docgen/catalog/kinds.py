"""Rules, and the definition of a kind: codes DG3xx."""

from __future__ import annotations

from docgen.catalog import Entry

ENTRIES: dict[str, Entry] = {}
