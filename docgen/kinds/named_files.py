"""Whether an input names files that lie beside it."""

from __future__ import annotations

from docgen.danish.values import FileName
from docgen.kinds.composite_fields import GroupFieldType, ListType
from docgen.kinds.fields import FieldType
from docgen.kinds.file_fields import FileType
from docgen.kinds.model import Kind
from docgen.kinds.record import Group, Record


class NamedFiles:
    """Looks for the names of files where the inputs of a kind may have them."""

    def __init__(self, kind: Kind) -> None:
        groups = {"": kind.root, **kind.groups}
        self._fields: dict[str, dict[str, FieldType]] = {name: {} for name in groups}
        before = -1
        while before != (before := sum(map(len, self._fields.values()))):  # groups may hold each other
            self._fields = {
                name: {field.name: field.type for field in group.fields.values() if self._may_hold(field.type)}
                for name, group in groups.items()
            }

    def are_in(self, record: Record | None) -> bool:
        """Whether a value of an input is the name of a file."""
        return record is not None and self._any_in("", record.values)

    def _may_hold(self, made: FieldType) -> bool:
        if isinstance(made, ListType):
            return self._may_hold(made.element)
        return isinstance(made, FileType) or (isinstance(made, GroupFieldType) and bool(self._fields[made.group]))

    def _any_in(self, name: str, values: Group) -> bool:
        return any(self._is_in(made, dict.get(values, field)) for field, made in self._fields[name].items())

    def _is_in(self, made: FieldType, value: object) -> bool:
        if isinstance(made, ListType) and isinstance(value, list):
            return any(self._is_in(made.element, one) for one in value)
        if isinstance(made, GroupFieldType) and isinstance(value, Group):
            return self._any_in(made.group, value)
        return type(value) is FileName
