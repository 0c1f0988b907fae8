"""What the tests of the readers share: trees as plain values, lexemes, findings as text, and strategies."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from hypothesis import strategies as st

from docgen import catalog
from docgen.diagnostics import DocgenError, TextPlace
from docgen.sources import Mapping, Node, Scalar, Sequence, read_text

# Production 2 of XML 1.0: what a document can hold. Control characters above U+007F only come through as escapes.
WRITABLE = st.one_of(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    st.sampled_from("\t\n\r\x7f\x85\x9fæøåÆØÅ&<>§\u00a0\u00ad\u2028\ufeff"),
)
TEXTS = st.text(WRITABLE, max_size=40)


def plain(node: Node) -> object:
    """The tree as Python values: what a program that knows no places would have read."""
    if isinstance(node, Mapping):
        return {entry.key.text: plain(entry.value) for entry in node}
    if isinstance(node, Sequence):
        return [plain(item) for item in node]
    if node.empty:
        return None
    return node.text if node.native is None else node.native


def nfc(value: object) -> object:
    """A value with all its texts and keys in Unicode's form NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {nfc(key): nfc(one) for key, one in value.items()}
    return [nfc(one) for one in value] if isinstance(value, list) else value


def nodes(node: Node) -> Iterator[Node]:
    """The node and everything in it, keys too."""
    yield node
    if isinstance(node, Mapping):
        for entry in node:
            yield entry.key
            yield from nodes(entry.value)
    elif isinstance(node, Sequence):
        for item in node:
            yield from nodes(item)


def scalars(node: Node) -> Iterator[Scalar]:
    """Every key and value of the tree."""
    return (one for one in nodes(node) if isinstance(one, Scalar))


def lexeme(node: Node) -> str:
    """The text of the file that the place of a node points at."""
    place = node.place
    assert isinstance(place, TextPlace)
    line = place.source.lines[place.line - 1]
    return line[place.column - 1 : place.column - 1 + place.length]


def where(node: Node) -> tuple[int, int]:
    """The line and the column of a node."""
    assert isinstance(node.place, TextPlace)
    return node.place.line, node.place.column


def told(content: str | bytes, form: str, language: str = "da") -> str:
    """Everything that docgen says about a file, faults and warnings alike."""
    data = content.encode() if isinstance(content, str) else content
    try:
        findings = read_text(data, f"møde.{form}", form).warnings
    except DocgenError as fault:
        findings = fault.diagnostics
    return "\n".join(catalog.as_text(one, language) for one in findings)
