"""Forms in Excel and Word, marked copies, lists in files of their own, tables out: codes DG7xx."""

from __future__ import annotations

from docgen.catalog import Entry

_EXCEL: dict[str, Entry] = {}  # DG701-DG729: Excel forms

_WORD: dict[str, Entry] = {}  # DG730-DG749: Word forms

_MARKING: dict[str, Entry] = {}  # DG750-DG759: marked copies

_LISTS: dict[str, Entry] = {}  # DG760-DG779: lists in files of their own

_TABLES: dict[str, Entry] = {}  # DG780-DG789: tables written as a workbook

ENTRIES = {**_EXCEL, **_WORD, **_MARKING, **_LISTS, **_TABLES}
