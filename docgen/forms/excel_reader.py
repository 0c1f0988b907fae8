"""A workbook read back to the tree of an input."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from docgen.diagnostics import DocgenError, FilePlace, error
from docgen.kinds.model import Kind
from docgen.sources import Reading


def read_excel(path: Path, kind: str, folders: Sequence[Path], load: Callable[[str], Kind]) -> tuple[Kind, Reading]:  # noqa: ARG001
    """The kind that the file is for, and its tree. Raises DocgenError with every fault of the file."""
    raise DocgenError([error("DG108", FilePlace(path.as_posix()), endelse=path.suffix)], exit_code=2)
