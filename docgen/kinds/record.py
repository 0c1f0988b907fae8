"""The validated values of an input: groups that know their path, and the record that holds them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, KeysView, Mapping, MutableMapping
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from docgen.diagnostics import FilePlace, TextPlace

if TYPE_CHECKING:
    from datetime import date

    from docgen.diagnostics import Place
    from docgen.kinds.fields import Field
    from docgen.kinds.model import Kind
    from docgen.kinds.table_reading import TableReading


class Invalid(Enum):
    """The type of INVALID, which stands for a value that was refused; the fault has been told."""

    VALUE = 1


INVALID: Final = Invalid.VALUE


class InvalidValueError(Exception):
    """Raised when something reads a value that was refused or is missing: what depends on it cannot be known."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(path)


class Group(dict[str, object]):
    """The values of one mapping of an input by field name; falsy when nothing was given.

    All declared fields are there, None (or an empty list or Group) where nothing was given. `sti` is the path in the
    input (`aktiver[3]`, counted from 1; empty for the root). Reading a value that was refused raises InvalidValueError.
    """

    __slots__ = ("declared", "key", "resolve", "sti")

    def __init__(
        self,
        sti: str,
        declared: Mapping[str, Field],
        *,
        key: str = "",
        resolve: Callable[[Group, str], object] | None = None,
    ) -> None:
        self.sti = sti
        self.declared = declared
        self.key = key
        self.resolve = resolve

    def __missing__(self, name: str) -> object:
        # Values are made when they are first read, so that fields may depend on one another in any order.
        if self.resolve is not None and name in self.declared:
            return self.resolve(self, name)
        if name in self.declared:
            raise InvalidValueError(path_of(self.sti, name))
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return name in self.declared

    def has(self, name: str) -> bool:
        """Whether the value of a field has been made."""
        return dict.__contains__(self, name)

    def __bool__(self) -> bool:
        # Computed values do not count: they are there whether or not anything was given.
        return any(self._is_given(name) for name, field in self.declared.items() if field.computed is None)

    def _is_given(self, name: str) -> bool:
        try:
            return not is_empty(self[name])
        except InvalidValueError:
            return True

    def __str__(self) -> str:
        """What identifies the group: the value of its key field."""
        from docgen.danish.formats import display

        return display(dict.get(self, self.key)) if self.key else ""

    def settle(self) -> None:
        """Put the values in the order of the fields and stop making new ones."""
        self.resolve = None
        names = list(self.declared)
        if len(self) < len(names):
            names = [name for name in names if dict.__contains__(self, name)]
        if names != list(self):
            ordered = {name: self[name] for name in names}
            self.clear()
            self.update(ordered)


def is_empty(value: object) -> bool:
    """Whether nothing was given: None, an empty text or list, or a group in which everything is empty.

    `nej` and 0 are values.
    """
    if value is None:
        return True
    if isinstance(value, str):
        return value == ""
    return isinstance(value, _HOLDERS) and not value


_HOLDERS = (Group, list)


def path_of(parent: str, name: str) -> str:
    """The path of the field `name` in the group at `parent`."""
    return f"{parent}.{name}" if parent else name


class Places(MutableMapping[str, "Place"]):
    """Where each path of an input was written; those of the rows of a table are found when they are asked for."""

    def __init__(self) -> None:
        self._known: dict[str, Place] = {}
        self._shared: list[Mapping[str, Place]] = []
        self._tables: dict[str, list[TableReading]] = {}

    def share(self, places: Mapping[str, Place]) -> None:
        """Take places that other inputs have too."""
        self._shared.append(places)

    def add_table(self, path: str, table: TableReading) -> None:
        """Take rows of the list at `path`, which stand in a table."""
        self._tables.setdefault(path, []).append(table)

    def __getitem__(self, path: str) -> Place:
        if path in self._known or not path:
            return self._known[path]
        for places in self._shared:
            if path in places:
                return places[path]
        for at, sign in enumerate(path):
            number, _, name = path[at + 1 :].partition("]")
            for table in self._tables.get(path[:at], ()) if sign == "[" and number.isdecimal() else ():
                place = table.place(int(number), name.removeprefix("."))
                if place is not None:
                    return place
        raise KeyError(path)

    def __setitem__(self, path: str, place: Place) -> None:
        self._known[path] = place

    def __delitem__(self, path: str) -> None:
        del self._known[path]

    def __iter__(self) -> Iterator[str]:
        yield from self._known
        for places in self._shared:
            yield from (path for path in places if path not in self._known)
        for table in chain.from_iterable(self._tables.values()):
            yield from (path for path in table.paths() if path not in self._known)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Scope(Mapping[str, object]):
    """The names that an expression may use: a group's own fields first, then `extra`, then the fields of the root.

    `extra` holds `den`, `over`, `idag`, `udgave`, `profil`; `functions` come last, so that a field may have the name
    of a function.
    """

    __slots__ = ("_known", "_layers")

    def __init__(self, *layers: Mapping[str, object]) -> None:
        self._layers = layers
        # expressions ask for names most of all: a dict answers at once
        self._known = [(layer.declared if isinstance(layer, Group) else layer, layer) for layer in layers]

    def under(self, layer: Mapping[str, object]) -> Scope:
        """The same names with those of `layer` before them."""
        return Scope(layer, *self._layers)

    def __getitem__(self, name: str) -> object:
        for known, layer in self._known:
            if name in known:
                return layer[name]
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        for known, _ in self._known:  # noqa: SIM110 - a loop is twice as fast
            if name in known:
                return True
        return False

    def keys(self) -> KeysView[str]:
        """No names at all: a Jinja filter that asks for its context copies them, and reading every field at once would
        tangle fields that depend on one another.
        """
        return dict[str, object]().keys()

    def __iter__(self) -> Iterator[str]:
        return (name for layer in self._layers for name in (layer.declared if isinstance(layer, Group) else layer))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Record(NamedTuple):
    """An input that was held against its kind.

    `values` is the root group. `places` tells where each path was written (also defaults, which stand in felter.yaml
    or a profile). `invalid` are the paths of the values that were refused or are missing, "" when the input has no
    fields at all. `kind` is what the input was held against on `today`; `profile` is the name of the profile, or "".
    `files` are the other files that rows of its lists came from. `edition` is what the name `udgave` meant.
    """

    values: Group
    places: Mapping[str, Place]
    invalid: frozenset[str]
    kind: Kind
    today: date
    profile: str = ""
    files: frozenset[str] = frozenset()
    edition: str = ""

    def place(self, path: str) -> Place | None:
        """Where the value at `path` was written, or the nearest thing around it."""
        while path and path not in self.places:
            path = _around(path)
        return self.places.get(path)

    def place_in_input(self, path: str) -> Place | None:
        """As `place`, but of the input alone: a default, which stands in felter.yaml or a profile, is not there.

        What is not there, nor anything around it, has the file for its place, with the name of the missing field.
        """
        source = getattr(self.places.get(""), "source", None)
        asked = path
        while path and not self._is_given(self.places.get(path), source):
            path = _around(path)
        if path or source is None:
            return self.places.get(path)
        field = self.values.declared.get(re.split(r"[.\[]", asked)[0])
        return FilePlace(source.name, asked.partition("[")[0] if field and not field.computed else "")

    def _is_given(self, place: Place | None, source: object) -> bool:
        """Whether a place is in the input, the text of which is `source`, or in a file that it takes rows from."""
        return place is not None and (getattr(place, "source", None) is source or file_of(place) in self.files)


def file_of(place: Place) -> str:
    """The file that a place is in, as messages show it."""
    return place.source.name if isinstance(place, TextPlace) else place.file


def _around(path: str) -> str:
    return path[: max(path.rfind("."), path.rfind("["), 0)]
