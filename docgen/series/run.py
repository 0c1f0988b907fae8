"""A series from its rows to its folder: names first, then documents, in as many processes as there are."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from typing import NamedTuple, TypeVar

from docgen.diagnostics import Diagnostic, error
from docgen.formats import file_name
from docgen.series.job import Job, Outcome, Replace, Status, Task, Work, make_rows, name_rows
from docgen.series.layout import Layout, Row, place_of, plain
from docgen.series.names import check_names
from docgen.series.state import Journal

_ROWS_TO_NAME, _ROWS_TO_MAKE = 100, 20
_MOST_WAITING = 16  # tasks that are given out at once: enough for many processes, and few enough for little memory
Answer = TypeVar("Answer")
Item = TypeVar("Item")
Progress = Callable[[int], None]
"""Is told of how many more rows are done."""


class Rows(NamedTuple):
    """The rows of a source, made anew each time they are gone through, and what there is to say of the source.

    `numbers` are those of the rows. `headings` are the names of the columns that tell rows apart; `keys` gives what
    the row of a number has there.
    """

    layout: Layout
    numbers: Sequence[int]
    rows: Callable[[], Iterator[Row]]
    findings: tuple[Diagnostic, ...]
    headings: tuple[str, ...]
    keys: Callable[[int], tuple[str, ...]]


class Here(Executor):
    """Does what it is given at once, in this process; what it raises goes through."""

    def submit(self, fn: Callable[..., Answer], /, *args: object, **kwargs: object) -> Future[Answer]:
        """A future that is done."""
        future: Future[Answer] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def run(job: Job, rows: Rows, executor: Executor, journal: Journal, progress: Progress) -> list[Outcome]:
    """Make every row and give what became of each, in their order.

    A row whose process died has failed with DG827. Raises DocgenError, before anything is written, where two rows
    would write the same file.
    """
    packed = pickle.dumps(job, protocol=pickle.HIGHEST_PROTOCOL)
    data, names = _names(packed, rows, executor, journal, job)
    check_names(names, rows.rows, job.formats, job.layout)
    journal.open()
    outcomes: list[Outcome] = []
    said: dict[str, Mapping[str, object]] = {}
    works = _works(data, names, rows, journal, job)
    for task, answers in _done(executor, make_rows, packed, works, _ROWS_TO_MAKE):
        found = answers if answers is not None else tuple(_missing(task, job.layout))
        journal.add([one.made for one in found if one.made and journal.made.get(one.made.files[0]) != one.made])
        outcomes += [_light(one, journal, said) for one in found]
        progress(len(found))
    return sorted(outcomes, key=lambda one: one.number)


def _told(row: Row, job: Job) -> str:
    """The row's data; its number belongs to them where nothing else gives its file a name."""
    return plain(row, job.layout) if job.named else f"{row.number} {plain(row, job.layout)}"


def _names(
    packed: bytes, rows: Rows, executor: Executor, journal: Journal, job: Job
) -> tuple[list[str], list[str | None]]:
    """What tells each row's data from any other, and its file name: as an earlier run made it of the same data, or new.

    Rows whose process died have no name; their documents tell of it.
    """
    ending, today = file_name("", job.formats[0]), job.request.today.isoformat()
    known = {
        made.data: first.removesuffix(ending)
        for first, made in journal.made.items()
        if made.made_from == job.made_from and (job.replace is Replace.CHANGED or made.date == today)
    }
    data: list[str] = []

    def unknown() -> Iterator[Work]:
        for row in rows.rows():
            data.append(sha256(_told(row, job).encode()).hexdigest())
            if data[-1] not in known:
                yield Work(row, data[-1])

    made: dict[str, str | None] = {}
    for task, answers in _done(executor, name_rows, packed, unknown(), _ROWS_TO_NAME):
        made |= zip((work.data for work in task.works), answers or [None] * len(task.works), strict=True)
    return data, [known.get(one, made.get(one)) for one in data]


def _works(data: Sequence[str], names: Sequence[str | None], rows: Rows, journal: Journal, job: Job) -> Iterator[Work]:
    for row, one, name in zip(rows.rows(), data, names, strict=True):
        files = [file_name(name, form) for form in job.formats] if name else []
        there = tuple((job.folder / file).is_file() for file in files)
        yield Work(row, one, name or "", journal.made.get(files[0]) if files else None, there)


def _done(
    executor: Executor, function: Callable[[Task], Answer], packed: bytes, works: Iterable[Work], size: int
) -> Iterator[tuple[Task, Answer | None]]:
    """Every task with its answer as they come; None for one that was lost with its process."""
    tasks = (Task(packed, some) for some in _pieces(works, size))
    waiting: dict[Future[Answer], Task] = {}
    broken = False
    try:
        while True:
            for task in islice(tasks, None if broken else _MOST_WAITING - len(waiting)):
                try:
                    if broken:
                        yield task, None
                    else:
                        waiting[executor.submit(function, task)] = task
                except BrokenExecutor:
                    broken = True
                    yield task, None
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                task = waiting.pop(future)
                try:
                    answer = future.result()
                except BrokenExecutor:
                    broken = True
                    yield task, None
                else:
                    yield task, answer
    finally:
        for future in waiting:
            future.cancel()


def _pieces(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    rest = iter(items)
    while piece := tuple(islice(rest, size)):
        yield piece


def _missing(task: Task, layout: Layout) -> Iterator[Outcome]:
    for work in task.works:
        fault = error("DG827", place_of(work.row, layout))
        yield Outcome(work.row.number, Status.FAILED, work.name, findings=(fault,))


def _light(outcome: Outcome, journal: Journal, said: dict[str, Mapping[str, object]]) -> Outcome:
    """The outcome with what it shares with others held once; `said` are the values of findings so far."""
    findings = []
    for one in outcome.findings:
        findings.append(replace(one, values=said.setdefault(repr(one.values), one.values)))
    made = journal.made[outcome.made.files[0]] if outcome.made else None
    return outcome._replace(made=made, findings=tuple(findings))
