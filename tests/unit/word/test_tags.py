"""Tags are found however Word has split them, and the text around them is not touched."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.word import WordTemplate

from .build import W, body_of, docx, faults, lines, p, part, r, relationship, render, t, text, unpack

NAMES = {"navn": "Åse & Bo", "sand": True, "falsk": False, "liste": ["a", "b", "c"], "n": 3}


@pytest.mark.parametrize(
    "paragraph",
    [
        p("{{ navn }}"),
        p("{", "{ na", "vn }", "}"),
        p("<w:r><w:t>{{ na</w:t><w:lastRenderedPageBreak/><w:t>vn }}</w:t></w:r>"),
        p(r("{{ "), '<w:proofErr w:type="spellStart"/>', r("navn", "<w:lang w:val='da-DK'/>"), r(" }}")),
        p(r("{{ "), '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>', r("navn }}")),
        p(r("{{ na"), f'<w:ins w:id="1" w:author="x">{r("vn }}")}</w:ins>'),
        p(f'<w:ins w:id="1" w:author="x">{r("{{ navn ")}</w:ins>', r("}}")),
        p(r("{{ "), '<w:del w:id="1" w:author="x"><w:r><w:delText>x{{</w:delText></w:r></w:del>', r("navn }}")),
        p(r("{{ na"), f'<w:hyperlink w:anchor="x">{r("vn }}")}</w:hyperlink>'),
        p(f'<w:hyperlink w:anchor="x">{r("{{ na")}</w:hyperlink>', r("vn }}")),
        p(r("{{"), "<w:r><w:tab/></w:r>", r("navn"), "<w:r><w:br/></w:r>", r("}}")),
        p(r("{{ na"), "<w:r><w:softHyphen/></w:r>", r("vn }}")),
        p(f"<w:smartTag>{r('{{ na')}</w:smartTag>", r("vn }}")),
        p(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('{{ navn ')}</w:sdtContent></w:sdt>", r("}}")),
        p("<w:r><w:t>{{ navn }}</w:t></w:r>"),
        p("{{\u00a0navn\u200b }}"),
    ],
)
def test_a_tag_is_read_whole(paragraph: str) -> None:
    assert lines(render(paragraph, NAMES)) == ["Åse & Bo"]


def test_text_and_formatting_around_a_tag_stay() -> None:
    body = render(
        p(r("Kære ", "<w:b/>"), r("{{ na", "<w:i/>"), r("vn }}, hej"), "<w:r><w:tab/>" + t("æ  ø") + "</w:r>"), NAMES
    )
    assert lines(body) == ["Kære Åse & Bo, hej\tæ  ø"]
    runs = [
        (text(run), [look.tag.split("}")[1] for look in run.iter(f"{{{W}}}b", f"{{{W}}}i")])
        for run in body.iter(f"{{{W}}}r")
    ]
    assert runs == [("Kære ", ["b"]), ("Åse & Bo", ["i"]), (", hej", []), ("\tæ  ø", [])]


def test_spaces_that_word_does_not_show_stay_hidden() -> None:
    assert lines(render(p("<w:r><w:t>  Kære {{ navn }}  </w:t></w:r>", "."), NAMES)) == ["Kære Åse & Bo."]


def test_a_control_tag_stands_between_runs() -> None:
    body = render(p("a{% if sand %}b{% else %}c{% endif %}d", "{% for x in liste %}{{ x }};{% endfor %}"), NAMES)
    assert lines(body) == ["abda;b;c;"]


def test_deleted_text_is_not_evaluated() -> None:
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>{{ findes_ikke }}</w:delText></w:r></w:del>'
    body = render(p("{{ navn }}", deleted, deleted.replace("{{ findes_ikke }}", "gammel")), NAMES)
    assert "findes_ikke" not in etree.tostring(body, encoding="unicode")
    assert "gammel" in etree.tostring(body, encoding="unicode")  # a tracked change without tags is the author's
    assert lines(body) == ["Åse & Bo"]


def test_a_content_control_with_tags_loses_its_binding() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="Titel"/><w:dataBinding w:xpath="/x" w:storeItemID="y"/><w:showingPlcHdr/>'
        f"</w:sdtPr><w:sdtContent>{r('{{ navn }}')}</w:sdtContent></w:sdt>"
    )
    xml = etree.tostring(render(p(control), NAMES), encoding="unicode")
    assert "dataBinding" not in xml
    assert "showingPlcHdr" not in xml
    assert "w:alias" in xml


def test_tags_in_headers_notes_and_properties() -> None:
    more = {
        "header1": part("hdr", p("Sagsnr. {{ n }}")),
        "footnotes": part("footnotes", f'<w:footnote w:id="1">{p("{{ navn }}")}</w:footnote>'),
    }
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Til {{ navn }}!{% if falsk %}x{% endif %}</dc:title>'
        "</cp:coreProperties>"
    )
    files = unpack(WordTemplate(docx(p("x"), more, **{"docProps/core.xml": core})).render(NAMES).to_bytes())
    assert text(etree.fromstring(files["word/header1.xml"])) == "Sagsnr. 3"
    assert text(etree.fromstring(files["word/footnotes.xml"])) == "Åse & Bo"
    assert etree.fromstring(files["docProps/core.xml"])[0].text == "Til Åse & Bo!"


def test_tags_in_attributes() -> None:
    picture = '<wp:inline><wp:docPr id="1" name="Logo" descr="Logo for {{ navn }}&quot;"/></wp:inline>'
    drawing = f"<w:r><w:drawing>{picture}</w:drawing></w:r>"
    (element,) = render(p(drawing), NAMES | {"navn": 'A & "B"\n<C>'}).iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    )
    assert element.get("descr") == 'Logo for A & "B"\n<C>"'


def test_a_link_may_lead_somewhere_else_each_time() -> None:
    body = p("{% for x in liste %}", f'<w:hyperlink r:id="rId7">{r("{{ x }}")}</w:hyperlink>', "{% endfor %}")
    link = relationship("rId7", "hyperlink", "http://eksempel.dk/%7B%7B%20x%20%7D%7D?a=%20b&amp;c", external=True)
    files = unpack(WordTemplate(docx(body, links=link)).render(NAMES).to_bytes())
    targets = {one.get("Id"): one.get("Target") for one in etree.fromstring(files["word/_rels/document.xml.rels"])}
    links = etree.fromstring(files["word/document.xml"]).iter(f"{{{W}}}hyperlink")
    shown = [
        (text(one), targets[one.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")])
        for one in links
    ]
    assert shown == [(x, f"http://eksempel.dk/{x}?a=%20b&c") for x in "abc"]


def test_a_link_from_data_must_be_safe() -> None:
    link = relationship("rId7", "hyperlink", "%7B%7Bu%7D%7D", external=True)
    template = WordTemplate(docx(p(f'<w:hyperlink r:id="rId7">{r("her")}</w:hyperlink>'), links=link), name="s.docx")
    assert (
        b"mailto:a@b.dk" in unpack(template.render({"u": "mailto:a@b.dk"}).to_bytes())["word/_rels/document.xml.rels"]
    )
    typed = relationship("rId7", "hyperlink", "http://%7B%7Bu%7D%7D/", external=True)
    word = WordTemplate(docx(p(f'<w:hyperlink r:id="rId7">{r("her")}</w:hyperlink>'), links=typed))
    assert b'"https://a.dk/"' in unpack(word.render({"u": "https://a.dk"}).to_bytes())["word/_rels/document.xml.rels"]
    assert_fault(template, {"u": "file:///c:/x"}, 'DG457: "file:///c:/x" er ikke en adresse, som et link må pege på')
    assert_fault(template, {"u": "javascript:x"}, 'DG457: "javascript:x" er ikke en adresse, som et link må pege på')


def assert_fault(template: WordTemplate, names: dict[str, object], expected: str) -> None:
    from docgen import catalog
    from docgen.diagnostics import DocgenError

    with pytest.raises(DocgenError) as raised:
        template.render(names)
    assert expected in catalog.as_text(raised.value.diagnostics[0])


def test_tags_in_text_boxes_stand_for_themselves() -> None:
    inside = p("{{ navn }}") + p("{% if falsk %}") + p("x") + p("{% endif %}")
    box = f"<w:r><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></w:r>"
    assert lines(render(p("før {{ n }} ", box), NAMES)) == ["før 3 Åse & Bo", "Åse & Bo"]


def test_field_codes_take_values() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DOCPROPERTY "{{ n',
        ' }}" </w:instrText></w:r>',
    )
    xml = etree.tostring(render(p("".join(field)), NAMES), encoding="unicode")
    assert '>DOCPROPERTY "3"<' in xml


# --- properties ---------------------------------------------------------------------------------------------------

TEMPLATE = (
    "Kære {{ navn }}: {% for x in liste %}{{ x }} – {% endfor %}{% if n > 2 and navn != ”x” %}æ{{ n }}{% endif %} slut"
)


@given(st.lists(st.integers(1, len(TEMPLATE) - 1), max_size=25))
@settings(max_examples=60)
def test_any_split_of_runs_gives_the_same_text(cuts: list[int]) -> None:
    edges = [0, *sorted(set(cuts)), len(TEMPLATE)]
    runs = [TEMPLATE[start:end] for start, end in pairwise(edges)]
    assert lines(render(p(*map(r, runs)), NAMES)) == ["Kære Åse & Bo: a – b – c – æ3 slut"]


LEGAL = st.characters(codec="utf-8", exclude_categories=("Cs",)).filter(
    lambda char: char in "\t\n" or (ord(char) >= 0x20 and ord(char) not in (0xFFFE, 0xFFFF))
)


@given(st.text(LEGAL))
@settings(max_examples=150)
def test_every_legal_text_survives_as_a_value(value: str) -> None:
    body = VALUES.render({"navn": value})
    assert lines(body_of(body)) == [f"[{value}]", value]
    alt = next(body_of(body).iter(f"{{{W}}}x"))
    assert alt.get("a") == value


VALUES = WordTemplate(docx(p("[{{ navn }}]") + p("{{ navn }}", '<w:x a="{{ navn }}"/>')))


@given(st.text(LEGAL.filter(lambda char: char not in "{\t\n")))
@settings(max_examples=60)
def test_text_outside_tags_is_untouched(value: str) -> None:
    assert lines(render(p(r(value), "{{ n }}", r(value + "%}}")), NAMES)) == [f"{value}3{value}%}}}}"]


def test_a_tag_cut_in_two_by_a_paragraph_joins_them() -> None:
    body = p("Kære {{ na", style="Heading1") + p() + p("vn }} og {# en") + p("to #}mere") + p("slut")
    assert lines(render(body, {"navn": "Åse"})) == ["Kære Åse og mere", "slut"]


def test_a_tag_without_an_end_is_told() -> None:
    assert faults(p("Kære {{ navn") + p("og {{ x }} mere"), {"x": 1}) == [
        'fejl DG420: koden mangler sin slutning }}\n  skabelon.docx, afsnit 1: "Kære {{ navn"\n'
        "  hjælp: skriv }}, hvor koden slutter; hele koden skal stå i samme afsnit"
    ]
