"""A copy of a workbook in which every finding is a note and a fill on its cell, and a line on a sheet of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from docgen.catalog import translate
from docgen.diagnostics import CellPlace, Diagnostic, DocgenError, FilePlace, Severity, error
from docgen.forms.marking.book import Book, SheetPart, sheet_of
from docgen.forms.marking.cells import Grid, Spot, anchors_of, reference, spot
from docgen.forms.marking.mark import FAULTS_NAME, FAULTS_SHEET, MEMORY_NAME, MEMORY_SHEET, is_in, where, wording
from docgen.forms.marking.notes import AUTHOR, add_notes, remove_notes
from docgen.forms.marking.sheets import (
    Line,
    Memory,
    faults_sheet,
    link_to,
    memory_sheet,
    plain,
    read_memory,
)
from docgen.forms.marking.styles import Styles
from docgen.masking import mask_cpr
from docgen.sources.workbook import MARKS

if TYPE_CHECKING:
    from docgen.package import Package

_GRAVITY = (Severity.ERROR, Severity.WARNING, Severity.INFO)


class _Finding(NamedTuple):
    """A finding, and the sheet and cell that show it, where there are any."""

    diagnostic: Diagnostic
    line: Line
    sheet: str
    at: Spot | None


def mark_workbook(package: Package, name: str, findings: Sequence[Diagnostic], language: str) -> Package:
    """The workbook with its findings marked and the marks of earlier runs gone; `name` is what messages call it.

    Raises DocgenError DG603 when it has no sheet of cells.
    """
    book = Book(package)
    if not book.part or not book.sheets():
        raise DocgenError([error("DG603", FilePlace(name))], exit_code=2)
    free = _unmark(book)
    if not findings:
        return book.package
    sheets = {sheet.name: sheet for sheet in book.sheets()}
    found = _found(book, sheets, name, findings, language)
    styles = Styles(book, free)
    notes: list[str] = []
    for sheet in sheets.values():
        cells: dict[Spot, list[_Finding]] = {}
        for one in found:
            if one.sheet == sheet.name and one.at:
                cells.setdefault(one.at, []).append(one)
        if cells:
            notes += _mark_sheet(book, sheet, cells, styles)
    _add_sheets(book, styles, found, notes, name, language)
    return book.package


def _found(
    book: Book, sheets: Mapping[str, SheetPart], name: str, findings: Sequence[Diagnostic], language: str
) -> list[_Finding]:
    """Each finding with its line, and the cell that shows it: the first one where cells are merged."""
    places: list[tuple[str, Spot | None]] = []
    for one in findings:
        at = spot(one.place.cell) if isinstance(one.place, CellPlace) and is_in(one.place, name) else None
        sheet = one.place.sheet if isinstance(one.place, CellPlace) and one.place.sheet in sheets else ""
        places.append((sheet, at) if at and sheet else ("", None))
    anchors = {
        name: anchors_of(book.root(sheet.part), [at for one, at in places if one == name and at])
        for name, sheet in sheets.items()
        if any(one == name for one, _ in places) and b"mergeCell" in book.package.data(sheet.part)
    }
    made = []
    for one, (sheet, at) in zip(findings, places, strict=True):
        shown = anchors.get(sheet, {}).get(at, at) if at else None
        label, link = where(one.place, name, language), ""
        if at and shown:
            hidden = sheets[sheet].hidden
            label = f"{sheet}!{reference(at)}" + (f" ({translate('arket er skjult', language)})" if hidden else "")
            link = "" if hidden else link_to(sheet, shown)
        said, hint = wording(one, language)
        word = translate(one.severity.value, language)
        made.append(_Finding(one, Line(one.severity, word, one.code, said, hint, label, link), sheet, shown))
    return made


def _mark_sheet(book: Book, sheet: SheetPart, cells: Mapping[Spot, Sequence[_Finding]], styles: Styles) -> list[str]:
    """Marks the cells of one sheet and gives the texts of the notes."""
    root = book.root(sheet.part)
    gravest = {at: min((one.line.severity for one in found), key=_GRAVITY.index) for at, found in cells.items()}
    Grid(root).restyle(gravest, lambda at, style: styles.marked(style, gravest[at]))
    notes = {at: plain(_note([one.line for one in found])) for at, found in sorted(cells.items())}
    add_notes(book, sheet, root, notes)
    book.put(sheet.part, root)
    return list(notes.values())


def _note(lines: Sequence[Line]) -> str:
    """What a note says: who says it, then each finding with its hint."""
    said = [f"{line.word} {line.code}: {line.message}" + f"\n{line.hint}" * bool(line.hint) for line in lines]
    return f"{AUTHOR}:\n" + "\n\n".join(said)


def _add_sheets(
    book: Book, styles: Styles, found: Sequence[_Finding], notes: Sequence[str], name: str, language: str
) -> None:
    selected, active = book.selected(), book.active()
    known = next((sheet.name for sheet in book.sheets() if sheet.position == active), "")
    counts = [(word, sum(one.line.severity is word for one in found)) for word in _GRAVITY]
    words = {
        Severity.ERROR: ("fejl", "fejl i alt"),
        Severity.WARNING: ("advarsel", "advarsler"),
        Severity.INFO: ("oplysning", "oplysninger"),
    }
    tally = ", ".join(f"{count} {translate(words[one][count > 1], language)}" for one, count in counts if count)
    advice = translate(
        "Ret cellerne med farve, gem, og kør docgen tjek med --markeret igen. "
        "Så er kun det, der stadig er galt, mærket i den nye kopi.",
        language,
    )
    heading = (translate("Fejl i {fil}", language).format(fil=mask_cpr(name)), f"{tally}. {advice}")
    lines = sorted((one.line for one in found), key=lambda line: _GRAVITY.index(line.severity))
    data = faults_sheet(book, styles, lines, heading, language)
    styles.save()
    memory = Memory(styles.pairs(), sorted(set(notes)), selected, known)
    book.add_sheet(MEMORY_SHEET, memory_sheet(book, memory), defined=MEMORY_NAME, hidden=True)
    sheet = book.add_sheet(FAULTS_SHEET, data, defined=FAULTS_NAME, first=True)
    book.select([sheet], 0)


def _unmark(book: Book) -> frozenset[str]:
    """Takes every mark of an earlier run away; the shades of its fills are given back."""
    names = {name: sheet_of(meant) for name, meant in book.names().items() if name in MARKS}
    if not names:
        return frozenset()
    sheets = {sheet.name: sheet for sheet in book.sheets()}
    hidden = sheets.get(names.get(MEMORY_NAME, ""))
    memory = read_memory(book, hidden.part) if hidden else Memory([], [], [], "")
    styles = Styles(book)
    originals = styles.originals(memory.styles)
    free = frozenset(styles.shade(marked) for marked, _ in memory.styles)
    styles.save()
    for sheet in sheets.values():
        if sheet.name not in names.values():
            root = book.root(sheet.part)
            restyled = Grid(root).give_back(originals)
            if remove_notes(book, sheet, root, memory.notes) or restyled:
                book.put(sheet.part, root)
    shown = {sheet.name for sheet in sheets.values()} & set(names.values()) & set(book.selected())
    for name in names.values():
        now = {sheet.name: sheet for sheet in book.sheets()}
        if name in now:
            book.remove_sheet(now[name])
    if shown:
        left = {sheet.name: sheet.position for sheet in book.sheets()}
        kept = [name for name in memory.selected if name in left]
        book.select(kept, left.get(memory.active, 0))
    return free
