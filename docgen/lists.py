"""The rows of a list that stand in a file of their own: the file is found, read as what it is, and its rows picked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.diagnostics import DocgenError, Place
from docgen.inputs import WORD_FORMS, WORKBOOKS, read_input
from docgen.kinds.fields import At
from docgen.kinds.file_fields import find_file
from docgen.kinds.model import Kind
from docgen.kinds.short_forms import is_blank
from docgen.sources import Mapping, Node
from docgen.sources import Sequence as SequenceNode
from docgen.sources.reading import FORMATS

if TYPE_CHECKING:
    from docgen.kinds.own_lists import Wanted
    from docgen.sources.workbook import Workbook


class Lists:
    """Gives the rows of lists to the input that lies in `folder`.

    `load` gives a kind by its name, `folders` are where kinds are looked for.
    """

    def __init__(self, folder: Path, folders: Sequence[Path], load: Callable[[str], Kind]) -> None:
        self.folder = folder
        self.folders = folders
        self.load = load
        # The last workbook that was read: a list may take its rows from many of its sheets.
        self._books: dict[Path, Workbook] = {}

    def __call__(self, file: str, sheet: str, wanted: Wanted, at: At, place: Place) -> SequenceNode | None:
        """The rows of a list in the file at that path, or None after what is wrong was told to `at`.

        A fault that lies in the file is told with its place there, any other one with `place`.
        """
        path = find_file(self.folder, file)
        if path is None:
            at.fault("DG778" if (self.folder / file).is_dir() else "DG761", place, tekst=file)
            return None
        suffix = path.suffix.lower()
        if suffix not in (*WORKBOOKS, *WORD_FORMS, *FORMATS):
            at.fault("DG763", place, tekst=file)
            return None
        if sheet and suffix not in WORKBOOKS:
            at.fault("DG762", place, tekst=file, ark=sheet)
            return None
        try:
            if suffix in WORKBOOKS:
                return self._of_workbook(path, sheet, wanted, at, place)
            root, _, warnings = read_input(path, wanted.kind.name, self.folders, self.load)
        except DocgenError as fault:
            at.diagnostics += fault.diagnostics
            return None
        at.diagnostics += warnings
        return _rows(root, file, wanted, at, place)

    def _of_workbook(self, path: Path, sheet: str, wanted: Wanted, at: At, place: Place) -> SequenceNode | None:
        from docgen.forms.list_reader import read_list
        from docgen.sources.workbook import read_workbook

        if path not in self._books:
            self._books.clear()
            self._books[path] = read_workbook(path, path.as_posix())
        return read_list(self._books[path], sheet, wanted, at, place, path.name)


def _rows(root: Node, file: str, wanted: Wanted, at: At, place: Place) -> SequenceNode | None:
    """The list in the tree of a file: all of it, or what it has under the list's name; what else it has is told."""
    found: Node | None = root
    if isinstance(root, Mapping):
        names = (wanted.field.name, *wanted.field.aliases)
        found = next((entry.value for entry in root if entry.key.text in names), None)
        left = [entry.key.text for entry in root if entry.key.text not in names and not is_blank(entry.value)]
        if left and isinstance(found, SequenceNode):
            at.warn("DG790", place, tekst=file, andre=", ".join(left))
    if isinstance(found, SequenceNode):
        return found
    at.fault("DG791" if Path(file).suffix.lower() in WORD_FORMS else "DG766", place, tekst=file)
    return None
