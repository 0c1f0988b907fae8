"""The workbook that a kind's lists are written as, read from `regneark` in felter.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping

from docgen.kinds.attributes import Attributes, Faults
from docgen.kinds.model import ExtraRow, Formula, Kind, TableBook, TableSheet
from docgen.kinds.name_check import ListMeaning, NameCheck
from docgen.kinds.suggestions import suggestion
from docgen.sources import Entry, Sequence

_EACH, _APPLIES, _WHERE, _COLUMNS, _TOTALS, _EXTRA = "for", "når", "hvor", "kolonner", "i_alt", "ekstra"
SHEET_ATTRIBUTES = (_EACH, _APPLIES, _WHERE, _COLUMNS, _TOTALS, _EXTRA)
"""What may be said of a sheet."""
LONGEST_TITLE = 31
"""The most characters of a sheet's name in Excel."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$|^$")


def read_tables(parts: Attributes, faults: Faults) -> TableBook | None:
    """The workbook that felter.yaml declares under `regneark`; None when it declares none."""
    node = parts.node("regneark")
    if node is None:
        return None
    about = Attributes(node, ("forside", "ark"), faults, "regneark")
    sheets = [_sheet(entry, faults) for entry in about.entries("ark")]
    return TableBook(_formulas(about, "forside", faults), tuple(sheets))


def _sheet(entry: Entry, faults: Faults) -> TableSheet:
    title = entry.key.text.strip()
    if len(title) > LONGEST_TITLE or _FORBIDDEN.search(title):
        faults.add("DG782", entry.key.place, navn=title, grænse=LONGEST_TITLE)
    attributes = Attributes(entry.value, SHEET_ATTRIBUTES, faults, title)
    columns = _formulas(attributes, _COLUMNS, faults)
    totals = attributes.words(_TOTALS)
    for word in totals:
        if word.text not in columns:
            faults.unknown("DG783", word, columns, ark=title)
    return TableSheet(
        title=title,
        path=tuple(attributes.required(_EACH).split(".")),
        path_place=attributes.place_of(_EACH),
        applies=attributes.formula(_APPLIES),
        where=attributes.formula(_WHERE),
        columns=columns or None,
        totals=tuple(word.text for word in totals) if _TOTALS in attributes else None,
        extra=_extra(attributes, columns, faults),
    )


def _extra(attributes: Attributes, columns: Mapping[str, Formula], faults: Faults) -> tuple[ExtraRow, ...]:
    given = attributes.node(_EXTRA)
    if given is None:
        return ()
    found = []
    for item in given if isinstance(given, Sequence) else (given,):
        row = Attributes(item, (_APPLIES, _COLUMNS), faults, _EXTRA)
        for entry in row.entries(_COLUMNS):
            if entry.key.text not in columns:
                faults.unknown("DG783", entry.key, columns, ark=attributes.owner)
        found.append(ExtraRow(row.formula(_APPLIES), _formulas(row, _COLUMNS, faults)))
    return tuple(found)


def _formulas(attributes: Attributes, name: str, faults: Faults) -> dict[str, Formula]:
    """Headings with an expression each."""
    entries = list(attributes.entries(name))
    node = attributes.node(name)
    if node is None or not entries:
        return {}
    inner = Attributes(node, [entry.key.text for entry in entries], faults, name)
    made = {entry.key.text: inner.formula(entry.key.text) for entry in entries}
    return {heading: formula for heading, formula in made.items() if formula is not None}


def check_tables(kind: Kind, names: NameCheck) -> None:
    """Report a list of `regneark` that is not there, and every name in its expressions that is not."""
    if kind.tables is None:
        return
    root = names.document_names()
    for line in kind.tables.front.values():
        names.check(line, root)
    for sheet in kind.tables.sheets:
        names.check(sheet.applies, root)
        for row in sheet.extra:
            for formula in (row.applies, *row.cells.values()):
                names.check(formula, root)
        found = names.list_of(kind.root, sheet.path)
        if not isinstance(found, ListMeaning) or found.element is None:
            if not names.is_unread(kind.root, sheet.path):
                told = suggestion(".".join(sheet.path), kind.root.fields)
                names.faults.add("DG784", sheet.path_place, ark=sheet.title, navn=".".join(sheet.path), **told)
            continue
        around = names.list_of(kind.root, sheet.path[:-1]) if sheet.path[1:] else kind.root
        over = around.element if isinstance(around, ListMeaning) else around
        inner = {**root, "over": over, "den": found.element, **names.names_of(found.element)}
        for formula in (sheet.where, *(sheet.columns or {}).values()):
            names.check(formula, inner)
