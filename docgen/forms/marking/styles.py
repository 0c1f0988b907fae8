"""The styles of a workbook, with those of marked cells and of docgen's own sheets added at the end."""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docgen.diagnostics import Severity
from docgen.forms.marking.book import Book, insert_in_order
from docgen.forms.marking.package import qualified, space, whole
from docgen.word.archive.ooxml import parse, to_bytes
from docgen.word.archive.opc import related

if TYPE_CHECKING:
    from lxml import etree

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_ORDER = "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst".split()

_FILLS = {Severity.ERROR: 0xFFC7CE, Severity.WARNING: 0xFFEB9C, Severity.INFO: 0xDDEBF7}
_LIGHT = 150  # of 255: text of such a colour cannot be read on these fills
_LIGHT_INDEXES = ("1", "9", "13", "15", "22", "26", "27", "34", "41", "42", "43")
_RGB = re.compile("[0-9A-Fa-f]{6}")
_LIGHT_THEMES = ("0", "2")
_LEAST = {
    "fonts": '<fonts count="1" xmlns="{0}"><font><sz val="11"/><name val="Calibri"/></font></fonts>',
    "fills": '<fills count="2" xmlns="{0}"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>',
    "borders": '<borders count="1" xmlns="{0}"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    "cellStyleXfs": '<cellStyleXfs count="1" xmlns="{0}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    "</cellStyleXfs>",
    "cellXfs": '<cellXfs count="1" xmlns="{0}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    "</cellXfs>",
}
_OWN_XF = (
    '<xf xmlns="{0}" numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" '
    'applyAlignment="1"><alignment vertical="top" wrapText="{1}"/></xf>'
)


class Styles:
    """The styles of a workbook while it is marked.

    Each style of a marked cell gets a fill in a shade of its own, so that the style of a marked cell tells the style
    that it had, also after a program has numbered the styles anew. `free` are the shades of earlier marks.
    """

    def __init__(self, book: Book, free: frozenset[str] = frozenset()) -> None:
        self._book = book
        self._part = related(book.package, book.part, "styles")
        self._root = book.root(self._part) if self._part else _empty(book)
        self._lists = {name: self._list(name) for name in _LEAST}
        self._known: dict[str, dict[bytes, int]] = {}
        self._marked: dict[tuple[int, Severity], int] = {}
        colours = self._root.iter(qualified(self._root, "fgColor"))
        self._taken = {one.get("rgb", "")[-6:].upper() for one in colours} - free

    def marked(self, original: int, severity: Severity) -> int:
        """The style `original` with a fill for the severity, and with text that can be read on it."""
        xfs = self._lists["cellXfs"]
        original = original if original < len(xfs) else 0
        if (original, severity) not in self._marked:
            xf = copy.deepcopy(xfs[original])
            xf.set("fillId", str(self._fill(self._shade(severity))))
            xf.set("applyFill", "1")
            self._darken(xf)
            self._marked[original, severity] = self._find("cellXfs", xf)
        return self._marked[original, severity]

    def own(self, font: str = "", *, fill: int | None = None, wrap: bool = True) -> int:
        """A style for text in sheets of docgen's own, which no program takes for a formula; `font` is XML."""
        xf = self._make(_OWN_XF.replace("{1}", str(int(wrap))))
        if font:
            made = self._make(f'<font xmlns="{{0}}">{font}<name val="Calibri"/><family val="2"/></font>')
            xf.set("fontId", str(self._find("fonts", made)))
            xf.set("applyFont", "1")
        if fill is not None:
            xf.set("fillId", str(self._fill(fill)))
            xf.set("applyFill", "1")
        return self._find("cellXfs", xf)

    def originals(self, pairs: Sequence[tuple[int, int]]) -> dict[int, int]:
        """The style to give back for each style with a fill of docgen's own; `pairs` as `pairs` gave them.

        Known by the shade, since programs write one style as several; what somebody changed beside the fill stays.
        """
        xfs = self._lists["cellXfs"]
        known = {self.shade(marked): (xfs[marked], original) for marked, original in pairs if marked < len(xfs)}
        found: dict[int, int] = {}
        for number, xf in enumerate(list(xfs)):
            marked, original = known.get(self.shade(number), (None, 0))
            if marked is None:
                continue
            if _look(xf) == _look(marked):
                found[number] = original
                continue
            kept, was = copy.deepcopy(xf), xfs[original if original < len(xfs) else 0]
            kept.set("fillId", was.get("fillId", "0"))
            if xf.get("fontId") == marked.get("fontId"):
                kept.set("fontId", was.get("fontId", "0"))
            found[number] = self._find("cellXfs", kept)
        return found

    def shade(self, style: int) -> str:
        """The colour of the fill of a style, six hexadecimal digits; empty when it has none."""
        xfs, fills = self._lists["cellXfs"], self._lists["fills"]
        number = whole(xfs[style], "fillId") if style < len(xfs) else len(fills)
        colour = next(fills[number].iter(qualified(self._root, "fgColor")), None) if number < len(fills) else None
        return "" if colour is None else colour.get("rgb", "")[-6:].upper()

    def pairs(self) -> list[tuple[int, int]]:
        """The style of each kind of marked cell, with the one that it had."""
        return [(marked, original) for (original, _), marked in self._marked.items()]

    def save(self) -> None:
        """Writes the styles into the package, where any were added."""
        if not self._known:
            return
        for name in self._known:
            self._lists[name].set("count", str(len(self._lists[name])))
        if self._part:
            self._book.put(self._part, self._root)
            return
        part = self._book.free_part(posixpath.join(posixpath.dirname(self._book.part), "docgen-styles"), ".xml")
        self._book.add_part(self._book.part, part, to_bytes(self._root), "styles", _TYPE)

    def _list(self, name: str) -> etree._Element:
        found = self._root.find(qualified(self._root, name))
        if found is None or not len(found):
            if found is not None:
                self._root.remove(found)
            found = self._make(_LEAST[name])
            insert_in_order(self._root, found, _ORDER)
        return found

    def _make(self, xml: str) -> etree._Element:
        return parse(xml.replace("{0}", space(self._root)).encode())

    def _find(self, name: str, element: etree._Element) -> int:
        """Where an element like this one stands in a list of the styles; it is put there when none is."""
        from lxml import etree

        found = self._lists[name]
        known = self._known.setdefault(name, {})
        if not known:
            for number, one in enumerate(found):
                known.setdefault(etree.tostring(one, method="c14n", exclusive=True, with_tail=False), number)
        key = etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
        if key not in known:
            element.tail = None
            found.append(element)
            known[key] = len(found) - 1
        return known[key]

    def _fill(self, colour: int) -> int:
        xml = (
            f'<fill xmlns="{{0}}"><patternFill patternType="solid"><fgColor rgb="FF{colour:06X}"/>'
            '<bgColor indexed="64"/></patternFill></fill>'
        )
        return self._find("fills", self._make(xml))

    def _shade(self, severity: Severity) -> int:
        """The next shade for a severity that no fill has: up to 4096 that nobody can tell apart."""
        base = _FILLS[severity]
        for number in range(4096):
            shade = base - (number & 15) - ((number >> 4 & 15) << 8) - ((number >> 8) << 16)
            if f"{shade:06X}" not in self._taken:
                self._taken.add(f"{shade:06X}")
                return shade
        return base

    def _darken(self, xf: etree._Element) -> None:
        fonts = self._lists["fonts"]
        number = whole(xf, "fontId")
        font = fonts[number] if number < len(fonts) else fonts[0]
        colour = font.find(qualified(font, "color"))
        if colour is not None and _is_light(colour):
            font = copy.deepcopy(font)
            dark = font.find(qualified(font, "color"))
            assert dark is not None
            dark.attrib.clear()
            dark.set("rgb", "FF000000")
            xf.set("fontId", str(self._find("fonts", font)))
            xf.set("applyFont", "1")


def _look(xf: etree._Element) -> tuple[str, str]:
    """What tells a style from others: what it applies is written in several ways."""
    from lxml import etree

    told = sorted((str(key), value) for key, value in xf.attrib.items() if not str(key).startswith("apply"))
    return str(told), "".join(etree.tostring(one, encoding="unicode", with_tail=False) for one in xf)


def _is_light(colour: etree._Element) -> bool:
    rgb = colour.get("rgb", "")[-6:]
    if _RGB.fullmatch(rgb):
        red, green, blue = (int(rgb[at : at + 2], 16) for at in (0, 2, 4))
        return 0.299 * red + 0.587 * green + 0.114 * blue > _LIGHT
    return colour.get("theme") in _LIGHT_THEMES or colour.get("indexed") in _LIGHT_INDEXES


def _empty(book: Book) -> etree._Element:
    return parse(f'<styleSheet xmlns="{space(book.root(book.part))}"/>'.encode())
