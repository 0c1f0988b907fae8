"""The look of a finished document that a web page can follow: its fonts, its colours and its logo."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docgen.package import Package, read_package
from docgen.word.archive import opc
from docgen.word.archive.ooxml import VAL, w
from docgen.word.look.styles import StyleSheet, read_styles, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DESCRIBED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_COLOUR = re.compile("[0-9A-Fa-f]{6}")
_FONT = re.compile(r"[\w .'-]{1,60}")
_PICTURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_LARGEST_LOGO = 500_000


class PageLook(NamedTuple):
    """Fonts by name and colours as six hexadecimal digits; `logo` is a data URI, or empty where there is none."""

    text_font: str = "Calibri"
    heading_font: str = "Calibri"
    heading: str = "1B3A57"
    muted: str = "595F66"
    link: str = "1F5FA8"
    rule: str = "B3BDC7"
    shade: str = "EAF0F5"
    example: str = "8A5A00"
    example_shade: str = "FFF3D6"
    logo: str = ""
    logo_text: str = ""


def read_look(source: bytes | Path) -> PageLook:
    """The look of a document's styles and theme; what they do not say is as in `PageLook`."""
    package = read_package(source, "dokument.docx" if isinstance(source, bytes) else "")
    main = opc.main_part(package)
    styles = opc.related(package, main, "styles")
    root = opc.root_of(package, styles) if styles else None
    if root is None:
        return PageLook()
    theme = _Theme(package, main)
    found = _Styles(root, theme)
    logo, logo_text = _logo(package, main)
    told = {
        "text_font": found.font(""),
        "heading_font": found.font("heading 1"),
        "heading": found.colour("heading 1", f"rPr/{w('color')}"),
        "muted": found.colour("Subtitle", f"rPr/{w('color')}"),
        "link": found.colour("Hyperlink", f"rPr/{w('color')}"),
        "rule": found.colour("footer", f"pPr/{w('pBdr')}/{w('top')}", "color"),
        "shade": theme.colour("lt2"),
        "example": found.colour("Eksempel", f"pPr/{w('pBdr')}/{w('left')}", "color"),
        "example_shade": found.colour("Eksempel", f"pPr/{w('shd')}", "fill"),
    }
    return PageLook(**{name: value for name, value in told.items() if value}, logo=logo, logo_text=logo_text)


class _Theme:
    """The theme of a file: its colours and its two fonts."""

    def __init__(self, package: Package, main: str) -> None:
        part = opc.related(package, main, "theme")
        self._root = opc.root_of(package, part) if part else None

    def colour(self, name: str) -> str:
        found = None if self._root is None else self._root.find(f".//{_A}clrScheme/{_A}{name}/{_A}srgbClr")
        return _legal(_COLOUR, "" if found is None else found.get("val", ""))

    def font(self, name: str) -> str:
        """The font that `minorHAnsi` or `majorHAnsi` stands for."""
        kind = "majorFont" if name.startswith("major") else "minorFont"
        found = None if self._root is None else self._root.find(f".//{_A}{kind}/{_A}latin")
        return _legal(_FONT, "" if found is None else found.get("typeface", ""))


class _Styles:
    """The styles of a file with what they say of fonts and colours, nearest first."""

    def __init__(self, root: _Element, theme: _Theme) -> None:
        self._sheet: StyleSheet = read_styles(root)
        self._elements = {one.get(w("styleId"), ""): one for one in root.iterchildren(w("style"))}
        self._defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}")
        self._theme = theme

    def font(self, name: str) -> str:
        """The font of a style, or of the text when `name` is empty."""
        start = self._sheet.find(name) if name else self._sheet.default
        chain = [self._elements[style.id].find(w("rPr")) for style in self._sheet.chain(start)]
        for run in (*chain, None if self._defaults is None else self._defaults.find(w("rPr"))):
            themed = text_of(run, "rFonts", "asciiTheme")
            direct = text_of(run, "rFonts", "ascii")
            found = self._theme.font(themed) if themed else _legal(_FONT, direct or "")
            if found:
                return found
        return ""

    def colour(self, name: str, path: str, attribute: str = "val") -> str:
        start = self._sheet.find(name) or self._sheet.find(name, "character")
        for style in self._sheet.chain(start):
            parent, _, rest = path.partition("/")
            found = self._elements[style.id].find(f"{w(parent)}/{rest}")
            value = "" if found is None else _legal(_COLOUR, found.get(VAL if attribute == "val" else w(attribute), ""))
            if value:
                return value
        return ""


def _legal(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""


def _logo(package: Package, main: str) -> tuple[str, str]:
    """The first PNG or JPEG picture in a header, as a data URI, and its text."""
    for one in opc.relationships(package, main):
        if one.kind != "header" or one.part not in package:
            continue
        for inner in opc.relationships(package, one.part):
            if inner.kind != "image" or inner.part not in package:
                continue
            data = package.data(inner.part)
            kind = next((kind for start, kind in _PICTURES if data.startswith(start)), "")
            if kind and len(data) <= _LARGEST_LOGO:
                described = opc.root_of(package, one.part).find(f".//{_DESCRIBED}")
                text = "" if described is None else described.get("descr", "")
                return f"data:{kind};base64,{base64.b64encode(data).decode()}", text
    return "", ""
