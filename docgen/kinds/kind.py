"""A kind of document loaded from its folder, with every fault in its files told in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen.diagnostics import DocgenError, has_errors
from docgen.kinds.attributes import Faults
from docgen.kinds.clause_reader import read_clauses
from docgen.kinds.composite_fields import GroupFieldType, ListType
from docgen.kinds.fields import Field
from docgen.kinds.folders import DEFINITION, KindFiles, KindSummary, find_kind, find_kinds, summarize
from docgen.kinds.kind_reader import Definition, read_definition
from docgen.kinds.model import Kind
from docgen.kinds.name_check import NameCheck, endless_groups
from docgen.kinds.profile_reader import ProfileReader
from docgen.kinds.rule_reader import read_rules
from docgen.kinds.suggestions import suggestion
from docgen.kinds.table_definitions import check_tables
from docgen.sources import read

__all__ = ["Kind", "KindFiles", "KindSummary", "find_kind", "find_kinds", "load_kind", "summarize"]


def load_kind(name: str, folders: Sequence[Path]) -> Kind:
    """The kind with that name or alias, from the first of `folders` that has it; files are overridden one by one.

    Raises DocgenError: with exit code 2 when there is no such kind (DG901), otherwise with every fault that
    felter.yaml, regler.yaml, klausuler/ and profiler/ have (DG32x-DG36x).
    """
    files = find_kind(name, folders)
    path = files.path(DEFINITION)
    if path is None:
        raise ValueError(f"{files.name} has no {DEFINITION}")
    faults = Faults()
    clauses = read_clauses(files.listing("klausuler", ".md"), faults)
    rules, cpr = read_rules(files.paths("regler.yaml"), faults)
    try:
        definition = read_definition(faults.root_of(read(path)), files.name, faults)
    except DocgenError as fault:
        raise DocgenError([*fault.diagnostics, *faults.found], exit_code=fault.exit_code) from None
    profiles = ProfileReader(dict(definition.groups), faults).read(files.listing("profiler", ".yaml"))
    kind = Kind(
        name=files.name,
        files=files,
        title=definition.title,
        description=definition.description,
        version=definition.version,
        aliases=definition.aliases,
        filename=definition.filename,
        document=definition.document,
        numbering=definition.numbering,
        clause_paragraphs=definition.clause_paragraphs,
        form=definition.form,
        editions=definition.editions,
        root=definition.root,
        groups=definition.groups,
        sections=definition.sections,
        clauses=clauses,
        profiles=profiles,
        rules=rules,
        excerpts=definition.excerpts,
        cpr=cpr,
        tables=definition.tables,
    )
    _check(kind, definition, faults)
    if has_errors(faults.found):
        raise DocgenError(faults.found)
    return kind._replace(warnings=tuple(faults.found))


def _check(kind: Kind, definition: Definition, faults: Faults) -> None:
    """What can only be checked when all of the kind's files are read."""
    for field, group in endless_groups(kind.groups):
        faults.add("DG348", field.place, navn=field.name, gruppe=group)
    for field in _computed(kind):
        if isinstance(field.type, GroupFieldType):
            faults.add("DG349", field.place, navn=field.name)
    if not definition.has_fields:
        return  # every name in the kind would be unknown
    names = NameCheck(kind.groups, kind.editions.values(), faults)
    names.check_groups()
    wordings = [*kind.document.values(), *([kind.filename] if kind.filename else [])]
    names.check_document(wordings, [*kind.sections.values(), *kind.clauses.values()])
    for rule in kind.rules:
        names.check_rule(rule)
    for excerpt in kind.excerpts.values():
        names.check_excerpt(excerpt)
    check_tables(kind, names)
    for section in definition.sections.values():
        if section.applies is None and section.id not in kind.root.names and section.id not in kind.clauses:
            faults.add("DG320", section.place, navn=section.id)
    _check_access(kind, faults)


def _check_access(kind: Kind, faults: Faults) -> None:
    """A word of access that is misspelt in one place would show what is closed."""
    fields = [field for group in kind.groups.values() for field in group.fields.values()]
    words = {field.access: field for field in fields if field.access}
    words |= {made.hiding.access: field for field in fields if isinstance(made := field.type, ListType) and made.hiding}
    left_out = {word for edition in kind.editions.values() for word in edition.without}
    for word, field in words.items():
        if word not in left_out:
            faults.add("DG318", field.place, navn=word, felt=field.name)
    if any(group.unread for group in kind.groups.values()):
        return  # one of those may have the access that an edition names
    for edition in kind.editions.values():
        for word in sorted(edition.without - set(words)):
            faults.add("DG319", edition.place, navn=word, udgave=edition.name, **suggestion(word, words))


def _computed(kind: Kind) -> Iterator[Field]:
    return (field for group in kind.groups.values() for field in group.fields.values() if field.computed)
