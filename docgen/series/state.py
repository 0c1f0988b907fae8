"""What was made in a folder: a line for each document, written as they come, so that a run can be taken up again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from sys import intern
from typing import IO, Any, NamedTuple

from docgen.files import DRAFT, unwritable, write

STATE = ".docgen"
"""The folder, inside that of the documents, for what docgen keeps of a series; half-written files lie there too."""
_JOURNAL = "serie.jsonl"
_VERSION = 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Made(NamedTuple):
    """The files of one row as docgen wrote them.

    `data` tells the row's data from any other, `made_from` what else they were made from, `date` the day of the run
    (ISO). `digests` are the SHA-256 of the files, `content` that of the Word file's unpacked parts. `near` tells that
    other files beside the workbook had a say. `told` is what there was to say: severity, code and text of each finding.
    `clauses` are the ids of the clauses in the document, each with its version.
    """

    files: tuple[str, ...]
    data: str
    made_from: str
    date: str
    digests: tuple[str, ...]
    content: str
    near: bool = False
    told: tuple[tuple[str, str, str], ...] = ()
    clauses: tuple[tuple[str, str], ...] = ()


class Journal:
    """What was made in a folder, by the name of the first file of each row."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / STATE
        self._path = self._folder / _JOURNAL
        self._file: IO[str] | None = None
        self._sets: dict[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]] = {}
        self.made: dict[str, Made] = {one.files[0]: one for one in self._read()}

    def _read(self) -> Iterator[Made]:
        try:
            text = self._path.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return
        for line in text.splitlines():
            # a run that was stopped may have left half a line; what it was about is then made again
            with suppress(ValueError, TypeError, KeyError, IndexError):
                yield self._entry(json.loads(line))

    def _entry(self, told: dict[str, Any]) -> Made:
        if told.pop("v") != _VERSION:
            raise ValueError("of another version")
        made = Made(**{name: _frozen(value) for name, value in told.items()})
        if not made.files or len(made.files) != len(made.digests):
            raise ValueError("not whole")
        return self.shared(made)

    def shared(self, made: Made) -> Made:
        """The same with what most rows have in common, and what others know too, held once."""
        return made._replace(
            clauses=self._sets.setdefault(made.clauses, made.clauses),
            told=tuple((intern(severity), intern(code), text) for severity, code, text in made.told),
            data=intern(made.data),
            made_from=intern(made.made_from),
            date=intern(made.date),
        )

    def open(self) -> None:
        """Be ready to write, and clear away what a run that was stopped left half-written.

        Raises DocgenError DG504 (exit code 2) where nothing can be written in the folder.
        """
        with self._writing():
            self._folder.mkdir(parents=True, exist_ok=True)
            for draft in self._folder.glob(f"*{DRAFT}"):
                with suppress(OSError):
                    draft.unlink()
            whole = self._path.is_file() and self._path.read_bytes()[-1:] == b"\n"
            self._file = self._path.open("a", encoding="utf-8", newline="\n")
            if not whole and self._file.tell():
                self._file.write("\n")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            raise unwritable(self._folder.parent, fault) from None

    def add(self, made: Sequence[Made]) -> None:
        """Note what was made; it is on the disk when this returns. Raises DocgenError as `open`."""
        for one in made:
            self.made[one.files[0]] = self.shared(one)
        if self._file is not None:
            with self._writing():
                self._file.write("".join(map(_line, made)))
                self._file.flush()

    def close(self) -> None:
        """Write down what was made, each file once and in order, so that the same run leaves the same bytes."""
        if self._file is not None:
            self._file.close()
            self._file = None
            lines = (_line(self.made[name]).encode() for name in sorted(self.made))
            write(self._path, lines, overwrite=True, drafts=self._folder)

    def stop(self) -> None:
        """Let go of the file where a run is broken off."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _line(made: Made) -> str:
    return _ENCODER.encode({"v": _VERSION, **made._asdict()}) + "\n"


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def digest_of(path: Path) -> str | None:
    """The SHA-256 of a file, None when there is none."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None
