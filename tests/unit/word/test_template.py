"""A template renders: values as Danish text, block values, macros, faults of the data, numbering, links, properties."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import date
from decimal import Decimal
from pathlib import Path

import jinja2
import pytest
from lxml import etree

from docgen import catalog
from docgen.danish.values import Amount, Markdown, Month
from docgen.diagnostics import DocgenError
from docgen.word import Properties, WordTemplate
from docgen.word.running.session import Session
from docgen.word.running.writing import Block, Inline

from .build import R, W, body_of, docx, faults, lines, p, part, r, render, tbl, tc, text, tr, unpack

STYLES = part(
    "styles",
    "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in ("heading 1", "Body Text", "Tabeltekst", "Stykke")
    ),
)


def level(ilvl: int, format_: str, text_: str) -> str:
    return f'<w:lvl w:ilvl="{ilvl}"><w:numFmt w:val="{format_}"/><w:lvlText w:val="{text_}"/></w:lvl>'


def num(number: int, abstract: int) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'


def scheme(number: int, name: str, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}"><w:name w:val="{name}"/>{"".join(levels)}</w:abstractNum>'


TAL = scheme(4, "tal", level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"))
PARAGRAF = scheme(7, "paragraf", level(0, "decimal", "§ %1"))
NUMBERING = part("numbering", TAL + PARAGRAF + num(1, 4) + num(2, 7))


MD = Markdown("1. [a](https://a.dk)")


def told(template: WordTemplate, names: dict[str, object]) -> list[str]:
    with pytest.raises(DocgenError) as raised:
        template.render(names)
    return [catalog.as_text(one).removeprefix("fejl ").split("\n")[0] for one in raised.value.diagnostics]


# --- values -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("", ""),
        ("<w:p/> & \"x\" 'y' {{ z }}", "<w:p/> & \"x\" 'y' {{ z }}"),
        ("a\nb\r\nc\td", "a\nb\nc\td"),
        (3, "3"),
        (True, "ja"),
        (date(2024, 11, 15), "15.\u00a0november 2024"),
        (Month(2025, 5), "maj 2025"),
        (Amount(Decimal("1234.5")), "1.234,50\u00a0kr."),
        (["a", "b", "c"], "a, b og c"),
        (Markdown("  "), ""),
    ],
)
def test_values_print_as_danish_text(value: object, expected: str) -> None:
    assert lines(render(p("[{{ x }}]"), {"x": value})) == [f"[{expected}]"]


def test_markup_in_values_is_text_in_filters_and_joins_too() -> None:
    body = render(p("{{ x | upper }}{{ x ~ x }}{{ '<b>' }}{{ x | safe }}{{ [x] | join }}"), {"x": "<i>&"})
    assert lines(body) == ["<I>&<i>&<i>&<b><i>&<i>&"]


def test_a_tilde_joins_danish_values() -> None:
    assert lines(render(p("{{ d ~ '!' }}"), {"d": date(2026, 1, 3)})) == ["3.\u00a0januar 2026!"]


def test_macros_set_blocks_and_calls_keep_their_formatting() -> None:
    paragraph = p("afsnit {{ a }}{{ ' ' ~ caller() if caller is defined }}", style="Stykke")
    body = render(
        p("{% macro m(a) %}", r("[{{ a }}]", "<w:b/>"), "{% endmacro %}")
        + p("{% set s %}", r("{{ x }} ", "<w:i/>"), "{% endset %}")
        + p("{% macro para(a) %}")
        + paragraph
        + p("{% endmacro %}")
        + p("x{{ m(x) }}y{{ s }}z")
        + p("{{ para(x) }}"),
        {"x": "<&>"},
    )
    assert lines(body)[-2:] == ["x[<&>]y<&> z", "afsnit <&>"]
    assert [text(run) for run in body.iter(f"{{{W}}}r") if run.find(f".//{{{W}}}b") is not None] == ["[<&>]"]


class Mark(Inline):
    def to_xml(self, session: Session) -> str:
        return f'<w:hyperlink r:id="{session.add_hyperlink("https://a.dk")}">{r("link", "<w:u/>")}</w:hyperlink>'


class Table(Block):
    def to_xml(self, session: Session, variables: object) -> str:
        return tbl(tr(f"række {variables['x']}"))  # type: ignore[index]


def test_a_value_with_runs_of_its_own_stands_in_the_sentence() -> None:
    body = render(p(r("før {{ m }} efter", "<w:b/>")), {"m": Mark()})
    assert lines(body) == ["før link efter"]
    assert [[look.tag.split("}")[1] for look in run[0]] for run in body.iter(f"{{{W}}}r")] == [["b"], ["u"], ["b"]]


def test_a_block_value_sees_the_names_of_its_loop() -> None:
    body = render(p("{% for x in [1, 2] %}") + p("{{ t }}") + p("{% endfor %}") + p("slut"), {"t": Table()})
    assert lines(body) == ["række 1", "række 2", "slut"]


def test_markdown_replaces_its_paragraph() -> None:
    body = render(p("før") + p("{{ x }}", style="heading1") + p("efter"), {"x": Markdown("**a**\n\n- b\n- c")})
    assert lines(body) == ["før", "a", "b", "c", "efter"]


def test_markdown_in_a_cell_has_the_look_of_the_cell() -> None:
    cell = tc(p("{{ x }}", style="Tabeltekst"))
    body = render(tbl(tr(cell)) + p("{{ x }}"), {"x": Markdown("a\n\nb")}, styles=STYLES)
    assert [style.get(f"{{{W}}}val") for style in body.iter(f"{{{W}}}pStyle")] == ["Tabeltekst"] * 2 + ["BodyText"] * 2


def test_an_empty_block_value_leaves_a_valid_cell() -> None:
    assert lines(render(tbl(tr(tc(p("{{ x }}")))), {"x": Markdown("")})) == [""]


# --- faults -------------------------------------------------------------------------------------------------------


def test_every_fault_of_the_data_is_told_with_its_place() -> None:
    body = "".join(
        (
            p("Kære {{ nvan }} {{ gr.by }} {{ gr.x.y }}"),
            p("{% for a in liste %}"),
            tbl(tr("{{ a.pirs }}")),
            p("{% endfor %}"),
            p("{% if ukendt %}x{% endif %}{% for q in tal %}{% endfor %}"),
            p("{{ tal / 0 }} {{ tal + navn }} {{ gr }} {{ navn | dato }}"),
            p("{{ 'x\\x07' if tal }} {{ md }} her {{ range(10) | batch(2, 1, 2) }} {{ tal(1) }}"),
        )
    )
    data = {"navn": "Bo", "gr": {"byer": 1, "x": None}, "liste": [{"pris": 1}] * 3, "tal": 3, "md": Markdown("# a")}
    found = faults(body, data)
    assert [one.removeprefix("fejl ").split("\n")[0] for one in found] == [
        'DG451: "nvan" findes ikke',
        'DG451: "gr.by" findes ikke',
        'DG451: "a.pirs" findes ikke',
        'DG450: "ukendt" findes ikke',
        "DG452: værdierne passer ikke til {% for q in tal %}",
        "DG454: {{ tal / 0 }} dividerer med nul",
        "DG452: værdierne passer ikke til {{ tal + navn }}",
        "DG458: {{ gr }} er en gruppe af felter eller en liste af grupper og kan ikke skrives som tekst",
        'DG453: {{ navn | dato }} kan ikke skrives: "Bo" er ikke en dato',
        "DG455: teksten i {{ 'x\\x07' if tal }} indeholder et tegn, som Word ikke kan vise (U+0007)",
        "DG456: {{ md }} består af hele afsnit og kan ikke stå midt i en sætning",
        "DG452: værdierne passer ikke til {{ range(10) | batch(2, 1, 2) }}",
        "DG459: {{ tal(1) }} er ikke tilladt i en skabelon",
    ]
    assert found[0].endswith(
        'skabelon.docx, afsnit 1: "Kære {{ nvan }} {{ gr.by }} {{ gr.x.y }}"\n  hjælp: mente du "navn"?'
    )
    assert 'tabel 1, række 1, celle 1, afsnit 1: "{{ a.pirs }}"\n  hjælp: mente du "pris"?' in found[2]


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x1f", "\ud800", "\udfff", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_hold_is_told(char: str) -> None:
    template = WordTemplate(docx(p("{{ x }}") + p("{{ x }}{{ y }}")))
    code = f"U+{ord(char):04X}"
    assert (
        told(template, {"x": f"a{char}", "y": Markdown("")})
        == [f"DG455: teksten i {{{{ x }}}} indeholder et tegn, som Word ikke kan vise ({code})"] * 2
    )
    assert told(template, {"x": Markdown(f"a{char}"), "y": ""})[0].startswith("DG455")


def test_a_fault_outside_every_expression_has_a_place_too() -> None:
    template = WordTemplate(docx(p("x") + p("{% for a, b in x %}") + p("{{ a }}") + p("{% endfor %}")), name="s.docx")
    assert told(template, {"x": [1]}) == ["DG452: værdierne passer ikke til {% for a, b in x %}"]


def test_a_bug_is_no_fault_of_the_template() -> None:
    class Broken(Block):
        def to_xml(self, session: Session, variables: object) -> str:
            raise KeyError("en fejl i docgen")

    with pytest.raises(KeyError, match="en fejl i docgen"):
        render(p("{{ x }}"), {"x": Broken()})


def test_what_is_asked_of_an_empty_field_is_empty() -> None:
    loop = "{% for x in kommune.liste %}y{% endfor %}"
    body = p("[{{ kommune.navn }}{{ kommune.a.b }}]{% if kommune.navn %}x{% endif %}" + loop)
    assert lines(render(body, {"kommune": None})) == ["[]"]


def test_another_environment_may_be_lenient_and_bring_filters() -> None:
    environment = jinja2.Environment(autoescape=True, finalize=lambda value: f"!{value}")
    environment.filters["råb"] = lambda value: f"{value}!"
    template = WordTemplate(docx(p("[{{ findes_ikke }}{{ x | råb }}]")), environment=environment)
    assert lines(body_of(template.render({"x": "<"}))) == ["[<!]"]
    assert environment.undefined is jinja2.Undefined


# --- the file around the text -------------------------------------------------------------------------------------


def test_links_and_lists_of_a_render_do_not_collide() -> None:
    link = '<Relationship Id="docgen4" Type="x/hyperlink" Target="https://gammel.dk" TargetMode="External"/>'
    header = part("hdr", p("{{ x }}"))
    template = WordTemplate(docx(p("{{ x }}") + p("{{ x }}"), {"numbering": NUMBERING, "header1": header}, link))
    document = template.render({"x": Markdown("1. [a](https://a.dk)\n2. [b](https://b.dk?x=1&y=2)")})
    files = unpack(document.to_bytes())
    body = body_of(document)
    targets = {one.get("Id"): one.get("Target") for one in etree.fromstring(files["word/_rels/document.xml.rels"])}
    used = [one.get(f"{{{R}}}id") for one in body.iter(f"{{{W}}}hyperlink")]
    assert [targets[one] for one in used] == ["https://a.dk", "https://b.dk?x=1&y=2"] * 2
    assert targets["docgen4"] == "https://gammel.dk"
    assert len(etree.fromstring(files["word/_rels/header1.xml.rels"])) == 2
    numbering = etree.fromstring(files["word/numbering.xml"])
    numbers = [one.get(f"{{{W}}}numId") for one in numbering.iter(f"{{{W}}}num")]
    assert len(numbers) == len(set(numbers)) == 5
    assert {one.get(f"{{{W}}}val") for one in body.iter(f"{{{W}}}numId")} < set(numbers)
    names = [one.tag.split("}")[1] for one in numbering]
    assert names == sorted(names)  # abstractNum before num, as Word wants it


def test_lists_work_in_a_file_without_numbering() -> None:
    files = unpack(WordTemplate(docx(p("{{ x }}"))).render({"x": Markdown("1. a")}).to_bytes())
    assert b'PartName="/word/numbering.xml"' in files["[Content_Types].xml"]
    assert b'Target="numbering.xml"' in files["word/_rels/document.xml.rels"]
    assert b"startOverride" in files["word/numbering.xml"]


def test_the_numbering_of_headings_is_chosen_by_name() -> None:
    template = WordTemplate(docx(p("x"), {"numbering": NUMBERING}), name="s.docx")
    root = etree.fromstring(unpack(template.render({}, numbering="paragraf").to_bytes())["word/numbering.xml"])
    heads = {num.get(f"{{{W}}}numId"): num[0].get(f"{{{W}}}val") for num in root.iter(f"{{{W}}}num")}
    assert heads == {"1": "7", "2": "7"}
    # the name of a list that is not the headings' is no scheme
    assert WordTemplate(docx(p("x"), {"numbering": part("numbering", TAL + PARAGRAF + num(2, 7))})).schemes == ()
    plain = WordTemplate(docx(p("x")))
    assert plain.render({}, numbering="ingen").to_bytes() == plain.render({}).to_bytes()
    with pytest.raises(DocgenError) as raised:
        template.render({}, numbering="romertal")
    assert catalog.as_text(raised.value.diagnostics[0]) == (
        'fejl DG460: skabelonen har ingen nummerering, der hedder "romertal"\n  s.docx\n'
        "  hjælp: vælg mellem tal, paragraf"
    )


def test_properties_are_written_anew() -> None:
    wanted = Properties("Titel & <mere>", "Region Ø", "emne", created=date(2026, 11, 21), keywords="a; b")
    first, second = (WordTemplate(docx(p("x"))).render({}, properties=wanted).to_bytes() for _ in range(2))
    assert first == second
    files = unpack(first)
    root = etree.fromstring(files["docProps/core.xml"])
    assert {element.tag.split("}")[1]: element.text for element in root} == {
        "title": "Titel & <mere>",
        "subject": "emne",
        "creator": "Region Ø",
        "keywords": "a; b",
        "language": "da-DK",
        "lastModifiedBy": "Region Ø",
        "created": "2026-11-21T00:00:00Z",
        "modified": "2026-11-21T00:00:00Z",
    }
    assert b"core-properties+xml" in files["[Content_Types].xml"]
    assert b"docProps/core.xml" in files["_rels/.rels"]


def test_a_character_that_xml_cannot_hold_is_told_in_properties_too() -> None:
    with pytest.raises(DocgenError) as raised:
        WordTemplate(docx(p("x"))).render({}, properties=Properties("Titel\x01"))
    assert "Word ikke kan vise (U+0001)" in catalog.as_text(raised.value.diagnostics[0])


def test_properties_lists_and_links_go_together_in_a_bare_file() -> None:
    files = unpack(WordTemplate(docx(p("{{ x }}"))).render({"x": MD}, properties=Properties("T")).to_bytes())
    for name in ("docProps/core.xml", "word/numbering.xml"):
        assert f'PartName="/{name}"'.encode() in files["[Content_Types].xml"]
    assert b"numbering.xml" in files["word/_rels/document.xml.rels"]
    relations = etree.fromstring(files["word/_rels/document.xml.rels"])
    assert "https://a.dk" in [one.get("Target") for one in relations]
    assert len({one.get("Id") for one in relations}) == len(relations)


def test_names_are_what_the_template_asks_for() -> None:
    body = p(
        "{{ titel | upper }}{% for a in aktiver if a.vis %}{{ a.navn.kort }}{{ loop.index }}",
        "{% for d in a.dele %}{{ d['y'] }}{% endfor %}{% endfor %}",
        "{% set q = gr.x %}{{ q.z }}{% macro m(a) %}{{ a.b }}{% endmacro %}{{ m(c) }}{{ nummer('x') }}",
    )
    names = WordTemplate(docx(body), name="s.docx").names()
    assert [name.path for name in names] == [
        *("titel", "aktiver", "aktiver[].vis", "aktiver[].navn.kort", "aktiver[].dele", "aktiver[].dele[].y"),
        *("gr.x", "gr.x.z", "c", "nummer"),
    ]
    assert catalog.place_label(names[0].place).startswith('s.docx, afsnit 1: "{{ titel | upper }}')


def test_one_template_renders_in_many_threads() -> None:
    template = WordTemplate(docx(p("{% for i in r %}{{ i }}{{ x }};{% endfor %}") + p("{{ m }}")))
    results: dict[int, list[str]] = {}

    def work(number: int) -> None:
        names = {"x": f"<{number}>", "r": range(50), "m": Markdown(f"1. {number}")}
        results[number] = [lines(body_of(template.render(names)))[0] for _ in range(5)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, found in results.items():
        assert found == ["".join(f"{i}<{number}>;" for i in range(50))] * 5


def test_importing_the_engine_leaves_markdown_and_the_reader_alone() -> None:
    heavy = "('blocks', 'reader', 'listing', 'timeline', 'chart', 'markdown_it', 'babel', 'docx')"
    code = f"import sys, docgen.word; print([n for n in sys.modules if n.split('.')[-1] in {heavy}])"
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"
