"""profiler/*.yaml read: what an organisation or a body wants by default."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from docgen.diagnostics import DocgenError
from docgen.kinds.arrangement import ARRANGEMENT_GROUP
from docgen.kinds.attributes import Attributes, Faults
from docgen.kinds.composite_fields import GroupFieldType, ListType
from docgen.kinds.fields import FieldType, ScalarType
from docgen.kinds.model import GroupType, Profile
from docgen.sources import Mapping, Node, Sequence, read

_ATTRIBUTES = ("beskrivelse", "standard", "opsætning")


class ProfileReader:
    """Reads profiles against the groups of a kind; faults go to `faults`."""

    def __init__(self, groups: dict[str, GroupType], faults: Faults) -> None:
        self.groups = groups
        self.faults = faults

    def read(self, paths: Iterable[Path]) -> dict[str, Profile]:
        """The profiles in the files, by the names of the files."""
        return {path.stem: profile for path in paths if (profile := self._profile(path))}

    def _profile(self, path: Path) -> Profile | None:
        try:
            root = self.faults.root_of(read(path))
        except DocgenError as fault:
            self.faults.found += fault.diagnostics
            return None
        attributes = Attributes(root, _ATTRIBUTES, self.faults, path.name)
        defaults, arrangement = attributes.node("standard"), attributes.node("opsætning")
        if defaults is not None:
            self._check_group(defaults, self.groups[""], "standard")
        if arrangement is not None and ARRANGEMENT_GROUP not in self.groups:
            self.faults.add("DG366", arrangement.place)
        elif arrangement is not None:
            self._check_group(arrangement, self.groups[ARRANGEMENT_GROUP], "opsætning")
        return Profile(path.stem, attributes.text("beskrivelse"), defaults, arrangement)

    def _check_group(self, node: Node, group: GroupType, owner: str) -> None:
        if not isinstance(node, Mapping):
            self.faults.add("DG322", node.place, navn=owner)
            return
        for entry in node:
            field = group.fields.get(entry.key.text)
            if entry.key.text in group.unread:
                continue
            if field is None:
                self.faults.unknown("DG365", entry.key, group.fields, ejer=owner)
            elif field.computed:
                self.faults.add("DG367", entry.key.place, navn=field.name)
            else:
                self._check(entry.value, field.type, field.name)

    def _check(self, node: Node, made: FieldType, name: str) -> None:
        match made:
            case ScalarType():
                self.faults.value(node, made, name)
            case GroupFieldType() if isinstance(node, Mapping):
                self._check_group(node, self.groups[made.group], name)
            case ListType() if isinstance(node, Sequence):
                for item in node:
                    self._check(item, made.element, name)
