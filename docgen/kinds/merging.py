"""Two inputs as one: what the one gives, and for the rest what many inputs have in common."""

from __future__ import annotations

from docgen.diagnostics import Place
from docgen.sources import Entry, Mapping, Node, Scalar


class Merged(Mapping):
    """The entries of an input and of `common` as one mapping; `own` are those that do not stand in `common`.

    All others are the entries of `common` themselves. A group that both give is merged again, and one of `own`.
    """

    __slots__ = ("common", "own")

    def __init__(self, entries: tuple[Entry, ...], own: tuple[Entry, ...], place: Place, common: Mapping) -> None:
        super().__init__(entries, place)
        object.__setattr__(self, "own", own)
        object.__setattr__(self, "common", common)

    own: tuple[Entry, ...]
    common: Mapping

    def without(self, name: str) -> Mapping:
        """The same without the key `name`."""
        own = tuple(entry for entry in self.own if entry.key.text != name)
        return Merged(super().without(name).entries, own, self.place, self.common)


def merged(own: Mapping, common: Mapping) -> Merged:
    """The entries of both; in groups that both have, those of both again. What `own` leaves blank, `common` fills."""
    others = {entry.key.text: entry for entry in common.entries}
    entries: list[Entry] = []
    alone: list[Entry] = []
    for entry in own.entries:
        value = entry.value
        other = others.pop(entry.key.text, None)
        if other is not None:
            if isinstance(value, Mapping) and isinstance(other.value, Mapping):
                # a group that is blank in `common` is not given there
                value = merged(value, other.value) if other.value.entries else value
                entry = Entry(entry.key, value)  # noqa: PLW2901 - it goes on as what it became
            elif isinstance(value, Scalar) and value.empty:
                entries.append(other)
                continue
        entries.append(entry)
        alone.append(entry)
    return Merged((*entries, *others.values()), tuple(alone), own.place, common)


def own_part(node: Node) -> Node:
    """What an input gives itself, without what it has from the common values."""
    if not isinstance(node, Merged):
        return node
    return Mapping(tuple(Entry(entry.key, own_part(entry.value)) for entry in node.own), node.place)
