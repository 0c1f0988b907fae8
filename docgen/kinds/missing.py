"""What an input must have and lacks, and what decides whether a field applies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docgen.diagnostics import Diagnostic, Place, error
from docgen.kinds.composite_fields import ListType
from docgen.kinds.computing import condition
from docgen.kinds.fields import Field
from docgen.kinds.model import Formula, GroupType
from docgen.kinds.record import Group, InvalidValueError, Scope, is_empty, path_of
from docgen.kinds.suggestions import folded, listed
from docgen.kinds.text_fields import ChoiceType
from docgen.sources import Scalar


def alternatives(field: Field, required: Formula, group: Group, made: GroupType, scope: Scope) -> list[Field]:
    """The fields of a group of which one is enough, in the order of felter.yaml.

    They are the empty `field` itself, whose condition `required` is true, and every other empty field that would make
    the condition false if it were filled in: `not pladser` names `pladser`.
    """
    path = path_of(group.sti, field.name)
    found = [field]
    for name in required.expression.names():
        other = made.fields.get(name)
        if other is None or other is field or other.computed or not _may_be_filled(other, group, scope):
            continue
        filled: object = ["x"] if isinstance(other.type, ListType) else "x"
        if condition(required, scope.under({name: filled}), path, []) is False:
            found.append(other)
    return [one for one in made.fields.values() if one in found]


def _may_be_filled(field: Field, group: Group, scope: Scope) -> bool:
    try:
        empty = is_empty(group[field.name])
    except InvalidValueError:
        return False
    return empty and (field.applies is None or condition(field.applies, scope, group.sti, []) is not False)


def missing(fields: Sequence[Field], path: str, place: Place | None) -> Diagnostic:
    """The fault that the field at `path` is empty: the first of `fields`, of which any would do."""
    field = fields[0]
    if len(fields) > 1:
        names = [f'"{one.name}"' for one in fields]
        labels = [f'"{one.label}"' for one in fields]
        told = {"felter": listed(names, "eller"), "felter_en": listed(names, "or")}
        in_form = {"felter_form": listed(labels, "eller"), "felter_form_en": listed(labels, "or")}
        return error("DG258", place, path=path, **told, **in_form)
    label = "" if folded(field.label) == folded(field.name) else f" ({field.label})"
    named = {"felt": field.name, "etiket": label, "felt_form": field.label, "etiket_form": ""}
    example = field.example
    if isinstance(example, Scalar) and "\n" not in example.text:
        choice = field.type.find(example.text) if isinstance(field.type, ChoiceType) else None
        shown = choice.etiket if choice else example.text  # the dropdowns of forms have the labels
        return error("DG201", place, path=path, eksempel=example.text, eksempel_form=shown, **named)
    return error("DG202", place, path=path, **named)


def deciding(field: Field, group: GroupType, root: Mapping[str, Field], names: Iterable[str]) -> dict[str, str]:
    """The values `felter` of a message, in all their forms: the fields that decide whether `field` applies.

    `group` is the field's own, `root` has the fields of the root, `names` are those of the run.
    """
    paths = sorted(field.applies.expression.paths()) if field.applies else []
    read = [path[1] if path[0] in ("den", "over") and path[1:] else path[0] for path in paths]
    fields = {**root, **group.fields}
    known = {*fields, *names}
    found = [name for name in dict.fromkeys(read) if name in known] or ["når"]
    written = [f'"{name}"' for name in found]
    labels = [f'"{fields[name].label if name in fields else name}"' for name in found]
    return {
        "felter": listed(written, "og"),
        "felter_en": listed(written, "and"),
        "felter_form": listed(labels, "og"),
        "felter_form_en": listed(labels, "and"),
    }
