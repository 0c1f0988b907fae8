"""The names that a template asks for, held against what its kind gives a template to see."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.diagnostics import Diagnostic, Place, error
from docgen.kinds.attributes import Faults
from docgen.kinds.model import DOCUMENT_TEXTS, GroupType, Kind
from docgen.kinds.name_check import ListMeaning, NameCheck
from docgen.kinds.suggestions import closest

_OF_EVERY_KIND = frozenset({"dokument", "afsnit", "nummer", "henvis", "idag", "udgave", "profil"})
_DOCUMENT = frozenset({*DOCUMENT_TEXTS, "type", "udgave", "udkast"})
_SECTION = frozenset({"id", "overskrift", "nummer", "niveau", "nummereret", "tekst", "felt", "klausul"})


def unknown_names(kind: Kind, uses: Iterable[tuple[str, Place]]) -> list[Diagnostic]:
    """A fault (DG450, DG451) for every use of a name that the kind does not have.

    `uses` are dotted paths as the Word engine tells them, `aktiver[].navn` for the name of each element of a list.
    """
    check = NameCheck(kind.groups, kind.editions.values(), Faults())
    given = {*_OF_EVERY_KIND, *(name for edition in kind.editions.values() for name in edition.values)}
    found: list[Diagnostic] = []
    for path, place in uses:
        steps = [step.removesuffix("[]") for step in path.split(".")]
        unknown = _unknown(check, given, steps)
        if unknown is not None:
            name, known = unknown
            meant = closest(name, known)
            found.append(error("DG451", place, navn=name, forslag=meant) if meant else error("DG450", place, navn=name))
    return found


def _unknown(check: NameCheck, given: set[str], steps: list[str]) -> tuple[str, list[str]] | None:
    """The first step that leads nowhere, and the names that there are at that point."""
    first, *inner = steps
    if first not in check.root.fields:
        if first not in given:
            return first, [*check.root.fields, *given]
        parts = {"dokument": _DOCUMENT, "afsnit": _SECTION}.get(first)
        return (inner[0], sorted(parts)) if parts and inner and inner[0] not in parts else None
    group: GroupType = check.root
    for position, name in enumerate(steps):
        if name not in group.fields:
            return ".".join(steps[: position + 1]), [".".join((*steps[:position], known)) for known in group.fields]
        meaning = check.meaning(group.fields[name].type)
        following = meaning.element if isinstance(meaning, ListMeaning) else meaning
        if following is None:
            return None
        group = following
    return None
