"""The example of docs/typer.md is a kind that works, and says what the guide says that it says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordFile
from openpyxl import Workbook

from docgen.danish.filters import FILTERS
from docgen.kinds.composite_fields import TextTableType
from docgen.kinds.fields import field_types
from docgen.kinds.kind import load_kind
from docgen.kinds.rule_reader import ATTRIBUTES as RULE_ATTRIBUTES
from docgen.kinds.schema import json_schema, plain
from docgen.kinds.table_definitions import SHEET_ATTRIBUTES
from docgen.kinds.tables import tables_of
from docgen.pipeline import Document, Request, as_format, check, generate

# Blocks of the example that are no files of the kind, or no text files.
SHOWN = ("input.yaml", "besked", "dokument", "skabelon.docx", "mail", "fra.yaml", "regneark.yaml")
SMALL = "notat/"


@pytest.fixture
def guide(root) -> str:
    return (root / "docs/typer.md").read_text(encoding="utf-8")


@pytest.fixture
def blocks(guide) -> dict[str, str]:
    return dict(re.findall(r"(?ms)^```\w+ (\S+)\n(.*?)^```$", guide))


@pytest.fixture
def kind(workshop, blocks):
    workshop.write({name: text for name, text in blocks.items() if name not in SHOWN and not name.startswith(SMALL)})
    return load_kind("udlaan", [workshop.folder])


def test_the_example_says_what_the_guide_shows(workshop, kind, blocks):
    text = blocks["input.yaml"]
    assert workshop.held(kind, text).diagnostics == ()
    assert workshop.said(workshop.ruled(kind, text).diagnostics) == blocks["besked"].strip()


def test_the_example_makes_the_document_that_the_guide_describes(workshop, kind, blocks):
    context = workshop.context(kind, blocks["input.yaml"])
    assert context.filename == "Låneaftale Åens Venner & Co."
    assert context.names["pris_i_alt"] == 3505
    assert context.names["nøgle_til"]["navn"] == "Køkkenet"
    assert context.names["låner"]["kontakt"] == "Karen Eksempelsen"
    assert [one["nummer"] for one in context.sections] == [f"§\u00a0{number}" for number in (1, 2, 3, 4)]
    public = workshop.context(kind, blocks["input.yaml"], edition="offentlig").names
    assert public["låner"]["kontakt"] is None
    assert public["pris_i_alt"] == 3505


def document_of(folder: Path, name: str, template: str, text: str, today: date) -> Document:
    word_file = WordFile()
    for line in template.splitlines():
        word_file.add_paragraph(line)
    word_file.save(str(folder / name / "skabelon.docx"))
    source = folder / "input.yaml"
    source.write_text(text, encoding="utf-8")
    return generate(Request(kind=name, source=source, folders=[folder], today=today))


def test_the_word_template_of_the_example_makes_the_document_and_the_mail(workshop, kind, blocks, today):
    document = document_of(workshop.folder, kind.name, blocks["skabelon.docx"], blocks["input.yaml"], today)
    assert as_format(document, "txt").decode().replace("\u00a0", " ") == blocks["dokument"]
    assert as_format(document, "mail").decode().replace("\u00a0", " ") == blocks["mail"]


def test_the_small_kind_that_the_guide_begins_with_makes_its_document(tmp_path, blocks, today):
    (tmp_path / "notat").mkdir()
    (tmp_path / "notat/felter.yaml").write_text(blocks["notat/felter.yaml"], encoding="utf-8")
    text = blocks["notat/mit-notat.yaml"]
    document = document_of(tmp_path, "notat", blocks["notat/skabelon.docx"], text, today)
    assert as_format(document, "txt").decode().replace("\u00a0", " ") == blocks["notat/dokument"]


def test_the_profile_of_the_example_works(workshop, kind, blocks):
    text = blocks["input.yaml"].replace("periode: august 2026 - maj 2027\n", "")
    context = workshop.context(kind, text, profile="sommer")
    assert str(context.names["periode"]) == "2026-07/2026-07"
    assert context.sections[0]["overskrift"] == "Sommerens formål"


def test_the_schema_of_the_example_has_what_the_input_uses(workshop, kind, blocks):
    schema = json_schema(kind)
    assert set(plain(workshop.tree(blocks["input.yaml"]))) <= set(schema["properties"])


def test_the_guide_lists_every_type_of_field_and_every_attribute(guide):
    types = guide.split("Felttyperne:")[1].split("docgen gætter ikke")[0]
    assert set(re.findall(r"(?m)^\| `(\S+)` \|", types)) == set(field_types())
    assert TextTableType.name not in field_types()
    attributes = guide.split("### typer og felter")[1].split("Felttyperne:")[0]
    told = {name for row in re.findall(r"(?m)^\| (`.*?) \|", attributes) for name in re.findall(r"`(\w+)`", row)}
    options = set().union(*(found.options for found in field_types().values()))
    common = {"type", "etiket", "hjælp", "eksempel", "påkrævet", "når", "standard", "beregn", "adgang", "nøgle"}
    assert told == options | common | {"entydig", "kort", "alias"}


def test_the_rows_of_the_example_may_stand_in_other_files(workshop, kind, blocks, today):
    rows = {"lokaler-nord.xlsx": ("Tingene", "L1", "Festsalen"), "lokaler-syd.xlsx": ("Hal 2", "L2", "Køkkenet")}
    for name, (sheet, *row) in rows.items():
        book = Workbook()
        book.worksheets[0].title = sheet
        for line in (["Lokaler"], [], ["Nummer", "Navn"], row):
            book.worksheets[0].append(line)
        book.save(workshop.folder / kind.name / name)
    workshop.write({"flere-lokaler.yaml": "- {id: L3, navn: Skuret}"}, kind.name)
    before, _, rest = blocks["input.yaml"].partition("lokaler:\n")
    after = rest[rest.index("nøgle_til:") :]
    workshop.write({"fra.yaml": before + blocks["fra.yaml"] + after}, kind.name)
    source = workshop.folder / kind.name / "fra.yaml"
    checked = check(Request(kind=kind.name, source=source, folders=[workshop.folder], today=today))
    assert checked.record is not None, workshop.said(checked.diagnostics)
    found = [str(one) for one in checked.record.values["lokaler"]]
    assert found == ["L1", "L2", "L3", "L9"]


def test_the_example_makes_the_workbook_that_the_guide_describes(workshop, kind, blocks):
    workshop.write({"felter.yaml": blocks["felter.yaml"] + blocks["regneark.yaml"]}, kind.name)
    loaded = load_kind(kind.name, [workshop.folder])
    held = workshop.held(loaded, blocks["input.yaml"])
    front, (table,) = tables_of(held.record, loaded.edition(None))
    assert list(front) == ["Låner", "Pris i alt"]
    assert table.headings == ("Nummer", "Lokale", "Pris pr. gang", "Pris i alt")
    assert table.totals == (3,)
    assert sum(row[3].value for row in table.rows) == 3505


def test_the_guide_tells_every_attribute_of_a_sheet(guide):
    part = guide.split("### regneark")[1].split("## Udtryk")[0]
    assert set(re.findall(r"(?m)^\| `(\w+)` \|", part)) == {"forside", "ark", *SHEET_ATTRIBUTES}


def rows(part: str) -> dict[str, str]:
    """The rows of a table of the guide by the name that they begin with."""
    return dict(re.findall(r"(?m)^\| `(\w+)` \| (.*) \|$", part))


def test_the_guide_lists_every_filter(guide):
    told = rows(guide.split("\n## Filtre\n")[1])
    assert told == {name: made.__doc__.split("\n")[0].replace("|", "\\|") for name, made in FILTERS.items()}


def test_the_guide_lists_every_attribute_of_rules_and_every_name_that_templates_see(guide, workshop, kind, blocks):
    part = guide.split("\n## regler.yaml\n")[1].split("\n## ")[0]
    attributes = {name for row in re.findall(r"(?m)^\| (`.*) \|$", part) for name in re.findall(r"`(\w+)`", row)}
    assert attributes >= set(RULE_ATTRIBUTES)
    names = set(workshop.context(kind, blocks["input.yaml"]).names) - set(kind.root.fields)
    seen = guide.split("\n## Det, skabelonen ser\n")[1].split("\n## ")[0]
    assert all(f"`{name}" in seen for name in names)
