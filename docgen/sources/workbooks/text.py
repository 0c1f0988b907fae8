"""Texts out of the XML of a workbook: decoded in bulk, tidied one by one only where something asks for it."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Sequence

_REFERENCE = re.compile(r"&(?:#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))|(amp|lt|gt|quot|apos));|&")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPE = re.compile("_x([0-9a-fA-F]{4})_")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Zero-width spaces, marks of the direction of writing and the like, which pasting from web pages and mails brings.
_UNSEEN = "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_CONTROLS = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f{_UNSEEN}\ud800-\udfff\ufffe\uffff]")
_UNTIDY = re.compile(f"[\x01-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_UNSEEN}\ud800-\udfff\ufffe\uffff]")
_BETWEEN = "\x00"  # no XML can hold it


class DamagedError(ValueError):
    """Raised when a part of a workbook cannot be read; `line` is where in its XML, or 1 where that is not known.

    `part` is the part, where it is another one than that which is read.
    """

    def __init__(self, line: int = 1, part: str = "") -> None:
        self.line = line
        self.part = part
        super().__init__(line)


def texts(written: Sequence[bytes]) -> list[str]:
    """The texts between tags as Excel shows them. Raises DamagedError, and UnicodeError for other bytes than UTF-8."""
    if not written:
        return []
    whole = _BETWEEN.encode().join(written).decode()
    found = whole.split(_BETWEEN)
    if len(found) != len(written):
        raise DamagedError
    if not is_tidy(whole):
        return [tidy(resolved(text)) for text in found]
    if "&" not in whole:
        return found
    known = {text: tidy(resolved(text)) if "&" in text else text for text in set(found)}
    return list(map(known.__getitem__, found))


def is_tidy(text: str) -> bool:
    """Whether `tidy` would leave the text as it is."""
    return "_x" not in text and not _UNTIDY.search(text) and unicodedata.is_normalized("NFC", text)


def resolved(text: str) -> str:
    """The text with the references of XML (`&amp;`, `&#230;`) in the place of what they stand for.

    Raises DamagedError where one is not XML.
    """
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    if found[1] or found[2]:
        number = int(found[1], 16) if found[1] else int(found[2])
        if number <= sys.maxunicode:
            return chr(number)
    raise DamagedError


def tidy(text: str) -> str:
    """The text in NFC with Excel's escapes (`_x000D_`) undone, one sort of line break and no signs that nobody sees."""
    if is_tidy(text):
        return text
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _CONTROLS.sub("", _BREAKS.sub("\n", text))
    return unicodedata.normalize("NFC", text)
