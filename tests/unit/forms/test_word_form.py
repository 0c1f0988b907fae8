"""A Word form gives back what it was written from, is the same every time, and tells what it cannot hold."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from docgen import catalog
from docgen.danish.values import Markdown
from docgen.diagnostics import DocgenError
from docgen.forms.word.reader import about_form, read_word
from docgen.forms.word.writer import word_form
from docgen.forms.word.writer_package import open_base
from docgen.kinds.folders import BOX
from docgen.kinds.kind import load_kind
from docgen.kinds.record import Group, InvalidValueError
from docgen.kinds.validate import validate
from docgen.package import read_package
from docgen.sources import read
from docgen.word.archive.ooxml import w
from docgen.word.values.blocks import markdown_xml
from tests.unit.forms.word_form_samples import INPUT, answers, plain, sample_kind, tree

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 22)
OWN_LISTS = "aktiver-fra-to-centre.yaml"  # its lists stand in workbooks: no form shows those
INPUTS = sorted(
    path
    for path in (ROOT / "inputs").glob("*/*.*")
    if path.suffix in (".yaml", ".json", ".toml") and path.name != OWN_LISTS
)


def shown(text: str) -> str:
    """The Word XML that a Markdown text becomes, with its lists and links."""
    base = open_base()
    return markdown_xml(text, base.session.styles, base.session) + f"{base.session.lists}{base.session.links}"


def differences(one: object, other: object, path: str = "") -> list[str]:
    if isinstance(one, Group) and isinstance(other, Group):
        return [
            found
            for name in one.declared
            for found in differences(value(one, name), value(other, name), f"{path}.{name}")
        ]
    if isinstance(one, list) and isinstance(other, list):
        pairs = enumerate(zip_longest(one, other), start=1)
        return [found for number, (a, b) in pairs for found in differences(a, b, f"{path}[{number}]")]
    if isinstance(one, Markdown) and isinstance(other, Markdown):
        return [] if shown(one) == shown(other) else [f"{path}: {one!r} {other!r}"]
    return [] if one == other else [f"{path}: {one!r} {other!r}"]


def value(group: Group, name: str) -> object:
    try:
        return group[name]
    except InvalidValueError:
        return "refused"


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_every_input_comes_back_from_its_form(path: Path, tmp_path: Path) -> None:
    kind, root = load_kind(path.parent.name, BOX), read(path).root
    form = tmp_path / "skema.docx"
    form.write_bytes(word_form(kind, root))
    found, back = read_word(form, "", BOX, lambda name: load_kind(name, BOX))
    assert found.name == kind.name
    assert not back.warnings
    records = [validate(one, kind, profile=None, today=TODAY).record.values for one in (root, back.root)]
    assert differences(*records) == []


def test_every_shape_of_field_comes_back(tmp_path: Path) -> None:
    kind = sample_kind(tmp_path)
    assert answers(word_form(kind, tree(INPUT)), tmp_path, kind) == {
        "titel": 'Prøve på "alt" & mere',
        "dato": "12. marts 2026",
        "slags": "langt",
        "åben": "ja",
        "emner": ["vand", "jord & luft"],
        "opgaver": [
            {"tekst": "første"},
            {
                "tekst": "anden",
                "underpunkter": [{"tekst": "under et"}, {"tekst": "under to", "underpunkter": [{"tekst": "dybest"}]}],
            },
        ],
        "baggrund": "Et afsnit med **fed** og [et link](https://www.eksempel.dk).\n\n## Underoverskrift\n\n"
        "1. en\n2. to\n\n"
        "| A | B |\n| --- | --: |\n| x | 1 |",
        "part": {"navn": "KL", "note": "Kort note."},
        "medlemmer": [
            {"navn": "Karen Eksempelsen", "organisation": "KL", "suppleant": "Bo Prøvesen", "rolle": "formand"},
            {"navn": "Bo Prøvesen"},
        ],
        "sager": [
            {
                "overskrift": "Første sag",
                "tekst": "Det går godt.",
                "bilag": [{"titel": "Tidsplan"}, {"titel": "Budget", "fil": "budget.xlsx"}],
            },
            {"overskrift": "Anden sag", "tekst": "Det går bedre."},
        ],
    }


def test_an_empty_form_says_nothing_and_its_help_reaches_no_document(tmp_path: Path) -> None:
    kind = sample_kind(tmp_path)
    form = word_form(kind, None)
    body = read_package(form).data("word/document.xml").decode()
    assert "Fx Kommissorium for gruppen" in body
    assert "Skriv her, fx: Direktionen besluttede det." in body
    assert "Dokumentets titel." in body
    assert "Skriver du ikke noget, bliver det Kort notat." in body
    assert answers(form, tmp_path, kind) == {}


def test_a_form_is_the_same_every_time_and_valid_xml_with_unique_numbers(tmp_path: Path) -> None:
    kind = sample_kind(tmp_path)
    form = word_form(kind, tree(INPUT))
    assert form == word_form(kind, tree(INPUT))
    root = etree.fromstring(read_package(form).data("word/document.xml"))
    numbers = [one.get(w("val")) for one in root.iter(w("id"))]
    assert len(numbers) == len(set(numbers))
    tags = [one.get(w("val")) for one in root.iter(w("tag"))]
    assert {"titel", "baggrund", "medlemmer[]", "medlemmer[].navn", "sager[].bilag[].titel"} <= set(tags)
    assert max(map(len, filter(None, tags))) <= 64


def test_controls_are_of_the_sort_their_fields_ask_for(tmp_path: Path) -> None:
    kind = sample_kind(tmp_path)
    root = etree.fromstring(read_package(word_form(kind, None)).data("word/document.xml"))
    sorts = {
        tag.get(w("val")): [etree.QName(one).localname for one in tag.getparent()][-1] for tag in root.iter(w("tag"))
    }
    assert sorts["dato"] == "date"
    assert sorts["slags"] == sorts["åben"] == "dropDownList"
    assert sorts["titel"] == "text"
    assert sorts["sager[]"] == "repeatingSection"
    choices = [one.get(w("displayText")) for one in root.iter(w("listItem"))][:2]
    assert choices == ["Kort notat", "Langt notat"]


def test_numbers_and_truth_values_of_json_are_written_in_danish(tmp_path: Path) -> None:
    text = "type: {titel: P}\nfelter:\n  pris: {type: beløb}\n  med: {type: ja_nej}\n  antal: {type: tal}\n"
    kind = sample_kind(tmp_path, text)
    (tmp_path / "i.json").write_text('{"pris": 1500.5, "med": false, "antal": 1.500}', encoding="utf-8")
    root = read(tmp_path / "i.json").root
    assert answers(word_form(kind, root), tmp_path, kind) == {"pris": "1500,5", "med": "nej", "antal": "1,500"}


def test_what_a_form_cannot_show_is_told(tmp_path: Path) -> None:
    kind = sample_kind(tmp_path)
    with pytest.raises(DocgenError) as fault:
        word_form(kind, tree("titel: x\nukendt: 1\nemner: {a: b}\npart: [1]\n"))
    told = [(one.code, one.place.line) for one in fault.value.diagnostics]  # type: ignore[union-attr]
    assert told == [("DG739", 2), ("DG739", 3), ("DG739", 4)]


def test_the_form_of_one_list_gives_its_elements(tmp_path: Path) -> None:
    kind = sample_kind(tmp_path)
    form = word_form(kind, tree(INPUT), "sager")
    assert about_form(form) == ("1", "proeve", "1.0", "sager")
    found = answers(form, tmp_path, kind)
    assert list(found) == ["sager"]  # type: ignore[call-overload]
    assert [one["overskrift"] for one in found["sager"]] == ["Første sag", "Anden sag"]  # type: ignore[index,call-overload]
    with pytest.raises(DocgenError) as fault:
        word_form(kind, None, "sag")
    assert catalog.message(fault.value.diagnostics[0]) == (
        'Prøve har ingen liste, der hedder "sag" og kan få sit eget skema',
        'mente du "sager"?',
    )


def test_a_form_may_ask_for_some_fields_only_and_keeps_what_has_a_value(tmp_path: Path) -> None:
    kind = sample_kind(tmp_path)
    form = word_form(kind, tree("baggrund: Fordi.\n"), fields=["emner"])
    tags = {one.get(w("val")) for one in etree.fromstring(read_package(form).data("word/document.xml")).iter(w("tag"))}
    assert tags == {"titel", "emner", "baggrund"}
    assert answers(form, tmp_path, kind) == {"baggrund": "Fordi."}
    with pytest.raises(DocgenError) as fault:
        word_form(kind, None, "sager", ["tekst", "tekt"])
    assert catalog.message(fault.value.diagnostics[0])[1] == 'mente du "tekst"?'


def test_a_document_that_is_no_form_is_told_apart(tmp_path: Path) -> None:
    kind = sample_kind(tmp_path)
    design = BOX[-1] / "design" / "design.docx"
    assert about_form(design) is None
    assert about_form(word_form(kind, None)) == ("1", "proeve", "1.0", "")
    with pytest.raises(DocgenError) as fault:
        read_word(design, "proeve", (), lambda _: kind)
    assert [one.code for one in fault.value.diagnostics] == ["DG730"]
    assert fault.value.exit_code == 2


def test_a_form_for_another_kind_is_refused(tmp_path: Path) -> None:
    form = tmp_path / "skema.docx"
    form.write_bytes(word_form(sample_kind(tmp_path), None))
    with pytest.raises(DocgenError) as fault:
        read_word(form, "kommissorium", BOX, lambda name: load_kind(name, BOX))
    assert catalog.message(fault.value.diagnostics[0])[0] == "skemaet er til proeve, ikke til kommissorium"


def test_an_older_version_is_read_and_told(tmp_path: Path) -> None:
    old = sample_kind(tmp_path)
    form = tmp_path / "skema.docx"
    form.write_bytes(word_form(old, tree(INPUT)))
    text = (tmp_path / "proeve" / "felter.yaml").read_text(encoding="utf-8")
    new = sample_kind(tmp_path, text.replace('"1.0"', '"2.0"') + "  frist: {type: dato, etiket: Frist}\n")
    kind, back = read_word(form, "proeve", (), lambda _: new)
    assert kind.version == "2.0"
    assert plain(back.root)["titel"] == 'Prøve på "alt" & mere'  # type: ignore[index,call-overload]
    assert [catalog.message(one)[0] for one in back.warnings] == [
        "skemaet er til version 1.0 af proeve, men version 2.0 gælder nu; det har ikke Frist"
    ]


def test_a_field_that_is_gone_is_told_when_something_stands_in_it(tmp_path: Path) -> None:
    old = sample_kind(tmp_path)
    form = tmp_path / "skema.docx"
    form.write_bytes(word_form(old, tree("titel: x\nbaggrund: Vigtig tekst.\n")))
    text = (tmp_path / "proeve" / "felter.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "baggrund:" not in line]
    new = sample_kind(tmp_path, "\n".join(lines))
    told = {catalog.message(one)[0] for one in read_word(form, "proeve", (), lambda _: new)[1].warnings}
    assert 'der er intet felt, der hedder "Baggrund", i Prøve' in told


def test_a_form_with_macros_is_refused(tmp_path: Path) -> None:
    kind = sample_kind(tmp_path)
    form = tmp_path / "skema.docx"
    form.write_bytes(word_form(kind, None))
    with ZipFile(form, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(DocgenError) as fault:
        read_word(form, "", (), lambda _: kind)
    assert [one.code for one in fault.value.diagnostics] == ["DG407"]
