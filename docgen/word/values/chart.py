"""The chart part of a timeline: a stacked bar chart whose first series only pushes the bars to where they begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from docgen.word.archive.ooxml import DECLARATION, C, attribute
from docgen.word.reading.content import TimelineRow

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
MONTH = 365.25 / 12
"""The width of every month on the axis, in its units, which Word writes as days."""
MID_MONTH = 14
"""Where the axis says that a month begins: so far from its ends that no tick is ever labelled with another month."""
EPOCH = date(1899, 12, 30)
OFFSET = "\u00a0"
"""The name of the series that is not seen: Word and LibreOffice differ in how an entry of the legend is left out."""
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_MOST_MONTHS = ((1, 7), (3, 21), (6, 42))  # a label for each month, quarter, half year: up to so many months
_LINE = 34  # characters of a label that fit on a line
_LONGEST = 66
_ROW, _HIGH_ROW, _AXIS, _LEGEND = 0.56, 0.86, 0.9, 0.8  # centimetres
_HIGHEST = 22.5  # rows of one chart
_LABELS = 0.33  # of the chart's width
_THINNEST = 90  # bars are never thinner than this part of the axis
_FILLS = ("", "wdUpDiag", "pct30", "wdDnDiag", "smGrid", "narHorz", "dkVert", "openDmnd")
_TEXT = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/>'


class Axis(NamedTuple):
    """The months of a chart: the first one as a count from year 0, how many, and how many between two labels."""

    first: int
    months: int
    step: int

    @property
    def start(self) -> int:
        """Where the axis begins, in its units."""
        return axis_start(self.first)

    def place(self, day: date) -> float:
        """Where a day begins, in the units of the axis; every month is as wide as the next."""
        index = day.year * 12 + day.month - 1
        part = (day.day - 1) / (month_begin(index + 1) - month_begin(index)).days
        return self.start + (index - self.first + part) * MONTH


def month_begin(index: int) -> date:
    """The first day of a month that is counted from year 0."""
    return date(index // 12, index % 12 + 1, 1)


def axis_start(first: int) -> int:
    """Where the axis begins whose first month is `first`."""
    return (month_begin(first) - EPOCH).days + MID_MONTH


def day_at(first: int, place: float) -> date:
    """The day that begins at a place of the axis whose first month is `first`."""
    index, part = divmod((place - axis_start(first)) / MONTH + 1e-6, 1)
    begin, end = (month_begin(first + int(index) + later) for later in (0, 1))
    return begin + timedelta(days=int(part * (end - begin).days + 0.01))


def axis_of(rows: Sequence[TimelineRow]) -> Axis:
    """The axis that all rows fit on, beginning with a whole month, quarter or year."""
    days = [date.fromisoformat(day) for row in rows for day in (row.start, row.end)]
    first, last = (day.year * 12 + day.month - 1 for day in (min(days), max(days)))
    step = next((step for step, most in _MOST_MONTHS if last - first < most), 0)
    step = step or 12 * ((last - first) // 84 + 1)
    first -= first % min(step, 12)
    return Axis(first, -(-(last + 1 - first) // step) * step, step)


def shares(rows: Sequence[TimelineRow]) -> Iterator[slice]:
    """The rows of each chart: a page holds about forty."""
    most = int(_HIGHEST / _row_height(rows))
    count = -(-len(rows) // most)
    size = -(-len(rows) // count)
    for start in range(0, len(rows), size):
        yield slice(start, start + size)


def height(rows: Sequence[TimelineRow], part: slice) -> float:
    """How high the chart of some of the rows is, in centimetres."""
    return _AXIS + _row_height(rows) * len(rows[part]) + (_LEGEND if _is_grouped(rows) else 0.2)


def _row_height(rows: Sequence[TimelineRow]) -> float:
    return _HIGH_ROW if any(len(row.label) > _LINE for row in rows) else _ROW


def _is_grouped(rows: Sequence[TimelineRow]) -> bool:
    return any(row.group for row in rows)


def chart_xml(rows: Sequence[TimelineRow], part: slice, order: Sequence[str] = ()) -> str:
    """The chart part for some of the rows; the axis and the colours are those of all of them.

    The groups named in `order` come first and keep their colours, whichever of them there are.
    """
    axis = axis_of(rows)
    shown = rows[part]
    used = dict.fromkeys(row.group for row in rows)
    looks = {group: number for number, group in enumerate(dict.fromkeys((*(order if any(used) else ()), *used)))}
    groups = [group for group in looks if group in used]
    labels = "".join(
        f'<c:pt idx="{number}"><c:v>{attribute(_short(row.label))}</c:v></c:pt>' for number, row in enumerate(shown)
    )
    labels = f'<c:cat><c:strLit><c:ptCount val="{len(shown)}"/>{labels}</c:strLit></c:cat>'
    starts = {number: f"{axis.place(date.fromisoformat(row.start)):.3f}" for number, row in enumerate(shown)}
    series = [_series(0, 0, OFFSET, "<a:noFill/><a:ln><a:noFill/></a:ln>", labels, _numbers(starts, len(shown)))]
    for number, group in enumerate(groups, start=1):
        lengths = {at: _length(axis, row) for at, row in enumerate(shown) if row.group == group}
        look, values = _look(looks[group]), _numbers(lengths, len(shown))
        series.append(_series(looks[group] + 1, number, group or "Aktivitet", look, labels, values))
    legend = ""
    if _is_grouped(rows):
        legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text_look()}</c:legend>'
    layout = _layout(height(rows, part), grouped=_is_grouped(rows))
    return (
        f'{DECLARATION}<c:chartSpace xmlns:c="{C}" xmlns:a="{_A}"><c:date1904 val="0"/><c:lang val="da-DK"/>'
        f'<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{layout}<c:barChart>'
        f'<c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>{"".join(series)}'
        '<c:gapWidth val="45"/><c:overlap val="100"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>'
        f'{_category_axis()}{_date_axis(axis)}</c:plotArea>{legend}<c:plotVisOnly val="1"/>'
        '<c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f"{_text_look()}</c:chartSpace>"
    )


def _short(label: str) -> str:
    """A label that fits on two lines."""
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _length(axis: Axis, row: TimelineRow) -> str:
    """How long a bar is; one that was widened to be seen tells the days it takes in its decimals (`days_of`)."""
    start, end = date.fromisoformat(row.start), date.fromisoformat(row.end)
    length = axis.place(end + timedelta(days=1)) - axis.place(start)
    least = axis.months * MONTH / _THINNEST
    return f"{length:.2f}" if length >= least else f"{int(least + 1)}.{min((end - start).days + 1, 999):03}5"


def days_of(length: str) -> int:
    """The days that a widened bar takes; 0 for one that is as long as its time."""
    decimals = length.partition(".")[2]
    return int(decimals[:3]) if len(decimals) == 4 else 0


def _numbers(values: Mapping[int, str], count: int) -> str:
    points = "".join(f'<c:pt idx="{number}"><c:v>{value}</c:v></c:pt>' for number, value in values.items())
    return f'<c:val><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{points}</c:numLit></c:val>'


def _series(index: int, order: int, name: str, look: str, labels: str, values: str) -> str:
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{order}"/><c:tx><c:v>{attribute(name)}</c:v></c:tx>'
        f'<c:spPr>{look}</c:spPr><c:invertIfNegative val="0"/>{labels}{values}</c:ser>'
    )


def _look(number: int) -> str:
    """The fill and line of a group: another accent of the theme and another pattern than its neighbours'."""
    colour = f'<a:schemeClr val="accent{number % 6 + 1}"/>'
    pattern = _FILLS[number % len(_FILLS)]
    fill = f"<a:solidFill>{colour}</a:solidFill>"
    if pattern:
        fill = (
            f'<a:pattFill prst="{pattern}"><a:fgClr>{colour}</a:fgClr>'
            '<a:bgClr><a:schemeClr val="bg1"/></a:bgClr></a:pattFill>'
        )
    return f'{fill}<a:ln w="9525"><a:solidFill>{colour}</a:solidFill></a:ln>'


def _layout(high: float, *, grouped: bool) -> str:
    """Where the bars stand: labels beside them, the axis above, the legend below."""
    top, bottom = 0.7 / high, (_LEGEND if grouped else 0.1) / high
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{_LABELS}"/><c:y val="{top:.4f}"/><c:w val="{0.95 - _LABELS:.4f}"/>'
        f'<c:h val="{1 - top - bottom:.4f}"/></c:manualLayout></c:layout>'
    )


def _category_axis() -> str:
    return (
        '<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_line(50)}{_text_look()}<c:crossAx val="1002"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _date_axis(axis: Axis) -> str:
    end = axis.start + axis.months * MONTH
    minor = f"<c:minorGridlines>{_line(15)}</c:minorGridlines>" if axis.step in {3, 6} else ""
    unit = f'<c:minorUnit val="{(1 if axis.step == 3 else 3) * MONTH:.4f}"/>' if minor else ""
    shown = "yyyy" if axis.step >= 12 else "mmm\\ yyyy"
    return (
        f'<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/><c:max val="{end:.3f}"/>'
        f'<c:min val="{axis.start}"/></c:scaling><c:delete val="0"/><c:axPos val="t"/>'
        f"<c:majorGridlines>{_line(35)}</c:majorGridlines>{minor}"
        f'<c:numFmt formatCode="[$-406]{shown};@" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_text_look()}<c:crossAx val="1001"/><c:crosses val="autoZero"/><c:crossBetween val="between"/>'
        f'<c:majorUnit val="{axis.step * MONTH:.4f}"/>{unit}</c:valAx>'
    )


def _line(darkness: int) -> str:
    """A thin line, so many per cent of the way from the paper's colour to the text's."""
    colour = (
        f'<a:schemeClr val="tx1"><a:lumMod val="{darkness}000"/><a:lumOff val="{100 - darkness}000"/></a:schemeClr>'
    )
    return f'<c:spPr><a:ln w="6350"><a:solidFill>{colour}</a:solidFill></a:ln></c:spPr>'


def _text_look() -> str:
    return (
        '<c:txPr><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr sz="900" b="0">{_TEXT}</a:defRPr></a:pPr><a:endParaRPr lang="da-DK"/></a:p></c:txPr>'
    )
