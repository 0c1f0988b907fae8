"""An input file of any format to its tree, with everything that can be said against the file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, TextPlace, error, has_errors
from docgen.files import reason
from docgen.sources.decoding import decode
from docgen.sources.text import normalised
from docgen.sources.tree import Node

if TYPE_CHECKING:
    from typing import BinaryIO

MAX_BYTES = 20_000_000
"""The largest file that is read, in bytes."""

FORMATS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".toml": "toml"}
"""The formats of inputs by file name suffix."""

_REFUSED = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"), "DG108"),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf", ".pdf"), "DG109"),
}


class Reading(NamedTuple):
    """What a file holds: the root of its tree, and the warnings that came up on the way."""

    root: Node
    warnings: tuple[Diagnostic, ...] = ()


def read(path: Path | str, *, stdin: BinaryIO | None = None) -> Reading:
    """Read the input file `path` in the format that its suffix names.

    `-` reads `stdin`: JSON if its first character other than white space is `{` or `[`, YAML otherwise. The name in
    messages is the path as given, with forward slashes. Raises DocgenError with every fault that was found; its
    exit code is 2 where the file cannot be read at all.
    """
    if str(path) == "-":
        if stdin is None:
            raise ValueError("reading from - needs a stream")
        data = stdin.read(MAX_BYTES + 1)
        _check_size(data, "-")
        return read_text(data, "-", "json" if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else "yaml")
    name = Path(path).as_posix() if isinstance(path, Path) else path.replace(os.sep, "/").rstrip("/")
    found = _existing(Path(path), name)
    suffix = found.suffix.lower()
    if suffix not in FORMATS:
        raise _refusal(_REFUSED.get(suffix, "DG107" if suffix else "DG119"), name, endelse=suffix)
    try:
        with found.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except PermissionError:
        raise _refusal("DG105", name) from None
    except OSError as fault:
        told = reason(fault)
        raise _refusal("DG110", name, årsag=told["grund"], årsag_en=told["grund_en"]) from None
    _check_size(data, name)
    return read_text(data, name, FORMATS[suffix])


def read_text(data: bytes, name: str, format: str) -> Reading:  # noqa: A002 -- the agreed name of the argument
    """Read the bytes of a file called `name` in messages; `format` is `yaml`, `json` or `toml`.

    Raises DocgenError with every fault that was found.
    """
    findings: list[Diagnostic] = []
    text = decode(data, name, findings)
    if not text.content.strip():
        raise DocgenError([*findings, error("DG116", FilePlace(name))])
    if format == "yaml":
        from docgen.sources import yaml_file

        root = yaml_file.parse(text, findings)
    elif format == "json":
        from docgen.sources import json_file

        root = json_file.parse(text, findings)
    elif format == "toml":
        from docgen.sources import toml_file

        root = toml_file.parse(text, findings)
    else:
        raise ValueError(f"unknown format: {format}")
    findings.sort(key=_line)
    if root is None or has_errors(findings):
        raise DocgenError(findings)
    return Reading(root, tuple(findings))


def _existing(path: Path, name: str) -> Path:
    """`path` if there is a file there; otherwise the fault is told, with the name that was perhaps meant."""
    try:
        if path.is_dir():
            raise _refusal("DG104", name)
        if path.exists():
            return path
        if not path.parent.is_dir():
            raise _refusal("DG103", name)
        neighbours = {normalised(found.name): found for found in path.parent.iterdir() if found.is_file()}
    except PermissionError:
        raise _refusal("DG105", name) from None
    except (OSError, ValueError):  # a name that the file system cannot hold
        raise _refusal("DG101", name) from None
    # A file system may keep å as a and a ring (names from a Mac): to its user that is the same name.
    same = neighbours.get(normalised(path.name))
    if same is not None:
        return same
    readable = [other for other, found in neighbours.items() if found.suffix.lower() in FORMATS]
    import difflib  # only for a name that is wrong

    nearest = difflib.get_close_matches(normalised(path.name), readable, n=1)
    if nearest:
        raise _refusal("DG102", name, forslag=name[: len(name) - len(path.name)] + nearest[0])
    raise _refusal("DG101", name)


def _check_size(data: bytes, name: str) -> None:
    if len(data) > MAX_BYTES:
        raise _refusal("DG106", name, grænse=MAX_BYTES // 1_000_000)


def _refusal(code: str, name: str, **values: object) -> DocgenError:
    return DocgenError([error(code, FilePlace(name), path="", **values)], exit_code=2)


def _line(finding: Diagnostic) -> tuple[int, int]:
    place = finding.place
    return (place.line, place.column) if isinstance(place, TextPlace) else (0, 0)
