"""Assets from the workbooks of two centres: what is told of them, and what comes into the document and its workbook."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.catalog import message
from docgen.diagnostics import CellPlace
from docgen.pipeline import Request, as_format, check, generate
from tests.documents.delingsaftale.center_workbooks import FOLDER, WORKBOOKS

ROOT = Path(__file__).parent.parent.parent.parent
INPUT = ROOT / "inputs" / "delingsaftale" / "aktiver-fra-to-centre.yaml"
LARGE = INPUT.with_name("middelfart-syddanmark.yaml")
TODAY = date(2026, 11, 22)


def request(path: Path, edition: str | None = None) -> Request:
    return Request("delingsaftale", path, TODAY, [ROOT / "templates"], edition=edition)


@pytest.mark.parametrize("name", list(WORKBOOKS))
def test_the_workbooks_are_as_their_script_makes_them(name: str) -> None:
    there, made = (load_workbook(BytesIO(data)) for data in (FOLDER.joinpath(name).read_bytes(), WORKBOOKS[name]()))
    assert there.sheetnames == made.sheetnames
    for one, other in zip(there.worksheets, made.worksheets, strict=True):
        assert list(one.values) == list(other.values)


def test_each_centre_is_told_with_its_rows_and_sums() -> None:
    told = [message(one)[0].replace("\u00a0", " ") for one in check(request(INPUT)).diagnostics if one.code == "DG760"]
    assert told == [
        '"aktiver" har 3 rækker fra aktiver/center-nord.xlsx: Kostpris 554.000,50 kr.; '
        "Akkumulerede afskrivninger 212.000,25 kr.; Bogført værdi 342.000,25 kr.",
        '"aktiver" har 3 rækker fra aktiver/center-syd.xlsx (Center Syd): Kostpris 625.000 kr.; '
        "Akkumulerede afskrivninger 315.249,25 kr.; Bogført værdi 309.750,75 kr.",
        '"aktiver" har 1 række fra inputtet selv: Bogført værdi 18.000 kr.',
    ]


def test_every_asset_knows_its_cell() -> None:
    record = check(request(INPUT)).record
    assert record is not None
    place = record.place("aktiver[3].bogført_værdi")
    assert isinstance(place, CellPlace)
    assert (Path(place.file).name, place.sheet, place.cell) == ("center-nord.xlsx", "Aktiver", "J7")


def test_the_public_workbook_has_what_employees_are_owed_as_one_sum_only() -> None:
    whole = check(request(LARGE)).record
    assert whole is not None
    owed = [one["værdi"] for one in whole.values["passiver"] if one["personale"]]  # type: ignore[attr-defined]
    assert len(owed) > 1
    book = load_workbook(BytesIO(as_format(generate(request(LARGE, "offentlig")), "xlsx")), data_only=True)
    shown = {cell for sheet in book.worksheets for row in sheet.values for cell in row if isinstance(cell, int | float)}
    assert float(sum(one.value for one in owed)) in shown
    assert not shown.intersection(float(one.value) for one in owed)
    assert "Bilag 6 Ansatte" not in book.sheetnames
    assert "Bilag 8 Sager" not in book.sheetnames
