"""Finds `{{ }}`, `{% %}` and `{# #}` in a line of text, and undoes inside them what Word's autocorrect did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

BLOCKS = {
    "if": "endif",
    "for": "endfor",
    "macro": "endmacro",
    "call": "endcall",
    "with": "endwith",
    "set": "endset",
    "block": "endblock",
}
"""The keywords that open something, and what closes it; `set` only when it assigns nothing itself."""
MIDDLES = {"elif": ("if",), "else": ("if", "for")}
"""The keywords that divide a block, and the blocks they may stand in."""
CELL_TAGS = frozenset({"colspan", "cellbg", "vm", "hm"})
"""docxtpl's tags for the cell they stand in: its width in columns, its colour, merged downwards, merged sideways."""
KEYWORDS = frozenset({*BLOCKS, *BLOCKS.values(), *MIDDLES, *CELL_TAGS, "raw", "endraw"})

CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_PREFIXES = ("tr", "tc", "p", "r")
_STARTS_VALUE = frozenset("\"'([{")
_OPERATORS = frozenset({"if", "else", "and", "or", "in", "is", "not"})

# What ends a string that each of Word's quotation marks began: the proper partner first, then whatever Word
# may have put there instead.
_PARTNERS = {
    '"': ('"', "”“"),
    "“": ("”", '“"'),
    "”": ("”", '“"'),
    "„": ("“”", '"'),
    "»": ("«", '»"'),
    "«": ("»", '«"'),
    "'": ("'", "’‘"),
    "‘": ("’", "‘'"),
    "’": ("’", "‘'"),
    "‚": ("‘’", "'"),
    "›": ("‹", "›'"),
    "‹": ("›", "‹'"),
}
_SINGLE = frozenset("'‘’‚›‹")
_OUTSIDE = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u00a0\u2002\u2003\u2005\u2007\u2009\u200a\u202f\t\n\r\v", " ")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)


@dataclass(frozen=True, slots=True)
class Span:
    """A tag in a text: `text[start:end]`. `source` is its Jinja, mended and without docxtpl's prefix.

    `opener` is `{{`, `{%` or `{#`; `prefix` is "", "p", "tr", "tc" or "r"; `keyword` is the first word of a
    control tag. `source` is empty when the tag has no end; then `end` is that of what is plainly the tag. `trims` holds
    `<` for a hyphen at the start, `>` for one at the end.
    """

    start: int
    end: int
    opener: str
    source: str
    prefix: str = ""
    keyword: str = ""
    trims: str = ""


def scan(text: str, *, raw: bool = False) -> Iterator[Span]:
    """The tags of `text` in order. What stands between `{% raw %}` and `{% endraw %}` is text, and no tags.

    With `raw` the text begins between the two. A `{% raw %}` without an end has no `source` and is the last.
    """
    position = 0
    if raw:
        ends = next((one for one in _plain_tags(text, 0) if one.keyword == "endraw"), None)
        if ends is None:
            return
        yield ends
        position = ends.end
    while (start := _next_opener(text, position)) >= 0:
        opener = text[start : start + 2]
        end = _end(text, start + 2, opener)
        if end < 0:
            position = _end_of_unclosed(text, start + 2)
            keyword = _keyword(text[start + 2 : position]) if opener == "{%" else ""
            yield Span(start, position, opener, "", keyword=keyword)
            continue
        span = _span(text, start, end, opener)
        position = end
        if span.keyword == "raw":
            last = next((one for one in _plain_tags(text, end) if one.keyword == "endraw"), None)
            if last is None:
                yield replace(span, source="")
                return
            yield span
            yield last
            position = last.end
        else:
            yield span


def _plain_tags(text: str, position: int) -> Iterator[Span]:
    """The control tags after `position`, however wrong the text between them may be as Jinja."""
    while (start := text.find("{%", position)) >= 0 and (end := text.find("%}", start)) >= 0:
        yield _span(text, start, end + 2, "{%")
        position = start + 2


def _next_opener(text: str, position: int) -> int:
    while (found := text.find("{", position)) >= 0:
        if text[found : found + 2] in CLOSERS:
            return found
        position = found + 1
    return -1


def _end(text: str, start: int, opener: str) -> int:
    """Where the tag whose inside begins at `start` ends, or -1: outside strings and braces if it can be had."""
    closer = CLOSERS[opener]
    if opener != "{#":
        depth, position = 0, start
        while position < len(text):
            if not depth and text.startswith(closer, position):
                return position + 2
            char = text[position]
            if not depth and text[position : position + 2] in CLOSERS:
                return -1  # the next tag begins
            if char in _PARTNERS:
                position = _string_end(text, position)
                if position < 0:
                    break
                continue
            if char == "}" and not depth:
                break
            depth += (char == "{") - (char == "}")
            position += 1
    found = text.find(closer, start)
    return -1 if found < 0 or (opener != "{#" and _next_opener(text[:found], start) >= 0) else found + 2


def _end_of_unclosed(text: str, start: int) -> int:
    """Where a tag seems to end that has no end: at a brace by itself, at the next tag, or with the line."""
    following = _next_opener(text, start)
    line = text.find("\n", start)
    ends = [end for end in (following, line) if end >= 0]
    stop = min(ends, default=len(text))
    brace = text.find("}", start, stop)
    if brace >= 0:
        return brace + 1
    return start + len(text[start:stop].rstrip())


def _string_end(text: str, start: int) -> int:
    """The offset after the string that begins at `start`, or -1 when nothing ends it."""
    for closers in _PARTNERS[text[start]]:
        position = start + 1
        while position < len(text):
            if text[position] == "\\":
                position += 1
            elif text[position] in closers:
                return position + 1
            position += 1
    return -1


def escaped_braces(text: str, spans: Iterable[Span] = ()) -> list[int]:
    """Where docxtpl's escapes `{_{`, `}_}`, `{_%` and `%_}` outside the tags of `text` have their underscores."""
    if "_" not in text:
        return []
    found = [match.start() for match in re.finditer(r"(?<=\{)_(?=[{%])|(?<=[}%])_(?=\})", text)]
    return [at for at in found if not any(span.start <= at < span.end for span in spans)]


def _split_trims(inner: str) -> tuple[str, str]:
    """The hyphens at the ends of a tag, and what is between them; a plus sign says what is so here anyway."""
    trims = ("<" if inner[:1] == "-" else "") + (">" if inner[1:][-1:] == "-" else "")
    if inner[:1] in ("-", "+"):
        inner = f" {inner[1:]}" if inner[1:2] in ("-", "+") else inner[1:]
    if inner[-1:] in ("-", "+"):
        inner = inner[:-1]
    return trims, inner


def _span(text: str, start: int, end: int, opener: str) -> Span:
    if opener == "{#":
        trims, inner = _split_trims(text[start + 2 : end - 2])
        prefix, _ = _split_prefix(inner, opener)
        return Span(start, end, opener, "{##}", prefix, trims=trims)
    trims, inner = _split_trims(mend(text[start + 2 : end - 2]))
    prefix, inner = _split_prefix(inner, opener)
    keyword = ""
    if opener == "{%":
        keyword = _first_word(inner)
        if keyword.lower() in KEYWORDS and keyword != keyword.lower():
            inner = inner.replace(keyword, keyword.lower(), 1)
            keyword = keyword.lower()
    return Span(start, end, opener, f"{opener}{inner}{CLOSERS[opener]}", prefix, keyword, trims)


def _split_prefix(inner: str, opener: str) -> tuple[str, str]:
    """docxtpl's prefix and the rest: a prefix stands right after the braces, with a space and a value after it."""
    for prefix in _PREFIXES:
        rest = inner[len(prefix) :]
        if inner.startswith(prefix) and rest[:1].isspace():
            word = _first_word(rest)
            # `{{p if x else y}}` prints a variable named p, `{%p if x %}` has a prefix
            if opener != "{{" or (word and word not in _OPERATORS) or rest.lstrip()[:1] in _STARTS_VALUE:
                return prefix, rest
    return "", inner


def _keyword(inner: str) -> str:
    """The first word of a control tag that has no end."""
    return _first_word(_split_prefix(inner.lstrip("-+"), "{%")[1]).lower()


def _first_word(text: str) -> str:
    text = text.lstrip()
    length = next((at for at, char in enumerate(text) if not (char.isalnum() or char == "_")), len(text))
    return text[:length]


def mend(inner: str) -> str:
    """The inside of a tag as it was typed: straight quotes, hyphens and plain spaces outside strings.

    A string keeps every character; only its quotation marks become straight.
    """
    pieces: list[str] = []
    position = plain = 0
    while position < len(inner):
        if inner[position] not in _PARTNERS or (end := _string_end(inner, position)) < 0:
            position += 1
            continue
        pieces.append(inner[plain:position].translate(_OUTSIDE))
        pieces.append(_straight(inner[position], inner[position + 1 : end - 1]))
        position = plain = end
    pieces.append(inner[plain:].translate(_OUTSIDE))
    return "".join(pieces)


def _straight(mark: str, content: str) -> str:
    quote = "'" if mark in _SINGLE else '"'
    if mark != quote:
        content = content.replace(quote, f"\\{quote}")
    return f"{quote}{content}{quote}"
