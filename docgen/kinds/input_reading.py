"""A whole input read by its kind: its groups, what is wrong in it, and where everything was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import Diagnostic, error, has_errors
from docgen.kinds.group_reading import GroupReading
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.record import Group, Places
from docgen.kinds.same_rows import same_rows
from docgen.kinds.surroundings import NOWHERE, Surroundings
from docgen.sources import Mapping as MappingNode
from docgen.sources import Node, Scalar

if TYPE_CHECKING:
    from docgen.diagnostics import Place
    from docgen.kinds.table_reading import TableReading


class Known(NamedTuple):
    """What is known of a group before it is read: the values of some fields with their places, and the other names."""

    values: Mapping[str, object]
    places: Mapping[str, Place]
    others: Sequence[str]


class InputReading:
    """One input while it is read: `diagnostics`, `places` and `invalid` paths fill up as its groups are read.

    `known` is what is known of its groups beforehand, by their paths.
    """

    def __init__(self, kind: Kind, names: dict[str, object], today: date, surroundings: Surroundings = NOWHERE) -> None:
        self.kind = kind
        self.names = names
        self.today = today
        self.surroundings = surroundings
        self.diagnostics: list[Diagnostic] = []
        self.places = Places()
        self.known: Mapping[str, Known] = {}
        self.invalid: set[str] = set()
        self.groups: list[GroupReading | TableReading] = []
        self.lists: list[tuple[list[object], GroupType]] = []
        self.gathered: list[Callable[[], Iterable[Diagnostic]]] = []
        self.sources: set[str] = set()
        self.targets: dict[tuple[str, str], dict[str, Group]] = {}
        self.root = Group("", kind.root.fields)

    def label(self, name: str) -> str:
        """What a form calls the field of the root that is called `name`."""
        field = self.root.declared.get(name)
        return field.label if field else name

    def read(self, node: Node, defaults: MappingNode | None) -> Group:
        """The root group of the input; values that were refused are missing from it."""
        if isinstance(node, MappingNode):
            first = GroupReading(self, self.kind.root, "", node, None, defaults)
            self.root = first.group
            self._force()
            for elements, element_type in self.lists:
                self.diagnostics += same_rows(elements, element_type, self.places)
            self._check_required()
            for totals in self.gathered if not has_errors(self.diagnostics) else ():
                self.diagnostics += totals()
        else:
            code = "DG256" if isinstance(node, Scalar) and node.empty else "DG255"
            self.diagnostics.append(error(code, node.place, type=self.kind.title))
            self.invalid.update(("", *self.kind.root.fields))
        for group in self.groups:
            group.settle()
        return self.root

    def _force(self) -> None:
        for group in self.groups:  # grows while it is walked
            group.force()

    def _check_required(self) -> None:
        lacking = [found for group in self.groups for found in group.lacking()]
        for row, fields in lacking:
            row.tell_missing(fields)
        if lacking:
            # What was computed from a value that turned out to be missing cannot be known.
            told = len(self.diagnostics)
            for group in self.groups:
                group.forget_computed()
            self._force()
            del self.diagnostics[told:]
