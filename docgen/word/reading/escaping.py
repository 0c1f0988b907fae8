"""Spans of text as Markdown that reads back as the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from docgen.word.reading.content import Span
from docgen.word.values.markdown import EDGES

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_SPACES = frozenset(" \t\n")
_ESCAPED = re.compile(r"[\\`*_\[\]<~&]")
_LINE_START = re.compile(r"^(?:([#>+\-=~:|])|(\d{1,9})([.)])(?=[ \t]|$))")
_DRIVE = re.compile(r"(?<![\w\\:])([A-Za-z]):(?=\\(?!\\))")  # not a path: what follows is an escaped sign
_REFERENCE = re.compile(r"&#?\w+;")
_TARGET = re.compile(r"https?://|mailto:", re.IGNORECASE)
_URL_UNSAFE = re.compile(r"[\s()<>\\\"]|[^\x00-\x7e]|&(?=#?\w+;)")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Text with one way of emphasis; `link` as in Span, but only where Markdown may have it."""

    text: str
    bold: bool
    italic: bool
    link: str

    @property
    def marks(self) -> str:
        return "*" * (2 * self.bold + self.italic)


def block_markdown(spans: Iterable[Span]) -> str:
    """The text of a paragraph or list item: line breaks as a backslash at the end of the line, none at the very end."""
    lines = _assembled(_stretches(spans)).rstrip("\n").split("\n")
    return "\\\n".join(_LINE_START.sub(_escape_start, _edges(line)) for line in lines)


def heading_markdown(spans: Iterable[Span]) -> str:
    """The text of a heading, on one line."""
    text = _edges(_assembled(_stretches(replace(span, text=span.text.replace("\n", " ")) for span in spans)))
    return re.sub(r"#(?=#*$)", r"\\#", text)


def cell_markdown(spans: Iterable[Span]) -> str:
    """The text of a table's cell, on one line with `<br>` between its lines."""
    lines = _assembled(_stretches(spans)).strip("\n").split("\n")
    return "<br>".join(_edges(line) for line in lines).replace("|", "\\|")


def _edges(line: str) -> str:
    """`line` with the spaces at its ends as references: Markdown drops them otherwise."""
    inner = line.strip(EDGES)
    start = line.index(inner) if inner else len(line)
    ends = (line[:start], line[start + len(inner) :])
    before, after = ("".join(f"&#{ord(space)};" for space in end) for end in ends)
    return before + inner + after


def _escape_start(match: re.Match[str]) -> str:
    return f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}"


# --- emphasis


def _stretches(spans: Iterable[Span]) -> list[_Stretch]:
    """The spans with emphasis where Markdown can say it: never inside a word, never on spaces, never side by side."""
    parts = [part for span in spans for part in _trimmed(span)]
    found: list[_Stretch] = []
    for position, written in enumerate(parts):
        before = found[-1] if found else None
        after = parts[position + 1] if position + 1 < len(parts) else None
        kept = not written.marks or _can_mark(written, before, after)
        part = written if kept else replace(written, bold=False, italic=False)
        if before and not before.marks and not part.marks and before.link == part.link:
            found[-1] = replace(before, text=before.text + part.text)
        else:
            found.append(part)
    return found


def _trimmed(span: Span) -> list[_Stretch]:
    """A span as one stretch, or three when emphasis would begin or end in a space."""
    link = span.link if _TARGET.match(span.link) else ""
    inner = span.text.strip()
    if not (span.bold or span.italic) or not inner:
        return [_Stretch(span.text, bold=False, italic=False, link=link)]
    start = span.text.index(inner)
    texts = (span.text[:start], inner, span.text[start + len(inner) :])
    return [
        _Stretch(text, span.bold and number == 1, span.italic and number == 1, link)
        for number, text in enumerate(texts)
        if text
    ]


def _can_mark(part: _Stretch, before: _Stretch | None, after: _Stretch | None) -> bool:
    """Whether asterisks around `part` would be read as emphasis, given what stands next to it."""
    outer_left = "[" if before is None or before.link != part.link else before.text[-1]
    outer_right = "]" if after is None or after.link != part.link else after.text[0]
    if before and before.marks and before.link == part.link:
        return False
    if part.italic and not part.bold and (_joins(outer_left, part.text[0]) or _joins(part.text[-1], outer_right)):
        return False
    if (outer_left, part.text[0]) == ("(", ")") or (part.text[-1], outer_right) == ("(", ")"):
        return False  # (*) and (**) are footnote marks, and text
    return outer_left != "*" and _flanks(outer_left, part.text[0]) and _flanks(outer_right, part.text[-1])


def _joins(left: str, right: str) -> bool:
    """Whether a single asterisk between the two would stand inside a word, where it is text."""
    return all(sign.isalnum() or sign == "_" or "\ue000" <= sign <= "\uf8ff" for sign in (left, right))


def _flanks(outer: str, inner: str) -> bool:
    return inner.isalnum() or outer in _SPACES or outer in _PUNCTUATION


# --- text


def _assembled(stretches: Sequence[_Stretch]) -> str:
    found = ""
    for link, group in groupby(stretches, key=lambda stretch: stretch.link):
        text = "".join(f"{part.marks}{_escaped(part.text)}{part.marks}" for part in group)
        if not link:
            found += text
        else:
            if found.endswith("!"):
                found = f"{found[:-1]}\\!"
            found += f"[{text}]({_URL_UNSAFE.sub(_encoded, link)})" if text.strip() else text
    return _DRIVE.sub(r"\1\:", found)


def _encoded(sign: re.Match[str]) -> str:
    """A character of a target that would end it, or that other readers of Markdown would change."""
    return "&amp;" if sign[0] == "&" else "".join(f"%{byte:02X}" for byte in sign[0].encode())


def _escaped(text: str) -> str:
    return _ESCAPED.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    """One sign of the text, with a backslash where it would be markup."""
    text, start, sign = match.string, match.start(), match[0]
    before, after = text[start - 1 : start], text[start + 1 : start + 2]
    if sign == "\\":
        # a backslash before a letter is text, and must stay single: \\\\server is a path
        needed = not after.isalnum() or before == ":"
    elif sign == "_":
        needed = not (before.isalnum() and after.isalnum())
    elif sign == "&":
        needed = _REFERENCE.match(text, start) is not None
    elif sign == "<":
        needed = after != " "
    else:
        needed = True
    return f"\\{sign}" if needed else sign
