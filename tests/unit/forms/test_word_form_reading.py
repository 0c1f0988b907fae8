"""Forms as Word, LibreOffice and people leave them: everything typed is read, or told with where it stands."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from docgen import catalog
from docgen.diagnostics import Severity, WordPlace
from docgen.forms.word.writer import word_form
from docgen.kinds.model import Kind
from docgen.kinds.validate import validate
from docgen.package import read_package
from docgen.word.archive.ooxml import W, to_bytes, w
from docgen.word.archive.opc import with_override, with_relationship
from tests.unit.forms.word_form_samples import (
    INPUT,
    answers,
    control,
    edited,
    read_back,
    sample_kind,
    tree,
    type_in,
    xml,
)

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


@pytest.fixture
def kind(tmp_path: Path) -> Kind:
    return sample_kind(tmp_path)


@pytest.fixture
def empty(kind: Kind) -> bytes:
    return word_form(kind, None)


def paragraph(text: str, more: str = "") -> str:
    return f"<w:p>{more}<w:r><w:t>{text}</w:t></w:r></w:p>"


def bodied(root: etree._Element) -> etree._Element:
    return root[0]


def headed(root: etree._Element, text: str) -> etree._Element:
    """The paragraph with that text."""
    return next(one for one in root.iter(w("p")) if "".join(one.itertext()) == text)


def renamed(element: etree._Element, texts: dict[str, str]) -> None:
    """Puts other texts in the place of those that are named."""
    for text in element.iter(w("t")):
        text.text = texts.get(text.text or "", text.text)


def faults(form: bytes, folder: Path, kind: Kind) -> list[str]:
    """The errors of a form, as they are told."""
    found = [one for one in read_back(form, folder, kind).warnings if one.severity is Severity.ERROR]
    return [catalog.as_text(one).replace(folder.as_posix() + "/", "") for one in found]


def test_typing_in_word_splits_runs_and_drops_the_placeholder(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        typed = (
            '<w:r w:rsidR="00AB12"><w:t>Kommis</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidRPr="00CD34">'
            '<w:rPr><w:b/><w:lang w:val="da-DK"/></w:rPr><w:t xml:space="preserve">sorium </w:t></w:r>'
            '<w:proofErr w:type="spellEnd"/><w:r><w:noBreakHyphen/><w:t>for “alt”</w:t></w:r>'
        )
        type_in(root, "titel", typed)
        type_in(root, "dato", "<w:r><w:t>12. marts 2026</w:t></w:r>")
        type_in(root, "slags", "<w:r><w:t>Langt notat</w:t></w:r>")

    assert answers(edited(empty, change), tmp_path, kind) == {
        "titel": "Kommissorium \u2011for “alt”",
        "dato": "12. marts 2026",
        "slags": "langt",
    }


def test_prose_keeps_headings_lists_tables_and_links(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        bullets = '<w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>'
        head = '<w:pPr><w:pStyle w:val="Heading{}"/></w:pPr>'
        cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("a | b", "2"))
        bold = "".join(f"<w:tc><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in "AB")
        typed = (
            paragraph("Først * og _dette_ # her")
            + paragraph("Stor", head.format(1))
            + paragraph("Lille", head.format(2))
            + paragraph("et", bullets)
            + paragraph("to", bullets)
            + f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{bold}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
            + '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText> HYPERLINK "https://a.dk" </w:instrText>'
            '<w:fldChar w:fldCharType="separate"/><w:t>linket</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        )
        type_in(root, "baggrund", typed)

    assert answers(edited(empty, change), tmp_path, kind) == {
        "baggrund": "Først \\* og \\_dette\\_ # her\n\n# Stor\n\n## Lille\n\n- et\n- to\n\n"
        "| A | B |\n| --- | --- |\n| a \\| b | 2 |\n\n[linket](https://a.dk)"
    }


def test_tracked_changes_comments_and_hidden_text(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        who = 'w:id="9000" w:author="x" w:date="2026-11-01T00:00:00Z"'
        type_in(
            root,
            "baggrund",
            f"<w:p><w:r><w:t>Vi </w:t></w:r><w:del {who}><w:r><w:delText>kan </w:delText></w:r></w:del>"
            f"<w:ins {who}><w:r><w:t>skal </w:t></w:r></w:ins>"
            '<w:commentRangeStart w:id="3"/><w:r><w:t>be</w:t><w:softHyphen/>'
            '<w:t>slutte</w:t></w:r><w:commentRangeEnd w:id="3"/>'
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r></w:p>",
        )

    assert answers(edited(empty, change), tmp_path, kind) == {"baggrund": "Vi skal be\u00adslutte"}


def test_text_below_a_control_belongs_to_the_field_above(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        prose = control(root, "baggrund")
        prose.addnext(xml(paragraph("Skrevet under feltet.")))

    assert answers(edited(empty, change), tmp_path, kind) == {"baggrund": "Skrevet under feltet."}


def test_text_under_the_heading_is_read_where_the_control_is_gone(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        prose, title = control(root, "baggrund"), control(root, "titel")
        bodied(root).replace(prose, xml(paragraph("Uden felt.")))
        title.getparent().replace(title, xml("<w:r><w:t>Også uden felt</w:t></w:r>"))

    assert answers(edited(empty, change), tmp_path, kind) == {"titel": "Også uden felt", "baggrund": "Uden felt."}


def test_a_control_is_read_wherever_it_was_moved(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        type_in(root, "titel", "<w:r><w:t>Flyttet</w:t></w:r>")
        moved = control(root, "titel")
        target = xml("<w:p/>")
        bodied(root).insert(len(bodied(root)) - 1, target)
        target.append(moved)
        rows = control(root, "part.navn").getparent()
        type_in(root, "part.navn", "<w:r><w:t>KL</w:t></w:r>")
        rows.append(control(root, "dato"))
        type_in(root, "dato", "<w:r><w:t>1. maj 2026</w:t></w:r>")

    found = answers(edited(empty, change), tmp_path, kind)
    assert found == {"titel": "Flyttet", "dato": "1. maj 2026", "part": {"navn": "KL"}}


def test_rows_and_parts_that_were_copied_are_read_in_order(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        type_in(root, "medlemmer[].navn", "<w:r><w:t>Anna</w:t></w:r>")
        row = next(control(root, "medlemmer[].navn").iterancestors(w("tr")))
        copy = deepcopy(row)
        renamed(copy, {"Anna": "Bo"})
        row.addnext(copy)  # in the same element of the repeating section
        type_in(root, "sager[].overskrift", "<w:r><w:t>Første</w:t></w:r>")
        type_in(root, "sager[].tekst", paragraph("Om den første."))
        section = control(root, "sager[]")
        again = deepcopy(section[1][0])
        renamed(again, {"Første": "Anden", "Om den første.": "Om den anden."})
        section[1].append(again)
        # LibreOffice keeps no repeating sections: a copy is paragraphs and tables alone
        plain = deepcopy(again[1])
        renamed(plain, {"Anden": "Tredje", "Om den anden.": "Om den tredje."})
        for element in reversed(plain):
            section.addnext(element)

    found = answers(edited(empty, change), tmp_path, kind)
    assert found == {
        "medlemmer": [{"navn": "Anna"}, {"navn": "Bo"}],
        "sager": [
            {"overskrift": "Første", "tekst": "Om den første."},
            {"overskrift": "Anden", "tekst": "Om den anden."},
            {"overskrift": "Tredje", "tekst": "Om den tredje."},
        ],
    }


def test_libreoffice_keeps_neither_tags_nor_sections(tmp_path: Path, kind: Kind) -> None:
    def change(root: etree._Element) -> None:
        for found in list(root.iter(w("sdt")))[::-1]:
            parent, content = found.getparent(), found.find(w("sdtContent"))
            for element in content:
                found.addprevious(element)
            parent.remove(found)

    form = word_form(kind, tree(INPUT))
    assert answers(edited(form, change), tmp_path, kind) == answers(form, tmp_path, kind)


def test_word_saves_a_control_that_fills_a_cell_around_the_cell(tmp_path: Path, kind: Kind) -> None:
    def change(root: etree._Element) -> None:
        for cell in list(root.iter(w("tc"))):
            found = list(cell.iter(w("sdt")))
            if len(found) != 1:
                continue
            inner, content = found[0], found[0].find(w("sdtContent"))
            if inner.getparent() is cell:
                cell.extend(list(content))
                cell.remove(inner)
            else:
                paragraph = inner.getparent()
                paragraph.extend(list(content))
                paragraph.remove(inner)
            cell.addprevious(inner)
            content.append(cell)

    for form in (word_form(kind, tree(INPUT)), word_form(kind, None)):
        changed = edited(form, change)
        assert b"<w:sdtContent><w:tc>" in read_package(changed).data("word/document.xml")
        assert answers(changed, tmp_path, kind) == answers(form, tmp_path, kind)


def test_placeholders_that_lost_their_mark_are_no_answers(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        for mark in list(root.iter(w("showingPlcHdr"))):
            mark.getparent().remove(mark)
        for style in list(root.iter(w("rStyle"))):
            style.getparent().remove(style)
        first = control(root, "baggrund").find(f".//{w('t')}")
        first.text += " Det, jeg skrev efter."

    assert answers(edited(empty, change), tmp_path, kind) == {"baggrund": "Det, jeg skrev efter."}


def test_words_own_placeholder_in_any_language_is_no_answer(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        for text in control(root, "titel").iter(w("t")):
            text.text = "Click or tap here to enter text."
        # LibreOffice may leave the mark when something was written in its place
        run = next(control(root, "baggrund").iter(w("r")))
        run.remove(run[0])
        next(run.iter(w("t"))).text = "Et rigtigt svar."

    assert answers(edited(empty, change), tmp_path, kind) == {"baggrund": "Et rigtigt svar."}


def test_text_in_no_field_is_told_with_heading_and_quote(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        bodied(root).insert(0, xml(paragraph("Kære Karen, husk fristen")))
        headed(root, "Part").addnext(xml(paragraph("Hvem er parten?")))
        next(one for one in root.iter(w("t")) if one.text == "Dokumentets titel.").text = "Dokumentets titel. Min titel"
        next(one for one in root.iter(w("t")) if one.text == "Dato").text = "Dato: 3. marts"

    told = faults(edited(empty, change), tmp_path, kind)
    assert told == [
        'fejl DG732: teksten hører ikke til noget felt\n  skema.docx, afsnit 1: "Kære Karen, husk fristen"\n'
        "  hjælp: flyt den til det felt, den hører til, eller slet den",
        "fejl DG732: teksten hører ikke til noget felt\n"
        '  skema.docx, under “Titel”, tabel 1, række 1, celle 1, afsnit 2: "Min titel"\n'
        "  hjælp: flyt den til det felt, den hører til, eller slet den",
        "fejl DG732: teksten hører ikke til noget felt\n"
        '  skema.docx, under “Dato”, tabel 1, række 2, celle 1: "Dato: 3. marts"\n'
        "  hjælp: flyt den til det felt, den hører til, eller slet den",
        'fejl DG732: teksten hører ikke til noget felt\n  skema.docx, under “Part”, afsnit 14: "Hvem er parten?"\n'
        "  hjælp: flyt den til det felt, den hører til, eller slet den",
    ]


def test_the_rest_column_takes_names_and_tells_of_others(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        cell = [
            one
            for one in root.iter(w("sdt"))
            if one.find(f"{w('sdtPr')}/{w('tag')}[@{w('val')}='medlemmer[]']") is not None
        ]
        content = cell[1].find(w("sdtContent"))
        content[:] = [xml(paragraph("SUPPLEANT: Ida: vikar")), xml(paragraph("Suppleent: Bo")), xml(paragraph("hovsa"))]

    told = faults(edited(empty, change), tmp_path, kind)
    assert [line.split("\n")[0] for line in told] == [
        'fejl DG738: linjen "Suppleent: Bo" under »Andet« kan ikke læses',
        'fejl DG738: linjen "hovsa" under »Andet« kan ikke læses',
    ]
    assert 'mente du "Suppleant"?' in told[0]


def test_a_picture_is_told_and_the_text_around_it_is_read(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    picture = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="9525" cy="9525"/><wp:docPr id="7001" name="b" descr="Et kort"/><a:graphic '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="x">'
        "<a:blip/></a:graphicData>"
        "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    form = edited(empty, lambda root: type_in(root, "baggrund", paragraph("Se kortet.") + picture))
    back = read_back(form, tmp_path, kind)
    assert [catalog.message(one)[0] for one in back.warnings] == [
        '1 billede eller diagram i "Baggrund" kommer ikke med i dokumentet'
    ]
    assert answers(form, tmp_path, kind) == {"baggrund": "Se kortet."}


def test_footnotes_come_along_as_text(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    form = edited(
        empty,
        lambda root: type_in(root, "baggrund", '<w:p><w:r><w:t>Tekst</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'),
    )
    package = read_package(form)
    part = '<w:footnotes xmlns:w="{}"><w:footnote w:id="2">{}</w:footnote></w:footnotes>'
    rels, _ = with_relationship(package.data("word/_rels/document.xml.rels"), "footnotes", "footnotes.xml")
    kind_of = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = with_override(package.data("[Content_Types].xml"), "word/footnotes.xml", kind_of)
    parts = {
        "word/footnotes.xml": to_bytes(etree.fromstring(part.format(W, paragraph("En note.")))),
        "word/_rels/document.xml.rels": rels,
        "[Content_Types].xml": types,
    }
    assert answers(package.changed(parts).to_bytes(), tmp_path, kind) == {
        "baggrund": "Tekst\\[1\\]\n\n\\[1\\] En note."
    }


def test_a_tick_box_answers_yes_or_no(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        type_in(root, "åben", "<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>")
        properties = control(root, "åben")[0]
        properties.remove(properties[-1])
        properties.append(etree.Element(f"{{{W14}}}checkbox"))

    assert answers(edited(empty, change), tmp_path, kind) == {"åben": "ja"}
    unticked = edited(empty, lambda root: type_in(root, "åben", "<w:r><w:t>☐</w:t></w:r>"))
    assert answers(unticked, tmp_path, kind) == {"åben": "nej"}


def test_a_field_that_stands_twice_with_different_texts_is_told(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        type_in(root, "titel", "<w:r><w:t>Den ene</w:t></w:r>")
        row = next(control(root, "titel").iterancestors(w("tr")))
        copy = deepcopy(row)
        renamed(copy, {"Den ene": "Den anden"})
        row.addnext(copy)

    told = faults(edited(empty, change), tmp_path, kind)
    assert told[0].startswith('fejl DG737: "Titel" står to gange med hver sin tekst: "Den ene" og "Den anden"\n')


def test_a_control_from_elsewhere_is_told_when_it_holds_something(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        for number, text in ((8001, "Noget"), (8002, "")):
            inside = f'<w:sdtPr><w:tag w:val="journal"/><w:id w:val="{number}"/></w:sdtPr>'
            made = xml(f"<w:sdt>{inside}<w:sdtContent>{paragraph(text)}</w:sdtContent></w:sdt>")
            headed(root, "Baggrund").addprevious(made)

    told = faults(edited(empty, change), tmp_path, kind)
    assert len(told) == 1
    assert told[0].startswith('fejl DG733: der er intet felt, der hedder "journal", i Prøve\n')


def test_lines_that_were_broken_inside_a_paragraph_are_elements(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    typed = "<w:p><w:r><w:t>vand</w:t><w:br/><w:t>jord</w:t></w:r></w:p>" + paragraph("luft")
    form = edited(empty, lambda root: type_in(root, "emner", typed))
    assert answers(form, tmp_path, kind) == {"emner": ["vand", "jord", "luft"]}


def test_faults_of_values_are_told_by_heading(tmp_path: Path, kind: Kind) -> None:
    form = word_form(kind, tree("titel: x\ndato: 32. maj 2026\nsager:\n  - {overskrift: En}\n  - {tekst: Uden.}\n"))
    back = read_back(form, tmp_path, kind)
    told = validate(back.root, kind, profile=None, today=date(2026, 11, 22)).diagnostics
    places = [one.place for one in told]
    assert all(isinstance(place, WordPlace) for place in places)
    shown = [(one.code, one.place.heading, one.place.quote) for one in told]  # type: ignore[union-attr]
    assert shown == [("DG204", "Dato", "32. maj 2026"), ("DG202", "sag 2, Overskrift", "")]
