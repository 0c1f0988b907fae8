"""An empty input of a kind to start from: every field with its explanation, those that may be left out as comments."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from docgen.kinds.composite_fields import GroupFieldType, ListType, ReferenceType
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.text_fields import ChoiceType, TextType
from docgen.sources import Entry, Mapping, Node, Scalar, Sequence

_WIDTH = 100
# What YAML reads as itself when it stands after a colon.
_PLAIN = re.compile(r"[\w§(/+.,;%&»«…–][^\n]*")
_UNSAFE = re.compile(r":(?:\s|$)|\s#|^\s|\s$|^[.\d]+:|^(?:~|null|Null|NULL)$|^---")


def skeleton(kind: Kind, *, schema_path: str, examples: bool = False) -> str:
    """The text of a YAML file that holds every field of the kind, in the order of felter.yaml.

    Required fields are lines to fill in; the others stand after a `#` with an example. `schema_path` is the JSON Schema
    that editors find through the first line. With `examples` the required lines, and those that a condition may
    require, are filled in with examples.
    """
    writer = _Writer(kind, examples=examples)
    writer.say(f"yaml-language-server: $schema={schema_path}")
    writer.say(f"{kind.title}: {kind.description}" if kind.description else kind.title)
    writer.say(
        "Udfyld linjerne. Linjer, der begynder med #, er forklaringer eller felter, du kan lade være. "
        "Fjern # foran de felter, du vil bruge, også foran linjerne under dem, og ret teksten efter kolon."
    )
    writer.fields(kind.root, 0, live=True)
    return "\n".join(writer.lines) + "\n"


class _Writer:
    """The lines of a skeleton; `live` lines count, the others are commented out."""

    def __init__(self, kind: Kind, *, examples: bool) -> None:
        self.kind = kind
        self.examples = examples
        self.lines: list[str] = []
        self.open: list[str] = []

    def say(self, text: str, indent: int = 0, *, live: bool = True) -> None:
        """An explanation, on as many lines as it takes."""
        for line in textwrap.wrap(text, _WIDTH - indent, break_long_words=False, break_on_hyphens=False):
            self.line(f"# {line}", indent, live=live)

    def line(self, text: str, indent: int, *, live: bool) -> None:
        """One line, commented out unless it is live."""
        self.lines.append(f"{'' if live else '#'}{' ' * indent}{text}".rstrip())

    def fields(self, group: GroupType, indent: int, *, live: bool, dash: bool = False) -> None:
        """The fields of a group; with `dash` as the first element of a list."""
        self.open.append(group.name)
        fields = [field for field in group.fields.values() if not field.computed]
        if dash:
            # The dash must stand at a line that counts.
            fields.sort(key=lambda field: not self._is_live(field))
        column = indent + 2 if dash else indent
        for number, field in enumerate(fields):
            if column == 0:
                self.lines.append("")
            opens = dash and number == 0
            here = live and (self._is_live(field) or opens)
            self._explain(field, column - 2 if opens else column, live=live)
            self._field(field, column, live=here, start="- " if opens else "")
        self.open.pop()

    def _is_live(self, field: Field) -> bool:
        if field.default is not None:
            return False
        if field.required is True and field.applies is None:
            return True
        return self.examples and bool(field.required) and field.applies is None

    def _explain(self, field: Field, indent: int, *, live: bool) -> None:
        told = field.label
        if field.default is None and field.required is True and field.applies is None:
            told += " (skal udfyldes)"
        elif field.required:
            told += " (skal udfyldes i nogle tilfælde)"
        self.say(told, indent, live=live)
        if field.help:
            self.say(field.help, indent, live=live)
        form = self._form(field)
        if form:
            self.say(form, indent, live=live)

    def _form(self, field: Field) -> str:
        """What may be written, where an example alone does not say so."""
        made = field.type
        parts = []
        if isinstance(made, ChoiceType) or not isinstance(made, TextType | GroupFieldType | ListType):
            form = made.describe("da")
            parts.append(f"Skriv {form}.")
        if self._is_live(field) and not self.examples and isinstance(field.example, Scalar):
            parts.append(f"Eksempel: {field.example.text}")
        if isinstance(field.default, Scalar):
            parts.append(f"Skriver du ikke noget, bliver det {field.default.text}.")
        return " ".join(parts)

    def _field(self, field: Field, column: int, *, live: bool, start: str) -> None:
        """The lines of one field; `start` is the dash of a list that stands before the first of them."""
        made = field.type
        at = column - len(start)
        if live and not self.examples and not isinstance(made, GroupFieldType | ListType):
            self.line(f"{start}{field.name}:", at, live=live)
            return
        example = field.default if field.example is None else field.example
        if example is not None:
            for number, text in enumerate(_written(field.name, example)):
                self.line(f"{' ' * len(start) if number else start}{text}", at, live=live)
            return
        match made:
            case GroupFieldType() if made.group not in self.open:
                self.line(f"{start}{field.name}:", at, live=live)
                self.fields(self.kind.groups[made.group], column + 2, live=live)
            case ListType(element=GroupFieldType(group=group)) if group not in self.open:
                self.line(f"{start}{field.name}:", at, live=live)
                self.fields(self.kind.groups[group], column + 2, live=live, dash=True)
            case ListType():
                self.line(f"{start}{field.name}: [{self._sample(made.element)}]", at, live=live)
            case _:
                self.line(f"{start}{field.name}: {self._sample(made)}", at, live=live)

    def _sample(self, made: FieldType) -> str:
        if isinstance(made, ChoiceType):
            return _scalar(next(iter(made.choices)))
        if isinstance(made, ReferenceType):
            target = self.kind.root.fields.get(made.target)
            if target and isinstance(target.type, ListType) and isinstance(target.type.element, GroupFieldType):
                group = self.kind.groups[target.type.element.group]
                example = group.fields[group.key].example if group.key else None
                return _scalar(example.text) if isinstance(example, Scalar) else ""
        return _scalar(made.sample) if made.sample else ""


def _written(name: str, node: Node) -> Iterator[str]:
    """The lines of a YAML entry; what is inside it is indented by two."""
    match node:
        case Scalar(text=text) if "\n" in text.strip():
            yield f"{name}: |"
            yield from (f"  {line}" for line in text.strip().splitlines())
        case Scalar(text=text):
            yield f"{name}: {_scalar(text)}".rstrip()
        case Sequence(items=items):
            yield f"{name}:"
            yield from _items(items)
        case Mapping(entries=entries):
            yield f"{name}:"
            yield from (f"  {line}" for line in _entries(entries))


def _entries(entries: tuple[Entry, ...]) -> Iterator[str]:
    for entry in entries:
        yield from _written(entry.key.text, entry.value)


def _items(items: tuple[Node, ...]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Scalar):
            yield f"  - {_scalar(item.text)}"
        else:
            inner = list(_entries(item.entries)) if isinstance(item, Mapping) else list(_items(item.items))
            for number, line in enumerate(inner):
                yield f"  {'- ' if number == 0 else '  '}{line}"


def _scalar(text: str) -> str:
    """A text as YAML: as it is where YAML reads it back unchanged, else in quotation marks."""
    if _PLAIN.fullmatch(text) and not _UNSAFE.search(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
