"""Finished documents read back: what a reader sees, in order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docgen.diagnostics import DocgenError
from docgen.word.reading.content import (
    Block,
    Cell,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Row,
    Rule,
    Section,
    Span,
    Table,
    line,
)
from docgen.word.reading.reader import read_document

if TYPE_CHECKING:
    from tests.unit.word.conftest import Maker, Recorder

ROOT = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def _p(text: str = "", style: str = "", more: str = "", runs: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{run}{runs}</w:p>"


def _num(num_id: int, ilvl: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num_id}"/></w:numPr>'


def _blocks(maker: Maker, body: str) -> tuple[Block, ...]:
    return read_document(maker.docx(body)).blocks


def _lines(maker: Maker, body: str) -> list[str]:
    return [line(block) for block in _blocks(maker, body)]


def test_headings_paragraphs_and_lists_with_their_numbers(maker: Maker) -> None:
    body = (
        _p("Aftale", "Title")
        + _p("Formål", "Heading1")
        + _p("Delmål", "Heading2")
        + _p("Første & bedste".replace("&", "&amp;"), "Stykke", _num(1, 1))
        + _p("punkt", "ListBullet")
        + _p("fortsat", "ListBullet", _num(0))
        + _p("under", "ListBullet2")
        + _p("et", "ListNumber")
        + _p("a", "ListNumber2")
        + _p("Bilag", "Heading1", _num(0))
        + _p("Tekst")
    )
    assert _blocks(maker, body) == (
        Paragraph((Span("Aftale"),), "Title"),
        Heading(1, "1.", (Span("Formål"),)),
        Heading(2, "1.1", (Span("Delmål"),)),
        Paragraph((Span("Første & bedste"),), "Stykke", "1.2"),
        ListItem(1, "•", (Span("punkt"),), ordered=False),
        ListItem(1, "", (Span("fortsat"),), ordered=False),
        ListItem(2, "•", (Span("under"),), ordered=False),
        ListItem(1, "1.", (Span("et"),), ordered=True, value=1),
        ListItem(2, "a)", (Span("a"),), ordered=True, value=1),
        Heading(1, "", (Span("Bilag"),)),
        Paragraph((Span("Tekst"),), "Normal"),
    )


def test_empty_numbered_paragraphs_count_and_are_shown_where_word_shows_them(maker: Maker) -> None:
    body = _p("", "Heading1") + _p("To", "Heading1") + _p("", "ListNumber") + _p("b", "ListNumber") + _p()
    assert _lines(maker, body) == ["2. To", "1.", "2. b"]


def test_a_style_based_on_a_heading_and_an_outline_level_make_headings(maker: Maker, new_maker: type[Maker]) -> None:
    styles = maker.styles + (
        '<w:style w:type="paragraph" w:styleId="Bilag"><w:name w:val="Bilagsoverskrift"/>'
        '<w:basedOn w:val="Heading1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    body = _p("Bilag A", "Bilag") + _p("Vigtigt", "", '<w:outlineLvl w:val="2"/>')
    assert read_document(new_maker(styles).docx(body)).blocks == (
        Heading(1, "", (Span("Bilag A"),)),
        Heading(3, "", (Span("Vigtigt"),)),
    )


def test_bold_italic_and_links(maker: Maker, new_recorder: type[Recorder]) -> None:
    session = new_recorder()
    link = session.add_hyperlink("https://rm.dk/?a=1&b=2")
    body = _p(
        runs='<w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t xml:space="preserve">fed </w:t></w:r>'
        "<w:r><w:rPr><w:b/></w:rPr><w:t>også</w:t></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="Strong"/><w:b w:val="0"/><w:i/></w:rPr><w:t>kursiv</w:t></w:r>'
        f'<w:hyperlink r:id="{link}"><w:r><w:t>li</w:t></w:r><w:r><w:t>nk</w:t></w:r></w:hyperlink>'
        '<w:hyperlink w:anchor="_Toc1"><w:r><w:t>internt</w:t></w:r></w:hyperlink>'
    )
    (paragraph,) = read_document(maker.docx(body, session)).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines == (
        Span("fed også", bold=True),
        Span("kursiv", italic=True),
        Span("link", link="https://rm.dk/?a=1&b=2"),
        Span("internt"),
    )


def test_signs_that_are_no_text_in_xml(maker: Maker) -> None:
    runs = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/>"
        '<w:t>e</w:t><w:lastRenderedPageBreak/><w:cr/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    )
    assert _lines(maker, _p(runs=runs)) == ["a\tb\nc\u2011de\n☑"]


def test_tracked_changes_show_the_text_as_accepted(maker: Maker) -> None:
    body = (
        _p(
            "Gammel",
            runs="<w:ins><w:r><w:t> ny</w:t></w:r></w:ins><w:del><w:r><w:delText>væk</w:delText></w:r></w:del>",
        )
        + _p("Før", "", "<w:rPr><w:del/></w:rPr>")
        + _p(
            " efter",
            runs="<w:moveFrom><w:r><w:t>fra</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> til</w:t></w:r></w:moveTo>",
        )
        + '<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc><w:p/></w:tc></w:tr>'
        + f"<w:tr><w:tc>{_p('række')}</w:tc></w:tr></w:tbl>"
    )
    assert _lines(maker, body) == ["Gammel ny", "Før efter til", "række"]


def test_content_controls_text_boxes_and_hidden_text(maker: Maker) -> None:
    box = "<w:pict><w:txbxContent>" + _p("i boks") + "</w:txbxContent></w:pict>"
    body = (
        f"<w:sdt><w:sdtPr><w:tag w:val='x'/></w:sdtPr><w:sdtContent>{_p('blok')}</w:sdtContent></w:sdt>"
        + _p("før ", runs="<w:sdt><w:sdtContent><w:r><w:t>felt</w:t></w:r></w:sdtContent></w:sdt>")
        + _p(
            "anker",
            runs='<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>",
        )
        + _p("synlig", runs="<w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r>")
    )
    assert _lines(maker, body) == ["blok", "før felt", "anker", "i boks", "synlig"]


def _field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_fields_show_their_result(maker: Maker) -> None:
    def instruction(text: str) -> str:
        return f"<w:r><w:instrText>{text}</w:instrText></w:r>"

    def text(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    body = (
        _p("Side ", runs='<w:fldSimple w:instr=" PAGE "><w:r><w:t>4</w:t></w:r></w:fldSimple>')
        + _p(runs=_field("begin") + instruction("TOC") + _field("separate") + text("1. Formål"))
        + _p(runs=text("2. Pris") + _field("end") + text(" slut"))
        + _p(
            runs=_field("begin")
            + text("ej")
            + _field("begin")
            + _field("separate")
            + text("ej")
            + _field("end")
            + _field("end")
        )
        + _p(
            runs=_field("begin")
            + instruction(' HYPERLINK "https://kl.dk"')
            + _field("separate")
            + text("KL")
            + _field("end")
        )
    )
    assert _lines(maker, body) == ["Side 4", "1. Formål", "2. Pris slut", "KL"]
    last = _blocks(maker, body)[-1]
    assert isinstance(last, Paragraph)
    assert last.inlines == (Span("KL", link="https://kl.dk"),)


def test_page_breaks_and_lines_across(maker: Maker) -> None:
    rule = '<w:pBdr><w:bottom w:val="single"/></w:pBdr>'
    page = '<w:sectPr><w:pgSz w:w="1"/></w:sectPr>'
    continuous = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    body = (
        _p("a", runs='<w:r><w:br w:type="page"/><w:t>b</w:t></w:r>')
        + _p("", "", rule)
        + _p("c", "", "<w:pageBreakBefore/>")
        + _p("d", "", page)
        + _p("e", "", continuous)
        + _p("f")
        + page
    )
    looks = ["|" if block == PageBreak() else "_" if block == Rule() else line(block) for block in _blocks(maker, body)]
    # the section that e ends is continuous, so it goes on after d; the last one starts a page
    assert looks == ["a", "|", "b", "_", "|", "c", "d", "e", "|", "f"]


def test_tables(maker: Maker) -> None:
    def row(*cells: str, head: bool = False) -> str:
        inside = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
        return f"<w:tr><w:trPr>{'<w:tblHeader/>' * head}</w:trPr>{inside}</w:tr>"

    restart, merged = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>"
    body = "<w:tbl>" + (
        row(_p("Post", "Tabelhoved"), _p("Kr.", "Tabelhoved"), head=True)
        + row(restart + _p("Løn", "Tabeltekst"), _p("1.000", "Tabeltal"))
        + "<w:sdt><w:sdtContent>"
        + row(merged + _p("skjult"), _p("500", "", '<w:jc w:val="end"/>'))
        + "</w:sdtContent></w:sdt>"
        + row('<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + _p("I alt") + _p("1.500"))
    )
    (table,) = _blocks(maker, body + "</w:tbl>")

    def cell(text: str, style: str) -> Cell:
        return Cell((Paragraph((Span(text),), style),))

    assert table == Table(
        (
            Row((cell("Post", "Tabelhoved"), cell("Kr.", "Tabelhoved")), header=True),
            Row((cell("Løn", "Tabeltekst"), cell("1.000", "Tabeltal"))),
            Row((Cell(()), cell("500", "Normal"))),
            Row((Cell((Paragraph((Span("I alt"),), "Normal"), Paragraph((Span("1.500"),), "Normal")), 2),)),
        ),
        ("", "right"),
    )


def test_headers_and_footers_in_use(maker: Maker) -> None:
    more = {
        "header1": f"<w:hdr {ROOT}>{_p('Sag 26/1')}</w:hdr>",
        "header2": f"<w:hdr {ROOT}>{_p('Forside')}</w:hdr>",
        "header3": f"<w:hdr {ROOT}>{_p('Lige sider')}</w:hdr>",
        "footer1": f"<w:ftr {ROOT}><w:tbl><w:tr><w:tc>{_p('Side 1')}</w:tc><w:tc>{_p('Region')}</w:tc></w:tr>"
        "</w:tbl></w:ftr>",
    }
    references = (
        '<w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>'
        '<w:headerReference w:type="even" r:id="header3"/><w:footerReference w:type="default" r:id="footer1"/>'
    )
    body = _p("a", "", f"<w:sectPr>{references}<w:titlePg/></w:sectPr>") + _p("b") + "<w:sectPr/>"
    document = read_document(maker.docx(body, more=more))
    assert document.sections == (
        Section(("Forside", "Sag 26/1"), ("Side 1 | Region",)),
        Section(("Sag 26/1",), ("Side 1 | Region",)),
    )
    assert document.headers == ("Forside", "Sag 26/1")


def test_notes_are_marked_and_appended(maker: Maker) -> None:
    body = _p("Tekst", runs='<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="5"/></w:r>')
    more = {
        "footnotes": f'<w:footnotes {ROOT}><w:footnote w:id="0">{_p("streg")}</w:footnote>'
        f'<w:footnote w:id="2">{_p("Se § 5")}</w:footnote></w:footnotes>',
        "endnotes": f'<w:endnotes {ROOT}><w:endnote w:id="5">{_p("Slut")}</w:endnote></w:endnotes>',
    }
    document = read_document(maker.docx(body, more=more))
    assert [line(block) for block in document.blocks] == ["Tekst[1][s1]"]
    assert [(note.mark, [line(block) for block in note.blocks]) for note in document.notes] == [
        ("1", ["Se § 5"]),
        ("s1", ["Slut"]),
    ]


def test_the_language_of_the_styles(maker: Maker) -> None:
    assert read_document(maker.docx(_p("x"))).language == "da-DK"


def test_a_file_on_disk_and_what_is_no_word_file(maker: Maker, tmp_path: Path) -> None:
    path = tmp_path / "møde æ.docx"
    path.write_bytes(maker.docx(_p("Hej")))
    assert [line(block) for block in read_document(path).blocks] == ["Hej"]
    with pytest.raises(DocgenError) as caught:
        read_document(b"ikke en Word-fil")
    assert caught.value.exit_code == 2


def test_a_document_type_is_refused(maker: Maker) -> None:
    data = maker.docx(_p("x"), more={"settings": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"})
    with pytest.raises(DocgenError) as caught:
        read_document(data)
    assert [found.code for found in caught.value.diagnostics] == ["DG411"]
