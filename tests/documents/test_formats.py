"""Every example says the same in every format, its HTML is a sound page, and its workbook adds up."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from docgen.danish.filters import tusinde
from docgen.danish.formats import display
from docgen.danish.quantities import Amount
from docgen.pipeline import as_format
from docgen.word.reading.content import PageBreak, ReadDocument, Rule, line
from docgen.word.reading.reader import read_document
from tests.documents.test_examples import EXAMPLES, NAMES, ROOT, made
from tests.html_page import Element, parsed, words

_CHART = frozenset({"svg"})
_TARGET = re.compile(r"\((?:https?://|mailto:|#)[^)\s]*\)")


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@cache
def read(path: Path, edition: str | None) -> ReadDocument:
    return read_document(made(path, edition).word.to_bytes())


@cache
def page(path: Path, edition: str | None) -> tuple[str, Element, list[str]]:
    html = as_format(made(path, edition), "html").decode()
    return html, *parsed(html)


def text_blocks(document: ReadDocument) -> list[str]:
    shown = [block for block in document.blocks if not isinstance(block, PageBreak | Rule)]
    notes = [f"{note.mark} {' '.join(map(line, note.blocks))}" for note in document.notes]
    return [*map(line, shown), *notes]


@pytest.mark.parametrize(("path", "edition"), EXAMPLES, ids=NAMES)
def test_html_has_the_words_of_the_word_file_in_their_order(path: Path, edition: str | None) -> None:
    _, root, _ = page(path, edition)
    (main,) = root.all("main")
    expected = [word for text in text_blocks(read(path, edition)) for word in words(text)]
    charts = [word for one in main.all("desc") for word in words(one.text())]
    found = main.words(_CHART)
    if charts:
        assert Counter(found) + Counter(charts) == Counter(expected)
    else:
        assert found == expected


@pytest.mark.parametrize("form", ["txt", "md"])
@pytest.mark.parametrize(("path", "edition"), EXAMPLES, ids=NAMES)
def test_text_and_markdown_have_the_words_of_the_word_file(path: Path, edition: str | None, form: str) -> None:
    text = as_format(made(path, edition), form).decode()
    text = _TARGET.sub("", text)
    if form == "md":
        text = unescape(text).replace("<br>", "\n")
    expected = Counter(word for one in text_blocks(read(path, edition)) for word in words(one))
    assert Counter(words(text)) == expected


@pytest.mark.parametrize(("path", "edition"), EXAMPLES, ids=NAMES)
def test_the_page_is_sound(path: Path, edition: str | None) -> None:
    html, root, faults = page(path, edition)
    assert faults == []
    assert root.all("html")[0].attributes["lang"] == "da"
    assert root.all("title")[0].text() == read(path, edition).title
    assert len(root.all("h1")) == 1
    assert "default-src 'none'" in html
    assert not re.search(r"@import|url\((?!#|data:)", html)
    assert re.sub(r"https?://[^\s\"<]*", "", html.partition("</head>")[0]).count("//") == 0
    (skip,) = [one for one in root.all("a") if one.attributes.get("class") == "spring"]
    assert skip.attributes["href"] == f"#{root.all('main')[0].attributes['id']}"


@pytest.mark.parametrize(("path", "edition"), EXAMPLES, ids=NAMES)
def test_what_stands_around_the_text_is_shown_once(path: Path, edition: str | None) -> None:
    _, root, _ = page(path, edition)
    around = " ".join(root.all("header")[0].text().split())
    for text in read(path, edition).headers:
        for part in re.split(r"\s*(?:\t|·)\s*", text):
            assert around.count(" ".join(part.split())) == 1
    footer = " ".join(root.all("footer")[0].text().split())
    assert not re.search(r"\bside \d", footer, re.IGNORECASE), "pages have no numbers on the web"
    for one in ("UDKAST", "EKSEMPEL – opdigtet indhold"):
        shown = any(one in text for text in (*read(path, edition).headers, *text_blocks(read(path, edition))))
        assert root.text(_CHART).count(one) == int(shown)


def sheets(path: Path, edition: str | None, *, values: bool) -> Any:
    return load_workbook(BytesIO(as_format(made(path, edition), "xlsx")), data_only=values)


def sums(book: Any) -> dict[tuple[str, str], object]:
    """What stands in the last row of each sheet that has sums, by the sheet and the heading of the column."""
    found = {}
    for sheet in book.worksheets[1:]:
        *_, last = sheet.iter_rows()
        if last[0].value == "I alt":
            found |= {
                (sheet.title, sheet.cell(1, cell.column).value): cell.value
                for cell in last[1:]
                if cell.value is not None
            }
    return found


@pytest.mark.parametrize(("path", "edition"), EXAMPLES, ids=NAMES)
def test_sums_of_the_workbook_are_formulas_that_come_to_their_values(path: Path, edition: str | None) -> None:
    book, values = sheets(path, edition, values=False), sheets(path, edition, values=True)
    shown = sums(values)
    assert sums(book).keys() == shown.keys()
    for (title, heading), formula in sums(book).items():
        sheet = values[title]
        (column,) = [cell.column_letter for cell in sheet[1] if cell.value == heading]
        assert formula == f"=SUM({column}2:{column}{sheet.max_row - 1})"
        numbers = [sheet[f"{column}{row}"].value for row in range(2, sheet.max_row)]
        assert Decimal(str(shown[title, heading])) == sum(Decimal(str(one or 0)) for one in numbers)


@pytest.mark.parametrize(
    ("path", "edition"), [one for one in EXAMPLES if one[0].parent.name in ("delingsaftale", "leverandoeraftale")]
)
def test_amounts_of_the_workbook_are_those_of_the_document(path: Path, edition: str | None) -> None:
    in_thousands = "beløbsenhed: tusinde" in path.read_text(encoding="utf-8")
    text = " ".join(text_blocks(read(path, edition))).replace("\u00a0", " ")
    found = {
        place: value for place, value in sums(sheets(path, edition, values=True)).items() if "grad" not in place[1]
    }
    assert found
    for (title, heading), value in found.items():
        if heading != "Årsværk":
            exact = Amount(Decimal(str(value)))
            amount = tusinde(exact) if in_thousands else display(exact).replace("\u00a0", " ")
            assert amount in text, f"{title}, {heading}: {amount}"


@pytest.mark.parametrize(("path", "edition"), EXAMPLES, ids=NAMES)
def test_no_text_of_the_workbook_is_a_formula(path: Path, edition: str | None) -> None:
    for sheet in sheets(path, edition, values=False).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert (cell.data_type == "f") == (isinstance(cell.value, str) and cell.value.startswith("=SUM("))


def test_the_workbook_is_the_same_every_time() -> None:
    path, edition = EXAMPLES[0]
    assert as_format(made(path, edition), "xlsx") == as_format(made(path, edition), "xlsx")
