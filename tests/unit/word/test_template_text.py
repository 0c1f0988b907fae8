"""A template printed as text, so that a change in it can be read in a diff."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docgen.word.reading.template_text import template_transcript

if TYPE_CHECKING:
    from tests.unit.word.conftest import Maker, Recorder

ROOT = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def _r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _p(inside: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{inside}</w:p>"


def _field(instruction: str) -> str:
    def sign(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = f"<w:r><w:instrText> {instruction} </w:instrText></w:r>{sign('separate')}{_r('7')}"
    return f"{sign('begin')}{inner}{sign('end')}"


def test_a_template(maker: Maker, new_recorder: type[Recorder], tmp_path: Path) -> None:
    session = new_recorder()
    link = session.add_hyperlink("https://rm.dk")
    picture = (
        '<w:r><w:drawing><wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' id="1" name="Billede 1" descr="Regionens logo"/></w:drawing></w:r>'
    )
    box = f"<w:r><w:pict><w:txbxContent>{_p(_r('boks'))}</w:txbxContent></w:pict></w:r>"
    body = (
        _p(_r("{{ ti") + _r("tel }}", "<w:b/>"), "Title")
        + _p(_r("{{ a.overskrift }}"), "Heading1", '<w:numPr><w:numId w:val="0"/></w:numPr><w:jc w:val="center"/>')
        + _p(_r("a", "<w:i/>") + "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "Stykke", "<w:keepNext/>")
        + _p(f'<w:hyperlink r:id="{link}">{_r("KL")}</w:hyperlink>' + _r(" vigtigt", '<w:rStyle w:val="Strong"/>'))
        + _p(
            _field("PAGE") + '<w:fldSimple w:instr=" NUMPAGES ">' + _r("9") + "</w:fldSimple>" + picture + box, "Ukendt"
        )
        + '<w:sdt><w:sdtPr><w:tag w:val="klausul"/></w:sdtPr><w:sdtContent>'
        + _p('<w:sdt><w:sdtPr><w:alias w:val="Dato"/></w:sdtPr><w:sdtContent>' + _r("x") + "</w:sdtContent></w:sdt>")
        + "</w:sdtContent></w:sdt>"
        + '<w:tbl><w:tblPr><w:tblStyle w:val="Tabel"/></w:tblPr><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>'
        + _p(_r("Navn"), "Tabelhoved")
        + '</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
        + _p(_r("{%tr for m in medlemmer %}"))
        + "</w:tc></w:tr></w:tbl>"
        + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:pgSz w:w="11906" w:h="16838"/>'
        + '<w:pgMar w:top="1417" w:right="1134" w:bottom="1417" w:left="1134"/></w:sectPr>'
    )
    path = tmp_path / "skabelon.docx"
    path.write_bytes(maker.docx(body, session, {"header1": f"<w:hdr {ROOT}>{_p(_r('Sag {{ sagsnummer }}'))}</w:hdr>"}))
    assert (
        template_transcript(path)
        == """\
== word/document.xml ==
[Title] {{ ti**tel }}**
[heading 1 numId=0 jc=center] {{ a.overskrift }}
[Stykke keepNext] *a*→b↵c
[Normal] KL<https://rm.dk> vigtigt⟨Strong⟩
[Ukendt?] {PAGE}{NUMPAGES}[billede: Regionens logo]
[tekstfelt]
  [Normal] boks
[indholdskontrol: klausul]
[Normal] ⟨Dato: x⟩
[tabel 1: Tabel]
  række 1 (overskrift)
    celle 1
      [Tabelhoved] Navn
  række 2
    celle 1 (2 kolonner)
      [Normal] {%tr for m in medlemmer %}
[sektion: 11906 x 16838, margener 1417 1134 1417 1134]
== word/header1.xml (default) ==
[Normal] Sag {{ sagsnummer }}
"""
    )
