"""felter.yaml read whole: what the kind is called, its editions, groups, fields and sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docgen.danish.parsing import parse_bool
from docgen.kinds.arrangement import BUILTIN_NAMES, builtin_fields, builtin_groups
from docgen.kinds.attributes import Attributes, Faults
from docgen.kinds.excerpts import read_excerpts
from docgen.kinds.field_reader import RESERVED_IN_ROOT, FieldReader
from docgen.kinds.model import (
    DOCUMENT_TEXTS,
    FORMS,
    NUMBERINGS,
    Edition,
    ExcerptGroup,
    GroupType,
    Section,
    TableBook,
    Wording,
)
from docgen.kinds.table_definitions import read_tables
from docgen.sources import Entry, Node, Scalar
from docgen.sources import Mapping as MappingNode

_PARTS = ("type", "udgaver", "typer", "felter", "afsnit", "uddrag", "regneark")
_TYPE = ("titel", "beskrivelse", "version", "alias", "filnavn", "dokument", "nummerering", "stykker", "skema")
"""The texts of `type: dokument`, which headers, footers and file properties use."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What felter.yaml says; `has_fields` is false after the fault that it declares none at all."""

    title: str
    description: str
    version: str
    aliases: tuple[str, ...]
    filename: Wording | None
    document: Mapping[str, Wording]
    numbering: str
    clause_paragraphs: bool
    form: str
    editions: Mapping[str, Edition]
    root: GroupType
    groups: Mapping[str, GroupType]
    sections: Mapping[str, Section]
    excerpts: Mapping[str, ExcerptGroup]
    tables: TableBook | None
    has_fields: bool


def read_definition(root: Node, name: str, faults: Faults) -> Definition:
    """The definition in the tree of a felter.yaml; faults are reported, and what they concern is left out."""
    parts = Attributes(root, _PARTS, faults, "felter.yaml")
    about = Attributes(parts.node("type") or Scalar("", root.place, empty=True), _TYPE, faults, "type")
    if "felter" not in parts:
        faults.add("DG324", root.place, navn="felter", ejer="felter.yaml")
    sections = {entry.key.text: _section(entry, faults) for entry in parts.entries("afsnit")}
    fields, groups = _fields(parts, faults, with_sections=bool(sections))
    document = Attributes(
        about.node("dokument") or Scalar("", root.place, empty=True), DOCUMENT_TEXTS, faults, "dokument"
    )
    return Definition(
        title=about.text("titel", name),
        description=about.text("beskrivelse"),
        version=about.text("version"),
        aliases=tuple(word.text for word in about.words("alias")),
        filename=about.wording("filnavn"),
        document={word: text for word in DOCUMENT_TEXTS if (text := document.wording(word))},
        numbering=about.one_of("nummerering", NUMBERINGS, "tal"),
        clause_paragraphs=about.flag("stykker"),
        form=about.one_of("skema", FORMS, FORMS[0]),
        editions=_editions(parts, fields, faults),
        root=fields,
        groups=groups,
        sections=sections,
        excerpts=read_excerpts(parts, faults),
        tables=read_tables(parts, faults),
        has_fields=isinstance(parts.node("felter"), MappingNode),
    )


def _fields(parts: Attributes, faults: Faults, *, with_sections: bool) -> tuple[GroupType, Mapping[str, GroupType]]:
    types = list(parts.entries("typer"))
    reader = FieldReader([entry.key.text for entry in types], faults)
    for entry in types:
        if not entry.key.text.isidentifier():
            faults.add("DG332", entry.key.place, navn=entry.key.text)
        if isinstance(entry.value, MappingNode):
            reader.group(entry.key.text, list(entry.value))
        else:
            faults.add("DG322", entry.value.place, navn=entry.key.text)
    reserved = RESERVED_IN_ROOT | (BUILTIN_NAMES if with_sections else frozenset())
    root = reader.group("", list(parts.entries("felter")), reserved)
    reader.finish()
    groups = dict(reader.groups)
    if with_sections:
        place = parts.place_of("afsnit")
        root = root._replace(fields={**root.fields, **builtin_fields(place)})
        groups |= builtin_groups(place)
    groups[""] = root
    return root, groups


def _check_values(edition: Attributes, fields: GroupType, faults: Faults) -> None:
    """A value of an edition that is called like something else would hide it from templates, or be hidden by it."""
    for entry in edition.entries("værdier"):
        name = entry.key.text
        if name in RESERVED_IN_ROOT:
            faults.add("DG333", entry.key.place, navn=name)
        elif name in fields.fields:
            faults.add("DG336", entry.key.place, navn=name, felt=name)


def _editions(parts: Attributes, fields: GroupType, faults: Faults) -> dict[str, Edition]:
    found: dict[str, Edition] = {}
    for entry in parts.entries("udgaver"):
        name = entry.key.text
        attributes = Attributes(entry.value, ("uden", "titel", "værdier"), faults, name)
        _check_values(attributes, fields, faults)
        found[name] = Edition(
            name=name,
            label=attributes.text("titel") or name[:1].upper() + name[1:],
            without=frozenset(word.text for word in attributes.words("uden")),
            values={
                one.key.text: _plain(one.value.text)
                for one in attributes.entries("værdier")
                if isinstance(one.value, Scalar)
            },
            place=entry.key.place,
        )
    return found


def _plain(text: str) -> object:
    """A value of an edition: `ja` and `nej` are true and false, whole numbers numbers, the rest text."""
    truth = parse_bool(text)
    if truth is not None and text.strip().casefold() != "x":
        return truth
    return int(text) if text.strip().isdecimal() else text.strip()


def _section(entry: Entry, faults: Faults) -> Section:
    name = entry.key.text
    attributes = Attributes(entry.value, ("overskrift", "når", "nummer", "niveau"), faults, name)
    level = attributes.one_of("niveau", ("1", "2", "3"), "1")
    return Section(
        id=name,
        heading=attributes.wording("overskrift"),
        applies=attributes.formula("når"),
        numbered=attributes.flag("nummer", default=True),
        level=int(level),
        place=entry.key.place,
    )
