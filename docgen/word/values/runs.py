"""The inline tokens of one Markdown block as Word's runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from docgen.word.archive.ooxml import attribute
from docgen.word.values.markdown import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

    from docgen.word.look.styles import StyleMap

_TARGET = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s@]+@)[^\s\ue000-\uf8ff]*", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br ?/?>", re.IGNORECASE)
_TOOLTIP = 255  # characters; Word refuses to show a longer one


class Links(Protocol):
    """What a render offers for links."""

    def add_hyperlink(self, url: str) -> str:
        """The id of a relationship to `url`, new or used before."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one look: `\\n` is a line break, `\\t` a tab; `link` counts the links of a block from 1."""

    text: str
    bold: bool = False
    italic: bool = False
    link: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads, and what is shown when one points at it."""

    url: str
    tooltip: str


class Inlines:
    """The text of one block: pieces in order, and the targets of its links."""

    def __init__(self, children: Sequence[Token], *, cell: bool = False, bold: bool = False) -> None:
        self.targets: list[Target] = []
        self._children = children
        self._cell = cell
        self._base_bold = bold
        self.pieces = _joined(self._read(children))

    @property
    def text(self) -> str:
        """The text alone."""
        return "".join(piece.text for piece in self.pieces)

    def emboldened(self) -> Inlines:
        """The same text in bold."""
        return Inlines(self._children, cell=self._cell, bold=True)

    def _read(self, children: Sequence[Token]) -> Iterator[Piece]:
        bold, italic, link = int(self._base_bold), 0, 0
        ends: list[str] = []  # what closes each open link: nothing, or text where it is no link after all
        for position, token in enumerate(children):
            match token.type:
                case "strong_open" | "strong_close":
                    bold += token.nesting
                case "em_open" | "em_close":
                    italic += token.nesting
                case "link_open":
                    before, after = self._open_link(token, children[position + 1])
                    ends.append(after)
                    link = 0 if after else len(self.targets)
                    yield Piece(before, bool(bold), bool(italic), link)
                case "link_close":
                    yield Piece(ends.pop(), bool(bold), bool(italic))
                    link = 0
                case _:
                    yield Piece(self._shown(token), bool(bold), bool(italic), link)

    def _open_link(self, token: Token, following: Token) -> tuple[str, str]:
        """What to write before and after a link's text; a target of another kind is written as it was."""
        url = shown(str(token.attrs["href"]))
        if _TARGET.fullmatch(url):
            title = shown(str(token.attrs.get("title", "")))
            url = _encoded(url)
            self.targets.append(Target(url, (title or url)[:_TOOLTIP]))
            return (url if following.type == "link_close" else ""), ""
        if token.markup == "autolink":
            return "<", ">"
        return "[", f"]({url}{_title(token)})"

    def _shown(self, token: Token) -> str:
        match token.type:
            case "softbreak":
                return " "
            case "hardbreak":
                return "\n"
            case "image":
                # a picture is no text: what was written stays to be seen, as a link that leads nowhere does
                return f"![{shown(token.content)}]({shown(str(token.attrs['src']))}{_title(token)})"
            case "text" if self._cell:
                return _BREAK_TAG.sub("\n", shown(token.content))
        return shown(token.content)


def _title(token: Token) -> str:
    """The title of a link or a picture as it was written; nothing when it has none."""
    return f' "{shown(str(token.attrs["title"]))}"' if "title" in token.attrs else ""


def _encoded(url: str) -> str:
    """`url` in the characters a relationship may hold: percent signs for spaces and æøå, the host in punycode."""
    from markdown_it.common.normalize_url import normalizeLink

    return normalizeLink(url)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and (last.bold, last.italic, last.link) == (piece.bold, piece.italic, piece.link):
            found[-1] = Piece(last.text + piece.text, piece.bold, piece.italic, piece.link)
        elif piece.text:
            found.append(piece)
    return found


def runs_xml(inlines: Inlines, styles: StyleMap, links: Links) -> str:
    """The runs of a block: `w:r`, and `w:hyperlink` around those of a link."""
    found: list[str] = []
    opened = 0
    for piece in inlines.pieces:
        if piece.link != opened:
            found.append("</w:hyperlink>" * bool(opened))
            if piece.link:
                target = inlines.targets[piece.link - 1]
                number, tip = links.add_hyperlink(target.url), attribute(target.tooltip)
                found.append(f'<w:hyperlink r:id="{attribute(number)}" w:tooltip="{tip}" w:history="1">')
            opened = piece.link
        found.append(run_xml(piece.text, _properties(piece, styles)))
    found.append("</w:hyperlink>" * bool(opened))
    return "".join(found)


def _properties(piece: Piece, styles: StyleMap) -> str:
    """The inside of w:rPr: one character style at most, the rest as direct formatting."""
    style = (
        (styles.hyperlink if piece.link else "")
        or (styles.strong if piece.bold else "")
        or (styles.emphasis if piece.italic else "")
    )
    found = f'<w:rStyle w:val="{attribute(style)}"/>' if style else ""
    if piece.bold and (not style or style != styles.strong):
        found += "<w:b/><w:bCs/>"
    if piece.italic and (not style or style != styles.emphasis):
        found += "<w:i/><w:iCs/>"
    if piece.link and not style:
        found += '<w:color w:val="0563C1"/><w:u w:val="single"/>'
    return found


def run_xml(text: str, properties: str = "") -> str:
    """One run: `text` escaped, its line breaks and tabs as Word's own elements."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "\n" in text or "\t" in text:
        for sign, element in (("\n", "br"), ("\t", "tab")):
            text = text.replace(sign, f'</w:t><w:{element}/><w:t xml:space="preserve">')
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'
