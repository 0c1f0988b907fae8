"""Any template with any data: a Word file or a text file, filled with the names of a YAML, JSON or TOML file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from docgen.cache import fetch
from docgen.danish.quantities import Number
from docgen.danish.written import written
from docgen.design_file import Design, read_design
from docgen.diagnostics import Diagnostic, DocgenError, error
from docgen.files import safe_name
from docgen.formats import FORMATS, find_page, read_text_file, word_printed
from docgen.kinds.folders import BOX
from docgen.sources import Mapping, Node, Scalar, read
from docgen.sources import Sequence as SequenceNode

if TYPE_CHECKING:
    from docgen.templating.text_file import TextFile
    from docgen.word import WordTemplate

TEXT_TEMPLATE = ".j2"
"""The suffix of a template that is a text file; what stands before it says the format, which is else `txt`."""


class Filling(NamedTuple):
    """What is asked for: the `template`, the path of the data (`source`, `-` for `stdin`), and the look.

    `design` is a Word file or a design.yaml that decides how a Word template looks. `folders` are those that the page
    around HTML is looked for in. `cache` is a folder for what was compiled (docgen.cache).
    """

    template: Path
    source: Path | str
    design: Path | None = None
    folders: Sequence[Path] = BOX
    stdin: BinaryIO | None = None
    cache: Path | None = None


class Filled(NamedTuple):
    """A template filled in: its file name without suffix, what writes it in a format, and warnings about the data."""

    name: str
    as_format: Callable[[str], bytes]
    diagnostics: tuple[Diagnostic, ...]
    content_hash: Callable[[], str]


def formats_of(template: Path) -> tuple[str, ...]:
    """The formats that a template can be filled as: those of Word, or the one in a text file's name."""
    if not is_text(template):
        return FORMATS
    form = Path(template.name[: -len(TEXT_TEMPLATE)]).suffix.lower().removeprefix(".")
    return (form if form in FORMATS[1:] else "txt",)


def is_text(template: Path) -> bool:
    """Whether the template is a text file."""
    return template.name.lower().endswith(TEXT_TEMPLATE)


def fill(request: Filling) -> Filled:
    """Fill a template. Raises DocgenError with every fault of the data file, the template, or the two together."""
    values, warnings = read_values(request.source, request.stdin)
    name = _name(request)
    if is_text(request.template):
        if request.design is not None:
            raise DocgenError([error("DG913", None, navn="--design")], exit_code=2)
        data = _filled_text(read_text_file(request.template), values).encode()
        return Filled(name, lambda _: data, warnings, lambda: _content_hash(data))
    look = read_design(request.design, request.cache) if request.design else None
    word = compile_template(request.template, look, request.cache).render(values, folder=_folders(request))
    found = (*warnings, *(look.warnings if look else ()))
    page = find_page(request.folders)

    def as_format(form: str) -> bytes:
        data = word.to_bytes()
        return data if form == "docx" else word_printed(data, form, page).encode()

    return Filled(name, as_format, found, word.content_hash)


def _content_hash(data: bytes) -> str:
    import hashlib  # loads OpenSSL

    return hashlib.sha256(data).hexdigest()


def _folders(request: Filling) -> list[Path]:
    """Where files that the data names may lie: beside the data, and beside the template."""
    read = [] if str(request.source) == "-" else [Path(request.source).parent]
    return [*read, request.template.parent]


def compile_template(
    path: Path, design: Design | None, cache: Path | None = None, *, series: bool = False
) -> WordTemplate:
    """The program of a template in a design, from the cache when all their files are as they were.

    One for a `series` is compiled for many documents. Raises DocgenError with every fault of the template's tags.
    """
    from docgen.word import WordTemplate

    def make() -> WordTemplate:
        made = WordTemplate(path, name=path.as_posix(), design=design.package() if design else None, danish=True)
        return made.marked() if series else made

    files = [path, *(design.files if design else ())]
    if not all(file.is_file() for file in files):
        return make()  # which says what is wrong
    subject = "\0".join(("series" if series else "template", *map(str, files)))
    return fetch(cache, subject, (file.read_bytes() for file in files), make)


def read_values(source: Path | str, stdin: BinaryIO | None = None) -> tuple[dict[str, object], tuple[Diagnostic, ...]]:
    """The names in a data file with their values, and the warnings of its reader.

    Text is docgen.danish.written; numbers, yes and no, and dates that JSON and TOML give a type keep it; what is left
    out is None; lists and groups become lists and dicts. Raises DocgenError as docgen.sources.read; DG475 when the
    file has no names.
    """
    reading = read(source, stdin=stdin)
    if not isinstance(reading.root, Mapping):
        raise DocgenError([*reading.warnings, error("DG475", reading.root.place)])
    return {entry.key.text: value_of(entry.value) for entry in reading.root}, reading.warnings


def value_of(node: Node) -> object:
    """What a template sees of a piece of data."""
    match node:
        case Mapping():
            return {entry.key.text: value_of(entry.value) for entry in node}
        case SequenceNode():
            return [value_of(item) for item in node]
    return _scalar(node)


def _scalar(node: Scalar) -> object:
    native = node.native
    if isinstance(native, Decimal):
        try:
            return Number(native)
        except ValueError:  # more digits than docgen counts with
            return native
    if native is not None:
        return native
    return None if node.empty else written(node.text)


def _name(request: Filling) -> str:
    """The data's own name; what comes from stdin has none, and is called as the template."""
    own = request.template.name.partition(".")[0] if str(request.source) == "-" else Path(request.source).stem
    return safe_name(own)


def _filled_text(template: TextFile, values: dict[str, object]) -> str:
    try:
        return template.render(values)
    except DocgenError as fault:
        from docgen.asking import asked_of_text, missing

        # a render stops at the first fault; the names that are not there are all told
        lacking = list(missing(asked_of_text(template), values))
        places = {one.place for one in lacking}
        raise DocgenError([*lacking, *(one for one in fault.diagnostics if one.place not in places)]) from None
