"""What a finished document is written as: Word, what is printed from it, its lists in Excel, its kind's text files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, DocgenError, Place, error
from docgen.kinds.folders import BOX, KindFiles

if TYPE_CHECKING:
    from docgen.kinds.model import Kind
    from docgen.pipeline import Document, Request
    from docgen.templating.text_file import TextFile

FORMATS = ("docx", "html", "md", "txt")
"""The formats of every template; the text files of a kind (`tekster/indkaldelse.txt.j2`) are formats too, by name."""
WORKBOOK = "xlsx"
"""The format that holds the lists of a kind as a workbook."""
TEXT_SUFFIX = ".txt.j2"
PAGE_SUFFIX = ".html.j2"
_TEXTS = "tekster"
_PAGE = Path("design", "side.html.j2")
_FRONT = (
    ("Dokument", "type"),
    ("Udgave", "udgave"),
    ("Status", "status"),
    ("Version", "version"),
    ("Dato", "dato"),
    ("Sagsnummer", "sagsnummer"),
    ("Organisation", "organisation"),
)


def text_paths(files: KindFiles) -> dict[str, Path]:
    """The text files of a kind by the name of their format; one called as a format of every kind is not among them."""
    found = {path.name.removesuffix(TEXT_SUFFIX).lower(): path for path in files.listing(_TEXTS, ".j2")}
    taken = (*FORMATS, WORKBOOK)
    return {name: path for name, path in found.items() if path.name.endswith(TEXT_SUFFIX) and name not in taken}


def text_descriptions(files: KindFiles) -> list[tuple[str, str]]:
    """The name of each text file of a kind, and what its first line says of it; nothing of a file with faults."""
    return [(name, _description(path)) for name, path in text_paths(files).items()]


def _description(path: Path) -> str:
    try:
        return read_text_file(path).description
    except DocgenError:
        return ""


def file_name(name: str, form: str) -> str:
    """The name of the file that holds a document called `name` in a format."""
    return f"{name}.{form}" if form in (*FORMATS, WORKBOOK) else f"{name} - {form}.txt"


def find_page(folders: Sequence[Path]) -> Path:
    """The template of the page around a document's HTML: that of the first folder with one, else that of the box."""
    return next(path for folder in (*folders, *BOX) if (path := folder / _PAGE).is_file())


def printed(document: Document, form: str) -> str:
    """The document as `md`, `txt` or `html`, printed from the finished Word file, or as a text file of its kind.

    Raises DocgenError with the faults of the text file, or of the page's template.
    """
    if form not in FORMATS:
        return _text(document, text_paths(document.checked.kind.files)[form])
    return word_printed(document.word.to_bytes(), form, document.page)


def workbook(document: Document) -> bytes:
    """The lists of the document's edition as a workbook (docgen.kinds.tables).

    Raises DocgenError: DG780 when the kind has no lists, otherwise the faults of expressions under `regneark`.
    """
    from docgen.forms.tables_writer import tables_workbook
    from docgen.kinds.tables import has_tables, tables_of

    kind, record, told = document.checked.kind, document.checked.record, document.context.document
    if record is None or not has_tables(kind):
        raise DocgenError([error("DG780", None, type=kind.title)], exit_code=2)
    front, tables = tables_of(record, kind.edition(str(document.context.names["udgave"])))
    lines = {label: told[name] for label, name in _FRONT}
    lines["Eksempel"] = "opdigtet indhold" if told["eksempel"] else ""
    shown = {label: value for label, value in (lines | dict(front)).items() if value}
    return tables_workbook(str(told["titel"]), shown, tables, record.today)


def word_printed(data: bytes, form: str, page: Path) -> str:
    """The finished Word file `data` as `md`, `txt` or `html`; `page` is the template of the page around HTML.

    Raises DocgenError with the faults of the page's template.
    """
    if form == "html":
        from docgen.word.reading.page import to_page

        return to_page(data, page)
    from docgen.word.reading.reader import read_document
    from docgen.word.reading.transcript import to_markdown, to_text

    return {"md": to_markdown, "txt": to_text}[form](read_document(data))


def read_text_file(path: Path) -> TextFile:
    """A text file or page template, parsed. Raises DocgenError as docgen.templating.text_file.TextFile."""
    from docgen.templating.text_file import TextFile
    from docgen.word.values.plain_text import plain_text

    return TextFile(path, markup=path.name.endswith(PAGE_SUFFIX), markdown=plain_text)


def check_text_file(request: Request) -> tuple[Diagnostic, ...]:
    """Every fault of a text file or page template; with a kind (by name, or by its folder) also names it lacks.

    Raises DocgenError (exit code 2) when the file cannot be read.
    """
    from docgen.kinds.recognition import folder_kind
    from docgen.pipeline import cached_kind

    path = Path(request.source)
    try:
        template = read_text_file(path)
    except DocgenError as fault:
        if fault.exit_code != 1:
            raise
        return fault.diagnostics
    name = request.kind or folder_kind(path, request.folders)
    if not name or path.name.endswith(PAGE_SUFFIX):
        return ()
    return tuple(_unknown(template, cached_kind(name, request)))


def _text(document: Document, path: Path) -> str:
    template = read_text_file(path)
    try:
        return template.render(document.context.names)
    except DocgenError as fault:
        # a render stops at the first name that is not there; all of them are told
        raise DocgenError(_unknown(template, document.checked.kind) or fault.diagnostics) from None


def _unknown(template: TextFile, kind: Kind) -> list[Diagnostic]:
    from docgen.kinds.template_names import unknown_names

    return unknown_names(kind, _uses(template))


def _uses(template: TextFile) -> Iterator[tuple[str, Place]]:
    from docgen.templating.uses import uses

    for use in uses(template.tree, template.known):
        yield use.path, template.place(use.line, use.path.rpartition(".")[2].removesuffix("[]"))
