"""A plain value or a list in place of a group: the field that it fills, and when it could mean another one."""

from __future__ import annotations

from typing import Any

from docgen.kinds.composite_fields import ListType
from docgen.kinds.fields import Field
from docgen.kinds.model import GroupType
from docgen.kinds.number_fields import NumberType
from docgen.kinds.text_fields import ChoiceType, TextType
from docgen.sources import Mapping, Node, Scalar, Sequence


def shorthand(group: GroupType, node: Node) -> Field | None:
    """The field of a group that a plain value or a list in place of the group fills."""
    if isinstance(node, Mapping):
        return None
    is_list = isinstance(node, Sequence)
    return next((field for field in group.shorthands if isinstance(field.type, ListType) == is_list), None)


def other_meaning(group: GroupType, short: Field, node: Scalar) -> tuple[Field, str] | None:
    """Another field of the group that a value is more likely for than the text `short`, with what to write there.

    That is a choice one of whose words is the whole value, or a number when the value is a bare whole number.
    """
    if not isinstance(short.type, TextType):
        return None
    text = node.text.strip()
    for field in group.fields.values():
        if field.computed:
            continue
        if isinstance(field.type, ChoiceType) and (choice := field.type.find(text)) is not None:
            return field, str(choice)
        if isinstance(field.type, NumberType) and text.isdecimal():
            return field, text
    return None


def other_words(group: GroupType, short: Field) -> list[dict[str, Any]]:
    """JSON Schemas of the values that `other_meaning` takes for another field than the text `short`."""
    if not isinstance(short.type, TextType):
        return []
    fields = [field for field in group.fields.values() if not field.computed]
    choices = [field.type.choices for field in fields if isinstance(field.type, ChoiceType)]
    words = dict.fromkeys(word for one in choices for item in one.items() for word in item)
    found: list[dict[str, Any]] = [{"enum": list(words)}] if words else []
    if any(isinstance(field.type, NumberType) for field in fields):
        found += [{"type": "integer"}, {"type": "string", "pattern": r"^\s*[0-9]+\s*$"}]
    return found


def is_blank(node: Node) -> bool:
    """Whether nothing was written: a key without a value, an empty text, list or mapping."""
    match node:
        case Scalar():
            return node.empty or not node.text.strip()
        case Mapping():
            return not node.entries
        case Sequence():
            return not node.items
