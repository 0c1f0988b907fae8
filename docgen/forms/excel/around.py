"""What a workbook has beside the values of its cells: notes, figures, struck text, numbers whose format adds signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, Severity, warning
from docgen.forms.excel.rows import ReadCells, some
from docgen.forms.excel.shown import BUILT_IN, shown_as
from docgen.kinds.text_fields import TextType
from docgen.sources.workbook import Sheet, Workbook, cell_name
from docgen.sources.workbooks.content import cell_numbers
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


def tell_around(workbook: Workbook, read: Iterable[ReadCells]) -> Iterator[Diagnostic]:
    """Tells what the sheets of the `read` cells have beside them, and which of these show something else.

    Texts that are struck out are read, and so are numbers without the signs that a format adds (`0450`, `26/10482`).
    """
    package, its = workbook.package, list(read)
    with suppress(DamagedError):  # the values themselves lie in other parts, which have been read
        parts = _sheet_parts(package)
        for sheet in dict.fromkeys(one.sheet for one in its):
            yield from _beside(package, parts.get(sheet.name, ""), sheet)
        yield from _looks(package, parts, its)


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


def _looks(package: Package, parts: Mapping[str, str], read: list[ReadCells]) -> Iterator[Diagnostic]:
    related = {one.kind: one.target for one in relations(package, main_part(package)).values()}
    styles, strings = related.get("styles", ""), related.get("sharedStrings", "")
    struck, formats = _styles(parsed(package, styles)) if styles in package else (set(), {})
    partly = _struck_items(package, strings) if strings in package else frozenset()
    for sheet in dict.fromkeys(one.sheet for one in read):
        data = package.data(parts[sheet.name]) if sheet.name in parts else b""
        its = [one for one in read if one.sheet is sheet]
        yield from _tell_struck(sheet, its, {*_styled(data, struck), *_struck_texts(data, partly)})
        yield from _tell_formats(sheet, its, data, formats)


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


def _styled(data: bytes, styles: Iterable[int]) -> dict[tuple[int, int], int]:
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


def _struck_texts(data: bytes, shared: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The cells whose text is struck out in part."""
    if shared:
        yield from (cell_numbers(one[1].decode()) for one in _SHARED.finditer(data) if int(one[2]) in shared)
    if b"strike" in data:
        yield from (cell_numbers(one[1].decode()) for one in _INLINE.finditer(data) if b"strike" in one[2])


def _tell_struck(sheet: Sheet, read: list[ReadCells], struck: set[tuple[int, int]]) -> Iterator[Diagnostic]:
    found = sorted(
        (row, one.number)
        for one in (read if struck else ())
        for row in one.rows
        if (row, one.number) in struck and sheet.scalar(row, one.number).text.strip()
    )
    if found:
        told = {"tekst": _short(" ".join(sheet.scalar(*found[0]).text.split()))}
        yield warning("DG793", sheet.place(*found[0]), **told, celler=some(cell_name(*cell) for cell in found))


def _tell_formats(sheet: Sheet, read: list[ReadCells], data: bytes, formats: Mapping[int, str]) -> Iterator[Diagnostic]:
    """Tells of numbers in fields of text that their format shows otherwise."""
    texts = [one for one in read if isinstance(one.column.made, TextType)]
    texts = [one for one in texts if not _NUMBERS.isdisjoint(map(type, sheet.column(one.number)))]
    styled = _styled(data, formats) if texts else {}
    for one in texts if styled else ():
        found = []
        for row in one.rows:
            value, style = sheet.value(row, one.number), styled.get((row, one.number))
            if style is None or isinstance(value, bool) or not isinstance(value, int | Decimal):
                continue
            shown = shown_as(value, formats[style])
            text = sheet.scalar(row, one.number).text
            found += [(row, shown, text)] if shown and shown.strip() != text else []
        if found:
            row, shown, text = found[0]
            cells = some(cell_name(row, one.number) for row, *_ in found)
            told = {"felt": one.column.heading, "vist": shown.strip(), "tekst": text}
            yield warning("DG794", sheet.place(row, one.number), **told, celler=cells)
