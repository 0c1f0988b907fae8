"""What the processes of a series do: rows in, finished files out, and a small answer back for each row."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from docgen.catalog import message, place_label
from docgen.diagnostics import CellPlace, Diagnostic, DocgenError, FilePlace, Severity, error, has_errors, warning
from docgen.files import write
from docgen.formats import file_name
from docgen.inputs import Input
from docgen.kinds.arrangement import PROFILE
from docgen.kinds.dependencies import Dependencies
from docgen.kinds.editions import select_edition
from docgen.kinds.model import Clause, Wording
from docgen.kinds.named_files import NamedFiles
from docgen.kinds.record import Record
from docgen.kinds.sections import file_name as told_name
from docgen.kinds.shared_values import SharedValues
from docgen.kinds.validate import glimpse, validate
from docgen.masking import mask_cpr
from docgen.pipeline import (
    Press,
    Request,
    as_format,
    cached_kind,
    check_input,
    compose,
    document_name,
    surroundings,
)
from docgen.series.layout import Layout, Row, place_of
from docgen.series.names import OWN
from docgen.series.state import STATE, Made, digest_of
from docgen.series.trees import Trees
from docgen.sources import Mapping as MappingNode
from docgen.sources import Node
from docgen.templating.expression import Text

_MISSING = frozenset({"DG201", "DG202"})  # a value that is not there


class Replace(StrEnum):
    """What a run may do with documents that are there: leave them, make its own anew that have changed, or all."""

    NOTHING = "intet"
    CHANGED = "ændrede"
    ALL = "alt"


class Status(StrEnum):
    """What became of a row."""

    WRITTEN = "skrevet"
    CHECKED = "i orden"
    UNCHANGED = "uændret"
    EDITED = "rettet i Word"
    FAILED = "fejl"


class Job(NamedTuple):
    """What the rows of a series have in common; it goes to every process.

    `request` is that of each document, with the workbook for its source. `pattern` makes file names ("" as the kind
    says); `named` tells that one of them does. `common` are values for every row. `made_from` tells what the documents
    are made from besides their rows; `writes` tells that they are to be written, and not only checked; `language` is
    that of the messages.
    """

    request: Request
    folder: Path
    formats: tuple[str, ...]
    pattern: str
    layout: Layout
    common: MappingNode | None
    replace: Replace
    named: bool
    made_from: str
    writes: bool
    language: str


class Work(NamedTuple):
    """A row to be made under a file name; `made` is what an earlier run wrote under it.

    `data` tells the row's data from any other, `is_there` which of its files were there when the series began.
    """

    row: Row
    data: str
    name: str = ""
    made: Made | None = None
    is_there: tuple[bool, ...] = ()


class Task(NamedTuple):
    """A piece of work for one process: the packed job, and some of its rows."""

    job: bytes
    works: tuple[Work, ...]


class Outcome(NamedTuple):
    """What became of a row: `made` tells of its files, `findings` what there is to say.

    What an earlier run said of a row that is unchanged is in `made` alone.
    """

    number: int
    status: Status
    name: str = ""
    made: Made | None = None
    findings: tuple[Diagnostic, ...] = ()


class _Bench:
    """What a process makes the rows of a job with."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.kind = cached_kind(job.request.kind, job.request)
        self.wording = Wording(Text(job.pattern), None) if job.pattern else self.kind.filename
        self.common = job.common or MappingNode((), FilePlace(job.layout.file))
        self.trees = Trees(job.layout, self.common)
        self.shared = SharedValues(self.kind, self.common)
        self.files = NamedFiles(self.kind)

    @cached_property
    def glimpses(self) -> Trees:
        """Makes inputs as far as the names of their files ask for them."""
        kind, wording = self.kind, self.wording
        asked = {path[0] for path in wording.text.paths()} if wording else set()
        if kind.editions or "dokument" in asked:
            return self.trees
        needed = Dependencies(kind).needed_for(asked)
        return self.trees if needed is None else Trees(self.job.layout, self.common, {PROFILE, *needed})

    @cached_property
    def press(self) -> Press:
        """The template in its design: what names are found without."""
        return Press(self.kind, self.job.request, series=True)

    def findings(self, found: Sequence[Diagnostic], row: Row) -> tuple[Diagnostic, ...]:
        """What is about a row, without what is said of the kind and the design, or follows from a fault of a cell."""
        look = self.press.look
        said = {*map(id, self.kind.warnings), *map(id, look.warnings if look else ())}
        unread = {one.place for one in row.faults if one.severity is Severity.ERROR}
        return tuple(one for one in found if id(one) not in said and not (one.code in _MISSING and one.place in unread))


@lru_cache(maxsize=2)
def _bench(job: bytes) -> _Bench:
    # the job comes from the process that started this one, or from the executor that its user chose
    return _Bench(pickle.loads(job))  # noqa: S301


def name_rows(task: Task) -> tuple[str | None, ...]:
    """The file name of each row, without suffix; None for a row with faults in what its name is made of."""
    bench = _bench(task.job)
    return tuple(_name(work.row, bench) for work in task.works)


def make_rows(task: Task) -> tuple[Outcome, ...]:
    """Make the documents of some rows; a fault in one of them stops only that one."""
    bench = _bench(task.job)
    return tuple(_make(work, bench) for work in task.works)


def _name(row: Row, bench: _Bench) -> str | None:
    try:
        return None if has_errors(row.faults) else _named(row, bench)
    except DocgenError:
        return None


def _named(row: Row, bench: _Bench) -> str | None:
    """The file name of a row, without suffix; None where it is made of a value that was refused.

    Raises DocgenError for a row with faults, and DG305 where the name cannot be made of its values.
    """
    request = bench.job.request
    told: str | None = ""
    if bench.wording is not None:
        record = _seen(bench.glimpses.tree(row), bench)
        extra = {"nøgle": row.key, "række": row.number, OWN: dict(row.own)}
        told = told_name(record, bench.wording, edition=request.edition, extra=extra)
    if told is None:
        return None
    return document_name(bench.kind, told or f"{Path(request.source).stem} {row.key or row.number}", request)


def _seen(root: Node, bench: _Bench) -> Record:
    """What the edition shows of a row, as far as a file name asks for it. Raises DocgenError for a row with faults."""
    request, kind = bench.job.request, bench.kind
    around = surroundings(request)
    profile, edition, today = request.profile, request.edition, request.today
    if not kind.editions:
        return glimpse(root, kind, profile=profile, edition=edition, today=today, around=around)
    found = validate(root, kind, profile=profile, edition=edition, today=today, around=around)
    if has_errors(found.diagnostics):
        raise DocgenError(found.diagnostics)
    return select_edition(found.record, edition)


def _make(work: Work, bench: _Bench) -> Outcome:
    number, job = work.row.number, bench.job
    try:
        made, findings = _kept(work, job) or _made(work, bench)
        return Outcome(number, *made, findings=findings)
    except DocgenError as fault:
        return Outcome(number, Status.FAILED, work.name, findings=bench.findings(fault.diagnostics, work.row))


def _kept(work: Work, job: Job) -> tuple[tuple[Status, str, Made], tuple[Diagnostic, ...]] | None:
    """What an earlier run made of the same row from the same files, if it is all there still."""
    made = work.made
    if made is None or made.near or not _is_same(work, job):
        return None
    if job.replace is not Replace.CHANGED and made.date != job.request.today.isoformat():
        return None
    found = [digest_of(job.folder / name) for name in made.files]
    if found == list(made.digests):
        return (Status.UNCHANGED, work.name, made), ()
    if None in found or job.replace is Replace.ALL:
        return None
    edited = (name for name, now, then in zip(made.files, found, made.digests, strict=True) if now != then)
    findings = tuple(warning("DG826", FilePlace((job.folder / name).as_posix()), fil=name) for name in edited)
    return (Status.EDITED, work.name, made), findings


def _is_same(work: Work, job: Job) -> bool:
    made = work.made
    files = tuple(file_name(work.name, form) for form in job.formats)
    return made is not None and (made.data, made.made_from, made.files) == (work.data, job.made_from, files)


def _made(work: Work, bench: _Bench) -> tuple[tuple[Status, str, Made], tuple[Diagnostic, ...]]:
    """Make the documents of a row and write them. Raises DocgenError with everything that is wrong with the row."""
    job, then = bench.job, work.made
    day = job.request.today
    if then is not None and then.near and job.replace is Replace.CHANGED and _is_same(work, job):
        # files beside the workbook had a say: were they as now, then the documents would be the same to the byte
        again, _, findings = _documents(work, bench, date.fromisoformat(then.date))
        if again.digests == then.digests:
            day = date.fromisoformat(then.date)
    made, files, findings = _documents(work, bench, day)
    return (_written(work, made, files, job), work.name, made), findings


def _documents(work: Work, bench: _Bench, today: date) -> tuple[Made, dict[str, bytes], tuple[Diagnostic, ...]]:
    job = bench.job
    request = job.request._replace(today=today)
    root = bench.trees.tree(work.row)
    checked = check_input(Input(root, bench.kind, work.row.faults), request, bench.shared)
    document = compose(checked, request, bench.press)
    if not work.name:
        _named(work.row, bench)  # raises what is wrong with it; else the process that was to find it died
        raise DocgenError([error("DG827", place_of(work.row, job.layout))])
    files = {file_name(work.name, form): as_format(document, form) for form in job.formats}
    findings = bench.findings(document.checked.diagnostics, work.row)
    made = Made(
        files=tuple(files),
        data=work.data,
        made_from=job.made_from,
        date=today.isoformat(),
        digests=tuple(sha256(data).hexdigest() for data in files.values()),
        content=document.word.content_hash(),
        told=tuple(told(one, job.language) for one in findings),
        near=bench.trees.takes_from_files(work.row, root) or bench.files.are_in(checked.record),
        clauses=tuple(
            (clause.id, clause.version)
            for one in document.context.sections
            if isinstance(clause := one["klausul"], Clause)
        ),
    )
    return made, files, findings


def told(finding: Diagnostic, language: str) -> tuple[str, str, str]:
    """The severity, the code and the text of a finding with its place, on one line."""
    text, hint = message(finding, language)
    match finding.place:
        case None:
            where = ""
        case CellPlace(_, sheet, cell):
            where = f"{sheet}!{cell}: "
        case place:
            where = f"{place_label(place, language)}: "
    more = f" ({hint})" if hint and finding.severity is Severity.ERROR else ""
    return str(finding.severity), finding.code, mask_cpr(" ".join(f"{where}{text}{more}".split()))


def _written(work: Work, made: Made, files: Mapping[str, bytes], job: Job) -> Status:
    """Write what is not there as it should be. Raises DocgenError, with nothing written, where a file is in the way."""
    then = dict(zip(work.made.files, work.made.digests, strict=True)) if work.made else {}
    wanted: dict[Path, bytes] = {}
    faults: list[Diagnostic] = []
    for name, digest in zip(made.files, made.digests, strict=True):
        path = job.folder / name
        now = digest_of(path)
        if now == digest:
            continue
        wanted[path] = files[name]
        if now is None or job.replace is Replace.ALL or (now == then.get(name) and job.replace is Replace.CHANGED):
            continue
        code = "DG823" if name not in then else "DG824" if now == then[name] else "DG825"
        if code == "DG825" and then[name] == digest:
            code = "DG826"
        faults.append(error(code, FilePlace(path.as_posix()), fil=name))
    if faults:
        raise DocgenError(faults)
    if wanted and not job.writes:
        return Status.CHECKED
    for path, data in wanted.items():
        write(path, data, overwrite=True, drafts=job.folder / STATE)
    # a process that was stopped may have written some of them before this one
    return Status.WRITTEN if wanted or not all(work.is_there) else Status.UNCHANGED
