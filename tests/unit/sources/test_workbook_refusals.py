"""Files that are no workbook, or would do harm, are refused with a message that says what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from docgen import catalog
from docgen.diagnostics import DocgenError
from docgen.sources import workbook as reader
from docgen.sources.workbook import read_workbook
from tests.unit.sources.workbooks import packed, rows, workbook
from tests.unit.word.build import docx, p

CELL = '<c r="A{r}"><v>1</v></c>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def told(source: bytes | Path) -> list[str]:
    """What a user is told about a file that is refused."""
    with pytest.raises(DocgenError) as raised:
        read_workbook(source)
    assert raised.value.exit_code == 2
    return [f"{one.code} {catalog.message(one)[0]}" for one in raised.value.diagnostics]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "DG601 filen er ikke et regneark (.xlsx)"),
        (b"%PDF-1.7 hej", "DG601 filen er ikke et regneark (.xlsx)"),
        (b"\x00\x01\x02", "DG601 filen er ikke et regneark (.xlsx)"),
        (packed({"a.txt": "hej"}), "DG601 filen er ikke et regneark (.xlsx)"),
        (OLE, "DG602 filen er i Excels gamle format (.xls)"),
        (docx(p("Hej")), "DG603 filen er et Office-dokument, men ikke et regneark"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "DG604 regnearket er beskyttet med adgangskode"),
        (b"Nr.;Navn\n1;\xc5ge\n", "DG605 filen er i formatet tekst (fx csv), ikke et regneark fra Excel (.xlsx)"),
        (b"<html><table>", "DG605 filen er i formatet tekst (fx csv), ikke et regneark fra Excel (.xlsx)"),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}),
            "DG605 filen er i formatet ODS, ikke et regneark fra Excel (.xlsx)",
        ),
        (
            packed({"[Content_Types].xml": "", "xl/workbook.bin": b""}),
            "DG605 filen er i formatet XLSB, ikke et regneark fra Excel (.xlsx)",
        ),
        (workbook(rows(CELL), xl__vbaProject_dot_bin=b"x"), "DG407 filen indeholder makroer"),
        (workbook(rows(CELL))[:-30], 'DG406 filen er beskadiget: "regneark.xlsx" kan ikke pakkes ud'),
        (
            workbook(rows(CELL), xl__styles_dot_xml="<!DOCTYPE x [<!ENTITY a 'b'>]><styleSheet/>"),
            'DG411 "xl/styles.xml" i filen har en DOCTYPE',
        ),
    ],
)
def test_other_files_are_named_for_what_they_are(data: bytes, message: str) -> None:
    assert told(data) == [message]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert told(tmp_path / "væk.xlsx") == ["DG401 filen findes ikke"]


@pytest.mark.parametrize("count", [3, 90])
@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ('<c r="A{r}"><v>1</c>', 1),
        ('<c r="A{r}" t="s"><v>77</v></c>', 1),
        ('<c r="A{r}" t="s"><v>-1</v></c>', 1),
        ('<c r="A{r}" t="inlineStr"><is><t>a & b</t></is></c>', 1),
        ('<c r="A{r}" t="inlineStr"><is><t>&findes_ikke;</t></is></c>', 1),
        ('<c r="5{r}"><v>1</v></c>', 1),
        ('<c r="XFE{r}"><v>1</v></c>', 1),
        ('<c r="A0"><v>1</v></c>', 1),
    ],
)
def test_a_damaged_sheet_is_told_with_its_part(count: int, cell: str, line: int) -> None:
    strings = "<si><t>en</t></si>"
    told_of = told(workbook(rows(*[cell] * count), strings=strings))
    assert told_of == [f'DG606 regnearket er beskadiget: "xl/worksheets/sheet1.xml" kan ikke læses (linje {line})']


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"])
def test_other_damaged_parts(part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(rows(CELL)))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    (message,) = told(packed(parts | {part: b"<a>\n<b>"}))
    assert message.startswith("DG606 ")
    assert "(linje 2)" in message


def test_a_sheet_may_not_reach_too_far() -> None:
    first, last = '<row r="1"><c r="A1"><v>1</v></c></row>', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    far = f"<sheetData>{first}{last}</sheetData>"
    with pytest.raises(DocgenError) as raised:
        read_workbook(workbook(far))
    assert catalog.as_text(raised.value.diagnostics[0]) == (
        "fejl DG620: arket er for stort: det går fra A1 til XFD1048576, og docgen læser højst 50.000.000 celler\n"
        "  regneark.xlsx, Ark1!XFD1048576\n"
        "  hjælp: find det, der står langt væk fra resten (Ctrl+End), og slet rækkerne og kolonnerne imellem"
    )
    column = far.replace("XFD1048576", "A1048576")
    assert len(read_workbook(workbook(column)).sheets["Ark1"].rows) == 1_048_576


def test_sizes_are_checked_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = workbook(xl__a_dot_xml=b" " * 30_000_000)
    assert told(bomb) == ['DG410 "xl/a.xml" fylder mere, end docgen vil pakke ud']
    monkeypatch.setattr(reader, "LIMITS", reader.LIMITS._replace(part=2_000))
    assert told(workbook(rows(*[CELL] * 200))) == [
        'DG410 "xl/worksheets/sheet1.xml" fylder mere, end docgen vil pakke ud'
    ]
    monkeypatch.setattr(reader, "LIMITS", reader.LIMITS._replace(members=3))
    assert told(workbook(rows(CELL))) == ["DG412 filen har 7 dele; docgen læser højst 3"]


def test_a_sheet_of_a_hundred_thousand_rows_is_read() -> None:
    line = "".join(
        f'<c r="{letter}{{r}}" t="inlineStr"><is><t>en tekst som fylder lidt</t></is></c>' for letter in "ABCD"
    )
    sheet = read_workbook(workbook(rows(*[line] * 100_000))).sheets["Ark1"]
    assert len(sheet.rows) == 100_000
    assert sheet.rows[99_999] == ("en tekst som fylder lidt",) * 4


def test_a_sheet_that_is_not_in_the_file_is_told() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(rows(CELL)))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts.pop("xl/worksheets/sheet1.xml")
    assert told(packed(parts)) == [
        'DG606 regnearket er beskadiget: "xl/worksheets/sheet1.xml" kan ikke læses (linje 1)'
    ]


def test_the_mark_of_an_open_workbook_is_told() -> None:
    with pytest.raises(DocgenError) as caught:
        read_workbook(b"\x07Karen", "inputs/~$skema.xlsx")
    (fault,) = caught.value.diagnostics
    assert catalog.message(fault) == (
        "det er ikke regnearket selv, men Excels mærke om, at det er åbent",
        "brug skema.xlsx",
    )
