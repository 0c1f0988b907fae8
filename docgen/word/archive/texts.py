"""Texts as they stand in `w:t`: escaped, line ends and tabs as Word's own elements; colours as it writes them."""

from __future__ import annotations

import re

from docgen.templating.budget import LONG, spend_output

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that XML cannot hold."""
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_MOST_KEPT = 1_000
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")


class UnwritableError(ValueError):
    """A value that is no text at all; `code` is that of the fault, `values` are those of its message."""

    def __init__(self, code: str, **values: str) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


def in_text(text: str) -> str:
    """A text as it stands in `w:t`. Raises UnwritableError for a character that XML cannot hold."""
    if len(text) > LONG:
        spend_output(len(text))
    xml = text
    if "&" in xml:  # to ask first is twice as fast
        xml = xml.replace("&", "&amp;")
    if "<" in xml:
        xml = xml.replace("<", "&lt;")
    if ">" in xml:
        xml = xml.replace(">", "&gt;")
    # to ask what is printable is several times as fast as to look for what is not
    if xml.isprintable():
        return xml
    if "\r" in xml:
        xml = xml.replace("\r\n", "\n").replace("\r", "\n")
    xml = xml.replace("\n", _BREAK).replace("\t", _TAB)
    if not xml.isprintable() and ILLEGAL.search(xml):
        raise UnwritableError("DG455")
    return xml


def digits(number: int) -> str:
    """A whole number without thousands marks. Raises UnwritableError: Python writes none of more than 4300 digits."""
    try:
        return str(number)
    except ValueError:
        raise UnwritableError("DG463") from None


def colour(text: str) -> str:
    """A colour as Word writes it (`C00000`, `auto`); the empty string for what is none."""
    digits = text.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return digits.upper() if _COLOUR.fullmatch(digits) else "auto" if text in ("", "auto") else ""


class Escaped(dict[str, str]):
    """Texts as they stand in `w:t`. The first short ones are kept for a render: tables repeat themselves.

    Raises UnwritableError for what XML cannot hold: `write_text` in a guarded render tells which tag wrote it.
    """

    def __missing__(self, text: str) -> str:
        if "&" in text or "<" in text or ">" in text or not text.isprintable() or len(text) > LONG:
            xml = in_text(text)
            if len(xml) > LONG:
                return xml
        else:
            xml = text  # as most are
        if len(self) < _MOST_KEPT:
            self[text] = xml
        return xml
