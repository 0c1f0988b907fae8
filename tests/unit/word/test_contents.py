"""Contents lists are filled when a document is made: the numbers Word shows, links that lead to their headings."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.danish.values import Markdown
from docgen.diagnostics import DocgenError
from docgen.word import WordDocument, WordTemplate
from docgen.word.reading.content import ContentsEntry, Heading
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_markdown, to_text
from docgen.word.running.kept import Kept
from tests import gates

from .build import W, body_of, docx, lines, p, part, r, tbl, tc, tr
from .conftest import STYLES

ROOT = Path(__file__).parent.parent.parent.parent
DESIGN = ROOT / "templates/design/design.docx"


def _level(ilvl: int, text: str) -> str:
    return f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'


def _scheme(number: int, name: str, *texts: str) -> str:
    inside = "".join(_level(ilvl, text) for ilvl, text in enumerate(texts))
    return f'<w:abstractNum w:abstractNumId="{number}"><w:name w:val="{name}"/>{inside}</w:abstractNum>'


MORE = {
    "styles": part(
        "styles",
        STYLES
        + '<w:style w:type="paragraph" w:styleId="Toch"><w:name w:val="TOC Heading"/></w:style>'
        + '<w:style w:type="paragraph" w:styleId="Indhold2"><w:name w:val="toc 2"/><w:pPr><w:tabs>'
        + '<w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs><w:ind w:left="300"/></w:pPr></w:style>'
        + '<w:style w:type="paragraph" w:styleId="Bilag"><w:name w:val="Bilag"/>'
        + '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>',
    ),
    "numbering": part(
        "numbering",
        _scheme(0, "tal", "%1.", "%1.%2")
        + _scheme(1, "paragraf", "§ %1", "Stk. %2")
        + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    ),
}
DOCUMENT = dict.fromkeys(
    ("titel", "type", "status", "version", "dato", "sagsnummer", "organisation", "udgave", "eksempel", "udkast"), ""
)
CODE = 'TOC \\o "1-2" \\h \\n \\z'


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def toc(code: str = CODE, result: str = "gammelt") -> str:
    begin = f"{char('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{char('separate')}"
    return p(begin, r(result), style="TOC1") + p(r("mere"), char("end"))


def boxed(inside: str) -> str:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    return f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def h(text: str, level: int = 1, inside: str = "") -> str:
    return p(text, style=f"Heading{level}", inside=inside)


def made(body: str, names: dict[str, object] | None = None, numbering: str | None = None) -> WordDocument:
    tag = "{# en fil uden koder er, som den er #}"
    return WordTemplate(docx(p(tag) + body, MORE)).render(names or {}, numbering=numbering)


def shown(document: WordDocument) -> list[str]:
    """The text of every paragraph, without the tab stops of its properties."""
    return [line.lstrip("\t") for line in lines(body_of(document))]


def entries(document: WordDocument) -> list[str]:
    blocks = read_document(document.to_bytes()).blocks
    return [f"{one.level} {one.number}|{one.text}" for one in blocks if isinstance(one, ContentsEntry)]


def test_entries_come_from_everywhere_with_the_numbers_word_shows() -> None:
    body = (
        toc()
        + p("{% for a in afsnit %}")
        + h("{{ a.o }}")
        + p("{{ a.t }}", style="BodyText")
        + p("{% endfor %}")
        + p("{% if ja %}")
        + h("Bilag", inside='<w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("{% else %}")
        + h("Aldrig")
        + p("{% endif %}")
        + tbl(tr(tc(h("I en celle", 2))))
        + h("For dybt", 3)
        + h(" ")
        + h("Til sidst & <færdig>")
    )
    sections = [{"o": "Formål", "t": Markdown("tekst\n\n# Under\n\nmere")}, {"o": "Økonomi", "t": None}]
    names = {"afsnit": sections, "ja": True}
    expected = ["1 1.|Formål", "2 |Under", "1 2.|Økonomi", "1 |Bilag", "2 2.1|I en celle", "1 4.|Til sidst & <færdig>"]
    assert entries(made(body, names)) == expected
    told = entries(made(body, names, numbering="paragraf"))
    assert told[0] == "1 § 1|Formål"
    assert told[4] == "2 Stk. 1|I en celle"


@pytest.mark.parametrize("scheme", ["tal", "paragraf", "ingen"])
def test_numbers_and_links_agree_with_the_headings_in_the_design(scheme: str) -> None:
    body = toc() + h("A") + h("A a", 2) + p("s", style="Stykke", inside=_stykke()) + h("A c", 2) + h("B") + h("B a", 2)
    document = WordTemplate(docx(body, MORE), design=DESIGN).render({"dokument": DOCUMENT}, numbering=scheme)
    blocks = read_document(document.to_bytes()).blocks
    listed = [(one.number, one.text, one.anchor) for one in blocks if isinstance(one, ContentsEntry)]
    assert listed == [(one.number, one.text, one.anchor) for one in blocks if isinstance(one, Heading)]
    assert len({anchor for *_, anchor in listed} - {""}) == len(listed) == 5


def _stykke() -> str:
    return '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["", "numId0", "Stykke", "tom"])), max_size=12))
def test_numbers_agree_with_the_headings_whatever_their_order(plan: list[tuple[int, str]]) -> None:
    pieces = {"": "", "numId0": '<w:numPr><w:numId w:val="0"/></w:numPr>'}
    body = "".join(
        h("Overskrift", level, pieces[kind])
        if kind in pieces
        else p(kind.strip("tom"), style="Stykke", inside=_stykke())
        for level, kind in plan
    )
    for scheme in ("tal", "paragraf"):
        blocks = read_document(
            made(toc('TOC \\o "1-3"'.replace('"', "&quot;")) + body, numbering=scheme).to_bytes()
        ).blocks
        listed = [(one.level, one.number, one.anchor) for one in blocks if isinstance(one, ContentsEntry)]
        headings = [one for one in blocks if isinstance(one, Heading) and one.level <= 3]
        assert listed == [(one.level, one.number, one.anchor) for one in headings]


@pytest.mark.parametrize("control", [False, True])
def test_the_gates_accept_it(tmp_path: Path, control: bool) -> None:
    inside = p("Indhold", style="Toch") + toc()
    body = (boxed(inside) if control else inside) + h("A") + h("B", 2)
    path = tmp_path / "indhold.docx"
    path.write_bytes(made(body).to_bytes())
    assert gates.integrity_findings(path) == []
    assert gates.open_xml_findings(path) == []


def test_what_a_heading_says_is_what_its_reader_sees() -> None:
    def unseen(inside: str) -> str:
        return f'<w:del w:id="1" w:author="x"><w:r><w:delText>{inside}</w:delText></w:r></w:del>'

    field = f"{char('begin')}<w:r><w:instrText>REF x</w:instrText></w:r>{char('separate')}{r('felt')}{char('end')}"
    box = f"<w:r><w:pict><w:txbxContent>{h('I en boks')}</w:txbxContent></w:pict></w:r>"
    hidden = r("skjult", "<w:vanish/>")
    heading = p("A", "<w:r><w:tab/></w:r>", "b ", unseen("slettet"), hidden, field, box, style="Heading1")
    gone = h("Slettet", inside='<w:rPr><w:del w:id="2" w:author="x"/></w:rPr>')
    changed = '<w:pPrChange w:id="3" w:author="x"><w:pPr><w:pStyle w:val="Heading2"/></w:pPr></w:pPrChange>'
    assert entries(made(toc() + heading + gone + h("B", inside=changed))) == ["1 1.|A b felt", "1 3.|B"]


def test_bookmarks_are_unique_and_stable() -> None:
    mark = '<w:bookmarkStart w:id="7" w:name="mit"/><w:bookmarkEnd w:id="7"/>'
    loop = p("{% for x in [1, 2] %}") + p(mark, r("{{ x }}"), style="Heading1") + p("{% endfor %}")
    template = WordTemplate(docx(toc() + loop + h("C"), MORE))
    document = template.render({})
    assert template.render({}).to_bytes() == document.to_bytes()
    body = body_of(document)
    starts = list(body.iter(f"{{{W}}}bookmarkStart"))
    numbers = [one.get(f"{{{W}}}id") for one in starts]
    assert len(set(numbers)) == len(numbers) == 5
    assert sorted(numbers) == sorted(one.get(f"{{{W}}}id") for one in body.iter(f"{{{W}}}bookmarkEnd"))
    names = [one.get(f"{{{W}}}name") for one in starts]
    links = [one.get(f"{{{W}}}anchor") for one in body.iter(f"{{{W}}}hyperlink")]
    made = [name for name in names if name not in ("mit", "mit_2")]
    assert made == links == ["_Toc000000001", "_Toc000000002", "_Toc000000003"]


def test_what_the_list_showed_before_goes_with_its_tags_and_bookmarks() -> None:
    old = '<w:bookmarkStart w:id="1" w:name="_Toc123"/>{}<w:bookmarkEnd w:id="1"/>'
    stale = toc(result="{{ a.overskrift }}{% for x %}")
    document = made(stale + p(old.format(r("A")), style="Heading1"))
    assert entries(document) == ["1 1.|A"]
    assert b"_Toc123" not in document.package.data("word/document.xml")
    # another field refers to it: then it stays
    refers = p(char("begin"), "<w:r><w:instrText>REF _Toc123 \\h</w:instrText></w:r>", char("end"))
    document = made(stale + p(old.format(r("A")), style="Heading1") + refers)
    assert b'w:name="_Toc123"' in document.package.data("word/document.xml")


def test_a_list_that_a_condition_leaves_out_costs_nothing() -> None:
    body = p("{% if vis %}") + boxed(p("Indhold", style="Toch") + toc()) + p("{% endif %}") + h("A")
    assert lines(body_of(made(body, {"vis": False}))) == ["A"]
    assert b"_Toc" not in made(body, {"vis": False}).package.data("word/document.xml")
    assert shown(made(body, {"vis": True})) == ["Indhold", "1.\tA", "A"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (boxed(p("Indhold", style="Toch") + toc()) + p("x"), ["x"]),
        (p("Indhold", style="Toch") + toc() + p("x"), ["x"]),
        (p("y") + toc() + p("x"), ["y", "x"]),
        (tbl(tr(tc(toc()))) + p("x"), ["", "x"]),
        (tbl(tr(tc(p("Indhold", style="Toch") + toc()))) + p("x"), ["", "x"]),
        (tbl(tr(tc(boxed(toc())))) + p("x"), ["", "x"]),
    ],
)
def test_a_list_without_entries_goes_with_its_heading(body: str, expected: list[str]) -> None:
    assert lines(body_of(made(body))) == expected


def test_what_stands_beside_the_field_stays() -> None:
    begin = f"{char('begin')}<w:r><w:instrText>{CODE}</w:instrText></w:r>{char('separate')}"
    section = '<w:sectPr><w:pgSz w:w="1" w:h="2"/></w:sectPr>'
    mark = '<w:bookmarkStart w:id="4" w:name="x"/>'
    body = p("før {{ x }}", mark, begin, r("a")) + p(r("b"), char("end"), r(" efter"), inside=section)
    document = made(body + p('<w:bookmarkEnd w:id="4"/>', r("z")) + h("A"), {"x": 1})
    assert shown(document) == ["før 1", "1.\tA", " efter", "", "z", "A"]
    xml = document.package.data("word/document.xml")
    assert xml.count(b"<w:sectPr") == 1
    assert xml.count(b'w:name="x"') == 1


def test_simple_fields_are_filled_too() -> None:
    simple = f'<w:fldSimple w:instr="TOC \\o &quot;1-1&quot;">{r("gammelt")}</w:fldSimple>'
    assert entries(made(p(simple) + h("A") + h("B", 2))) == ["1 1.|A"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("TOC", ["1 1.|A", "2 1.1|B", "3 |C"]),
        ('TOC \\o "2-3"', ["2 1.1|B", "3 |C"]),
        ("TOC \\u", ["1 |Bilag", "2 |Direkte"]),
        ('TOC \\o "1-1" \\u', ["1 1.|A", "1 |Bilag"]),
        ('TOC \\t "Bilag;2;List Bullet,3"', ["2 |Bilag"]),
    ],
)
def test_the_switches_say_which_headings(code: str, expected: list[str]) -> None:
    body = h("A") + h("B", 2) + h("C", 3) + p("Bilag", style="Bilag") + p("Direkte", inside='<w:outlineLvl w:val="1"/>')
    found = entries(made(toc(code.replace('"', "&quot;")) + body))
    assert [one for one in found if not one.startswith("3 1")] == expected


def test_the_field_is_one_without_page_numbers_and_not_dirty() -> None:
    xml = made(toc('TOC \\o "1-2" \\n 2-2 \\z') + h("A") + h("B", 2)).package.data("word/document.xml").decode()
    assert ' TOC \\o "1-2" \\z \\h \\n ' in xml
    assert "dirty" not in xml
    assert [xml.count(f'w:fldCharType="{kind}"') for kind in ("begin", "separate", "end")] == [1, 1, 1]
    # the tab stop for page numbers is no place for a heading to begin
    assert '<w:tab w:val="left" w:pos="740"/><w:tab w:val="clear" w:pos="9000"/>' in xml


@pytest.mark.parametrize("code", ["TOC \\c Figur", "TOC \\b del", "INDEX"])
def test_other_lists_are_left_alone(code: str) -> None:
    assert lines(body_of(made(toc(code) + h("A")))) == ["gammelt", "mere", "A"]


def test_lists_that_a_render_adds_count_where_they_share_numbers() -> None:
    more = dict(MORE)
    more["styles"] = more["styles"].replace(
        'w:styleId="ListNumber"><w:name w:val="List Number"/><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/>',
        'w:styleId="ListNumber"><w:name w:val="List Number"/><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>',
    )
    body = toc() + h("A") + p("{{ x }}") + h("B")
    document = WordTemplate(docx(body, more)).render({"x": Markdown("1. et\n2. to")})
    blocks = read_document(document.to_bytes()).blocks
    assert [one.number for one in blocks if isinstance(one, Heading)] == ["1.", "3."]
    assert entries(document) == ["1 1.|A", "1 3.|B"]


def test_texts_show_the_list_as_lines_and_links() -> None:
    body = boxed(p("Indhold", style="Toch") + toc()) + h("Formål & mål") + h("Mål", 2) + h("Mål", 2)
    document = read_document(made(body).to_bytes())
    assert to_text(document).startswith("Indhold\n=======\n\n1. Formål & mål\n  1.1 Mål\n  1.2 Mål\n\n1. Formål")
    assert to_markdown(document).startswith(
        "# Indhold\n\n- [1. Formål & mål](#1-formål--mål)\n  - [1.1 Mål](#11-mål)\n  - [1.2 Mål](#12-mål)\n\n"
    )


def test_page_numbers_of_a_list_that_word_made_are_not_text() -> None:
    page = (
        f"{char('begin')}<w:r><w:instrText>PAGEREF _Toc1 \\h</w:instrText></w:r>{char('separate')}{r('3')}{char('end')}"
    )
    link = f'<w:hyperlink w:anchor="_Toc1">{r("A")}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
    begin = f"{char('begin')}<w:r><w:instrText>TOC</w:instrText></w:r>{char('separate')}"
    mark = '<w:bookmarkStart w:id="1" w:name="_Toc1"/><w:bookmarkEnd w:id="1"/>'
    body = p(begin, link, char("end"), style="TOC1") + p(mark, r("A"), style="Heading1")
    blocks = read_document(docx(body, MORE)).blocks
    assert blocks[0] == ContentsEntry(1, "", "A", "_Toc1")
    assert isinstance(blocks[1], Heading)
    assert blocks[1].anchor == "_Toc1"


def test_a_template_from_the_cache_fills_its_list_without_lxml(tmp_path: Path) -> None:
    stored = tmp_path / "skabelon.pickle"
    stored.write_bytes(pickle.dumps(WordTemplate(docx(toc() + h("{{ x }}"), MORE))))
    code = (
        "import pickle, sys, pathlib\n"
        f"template = pickle.loads(pathlib.Path({str(stored)!r}).read_bytes())\n"
        "document = template.render({'x': 'A'}, numbering='paragraf')\n"
        "assert '§ 1' in document.package.data('word/document.xml').decode()\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'lxml'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_a_part_with_another_prefix_is_filled() -> None:
    files = dict(MORE)
    body = (toc() + h("A{{ x }}")).replace("w:", "x:").replace("xmlns:x:", "xmlns:w:")
    main = f'<x:document xmlns:x="{W}"><x:body>{body}</x:body></x:document>'
    document = WordTemplate(docx("", files, **{"word/document.xml": main})).render({"x": ""})
    assert etree.fromstring(document.package.data("word/document.xml")) is not None
    assert entries(document) == ["1 1.|A"]


PIECES = ("toc", "heading", "text", "if", "endif", "for", "endfor", "cell")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.booleans())
def test_wherever_the_list_stands_the_document_is_whole(plan: list[str], shown_: bool) -> None:
    xml = {
        "toc": p("Indhold", style="Toch") + toc(),
        "heading": h("H {{ x }}"),
        "text": p("tekst"),
        "if": p("{% if vis %}"),
        "endif": p("{% endif %}"),
        "for": p("{% for y in [1, 2] %}"),
        "endfor": p("{% endfor %}"),
        "cell": tbl(tr(tc(p("{% if vis %}"), boxed(p("Indhold", style="Toch") + toc()), h("C"), p("{% endif %}")))),
    }
    try:
        document = made("".join(xml[piece] for piece in plan) + p("slut"), {"x": 1, "vis": shown_})
    except DocgenError:
        return  # blocks that do not add up
    body = body_of(document)
    marks = list(body.iter(f"{{{W}}}bookmarkStart"))
    assert len({one.get(f"{{{W}}}id") for one in marks}) == len(marks)
    names = {one.get(f"{{{W}}}name") for one in marks}
    assert {one.get(f"{{{W}}}anchor") for one in body.iter(f"{{{W}}}hyperlink")} <= names
    kinds = [one.get(f"{{{W}}}fldCharType") for one in body.iter(f"{{{W}}}fldChar")]
    assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)
    read_document(document.to_bytes())


SERIES = docx(
    p("{{ titel }}")
    + boxed(p("Indhold", style="Toch") + toc())
    + p("{% for a in afsnit %}")
    + h("{{ a.o }}")
    + p("{{ a.t }}", style="BodyText")
    + p("{% endfor %}")
    + h("Til sidst"),
    MORE,
)
SECTIONS = st.fixed_dictionaries(
    {
        "o": st.sampled_from(["Formål", "Økonomi", "", "A & b"]),
        "t": st.sampled_from(
            [None, *map(Markdown, ("tekst", "1. et\n2. to", "- et", "# Under\n\nmere", "[a](https://b.dk)"))]
        ),
    }
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(SECTIONS, max_size=4), st.sampled_from(["tal", "paragraf"]), st.sampled_from(["a", "b"])),
        min_size=2,
        max_size=6,
    )
)
def test_documents_made_one_after_another_are_those_made_alone(rounds: list[tuple[list[object], str, str]]) -> None:
    template, kept = WordTemplate(SERIES), Kept()
    stored = pickle.dumps(template)
    for sections, scheme, title in (*rounds, *rounds):
        names = {"afsnit": sections, "titel": title}
        alone = pickle.loads(stored).render(names, numbering=scheme)
        one = template.render(names, numbering=scheme, kept=kept)
        assert body_of(one) is not None
        assert one.to_bytes() == alone.to_bytes()
        assert one.content_hash() == alone.content_hash()


def test_threads_that_share_a_template_do_not_disturb_each_other() -> None:
    template = WordTemplate(SERIES)
    titles = ["Formål", "Økonomi", "Drift", "Bilag"]

    def made_of(number: int) -> bytes:
        sections = [{"o": f"{title} {number % 9}", "t": Markdown("1. et")} for title in titles[number % 4 :]]
        return template.render({"titel": "a", "afsnit": sections}, numbering="tal").to_bytes()

    alone = [made_of(number) for number in range(40)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(made_of, range(40), timeout=60)) == alone
