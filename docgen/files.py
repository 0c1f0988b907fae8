"""Writing results: safe names, never over an existing file unasked, whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import get_ident

from docgen.diagnostics import DocgenError, FilePlace, error

DRAFT = ".udkast"
"""The suffix of what is being written in a folder for drafts."""
_MAX_NAME = 120
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+')
_RESERVED = re.compile(r"(?i)^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)")
_REASONS = {
    errno.EACCES: "du har ikke adgang til at skrive der",
    errno.EPERM: "du har ikke adgang til at skrive der",
    errno.EROFS: "drevet kan kun læses",
    errno.ENOSPC: "der er ikke mere plads på drevet",
    errno.EDQUOT: "der er ikke mere plads på drevet til dine filer",
    errno.EFBIG: "filen er for stor til drevet",
    errno.ENAMETOOLONG: "navnet er for langt",
    errno.ENOENT: "mappen findes ikke",
    errno.ENOTDIR: "en del af stien er en fil og ikke en mappe",
    errno.EEXIST: "der er allerede en fil med det navn",
    errno.EBUSY: "et andet program bruger den",
    errno.EIO: "drevet svarer ikke, som det skal",
}


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
    """Raise DocgenError where a result cannot go: DG501 it exists, DG502 it is open elsewhere, DG503 it is a folder."""
    if is_folder(path):
        raise _refusal("DG503", path)
    if not path.exists():
        return
    if not overwrite:
        raise _refusal("DG501", path, fil=path.as_posix())
    if any(owner.exists() for owner in _owner_files(path)):
        raise _refusal("DG502", path)


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder that exists. Raises DocgenError DG504 for a name that the system cannot hold."""
    try:
        return path.is_dir()
    except OSError as fault:
        raise unwritable(path, fault) from None


def write(path: Path, data: bytes | Iterable[bytes], *, overwrite: bool = False, drafts: Path | None = None) -> None:
    """Write `data`, or pieces, to `path` in one step: a fault leaves what was there before, and no half-written file.

    What is being written lies in the folder `drafts` until it is whole, by default beside `path`; the folder must be on
    the same disk.

    Raises DocgenError: DG501-DG503 as `check_target`, DG502 when the file is locked by another program, DG504 when the
    folder cannot be written or the disk is full.
    """
    check_target(path, overwrite=overwrite)
    name = f".docgen-{os.getpid()}-{get_ident()}"
    draft = drafts / f"{name}{DRAFT}" if drafts else path.with_name(f"{name}{path.suffix}")
    try:
        for folder in (path.parent, draft.parent):
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)
        with draft.open("xb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
        draft.replace(path)
    except OSError as fault:
        if isinstance(fault, PermissionError) and path.exists() and os.access(path.parent, os.W_OK):
            raise _refusal("DG502", path) from None
        raise unwritable(path, fault) from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def unwritable(path: Path, fault: OSError) -> DocgenError:
    """DG504 for a file or a folder that the system refused to write."""
    return _refusal("DG504", path, **reason(fault))


def _refusal(code: str, path: Path, **told: str) -> DocgenError:
    return DocgenError([error(code, FilePlace(path.as_posix()), **{"fil": path.name, **told})], exit_code=2)


def reason(fault: OSError) -> dict[str, str]:
    """The values `grund` and `grund_en` of a message: why the system refused, in its own words where we have none."""
    own = (fault.strerror or str(fault)).rstrip(".")
    return {"grund": _REASONS.get(fault.errno or 0, own), "grund_en": own}


def _owner_files(path: Path) -> tuple[Path, ...]:
    """The files that Word and LibreOffice lay beside a document while it is open."""
    return (
        path.with_name(f"~${path.name}"),
        path.with_name(f"~${path.name[2:]}"),
        path.with_name(f".~lock.{path.name}#"),
    )
