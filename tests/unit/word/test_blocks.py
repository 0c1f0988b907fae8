"""Markdown as Word's blocks: exact XML for each kind of block, and never XML that is not well-formed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.word.archive.ooxml import W
from docgen.word.values.blocks import markdown_xml

if TYPE_CHECKING:
    from tests.unit.word.conftest import Maker, Recorder

_BODY = '<w:pPr><w:pStyle w:val="BodyText"/></w:pPr>'


def _run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _p(style: str, inside: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inside}</w:p>'


def _num(num_id: int, ilvl: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num_id}"/></w:numPr>'


@pytest.fixture
def session(new_recorder: type[Recorder]) -> Recorder:
    return new_recorder()


def test_paragraphs(maker: Maker, session: Recorder) -> None:
    xml = markdown_xml("Børn & Unge\nfortsat\r\n\r\nNæste <afsnit>\there", maker.style_map(), session)
    assert xml == (
        f"<w:p>{_BODY}{_run('Børn &amp; Unge fortsat')}</w:p>"
        f'<w:p>{_BODY}<w:r><w:t xml:space="preserve">Næste &lt;afsnit&gt;</w:t><w:tab/>'
        '<w:t xml:space="preserve">here</w:t></w:r></w:p>'
    )


def test_no_text_is_no_paragraph(maker: Maker, session: Recorder) -> None:
    assert markdown_xml("", maker.style_map(), session) == ""
    assert markdown_xml(" \n\n\t\n", maker.style_map(), session) == ""


def test_bold_and_italic(maker: Maker, session: Recorder) -> None:
    strong, emphasis = '<w:rStyle w:val="Strong"/>', '<w:rStyle w:val="Emphasis"/>'
    xml = markdown_xml("**fed** _kursiv_ ***begge***", maker.style_map(), session)
    assert xml == (
        f"<w:p>{_BODY}{_run('fed', strong)}{_run(' ')}{_run('kursiv', emphasis)}{_run(' ')}"
        f"{_run('begge', strong + '<w:i/><w:iCs/>')}</w:p>"
    )


def test_links_carry_a_tooltip(maker: Maker, session: Recorder) -> None:
    text = '[KL](https://www.kl.dk "Til \\"KL\\"") og <post@rm.dk> og [**æ**](https://rm.dk/æ?a=1&b=2)'
    xml = markdown_xml(text, maker.style_map(), session)
    link = '<w:rStyle w:val="Hyperlink"/>'
    assert xml == (
        f'<w:p>{_BODY}<w:hyperlink r:id="rId100" w:tooltip="Til &quot;KL&quot;" w:history="1">{_run("KL", link)}'
        f'</w:hyperlink>{_run(" og ")}<w:hyperlink r:id="rId101" w:tooltip="mailto:post@rm.dk" w:history="1">'
        f'{_run("post@rm.dk", link)}</w:hyperlink>{_run(" og ")}<w:hyperlink r:id="rId102"'
        f' w:tooltip="https://rm.dk/%C3%A6?a=1&amp;b=2" w:history="1">{_run("æ", link + "<w:b/><w:bCs/>")}'
        "</w:hyperlink></w:p>"
    )
    assert list(session.links) == ["https://www.kl.dk", "mailto:post@rm.dk", "https://rm.dk/%C3%A6?a=1&b=2"]


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "bilag.pdf", "#afsnit", "ftp://x.dk"])
def test_other_targets_are_no_links(maker: Maker, session: Recorder, target: str) -> None:
    xml = markdown_xml(f"Se [bilag]({target})", maker.style_map(), session)
    assert xml == f"<w:p>{_BODY}{_run(f'Se [bilag]({target})')}</w:p>"
    assert not session.links


def test_headings_go_below_the_section_and_carry_no_number(maker: Maker, session: Recorder) -> None:
    xml = markdown_xml("# Et\n\n### Tre\n\n###### Seks", maker.style_map(), session)
    assert xml == (_p("Heading2", _run("Et"), _num(0)) + _p("Heading4", _run("Tre")) + _p("Heading4", _run("Seks")))
    assert markdown_xml("# Et", maker.style_map(), session, heading_offset=0) == _p("Heading1", _run("Et"), _num(0))


def test_numbered_paragraphs_of_a_clause(maker: Maker, session: Recorder) -> None:
    xml = markdown_xml("Første stykke\n\n- punkt\n\nAndet stykke", maker.style_map(), session, numbered=True)
    assert xml == (
        _p("Stykke", _run("Første stykke"), _num(1, 1))
        + _p("ListBullet", _run("punkt"))
        + _p("Stykke", _run("Andet stykke"), _num(1, 1))
    )


def test_lists_in_lists(maker: Maker, session: Recorder) -> None:
    text = "- a\n\n  mere\n  - b\n    - c\n      - d\n- e"
    assert markdown_xml(text, maker.style_map(), session) == (
        _p("ListBullet", _run("a"))
        + _p("ListBullet", _run("mere"), _num(0) + '<w:ind w:left="360" w:firstLine="0"/>')
        + _p("ListBullet2", _run("b"))
        + _p("ListBullet3", _run("c"))
        + _p("ListBullet3", _run("d"))
        + _p("ListBullet", _run("e"))
    )
    assert not session.lists


def test_every_numbered_list_starts_anew(maker: Maker, session: Recorder) -> None:
    markdown_xml("1. a\n2. b\n\nmellem\n\n1. c", maker.style_map(), session)
    assert session.lists == [(3, True, 1, 0), (3, True, 1, 0)]


def test_items_keep_the_numbers_they_were_written_with(maker: Maker, session: Recorder) -> None:
    xml = markdown_xml("3. tre\n4. fire\n7. syv", maker.style_map(), session)
    assert session.lists == [(3, True, 3, 0), (3, True, 7, 0)]
    assert [int(found) for found in re.findall(r'<w:numId w:val="(\d+)"/>', xml)] == [10, 10, 11]


def test_the_same_number_over_and_over_counts(maker: Maker, session: Recorder) -> None:
    markdown_xml("1. a\n1. b\n1. c", maker.style_map(), session)
    assert session.lists == [(3, True, 1, 0)]


def test_a_list_inside_an_item_counts_on_the_same_list(maker: Maker, session: Recorder) -> None:
    xml = markdown_xml("1. a\n   1. b\n2. c\n   1. d\n\n   x\n\n   1. e", maker.style_map(), session)
    assert session.lists == [(3, True, 1, 0), (3, True, 1, 1)]
    places = re.findall(r'<w:ilvl w:val="(\d)"/><w:numId w:val="(\d+)"/>', xml)
    assert places == [("0", "10"), ("1", "10"), ("0", "10"), ("1", "10"), ("0", "0"), ("1", "11")]


def test_a_numbered_list_goes_on_across_control_tags(maker: Maker, session: Recorder) -> None:
    markdown_xml("1. a\n\ue000\n2. b\n\ue001\n3. c", maker.style_map(), session, control="\ue000\ue001")
    assert session.lists == [(3, True, 1, 0)]


def test_quotation_code_and_line_across(maker: Maker, session: Recorder) -> None:
    rule = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
    xml = markdown_xml("> citat\n\n---\n\n```\na  <b>\n c\n```", maker.style_map(), session)
    assert xml == (
        _p("Quote", _run("citat"))
        + _p("BodyText", "", rule)
        + f'<w:p>{_BODY}<w:r><w:t xml:space="preserve">a  &lt;b&gt;</w:t><w:br/>'
        '<w:t xml:space="preserve"> c</w:t></w:r></w:p>'
    )


def test_a_table(maker: Maker, session: Recorder) -> None:
    xml = markdown_xml("| Post | Kr. |\n|---|---|\n| Løn & mad | 1.200,50 |", maker.style_map(), session)
    cell = '<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr>{}</w:tc>'
    assert xml == (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Tabel"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="0420"'
        ' w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr>'
        '<w:tblGrid><w:gridCol w:w="4802"/><w:gridCol w:w="4270"/></w:tblGrid>'
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        + cell.format(4802, _p("Tabelhoved", _run("Post")))
        + cell.format(4270, _p("Tabelhoved", _run("Kr."), '<w:jc w:val="right"/>'))
        + "</w:tr><w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + cell.format(4802, _p("Tabeltekst", _run("Løn &amp; mad")))
        + cell.format(4270, _p("Tabeltal", _run("1.200,50")))
        + "</w:tr></w:tbl>"
        + _p("BodyText", "", '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>')
    )


@pytest.mark.parametrize(
    ("cells", "right"),
    [
        (["1.200", "500", "–"], True),
        (["12,5 %", "-3 pct."], True),
        (["1,4 mio. kr.", "250.000 kr."], True),
        (["15.11.2024", "16.11.2024"], False),
        (["2024", "i alt"], False),
        (["", ""], False),
        (["12 34 56 78", "1"], False),
    ],
)
def test_columns_of_numbers_stand_right(maker: Maker, session: Recorder, cells: list[str], right: bool) -> None:
    rows = "".join(f"| a | {cell} |\n" for cell in cells)
    xml = markdown_xml(f"| Navn | Tal |\n|---|---|\n{rows}", maker.style_map(), session)
    assert ("Tabeltal" in xml) is right


def test_the_alignment_that_is_written_wins(maker: Maker, session: Recorder) -> None:
    xml = markdown_xml("| A | B | C |\n|:--|--:|:-:|\n| 1 | x | y |", maker.style_map(), session)
    styles = re.findall(r'<w:pStyle w:val="(\w+)"/>(?:<w:jc w:val="(\w+)"/>)?', xml)
    assert styles[3:6] == [("Tabeltekst", ""), ("Tabeltal", ""), ("Tabeltekst", "center")]


def test_cells_beyond_the_heading_are_kept_and_breaks_read(maker: Maker, session: Recorder) -> None:
    xml = markdown_xml("| A |\n|---|\n| x<br>y | z | \\<br> |", maker.style_map(), session)
    assert re.findall(r">([^<>]+)<", xml) == ["A", "x", "y | z | &lt;br&gt;"]


def test_a_table_without_heading(maker: Maker, session: Recorder) -> None:
    xml = markdown_xml("|  |  |\n|---|---|\n| a | b |", maker.style_map(), session)
    assert xml.count("<w:tr>") == 1
    assert "tblHeader" not in xml


OWN_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Brdtekst"><w:name w:val="Body text"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Opstilling-punkttegn"><w:name w:val="List Bullet"/></w:style>'
    '<w:style w:type="table" w:styleId="Tabel-Gitter"><w:name w:val="Table Grid"/></w:style>'
)


def test_an_organisations_own_styles_are_found_by_name(new_maker: type[Maker], session: Recorder) -> None:
    styles = new_maker(OWN_STYLES, "").style_map()
    xml = markdown_xml("# A\n\nb\n\n| c |\n|---|\n| d |", styles, session)
    assert re.findall(r'<w:(?:pStyle|tblStyle) w:val="([^"]+)"/>', xml) == [
        "Overskrift2",
        "Brdtekst",
        "Tabel-Gitter",
        "Brdtekst",
    ]


def test_missing_styles_are_replaced_by_direct_formatting(new_maker: type[Maker], session: Recorder) -> None:
    styles = new_maker("", "").style_map()
    text = "# A\n\n- **b** *c* [d](https://kl.dk)\n\n1. e\n\n> f\n\n| g |\n|---|\n| h |"
    xml = markdown_xml(text, styles, session, numbered=True)
    assert session.lists == [(None, False, 1, 0), (None, True, 1, 0)]
    assert xml.startswith(
        '<w:p><w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr>' + _run("A", "<w:b/><w:bCs/>") + "</w:p>"
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="10"/></w:numPr>'
        '<w:ind w:left="360" w:hanging="360"/></w:pPr>'
        + _run("b", "<w:b/><w:bCs/>")
        + _run(" ")
        + _run("c", "<w:i/><w:iCs/>")
    )
    assert '<w:u w:val="single"/>' in xml
    assert '<w:ind w:left="567" w:firstLine="0"/>' in xml
    assert '<w:tblBorders><w:top w:val="single"' in xml
    assert _run("g", "<w:b/><w:bCs/>") in xml
    assert "<w:pStyle" not in xml


_PIECES = st.sampled_from(
    [
        *(
            "a",
            "æ ",
            "1. ",
            "1) ",
            "- ",
            "  ",
            "    ",
            "> ",
            "# ",
            "\n",
            "\n\n",
            "**",
            "*",
            "`",
            "```\n",
            "<",
            "&",
            '"',
        ),
        *("[x](https://kl.dk)", "![y](z)", "| a | b |\n", "|---|--:|\n", "| 1 |\n", "---\n", "]]>", "\\\n", "<br>"),
        "\ue000",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=20).map("".join), st.booleans())
def test_blocks_are_always_well_formed(maker: Maker, new_recorder: type[Recorder], text: str, numbered: bool) -> None:
    xml = markdown_xml(text, maker.style_map(), new_recorder(), numbered=numbered, control="\ue000")
    root = etree.fromstring(f'<w:body xmlns:w="{W}" xmlns:r="r">{xml}</w:body>')
    assert {child.tag for child in root} <= {f"{{{W}}}p", f"{{{W}}}tbl"}
    assert len(root) == 0 or root[-1].tag == f"{{{W}}}p"
