"""The filter `tidslinje`: a native chart of activities, told in words, and read back to the day."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from docgen.danish.values import Choice, Month, Period, Year
from docgen.word import WordDocument, WordTemplate
from docgen.word.reading.chart_reader import _rows
from docgen.word.reading.content import Timeline, TimelineRow
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_markdown, to_text
from docgen.word.values.chart import MONTH, axis_of, axis_start, day_at, month_begin
from docgen.word.values.timeline import timeline
from tests import gates

from .build import body_of, docx, faults, lines, p, relationship, unpack

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
TAG = '{{ liste | tidslinje(titel="navn", farve="status", id="nr") }}'


def act(nr: str, navn: str, start: object, slut: object, status: str = "") -> dict[str, object]:
    return {"nr": nr, "navn": navn, "start": start, "slut": slut, "status": Choice(status, status) if status else None}


ACTIVITIES = [
    act("A1", "Høring & <møder>", date(2026, 5, 1), date(2026, 6, 3), "Afsluttet"),
    act("A2", "Beslutning", None, date(2026, 6, 24), "Planlagt"),
    act("A3", "Drift", Month(2026, 7), Month(2027, 2), "I gang"),
    act("", "Evaluering", Month(2027, 3), None, "Planlagt"),
    act("A5", "Uden dato", None, None, "Planlagt"),
]
ROWS = (
    TimelineRow("A1 Høring & <møder>", "2026-05-01", "2026-06-03", "Afsluttet"),
    TimelineRow("A2 Beslutning", "2026-06-24", "2026-06-24", "Planlagt"),
    TimelineRow("A3 Drift", "2026-07-01", "2027-02-28", "I gang"),
    TimelineRow("Evaluering", "2027-03-01", "2027-03-31", "Planlagt"),
)
GROUPS = (("Afsluttet", 0), ("Planlagt", 1), ("I gang", 2))
ALT = (
    "Tidslinje med 4 aktiviteter fra maj 2026 til marts 2027: A1 Høring & <møder>: 1.\u00a0maj - 3.\u00a0juni 2026 "
    "(Afsluttet); A2 Beslutning: 24.\u00a0juni 2026 (Planlagt); A3 Drift: juli 2026 - februar 2027 (I gang); "
    "Evaluering: marts 2027 (Planlagt). Uden datoer: A5 Uden dato."
)


def made(items: object, tag: str = TAG, around: str = "{}") -> WordDocument:
    template = pickle.loads(pickle.dumps(WordTemplate(docx(around.format(p(tag)) + p("efter")))))
    assert isinstance(template, WordTemplate)
    return template.render({"liste": items})


def charts(document: WordDocument) -> list[etree._Element]:
    files = unpack(document.to_bytes())
    return [etree.fromstring(data) for name, data in sorted(files.items()) if name.startswith("word/charts/")]


def timelines(document: WordDocument) -> list[Timeline]:
    return [block for block in read_document(document.to_bytes()).blocks if isinstance(block, Timeline)]


def c(name: str) -> str:
    return f"{{{C}}}{name}"


def test_a_chart_is_told_in_words_and_read_back() -> None:
    document = made(ACTIVITIES)
    assert timelines(document) == [Timeline("Tidslinje", ALT, ROWS, GROUPS)]
    assert to_text(read_document(document.to_bytes())) == f"{ALT}\n\nefter\n"
    assert "A1 Høring & \\<møder>" in to_markdown(read_document(document.to_bytes()))


def test_the_chart_is_a_part_of_the_file() -> None:
    document = made(ACTIVITIES)
    files = unpack(document.to_bytes())
    assert b'PartName="/word/charts/chart1.xml"' in files["[Content_Types].xml"]
    links = {one.get("Id"): one.get("Target") for one in etree.fromstring(files["word/_rels/document.xml.rels"])}
    [chart] = body_of(document).iter(c("chart"))
    assert links[chart.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")] == (
        "/word/charts/chart1.xml"
    )
    assert made(ACTIVITIES).to_bytes() == document.to_bytes()


def test_first_activity_on_top_one_series_a_group_and_none_alike() -> None:
    [chart] = charts(made(ACTIVITIES))
    assert chart.find(f".//{c('catAx')}/{c('scaling')}/{c('orientation')}").get("val") == "maxMin"
    assert chart.find(f".//{c('barDir')}").get("val") == "bar"
    series = list(chart.iter(c("ser")))
    assert [one.findtext(f"{c('tx')}/{c('v')}") for one in series[1:]] == ["Afsluttet", "Planlagt", "I gang"]
    assert series[0].find(f"{c('spPr')}/{{{A}}}noFill") is not None
    looks = [etree.tostring(one.find(c("spPr"))) for one in series]
    assert len(set(looks)) == len(looks)
    patterns = [one.find(f"{c('spPr')}/{{{A}}}pattFill") for one in series]
    assert [None if one is None else one.get("prst") for one in patterns] == [None, None, "wdUpDiag", "pct30"]
    assert chart.find(f".//{c('legendPos')}").get("val") == "b"


def test_named_groups_keep_their_order_colour_and_pattern() -> None:
    order = 'farve="status", grupper=["I gang", "Forsinket", "Planlagt"])'
    tag = TAG.replace('farve="status", id="nr")', f'id="nr", {order}')
    [few], [all_] = (timelines(made(items, tag)) for items in (ACTIVITIES[1:2], ACTIVITIES))
    assert few.groups == (("Planlagt", 2),)
    assert all_.groups == (("I gang", 0), ("Planlagt", 2), ("Afsluttet", 3))
    [chart], [other] = (charts(made(items, tag)) for items in (ACTIVITIES[1:2], ACTIVITIES))
    assert [one.findtext(f"{c('tx')}/{c('v')}") for one in other.iter(c("ser"))][1:] == [
        "I gang",
        "Planlagt",
        "Afsluttet",
    ]
    assert [one.find(c("order")).get("val") for one in other.iter(c("ser"))] == ["0", "1", "2", "3"]
    looks = [etree.tostring(list(one.iter(c("ser")))[at].find(c("spPr"))) for one, at in ((chart, 1), (other, 2))]
    assert looks[0] == looks[1]


def test_names_of_groups_without_groups_say_nothing() -> None:
    [chart] = charts(made(ACTIVITIES, '{{ liste | tidslinje(titel="navn", grupper=["I gang"]) }}'))
    assert chart.find(f".//{c('legend')}") is None
    assert len(list(chart.iter(c("ser")))) == 2


def test_a_month_and_a_day_of_one_year_are_said_as_a_period_says_them() -> None:
    [found] = timelines(made([act("", "a", Month(2026, 5), date(2026, 9, 30))]))
    assert "a: maj - 30.\u00a0september 2026." in found.alt


def test_no_groups_no_legend() -> None:
    [chart] = charts(made(ACTIVITIES, '{{ liste | tidslinje(titel="navn") }}'))
    assert chart.find(f".//{c('legend')}") is None
    assert len(list(chart.iter(c("ser")))) == 2
    [chart] = charts(made([act("", "a", date(2026, 1, 1), None)]))
    assert chart.find(f".//{c('legend')}") is None
    [found] = timelines(made([act("", "a", date(2026, 1, 1), None), act("", "b", date(2026, 1, 2), None, "Nu")]))
    assert [row.group for row in found.rows] == ["Ikke angivet", "Nu"]


@pytest.mark.parametrize("items", [[], None, [act("1", "a", None, None)]])
def test_without_dates_the_paragraph_goes(items: object) -> None:
    document = made(items)
    assert lines(body_of(document)) == ["efter"]
    assert not charts(document)


def test_more_than_a_page_holds_becomes_more_charts_on_one_axis() -> None:
    items = [
        act(str(n), "a" * (n % 30), Month(2026, 1 + n % 12), Month(2027, 1 + n % 12), f"g{n % 3}") for n in range(95)
    ]
    document = made(items)
    found = timelines(document)
    assert [one.title for one in found] == [f"Tidslinje, del {n} af 3" for n in (1, 2, 3)]
    assert [len(one.rows) for one in found] == [32, 32, 31]
    assert len({etree.tostring(one.find(f".//{c('valAx')}")) for one in charts(document)}) == 1
    assert {len(list(one.iter(c("ser")))) for one in charts(document)} == {4}
    heights = [int(one.get("cy", "")) for one in body_of(document).iter(f"{{{WP}}}extent")]
    assert heights[0] > heights[2] > 10 * 360_000
    assert max(heights) < 24.5 * 360_000
    numbers = [one.get("id") for one in body_of(document).iter(f"{{{WP}}}docPr")]
    assert len(set(numbers)) == 3


def test_the_width_can_be_chosen() -> None:
    document = made(ACTIVITIES, "{{ liste | tidslinje(titel='navn', bredde=24.7) }}")
    [extent] = body_of(document).iter(f"{{{WP}}}extent")
    assert extent.get("cx") == str(round(24.7 * 360_000))


def test_the_gates_accept_it(tmp_path: Path) -> None:
    path = tmp_path / "tidslinje.docx"
    items = [act(str(n), f"{n}", date(2026, 1, 1 + n), None if n % 2 else Month(2026, 2), f"g{n}") for n in range(9)]
    path.write_bytes(made(items).to_bytes())
    assert gates.integrity_findings(path) == []
    assert gates.open_xml_findings(path) == []


def test_charts_and_links_share_the_numbers_of_relationships() -> None:
    link = relationship("rId9", "hyperlink", "https://a.dk/%7B%7B%20x%20%7D%7D", external=True)
    body = '<w:p><w:hyperlink r:id="rId9"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>'
    loop = p("{% for x in [1, 2] %}") + body + p("{{ liste | tidslinje(titel='navn') }}") + p("{% endfor %}")
    document = WordTemplate(docx(loop, links=link)).render({"liste": ACTIVITIES})
    ids = [one.get("Id") for one in etree.fromstring(document.package.data("word/_rels/document.xml.rels"))]
    assert len(set(ids)) == len(ids) == 4
    assert sorted(name for name in document.package.members if "chart" in name) == [
        "word/charts/chart1.xml",
        "word/charts/chart2.xml",
    ]
    # a finished document as the next template: nothing collides
    again = WordTemplate(document.to_bytes()).render({})
    assert len(timelines(again)) == 2


@pytest.mark.parametrize(
    ("start", "end", "expected", "said"),
    [
        (Year(2027), None, ("2027-01-01", "2027-12-31"), "2027"),
        (Period(Month(2026, 5), Year(2028)), None, ("2026-05-01", "2028-12-31"), "maj 2026-2028"),
        (Period(date(2026, 5, 2), None), None, ("2026-05-02", "2026-05-02"), "2.\u00a0maj 2026"),
        ("2026-05-01", "3. juni 2026", ("2026-05-01", "2026-06-03"), "1.\u00a0maj - 3.\u00a0juni 2026"),
        (date(2026, 6, 3), date(2026, 5, 1), ("2026-05-01", "2026-06-03"), "3.\u00a0juni 2026 til 1.\u00a0maj 2026"),
        (date(2026, 5, 1), date(2026, 5, 1), ("2026-05-01", "2026-05-01"), "1.\u00a0maj 2026"),
    ],
)
def test_dates_of_every_kind(start: object, end: object, expected: tuple[str, str], said: str) -> None:
    [found] = timelines(made([act("", "x", start, end if end is not None else start)]))
    assert (found.rows[0].start, found.rows[0].end) == expected
    assert f"x: {said}." in found.alt


@pytest.mark.parametrize(
    ("items", "tag", "reason"),
    [
        ([{"navn": "x"}], TAG, 'elementerne i listen har intet felt "nr"'),
        ("tekst", TAG, "en tidslinje laves af en liste af grupper"),
        (["tekst"], TAG, "en tidslinje laves af en liste af grupper"),
        ([act("", "x", "snart", None)], TAG, '"snart" er ikke en dato'),
        ([act("", "x", Year(1800), None)], TAG, "en tidslinje går fra år 1901 til år 2400"),
        ([act("", "x", None, None)], "{{ liste | tidslinje(titel='navn', bredde='stor') }}", "bredde er et tal"),
        ([act("", "x", None, None)], "{{ liste | tidslinje(titel='navn', grupper='I gang') }}", "grupper er en liste"),
    ],
)
def test_what_is_no_timeline_is_told_with_its_place(items: object, tag: str, reason: str) -> None:
    [found] = faults(p("a") + p(tag), {"liste": items})
    assert reason in found
    assert "tidslinje" in found


def test_a_chart_in_a_sentence_is_a_fault() -> None:
    assert "DG456" in faults(p("se {{ liste | tidslinje(titel='navn') }}"), {"liste": ACTIVITIES})[0]


def test_other_charts_are_no_timelines() -> None:
    [chart] = charts(made(ACTIVITIES))
    chart.find(f".//{c('ser')}/{c('tx')}/{c('v')}").text = "Salg"
    assert _rows(chart) == ()


DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@given(st.lists(st.tuples(DAYS, st.integers(0, 3000), st.sampled_from("abc")), min_size=1, max_size=6))
def test_any_days_come_back(spans: list[tuple[date, int, str]]) -> None:
    items = [
        {"titel": str(n), "start": start, "slut": start + timedelta(days=days), "g": group}
        for n, (start, days, group) in enumerate(spans)
    ]
    value = timeline(items, farve="g")
    expected = [TimelineRow(one["titel"], str(one["start"]), str(one["slut"]), str(one["g"])) for one in items]
    document = WordTemplate(docx(p("{{ x }}"))).render({"x": value})
    assert [row for one in timelines(document) for row in one.rows] == expected


@given(DAYS, st.integers(1, 600))
def test_every_tick_bears_the_name_of_its_month(first: date, months: int) -> None:
    rows = [TimelineRow("", str(first), str(first), ""), TimelineRow("", str(first + timedelta(30 * months)), "", "")]
    rows[1] = rows[1]._replace(end=rows[1].start)
    axis = axis_of(rows)
    for tick in range(0, axis.months + 1, axis.step):
        shown = date(1899, 12, 30) + timedelta(days=int(axis.start + tick * MONTH))
        assert shown.replace(day=1) == month_begin(axis.first + tick)
    assert axis.months // axis.step <= 8
    assert day_at(axis.first, axis_start(axis.first)) == month_begin(axis.first)
