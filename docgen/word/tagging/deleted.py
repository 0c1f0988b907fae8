"""Tags in text that tracked changes have deleted or moved away: docgen never fills them in, other engines do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docgen.diagnostics import Diagnostic, warning
from docgen.package import read_package
from docgen.word.archive.ooxml import w
from docgen.word.archive.opc import main_part, parts_of_type, root_of
from docgen.word.tagging.places import Places, quote
from docgen.word.tagging.scanner import scan

_TYPES = ("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml", "comments+xml")


def deleted_tags(path: Path) -> Iterator[Diagnostic]:
    """A warning (DG479) for each tag in deleted text. Raises DocgenError (exit code 2) when the file cannot be read."""
    package = read_package(path)
    for name in (main_part(package), *parts_of_type(package, _TYPES)):
        data = package.data(name)
        if b"delText" not in data and b"moveFrom" not in data:
            continue
        root = root_of(package, name)
        places = Places(root, package.file_of(name), name)
        for paragraph in root.iter(w("p")):
            moved = (one for old in paragraph.iter(w("moveFrom")) for one in old.iter(w("t")))
            text = "".join(one.text or "" for one in (*paragraph.iter(w("delText")), *moved))
            for span in scan(text):
                shown = quote(text, span.start, span.end)
                place = places.of(paragraph)._replace(quote=shown)
                yield warning("DG479", place, kode=text[span.start : span.end][:60])
