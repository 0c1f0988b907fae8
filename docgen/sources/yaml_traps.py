"""Plain YAML text that is read otherwise than it looks: legal, so a warning each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.diagnostics import Diagnostic, warning
from docgen.sources.text import Text, shortened

# A field name with its colon, and the text right behind it; addresses such as https: and mailto: are no names.
GLUED_COLON = re.compile(r"(?!(?:https?|ftps?|mailto|tel|sip|urn):)([a-zæøå][a-zæøå0-9_-]*):(?=[^\s/:])")
GLUED_DASH = re.compile(r"-(?=[^\W\d])")
# A text inside { } and the parts behind its commas that have no colon, so that they are no fields.
WITH_COMMAS = re.compile(r"[^,{}\[\]\n]*(?:,[^,:{}\[\]\n]*(?=[,}\n]))+")
_LOST = re.compile(r"[ \t]+(#[^\s#][^\n]*)")


def quoted(text: str) -> str:
    """`text` in the quotes that need the least care in YAML; for hints, so a long text is cut short."""
    text = shortened(text)
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def lost_comment(text: Text, start: int, end: int) -> Iterator[Diagnostic]:
    """The warning that a `#` without a space after it ended the plain text from `start` to `end`."""
    match = _LOST.match(text.content, end)
    if match:
        lost = match.group(1).rstrip()
        whole = text.content[start : match.start(1) + len(lost)].strip().split("\n")[-1].strip()
        place = text.place(match.start(1), match.end(1))
        yield warning("DG160", place, tekst=lost, forslag=quoted(whole))


def swallowed_lines(text: Text, start: int, end: int) -> Iterator[Diagnostic]:
    """A warning for each line of the plain text from `start` to `end` that looks like a field or a list item."""
    position = start
    for line in text.content[start:end].split("\n"):
        column = position + len(line) - len(line.lstrip())
        place = text.place(column, position + len(line))
        colon = GLUED_COLON.match(text.content, column, position + len(line))
        if colon and _begins_line(text, column):
            yield warning("DG161", place, navn=colon.group(1))
        elif GLUED_DASH.match(text.content, column) and _begins_line(text, column):
            yield warning("DG162", place)
        elif position > start and text.content.startswith("- ", column):
            yield warning("DG163", place)
        position += len(line) + 1


def _begins_line(text: Text, start: int) -> bool:
    """Whether nothing but the dash of a list stands before `start` on its line."""
    line_start = text.starts[text.line(start) - 1]
    return text.content[max(line_start, start - 200) : start].strip() in ("", "-")
