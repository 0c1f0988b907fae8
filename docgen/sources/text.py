"""A text file after decoding: its content, and the places of stretches of it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from docgen.diagnostics import SourceText, TextPlace

MAX_DEPTH = 100
"""How many mappings and lists may stand inside one another in an input; deeper is a mistake or an attack."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Text(NamedTuple):
    """The content of a text file with line feeds as line ends; `source` holds the lines as they were written.

    Content and lines agree character by character, so that an offset into the content is a place in the file.
    """

    source: SourceText
    content: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, name: str, lines: list[str]) -> Text:
        """The text that consists of `lines`, which hold no line ends."""
        starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
        return cls(SourceText(name, tuple(lines)), "\n".join(lines), tuple(starts))

    def line(self, offset: int) -> int:
        """The number, from 1, of the line that holds the character at `offset`."""
        return bisect_right(self.starts, offset)

    def place(self, start: int, end: int) -> TextPlace:
        """The stretch from `start` to `end`; of a stretch over several lines, the part on its first line."""
        number = self.line(start)
        column = start - self.starts[number - 1]
        line = self.source.lines[number - 1]
        length = end - start if end - start <= len(line) - column else len(line.rstrip()) - column
        return TextPlace(self.source, number, column + 1, max(1, length))

    def rest_of_line(self, start: int) -> str:
        """The line from `start` on, without the spaces at its end."""
        end = self.content.find("\n", start)
        return self.content[start : end if end >= 0 else None].rstrip()


def split_lines(text: str) -> list[str]:
    """The lines of `text`, ended by LF, CRLF or CR, without their ends."""
    return re.split(r"\r\n?|\n", text)


def normalised(text: str) -> str:
    """`text` in Unicode's form NFC, in which æ, ø and å are one character each."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def first_unwritable(text: str) -> str:
    """The name (`U+0007`) of the first character of `text` that no document can hold, or an empty string.

    Such characters can only come from an escape in a quoted text; the rule is production 2 (Char) of XML 1.0.
    """
    match = None if text.isprintable() else _UNWRITABLE.search(text)
    return f"U+{ord(match.group()):04X}" if match else ""


def is_moderate(number: str) -> bool:
    """Whether a number as written is one to calculate with: at most 400 characters and a power of ten up to 400.

    Longer ones only occur by mistake or malice, and Python would need very long for them.
    """
    if len(number) > 400:
        return False
    power = None if number.startswith("0x") else re.search(r"[eE]([-+]?[0-9]+)$", number)
    return power is None or abs(int(power.group(1))) <= 400


def shortened(text: str) -> str:
    """`text` for a hint: a long one loses its middle."""
    return text if len(text) <= 80 else f"{text[:50]} … {text[-20:]}"
