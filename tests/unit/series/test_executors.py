"""Series that others do the work of: any executor, processes that die, and a cluster that loses a worker."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from docgen.catalog import as_text
from docgen.series import Series

Run = Callable[..., Series]
Book = Callable[..., Path]
ROWS = [["nr", "Foreningens navn", "beløb"], *([n, f"Forening {n}", n * 100] for n in range(1, 241))]


def documents(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.docx"))


class Dying(Executor):
    """Does three tasks, and then loses its processes."""

    def __init__(self) -> None:
        self.done = 0

    def submit(self, fn, /, *args, **kwargs):
        future: Future[object] = Future()
        if args[0].__name__ == "make_rows":
            self.done += 1
        if self.done > 3:
            future.set_exception(BrokenExecutor("gone"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_when_processes_die_the_rest_is_told_of_and_made_next_time(run: Run, book: Book, tmp_path: Path) -> None:
    made = run(book({"Ark1": ROWS}), executor=Dying())
    failed = [one for one in made.outcomes if one.status.value == "fejl"]
    assert len(failed) == 180
    assert as_text(failed[0].findings[0]).splitlines() == [
        "fejl DG827: dokumentet blev ikke lavet, fordi en arbejdsproces standsede",
        f"  {(tmp_path / 'foreninger.xlsx').as_posix()}, Ark1!A{failed[0].number}",
        "  hjælp: kør kommandoen igen: det, der er lavet, bliver ikke lavet om",
    ]
    assert len(documents(tmp_path / "ud")) == 60
    again = run(book({"Ark1": ROWS}))
    assert again.ok
    assert [one.status.value for one in again.outcomes].count("uændret") == 60
    assert len(documents(tmp_path / "ud")) == 240


class Refusing(Executor):
    """Takes no task: its processes could not be started."""

    def submit(self, fn, /, *args, **kwargs):
        raise BrokenExecutor


def test_an_executor_that_takes_nothing_is_told_of_in_every_row(
    run: Run, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["docgen.series.run"], "_MOST_WAITING", 2)
    made = run(book({"Ark1": ROWS}), executor=Refusing())
    assert [one.number for one in made.outcomes] == list(range(2, 242))
    assert {one.findings[0].code for one in made.outcomes} == {"DG827"}
    assert documents(tmp_path / "ud") == []


class KilledWorkerError(Exception):
    """As a cluster has of its own for a task that it gives up."""


class Losing(Executor):
    """Does what it is given, and gives up the tasks with these numbers."""

    def __init__(self, lost: set[int], name: str = "make_rows") -> None:
        self.lost, self.name = lost, name
        self.seen = 0

    def submit(self, fn, /, *args, **kwargs):
        future: Future[object] = Future()
        self.seen += args[0].__name__ == self.name
        if args[0].__name__ == self.name and self.seen in self.lost:
            future.set_exception(KilledWorkerError("Attempted to run task\n on 4 different workers"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_a_task_that_a_cluster_gives_up_stops_only_its_rows(run: Run, book: Book, tmp_path: Path) -> None:
    made = run(book({"Ark1": ROWS}), executor=Losing({2, 12}))
    failed = [one for one in made.outcomes if one.status.value == "fejl"]
    assert [one.number for one in failed] == [*range(22, 42), *range(222, 242)]
    assert as_text(failed[0].findings[0]).splitlines() == [
        "fejl DG834: dokumentet blev ikke lavet, fordi opgaven gik tabt undervejs: "
        "KilledWorkerError: Attempted to run task on 4 different workers",
        f"  {(tmp_path / 'foreninger.xlsx').as_posix()}, Ark1!A22",
        "  hjælp: kør igen; sker det hver gang, så se efter, om docgen er installeret i samme version, "
        "hvor arbejdet gøres",
    ]
    assert len(documents(tmp_path / "ud")) == 200
    assert run(book({"Ark1": ROWS})).ok
    assert len(documents(tmp_path / "ud")) == 240


def test_rows_whose_names_a_cluster_gives_up_fail_and_the_others_are_made(run: Run, book: Book, tmp_path: Path) -> None:
    made = run(book({"Ark1": ROWS}), executor=Losing({2}, "name_rows"))
    assert [one.number for one in made.outcomes if one.status.value == "fejl"] == [*range(102, 202)]
    assert {one.findings[0].code for one in made.outcomes if one.findings} == {"DG827"}
    assert len(documents(tmp_path / "ud")) == 140


class Forgetful(Executor):
    """Hands what a task gives over as another process does."""

    def submit(self, fn, /, *args, **kwargs):
        future: Future[object] = Future()
        future.set_result(pickle.loads(pickle.dumps(fn(*args, **kwargs))))
        return future


@pytest.mark.parametrize("executor", [None, Forgetful()])
def test_what_is_wrong_with_docgen_itself_goes_through(
    executor: Executor | None, run: Run, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise LookupError("a fault in docgen")

    monkeypatch.setattr("docgen.series.job.compose", broken)
    with pytest.raises(LookupError) as caught:
        run(book({"Ark1": ROWS}), executor=executor)
    assert "in broken" in "".join(traceback.format_exception(caught.value))


def test_a_killed_process_leaves_whole_files(run: Run, book: Book, tmp_path: Path) -> None:
    import docx

    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:

        def kill_one(done: int, _of: int) -> None:
            if done == 40 and executor._processes:
                os.kill(next(iter(executor._processes)), signal.SIGKILL)

        made = run(book({"Ark1": ROWS}), executor=executor, progress=kill_one)
    assert not made.ok
    written = documents(tmp_path / "ud")
    assert 40 <= len(written) < 240
    for path in written:
        docx.Document(str(path))
    assert run(book({"Ark1": ROWS})).ok
    assert len(documents(tmp_path / "ud")) == 240


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A cluster talks to itself: connections to this machine are let through."""
    monkeypatch.undo()
    yield


@pytest.mark.filterwarnings("default")
def test_a_dask_cluster_that_loses_a_worker_makes_every_document(
    run: Run, book: Book, tmp_path: Path, loopback: None
) -> None:
    distributed = pytest.importorskip("distributed")
    killed: list[int] = []
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):

        def kill_one(done: int, _of: int) -> None:
            if done >= 40 and not killed:
                killed.append(next(iter(client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)

        made = run(book({"Ark1": ROWS}), executor=client.get_executor(), progress=kill_one)
    assert killed
    assert made.ok
    assert len(documents(tmp_path / "ud")) == 240
    assert {one.status.value for one in made.outcomes} == {"skrevet"}


SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from docgen.series import series

if __name__ == "__main__":
    series("tilsagn", Path(sys.argv[1]), Path(sys.argv[2]), today=date(2026, 11, 22), folders=[Path(sys.argv[3])],
           processes=2)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_killed_leaves_whole_files_and_no_process(
    sign: signal.Signals, run: Run, book: Book, tmp_path: Path, folders: tuple[Path, ...]
) -> None:
    import docx

    source = book({"Ark1": ROWS})
    script = tmp_path / "lav.py"
    script.write_text(SCRIPT, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script), str(source), str(tmp_path / "ud"), str(folders[0])],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 20
    while len(documents(tmp_path / "ud")) < 5 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(sign)
    process.wait(20)
    while _group_is_alive(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _group_is_alive(process.pid)
    written = documents(tmp_path / "ud")
    assert written
    for path in written:
        docx.Document(str(path))
    made = run(source)
    assert made.ok
    assert len(documents(tmp_path / "ud")) == 240


def _group_is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True
