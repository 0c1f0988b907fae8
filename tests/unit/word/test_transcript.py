"""Finished documents printed: plain text, and Markdown that reads back the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.word.reading.content import (
    Block,
    Cell,
    Heading,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    ReadDocument,
    Row,
    Rule,
    Section,
    Span,
    Table,
    plain,
)
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_markdown, to_text
from docgen.word.values.blocks import markdown_xml

if TYPE_CHECKING:
    from tests.unit.word.conftest import Maker, Recorder


def _p(text: str, style: str = "Body Text", number: str = "") -> Paragraph:
    return Paragraph((Span(text),), style, number)


def _item(level: int, label: str, text: str, value: int = 0) -> ListItem:
    return ListItem(level, label, (Span(text),), ordered=value > 0, value=value)


def _table(*rows: tuple[str, ...], aligned: tuple[str, ...], heads: int = 1) -> Table:
    cells = [tuple(Cell((_p(text),) if text else ()) for text in row) for row in rows]
    return Table(tuple(Row(row, number < heads) for number, row in enumerate(cells)), aligned)


EXAMPLE = ReadDocument(
    blocks=(
        _p("Kommissorium for Åben Dør", "Title"),
        _p("1. Baggrund\t2", "toc 1"),
        Heading(1, "1.", (Span("Baggrund & formål"),)),
        Paragraph((Span("Regionen "), Span("skal", bold=True), Span(" se "), Span("loven", link="https://ret.dk/x"))),
        _p("7.1-krav", "Stykke", "1.1"),
        Heading(2, "", (Span("Mål"),)),
        _item(1, "•", "første\nlinje to"),
        _item(1, "", "andet afsnit"),
        _item(2, "a)", "under", 1),
        _item(2, "b)", "igen", 2),
        _item(1, "1.", "et", 1),
        _item(1, "1.", "forfra", 1),
        _p("5 mio. kr. er meget", "Quote"),
        _p("sagde hun", "Quote"),
        _table(("Post", "Kr."), ("Løn", "1.000"), ("Mad\nog drikke", "50|5"), aligned=("", "right")),
        Rule(),
        PageBreak(),
        _p("1. juli 2027"),
    ),
    sections=(Section(("Sag 26/1",), ("Side 1",)),),
    notes=(Note("1", (_p("Se § 5"),)),),
)


def test_plain_text() -> None:
    assert (
        to_text(EXAMPLE)
        == """\
Kommissorium for Åben Dør
=========================

1. Baggrund & formål
====================

Regionen skal se loven (https://ret.dk/x)

1.1 7.1-krav

Mål
---

• første
  linje to
  andet afsnit
  a) under
  b) igen
1. et
1. forfra

5 mio. kr. er meget

sagde hun

Post      |   Kr.
----------|------
Løn       | 1.000
Mad       |  50|5
og drikke |

--------------------

1. juli 2027

[1] Se § 5
"""
    )


def test_the_frame_is_shown_when_asked_for() -> None:
    document = ReadDocument(EXAMPLE.blocks[1:2] + EXAMPLE.blocks[-2:], EXAMPLE.sections)
    assert to_text(document, with_frame=True) == (
        "[sidehoved] Sag 26/1\n\n1. Baggrund\t2\n\n[sideskift]\n\n1. juli 2027\n\n[sidefod] Side 1\n"
    )
    assert to_text(document) == "1. juli 2027\n"


def test_markdown() -> None:
    assert (
        to_markdown(EXAMPLE)
        == """\
# Kommissorium for Åben Dør

## 1. Baggrund & formål

Regionen **skal** se [loven](https://ret.dk/x)

1.1 7.1-krav

### Mål

- første\\
  linje to

  andet afsnit
  1. under
  2. igen
1. et
1) forfra

>
> 5 mio. kr. er meget
>
> sagde hun

| Post | Kr. |
| --- | --: |
| Løn | 1.000 |
| Mad<br>og drikke | 50\\|5 |

---

1\\. juli 2027

\\[1\\] Se § 5
"""
    )


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("*stjerner* og _streger_", r"\*stjerner\* og \_streger\_"),
        ("snake_case_navn", "snake_case_navn"),
        ("- ikke en liste", r"\- ikke en liste"),
        ("2026. Derefter", r"2026\. Derefter"),
        ("15. november", r"15\. november"),
        ("# 1", r"\# 1"),
        ("#12", r"\#12"),
        ("> 5", r"\> 5"),
        ("a > b", "a > b"),
        ("[x](y)", r"\[x\](y)"),
        ("<br>", r"\<br>"),
        ("AT&T & &amp;", r"AT&T & \&amp;"),
        (r"C:\mappe\_x", r"C:\\mappe\\\_x"),
        (r"\\server\sag", r"\\\server\sag"),
        (" kant ", "&#32;kant&#32;"),
        ("\u00a0kant", "&#160;kant"),
        ("a\nb", "a\\\nb"),
        ("---", r"\---"),
        ("| a |", r"\| a |"),
        ("```", r"\`\`\`"),
        ("~~x~~", r"\~\~x\~\~"),
    ],
)
def test_text_is_escaped_where_it_must_be(text: str, markdown: str) -> None:
    assert to_markdown(ReadDocument((_p(text),))) == markdown + "\n"


@pytest.mark.parametrize(
    ("spans", "markdown"),
    [
        ((Span("fed ", bold=True), Span("tekst")), "**fed** tekst"),
        ((Span("Re"), Span("gion", bold=True), Span("en")), "Re**gion**en"),
        ((Span("Re"), Span("gion", italic=True), Span("en")), "Regionen"),
        ((Span("a", bold=True), Span("b", italic=True)), "**a**b"),
        ((Span("»a«", bold=True), Span("b")), "»a«b"),
        ((Span("alt", bold=True, italic=True),), "***alt***"),
        ((Span("x", bold=True, link="https://kl.dk/(1)"),), "[**x**](https://kl.dk/%281%29)"),
        ((Span("x", link="file:///x"),), "x"),
        ((Span("Se!"), Span("x", link="https://kl.dk")), r"Se\![x](https://kl.dk)"),
        ((Span(" ", bold=True), Span("x")), "&#32;x"),
    ],
)
def test_emphasis_is_kept_where_markdown_can_say_it(spans: tuple[Span, ...], markdown: str) -> None:
    assert to_markdown(ReadDocument((Paragraph(spans),))) == markdown + "\n"


def test_an_item_that_begins_with_a_month_stays_an_item() -> None:
    assert to_markdown(ReadDocument((_item(1, "1.", "juli begynder det", 1),))) == "1) juli begynder det\n"


def test_an_item_without_a_list_before_it_is_a_paragraph() -> None:
    blocks = (_item(1, "", "løs"), _item(1, "2026.", "et år", 2026), _item(1, "•", " "))
    assert to_markdown(ReadDocument(blocks)) == "løs\n\n2026\\. et år\n"


def test_a_table_without_heading_and_with_merged_cells() -> None:
    table = Table((Row((Cell((_p("a"),), 2),)), Row((Cell((_item(1, "•", "b"), _p("c"))), Cell(())))), ("", ""))
    assert to_markdown(ReadDocument((table,))) == "|  |  |\n| --- | --- |\n| a |  |\n| • b<br>c |  |\n"
    assert to_text(ReadDocument((table,))) == "a   |\n• b |\nc   |\n"


def test_nothing_is_nothing() -> None:
    assert to_markdown(ReadDocument(())) == ""
    assert to_text(ReadDocument(())) == "\n"


def _read_back(markdown: str, maker: Maker, recorder: type[Recorder]) -> ReadDocument:
    session = recorder()
    return read_document(maker.docx(markdown_xml(markdown, maker.style_map(), session, heading_offset=0), session))


SOURCE = """\
# Overskrift

Tekst med **fed**, *kursiv* og [link](https://rm.dk/æ). Linje\\
to, 15. november 2024.

- punkt

  andet afsnit
  1. a
  2. b
     - dybt
- punkt to
1. et
3. tre

> 5 mio. kr.
> er citeret

| Navn | Beløb | Midt |
|---|---|:-:|
| Åse & Bo | 1.000,50 | x<br>y |

---

`kode`
"""


def test_markdown_to_word_and_back_is_stable(maker: Maker, new_recorder: type[Recorder]) -> None:
    first = to_markdown(_read_back(SOURCE, maker, new_recorder))
    assert to_markdown(_read_back(first, maker, new_recorder)) == first
    assert "1. et\n3) tre" in first
    assert "| Åse & Bo | 1.000,50 | x<br>y |" in first


_LEGAL = st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[*map(chr, range(9)), "\x0b", "\x0c", *map(chr, range(14, 32)), "\r", "\ufffe", "\uffff"],
)
_MARKS = st.sampled_from(
    [*"*_`[]()<>#-+=~|\\!&;:.0123456789 \n\tab", "](https://x.dk)", "C:\\", "&#32;", "juli", "og 6"]
)
_TEXT = st.lists(st.one_of(_LEGAL, _MARKS, _MARKS), min_size=1, max_size=12).map("".join)


@settings(max_examples=150, deadline=None)
@given(text=_TEXT)
def test_any_text_survives_markdown(maker: Maker, new_recorder: type[Recorder], text: str) -> None:
    text = text.rstrip("\n")
    if not text.strip():
        return
    document = _read_back(to_markdown(ReadDocument((_p(text),))), maker, new_recorder)
    assert to_text(document) == f"{text}\n"
    assert document.blocks == (_p(text),)


_SPAN = st.builds(Span, _TEXT, st.booleans(), st.booleans(), st.sampled_from(["", "", "https://rm.dk/a(b)?æ=1&copy;"]))


@st.composite
def _looks(draw: st.DrawFn) -> Block:
    spans = tuple(draw(st.lists(_SPAN, min_size=1, max_size=4)))
    kinds: tuple[Block, ...] = (
        Paragraph(spans),
        Paragraph(spans, "Quote"),
        Heading(2, "", spans),
        ListItem(1, "•", spans, ordered=False),
        ListItem(1, "1.", spans, ordered=True, value=1),
        Table((Row((Cell((Paragraph(spans),)),), header=True),), ("",)),
    )
    return draw(st.sampled_from(kinds))


def _words(block: Block) -> str:
    if isinstance(block, Table):
        return "".join(map(_words, block.rows[0].cells[0].blocks))
    return "" if isinstance(block, PageBreak | Rule) else plain(block.inlines)


@settings(max_examples=200, deadline=None)
@given(block=_looks())
def test_text_in_any_look_survives_markdown(maker: Maker, new_recorder: type[Recorder], block: Block) -> None:
    words = _words(block)
    if not words.strip():
        return
    markdown = to_markdown(ReadDocument((block,)))
    (back,) = _read_back(markdown, maker, new_recorder).blocks
    assert type(back) is type(block)
    expected = words.replace("\n", " ") if isinstance(block, Heading) else words
    assert _words(back).strip("\n") == expected.strip("\n")
    assert to_markdown(ReadDocument((back,))) == markdown
