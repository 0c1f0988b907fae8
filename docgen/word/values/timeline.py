"""The filter `tidslinje`: a list of activities as a chart with a bar for each, drawn by Word itself (chart.py)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from docgen.danish.formats import display, month_and_year
from docgen.danish.parsing import parse_moment, parse_period
from docgen.danish.values import Moment, Month, Period, Year, span_of
from docgen.word.archive.ooxml import R, attribute
from docgen.word.archive.texts import ILLEGAL
from docgen.word.reading.content import TimelineRow
from docgen.word.running.writing import Block

if TYPE_CHECKING:
    from docgen.word.running.session import Session

NO_GROUP = "Ikke angivet"
_EMU = 360_000  # in a centimetre
_WIDTH, _WIDEST = 16.0, 50.0  # centimetres: the text of an upright page in docgen's designs
_FIRST_YEAR, _LAST_YEAR = 1901, 2400  # what Word can write as dates, and sense
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"


class _Activity(NamedTuple):
    """One activity: `said` is when, as Danish text writes it."""

    row: TimelineRow
    said: str


class TimelineChart(Block):
    """The chart as a value: alone in a paragraph it replaces it; without any dates the paragraph goes."""

    __slots__ = ("_activities", "_groups", "_undated", "_width")

    def __init__(self, activities: list[_Activity], undated: list[str], width: float, groups: list[str]) -> None:
        self._activities = activities
        self._undated = undated
        self._width = width
        self._groups = groups

    def to_xml(self, session: Session, variables: Mapping[str, object]) -> str:  # noqa: ARG002
        """A paragraph with the chart; several where there are more activities than a page can hold."""
        from docgen.word.values.chart import chart_xml, height, shares

        if not self._activities:
            return ""
        rows = [one.row for one in self._activities]
        found: list[str] = []
        parts = list(shares(rows))
        for number, part in enumerate(parts, start=1):
            title = "Tidslinje" if len(parts) == 1 else f"Tidslinje, del {number} af {len(parts)}"
            alt = _alt(title, self._activities[part], self._undated if number == len(parts) else [])
            chart = session.add_chart(chart_xml(rows, part, self._groups))
            size = (round(self._width * _EMU), round(height(rows, part) * _EMU))
            found.append(_paragraph(session, chart, title, alt, size))
        return "".join(found)


def _paragraph(session: Session, chart: str, title: str, alt: str, size: tuple[int, int]) -> str:
    style = session.styles.body
    named = f'<w:pPr><w:pStyle w:val="{attribute(style)}"/></w:pPr>' if style else ""
    number = session.new_id("drawing", chart)
    return (
        f'<w:p>{named}<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{size[0]}" cy="{size[1]}"/><wp:docPr id="{number}" name="Tidslinje {number}" '
        f'descr="{attribute(alt)}" title="{attribute(title)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}"><c:chart xmlns:c="{_C}" xmlns:r="{R}" r:id="{chart}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _alt(title: str, activities: list[_Activity], undated: list[str]) -> str:
    """All that the chart shows, in words."""
    first = date.fromisoformat(min(one.row.start for one in activities))
    last = date.fromisoformat(max(one.row.end for one in activities))
    months = [month_and_year(first), month_and_year(last)]
    when = f"i {months[0]}" if months[0] == months[1] else f"fra {months[0]} til {months[1]}"
    count = f"{len(activities)} {'aktivitet' if len(activities) == 1 else 'aktiviteter'}"
    told = "; ".join(
        f"{one.row.label}: {one.said}" + (f" ({one.row.group})" if one.row.group else "") for one in activities
    )
    missing = f" Uden datoer: {display(undated)}." if undated else ""
    return f"{title} med {count} {when}: {told}.{missing}"


def timeline(
    value: object,
    titel: str = "titel",
    start: str = "start",
    slut: str = "slut",
    farve: str = "",
    id: str = "",  # noqa: A002
    bredde: object = _WIDTH,
    grupper: object = (),
) -> TimelineChart:
    """The filter: `value` is a list of groups, the others are names of their fields; `bredde` is in centimetres.

    `grupper` lists values of the field `farve` in the order of the legend; each keeps its colour and pattern whichever
    of them are there. Other values come after them, as they appear.

    `start` and `slut` may be dates, months, years, or name the same field with a period. An activity with one date is
    a milestone, one without any is named in the alternative text only. Raises ValueError with a Danish sentence for
    what is no such list.
    """
    width = _width(bredde)
    value = () if value is None else value
    if isinstance(value, str | Mapping) or not isinstance(value, Iterable):
        raise _no_list()
    activities: list[_Activity] = []
    undated: list[str] = []
    for item in value:
        label = " ".join(filter(None, (_text(item, id), _text(item, titel)))) or "Uden navn"
        span = _span(_value(item, start), _value(item, slut))
        if span is None:
            undated.append(label)
            continue
        first, last, said = span
        group = (_text(item, farve) or NO_GROUP) if farve else ""
        activities.append(_Activity(TimelineRow(label, first.isoformat(), last.isoformat(), group), said))
    if all(one.row.group == NO_GROUP for one in activities):
        activities = [_Activity(one.row._replace(group=""), one.said) for one in activities]
    return TimelineChart(activities, undated, width, _names(grupper))


def _no_list() -> ValueError:
    return ValueError("en tidslinje laves af en liste af grupper")


def _width(value: object) -> float:
    try:
        width = float(str(value))
    except ValueError:
        width = 0.0
    if not 4 <= width <= _WIDEST:
        raise ValueError("bredde er et tal i centimeter mellem 4 og 50")
    return width


def _names(value: object) -> list[str]:
    if value is None or isinstance(value, str | Mapping) or not isinstance(value, Iterable):
        raise ValueError("grupper er en liste af tekster")
    return [" ".join(display(one).split(" ")) for one in value]


def _value(item: object, name: str) -> object:
    """The field `name` of a group; a name with points leads into groups within."""
    for step in name.split(".") if name else ():
        if item is None:
            return None
        if not isinstance(item, Mapping):
            raise _no_list()
        if step not in item:
            raise ValueError(f'elementerne i listen har intet felt "{step}"')
        item = item[step]
    return item if name else None


def _text(item: object, name: str) -> str:
    text = " ".join(re.split(r"[ \t\r\n]+", display(_value(item, name)))).strip()
    found = ILLEGAL.search(text)
    if found:
        raise ValueError(f"tegnet U+{ord(found.group()):04X} kan ikke stå i et dokument")
    return text


def _span(start: object, end: object) -> tuple[date, date, str] | None:
    """The first and last day of an activity, and how that is said; None without any date."""
    begins, ends = (_end_of(_moment(value), last=number > 0) for number, value in enumerate((start, end)))
    spans = [span_of(one) for one in (begins, ends) if one is not None]
    days = [day for span in spans if span is not None for day in span]
    if not days:
        return None
    if not _FIRST_YEAR <= min(days).year <= max(days).year <= _LAST_YEAR:
        raise ValueError(f"en tidslinje går fra år {_FIRST_YEAR} til år {_LAST_YEAR}")
    said = display(ends if begins is None else begins)
    if begins is not None and ends is not None and begins != ends:
        try:
            said = display(Period(begins, ends))
        except ValueError:  # it ends before it begins: the rules of a kind tell that
            said = f"{display(begins)} til {display(ends)}"
    return min(days), max(days), said


def _end_of(value: Moment | Period | None, *, last: bool) -> Moment | None:
    if isinstance(value, Period):
        return value.end if last else value.start
    return value


def _moment(value: object) -> Moment | Period | None:
    if value is None or value == "":
        return None
    if isinstance(value, date | Month | Year | Period):
        return value
    found = parse_moment(value) or parse_period(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f'"{value!s}" er ikke en dato')
    return found
