"""The texts of an input, wherever they stand, for the rules that are about all of them (`for: tekster`)."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.kinds.composite_fields import GroupFieldType, ListType, TextTableType
from docgen.kinds.fields import FieldType
from docgen.kinds.model import GroupType, Rule
from docgen.kinds.record import Group, InvalidValueError, path_of
from docgen.kinds.text_fields import TextType

TEXTS = "tekster"
"""What a rule says after `for` when it is about every text, in a kind that has no field of that name."""


_HOLDING = (TextType, TextTableType, GroupFieldType, ListType)


def is_about_texts(rule: Rule, root: GroupType) -> bool:
    """Whether a rule is about every text of an input."""
    return rule.path == (TEXTS,) and TEXTS not in root.fields


def texts_of(group: Group) -> Iterator[tuple[Group, str, str]]:
    """Every text in a group and in what it holds: the group around it, the text and its path.

    Texts are what fields of free text hold, also those of `ekstra_afsnit` and `opsætning`. What is computed, refused,
    or referred to from elsewhere is passed over.
    """
    for name, field in group.declared.items():
        if isinstance(field.type, _HOLDING):
            yield from texts_of_field(group, name)


def texts_of_field(group: Group, name: str) -> Iterator[tuple[Group, str, str]]:
    """The same for one field of a group."""
    field = group.declared[name]
    if field.computed is not None:
        return
    try:
        value = group[name]
    except InvalidValueError:
        return
    yield from _texts_in(group, field.type, value, path_of(group.sti, name))


def _texts_in(holder: Group, made: FieldType, value: object, path: str) -> Iterator[tuple[Group, str, str]]:
    match made:
        case TextType() if isinstance(value, str) and value:
            yield holder, value, path
        case TextTableType() if isinstance(value, dict):
            yield from ((holder, text, path_of(path, name)) for name, text in value.items() if text)
        case GroupFieldType() if isinstance(value, Group):
            yield from texts_of(value)
        case ListType() if isinstance(value, list):
            for number, element in enumerate(value, 1):
                yield from _texts_in(holder, made.element, element, f"{path}[{number}]")
