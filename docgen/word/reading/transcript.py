"""A finished document printed: as plain text for people and tests, as Markdown that reads back the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from docgen.word.reading.content import (
    Block,
    Cell,
    ContentsEntry,
    Heading,
    Inlines,
    ListItem,
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
from docgen.word.reading.escaping import block_markdown, cell_markdown, heading_markdown
from docgen.word.values.markdown import looks_like_date

_UNDERLINES = {1: "=", 2: "-"}
_NO_SLUG = re.compile(r"[^\w\- ]")
_CONTENTS_HEADING = "toc heading"
_DEEPEST = 6  # levels of heading in Markdown
_LONGEST_NUMBER = 1000  # from here on a number is a year or an amount, not a place in a list


def to_text(document: ReadDocument, *, with_frame: bool = False) -> str:
    """The document as plain text; lines are not wrapped, and the text ends with a line end.

    `with_frame` adds what stands around the text: headers, footers, page breaks and contents lists without links.
    """
    chunks = [f"[sidehoved] {text}" for text in document.headers] if with_frame else []
    blocks = list(document.blocks) if with_frame else _text_blocks(document)
    for listed, group in groupby(blocks, key=lambda block: isinstance(block, ListItem | ContentsEntry)):
        members = list(group)
        chunks += [_list_text(members)] if listed else map(_block_text, members)
    chunks += [f"[{note.mark}] " + "\n".join(map(line, note.blocks)) for note in document.notes]
    if with_frame:
        chunks += [f"[sidefod] {text}" for text in document.footers]
    return "\n\n".join(chunk for chunk in chunks if chunk) + "\n"


def _text_blocks(document: ReadDocument) -> list[Block]:
    """The blocks without page breaks and without contents lists, but for those whose lines lead to headings."""
    listed = any(isinstance(block, ContentsEntry) for block in document.blocks)
    frame = {f"toc {level}" for level in range(1, 10)} | (set() if listed else {_CONTENTS_HEADING})
    return [block for block in document.blocks if not isinstance(block, PageBreak) and _style(block) not in frame]


def _block_text(block: Block) -> str:
    match block:
        case Heading(level=level):
            text = f"{block.number}{block.gap if block.number else ''}{_linked(block.inlines)}".strip()
            return f"{text}\n{_UNDERLINES.get(level, '~') * max(map(len, text.splitlines()))}"
        case Paragraph(style=style):
            text = f"{block.number}{block.gap if block.number else ''}{_linked(block.inlines)}"
            return f"{text}\n{'=' * len(text)}" if style.lower() in {"title", _CONTENTS_HEADING} else text
        case Table():
            return _table_text(block)
        case PageBreak():
            return "[sideskift]"
        case Rule():
            return "-" * 20
        case Timeline():
            return block.alt
        case Picture():
            return f"[billede: {block.alt}]" if block.alt else ""
        case ListItem() | ContentsEntry():
            return _list_text([block])


def _linked(inlines: Inlines) -> str:
    """The text with the target of each link after it, unless the text is the target."""
    found = ""
    for link, spans in groupby(inlines, key=lambda span: span.link):
        text = "".join(span.text for span in spans)
        told = not link or link.removeprefix("mailto:").rstrip("/") == text.strip().rstrip("/")
        found += text if told else f"{text} ({link})"
    return found


def _list_text(items: Sequence[Block]) -> str:
    """The items of a list, one below the other; what follows an item's first line hangs below that line's text."""
    lines: list[str] = []
    hangs: dict[int, str] = {}
    for item in items:
        if isinstance(item, ContentsEntry):
            lines.append("  " * (item.level - 1) + line(item))
        elif isinstance(item, ListItem):
            indent = "  " * (item.level - 1)
            label = f"{item.label}{item.gap}" if item.label else ""
            if label or item.level not in hangs:
                hangs[item.level] = indent + " " * (len(label) or 2)
            hang = hangs[item.level]
            first, *rest = _linked(item.inlines).split("\n")
            lines += [f"{indent}{label}{first}" if label else f"{hang}{first}", *(hang + more for more in rest)]
    return "\n".join(text.rstrip(" ") for text in lines)


def _table_text(table: Table) -> str:
    """The rows with their columns below each other and ` | ` between, a line below the heading."""
    rows = [(row.header, _columns(row.cells, len(table.aligned))) for row in table.rows]
    widths = [
        max((len(text) for _, cells in rows for text in cells[column].split("\n")), default=0)
        for column in range(len(table.aligned))
    ]
    found: list[str] = []
    for number, (header, cells) in enumerate(rows):
        parts = [cell.split("\n") for cell in cells]
        for height in range(max(map(len, parts), default=0)):
            texts = [part[height] if height < len(part) else "" for part in parts]
            found.append(" | ".join(map(_placed, texts, widths, table.aligned)).rstrip())
        if header and (number + 1 == len(rows) or not rows[number + 1][0]):
            found.append("-|-".join("-" * width for width in widths))
    return "\n".join(found)


def _columns(cells: Iterable[Cell], width: int) -> list[str]:
    """The text of each column of a row: a cell that spans several fills the first of them."""
    found = [text for cell in cells for text in (_cell_text(cell), *[""] * (cell.span - 1))]
    return found + [""] * (width - len(found))


def _cell_text(cell: Cell) -> str:
    return "\n".join(map(line, cell.blocks))


def _placed(text: str, width: int, side: str) -> str:
    return {"right": text.rjust, "center": text.center}.get(side, text.ljust)(width)


# --- Markdown


def to_markdown(document: ReadDocument) -> str:
    """The document as Markdown: its text reads back the same, in docgen and in other readers of Markdown.

    A title becomes a heading of the first level, and the headings below it one level deeper. Headings carry their
    numbers as text. Left out: headers, footers, page breaks, contents lists without links.
    """
    blocks = _text_blocks(document)
    titled = any(_style(block) == "title" for block in blocks)
    writer = _MarkdownWriter(1 if titled else 0, _targets(blocks))
    for block in blocks:
        writer.add(block)
    for note in document.notes:
        writer.add(Paragraph((Span(f"[{note.mark}] " + "\n".join(map(line, note.blocks))),)))
    return writer.text()


def _targets(blocks: Iterable[Block]) -> dict[str, str]:
    """What a link to each heading is, by the heading's anchor: the name that GitHub and others give it."""
    found: dict[str, str] = {}
    used: dict[str, int] = {}
    for block in blocks:
        heading = isinstance(block, Heading) or _style(block) in {"title", _CONTENTS_HEADING}
        name = _NO_SLUG.sub("", line(block).lower()).replace(" ", "-") if heading else ""
        if heading:
            used[name] = used.get(name, -1) + 1
        if isinstance(block, Heading) and block.anchor:
            found[block.anchor] = f"#{name}-{used[name]}" if used[name] else f"#{name}"
    return found


def _style(block: Block) -> str:
    return block.style.lower() if isinstance(block, Paragraph) else ""


@dataclass(slots=True)
class _Open:
    """A list that the next item may go on: `inner` is the column where an item's text stands."""

    level: int
    ordered: bool
    outer: int
    inner: int
    value: int
    closing: str


class _MarkdownWriter:
    """Puts blocks below each other, with blank lines where Markdown needs them."""

    def __init__(self, deeper: int, targets: Mapping[str, str]) -> None:
        self._deeper = deeper
        self._targets = targets
        self._chunks: list[str] = []
        self._lists: list[_Open] = []
        self._last: Block | None = None

    def text(self) -> str:
        return "".join(self._chunks) + "\n" if self._chunks else ""

    def add(self, block: Block) -> None:
        """Writes one block; one without text is left out."""
        if isinstance(block, ListItem) and self._item(block):
            self._last = block
            return
        self._lists = []
        text = self._block(block)
        if text:
            quoted = _style(block) == "quote" and self._last is not None and _style(self._last) == "quote"
            listed = isinstance(block, ContentsEntry) and isinstance(self._last, ContentsEntry)
            self._put(text, "\n>\n" if quoted else "\n" if listed else "\n\n")
            self._last = block

    def _put(self, text: str, between: str) -> None:
        self._chunks += [between if self._chunks else "", text]

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                text = heading_markdown(_numbered(block.number, block.gap, block.inlines))
                return f"{'#' * min(block.level + self._deeper, _DEEPEST)} {text}"
            case Paragraph():
                return self._paragraph(block)
            case ListItem() if block.text.strip():
                return block_markdown(_numbered(block.label, block.gap, block.inlines))
            case Table():
                return _table_markdown(block)
            case ContentsEntry():
                text, target = heading_markdown((Span(line(block)),)), self._targets.get(block.anchor, "")
                return "  " * (block.level - 1) + (f"- [{text}]({target})" if target else f"- {text}")
            case Timeline():
                return block_markdown((Span(block.alt),))
            case Picture(alt=alt) if alt:
                return block_markdown((Span(f"[billede: {alt}]"),))
            case Rule():
                return "---"
        return ""

    def _paragraph(self, block: Paragraph) -> str:
        spans = _numbered(block.number, block.gap, block.inlines)
        if _style(block) in {"title", _CONTENTS_HEADING}:
            level = 1 if _style(block) == "title" else 1 + self._deeper
            return f"{'#' * level} {heading_markdown(spans)}"
        text = block_markdown(spans)
        if _style(block) != "quote" or not text:
            return text
        follows = self._last is not None and _style(self._last) == "quote"
        # a lone line such as "> 5 mio. kr." is no quotation but a number: a second line says otherwise
        start = ">\n" if block.text[:1].isdigit() and not follows else ""
        return start + "\n".join(f"> {part}" for part in text.split("\n"))

    def _item(self, item: ListItem) -> bool:
        """Writes a list item; False where it must stand as a paragraph."""
        if not item.text.strip() or item.value >= _LONGEST_NUMBER:
            return False
        while self._lists and self._lists[-1].level > item.level:
            self._lists.pop()
        current = self._lists[-1] if self._lists else None
        if not item.label:
            if current is None:
                return False
            self._put(_hung(block_markdown(item.inlines), current.inner, " " * current.inner), "\n\n")
            return True
        beside = current if current and current.level == item.level else None
        outer = beside.outer if beside else current.inner if current else 0
        text = block_markdown(item.inlines)
        closing = _closing(item.value, text, beside)
        marker = f"{item.value}{closing} " if item.ordered else "- "
        opened = _Open(item.level, item.ordered, outer, outer + len(marker), item.value, closing)
        self._lists = [*self._lists[: len(self._lists) - bool(beside)], opened]
        # a list that does not begin with 1 cannot follow a text on the line before
        parted = not isinstance(self._last, ListItem) or (item.ordered and item.value != 1 and not beside)
        self._put(_hung(text, opened.inner, " " * outer + marker), "\n\n" if parted else "\n")
        return True


def _closing(value: int, text: str, beside: _Open | None) -> str:
    """The sign after an item's number: a change of it starts another list, and `1) juli` is no date."""
    if looks_like_date(text):
        return ")"
    if beside is None or not beside.ordered:
        return "."
    if value == beside.value + 1:
        return beside.closing
    return "." if beside.closing == ")" else ")"


def _hung(text: str, column: int, start: str) -> str:
    return start + text.replace("\n", "\n" + " " * column)


def _numbered(number: str, gap: str, inlines: Inlines) -> Inlines:
    return (Span(number + gap), *inlines) if number else inlines


def _table_markdown(table: Table) -> str:
    heads = [row for row in table.rows if row.header]
    width = len(table.aligned)
    sides = {"right": "--:", "center": ":-:"}
    head = heads[0].cells if heads else ()
    body = [row.cells for row in table.rows[1 if heads else 0 :]]
    rows = [_row_markdown(cells, width) for cells in (head, *body)]
    rows.insert(1, f"| {' | '.join(sides.get(side, '---') for side in table.aligned)} |")
    return "\n".join(rows) if width else ""


def _row_markdown(cells: Iterable[Cell], width: int) -> str:
    texts = [text for cell in cells for text in (_cell_markdown(cell), *[""] * (cell.span - 1))]
    return f"| {' | '.join(texts + [''] * (width - len(texts)))} |"


def _cell_markdown(cell: Cell) -> str:
    """The blocks of a cell as lines: labels and numbers as text, a table inside as text."""
    lines: list[Span] = []
    for block in cell.blocks:
        match block:
            case Heading() | Paragraph():
                spans = _numbered(block.number, block.gap, block.inlines)
            case ListItem():
                spans = _numbered(block.label, block.gap, block.inlines)
            case _:
                spans = (Span(line(block)),)
        lines += [*([Span("\n")] if lines else []), *spans]
    return cell_markdown(lines)
