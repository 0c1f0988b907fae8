"""The workbooks of inputs/delingsaftale/aktiver/, as two centres made them by hand: all content is invented.

`python -m tests.documents.delingsaftale.center_workbooks` writes them; a test holds them to this file.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table, TableStyleInfo

from docgen.forms.excel.file import excel_bytes

FOLDER = Path(__file__).parent.parent.parent.parent / "inputs" / "delingsaftale" / "aktiver"
SOLE, MAINLY = "udelukkende", "helt overvejende"


def north() -> bytes:
    """A sheet with a title above the headings, amounts as text and as numbers, a blank row and a row of sums."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Aktiver"
    sheet["A1"] = "Center Nord: aktiver pr. 31. december 2025 (EKSEMPEL, opdigtet indhold)"
    sheet["A1"].font = Font(bold=True, size=14)
    rows: list[list[object]] = [
        ["Nummer", "Art", "Betegnelse", "Antal", "Placering", "Identifikation", "Anskaffet", "Kostpris",
         "Akkumulerede afskrivninger", "Bogført værdi", "Opgave", "Tilknytning", "Begrundelse"],
        ["AK-01", "driftsmiddel eller teknisk anlæg", "Akutbil", 1, "Akuthuset", "AB 12 345", "marts 2023", 400000,
         150000, 250000, "A", SOLE, None],
        ["AK-02", "it-udstyr", "Bærbare computere", 6, "Akuthuset", None, date(2024, 2, 1), "90.000,00", "30.000,00",
         "60.000,00", "A", SOLE, None],
        [],
        ["AK-03", "hjælpemiddel", "Infusionspumper", 4, "Akuthuset", "IP-1 til IP-4", "2022", 64000.5, 32000.25,
         32000.25, "A", MAINLY, "bruges også på kommunens plejehjem"],
        ["I alt", None, None, None, None, None, None, "=SUM(H4:H7)", "=SUM(I4:I7)", "=SUM(J4:J7)", None, None, None],
    ]  # fmt: skip
    for row in [[], *rows]:
        sheet.append(row)
    return _finished(book)


def south() -> bytes:
    """A table of Excel with the columns in another order and the fields' own names, beside a sheet of notes."""
    book = Workbook()
    notes = book.worksheets[0]
    notes.title = "Læs mig"
    notes["A1"] = "EKSEMPEL, opdigtet indhold. Rækkerne står på arket Center Syd."
    sheet = book.create_sheet("Center Syd")
    rows: list[list[object]] = [
        ["betegnelse", "id", "opgave", "art", "tilknytning", "antal", "placering", "bogført_værdi", "kostpris",
         "afskrivning", "anlægsnr"],
        ["Plejesenge", "AK-11", "B", "hjælpemiddel", SOLE, 12, "Åhuset, 1. sal", 168000, 336000, 168000, "40211"],
        ["Møbler til 12 stuer", "AK-12", "B", "inventar", SOLE, 12, "Åhuset, 1. sal", "84.500,50 kr.", "169.000",
         "84.499,50", "40212"],
        ["Kaldeanlæg", "AK-13", "B", "it", SOLE, 1, "Åhuset, 1. sal", 57250.25, 120000, 62749.75, "40213"],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    sheet.add_table(Table(displayName="CenterSyd", ref="A1:K4", tableStyleInfo=TableStyleInfo("TableStyleMedium2")))
    return _finished(book)


def _finished(book: Workbook) -> bytes:
    for sheet in book.worksheets:
        for column in "ABCDEFGHIJKLM":
            sheet.column_dimensions[column].width = 18
    return excel_bytes(book, title="EKSEMPEL, opdigtet indhold")


WORKBOOKS = {"center-nord.xlsx": north, "center-syd.xlsx": south}

if __name__ == "__main__":
    for name, made in WORKBOOKS.items():
        FOLDER.joinpath(name).write_bytes(made())
