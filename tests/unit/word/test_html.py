"""Blocks as HTML: semantic, well nested, and with nothing of the text lost or taken for markup."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.word.reading.content import (
    Block,
    Cell,
    ContentsEntry,
    Heading,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    ReadDocument,
    Row,
    Rule,
    Span,
    Table,
    Timeline,
    TimelineRow,
    line,
)
from docgen.word.reading.html import to_html
from docgen.word.reading.page import to_page
from docgen.word.reading.page_look import PageLook, read_look
from tests.html_page import Element, parsed, words

from .build import docx, p

ROOT = Path(__file__).parent.parent.parent.parent
PAGE = ROOT / "templates/design/side.html.j2"


def html(*blocks: Block, notes: tuple[Note, ...] = ()) -> str:
    return to_html(ReadDocument(blocks, notes=notes))


def sound(*blocks: Block) -> Element:
    root, faults = parsed(html(*blocks))
    assert faults == []
    return root


def paragraph(text: str, style: str = "Body Text", number: str = "") -> Paragraph:
    return Paragraph((Span(text),), style, number)


def heading(level: int, text: str, number: str = "", anchor: str = "") -> Heading:
    return Heading(level, number, (Span(text),), anchor=anchor)


def item(level: int, label: str, text: str, value: int = 0) -> ListItem:
    return ListItem(level, label, (Span(text),), ordered=bool(value), value=value)


def table(*rows: tuple[str, ...], heads: int = 1, aligned: tuple[str, ...] = ()) -> Table:
    cells = [tuple(Cell((paragraph(text),) if text else ()) for text in row) for row in rows]
    made = tuple(Row(row, header=number < heads) for number, row in enumerate(cells))
    return Table(made, aligned or ("",) * len(rows[0]))


# --- headings


def test_a_title_is_the_first_heading_and_the_others_go_below_it() -> None:
    found = html(paragraph("Aftale", "Title"), heading(1, "Formål", "§ 1"), heading(2, "Mål", "1.1"))
    assert '<h1 id="afsnit-titel">Aftale</h1>' in found
    assert '<h2 id="afsnit-formaal"><span class="nr">§ 1</span> Formål</h2>' in found
    assert '<h3 id="afsnit-maal"><span class="nr">1.1</span> Mål</h3>' in found


def test_without_a_title_headings_keep_their_level() -> None:
    assert "<h1 " in html(heading(1, "Formål"))


def test_no_level_is_skipped() -> None:
    root = sound(paragraph("T", "Title"), heading(3, "dyb"), heading(1, "høj"), heading(4, "dybest"))
    assert [one.tag for one in root.all() if re.fullmatch("h.", one.tag)] == ["h1", "h2", "h2", "h3"]


def test_ids_are_stable_and_unique() -> None:
    root = sound(heading(1, "Økonomi"), heading(1, "3. Økonomi"), heading(1, "§§"), heading(1, "…"))
    ids = [one.attributes["id"] for one in root.all("h1")]
    assert ids == ["afsnit-oekonomi", "afsnit-oekonomi-2", "afsnit-paragraf-paragraf", "afsnit-uden-navn"]


def test_a_contents_list_leads_to_its_headings() -> None:
    blocks = [
        paragraph("Indhold", "TOC Heading"),
        ContentsEntry(1, "1", "Formål", "_Toc1"),
        ContentsEntry(2, "1.1", "Mål & midler", "_Toc2"),
        ContentsEntry(1, "2", "Ukendt", "_Toc9"),
        heading(1, "Formål", "1", "_Toc1"),
        heading(2, "Mål & midler", "1.1", "_Toc2"),
    ]
    (nav,) = sound(*blocks).all("nav")
    assert [one.attributes["href"] for one in nav.all("a")] == ["#afsnit-formaal", "#afsnit-maal-midler"]
    assert words(nav.text()) == ["Indhold", "1", "Formål", "1", "1", "Mål", "midler", "2", "Ukendt"]
    assert len(nav.all("ul")) == 2


# --- paragraphs


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (paragraph("a < b & c"), "<p>a &lt; b &amp; c</p>"),
        (
            paragraph("Stk.", "Stykke", "7.1"),
            '<p class="stykke"><span class="nr">7.1</span> <span class="tekst">Stk.</span></p>',
        ),
        (paragraph("EKSEMPEL", "Eksempel"), '<p class="eksempel">EKSEMPEL</p>'),
        (paragraph("citat", "Quote"), '<blockquote>\n<p class="quote">citat</p>\n</blockquote>'),
        (Paragraph((Span("a", bold=True), Span("b", italic=True))), "<p><strong>a</strong><em>b</em></p>"),
        (Paragraph((Span("a\nb"),)), "<p>a<br>b</p>"),
        (Paragraph((Span("se", link="https://a.dk/?x=1&y=2"),)), '<p><a href="https://a.dk/?x=1&amp;y=2">se</a></p>'),
        (Paragraph((Span("se", link="javascript:alert(1)"),)), "<p>se</p>"),
        (Paragraph((Span("se", link="#findes-ikke"),)), "<p>se</p>"),
        (
            Paragraph((Span("se", link='https://a.dk/"onclick="x'),)),
            '<p><a href="https://a.dk/&quot;onclick=&quot;x">se</a></p>',
        ),
        (Rule(), "<hr>"),
        (PageBreak(), '<div class="sideskift"></div>'),
    ],
)
def test_paragraphs(block: Block, expected: str) -> None:
    assert html(block).strip() == expected


def test_metadata_is_a_list_of_labels_and_values() -> None:
    rows = [
        Paragraph((Span("Dato\t", bold=True), Span("5. marts\n2026")), "Metadata"),
        paragraph("Sted\tRådhuset", "Metadata"),
    ]
    root = sound(*rows)
    assert [one.text() for one in root.all("dt")] == ["Dato", "Sted"]
    assert [one.text() for one in root.all("dd")] == ["5. marts\n2026", "Rådhuset"]


def test_notes_follow_the_text() -> None:
    found = html(paragraph("tekst[1]"), notes=(Note("1", (paragraph("Se <loven>."),)),))
    assert parsed(found)[1] == []
    assert found.index("tekst") < found.index("Se &lt;loven&gt;.")


# --- lists


def test_lists_nest_as_their_levels_say() -> None:
    root = sound(
        item(1, "1.", "a", 1), item(2, "a)", "b", 1), item(2, "b)", "c", 2), item(3, "•", "d"), item(1, "2.", "e", 2)
    )
    (outer,) = [one for one in root.inside if isinstance(one, Element)]
    assert [one.attributes.get("value") for one in outer.all("li")] == ["1", "1", "2", None, "2"]
    assert len(outer.all("ol")) == 1
    assert len(outer.all("ul")) == 1
    assert words(outer.text()) == ["1", "a", "a", "b", "b", "c", "d", "2", "e"]


def test_a_second_paragraph_stays_in_its_item() -> None:
    root = sound(item(1, "•", "a"), item(1, "", "mere"), item(1, "•", "b"))
    assert [words(one.text()) for one in root.all("li")] == [["a", "mere"], ["b"]]


def test_a_list_that_starts_anew_is_another_list() -> None:
    root = sound(item(1, "1.", "a", 1), item(1, "1.", "b", 1), item(1, "•", "c"))
    assert [one.tag for one in root.inside if isinstance(one, Element)] == ["ol", "ol", "ul"]


# --- tables


def test_a_table_has_head_body_and_totals() -> None:
    caption = paragraph("Beløb", "caption")
    made = table(("Art", "Kr."), ("Bil", "5"), ("I alt", "5"), aligned=("", "right"))
    root = sound(caption, made)
    assert [one.text() for one in root.all("caption")] == ["Beløb"]
    assert [(one.attributes["scope"], one.text()) for one in root.all("th")] == [
        ("col", "Art"),
        ("col", "Kr."),
        ("row", "I alt"),
    ]
    assert [one.attributes.get("class") for one in root.all("td")] == [None, "tal", "tal"]
    assert len(root.all("tfoot")) == 1
    assert root.all("div")[0].attributes["aria-labelledby"] == root.all("caption")[0].attributes["id"]


def test_a_table_without_a_head_is_headed_by_its_first_column() -> None:
    root = sound(table(("Dato", "5. marts"), ("Sted", ""), heads=0))
    assert [one.attributes["scope"] for one in root.all("th")] == ["row", "row"]


def test_a_caption_without_a_table_is_a_paragraph() -> None:
    assert '<p class="caption">Figur</p>' in html(paragraph("Figur", "caption"), paragraph("x"))
    assert '<p class="caption">Figur</p>' in html(paragraph("Figur", "caption"))


def test_cells_hold_lists_and_tables() -> None:
    inner = Cell((item(1, "•", "a"), item(1, "•", "b"), paragraph("c"), table(("x",), ("y",))), span=2)
    root = sound(Table((Row((inner,), header=True), Row((Cell(()), Cell((paragraph("z"),))))), ("", "")))
    assert words(root.text()) == ["a", "b", "c", "x", "y", "z"]
    assert root.all("th")[0].attributes["colspan"] == "2"


# --- charts


def test_a_timeline_is_told_in_text_as_well() -> None:
    rows = (
        TimelineRow("Analyse & plan", "2026-01-05", "2026-03-31", "i gang"),
        TimelineRow("Beslutning", "2026-04-01", "2026-04-01", "ikke begyndt"),
        TimelineRow("Et meget langt navn på en aktivitet, der ikke kan stå på linjen", "2026-04-02", "2027-12-31", ""),
        TimelineRow("Uden dato", "", "", "i gang"),
    )
    root = sound(Timeline("Tidsplan <2026>", "Tidsplan: Analyse & plan …", rows))
    (svg,) = root.all("svg")
    assert svg.all("title")[0].text() == "Tidsplan <2026>"
    assert svg.all("desc")[0].text() == "Tidsplan: Analyse & plan …"
    texts = [one.text() for one in svg.all("text")]
    assert {"Analyse & plan", "i gang", "ikke begyndt"} <= set(texts)
    assert "5. januar - 31. marts 2026" in [text.replace("\u00a0", " ") for text in texts]
    assert (
        len([one for one in svg.all("rect") if one.attributes.get("class") == "bjælke"]) == 2 + 2
    )  # and two in the legend
    assert len(svg.all("polygon")) == 1
    fills = {one.attributes["fill"] for one in svg.all() if one.attributes.get("class") == "bjælke"}
    assert len(fills) == 3


def test_a_timeline_without_dates_is_its_text() -> None:
    assert sound(Timeline("", "Intet & ingenting", ())).text().strip() == "Intet & ingenting"


# --- any text

XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs"]).filter(
        lambda one: one in "\t\n" or (ord(one) >= 0x20 and ord(one) not in (0xFFFE, 0xFFFF))
    ),
    min_size=1,
    max_size=40,
)
NASTY = st.sampled_from(
    [
        "<b>",
        "</p>",
        "&amp;",
        "&#60;",
        "<!--",
        "-->",
        "]]>",
        '"',
        "'",
        "</script>",
        "<svg onload=x>",
        "{{ x }}",
        "\r",
        "\x85",
    ]
)
TEXTS = st.one_of(XML_TEXT, st.lists(st.one_of(NASTY, XML_TEXT), min_size=1, max_size=4).map("".join))


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_survives_and_nothing_becomes_markup(text: str, other: str) -> None:
    blocks: list[Block] = [
        paragraph("T", "Title"),
        Heading(1, other, (Span(text),)),
        Paragraph((Span(text, bold=True), Span(other)), other, other),
        Paragraph((Span(f"{text}\t{other}"),), "Metadata"),
        item(1, "•", text),
        item(2, other, text, 1),
        table((text, other), (other, text)),
        Timeline(text, other, (TimelineRow(text, "2026-01-01", "2026-02-01", other),)),
    ]
    made = html(*blocks)
    assert "\r" not in made, "a browser takes it for a line end"
    root, faults = parsed(made)
    assert faults == []
    assert {one.tag for one in root.all()} <= {
        *(
            "h1",
            "h2",
            "p",
            "span",
            "strong",
            "br",
            "dl",
            "div",
            "dt",
            "dd",
            "ul",
            "ol",
            "li",
            "table",
            "thead",
            "tbody",
            "tfoot",
        ),
        *(
            "tr",
            "th",
            "td",
            "figure",
            "svg",
            "title",
            "desc",
            "defs",
            "pattern",
            "rect",
            "path",
            "circle",
            "g",
            "line",
            "text",
        ),
    }
    whole = root.text()
    assert text in whole
    assert other in whole
    assert [one.text() for one in root.all("td")] == [other, text] or root.all("tfoot")
    assert root.all("dd")[0].text() == f"{text}\t{other}".partition("\t")[2]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["", "•", "1.", "b)"]), st.integers(0, 3)), max_size=12))
def test_any_list_is_well_nested(shape: list[tuple[int, str, int]]) -> None:
    items = [item(level, label, f"t{number}", value) for number, (level, label, value) in enumerate(shape)]
    root = sound(*items)
    assert [one for one in words(root.text()) if one.startswith("t")] == [f"t{number}" for number in range(len(items))]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 9), max_size=12), st.booleans())
def test_any_headings_go_one_level_down_at_most(levels: list[int], titled: bool) -> None:
    sound(*([paragraph("T", "Title")] if titled else []), *(heading(level, "x") for level in levels))


# --- the page


def test_the_page_is_whole_and_needs_no_other_file(tmp_path: Path) -> None:
    data = docx(p("Hej <b>"))
    page = to_page(data, PAGE)
    root, faults = parsed(page)
    assert faults == []
    assert page.startswith("<!DOCTYPE html>\n")
    assert root.all("html")[0].attributes["lang"]
    assert len(root.all("main")) == len(root.all("header")) == len(root.all("footer")) == 1
    assert words(root.all("main")[0].text()) == ["Hej", "b"]
    assert "default-src 'none'" in page
    assert not re.search(r"url\((?!#)|@import|https?://(?!www\.w3\.org)", page)
    assert "@page" in page
    assert "@media print" in page


def test_an_organisation_brings_its_own_page(tmp_path: Path) -> None:
    own = tmp_path / "side.html.j2"
    own.write_text("<title>{{ side.titel }}</title>{{ side.indhold }}", encoding="utf-8")
    assert to_page(docx(p("Hej")), own) == "<title></title><p>Hej</p>\n"


def test_a_file_without_styles_has_the_usual_look() -> None:
    assert read_look(docx(p("x"))).heading == PageLook().heading


def test_the_look_is_that_of_the_design() -> None:
    look = read_look(ROOT / "templates/design/design.docx")
    assert look.text_font
    assert re.fullmatch("[0-9A-F]{6}", look.heading)
    assert (look.shade, look.example_shade) == ("EAF0F5", "FFF3D6")


def test_the_logo_of_the_header_is_in_the_page() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(20)
    header = (
        f'<w:hdr {NAMESPACES}><w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Ærø &amp; Co"/>'
        "</wp:inline></w:drawing></w:r></w:p></w:hdr>"
    )
    data = with_parts(
        (ROOT / "templates/design/design.docx").read_bytes(),
        {"word/header1.xml": header.encode(), "word/media/logo.png": picture, "word/_rels/header1.xml.rels": RELATED},
    )
    look = read_look(data)
    assert look.logo == f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    root, faults = parsed(to_page(data, PAGE))
    assert faults == []
    assert [one.attributes["alt"] for one in root.all("img")] == ["Ærø & Co"]


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(
                    name,
                    old.read(name).replace(
                        b"<Override", b'<Default Extension="png" ContentType="image/png"/><Override', 1
                    )
                    if name.startswith("[Content")
                    else old.read(name),
                )
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
RELATED = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/logo.png"/>'
    b"</Relationships>"
)


def test_lines_and_html_have_the_same_words() -> None:
    blocks = (heading(1, "Formål", "1"), paragraph("a b", "Stykke", "1.1"), table(("x", "y"), ("1", "2")))
    assert sound(*blocks).words() == [one for block in blocks for one in words(line(block))]


def test_a_timeline_has_the_looks_and_the_legend_of_the_chart_in_word() -> None:
    rows = (
        TimelineRow("a", "2026-01-05", "2026-03-31", "sent"),
        TimelineRow("b", "2026-04-01", "2026-04-01", "i gang"),
    )
    root = sound(Timeline("Tidsplan", "Tidsplan", rows, (("i gang", 0), ("sent", 6))))
    (svg,) = root.all("svg")
    texts = [one.text() for one in svg.all("text")]
    assert texts[-2:] == ["i gang", "sent"]
    fills = [one.attributes["fill"] for one in svg.all("rect") if one.attributes.get("class") == "bjælke"]
    assert [fill[-4:-1] for fill in fills] == ["-m6", "-m0", "-m6"]
