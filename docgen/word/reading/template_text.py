"""A Word template printed as text, so that a change in a .docx can be read in a diff."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.package import Package, read_package
from docgen.word.archive import opc
from docgen.word.archive.ooxml import VAL, r, w
from docgen.word.look.styles import StyleSheet, number_of, read_styles, text_of, toggle

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARTS = ("document.main+xml", "template.main+xml", "header+xml", "footer+xml", "footnotes+xml", "endnotes+xml")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TEXT_BOX = w("txbxContent")
_SIGNS = {
    w("tab"): "→",
    w("ptab"): "→",
    w("br"): "↵",
    w("cr"): "↵",
    w("noBreakHyphen"): "\u2011",
    w("sym"): "□",
    w("footnoteReference"): "[fodnote]",
    w("endnoteReference"): "[slutnote]",
}
_INDENT = "  "


def template_transcript(path: Path) -> str:
    """The template's text, part by part: one line a paragraph, with the name of its style in brackets first.

    Tags stand as written, also when Word has split them. Shown besides: rows and cells of tables, direct numbering
    and alignment, bold as **text** and italic as *text*, line breaks (↵), tabs (→), fields ({PAGE}), links and their
    targets, content controls and pictures by name, page size and margins. Raises DocgenError as read_package does.
    """
    package = read_package(path)
    main = opc.main_part(package)
    styles = opc.related(package, main, "styles")
    sheet = read_styles(opc.root_of(package, styles) if styles else None)
    parts = [main, *(part for part in opc.parts_of_type(package, _PARTS) if part != main)]
    return "\n".join(line for part in parts for line in _part(package, part, sheet)) + "\n"


def _part(package: Package, part: str, sheet: StyleSheet) -> Iterator[str]:
    links = {one.id: one.target for one in opc.relationships(package, part)}
    kinds = {one.get(r("id"), ""): one.get(w("type"), "") for one in _references(package)}
    main = opc.main_part(package)
    used = [kinds[one.id] for one in opc.relationships(package, main) if one.part == part and kinds.get(one.id)]
    yield f"== {part} ({', '.join(used)}) ==" if used else f"== {part} =="
    yield from _Lines(sheet, links).blocks(opc.root_of(package, part), "")


def _references(package: Package) -> Iterator[_Element]:
    return opc.root_of(package, opc.main_part(package)).iter(w("headerReference"), w("footerReference"))


class _Lines:
    """The lines of one part."""

    def __init__(self, sheet: StyleSheet, links: dict[str, str]) -> None:
        self._sheet = sheet
        self._links = links
        self._tables = 0
        self._in_field = False

    def blocks(self, parent: _Element, indent: str) -> Iterator[str]:
        for child in parent:
            tag = child.tag
            if tag == w("p"):
                yield from self._paragraph(child, indent)
            elif tag == w("tbl"):
                yield from self._table(child, indent)
            elif tag == w("sectPr"):
                yield f"{indent}[sektion: {_section(child)}]"
            elif tag == w("sdt"):
                yield f"{indent}[indholdskontrol: {_control(child)}]"
                yield from self.blocks(child, indent)
            elif tag != _FALLBACK:
                yield from self.blocks(child, indent)

    def _paragraph(self, element: _Element, indent: str) -> Iterator[str]:
        properties = element.find(w("pPr"))
        style = text_of(properties, "pStyle")
        name = self._sheet.name(style or "") if style is None or style in self._sheet.styles else f"{style}?"
        yield f"{indent}[{' '.join((name or '-', *_direct(properties)))}] {self._text(element)}".rstrip()
        for box in _below(element, _TEXT_BOX):
            yield f"{indent}[tekstfelt]"
            yield from self.blocks(box, indent + _INDENT)
        section = None if properties is None else properties.find(w("sectPr"))
        if section is not None:
            yield f"{indent}[sektion: {_section(section)}]"

    def _table(self, element: _Element, indent: str) -> Iterator[str]:
        self._tables += 1
        style = text_of(element.find(w("tblPr")), "tblStyle")
        yield f"{indent}[tabel {self._tables}: {self._sheet.name(style) if style else '-'}]"
        inner = indent + _INDENT
        for number, row in enumerate(_below(element, w("tr")), start=1):
            head = toggle(row.find(w("trPr")), "tblHeader")
            yield f"{inner}række {number}{' (overskrift)' if head else ''}"
            for place, cell in enumerate(_below(row, w("tc")), start=1):
                yield f"{inner}{_INDENT}celle {place}{_spans(cell)}"
                yield from self.blocks(cell, inner + _INDENT * 2)

    # --- inside a paragraph

    def _text(self, parent: _Element) -> str:
        return "".join(map(self._inline, parent))

    def _inline(self, element: _Element) -> str:
        tag = element.tag
        if tag == w("r"):
            return self._run(element)
        if tag == w("hyperlink"):
            target = self._links.get(element.get(r("id"), ""), "") or f"#{element.get(w('anchor'), '')}"
            return f"{self._text(element)}<{target}>"
        if tag == w("fldSimple"):
            return f"{{{' '.join(element.get(w('instr'), '').split())}}}"
        if tag == w("sdt"):
            return f"⟨{_control(element)}: {self._text(element)}⟩"
        if tag in {w("ins"), w("del")}:
            return f"⟨{'indsat' if tag == w('ins') else 'slettet'}: {self._text(element)}⟩"
        return "" if tag in {w("pPr"), w("sdtPr"), w("sdtEndPr"), _FALLBACK} else self._text(element)

    def _run(self, run: _Element) -> str:
        text = "".join(map(self._piece, run))
        properties = run.find(w("rPr"))
        style = self._sheet.styles.get(text_of(properties, "rStyle") or "")
        marks = "**" * bool(toggle(properties, "b")) + "*" * bool(toggle(properties, "i"))
        if not text.strip():
            return text
        named = style is not None and style.name != "Hyperlink"
        return f"{marks}{text}{marks}" + (f"⟨{style.name}⟩" if style and named else "")

    def _piece(self, child: _Element) -> str:
        tag = child.tag
        if tag in {w("t"), w("delText")}:
            return "" if self._in_field else child.text or ""
        if tag == w("instrText"):
            return f"{{{' '.join((child.text or '').split())}}}"
        if tag == w("fldChar"):
            # a field's result is what Word last worked out: no part of the template
            self._in_field = child.get(w("fldCharType")) == "separate"
        if tag == w("br") and child.get(w("type")) == "page":
            return "[sideskift]"
        pictures = (f"[billede: {one.get('descr') or one.get('name') or '-'}]" for one in child.iter(_PICTURE))
        return _SIGNS.get(tag, "") or "".join(dict.fromkeys(pictures))


def _direct(properties: _Element | None) -> Iterator[str]:
    """What a paragraph says of itself beside its style."""
    num_id, ilvl = number_of(properties, f"numPr/{w('numId')}"), number_of(properties, f"numPr/{w('ilvl')}")
    if num_id is not None:
        yield f"numId={num_id}" + (f" ilvl={ilvl or 0}" if num_id else "")
    side = text_of(properties, "jc")
    if side:
        yield f"jc={side}"
    for name in ("pageBreakBefore", "keepNext"):
        if toggle(properties, name):
            yield name


def _spans(cell: _Element) -> str:
    properties = cell.find(w("tcPr"))
    span = number_of(properties, "gridSpan") or 1
    merge = None if properties is None else properties.find(w("vMerge"))
    told = [f"{span} kolonner"] if span > 1 else []
    if merge is not None:
        told.append("begynder fletning" if merge.get(VAL) == "restart" else "flettet med cellen over")
    return f" ({', '.join(told)})" if told else ""


def _control(element: _Element) -> str:
    properties = element.find(w("sdtPr"))
    return text_of(properties, "tag") or text_of(properties, "alias") or "-"


def _section(element: _Element) -> str:
    """Page size and margins in twips, as they are written."""
    size, margins = element.find(w("pgSz")), element.find(w("pgMar"))
    page = "" if size is None else f"{size.get(w('w'))} x {size.get(w('h'))}"
    edges = "" if margins is None else " ".join(margins.get(w(side), "") for side in ("top", "right", "bottom", "left"))
    return ", margener ".join(part for part in (page, edges) if part) or "-"


def _below(parent: _Element, tag: str) -> Iterator[_Element]:
    """The nearest elements with `tag` below `parent`, in order; the twin of a drawing is left out."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag != _FALLBACK and child.tag not in {w("tbl"), w("tr"), w("tc")}:
            yield from _below(child, tag)
