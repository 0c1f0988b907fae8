"""The headings of a form or a list, and the fields that they mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.forms.headers import Headers
from docgen.kinds.composite_fields import GroupFieldType
from docgen.kinds.kind import find_kinds, load_kind
from docgen.kinds.model import Kind

TEMPLATES = Path(__file__).parents[3] / "templates"
FIELDS = """
type: {titel: Aftale}
typer:
  part:
    navn: {type: tekst, etiket: Navn}
    cvr: {type: cvr, etiket: CVR-nummer}
    cvrnummer: {type: tekst, beregn: cvr}
felter:
  titel: {type: tekst, etiket: Titel, alias: [overskrift, emne]}
  årlig_værdi: {type: beløb, etiket: Værdi}
  værdi: {type: tal, etiket: Tal}
  leverandør: {type: gruppe, af: part, etiket: Leverandør}
  køber: {type: gruppe, af: part, etiket: Den, der køber}
  dag: {type: dato, etiket: Dag}
  dato: {type: dato, etiket: Dag}
  i_alt: {type: beløb, beregn: "årlig_værdi", etiket: I alt}
"""


@pytest.fixture(scope="module")
def headers(tmp_path_factory: pytest.TempPathFactory) -> Headers:
    folder = tmp_path_factory.mktemp("kinds")
    (folder / "aftale").mkdir()
    (folder / "aftale" / "felter.yaml").write_text(
        FIELDS.replace("Den, der køber", '"Den, der køber"'), encoding="utf-8"
    )
    kind = load_kind("aftale", [folder])
    return Headers(kind.root, kind)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("titel", "titel"),
        (" TITEL * ", "titel"),
        ("Titel (*)", "titel"),
        ("overskrift", "titel"),
        ("Emne:", "titel"),
        ("årlig værdi", "årlig_værdi"),
        ("Aarlig-vaerdi (kr.)", "årlig_værdi"),
        ("a\u030arlig\u00a0værdi", "årlig_værdi"),
        ("leverandør.cvr", "leverandør.cvr"),
        ("Leverandør: CVR-nummer", "leverandør.cvr"),
        ("LEVERANDØR CVR NUMMER", "leverandør.cvr"),
        ("Den der køber: Navn", "køber.navn"),
        ("i alt", "i_alt"),
        ("dato", "dato"),
        ("leverandør", "leverandør"),
    ],
)
def test_a_heading_is_found_however_it_is_spelt(headers: Headers, text: str, path: str) -> None:
    assert headers.find(text) == path


def test_a_name_goes_before_a_label(headers: Headers) -> None:
    assert headers.find("Værdi") == "værdi"
    assert headers.heading("årlig_værdi") == "Værdi (årlig_værdi)"
    assert headers.find("Værdi (årlig_værdi)") == "årlig_værdi"


def test_an_ambiguous_heading_is_not_guessed(headers: Headers) -> None:
    assert headers.find("CVR-nummer") is None
    assert headers.meanings("CVR-nummer") == ("leverandør.cvr", "køber.cvr")
    assert headers.meanings("navn") == ("leverandør.navn", "køber.navn")
    assert headers.find("navn", within="køber") == "køber.navn"
    assert headers.find("titel", within="køber") == "titel"


def test_two_fields_with_one_label_have_two_headings(headers: Headers) -> None:
    # »dag« is a name too, and a name goes before a label.
    assert (headers.heading("dag"), headers.heading("dato")) == ("Dag", "Dag (dato)")


def test_what_is_unknown_is_met_with_a_suggestion(headers: Headers) -> None:
    assert headers.find("Leverandor: CVR") is None
    assert headers.suggest("Leverandør: CVR-numer")["forslag"] == 'mente du "Leverandør: CVR-nummer"?'
    assert headers.meanings("") == headers.meanings("*") == ()


def kinds() -> list[Kind]:
    return [load_kind(name, [TEMPLATES]) for name in sorted(find_kinds([TEMPLATES]))]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_every_heading_leads_back_to_its_field(kind: Kind) -> None:
    for group in kind.groups.values():
        headers = Headers(group, kind)
        for path, reach in headers.reaches.items():
            if not (reach.computed or isinstance(reach.field.type, GroupFieldType)):
                assert headers.find(headers.heading(path)) == path
                assert headers.find(path) == path


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=40), within=st.sampled_from(["", "køber", "titel", "nix"]))
def test_any_text_is_taken(headers: Headers, text: str, within: str) -> None:
    found = headers.find(text, within)
    assert found is None or found in headers.reaches
