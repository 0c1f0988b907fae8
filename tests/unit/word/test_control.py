"""Control tags: lines that vanish, rows and cells that repeat, blocks that must begin and end at one level."""

from __future__ import annotations

import pytest
from lxml import etree

from .build import W, faults, lines, p, part, r, render, rows, tbl, tc, tr

DATA = {
    "sand": True,
    "falsk": False,
    "liste": ["a", "b"],
    "ingen": [],
    "tom": None,
    "aktiver": [{"navn": "Hus & have", "pris": 5}, {"navn": "Bil", "pris": 7}],
}
SECTION = '<w:sectPr><w:pgSz w:w="1" w:h="2"/></w:sectPr>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("a") + p("{% if falsk %}") + p("b") + p("{% endif %}") + p("c"), ["a", "c"]),
        (p("{% if sand %}") + p("b") + p("{% else %}") + p("c") + p("{% endif %}"), ["b"]),
        (p("{% for x in liste %}") + p("{{ x }}") + p("{% endfor %}"), ["a", "b"]),
        (p("{% for x in tom %}") + p("{{ x }}") + p("{% else %}") + p("ingen") + p("{% endfor %}"), ["ingen"]),
        (p("{% for x in liste %}{% if x == 'b' %}") + p("{{ x }}") + p("{% endif %}{% endfor %}"), ["b"]),
        (p("  {% if falsk %}\u00a0", "<w:r><w:tab/></w:r>") + p("b") + p("{% endif %}") + p("c"), ["c"]),
        (p("{# note #}") + p("a{# note #}b"), ["ab"]),
        (p("{% set x = 2 %}") + p("{{ x }}"), ["2"]),
        # text beside a control tag is kept
        (p("a{% if falsk %}b{% endif %}c"), ["ac"]),
        (p("a{% if sand %}b") + p("c{% endif %}d"), ["ab", "cd"]),
        (p("a{% if falsk %}b") + p("c{% endif %}d"), ["ad"]),
        # one end in a line of its own, the other beside text
        (p("{% if falsk %}a") + p("b") + p("{% endif %}") + p("c"), ["c"]),
        (p("{% for x in liste %}") + p("{{ x }}{% endfor %}"), ["a", "b"]),
        (p("a{% if sand %}b") + p("{% endif %}") + p("c"), ["ab", "", "c"]),
        (p("a{% if falsk %}b") + p("{% endif %}") + p("c"), ["a", "c"]),
        (
            p("{% if sand %}{% for x in liste %}")
            + p("{{ x }}")
            + p("{% endfor %}{% else %}{% if sand %}")
            + p("x")
            + p("{% endif %}{% endif %}"),
            ["a", "b"],
        ),
        # docxtpl's prefixes
        (p("{%p if falsk %}") + p("b") + p("{%p endif %}") + p("c"), ["c"]),
        (p("{%p if falsk %}b{%p endif %}") + p("c"), ["c"]),
        (p("{%p if falsk %} b") + p("{%p endif %}") + p("c"), ["c"]),
        (p("a {%p if falsk %}") + p("b") + p("{%p endif %}c"), ["a ", "c"]),
        (p("a{%r if falsk %}b{%r endif %}c {{r 'x' }}"), ["ac x"]),
        (p("{{p 'x' }}"), ["x"]),
        (p("{#p note #}") + p("a"), ["a"]),
        # links and content controls
        (p("a", f"<w:hyperlink>{r('{% if falsk %}b')}</w:hyperlink>", "{% endif %}c"), ["ac"]),
        (p("a", f"<w:hyperlink>{r('b{% if falsk %}')}</w:hyperlink>", "c{% endif %}d"), ["abd"]),
        (f"<w:sdt><w:sdtContent>{p('{% if falsk %}')}{p('a')}{p('{% endif %}')}{p('b')}</w:sdtContent></w:sdt>", ["b"]),
        (p(f"<w:ins w:id='1'>{r('{% if falsk %}')}</w:ins>") + p("a") + p("{% endif %}") + p("b"), ["b"]),
        (
            p("{% if falsk %}") + f"<w:sdt><w:sdtContent>{p('a')}{p('{% endif %}')}</w:sdtContent></w:sdt>" + p("b"),
            ["b"],
        ),
    ],
)
def test_paragraphs(body: str, expected: list[str]) -> None:
    assert lines(render(body, DATA)) == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            tbl(tr("Navn"), tr("{% for a in aktiver %}"), tr("{{ a.navn }}"), tr("{% endfor %}")),
            [["Navn"], ["Hus & have"], ["Bil"]],
        ),
        (
            tbl(tr("{%tr for a in aktiver %}", ""), tr("{{ a.navn }}", "{{ a.pris }}"), tr("{%tr endfor %}", "")),
            [["Hus & have", "5"], ["Bil", "7"]],
        ),
        (
            tbl(tr("{%tr for a in aktiver %}{{ a.navn }}", "{{ a.pris }}{%tr endfor %}")),
            [["Hus & have", "5"], ["Bil", "7"]],
        ),
        # a block from the very start of a row to its very end takes the whole row
        (
            tbl(tr("{% for a in aktiver %}{{ a.navn }}", "{{ a.pris }}{% endfor %}")),
            [["Hus & have", "5"], ["Bil", "7"]],
        ),
        (
            tbl(tr("{% for a in aktiver %}{% if a.pris > 5 %}{{ a.navn }}", "x{% endif %}{% endfor %}"), tr("y", "z")),
            [["Bil", "x"], ["y", "z"]],
        ),
        (
            tbl(tr(tc(p("{% for a in aktiver %}"), p("{{ a.navn }}")), tc(p("{{ a.pris }}"), p("{% endfor %}")), "")),
            [["Hus & have", "5", ""], ["Bil", "7", ""]],
        ),
        (tbl(tr("{% if falsk %}a", "b{% endif %}"), tr("c", "d")), [["c", "d"]]),
        (
            tbl(tr("{%tr for a in aktiver %}{{ a.navn }}", "{{ a.pris }}{% endfor %}")),
            [["Hus & have", "5"], ["Bil", "7"]],
        ),
        (
            tbl(tr("{% for a in aktiver %}{{ a.navn }}", "x"), tr("y", "{{ a.pris }}{% endfor %}")),
            [["Hus & have", "x"], ["y", "5"], ["Bil", "x"], ["y", "7"]],
        ),
        (
            tbl(
                tr(
                    f"<w:sdt><w:sdtContent>{tc('{% for a in aktiver %}{{ a.navn }}')}</w:sdtContent></w:sdt>",
                    "{{ a.pris }}{% endfor %}",
                )
            ),
            [["Hus & have", "5"], ["Bil", "7"]],
        ),
        (
            tbl(tr("{%tc for a in aktiver %}{{ a.navn }}", "{{ a.pris }}{% endfor %}")),
            [["Hus & have", "5", "Bil", "7"]],
        ),
        (
            tbl(tr("{%tc for a in aktiver %}", "{{ a.navn }}", "{%tc endfor %}", "i alt")),
            [["Hus & have", "Bil", "i alt"]],
        ),
        (tbl(tr("{%tc for a in aktiver %}{{ a.navn }}{%tc endfor %}")), [["Hus & have", "Bil"]]),
        (
            tbl(
                tr("{% for a in aktiver %}", "", ""),
                tr("{{ loop.index }}", "{% for x in liste %}{{ x }}{% endfor %}", ""),
                tr("{% endfor %}", "", ""),
            ),
            [["1", "ab", ""], ["2", "ab", ""]],
        ),
        (
            tbl(
                tr("x"),
                tr(
                    tc(
                        p("{% for x in liste %}"),
                        tbl(tr("{% for a in aktiver %}"), tr("{{ x }}{{ a.pris }}"), tr("{% endfor %}")),
                        p("{% endfor %}"),
                    )
                ),
            ),
            [["x"], ["a5a7b5b7", "a5", "a7", "b5", "b7"], ["a5"], ["a7"], ["b5"], ["b7"]],
        ),
    ],
)
def test_rows_and_cells(table: str, expected: list[list[str]]) -> None:
    assert rows(render(table, DATA)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (tbl(tr(tc(p("{% if falsk %}"), p("a"), p("{% endif %}")), "b")), [["", "b"]]),
        (tbl(tr(tc(p("{# note #}")), "b")), [["", "b"]]),
        (tbl(tr("{% for x in ingen %}"), tr("{{ x }}"), tr("{% endfor %}")), []),
        (tbl(tr(tc(tbl(tr("{% for x in ingen %}"), tr("{{ x }}"), tr("{% endfor %}")), p("{# note #}")))), [[""]]),
        (tbl(tr("{%tc for x in ingen %}", "{{ x }}", "{%tc endfor %}")), []),
        (tbl(tr(tc(p("{% if sand %}"), tbl(tr("x")), p("{% endif %}")))), [["x", "x"], ["x"]]),
    ],
)
def test_what_is_left_is_valid(body: str, expected: list[list[str]]) -> None:
    assert rows(render(body + p("slut"), DATA)) == expected


def test_an_empty_cell_keeps_the_look_of_its_paragraph() -> None:
    cell = tc(p("{% if falsk %}", style="Tabeltal"), p("a", style="Tabeltal"), p("{% endif %}", style="Tabeltal"))
    (style,) = render(tbl(tr(cell)), DATA).iter(f"{{{W}}}pStyle")
    assert style.get(f"{{{W}}}val") == "Tabeltal"


def test_a_header_keeps_a_paragraph() -> None:
    from docgen.word import WordTemplate

    from .build import docx, unpack

    header = part("hdr", p("{% if falsk %}") + p("x") + p("{% endif %}"))
    files = unpack(WordTemplate(docx(p("a"), {"header1": header})).render(DATA).to_bytes())
    assert lines(etree.fromstring(files["word/header1.xml"])) == [""]


@pytest.mark.parametrize(
    "body",
    [
        p("{% if falsk %}", inside=SECTION) + p("a") + p("{% endif %}") + p("b"),
        p("{% if falsk %}") + p("a") + p("{% endif %}", inside=SECTION) + p("b"),
        p("{% if falsk %}") + p("a") + p("{% endif %}{% if falsk %}", inside=SECTION) + p("b") + p("{% endif %}"),
        p("{% for x in liste %}") + p("a") + p("{% endfor %}", inside=SECTION) + p("b"),
    ],
)
def test_a_section_break_is_never_lost_nor_doubled(body: str) -> None:
    assert len(list(render(body, DATA).iter(f"{{{W}}}sectPr"))) == 1


def test_a_block_value_leaves_the_section_break() -> None:
    from docgen.danish.values import Markdown

    body = render(p("{{ tekst }}", inside=SECTION), {"tekst": Markdown("a\n\nb")})
    assert lines(body) == ["a", "b", ""]
    assert len(list(body.iter(f"{{{W}}}sectPr"))) == 1


def test_bookmarks_of_a_vanished_line_stay_paired() -> None:
    line = p('<w:bookmarkStart w:id="3" w:name="b"/>', "{% if sand %}", '<w:bookmarkEnd w:id="3"/>')
    body = render(line + p("a") + p("{% endif %}"), DATA)
    assert len(list(body.iter(f"{{{W}}}bookmarkStart"))) == len(list(body.iter(f"{{{W}}}bookmarkEnd"))) == 1


def test_bookmarks_and_drawings_in_a_loop_get_numbers_of_their_own() -> None:
    drawing = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x"/></wp:inline></w:drawing></w:r>'
    marked = p('<w:bookmarkStart w:id="7" w:name="b"/>', "{{ x }}", '<w:bookmarkEnd w:id="7"/>')
    paragraph = marked.replace("<w:p>", '<w:p w14:paraId="12345678">')
    body = render(p("{% for x in liste %}") + paragraph + p(drawing) + p("{% endfor %}"), DATA)
    starts = [mark.get(f"{{{W}}}id") for mark in body.iter(f"{{{W}}}bookmarkStart")]
    ends = [mark.get(f"{{{W}}}id") for mark in body.iter(f"{{{W}}}bookmarkEnd")]
    drawings = [one.get("id") for one in body.iter("{*}docPr")]
    assert starts == ends
    assert len(set(starts)) == len(set(drawings)) == 2
    assert "paraId" not in etree.tostring(body, encoding="unicode")


# --- faults -------------------------------------------------------------------------------------------------------


def test_every_fault_of_the_blocks_is_told() -> None:
    body = (
        p("Fakta", style="")
        + p("{% if a %}")
        + p("{% for x in b %}")
        + p("{% endif %}")
        + p("{% endfor %}")
        + p("{% else %}")
    )
    assert faults(body) == [
        "fejl DG432: {% for x in b %} er ikke afsluttet, før {% endif %} kommer\n"
        '  skabelon.docx, afsnit 3: "{% for x in b %}"\n  hjælp: skriv {% endfor %} før {% endif %}',
        "fejl DG431: {% endfor %} afslutter noget, der ikke er begyndt\n"
        '  skabelon.docx, afsnit 5: "{% endfor %}"\n  hjælp: slet koden, eller skriv {% for … %} før den',
        "fejl DG433: {% else %} står uden for {% if %}\n"
        '  skabelon.docx, afsnit 6: "{% else %}"\n  hjælp: skriv {% if … %} før koden, eller slet den',
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            p("{% if a %}x"),
            'DG430: {% if a %} bliver aldrig afsluttet\n  skabelon.docx, afsnit 1: "{% if a %}x"\n'
            "  hjælp: skriv {% endif %}, hvor det skal slutte",
        ),
        (p("{% if a %}{% else %}{% else %}{% endif %}"), "DG438: {% else %} kommer efter {% else %}"),
        (
            tbl(tr("{% if a %}x", "y{% endif %}z")),
            "DG434: {% if a %} og {% endif %} står i hver sin celle eller tabel\n"
            '  skabelon.docx, tabel 1, række 1, celle 1, afsnit 1: "{% if a %}x"',
        ),
        (
            p("x{% if a %}y") + tbl(tr("{% endif %}", "z")),
            "DG434: {% if a %} og {% endif %} står i hver sin celle eller tabel",
        ),
        (
            p("x{% if a %}y", f"<w:hyperlink>{r('z{% endif %}z')}</w:hyperlink>"),
            "DG435: {% if a %} og {% endif %} står ikke på samme niveau",
        ),
        (p("x {%p if a %} y") + p("{%p endif %}"), "DG436: {%p if a %} står midt i anden tekst"),
        (p("{%tr if a %}") + p("{% endif %}"), "DG437: {%tr if a %} står ikke i en tabel"),
        (p("{{ }}"), "DG425: koden {{ }} er tom"),
        (
            p("{% fi x %}"),
            'DG427: ordet "fi" er ikke en kode\n  skabelon.docx, afsnit 1: "{% fi x %}"\n  hjælp: mente du "if"?',
        ),
        (p("{% hvis x %}"), 'DG426: ordet "hvis" er ikke en kode'),
        (p("{{ a b }}"), "DG422: koden {{ a b }} kan ikke forstås"),
        (
            p("{{ a | dota }}"),
            'DG441: filteret "dota" findes ikke\n  skabelon.docx, afsnit 1: "{{ a | dota }}"\n'
            '  hjælp: mente du "dato"?',
        ),
        (p("{{ a | xyzzy }}"), 'DG440: filteret "xyzzy" findes ikke'),
        (p("{{ a is defnied }}"), 'DG443: testen "defnied" findes ikke'),
        (p("{{ a is xyzzy }}"), 'DG442: testen "xyzzy" findes ikke'),
        (p("{% include 'x' %}"), "DG444: {% include 'x' %} kan ikke bruges i en Word-skabelon"),
        (p("{% raw %} {{ x"), "DG421: {% raw %} mangler {% endraw %}"),
    ],
)
def test_a_planted_fault_is_found(body: str, expected: str) -> None:
    found = faults(body, {"a": 1, "x": 1})
    assert len(found) == 1, found
    assert found[0].removeprefix("fejl ").startswith(expected)


@pytest.mark.parametrize(
    "cells",
    [
        ("{% for a in b %}x", "y{% endfor %}z"),
        ("x{% for a in b %}", "y{% endfor %}"),
        ("{% for a in b %}x", "y{% endfor %}", "z"),
        ("z", "{% for a in b %}x", "y{% endfor %}"),
        ("{% for a in b %}", "x", "y{% else %}", "z{% endfor %}"),
        ("{% for a in b %}", "x", "{% endfor %}"),  # a row or a column?
    ],
)
def test_a_block_from_cell_to_cell_takes_a_whole_row_or_is_a_fault(cells: tuple[str, ...]) -> None:
    (found,) = faults(tbl(tr(*cells)), {"b": [1]})
    assert found.startswith("fejl DG434: {% for a in b %} og {% endfor %} står i hver sin celle eller tabel")
    assert "skabelon.docx, tabel 1, række 1, celle " in found
    assert "{%tr" in found


def test_blocks_may_not_be_nested_without_end() -> None:
    deep = p("{% for a in [1] %}" * 15 + "x" + "{% endfor %}" * 15)
    assert lines(render(deep, {})) == ["x"]
    found = faults(p("{% for a in [1] %}" * 16 + "x" + "{% endfor %}" * 16))
    assert [one.split("\n")[0] for one in found] == [
        "fejl DG446: {% for a in [1] %} står inden i for mange andre koder"
    ]
    assert faults(p("{{ " + "(" * 900 + "1" + ")" * 900 + " }}"))[0].startswith("fejl DG422")


def test_faults_in_all_parts_are_told_in_one_run() -> None:
    header = part("hdr", p("{{ a b }}"))
    assert [one.split(":")[0] for one in faults(p("{% if x %}"), header1=header)] == ["fejl DG430", "fejl DG422"]


def test_the_place_names_the_heading_above() -> None:
    styles = part("styles", '<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/></w:style>')
    body = p("1. ", "Økonomi", style="Overskrift1") + tbl(tr("x", "y"), tr("x", tc(p("x"), p("y {{ a b }}"))))
    (found,) = faults(body, styles=styles)
    assert found.split("\n")[1] == (
        '  skabelon.docx, under “1. Økonomi”, tabel 1, række 2, celle 2, afsnit 2: "y {{ a b }}"'
    )


def test_tags_lifted_to_the_same_place_keep_their_order() -> None:
    row = tr("{% if sand %}a", "b", tc(p("{% else %}", "{% endif %}")))
    body = tbl(row)
    assert lines(render(body, {"sand": True})) == ["a", "b", ""]
