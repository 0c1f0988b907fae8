"""The two fields that every kind with sections has: `opsætning` arranges the sections, `ekstra_afsnit` adds some."""

from __future__ import annotations

from typing import Any

from docgen.diagnostics import Place
from docgen.kinds.composite_fields import GroupFieldType, ListType, TextTableType
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.model import NUMBERINGS, GroupType
from docgen.kinds.text_fields import ChoiceType, MarkdownType, TextType
from docgen.sources import Scalar

ARRANGEMENT = "opsætning"
EXTRA = "ekstra_afsnit"
# An input may name its profile; that is no field, for it decides what the fields are by default.
PROFILE = "profil"
BUILTIN_NAMES = frozenset({ARRANGEMENT, EXTRA})
# The dot keeps them apart from every name in `typer`.
ARRANGEMENT_GROUP = "docgen.opsætning"
_EXTRA_GROUP = "docgen.ekstra_afsnit"


def builtin_fields(place: Place) -> dict[str, Field]:
    """The two fields of the root; `place` is where felter.yaml declares its sections."""
    extra = ListType(element=GroupFieldType(group=_EXTRA_GROUP))
    return {
        ARRANGEMENT: _field(
            ARRANGEMENT,
            GroupFieldType(group=ARRANGEMENT_GROUP),
            place,
            label="Opsætning af afsnit",
            help="Rækkefølge, overskrifter og nummerering, når de skal være anderledes end i skabelonen.",
        ),
        EXTRA: _field(
            EXTRA,
            extra,
            place,
            label="Ekstra afsnit",
            help="Afsnit, som skabelonen ikke har i forvejen.",
        ),
    }


def builtin_groups(place: Place) -> dict[str, GroupType]:
    """The groups of the two fields."""
    words = ListType(element=TextType())
    numbering = ChoiceType(choices={name: name for name in NUMBERINGS})
    level = ChoiceType(choices={"1": "1", "2": "2"})
    arrangement = (
        _field("rækkefølge", words, place, help="Navnene på de afsnit, der skal stå først, i den rækkefølge."),
        _field("overskrifter", TextTableType(), place, help="Afsnittets navn, kolon og den overskrift, det skal have."),
        _field("nummerering", numbering, place, help="1, 2, 3 (tal), § 1, § 2 (paragraf) eller ingen."),
        _field("udelad", words, place, help="Navnene på de afsnit, der ikke skal med."),
    )
    extra = (
        _field("overskrift", TextType(), place, required=True, example=Scalar("Særlige forhold", place)),
        _field("tekst", MarkdownType(), place, required=True, example=Scalar("Skriv teksten her.", place)),
        _field("id", TextType(), place, help="Et navn til afsnittet, hvis andre afsnit skal kunne henvise til det."),
        _field(
            "efter",
            TextType(),
            place,
            help="Navnet på det afsnit, det skal stå efter. Ellers står det sidst, men før afsnit uden nummer.",
        ),
        _field("niveau", level, place, help="2 for et underafsnit.", default=Scalar("1", place)),
    )
    return {
        ARRANGEMENT_GROUP: GroupType(ARRANGEMENT_GROUP, {field.name: field for field in arrangement}),
        _EXTRA_GROUP: GroupType(_EXTRA_GROUP, {field.name: field for field in extra}),
    }


def _field(name: str, made: FieldType, place: Place, **given: Any) -> Field:
    label = given.pop("label", name[:1].upper() + name[1:])
    return Field(name=name, type=made, place=place, label=label, builtin=True, **given)
