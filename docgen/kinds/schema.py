"""A kind as JSON Schema (draft-07), so that an editor can complete, explain and check an input while it is written."""

from __future__ import annotations

from typing import Any

from docgen.kinds.arrangement import PROFILE
from docgen.kinds.fields import Field, filled_in
from docgen.kinds.file_fields import ExcerptType
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.short_forms import other_words
from docgen.sources import Mapping, Node, Scalar


def json_schema(kind: Kind) -> dict[str, Any]:
    """The schema of an input of the kind, with Danish titles and descriptions.

    It allows what docgen would read: conditions (`når`, `påkrævet` with an expression) and rules are left to docgen.
    """
    definitions = {name: _group(group) for name, group in sorted(kind.groups.items()) if group is not kind.root}
    schema: dict[str, Any] = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": kind.title,
        "description": kind.description,
        **_group(kind.root),
    }
    if kind.profiles:
        schema["properties"][PROFILE] = {"title": "Profil", "enum": [*kind.profiles, None]}
    return {**schema, "definitions": definitions} if definitions else schema


def _group(group: GroupType) -> dict[str, Any]:
    fields = [field for field in group.fields.values() if not field.computed]
    properties: dict[str, Any] = {}
    for field in fields:
        properties[field.name] = _field(field)
        for alias in field.aliases:
            properties[alias] = {**_field(field), "description": f"Det samme som {field.name}."}
    takes = any(isinstance(field.type, ExcerptType) for field in fields)  # what is required may come from elsewhere
    required = [field.name for field in fields if field.required is True and not (field.applies or field.aliases)]
    schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    if required and not takes:
        schema["required"] = required
    shorthands = [_shorthand(group, field) for field in group.shorthands]
    return {"anyOf": [*shorthands, schema]} if shorthands else schema


def _shorthand(group: GroupType, short: Field) -> dict[str, Any]:
    """What may stand in place of the group; a text that more likely is another of its fields may not."""
    schema = filled_in(short.type.json_schema())
    others = other_words(group, short)
    return {**schema, "not": {"anyOf": others}} if others else schema


def _field(field: Field) -> dict[str, Any]:
    schema = field.type.json_schema()
    told = " ".join(filter(None, (field.help, _form(field))))
    if "$ref" in schema:
        # Draft-07 ignores everything beside a $ref.
        schema = {"anyOf": [schema, {"type": "null"}]}
    schema = {"title": field.label, "description": told, **schema}
    if field.example is not None:
        schema["examples"] = [plain(field.example)]
    if field.default is not None:
        schema["default"] = plain(field.default)
    return schema


def _form(field: Field) -> str:
    form = field.type.describe("da")
    return form[:1].upper() + form[1:] + "."


def plain(node: Node) -> Any:
    """A node as plain JSON values: texts, lists and objects; `ja` and `nej` stay as they are written."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {entry.key.text: plain(entry.value) for entry in node}
    return [plain(item) for item in node]
