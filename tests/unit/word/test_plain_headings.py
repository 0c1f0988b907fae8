"""Headings found without a parser, in one document after another: what is remembered of them changes nothing."""

from __future__ import annotations

import pickle
import re
from itertools import pairwise
from typing import TypeAlias

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.word.archive.ooxml import W
from docgen.word.look import counting
from docgen.word.look.labels import read_numbering
from docgen.word.look.styles import read_styles
from docgen.word.running.session import NewList
from docgen.word.tagging import plain_headings
from docgen.word.tagging.listing import Contents, ContentsList
from docgen.word.tagging.parsed_headings import parse_headings
from docgen.word.tagging.plain_headings import PlainHeadings, Scan


def _level(ilvl: int, format_: str, text: str) -> str:
    look = f'<w:numFmt w:val="{format_}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="1"/>{look}</w:lvl>'


NUMBERING = read_numbering(
    etree.fromstring(
        f'<w:numbering xmlns:w="{W}">'
        f'<w:abstractNum w:abstractNumId="0">{_level(0, "decimal", "%1.")}{_level(1, "decimal", "%1.%2")}'
        "</w:abstractNum>"
        f'<w:abstractNum w:abstractNumId="1">{_level(0, "bullet", "•")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="2"/></w:lvlOverride></w:num></w:numbering>'
    )
)
LISTS = (
    ContentsList("TOC", {"Heading1": 1}, (1, 3), ("", "", ""), inside=False),
    ContentsList("TOC", {"": 2}, (1, 0), ("", "", ""), inside=False),
)
CONTENTS = Contents(LISTS, read_styles(None))


def _numbered(num_id: int, ilvl: int = 0, style: str = "Stykke") -> str:
    places = f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num_id}"/></w:numPr>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{places}</w:pPr><w:r><w:t>stk {num_id}</w:t></w:r></w:p>'


HIDDEN = (
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r></w:p>',
    "<w:p><w:r><w:t>a</w:t></w:r><!-- </w:p> --></w:p>",
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:pPrChange w:id="1"><w:pPr/></w:pPrChange></w:pPr>'
    "<w:r><w:t>rettet</w:t></w:r></w:p>",
    "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>anførsel</w:t></w:r></w:p>",
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>a&#48;</w:t></w:r></w:p>',
)
MARKED = (
    '<w:p><w:pPr><w:pStyle w:val="Stykke"/></w:pPr><w:bookmarkStart w:id="1" w:name="_Toc000000001"/>'
    '<w:r><w:t>a</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
)
PLAIN = (
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Et &amp; to</w:t></w:r></w:p>',
    '<w:p w:rsidR="1"><w:pPr><w:pStyle w:val="Heading1"/><w:rPr><w:b/></w:rPr></w:pPr>'
    "<w:r><w:tab/><w:t>x – æ</w:t></w:r></w:p>",
    '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t xml:space="preserve"> to  ord </w:t></w:r></w:p>',
    "<w:p/>",
    '<w:p w:rsidR="2"/>',
    "<w:p><w:pPr/><w:r><w:t>brødtekst's</w:t></w:r></w:p>",
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:p>',
    MARKED,
    '<w:p><w:bookmarkStart w:id="2" w:name="a&amp;b"/><w:r><w:t>!</w:t></w:r><w:bookmarkEnd w:id="2"/></w:p>',
    '<w:tbl><w:tr><w:tc><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    "<w:r><w:t>i tabel</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    "<?dgtoc 0?>",
    "<?dgtoc o0?><w:p><w:r><w:t>Indhold</w:t></w:r></w:p><?dgtoc x0?>",
    *(_numbered(1), _numbered(1, 1), _numbered(2), _numbered(3), _numbered(4), _numbered(9)),
    *(
        _numbered(1, style="Heading1"),
        _numbered(1, 1, "Heading1"),
        _numbered(2, 0, "Heading1"),
        _numbered(4, 0, "Heading1"),
    ),
)
Text: TypeAlias = tuple[list[str], list[int] | str, tuple[NewList, ...]]
# the last paragraph counts on in one and starts anew in the other; in two texts it counts on from different numbers
COUNTED_ALIKE: list[Text] = [
    ([first, _numbered(num_id, style="Heading1")], "<w:p>", ())
    for num_id, first in ((3, _numbered(1) * 2), (3, _numbered(3)), (1, _numbered(1)), (1, _numbered(1) * 2))
]
TEXTS = st.tuples(
    st.lists(st.sampled_from(PLAIN), max_size=8),
    st.one_of(st.lists(st.integers(0, 600), max_size=4), st.sampled_from(["</w:p>", "<w:r>", "</w:pPr>", "<w:", "w"])),
    st.sampled_from([(), (NewList(4, 0, True, 1, 0),), (NewList(4, 0, True, 7, 0),), (NewList(4, None, True, 1, 0),)]),
)


def _part(paragraphs: list[str]) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>'


def _cut(xml: str, places: list[int] | str) -> list[str]:
    """The text in pieces that end anywhere, within tags too: at some places, or before every text of one kind."""
    if isinstance(places, str):
        return re.split(f"(?={places})", xml)
    ends = sorted({min(place, len(xml)) for place in places} | {0, len(xml)})
    return [xml[start:end] for start, end in pairwise(ends)]


def _whole(scan: Scan | None) -> tuple[object, ...]:
    """What was found, with the bytes between two signs in one."""
    assert scan is not None
    chunks: list[object] = []
    for chunk in scan.chunks:
        if isinstance(chunk, bytes) and chunks and isinstance(chunks[-1], bytes):
            chunks[-1] += chunk
        else:
            chunks.append(chunk)
    return chunks, scan.headings, scan.labels, scan.names


def _parsed(paragraphs: list[str], added: tuple[NewList, ...]) -> tuple[object, ...]:
    data = _part(paragraphs).encode()
    return _whole(parse_headings(data, CONTENTS.sheet, NUMBERING.with_lists(added), CONTENTS.levels))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(TEXTS, min_size=1, max_size=6), st.sampled_from([1, 300, 5_000, 2_000_000]), st.sampled_from([1, 3, 99])
)
@example(COUNTED_ALIKE, 2_000_000, 99)
def test_headings_are_those_that_a_parser_finds(texts: list[Text], size: int, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_headings, "_MOST_KEPT", size)
        patch.setattr(counting, "_MOST_KEPT", most)
        plain = PlainHeadings(CONTENTS.sheet, CONTENTS.levels)
        same: dict[str, str] = {}  # what two texts have in common is one object
        for paragraphs, places, added in (*texts, *texts):
            pieces = [same.setdefault(piece, piece) for piece in _cut(_part(paragraphs), places)]
            found = plain.scan(pieces, NUMBERING, added)
            assert _whole(found) == _parsed(paragraphs, added)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from([1, 7])), min_size=2, max_size=6))
@example([(([MARKED, PLAIN[0]], [], ()), 1), (([PLAIN[0]], [], ()), 1)])
def test_lists_and_bookmarks_are_those_of_the_part_itself(texts: list[tuple[Text, int]]) -> None:
    contents = Contents(LISTS, CONTENTS.sheet)
    for (paragraphs, places, added), first in texts:
        scan = contents.scan(_cut(_part(paragraphs), places), NUMBERING, added)
        ids = [first + one for one in range(len(scan.headings))]
        assert contents.lines(scan, ids) == Contents(LISTS, CONTENTS.sheet).lines(scan, ids)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_only_a_parser_reads_right_is_left_to_it_each_time(hidden: str) -> None:
    plain = PlainHeadings(CONTENTS.sheet, CONTENTS.levels)
    for _ in range(2):
        assert plain.scan([_part([PLAIN[0], hidden])], NUMBERING) is None
        assert _whole(plain.scan([_part([PLAIN[0]])], NUMBERING)) == _parsed([PLAIN[0]], ())


def test_a_part_that_names_its_namespace_otherwise_is_left_to_a_parser() -> None:
    plain = PlainHeadings(CONTENTS.sheet, CONTENTS.levels)
    xml = _part([PLAIN[0]])
    for other in (
        xml.replace("xmlns:w=", "xmlns:x="),
        xml.replace("<w:p>", f'<w:p xmlns:w="{W}">'),
        xml.replace(W, "x"),
    ):
        for _ in range(2):
            assert plain.scan([other], NUMBERING) is None


def test_texts_that_are_no_longer_used_are_forgotten() -> None:
    plain = PlainHeadings(CONTENTS.sheet, CONTENTS.levels)
    most = 0
    for number in range(1_000):
        styles = [f'<w:p><w:pPr><w:pStyle w:val="{number}-{one}"/></w:pPr></w:p>' for one in range(number % 7)]
        added = [NewList(4, 0, True, number, 0)]
        assert plain.scan([_part([*styles, f"<w:p>{'<w:r/>' * 500} {number}</w:p>"])], NUMBERING, added) is not None
        most = max(most, len(pickle.dumps((plain._read_last, plain._paragraphs, plain._steps, plain._counted))))
    assert 100_000 < most < 2_000_000
