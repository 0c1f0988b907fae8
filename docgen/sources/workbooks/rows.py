"""The rows of a long list, read by regular expressions: fifteen columns of 20,000 rows in a tenth of a second."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import compress, groupby
from typing import NamedTuple

from docgen.sources.workbooks.content import Content, column_number
from docgen.sources.workbooks.values import Values

_CHUNK = 400_000  # bytes whose rows are held at a time
_SAMPLES, _SAMPLE = 8, 8_000  # how many pieces of the rows tell their shape, and the bytes of each
_FEW = 30  # rows for which no regular expression is worth its making
_MOST_SHAPES, _MOST_WAYS = 6, 6
_STANDARD = re.compile(
    rb'(?:\xef\xbb\xbf)?(?:<\?xml(?:[^>]*encoding=["\']utf-8["\'][^>]*|(?:(?!encoding)[^>])*)\?>\s*)?<worksheet[ >]',
    re.IGNORECASE,
)
_CELL = re.compile(rb'<c r="([A-Z]{1,3})[0-9]+"([^>]*?)(/>|></c>|><f|>)')
_NUMBERED = re.compile(rb'<row r="[0-9]+"')
_ATTRIBUTES = re.compile(rb' ([ts])="([A-Za-z0-9]*)"')


class _Way(NamedTuple):
    """One way in which cells of a column are written: its letters, their attributes, and whether they have formulas."""

    letters: bytes
    attributes: bytes
    has_formula: bool


def read_rows(data: bytes, values: Values, content: Content) -> bytes | None:
    """Read the rows that look like those of Excel into `content`; give the XML without them.

    Rows of one shape are read together: those whose cells are written in the ways that a sample of them is, column by
    column, or are empty. What no sample of the rows that are left has told is for another reader.
    None when that has to read everything: then nothing that was read counts. Raises DamagedError and TooLargeError.
    """
    first, last = data.find(b"<sheetData>"), data.rfind(b"</sheetData>")
    marked = b"!" in data and (b"<!--" in data or b"<![CDATA[" in data)  # one byte is found ten times as fast as four
    if not _STANDARD.match(data) or not 0 < first < last or marked:
        return data
    first += len(b"<sheetData>")
    left, start, stop = data, first, last  # where the rows are that are left to read: a copy of them all takes its time
    for _ in range(_MOST_SHAPES):
        shape = _shape(left, start, stop)
        pattern = _row_pattern(shape)
        odd: list[bytes] = []
        while start < stop:
            end = left.find(b"<row ", start + _CHUNK, stop)
            end = stop if end < 0 else end
            odd += _read(shape, pattern.findall(left, start, end), values, content)
            start = end
        left = b"".join(odd)
        start, stop = 0, len(left)
        if len(odd) < _FEW:
            break
    if not all(map(_NUMBERED.match, odd)):
        return None  # rows without numbers follow from those before
    return b"".join((data[:first], left, data[last:]))


def _shape(rows: bytes, start: int, stop: int) -> tuple[_Way, ...]:
    """The ways in which the cells of some of the rows are written, in the order of their columns."""
    columns: dict[bytes, dict[_Way, None]] = {}
    for about in range(start, stop, max(_SAMPLE, (stop - start) // _SAMPLES)):
        at = rows.find(b"<row ", about, stop)
        for letters, attributes, rest in _CELL.findall(rows[at : min(at + _SAMPLE, stop)]):
            ways = columns.setdefault(letters, {})
            if rest in (b"><f", b">"):
                ways[_Way(letters, attributes, rest != b">")] = None
    by_place = sorted(columns, key=lambda letters: (len(letters), letters))
    return tuple(
        way for letters in by_place for way in list(columns[letters])[:_MOST_WAYS] or [_Way(letters, b"", False)]
    )


@cache
def _row_pattern(shape: tuple[_Way, ...]) -> re.Pattern[bytes]:
    """A row of that shape: its number, its attributes, and what is written in each way; or else all of another row.

    A cell may be missing or empty. What once matched is never tried another way (`?+`): a row that does not fit costs
    no more than one that does.
    """
    cells = b"".join(
        rb'(?:<c r="%b(?P=row)"(?:%b|[^>]*(?:/>|></c>)))?+' % (letters, b"|".join(map(_way_pattern, ways)))
        for letters, ways in groupby(shape, key=lambda way: way.letters)
    )
    row = rb'<row r="(?P<row>[0-9]{1,7})"([^>/]*)(?:/>|>%b</row>)' % cells
    return re.compile(rb"%b|(<row .*?</row>|<.*)" % row, re.DOTALL)


def _way_pattern(way: _Way) -> bytes:
    value = rb"<v>([^<]*)</v>"
    if b'"inlineStr"' in way.attributes:
        value = rb"<is><t[^>]*>([^<]*)</t></is>"
    if way.has_formula:
        value = rb"(<f)[^>]*>(?:[^<]*</f>)?+(?:<v/>|%b)?+" % value
    return rb"%b>%b</c>" % (re.escape(way.attributes), value)


def _read(shape: Sequence[_Way], found: Sequence[tuple[bytes, ...]], values: Values, content: Content) -> list[bytes]:
    """Put what the groups of the pattern found in rows of that shape into `content`; give the other rows."""
    odd = [groups[-1] for groups in found if groups[-1]]
    if odd:
        found = [groups for groups in found if not groups[-1]]
    if not found:
        return odd
    numbers, attributes, *columns, _ = zip(*found, strict=True)
    rows: Sequence[int] = list(map(int, numbers))
    if rows == list(range(rows[0], rows[-1] + 1)):
        rows = range(rows[0], rows[-1] + 1)
    hidden = {one for one in set(attributes) if b'hidden="1"' in one or b'hidden="true"' in one}
    if hidden:
        content.hidden_rows.update(row for row, one in zip(rows, attributes, strict=True) if one in hidden)
    groups = iter(columns)
    for way in shape:
        _put(way, rows, groups, values, content)
    return odd


def _put(way: _Way, rows: Sequence[int], groups: Iterator[tuple[bytes, ...]], values: Values, content: Content) -> None:
    """Put what was written in one way in these rows into `content`; `groups` gives what was found, way by way."""
    number = column_number(way.letters.decode())
    told = {name.decode(): value.decode() for name, value in _ATTRIBUTES.findall(way.attributes)}
    form = values.form(told.get("t", ""), told.get("s", ""))
    formulas = next(groups) if way.has_formula else ()
    texts = next(groups)
    empty = texts.count(b"")
    there = list(compress(rows, texts)) if 0 < empty < len(rows) else [] if empty else rows
    if any(formulas):
        content.add_formulas(form, number, list(compress(rows, formulas)), there)
    if there:
        content.put(form, number, there, values.many(form, list(filter(None, texts)) if empty else texts))
