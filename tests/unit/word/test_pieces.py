"""Output that comes in pieces is what it would be as a whole, and no more than its end is held back."""

from __future__ import annotations

import itertools
import tracemalloc
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import package
from docgen.diagnostics import DocgenError
from docgen.word import WordTemplate
from docgen.word.tagging import keeping
from docgen.word.tagging.keeping import Blocks, keep_together, kept_pieces
from docgen.word.tagging.settled import Seam, settle, settled_pieces

from .build import docx, p, tbl, tc, tr

ROW = "<w:tr><w:tc><w:p><w:r><w:t>æ</w:t></w:r></w:p></w:tc></w:tr>"
NOTE = '<w:p><w:pPr><w:pStyle w:val="Tabeltekst"/></w:pPr><w:r><w:t>note</w:t></w:r></w:p>'
CAPTION = '<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr><w:r><w:t>Tabel 1</w:t></w:r></w:p>'
TEXT = "<w:p><w:r><w:t>Aktiver & passiver</w:t></w:r></w:p>"


@st.composite
def tables(draw: st.DrawFn, depth: int = 0) -> list[str]:
    look = draw(st.sampled_from(["", '<w:tblPr><w:tblLook w:lastRow="1"/></w:tblPr>']))
    rows = [ROW] * draw(st.integers(0, 12))
    if depth == 0 and draw(st.booleans()):
        inner = draw(tables(depth=1))
        rows.append("<w:tr><w:tc>")
        rows += inner
        rows.append("<w:p/></w:tc></w:tr>")
    if draw(st.booleans()):
        rows += ["<w:tr><w:tc>", TEXT, TEXT, "</w:tc></w:tr>", ROW]
    return [f"<w:tbl>{look}", *rows, "</w:tbl>"]


@st.composite
def texts(draw: st.DrawFn) -> list[str]:
    """A document's text in pieces, each whole or cut between elements."""
    found: list[str] = []
    for _ in range(draw(st.integers(1, 6))):
        found += draw(st.one_of(st.just([TEXT]), st.just([CAPTION]), st.just([NOTE]), st.just([TEXT] * 9), tables()))
    return found


def seams(pieces: list[str]) -> list[str]:
    return [Seam(piece) if "w:tbl>" in piece or "<?dgs" in piece else piece for piece in pieces]


@given(texts(), st.integers(0, 2_000))
def test_rows_and_texts_are_kept_alike_however_they_come(pieces: list[str], held: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "_MOST_HELD", held)
        made = "".join(kept_pieces(seams(pieces), "Caption", "Tabeltekst"))
    assert made == keep_together("".join(pieces), "Caption", "Tabeltekst")


@given(texts(), st.lists(st.booleans(), min_size=40, max_size=40), st.integers(0, 5))
def test_the_texts_of_a_series_are_kept_as_one(pieces: list[str], cuts: list[bool], gone: int) -> None:
    some = [""]
    for piece, begins in zip(pieces, itertools.cycle(cuts), strict=False):
        some = [*some, piece] if begins else [*some[:-1], some[-1] + piece]
    blocks: Blocks | None = None
    for one in (some, some, some[:gone] + some[gone + 1 :], some):
        blocks = Blocks(blocks)
        made = "".join(blocks.together(map(Seam, one), "Caption", "Tabeltekst"))
        if "".join(one).count("<w:tbl>") == "".join(one).count("</w:tbl>"):
            assert made == keep_together("".join(one), "Caption", "Tabeltekst")


def test_a_table_is_kept_as_one_though_a_text_begins_in_its_cell() -> None:
    some = [
        f'<w:tbl><w:tblPr><w:tblLook w:lastRow="1"/></w:tblPr>{ROW}<w:tr><w:tc>',
        f"{TEXT}</w:tc></w:tr>{ROW}</w:tbl>",
    ]
    made = "".join(Blocks().together(map(Seam, [*some, TEXT]), "Caption", "Tabeltekst"))
    assert made == keep_together("".join([*some, TEXT]), "Caption", "Tabeltekst")
    assert made.count("<w:keepNext/>") == 1


@given(
    st.recursive(
        st.sampled_from([["<w:p/>"], [" "], ["<a>"] * 70, ["<?dgsp <w:p/>?>"]]),
        lambda inside: st.lists(inside, max_size=5).map(
            lambda many: ["<?dgso ?><w:tbl>", "<?dgsi ?>", *chain(*many), "<?dgsx ?></w:tbl><?dgsv ?>"]
        ),
        max_leaves=8,
    )
)
def test_sentinels_are_resolved_alike_however_they_come(pieces: list[str]) -> None:
    assert "".join(settled_pieces(seams(pieces))) == settle("".join(pieces))


def test_the_rows_of_a_long_table_go_out_as_they_come() -> None:
    waiting: list[int] = []

    def rows() -> Iterator[str]:
        yield Seam("<?dgso ?><w:tbl><?dgsi ?>")
        for number in range(10_000):
            waiting.append(number)
            yield ROW
        yield Seam("<?dgsx ?></w:tbl><?dgsv ?>")

    going = kept_pieces(settled_pieces(rows()), "", "")
    next(going)
    next(going)
    next(going)
    assert len(waiting) < 2_000


LONG = docx(
    p("Aktiver")
    + tbl(*(tr(tc(p(text))) for text in ("{%tr for a in aktiver %}", "{{ a.navn }}", "{%tr endfor %}")))
    + p("Slut")
)


def test_a_long_document_takes_little_memory() -> None:
    template = WordTemplate(LONG)
    data = {"aktiver": [{"navn": f"Ærø {number}"} for number in range(20_000)]}
    tracemalloc.start()
    made = template.render(data).to_bytes()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert archive.testzip() is None
        xml = archive.read("word/document.xml").decode()
    assert xml.count("Ærø ") == 20_000
    assert len(xml) > peak // 2 > 0
    assert peak < 4_000_000


def test_a_fault_in_the_last_row_is_told() -> None:
    rows = [{"navn": "x"}] * 9_999 + [{"navn": "a\x00b"}]
    with pytest.raises(DocgenError) as raised:
        WordTemplate(LONG).render({"aktiver": rows})
    assert [fault.code for fault in raised.value.diagnostics] == ["DG455"]


@pytest.mark.parametrize("name", ["zlib", "isal"])
def test_whatever_packs_the_text_is_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name == "isal":
        pytest.importorskip("isal")
        package.deflating.cache_clear()
    else:
        monkeypatch.setattr(package, "deflating", lambda: package.ZLIB)
    made = WordTemplate(LONG).render({"aktiver": [{"navn": "Å & B"}] * 3_000}).to_bytes()
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert archive.read("word/document.xml").count("Å &amp; B".encode()) == 3_000
