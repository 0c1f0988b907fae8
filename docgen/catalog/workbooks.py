"""Reading workbooks: codes DG6xx."""

from __future__ import annotations

from docgen.catalog import Entry

_FILES: dict[str, Entry] = {}  # DG601-DG619: the file as a whole

_CELLS: dict[str, Entry] = {}  # DG620-DG649: its sheets and cells

ENTRIES = {**_FILES, **_CELLS}
