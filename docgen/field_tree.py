"""The fields that a template asks for, printed as a tree for people and as plain values for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from docgen import catalog
from docgen.masking import mask_cpr

if TYPE_CHECKING:
    from docgen.asking import Asked, AskedField

_MOST_PLACES = 3  # of a field that a person is shown; programs get them all


def as_text(fields: Mapping[str, AskedField], language: str = "da") -> str:
    """The tree, a field on each line, with the places where the field is used under it."""
    if not fields:
        return catalog.translate("skabelonen bruger ingen felter", language) + "\n"
    return "".join(f"{line}\n" for line in _lines(fields, "", language))


def _lines(fields: Mapping[str, AskedField], margin: str, language: str) -> Iterator[str]:
    for field in fields.values():
        told = [catalog.translate("liste", language)] if field.many else []
        told += [f"| {name}" for name in field.filters]
        yield mask_cpr(f"{margin}{field.name}{'  ' if told else ''}{' '.join(told)}")
        inner = f"{margin}    "
        shown = len(field.uses) if len(field.uses) <= _MOST_PLACES + 1 else _MOST_PLACES
        for one in field.uses[:shown]:
            yield f"{inner}· {_where(one, language)}"
        if shown < len(field.uses):
            more = catalog.translate("og {antal} steder til", language)
            yield f"{inner}· {more.format(antal=len(field.uses) - shown)}"
        yield from _lines(field.fields, inner, language)


def _where(one: Asked, language: str) -> str:
    """The place without the name of the file, which is the same for all."""
    label = catalog.place_label(one.place, language)
    shown = label.partition(", ")[2] if ", " in label else label.partition(":")[2]
    return mask_cpr(f"{shown or label}" if '"' in shown else f"{shown}: {one.written}")


def as_json(fields: Mapping[str, AskedField], language: str = "da") -> list[dict[str, object]]:
    """The tree as plain JSON values; the keys are English and stable."""
    return [
        {
            "name": field.name,
            "path": field.path,
            "list": field.many,
            "filters": list(field.filters),
            "uses": [_use(one, language) for one in field.uses],
            "fields": as_json(field.fields, language),
        }
        for field in fields.values()
    ]


def _use(one: Asked, language: str) -> dict[str, object]:
    return {
        "tag": mask_cpr(one.written),
        "role": one.use.role,
        "optional": one.use.optional,
        "filters": list(one.use.filters),
        **catalog.place_as_json(one.place, language),
    }
