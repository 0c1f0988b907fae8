"""Values that many inputs have in common: read once, and taken over by every input that has the same nodes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from docgen.diagnostics import Place, Severity
from docgen.kinds.composite_fields import GroupFieldType, ListType, ReferenceType
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.file_fields import FileType
from docgen.kinds.functions import FUNCTIONS
from docgen.kinds.group_reading import GroupReading
from docgen.kinds.input_reading import InputReading
from docgen.kinds.model import Formula, GroupType, Kind
from docgen.kinds.personal_numbers import find_personal_numbers
from docgen.kinds.record import Group
from docgen.kinds.surroundings import NOWHERE, Surroundings
from docgen.kinds.text_answers import Passed
from docgen.sources import Mapping, Node, Sequence


class _Kept(NamedTuple):
    value: object
    places: dict[str, Place]


class SharedValues:
    """What was read of the fields of `common`, a tree whose nodes are in many inputs.

    Only lists and groups count of which every element says all about itself: no reference to other fields, no file,
    no condition on what stands around it. So their values are the same in every input.
    """

    def __init__(self, kind: Kind, common: Mapping) -> None:
        own = {entry.key.text: entry.value for entry in common if entry.key.text in kind.root.fields}
        self.nodes = {name: node for name, node in own.items() if _stands_alone(kind.root.fields[name], node, kind)}
        self.kept: dict[tuple[str, str], _Kept] = {}
        self.passed = Passed()
        self._harmless = {
            entry.key.text: entry.value
            for entry in common
            if not any(find_personal_numbers(Mapping((entry,), common.place), Severity.WARNING))
        }

    def others(self, root: Node) -> Node:
        """The input without those of the common values in which no CPR-like number stands."""
        if not isinstance(root, Mapping):
            return root
        known = self._harmless
        return Mapping(tuple(one for one in root if known.get(one.key.text) is not one.value), root.place)


class SharingReading(InputReading):
    """An input that takes over what is shared; `profile` is the name of the one that gives its defaults."""

    def __init__(
        self,
        kind: Kind,
        names: dict[str, object],
        today: date,
        surroundings: Surroundings = NOWHERE,
        *,
        shared: SharedValues,
        profile: str,
    ) -> None:
        super().__init__(kind, names, today, surroundings)
        self._shared = shared
        self._profile = profile
        self._taken: set[str] = set()

    def read(self, node: Node, defaults: Mapping | None) -> Group:
        """The root group of the input; what could be shared with the next one is kept."""
        root = super().read(node, defaults)
        for name in self._common_fields() - self._taken:
            inner = f"{name}.", f"{name}["
            found = (*(one.path for one in self.diagnostics), *self.invalid)
            if not any(path == name or path.startswith(inner) for path in found):
                places = {path: place for path, place in self.places.items() if path == name or path.startswith(inner)}
                self._shared.kept[self._profile, name] = _Kept(root[name], places)
        return root

    def _force(self) -> None:
        for name in self._common_fields() - self._taken:
            kept = self._shared.kept.get((self._profile, name))
            if kept is not None:
                self._taken.add(name)
                self.root[name] = kept.value
                self.places.update(kept.places)
        super()._force()

    def _common_fields(self) -> set[str]:
        first = self.groups[0] if self.groups else None
        given = first.given if isinstance(first, GroupReading) else {}
        nodes = self._shared.nodes
        return {name for name, entry in given.items() if name in nodes and entry.value is nodes[name]}


def _stands_alone(field: Field, node: Node, kind: Kind) -> bool:
    if field.applies is not None or field.computed is not None or not isinstance(field.type, ListType | GroupFieldType):
        return False
    found: dict[str, GroupType] = {}
    types = list(_types(field.type, kind, found))
    if any(isinstance(made, ReferenceType) for made in types):
        return False
    files = {
        one.name for group in found.values() for one in group.fields.values() if isinstance(one.type, FileType)
    } | {"fra"}
    return not _mentions(node, files) and all(_says_all(group, kind) for group in found.values())


def _types(made: FieldType, kind: Kind, found: dict[str, GroupType]) -> Iterator[FieldType]:
    """The types of the fields in a list or a group, however deep; `found` fills up with the groups."""
    yield made
    if isinstance(made, ListType):
        yield from _types(made.element, kind, found)
    elif isinstance(made, GroupFieldType) and made.group not in found:
        found[made.group] = kind.groups[made.group]
        for field in found[made.group].fields.values():
            yield from _types(field.type, kind, found)


def _says_all(group: GroupType, kind: Kind) -> bool:
    """Whether the expressions of a group ask for nothing but its own fields."""
    known = {*group.fields, "den", *(name for name in (*FUNCTIONS, "ja", "nej") if name not in kind.root.fields)}
    formulas = (one for field in group.fields.values() for one in (field.applies, field.required, field.computed))
    return all(one.expression.names() <= known for one in formulas if isinstance(one, Formula))


def _mentions(node: Node, names: set[str]) -> bool:
    if isinstance(node, Mapping):
        return any(entry.key.text in names or _mentions(entry.value, names) for entry in node)
    return isinstance(node, Sequence) and any(_mentions(item, names) for item in node)
