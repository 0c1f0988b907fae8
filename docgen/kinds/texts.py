"""The texts of an input, wherever they stand, for the rules that are about all of them (`for: tekster`)."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.kinds.composite_fields import GroupFieldType, ListType, TextTableType
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.model import GroupType, Rule
from docgen.kinds.record import Group, path_of
from docgen.kinds.text_fields import TextType

TEXTS = "tekster"
"""What a rule says after `for` when it is about every text, in a kind that has no field of that name."""
Text = tuple[Group, str, str]
"""A text of an input: the group around it, itself, and its path."""

_HOLDING = (TextType, TextTableType, GroupFieldType, ListType)


def is_about_texts(rule: Rule, root: GroupType) -> bool:
    """Whether a rule is about every text of an input."""
    return rule.path == (TEXTS,) and TEXTS not in root.fields


class TextFinder:
    """Finds the texts of inputs of one kind; those in a group that the input before has too are known.

    Texts are what fields of free text hold, also those of `ekstra_afsnit` and `opsætning`. What is computed, refused,
    or referred to from elsewhere is passed over.
    """

    def __init__(self) -> None:
        self._fields: dict[int, tuple[Mapping[str, Field], list[tuple[str, FieldType]]]] = {}
        self._known: dict[str, dict[str, tuple[object, list[Text]]]] = {}

    def find(self, root: Group) -> list[Text]:
        """Every text in an input that was read."""
        found: list[Text] = []
        self._in_group(root, found)
        return found

    def _in_group(self, group: Group, found: list[Text]) -> None:
        """Add the texts in a group; of lists and groups in it those that are known, unless it is in a list itself."""
        known = {} if "[" in group.sti else self._known.setdefault(group.sti, {})
        for name, made in self._holding(group.declared):
            value = group.get(name)
            if value is None:
                continue
            kept = known.get(name)
            if kept is not None and kept[0] is value:
                found += kept[1]
                continue
            before = len(found)
            self._in_value(group, made, value, path_of(group.sti, name), found)
            if isinstance(value, Group | list):
                own = found[before:]
                if not any(holder is group for holder, _, _ in own):
                    known[name] = value, own

    def _holding(self, declared: Mapping[str, Field]) -> list[tuple[str, FieldType]]:
        """The fields in which texts may stand, of those that a group has: their names and types."""
        known = self._fields.get(id(declared))
        if known is None:
            fields = [one for one in declared.values() if one.computed is None and isinstance(one.type, _HOLDING)]
            known = self._fields[id(declared)] = declared, [(one.name, one.type) for one in fields]
        return known[1]

    def _in_value(self, holder: Group, made: FieldType, value: object, path: str, found: list[Text]) -> None:
        match made:
            case TextType() if isinstance(value, str) and value:
                found.append((holder, value, path))
            case TextTableType() if isinstance(value, dict):
                found += [(holder, text, path_of(path, name)) for name, text in value.items() if text]
            case GroupFieldType() if isinstance(value, Group):
                self._in_group(value, found)
            case ListType() if isinstance(value, list):
                for number, element in enumerate(value, 1):
                    self._in_value(holder, made.element, element, f"{path}[{number}]", found)
