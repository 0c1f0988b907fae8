"""The parts of a workbook around its sheets: which there are, shared texts, styles, defined names and tables."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote
from xml.parsers import expat

from docgen.sources.workbooks.content import MAX_COLUMN, MAX_ROW, cell_numbers, column_number
from docgen.sources.workbooks.formats import Shown, shown_by
from docgen.sources.workbooks.text import DamagedError, texts, tidy
from docgen.sources.workbooks.values import refuse_doctype

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from docgen.package import Package

_ROOT = "_rels/.rels"
_ITEM = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_AREA = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]]+))!([A-Z$0-9]+)(?::([A-Z$0-9]+))?")


class Area(NamedTuple):
    """A rectangle of cells; rows and columns count from 1, and the last ones are in it."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int


class TableArea(NamedTuple):
    """A table of Excel: its cells with the row of headings and without the row of totals, and its headings.

    `has_headings` is false for a table whose row of headings is turned off.
    """

    area: Area
    columns: tuple[str, ...]
    has_headings: bool = True


class SheetPart(NamedTuple):
    """A sheet before it is read: its name, its part, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


class Parts(NamedTuple):
    """What the parts around the sheets say."""

    sheets: tuple[SheetPart, ...]
    names: Mapping[str, Area]
    strings: list[str | None]
    styles: list[Shown]
    from_1904: bool


class Relation(NamedTuple):
    """What one part has to do with another: `kind` is the last word of the relationship's type."""

    kind: str
    target: str


def main_part(package: Package) -> str:
    """The name of the workbook part; "" when the file has none that is there."""
    found = relations(package, "").values()
    names = [one.target for one in found if one.kind == "officeDocument"]
    return names[0] if names and names[0] in package else ""


def read_parts(package: Package, main: str) -> Parts:
    """Read the workbook part and those it names. Raises DamagedError."""
    root = parsed(package, main)
    if local(root.tag) != "workbook":
        return Parts((), {}, [], [], from_1904=False)
    related = relations(package, main)
    by_kind = {one.kind: one.target for one in related.values()}
    sheets: list[SheetPart] = []
    names: dict[str, Area] = {}
    from_1904 = False
    for element in root.iter():
        match local(element.tag):
            case "workbookPr":
                from_1904 = _is_true(element, "date1904")
            case "sheet":
                found = related.get(attribute(element, "id"))
                if found is None:
                    raise DamagedError
                if found.kind == "worksheet":
                    if found.target not in package:
                        raise DamagedError(part=found.target)
                    hidden = element.get("state", "visible") != "visible"
                    sheets.append(SheetPart(tidy(element.get("name", "")), found.target, hidden))
            case "definedName" if element.get("localSheetId") is None and not _is_true(element, "function"):
                area = read_area(tidy(element.text or ""))
                if area is not None:
                    names[tidy(element.get("name", ""))] = area
    known = {one.name for one in sheets}
    strings = by_kind.get("sharedStrings", "")
    styles = by_kind.get("styles", "")
    return Parts(
        tuple(sheets),
        {name: area for name, area in names.items() if area.sheet in known},
        read_strings(package.data(strings)) if strings in package else [],
        _styles(parsed(package, styles)) if styles in package else [],
        from_1904,
    )


def read_tables(package: Package, sheet: SheetPart) -> dict[str, TableArea]:
    """The tables of a sheet by their names. Raises DamagedError."""
    tables: dict[str, TableArea] = {}
    for found in relations(package, sheet.part).values():
        if found.kind != "table" or found.target not in package:
            continue
        root = parsed(package, found.target)
        area = _rectangle(sheet.name, *root.get("ref", "").partition(":")[::2])
        if area is None:
            continue
        titles = tuple(tidy(one.get("name", "")) for one in root.iter() if local(one.tag) == "tableColumn")
        area = area._replace(last_row=max(area.last_row - _whole(root, "totalsRowCount"), area.first_row))
        name = tidy(root.get("displayName", root.get("name", "")))
        tables[name] = TableArea(area, titles, root.get("headerRowCount", "1") != "0")
    return tables


def read_area(reference: str) -> Area | None:
    """The cells that a defined name stands for (`'Ark 1'!$A$1:$C$9`); None for anything but one rectangle."""
    found = _AREA.fullmatch(reference.strip())
    if not found:
        return None
    sheet = found[1].replace("''", "'") if found[1] else found[2]
    return _rectangle(sheet, found[3], found[4] or "")


def _rectangle(sheet: str, start: str, end: str) -> Area | None:
    first, last = _corner(start, 1, 1), _corner(end or start, MAX_ROW, MAX_COLUMN)
    if first is None or last is None:
        return None
    return Area(sheet, min(first[0], last[0]), min(first[1], last[1]), max(first[0], last[0]), max(first[1], last[1]))


def _corner(reference: str, row: int, column: int) -> tuple[int, int] | None:
    """Row and column of one end of a range; `row` and `column` stand in where it names none (`$A`, `$3`)."""
    plain = reference.replace("$", "")
    if plain.isascii() and plain.isdigit():
        return int(plain), column
    if plain.isascii() and plain.isalpha():
        return row, column_number(plain)
    try:
        return cell_numbers(reference)
    except DamagedError:
        return None


def read_strings(data: bytes) -> list[str | None]:
    """The shared texts of a workbook, None for an empty one. Raises DamagedError."""
    plain = _ITEM.findall(data)
    if b"<!" in data or not plain or len(plain) != data.count(b"<si"):  # some are rich, or have prefixes
        return [text or None for text in _parsed_strings(data)]
    try:
        return [text or None for text in texts(plain)]
    except UnicodeError:
        raise DamagedError from None


def _parsed_strings(data: bytes) -> list[str]:
    """The shared texts as expat reads them: those of rich text joined, phonetic ones left out."""
    found: list[str] = []
    item: list[str] = []
    inside = {"t": False, "rPh": False}

    def start(name: str, _: Mapping[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "si":
            item.clear()
        elif name in inside:
            inside[name] = True

    def end(name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "si":
            found.append(tidy("".join(item)))
        elif name in inside:
            inside[name] = False

    def characters(text: str) -> None:
        if inside["t"] and not inside["rPh"]:
            item.append(text)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        raise DamagedError(fault.lineno) from None
    return found


def _styles(root: Element) -> list[Shown]:
    codes: dict[int, str] = {}
    styles: list[Shown] = []
    for element in root.iter():
        if local(element.tag) == "numFmt":
            codes[_whole(element, "numFmtId")] = element.get("formatCode", "")
    known: dict[int, Shown] = {}
    for group in root:
        for element in group if local(group.tag) == "cellXfs" else ():
            number = _whole(element, "numFmtId")
            if number not in known:
                known[number] = shown_by(number, codes)
            styles.append(known[number])
    return styles


def relations(package: Package, part: str) -> dict[str, Relation]:
    """What the part `part` ("" is the file itself) has to do with others in the file, by id. Raises DamagedError."""
    folder, name = posixpath.split(part)
    file = posixpath.join(folder, "_rels", f"{name}.rels") if part else _ROOT
    found: dict[str, Relation] = {}
    for element in parsed(package, file) if file in package else ():
        if element.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, unquote(element.get("Target", ""))))
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relation(kind, _as_stored(package, target.lstrip("/")))
    return found


def _as_stored(package: Package, name: str) -> str:
    """The name of a part in the case in which the file has it; some programs write another in relationships."""
    if name in package:
        return name
    return next((one for one in package.members if one.casefold() == name.casefold()), name)


def parsed(package: Package, part: str) -> Element:
    """The XML of a part. Raises DamagedError when it is none."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(package.data(part), forbid_dtd=True)
    except ParseError as fault:
        raise DamagedError(fault.position[0]) from None
    except (DefusedXmlException, ValueError, LookupError):
        raise DamagedError from None
    return root


def local(tag: str) -> str:
    """The name of a tag without its namespace."""
    return tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """An attribute of a namespace, by its local name: `r:id` has another namespace in a strict file."""
    return next((value for key, value in element.items() if "}" in key and local(key) == name), "")


def _is_true(element: Element, name: str) -> bool:
    return element.get(name) in ("1", "true")


def _whole(element: Element, name: str) -> int:
    text = element.get(name, "")
    return int(text) if text.isascii() and text.isdigit() else 0
