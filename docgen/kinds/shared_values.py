"""Values that many inputs have in common: read once, and taken over where an input gives nothing they depend on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from typing import NamedTuple

from docgen.diagnostics import Place, Severity, has_errors
from docgen.kinds.composite_fields import GroupFieldType, ListType
from docgen.kinds.dependencies import Dependencies
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.file_fields import FileType
from docgen.kinds.group_reading import GroupReading
from docgen.kinds.input_reading import InputReading, Known
from docgen.kinds.merging import Merged, own_part
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.personal_numbers import find_personal_numbers
from docgen.kinds.record import path_of
from docgen.kinds.surroundings import FROM
from docgen.kinds.text_answers import Passed
from docgen.sources import Mapping as MappingNode
from docgen.sources import Node, Sequence, Table

_MOST_RUNS, _MOST_SHAPES = 20, 200

Run = tuple[object, ...]
"""What else than the input decides on values: the profile, the edition, the day."""
Shape = tuple[object, ...]
"""Which fields an input gives itself: their names, with the shape of what is in a group."""


class SharedValues:
    """What was read of the fields that inputs have from `common`, a tree whose nodes are in all of them.

    A value is kept that is made from nothing that an input gives itself: it is the same in every input of the kind. An
    input with a fault is read alone. Several threads may read.
    """

    def __init__(self, kind: Kind, common: MappingNode) -> None:
        self.passed = Passed()
        self._kind = kind
        self._common = common
        self._dependencies = Dependencies(kind)
        self._runs: dict[Run, _Kept] = {}
        self._harmful = {
            entry.key.text
            for entry in common
            if any(find_personal_numbers(MappingNode((entry,), common.place), Severity.WARNING))
        }

    def read(
        self, make: Callable[[], InputReading], node: Node, defaults: MappingNode | None, run: Run
    ) -> InputReading:
        """The reading of an input; `make` begins one."""
        reading = make()
        if isinstance(node, Merged) and node.common is self._common:
            kept = self._kept(run, defaults)
            plan = kept.plan(node)
            reading.known = plan.known
            reading.read(node, defaults)
            if not has_errors(reading.diagnostics):
                found = kept.found(reading, plan)
                if found:
                    self._runs[run] = kept.with_these(found, reading)
                return reading
            reading = make()
        reading.read(node, defaults)
        return reading

    def others(self, root: Node) -> Node:
        """The input without those of the common values in which no CPR-like number stands."""
        if not isinstance(root, Merged) or root.common is not self._common:
            return root
        if not self._harmful:
            return own_part(root)
        own = {id(entry) for entry in root.own}
        return MappingNode(tuple(one for one in root if id(one) in own or one.key.text in self._harmful), root.place)

    def _kept(self, run: Run, defaults: MappingNode | None) -> _Kept:
        if run not in self._runs:
            if len(self._runs) >= _MOST_RUNS:
                self._runs.clear()
            unsure = set(_unsure("", self._dependencies, self._kind, (self._common, defaults)))
            self._runs[run] = _Kept(self._dependencies, unsure, {}, {})
        return self._runs.get(run) or self._kept(run, defaults)


class _Plan(NamedTuple):
    """How inputs of one shape are read: what is known of their groups, by path.

    `missing` are the fields that could be known but are not, by the path of their group.
    """

    known: dict[str, Known]
    missing: dict[str, list[str]]


class _Kept:
    """What was kept of the inputs of a run so far: values by path, with the places of all that is in them.

    What is `unsure` has to be read in every input. It never changes: values that refer to each other stay together.
    """

    def __init__(
        self,
        dependencies: Dependencies,
        unsure: Set[str],
        values: Mapping[str, object],
        places: Mapping[str, Mapping[str, Place]],
    ) -> None:
        self._dependencies = dependencies
        self._unsure = unsure
        self._values = values
        self._places = places
        self._plans: dict[Shape, _Plan] = {}

    def plan(self, node: Merged) -> _Plan:
        """How to read an input."""
        shape = _shape(node)
        plan = self._plans.get(shape)
        if plan is None:
            if len(self._plans) >= _MOST_SHAPES:
                self._plans.clear()
            plan = self._plans[shape] = self._planned(node)
        return plan

    def found(self, reading: InputReading, plan: _Plan) -> dict[str, object]:
        """The values that an input without faults is the first to have, by path."""
        fields = self._dependencies.groups[""].fields
        if any(fields.keys().isdisjoint(_around(one.path)) for one in reading.diagnostics):
            return {}  # nobody can tell what it is about
        read = {one.path: one.group for one in reading.groups if isinstance(one, GroupReading)}
        return {
            path_of(holder, name): read[holder][name]
            for holder, names in plan.missing.items()
            for name in names
            if holder in read
        }

    def with_these(self, found: Mapping[str, object], reading: InputReading) -> _Kept:
        """The same with the values that an input was the first to have; what there is to say something of is unsure."""
        told = {path for one in reading.diagnostics for path in _around(one.path)}
        places: dict[str, dict[str, Place]] = {path: {} for path in found}
        for one, place in reading.places.items():
            for path in _around(one):
                if path in places:
                    places[path][one] = place
        unsure = self._unsure | (found.keys() & told)
        return _Kept(self._dependencies, unsure, {**self._values, **found}, {**self._places, **places})

    def _planned(self, node: Merged) -> _Plan:
        plan = _Plan({}, {})
        self._plan_group("", self._dependencies.made_from((*self._unsure, *self._own(node, ""))), plan)
        return plan

    def _plan_group(self, holder: str, changing: frozenset[str], plan: _Plan) -> None:
        names = self._dependencies.groups[holder].fields
        paths = {name: path_of(holder, name) for name in names}
        stable = {name: path for name, path in paths.items() if path not in changing}
        known = {name: self._values[path] for name, path in stable.items() if path in self._values}
        places = {one: place for name in known for one, place in self._places[paths[name]].items()}
        plan.known[holder] = Known(known, places, tuple(name for name in names if name not in known))
        plan.missing[holder] = [name for name in stable if name not in known]
        for name, path in paths.items():
            if path in self._dependencies.groups and name not in known:
                self._plan_group(path, changing, plan)

    def _own(self, node: Merged, path: str) -> Iterator[str]:
        """The paths of what an input gives itself."""
        group = self._dependencies.groups.get(path)
        for entry in node.own:
            name = entry.key.text
            inner = path_of(path, group.spellings.get(name, name) if group else name)
            if isinstance(entry.value, Merged):
                yield inner
                yield from self._own(entry.value, inner)
            else:
                yield from self._dependencies.inside(inner)


def _shape(node: Merged) -> Shape:
    return tuple(
        (entry.key.text, _shape(entry.value)) if isinstance(entry.value, Merged) else entry.key.text
        for entry in node.own
    )


def _around(path: str) -> Iterator[str]:
    """The path, and those of all that is around it."""
    yield path
    for at, sign in enumerate(path):
        if sign in ".[":
            yield path[:at]


def _unsure(path: str, known: Dependencies, kind: Kind, given: tuple[Node | None, ...]) -> Iterator[str]:
    """The paths of the fields that may ask files for their values, whatever else they are made from.

    `given` are the nodes that may stand at a path.
    """
    group = known.groups[path]
    for name, field in group.fields.items():
        inner = path_of(path, name)
        nodes = (*(one.get(name) for one in given if isinstance(one, MappingNode)), field.default)
        if group.taking:
            yield from known.inside(inner)
        elif inner in known.groups:
            yield from _unsure(inner, known, kind, nodes)
        elif _asks_files(field, kind, nodes):
            yield inner


def _asks_files(field: Field, kind: Kind, nodes: tuple[Node | None, ...]) -> bool:
    """Whether a field that stands as one of the nodes may have files for its value, or in it."""
    groups: dict[str, GroupType] = {}
    if any(isinstance(made, FileType) for made in _types(field.type, kind, groups)):
        return True
    files = [one for group in groups.values() for one in group.fields.values() if isinstance(one.type, FileType)]
    if any(one.shorthand or one.default or one.computed for one in files):
        return True
    names = {FROM, *(name for one in files for name in (one.name, *one.aliases))}
    return any(_mentions(node, names) for node in nodes if node is not None)


def _types(made: FieldType, kind: Kind, groups: dict[str, GroupType]) -> Iterator[FieldType]:
    """A type and that of the elements; `groups` fills up with the groups in it, however deep."""
    yield made
    if isinstance(made, ListType):
        yield from _types(made.element, kind, groups)
    elif isinstance(made, GroupFieldType) and made.group not in groups:
        groups[made.group] = kind.groups[made.group]
        for field in groups[made.group].fields.values():
            for _ in _types(field.type, kind, groups):
                pass


def _mentions(node: Node, names: set[str]) -> bool:
    if isinstance(node, MappingNode):
        return any(entry.key.text in names or _mentions(entry.value, names) for entry in node)
    if isinstance(node, Table):
        return any(not names.isdisjoint(column.split(".")) for column, _ in node.columns)
    return isinstance(node, Sequence) and any(_mentions(item, names) for item in node)
