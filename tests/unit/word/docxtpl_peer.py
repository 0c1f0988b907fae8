"""The same template and data through docxtpl and through docgen, and what can be seen of either document."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from lxml import etree

from docgen.word import WordTemplate
from tests.unit.word.build import ROOT, W, docx, text, unpack

STYLES = (
    f'<?xml version="1.0"?><w:styles {ROOT}><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style></w:styles>'
)


def both(body: str, context: Mapping[str, Any], **extra: str) -> tuple[list[str], list[str]]:
    """The outlines of docxtpl's document and of docgen's."""
    data = docx(body, {"styles": STYLES, **extra})
    peer = DocxTemplate(io.BytesIO(data))
    peer.render(dict(context), autoescape=True)
    out = io.BytesIO()
    peer.save(out)
    ours = WordTemplate(data, name="skabelon.docx").render(context).to_bytes()
    return outline(out.getvalue()), outline(ours)


def outline(data: bytes) -> list[str]:
    """The paragraphs, tables, rows and cells of a document's texts, a line each."""
    found: list[str] = []
    for name, part in sorted(unpack(data).items()):
        if name.startswith(("word/document", "word/header", "word/footer", "word/footnotes")) and name.endswith(".xml"):
            found += [name, *_blocks(etree.fromstring(part))]
    return found


def _blocks(parent: etree._Element) -> list[str]:
    found: list[str] = []
    for child in parent:
        match etree.QName(child).localname:
            case "p":
                found.append(f"p {text(child)!r}")
            case "tbl":
                columns = child.findall(f"{_w('tblGrid')}/{_w('gridCol')}")
                found.append(f"tbl {len(columns)}")
                for row in child.iterchildren(_w("tr")):
                    found.append("tr")
                    for cell in row.iterchildren(_w("tc")):
                        found += [_cell(cell), *_blocks(cell)]
            case "body" | "sdt" | "sdtContent" | "footnote":
                found += _blocks(child)
    return found


def _cell(cell: etree._Element) -> str:
    told = "tc"
    for name, attribute in (("gridSpan", "val"), ("vMerge", "val"), ("shd", "fill")):
        child = cell.find(f"{_w('tcPr')}/{_w(name)}")
        if child is not None:
            told += f" {name}={child.get(_w(attribute))}"
    return told


def _w(name: str) -> str:
    return f"{{{W}}}{name}"
