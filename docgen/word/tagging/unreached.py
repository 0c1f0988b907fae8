"""Tags in parts of a file that docgen does not fill in: building blocks, custom XML and the like."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from docgen.diagnostics import Diagnostic, DocgenError, WordPlace, warning
from docgen.package import TYPES_PART, read_package
from docgen.word.archive.ooxml import w
from docgen.word.archive.opc import main_part, root_of
from docgen.word.running.parts import filled_parts
from docgen.word.tagging.places import quote
from docgen.word.tagging.scanner import scan
from docgen.word.tagging.tags import text_of

_SHOWN = 60


def unreached_tags(path: Path) -> Iterator[Diagnostic]:
    """A warning (DG499) for each tag that is not filled in. Raises DocgenError (exit code 2) as read_package."""
    package = read_package(path)
    filled = {TYPES_PART, *filled_parts(package, main_part(package))}
    for name in sorted(package.members):
        if name in filled or not name.casefold().endswith(".xml") or b"{" not in package.data(name):
            continue
        try:
            texts = list(_texts(root_of(package, name)))
        except DocgenError:
            continue  # no XML: nobody reads it
        for text in texts:
            for span in scan(text):
                if span.source:
                    place = WordPlace(package.file_of(name), name, quote=quote(text, span.start, span.end))
                    yield warning("DG499", place, kode=text[span.start : span.end][:_SHOWN])


def _texts(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        if element.tag == w("p"):
            yield text_of(element)
        elif element.tag != w("t") and "{" in (element.text or ""):
            yield element.text or ""
