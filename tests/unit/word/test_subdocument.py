"""A Word file as a value: its text with the styles, lists, pictures and links it needs, and nothing that collides."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx as python_docx
import pytest
from docx.shared import Cm
from lxml import etree

from docgen import catalog
from docgen.diagnostics import DocgenError
from docgen.word import SubDocument, WordTemplate
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_text
from tests.gates import integrity_findings, open_xml_findings
from tests.unit.word.build import R, W, body_of, docx, lines, p, part, r, rows, tbl, tr, unpack
from tests.unit.word.test_rich import DRAWN, png

NAMES = part(
    "styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Cit"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Værtens"/></w:style>',
)


def styled(*styles: str) -> str:
    return part("styles", "".join(styles))


def style(id_: str, name: str, inside: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{id_}"><w:name w:val="{name}"/>{inside}</w:style>'


def document(sub: bytes, body: str = p("{{ x }}")) -> bytes:
    return WordTemplate(docx(body, {"styles": NAMES}), name="t.docx").render({"x": SubDocument(sub)}).to_bytes()


def body(data: bytes) -> etree._Element:
    root = etree.fromstring(unpack(data)["word/document.xml"])
    found = root.find(f"{{{W}}}body")
    assert found is not None
    return found


def names(data: bytes) -> list[str]:
    """The names of the styles of the paragraphs, in order."""
    root = etree.fromstring(unpack(data)["word/styles.xml"])
    known = {one.get(f"{{{W}}}styleId"): one[0].get(f"{{{W}}}val", "") for one in root.iter(f"{{{W}}}style")}
    assert len(known) == len(list(root.iter(f"{{{W}}}style")))
    return [known[one.get(f"{{{W}}}val")] for one in body(data).iter(f"{{{W}}}pStyle")]


def test_its_paragraphs_and_tables_take_the_place_of_the_tag() -> None:
    sub = docx(p("A & B") + tbl(tr("1", "2")) + p("C") + "<w:sectPr/>")
    made = WordTemplate(docx(p("før") + p("{{ x }}") + p("efter"))).render({"x": SubDocument(sub)})
    found = body_of(made)
    assert lines(found) == ["før", "A & B", "1", "2", "C", "efter"]
    assert rows(found) == [["1", "2"]]
    assert not list(found.iter(f"{{{W}}}sectPr"))


def test_its_tags_are_text() -> None:
    assert lines(body(document(docx(p("{{ hemmelig }}"))))) == ["{{ hemmelig }}"]


def test_styles_of_the_same_name_are_the_documents_and_others_come_along() -> None:
    sheet = styled(
        style("A", "Quote", "<w:rPr><w:b/></w:rPr>"),
        style("Egen", "Gæstens", '<w:basedOn w:val="Grund"/><w:next w:val="A"/><w:rPr><w:i/></w:rPr>'),
        style("Grund", "Grundlag"),
        style("Ubrugt", "Ubrugt"),
    )
    data = document(docx(p("en", style="A") + p("to", style="Egen") + p("tre", style="Findes ikke"), {"styles": sheet}))
    assert names(data) == ["Quote", "Gæstens"]
    styles = unpack(data)["word/styles.xml"].decode()
    assert styles.count('w:val="Quote"') == 1
    assert '<w:basedOn w:val="Grund"/><w:next w:val="Cit"/>' in styles
    assert "Ubrugt" not in styles


NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="3"><w:nsid w:val="11111111"/><w:lvl w:ilvl="0"><w:start w:val="4"/>'
    '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="8"><w:abstractNumId w:val="3"/></w:num>',
)


def test_its_lists_are_numbered_from_the_start_each_time() -> None:
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="8"/></w:numPr>'
    sub = docx(p("en", inside=item) + p("to", inside=item), {"numbering": NUMBERING})
    data = document(sub, p("{% for i in [1, 2] %}") + p("{{ x }}") + p("{% endfor %}"))
    assert to_text(read_document(data)).split("\n")[:4] == ["d) en", "e) to", "d) en", "e) to"]
    numbering = unpack(data)["word/numbering.xml"].decode()
    assert "11111111" not in numbering
    assert numbering.count("<w:abstractNum ") == 1
    assert re.findall(r'<w:num w:numId="(\d+)"', numbering) == ["1", "2"]


def test_pictures_links_and_ids() -> None:
    sub = python_docx.Document()
    sub.add_picture(io.BytesIO(png()), width=Cm(2))
    link = f'<w:hyperlink xmlns:w="{W}" xmlns:r="{R}" r:id="{{}}">{r("her")}</w:hyperlink>'
    target = sub.part.relate_to("https://x.dk/?a=1&b=2", f"{R}/hyperlink", is_external=True)
    sub.add_paragraph()._p.append(etree.fromstring(link.format(target)))
    saved = io.BytesIO()
    sub.save(saved)
    data = document(saved.getvalue(), p("{% for i in [1, 2] %}") + p("{{ x }}") + p("{% endfor %}"))
    files = unpack(data)
    assert [name for name in files if "media" in name] == ["word/media/docgen1.png"]
    root = etree.fromstring(files["word/document.xml"])
    ids = [one.get("id") for one in root.iter(f"{DRAWN}docPr")]
    assert len(set(ids)) == 2
    known = {one.get("Id"): one.get("Target") for one in etree.fromstring(files["word/_rels/document.xml.rels"])}
    [first, second] = [one.get(f"{{{R}}}id") for one in root.iter(f"{{{W}}}hyperlink")]
    assert known[first] == known[second] == "https://x.dk/?a=1&b=2"


def test_bookmarks_keep_their_references_and_their_names_apart() -> None:
    mark = '<w:bookmarkStart w:id="0" w:name="mål"/>{}<w:bookmarkEnd w:id="0"/>'
    link = f'<w:hyperlink w:anchor="mål">{r("her")}</w:hyperlink>'
    field = '<w:fldSimple w:instr=" REF mål \\h "/>'
    sub = docx(p(mark.format(r("A"))) + p(link, field))
    data = document(sub, p(mark.format(r("vært"))) + p("{% for i in [1, 2] %}") + p("{{ x }}") + p("{% endfor %}"))
    starts = list(body(data).iter(f"{{{W}}}bookmarkStart"))
    assert len({one.get(f"{{{W}}}id") for one in starts}) == 3
    found = [one.get(f"{{{W}}}name", "") for one in starts]
    assert len(set(found)) == 3
    assert found[0] == "mål"
    assert [one.get(f"{{{W}}}anchor") for one in body(data).iter(f"{{{W}}}hyperlink")] == found[1:]
    fields = [one.get(f"{{{W}}}instr", "").split()[1] for one in body(data).iter(f"{{{W}}}fldSimple")]
    assert fields == found[1:]


def test_comments_and_permissions_stay_behind() -> None:
    inside = (
        f'<w:commentRangeStart w:id="1"/>{r("A")}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
    )
    found = body(document(docx(p(inside, '<w:permStart w:id="1"/>', r("B"), '<w:permEnd w:id="1"/>'))))
    assert lines(found) == ["AB"]
    assert b"comment" not in etree.tostring(found)
    assert b"perm" not in etree.tostring(found)


def test_in_a_cell_and_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "bilag.docx").write_bytes(docx(p("A") + tbl(tr("1"))))
    template = WordTemplate(docx(tbl(tr("{{ 'bilag.docx' | underdokument }}"))), name="t.docx")
    assert rows(body_of(template.render({}, folder=tmp_path)))[0] == ["A1", "1"]
    with pytest.raises(DocgenError) as fault:
        template.render({})
    assert [one.code for one in fault.value.diagnostics] == ["DG467"]


def test_what_cannot_come_along_is_told_with_its_place() -> None:
    template = WordTemplate(docx(p("x") + p("{{ x }}")), name="t.docx")
    sub = docx(p("A", '<w:r><w:footnoteReference w:id="2"/></w:r>'))
    with pytest.raises(DocgenError) as fault:
        template.render({"x": SubDocument(sub, name="bilag.docx")})
    [told] = map(catalog.as_text, fault.value.diagnostics)
    assert "DG497: bilag.docx kan ikke indsættes: fodnoter kan ikke følge med" in told
    assert "afsnit 2" in told
    with pytest.raises(DocgenError) as fault:
        SubDocument(b"ikke en fil", name="bilag.docx")
    assert "bilag.docx" in catalog.as_text(fault.value.diagnostics[0])


def test_all_of_it_is_valid(tmp_path: Path) -> None:
    sub = python_docx.Document()
    sub.add_heading("Overskrift", 1)
    sub.add_paragraph("punkt", style="List Number")
    sub.add_paragraph("punkt", style="List Bullet")
    sub.add_paragraph("citat", style="Intense Quote")
    sub.add_picture(io.BytesIO(png()), width=Cm(2))
    sub.add_table(2, 2, style="Light Grid Accent 1").cell(0, 0).text = "celle"
    sub.save(str(tmp_path / "sub.docx"))
    host = python_docx.Document()
    host.add_paragraph("{% for i in [1, 2] %}")
    host.add_paragraph("{{ x }}")
    host.add_paragraph("{% endfor %}")
    host.save(str(tmp_path / "t.docx"))
    (tmp_path / "bar.docx").write_bytes(docx(p("{{ x }}") + p("slut"), {"styles": NAMES}))
    for name in ("t", "bar"):
        out = tmp_path / f"ud-{name}.docx"
        WordTemplate(tmp_path / f"{name}.docx").render({"x": SubDocument(tmp_path / "sub.docx")}).save(out)
        assert integrity_findings(out) == []
        assert open_xml_findings(out) == []
