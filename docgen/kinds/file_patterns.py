"""Patterns of file names beside the input, such as `bidrag/*.docx`: the files that fit, in the order of their names."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from docgen.danish.grammar import alphabetic
from docgen.kinds.file_fields import relative_path

_ANYTHING, _ONE = "*", "?"
_OWN_OF_OTHERS = ("~$", ".")  # what Word and LibreOffice put beside a file that is open


def is_pattern(text: str) -> bool:
    """Whether a path stands for all files of which the names fit."""
    return _ANYTHING in text or _ONE in text


def relative_pattern(text: str) -> str | None:
    """A pattern from the folder of an input, with forward slashes; None for the paths that `relative_path` refuses."""
    plain = relative_path(text.replace(_ANYTHING, "x").replace(_ONE, "x"))
    return None if plain is None else os.path.normpath(text.strip().replace("\\", "/")).replace("\\", "/")


def fitting_files(folder: Path, pattern: str) -> list[str]:
    """The files that a pattern stands for, as paths from `folder`: `*` is any text in a file's name, `?` one sign.

    They are in the order of their names, with numbers by size (`punkt 2` before `punkt 10`). Large and small letters
    are the same. Files that a program keeps beside an open one are left out.
    """
    above, _, name = pattern.rpartition("/")
    signs = {_ANYTHING: ".*", _ONE: "."}
    fits = re.compile("".join(signs.get(one) or re.escape(one) for one in _plain(name)), re.DOTALL)
    try:
        found = [one.name for one in (folder / above).iterdir() if fits.fullmatch(_plain(one.name)) and one.is_file()]
    except (OSError, ValueError):
        return []
    names = sorted((one for one in found if not one.startswith(_OWN_OF_OTHERS)), key=_order)
    return [f"{above}/{one}" if above else one for one in names]


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _order(name: str) -> tuple[list[tuple[int, str]], str]:
    """What names are sorted by: pieces of text and of digits in turn, the digits as a number."""
    pieces = re.split(r"(\d+)", _plain(name))
    return [(int(one), "") if place % 2 else (0, alphabetic(one)) for place, one in enumerate(pieces)], name
