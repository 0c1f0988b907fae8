"""A form that LibreOffice 7.4 filled in through its API, sorted, and saved with a sheet renamed and another moved.

`udlaan-libreoffice.xlsx` is the empty form of the kind in excel_samples.py: cells and rows were written as typed, the
rows of »Lokaler« sorted by their number, an empty row inserted, the sheet renamed to »Vores lokaler«, and »Nøgler«
put first.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from docgen.danish.quantities import Amount, Percent
from docgen.kinds.model import Kind
from docgen.sources.workbook import read_workbook
from tests.unit.forms.excel_samples import checked, kind_of, plain, told

FILLED = Path(__file__).with_name("udlaan-libreoffice.xlsx")


def test_what_libreoffice_saved_is_read(tmp_path: Path) -> None:
    kind: Kind = kind_of(tmp_path)
    values: Any = plain(checked(FILLED, kind)[0].record.values)
    assert told(FILLED, kind) == []
    assert [sheet for sheet, _ in zip(read_workbook(FILLED).sheets, range(3), strict=False)] == [
        "Nøgler",
        "Oplysninger",
        "Vores lokaler",
    ]
    assert [(one["id"], one["navn"]) for one in values["lokaler"]] == [
        ("L1", "Festsalen"),
        ("L2", "-Køkkenet"),
        ("L3", "Loftet"),
    ]
    first, second, _ = values["lokaler"]
    assert (first["pris"], first["andel"], first["udstyr"], first["stort"]) == (
        Amount(Decimal("1250.50")),
        Percent(60),
        ["borde", "stole"],
        True,
    )
    assert second["ejer"] == {"navn": "Nyborg Kommune", "cvr": "29189846"}
    assert [key["nr"] for key in second["nøgler"]] == ["17", "18"]
    assert (values["låner"]["navn"], values["rabat"]) == ("3 Åens Venner", Percent(Decimal("12.5")))
    assert values["nøgle_til"]["id"] == "L2"
    assert values["formål"] == "- om åen\n- om **fisk**"
    assert values["modtagere"] == ["Teknik & Miljø", "Byrådet"]
    assert (str(values["dato"]), str(values["start"])) == ("2026-09-03", "09:30:00")
