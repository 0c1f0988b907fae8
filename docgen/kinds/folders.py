"""The folders that hold kinds of document: which kinds there are, and which file of a kind wins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from docgen.diagnostics import DocgenError, error
from docgen.kinds.suggestions import suggestion

DEFINITION = "felter.yaml"
_PACKAGE = Path(__file__).parent.parent
BOX = tuple(folder for folder in (_PACKAGE / "templates", _PACKAGE.parent / "templates") if folder.is_dir())
"""Where the kinds in the box lie: inside an installed package, or beside the package in a checkout."""


class KindFiles(NamedTuple):
    """Where the files of the kind `name` are looked for: `folders` are the kind's own folders, the first one wins."""

    name: str
    folders: tuple[Path, ...]

    def path(self, file: str) -> Path | None:
        """The first folder's `file` (such as `skabelon.docx`); None when no folder has it."""
        return next((found for folder in self.folders if (found := folder / file).is_file()), None)

    def paths(self, file: str) -> tuple[Path, ...]:
        """Every folder's `file`, the winning one first."""
        return tuple(found for folder in self.folders if (found := folder / file).is_file())

    def listing(self, subfolder: str, suffix: str) -> tuple[Path, ...]:
        """The files of a subfolder with that suffix, by file name; of two with one name the first folder's."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            inner = folder / subfolder
            if inner.is_dir():
                for path in inner.iterdir():
                    if path.suffix == suffix and path.is_file():
                        found.setdefault(path.name, path)
        return tuple(found[name] for name in sorted(found))


class KindSummary(NamedTuple):
    """What a list of kinds shows: read from the head of felter.yaml only."""

    name: str
    title: str
    description: str
    version: str
    aliases: tuple[str, ...]
    folder: Path


def find_kinds(folders: Sequence[Path]) -> dict[str, KindFiles]:
    """Every kind of document in `folders` (the first one wins) by name, in the order of the names.

    A kind is a folder for which some of `folders` has a felter.yaml; other folders of the same name lend their files.
    """
    inner: dict[str, list[Path]] = {}
    for folder in folders:
        if folder.is_dir():
            for path in folder.iterdir():
                if path.is_dir() and not path.name.startswith((".", "_")):
                    inner.setdefault(path.name, []).append(path)
    found = (KindFiles(name, tuple(paths)) for name, paths in sorted(inner.items()))
    return {files.name: files for files in found if files.path(DEFINITION) is not None}


def find_kind(name: str, folders: Sequence[Path]) -> KindFiles:
    """The kind with that name or alias.

    Raises DocgenError (exit code 2): DG901 when there is none, DG309 when two kinds have the alias.
    """
    own = KindFiles(name, tuple(found for folder in folders if (found := folder / name).is_dir()))
    if own.path(DEFINITION) is not None and not name.startswith((".", "_")) and Path(name).name == name:
        return own
    kinds = find_kinds(folders)
    summaries = [summarize(files) for files in kinds.values()]
    meant = [summary.name for summary in summaries if name in summary.aliases]
    if len(meant) > 1:
        raise DocgenError([error("DG309", None, alias=name, typer=", ".join(meant))], exit_code=2)
    if not meant:
        known = [known for summary in summaries for known in (summary.name, *summary.aliases)]
        raise DocgenError([error("DG901", None, navn=name, **suggestion(name, known))], exit_code=2)
    return kinds[meant[0]]


def summarize(files: KindFiles) -> KindSummary:
    """Title, description and aliases of a kind, from the `type:` block of its felter.yaml alone.

    A block that cannot be read gives a summary with the folder's name as its title: the fault is told when the kind is
    loaded.
    """
    path = files.path(DEFINITION)
    if path is None:
        raise ValueError(f"{files.name} has no {DEFINITION}")
    told = dict(_head(path))
    return KindSummary(
        name=files.name,
        title=" ".join(told.get("titel", ())) or files.name,
        description=" ".join(told.get("beskrivelse", ())),
        version=" ".join(told.get("version", ())),
        aliases=tuple(told.get("alias", ())),
        folder=path.parent,
    )


def _head(path: Path) -> Iterator[tuple[str, list[str]]]:
    from docgen.sources import Mapping, Scalar, Sequence, read_text

    lines = path.read_bytes().splitlines()
    start = next((number for number, line in enumerate(lines) if line.startswith(b"type:")), None)
    if start is None:
        return
    end = next((n for n in range(start + 1, len(lines)) if lines[n][:1].strip() not in (b"", b"#")), len(lines))
    try:
        root = read_text(b"\n".join(lines[start:end]), path.as_posix(), "yaml").root
    except DocgenError:
        return
    block = root.get("type") if isinstance(root, Mapping) else None
    for entry in block if isinstance(block, Mapping) else ():
        match entry.value:
            case Scalar(text=text):
                yield entry.key.text, [text]
            case Sequence(items=items):
                yield entry.key.text, [item.text for item in items if isinstance(item, Scalar)]
