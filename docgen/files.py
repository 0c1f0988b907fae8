"""Writing results: safe names, never over an existing file unasked, whole or not at all."""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from pathlib import Path
from threading import get_ident

from docgen.diagnostics import DocgenError, FilePlace, error

DRAFT = ".udkast"
"""The suffix of what is being written in a folder for drafts."""
_MAX_NAME = 120
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+')
_RESERVED = re.compile(r"(?i)^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)")


def safe_name(text: str, *, fallback: str = "dokument") -> str:
    """`text` as a file name without suffix that Windows, macOS and Linux accept.

    Characters that a file system refuses become a hyphen, device names of Windows (CON, NUL …) get an underscore,
    and the name is cut at a word after 120 characters. Æ, ø, å and spaces stay. An empty name becomes `fallback`.
    """
    name = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", text).replace("\u00a0", " "))
    name = " ".join(name.split()).strip(" .-").lstrip("~$ .-")
    if len(name) > _MAX_NAME:
        name = name[:_MAX_NAME].rsplit(" ", 1)[0].strip(" .-")
    return _RESERVED.sub(lambda match: f"_{match.group()}", name) or fallback


def check_target(path: Path, *, overwrite: bool) -> None:
    """Raise DocgenError where a result cannot go: DG501 it exists, DG502 it is open in Word, DG503 it is a folder."""
    place = FilePlace(path.as_posix())
    if is_folder(path):
        raise DocgenError([error("DG503", place, fil=path.name)], exit_code=2)
    if not path.exists():
        return
    if not overwrite:
        raise DocgenError([error("DG501", place, fil=path.as_posix())], exit_code=2)
    if any(owner.exists() for owner in _owner_files(path)):
        raise DocgenError([error("DG502", place, fil=path.name)], exit_code=2)


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder that exists. Raises DocgenError DG504 for a name that the system cannot hold."""
    try:
        return path.is_dir()
    except OSError as fault:
        place = FilePlace(path.as_posix())
        reason = fault.strerror or str(fault)
        raise DocgenError([error("DG504", place, fil=path.name, grund=reason)], exit_code=2) from None


def write(path: Path, data: bytes, *, overwrite: bool = False, drafts: Path | None = None) -> None:
    """Write `data` to `path` in one step: a fault leaves what was there before, and no half-written file.

    What is being written lies in the folder `drafts` until it is whole, by default beside `path`; the folder must be on
    the same disk.

    Raises DocgenError: DG501-DG503 as `check_target`, DG502 when the file is locked by another program, DG504 when the
    folder cannot be written or the disk is full.
    """
    check_target(path, overwrite=overwrite)
    name = f".docgen-{os.getpid()}-{get_ident()}"
    draft = drafts / f"{name}{DRAFT}" if drafts else path.with_name(f"{name}{path.suffix}")
    try:
        for folder in {path.parent, draft.parent}:
            folder.mkdir(parents=True, exist_ok=True)
        with draft.open("xb") as file:
            file.write(data)
        draft.replace(path)
    except OSError as fault:
        locked = isinstance(fault, PermissionError) and path.exists() and os.access(path.parent, os.W_OK)
        code = "DG502" if locked else "DG504"
        reason = (fault.strerror or str(fault)).rstrip(".")
        raise DocgenError([error(code, FilePlace(path.as_posix()), fil=path.name, grund=reason)], exit_code=2) from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _owner_files(path: Path) -> tuple[Path, ...]:
    """The files that Word and LibreOffice lay beside a document while it is open."""
    return (
        path.with_name(f"~${path.name}"),
        path.with_name(f"~${path.name[2:]}"),
        path.with_name(f".~lock.{path.name}#"),
    )
