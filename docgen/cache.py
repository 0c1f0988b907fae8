"""What was compiled once, kept in a folder of the user's own from one run to the next.

An entry belongs to the exact files it was made from and to the exact code that made it; whatever is wrong with an
entry, it is made again. Entries are pickles, so the folder must be the user's alone: on systems that tell, a folder
that others can write in is not used.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

_PACKAGE = Path(__file__).parent
_MOST_ENTRIES = 100
Made = TypeVar("Made")


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
    path = folder / f"{_key(subject, sources)}.pickle"
    found = _load(path)
    if found is None:
        found = make()
        _store(path, found)
    made: Made = found
    return made


def _key(subject: str, sources: Iterable[bytes]) -> str:
    import hashlib

    digest = hashlib.sha256(f"{sys.version}\0{_code_fingerprint()}\0{subject}".encode())
    for source in sources:
        digest.update(len(source).to_bytes(8, "big"))
        digest.update(source)
    return digest.hexdigest()


def _code_fingerprint() -> str:
    """Changes when any module of docgen does."""
    stamps = []
    for folder in (_PACKAGE, *(Path(one.path) for one in os.scandir(_PACKAGE) if one.is_dir())):
        for entry in os.scandir(folder):
            if entry.name.endswith(".py"):
                told = entry.stat()
                stamps.append(f"{entry.name} {told.st_size} {told.st_mtime_ns}")
    return "\n".join(sorted(stamps))


def _load(path: Path) -> Any:
    try:
        # Only this user can have written the file: see the opening of the module.
        return pickle.loads(path.read_bytes()) if _is_ours(path.parent) else None  # noqa: S301
    except (OSError, pickle.PickleError, EOFError, AttributeError, ImportError, TypeError, ValueError, LookupError):
        return None


def _store(path: Path, made: object) -> None:
    with suppress(OSError, pickle.PicklingError, TypeError, AttributeError, RecursionError):
        data = pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL)
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
