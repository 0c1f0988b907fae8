"""Every example says the same in every format, and its HTML is a sound page."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from html import unescape
from pathlib import Path

import pytest

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
