"""What a workbook has beside the values of its cells: notes, figures, struck text, numbers whose format adds signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import Diagnostic, Severity, warning
from docgen.forms.excel.odd import ReadCells
from docgen.forms.excel.rows import some
from docgen.forms.excel.shown import BUILT_IN, shown_as
from docgen.sources.workbook import Sheet, Workbook, cell_name
from docgen.sources.workbooks.content import Cell, cell_numbers
from docgen.sources.workbooks.parts import attribute, local, main_part, parsed, relations
from docgen.sources.workbooks.text import DamagedError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from docgen.package import Package

_LONGEST = 60  # characters of a text that a message quotes
_OWN_NOTE = re.compile(r"(docgen: )?\w+ DG[0-9]{3}: ")
_CELL = rb"<(?:\w+:)?c\s(?=[^>]*\b%b)[^>]*\br=\"([A-Z]+[0-9]+)\"[^>]*>"
_SHARED = re.compile(_CELL % rb't="s"' + rb"(?:<(?:\w+:)?f\b.*?(?:/>|</(?:\w+:)?f>))?<(?:\w+:)?v>([0-9]+)<", re.DOTALL)
_INLINE = re.compile(_CELL % rb't="inlineStr"' + rb"(.*?)</(?:\w+:)?c>", re.DOTALL)
_NUMBERS = frozenset((int, Decimal))


class Around(NamedTuple):
    """What there is to say of sheets beside their cells, and of cells that show something else than was read."""

    sheets: list[Diagnostic]
    cells: list[Diagnostic]


def look_around(workbook: Workbook, read: Iterable[ReadCells], *, by_row: bool = False) -> Around:
    """What the sheets of the `read` cells have beside them, and which of these show something else.

    Texts that are struck out are read, and so are numbers without the signs that a format adds (`0450`, `26/10482`).
    With `by_row`, no finding about cells is about more than one row.
    """
    package, its = workbook.package, list(read)
    told = Around([], [])
    with suppress(DamagedError):  # the values themselves lie in other parts, which have been read
        parts = _sheet_parts(package)
        for sheet in dict.fromkeys(one.sheet for one in its):
            told.sheets.extend(_beside(package, parts.get(sheet.name, ""), sheet))
        told.cells.extend(_looks(package, parts, its, by_row=by_row))
    return told


def _sheet_parts(package: Package) -> dict[str, str]:
    """The part of each sheet by the sheet's name."""
    main = main_part(package)
    related = relations(package, main)
    sheets = (one for one in parsed(package, main).iter() if local(one.tag) == "sheet")
    return {
        one.get("name", ""): related[attribute(one, "id")].target for one in sheets if attribute(one, "id") in related
    }


# --- notes and figures


def _beside(package: Package, part: str, sheet: Sheet) -> Iterator[Diagnostic]:
    """Tells of the notes and figures of a sheet; the texts in figures are a warning."""
    notes: list[str] = []
    texts: list[str] = []
    pictures = 0
    for found in relations(package, part).values() if part else ():
        if found.target not in package:
            continue
        if found.kind == "comments":
            notes = list(_notes(parsed(package, found.target)))
        elif found.kind == "drawing":
            root = parsed(package, found.target)
            pictures = sum(local(one.tag) in ("pic", "graphicFrame") for one in root.iter())
            shapes = (_text(one) for one in root.iter() if local(one.tag) == "sp")
            texts = [text for text in shapes if text]
    cells, quoted = f" ({some(notes)})", f' ("{_short(texts[0])}")' if texts else ""
    counted = (
        (len(notes), ("note", "noter", "note", "notes"), cells),
        (len(texts), ("figur med tekst", "figurer med tekst", "shape with text", "shapes with text"), quoted),
        (
            pictures,
            ("billede eller diagram", "billeder eller diagrammer", "picture or chart", "pictures or charts"),
            "",
        ),
    )
    danish = [f"{number} {one if number == 1 else more}{which}" for number, (one, more, *_), which in counted if number]
    english = [
        f"{number} {one if number == 1 else more}{which}" for number, (*_, one, more), which in counted if number
    ]
    if danish:
        told = {"ark": sheet.name, "ting": " og ".join(danish), "ting_en": " and ".join(english)}
        place = sheet.place(*cell_numbers(notes[0])) if notes else sheet.place(1, 1)
        yield Diagnostic("DG792", Severity.WARNING if texts else Severity.INFO, place, told)


def _notes(root: Element) -> Iterator[str]:
    """The cells with notes of others than docgen."""
    for one in root.iter():
        if local(one.tag) == "comment" and not _OWN_NOTE.match(_text(one)):
            yield one.get("ref", "A1")


def _text(element: Element) -> str:
    return " ".join(" ".join(one.text or "" for one in element.iter() if local(one.tag) == "t").split())


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


# --- looks


def _looks(package: Package, parts: Mapping[str, str], read: list[ReadCells], *, by_row: bool) -> Iterator[Diagnostic]:
    related = {one.kind: one.target for one in relations(package, main_part(package)).values()}
    styles, strings = related.get("styles", ""), related.get("sharedStrings", "")
    struck, formats = _styles(parsed(package, styles)) if styles in package else (set(), {})
    partly = _struck_items(package, strings) if strings in package else frozenset()
    for sheet in dict.fromkeys(one.sheet for one in read):
        data = package.data(parts[sheet.name]) if sheet.name in parts else b""
        its = [one for one in read if one.sheet is sheet]
        found = _struck_cells(sheet, its, {*_styled(data, struck), *_struck_texts(data, partly)})
        for cells in _parted(found, by_row=by_row):
            text = _short(" ".join(sheet.scalar(*cells[0]).text.split()))
            yield warning("DG793", sheet.place(*cells[0]), tekst=text, celler=_names(cells))
        for one, shown in _shown_otherwise(sheet, its, data, formats):
            for cells in _parted(list(shown), by_row=by_row):
                told = {"felt": one.heading, "vist": shown[cells[0]], "tekst": sheet.scalar(*cells[0]).text}
                yield warning("DG794", sheet.place(*cells[0]), **told, celler=_names(cells))


def _parted(cells: list[Cell], *, by_row: bool) -> list[list[Cell]]:
    """The cells that one finding is about: those of a row, or all of them."""
    if by_row:
        return [list(same) for _, same in groupby(cells, key=itemgetter(0))]
    return [cells] if cells else []


def _names(cells: Iterable[Cell]) -> str:
    return some(cell_name(*cell) for cell in cells)


def _styles(root: Element) -> tuple[set[int], dict[int, str]]:
    """The styles that strike out, and those with a format of their own, with the format."""
    own = (one for one in root.iter() if local(one.tag) == "numFmt")
    codes = BUILT_IN | {one.get("numFmtId", ""): one.get("formatCode", "") for one in own}
    groups = {local(group.tag): list(group) for group in root}
    fonts = {str(at) for at, font in enumerate(groups.get("fonts", ())) if _strikes(font)}
    used = list(enumerate(groups.get("cellXfs", ())))
    struck = {at for at, one in used if one.get("fontId") in fonts}
    formats = {at: codes.get(one.get("numFmtId", ""), "") for at, one in used}
    return struck, {at: code for at, code in formats.items() if code not in ("", "0", "@")}


def _strikes(element: Element) -> bool:
    found = (one for one in element.iter() if local(one.tag) == "strike")
    return any(one.get("val", "1") in ("1", "true") for one in found)


def _styled(data: bytes, styles: Iterable[int]) -> dict[Cell, int]:
    """The cells of a sheet that have one of the styles, with their style."""
    wanted = b"|".join(str(one).encode() for one in styles)
    if not wanted:
        return {}
    found = re.finditer(_CELL % (rb's="(?P<style>%b)"' % wanted), data)
    return {cell_numbers(one[2].decode()): int(one["style"]) for one in found}


def _struck_items(package: Package, part: str) -> frozenset[int]:
    """The shared texts that are struck out in part."""
    if b"strike" not in package.data(part):
        return frozenset()
    items = (one for one in parsed(package, part) if local(one.tag) == "si")
    return frozenset(at for at, item in enumerate(items) if _strikes(item))


def _struck_texts(data: bytes, shared: frozenset[int]) -> Iterator[Cell]:
    """The cells whose text is struck out in part."""
    if shared:
        yield from (cell_numbers(one[1].decode()) for one in _SHARED.finditer(data) if int(one[2]) in shared)
    if b"strike" in data:
        yield from (cell_numbers(one[1].decode()) for one in _INLINE.finditer(data) if b"strike" in one[2])


def _struck_cells(sheet: Sheet, read: list[ReadCells], struck: set[Cell]) -> list[Cell]:
    """The cells among those read that are struck out and not empty."""
    cells = ((row, one.number) for one in (read if struck else ()) for row in one.rows)
    return sorted(cell for cell in cells if cell in struck and sheet.scalar(*cell).text.strip())


def _shown_otherwise(
    sheet: Sheet, read: list[ReadCells], data: bytes, formats: Mapping[int, str]
) -> Iterator[tuple[ReadCells, dict[Cell, str]]]:
    """The numbers in fields of text that their format shows otherwise, with what it shows, column by column."""
    texts = [one for one in read if one.is_text and not _NUMBERS.isdisjoint(map(type, sheet.column(one.number)))]
    styled = _styled(data, formats) if texts else {}
    for one in texts if styled else ():
        found: dict[Cell, str] = {}
        for cell in ((row, one.number) for row in one.rows):
            value = sheet.value(*cell)
            if cell in styled and isinstance(value, int | Decimal) and not isinstance(value, bool):
                shown = shown_as(value, formats[styled[cell]])
                if shown and shown.strip() != sheet.scalar(*cell).text:
                    found[cell] = shown.strip()
        yield one, found
