"""The tree that every reader returns: raw scalars with places, mappings and sequences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from docgen.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it was written, NFC-normalised, without the quotes of the file format.

    `native` is set only where the file itself gives the value a type: int, Decimal, bool, None in JSON and TOML
    (a JSON number keeps its lexeme in `text`), date, time and datetime in TOML, and the cell's own type in Excel.
    YAML gives no native values. `empty` is true for a value that was left out (`felt:`, null, an empty cell);
    its text is empty then. An empty string in quotes is not empty.
    """

    text: str
    place: Place
    native: object = None
    empty: bool = False


class Entry(NamedTuple):
    """One key of a mapping with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; the reader has refused duplicate keys."""

    entries: tuple[Entry, ...]
    place: Place

    def get(self, name: str) -> Node | None:
        """The value of the key `name`, or None."""
        return next((entry.value for entry in self.entries if entry.key.text == name), None)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list in the order of the file."""

    items: tuple[Node, ...]
    place: Place

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


Node = Scalar | Mapping | Sequence
