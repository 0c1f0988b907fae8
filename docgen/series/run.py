"""A series from its rows to its folder: names first, then documents, in as many processes as there are."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from sys import intern
from traceback import format_exception
from typing import NamedTuple, TypeVar

from docgen.diagnostics import Diagnostic, error
from docgen.formats import file_name
from docgen.series.job import Job, Outcome, Replace, Status, Task, Work, make_rows, name_rows
from docgen.series.layout import Layout, Row, place_of, plain
from docgen.series.names import check_names, same_on_disk
from docgen.series.state import Journal

_ROWS_TO_NAME, _ROWS_TO_MAKE = 100, 20
_MOST_WAITING = 16  # tasks that are given out at once: enough for many processes, and few enough for little memory
_LONGEST_REASON = 300  # characters
Answer = TypeVar("Answer")
Item = TypeVar("Item")
Progress = Callable[[int], None]
"""Is told of how many more rows are done."""


class Rows(NamedTuple):
    """The rows of a source, made anew each time they are gone through, and what there is to say of the source.

    `numbers` are those of the rows. `headings` are the names of the columns that tell rows apart; `keys` gives what
    the row of a number has there. `let_go` is told of a row that nobody asks for any more. `pattern` makes file names,
    "" where the kind does.
    """

    layout: Layout
    numbers: Sequence[int]
    rows: Callable[[], Iterator[Row]]
    findings: tuple[Diagnostic, ...]
    headings: tuple[str, ...]
    keys: Callable[[int], tuple[str, ...]]
    let_go: Callable[[int], None]
    pattern: str = ""


class Here(Executor):
    """Does what it is given at once, in this process; what it raises goes through."""

    def submit(self, fn: Callable[..., Answer], /, *args: object, **kwargs: object) -> Future[Answer]:
        """A future that is done."""
        future: Future[Answer] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def run(job: Job, rows: Rows, executor: Executor, journal: Journal, progress: Progress) -> list[Outcome]:
    """Make every row and give what became of each, in their order.

    A row whose process died has failed with DG827, one that its executor lost in another way with DG834. Raises
    DocgenError, before anything is written, where two rows would write the same file.
    """
    packed = pickle.dumps(job, protocol=pickle.HIGHEST_PROTOCOL)
    data, names = _names(packed, rows, executor, journal, job)
    check_names(names, rows.rows, job.formats, job.layout)
    if job.writes:
        journal.open()
    outcomes: list[Outcome] = []
    said: dict[str, Mapping[str, object]] = {}
    works = _works(data, names, rows, journal, job)
    for task, answers, reason in _done(executor, make_rows, packed, works, _ROWS_TO_MAKE):
        found = answers if answers is not None else tuple(_missing(task, job.layout, reason))
        journal.add([one.made for one in found if one.made and journal.made.get(one.made.files[0]) != one.made])
        outcomes += [_light(one, journal, said) for one in found]
        progress(len(found))
    return sorted(outcomes, key=lambda one: one.number)


def _told(row: Row, job: Job) -> str:
    """The row's data, with what its name is made of: other columns, or its number where nothing gives names."""
    more = "" if job.named else f"{row.number} "
    return f"{more}{row.own or ''}{plain(row, job.layout)}"


def _names(
    packed: bytes, rows: Rows, executor: Executor, journal: Journal, job: Job
) -> tuple[list[str], list[str | None]]:
    """What tells each row's data from any other, and its file name: as an earlier run made it of the same data, or new.

    Rows that were lost have no name; their documents tell of it.
    """
    ending, today = file_name("", job.formats[0]), job.request.today.isoformat()
    known = {
        made.data: first.removesuffix(ending)
        for first, made in journal.made.items()
        if made.made_from == job.made_from and not made.near and (job.replace is Replace.CHANGED or made.date == today)
    }
    data: list[str] = []

    def unknown() -> Iterator[Work]:
        for row in rows.rows():
            data.append(intern(sha256(_told(row, job).encode()).hexdigest()))
            if data[-1] not in known:
                yield Work(row, data[-1])

    made: dict[str, str | None] = {}
    for task, answers, _ in _done(executor, name_rows, packed, unknown(), _ROWS_TO_NAME):
        made |= zip((work.data for work in task.works), answers or [None] * len(task.works), strict=True)
    names = (known.get(one, made.get(one)) for one in data)
    return data, [intern(name) if name else name for name in names]


def _works(data: Sequence[str], names: Sequence[str | None], rows: Rows, journal: Journal, job: Job) -> Iterator[Work]:
    present = {same_on_disk(path.name) for path in job.folder.iterdir()} if job.folder.is_dir() else set()
    for row, one, name in zip(rows.rows(), data, names, strict=True):
        files = [file_name(name, form) for form in job.formats] if name else []
        there = tuple(same_on_disk(file) in present for file in files)
        yield Work(row, one, name or "", journal.made.get(files[0]) if files else None, there)
        rows.let_go(row.number)


class _Raised(NamedTuple):
    """What a task raised, and where: an exception that comes from another process has lost that."""

    fault: Exception
    told: str


def _answered(function: Callable[[Task], Answer], task: Task) -> Answer | _Raised:
    """What a function makes of a task. What it raises is an answer too: the rest is what the executor itself raises."""
    try:
        return function(task)
    except Exception as fault:  # noqa: BLE001 - it is raised where the answer is read
        return _Raised(fault, "".join(format_exception(fault)))


def _done(
    executor: Executor, function: Callable[[Task], Answer], packed: bytes, works: Iterable[Work], size: int
) -> Iterator[tuple[Task, Answer | None, str]]:
    """Every task with its answer, as they come; None, and what the executor said of it, for one that it did not do.

    Nothing is said of a task that was lost with its process. What a task raises goes through.
    """
    tasks = (Task(packed, some) for some in _pieces(works, size))
    waiting: dict[Future[Answer | _Raised], Task] = {}
    broken = False
    try:
        while True:
            for task in islice(tasks, _MOST_WAITING - len(waiting)):
                try:
                    waiting[executor.submit(_answered, function, task)] = task
                except BrokenExecutor:
                    broken = True
                    yield task, None, ""
            if not waiting:
                # an executor that is broken takes no more
                yield from ((task, None, "") for task in tasks if broken)
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), *_answer(future)
    finally:
        for future in waiting:
            future.cancel()


def _answer(future: Future[Answer | _Raised]) -> tuple[Answer | None, str]:
    try:
        answer = future.result()
    except BrokenExecutor:
        return None, ""
    except Exception as fault:  # noqa: BLE001 - any executor may have exceptions of its own
        return None, " ".join(f"{type(fault).__name__}: {fault}".split())[:_LONGEST_REASON]
    if not isinstance(answer, _Raised):
        return answer, ""
    if answer.fault.__traceback__ is None:
        answer.fault.add_note(answer.told)
    raise answer.fault


def _pieces(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    rest = iter(items)
    while piece := tuple(islice(rest, size)):
        yield piece


def _missing(task: Task, layout: Layout, reason: str) -> Iterator[Outcome]:
    for work in task.works:
        place = place_of(work.row, layout)
        fault = error("DG834", place, grund=reason) if reason else error("DG827", place)
        yield Outcome(work.row.number, Status.FAILED, work.name, findings=(fault,))


def _light(outcome: Outcome, journal: Journal, said: dict[str, Mapping[str, object]]) -> Outcome:
    """The outcome with what it shares with others held once; `said` are the values of findings so far."""
    findings = []
    for one in outcome.findings:
        findings.append(replace(one, values=said.setdefault(repr(one.values), one.values)))
    made = journal.made[outcome.made.files[0]] if outcome.made else None
    return outcome._replace(name=intern(outcome.name), made=made, findings=tuple(findings))
