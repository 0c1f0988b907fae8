"""Whatever a template looks like, it gives a valid document or a fault with a place; never a broken file."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from docgen import catalog
from docgen.danish.values import Markdown
from docgen.diagnostics import DocgenError
from docgen.word import WordTemplate

from .build import body_of, docx, p, r, tbl, tc, tr

DATA = {
    "t": True,
    "f": False,
    "l": [1, 2],
    "ingen": [],
    "x": "<&>",
    "md": Markdown("- a\n\n| b |\n|---|\n| c |"),
    "tom": Markdown(""),
}
VALUES = ("a", " ", "{{ x }}", "{{ md }}", "{{ tom }}", "{# n #}", "{% set q = 1 %}")
OPENERS = (
    "{% if t %}",
    "{% if f %}",
    "{% for i in l %}",
    "{% for i in ingen %}",
    "{%p if f %}",
    "{%tr for i in ingen %}",
)
ENDS = {"if": "{% endif %}", "for": "{% endfor %}"}


def sdt(inside: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


@st.composite
def balanced(draw: st.DrawFn, depth: int = 2) -> list[str]:
    """Tags in an order that Jinja would take."""
    found: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        if depth and draw(st.booleans()):
            opener = draw(st.sampled_from(OPENERS))
            middle = ["{% else %}"] if draw(st.booleans()) else []
            inner = draw(balanced(depth - 1))
            found += [opener, *inner, *middle, *(draw(balanced(0)) if middle else []), ENDS[opener.split()[1]]]
        else:
            found.append(draw(st.sampled_from(VALUES)))
    return found


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """The tags of a template, spread over paragraphs, links, cells and rows."""
    tags = draw(balanced())
    paragraphs: list[str] = []
    while tags:
        count = draw(st.integers(1, 3))
        texts, tags = tags[:count], tags[count:]
        if draw(st.integers(0, 9)) == 0:
            texts[0] = f"<w:hyperlink>{r(texts[0])}</w:hyperlink>"
        paragraphs.append(p(*texts))
    blocks: list[str] = []
    while paragraphs:
        count = draw(st.integers(1, 4))
        taken, paragraphs = paragraphs[:count], paragraphs[count:]
        match draw(st.sampled_from("pppcrnstu")):
            case "p":
                blocks += taken
            case "c":
                blocks.append(tbl(tr(*(tc(one) for one in taken))))
            case "s":
                blocks.append(sdt("".join(taken)))
            case "t":
                blocks.append(tbl(sdt("".join(tr(tc(one), "y") for one in taken))))
            case "u":
                blocks.append(tbl(tr(sdt("".join(tc(one) for one in taken)))))
            case "r":
                blocks.append(tbl(*(tr(tc(one), "y") for one in taken)))
            case _:
                blocks.append(tbl(tr(tc(*taken, tbl(tr(tc(taken[-1]))), p("z")))))
    return "".join(blocks)


@given(bodies())
@settings(max_examples=400, deadline=None)
def test_any_template_is_valid_or_has_faults_with_places(body: str) -> None:
    try:
        document = WordTemplate(docx(body), name="s.docx").render(DATA)
    except DocgenError as fault:
        assert fault.diagnostics
        for one in fault.diagnostics:
            assert "s.docx, " in catalog.as_text(one)
    else:
        body_of(document)
