"""What the fields of a kind are made from: the fields that their expressions and references read.

It is told of the fields of the root and of the groups in it that are no elements of lists: their paths are the same in
every input. What is in a list counts as one with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from docgen.kinds.composite_fields import GroupFieldType, ListType, ReferenceType
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.model import Formula, GroupType, Kind
from docgen.kinds.record import path_of

Steps = tuple[str, ...]
_GIVEN = "?"  # after the path of a group: whether it is given and applies, whatever it holds


class Dependencies:
    """Which fields of a kind are made from which; `groups` are those at fixed paths, by path, the root ("") first.

    The path of a group stands for the group with all that it holds.
    """

    def __init__(self, kind: Kind) -> None:
        self.groups: dict[str, GroupType] = {}
        self._kind = kind
        self._around: dict[str, tuple[str, ...]] = {}
        self._readers: defaultdict[str, set[str]] = defaultdict(set)
        self._read: defaultdict[str, set[str]] = defaultdict(set)
        self._find_groups("", kind.root, (), frozenset())
        for path, group in self.groups.items():
            for field in group.fields.values():
                self._learn(field, path)

    def inside(self, path: str) -> Iterator[str]:
        """The path itself, and what is at a fixed path below it."""
        yield path
        if path in self.groups:
            yield path + _GIVEN
            for name in self.groups[path].fields:
                yield from self.inside(path_of(path, name))

    def made_from(self, paths: Iterable[str]) -> frozenset[str]:
        """Those paths, and all that is made from what is there."""
        return _reached(paths, self._readers)

    def needed_for(self, names: Iterable[str]) -> set[str] | None:
        """The fields of the root that those of these names are made from, themselves included; None for all of them."""
        if self.groups[""].taking:
            return None
        return {path.partition(".")[0].rstrip(_GIVEN) for path in _reached(names, self._read)}

    def _find_groups(self, path: str, group: GroupType, around: tuple[str, ...], names: frozenset[str]) -> None:
        self.groups[path] = group
        self._around[path] = around
        for field in group.fields.values():
            made = field.type
            # a group that may hold itself is read as deep as an input goes: it counts as one
            if isinstance(made, GroupFieldType) and field.computed is None and made.group not in names:
                inner = self._kind.groups[made.group]
                self._find_groups(path_of(path, field.name), inner, (path, *around), names | {made.group})

    def _learn(self, field: Field, holder: str) -> None:
        """Remember what a field is made from, and that the group around it is made from the field."""
        path = path_of(holder, field.name)
        is_group = path in self.groups
        self._note([path], holder)
        for formula in (field.applies, field.computed):
            self._note(self._read_by(formula, holder), path + _GIVEN if is_group else path)
        self._note(self._read_by(field.required, holder), path)
        self._note([path + _GIVEN] if is_group else self._read_inside(field.type, holder), path)

    def _note(self, read: Iterable[str], reader: str) -> None:
        for path in read:
            self._readers[path].add(reader)
            self._read[reader].add(path)

    def _read_by(self, formula: object, holder: str) -> Iterator[str]:
        """What an expression of a field in the group at `holder` reads."""
        for steps in formula.expression.paths() if isinstance(formula, Formula) else ():
            if holder and steps[0] == "den":
                yield from self._on_the_way(holder, steps[1:])
            elif holder and steps[0] == "over":
                yield from self._on_the_way(self._around[holder][0], steps[1:])
            else:
                path = holder if steps[0] in self.groups[holder].fields else ""
                yield from self._named(steps, path)

    def _named(self, steps: Steps, path: str) -> Iterator[str]:
        """What is read by a name that the group at a path may know."""
        if steps[0] in self.groups[path].fields:
            yield from self._on_the_way(path, steps)

    def _on_the_way(self, path: str, steps: Steps) -> Iterator[str]:
        """What is read on the way from the group at a path."""
        for at, step in enumerate(steps):
            inner = path_of(path, step)
            if step not in self.groups[path].fields:
                break  # what a group says of itself
            if inner not in self.groups or at == len(steps) - 1:
                yield inner
                return
            yield inner + _GIVEN
            path = inner
        yield path

    def _read_inside(self, made: FieldType, holder: str) -> Iterator[str]:
        """What is read of the world around by what is in a list, or in a group that has no fixed path."""
        found: set[tuple[str, bool]] = set()
        waiting = [(made, True)]
        while waiting:
            one, is_outermost = waiting.pop()
            if isinstance(one, ReferenceType):
                first = one.target.partition(".")[0]
                for path in (holder, *self._around[holder]):
                    yield from (path_of(path, first) for _ in range(first in self.groups[path].fields))
            elif isinstance(one, ListType):
                waiting.append((one.element, is_outermost))
            elif isinstance(one, GroupFieldType) and (one.group, is_outermost) not in found:
                found.add((one.group, is_outermost))
                group = self._kind.groups[one.group]
                for field in group.fields.values():
                    waiting.append((field.type, False))
                    for formula in (field.applies, field.required, field.computed):
                        yield from self._read_outside(formula, group, holder, is_outermost=is_outermost)

    def _read_outside(self, formula: object, group: GroupType, holder: str, *, is_outermost: bool) -> Iterator[str]:
        """What an expression of a field of `group` reads outside it."""
        for steps in formula.expression.paths() if isinstance(formula, Formula) else ():
            if steps[0] in group.fields or steps[0] == "den":
                continue
            if steps[0] != "over":
                yield from self._named(steps, "")
                yield from self._named(steps, holder)  # which an element of a computed list knows too
            elif is_outermost:
                yield from self._on_the_way(holder, steps[1:])


def _reached(paths: Iterable[str], steps: Mapping[str, set[str]]) -> frozenset[str]:
    """Those paths, and all that steps lead to."""
    found: set[str] = set()
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += steps.get(path, ())
    return frozenset(found)
