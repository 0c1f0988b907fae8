"""Texts as they stand in `w:t`: escaped, with line ends and tabs as Word's own elements."""

from __future__ import annotations

import re

from docgen.templating.budget import LONG, spend_output

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that XML cannot hold."""
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_MOST_KEPT = 1_000


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
    xml = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if text.isprintable():  # several times as fast as looking for what is not
        return xml
    if not text.replace("\n", "").isprintable() and ILLEGAL.search(text):
        raise UnwritableError("DG455")
    if "\r" in xml:
        xml = xml.replace("\r\n", "\n").replace("\r", "\n")
    return xml.replace("\n", _BREAK).replace("\t", _TAB)


def digits(number: int) -> str:
    """A whole number without thousands marks. Raises UnwritableError: Python writes none of more than 4300 digits."""
    try:
        return str(number)
    except ValueError:
        raise UnwritableError("DG463") from None


class Escaped(dict[str | int, str]):
    """Texts and whole numbers as they stand in `w:t`. The first texts are kept for a render: tables repeat themselves.

    Raises UnwritableError for what XML cannot hold: `write_text` in a guarded render tells which tag wrote it.
    """

    def __missing__(self, value: str | int) -> str:
        if isinstance(value, int):
            return digits(value)
        xml = in_text(value)
        if len(self) < _MOST_KEPT and len(xml) <= LONG:
            self[value] = xml
        return xml
