"""What people put in a Word form that plain text cannot hold: it is written out, or told with where it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from docgen import catalog
from docgen.diagnostics import WordPlace
from docgen.forms.word.writer import word_form
from docgen.kinds.model import Kind
from docgen.package import read_package
from docgen.sources import Mapping, Node, Sequence
from docgen.word.archive.ooxml import W, w
from docgen.word.archive.opc import with_override, with_relationship
from tests.unit.forms.word_form_samples import (
    INPUT,
    answers,
    control,
    edited,
    plain,
    read_back,
    sample_kind,
    tree,
    type_in,
    xml,
)

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
MATH = f'<m:oMath xmlns:m="{OFFICE}/math"><m:r><m:t>x=2</m:t></m:r></m:oMath>'


@pytest.fixture
def kind(tmp_path: Path) -> Kind:
    return sample_kind(tmp_path)


@pytest.fixture
def empty(kind: Kind) -> bytes:
    return word_form(kind, None)


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def typed(tag: str, inside: str, number: int = 0) -> Callable[[etree._Element], None]:
    return lambda root: type_in(root, tag, inside, number)


def told(form: bytes, folder: Path, kind: Kind, language: str = "da") -> list[str]:
    """All that is told of a form, in order."""
    found = read_back(form, folder, kind).warnings
    return [catalog.as_text(one, language).replace(folder.as_posix() + "/", "") for one in found]


def with_part(form: bytes, kind: str, text: str) -> bytes:
    """The form with a part of that kind, such as `footnotes`."""
    package = read_package(form, "skema.docx")
    name, rels = f"word/{kind}.xml", "word/_rels/document.xml.rels"
    made = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    parts = {
        name: f'<w:{kind} xmlns:w="{W}">{text}</w:{kind}>'.encode(),
        "[Content_Types].xml": with_override(package.data("[Content_Types].xml"), name, made),
        rels: with_relationship(package.data(rels), f"{OFFICE}/relationships/{kind}", f"{kind}.xml")[0],
    }
    return package.changed(parts).to_bytes()


def test_signs_that_word_makes_while_one_types_are_written_out(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    arrow = '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    least = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:font="Calibri" w:char="2713"/></w:r>'
    raised = run("2", '<w:vertAlign w:val="superscript"/>')
    lowered = run("2", '<w:vertAlign w:val="subscript"/>')
    text = paragraph(run("a "), arrow, run(" 12 m"), raised, run(" CO"), lowered, run(" "), least)
    form = edited(empty, typed("baggrund", text))
    assert answers(form, tmp_path, kind) == {"baggrund": "a → 12 m² CO₂ ≥✓"}
    assert told(form, tmp_path, kind) == []


def test_a_raised_word_stays_as_it_is(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    look = '<w:vertAlign w:val="superscript"/>'
    form = edited(empty, typed("baggrund", paragraph(run("Note"), run("a1", look), run("3", "<w:b/>"))))
    assert answers(form, tmp_path, kind) == {"baggrund": "Notea1**3**"}


def test_the_choices_of_old_form_fields_are_text(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def old(inside: str) -> str:
        begin = f'<w:fldChar w:fldCharType="begin"><w:ffData>{inside}</w:ffData></w:fldChar>'
        return f'<w:r>{begin}</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'

    chosen = old('<w:ddList><w:result w:val="1"/><w:listEntry w:val="A"/><w:listEntry w:val="B"/></w:ddList>')
    ticked = old("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>")
    not_ticked = old("<w:checkBox><w:default/><w:checked w:val='0'/></w:checkBox>")
    by_default = old("<w:checkBox><w:default/></w:checkBox>")
    form = edited(empty, typed("baggrund", paragraph(chosen, ticked, not_ticked, by_default)))
    assert answers(form, tmp_path, kind) == {"baggrund": "B☒☐☒"}


def test_hidden_and_struck_out_text_and_formulas_are_told_at_their_paragraph(
    tmp_path: Path, kind: Kind, empty: bytes
) -> None:
    text = (
        paragraph(run("Først."))
        + paragraph(run("Det her er "), run("gemt", "<w:vanish/>"), run("åbent."))
        + paragraph(run("En "), run("gammel ", "<w:strike/>"), run("dum ", "<w:dstrike/>"), run("ny ting."))
        + paragraph(run("Så er "), MATH, '<w:r><w:sym w:font="Webdings" w:char="F042"/></w:r>')
    )
    form = edited(empty, typed("baggrund", text))
    assert answers(form, tmp_path, kind) == {
        "baggrund": "Først.\n\nDet her er åbent.\n\nEn gammel dum ny ting.\n\nSå er x=2□"
    }
    assert told(form, tmp_path, kind) == [
        'advarsel DG745: skjult tekst i "Baggrund" kommer ikke med: "gemt"\n'
        '  skema.docx, under “Baggrund”, afsnit 12: "gemt"\n'
        "  hjælp: slet den, eller fjern fluebenet ved Skjult i Word under Skrifttype",
        'advarsel DG746: teksten i "Baggrund" er streget over, men kommer med: "gammel dum"\n'
        '  skema.docx, under “Baggrund”, afsnit 13: "gammel dum"\n'
        "  hjælp: slet den, hvis den ikke skal med; ellers fjern stregen",
        'advarsel DG748: en formel eller et særligt tegn i "Baggrund" bliver vist på en anden måde: "x=2□"\n'
        '  skema.docx, under “Baggrund”, afsnit 14: "x=2□"\n'
        "  hjælp: se efter i dokumentet, og skriv det med ord, hvis meningen går tabt",
    ]


def test_what_is_struck_out_as_a_deletion_is_not_told(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    gone = f"<w:del w:id='9'>{run('væk', '<w:strike/>').replace('w:t', 'w:delText')}</w:del>"
    form = edited(empty, typed("baggrund", paragraph(run("Her."), gone)))
    assert [one.partition(":")[0] for one in told(form, tmp_path, kind)] == ["oplysning DG749"]


def test_a_footnote_in_a_short_field_is_told_and_leaves_no_mark(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'

    def change(root: etree._Element) -> None:
        type_in(root, "titel", run("Titlen") + mark)
        type_in(root, "medlemmer[].navn", run("Karen") + mark)
        type_in(root, "baggrund", paragraph(run("Hvorfor"), mark))

    note = f'<w:footnote w:id="2">{paragraph(run("Se bilag 3"))}</w:footnote>'
    form = with_part(edited(empty, change), "footnotes", note)
    assert answers(form, tmp_path, kind) == {
        "titel": "Titlen",
        "baggrund": "Hvorfor\\[1\\]\n\n\\[1\\] Se bilag 3",
        "medlemmer": [{"navn": "Karen"}],
    }
    assert told(form, tmp_path, kind) == [
        'advarsel DG747: fodnoten i "Titel" kommer ikke med: "Se bilag 3"\n'
        "  skema.docx, under “Titel”, tabel 1, række 1, celle 2, afsnit 1\n"
        "  hjælp: skriv den ind i feltet; kun de lange felter kan have fodnoter og links",
        'advarsel DG747: fodnoten i "Medlemmer, Navn" kommer ikke med: "Se bilag 3"\n'
        "  skema.docx, under “Medlemmer, Navn”, tabel 3, række 2, celle 1, afsnit 1\n"
        "  hjælp: skriv den ind i feltet; kun de lange felter kan have fodnoter og links",
    ]


def test_an_answer_that_looks_like_a_placeholder_is_told(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        for tag, text in (("titel", "Min egen titel"), ("dato", "Klik eller tryk for at angive en dato.")):
            next(control(root, tag).iter(w("t"))).text = text

    form = edited(empty, change)
    assert plain(read_back(form, tmp_path, kind).root) == {}
    assert told(form, tmp_path, kind) == [
        'advarsel DG744: den grå tekst "Min egen titel" ligner en vejledning og kommer ikke med\n'
        '  skema.docx, under “Titel”, tabel 1, række 1, celle 2, afsnit 1: "Min egen titel"\n'
        "  hjælp: er det et svar, så skriv det igen i feltet; ellers se bort fra beskeden"
    ]


@pytest.mark.parametrize("text", ["Min tekst. {}", "{} Min tekst.", "{}Min tekst.", "Min tekst.{}"])
def test_an_answer_beside_the_placeholder_is_read_without_it(
    tmp_path: Path, kind: Kind, empty: bytes, text: str
) -> None:
    prompt = "Skriv her, fx: Direktionen besluttede det."
    form = edited(empty, typed("baggrund", paragraph(run(text.format(prompt)))))
    assert answers(form, tmp_path, kind) == {"baggrund": "Min tekst."}


def test_the_placeholder_below_an_answer_goes(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    text = paragraph(run("Min tekst.")) + paragraph(run("Skriv her, fx: Direktionen "), run("besluttede det."))
    assert answers(edited(empty, typed("baggrund", text)), tmp_path, kind) == {"baggrund": "Min tekst."}


def test_text_in_headers_is_told_once(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    package = read_package(empty, "skema.docx")
    new = f"</w:p>{paragraph(run('Fortroligt'))}".encode()
    headers = [name for name in package.members if name.startswith("word/header")]
    form = package.changed({name: package.data(name).replace(b"</w:p>", new) for name in headers}).to_bytes()
    assert len(headers) > 1
    assert told(form, tmp_path, kind) == [
        "advarsel DG732: teksten hører ikke til noget felt\n"
        '  skema.docx, sidehoved, afsnit 2: "Fortroligt"\n'
        "  hjælp: flyt den til det felt, den hører til, eller slet den"
    ]


def test_changes_and_comments_are_counted(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    form = edited(empty, typed("titel", f"{run('Titlen')}<w:ins w:id='8'>{run(' i dag')}</w:ins>"))
    comments = "".join(
        f'<w:comment w:id="{number}" w:author="{who}">{paragraph(run("Skal det med?"))}</w:comment>'
        for number, who in enumerate(("docgen", "Karen", "Bo"))
    )
    form = with_part(form, "comments", comments)
    assert answers(form, tmp_path, kind) == {"titel": "Titlen i dag"}
    assert told(form, tmp_path, kind) == [
        "oplysning DG749: skemaet har 1 rettelse og 2 kommentarer; rettelser er læst, som om de er godkendt, "
        "og kommentarer kommer ikke med\n"
        "  skema.docx\n"
        "  hjælp: se dem igennem i Word under Gennemse, hvis du er i tvivl"
    ]
    assert told(form, tmp_path, kind, "en") == [
        "note DG749: the form has 1 change and 2 comments; changes are read as if accepted, "
        "and comments are left out\n"
        "  skema.docx\n"
        "  help: look through them in Word under Review if you are in doubt"
    ]


def test_a_text_box_at_a_label_is_told_once_and_named(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        label = next(one for one in root.iter(w("p")) if "".join(map(str, one.itertext())) == "Titel *")
        inside = f"<w:txbxContent>{paragraph(run('Spørg Karen'))}</w:txbxContent>"
        label.append(xml(f"<w:r><w:pict>{inside}</w:pict></w:r>"))

    assert told(edited(empty, change), tmp_path, kind) == [
        "fejl DG732: teksten hører ikke til noget felt\n"
        '  skema.docx, under “Titel”, tabel 1, række 1, celle 1: "Titel * Spørg Karen"\n'
        "  hjælp: flyt den til det felt, den hører til, eller slet den"
    ]


def test_a_picture_in_the_column_for_the_rest_is_told(tmp_path: Path, kind: Kind) -> None:
    def change(root: etree._Element) -> None:
        cell = [one for one in root.iter(w("tc")) if "Suppleant: Bo" in "".join(map(str, one.itertext()))][-1]
        next(cell.iter(w("p"))).append(xml("<w:r><w:drawing/></w:r>"))

    found = told(edited(word_form(kind, tree(INPUT)), change), tmp_path, kind)
    assert [one.split("\n")[0] for one in found] == [
        'advarsel DG736: 1 billede eller diagram i "Medlemmer" kommer ikke med i dokumentet'
    ]


def test_each_line_of_a_list_has_its_own_place(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    broken = "<w:r><w:t>jord</w:t><w:br/><w:t>luft &amp;  ild</w:t></w:r>"

    def change(root: etree._Element) -> None:
        type_in(root, "emner", paragraph(run("vand")) + paragraph() + paragraph(broken))
        type_in(root, "opgaver", paragraph(run("første")) + paragraph(run("anden")))

    root = read_back(edited(empty, change), tmp_path, kind).root
    assert isinstance(root, Mapping)
    found = {entry.key.text: entry.value for entry in root}
    assert [place(one) for one in items(found["emner"])] == [("Emner", 1), ("Emner", 3), ("Emner", 3)]
    assert [place(one)[1] for one in items(found["opgaver"])] == [8, 9]


def items(node: Node) -> tuple[Node, ...]:
    assert isinstance(node, Sequence)
    return tuple(node.items)


def place(node: Node) -> tuple[str, int]:
    assert isinstance(node.place, WordPlace)
    return node.place.heading, node.place.paragraph


@pytest.mark.parametrize(
    ("kind_of_number", "pattern", "shown"),
    [("lowerLetter", "%1)", "a), b)"), ("upperRoman", "%1.", "I., II."), ("decimal", "(%1)", ""), ("bullet", "o", "")],
)
def test_letters_that_number_a_list_are_told(
    tmp_path: Path, kind: Kind, empty: bytes, kind_of_number: str, pattern: str, shown: str
) -> None:
    level = f'<w:start w:val="1"/><w:numFmt w:val="{kind_of_number}"/><w:lvlText w:val="{pattern}"/>'
    definition = f'<w:abstractNum w:abstractNumId="900"><w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum>'
    item = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="900"/></w:numPr></w:pPr>'
    form = edited(empty, typed("baggrund", paragraph(item, run("en")) + paragraph(item, run("to"))))
    package = read_package(form, "skema.docx")
    lists = package.data("word/numbering.xml").decode()
    first, end = lists.index("<w:num "), lists.rindex("</w:numbering>")
    made = '<w:num w:numId="900"><w:abstractNumId w:val="900"/></w:num>'
    lists = f"{lists[:first]}{definition}{lists[first:end]}{made}{lists[end:]}"
    form = package.changed({"word/numbering.xml": lists.encode()}).to_bytes()
    mark = ("-", "-") if kind_of_number == "bullet" else ("1.", "2.")
    assert answers(form, tmp_path, kind) == {"baggrund": f"{mark[0]} en\n{mark[1]} to"}
    expected = f'advarsel DG748: listens bogstaver eller tal i "Baggrund" bliver vist på en anden måde: "{shown}"'
    assert [one.split("\n")[0] for one in told(form, tmp_path, kind)] == ([expected] if shown else [])


def linked(address: str, text: str) -> str:
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end"))
    return f'{begin}<w:r><w:instrText> HYPERLINK "{address}" </w:instrText></w:r>{middle}{run(text)}{end}'


def test_the_address_of_a_link_in_a_short_field_is_told_when_it_is_not_the_text(
    tmp_path: Path, kind: Kind, empty: bytes
) -> None:
    def change(root: etree._Element) -> None:
        type_in(root, "titel", linked("https://www.eksempel.dk/plan", "Planen"))
        type_in(root, "emner", paragraph(linked("mailto:a@b.dk", "a@b.dk"), linked("https://www.c.dk/", "www.c.dk")))
        type_in(root, "baggrund", paragraph(linked("https://d.dk", "linket")))

    form = edited(empty, change)
    assert answers(form, tmp_path, kind) == {
        "titel": "Planen",
        "emner": ["a@b.dkwww.c.dk"],
        "baggrund": "[linket](https://d.dk)",
    }
    assert told(form, tmp_path, kind) == [
        'advarsel DG747: linkets adresse i "Titel" kommer ikke med: "https://www.eksempel.dk/plan"\n'
        "  skema.docx, under “Titel”, tabel 1, række 1, celle 2, afsnit 1\n"
        "  hjælp: skriv den ind i feltet; kun de lange felter kan have fodnoter og links"
    ]
    assert told(form, tmp_path, kind, "en")[0].startswith(
        'warning DG747: the address of the link in "Titel" is left out: "https://www.eksempel.dk/plan"\n'
    )


def test_the_number_of_an_element_may_be_typed_in_its_heading(tmp_path: Path, kind: Kind) -> None:
    def change(root: etree._Element) -> None:
        head = next(one for one in root.iter(w("t")) if one.text == "sag")
        head.text = "1. sag"

    form = edited(word_form(kind, tree("sager: [{overskrift: En}]")), change)
    assert answers(form, tmp_path, kind) == {"sager": [{"overskrift": "En"}]}
    assert told(form, tmp_path, kind) == []
