"""Lists, tables and pictures as HTML elements, from blocks whose text is printed by the caller."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape

from docgen.word.reading.content import Cell, Inlines, ListItem, Picture, Row, Table, line

_TOTAL = re.compile(r"(?:i alt|sum|total|samlet)\b", re.IGNORECASE)
_NARROW = 6  # columns that fit across a page without a smaller type
_SIDES = {"right": "tal", "center": "midt"}


def escaped(text: str) -> str:
    """Text in which nothing is markup; a carriage return is written out, since a parser would change it."""
    return escape(text).replace("\r", "&#13;")


def list_html(items: Sequence[ListItem], print_inlines: Callable[[Inlines], str]) -> str:
    """Items of one list or several on end, nested as their levels say; a bullet is the browser's, a number is text."""
    found = ""
    opened: list[tuple[int, bool, int]] = []
    for item in items:
        text = print_inlines(item.inlines)
        while opened and opened[-1][0] > item.level:
            found += _closed(opened.pop())
        if opened and not item.label:
            found += f"<p>{text}</p>\n"
            continue
        if opened and opened[-1][0] == item.level:
            restarted = item.ordered and item.value <= opened[-1][2]
            if opened[-1][1] != item.ordered or restarted:
                found += _closed(opened.pop())
            else:
                found += "</div></li>\n"
                opened.pop()
                opened.append((item.level, item.ordered, item.value))
                found += _item(item, text)
                continue
        found += '<ol class="nummereret">\n' if item.ordered else "<ul>\n"
        opened.append((item.level, item.ordered, item.value))
        found += _item(item, text)
    while opened:
        found += _closed(opened.pop())
    return found


def _item(item: ListItem, text: str) -> str:
    if not item.ordered:
        return f"<li><div><p>{text}</p>\n"
    value = f' value="{item.value}"' if item.value else ""
    return f'<li{value}><span class="nr">{escaped(item.label)}</span>{item.gap}<div><p>{text}</p>\n'


def _closed(opened: tuple[int, bool, int]) -> str:
    return f"</div></li>\n</{'ol' if opened[1] else 'ul'}>\n"


def nested_html(items: Iterable[tuple[int, str]]) -> str:
    """Levels and markup as nested `ul`."""
    found = ""
    opened: list[int] = []
    for level, text in items:
        while len(opened) > 1 and opened[-1] > level:
            found += "</li>\n</ul>\n"
            opened.pop()
        if opened and level <= opened[-1]:
            found += "</li>\n"
        else:
            found += "<ul>\n"
            opened.append(level)
        found += f"<li>{text}"
    return found + "</li>\n</ul>\n" * len(opened)


def table_html(table: Table, caption: str, told: str, print_cell: Callable[[Cell], str]) -> str:
    """A table that scrolls in a container of its own; `told` is the attribute that names it, `caption` an element."""
    head = [row for row in table.rows if row.header]
    body = [row for row in table.rows if not row.header]
    totals: list[Row] = []
    while len(body) > 1 and _is_total(body[-1]):
        totals.insert(0, body.pop())
    parts = ""
    for name, rows in (("thead", head), ("tbody", body), ("tfoot", totals)):
        printed = "".join(_row(row, name, table, print_cell, headed=bool(head)) for row in rows)
        parts += f"<{name}>\n{printed}</{name}>\n" if rows else ""
    scroll = f'<div class="tabel" tabindex="0" role="region" {told}>'
    wide = ' class="bred"' if len(table.aligned) > _NARROW else ""
    return f"{scroll}\n<table{wide}>\n{caption}{parts}</table>\n</div>\n"


def _row(row: Row, part: str, table: Table, print_cell: Callable[[Cell], str], *, headed: bool) -> str:
    found = ""
    column = 0
    for number, cell in enumerate(row.cells):
        side = table.aligned[column] if column < len(table.aligned) else ""
        names = f' class="{_SIDES[side]}"' if side in _SIDES else ""
        names += f' colspan="{cell.span}"' if cell.span > 1 else ""
        text = print_cell(cell)
        if part == "thead":
            found += f'<th scope="{"colgroup" if cell.span > 1 else "col"}"{names}>{text}</th>'
        elif number == 0 and (part == "tfoot" or not headed):
            found += f'<th scope="row"{names}>{text}</th>'
        else:
            found += f"<td{names}>{text}</td>"
        column += cell.span
    return f"<tr>{found}</tr>\n"


def _is_total(row: Row) -> bool:
    """Whether a row sums the rows above it: its first text says so."""
    texts = (" ".join(map(line, cell.blocks)).strip() for cell in row.cells)
    return bool(_TOTAL.match(next((text for text in texts if text), "")))


def picture_html(picture: Picture) -> str:
    """A picture with its data in the page; of one that no browser shows, the words for it."""
    from base64 import b64encode

    if not picture.data:
        return f"<p>{escape(picture.alt)}</p>\n" if picture.alt else ""
    data = b64encode(picture.data).decode()
    size = f' width="{picture.width}" height="{picture.height}"' if picture.width and picture.height else ""
    return f'<p><img src="data:image/{picture.kind};base64,{data}" alt="{escape(picture.alt)}"{size}></p>\n'
