"""The types of field: what all of them share, and the registry of their names."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from docgen.diagnostics import Diagnostic, Place, error, warning
from docgen.kinds.record import INVALID, Invalid
from docgen.kinds.surroundings import NOWHERE, Surroundings
from docgen.sources import Mapping as MappingNode
from docgen.sources import Node, Scalar

if TYPE_CHECKING:
    from docgen.kinds.attributes import Attributes
    from docgen.kinds.model import Formula

_MOST_QUOTED = 60
_MODULES = ("text_fields", "number_fields", "time_fields", "authority_fields", "file_fields", "composite_fields")


class At:
    """Where in an input a value is being read: collects what there is to say about it.

    `path` is the value's path, `name` the name of its field as people write it, `label` what a form calls it, `today`
    the day of the run, `surroundings` what the input may reach beside itself.
    """

    __slots__ = ("diagnostics", "label", "name", "path", "surroundings", "today")

    def __init__(
        self,
        path: str,
        name: str,
        today: date,
        diagnostics: list[Diagnostic],
        surroundings: Surroundings = NOWHERE,
        label: str = "",
    ) -> None:
        self.path = path
        self.name = name
        self.label = label or name
        self.today = today
        self.diagnostics = diagnostics
        self.surroundings = surroundings

    def fault(self, code: str, place: Place | None, **values: object) -> Invalid:
        """Report a fault and give the value that stands for a refused one."""
        self.diagnostics.append(error(code, place, path=self.path, **self._told(values)))
        return INVALID

    def warn(self, code: str, place: Place | None, **values: object) -> None:
        """Report a warning: the value is used as it is."""
        self.diagnostics.append(warning(code, place, path=self.path, **self._told(values)))

    def _told(self, values: dict[str, object]) -> dict[str, object]:
        """The values of a message with the field as an input names it (`felt`), and as a form does (`felt_form`)."""
        return values if "felt" in values else {"felt": self.name, "felt_form": self.label, **values}

    def element(self, number: int) -> At:
        """The place of element `number` (from 1) of this list."""
        return At(f"{self.path}[{number}]", self.name, self.today, self.diagnostics, self.surroundings, self.label)


class UnfitError(ValueError):
    """Raised when the result of an expression does not fit the type of the field that it is for."""


class FieldType:
    """A type of field: says in words and as JSON Schema what it takes.

    `name` is the word in felter.yaml, `options` the attributes there that this type has on top of the common ones;
    `words` describe it in Danish and English; `sample` is a value as one would write it; `fills_in` tells that a value
    names another input, from which the fields beside it are filled in.
    """

    __slots__ = ()

    name: ClassVar[str]
    options: ClassVar[frozenset[str]] = frozenset()
    words: ClassVar[tuple[str, str]]
    sample: ClassVar[str] = ""
    fills_in: ClassVar[bool] = False

    def accept(self, value: object) -> object:
        """The result of an expression as this type. Raises UnfitError when it is not of this type."""
        raise NotImplementedError

    def display(self, value: object) -> str:
        """The value as a document shows it by default."""
        from docgen.danish.formats import display

        return display(value)

    def describe(self, language: str = "da") -> str:
        """What a value of this type is, in a few words: `en dato`."""
        return self.words[language == "en"]

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema (draft-07) of what an input may hold here; null is an empty value."""
        return {"type": ["string", "number", "null"]}


def filled_in(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value without the empty ones: an element of a list may not be empty."""
    made = dict(schema)
    if isinstance(made.get("type"), list):
        made["type"] = [word for word in made["type"] if word != "null"]
        if "string" in made["type"]:
            made["pattern"] = r"\S"
    if "enum" in made:
        made["enum"] = [value for value in made["enum"] if value is not None]
    return made


class ScalarType(FieldType):
    """A type of field whose value is written as one text, number or word."""

    __slots__ = ()

    def parse(self, node: Node, at: At) -> object:
        """The typed value of `node`, or INVALID after its faults were reported to `at`."""
        if not isinstance(node, Scalar):
            code = "DG245" if isinstance(node, MappingNode) else "DG244"
            return at.fault(code, node.place, eksempel=self.sample)
        return self.read(node, at)

    @classmethod
    def declared(cls, attributes: Attributes, *, bounded: bool = True) -> ScalarType | None:  # noqa: ARG003
        """The type as the attributes of felter.yaml make it, or None after a fault was reported.

        `bounded` is false for the elements of a list, where `mindst` and `højst` are the list's own.
        """
        return cls()

    def read(self, scalar: Scalar, at: At) -> object:
        """The typed value of one scalar, or INVALID after its faults were reported to `at`."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of felter.yaml.

    `required` and `applies` may be expressions; `default` and `example` are as an input would write them; `access` is
    the word that an edition leaves out by; `unique` tells that two elements of a list hardly have the same value;
    `place` is where felter.yaml declares the field.
    """

    name: str
    type: FieldType
    place: Place
    label: str
    help: str = ""
    example: Node | None = None
    required: bool | Formula = False
    applies: Formula | None = None
    default: Node | None = None
    computed: Formula | None = None
    access: str = ""
    key: bool = False
    unique: bool = False
    shorthand: bool = False
    aliases: tuple[str, ...] = ()
    builtin: bool = False


def quoted(scalar: Scalar) -> str:
    """The text of a scalar for a message, cut to one short line."""
    text = " ".join(scalar.text.split())
    return text if len(text) <= _MOST_QUOTED else text[: _MOST_QUOTED - 1] + "…"


@functools.cache
def field_types() -> Mapping[str, type[FieldType]]:
    """Every type of field by its name in felter.yaml."""
    modules = (import_module(f"docgen.kinds.{name}") for name in _MODULES)
    return {found.name: found for module in modules for found in module.TYPES}
