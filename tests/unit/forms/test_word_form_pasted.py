"""What pasting and other programs bring into a Word form: looks, signs that nobody sees, styles and frames."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from docgen import catalog
from docgen.forms.word.writer import word_form
from docgen.kinds.model import Kind
from docgen.word.archive.ooxml import VAL, w
from tests.unit.forms.word_form_samples import answers, control, edited, read_back, sample_kind, type_in, xml

CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"


@pytest.fixture
def kind(tmp_path: Path) -> Kind:
    return sample_kind(tmp_path)


@pytest.fixture
def empty(kind: Kind) -> bytes:
    return word_form(kind, None)


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str, look: str = "", style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{run(text, look)}</w:p>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cells(*texts: str) -> str:
    return "".join(map(CELL.format, texts))


def typed(tag: str, inside: str) -> Callable[[etree._Element], None]:
    return lambda root: type_in(root, tag, inside)


def told(form: bytes, folder: Path, kind: Kind, language: str = "da") -> list[str]:
    """The first line of each finding."""
    found = read_back(form, folder, kind).warnings
    return [catalog.as_text(one, language).split("\n")[0] for one in found]


# --- looks


def test_looks_that_are_lost_are_told_once_for_each_answer(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    text = (
        paragraph("Først", '<w:u w:val="single"/>')
        + paragraph("så", '<w:color w:val="FF0000"/><w:u w:val="wave"/>')
        + paragraph("STORT", "<w:smallCaps/>")
    )
    form = edited(empty, typed("baggrund", text))
    looks = "understregning, farve og formatet store bogstaver"
    assert told(form, tmp_path, kind) == [f'oplysning DG795: {looks} i "Baggrund" kommer ikke med: "Først"']
    assert told(form, tmp_path, kind, "en")[0].startswith("note DG795: underlining, colour and the look of capitals in")


def test_what_is_highlighted_is_a_warning_with_its_own_words(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        type_in(
            root,
            "baggrund",
            paragraph("rødt", '<w:color w:val="FF0000"/>') + paragraph("?", '<w:shd w:fill="FFFF00"/>'),
        )
        type_in(root, "titel", run("Titel, som ikke er afklaret", '<w:highlight w:val="yellow"/>'))

    assert told(edited(empty, change), tmp_path, kind) == [
        'advarsel DG795: fremhævning med farve i "Titel" kommer ikke med: "Titel, som ikke er afklaret"',
        'advarsel DG795: fremhævning med farve og farve i "Baggrund" kommer ikke med: "?"',
    ]


def test_the_looks_of_links_and_of_plain_text_are_not_told(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    blue = '<w:color w:val="0000FF"/><w:u w:val="single"/>'
    link = f'<w:p><w:hyperlink w:anchor="x">{run("link", blue)}</w:hyperlink></w:p>'
    plain = '<w:color w:val="auto"/><w:u w:val="none"/><w:highlight w:val="none"/><w:shd w:fill="auto"/>'
    dark = '<w:color w:val="1F497D" w:themeColor="text1"/>'
    form = edited(empty, typed("baggrund", link + paragraph("sort", plain) + paragraph("tekst", dark)))
    assert told(form, tmp_path, kind) == []
    short = edited(empty, typed("titel", run("Titel", blue)))  # of a short text nothing is lost with its look
    assert told(short, tmp_path, kind) == []


# --- signs and errors


def test_signs_that_nobody_sees_do_not_come_along(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        type_in(root, "titel", run("\ufeffTitel\u200e"))
        type_in(root, "dato", run("12. marts 2026\u200b"))
        type_in(root, "slags", run("\u200bLangt notat"))
        type_in(root, "baggrund", paragraph("\u200b\u2060\u00a0"))

    found = answers(edited(empty, change), tmp_path, kind)
    assert found == {"titel": "Titel", "dato": "12. marts 2026", "slags": "langt"}


def test_an_error_of_words_in_a_text_is_told(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    text = "Se afsnit Fejl! Henvisningskilde ikke fundet. og 3. Det var en fejl! Bogmærker kan bruges."
    form = edited(empty, typed("baggrund", paragraph(text)))
    wrong = "Fejl! Henvisningskilde ikke fundet."
    assert told(form, tmp_path, kind) == [f'advarsel DG796: Word har skrevet en fejl ind i "Baggrund": "{wrong}"']


def test_a_dropped_capital_belongs_to_its_word(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    capital = f'<w:p><w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>{run("D")}</w:p>'
    form = edited(empty, typed("baggrund", capital + paragraph("er var engang")))
    assert answers(form, tmp_path, kind) == {"baggrund": "Der var engang"}


# --- frames


def test_a_text_in_a_table_of_one_cell_is_a_text(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    inside = paragraph("Overskrift", style="Heading1") + paragraph("Tekst.") + table(cells("a", "b"), cells("c", "d"))
    form = edited(empty, typed("baggrund", table(f"<w:tc><w:tcPr/>{inside}<w:p/></w:tc>")))
    found = answers(form, tmp_path, kind)
    assert found == {"baggrund": "# Overskrift\n\nTekst.\n\n|  |  |\n| --- | --- |\n| a | b |\n| c | d |"}
    assert told(form, tmp_path, kind) == []
    box = edited(empty, typed("baggrund", table(cells("Bemærk"))))
    assert answers(box, tmp_path, kind) == {"baggrund": "|  |\n| --- |\n| Bemærk |"}


def test_a_table_inside_a_table_is_told(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    inner = f"<w:tc>{table(cells('i', 'j'))}<w:p/></w:tc>"
    form = edited(empty, typed("baggrund", table(cells("a") + inner)))
    said = told(form, tmp_path, kind)
    assert said == ['advarsel DG748: en tabel inde i en tabel i "Baggrund" bliver vist på en anden måde: "i j"']


# --- styles


def heading(root: etree._Element, text: str) -> etree._Element:
    found = (one for one in root.iter(w("p")) if "".join(t.text or "" for t in one.iter(w("t"))) == text)
    return next(found)


def restyle(one: etree._Element, style: str) -> None:
    named = one.find(f"{w('pPr')}/{w('pStyle')}")
    assert named is not None
    named.set(VAL, style)


@pytest.mark.parametrize("style", ["Heading1", "Normal", "BodyText"])
@pytest.mark.parametrize("kept", [True, False])
def test_a_heading_of_the_form_in_another_style_is_one_still(
    tmp_path: Path, kind: Kind, empty: bytes, style: str, kept: bool
) -> None:
    def change(root: etree._Element) -> None:
        type_in(root, "opgaver", paragraph("En opgave"))
        type_in(root, "baggrund", paragraph("Derfor."))
        restyle(heading(root, "Baggrund"), style)
        restyle(heading(root, "Hvorfor."), style)
        if not kept:
            found = control(root, "baggrund")
            found.addprevious(found[-1][0])
            found.getparent().remove(found)  # type: ignore[union-attr]

    form = edited(empty, change)
    assert answers(form, tmp_path, kind) == {"opgaver": [{"tekst": "En opgave"}], "baggrund": "Derfor."}
    assert told(form, tmp_path, kind) == []


def test_a_text_may_have_headings_with_the_words_of_the_forms_own(tmp_path: Path, kind: Kind, empty: bytes) -> None:
    def change(root: etree._Element) -> None:
        inside = (paragraph("Part", style="Heading2"), paragraph("Medlemmer"))
        for one in inside[::-1]:
            control(root, "baggrund").addnext(xml(one))

    assert answers(edited(empty, change), tmp_path, kind) == {"baggrund": "# Part\n\nMedlemmer"}


# --- tables


@pytest.mark.parametrize(("row", "told_of"), [(("I alt", "2"), True), (("Total", ""), True), (("I alt", "to"), False)])
def test_a_row_of_sums_is_no_element(
    tmp_path: Path, kind: Kind, empty: bytes, row: tuple[str, ...], told_of: bool
) -> None:
    def change(root: etree._Element) -> None:
        type_in(root, "medlemmer[].navn", run("Karen"))
        control(root, "medlemmer[]").addnext(xml(f"<w:tr>{cells(*row)}</w:tr>"))

    form = edited(empty, change)
    others = [] if told_of else [{"navn": row[0], "titel": row[1]}]
    assert answers(form, tmp_path, kind) == {"medlemmer": [{"navn": "Karen"}, *others]}
    said = f'oplysning DG775: rækken "{" ".join(row).strip()}" ser ud til at være en sum og er ikke taget med'
    assert told(form, tmp_path, kind) == ([said] if told_of else [])
