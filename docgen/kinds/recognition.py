"""Which kind of document an input is for, told by the folder it lies in or by its fields."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docgen.diagnostics import DocgenError, FilePlace, error
from docgen.kinds.folders import find_kinds, summarize
from docgen.kinds.kind import load_kind
from docgen.sources import Mapping, Node


def recognise(source: Path | str, root: Node | None, folders: Sequence[Path]) -> str:
    """The name of the kind that the file `source` belongs to; `root` is its tree when it is an input.

    The nearest folder that is called like a kind decides; otherwise the kind that knows most of the input's fields,
    when it knows at least half of them and no other kind knows as many. Raises DocgenError DG907 (exit code 2).
    """
    kinds = find_kinds(folders)
    names = {name: name for name in kinds}
    names |= {alias: name for name, files in kinds.items() for alias in summarize(files).aliases}
    for folder in Path(source).resolve().parents:
        if folder.name in names:
            return names[folder.name]
    keys = [entry.key.text for entry in root] if isinstance(root, Mapping) else []
    known = {name: sum(key in load_kind(name, folders).root.fields for key in keys) for name in kinds} if keys else {}
    best = max(known.values(), default=0)
    meant = [name for name, count in known.items() if count == best]
    if len(meant) == 1 and 2 * best >= len(keys):
        return meant[0]
    place = FilePlace(Path(source).as_posix())
    raise DocgenError([error("DG907", place, fil=Path(source).name, kendte=", ".join(kinds))], exit_code=2)
