"""Marked Word files: comments on the paragraphs that findings are about, and every other comment kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.cli.app import main
from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, Severity, WordPlace, error
from docgen.forms.marking.mark import mark
from tests.unit.forms.word_form_samples import edited, type_in

NAME = "skema.docx"
BODY = "word/document.xml"
FOOTNOTES = "word/footnotes.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HINT = 'hjælp: skriv datoen som 2026-01-31 eller "31. januar 2026"'


def fault(value: str, part: str = BODY, quote: str = "", **at: int) -> Diagnostic:
    return error("DG910", WordPlace(NAME, part, **at, quote=quote), værdi=value)  # type: ignore[arg-type]


def made(fill: Callable[[Document], object] = lambda _document: None) -> bytes:
    """A document with a title, two paragraphs, a table of two by two, and what `fill` adds."""
    document = docx.Document()
    document.add_heading("Sagsfremstilling", 0)
    first = document.add_paragraph("Udvalget mødes ")
    first.add_run("i morgen").bold = True
    first.add_run(" på rådhuset.")
    document.add_paragraph()
    table = document.add_table(2, 2)
    table.cell(1, 0).text = "vest"
    fill(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def marked(data: bytes, *findings: Diagnostic, language: str = "da") -> bytes:
    return mark(data, NAME, findings, language)


def root(data: bytes, part: str = BODY) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(part))


def names(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return set(archive.namelist())


def canonical(data: bytes, part: str = BODY) -> bytes:
    return etree.tostring(root(data, part), method="c14n")


def comments(data: bytes) -> list[tuple[str, str, str]]:
    """The author of each comment, what it is on, and what it says, in the order of its file."""
    body = root(data)
    found = []
    for comment in docx.Document(io.BytesIO(data)).comments:
        number = str(comment.comment_id)
        inside, text = False, ""
        for element in body.iter():
            if element.get(f"{W}id") == number and element.tag == f"{W}commentRangeStart":
                inside = True
            elif element.get(f"{W}id") == number and element.tag == f"{W}commentRangeEnd":
                inside = False
            elif inside and element.tag == f"{W}t":
                text += element.text or ""
        assert len(body.findall(f".//{W}commentReference[@{W}id='{number}']")) == 1
        found.append((comment.author, text, "\n".join(one.text for one in comment.paragraphs)))
    return found


def test_a_finding_is_a_comment_on_what_it_quotes_else_on_its_paragraph() -> None:
    data = marked(
        made(),
        fault("i morgen", paragraph=2, quote="…mødes i morgen på rådh…"),
        fault("i går", paragraph=2, quote="i morgen"),
        fault("vest", table=1, row=2, cell=1, paragraph=1),
        fault("tomt", paragraph=3, quote="findes ikke"),
        fault("cellen", table=1, row=2, cell=1),
    )
    assert comments(data) == [
        ("docgen", "Udvalget mødes i morgen på rådhuset.", f"fejl DG910: i morgen er ikke en dato\n{HINT}"),
        ("docgen", "i morgen", f"fejl DG910: i går er ikke en dato\n{HINT}"),
        ("docgen", "vest", f"fejl DG910: vest er ikke en dato\n{HINT}"),
        ("docgen", "", f"fejl DG910: tomt er ikke en dato\n{HINT}"),
        ("docgen", "vest", f"fejl DG910: cellen er ikke en dato\n{HINT}"),
    ]
    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    assert [one.text for one in paragraphs] == ["Sagsfremstilling", "Udvalget mødes i morgen på rådhuset.", ""]
    assert paragraphs[1].runs[1].bold


def test_findings_without_a_place_are_one_comment_on_the_title() -> None:
    other = error("DG910", WordPlace("en anden.docx", BODY, 1), værdi="c")
    data = marked(made(), error("DG910", FilePlace(NAME, "dato"), værdi="a"), error("DG910", None, værdi="b"), other)
    assert comments(data) == [
        (
            "docgen",
            "Sagsfremstilling",
            f"fejl DG910: a er ikke en dato\n{HINT}\nfeltet »dato« er ikke udfyldt\n"
            f"fejl DG910: b er ikke en dato\n{HINT}\n"
            f"fejl DG910: c er ikke en dato\n{HINT}\nen anden.docx, afsnit 1",
        )
    ]


RULE = {"kode": "åben-mangler", "besked": "Grunden mangler", "hjælp": "udfyld »grund«"}


def test_a_comment_names_no_rules_and_says_nothing_of_those_that_wait() -> None:
    waiting = [
        Diagnostic("DG301", Severity.INFO, None, {"antal": 2, "koder": "a, b"}),
        Diagnostic("DG308", Severity.INFO, None, {"antal": 1, "koder": "a"}),
    ]
    finding = error("DG300", WordPlace(NAME, BODY, table=1, row=2, cell=1), **RULE)
    assert comments(marked(made(), waiting[0], finding, waiting[1])) == [
        ("docgen", "vest", "fejl DG300: Grunden mangler\nhjælp: udfyld »grund«")
    ]
    assert "word/comments.xml" not in names(marked(made(), *waiting))


def test_a_place_in_a_header_is_told_where_its_section_begins() -> None:
    def fill(document: Document) -> None:
        section = document.add_section()
        document.add_paragraph("andet kapitel")
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "Hoved to"

    data = made(fill)
    part = next(name for name in names(data) if name.startswith("word/header"))
    found = comments(marked(data, fault("x", part, quote="Hoved to", paragraph=1)))
    assert found == [
        ("docgen", "andet kapitel", f'fejl DG910: x er ikke en dato\n{HINT}\nsidehoved, afsnit 1: "Hoved to"')
    ]


def test_a_place_in_a_footnote_is_told_where_the_note_is_referred_to() -> None:
    def fill(document: Document) -> None:
        run = document.add_paragraph("Se noten").add_run()
        run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="4"/>'))
        notes = "".join(
            f'<w:footnote w:id="{one}"><w:p><w:r><w:t>note {one}</w:t></w:r></w:p></w:footnote>' for one in (3, 4)
        )
        xml = f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>".encode()
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = docx.opc.part.Part(docx.opc.packuri.PackURI(f"/{FOOTNOTES}"), kind, xml, document.part.package)
        document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")

    found = comments(marked(made(fill), fault("x", FOOTNOTES, paragraph=2), fault("y", FOOTNOTES, paragraph=1)))
    assert [(on, text.splitlines()[2:]) for _, on, text in found] == [
        ("Sagsfremstilling", ["fodnoter, afsnit 1"]),
        ("Se noten", ["fodnoter, afsnit 2"]),
    ]


def test_a_place_in_a_text_box_is_told_at_the_paragraph_that_holds_it() -> None:
    def fill(document: Document) -> None:
        holder = document.add_paragraph("ved siden af ")
        box = "<w:txbxContent><w:p><w:r><w:t>i boksen</w:t></w:r></w:p></w:txbxContent>"
        shape = f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>{box}</v:textbox></v:shape>'
        holder.add_run()._r.append(parse_xml(f"<w:pict {nsdecls('w')}>{shape}</w:pict>"))

    data = marked(made(fill), fault("x", paragraph=1, quote="i boksen"))
    assert [on for _, on, _ in comments(data)] == ["i boksen"], "the run of the paragraph that holds the box"
    assert not root(data).findall(f".//{W}txbxContent//{W}commentReference")


def test_comments_of_people_stay_and_ids_are_unique() -> None:
    def fill(document: Document) -> None:
        document.add_comment(document.paragraphs[1].runs, "Er det rigtigt?", author="Birte", initials="B")
        start = OxmlElement("w:commentRangeStart")
        start.set(qn("w:id"), "41")  # what is left of a comment that somebody took out
        document.paragraphs[0]._p.append(start)

    original = made(fill)
    data = marked(original, fault("x", paragraph=2))
    assert [author for author, _, _ in comments(data)] == ["Birte", "docgen"]
    assert [one.comment_id for one in docx.Document(io.BytesIO(data)).comments] == [0, 42]
    back = marked(data)
    assert canonical(back) == canonical(original)
    assert comments(back) == comments(original)


def test_a_marked_copy_marked_again_has_the_new_comments_alone() -> None:
    first = marked(made(), fault("a", paragraph=1), fault("b", paragraph=2))
    second = marked(first, fault("c", paragraph=2))
    assert second == marked(made(), fault("c", paragraph=2))
    assert marked(second, fault("c", paragraph=2)) == second


def test_what_word_keeps_beside_comments_goes_with_them_and_answers_stay() -> None:
    data = marked(made(), fault("a", paragraph=2))
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(held, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name).decode("latin-1")
            if name == "word/comments.xml":
                w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
                content = content.replace("<w:p>", f'<w:p {w14} w14:paraId="0000000A">')
                answer = f'<w:p {w14} w14:paraId="0000000B"><w:r><w:t>rettet</w:t></w:r></w:p>'
                added = f'<w:comment w:id="9" w:author="Birte">{answer}</w:comment></w:comments>'
                content = content.replace("</w:comments>", added)
            if name == BODY:
                content = content.replace(
                    '<w:commentReference w:id="0"/></w:r>',
                    '<w:commentReference w:id="0"/></w:r><w:r><w:commentReference w:id="9"/></w:r>',
                )
            if name == "word/_rels/document.xml.rels":
                kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
                content = content.replace(
                    "</Relationships>",
                    f'<Relationship Id="x1" Type="{kind}" Target="commentsExtended.xml"/></Relationships>',
                )
            copy.writestr(name, content.encode("latin-1"))
        w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
        copy.writestr(
            "word/commentsExtended.xml",
            f'<w15:commentsEx xmlns:w15="{w15}"><w15:commentEx w15:paraId="0000000A" w15:done="0"/>'
            '<w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A" w15:done="0"/></w15:commentsEx>',
        )
    back = marked(held.getvalue())
    extended = root(back, "word/commentsExtended.xml")
    assert [sorted(one.attrib.values()) for one in extended] == [["0", "0000000B"]]
    assert [(author, text) for author, _, text in comments(back)] == [("Birte", "rettet")]


def test_without_findings_a_file_that_was_never_marked_is_copied() -> None:
    original = made()
    assert {name: canonical(marked(original), name) for name in names(original) if name.endswith(".xml")} == {
        name: canonical(original, name) for name in names(original) if name.endswith(".xml")
    }


def test_a_document_without_a_paragraph_gets_one() -> None:
    def fill(document: Document) -> None:
        for element in list(document.element.body)[:-1]:
            document.element.body.remove(element)

    assert [on for _, on, _ in comments(marked(made(fill), fault("x", paragraph=1)))] == [""]


def test_a_workbook_under_a_words_name_is_refused() -> None:
    with pytest.raises(DocgenError) as told:
        mark(b"PK", NAME, [], "da")
    assert [one.code for one in told.value.diagnostics] == ["DG406"]


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    document = docx.Document()
    document.add_heading("Skabelon", 0)
    document.add_paragraph("Hej {{ navn..x }} og {% if a %}")
    document.sections[0].header.paragraphs[0].text = "{% endfor %}"
    document.save("skabelon.docx")
    return Path("skabelon.docx")


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line for line in capsys.readouterr().err.splitlines() if not line.startswith("skrev ")]


def test_a_template_is_checked_marked_mended_and_marked_again(
    template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tjek", "skabelon.docx", "--markeret", "kopi.docx", "--dato", "4.3.2026"]) == 1
    before = capsys.readouterr().err
    assert "skrev kopi.docx" in before.splitlines()
    found = comments(Path("kopi.docx").read_bytes())
    assert [(on, text.splitlines()[0].replace("\u200b", "")) for _, on, text in found] == [
        ("Hej {{ navn..x }} og {% if a %}", "fejl DG422: koden {{ navn..x }} kan ikke forstås"),
        ("Hej {{ navn..x }} og {% if a %}", "fejl DG430: {% if a %} bliver aldrig afsluttet"),
        ("Skabelon", "fejl DG431: {% endfor %} afslutter noget, der ikke er begyndt"),
    ]
    dates = {one.timestamp.date() for one in docx.Document("kopi.docx").comments if one.timestamp}
    assert dates == {date(2026, 3, 4)}
    main(["tjek", "skabelon.docx"])
    plain = said(capsys)
    main(["tjek", "kopi.docx"])
    assert [line.replace("kopi", "skabelon") for line in said(capsys)] == plain, "tags in comments are no tags"
    document = docx.Document("kopi.docx")
    document.paragraphs[1].runs[0].text = "Hej {{ navn }}"
    document.sections[0].header.paragraphs[0].text = ""
    document.save("rettet.docx")
    assert main(["tjek", "rettet.docx", "--markeret", "ren.docx"]) == 0
    assert capsys.readouterr().err == "rettet.docx: ingen fejl\nskrev ren.docx uden mærker: der er ingen fejl\n"
    assert comments(Path("ren.docx").read_bytes()) == []


def test_json_tells_the_name_of_the_copy(template: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["tjek", "skabelon.docx", "--markeret", "mappe/kopi.docx", "--json"])
    assert '"marked": "mappe/kopi.docx"' in capsys.readouterr().out
    assert Path("mappe/kopi.docx").exists()


WORDS = st.lists(st.sampled_from(["alfa", "bravo", "charlie", "{{ x }}", "«delta»"]), max_size=4)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_comments_go_in_and_out_of_any_document(lines: list[list[str]], data: st.DataObject) -> None:
    document = docx.Document()
    for words in lines:
        paragraph = document.add_paragraph()
        for word in words:
            paragraph.add_run(f"{word} ")
    held = io.BytesIO()
    document.save(held)
    original = held.getvalue()
    at = data.draw(st.lists(st.integers(1, len(lines)), min_size=1, max_size=5))
    quotes = [data.draw(st.sampled_from([*lines[number - 1], "", "echo"])) for number in at]
    found = [fault(str(number), paragraph=number, quote=quote) for number, quote in zip(at, quotes, strict=True)]
    with_marks = marked(original, *found)
    texts = [one.text for one in document.paragraphs]
    assert [one.text for one in docx.Document(io.BytesIO(with_marks)).paragraphs] == texts
    for (author, on, _), number, quote in zip(comments(with_marks), at, quotes, strict=True):
        wanted = f"{quote} " if quote in lines[number - 1] else texts[number - 1]
        assert (author, on) == ("docgen", wanted)
    back = marked(with_marks)
    assert canonical(back) == canonical(original)
    assert names(back) == names(original)


# --- long answers


@pytest.fixture
def item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A form for one item of an agenda, with long texts in two fields."""
    monkeypatch.chdir(tmp_path)
    fields = "titel,tid_min,baggrund,sagsfremstilling"
    assert main(["skema", "dagsorden", "--del", "punkter", "--felter", fields, "-o", "punkt.docx"]) == 0

    def change(body: etree._Element) -> None:
        type_in(body, "punkter[].titel", "<w:r><w:t>Åbningstider</w:t></w:r>")
        type_in(body, "punkter[].baggrund", "<w:p><w:r><w:t>Intet at bemærke her.</w:t></w:r></w:p>")
        texts = ("Et afsnit.", "Borgeren 010190-1234 klager.", "Mangler: TODO", "Se 020290-1235, og [indsæt dato].")
        runs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
        type_in(body, "punkter[].sagsfremstilling", runs)

    path = tmp_path / "punkt.docx"
    path.write_bytes(edited(path.read_bytes(), change))
    return path


def test_a_comment_stands_at_the_words_that_it_is_about(item: Path) -> None:
    main(["tjek", item.name, "--markeret", "rettes.docx"])
    found = [(on, said.split("\n")[0]) for _, on, said in comments(Path("rettes.docx").read_bytes())]
    number, placeholder = "advarsel DG254: her står noget, der ligner et CPR-nummer", "Der står stadig en pladsholder"
    assert found == [
        ("Borgeren 010190-1234 klager.", number),
        ("Se 020290-1235, og [indsæt dato].", number),
        ("Mangler: TODO", f"advarsel DG300: {placeholder} i teksten: »TODO«"),
    ]


def test_words_of_another_answer_are_not_taken_for_it() -> None:
    def fill(document: Document) -> None:
        document.tables[0].cell(0, 0).text = "et kvarter"
        document.add_paragraph("i morgen")

    place = WordPlace(NAME, BODY, 1, 1, 1, 1, heading="Minutter")
    data = marked(made(fill), error("DG213", place, felt="Minutter", tekst="vest", minus=""))  # the cell below
    assert [on for _, on, _ in comments(data)] == ["et kvarter"]
    data = marked(made(fill), error("DG213", place, felt="Minutter", tekst="i morgen", minus=""))
    assert [on for _, on, _ in comments(data)] == ["et kvarter"]
