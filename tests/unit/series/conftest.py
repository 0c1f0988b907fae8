"""A small kind of document, and workbooks with rows for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from docgen.series import Series, series

FIELDS = """\
type:
  titel: Tilsagn
  version: "2.1"
  alias: [bevilling]
  filnavn: "Tilsagn {{ forening.navn }}"
felter:
  forening:
    type: gruppe
    påkrævet: ja
    etiket: Forening
    felter:
      navn: {type: tekst, påkrævet: ja, etiket: Foreningens navn}
      cvr: {type: cvr, alias: [cvrnr]}
  beløb: {type: beløb, påkrævet: ja, etiket: Tilskud, mindst: 1}
  dato: {type: dato}
  formål: {type: liste, af: tekst}
  poster:
    type: liste
    felter:
      tekst: {type: tekst, påkrævet: ja}
      pris: {type: beløb}
  bilag: {type: fil}
afsnit:
  vilkår: {}
"""
RULES = """\
- kode: stort
  krav: "beløb < 50000"
  ved: beløb
  alvor: advarsel
  besked: "{{ beløb }} er et stort tilskud"
  grundlag: skøn
  kontrolleret: 2026-11-22
"""
CLAUSE = """\
---
id: vilkår
overskrift: Vilkår
version: "1.3"
---
{{ forening.navn }} aflægger regnskab.
"""
TEXT = """\
Tilsagn til {{ forening.navn }}
CVR {{ forening.cvr }}
I får {{ beløb }} i tilskud
{% if bilag and bilag.findes %}
Planen er vedlagt
{% endif %}
{% for f in formål %}
Formål: {{ f }}
{% endfor %}
{% for p in poster %}
{{ p.tekst }}: {{ p.pris }}
{% endfor %}
{% for a in afsnit %}
{{ a.tekst }}
{% endfor %}
"""

Sheets = Mapping[str, Sequence[Sequence[object]]]


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, ...]:
    """A folder of kinds with the kind `tilsagn`."""
    kind = tmp_path / "templates" / "tilsagn"
    (kind / "klausuler").mkdir(parents=True)
    (kind / "felter.yaml").write_text(FIELDS, encoding="utf-8")
    (kind / "regler.yaml").write_text(RULES, encoding="utf-8")
    (kind / "klausuler" / "vilkår.md").write_text(CLAUSE, encoding="utf-8")
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.save(str(kind / "skabelon.docx"))
    return (kind.parent,)


@pytest.fixture
def book(tmp_path: Path) -> Callable[[Sheets], Path]:
    """Writes a workbook of the given sheets."""

    def write(sheets: Sheets) -> Path:
        made = Workbook()
        made.remove(made.worksheets[0])
        for name, rows in sheets.items():
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
                if not str(cell.value).startswith("=SUM"):
                    cell.data_type = "s"  # text that only looks like a formula
        path = tmp_path / "foreninger.xlsx"
        made.save(path)
        return path

    return write


THREE = {
    "Foreninger": [
        ["Nr.", "Foreningens navn", "cvr", "beløb"],
        [1, "Åens Venner", "29190909", 1000],
        [2, "Boldklubben", None, "2.500,50"],
        [3, "Koret", None, 60000],
    ]
}


def texts(path: Path) -> list[str]:
    """The paragraphs of a Word file that have any text."""
    return [one.text for one in docx.Document(str(path)).paragraphs if one.text]


@pytest.fixture
def run(tmp_path: Path, folders: tuple[Path, ...]) -> Callable[..., Series]:
    """Makes a series of tilsagn in the folder `ud`."""

    def make(source: Path, **choices: object) -> Series:
        given: dict[str, object] = {"today": date(2026, 11, 22), "folders": folders, **choices}
        return series("tilsagn", source, tmp_path / "ud", **given)  # type: ignore[arg-type]

    return make
