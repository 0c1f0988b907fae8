"""Numbers before paragraphs, as Word counts them."""

from __future__ import annotations

import pytest
from lxml import etree

from docgen.word.archive.ooxml import W
from docgen.word.look.labels import Counter, Numbering, read_numbering
from docgen.word.look.styles import StyleSheet, read_styles


def _numbering(inside: str) -> Numbering:
    return read_numbering(etree.fromstring(f'<w:numbering xmlns:w="{W}">{inside}</w:numbering>'))


def _level(ilvl: int, format_: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{format_}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _abstract(number: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def _num(number: int, abstract: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def _labels(numbering: Numbering, *places: tuple[int, int]) -> list[str]:
    counter = Counter(numbering)
    return [label.text if (label := counter.next(*place)) else "?" for place in places]


_OUTLINE = _abstract(0, _level(0, "decimal", "%1."), _level(1, "decimal", "%1.%2"), _level(2, "lowerLetter", "%3)"))


def test_levels_start_anew_below_each_other() -> None:
    numbering = _numbering(_OUTLINE + _num(1, 0))
    found = _labels(numbering, (1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2))
    assert found == ["1.", "1.1", "1.2", "a)", "2.", "2.1", "a)"]


def test_a_level_passed_over_counts_as_used() -> None:
    # Microsoft's knowledge base, Q110380: a Heading 1 below a first Heading 2 is number 2
    assert _labels(_numbering(_OUTLINE + _num(1, 0)), (1, 1), (1, 0), (1, 2), (1, 1)) == ["1.1", "2.", "a)", "2.2"]


def test_lists_from_one_definition_share_their_numbers() -> None:
    numbering = _numbering(_OUTLINE + _num(1, 0) + _num(2, 0))
    assert _labels(numbering, (1, 0), (2, 0), (1, 0)) == ["1.", "2.", "3."]


def test_a_start_override_starts_once() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = _numbering(_OUTLINE + _num(1, 0) + _num(2, 0, override))
    assert _labels(numbering, (1, 0), (2, 0), (2, 0), (1, 0), (2, 0)) == ["1.", "5.", "6.", "7.", "8."]


def test_a_level_override_replaces_the_look() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{_level(0, "upperRoman", "%1 -", start=3)}</w:lvlOverride>'
    assert _labels(_numbering(_OUTLINE + _num(1, 0, override)), (1, 0), (1, 0)) == ["III -", "IV -"]


@pytest.mark.parametrize(
    ("format_", "start", "labels"),
    [
        ("decimal", 9, ["9", "10"]),
        ("decimalZero", 9, ["09", "10"]),
        ("lowerLetter", 26, ["z", "aa", "bb"]),
        ("upperLetter", 1, ["A", "B"]),
        ("lowerRoman", 3, ["iii", "iv"]),
        ("upperRoman", 1999, ["MCMXCIX", "MM"]),
        ("none", 1, [""]),
        ("ordinal", 2, ["2."]),
        ("danskGammel", 2, ["2"]),
        ("lowerLetter", 0, ["0", "a"]),
    ],
)
def test_formats(format_: str, start: int, labels: list[str]) -> None:
    numbering = _numbering(_abstract(0, _level(0, format_, "%1", start=start)) + _num(1, 0))
    assert _labels(numbering, *[(1, 0)] * len(labels)) == labels


def test_each_number_in_its_own_format_unless_legal() -> None:
    plain = _level(1, "decimal", "%1.%2")
    legal = _level(1, "decimal", "%1.%2", "<w:isLgl/>")
    for level, expected in ((plain, "II.1"), (legal, "2.1")):
        numbering = _numbering(_abstract(0, _level(0, "upperRoman", "%1"), level) + _num(1, 0))
        assert _labels(numbering, (1, 0), (1, 0), (1, 1)) == ["I", "II", expected]


def test_restart_rules() -> None:
    never, after_first = '<w:lvlRestart w:val="0"/>', '<w:lvlRestart w:val="1"/>'
    numbering = _numbering(
        _abstract(
            0,
            _level(0, "decimal", "%1"),
            _level(1, "decimal", "%2", never),
            _level(2, "decimal", "%3", after_first),
        )
        + _num(1, 0)
    )
    places = [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)]
    assert _labels(numbering, *places) == ["1", "1", "1", "2", "2", "2", "3", "1"]


def test_bullets_of_symbol_fonts_become_bullets() -> None:
    numbering = _numbering(_abstract(0, _level(0, "bullet", "\uf0b7"), _level(1, "bullet", "–")) + _num(1, 0))
    assert _labels(numbering, (1, 0), (1, 1)) == ["•", "–"]


def test_a_definition_may_point_to_a_numbering_style() -> None:
    numbering = _numbering(
        _abstract(0, more='<w:numStyleLink w:val="Opstilling"/>')
        + _abstract(1, _level(0, "decimal", "%1)"), more='<w:styleLink w:val="Opstilling"/>')
        + _num(1, 0)
    )
    assert _labels(numbering, (1, 0)) == ["1)"]


def test_unknown_lists_and_levels_have_no_label() -> None:
    assert _labels(_numbering(_OUTLINE + _num(1, 0) + _num(2, 7)), (1, 8), (2, 0), (3, 0)) == ["?", "?", "?"]
    assert _labels(read_numbering(None), (1, 0)) == ["?"]


def _sheet(inside: str) -> StyleSheet:
    return read_styles(etree.fromstring(f'<w:styles xmlns:w="{W}">{inside}</w:styles>'))


def test_styles_inherit_list_and_level_each_by_itself() -> None:
    sheet = _sheet(
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="heading 2"/><w:basedOn w:val="A"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="c"/><w:basedOn w:val="B"/>'
        '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="D"><w:name w:val="d"/><w:basedOn w:val="D"/></w:style>'
    )
    assert [sheet.numbering(style) for style in "ABCD"] == [(1, None), (1, 1), (None, 1), (None, None)]


def test_the_level_that_names_a_style_wins() -> None:
    linked = _level(2, "decimal", "%3", '<w:pStyle w:val="A"/>')
    numbering = _numbering(_abstract(0, _level(0, "decimal", "%1"), linked) + _num(1, 0))
    sheet = _sheet(
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    level = numbering.of_style(sheet, "A")
    assert level is not None
    assert level.ilvl == 2
