"""The styles of a Word file, and which of them docgen uses for what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from docgen.word.archive.ooxml import VAL, w

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.word.look.labels import Numbering

_OFF = frozenset(("0", "false", "off", "none"))
HEADING_LEVELS = 4
LIST_LEVELS = 3
HEADING_NUM = 1
"""The w:numId that numbers headings in docgen's designs, and the paragraphs of a clause on its second level."""
_INDENT = 360  # twips a list level, where the file itself says nothing


class Style(NamedTuple):
    """One style as it is written, without what it inherits: None where it says nothing.

    `indent` is the left indent in twips; `outline` counts from 0, as Word does.
    """

    id: str
    name: str
    kind: str
    based_on: str = ""
    num_id: int | None = None
    ilvl: int | None = None
    indent: int | None = None
    align: str | None = None
    outline: int | None = None
    bold: bool | None = None
    italic: bool | None = None
    page_break: bool | None = None


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """The styles of a file by id, the id of the default paragraph style, and the language of the text."""

    styles: Mapping[str, Style] = field(default_factory=dict)
    default: str = ""
    language: str = ""

    def find(self, name: str, kind: str = "paragraph") -> str:
        """The id of the style called `name` (w:name; case does not matter to Word), or the empty string."""
        wanted = name.lower()
        found = (style.id for style in self.styles.values() if style.kind == kind and style.name.lower() == wanted)
        return next(found, "")

    def chain(self, style_id: str) -> Iterator[Style]:
        """The style and those it is based on, nearest first; a circle ends where it closes."""
        seen: set[str] = set()
        while style_id in self.styles and style_id not in seen:
            seen.add(style_id)
            yield self.styles[style_id]
            style_id = self.styles[style_id].based_on

    def name(self, style_id: str) -> str:
        """The name of a paragraph's style; the default style's for an empty or unknown id."""
        style = self.styles.get(style_id) or self.styles.get(self.default)
        return style.name if style else ""

    def numbering(self, style_id: str) -> tuple[int | None, int | None]:
        """The w:numId and w:ilvl that the style gives its paragraphs, each from the nearest style that says it."""
        num_id = next((style.num_id for style in self.chain(style_id) if style.num_id is not None), None)
        return num_id or None, next((style.ilvl for style in self.chain(style_id) if style.ilvl is not None), None)

    def indent(self, style_id: str) -> int | None:
        """The left indent of the style's paragraphs, in twips, where the styles say it."""
        return next((style.indent for style in self.chain(style_id) if style.indent is not None), None)


def read_styles(root: _Element | None) -> StyleSheet:
    """The styles of a parsed `word/styles.xml`; an empty sheet for a file without one."""
    if root is None:
        return StyleSheet()
    styles = {style.id: style for style in map(_read_style, root.iterchildren(w("style")))}
    default = next(
        (
            element.get(w("styleId"), "")
            for element in root.iterchildren(w("style"))
            if element.get(w("type")) == "paragraph" and is_on(element.get(w("default"), "0"))
        ),
        "",
    )
    language = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}")
    return StyleSheet(styles, default, "" if language is None else language.get(VAL, ""))


def _read_style(element: _Element) -> Style:
    paragraph, run = element.find(w("pPr")), element.find(w("rPr"))
    indent = text_of(paragraph, "ind", "left") or text_of(paragraph, "ind", "start")
    return Style(
        id=element.get(w("styleId"), ""),
        name=text_of(element, "name") or element.get(w("styleId")) or "",
        kind=element.get(w("type"), "paragraph"),
        based_on=text_of(element, "basedOn") or "",
        num_id=number_of(paragraph, f"numPr/{w('numId')}"),
        ilvl=number_of(paragraph, f"numPr/{w('ilvl')}"),
        indent=to_int(indent),
        align=text_of(paragraph, "jc"),
        outline=number_of(paragraph, "outlineLvl"),
        bold=toggle(run, "b"),
        italic=toggle(run, "i"),
        page_break=toggle(paragraph, "pageBreakBefore"),
    )


def text_of(parent: _Element | None, name: str, attribute: str = "val") -> str | None:
    """The attribute of the child `name` (a step further after a slash), or None."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(w(attribute))


def number_of(parent: _Element | None, name: str) -> int | None:
    """The w:val of the child `name` as a whole number, or None."""
    return to_int(text_of(parent, name))


def to_int(text: str | None) -> int | None:
    """A whole number as Word writes it; None for nothing and for nonsense."""
    try:
        return None if text is None else int(float(text))
    except (ValueError, OverflowError):
        return None


def toggle(parent: _Element | None, name: str) -> bool | None:
    """Whether the child `name` switches something on (w:b) or off (w:b w:val="0"); None when it is not there."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else is_on(child.get(VAL, "1"))


def is_on(value: str) -> bool:
    """Whether the value of a switch means on."""
    return value.lower() not in _OFF


class ListLevel(NamedTuple):
    """How one level of a list is written: `style` is empty and `num_id` None where the file has none.

    `num_id` and `ilvl` come from the style; `indent` is where the text stands, in twips.
    """

    style: str
    num_id: int | None
    ilvl: int
    indent: int


_PLAIN_LEVELS = tuple(ListLevel("", None, n, _INDENT * (n + 1)) for n in range(LIST_LEVELS))


class StyleMap(NamedTuple):
    """The ids of the styles that Markdown is written in; an empty id where the file has no such style.

    Looked up by w:name, so that an organisation's own file with ids such as `Overskrift1` works as well.
    `unnumber` says for each level of heading whether its style numbers it; `clause_num` is the w:numId of numbered
    paragraphs, None where the file has no such numbering, and `clause_indent` where their text stands, in twips.
    """

    body: str = ""
    quote: str = ""
    clause: str = ""
    clause_num: int | None = None
    clause_indent: int = 0
    headings: tuple[str, ...] = ("",) * HEADING_LEVELS
    unnumber: tuple[bool, ...] = (False,) * HEADING_LEVELS
    bullets: tuple[ListLevel, ...] = _PLAIN_LEVELS
    numbers: tuple[ListLevel, ...] = _PLAIN_LEVELS
    table: str = ""
    table_head: str = ""
    table_text: str = ""
    table_number: str = ""
    caption: str = ""
    hyperlink: str = ""
    strong: str = ""
    emphasis: str = ""


def style_map(sheet: StyleSheet, numbering: Numbering) -> StyleMap:
    """The styles of `sheet` that Markdown is written in, with what stands in for those that are missing."""
    body = sheet.find("Body Text")
    headings = tuple(sheet.find(f"heading {level}") for level in range(1, HEADING_LEVELS + 1))
    clause = numbering.level(HEADING_NUM, 1)
    return StyleMap(
        body=body,
        quote=sheet.find("Quote"),
        clause=sheet.find("Stykke") or body,
        clause_num=HEADING_NUM if clause else None,
        clause_indent=(clause.indent or 0) if clause else 0,
        headings=headings,
        unnumber=tuple(bool(style and sheet.numbering(style)[0]) for style in headings),
        bullets=_list_levels("List Bullet", sheet, numbering),
        numbers=_list_levels("List Number", sheet, numbering),
        table=sheet.find("Tabel", "table") or sheet.find("Table Grid", "table"),
        table_head=sheet.find("Tabelhoved"),
        table_text=sheet.find("Tabeltekst"),
        table_number=sheet.find("Tabeltal"),
        caption=sheet.find("caption"),
        hyperlink=sheet.find("Hyperlink", "character"),
        strong=sheet.find("Strong", "character"),
        emphasis=sheet.find("Emphasis", "character"),
    )


def _list_levels(name: str, sheet: StyleSheet, numbering: Numbering) -> tuple[ListLevel, ...]:
    """`List Bullet`, `List Bullet 2`, `List Bullet 3`, each with the numbering that its style brings."""
    found = []
    for depth in range(LIST_LEVELS):
        style = sheet.find(name if depth == 0 else f"{name} {depth + 1}")
        num_id, _ = sheet.numbering(style)
        level = numbering.of_style(sheet, style)
        if level is None:
            indent = sheet.indent(style)
            found.append(ListLevel(style or sheet.find("List Paragraph"), None, depth, indent or _INDENT * (depth + 1)))
        else:
            indent = sheet.indent(style)
            own = level.indent if indent is None else indent
            found.append(ListLevel(style, num_id, level.ilvl, _INDENT * (depth + 1) if own is None else own))
    return tuple(found)
