"""What a loop repeats has numbers and names of its own, and a list within a round begins anew."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from docgen.word import WordTemplate
from tests.unit.word.build import W, body_of, docx, lines, p, part, r, render, tbl, tc, tr

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def bookmark(number: int, name: str, inside: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


def code(text: str) -> str:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    middle = f'<w:r><w:instrText xml:space="preserve"> {text} </w:instrText></w:r>{char.format("separate")}{r("1")}'
    return f"{char.format('begin')}{middle}{char.format('end')}"


DRAWING = f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}"><wp:docPr id="7" name="x"/></wp:inline></w:drawing></w:r>'
NOTED = '<w:r><w:commentReference w:id="4"/></w:r>'
COMMENT = f'<w:commentRangeStart w:id="4"/>{r("{{ x }}")}<w:commentRangeEnd w:id="4"/>{NOTED}'
INSERTED = f'<w:ins w:id="9" w:author="x">{r("ny")}</w:ins>'
PERMITTED = f'<w:permStart w:id="5" w:edGrp="everyone"/>{r("må rettes")}<w:permEnd w:id="5"/>'
CONTROL = f'<w:sdt><w:sdtPr><w:id w:val="11"/></w:sdtPr><w:sdtContent>{r("{{ x }}")}</w:sdtContent></w:sdt>'
PIECES = {
    "drawing": DRAWING,
    "comment": COMMENT,
    "bookmark": bookmark(3, "mærke", r("{{ x }}")),
    "other bookmark": bookmark(6, "mærke_2", r("fast")),
    "inserted": INSERTED,
    "permitted": PERMITTED,
    "control": CONTROL,
}


def attributes(body: etree._Element, tag: str, name: str) -> list[str]:
    return [one.get(name, "") for one in body.iter(tag)]


@given(
    st.lists(st.sampled_from(sorted(PIECES)), unique=True, min_size=1),
    st.lists(st.integers(0, 9), max_size=4),
    st.sampled_from(["loop", "rows", "loop in a loop", "macro"]),
    st.booleans(),
    st.booleans(),
)
def test_everything_repeated_is_unique(
    kinds: list[str], values: list[int], shape: str, before: bool, beside: bool
) -> None:
    piece = "".join(PIECES[kind] for kind in kinds)
    piece += r("-") * beside
    line = f'<w:p xmlns:w14="{W14}" w14:paraId="00000001" w14:textId="77777777">{piece}</w:p>'
    outer, inner, ends = p("{% for y in xs %}"), p("{% for x in xs %}"), p("{% endfor %}") * 2
    repeated = {
        "loop": p("{% for x in xs %}") + line + p("{% endfor %}"),
        "rows": tbl(tr("{%tr for x in xs %}"), tr(tc(line)), tr("{%tr endfor %}")),
        "loop in a loop": outer + inner + line + ends,
        "macro": p("{% macro m(x) %}") + line + p("{% endmacro %}") + p("{{ m(1) }}") + p("{{ m(2) }}"),
    }[shape]
    first = p(bookmark(1, "mærke_3", r("før")), DRAWING.replace('"7"', '"1"')) if before else ""
    body = render(first + repeated, {"xs": values})
    for tag, name in (
        (w("bookmarkStart"), w("id")),
        (w("bookmarkStart"), w("name")),
        (w("bookmarkEnd"), w("id")),
        (w("commentReference"), w("id")),
        (w("commentRangeStart"), w("id")),
        (w("commentRangeEnd"), w("id")),
        (f"{{{WP}}}docPr", "id"),
        (w("ins"), w("id")),
        (w("permStart"), w("id")),
    ):
        found = attributes(body, tag, name)
        assert len(set(found)) == len(found), (tag, found)
    assert attributes(body, w("bookmarkStart"), w("id")) == attributes(body, w("bookmarkEnd"), w("id"))
    assert attributes(body, w("permStart"), w("id")) == attributes(body, w("permEnd"), w("id"))
    assert not attributes(body, w("id"), w("val"))
    assert not [one for one in body.iter(w("p")) if one.get(f"{{{W14}}}paraId")]


def test_what_refers_to_a_bookmark_follows_it_round_by_round() -> None:
    link = f'<w:hyperlink w:anchor="mål">{r("her")}</w:hyperlink>'
    body = render(
        p("{% for x in xs %}")
        + p(code("REF mål \\h"), " før")
        + p(bookmark(3, "mål", r("{{ x }}")))
        + p(code("PAGEREF mål \\h"), '<w:fldSimple w:instr=" REF mål "/>', link)
        + p("{% endfor %}"),
        {"xs": [1, 2, 3]},
    )
    names = ["mål", "mål_2", "mål_3"]
    assert attributes(body, w("bookmarkStart"), w("name")) == names
    assert attributes(body, w("hyperlink"), w("anchor")) == names
    codes = [re.findall(r"m\w+", one.text or "") for one in body.iter(w("instrText"))]
    assert [found[0] for found in codes] == [name for name in names for _ in range(2)]
    assert [one.split()[1] for one in attributes(body, w("fldSimple"), w("instr"))] == names


def test_names_stay_short_and_unique_beside_those_of_the_file() -> None:
    long = "m" * 40
    body = render(
        p(bookmark(1, "a_2", r("x")))
        + p("{% for x in [1, 2] %}")
        + p(bookmark(2, "a", r("x")), bookmark(3, long, r("y")))
        + p("{% endfor %}")
    )
    names = attributes(body, w("bookmarkStart"), w("name"))
    assert len(set(names)) == 5
    assert max(map(len, names)) == 40


# --- lists

NUMBERING = part(
    "numbering",
    "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        for n in (0, 1)
    )
    + "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (0, 1)),
)


def item(text: str, number: int = 1) -> str:
    return p(text, inside=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')


def lists(body: str, context: dict[str, Any]) -> list[str]:
    """The lines of a document, those of a list with its number before."""
    document = WordTemplate(docx(body, {"numbering": NUMBERING})).render(context)
    made = body_of(document)
    known = re.findall(rb'<w:num w:numId="(\d+)"', document.package.data("word/numbering.xml"))
    found = []
    for paragraph in made.iter(w("p")):
        number = paragraph.find(f".//{w('numId')}")
        name = "" if number is None else number.get(w("val"), "")
        assert not name or name.encode() in known
        found.append(f"{name}:{lines(paragraph)[0]}" if name else lines(paragraph)[0])
    return found


def test_the_list_of_a_round_begins_anew() -> None:
    body = p("{% for x in xs %}") + p("Til {{ x }}") + item("a") + item("b") + p("{% endfor %}")
    assert lists(body, {"xs": "AB"}) == ["Til A", "1:a", "1:b", "Til B", "3:a", "3:b"]


def test_a_list_of_a_loop_in_a_loop_begins_anew() -> None:
    inner = p("{% for y in ys %}") + item("{{ y }}") + p("{% endfor %}")
    body = p("{% for x in xs %}") + p("Til {{ x }}") + inner + p("{% endfor %}") + item("c", 2)
    assert lists(body, {"xs": "AB", "ys": [1, 2]}) == ["Til A", "1:1", "1:2", "Til B", "3:1", "3:2", "2:c"]


def test_a_list_that_the_loop_makes_goes_on() -> None:
    assert lists(p("{% for x in xs %}") + item("{{ x }}") + p("{% endfor %}"), {"xs": "AB"}) == ["1:A", "1:B"]
    headed = p("{% for x in xs %}") + item("{{ x }}") + p("tekst") + p("{% endfor %}")
    assert lists(headed, {"xs": "AB"}) == ["1:A", "tekst", "1:B", "tekst"]
    one = p("{% for x in xs %}") + p("Sag") + item("{{ x }}") + p("{% endfor %}")
    assert lists(one, {"xs": "AB"}) == ["Sag", "1:A", "Sag", "1:B"]


def test_a_list_that_goes_beyond_the_loop_goes_on() -> None:
    body = p("{% for x in xs %}") + p("Til") + item("a") + item("b") + p("{% endfor %}") + item("c")
    assert lists(body, {"xs": "AB"})[-1] == "1:c"
    assert lists(body, {"xs": "AB"})[4] == "1:a"
