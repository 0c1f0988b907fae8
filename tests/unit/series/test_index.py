"""The index of a series: what a workbook reads of it, whatever the texts in it are."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.table import Table

from docgen.forms.excel.cells import LONGEST_TEXT, STARTS_FORMULA
from docgen.forms.excel.file import excel_bytes
from docgen.forms.excel.look import Look
from docgen.package import read_package
from docgen.series import Series
from docgen.series.sheet_text import Line, SheetText
from docgen.sources.workbook import read_workbook

Run = Callable[..., Series]
LOOKS = (Look(), Look(bold=True, number_format="@", indent=1))
texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30) | st.sampled_from(
    [
        "=1+1",
        "-5",
        "@x",
        "+",
        "\t",
        "a\rb",
        "a\r\nb",
        " a ",
        "\n",
        "_x000D_",
        "_x005F_x000D_",
        "\x07",
        "]]>",
        "&amp;<b>",
    ]
)


def written(lines: list[list[tuple[int | str, Look]]], link: int | None = None) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("A")
    if link is not None:
        table = Table(displayName="A", ref="A1:B2")
        table._initialise_columns()
        sheet.tables.add(table)
    made = SheetText(sheet, LOOKS, lambda: (Line(15, line, link) for line in lines))
    return made.put_into(read_package(excel_bytes(book), "a.xlsx"), 1).to_bytes()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(texts | st.integers(0, 10**9), min_size=1, max_size=4), min_size=1, max_size=4))
def test_any_text_is_read_as_it_was_written(rows: list[list[int | str]]) -> None:
    lines = [[(value, LOOKS[at % 2]) for at, value in enumerate(row)] for row in rows]
    data = written(lines)
    sheet = load_workbook(io.BytesIO(data))["A"]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            assert cell.font.b is LOOKS[(column - 1) % 2].bold
            assert cell.data_type == ("s" if isinstance(value, str) else "n")
            assert bool(cell.quotePrefix) == str(value).startswith(STARTS_FORMULA)
            assert (shown(cell.value) if isinstance(value, str) else cell.value) == value


def shown(text: str) -> str:
    """What Excel shows of a text in a file."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def test_a_text_that_no_cell_can_hold_is_cut_and_says_so() -> None:
    data = written([[("æ" * (LONGEST_TEXT + 1), LOOKS[0]), ("b" * LONGEST_TEXT, LOOKS[0])]])
    sheet = read_workbook(data, "a.xlsx").sheets["A"]
    assert sheet.value(1, 1) == "æ" * (LONGEST_TEXT - 4) + " […]"
    assert sheet.value(1, 2) == "b" * LONGEST_TEXT


@pytest.mark.parametrize("name", ["Æ & ø.docx", "100 % #1.docx", "a'b+c.docx", "½ ¼.docx"])
def test_a_link_leads_to_the_file_beside_the_index(name: str) -> None:
    cell = load_workbook(io.BytesIO(written([[(1, LOOKS[0]), (name, LOOKS[1])], [(2, LOOKS[0]), ("", LOOKS[1])]], 1)))[
        "A"
    ]
    assert unquote(cell["B1"].hyperlink.target) == name
    assert cell["B2"].hyperlink is None
    assert cell.tables["A"].ref == "A1:B2"


def test_the_index_holds_whatever_the_rows_do(run: Run, tmp_path: Path) -> None:
    names = ["=HYPERLINK(1)", "<b>&amp;", "_x0041_", "x" * 40_000, "Ærø"]
    rows = [
        {"forening": {"navn": f"Forening {at}"}, "beløb": 5, "nr": at, "dato": name} for at, name in enumerate(names)
    ]
    source = tmp_path / "liste.json"
    source.write_text(json.dumps(rows), encoding="utf-8")
    made = run(source)
    sheet = read_workbook(made.index_path.read_bytes(), "indeks.xlsx").sheets["Dokumenter"]
    column = next(at for at in range(1, sheet.width + 1) if sheet.value(4, at) == "dato")
    found = [str(sheet.value(row, column)) for row in range(5, 5 + len(names))]
    assert found[:3] + found[4:] == names[:3] + names[4:]
    assert found[3] == "x" * (LONGEST_TEXT - 4) + " […]"
