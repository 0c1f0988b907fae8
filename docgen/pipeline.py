"""One document, the whole way: from the path of an input to the bytes of a finished file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from docgen.cache import fetch
from docgen.design_file import read_design
from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, error, has_errors
from docgen.files import safe_name
from docgen.filling import compile_template
from docgen.formats import WORKBOOK, find_page, printed, workbook
from docgen.inputs import WORD_FORMS, Input, read_input
from docgen.kinds.editions import select_edition
from docgen.kinds.folders import BOX, find_kind
from docgen.kinds.model import Clause, Edition, Kind
from docgen.kinds.record import Record
from docgen.kinds.rules import check_rules
from docgen.kinds.sections import Context, build
from docgen.kinds.surroundings import NOWHERE, Surroundings
from docgen.kinds.validate import validate
from docgen.lists import Lists

if TYPE_CHECKING:
    from docgen.diagnostics import Place
    from docgen.kinds.answers import Answers
    from docgen.kinds.fields import At
    from docgen.kinds.shared_values import SharedValues
    from docgen.sources import Mapping as MappingNode
    from docgen.sources import Node
    from docgen.word import Properties, WordDocument, WordTemplate
    from docgen.word.look.styles import StyleMap
    from docgen.word.running.kept import Kept
    from docgen.word.values.clauses import ClauseTemplate

TEMPLATE = "skabelon.docx"
DESIGNS = (Path("design", "design.yaml"), Path("design", "design.docx"))
_UNREAD = frozenset({"DG701", "DG702"})
_MISSING = frozenset({"DG201", "DG202", "DG258"})
_DEFINING = (".yaml", ".md")


class Request(NamedTuple):
    """What a run is asked for.

    `kind` is the name or alias of a kind; "" is told by the folder or the fields of the input. `source` is the path of
    an input, or `-` for `stdin`. `folders` hold kinds, the first one wins; by default those in the box. `edition` and
    `profile` are names of the kind's. `template` is a Word file to fill in place of the kind's own; `design` one that
    decides styles, page setup, headers and footers, or a file such as design.yaml. `cache` is a folder for what was
    compiled (docgen.cache).
    """

    kind: str
    source: Path | str
    today: date
    folders: Sequence[Path] = BOX
    edition: str | None = None
    profile: str | None = None
    template: Path | None = None
    design: Path | None = None
    stdin: BinaryIO | None = None
    cache: Path | None = None


class Checked(NamedTuple):
    """An input held against its kind, with every finding.

    `record` is what the edition may show of it, and `context` what a template sees; both are None when a finding is a
    fault.
    """

    kind: Kind
    record: Record | None
    context: Context | None
    diagnostics: tuple[Diagnostic, ...]


class Document(NamedTuple):
    """A finished document: its file name without suffix, the Word file, and what made it.

    `context` is what its template and the text files of its kind see; `page` is the template of its HTML page.
    """

    name: str
    word: WordDocument
    checked: Checked
    template: Path
    design: Path | None
    context: Context
    page: Path


class Press:
    """What the documents of a kind are made with: a template in its design, and the clauses compiled for it so far.

    One for a `series` knows what the last document wrote. Raises DocgenError with every fault of the template and the
    design.
    """

    def __init__(self, kind: Kind, request: Request, *, series: bool = False) -> None:
        self.path, self.design = find_template(kind, request)
        self.look = read_design(self.design, request.cache) if self.design else None
        self.template = compile_template(self.path, self.look, request.cache, series=series)
        self.page = find_page(request.folders)
        self._cache = request.cache
        self._clauses: dict[tuple[str, bool], ClauseTemplate] = {}
        self.kept: Kept | None = None
        if series:
            from docgen.word.running.kept import Kept

            self.kept = Kept()
        self._sections: dict[tuple[str, bool], tuple[object, dict[str, object]]] = {}
        self._numbering: object = None

    def alike(self, context: Context) -> dict[str, object]:
        """What the functions of a context go by, by their names: the same object as long as it is the same."""
        numbering = (context.numbering, [(one["id"], one["nummer"], one["overskrift"]) for one in context.sections])
        if numbering == self._numbering:
            numbering = self._numbering  # one and the same is sooner compared
        self._numbering = numbering
        return {"nummer": numbering, "henvis": numbering}

    def sections(self, context: Context) -> list[dict[str, object]]:
        """The sections of a document, clauses with their text. Raises DocgenError with every fault of the clauses.

        A section that is what it was in the document before is the very same.
        """
        numbered = context.clause_paragraphs
        clauses = [one["klausul"] for one in context.sections if isinstance(one["klausul"], Clause)]
        unknown = [one for one in clauses if (one.id, numbered) not in self._clauses]
        if unknown:
            series = self.kept is not None
            made = _compiled(unknown, self.template.styles, self._cache, numbered=numbered, series=series)
            self._clauses |= {(name, numbered): clause for name, clause in made.items()}
        before = self._sections
        self._sections = found = {}
        for one in context.sections:
            name = str(one["id"])
            given, section = before.get((name, numbered), (None, one))
            if given != one:  # each name in it has values of one type
                section = {**one, "tekst": self._clauses.get((name, numbered)) or one["tekst"]}
            found[name, numbered] = one, section
        return [section for _, section in found.values()]


def generate(request: Request) -> Document:
    """Make one document. Raises DocgenError with every fault of the input, or else of the template."""
    checked = check(request)
    if checked.record is None:
        checked = checked._replace(diagnostics=_of_one_list(checked, request) or checked.diagnostics)
    return compose(checked, request)


def compose(checked: Checked, request: Request, press: Press | None = None) -> Document:
    """Make the document of an input that was checked; a `press` of its kind and request may be used for many.

    Raises DocgenError with the faults of the input, or else of the template.
    """
    if checked.record is None or checked.context is None:
        raise DocgenError(checked.diagnostics)
    press = press or Press(checked.kind, request)
    template, look = press.template, press.look
    # under a design without docgen's numbering, headings lose their numbers: references must then name the heading
    unnumbered = press.design is not None and not template.schemes
    context = _context(checked.record, request, numbering="ingen") if unnumbered else checked.context
    if look:
        context = _sent_by(look.organisation, context)
        checked = checked._replace(diagnostics=(*checked.diagnostics, *look.warnings))
    names = context.names | {"afsnit": press.sections(context)}
    word = template.render(
        names,
        properties=_properties(context, request.today),
        numbering=_scheme(context, template),
        kept=press.kept,
        alike=press.alike(context),
    )
    name = document_name(checked.kind, context.filename, request)
    return Document(name, word, checked, press.path, press.design, context, press.page)


def _of_one_list(checked: Checked, request: Request) -> tuple[Diagnostic, ...]:
    """What there is to say of a form for the rows of one list that was given as a whole input; () for all others."""
    path = Path(request.source)
    if path.suffix.lower() not in WORD_FORMS:
        return ()
    from docgen.forms.word.reader import about_form, of_part

    about = about_form(path)
    if about is None or not about.part:
        return ()
    field = checked.kind.root.fields.get(about.part)
    told = {"fil": path.name, "felt": about.part, "liste": field.label if field else about.part}
    return (
        error("DG779", FilePlace(path.as_posix()), **told),
        *of_part(checked.diagnostics, about.part),
    )


def check(request: Request) -> Checked:
    """Read an input and hold it against its kind. Raises DocgenError when the input or the kind cannot be read."""
    given = read_input(
        request.source, request.kind, request.folders, lambda name: cached_kind(name, request), request.stdin
    )
    return check_input(given, request)


def check_input(given: Input, request: Request, shared: SharedValues | None = None) -> Checked:
    """Hold an input that was read against its kind; `shared` are values that it has in common with others.

    Raises DocgenError when the kind's files have faults.
    """
    root, kind, warnings = given
    edition, profile, today = request.edition, request.profile, request.today
    around = surroundings(request)
    validation = validate(root, kind, profile=profile, edition=edition, today=today, around=around, shared=shared)
    rules = check_rules(validation.record, edition=edition, today=today, passed=shared.passed if shared else None)
    findings = _without_echoes((*kind.warnings, *warnings, *validation.diagnostics, *rules.diagnostics))
    if has_errors(findings):
        return Checked(kind, None, None, _meant_for_another(root, kind, request) or findings)
    record = select_edition(validation.record, edition)
    # an edition that leaves things out has made every value anew: there is nothing to compare
    answers = shared.passed.answers if shared and record is validation.record else None
    return Checked(kind, record, _context(record, request, answers=answers), findings)


def _without_echoes(findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings, without that a value is missing where a cell with it was told to be unreadable."""
    unread = {one.place for one in findings if one.code in _UNREAD}
    if not unread:
        return tuple(findings)
    return tuple(one for one in findings if one.code not in _MISSING or one.place not in unread)


def document_name(kind: Kind, told: str, request: Request) -> str:
    """The file name of a document without suffix: what the kind or the run tells, else the input's own, safe to use."""
    stem = "" if request.source == "-" else Path(request.source).stem
    name = safe_name(told or stem or kind.name)
    edition = kind.edition(request.edition)
    if edition is None or edition.name == next(iter(kind.editions)) or _tells_edition(kind, edition):
        return name
    return f"{name} - {safe_name(edition.name)}"


def check_template(request: Request) -> tuple[Diagnostic, ...]:
    """Every fault of a Word template; with a kind (by name, or by its folder) also the names that the kind lacks.

    Raises DocgenError (exit code 2) when the file cannot be read.
    """
    from docgen.asking import asked, deleted, leaks, wrong_names
    from docgen.kinds.recognition import folder_kind

    path = Path(request.source)
    try:
        found = asked(path)
    except DocgenError as fault:
        if fault.exit_code != 1:
            raise
        return fault.diagnostics
    name = request.kind or folder_kind(path, request.folders)
    wrong = wrong_names(cached_kind(name, request), found) if name else leaks(found)
    return (*deleted(path), *wrong)


def as_format(document: Document, form: str) -> bytes:
    """The document as `docx`, its lists as `xlsx`, or a format that is text (docgen.formats) in UTF-8."""
    if form == WORKBOOK:
        return workbook(document)
    return document.word.to_bytes() if form == "docx" else printed(document, form).encode()


def cached_kind(name: str, request: Request) -> Kind:
    """The kind of that name or alias, as `load_kind`; taken from the cache when its files are as they were."""
    files = find_kind(name, request.folders)

    def make() -> Kind:
        from docgen.kinds.kind import load_kind  # the readers of definitions: not needed when the cache has the kind

        return load_kind(files.name, request.folders)

    read_from = [path for folder in files.folders for path in sorted(folder.rglob("*")) if path.suffix in _DEFINING]
    subject = "\0".join(("kind", files.name, *map(str, (*files.folders, *read_from))))
    return fetch(request.cache, subject, (path.read_bytes() for path in read_from), make)


def find_template(kind: Kind, request: Request) -> tuple[Path, Path | None]:
    """The Word template of a run, and the design that replaces its look.

    A template of an organisation's own keeps its look: the design of a folder is for the templates of that folder and
    of those after it. Raises DocgenError DG909 (exit code 2) when the kind has no template.
    """
    if request.template is not None:
        return request.template, request.design
    path = kind.files.path(TEMPLATE)
    if path is None:
        folder = kind.files.folders[0]
        place = FilePlace(folder.as_posix())
        raise DocgenError([error("DG909", place, navn=kind.name, fil=TEMPLATE, mappe=folder.as_posix())], exit_code=2)
    folders = list(request.folders)
    reach = folders[: folders.index(path.parent.parent) + 1]
    designs = (one / name for one in reach for name in DESIGNS)
    return path, request.design or next((found for found in designs if found.is_file()), None)


def _compiled(
    clauses: Sequence[Clause], styles: StyleMap, cache: Path | None, *, numbered: bool, series: bool
) -> Mapping[str, ClauseTemplate]:
    """The texts of clauses by their ids, from the cache when they are as they were."""
    subject = f"clauses\0{numbered}\0{series}\0{styles}"
    contents = (f"{one.id}\0{one.source.name}\0{one.first_line}\0{one.tekst}".encode() for one in clauses)
    return fetch(cache, subject, contents, lambda: _clause_templates(clauses, styles, numbered=numbered, series=series))


def _clause_templates(
    clauses: Sequence[Clause], styles: StyleMap, *, numbered: bool, series: bool
) -> dict[str, ClauseTemplate]:
    from docgen.word.values.clauses import ClauseTemplate

    made: dict[str, ClauseTemplate] = {}
    faults: list[Diagnostic] = []
    for one in clauses:
        try:
            clause = ClauseTemplate(one.tekst, one.source, one.first_line, styles=styles, numbered=numbered)
            made[one.id] = clause.marked() if series else clause
        except DocgenError as fault:
            faults += fault.diagnostics
    if faults:
        raise DocgenError(faults)
    return made


def _meant_for_another(root: Node, kind: Kind, request: Request) -> tuple[Diagnostic, ...]:
    """The one fault to tell of an input that is for another kind: its other faults come from that."""
    from docgen.kinds.recognition import other_kind

    other = other_kind(root, kind, request.folders, lambda name: cached_kind(name, request))
    if other is None:
        return ()
    return (error("DG260", root.place, type=kind.title, anden=other.title, navn=other.name),)


def surroundings(request: Request) -> Surroundings:
    """What the input may reach beside itself; an input that is no file reaches nothing."""
    if request.source == "-":
        return NOWHERE
    path = Path(request.source)

    def give(file: str, name: str, at: At, place: Place) -> MappingNode | None:
        from docgen.excerpts import Excerpts  # few inputs take from others

        found = Excerpts((path,), request.folders, request.today, lambda kind: cached_kind(kind, request))
        return found(file, name, at, place)

    lists = Lists(path.parent, request.folders, lambda kind: cached_kind(kind, request))
    return Surroundings(path.parent, give, lists)


def _context(
    record: Record, request: Request, *, numbering: str | None = None, answers: Answers | None = None
) -> Context:
    edition, profile, today = request.edition, request.profile, request.today
    return build(record, edition=edition, profile=profile, today=today, numbering=numbering, answers=answers)


def _sent_by(organisation: str, context: Context) -> Context:
    """The context with the organisation of the design where the document names none."""
    if not organisation or context.document.get("organisation"):
        return context
    return context._replace(names=context.names | {"dokument": {**context.document, "organisation": organisation}})


def _properties(context: Context, today: date) -> Properties:
    from docgen.word import Properties

    told = {name: str(context.document[name]) for name in ("titel", "organisation", "type", "sagsnummer")}
    return Properties(told["titel"], told["organisation"], told["type"], created=today, keywords=told["sagsnummer"])


def _scheme(context: Context, template: WordTemplate) -> str | None:
    return context.numbering if context.sections and template.schemes else None


def _tells_edition(kind: Kind, edition: Edition) -> bool:
    """Whether `filnavn` itself tells every edition from the others: by the name `udgave`, or by all their values."""
    used = {path[0] for path in kind.filename.text.paths()} if kind.filename else set()
    return "udgave" in used or (bool(edition.values) and used.issuperset(edition.values))


def check_design(path: Path) -> tuple[Diagnostic, ...]:
    """Every fault in a design file, and in the files that it names."""
    try:
        design = read_design(path)
        design.package()
    except DocgenError as fault:
        return fault.diagnostics
    return design.warnings
