"""An input whose lists stand in files of their own, with the rows of those files in their place."""

from __future__ import annotations

from datetime import date

from docgen.diagnostics import Diagnostic
from docgen.kinds.composite_fields import GroupFieldType, ListType
from docgen.kinds.fields import At, Field
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.own_lists import Wanted, gather
from docgen.kinds.record import path_of
from docgen.kinds.surroundings import Surroundings, takes_rows
from docgen.sources import Entry, Mapping, Node, Sequence, Table

_NO_DAY = date(2000, 1, 1)  # rows are compared as they are written


def with_taken_rows(root: Node, kind: Kind, surroundings: Surroundings) -> tuple[Node, list[Diagnostic]]:
    """The tree of an input without `fra`: its lists hold the rows themselves; and what there is to say about those."""
    taking = _Taking(kind, surroundings)
    return taking.group(root, kind.root, ""), taking.findings


class _Taking:
    def __init__(self, kind: Kind, surroundings: Surroundings) -> None:
        self.kind = kind
        self.surroundings = surroundings
        self.findings: list[Diagnostic] = []
        self.sources: set[str] = set()

    def group(self, node: Node, group: GroupType, path: str) -> Node:
        """The values of a group at `path`."""
        if not isinstance(node, Mapping):
            return node
        fields = {name: field for field in group.fields.values() for name in (*field.aliases, field.name)}
        return Mapping(tuple(self._entry(one, fields.get(one.key.text), path) for one in node), node.place)

    def _entry(self, entry: Entry, field: Field | None, path: str) -> Entry:
        if field is None:
            return entry
        here = path_of(path, field.name)
        match field.type:
            case GroupFieldType(group=name):
                return entry._replace(value=self.group(entry.value, self.kind.groups[name], here))
            case ListType(element=GroupFieldType(group=name)):
                return entry._replace(value=self._list(entry.value, field, self.kind.groups[name], here))
        return entry

    def _list(self, node: Node, field: Field, group: GroupType, path: str) -> Node:
        if isinstance(node, Mapping) and takes_rows(node):
            at = At(path, field.name, _NO_DAY, self.findings, self.surroundings, field.label)
            gathered = gather(Wanted(field, group, self.kind), node, at, self.sources)
            if gathered is None:
                return node
            self.sources |= gathered.files
            node = gathered.rows
        if not isinstance(node, Sequence) or isinstance(node, Table):
            return node
        items = [self.group(item, group, f"{path}[{number}]") for number, item in enumerate(node, 1)]
        return Sequence(tuple(items), node.place)
