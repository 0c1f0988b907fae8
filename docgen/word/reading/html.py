"""A finished document as semantic HTML: headings, nested lists, tables with heads, and no markup but docgen's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from docgen.templating.text_file import Html
from docgen.word.reading.content import (
    Block,
    Cell,
    ContentsEntry,
    Heading,
    Inlines,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    ReadDocument,
    Rule,
    Span,
    Table,
    Timeline,
    line,
)
from docgen.word.reading.html_elements import escaped, list_html, nested_html, picture_html, table_html
from docgen.word.reading.timeline_svg import timeline_svg

_DEEPEST = 6  # levels of heading in HTML
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"^\d+(?:\.\d+)*[.)]?\s+")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "§": "paragraf-"})
_ORDINARY = frozenset({"", "normal", "body text", "list paragraph", "tabel", "tabeltekst", "tabeltal", "tabelhoved"})


def to_html(document: ReadDocument) -> Html:
    """The blocks of a document, and its notes, as the content of an HTML `main`.

    A title becomes the `h1` and the headings below it one level deeper; none is deeper than the one before it by more
    than a level. Ids come from the texts of headings, so that they are the same when numbers change. Left out: headers
    and footers.
    """
    return Html("".join(_Printer(document).pieces()))


class _Printer:
    """Prints the blocks in order; `level` is that of the last heading, `heading_id` its id."""

    def __init__(self, document: ReadDocument) -> None:
        self._blocks = document.blocks
        self._notes = document.notes
        self._titled = any(_style(block) == "title" for block in document.blocks)
        self._ids = _Ids()
        self._heading_id_of = self._heading_ids()
        self._level = 0
        self._heading_id = ""
        self._caption = ""
        self._tables = 0
        self._charts = 0

    def pieces(self) -> Iterator[str]:
        blocks = list(self._blocks)
        for _, group in groupby(enumerate(blocks), key=lambda pair: _family(pair[1], pair[0])):
            yield from self._group([block for _, block in group])
        if self._caption:
            yield self._flushed()
        if self._notes:
            yield '<section class="noter" aria-label="Noter">\n'
            yield from (self._note(note) for note in self._notes)
            yield "</section>\n"

    def _heading_ids(self) -> Mapping[int, str]:
        """The id of each heading, by the identity of its block; links within the document lead to it."""
        headings = (block for block in self._blocks if isinstance(block, Heading))
        return {id(block): self._ids.new(block.text, block.anchor) for block in headings}

    def _group(self, blocks: Sequence[Block]) -> Iterator[str]:
        first = blocks[0]
        if self._caption and not isinstance(first, Table):
            yield self._flushed()
        match first:
            case ListItem():
                yield list_html([one for one in blocks if isinstance(one, ListItem)], self._inlines)
            case ContentsEntry() | Paragraph() if _is_contents(first):
                yield self._contents(blocks)
            case Paragraph() if _is_metadata(first):
                yield self._metadata([one for one in blocks if isinstance(one, Paragraph)])
            case Paragraph() if _style(first) == "quote":
                yield f"<blockquote>\n{''.join(map(self._block, blocks))}</blockquote>\n"
            case Paragraph() if _style(first) == "caption":
                self._caption = "<br>".join(self._text(one) for one in blocks if isinstance(one, Paragraph))
            case _:
                yield from map(self._block, blocks)

    def _flushed(self) -> str:
        caption, self._caption = self._caption, ""
        return f'<p class="caption">{caption}</p>\n'

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block)
            case ListItem():
                return list_html([block], self._inlines)
            case Table():
                return self._table(block)
            case Rule():
                return "<hr>\n"
            case PageBreak():
                return '<div class="sideskift"></div>\n'
            case Timeline():
                self._charts += 1
                return timeline_svg(block, f"tidslinje-{self._charts}")
            case Picture():
                return picture_html(block)
            case ContentsEntry():
                return self._contents([block])

    # --- text

    def _inlines(self, inlines: Inlines) -> str:
        found = ""
        for link, group in groupby(inlines, key=lambda span: span.link):
            text = "".join(map(_span, group))
            if link.startswith("#") and link[1:] in self._ids.anchors:
                found += f'<a href="#{self._ids.anchors[link[1:]]}">{text}</a>'
            elif _SAFE_LINK.match(link):
                found += f'<a href="{escape(link)}">{text}</a>'
            else:
                found += text
        return found

    def _text(self, block: Heading | Paragraph) -> str:
        number = f'<span class="nr">{escaped(block.number)}</span>{block.gap}' if block.number else ""
        return number + self._inlines(block.inlines)

    def _heading(self, block: Heading) -> str:
        self._heading_id = self._heading_id_of[id(block)]
        self._level = min(block.level + self._titled, self._level + 1, _DEEPEST)
        return f'<h{self._level} id="{self._heading_id}">{self._text(block)}</h{self._level}>\n'

    def _paragraph(self, block: Paragraph) -> str:
        style = _style(block)
        if style == "title":
            if self._level == 0:
                self._level = 1
                return f'<h1 id="{self._ids.new("titel")}">{self._text(block)}</h1>\n'
            return f'<p class="title">{self._text(block)}</p>\n'
        name = "" if style in _ORDINARY else f' class="{_slug(style)}"'
        if not block.number:
            return f"<p{name}>{self._inlines(block.inlines)}</p>\n"
        number = f'<span class="nr">{escaped(block.number)}</span>{block.gap}'
        return f'<p class="stykke">{number}<span class="tekst">{self._inlines(block.inlines)}</span></p>\n'

    def _note(self, note: Note) -> str:
        body = "".join(map(_plain_block, note.blocks))
        return f'<div class="note" role="note"><p>[{escaped(note.mark)}] </p>{body}</div>\n'

    # --- groups of paragraphs

    def _metadata(self, paragraphs: Sequence[Paragraph]) -> str:
        rows = []
        for one in paragraphs:
            label, value = _parted(one.inlines)
            label = tuple(replace(span, bold=False) for span in label)  # the page itself sets off what a dt is
            rows.append(f"<div><dt>{self._inlines(label)}</dt><dd>{self._inlines(value)}</dd></div>\n")
        return f'<dl class="metadata">\n{"".join(rows)}</dl>\n'

    def _contents(self, blocks: Sequence[Block]) -> str:
        """The contents list as nested lists of links, with its own heading; an entry without a target is text."""
        items = []
        for entry in (block for block in blocks if isinstance(block, ContentsEntry)):
            number = f'<span class="nr">{escaped(entry.number)}</span> ' if entry.number else ""
            target = self._ids.anchors.get(entry.anchor)
            text = f'<span class="tekst">{escaped(entry.text)}</span>'
            items.append((entry.level, f'<a href="#{target}">{number}{text}</a>' if target else number + text))
        headings = "".join(self._paragraph(block) for block in blocks if isinstance(block, Paragraph))
        if not items:
            return headings
        return f'<nav class="indhold" aria-label="Indholdsfortegnelse">\n{headings}{nested_html(items)}</nav>\n'

    # --- tables

    def _table(self, table: Table) -> str:
        named = self._heading_id
        caption = ""
        if self._caption:
            self._tables += 1
            named = f"tabel-{self._tables}"
            caption, self._caption = f'<caption id="{named}">{self._caption}</caption>\n', ""
        told = f'aria-labelledby="{named}"' if named else 'aria-label="Tabel"'
        return table_html(table, caption, told, self._cell)

    def _cell(self, cell: Cell) -> str:
        blocks = cell.blocks
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and not blocks[0].number:
            return self._inlines(blocks[0].inlines)
        found = ""
        for listed, group in groupby(blocks, key=lambda block: isinstance(block, ListItem)):
            members = list(group)
            if listed:
                found += list_html([one for one in members if isinstance(one, ListItem)], self._inlines)
            else:
                found += "".join(self._in_cell(one) for one in members)
        return found

    def _in_cell(self, block: Block) -> str:
        match block:
            case Heading():
                return f"<p><strong>{self._text(block)}</strong></p>"
            case Table():
                return table_html(block, "", 'aria-label="Tabel"', self._cell)
        return self._block(block)


# --- what needs no place in the document


class _Ids:
    """Ids that are unique in the document; `anchors` finds the id of a Word bookmark."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self.anchors: dict[str, str] = {}

    def new(self, text: str, anchor: str = "") -> str:
        """An id made from a text: `afsnit-oekonomi`, the second one `afsnit-oekonomi-2`."""
        stem = f"afsnit-{_slug(_OWN_NUMBER.sub('', text, count=1)) or 'uden-navn'}"
        found, number = stem, 1
        while found in self._used:
            number += 1
            found = f"{stem}-{number}"
        self._used.add(found)
        if anchor:
            self.anchors[anchor] = found
        return found


def _slug(text: str) -> str:
    """`text` in small ASCII letters, digits and hyphens, cut at a word."""
    lowered = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    words = re.findall("[a-z0-9]+", lowered.encode("ascii", "ignore").decode())
    found = ""
    for word in words:
        if found and len(found) + len(word) > 60:
            break
        found = f"{found}-{word}" if found else word[:60]
    return found


def _style(block: Block) -> str:
    return block.style.lower() if isinstance(block, Paragraph) else ""


def _is_metadata(block: Block) -> bool:
    return _style(block) == "metadata" and isinstance(block, Paragraph) and "\t" in block.text and not block.number


def _is_contents(block: Block) -> bool:
    """Whether the block is an entry of a contents list, or the heading of one."""
    return isinstance(block, ContentsEntry) or _style(block) == "toc heading"


def _family(block: Block, place: int) -> object:
    """What makes neighbours one element: those of one list, one contents list, one set of metadata."""
    if isinstance(block, ListItem):
        return ListItem
    if _is_contents(block):
        return ContentsEntry
    if _is_metadata(block):
        return "metadata"
    return _style(block) if _style(block) in {"quote", "caption"} else place


def _parted(inlines: Inlines) -> tuple[Inlines, Inlines]:
    """The spans before and after the first tab."""
    label: list[Span] = []
    for number, span in enumerate(inlines):
        before, tab, after = span.text.partition("\t")
        if tab:
            rest = (Span(after, span.bold, span.italic, span.link),) if after else ()
            return (*label, Span(before, span.bold, span.italic, span.link)), (*rest, *inlines[number + 1 :])
        label.append(span)
    return tuple(label), ()


def _span(span: Span) -> str:
    text = escaped(span.text).replace("\n", "<br>").replace("\t", '<span class="tab">\t</span>')
    text = f"<em>{text}</em>" if span.italic else text
    return f"<strong>{text}</strong>" if span.bold else text


def _plain_block(block: Block) -> str:
    return f"<p>{escaped(line(block))}</p>"
