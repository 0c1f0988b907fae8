"""A kind of document with a field of every sort, and the ways in which tests fill its form in and read it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from docgen.catalog import as_text
from docgen.diagnostics import Diagnostic
from docgen.forms.excel.reader import read_excel
from docgen.forms.excel.writer import excel_form
from docgen.kinds.kind import load_kind
from docgen.kinds.model import Kind
from docgen.kinds.record import Group
from docgen.kinds.validate import Validation, validate
from docgen.sources import Node, read_text

TODAY = date(2026, 5, 1)
FIELDS = """
type: {titel: Udlån, beskrivelse: Aftale om udlån, version: "1.0"}
typer:
  lokale:
    id: {type: tekst, nøgle: ja, påkrævet: ja, etiket: Nummer, eksempel: L1}
    navn: {type: tekst, kort: ja, påkrævet: ja, etiket: Navn, alias: [rum]}
    pladser: {type: tal, mindst: 1, decimaler: 0, etiket: Pladser}
    pris: {type: beløb, etiket: Pris pr. gang, eksempel: "250,00"}
    andel: {type: procent, mindst: 0, højst: 100, etiket: Andel}
    fra: {type: dato, etiket: Lånes fra}
    stort: {type: ja_nej, standard: nej, etiket: Stort lokale}
    ejer:
      type: gruppe
      etiket: Ejer
      felter: {navn: {type: tekst, etiket: Navn}, cvr: {type: cvr, etiket: CVR-nummer}}
    udstyr: {type: liste, af: tekst, etiket: Udstyr}
    nøgler: {type: liste, af: nøgle, etiket: Nøgler}
  nøgle:
    nr: {type: tekst, påkrævet: ja, etiket: Nøglenummer}
    antal: {type: tal, standard: "1", etiket: Antal}
felter:
  status: {type: valg, værdier: {u: Udkast, a: Aftalt}, standard: u, etiket: Status}
  dato: {type: dato, påkrævet: "status == 'a'", etiket: Dato, eksempel: 1. marts 2026}
  udlåner: {type: kommune, påkrævet: ja, etiket: Udlåner, eksempel: Nyborg}
  låner:
    type: gruppe
    påkrævet: ja
    etiket: Låner
    hjælp: Den forening, der låner.
    felter:
      navn: {type: tekst, påkrævet: ja, etiket: Navn, eksempel: Åens Venner}
      cvr: {type: cvr, etiket: CVR-nummer}
  sagsnr: {type: sagsnummer, etiket: Sagsnummer}
  start: {type: klokkeslæt, etiket: Begynder}
  rabat: {type: procent, etiket: Rabat}
  lokaler: {type: liste, af: lokale, påkrævet: ja, etiket: Lokaler, hjælp: De lokaler der lånes ud.}
  nøgle_til: {type: henvisning, til: lokaler, etiket: Nøgle til}
  formål: {type: afsnit, etiket: Formål}
  modtagere: {type: liste, af: tekst, etiket: Modtagere}
  pris_i_alt: {type: beløb, beregn: "sum(lokaler, 'pris')"}
"""
INPUT = """
status: a
dato: 3.9.2026
udlåner: Nyborg
låner: {navn: "=Åens Venner", cvr: "29190909"}
sagsnr: 26/10482
start: "9.30"
rabat: "12,5"
nøgle_til: L2
formål: |
  Foreningen holder foredrag:

  - om åen
  - om **fisk**
modtagere: [Teknik & Miljø, Byrådet]
lokaler:
  - id: L1
    navn: Festsalen
    pladser: 80
    pris: "1.250,50"
    andel: 60
    fra: 1.3.2026
    stort: ja
    udstyr: [borde, stole]
  - id: L2
    navn: "-Køkkenet"
    pris: 100
    ejer: {navn: Nyborg Kommune, cvr: "29189846"}
    nøgler: [{nr: "0017", antal: 2}, {nr: "18"}]
"""


def kind_of(folder: Path, fields: str = FIELDS) -> Kind:
    """The kind of these tests, in a folder of kinds."""
    (folder / "udlaan").mkdir(parents=True, exist_ok=True)
    (folder / "udlaan" / "felter.yaml").write_text(fields, encoding="utf-8")
    return load_kind("udlaan", [folder])


def tree(text: str) -> Node:
    """An input written as YAML."""
    return read_text(text.encode(), "input.yaml", "yaml").root


def filled(kind: Kind, text: str = INPUT) -> Any:
    """The form of a kind with the values of an input, as a workbook of openpyxl."""
    return openpyxl.load_workbook(io.BytesIO(excel_form(kind, tree(text)).data))


def checked(path: Path, kind: Kind) -> tuple[Validation, list[Diagnostic]]:
    """A workbook read as an input of the kind, and all that is said of it."""
    _, reading = read_excel(path, "" if "docgen" in sheets_of(path) else kind.name, [], _only(kind))
    found = validate(reading.root, kind, profile=None, today=TODAY)
    return found, [*reading.warnings, *found.diagnostics]


def sheets_of(path: Path) -> list[str]:
    """The names of the sheets of a workbook."""
    return list(openpyxl.load_workbook(path, read_only=True).sheetnames)


def told(path: Path, kind: Kind) -> list[str]:
    """What is said of a workbook: the message and the place of each finding."""
    texts = [as_text(one).split("\n") for one in checked(path, kind)[1]]
    return [f"{lines[0]} @ {lines[1].rpartition(', ')[2].strip()}" for lines in texts]


def saved(workbook: Any, path: Path, change: Callable[[Any], None] | None = None) -> Path:
    """The workbook as a file, changed first."""
    if change is not None:
        change(workbook)
    workbook.save(path)
    return path


def plain(value: object) -> object:
    """The values of a record without their paths."""
    if isinstance(value, Group):
        return {name: plain(dict.get(value, name)) for name in value.declared if dict.__contains__(value, name)}
    return [plain(one) for one in value] if isinstance(value, list) else value


def _only(kind: Kind) -> Callable[[str], Kind]:
    def load(name: str) -> Kind:
        assert name == kind.name
        return kind

    return load
