"""Markdown as Word's paragraphs and tables, in the styles of the file it goes into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from docgen.word.archive.ooxml import attribute
from docgen.word.look.styles import HEADING_LEVELS, LIST_LEVELS
from docgen.word.values import markdown
from docgen.word.values.runs import Inlines, Links, run_xml, runs_xml
from docgen.word.values.tables import table_xml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from docgen.word.look.styles import ListLevel, StyleMap

_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
_QUOTE_INDENT = 567  # twips, one centimetre: only where the file has no style for quotations
_LED_IN = frozenset(("bullet_list_open", "ordered_list_open", "table_open"))
_HANGING = 360  # twips for the number or bullet: only where the file has no style for lists


class Lists(Links, Protocol):
    """What a render offers for links and lists."""

    def new_list(self, num_id: int | None, *, ordered: bool, start: int = 1, level: int = 0) -> int:
        """The w:numId of a list that starts at `start` on `level` (from 0).

        `num_id` names the list to look like; None asks for docgen's own look, three levels of numbers or bullets.
        """


def markdown_xml(
    text: str,
    styles: StyleMap,
    session: Lists,
    *,
    heading_offset: int = 1,
    numbered: bool = False,
    control: str = "",
) -> str:
    """Markdown as a string of `w:p` and `w:tbl` elements, to stand where paragraphs may stand; "" for no text.

    A heading of level 1 becomes Word's level 1 + `heading_offset` (4 at most), never numbered: the numbers of sections
    are counted elsewhere. With `numbered` the paragraphs outside lists, tables and quotations are numbered paragraphs
    of a clause. `control` holds the placeholder characters that stand for control tags: a line of them alone is
    a paragraph, or a row in a table. The prefixes `w` and `r` must be declared where the string is put.
    Raises ValueError for a character that XML cannot hold.
    """
    text = markdown.hide_traps(markdown.legal(text), control)
    writer = _Writer(styles, session, heading_offset, numbered, frozenset(control + " \t\n"))
    tokens = None if markdown.is_plain(text) else markdown.parse(text)
    if tokens is None:
        return "".join(
            f"<w:p>{writer.properties(part)}{run_xml(part)}</w:p>"
            for part in map(markdown.shown, markdown.paragraphs(text))
        )
    return writer.write(tokens)


@dataclass(slots=True)
class _List:
    """A list that is being written. `repeats` is set where every item is written with the same number (1. 1. 1.)."""

    level: ListLevel
    ordered: bool
    num_id: int | None = None
    first: int = 1
    number: int = 0
    repeats: bool = False
    label_due: bool = False
    shared: bool = False
    """Whether a list inside this item already counts on this list's own w:num."""


class _Writer:
    """Turns the tokens of one text into XML, block by block, in one pass."""

    def __init__(
        self, styles: StyleMap, session: Lists, heading_offset: int, numbered: bool, control: frozenset[str]
    ) -> None:
        self._styles = styles
        self._session = session
        self._offset = heading_offset
        self._numbered = numbered
        self._control = control
        self._inside: list[_List | None] = []  # the open lists and quotations (None), outermost first
        self._heading = 0
        self._bullets: int | None = None
        self._closed: _List | None = None
        self._bridged = False
        self._rows: list[list[Inlines]] = []
        self._sides: list[str] = []
        self._out: list[str] = []

    def write(self, tokens: Sequence[Token]) -> str:
        """The XML of all the tokens of one text."""
        for position, token in enumerate(tokens):
            match token.type:
                case "inline" if tokens[position - 1].type in {"th_open", "td_open"}:
                    self._rows[-1].append(Inlines(token.children or (), cell=True))
                case "inline":
                    following = tokens[position + 2].type if position + 2 < len(tokens) else ""
                    self._text(token, leads_in=following in _LED_IN)
                case "heading_open" | "heading_close":
                    self._heading = int(token.tag[1:]) if token.nesting > 0 else 0
                case "bullet_list_open" | "ordered_list_open":
                    self._open_list(token.type.startswith("ordered"))
                case "bullet_list_close" | "ordered_list_close":
                    closed = self._inside.pop()
                    self._closed, self._bridged = (None if self._inside else closed), False
                case "list_item_open":
                    self._open_item(int(markdown.shown(token.info) or 0))
                case "list_item_close":
                    self._label()
                case "blockquote_open":
                    self._label()
                    self._inside.append(None)
                case "blockquote_close":
                    self._inside.pop()
                case "table_open":
                    self._rows, self._sides = [], []
                case "tr_open":
                    self._rows.append([])
                case "th_open":
                    self._sides.append(str(token.attrs.get("style", "")).rpartition(":")[2])
                case "table_close":
                    self._stand_alone(table_xml(self._rows, self._sides, self._styles, self._session))
                case "fence":
                    self._code(markdown.shown(token.content.rstrip("\n")))
                case "hr":
                    self._stand_alone(f"<w:p><w:pPr>{_style(self._styles.body)}{_RULE}</w:pPr></w:p>")
        return "".join(self._out)

    # --- paragraphs

    def _text(self, token: Token, *, leads_in: bool) -> None:
        outside = not self._inside
        level = max(1, min(self._heading + self._offset, HEADING_LEVELS))
        style = self._styles.headings[level - 1]
        bold = self._heading > 0 and not (outside and style)
        inlines = Inlines(token.children or (), bold=bold)
        if not inlines.pieces:
            return
        if self._heading and outside:
            self._closed = None
            properties = self._heading_properties(level)
        else:
            properties = self.properties(inlines.text, leads_in=leads_in)
        self._out.append(f"<w:p>{properties}{runs_xml(inlines, self._styles, self._session)}</w:p>")

    def _code(self, text: str) -> None:
        if text.strip():
            self._out.append(f"<w:p>{self.properties(text)}{run_xml(text)}</w:p>")

    def _stand_alone(self, xml: str) -> None:
        self._label()
        self._closed = None
        self._out.append(xml)

    def properties(self, text: str, *, leads_in: bool = False) -> str:
        """The w:pPr of the next paragraph, which holds `text`, by where it stands.

        A paragraph that `leads_in` a list or a table with a colon stays on its page.
        """
        if self._inside and self._inside[-1]:
            return self._list_properties(self._inside[-1])
        if self._inside:
            around = next((found.level.indent for found in reversed(self._inside) if found), 0)
            return self._quote_properties(around)
        if self._control.issuperset(text):
            self._bridged = True  # a control tag between two items: the list goes on after it
            return _ppr(_style(self._styles.body))
        self._closed = None
        kept = "<w:keepNext/>" if leads_in and text.rstrip().endswith(":") else ""
        if self._numbered:
            number = "" if self._styles.clause_num is None else _numbering(self._styles.clause_num, 1)
            return _ppr(_style(self._styles.clause) + kept + number)
        return _ppr(_style(self._styles.body) + kept)

    def _heading_properties(self, level: int) -> str:
        style = self._styles.headings[level - 1]
        if not style:
            return _ppr(f'{_style(self._styles.body)}<w:keepNext/><w:outlineLvl w:val="{level - 1}"/>')
        return _ppr(_style(style) + (_numbering(0) if self._styles.unnumber[level - 1] else ""))

    def _quote_properties(self, around: int) -> str:
        if self._styles.quote:
            return _ppr(_style(self._styles.quote) + (_indent(around) if around else ""))
        return _ppr(_style(self._styles.body) + _indent(around + _QUOTE_INDENT))

    # --- lists

    def _lists(self) -> list[_List]:
        return [found for found in self._inside if found]

    def _open_list(self, ordered: bool) -> None:
        self._label()
        depth = min(len(self._lists()), LIST_LEVELS - 1)
        goes_on = self._closed if ordered and self._bridged and not self._inside else None
        level = (self._styles.numbers if ordered else self._styles.bullets)[depth]
        self._inside.append(goes_on if goes_on and goes_on.ordered else _List(level, ordered))

    def _open_item(self, written: int) -> None:
        current = self._lists()[-1]
        current.label_due, current.shared = True, False
        if current.ordered:
            self._count(current, written)
        elif current.level.num_id is None:
            if self._bullets is None:
                self._bullets = self._session.new_list(None, ordered=False)
            current.num_id = self._bullets

    def _count(self, current: _List, written: int) -> None:
        """Sees to it that the item gets the number that was written, also where a list skips one."""
        if current.num_id is None:
            current.first = current.number = written
            current.num_id = self._shared_num(written) or self._new_num(current, written)
            return
        if current.number == current.first == written:
            current.repeats = True
        current.number += 1
        if written != current.number and not (current.repeats and written == current.first):
            current.number = written
            current.num_id = self._new_num(current, written)

    def _shared_num(self, start: int) -> int | None:
        """The w:num around: Word starts a level anew below each item, so that its first inner list needs no other."""
        lists = self._lists()
        outer = lists[-2] if 1 < len(lists) <= LIST_LEVELS else None
        if not outer or not outer.ordered or outer.shared or start != 1 or outer.level.num_id != lists[-1].level.num_id:
            return None
        outer.shared = True
        return outer.num_id

    def _new_num(self, current: _List, start: int) -> int:
        # below the third level the numbers of the list above must go on undisturbed: a look of its own
        base = current.level.num_id if len(self._lists()) <= LIST_LEVELS else None
        return self._session.new_list(base, ordered=True, start=start, level=current.level.ilvl)

    def _label(self) -> None:
        """Writes the paragraph of an item that has no text of its own to carry its number or bullet."""
        innermost = self._inside[-1] if self._inside else None
        if innermost and innermost.label_due:
            self._out.append(f"<w:p>{self._list_properties(innermost)}</w:p>")

    def _list_properties(self, current: _List) -> str:
        level = current.level
        style = _style(level.style or self._styles.body)
        # the lists of numbered paragraphs stand below their text, not below their numbers
        left = level.indent + (self._styles.clause_indent if self._numbered else 0)
        if not current.label_due:
            return _ppr(style + (_numbering(0) if level.num_id is not None else "") + _indent(left))
        current.label_due = False
        number = "" if current.num_id is None else _numbering(current.num_id, level.ilvl)
        if level.num_id is None:
            return _ppr(style + number + _indent(left, hanging=_HANGING))
        return _ppr(style + number + (f'<w:ind w:left="{left}"/>' if left != level.indent else ""))


def _ppr(inside: str) -> str:
    return f"<w:pPr>{inside}</w:pPr>" if inside else ""


def _style(style: str) -> str:
    return f'<w:pStyle w:val="{attribute(style)}"/>' if style else ""


def _numbering(num_id: int, ilvl: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num_id}"/></w:numPr>'


def _indent(left: int, hanging: int = 0) -> str:
    first = f'w:hanging="{hanging}"' if hanging else 'w:firstLine="0"'
    return f'<w:ind w:left="{left}" {first}/>'
