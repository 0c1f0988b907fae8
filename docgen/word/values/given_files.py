"""Files that the data names, such as a logo: read from folders that the caller gave, and from nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from docgen.word.archive.texts import UnwritableError

MAX_BYTES = 50_000_000
"""The largest file that the data may name, in bytes."""


def read_given(folders: Sequence[Path], path: str) -> bytes:
    """The bytes of `path` below the first of `folders` that has it.

    Raises UnwritableError: no folder given (DG467), a path that leads out of it (DG468), no such file or one that is
    too large (DG469).
    """
    if not folders:
        raise UnwritableError("DG467", sti=path[:80])
    windows = PureWindowsPath(path)
    steps = windows.parts
    if not path.strip() or windows.drive or windows.root or PurePosixPath(path).is_absolute() or ".." in steps:
        raise UnwritableError("DG468", sti=path[:80])
    if any(":" in step or "\0" in step for step in steps):
        raise UnwritableError("DG468", sti=path[:80])
    for folder in folders:
        base = folder.resolve()
        found = base.joinpath(*steps).resolve()
        if not found.is_relative_to(base):  # a link in the folder that leads out of it
            raise UnwritableError("DG468", sti=path[:80])
        try:
            if found.is_file() and found.stat().st_size <= MAX_BYTES:
                return found.read_bytes()
        except OSError:
            continue
    raise UnwritableError("DG469", sti=path[:80])
