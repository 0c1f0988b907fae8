"""A workbook's package: its sheets in order, and sheets of docgen's own put in and taken out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from docgen.forms.marking.package import Draft, qualified, relation_space, whole
from docgen.word.archive.ooxml import to_bytes
from docgen.word.archive.opc import related, relationships, relationships_part

if TYPE_CHECKING:
    from lxml import etree

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BOOK_ORDER = (
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences "
    "definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing "
    "fileRecoveryPr webPublishObjects extLst"
).split()
_VIEW = re.compile(rb"(<(?:\w+:)?sheetView)(?=[\s/>])")
_SELECTED = re.compile(rb"(<(?:\w+:)?sheetView\s[^>]*?)\s+tabSelected\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_HOLDS_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
# What a sheet has beside itself and shares with no other.
_OWN_PARTS = frozenset("comments vmlDrawing drawing printerSettings threadedComment table".split())


class SheetPart(NamedTuple):
    """A sheet of cells: its name, its part, its position among all sheets (from 0), whether it is shown."""

    name: str
    part: str
    position: int
    hidden: bool


def insert_in_order(root: etree._Element, child: etree._Element, order: Sequence[str]) -> None:
    """Puts `child` where the schema wants it among the children of `root`, whose names come in `order`."""
    from lxml import etree

    before = set(order[: order.index(etree.QName(child).localname) + 1])
    position = 0
    for number, one in enumerate(root, start=1):
        if isinstance(one.tag, str) and etree.QName(one).localname in before:
            position = number
    root.insert(position, child)


class Book(Draft):
    """A workbook while it is marked."""

    def sheets(self) -> list[SheetPart]:
        """The sheets of cells, in order; sheets that are one chart, macros and dialogs are left out."""
        root = self.root(self.part)
        links = {one.id: one for one in relationships(self.package, self.part)}
        key = f"{{{relation_space(root)}}}id"
        found = []
        for index, sheet in enumerate(root.iter(qualified(root, "sheet"))):
            link = links.get(sheet.get(key, ""))
            if link is not None and link.kind == "worksheet" and link.part in self.package:
                hidden = sheet.get("state", "visible") != "visible"
                found.append(SheetPart(sheet.get("name", ""), link.part, index, hidden))
        return found

    def names(self) -> dict[str, str]:
        """The defined names of the whole workbook and what they stand for; those of one sheet are left out."""
        root = self.root(self.part)
        return {
            one.get("name", ""): one.text or ""
            for one in root.iter(qualified(root, "definedName"))
            if one.get("localSheetId") is None
        }

    def add_sheet(self, name: str, data: bytes, *, defined: str, first: bool = False, hidden: bool = False) -> str:
        """Puts in a sheet, first or last, with the defined name `defined` on its first cell; its name is given back.

        A name that another sheet has gets a number.
        """
        folder = posixpath.dirname(self.part)
        part = self.free_part(posixpath.join(folder, "worksheets", "docgen"), ".xml")
        relation = self.add_part(self.part, part, data, "worksheet", SHEET_TYPE)
        root = self.root(self.part)
        sheets = next(root.iter(qualified(root, "sheets")))
        taken = {sheet.get("name", "").casefold() for sheet in sheets}
        free = next(one for count in range(len(taken) + 1) if (one := _numbered(name, count)).casefold() not in taken)
        highest = max(whole(sheet, "sheetId") for sheet in sheets)
        made = sheets.makeelement(qualified(root, "sheet"), name=free, sheetId=str(highest + 1))
        if hidden:
            made.set("state", "hidden")
        made.set(f"{{{relation_space(root)}}}id", relation)
        sheets.insert(0 if first else len(sheets), made)
        if first:
            _shift(root, 0, 1)
        names = root.find(qualified(root, "definedNames"))
        if names is None:
            names = root.makeelement(qualified(root, "definedNames"))
            insert_in_order(root, names, _BOOK_ORDER)
        meant = names.makeelement(qualified(root, "definedName"), name=defined)
        meant.text = f"{quoted(free)}!$A$1"
        names.append(meant)
        self.put(self.part, root)
        return free

    def remove_sheet(self, sheet: SheetPart) -> None:
        """Takes a sheet out with everything that is its own, and the defined names on it."""
        root = self.root(self.part)
        element = next(one for one in root.iter(qualified(root, "sheet")) if one.get("name") == sheet.name)
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
        for names in root.findall(qualified(root, "definedNames")):
            for one in list(names):
                if one.get("localSheetId") == str(sheet.position) or sheet_of(one.text or "") == sheet.name:
                    names.remove(one)
            if not len(names):
                root.remove(names)
        _shift(root, sheet.position + 1, -1)
        self.put(self.part, root)
        own = [one.part for one in relationships(self.package, sheet.part) if one.kind in _OWN_PARTS]
        if own:
            self.drop_parts(sheet.part, own)
        chain = related(self.package, self.part, "calcChain")
        counted = chain and _HOLDS_FORMULA.search(self.package.data(sheet.part))
        links = relationships_part(sheet.part)
        self.drop_parts(self.part, [sheet.part, *([chain] if counted else [])])
        self.package = self.package.changed({}, without=[links])

    def selected(self) -> list[str]:
        """The names of the sheets that are selected; what is typed goes into all of them."""
        return [sheet.name for sheet in self.sheets() if _is_selected(self.package.data(sheet.part))]

    def select(self, names: Sequence[str], active: int) -> None:
        """Selects these sheets alone, and opens the workbook on the sheet at `active`."""
        for sheet in self.sheets():
            data = self.package.data(sheet.part)
            if _is_selected(data) != (sheet.name in names):
                if b"sheetView" not in data:  # an alphabet of two bytes to the character
                    data = to_bytes(self.root(sheet.part))
                cleared = _SELECTED.sub(rb"\1", data)
                marked = _VIEW.sub(rb'\1 tabSelected="1"', cleared) if sheet.name in names else cleared
                self.package = self.package.changed({sheet.part: marked})
        root = self.root(self.part)
        for view in root.iter(qualified(root, "workbookView")):
            view.attrib.pop("firstSheet", "")
            view.attrib.pop("activeTab", "")
            if active:
                view.set("activeTab", str(active))
        self.put(self.part, root)

    def active(self) -> int:
        """Where the sheet stands that the workbook opens on."""
        root = self.root(self.part)
        return next((whole(view, "activeTab") for view in root.iter(qualified(root, "workbookView"))), 0)


def quoted(sheet: str) -> str:
    """The name of a sheet as formulas and links write it."""
    return "'" + sheet.replace("'", "''") + "'"


def sheet_of(reference: str) -> str:
    """The name of the sheet that a reference such as `'Bilag 2'!$A$1` leads to; empty when it leads to none."""
    name, mark, _ = reference.rpartition("!")
    return name[1:-1].replace("''", "'") if mark and name.startswith("'") else name


def _numbered(name: str, number: int) -> str:
    return f"{name} ({number + 1})" if number else name


def _shift(root: etree._Element, first: int, by: int) -> None:
    """Moves what counts sheets by their position, for the sheets from `first` on."""
    counted = [
        (one, "localSheetId") for one in root.iter(qualified(root, "definedName")) if "localSheetId" in one.attrib
    ]
    counted += [(one, "activeTab") for one in root.iter(qualified(root, "workbookView"))]
    for one, key in counted:
        position = whole(one, key)
        if position >= first:
            one.set(key, str(position + by))


def _is_selected(data: bytes) -> bool:
    from io import BytesIO

    from lxml import etree

    views = etree.iterparse(BytesIO(data), events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for _, element in views:
            name = etree.QName(element).localname
            if name == "sheetView" and element.get("tabSelected") in ("1", "true"):
                return True
            if name == "sheetData":
                break
    except etree.XMLSyntaxError:
        return False  # whoever needs more of the sheet tells
    return False
