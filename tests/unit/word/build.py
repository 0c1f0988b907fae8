"""Word files from strings, and what can be seen of the files that come out of the engine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from docgen import catalog
from docgen.diagnostics import DocgenError
from docgen.word import WordDocument, WordTemplate

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
ROOT = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(text: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{look}{t(text)}</w:r>"


def p(*runs: str, style: str = "", inside: str = "") -> str:
    """A paragraph: strings that begin with `<` are XML, others the text of a run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{inside}</w:pPr>" if named or inside else ""
    return f"<w:p>{properties}{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def tc(*blocks: str) -> str:
    """A cell: strings that begin with `<` are XML, others the text of a paragraph."""
    inside = "".join(block if block.startswith("<") else p(block) for block in blocks)
    return f'<w:tc><w:tcPr><w:tcW w:w="100" w:type="dxa"/></w:tcPr>{inside}</w:tc>'


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cell if cell.startswith('<') else tc(cell) for cell in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def part(name: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:{name} {ROOT}>{inside}</w:{name}>'


def relationships(*entries: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Relationships xmlns="{RELS}">{"".join(entries)}</Relationships>'


def relationship(id_: str, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{id_}" Type="{R}/{kind}" Target="{target}"{mode}/>'


def parts(
    body: str, more: Mapping[str, str] | None = None, links: str = "", *, main: str = "document.main"
) -> dict[str, str]:
    """The parts of a file: `more` holds parts of word/ by name (`header1`), `links` more relationships."""
    more = dict(more or {})
    kinds = {name: name.rstrip("0123456789") for name in more}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}{kind}+xml"/>' for name, kind in kinds.items()
    )
    return {
        "[Content_Types].xml": (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{WORD}{main}+xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": relationships(relationship("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relationships(
            *(relationship(f"rId{name}", kind, f"{name}.xml") for name, kind in kinds.items()), links
        ),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        **{f"word/{name}.xml": text for name, text in more.items()},
    }


def pack(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: str, more: Mapping[str, str] | None = None, links: str = "", **files: str) -> bytes:
    return pack(parts(body, more, links) | files)


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def render(body: str, context: Mapping[str, object] | None = None, **extra: str) -> etree._Element:
    """The body of a template of `body`, rendered and seen to be whole."""
    return body_of(WordTemplate(docx(body, extra), name="skabelon.docx", danish=True).render(context or {}))


def body_of(document: WordDocument) -> etree._Element:
    files = unpack(document.to_bytes())
    for name, data in files.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(data)
    root = etree.fromstring(files["word/document.xml"])
    check_structure(root)
    body = root.find(f"{{{W}}}body")
    assert body is not None
    return body


def check_structure(root: etree._Element) -> None:
    """What Word will not open: text outside runs, cells without a final paragraph, tables and controls of nothing."""
    for cell in root.iter(f"{{{W}}}tc"):
        blocks = [one for one in cell if not str(one.tag).endswith(("Start", "End"))]  # a bookmark may end after it
        assert blocks[-1].tag == f"{{{W}}}p", etree.tostring(cell)
    for table in root.iter(f"{{{W}}}tbl"):
        assert next(table.iter(f"{{{W}}}tr"), None) is not None, etree.tostring(table)
    for row in root.iter(f"{{{W}}}tr"):
        assert next(row.iter(f"{{{W}}}tc"), None) is not None, etree.tostring(row)
    for content in root.iter(f"{{{W}}}sdtContent"):
        assert len(content) or next(content.iterancestors(f"{{{W}}}p"), None) is not None, etree.tostring(content)
    for element in root.iter(etree.Element):
        if element.tag not in (f"{{{W}}}t", f"{{{W}}}instrText", f"{{{W}}}delText"):
            assert not (element.text or "").strip(), etree.tostring(element)
        assert not (element.tail or "").strip(), etree.tostring(element)
        if element.tag == f"{{{W}}}r":
            parent = element.getparent()
            assert parent is not None and parent.tag.split("}")[1] in (
                "p",
                "hyperlink",
                "ins",
                "del",
                "sdtContent",
                "smartTag",
                "fldSimple",
                "moveFrom",
                "moveTo",
            )
    assert not list(root.iter(etree.ProcessingInstruction))


def text(element: etree._Element) -> str:
    """The text of an element as Word shows it: tabs and line breaks as such."""
    found = []
    for node in element.iter(*(f"{{{W}}}{name}" for name in ("t", "tab", "br"))):
        name = node.tag.split("}")[1]
        found.append({"tab": "\t", "br": "\n"}.get(name) or node.text or "")
    return "".join(found)


def lines(element: etree._Element) -> list[str]:
    """The text of every paragraph, in order."""
    return [text(paragraph) for paragraph in element.iter(f"{{{W}}}p")]


def rows(element: etree._Element) -> list[list[str]]:
    """The text of every cell of every row."""
    return [[text(cell) for cell in row.iter(f"{{{W}}}tc")] for row in element.iter(f"{{{W}}}tr")]


def faults(body: str, context: Mapping[str, object] | None = None, **extra: str) -> list[str]:
    """What is said of a template of `body`, message and place on a line each."""
    try:
        WordTemplate(docx(body, extra), name="skabelon.docx", danish=True).render(context or {})
    except DocgenError as fault:
        return [catalog.as_text(one) for one in fault.diagnostics]
    return []
