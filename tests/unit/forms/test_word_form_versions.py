"""Forms for an earlier version of their kind, and forms that people put together or add columns to."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from docgen import catalog
from docgen.forms.word.writer import word_form
from docgen.kinds.model import Kind
from docgen.package import read_package
from docgen.word.archive.ooxml import w
from tests.unit.forms.word_form_samples import (
    INPUT,
    KIND,
    control,
    edited,
    plain,
    read_back,
    sample_kind,
    tree,
    xml,
)

LATER = (
    KIND.replace('version: "1.0"', 'version: "2.0"')
    .replace("  baggrund: {type: afsnit", "  begrundelse: {type: afsnit")
    .replace("    enhed: {type: tekst, etiket: Enhed}\n", "")
    .replace("titel: {type: tekst, påkrævet: ja, etiket: Titel, hjælp", "titel: {type: tekst, etiket: Emne, hjælp")
    .replace("  emner: {type: liste, af: tekst, etiket: Emner}\n", "")
    .replace("      note: {type: afsnit, etiket: Note}\n", "")
    .replace("etiket: Åben sag}", "etiket: Åben sag}\n  ny: {type: tekst, etiket: Nyt felt}")
)


@pytest.fixture
def earlier(tmp_path: Path) -> Kind:
    return sample_kind(tmp_path)


@pytest.fixture
def later(earlier: Kind, tmp_path: Path) -> Kind:  # the earlier kind is read before its file is changed
    assert earlier.version == "1.0"
    return sample_kind(tmp_path, LATER)


def told(form: bytes, folder: Path, kind: Kind) -> list[str]:
    found = read_back(form, folder, kind).warnings
    return [catalog.as_text(one).replace(folder.as_posix() + "/", "") for one in found]


def of(found: object, *names: str) -> list[object]:
    assert isinstance(found, dict)
    return [found.get(name) for name in names]


def test_what_stands_in_fields_that_are_gone_is_told_and_the_rest_is_read(
    tmp_path: Path, earlier: Kind, later: Kind
) -> None:
    form = word_form(earlier, tree(INPUT))
    assert told(form, tmp_path, later) == [
        'fejl DG733: der er intet felt, der hedder "Emner", i Prøve\n'
        '  skema.docx, under “Emner”, tabel 1, række 5, celle 2, afsnit 1: "vand jord & luft"\n'
        "  hjælp: flyt teksten til et andet felt, eller slet den",
        'fejl DG733: der er intet felt, der hedder "Note", i Prøve\n'
        '  skema.docx, under “Note”, afsnit 23: "Kort note."\n'
        "  hjælp: flyt teksten til et andet felt, eller slet den",
        "advarsel DG734: skemaet er til version 1.0 af proeve, men version 2.0 gælder nu; det har ikke Nyt felt\n"
        "  skema.docx\n"
        "  hjælp: det, der er udfyldt, er læst; lav et nyt skema med --fra, hvis der skal mere med",
    ]
    back = plain(read_back(form, tmp_path, later).root)
    assert of(back, "titel", "medlemmer", "part") == [
        'Prøve på "alt" & mere',
        [
            {"navn": "Karen Eksempelsen", "organisation": "KL", "suppleant": "Bo Prøvesen", "rolle": "formand"},
            {"navn": "Bo Prøvesen"},
        ],
        {"navn": "KL"},
    ]


def test_a_long_field_with_another_name_is_found_by_its_heading(tmp_path: Path, earlier: Kind, later: Kind) -> None:
    form = word_form(earlier, tree("baggrund: Derfor."))
    assert of(plain(read_back(form, tmp_path, later).root), "baggrund", "begrundelse") == [None, "Derfor."]


def test_an_empty_form_for_an_earlier_version_has_no_faults(tmp_path: Path, earlier: Kind, later: Kind) -> None:
    found = told(word_form(earlier, None), tmp_path, later)
    assert [one.partition(":")[0] for one in found] == ["advarsel DG734"]


def test_a_help_text_that_was_changed_is_quoted_whole(tmp_path: Path, earlier: Kind) -> None:
    form = word_form(earlier, tree("titel: Noget"))
    now = KIND.replace('version: "1.0"', 'version: "2.0"').replace("Dokumentets titel", "Den titel som det får")
    assert told(form, tmp_path, sample_kind(tmp_path, now))[0] == (
        "advarsel DG732: teksten hører ikke til noget felt\n"
        '  skema.docx, under “Titel”, tabel 1, række 1, celle 1, afsnit 2: "Dokumentets titel."\n'
        "  hjælp: flyt den til det felt, den hører til, eller slet den"
    )


def test_a_column_of_ones_own_is_told_once_with_what_stands_in_it(tmp_path: Path, earlier: Kind) -> None:
    def change(root: etree._Element) -> None:
        table = control(root, "medlemmer[]").getparent()
        assert table is not None
        for number, row in enumerate(table.iter(w("tr"))):
            text = f"1234567{number}" if number else "Telefon"
            row.append(xml(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"))

    form = edited(word_form(earlier, tree(INPUT)), change)
    assert told(form, tmp_path, earlier) == [
        "fejl DG732: teksten hører ikke til noget felt\n"
        "  skema.docx, under “Medlemmer”, tabel 4, række 1, celle 7: "
        '"Telefon: 12345671, 12345672, 12345673"\n'
        "  hjælp: flyt den til det felt, den hører til, eller slet den"
    ]


def test_a_form_that_was_pasted_into_a_field_brings_no_guidance(tmp_path: Path, earlier: Kind) -> None:
    def change(root: etree._Element) -> None:
        other = etree.fromstring(read_package(word_form(earlier, None), "x").data("word/document.xml"))
        content = control(root, "baggrund").find(w("sdtContent"))
        assert content is not None
        content.extend(list(other[0])[2:5])

    form = edited(word_form(earlier, tree("baggrund: Derfor.")), change)
    assert of(plain(read_back(form, tmp_path, earlier).root), "baggrund") == ["Derfor."]
    assert told(form, tmp_path, earlier) == []
