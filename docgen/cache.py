"""What was compiled once, kept in a folder of the user's own from one run to the next.

An entry belongs to the exact files it was made from and to the exact code that made it; whatever is wrong with an
entry, it is made again. Entries are pickles, so the folder must be the user's alone: on systems that tell, a folder
that others can write in is not used.
"""

from __future__ import annotations

import os
import pickle
import sys
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar

_PACKAGE = Path(__file__).parent
_MOST_ENTRIES = 100
Made = TypeVar("Made")


class Folded(Generic[Made]):
    """A value that stays a pickle inside a pickle until it is asked for: most runs never need it."""

    __slots__ = ("_folded", "_made")

    def __init__(self, made: Made) -> None:
        self._made: Made | None = made
        self._folded = b""

    @property
    def value(self) -> Made:
        """The value itself, which is not None."""
        if self._made is None:
            self._made = pickle.loads(self._folded)  # noqa: S301 - a part of what _load has read
        return self._made

    def __getstate__(self) -> bytes:
        return self._folded or pickle.dumps(self._made, protocol=pickle.HIGHEST_PROTOCOL)

    def __setstate__(self, folded: bytes) -> None:
        self._made, self._folded = None, folded


def user_folder() -> Path | None:
    """The folder of the user's cache: DOCGEN_CACHE, or the system's place for such; None when DOCGEN_CACHE is empty."""
    chosen = os.environ.get("DOCGEN_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base, "docgen", "cache") if base else None
    base = os.environ.get("XDG_CACHE_HOME")
    return Path(base, "docgen") if base else Path.home() / ".cache" / "docgen"


def fetch(folder: Path | None, subject: str, sources: Iterable[bytes], make: Callable[[], Made]) -> Made:
    """What `make` returns, or the copy of it that an earlier run left in `folder`.

    `subject` says what is made, `sources` are the contents it is made from. What cannot be pickled, read or written is
    made anew; what `make` raises goes through.
    """
    if folder is None:
        return make()
    head = _head(subject, sources)
    path = folder / f"{zlib.crc32(head):08x}.pickle"
    found = _load(path, head)
    if found is None:
        found = make()
        _store(path, head, found)
    made: Made = found
    return made


def _head(subject: str, sources: Iterable[bytes]) -> bytes:
    """All that an entry belongs to; it stands before the entry, and must be the same to the byte."""
    pieces = [sys.version.encode(), _code_fingerprint().encode(), subject.encode(), *sources]
    return b"".join(piece for one in pieces for piece in (len(one).to_bytes(8, "big"), one))


def _code_fingerprint() -> str:
    """Changes when any module of docgen does."""
    stamps: list[str] = []
    folders = [str(_PACKAGE)]
    for folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    told = entry.stat()
                    stamps.append(f"{entry.path} {told.st_size} {told.st_mtime_ns}")
                elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                    folders.append(entry.path)
    return "\n".join(sorted(stamps))


def _load(path: Path, head: bytes) -> Any:
    try:
        data = path.read_bytes() if _is_ours(path.parent) else b""
        # Only this user can have written the file: see the opening of the module.
        return pickle.loads(memoryview(data)[len(head) :]) if data.startswith(head) else None  # noqa: S301
    except (OSError, pickle.PickleError, EOFError, AttributeError, ImportError, TypeError, ValueError, LookupError):
        return None


def _store(path: Path, head: bytes, made: object) -> None:
    with suppress(OSError, pickle.PicklingError, TypeError, AttributeError, RecursionError):
        data = head + pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_ours(path.parent):
            return
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(data)
        draft.replace(path)
        _make_room(path.parent)


def _is_ours(folder: Path) -> bool:
    if sys.platform == "win32":
        return True
    told = folder.stat()
    return told.st_uid == os.getuid() and not told.st_mode & 0o022


def _make_room(folder: Path) -> None:
    entries = sorted(folder.glob("*.pickle"), key=lambda entry: entry.stat().st_mtime, reverse=True)
    for entry in entries[_MOST_ENTRIES:]:
        entry.unlink(missing_ok=True)
