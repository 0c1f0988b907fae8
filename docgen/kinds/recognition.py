"""Which kind of document an input is for, told by its folder, its first line or its fields."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, TextPlace, error
from docgen.kinds.folders import find_kinds, summarize
from docgen.kinds.model import Kind
from docgen.sources import Mapping, Node

_SCHEMA = "yaml-language-server: $schema="
Load = Callable[[str], Kind]


def folder_kind(path: Path, folders: Sequence[Path]) -> str | None:
    """The name of the kind that the nearest folder around a file is called like, by name or alias."""
    kinds = find_kinds(folders)
    names = {alias: name for name, files in kinds.items() for alias in summarize(files).aliases}
    names |= {name: name for name in kinds}
    return next((names[folder.name] for folder in path.resolve().parents if folder.name in names), None)


def recognise(source: Path | str, root: Node, folders: Sequence[Path], load: Load) -> str:
    """The name of the kind that the input `source` with the tree `root` belongs to.

    The nearest folder that is called like a kind decides; then the schema that the first line names for the editor, as
    `docgen ny` writes it; otherwise the kind that knows most of the input's fields, when it knows at least half of them
    and no other kind knows as many. `load` gives a kind by its name. Raises DocgenError DG907 (exit code 2), after the
    faults of kinds whose own files have some.
    """
    named = folder_kind(Path(source), folders)
    if named:
        return named
    kinds = find_kinds(folders)
    schema = _schema_kind(root)
    if schema in kinds:
        return schema
    keys = [entry.key.text for entry in root] if isinstance(root, Mapping) else []
    faults: list[Diagnostic] = []
    loaded = (_loaded(name, load, faults) for name in kinds)
    known = {kind.name: len(kind.root.fields.keys() & set(keys)) for kind in loaded if kind}
    best = max(known.values(), default=0)
    meant = [name for name, count in known.items() if count == best]
    if len(meant) == 1 and 2 * best >= len(keys):
        return meant[0]
    place = FilePlace(Path(source).as_posix())
    raise DocgenError([*faults, error("DG907", place, fil=Path(source).name, kendte=", ".join(kinds))], exit_code=2)


def other_kind(root: Node, kind: Kind, folders: Sequence[Path], load: Load) -> Kind | None:
    """The kind that an input is for, when it is plainly not `kind`; None when it may well be.

    That is when `kind` does not know more than half of the input's fields, and another kind knows more than half.
    `load` gives a kind by its name.
    """
    keys = [entry.key.text for entry in root] if isinstance(root, Mapping) else []

    def knows(other: Kind) -> int:
        names = {name for field in other.root.fields.values() for name in (field.name, *field.aliases)}
        return sum(key in names for key in keys)

    if 2 * knows(kind) >= len(keys):
        return None
    others = [other for name in find_kinds(folders) if name != kind.name and (other := _loaded(name, load, []))]
    best = max(others, key=knows, default=None)
    return best if best is not None and 2 * knows(best) > len(keys) else None


def _schema_kind(root: Node) -> str:
    """The kind whose schema the first line of a YAML file names; empty when it names none."""
    lines = root.place.source.lines if isinstance(root.place, TextPlace) else ()
    comment, mark, schema = (lines[0] if lines else "").partition(_SCHEMA)
    if not mark or comment.strip() != "#":
        return ""
    file = schema.strip().replace("\\", "/").rpartition("/")[2]
    return unicodedata.normalize("NFC", file.removesuffix(".schema.json"))


def _loaded(name: str, load: Load, faults: list[Diagnostic]) -> Kind | None:
    """A kind; None when its definition has faults, which go to `faults`."""
    try:
        return load(name)
    except DocgenError as fault:
        faults += fault.diagnostics
        return None
