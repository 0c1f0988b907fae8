"""The files of a kind checked without an input: its definition, its rules, its profiles and the text of its clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from docgen.diagnostics import Diagnostic, DocgenError, Place, TextPlace, error, has_errors
from docgen.kinds.attributes import Faults
from docgen.kinds.clause_reader import read_clauses
from docgen.kinds.folders import DEFINITION, find_kind, find_kinds
from docgen.kinds.kind import load_kind
from docgen.kinds.model import Clause, Kind
from docgen.kinds.suggestions import suggestion
from docgen.kinds.template_names import unknown_names
from docgen.word.values.clauses import ClauseTemplate

_DEFINITIONS = (DEFINITION, "regler.yaml")
_PARTS = {"klausuler": ".md", "profiler": ".yaml"}


def is_kind_file(path: Path, folders: Sequence[Path]) -> bool:
    """Whether a file defines a kind, by its name or by the folder that it lies in."""
    if path.name in _DEFINITIONS:
        return True
    folder = path.resolve().parent
    if _PARTS.get(folder.name) != path.suffix:
        return False
    return (folder.parent / DEFINITION).is_file() or folder.parent.name in find_kinds(folders)


def check_kind(path: Path, folders: Sequence[Path] = ()) -> tuple[Diagnostic, ...]:
    """Every fault in the definition of a kind, told from one of its files.

    felter.yaml and regler.yaml stand for all of them. A clause or a profile stands for itself; where it has no fault,
    those are told for which the kind cannot be used, since then it was not held against the kind. `folders` are where
    the rest of a kind lies that an organisation changes in a folder of its own.
    """
    inner = path.name not in _DEFINITIONS
    folder = path.resolve().parent.parent if inner else path.resolve().parent
    shown = path.parent.parent if inner else path.parent
    root = shown.parent if shown.name and shown.name != ".." else folder.parent
    found, texts = _faults(folder.name, [root, *(one for one in folders if one.resolve() != root.resolve())])
    if not inner:
        return (*found, *texts)
    own = tuple(one for one in (*found, *texts) if _file(one.place) == path.resolve())
    return own if own or not has_errors(found) else found


def check_clauses(kind: Kind) -> tuple[Diagnostic, ...]:
    """Every fault in the texts of a kind's clauses: tags, and names and sections that the kind does not have."""
    return tuple(_clause_faults(kind.clauses.values(), kind))


def _faults(name: str, folders: Sequence[Path]) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """What there is to say of a kind, and of the texts of its clauses."""
    try:
        kind = load_kind(name, folders)
    except DocgenError as fault:
        if fault.exit_code != 1:
            return fault.diagnostics, ()
        clauses = read_clauses(find_kind(name, folders).listing("klausuler", ".md"), Faults())
        return fault.diagnostics, tuple(_clause_faults(clauses.values(), None))
    return kind.warnings, check_clauses(kind)


def _clause_faults(clauses: Iterable[Clause], kind: Kind | None) -> Iterator[Diagnostic]:
    """The faults of each clause; its names are looked up where the kind could be read."""
    for clause in clauses:
        try:
            template = ClauseTemplate(clause.tekst, clause.source, clause.first_line)
        except DocgenError as fault:
            yield from fault.diagnostics
            continue
        if kind is None:
            continue
        found = unknown_names(kind, [(use.path, use.place) for use in template.names()])
        known = [*kind.sections, *(one for one in kind.clauses if one not in kind.sections)]
        for one in template.references():
            if one.section not in known:
                told = suggestion(one.section, known)
                grund = f'der er intet afsnit, der hedder "{one.section}"; {told["forslag"]}'
                grund_en = f'there is no section called "{one.section}"; {told["forslag_en"]}'
                found.append(error("DG453", one.place, kode=one.written, grund=grund, grund_en=grund_en))
        yield from sorted(found, key=lambda one: getattr(one.place, "line", 0))


def _file(place: Place | None) -> Path | None:
    return Path(place.source.name).resolve() if isinstance(place, TextPlace) else None
