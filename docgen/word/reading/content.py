"""What a finished Word document says, as a reader sees it: blocks in order, headers, footers and notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one look. `\\n` is a line break, `\\t` a tab; `link` is the target of a hyperlink, or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


Inlines = tuple[Span, ...]


def plain(inlines: Iterable[Span]) -> str:
    """The text alone."""
    return "".join(span.text for span in inlines)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `level` counts from 1; `number` is what Word numbers it with (`3.1`, `§ 3`), or empty.

    `anchor` is the name that the document's contents list links to; empty for a heading that no such list names.
    """

    level: int
    number: str
    inlines: Inlines
    gap: str = " "
    anchor: str = ""

    @property
    def text(self) -> str:
        """The heading without its number."""
        return plain(self.inlines)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: `style` is the name of its style, `number` its number as one of a clause's paragraphs (`7.1`)."""

    inlines: Inlines
    style: str = ""
    number: str = ""
    gap: str = " "

    @property
    def text(self) -> str:
        """The paragraph without its number."""
        return plain(self.inlines)


@dataclass(frozen=True, slots=True)
class ListItem:
    """One paragraph of a list: `level` counts from 1; `label` is empty for an item's second paragraph and later ones.

    `value` is the number behind the label (3 for `c)`), 0 for a bullet.
    """

    level: int
    label: str
    inlines: Inlines
    ordered: bool
    value: int = 0
    gap: str = " "

    @property
    def text(self) -> str:
        """The item without its label."""
        return plain(self.inlines)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page break that somebody put there, or a section that starts on a new page."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: `span` counts the columns it fills; one hidden by the cell above has no blocks."""

    blocks: tuple[Block, ...]
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `header` where it repeats on every page."""

    cells: tuple[Cell, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `aligned` says `right`, `center` or nothing (left) for each column."""

    rows: tuple[Row, ...]
    aligned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of a contents list: `number` and `text` of the heading, and the `anchor` of that heading."""

    level: int
    number: str
    text: str
    anchor: str = ""


class TimelineRow(NamedTuple):
    """A bar of a timeline: its first and last day (`2026-05-01`; the same for a milestone), and what colours it."""

    label: str
    start: str
    end: str
    group: str


class Timeline(NamedTuple):
    """A chart with a bar for each activity: `alt` says all of it in words.

    `groups` are the groups in the order of the legend, each with the number of its colour and pattern (from 0).
    """

    title: str
    alt: str
    rows: tuple[TimelineRow, ...]
    groups: tuple[tuple[str, int], ...] = ()


class Picture(NamedTuple):
    """A picture: `alt` says in words what it shows, "" for decoration.

    `kind` is `png`, `jpeg` or `gif`, empty for others, which have no `data`; the size is in pixels of 96 an inch.
    """

    alt: str
    kind: str
    data: bytes
    width: int
    height: int


Block = Heading | Paragraph | ListItem | Table | PageBreak | Rule | ContentsEntry | Timeline | Picture


def line(block: Block) -> str:
    """A block on one line or a few: its number or label, its text; a table's rows with ` | ` between cells."""
    match block:
        case Heading() | Paragraph():
            return f"{block.number}{block.gap if block.number else ''}{block.text}".strip()
        case ListItem():
            return f"{block.label}{block.gap if block.label else ''}{block.text}".strip()
        case Table():
            rows = (" | ".join(" ".join(map(line, cell.blocks)) for cell in row.cells) for row in block.rows)
            return "\n".join(rows)
        case ContentsEntry():
            return f"{block.number} {block.text}".strip()
        case Timeline() | Picture():
            return block.alt
    return ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote: `mark` is what stands in the text."""

    mark: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The header and footer of a section, one text a paragraph; the first page's own come first."""

    header: tuple[str, ...]
    footer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A finished document: `title` and `language` (`da-DK`) from its properties and styles."""

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()
    title: str = ""
    language: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """The texts of all headers, each once."""
        return tuple(dict.fromkeys(text for section in self.sections for text in section.header))

    @property
    def footers(self) -> tuple[str, ...]:
        """The texts of all footers, each once."""
        return tuple(dict.fromkeys(text for section in self.sections for text in section.footer))
