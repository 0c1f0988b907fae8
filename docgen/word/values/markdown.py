"""Markdown as docgen understands it: what counts as markup, and what only looks like it in Danish text.

Characters that look like markup but are text are put out of the parser's sight: each is replaced by a stand-in (a
lone surrogate, which no XML-legal text can hold), and `shown` turns it back. So nothing is escaped into the text,
also where backslashes would show (code). docs/analysis/markdown.md lists the traps.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_STAND_IN = 0xDC00
_SHOWN = {_STAND_IN + code: chr(code) for code in range(0x21, 0x7F)}
_HIDDEN = {code: chr(_STAND_IN + code) for code in range(0x21, 0x7F)}
EDGES = " \t\n\u00a0\u1680\u202f\u205f\u3000\u2028\u2029" + "".join(map(chr, range(0x2000, 0x200B)))
_NESTING = 60
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile(r"[\\*_`]|\]\(|<\S|&#?\w+;|  \n|^[ \t]*(?:[#>|:+~-]|\d{1,9}[.)](?=[ \t\n]|$))", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_LINE_END = re.compile(r" ?\n[ \t]*")


def shown(text: str) -> str:
    """`text` of a token with its stand-ins turned back into the characters that were written."""
    return text.translate(_SHOWN)


def legal(text: str) -> str:
    """`text` with line ends as `\\n`; raises ValueError that names a character XML (and so Word) cannot hold."""
    found = _ILLEGAL.search(text)
    if found:
        raise ValueError(f"tegnet U+{ord(found[0]):04X} kan ikke stå i et Word-dokument")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def looks_like_date(text: str) -> bool:
    """Whether `text` after a number and a full stop makes that an ordinal: a month, `kvartal`, `og 6. klasse`."""
    return bool(re.match(rf"{_MONTH}|{_ORDINAL}\b|(?:og|eller|til|samt)[ \t]+\d", text, re.IGNORECASE))


def is_plain(text: str) -> bool:
    """Whether the parser would find nothing but paragraphs in `text` (line ends `\\n`, traps hidden)."""
    return _MARKUP.search(text) is None


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text without Markdown: blank lines part them, a line end is a space."""
    stripped = (part.strip(EDGES) for part in _BLANK_LINES.split(text))
    return [_LINE_END.sub(" ", part) for part in stripped if part]


@functools.lru_cache(maxsize=100)  # the texts that a series of documents have in common
def parse(text: str) -> list[Token] | None:
    """The tokens of `text` (line ends `\\n`, traps hidden); None where it nests so deep that text would be lost."""
    tokens = _parser().parse(text)
    # At its limit the parser drops what is deeper; a block that reached the limit may have lost some.
    return tokens if all(token.level < _NESTING - 2 for token in tokens) else None


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _NESTING}).enable("table")
    # Not wanted: indented code (an indent means nothing in a form), underlined headings (a dashed line under a text is
    # a line), reference definitions (`[note]: ja` would vanish). Joined text would hide which `<br>` was escaped.
    parser.disable(["code", "lheading", "reference", "html_block", "html_inline", "text_join"])
    for name, keep in (("normalizeLink", str), ("normalizeLinkText", str), ("validateLink", bool)):
        setattr(parser, name, keep)  # blocks.py judges targets, and needs them as they were written
    parser.core.ruler.after("block", "extra_cells", _extra_cells)
    return parser


def _extra_cells(state: StateCore) -> None:
    """Cells beyond the table's heading go into the row's last cell: the table rule drops them."""
    from markdown_it.rules_block.table import escapedSplit

    lines = state.src.split("\n")
    cells: list[Token] = []
    for position, token in enumerate(state.tokens):
        if token.type == "tr_open":
            cells = []
        elif token.type == "td_open":
            cells.append(state.tokens[position + 1])
        elif token.type == "tr_close" and cells and cells[-1].map:
            written = escapedSplit(lines[cells[-1].map[0]].strip("> \t").removeprefix("|"))
            extra = [cell.strip() for cell in written[len(cells) :]]
            if any(extra):
                cells[-1].content = " | ".join([cells[-1].content, *(extra if extra[-1] else extra[:-1])])


# --- what only looks like markup ---------------------------------------------------------------------------------

_START = r"^([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|>[ \t]*)*?)"  # indent and the markers of enclosing lists and quotes
_MONTH = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)(?:uar|ruar|ts|il|i|ust|t|tember|ober|ember)?\b"
_ORDINAL = (
    r"(?:kvartal|halvår|pkt|punktum|led|sal|behandling|møde|viceborgmester|viceformand|næstformand|suppleant|udgave"
    r"|version|fase|etape|runde|klasse|årgang|semester|instans|rate|prioritet|plads|division|verdenskrig)"
)
_PATH = re.compile(  # P:\_sager\2026 and \\server\_sager; a doubled backslash further on says that it is Markdown
    r"(?<![\w\\:])(?:[A-Za-z]:(?=\\)|\\\\(?=\w)[^\s\\|]++)(?:\\(?!\\)[^\s\\|]*+)*+(?!\\)"
)
_REFERENCE = re.compile(r"(\\*)&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));")


def hide_traps(text: str, control: str = "") -> str:
    """`text` (line ends `\\n`) with all that only looks like markup turned into stand-ins.

    `control` holds the characters that stand for control tags: a line of nothing else becomes a paragraph of its own,
    except in a table, where it is a row.
    """
    if is_plain(text) and not control:
        return text
    for pattern, group in _traps():
        text = pattern.sub(functools.partial(_hide, group=group), text)
    text = _PATH.sub(lambda found: found[0].replace("\\", _HIDDEN[0x5C]), text)
    text = _REFERENCE.sub(_hide_reference, text)
    lines = text.split("\n")
    for number, line in enumerate(lines):
        lines[number] = _hide_lone_marker(line, _line(lines, number - 1), _line(lines, number + 1), text)
    if control:
        lines = _set_apart(lines, control)
    return "\n".join(lines)


@functools.cache
def _traps() -> tuple[tuple[re.Pattern[str], int], ...]:
    """Each pattern with the group that is text and no markup, whatever the parser would say."""
    rows = (
        (_START + r"\d{1,2}(\.)(?=[ \t]+" + _MONTH + r")", 2),  # 15. november 2024
        (_START + r"\d{4,9}([.)])(?=[ \t]|$)", 2),  # 2026. Derefter …
        (_START + r"\d{1,3}(\.)(?=[ \t]+(?:og|eller|til|samt)[ \t]+\d)", 2),  # 5. og 6. klasse
        (_START + r"(\+)(?=[ \t]+[\d(])", 2),  # + 25 pct. moms
        (_START + r"(>)(?==)", 2),  # >= 5
        (_START + r"(#{1,6})(?=[ \t]*$)", 2),  # a lone #
        (_START + r"(`{3,})(?=[ \t]*[^`\s]+[ \t]+[^`\s][^`\n]*$)", 2),  # what follows ``` is no language but text
        (_START + r"(~{3,})", 2),  # ~~~~~~ as a line across
        (r"(?<!\\)(_{3,}|\*{4,})", 1),  # Dato: ______
        (r"(?<=[\w\ue000-\uf8ff])(\*)(?=[\w\ue000-\uf8ff])", 1),  # 2*3*4, also where a tag stands for a number
        (r"\((\*{1,3})\)", 1),  # (*) as a footnote mark
    )
    return tuple((re.compile(pattern, re.MULTILINE | re.IGNORECASE), group) for pattern, group in rows)


def _hide(match: re.Match[str], group: int) -> str:
    start, end = match.span(group)
    whole, offset = match[0], match.start()
    return whole[: start - offset] + match[group].translate(_HIDDEN) + whole[end - offset :]


def _hide_reference(match: re.Match[str]) -> str:
    """A reference such as `&#160;` is a character, but none that text lacks or that could pass for a placeholder."""
    code = int(match[2], 16) if match[2] else int(match[3])
    strange = 0x7F <= code <= 0x9F or 0xE000 <= code <= 0xF8FF or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    escaped = len(match[1]) % 2 == 1
    if not escaped and (strange or code > 0x10FFFF or _ILLEGAL.match(chr(code))):
        return match[0].replace("&", _HIDDEN[0x26])
    return match[0]


def _hide_lone_marker(line: str, above: str, below: str, text: str) -> str:
    """`line` with a list or quote marker hidden that has no fellow to make it a list or a quotation."""
    found = re.match(r"([ \t]*)([-*+>]|(\d{1,3})[.)])(?=[ \t\d]|$)", line)
    if not found:
        return line
    marker, rest = found[2], line[found.end() :].strip(" \t")
    if not rest:
        lone = not above.strip() and not below.strip()  # a field that says "-"
    elif marker == ">":
        lone = rest[0].isdigit() and not _begins(above, ">") and not _begins(below, ">")  # > 5 mio. kr.
    elif marker == "+":
        lone = not _begins(above, "+ ") and not _begins(below, "+ ")  # + moms
    else:
        lone = bool(found[3]) and _lone_ordinal(rest, int(found[3] or 0), marker[-1], text)  # 1. kvartal
    return f"{found[1]}{marker.translate(_HIDDEN)}{line[found.end() :]}" if lone else line


def _lone_ordinal(rest: str, number: int, closing: str, text: str) -> bool:
    """Whether `1. kvartal …` is an ordinal: no line of the text is numbered one more or one less."""
    if closing != "." or not re.match(_ORDINAL + r"\b", rest):
        return False
    fellows = rf"(?m)^[ \t]*(?:{number - 1}|{number + 1})\.(?=[ \t])"
    return re.search(fellows, text) is None


def _begins(line: str, marker: str) -> bool:
    return line.lstrip().startswith(marker)


def _line(lines: list[str], number: int) -> str:
    return lines[number] if 0 <= number < len(lines) else ""


def _set_apart(lines: list[str], control: str) -> list[str]:
    """Blank lines around each line that holds control tags only, but not below a table's row: there it is a row."""
    found: list[str] = []
    row = False
    for line in lines:
        alone = bool(line.strip()) and not line.strip(control + " \t")
        row = _begins(line, "|") or (alone and row)
        found += ["", line, ""] if alone and not row else [line]
    return found
