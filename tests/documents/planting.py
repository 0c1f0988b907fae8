"""Plants texts that nobody may see in an input, everywhere an edition says that something is left out."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml

from docgen.diagnostics import DocgenError, Severity
from docgen.kinds.composite_fields import GroupFieldType, ListType, ReferenceType
from docgen.kinds.computing import outer_scope, run_names
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.model import Edition, GroupType, Kind
from docgen.kinds.record import Group, Record
from docgen.kinds.rules import RuleResult
from docgen.pipeline import Document, Request, cached_kind, check, generate

TEXTS = frozenset({"tekst", "afsnit", "organisation", "sagsnummer"})
AMOUNTS = frozenset({"beløb"})
_NOTHING = object()


@dataclass
class Plant:
    """One planted text: where it stands in the raw input, what stood there, and what declares it secret."""

    holder: Any
    key: Any
    before: object
    path: str
    secret: str
    declared: tuple[str, str]

    def undo(self) -> None:
        if self.before is _NOTHING:
            del self.holder[self.key]
        else:
            self.holder[self.key] = self.before


@dataclass
class Planting:
    """An input while secrets are planted in it; texts that are `keys` stay, since others refer to them."""

    kind: Kind
    edition: Edition
    record: Record
    keys: frozenset[object]
    plants: list[Plant] = field(default_factory=list)

    def group(self, made: GroupType, raw: dict[str, Any], seen: Group, secret: str, skip: frozenset[str]) -> None:
        """Plants in a mapping; `secret` names the declaration around it that makes all of it secret."""
        for name, one in made.fields.items():
            if one.computed or one.builtin or name in skip:
                continue
            key = next((known for known in (name, *one.aliases) if known in raw), name)
            own = f"{made.name}.{name}" if one.access in self.edition.without else ""
            self._field(made, one, raw, key, seen, own or secret)

    def _field(self, made: GroupType, one: Field, raw: dict[str, Any], key: str, seen: Group, secret: str) -> None:
        path = f"{seen.sti}.{one.name}" if seen.sti else one.name
        value = raw.get(key, _NOTHING)
        match one.type:
            case ListType() if isinstance(value, list):
                self._list(made, one, one.type, value, seen, secret)
            case GroupFieldType(group=group) if value is not _NOTHING and isinstance(seen[one.name], Group):
                raw[key] = _mapping(self.kind.groups[group], value)
                self.group(self.kind.groups[group], raw[key], seen[one.name], secret, frozenset())  # type: ignore[arg-type]
            case ListType() | GroupFieldType():
                return
            case _ if secret and not one.key:
                self._plant(one.type, raw, key, path, (made.name, one.name))

    def _list(self, made: GroupType, one: Field, kind: ListType, raw: list[Any], seen: Group, secret: str) -> None:
        values = seen[one.name]
        assert isinstance(values, list)
        assert len(values) == len(raw)
        for number, value in enumerate(values):
            element = kind.element
            if not isinstance(element, GroupFieldType):
                if secret:
                    self._plant(
                        element, raw, number, f"{seen.sti}.{one.name}[{number + 1}]".lstrip("."), (made.name, one.name)
                    )
                continue
            group = self.kind.groups[element.group]
            raw[number] = _mapping(group, raw[number])
            hidden, skip = secret, frozenset[str]()
            if kind.hiding and kind.hiding.access in self.edition.without and self._is_hidden(kind, value, seen):
                hidden = f"{made.name}.{one.name}: skjul"
                skip = kind.hiding.keep
                self.plants.append(Plant({}, "", "", "-", "", (made.name, f"{one.name}: skjul")))
            self.group(group, raw[number], value, hidden, skip)

    def _is_hidden(self, kind: ListType, element: Group, around: Group) -> bool:
        assert kind.hiding is not None
        names = run_names(self.kind, self.edition, "", self.record.today)
        scope = outer_scope(self.record.values, names, den=element, over=around)
        return kind.hiding.applies is None or bool(kind.hiding.applies.value(scope))

    def _plant(self, kind: FieldType, holder: Any, key: Any, path: str, declared: tuple[str, str]) -> None:
        number = len(self.plants)
        secret = (
            f"Zqx{number:04d}hemmelig" if kind.name in TEXTS else f"73019{number:04d}" if kind.name in AMOUNTS else ""
        )
        before = holder[key] if isinstance(holder, list) else holder.get(key, _NOTHING)
        if not secret or (kind.name in AMOUNTS and before is _NOTHING) or before in self.keys:
            return
        holder[key] = secret
        self.plants.append(Plant(holder, key, before, path, secret, declared))


def _mapping(group: GroupType, raw: Any) -> dict[str, Any]:
    """A value as the mapping it is short for."""
    if isinstance(raw, dict):
        return raw
    listed = [one for one in group.shorthands if isinstance(one.type, ListType) == isinstance(raw, list)]
    return {listed[0].name: raw} if listed and raw not in (None, "") else {}


def keys_of(value: object) -> Iterator[object]:
    """What the elements of the lists in a value are called."""
    if isinstance(value, Group):
        if value.key:
            yield str(value[value.key])
        for name in value.declared:
            yield from keys_of(value[name]) if not isinstance(value.declared[name].type, ReferenceType) else ()
    elif isinstance(value, list):
        for one in value:
            yield from keys_of(one)


def read_raw(path: Path) -> dict[str, Any]:
    """The input as plain data; texts as they are written."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        found: dict[str, Any] = json.loads(json.dumps(tomllib.loads(text), default=str))
    elif path.suffix == ".json":
        found = json.loads(text)
    else:
        found = yaml.load(text, yaml.BaseLoader)
    return found


def public_editions(kind: Kind) -> list[str]:
    """The editions that leave something out."""
    return [name for name, edition in kind.editions.items() if edition.without]


def declared(kind: Kind, edition: Edition) -> set[tuple[str, str]]:
    """What the kind declares to be left out: fields by `adgang`, lists by `skjul`."""
    found = set()
    for group in {id(one): one for one in (kind.root, *kind.groups.values())}.values():
        for name, one in group.fields.items():
            if one.access in edition.without and not one.computed:
                found.add((group.name, name))
            if isinstance(one.type, ListType) and one.type.hiding and one.type.hiding.access in edition.without:
                found.add((group.name, f"{name}: skjul"))
    return found


def planted(
    source: Path, edition: str, today: date, folders: list[Path], target: Path, *, shown: str = ""
) -> tuple[Document, list[Plant]]:
    """The document of an edition, made from a copy of the input with secrets planted, and what was planted.

    `shown` is another edition to make of the same input. The copy lies in `target`, with its neighbours. A planted text
    that the kind refuses is taken back.
    """
    inputs = source.parent.parent
    shutil.copytree(inputs, target, dirs_exist_ok=True)
    path = target / source.parent.name / f"{source.stem}.json"
    request = Request(source.parent.name, source, today, folders)
    kind = cached_kind(request.kind, request)
    whole = check(request)
    assert whole.record is not None, "the example itself has faults"
    raw = read_raw(source)
    planting = Planting(kind, kind.editions[edition], whole.record, frozenset(keys_of(whole.record.values)))
    planting.group(kind.root, raw, whole.record.values, "", frozenset())
    while True:
        path.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
        try:
            # what rules say of the planted texts is of no interest
            with patch("docgen.pipeline.check_rules", lambda *_, **__: RuleResult((), 0, ())):
                document = generate(Request(source.parent.name, path, today, folders, edition=shown or edition))
        except DocgenError as fault:
            refused = {one.path for one in fault.diagnostics if one.severity is Severity.ERROR}
            taken = [one for one in planting.plants if one.secret and one.path in refused]
            if not taken:
                raise
            for one in taken:
                one.undo()
                planting.plants.remove(one)
        else:
            return document, planting.plants


def secrets(plants: list[Plant]) -> Iterator[tuple[str, Plant]]:
    """Each way that a planted text may be written, in small letters."""
    for one in plants:
        if one.secret:
            yield one.secret.casefold(), one
            if one.secret.isdigit():
                yield f"{int(one.secret):,}".replace(",", "."), one
