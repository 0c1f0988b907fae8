"""An empty input of a kind to start from: every field with its explanation, those that may be left out as comments."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable, Iterator

from docgen.kinds.arrangement import PROFILE
from docgen.kinds.composite_fields import GroupFieldType, ListType, ReferenceType
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.record import path_of
from docgen.kinds.text_fields import ChoiceType, TextType
from docgen.sources import Entry, Mapping, Node, Scalar, Sequence

_WIDTH = 100
_GUIDANCE = (
    "Udfyld linjerne. Linjer, der begynder med #, er forklaringer eller felter, du kan lade være. "
    "Fjern # foran de felter, du vil bruge, også foran linjerne under dem, og ret teksten efter kolon."
)
# What YAML reads as itself when it stands after a colon.
_PLAIN = re.compile(r"[\w§(/+.,;%&»«…–][^\n]*")
_UNSAFE = re.compile(r":(?:\s|$)|\s#|^\s|\s$|^[.\d]+:|^(?:~|null|Null|NULL)$|^---")


def skeleton(
    kind: Kind, *, schema_path: str, examples: bool = False, conditional: Collection[str] = frozenset()
) -> str:
    """The text of a YAML file that holds every field of the kind, in the order of felter.yaml.

    Required fields are lines to fill in; the others stand after a `#` with an example. `schema_path` is the JSON Schema
    that editors find through the first line. With `examples` the lines to fill in are filled in; `conditional` are the
    paths (`part.cvr`, without numbers) of fields that are lines to fill in although their requirement has a condition.
    """
    writer = _Writer(kind, examples=examples, conditional=conditional)
    writer.line(f"# yaml-language-server: $schema={schema_path}", 0, None)
    writer.say(f"{kind.title}: {kind.description}" if kind.description else kind.title, 0, None)
    writer.say(_GUIDANCE, 0, None)
    writer.profiles()
    writer.fields(kind.root, 0, None, "")
    return "\n".join(writer.lines) + "\n"


class _Writer:
    """The lines of a skeleton.

    Where a method takes `off`, it is the column of the `#` that comments the line out, or None for a line that counts.
    """

    def __init__(self, kind: Kind, *, examples: bool, conditional: Collection[str]) -> None:
        self.kind = kind
        self.examples = examples
        self.conditional = conditional
        self.lines: list[str] = []
        self.shown: dict[str, str] = {}

    def line(self, text: str, column: int, off: int | None) -> None:
        """One line that begins in `column` when it counts."""
        start = " " * column if off is None else f"{' ' * off}#{' ' * (column - off)}"
        self.lines.append(f"{start}{text}".rstrip())

    def say(self, text: str, column: int, off: int | None) -> None:
        """An explanation, on as many lines as it takes."""
        for line in textwrap.wrap(text, _WIDTH - column, break_long_words=False, break_on_hyphens=False):
            self.line(f"# {line}", column, off)

    def profiles(self) -> None:
        """The profile that the input may name, and what there is to choose from."""
        profiles = self.kind.profiles.values()
        if profiles:
            self.lines.append("")
            self.say("Profil: jeres egne standarder. Vælg mellem:", 0, None)
            for profile in profiles:
                self.line(f"#   {profile.name}: {profile.description}", 0, None)
            self.line(f"{PROFILE}: {next(iter(profiles)).name}", 0, 0)

    def fields(self, group: GroupType, column: int, off: int | None, path: str, *, dash: bool = False) -> None:
        """The fields of a group, the first of them after a dash when it is the element of a list."""
        fields = [field for field in group.fields.values() if not field.computed]
        if dash:
            # The dash must stand at a line that counts.
            fields.sort(key=lambda field: not self._is_live(field, path))
        known = self.shown.setdefault(group.name, path) if group.name else path
        if known != path:
            self.say(f"De samme felter som under {known}.", column - 2 if dash else column, off)
            fields = [field for field in fields if self._is_live(field, path)] or fields[:1]
        for number, field in enumerate(fields):
            if column == 0:
                self.lines.append("")
            opens = dash and number == 0
            here = off if off is not None or opens or self._is_live(field, path) else column
            self._explain(field, column - 2 if opens else column, off, path)
            self._field(field, column, here, path, "- " if opens else "")

    def _is_live(self, field: Field, path: str) -> bool:
        if field.default is not None:
            return False
        if field.required is True and field.applies is None:
            return True
        return path_of(path, field.name) in self.conditional

    def _explain(self, field: Field, column: int, off: int | None, path: str) -> None:
        told = field.label
        if self._is_live(field, path):
            told += " (skal udfyldes)"
        elif field.required and field.default is None:
            told += " (skal udfyldes i nogle tilfælde)"
        for text in (told, field.help, self._form(field, off, path)):
            self.say(text, column, off)

    def _form(self, field: Field, off: int | None, path: str) -> str:
        """What may be written, where an example alone does not say so."""
        made = field.type
        parts = []
        if isinstance(made, ChoiceType) or not isinstance(made, TextType | GroupFieldType | ListType):
            parts.append(f"Skriv {made.describe('da')}.")
        if isinstance(made, GroupFieldType):
            short = [one.name for one in self.kind.groups[made.group].shorthands if isinstance(one.type, ListType)]
            parts += [f"En liste i stedet for felterne bliver til {name}." for name in short]
        if off is None and self._is_live(field, path) and not self.examples and isinstance(field.example, Scalar):
            parts.append(f"Eksempel: {field.example.text}")
        if isinstance(field.default, Scalar):
            parts.append(f"Skriver du ikke noget, bliver det {field.default.text}.")
        return " ".join(parts)

    def _field(self, field: Field, column: int, off: int | None, path: str, start: str) -> None:
        """The lines of one field; `start` is the dash of a list that stands before the first of them."""
        made = field.type
        if off is None and not self.examples and not isinstance(made, GroupFieldType | ListType):
            self.line(f"{start}{field.name}:", column - len(start), off)
            return
        example = field.default if field.example is None else field.example
        if isinstance(made, ListType) and isinstance(example, Scalar):
            example = Sequence((example,), example.place)
        if example is not None:
            for number, text in enumerate(_written(field.name, example)):
                self.line(f"{start}{text}" if number == 0 else text, column if number else column - len(start), off)
            return
        self._structure(field, column, off, path_of(path, field.name), start)

    def _structure(self, field: Field, column: int, off: int | None, path: str, start: str) -> None:
        """A field without an example: what it holds is written out."""
        match field.type:
            case GroupFieldType(group=group) if not self._is_inside(group, path):
                self.line(f"{start}{field.name}:", column - len(start), off)
                self.fields(self.kind.groups[group], column + 2, off, path)
            case ListType(element=GroupFieldType(group=group)) if not self._is_inside(group, path):
                self.line(f"{start}{field.name}:", column - len(start), off)
                self.fields(self.kind.groups[group], column + 4, off, path, dash=True)
            case ListType(element=element):
                self.line(f"{start}{field.name}: [{self._sample(element)}]", column - len(start), off)
            case made:
                self.line(f"{start}{field.name}: {self._sample(made)}", column - len(start), off)

    def _is_inside(self, group: str, path: str) -> bool:
        """Whether the group at `path` stands inside a group of its own kind."""
        return group in self.shown and path.startswith(f"{self.shown[group]}.")

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


def _items(items: Iterable[Node]) -> Iterator[str]:
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
