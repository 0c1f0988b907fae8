"""Reads the timelines of a finished document back from their chart parts (chart.py)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from docgen.package import Package
from docgen.word.archive import opc
from docgen.word.archive.ooxml import CHART, C, r
from docgen.word.reading.content import Timeline, TimelineRow
from docgen.word.values.chart import EPOCH, MID_MONTH, OFFSET, day_at, days_of
from docgen.word.values.inlines import GONE

if TYPE_CHECKING:
    from lxml.etree import _Element

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def read_timelines(package: Package, part: str, paragraph: _Element) -> Iterator[Timeline]:
    """The timelines in a paragraph of `part`; other charts are no timelines and say nothing."""
    parts = {one.id: one.part for one in opc.relationships(package, part)}
    for inline in paragraph.iter(f"{_DRAWING}inline", f"{_DRAWING}anchor"):
        if any(one.tag in GONE for one in inline.iterancestors()):
            continue
        properties = inline.find(f"{_DRAWING}docPr")
        for chart in inline.iter(CHART):
            name = parts.get(chart.get(r("id"), ""), "")
            root = opc.root_of(package, name) if name in package else None
            rows = () if root is None else _rows(root)
            if root is not None and rows and properties is not None:
                yield Timeline(properties.get("title", ""), properties.get("descr", ""), rows, _groups(root))


def _c(name: str) -> str:
    return f"{{{C}}}{name}"


def _rows(root: _Element) -> tuple[TimelineRow, ...]:
    """The bars of a chart, none when it is no timeline of docgen's."""
    series = list(root.iter(_c("ser")))
    least = root.find(f".//{_c('valAx')}/{_c('scaling')}/{_c('min')}")
    if len(series) < 2 or least is None or _name(series[0]) != OFFSET:
        return ()
    grouped = _is_grouped(root)
    try:
        begin = EPOCH + timedelta(days=int(least.get("val", "")) - MID_MONTH)
        return _read(series, begin.year * 12 + begin.month - 1, grouped=grouped)
    except (ValueError, OverflowError, KeyError):
        return ()  # somebody else's chart that looks like one


def _is_grouped(root: _Element) -> bool:
    return root.find(f".//{_c('legend')}") is not None


def _groups(root: _Element) -> tuple[tuple[str, int], ...]:
    """The groups of a timeline, each with the number of its look."""
    if not _is_grouped(root):
        return ()
    numbers = ((_name(one), one.find(_c("idx"))) for one in list(root.iter(_c("ser")))[1:])
    told = [(name, "" if number is None else number.get("val", "")) for name, number in numbers]
    return tuple((name, int(number) - 1 if number.isdecimal() else at) for at, (name, number) in enumerate(told))


def _read(series: list[_Element], first: int, *, grouped: bool) -> tuple[TimelineRow, ...]:
    """The bars of a timeline whose axis begins with the month `first`."""
    labels, starts = _points(series[0], "cat"), _points(series[0], "val")
    found: dict[int, TimelineRow] = {}
    for one in series[1:]:
        for number, length in _points(one, "val").items():
            place = float(starts[number])
            start = day_at(first, place)
            days = days_of(length)
            end = start + timedelta(days=days) if days else day_at(first, place + float(length))
            last = (end - timedelta(days=1)).isoformat()
            found[number] = TimelineRow(labels[number], start.isoformat(), last, _name(one) if grouped else "")
    return tuple(found[number] for number in sorted(found))


def _name(series: _Element) -> str:
    return series.findtext(f"{_c('tx')}/{_c('v')}") or ""


def _points(series: _Element, kind: str) -> dict[int, str]:
    points = series.iterfind(f"{_c(kind)}/*/{_c('pt')}")
    return {int(point.get("idx", "")): point.findtext(_c("v")) or "" for point in points}
