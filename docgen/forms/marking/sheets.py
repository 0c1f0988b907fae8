"""The sheets that docgen puts into a marked workbook: the list of faults, and a hidden one that remembers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from docgen.catalog import translate
from docgen.diagnostics import Severity
from docgen.forms.excel.cells import LONGEST_TEXT, as_text
from docgen.forms.marking.book import Book, quoted
from docgen.forms.marking.cells import Spot, reference
from docgen.forms.marking.package import append, qualified, space, whole
from docgen.forms.marking.styles import Styles
from docgen.word.archive.ooxml import parse, to_bytes
from docgen.word.archive.opc import related
from docgen.word.archive.texts import ILLEGAL

if TYPE_CHECKING:
    from lxml import etree

_SHEET = (
    '<worksheet xmlns="{0}"><sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
    '<sheetView showGridLines="0" workbookViewId="0"><pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" '
    'state="frozen"/><selection pane="bottomLeft" activeCell="A5" sqref="A5"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><cols/><sheetData/>'
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
)
_PLAIN_SHEET = '<worksheet xmlns="{0}"><sheetData/></worksheet>'
_WORD_FILLS = {Severity.ERROR: 0xF8CBAD, Severity.WARNING: 0xFFE699, Severity.INFO: 0xBDD7EE}
_HEAD_FILL = 0x44546A
_FIRST_LINE = 5
_WIDTHS = (12, 26, 62, 62, 9)  # characters
_LINE = 15  # points
_STYLE, _NOTE, _SELECTED, _ACTIVE = "stil", "note", "valgt", "aktiv"


class Line(NamedTuple):
    """A finding as marks tell it, in the language of the run. `place` is where it is; `link` the cell to jump to."""

    severity: Severity
    word: str
    code: str
    message: str
    hint: str
    place: str
    link: str = ""


class Memory(NamedTuple):
    """What a marked workbook must remember to become again what it was.

    `styles` are pairs of the style of a marked cell and the one that it had; `notes` the texts that docgen wrote;
    `selected` the sheets that were selected, `active` the one that the workbook opened on.
    """

    styles: Sequence[tuple[int, int]]
    notes: Sequence[str]
    selected: Sequence[str]
    active: str


def link_to(sheet: str, at: Spot) -> str:
    """The address of a cell as a link in the workbook writes it."""
    return f"{quoted(sheet)}!{reference(at)}"


def faults_sheet(book: Book, styles: Styles, lines: Sequence[Line], heading: Sequence[str], language: str) -> bytes:
    """The sheet with a line for each finding; `heading` are its two first lines."""
    root = parse(_SHEET.replace("{0}", space(book.root(book.part))).encode())
    data = next(root.iter(qualified(root, "sheetData")))
    columns = next(root.iter(qualified(root, "cols")))
    for number, width in enumerate(_WIDTHS, start=1):
        append(columns, "col", min=str(number), max=str(number), width=str(width), customWidth="1")
    title = styles.own('<b/><sz val="16"/><color rgb="FF1F3864"/>', wrap=False)
    normal, told = styles.own(), styles.own('<sz val="11"/><color rgb="FF404040"/>', wrap=False)
    for number, (text, style) in enumerate(zip(heading, (title, told), strict=True), start=1):
        _row(data, number, [(text, style)])
    head = styles.own('<b/><sz val="11"/><color rgb="FFFFFFFF"/>', fill=_HEAD_FILL)
    names = (
        translate("alvor", language),
        translate("sted", language),
        translate("besked", language),
        translate("hjælp", language),
        translate("kode", language),
    )
    _row(data, _FIRST_LINE - 1, [(name.capitalize(), head) for name in names])
    linked = styles.own('<u/><sz val="11"/><color rgb="FF0563C1"/>')
    words = {one: styles.own(fill=_WORD_FILLS[one]) for one in sorted({line.severity for line in lines})}
    links = root.makeelement(qualified(root, "hyperlinks"))
    for number, line in enumerate(lines, start=_FIRST_LINE):
        cells = (
            (line.word, words[line.severity]),
            (line.place, linked if line.link else normal),
            (line.message, normal),
        )
        row = _row(data, number, [*cells, (line.hint, normal), (line.code, normal)])
        row.set("ht", str(_LINE * _lines(line)))
        row.set("customHeight", "1")
        if line.link:
            append(links, "hyperlink", ref=f"B{number}", location=line.link, display=line.place)
    if len(links):
        data.addnext(links)
    return to_bytes(root)


def memory_sheet(book: Book, memory: Memory) -> bytes:
    """The hidden sheet. A cell with a style remembers it, so that it stays known when a program numbers styles anew."""
    root = parse(_PLAIN_SHEET.replace("{0}", space(book.root(book.part))).encode())
    data = next(root.iter(qualified(root, "sheetData")))
    rows: list[list[tuple[str, int]]] = [[(_STYLE, 0), ("x", marked), ("x", was)] for marked, was in memory.styles]
    rows += [[(_NOTE, 0), (text, 0)] for text in memory.notes]
    rows += [[(_SELECTED, 0), (name, 0)] for name in memory.selected]
    rows.append([(_ACTIVE, 0), (memory.active, 0)])
    for number, row in enumerate(rows, start=1):
        _row(data, number, row)
    return to_bytes(root)


def read_memory(book: Book, part: str) -> Memory:
    """What the hidden sheet remembers, also after another program has saved the workbook."""
    root = book.root(part)
    shared = _shared_strings(book)
    memory = Memory([], [], [], "")
    styles, notes, selected = dict[int, int](), list[str](), list[str]()
    for row in root.iter(qualified(root, "row")):
        cells = list(row.iterchildren(qualified(root, "c")))
        texts = [_text(cell, shared) for cell in cells]
        if len(cells) > 2 and texts[0] == _STYLE:
            marked, was = (whole(cell, "s") for cell in cells[1:3])
            styles[marked] = was
        elif len(cells) > 1 and texts[0] == _NOTE:
            notes.append(texts[1])
        elif len(cells) > 1 and texts[0] == _SELECTED:
            selected.append(texts[1])
        elif len(cells) > 1 and texts[0] == _ACTIVE:
            memory = memory._replace(active=texts[1])
    return memory._replace(styles=list(styles.items()), notes=notes, selected=selected)


def plain(text: str) -> str:
    """A text that a cell or a note can hold: neither too long nor with characters that XML cannot hold."""
    cut = text if len(text) <= LONGEST_TEXT // 2 else f"{text[: LONGEST_TEXT // 2]}…"
    return ILLEGAL.sub("", cut.replace("\r\n", "\n").replace("\r", "\n"))


def _lines(line: Line) -> int:
    """How many lines of its row the longest of its texts fills; a row holds no more than 409 points."""
    texts = (line.word, line.place, line.message, line.hint, line.code)
    filled = (
        sum(1 + int(len(one) * 0.9) // width for one in text.split("\n"))
        for text, width in zip(texts, _WIDTHS, strict=True)
    )
    return min(max(filled), 27)


def _row(data: etree._Element, number: int, cells: Sequence[tuple[str, int]]) -> etree._Element:
    row = append(data, "row", r=str(number))
    for column, (text, style) in enumerate(cells, start=1):
        cell = append(row, "c", r=reference(Spot(number, column)), s=str(style))
        if not text:
            continue
        cell.set("t", "inlineStr")
        told = append(append(cell, "is"), "t")
        told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        told.text = as_text(plain(text))
    return row


def _shared_strings(book: Book) -> list[str]:
    part = related(book.package, book.part, "sharedStrings")
    if not part:
        return []
    root = book.root(part)
    return [_joined(one) for one in root.iter(qualified(root, "si"))]


def _text(cell: etree._Element, shared: Sequence[str]) -> str:
    value = cell.find(qualified(cell, "v"))
    held = (value.text or "") if value is not None else ""
    if cell.get("t") == "s":
        return shared[int(held)] if held.isascii() and held.isdigit() and int(held[:9]) < len(shared) else ""
    inline = cell.find(qualified(cell, "is"))
    return _joined(inline) if inline is not None else held


def _joined(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(qualified(element, "t")))
