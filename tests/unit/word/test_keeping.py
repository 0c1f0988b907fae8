"""What belongs to a table keeps with it, and nothing else changes."""

from __future__ import annotations

import re

import pytest

from docgen.word.tagging.keeping import keep_together

TABLE = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>celle</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
SLIM = '<w:p><w:pPr><w:spacing w:line="20"/></w:pPr></w:p>'


def text(words: str, properties: str = '<w:pPr><w:pStyle w:val="BodyText"/></w:pPr>') -> str:
    return f"<w:p>{properties}<w:r><w:t>{words}</w:t></w:r></w:p>"


def kept(xml: str) -> list[str]:
    """The words of the paragraphs that keep with the next."""
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", keep_together(xml, "Caption", "Tabeltekst"))
    return ["".join(re.findall(r"<w:t>(.*?)</w:t>", one)) for one in paragraphs if "<w:keepNext/>" in one]


NOTE = text("note", '<w:pPr><w:pStyle w:val="Tabeltekst"/></w:pPr>')
CAPTION = text("Tabel 1", '<w:pPr><w:pStyle w:val="Caption"/></w:pPr>')


def table(*cells: str) -> str:
    rows = "".join(f"<w:tr><w:trPr/><w:tc>{text(cell)}</w:tc></w:tr>" for cell in cells)
    return f'<w:tbl><w:tblPr><w:tblLook w:lastRow="1"/></w:tblPr>{rows}</w:tbl>'


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (text("a") + text("b") + TABLE, ["b"]),
        (text("a") + CAPTION + TABLE, ["a"]),
        (text("a", "") + TABLE, ["a"]),
        (text("a", "<w:pPr><w:jc/></w:pPr>") + TABLE + text("b") + TABLE, ["a", "b"]),
        (text("a") + TABLE + SLIM + TABLE, ["a"]),
        (text("a") + TABLE + text("b"), ["a"]),
        (text("a", "<w:pPr><w:sectPr/></w:pPr>") + TABLE, []),
        (TABLE + CAPTION + TABLE, []),
        (TABLE + text("note") + CAPTION + TABLE, []),
        (TABLE + text("note") + text("a") + CAPTION + TABLE, ["a"]),
        (TABLE + NOTE, ["celle"]),
        (table("hoved", "a", "b", "sum"), ["b"]),
        (table("hoved", "a", "b", "sum") + NOTE, ["b", "sum"]),
        (table("hoved", "sum"), []),
        (table("hoved", "a", "sum").replace("lastRow", "firstRow"), []),
        (text("a") + "<w:sdt></w:sdt>" + TABLE, []),
        (text("a", "<w:pPr><w:keepNext/></w:pPr>") + TABLE, ["a"]),
        (TABLE.replace("<w:p>", text("indre") + TABLE + "<w:p>"), []),
        (text("a", '<w:pPr><w:pStyle w:val="X"/><w:keepNext/></w:pPr>') + TABLE, ["a"]),
        (text("a", "<w:pPr/>") + TABLE, []),
        ('<w:p w:rsidR="1"/>' + TABLE, []),
        (text("a"), []),
    ],
)
def test_the_text_above_a_table_is_kept(xml: str, expected: list[str]) -> None:
    assert kept(xml) == expected
    assert without(keep_together(xml, "Caption", "Tabeltekst")) == without(xml)


def without(xml: str) -> str:
    return xml.replace("<w:pPr><w:keepNext/></w:pPr>", "").replace("<w:keepNext/>", "")


def test_keep_stands_after_the_style_where_the_standard_wants_it() -> None:
    made = keep_together(text("a", '<w:pPr><w:pStyle w:val="X"/><w:numPr/></w:pPr>') + TABLE, "", "")
    assert made.startswith('<w:p><w:pPr><w:pStyle w:val="X"/><w:keepNext/><w:numPr/></w:pPr>')
    again = keep_together(made, "", "")
    assert again == made
