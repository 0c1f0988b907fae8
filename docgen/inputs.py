"""An input of any kind of file to its tree and the kind that it is for: text files, workbooks and Word forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from docgen.diagnostics import Diagnostic
from docgen.kinds.model import Kind
from docgen.sources import Node, read

if TYPE_CHECKING:
    from docgen.sources import Reading

WORKBOOKS = (".xlsx", ".xlsm", ".xltx")
"""Suffixes of inputs that are workbooks."""
WORD_FORMS = (".docx", ".docm", ".dotx")
"""Suffixes of inputs that are Word forms."""


class Input(NamedTuple):
    """An input that was read: its tree, the kind that it is for, and what there is to say of the file."""

    root: Node
    kind: Kind
    warnings: tuple[Diagnostic, ...] = ()


def read_input(
    source: Path | str,
    kind: str,
    folders: Sequence[Path],
    load: Callable[[str], Kind],
    stdin: BinaryIO | None = None,
) -> Input:
    """Read the input `source`; `kind` is the name or alias of its kind, "" when the input tells it.

    `load` gives a kind by its name, `folders` are where kinds are looked for; `-` reads `stdin`.
    Raises DocgenError with every fault of the file, and where the input does not tell which kind it is for.
    """
    suffix = Path(source).suffix.lower()
    if suffix in WORKBOOKS or suffix in WORD_FORMS:
        found, reading = _form(Path(source), suffix, kind, folders, load)
        return Input(reading.root, found, reading.warnings)
    reading = read(source, stdin=stdin)
    return Input(reading.root, load(kind or _recognised(source, reading.root, folders, load)), reading.warnings)


def _form(
    path: Path, suffix: str, kind: str, folders: Sequence[Path], load: Callable[[str], Kind]
) -> tuple[Kind, Reading]:
    if suffix in WORKBOOKS:
        from docgen.forms.excel.reader import read_excel

        return read_excel(path, kind, folders, load)
    from docgen.forms.word.reader import read_word

    return read_word(path, kind, folders, load)


def _recognised(source: Path | str, root: Node, folders: Sequence[Path], load: Callable[[str], Kind]) -> str:
    from docgen.kinds.recognition import recognise

    return recognise(source, root, folders, load)
