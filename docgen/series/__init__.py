"""Many documents of one kind from the rows of a workbook or a list of inputs, with an index of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext, suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, error, has_errors
from docgen.files import check_target, write
from docgen.formats import WORKBOOK, file_name
from docgen.kinds.folders import BOX
from docgen.kinds.model import Kind
from docgen.kinds.tables import has_tables
from docgen.package import deflating
from docgen.pipeline import Press, Request, cached_kind
from docgen.series.job import Job, Outcome, Replace, Status
from docgen.series.layout import bare
from docgen.series.names import INDEX, same_on_disk
from docgen.series.processes import processes_of
from docgen.series.rows import Texts, read_common, read_rows, with_text
from docgen.series.run import run
from docgen.series.state import STATE, Journal
from docgen.sources import Mapping as MappingNode

__all__ = ["Outcome", "Replace", "Series", "Status", "series"]


class Series(NamedTuple):
    """What became of a series: an outcome for each row, in order, and where the index of them lies.

    `findings` are those about the source, the kind and the design. `orphans` are documents of earlier runs that no row
    makes any more.
    """

    outcomes: tuple[Outcome, ...]
    index_path: Path
    findings: tuple[Diagnostic, ...]
    orphans: tuple[str, ...]
    template: Path
    design: Path | None

    @property
    def ok(self) -> bool:
        """Whether every row has its document, and the index could be written."""
        return not has_errors(self.findings) and all(one.status is not Status.FAILED for one in self.outcomes)


def series(
    kind: str,
    source: Path | str,
    folder: Path | str,
    *,
    today: date,
    common: Path | str | None = None,
    pattern: str = "",
    folders: Sequence[Path] = BOX,
    edition: str | None = None,
    profile: str | None = None,
    template: Path | None = None,
    design: Path | None = None,
    formats: Sequence[str] = ("docx",),
    replace: Replace = Replace.NOTHING,
    check_only: bool = False,
    processes: int = 1,
    executor: Executor | None = None,
    cache: Path | None = None,
    language: str = "da",
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Series:
    """Make a document of the kind (a name or an alias) from every row of `source`, and an index of them in `folder`.

    `source` is a workbook, or a YAML or JSON file with a list of inputs; `common` an input with values for all rows.
    `pattern` makes file names in place of the kind's own (`"{{ navn }} - {{ nr }}"`), of fields and of headings as the
    sheet has them. `folders`, `edition`, `profile`, `template`, `design` and `cache` are as in docgen.pipeline.Request,
    `formats` as in docgen.formats. `replace` says what may happen to documents that are there; with `check_only`
    nothing is written, and what would have been has Status.CHECKED. The work is done in `processes` processes, or by
    `executor`: any executor of concurrent.futures whose processes see the same files. `progress` is told how many rows
    of how many are done.

    A fault in a row stops only that row (Status.FAILED). Raises DocgenError, with nothing written, for faults of the
    source, the kind or the template, and where two rows would write the same file.
    """
    request = Request(kind, Path(source), today, tuple(folders), edition, profile, template, design, cache=cache)
    shared = Path(common) if common else None
    wish = _Wish(request, Path(folder), shared, pattern, tuple(formats), replace, not check_only, language)
    texts: Texts = {}
    try:
        with nullcontext(executor) if executor else processes_of(processes) as workers:
            return _make(wish, texts, workers, progress)
    except DocgenError as fault:
        raise DocgenError([with_text(one, texts) for one in fault.diagnostics], exit_code=fault.exit_code) from None


class _Wish(NamedTuple):
    """What is asked for; see `series`."""

    request: Request
    folder: Path
    common: Path | None
    pattern: str
    formats: tuple[str, ...]
    replace: Replace
    writes: bool
    language: str


class _Run(NamedTuple):
    """A run that is over: what its rows had in common, what became of each, and what tells them apart."""

    job: Job
    outcomes: tuple[Outcome, ...]
    headings: tuple[str, ...]
    keys: Sequence[tuple[str, ...]]
    findings: tuple[Diagnostic, ...]
    orphans: tuple[str, ...]


def _make(wish: _Wish, texts: Texts, workers: Executor, progress: Callable[[int, int], None]) -> Series:
    kind = _kind(wish)
    press = Press(kind, wish.request, series=True)
    made = _run(wish, kind, press, texts, workers, progress)
    path = wish.folder / INDEX
    unwritten = _write_index(path, made, kind, press) if wish.writes else ()
    look = press.look.warnings if press.look else ()
    findings = (*kind.warnings, *look, *made.findings, *unwritten)
    return Series(made.outcomes, path, findings, made.orphans, press.path, press.design)


def _run(
    wish: _Wish, kind: Kind, press: Press, texts: Texts, workers: Executor, progress: Callable[[int, int], None]
) -> _Run:
    """Make the documents; the rows themselves are let go of as they are made."""
    request, folder = wish.request, wish.folder
    rows = read_rows(Path(request.source), kind, texts, wish.pattern)
    common: MappingNode | None = None
    warnings: tuple[Diagnostic, ...] = ()
    if wish.common:
        load = lambda name: cached_kind(name, request)  # noqa: E731
        common, warnings = read_common(wish.common, kind, request.folders, load, texts)
    job = Job(
        request,
        folder,
        wish.formats,
        rows.pattern,
        rows.layout,
        common,
        wish.replace,
        bool(rows.pattern or kind.filename),
        _made_from(wish, kind, press, common),
        wish.writes,
        wish.language,
    )
    journal = Journal(folder)
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        progress(done, len(rows.numbers))

    keys = [rows.keys(row) for row in rows.numbers]
    try:
        outcomes = tuple(_quoting(one, texts) for one in run(job, rows, workers, journal, tell))
        journal.close()
    finally:
        journal.stop()
    orphans = tuple(_orphans(journal, outcomes, job))
    return _Run(job, outcomes, rows.headings, keys, (*rows.findings, *warnings), orphans)


def _kind(wish: _Wish) -> Kind:
    """The kind of the documents. Raises DocgenError where they cannot be written in the folder or the formats."""
    folder = wish.folder
    if folder.exists() and not folder.is_dir():
        raise DocgenError([error("DG831", FilePlace(folder.as_posix()), fil=folder.as_posix())], exit_code=2)
    check_target(folder / INDEX, overwrite=True)
    kind = cached_kind(wish.request.kind, wish.request)
    if WORKBOOK in wish.formats and not has_tables(kind):
        raise DocgenError([error("DG780", None, type=kind.title)], exit_code=2)
    return kind


def _write_index(path: Path, made: _Run, kind: Kind, press: Press) -> tuple[Diagnostic, ...]:
    """Write the index; what is said where somebody has opened it since the run began: the documents are there."""
    from docgen.series.index import Listed, index_bytes

    shown = f"{press.path.name} ({sha256(press.path.read_bytes()).hexdigest()[:8]})"
    data = index_bytes(made.job, made.outcomes, Listed(kind, shown, made.headings, made.keys))
    try:
        if not path.is_file() or path.read_bytes() != data:
            write(path, data, overwrite=True, drafts=path.parent / STATE)
    except DocgenError as fault:
        return fault.diagnostics
    return ()


def _made_from(wish: _Wish, kind: Kind, press: Press, common: MappingNode | None) -> str:
    """Tells what the documents are made from besides their rows: every file of the kind, every choice of the run."""
    from importlib.metadata import PackageNotFoundError, version

    digest = sha256()
    with suppress(PackageNotFoundError):
        digest.update(version("docgen").encode())
    packing = deflating()
    request = wish.request
    choices = (kind.name, wish.formats, wish.pattern, request.edition, request.profile, wish.language)
    digest.update(repr((choices, packing.library.__name__, packing.level, bare(common))).encode())
    files = [path for folder in kind.files.folders for path in sorted(folder.rglob("*")) if path.is_file()]
    files += [press.path, press.page, *(press.look.files if press.look else ())]
    for path in files:
        data = path.read_bytes()
        digest.update(f"\0{path.name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def _quoting(outcome: Outcome, texts: Texts) -> Outcome:
    findings = tuple(with_text(one, texts) for one in outcome.findings)
    return outcome._replace(findings=findings) if findings else outcome


def _orphans(journal: Journal, outcomes: Iterable[Outcome], job: Job) -> Iterator[str]:
    """Documents of earlier runs that are there still, and that no row of this one has, not even one that failed."""
    own = {same_on_disk(file_name(one.name, form)) for one in outcomes for form in job.formats if one.name}
    own |= {same_on_disk(file) for one in outcomes if one.made for file in one.made.files}
    for made in journal.made.values():
        if own.isdisjoint(map(same_on_disk, made.files)) and (job.folder / made.files[0]).is_file():
            yield made.files[0]


class _Door(ModuleType):
    """The module, which can be called: `docgen.series(…)` makes a series whether or not its modules are loaded."""

    def __call__(self, *given: Any, **named: Any) -> Series:
        return series(*given, **named)


sys.modules[__name__].__class__ = _Door
