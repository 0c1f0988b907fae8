"""The names that a template asks for, held against what its kind gives a template to see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from docgen.diagnostics import Diagnostic, Place, error
from docgen.kinds.attributes import Faults
from docgen.kinds.fields import Field
from docgen.kinds.model import DOCUMENT_TEXTS, Formula, GroupType, Kind
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


def unlisted_loops(kind: Kind, loops: Iterable[tuple[str, Place, str]]) -> list[Diagnostic]:
    """A fault (DG471) for every loop through a field that is no list; `loops` are paths, places and the tags."""
    check = NameCheck(kind.groups, kind.editions.values(), Faults())
    found: list[Diagnostic] = []
    for path, place, code in loops:
        field = _field(check, [step.removesuffix("[]") for step in path.split(".")])
        if field is not None and check.meaning(field.type) is None:
            found.append(error("DG471", place, navn=path.replace("[]", ""), kode=code))
    return found


def _field(check: NameCheck, steps: list[str]) -> Field | None:
    group: GroupType | None = check.root
    field: Field | None = None
    for name in steps:
        if group is None or name not in group.fields:
            return None
        field = group.fields[name]
        meaning = check.meaning(field.type)
        group = meaning.element if isinstance(meaning, ListMeaning) else meaning
    return field


def unused_fields(kind: Kind, paths: Collection[str], whole: Collection[str]) -> Iterator[tuple[str, Field]]:
    """The fields, by dotted path, that none of `paths` reads; of a group that nothing reads only the group itself.

    Of those in `whole` everything is read: a group that is handed to a macro.
    A field counts as read when another field, a section or a text of the kind is computed from it.
    """
    plain = {path.replace("[]", "") for path in paths}
    wordings = [*kind.document.values(), *([kind.filename] if kind.filename else [])]
    plain |= {".".join(path) for wording in wordings for path in wording.text.paths()}
    for section in kind.sections.values():
        plain |= {".".join(path) for one in _formulas(section.applies) for path in one.expression.paths()}
    if any(path.partition(".")[0] == "afsnit" for path in plain):
        plain |= {name for name in kind.sections if name in kind.root.fields}
    check = NameCheck(kind.groups, kind.editions.values(), Faults())
    read = _Read(plain, {path.replace("[]", "") for path in whole}, frozenset(_feeding(kind)))
    yield from _unused(check, kind.root, "", read, ())


class _Read(NamedTuple):
    paths: Collection[str]
    whole: Collection[str]
    feeding: Collection[tuple[str, str]]


def _formulas(*given: Formula | bool | None) -> list[Formula]:
    return [one for one in given if isinstance(one, Formula)]


def _feeding(kind: Kind) -> Iterator[tuple[str, str]]:
    """The group and the name of each field that another field is computed from, or depends on."""
    for group in kind.groups.values():
        for field in group.fields.values():
            for formula in _formulas(field.computed, field.applies):
                for path in formula.expression.paths():
                    for name in path:
                        owner = group if name in group.fields else kind.root
                        yield owner.name, name


def _unused(
    check: NameCheck, group: GroupType, prefix: str, read: _Read, trail: tuple[str, ...]
) -> Iterator[tuple[str, Field]]:
    for name, field in group.fields.items():
        path = f"{prefix}{name}"
        inner = any(one.startswith(f"{path}.") for one in read.paths)
        if not inner and path not in read.paths and (group.name, name) not in read.feeding and not field.builtin:
            yield path, field
        elif inner and path not in read.whole:
            meaning = check.meaning(field.type)
            following = meaning.element if isinstance(meaning, ListMeaning) else meaning
            # a group that holds itself is gone through once
            if following is not None and following.name not in trail:
                yield from _unused(check, following, f"{path}.", read, (*trail, following.name or path))
