"""Fields that name a file beside the input: an annex, or another input to take an excerpt from."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docgen.danish.values import FileName
from docgen.kinds.fields import At, ScalarType, UnfitError, quoted
from docgen.sources import Scalar

if TYPE_CHECKING:
    from docgen.kinds.attributes import Attributes

_MOST_LEVELS_UP = 2
_FORBIDDEN = frozenset(':*?"<>|') | {chr(code) for code in range(32)}


def relative_path(text: str) -> str | None:
    """A path from the folder of an input, with forward slashes; None for any other path.

    Paths from a drive, a network or the user's own folder are refused, and those that lead more than two folders up.
    """
    plain = text.strip().replace("\\", "/")
    if not plain or plain.startswith("/") or plain.endswith("/") or _FORBIDDEN.intersection(plain):
        return None
    path = os.path.normpath(plain).replace("\\", "/")
    steps = path.split("/")
    if steps[0].startswith("~") or any(step != step.strip() for step in steps):
        return None
    return None if steps[-1] in (".", "..") or steps.count("..") > _MOST_LEVELS_UP else path


def find_file(folder: Path, path: str) -> Path | None:
    """The file at a relative path, also where the file system keeps å as a and a ring; None when there is none."""
    found = folder / path
    try:
        if found.is_file():
            return found
        neighbours = list(found.parent.iterdir()) if found.parent.is_dir() else []
    except (OSError, ValueError):
        return None
    name = unicodedata.normalize("NFC", found.name)
    same = (one for one in neighbours if unicodedata.normalize("NFC", one.name) == name and one.is_file())
    return next(same, None)


def moved(path: str, source: Path, target: Path) -> str:
    """A path from the folder `source` as a path from the folder `target`; as it is when there is no such path."""
    try:
        return os.path.relpath(source / path, target).replace("\\", "/")
    except ValueError:  # two drives
        return path


class FileType(ScalarType):
    """A file beside the input, by its path from the input's folder."""

    __slots__ = ()

    name: ClassVar[str] = "fil"
    words: ClassVar[tuple[str, str]] = ("stien til en fil", "the path of a file")
    sample: ClassVar[str] = "bilag/tidsplan.pdf"

    def read(self, scalar: Scalar, at: At) -> object:
        """The path, and whether the file is there as far as that can be seen."""
        path = relative_path(scalar.text)
        if path is None:
            return at.fault("DG263", scalar.place, tekst=quoted(scalar), eksempel=self.sample)
        folder = at.surroundings.folder
        return FileName(path, None if folder is None else find_file(folder, path) is not None)

    def accept(self, value: object) -> object:
        """A path, or a value of such a field."""
        if isinstance(value, FileName):
            return value
        path = relative_path(str(value))
        if path is None:
            raise UnfitError(str(value))
        return FileName(path)

    def json_schema(self) -> dict[str, Any]:
        """Text."""
        return {"type": ["string", "null"]}


class ExcerptType(FileType):
    """Another input, from which the fields around this one are filled in; `excerpt` is the name of what it gives."""

    __slots__ = ("excerpt",)

    name: ClassVar[str] = "uddrag"
    options: ClassVar[frozenset[str]] = frozenset({"navn"})
    words: ClassVar[tuple[str, str]] = ("stien til et andet input", "the path of another input")
    sample: ClassVar[str] = "../aftaler/aftale.yaml"
    fills_in: ClassVar[bool] = True

    def __init__(self, *, excerpt: str) -> None:
        self.excerpt = excerpt

    @classmethod
    def declared(cls, attributes: Attributes, *, bounded: bool = True) -> ScalarType | None:  # noqa: ARG003
        """The type for the excerpt that `navn` names."""
        return cls(excerpt=attributes.required("navn"))


TYPES = (FileType, ExcerptType)
