"""The names of an input that was read, each looked up once: for the many expressions that ask for the same ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class LookedUp(dict[str, object]):
    """Names whose values do not change any more, and before them those that are set here."""

    __slots__ = ("_names",)

    def __init__(self, names: Mapping[str, object], **own: object) -> None:
        super().__init__(own)
        self._names = names

    def __missing__(self, name: str) -> object:
        value = self[name] = self._names[name]
        return value

    def __contains__(self, name: object) -> bool:
        return dict.__contains__(self, name) or name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*dict.keys(self), *self._names)))
