"""Rich values: what they look like in the document, and what is said of those that cannot be written."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from docx.shared import Cm
from lxml import etree

from docgen import catalog
from docgen.diagnostics import DocgenError
from docgen.word import (
    Image,
    Listing,
    Markdown,
    PageBreak,
    RichParagraphs,
    RichText,
    WordDocument,
    WordTemplate,
)
from tests.gates import integrity_findings, open_xml_findings
from tests.unit.word.build import R, W, body_of, docx, lines, p, part, tbl, tc, text, tr, unpack

STYLES = part(
    "styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="Stk"><w:name w:val="Stærk"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Cit"><w:name w:val="Quote"/></w:style>',
)


def png(width: int = 20, height: int = 10, *, dots: int = 0, red: int = 0) -> bytes:
    """A picture of one colour; `dots` an inch where not 0."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = (b"\0" + bytes([red, 0, 0]) * width) * height
    metre = round(dots / 0.0254)
    size = chunk(b"pHYs", struct.pack(">IIB", metre, metre, 1)) if dots else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + size + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def jpeg(width: int, height: int, *, unit: int, dots: int) -> bytes:
    """The head of a JPEG file, which tells its size."""
    head = b"\xff\xd8\xff\xe0" + struct.pack(">H5sHBHHBB", 16, b"JFIF\0", 0x0102, unit, dots, dots, 0, 0)
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return head + frame + b"\xff\xd9"


def made(body: str, context: Mapping[str, object], **options: Any) -> WordDocument:
    more = options.pop("more", {})
    return WordTemplate(docx(body, {"styles": STYLES, **more}), name="t.docx").render(context, **options)


def body(body_: str, context: Mapping[str, object], **options: Any) -> etree._Element:
    return body_of(made(body_, context, **options))


def told(body_: str, context: Mapping[str, object], **options: Any) -> str:
    with pytest.raises(DocgenError) as fault:
        made(body_, context, **options)
    return "\n".join(catalog.as_text(one) for one in fault.value.diagnostics)


def looks(element: etree._Element) -> list[tuple[str, list[str]]]:
    """The text of each run that has any, and what its properties say."""
    found = []
    for run in element.iter(f"{{{W}}}r"):
        properties = run.find(f"{{{W}}}rPr")
        said = [] if properties is None else list(properties)
        names = [etree.QName(one).localname + "=" + (one.get(f"{{{W}}}val") or "") for one in said]
        if text(run):
            found.append((text(run), names))
    return found


# --- text


@pytest.mark.parametrize("tag", ["{{ x }}", "{{r x }}"])
def test_rich_text_in_a_sentence(tag: str) -> None:
    value = RichText("fed & <", bold=True) + " almindelig " + RichText("rød", colour="#c00", size=10.5, italic=True)
    found = body(p(f"A {tag} B", ""), {"x": value})
    assert lines(found) == ["A fed & < almindelig rød B"]
    assert looks(found) == [
        ("A ", []),
        ("fed & <", ["b=", "bCs="]),
        (" almindelig ", []),
        ("rød", ["i=", "iCs=", "color=CC0000", "sz=21", "szCs=21"]),
        (" B", []),
    ]


def test_every_look() -> None:
    value = RichText(
        "x",
        style="Stærk",
        font="Arial",
        bold=False,
        strike=True,
        underline="double",
        background="FFFF00",
        superscript=True,
        language="en-GB",
    )
    [(_, found)] = looks(body(p("{{ x }}"), {"x": value}))
    assert found == ["rStyle=Stk", "rFonts=", "b=0", "bCs=0", "strike=", "u=double", "shd=clear", "vertAlign=superscript", "lang=en-GB"]  # fmt: skip  # noqa: E501


def test_rich_text_with_lines_paragraphs_and_pages() -> None:
    centred = p("A {{ x }} B", inside='<w:jc w:val="center"/>')
    found = body(centred, {"x": RichText("en\nto\ttre\afire", bold=True).add("\f").add("fem")})
    assert lines(found) == ["A en\nto\ttre", "fire\nfem B"]
    assert len(list(found.iter(f"{{{W}}}jc"))) == 2
    assert [one.get(f"{{{W}}}type") for one in found.iter(f"{{{W}}}br")] == [None, "page"]


def test_a_link_in_rich_text() -> None:
    document = made(p("{{ x }}"), {"x": RichText("her", link="https://ø.dk/a b?x=1&y=2")})
    [link] = body_of(document).iter(f"{{{W}}}hyperlink")
    assert text(link) == "her"
    rels = etree.fromstring(unpack(document.to_bytes())["word/_rels/document.xml.rels"])
    targets = {one.get("Id"): one.get("Target") for one in rels}
    assert targets[link.get(f"{{{R}}}id")] == "https://ø.dk/a%20b?x=1&y=2"


def test_empty_rich_text_is_false_and_writes_nothing() -> None:
    found = body(p("[{{ x }}]{% if x %}ja{% else %}nej{% endif %}"), {"x": RichText()})
    assert lines(found) == ["[]nej"]


def test_paragraphs_of_rich_text() -> None:
    value = RichParagraphs("en").add(RichText("to", bold=True), style="Quote").add("tre\afire")
    assert lines(body(p("{{ x }}") + p("{{p x }}"), {"x": value})) == ["en", "to", "tre", "fire"] * 2
    assert "DG456" in told(p("a {{ x }} b"), {"x": value})


def test_a_listing_keeps_the_look_around_it() -> None:
    run = '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">A {{ x }} B</w:t></w:r>'
    found = body(p(run), {"x": Listing("en\nto\ttre\a<fire>")})
    assert lines(found) == ["A en\nto\ttre", "<fire> B"]
    assert {tuple(names) for _, names in looks(found)} == {("i=",)}


def test_a_page_break() -> None:
    found = body(p("A{{ x }}B"), {"x": PageBreak()})
    assert [one.get(f"{{{W}}}type") for one in found.iter(f"{{{W}}}br")] == ["page"]


def test_values_from_plain_data() -> None:
    context = {"md": "**fed**\n\n- a", "t": "en\nto\n\ntre", "x": "rød & blå", "tom": None}
    assert lines(body(p("{{ md | markdown }}"), context)) == ["fed", "a"]
    assert lines(body(p("{{ t | linjer }}"), context)) == ["en\nto", "tre"]
    assert looks(body(p("{{ x | skrift(fed=true, farve='C00000') }}"), context)) == [
        ("rød & blå", ["b=", "bCs=", "color=C00000"])
    ]
    assert lines(body(p("{{ x | sideskift }}y"), context)) == ["rød & blå\ny"]
    assert lines(body(p("[{{ tom | sideskift }}{{ tom | linjer }}{{ tom | billede(tekst='') }}]"), context)) == ["[]"]
    assert lines(body(p("{{ x }}"), {"x": Markdown("*a*")})) == ["a"]


def test_rich_values_in_a_paragraph_cannot_go_on_inside_a_link() -> None:
    link = p('<w:hyperlink w:anchor="x"><w:r><w:t>{{ x }}</w:t></w:r></w:hyperlink>')
    assert "DG456" in told(link, {"x": Listing("a\ab")})


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (RichText("x", style="Findes ikke"), "DG466"),
        (RichText("x", colour="rød"), "DG465"),
        (RichText("x", link="javascript:alert(1)"), "DG457"),
        (RichText("x", link="file:///etc/passwd"), "DG457"),
        (RichText("a\x00b"), "DG455"),
        (Listing("a\x07b\x0bc"), "DG455"),
        (Image(b"ikke et billede", alt="x"), "DG496"),
        (Image(png()[:-20], alt="x"), "DG496"),
        (Image(png(), alt="x", link="ftp://x"), "DG457"),
    ],
)
def test_what_cannot_be_written_is_told_with_its_place(value: object, code: str) -> None:
    found = told(p("første") + p("A {{ x }} B"), {"x": value})
    assert code in found
    assert 'afsnit 2: "A {{ x }} B"' in found


# --- pictures

DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def sizes(found: etree._Element) -> list[tuple[float, float]]:
    """Widths and heights of the pictures, in centimetres."""
    return [
        (int(one.get("cx", "")) / 360_000, int(one.get("cy", "")) / 360_000) for one in found.iter(f"{DRAWN}extent")
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"width": "4 cm"}, (4, 2)),
        ({"height": "40mm"}, (8, 4)),
        ({"width": "1,5 cm", "height": "72 pt"}, (1.5, 2.54)),
        ({"width": Cm(3)}, (3, 1.5)),
        ({"width": "1 in"}, (2.54, 1.27)),
    ],
)
def test_the_size_of_a_picture(options: dict[str, Any], expected: tuple[float, float]) -> None:
    [found] = sizes(body(p("{{ x }}"), {"x": Image(png(), alt="Prik", **options)}))
    assert found == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize(
    ("data", "inches"),
    [
        (png(96, 48), (1, 0.5)),
        (png(300, 150, dots=300), (1, 0.5)),
        (jpeg(300, 600, unit=1, dots=300), (1, 2)),
        (jpeg(118, 236, unit=2, dots=118), (0.3937, 0.7874)),
        (jpeg(96, 96, unit=0, dots=1), (1, 1)),
    ],
)
def test_a_picture_without_a_size_has_that_of_its_resolution(data: bytes, inches: tuple[float, float]) -> None:
    [found] = sizes(body(p("{{ x }}"), {"x": Image(data, alt="Prik")}))
    assert found == pytest.approx(tuple(2.54 * side for side in inches), rel=0.01)


def test_pictures_in_body_cells_and_headers_share_their_file() -> None:
    loop = p("{% for i in [1, 2, 3] %}") + p("{{ logo }}") + p("{% endfor %}")
    header = {"header1": part("hdr", p("{{ logo }} {{ andet }}"))}
    document = made(loop + tbl(tr(tc("{{ andet }}"))), {"logo": Image(png(), alt="Logo & våben"), "andet": Image(png(red=9), alt="")}, more=header)  # fmt: skip  # noqa: E501
    files = unpack(document.to_bytes())
    assert sorted(name for name in files if "media" in name) == ["word/media/docgen1.png", "word/media/docgen2.png"]
    found = body_of(document)
    about = list(found.iter(f"{DRAWN}docPr"))
    assert [one.get("descr") for one in about] == ["Logo & våben"] * 3 + [""]
    assert len({one.get("id") for one in about}) == 4
    for name in ("document", "header1"):
        root = etree.fromstring(files[f"word/{name}.xml"])
        used = [
            one.get(f"{{{R}}}embed") for one in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
        ]
        known = {one.get("Id"): one.get("Target") for one in etree.fromstring(files[f"word/_rels/{name}.xml.rels"])}
        assert used and all(str(known[one]).startswith("/word/media/docgen") for one in used)
    assert files["[Content_Types].xml"].count(b'"png"') == 1


def test_a_picture_from_the_data(tmp_path: Path) -> None:
    (tmp_path / "billeder").mkdir()
    (tmp_path / "billeder/logo.png").write_bytes(png())
    tag = p("{{ logo | billede(bredde='4 cm', tekst='Byvåben') }}")
    assert sizes(body(tag, {"logo": "billeder/logo.png"}, folder=tmp_path)) == [(4, 2)]
    assert sizes(body(tag, {"logo": r"billeder\logo.png"}, folder=tmp_path)) == [(4, 2)]
    assert sizes(body(tag, {"logo": png()})) == [(4, 2)]
    assert sizes(body(tag, {"logo": "logo.png"}, folder=[tmp_path, tmp_path / "billeder"])) == [(4, 2)]


@pytest.mark.parametrize(
    "path",
    [
        *("../logo.png", "/etc/passwd", r"C:\logo.png", "C:logo.png", r"\\server\x\logo.png", "//server/x/logo.png"),
        *("a/../../logo.png", r"..\logo.png", "ud/logo.png", "logo.png:strøm", "a\0b.png", " "),
    ],
)
def test_a_path_from_the_data_stays_in_its_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    folder = tmp_path / "mappe"
    folder.mkdir()
    (folder / "ud").symlink_to(tmp_path)
    found = told(p("A {{ x | billede(tekst='Logo') }}"), {"x": path}, folder=folder)
    assert "DG468" in found


def test_paths_from_the_data_need_a_folder_and_a_file(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    tag = p("{{ x | billede(tekst='Logo') }}")
    assert "DG467" in told(tag, {"x": str(tmp_path / "logo.png")})
    assert "DG469" in told(tag, {"x": "findes_ikke.png"}, folder=tmp_path)
    assert "DG469" in told(tag, {"x": "."}, folder=tmp_path)


def test_a_picture_needs_words_and_a_measure() -> None:
    assert "mangler tekst" in told(p("{{ 'a.png' | billede(bredde='4 cm') }}"), {})
    assert '"4" er ikke et mål' in told(p("{{ 'a.png' | billede(bredde='4', tekst='x') }}"), {})
    assert '"vidde" er ikke en af mulighederne' in told(p("{{ 'a.png' | billede(vidde='4', tekst='x') }}"), {})
    with pytest.raises(ValueError, match="er ikke et mål"):
        Image(png(), alt="x", width="99 cm")


def test_all_of_it_is_valid(tmp_path: Path) -> None:
    source = tmp_path / "t.docx"
    template = python_docx.Document()
    template.add_paragraph("A {{r rig }} B {{ liste }} C")
    template.add_paragraph("{{ afsnit }}")
    template.add_paragraph("{{ logo }} og {{ pynt }}{{ side }}")
    template.add_paragraph("{% for i in [1, 2] %}")
    template.add_paragraph("{{ logo }}")
    template.add_paragraph("{% endfor %}")
    template.sections[0].header.paragraphs[0].text = "{{ logo }}"
    template.save(str(source))
    rich = RichText(
        "a", bold=True, italic=True, underline=True, colour="C00000", background="FFFF00", size=9, font="Arial"
    )
    rich.add("b", superscript=True, strike=True, font="Arial", style="Emphasis", link="https://x.dk").add("c\ad\fe\tf")
    context = {
        "rig": rich,
        "liste": Listing("a\nb\tc\ad"),
        "afsnit": RichParagraphs("x").add("y", style="Heading 1"),
        "logo": Image(png(), alt="Logo", link="https://x.dk"),
        "pynt": Image(png(red=9), alt=""),
        "side": PageBreak(),
    }
    out = tmp_path / "ud.docx"
    WordTemplate(source).render(context).save(out)
    assert integrity_findings(out) == []
    assert open_xml_findings(out) == []
