"""A timeline chart as inline SVG that tells everything in text too, not by colour alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from docgen.danish.formats import display
from docgen.danish.values import Period
from docgen.word.reading.content import Timeline, TimelineRow
from docgen.word.reading.html_elements import escaped

_WIDTH = 760
_LABELS = 250  # the width of the column of texts
_LABEL = 46  # the width of a month above the chart
_ROW = 34
_TOP = 34
_COLOURS, _PATTERNS = 5, 8
_MONTHS = ("jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec.")
_LONGEST_LABEL = 38


def timeline_svg(chart: Timeline, id_: str) -> str:
    """A `figure` with the chart: a bar for each row, named and dated in text, patterned and named by its group."""
    rows = [(row, _day(row.start), _day(row.end)) for row in chart.rows]
    known = [(row, start, max(start, end)) for row, start, end in rows if start and end]
    title = escaped(chart.title or "Tidslinje")
    if not known:
        return f'<figure class="tidslinje">\n<p>{escaped(chart.alt)}</p>\n</figure>\n'
    present = dict.fromkeys(row.group for row, _, _ in known)
    looks = dict(chart.groups) | {
        group: number for number, group in enumerate(present) if group not in dict(chart.groups)
    }
    scale = _Scale(min(start for _, start, _ in known), max(end for _, _, end in known))
    body = _TOP + _ROW * len(known)
    legend = [group for group in looks if group in present and group]
    height = body + 14 + 22 * len(legend)
    drawn = [
        f'<svg role="img" aria-labelledby="{id_}-titel" aria-describedby="{id_}-tekst" viewBox="0 0 {_WIDTH} {height}" '
        f'xmlns="http://www.w3.org/2000/svg">',
        f'<title id="{id_}-titel">{title}</title>',
        f'<desc id="{id_}-tekst">{escaped(chart.alt)}</desc>',
        _patterns(id_),
        _axis(scale, body),
        *(_bar(number, one, scale, looks, id_) for number, one in enumerate(known)),
        _legend(legend, looks, body + 14, id_),
        "</svg>",
    ]
    scroll = f'<div class="tabel" tabindex="0" role="region" aria-labelledby="{id_}-titel">'
    return f'<figure class="tidslinje">\n{scroll}{"".join(drawn)}</div>\n</figure>\n'


class _Scale:
    """Where a day stands, between the first of the first month and the end of the last."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first.replace(day=1)
        self.last = _next_month(last)
        self._days = max(1, (self.last - self.first).days)

    def x(self, day: date) -> float:
        return round(_LABELS + (_WIDTH - _LABELS - 8) * (day - self.first).days / self._days, 1)

    def months(self) -> list[date]:
        found = [self.first]
        while found[-1] < self.last:
            found.append(_next_month(found[-1]))
        return found[:-1]


def _axis(scale: _Scale, bottom: int) -> str:
    months = scale.months()
    step = next((size for size in (1, 2, 3, 6, 12, 24, 60) if len(months) / size <= 9), 120)
    shown = [month for month in months if (month.month - 1 + 12 * month.year) % step == 0] or months[:1]
    found = ""
    for month in shown:
        x = scale.x(month)
        label = str(month.year) if step >= 12 else f"{_MONTHS[month.month - 1]} {month.year % 100:02d}"
        found += f'<line class="streg" x1="{x}" y1="{_TOP - 8}" x2="{x}" y2="{bottom}"/>'
        if x + _LABEL < _WIDTH:
            found += f'<text class="akse" x="{x + 3}" y="{_TOP - 14}">{label}</text>'
    return found


def _bar(number: int, one: tuple[TimelineRow, date, date], scale: _Scale, looks: Mapping[str, int], id_: str) -> str:
    row, start, end = one
    y = _TOP + _ROW * number
    left, right = scale.x(start), scale.x(end + timedelta(days=1))
    when = display(start) if start == end else display(Period(start, end))
    label = row.label if len(row.label) <= _LONGEST_LABEL else f"{row.label[: _LONGEST_LABEL - 1].rstrip()}…"
    fill = f"url(#{id_}-m{looks[row.group] % _PATTERNS})"
    if start == end:
        middle = y + 12
        points = f"{left - 7},{middle} {left},{middle - 7} {left + 7},{middle} {left},{middle + 7}"
        shape = f'<polygon class="bjælke" points="{points}" fill="{fill}"/>'
    else:
        width = round(max(4.0, right - left), 1)
        shape = f'<rect class="bjælke" x="{left}" y="{y + 3}" width="{width}" height="18" rx="2" fill="{fill}"/>'
    told = " · ".join(text for text in (row.label, when, row.group) if text)
    texts = f'<text class="navn" x="0" y="{y + 11}">{escaped(label)}</text>'
    texts += f'<text class="dato" x="0" y="{y + 25}">{escaped(when)}</text>'
    return f"<g><title>{escaped(told)}</title>{texts}{shape}</g>"


def _patterns(id_: str) -> str:
    """Fills that differ in pattern as well as in colour."""
    marks = (
        "",
        '<path d="M0 8L8 0" stroke="#fff" stroke-width="2"/>',
        '<circle cx="4" cy="4" r="1.7" fill="#fff"/>',
        '<path d="M0 4H8" stroke="#fff" stroke-width="2"/>',
        '<path d="M4 0V8M0 4H8" stroke="#fff" stroke-width="1.3"/>',
        '<path d="M4 0V8" stroke="#fff" stroke-width="2"/>',
        '<path d="M0 0L8 8" stroke="#fff" stroke-width="2"/>',
        '<path d="M0 0L8 8M0 8L8 0" stroke="#fff" stroke-width="1.3"/>',
    )
    found = "".join(
        f'<pattern id="{id_}-m{number}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect class="farve-{number % _COLOURS}" width="8" height="8"/>{mark}</pattern>'
        for number, mark in enumerate(marks)
    )
    return f"<defs>{found}</defs>"


def _legend(legend: Sequence[str], looks: Mapping[str, int], top: int, id_: str) -> str:
    found = ""
    for number, group in enumerate(legend):
        y = top + 22 * number
        fill = f"url(#{id_}-m{looks[group] % _PATTERNS})"
        found += f'<rect class="bjælke" x="{_LABELS}" y="{y}" width="22" height="14" rx="2" fill="{fill}"/>'
        found += f'<text class="akse" x="{_LABELS + 30}" y="{y + 12}">{escaped(group)}</text>'
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
