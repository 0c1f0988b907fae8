"""Fields that hold other fields: lists, groups, and references to the elements of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from docgen.danish.formats import display
from docgen.kinds.fields import FieldType, UnfitError, filled_in

if TYPE_CHECKING:
    from docgen.diagnostics import Place
    from docgen.kinds.model import Formula


_TEXT = {"type": "string"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFieldType(FieldType):
    """A mapping with fields of its own; `group` is the name of its GroupType in the kind."""

    name: ClassVar[str] = "gruppe"
    options: ClassVar[frozenset[str]] = frozenset({"af", "felter"})
    words: ClassVar[tuple[str, str]] = ("en gruppe af felter", "a group of fields")
    group: str

    def json_schema(self) -> dict[str, Any]:
        """A reference to the definition of the group."""
        return {"$ref": f"#/definitions/{self.group}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceType(FieldType):
    """The key of an element of the list field `target`, named at `place`; its value is that element."""

    name: ClassVar[str] = "henvisning"
    options: ClassVar[frozenset[str]] = frozenset({"til"})
    words: ClassVar[tuple[str, str]] = ("en henvisning", "a reference")
    target: str
    place: Place | None = None

    def describe(self, language: str = "da") -> str:
        """What it refers to."""
        words = "the key of an element of" if language == "en" else "nøglen på et element i"
        return f"{words} {self.target}"


class TextTableType(FieldType):
    """A mapping from any key to a text, such as the headings of `opsætning`."""

    __slots__ = ()

    name: ClassVar[str] = "teksttabel"
    words: ClassVar[tuple[str, str]] = ("navne med hver sin tekst", "names with a text each")

    def json_schema(self) -> dict[str, Any]:
        """An object with any keys and texts as values."""
        return {"type": ["object", "null"], "additionalProperties": {"type": ["string", "number"]}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """What an edition does to the elements of a list that it may not show (`skjul`).

    In an edition without `access`, an element for which `applies` holds keeps the fields `keep` and gets the values
    `replace`; with neither it is left out.
    """

    access: str
    applies: Formula | None
    keep: frozenset[str]
    replace: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListType(FieldType):
    """A list whose elements are of one type; `minimum` and `maximum` are its bounds in elements."""

    name: ClassVar[str] = "liste"
    options: ClassVar[frozenset[str]] = frozenset({"af", "felter", "mindst", "højst", "skjul"})
    words: ClassVar[tuple[str, str]] = ("en liste", "a list")
    element: FieldType
    minimum: int | None = None
    maximum: int | None = None
    hiding: Hiding | None = None

    def accept(self, value: object) -> object:
        """A list whose elements are of the type."""
        if not isinstance(value, list | tuple):
            raise UnfitError(display(value))
        return [self.element.accept(item) for item in value]

    def describe(self, language: str = "da") -> str:
        """What it is a list of."""
        if isinstance(self.element, GroupFieldType):
            return self.words[language == "en"]
        word = "a list; each is" if language == "en" else "en liste; hver er"
        return f"{word} {self.element.describe(language)}"

    def json_schema(self) -> dict[str, Any]:
        """An array of the elements' schema; for groups also where their rows stand (docgen.kinds.own_lists)."""
        items = filled_in(self.element.json_schema())
        schema: dict[str, Any] = {"type": ["array", "null"], "items": items}
        if self.minimum is not None:
            schema["minItems"] = self.minimum
        if self.maximum is not None:
            schema["maxItems"] = self.maximum
        if isinstance(self.element, GroupFieldType):
            # What is said of an object leaves arrays alone: the messages of editors stay those of an array.
            sheet = {"type": "object", "properties": {"fil": _TEXT, "ark": _TEXT}, "required": ["fil"]}
            file = {"anyOf": [_TEXT, {**sheet, "additionalProperties": False}]}
            source = {"anyOf": [file, {"type": "array", "items": file}]}
            schema["type"] = ["array", "object", "null"]
            schema["properties"] = {"fra": source, "rækker": {"type": "array", "items": items}}
            schema |= {"required": ["fra"], "additionalProperties": False}
        return schema


TYPES = (ListType, GroupFieldType, ReferenceType)
