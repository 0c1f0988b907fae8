"""What docgen tells about a fault: a code, how grave it is, where it is, and the values of its message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How grave a finding is; the values are the words of felter.yaml and regler.yaml."""

    ERROR = "fejl"
    WARNING = "advarsel"
    INFO = "oplysning"


# Places are named tuples: they are the most frequent values of a run, and a dataclass costs each process 0.4 ms.


class SourceText(NamedTuple):
    """A text file as it was read: the name to show, and its lines without line ends."""

    name: str
    lines: tuple[str, ...]

    def __repr__(self) -> str:
        return f"SourceText({self.name!r})"


class FilePlace(NamedTuple):
    """A whole file, where nothing smaller can be named; `field` is the field that it lacks, if the finding is that."""

    file: str
    field: str = ""


class TextPlace(NamedTuple):
    """A stretch of one line of a text file: line and column count from 1, in characters."""

    source: SourceText
    line: int
    column: int
    length: int = 1


class CellPlace(NamedTuple):
    """A cell of a workbook, such as `Aktiver!F17`."""

    file: str
    sheet: str
    cell: str


class WordPlace(NamedTuple):
    """A place in a Word file, counted from 1 the way a reader of the page counts.

    `part` is the part's name in the package (`word/document.xml`); `heading` is the text of the heading above;
    `table`, `row` and `cell` are set inside a table; `paragraph` counts within the cell, or within the part's
    own paragraphs outside tables; `quote` is the text that the fault is about.
    """

    file: str
    part: str
    paragraph: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0
    heading: str = ""
    quote: str = ""


Place = FilePlace | TextPlace | CellPlace | WordPlace


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: `values` fill the message that the catalogue holds for `code`.

    `path` is the path of the value in the input (`aktiver[3].værdi`, counted from 1), where there is one.
    """

    code: str
    severity: Severity
    place: Place | None
    values: Mapping[str, object] = field(default_factory=dict)
    path: str = ""


class DocgenError(Exception):
    """Raised when a run cannot go on: carries every finding of the run, errors and warnings alike.

    `exit_code` is 1 for faults in an input, template or document, 2 for wrong use or a file that cannot be
    read or written.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic], *, exit_code: int = 1) -> None:
        self.diagnostics = tuple(diagnostics)
        self.exit_code = exit_code
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        """The codes and where they are; docgen.catalog.as_text tells each as a person reads it."""
        return ", ".join(f"{found.code} ({_where(found.place)})" for found in self.diagnostics)


def _where(place: Place | None) -> str:
    match place:
        case None:
            return "-"
        case TextPlace(source, line, column):
            return f"{source.name}:{line}:{column}"
        case _:
            return place.file


def error(code: str, place: Place | None, /, *, path: str = "", **values: object) -> Diagnostic:
    """A finding of severity `fejl`."""
    return Diagnostic(code, Severity.ERROR, place, values, path)


def warning(code: str, place: Place | None, /, *, path: str = "", **values: object) -> Diagnostic:
    """A finding of severity `advarsel`."""
    return Diagnostic(code, Severity.WARNING, place, values, path)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of the findings is a fault that stops the run."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
