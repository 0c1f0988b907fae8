"""The tables of a TOML file while it is read: opened by headers, dotted names and inline tables."""

from __future__ import annotations

from docgen.diagnostics import Place
from docgen.sources.tree import Entry, Mapping, Node, Scalar, Sequence


class Table:
    """A table that may still grow, `depth` mappings and lists down.

    `is_open` until its own header has been read, `is_dotted` if dotted names made it and may add to it.
    """

    __slots__ = ("depth", "entries", "is_dotted", "is_open", "place")

    def __init__(self, place: Place, depth: int, *, is_open: bool = False, is_dotted: bool = False) -> None:
        self.place = place
        self.depth = depth
        self.is_dotted = is_dotted
        self.is_open = is_open
        self.entries: dict[str, tuple[Scalar, Table | list[Table] | Node]] = {}

    def insert(self, names: list[Scalar], node: Node) -> Scalar | None:
        """Put `node` under the dotted `names`; if one of them is taken, do nothing and return it."""
        table = self
        for name in names[:-1]:
            key, inner = table.entries.setdefault(name.text, (name, Table(name.place, table.depth + 1, is_dotted=True)))
            if not isinstance(inner, Table) or not (inner.is_dotted or inner.is_open):
                return key
            table = inner
        key, _ = table.entries.setdefault(names[-1].text, (names[-1], node))
        return key if key is not names[-1] else None

    def opened(self, names: list[Scalar], place: Place, *, is_item: bool) -> tuple[Table | None, Scalar | None]:
        """The table of the header `names` (of `[[names]]` if `is_item`); None and the name that is taken if it may
        not be opened (again).
        """
        table = self
        for name in names[:-1]:
            key, inner = table.entries.setdefault(name.text, (name, Table(name.place, table.depth + 1, is_open=True)))
            if isinstance(inner, list):
                inner = inner[-1]
            if not isinstance(inner, Table):
                return None, key
            table = inner
        last = names[-1]
        opened = Table(place, table.depth + 1 + is_item)
        key, present = table.entries.setdefault(last.text, (last, [opened] if is_item else opened))
        if key is last:
            return opened, None
        if is_item and isinstance(present, list):
            present.append(opened)
            return opened, None
        if not is_item and isinstance(present, Table) and present.is_open:
            present.is_open = False
            present.place = place
            return present, None
        return None, key

    def mapping(self, place: Place | None = None) -> Mapping:
        """The table as it is, at `place` or where it began."""
        return Mapping(tuple(Entry(key, _node(inner)) for key, inner in self.entries.values()), place or self.place)


def _node(inner: Table | list[Table] | Node) -> Node:
    if isinstance(inner, Table):
        return inner.mapping()
    if isinstance(inner, list):
        return Sequence(tuple(table.mapping() for table in inner), inner[0].place)
    return inner
