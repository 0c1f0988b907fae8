"""An organisation's own Word file is a template and a design, whatever its styles are called and its parts lack."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from lxml import etree

from docgen.danish.values import Markdown
from docgen.word import WordTemplate
from tests.gates import integrity_findings, open_xml_findings

from .build import R, W, body_of, pack, rows, unpack

BOX = Path(__file__).parents[3] / "templates" / "design" / "design.docx"
DANISH = {
    "Heading1": "Overskrift1",
    "BodyText": "Brdtekst",
    "ListBullet": "Opstilling-punkttegn",
    "ListNumber": "Opstilling-talellerbogst",
    "TableGrid": "Tabel-Gitter",
}
TEXT = Markdown(
    "a **b** [c](https://a.dk?x=1&y=2)\n\n- x\n  - y\n\n1. p\n2. q\n\n## U\n\n| A | B |\n|---|--:|\n| 1 | 2 |\n\n> c d"
)
NAMES: dict[str, object] = {
    "titel": "Åse & Bo",
    "tekst": TEXT,
    "ps": [{"n": "æ", "v": 1}, {"n": "ø", "v": 2}],
    "dokument": dict.fromkeys("organisation udkast version dato titel sagsnummer status eksempel".split(), "x"),
}


def own() -> dict[str, bytes]:
    """A file from python-docx's default template, which Word 2013 made."""
    document = docx.Document()
    document.add_heading("{{ titel }}", 1)
    document.add_paragraph("{{ tekst }}")
    table = document.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    table.cell(0, 0).text = "{% for p in ps %}{{ p.n }}"
    table.cell(0, 1).text = "{{ p.v }}{% endfor %}"
    document.sections[0].header.paragraphs[0].text = "Region Ø"
    out = io.BytesIO()
    document.save(out)
    return unpack(out.getvalue())


def danish() -> dict[str, bytes]:
    """The same with the style ids of a Danish Word."""
    return {
        name: re.sub(rb'"(\w+)"', lambda match: _renamed(match.group()), data) if name.startswith("word/") else data
        for name, data in own().items()
    }


def _renamed(quoted: bytes) -> bytes:
    known = DANISH.get(quoted.decode().strip('"'))
    return f'"{known}"'.encode() if known else quoted


def without(files: dict[str, bytes], *parts: str) -> dict[str, bytes]:
    """The file without some of its parts, and without what points to them."""
    pointers = re.compile(rf'<(?:Relationship|Override)\b[^>]*/(?:{"|".join(parts)})"[^>]*/>'.encode())
    loose = re.compile(rf'<(?:Relationship)\b[^>]*Target="(?:{"|".join(parts)})"[^>]*/>'.encode())
    return {
        name: loose.sub(b"", pointers.sub(b"", data)) if name.endswith((".rels", "].xml")) else data
        for name, data in files.items()
        if not any(re.search(f"/(?:{part})$", name) for part in parts)
    }


ALL = ("settings.xml", "styles.xml", "stylesWithEffects.xml", "numbering.xml", "theme/theme1.xml", "fontTable.xml")
FILES = {
    "own": own(),
    "danish": danish(),
    "no settings": without(danish(), "settings.xml"),
    "no lists": without(danish(), "numbering.xml"),
    "nothing but text": without(danish(), *ALL),
    "the box": unpack(BOX.read_bytes()),
}


PAIRS = [
    *((name, None) for name in FILES if name != "the box"),
    *((name, "the box") for name in ("danish", "no settings", "nothing but text")),
    *(("own", name) for name in FILES if name != "own"),
]


@pytest.mark.parametrize(("template", "design"), PAIRS)
def test_an_own_file_gives_a_valid_document(template: str, design: str | None, tmp_path: Path) -> None:
    look = pack(FILES[design]) if design else None
    document = WordTemplate(pack(FILES[template]), design=look).render(NAMES, numbering=None)
    assert rows(body_of(document))[1:] == [["1", "2"], ["æ", "1"], ["ø", "2"]]
    relations = etree.fromstring(unpack(document.to_bytes())["word/_rels/document.xml.rels"])
    assert len({one.get("Id") for one in relations}) == len(relations)
    document.save(tmp_path / "ud.docx")
    if template != "nothing but text":  # its own table has a style that it lacks
        assert integrity_findings(tmp_path / "ud.docx") == []
    assert open_xml_findings(tmp_path / "ud.docx") == []


def test_markdown_is_written_in_the_styles_of_a_danish_file() -> None:
    template = WordTemplate(pack(danish()))
    assert template.schemes == ()
    styles = [style.get(f"{{{W}}}val") for style in body_of(template.render(NAMES)).iter(f"{{{W}}}pStyle")]
    assert styles[:4] == ["Overskrift1", "Brdtekst", "Opstilling-punkttegn", "ListBullet2"]
    assert styles.count("Opstilling-talellerbogst") == 2


def test_the_styles_of_a_danish_design_are_used() -> None:
    document = WordTemplate(pack(own()), design=pack(danish())).render(NAMES)
    styles = [style.get(f"{{{W}}}val") for style in body_of(document).iter(f"{{{W}}}pStyle")]
    assert styles[:3] == ["Overskrift1", "Brdtekst", "Opstilling-punkttegn"]
    assert f"{{{R}}}id" in next(body_of(document).iter(f"{{{W}}}headerReference")).attrib
