"""Markdown as plain text, for mails and other places that show no markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.word.values.markdown import hide_traps, legal, parse, shown

if TYPE_CHECKING:
    from markdown_it.token import Token


def plain_text(text: str) -> str:
    """`text` without its marks: paragraphs with a blank line between, list items with `-` or their number, table cells
    with ` | ` between, a link's target after its text.
    """
    hidden = hide_traps(legal(text))
    tokens = parse(hidden)
    if tokens is None:
        return text
    return _Writer().written(tokens)


class _Writer:
    """Walks the tokens of a text; `markers` are the open lists: None for bullets, else the number to come.

    Each line belongs to a `group`: blank lines stand between groups, not between the items of a list.
    """

    def __init__(self) -> None:
        self._markers: list[int | None] = []
        self._start = ""
        self._cells: list[str] | None = None
        self._group = 0
        self._lines: list[tuple[int, str]] = []

    def written(self, tokens: list[Token]) -> str:
        for token in tokens:
            self._take(token)
        found = ""
        for number, (group, line) in enumerate(self._lines):
            parted = number and group != self._lines[number - 1][0]
            found += ("\n\n" if parted else "\n" if number else "") + line
        return found

    def _take(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._group += not self._markers
                ordered = token.type == "ordered_list_open"
                self._markers.append(int(token.attrs.get("start", 1)) if ordered else None)
            case "bullet_list_close" | "ordered_list_close":
                self._markers.pop()
                self._group += not self._markers
            case "list_item_open":
                number = self._markers[-1]
                self._start = "- " if number is None else f"{number}. "
                self._markers[-1] = None if number is None else number + 1
            case "tr_open":
                self._cells = []
            case "tr_close":
                self._add(" | ".join(self._cells or []))
                self._cells = None
            case "inline" if self._cells is not None:
                self._cells.append(_inline_text(token).replace("\n", " "))
            case "inline":
                self._add(_inline_text(token))
            case "fence" | "code_block":
                self._add(shown(token.content).rstrip("\n"))
            case "paragraph_close" | "table_close" | "heading_close":
                self._group += not self._markers

    def _add(self, text: str) -> None:
        indent = "  " * max(0, len(self._markers) - 1)
        start, self._start = self._start, ""
        hang = indent + ("  " if self._markers else "")
        first, *rest = text.split("\n")
        self._lines += [(self._group, (indent + start if start else hang) + first)]
        self._lines += [(self._group, hang + more) for more in rest]


def _inline_text(token: Token) -> str:
    found, target = "", ""
    start = 0
    for child in token.children or []:
        match child.type:
            case "softbreak":
                found += " "
            case "hardbreak":
                found += "\n"
            case "link_open":
                target, start = shown(str(child.attrs.get("href", ""))), len(found)
            case "link_close":
                if target.removeprefix("mailto:") != found[start:]:
                    found += f" ({target})"
            case _:
                found += shown(child.content)
    return found
