"""One document, the whole way: from the path of an input to the bytes of a finished file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, error, has_errors
from docgen.files import safe_name
from docgen.kinds.editions import select_edition
from docgen.kinds.kind import Kind, load_kind
from docgen.kinds.rules import check_rules
from docgen.kinds.sections import Context, build
from docgen.kinds.validate import validate
from docgen.sources import read

if TYPE_CHECKING:
    from docgen.word import WordDocument, WordTemplate

FORMATS = ("docx", "md", "txt")
_PACKAGED = (Path(__file__).parent / "templates", Path(__file__).parent.parent / "templates")
_TEMPLATE = "skabelon.docx"
_DESIGN = Path("design") / "design.docx"


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is asked for.

    `kind` is the name or alias of a kind, `source` the path of an input or `-` for `stdin`; `folders` hold kinds, the
    first one wins; `template` and `design` are Word files that replace those of the kind.
    """

    kind: str
    source: Path | str
    folders: Sequence[Path]
    today: date
    edition: str | None = None
    profile: str | None = None
    template: Path | None = None
    design: Path | None = None
    stdin: BinaryIO | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """An input that was read and held against its kind, with every finding; `context` is None when it has faults."""

    kind: Kind
    context: Context | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document: its file name without suffix, the Word file, what made it, and what was found on the way."""

    name: str
    word: WordDocument
    checked: Checked
    template: Path
    design: Path | None


def generate(request: Request) -> Document:
    """Make one document. Raises DocgenError with every fault of the input, or else of the template."""
    checked = check(request)
    if checked.context is None:
        raise DocgenError(checked.diagnostics)
    context = checked.context
    path, design = find_template(checked.kind, request)
    template = compile_template(path, design)
    rendered = template.render(
        context.names | {"afsnit": compile_clauses(context, template)},
        properties=context.properties,
        numbering=context.numbering,
    )
    return Document(safe_name(context.filename), rendered, checked, path, design)


def check(request: Request) -> Checked:
    """Read an input and hold it against its kind, with every finding of the run. Raises DocgenError if it is unreadable."""
    kind = load_kind(request.kind, request.folders)
    reading = read(request.source, stdin=request.stdin)
    validation = validate(reading.root, kind, profile=request.profile, today=request.today)
    rules = check_rules(validation.record, edition=request.edition, today=request.today)
    findings = (*reading.warnings, *validation.diagnostics, *rules.diagnostics)
    if has_errors(findings):
        return Checked(kind, None, findings)
    record = select_edition(validation.record, request.edition)
    return Checked(kind, build(record, edition=request.edition, profile=request.profile, today=request.today), findings)
