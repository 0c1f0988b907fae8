"""Templates made for docxtpl come out of docgen as they come out of docxtpl."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import catalog
from docgen.diagnostics import DocgenError
from docgen.word import WordTemplate
from tests.gates import integrity_findings, open_xml_findings
from tests.unit.word.build import W, docx, faults, lines, p, part, r, render, rows, tbl, tc, tr
from tests.unit.word.docxtpl_peer import STYLES, both

DATA: dict[str, Any] = {
    "by": True,
    "navn": "Ærø & Øst",
    "antal": 3,
    "navne": ["a", "b", "c"],
    "rækker": [
        {"navn": "r1", "farve": "FF0000", "tal": [1, 2, 3]},
        {"navn": "r2", "farve": "00FF00", "tal": [4, 5, 6]},
    ],
    "tomt": [],
    "linjer": "en\nto\ttre",
}


def grid(columns: int, *rows_: str) -> str:
    """A table whose grid has `columns` columns of 1000 twips."""
    column = '<w:gridCol w:w="1000"/>'
    return tbl(*rows_).replace("<w:tblGrid/>", f"<w:tblGrid>{column * columns}</w:tblGrid>")


HOUSE = (
    p("Mit hus ligger")
    + p("{%- if by -%}")
    + p(" i byen")
    + p("{%- else -%}")
    + p(" på landet")
    + p("{%- endif -%}")
    + p(" og er rødt.")
    + p("Næste afsnit")
)
ALIAS = '<w:sdtPr><w:alias w:val="navn"/></w:sdtPr>'
HEAD = ("{%tc for n in navne %}", "{{ n }}", "{%tc endfor %}")
BODIES = {
    "joined paragraphs": HOUSE,
    "joined with the one before": p("A") + p("{%- if by %} B{% endif %}") + p("C"),
    "joined with the one after": p("A {% if by -%}") + p("B") + p("{%- endif %} C"),
    "joined over an empty one": p("A") + p() + p("{%- if by %} B{% endif %}"),
    "hyphens of values": p("A {{- antal }} B {{ antal -}} ", "C"),
    "hyphen at the start of the document": p("{%- if by %}A{%- endif %}"),
    "values": p("{{ navn }} {{navn|upper}} {{ antal + 1 }} {{ navne | join(', ') }} {{ linjer }}"),
    "values over runs": p(r("{", "<w:b/>"), "{ na", r("vn }", "<w:i/>"), "} x"),
    "prefix p": p("x") + p("{%p if by %}") + p("A") + p("{%p else %}") + p("B") + p("{%p endif %}") + p("y"),
    "prefix r": p("x", "{%r if by %}", "y", "{%r endif %}", "z"),
    "prefix tr": grid(1, tr("{%tr for n in navne %}"), tr("{{ n }}"), tr("{%tr endfor %}")),
    "prefix tc": grid(3, tr("a", "b", "c"), tr(*HEAD)),
    "comments": p("{#p et afsnit #}") + p("A {# intet #}B") + grid(1, tr("{#tr væk #}"), tr("x")),
    "comment for a cell": grid(2, tr("{#tc væk #}", "x"), tr("y")),
    "rows and columns": grid(
        2,
        tr("{%tr for x in rækker %}"),
        tr("{{ x.navn }}", "{%tc for y in x.tal %}", "{{ y }}", "{%tc endfor %}"),
        tr("{%tr endfor %}"),
    ),
    "fewer columns than the template": grid(5, tr("{%tc for n in navne[:2] %}", "{{ n }}", "{%tc endfor %}")),
    "more columns than the template": grid(1, tr(*HEAD)),
    "colspan": grid(2, tr(*HEAD), tr("{% colspan navne|length %}I alt {{ antal }}")),
    "colspan alone in a cell": grid(2, tr(*HEAD), tr("{% colspan navne|length %}")),
    "colspan over a cell that has one": grid(
        2,
        tr(*HEAD),
        tr(tc("{% colspan navne|length %}x").replace("</w:tcPr>", '<w:gridSpan w:val="2"/></w:tcPr>')),
    ),
    "cellbg": grid(
        2,
        tr("{%tr for x in rækker %}", ""),
        tr("{% cellbg x.farve %}{{ x.navn }}", "{% cellbg 'FFFF00' %}fast"),
        tr("{%tr endfor %}", ""),
    ),
    "hm": grid(2, tr("{%tc for n in navne %}", "{% hm %}Titel", "{%tc endfor %}"), tr(*HEAD)),
    "hm over a cell that spans": grid(
        4,
        tr(
            "{%tc for n in navne %}",
            tc("{% hm %}Titel").replace("</w:tcPr>", '<w:gridSpan w:val="2"/></w:tcPr>'),
            "{%tc endfor %}",
        ),
        tr("a", "b", "c", "d", "e", "f"),
    ),
    "vm": grid(2, tr("{%tr for x in rækker %}", ""), tr("{% vm %}Fælles", "{{ x.navn }}"), tr("{%tr endfor %}", "")),
    "escapes": p("{_{ navn }_} {_% if by %_} {{ antal }}"),
    "escapes without tags": p("{_{ navn }_}"),
    "raw": p("{% raw %}{{ navn }} {% if %}{% endraw %}!"),
    "set": p("{% set y = 5 %}{{ y }}"),
    "macro": p("{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m(3) }}{{ m(navn) }}"),
    "with": p("{% with a = 1 %}{{ a }}{% endwith %}"),
    "namespace": p("{% set n = namespace(i=0) %}{% for a in navne %}{% set n.i = n.i + 1 %}{% endfor %}{{ n.i }}"),
    "loop": p("{% for a in navne %}{{ loop.index }}{{ a }}{% if not loop.last %}, {% endif %}{% endfor %}"),
    "loop with else": p("{% for a in tomt %}{{ a }}{% else %}intet{% endfor %}"),
    "loop over a mapping": p(
        "{% for k, v in rækker[0].items() %}{{ k }}={% if k != 'tal' %}{{ v }}{% endif %};{% endfor %}"
    ),
    "loop with a filter": p("{% for a in navne if a != 'b' %}{{ a }}{% endfor %}"),
    "a block over paragraphs": p("A {% for a in navne %}{{ a }}") + p("og {% endfor %}B"),
    "nested tables": grid(
        1,
        tr("{%tr for x in rækker %}"),
        tr(
            tc(p("{{ x.navn }}"), grid(1, tr("{%tr for y in x.tal %}"), tr("{{ y }}"), tr("{%tr endfor %}")), p("slut"))
        ),
        tr("{%tr endfor %}"),
    ),
    "a content control": f"<w:sdt>{ALIAS}<w:sdtContent>{p('{{ navn }}')}</w:sdtContent></w:sdt>",
}


@pytest.mark.parametrize("name", BODIES)
def test_the_document_is_docxtpls(name: str) -> None:
    theirs, ours = both(BODIES[name], DATA)
    assert ours == theirs


def test_headers_footers_and_footnotes_are_docxtpls() -> None:
    parts = {
        "header1": part("hdr", p("{{ navn }}") + p("{%p if by %}") + p("x") + p("{%p endif %}")),
        "footer1": part("ftr", grid(3, tr(*HEAD)) + p("slut")),
        "footnotes": part("footnotes", f'<w:footnote w:id="1">{p("{{ antal }}")}</w:footnote>'),
    }
    theirs, ours = both(p("x") + "<w:sectPr/>", DATA, **parts)
    assert ours == theirs
    assert len(ours) > 10


@given(st.booleans(), st.booleans(), st.lists(st.sampled_from("abcæ"), max_size=4))
def test_joined_paragraphs_keep_their_order(first: bool, second: bool, names: list[str]) -> None:
    body = (
        p("1")
        + p("{%- if a -%}")
        + p(" 2 {% for n in navne %}{{ n }}{% endfor %}")
        + p("{%- elif b -%}")
        + p(" 3")
        + p("{%- endif -%}")
        + p(" 4")
        + p("5")
    )
    theirs, ours = both(body, {"a": first, "b": second, "navne": names})
    assert ours == theirs


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=6), min_size=1, max_size=4),
    st.integers(1, 8),
    st.integers(1, 5),
)
def test_the_grid_follows_the_widest_row(data: list[list[int]], columns: int, span: int) -> None:
    body = grid(
        columns,
        tr("{%tr for x in data %}"),
        tr("{%tc for y in x %}", "{{ y }}", "{%tc endfor %}"),
        tr("{%tr endfor %}"),
        tr("{% colspan bredde %}{{ bredde }}", "x"),
    )
    made = render(body, {"data": data, "bredde": span})
    widest = max(*map(len, data), span + 1)
    widths = [int(one.get(f"{{{W}}}w", "")) for one in made.iter(f"{{{W}}}gridCol")]
    assert len(widths) == widest
    assert 1000 * columns - widest <= sum(widths) <= 1000 * columns


# --- where docgen does otherwise, and docs/from-docxtpl.md says so


def test_a_lone_control_paragraph_vanishes() -> None:
    assert lines(render(p("{% if by %}") + p("A") + p("{% endif %}"), DATA)) == ["A"]


def test_text_beside_a_control_tag_is_kept() -> None:
    assert lines(render(p("A {%p if by %}") + p("B") + p("{%p endif %} C"), DATA)) == ["A ", "B", " C"]
    assert lines(render(p("før {%- if by %}A{% endif %}"), DATA)) == ["førA"]


def test_a_plain_value_with_the_prefix_for_rich_text_is_written() -> None:
    assert lines(render(p("A {{r navn }} B"), DATA)) == ["A Ærø & Øst B"]


def test_grids_in_footers_and_of_nested_tables_are_their_own() -> None:
    inner = grid(2, tr("{%tc for y in navne %}", "{{ y }}", "{%tc endfor %}"))
    made = render(grid(1, tr(tc(inner, p("slut")))), DATA)
    assert [len(one) for one in made.iter(f"{{{W}}}tblGrid")] == [1, 3]
    footer = WordTemplate(docx("", {"footer1": part("ftr", grid(1, tr(*HEAD)))})).render(DATA)
    assert footer.package.data("word/footer1.xml").count(b"<w:gridCol ") == 3


def test_nothing_is_joined_across_tables_sections_and_prefixed_tags() -> None:
    assert lines(render(grid(1, tr("x")) + p("{%- if by %}A{% endif %}"), DATA)) == ["x", "A"]
    ended = p("A", inside="<w:sectPr/>")
    assert lines(render(ended + p("{%- if by %}B{% endif %}"), DATA)) == ["A", "B"]
    prefixed = p("{%p if by %}") + p("{%- if by %}B{% endif %}") + p("{%p endif %}")
    assert lines(render(prefixed, DATA)) == ["B"]


def test_a_section_break_of_a_joined_paragraph_stays() -> None:
    made = render(p("A {% if by -%}") + p("B{% endif %}", inside="<w:sectPr/>") + p("C"), DATA)
    assert lines(made) == ["A B", "C"]
    assert len(list(made.iter(f"{{{W}}}sectPr"))) == 1


def test_a_cell_that_is_merged_downwards_repeats_nothing() -> None:
    cell = tc(p("{% vm %}Fælles"), p("{{ x.navn }}"))
    made = render(grid(1, tr("{%tr for x in rækker %}"), tr(cell), tr("{%tr endfor %}")), DATA)
    assert rows(made) == [["Fællesr1"], [""]]


def test_colours_with_a_hash_and_empty_ones() -> None:
    body = grid(1, *(tr("{% cellbg '" + colour + "' %}x") for colour in ("#0a0", "#FFD966", "", "auto")))
    fills = [one.get(f"{{{W}}}fill") for one in render(body).iter(f"{{{W}}}shd")]
    assert fills == ["00AA00", "FFD966", "auto", "auto"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("{% colspan 2 %}"), "DG447: {% colspan 2 %} står ikke i en tabel"),
        (grid(1, tr("{% vm %}x")), "DG448: {% vm %} står ikke i en løkke"),
        (grid(1, tr("{% colspan 1 %}{% colspan 2 %}x")), "DG449: cellen har allerede en kode som {% colspan 2 %}"),
        (grid(1, tr("{% colspan 'bred' %}x")), 'DG464: "bred" er ikke et antal kolonner'),
        (grid(1, tr("{% cellbg 'rød' %}x")), 'DG465: "rød" er ikke en farve'),
        (grid(1, tr("{% colspan %}x")), "DG425: koden {% colspan %} er tom"),
    ],
)
def test_a_wrong_tag_for_a_cell_is_told(body: str, expected: str) -> None:
    found = faults(body, DATA)
    assert len(found) == 1, found
    assert found[0].removeprefix("fejl ").startswith(expected)


def test_the_place_of_a_tag_for_a_cell_is_told() -> None:
    body = grid(2, tr("a", "b"), tr("c", "{% colspan mangler %}x"))
    with pytest.raises(DocgenError) as fault:
        WordTemplate(docx(body), name="t.docx").render({})
    assert "tabel 1, række 2, celle 2" in catalog.as_text(fault.value.diagnostics[0])


def test_a_block_in_a_sentence_is_told() -> None:
    found = faults(p("x {{ 'a' | markdown }} y"))
    assert "DG456: {{ 'a' | markdown }} består af hele afsnit" in found[0]


def test_a_row_whose_cell_has_a_look_of_its_own_stays() -> None:
    made = render(grid(2, tr("{% colspan 2 %}{# note #}"), tr("a", "b")), DATA)
    assert rows(made) == [[""], ["a", "b"]]


def test_all_of_it_is_valid(tmp_path: Path) -> None:
    tables = "".join(BODIES.values()).replace("<w:tblPr/>", '<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>')
    out = tmp_path / "ud.docx"
    WordTemplate(docx(tables + p("slut"), {"styles": STYLES})).render(DATA).save(out)
    assert integrity_findings(out) == []
    assert open_xml_findings(out) == []
