"""Tags work wherever Word lets them stand: notes, text boxes, content controls, links, field codes, properties."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from docgen import catalog
from docgen.asking import Asking, ask
from docgen.danish.values import Markdown
from docgen.diagnostics import DocgenError
from docgen.word import WordTemplate
from tests.gates import open_xml_findings
from tests.unit.word.build import (
    W,
    body_of,
    check_structure,
    docx,
    escape,
    faults,
    lines,
    p,
    pack,
    part,
    parts,
    r,
    relationship,
    relationships,
    render,
    rows,
    tbl,
    tc,
    text,
    tr,
    unpack,
)

NAMES = {
    "navn": "Åse & Bo",
    "falsk": False,
    "liste": ["a", "b"],
    "tom": [],
    "u": "https://a.dk/?x=1&y=2",
    "md": Markdown("- x\n- y"),
}
DRAWN = (
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)
LOOP = p("{{ navn }}") + p("{% for x in liste %}") + p("{{ x }}") + p("{% endfor %}")
NOTHING = p("{% if falsk %}") + p("x") + p("{% endif %}")
WHO = 'w:author="Åse" w:date="2026-01-01T00:00:00Z"'


def xml_of(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode")


def check_valid(data: bytes, folder: Path) -> None:
    path = folder / "ud.docx"
    path.write_bytes(data)
    assert open_xml_findings(path) == []


# --- notes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["footnote", "endnote", "comment"])
@pytest.mark.parametrize(("inside", "shown"), [(LOOP, ["Åse & Bo", "a", "b"]), (NOTHING, [""])])
def test_notes_and_comments_are_filled_in(kind: str, inside: str, shown: list[str], tmp_path: Path) -> None:
    author = ' w:author="x"' if kind == "comment" else ""
    more = {f"{kind}s": part(f"{kind}s", f'<w:{kind} w:id="1"{author}>{inside}</w:{kind}>')}
    data = WordTemplate(docx(p("t", f'<w:r><w:{kind}Reference w:id="1"/></w:r>'), more)).render(NAMES).to_bytes()
    assert lines(etree.fromstring(unpack(data)[f"word/{kind}s.xml"])) == shown
    check_valid(data, tmp_path)


# --- text boxes ---------------------------------------------------------------------------------------------------


def vml(inside: str, more: str = "") -> str:
    content = f"<v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox>"
    return f'<w:pict {DRAWN}><v:shape style="width:100pt;height:40pt"{more}>{content}</v:shape></w:pict>'


def box(inside: str) -> str:
    """A text box as Word writes it: a drawing, and beside it the same in VML for older programs."""
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    )
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    drawing = (
        '<w:drawing><wp:inline><wp:extent cx="1000000" cy="500000"/>'
        '<wp:docPr id="5" name="Boks" descr="Til {{ navn }}" title="T {{ navn }}"/>'
        f'<a:graphic><a:graphicData uri="{uri}">{shape}</a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    choice = f'<mc:Choice Requires="wps">{drawing}</mc:Choice>'
    fallback = vml(inside, ' alt="Til {{ navn }}"')
    return (
        f"<w:r><mc:AlternateContent {DRAWN}>{choice}<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (LOOP, ["Åse & Bo", "a", "b"]),
        (NOTHING, [""]),
        (p("{{ md }}"), ["x", "y"]),
        (tbl(tr("{% for x in liste %}{{ x }}", "c{% endfor %}")) + p("z"), ["a", "c", "b", "c", "z"]),
    ],
)
def test_a_text_box_and_its_fallback_are_filled_alike(inside: str, shown: list[str], tmp_path: Path) -> None:
    document = WordTemplate(docx(p("før ", box(inside)))).render(NAMES)
    body = body_of(document)
    assert [lines(one) for one in body.iter(f"{{{W}}}txbxContent")] == [shown, shown]
    about = next(body.iter("{*}docPr"))
    assert (about.get("descr"), about.get("title")) == ("Til Åse & Bo", "T Åse & Bo")
    assert next(body.iter("{*}shape")).get("alt") == "Til Åse & Bo"
    check_valid(document.to_bytes(), tmp_path)


@pytest.mark.parametrize("between", [("{% for y in liste %}", "{% endfor %}"), None])
def test_a_text_box_in_a_loop_has_a_number_of_its_own(between: tuple[str, str] | None, tmp_path: Path) -> None:
    inside = box(p("{{ y }}"))
    body = p(between[0], inside, between[1]) if between else ""
    body = body or p("{% for y in liste %}") + p(inside) + p("{% endfor %}")
    document = WordTemplate(docx(body)).render(NAMES)
    assert [text(one) for one in body_of(document).iter(f"{{{W}}}txbxContent")] == ["a", "a", "b", "b"]
    numbers = [one.get("id") for one in body_of(document).iter("{*}docPr")]
    assert len(numbers) == len(set(numbers)) == 2
    check_valid(document.to_bytes(), tmp_path)


def test_a_block_value_in_an_old_text_box_does_not_take_its_place() -> None:
    body = render(p(f"<w:r>{vml(p('{{ md }}'))}</w:r>"), NAMES)
    assert [lines(one) for one in body.iter(f"{{{W}}}txbxContent")] == [["x", "y"]]


# --- content controls ---------------------------------------------------------------------------------------------


def sdt(inside: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


ROWS = tr("{%tr for x in liste %}") + tr("{{ x }}", "c") + tr("{%tr endfor %}")
NO_ROWS = ROWS.replace("liste", "tom")
CELLS = tc("{%tc if falsk %}") + tc("{{ navn }}") + tc("{%tc endif %}")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (sdt(p("{{ navn }}")), ["Åse & Bo"]),
        (sdt(LOOP), ["Åse & Bo", "a", "b"]),
        (sdt(p("{{ md }}")), ["x", "y"]),
        (p("a ", sdt(r("{{ navn }}")), " b"), ["a Åse & Bo b"]),
        (p("a", sdt(r("{% if falsk %}x{% endif %}"))), ["a"]),
        (p("{% for x in liste %}") + sdt(p("{{ x }}"), '<w:id w:val="9"/>') + p("{% endfor %}"), ["a", "b"]),
        (sdt(NOTHING) + p("b"), ["b"]),
        (sdt(sdt(NOTHING)) + p("b"), ["b"]),
        (sdt(p("a") + NOTHING) + p("b"), ["a", "b"]),
        (tbl(tr(tc(sdt(NOTHING)))), [""]),
        (tbl(tr(sdt(tc("{{ navn }}")), "b")), ["Åse & Bo", "b"]),
        (tbl(tr(sdt(CELLS), "b")), ["b"]),
        (tbl(tr(sdt(CELLS))) + p("b"), ["b"]),
        (tbl(sdt(tr("{{ navn }}", "b"))), ["Åse & Bo", "b"]),
        (tbl(sdt(ROWS)), ["a", "c", "b", "c"]),
        (tbl(sdt(NO_ROWS), tr("z")), ["z"]),
        (tbl(sdt(NO_ROWS)) + p("b"), ["b"]),
        (tbl(sdt(sdt(NO_ROWS))) + p("b"), ["b"]),
        (tbl(tr("{%tr for x in liste %}"), sdt(tr("{{ x }}")), tr("{%tr endfor %}")), ["a", "b"]),
        (tbl(tr("{%tr for x in tom %}"), sdt(tr("{{ x }}")), tr("{%tr endfor %}")) + p("b"), ["b"]),
    ],
)
def test_content_controls_are_filled_in_and_never_left_empty(body: str, shown: list[str], tmp_path: Path) -> None:
    document = WordTemplate(docx(body)).render(NAMES)
    found = body_of(document)
    assert lines(found) == shown
    for control in found.iter(f"{{{W}}}sdtContent"):
        parent = control.getparent()
        inline = parent is not None and next(parent.iterancestors(f"{{{W}}}p"), None) is not None
        assert inline or len(control)
    check_valid(document.to_bytes(), tmp_path)


def test_many_rows_in_a_control_are_told_from_none() -> None:
    body = tbl(sdt(tr("{%tr for x in xs %}") + tr("{% for y in ys %}{{ y }}{% endfor %}") + tr("{%tr endfor %}")))
    template = WordTemplate(docx(body + p("b")))
    assert rows(body_of(template.render({"xs": range(200), "ys": []}))) == [[""]] * 200
    assert lines(body_of(template.render({"xs": [], "ys": []}))) == ["b"]


def test_a_prompt_becomes_text() -> None:
    prompt = '<w:placeholder><w:docPart w:val="D"/></w:placeholder><w:showingPlcHdr/>'
    style = '<w:rStyle w:val="{}"/>'
    grey, own = (r("{{ navn }}", style.format(name)) for name in ("Pladsholdertekst", "Strong"))
    xml = xml_of(render(p(sdt(grey, prompt), sdt(own, prompt)), NAMES))
    assert "showingPlcHdr" not in xml
    assert "Pladsholdertekst" not in xml
    assert "Strong" in xml


# --- links --------------------------------------------------------------------------------------------------------


def link(target: str) -> str:
    return relationship("rId7", "hyperlink", target, external=True)


def targets(files: dict[str, bytes], name: str = "document") -> dict[str | None, str | None]:
    return {one.get("Id"): one.get("Target") for one in etree.fromstring(files[f"word/_rels/{name}.xml.rels"])}


def test_a_link_in_a_note_has_its_own_relationship_and_tooltip(tmp_path: Path) -> None:
    note = p(f'<w:hyperlink r:id="rId7" w:tooltip="Til {{{{ navn }}}}">{r("her")}</w:hyperlink>')
    more = {"footnotes": part("footnotes", f'<w:footnote w:id="1">{note}</w:footnote>')}
    rels = {"word/_rels/footnotes.xml.rels": relationships(link("%7B%7B%20u%20%7D%7D"))}
    data = WordTemplate(docx(p('<w:r><w:footnoteReference w:id="1"/></w:r>'), more, **rels)).render(NAMES).to_bytes()
    found = next(etree.fromstring(unpack(data)["word/footnotes.xml"]).iter(f"{{{W}}}hyperlink"))
    assert found.get(f"{{{W}}}tooltip") == "Til Åse & Bo"
    assert targets(unpack(data), "footnotes") == {found.values()[0]: "https://a.dk/?x=1&y=2"}
    check_valid(data, tmp_path)


def test_a_picture_may_lead_somewhere_that_data_says() -> None:
    click = f'<a:hlinkClick {DRAWN} r:id="rId7" tooltip="{{{{ navn }}}}"/>'
    picture = f'<w:drawing><wp:inline><wp:docPr id="1" name="x">{click}</wp:docPr></wp:inline></w:drawing>'
    document = WordTemplate(docx(p(f"<w:r>{picture}</w:r>"), links=link("%7B%7Bu%7D%7D"))).render(NAMES)
    found = next(body_of(document).iter("{*}hlinkClick"))
    number, tooltip = map(str, found.values())
    assert (targets(unpack(document.to_bytes()))[number], tooltip) == ("https://a.dk/?x=1&y=2", "Åse & Bo")


@pytest.mark.parametrize("target", ["javascript:%7B%7Bu%7D%7D", "file:///c:/%7B%7B%20u%20%7D%7D", "ftp:%7B%7Bu%7D%7D"])
def test_a_link_keeps_to_safe_schemes(target: str) -> None:
    body = docx(p(f'<w:hyperlink r:id="rId7">{r("her")}</w:hyperlink>'), links=link(target))
    with pytest.raises(DocgenError) as raised:
        WordTemplate(body).render(NAMES)
    assert all(one.place is not None and one.code.startswith("DG4") for one in raised.value.diagnostics)


# --- field codes --------------------------------------------------------------------------------------------------


def code(*texts: str, shown: str = "vist") -> str:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    inside = "".join(f'<w:r><w:instrText xml:space="preserve">{escape(one)}</w:instrText></w:r>' for one in texts)
    return f"{char.format('begin')}{inside}{char.format('separate')}{r(shown)}{char.format('end')}"


def simple(text: str) -> str:
    return f'<w:fldSimple w:instr="{escape(text).replace(chr(34), "&quot;")}">{r("{{ navn }}")}</w:fldSimple>'


def codes(body: etree._Element) -> list[str]:
    written = ["".join(one.text or "" for one in body.iter(f"{{{W}}}instrText"))]
    return [one for one in written if one] + [one.get(f"{{{W}}}instr", "") for one in body.iter(f"{{{W}}}fldSimple")]


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (code(' HYPERLINK "{{ u }}" ', shown="{{ navn }}"), ' HYPERLINK "https://a.dk/?x=1&y=2" '),
        (code(' HYPERLINK "{', "{ u", ' }}" '), ' HYPERLINK "https://a.dk/?x=1&y=2" '),
        (simple('HYPERLINK "{{ u }}"'), 'HYPERLINK "https://a.dk/?x=1&y=2"'),
        (code(' HYPERLINK \\l "{{ navn }}" '), ' HYPERLINK \\l "Åse & Bo" '),
        (code(' HYPERLINK "https://b.dk/{{ navn }}" '), ' HYPERLINK "https://b.dk/Åse & Bo" '),
        (code(' {% if falsk %}PAGE{% else %}DOCPROPERTY "{{ q }}"{% endif %} '), ' DOCPROPERTY "a\\"\\\\b" '),
        (code(' HYPERLINK "{{ r }}" '), ' HYPERLINK "https://a.dk/%22%20%5Co%20x" '),
        (code(" PAGE ") + code(" SEQ {{ navn }} "), " PAGE  SEQ Åse & Bo "),
    ],
)
def test_values_stand_in_field_codes(given: str, written: str, tmp_path: Path) -> None:
    names = NAMES | {"q": 'a"\\b', "r": 'https://a.dk/" \\o x'}
    document = WordTemplate(docx(p(given))).render(names)
    assert codes(body_of(document)) == [written]
    check_valid(document.to_bytes(), tmp_path)


@pytest.mark.parametrize(
    ("given", "value", "told"),
    [
        (code(' HYPERLINK "{{ x }}" '), "javascript:alert(1)", "DG457"),
        (code(' hyperlink \\o "tip" {{ x }} '), "file:///c:/x", "DG457"),
        (simple('HYPERLINK "{{ x }}"'), "\\\\server\\x", "DG457"),
        (f"<w:r>{vml(p('a'), ' href=' + chr(34) + '{{ x }}' + chr(34))}</w:r>", "javascript:x", "DG457"),
        (code(" {{ x }} "), "DDEAUTO c:\\x", "DG498"),
        (code(" PAGE ") + code("{% if x %}{{ x }}{% endif %}"), "DDE x", "DG498"),
        (simple("{{ x }}"), "INCLUDETEXT x", "DG498"),
    ],
)
def test_data_does_not_choose_a_field_nor_an_unsafe_address(given: str, value: str, told: str) -> None:
    (said,) = faults(p(given), NAMES | {"x": value})
    assert told in said
    assert "afsnit 1" in said


# --- properties ---------------------------------------------------------------------------------------------------


def test_every_kind_of_property_is_filled_in() -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    app = f'<Properties xmlns="{office}/extended-properties"><Company>{{{{ navn }}}}</Company></Properties>'
    custom = (
        f'<Properties xmlns="{office}/custom-properties" xmlns:vt="{office}/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Sag">'
        "<vt:lpwstr>{% for x in liste %}{{ x }};{% endfor %}</vt:lpwstr></property></Properties>"
    )
    template = WordTemplate(docx(p("x"), None, "", **{"docProps/app.xml": app, "docProps/custom.xml": custom}))
    files = unpack(template.render(NAMES).to_bytes())
    assert etree.fromstring(files["docProps/app.xml"])[0].text == "Åse & Bo"
    (one,) = etree.fromstring(files["docProps/custom.xml"])
    assert (one.get("fmtid"), one[0].text) == ("{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", "a;b;")


# --- tracked changes ----------------------------------------------------------------------------------------------


def tracked(kind: str, inside: str, number: int = 1) -> str:
    return f'<w:{kind} w:id="{number}" {WHO}>{inside}</w:{kind}>'


def deleted(text: str, number: int = 1) -> str:
    return tracked("del", f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>', number)


def moved(way: str, inside: str) -> str:
    number = 10 if way == "From" else 20
    start = f'<w:move{way}RangeStart w:id="{number}" {WHO} w:name="move1"/>'
    return f'{start}{tracked("move" + way, inside, number + 1)}<w:move{way}RangeEnd w:id="{number}"/>'


GONE_ROW = tr("{{ findes_ikke }}", "c").replace("<w:tr>", f"<w:tr><w:trPr><w:del w:id='3' {WHO}/></w:trPr>")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (p("a ", tracked("ins", r("{{ navn }}"))), ["a Åse & Bo"]),
        (
            p(tracked("ins", r("{% for x in liste %}"))) + p("{{ x }}") + p(tracked("ins", r("{% endfor %}"))),
            ["a", "b"],
        ),
        (p("{{ navn }}", deleted("{{ findes_ikke }}")), ["Åse & Bo"]),
        (p("{{ navn }}", deleted("{{ findes", 1), deleted("_ikke }}", 2)), ["Åse & Bo"]),
        (p("{{ navn }}", deleted("{% if findes_ikke %}")), ["Åse & Bo"]),
        (p("{{ na", deleted("{{ findes_ikke }}"), "vn }}"), ["Åse & Bo"]),
        (p("{{ navn }}", tracked("del", box(p("{{ findes_ikke }}")))), ["Åse & Bo"]),
        (
            p(deleted("{{ findes_ikke }}"), inside=f'<w:rPr><w:del w:id="4" {WHO}/></w:rPr>') + p("{{ navn }}"),
            ["Åse & Bo"],
        ),
        (tbl(GONE_ROW, tr("{{ navn }}", "c")), ["Åse & Bo", "c"]),
        (p("{{ navn }}") + tbl(GONE_ROW) + p("b"), ["Åse & Bo", "b"]),
        (p("a", moved("From", r(" {{ findes_ikke }}"))) + p("b ", moved("To", r("{{ navn }}"))), ["a", "b Åse & Bo"]),
        (
            p(moved("From", r("{{ findes_ikke }}")), inside=f'<w:rPr><w:moveFrom w:id="4" {WHO}/></w:rPr>')
            + p(moved("To", r("{{ navn }}")), inside=f'<w:rPr><w:moveTo w:id="5" {WHO}/></w:rPr>'),
            ["Åse & Bo"],
        ),
        (p(moved("To", r("{% if falsk %}")), "x{% endif %}", "y"), ["y"]),
    ],
)
def test_tracked_changes_with_tags_count_as_accepted(body: str, shown: list[str], tmp_path: Path) -> None:
    document = WordTemplate(docx(body)).render(NAMES)
    found = body_of(document)
    check_structure(found)
    assert lines(found) == shown
    xml = xml_of(found)
    assert "findes_ikke" not in xml
    assert "{" not in xml.replace(f"{{{W}}}", "")
    check_valid(document.to_bytes(), tmp_path)


def test_tracked_changes_without_tags_stay() -> None:
    xml = xml_of(render(p("{{ navn }}", deleted("væk"), moved("From", r("gl")), moved("To", r("ny"))), NAMES))
    assert all(one in xml for one in ("væk", "w:moveFrom ", "w:moveTo ", "move1"))


# --- charts, diagrams, and parts that nobody fills in

CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:title><a:p><a:r><a:t>Salg i {</a:t></a:r>'
    '<a:r><a:rPr b="1"/><a:t>{ å</a:t></a:r><a:r><a:t>r }} og {{ navn }}</a:t></a:r></a:p></c:title>'
    '<c:cat><c:pt idx="0"><c:v>{% if by %}ja{% else %}nej{% endif %}</c:v></c:pt></c:cat></c:chartSpace>'
)
CHART_PARTS = {
    "charts/chart1": "drawingml.chart+xml",
    "drawings/drawing1": "drawingml.chartshapes+xml",
    "diagrams/data1": "drawingml.diagramData+xml",
    "diagrams/drawing1": "drawingml.diagramDrawing+xml",
}


def with_part(name: str, kind: str, xml: str, body: str = p("x")) -> dict[str, str]:
    files = parts(body)
    start = "application/vnd.ms-office." if "Drawing" in kind else "application/vnd.openxmlformats-officedocument."
    override = f'<Override PartName="/{name}" ContentType="{start}{kind}"/>'
    types = files["[Content_Types].xml"].replace("</Types>", f"{override}</Types>")
    return files | {name: xml, "[Content_Types].xml": types}


@pytest.mark.parametrize("name", CHART_PARTS)
def test_charts_and_diagrams_are_filled_in(name: str) -> None:
    files = with_part(f"word/{name}.xml", CHART_PARTS[name], CHART)
    made = unpack(WordTemplate(pack(files)).render({"år": 2026, "navn": "A & B", "by": True}).to_bytes())
    root = etree.fromstring(made[f"word/{name}.xml"])
    texts = [one.text or "" for one in root.iter("{*}t", "{*}v")]
    assert texts == ["Salg i 2026", "", " og A & B", "ja"]


def test_a_fault_in_a_chart_has_its_place() -> None:
    files = with_part("word/charts/chart1.xml", CHART_PARTS["charts/chart1"], CHART.replace("{% endif %}", ""))
    with pytest.raises(DocgenError) as raised:
        WordTemplate(pack(files), name="a.docx")
    told = [catalog.as_text(one).split("\n")[:2] for one in raised.value.diagnostics]
    assert told == [
        ["fejl DG430: {% if by %} bliver aldrig afsluttet", '  a.docx, diagram: "{% if by %}ja{% else %}nej"']
    ]


@pytest.mark.parametrize(
    ("name", "xml"),
    [
        ("word/glossary/document.xml", part("glossaryDocument", p(r("{"), r("{ navn }}")))),
        ("customXml/item1.xml", "<a><b>{{ navn }}</b></a>"),
    ],
)
def test_tags_that_nobody_fills_in_are_told(name: str, xml: str, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(pack(parts(p("{{ navn }}")) | {name: xml}))
    (found,) = ask(Asking(tmp_path / "a.docx")).diagnostics
    assert catalog.as_text(found).split("\n")[0] == (
        "advarsel DG499: {{ navn }} står i en del af filen, som docgen ikke udfylder"
    )


def test_properties_are_found_by_what_they_are() -> None:
    files = parts(p("x"))
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    link = f'<Relationship Id="rId9" Type="{kind}" Target="docProps/core7.xml"/>'
    files["_rels/.rels"] = files["_rels/.rels"].replace("</Relationships>", f"{link}</Relationships>")
    title = '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">{{ titel }}</dc:title>'
    made = unpack(WordTemplate(pack(files | {"docProps/core7.xml": title})).render({"titel": "Å & B"}).to_bytes())
    assert etree.fromstring(made["docProps/core7.xml"]).text == "Å & B"


def field_char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def coded(text_: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{escape(text_)}</w:instrText></w:r>'


def test_a_field_code_may_go_on_in_the_next_paragraph() -> None:
    body = p(field_char("begin"), coded(' HYPERLINK "')) + p(
        coded('{{ url }}" '), field_char("separate"), r("her"), field_char("end")
    )
    made = render(body, {"url": "https://a.dk/ø"})
    assert "".join(one.text or "" for one in made.iter(f"{{{W}}}instrText")) == ' HYPERLINK "https://a.dk/ø" '
    assert faults(body, {"url": "file:///c:/x"})[0].startswith('fejl DG457: "file:///c:/x"')
    over = p(field_char("begin"), coded(" PAGE "), field_char("end")) + p(coded("{{ url }}"))
    assert faults(over, {"url": "x"})[0].startswith("fejl DG498")


@pytest.mark.parametrize("inner", ["{% if falsk %}x{% endif %}", "{% for a in tom %}{{ a }}{% endfor %}"])
def test_a_content_control_in_a_line_keeps_a_run(inner: str) -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{r(inner)}</w:sdtContent></w:sdt>"
    made = render(p("a", control, "b"), NAMES)
    content = next(made.iter(f"{{{W}}}sdtContent"))
    assert [one.tag.rpartition("}")[2] for one in content.iter()] == ["sdtContent", "r", "t"]
    assert lines(made) == ["ab"]
