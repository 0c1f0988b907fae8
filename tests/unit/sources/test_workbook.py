"""Workbooks are read cell by cell, whatever program wrote them and however their rows are written."""

from __future__ import annotations

import io
import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.table import Table
from python_calamine import CalamineWorkbook

from docgen.diagnostics import CellPlace
from docgen.sources.workbook import Area, Sheet, TableArea, read_workbook
from tests.unit.sources.workbooks import formats, rows, workbook

TEXT = '<c r="A{r}" t="inlineStr"><is><t>tekst {r}</t></is></c>'


def only(data: bytes) -> Sheet:
    (sheet,) = read_workbook(data).sheets.values()
    return sheet


def value(cell: str, **parts: Any) -> object:
    """The value of a cell, which must be the same when it stands in a long list."""
    alone = only(workbook(rows(cell), **parts))
    many = only(workbook(rows(*[cell] * 60), **parts))
    assert {repr(many.value(row, 1)) for row in range(1, 61)} == {repr(alone.value(1, 1))}
    return alone.value(1, 1)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A{r}"><v>2</v></c>', 2),
        ('<c r="A{r}" t="n"><v>2.0</v></c>', 2),
        ('<c r="A{r}"><v>0.30000000000000004</v></c>', Decimal("0.3")),
        ('<c r="A{r}"><v>537179.1899999999</v></c>', Decimal("537179.19")),
        ('<c r="A{r}"><v>1.5E3</v></c>', 1500),
        ('<c r="A{r}"><v>-1.25</v></c>', Decimal("-1.25")),
        ('<c r="A{r}"><v>12345678901234567</v></c>', 12345678901234600),
        ('<c r="A{r}"><v>1E300</v></c>', "1E300"),
        ('<c r="A{r}"><v>NaN</v></c>', "NaN"),
        ('<c r="A{r}" t="b"><v>1</v></c>', True),
        ('<c r="A{r}" t="b"><v>0</v></c>', False),
        ('<c r="A{r}" t="d"><v>2026-01-02</v></c>', date(2026, 1, 2)),
        ('<c r="A{r}" t="d"><v>2026-01-02T08:30:00</v></c>', datetime(2026, 1, 2, 8, 30)),
        ('<c r="A{r}" t="str"><f>A2</f><v>æ&amp;å</v></c>', "æ&å"),
        ('<c r="A{r}" t="str"><f>A2</f><v></v></c>', None),
        ('<c r="A{r}" t="inlineStr"><is><t>B&#230;k</t></is></c>', "Bæk"),
        ('<c r="A{r}" t="inlineStr"><is><r><t>fed</t></r><r><t xml:space="preserve"> og tynd</t></r></is></c>',
         "fed og tynd"),
        ('<c r="A{r}" t="inlineStr"><is><t>a_x000D_\nb_x005F_x000D_</t></is></c>', "a\nb_x000D_"),
        ('<c r="A{r}" t="inlineStr"><is><t>e\u0301 12\u00a0345</t></is></c>', "é 12\u00a0345"),
        ('<c r="A{r}" t="inlineStr"><is><t>e&#x301;</t></is></c>', "é"),
        ('<c r="A{r}" t="inlineStr"><is><t>a_x0001_\u200bb</t></is></c>', "ab"),
        ('<c r="A{r}" s="3"/>', None),
        ("<c r='A{r}'><v>7</v></c>", 7),
        ('<c t="n" r="A{r}"><v>7</v></c>', 7),
        ("<c><v>7</v></c>", 7),
    ],
)  # fmt: skip
def test_what_is_written_in_a_cell(cell: str, expected: object) -> None:
    found = value(cell)
    assert (type(found), found) == (type(expected), expected)


@pytest.mark.parametrize(
    ("code", "number", "expected", "text"),
    [
        ("dd/mm/yyyy", "46387", date(2026, 12, 31), "31.12.2026"),
        ('[$-406]d\\. mmmm&quot; år &quot;yyyy;@', "46387", date(2026, 12, 31), "31.12.2026"),
        ("mmm-yy", "46143", date(2026, 5, 1), "5/2026"),
        ("mmm-yy", "46144", date(2026, 5, 2), "2.5.2026"),
        ("dd-mm-yyyy hh:mm", "46387.3541666667", datetime(2026, 12, 31, 8, 30), "31.12.2026 8:30"),
        ("dd-mm-yyyy hh:mm", "46387", date(2026, 12, 31), "31.12.2026"),
        ("dd-mm-yyyy hh:mm", "46386.9999999999", date(2026, 12, 31), "31.12.2026"),
        ("yyyy-mm-dd", "1", date(1900, 1, 1), "1.1.1900"),
        ("yyyy-mm-dd", "59", date(1900, 2, 28), "28.2.1900"),
        ("yyyy-mm-dd", "60", "29.2.1900", "29.2.1900"),
        ("yyyy-mm-dd", "61", date(1900, 3, 1), "1.3.1900"),
        ("yyyy-mm-dd", "-5", -5, "-5"),
        ("yyyy-mm-dd", "9999999", 9999999, "9999999"),
        ("hh:mm", "0.3541666667", time(8, 30), "8:30"),
        ("hh:mm:ss AM/PM", "0.354178240740741", time(8, 30, 1), "8:30:01"),
        ("[h]:mm", "1.0833333333333333", timedelta(hours=26), "26:00"),
        ("0.00E+00", "1500", 1500, "1500"),
        ('#,##0.00&quot; dage&quot;', "1234.5", Decimal("1234.5"), "1234,5"),
        ("[Red]#,##0", "7", 7, "7"),
        ("General", "7", 7, "7"),
        ("0 %", "0.5", Decimal("0.5"), "50 %"),
        ("0.0%", "0.125", Decimal("0.125"), "12,5 %"),
        ("0%", "1", 1, "100 %"),
    ],
)  # fmt: skip
def test_what_the_format_makes_of_a_number(code: str, number: str, expected: object, text: str) -> None:
    cell = f'<c r="A{{r}}" s="1"><v>{number}</v></c>'
    found = value(cell, styles=formats(code))
    assert (type(found), found) == (type(expected), expected)
    scalar = only(workbook(rows(cell), styles=formats(code))).scalar(1, 1)
    assert scalar.text == text
    assert scalar.native == (None if "%" in text or isinstance(expected, str) else expected)
    assert scalar.place == CellPlace("regneark.xlsx", "Ark1", "A1")


def test_dates_of_a_workbook_that_counts_from_1904() -> None:
    cell = '<c r="A{r}" s="1"><v>44925</v></c>'
    assert value(cell, styles=formats("d/m/yyyy"), properties='<workbookPr date1904="1"/>') == date(2026, 12, 31)


def test_texts_that_cells_share() -> None:
    items = (
        "<si><t>en</t></si>",
        '<si><t xml:space="preserve"> to </t></si>',
        "<si><t>A&amp;B</t></si>",
        "<si><t/></si>",
        '<si><r><t>fed</t></r><r><rPr><b/></rPr><t> tekst</t></r><rPh sb="0" eb="1"><t>lyd</t></rPh></si>',
    )
    cells = "".join(f'<c r="{letter}{{r}}" t="s"><v>{at}</v></c>' for at, letter in enumerate("ABCDE"))
    for strings, count in (("".join(items), 5), ("".join(items[:3]), 3)):
        picked = cells.split("<c ")[1 : count + 1]
        sheet = only(workbook(rows(*["".join(f"<c {one}" for one in picked)] * 40), strings=strings))
        assert sheet.rows[39] == ("en", " to ", "A&B", None, "fed tekst")[:count]


@pytest.mark.parametrize("written", ["1", "01", " 1 ", "+1"])
def test_the_number_of_a_shared_text_may_be_written_in_many_ways(written: str) -> None:
    strings = "<si><t>en</t></si><si><t>to</t></si>"
    sheet = only(workbook(rows(*[f'<c r="A{{r}}" t="s"><v>{written}</v></c>'] * 40), strings=strings))
    assert sheet.rows[39] == ("to",)


def test_empty_cells_and_cells_beyond_the_last_one() -> None:
    sheet = only(workbook('<sheetData><row r="5"><c r="C5"><v>1</v></c><c r="E5" s="1"/></row></sheetData>'))
    assert (len(sheet.rows), sheet.width) == (5, 3)
    assert list(sheet.rows) == [(None, None, None)] * 4 + [(None, None, 1)]
    assert sheet.rows[4] == sheet.rows[-1] == (None, None, 1)
    assert sheet.value(99, 99) is None
    scalar = sheet.scalar(9, 30)
    assert (scalar.text, scalar.empty, scalar.place.cell) == ("", True, "AD9")  # type: ignore[union-attr]
    assert list(only(workbook("<sheetData/>")).rows) == []


@pytest.mark.parametrize("count", [3, 90])
def test_errors_formulas_and_hidden_rows_are_known_by_their_cells(count: int) -> None:
    many = ['<c r="A{r}" t="e"><v>#N/A</v></c><c r="B{r}"><f>C1</f></c><c r="C{r}"><f t="shared" si="0"/><v>4</v></c>']
    sheet = only(
        workbook(
            '<sheetFormatPr/><cols><col min="2" max="3" hidden="1"/><col min="5" max="6"/></cols><sheetData>'
            + "".join(
                f'<row r="{at}" spans="1:3"{hidden}>{many[0].replace("{r}", str(at))}</row>'
                for at in range(1, count + 1)
                for hidden in [' hidden="1"' if at == 2 else ""]
            )
            + '</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
        )
    )
    numbers = range(1, count + 1)
    assert sheet.errors == {(row, 1): "#I/T" for row in numbers}
    assert sheet.formulas == {(row, column) for row in numbers for column in (2, 3)}
    assert sheet.valueless == {(row, 2) for row in numbers}
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {2, 3})
    assert sheet.merged == (Area("Ark1", 1, 1, 2, 2),)
    assert sheet.rows[count - 1] == ("#I/T", None, 4)


def test_every_error_has_the_name_that_the_danish_excel_shows() -> None:
    english = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#ANDET!"]
    sheet = only(workbook(rows(*(f'<c r="A{{r}}" t="e"><v>{one}</v></c>' for one in english))))
    danish = ["#I/T", "#REFERENCE!", "#VÆRDI!", "#DIVISION/0!", "#NAVN?", "#NUL!", "#NUM!", "#ANDET!"]
    assert list(sheet.column(1)) == danish == list(sheet.errors.values())


def test_names_of_the_whole_workbook() -> None:
    book = read_workbook(
        workbook(
            rows(TEXT),
            rows(TEXT),
            names="".join(
                f"<definedName name=\"{name}\"{more}>{to}</definedName>"
                for name, to, more in (
                    ("felt.navn", "Ark1!$C$5", ""),
                    ("felt.år", "'Ark2'!$A$2:$B$9", ""),
                    ("søjle", "Ark1!$A:$B", ""),
                    ("væk", "#REF!", ""),
                    ("væk2", "Ark1!#REF!", ""),
                    ("flere", "Ark1!$A$1,Ark1!$B$2", ""),
                    ("andetsteds", "[1]Ark1!$A$1", ""),
                    ("ukendt", "Ark9!$A$1", ""),
                    ("lokalt", "Ark1!$A$1", ' localSheetId="0"'),
                    ("formel", "SUM(Ark1!$A$1)", ""),
                )
            ),
        )
    )  # fmt: skip
    assert book.names == {
        "felt.navn": Area("Ark1", 5, 3, 5, 3),
        "felt.år": Area("Ark2", 2, 1, 9, 2),
        "søjle": Area("Ark1", 1, 1, 1_048_576, 2),
    }


def test_tables_have_headings_and_no_totals() -> None:
    table = (
        '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" name="t" displayName="liste.aktiver" '
        'ref="B2:C9" totalsRowCount="1"><tableColumns count="2"><tableColumn id="1" name="Nr."/>'
        '<tableColumn id="2" name="Bogført_x000a_værdi"/></tableColumns></table>'
    )
    book = read_workbook(workbook(rows(TEXT), tables={"table1": table}))
    assert book.tables == {"liste.aktiver": TableArea(Area("Ark1", 2, 2, 8, 3), ("Nr.", "Bogført\nværdi"))}


@pytest.mark.parametrize("strict", [False, True])
def test_prefixes_comments_and_strict_files_make_no_difference(strict: bool) -> None:
    plain = only(workbook(rows(*[TEXT] * 50), strict=strict))
    inner = rows(*[TEXT] * 50)
    for written in (
        inner.replace("<row ", "<row  ").replace("<c ", "<c\n"),
        inner.replace('<row r="40"', '<!-- <row r="40"><c r="A40"><v>1</v></c></row> --><row r="40"'),
        inner.replace("<t>tekst 7</t>", "<t><![CDATA[tekst 7]]></t>"),
        "".join(part if at % 2 else part.replace(' r="', ' q="') for at, part in enumerate([inner])),
    ):
        assert list(only(workbook(written, strict=strict)).rows) == list(plain.rows)
    prefixed = "<x:sheetData>" + inner.replace("<sheetData>", "").replace("</", "</x:").replace(
        "<row", "<x:row"
    ).replace("<c ", "<x:c ").replace("<is", "<x:is").replace("<t>", "<x:t>").replace("x:sheetData", "x:sheetData")
    whole = f'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{prefixed}</x:worksheet>'
    found = only(workbook("", **{"xl__worksheets__sheet1_dot_xml": whole}))
    assert list(found.rows) == list(plain.rows)


letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff_")
floats = st.floats(-1e9, 1e9).map(lambda number: float(f"{number:.12g}"))
days = st.dates(date(1901, 1, 1), date(2100, 1, 1))
usual = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(letters, max_size=8) | floats | days


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(usual, max_size=5), max_size=6), st.integers(1, 12), st.sampled_from(["openpyxl", "xlsxwriter"])
)
def test_every_program_and_every_number_of_rows_gives_the_same_values(
    some: list[list[Any]], times: int, program: str
) -> None:
    wanted = some * times
    made = io.BytesIO()
    if program == "openpyxl":
        book = openpyxl.Workbook()
        for at, row in enumerate(wanted, 1):
            for column, one in enumerate(row, 1):
                cell = book.active.cell(at, column)  # type: ignore[union-attr]
                cell.value = one
                if isinstance(one, str):
                    cell.data_type = "s"
        book.save(made)
    else:
        with xlsxwriter.Workbook(made) as other:
            sheet, day = other.add_worksheet(), other.add_format({"num_format": "dd-mm-yyyy"})
            for at, row in enumerate(wanted):
                for column, one in enumerate(row):
                    if isinstance(one, str):
                        sheet.write_string(at, column, one)
                    elif isinstance(one, date):
                        sheet.write_datetime(at, column, one, day)
                    else:
                        sheet.write(at, column, one)
    found = only(made.getvalue())
    height = max((at for at, row in enumerate(wanted, 1) if any(one not in (None, "") for one in row)), default=0)
    # a cell with an empty text is a cell in some files and none in others
    assert height <= len(found.rows) <= len(wanted)
    assert not any(cell for cells in found.rows[height:] for cell in cells)
    for row, cells in zip(wanted, found.rows, strict=False):
        for one, cell in zip(row, [*cells, *[None] * 5], strict=False):
            assert same(one, cell), (one, cell)
    rest = CalamineWorkbook.from_filelike(io.BytesIO(made.getvalue())).get_sheet_by_index(0)
    for row, cells in zip(rest.to_python(skip_empty_area=False), found.rows, strict=False):
        assert all(same(one, cell) for one, cell in zip(row, cells, strict=False))


def same(given: Any, found: object) -> bool:
    """Whether a cell holds what was written into it."""
    from unicodedata import normalize

    if given is None or given == "":
        return found is None
    if isinstance(given, str):
        return normalize("NFC", given) == found
    if isinstance(given, bool) or isinstance(found, bool):
        return given is found
    if isinstance(given, int | float):
        return isinstance(found, int | Decimal) and math.isclose(given, found, rel_tol=1e-14, abs_tol=1e-300)
    return bool(given == found)


WAYS = (
    "",
    '<c r="{c}{r}" s="1"/>',
    '<c r="{c}{r}" s="1" t="n"></c>',
    '<c r="{c}{r}"><v>{r}.5</v></c>',
    '<c r="{c}{r}" s="1"><v>0.5</v></c>',
    '<c r="{c}{r}" t="inlineStr"><is><t>&#230; {r}</t></is></c>',
    '<c r="{c}{r}" t="s"><v>0</v></c>',
    '<c r="{c}{r}" t="str"><f>A1</f><v>x</v></c>',
    '<c r="{c}{r}"><f>A1</f></c>',
    '<c r="{c}{r}"><f t="shared" si="0"/><v>7</v></c>',
    '<c r="{c}{r}" t="e"><v>#N/A</v></c>',
    '<c r="{c}{r}" t="b"><v>1</v></c>',
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from(WAYS), min_size=3, max_size=3), min_size=1, max_size=4), st.integers(1, 90))
def test_cells_of_a_column_may_be_written_in_many_ways(shapes: list[list[str]], count: int) -> None:
    written = [
        "".join(
            way.replace("{c}", letter) for letter, way in zip("ABC", shapes[(row * row) % len(shapes)], strict=True)
        )
        for row in range(count)
    ]
    parts = {"strings": "<si><t>delt</t></si>", "styles": formats("0%")}
    fast, slow = (only(workbook(xml, **parts)) for xml in (rows(*written), rows(*written) + "<!-- -->"))
    assert list(map(repr, fast.rows)) == list(map(repr, slow.rows))
    assert fast.formulas == slow.formulas
    assert fast.valueless == slow.valueless
    assert fast.errors == slow.errors
    assert fast.percents == slow.percents


def test_a_table_that_openpyxl_writes() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Ark med mellemrum"
    for row in (["Nr.", "Navn"], ["1", "=1+1"], ["2", "b"]):
        sheet.append(row)
    sheet.add_table(Table(displayName="liste.x", ref="A1:B3"))
    book.create_sheet("skjult").sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    found = read_workbook(made.getvalue(), "fil.xlsx")
    assert found.tables == {"liste.x": TableArea(Area("Ark med mellemrum", 1, 1, 3, 2), ("Nr.", "Navn"))}
    assert [(one.name, one.hidden) for one in found.sheets.values()] == [("Ark med mellemrum", False), ("skjult", True)]
    assert found.sheets["Ark med mellemrum"].valueless == {(2, 2)}
    assert found.sheets["Ark med mellemrum"].scalar(2, 1).place == CellPlace("fil.xlsx", "Ark med mellemrum", "A2")
