"""Pictures of a finished document: as words in text and Markdown, as themselves in HTML."""

from __future__ import annotations

import base64

from docgen.word import Image, WordTemplate
from docgen.word.reading.content import Paragraph, Picture, Table
from docgen.word.reading.html import to_html
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_markdown, to_text
from tests.unit.word.build import docx, p, part, tbl, tr
from tests.unit.word.test_rich import png

LOGO = Image(png(), alt='Logo & "våben"', width="4 cm")
DECORATION = Image(png(red=9), alt="")


def made(body: str, **more: str) -> bytes:
    return WordTemplate(docx(body, more)).render({"logo": LOGO, "pynt": DECORATION}).to_bytes()


def test_a_picture_is_a_block_after_its_paragraph() -> None:
    document = read_document(made(p("A {{ logo }} B") + tbl(tr("{{ logo }}")) + p("slut")))
    [text, picture, table, _] = document.blocks
    assert isinstance(text, Paragraph) and text.text == "A  B"
    assert picture == Picture('Logo & "våben"', "png", png(), 151, 76)
    assert isinstance(table, Table)
    assert table.rows[0].cells[0].blocks == (picture,)


def test_a_picture_in_words() -> None:
    document = read_document(made(p("{{ logo }}") + p("{{ pynt }}") + tbl(tr("{{ logo }}")) + p("slut")))
    assert to_text(document) == '[billede: Logo & "våben"]\n\nLogo & "våben"\n\nslut\n'
    assert to_markdown(document).startswith('\\[billede: Logo & "våben"\\]\n\n')


def test_a_picture_in_html() -> None:
    found = str(to_html(read_document(made(p("{{ logo }}") + p("{{ pynt }}")))))
    data = base64.b64encode(png()).decode()
    said = 'alt="Logo &amp; &quot;våben&quot;" width="151" height="76"'
    assert f'<img src="data:image/png;base64,{data}" {said}>' in found
    assert 'alt=""' in found


def test_a_logo_in_a_header_is_no_text() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader1"/></w:sectPr>'
    document = read_document(made(p("x") + section, header1=part("hdr", p("{{ logo }}") + p("Ærø"))))
    assert document.headers == ("Ærø",)
