"""Tags that docgen fills in as they are meant, and docxtpl does not: told, so that a template can serve both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from docgen.diagnostics import Diagnostic, Severity, warning
from docgen.package import read_package
from docgen.word.archive.ooxml import serialise, w
from docgen.word.archive.opc import main_part, parts_of_type, root_of
from docgen.word.tagging.balance import matched
from docgen.word.tagging.broken import join_broken_tags
from docgen.word.tagging.places import Places
from docgen.word.tagging.tag import Tag
from docgen.word.tagging.tags import Marked, is_marker, mark_tags
from docgen.word.tagging.vanishing import is_invisible

_TYPES = ("header+xml", "footer+xml", "footnotes+xml")  # what docxtpl fills in
_SHOWN = 60
_UNITS = {"p": w("p"), "tr": w("tr"), "tc": w("tc")}


def unportable(path: Path) -> Iterator[Diagnostic]:
    """What an author should know of tags that work: those over several paragraphs (a warning, DG445), and what
    docxtpl makes something else of (information, DG428 and DG429), each tag once.

    Raises DocgenError (exit code 2) when the file cannot be read.
    """
    package = read_package(path)
    for name in (main_part(package), *parts_of_type(package, _TYPES)):
        if b"{" in package.data(name):
            root = root_of(package, name)
            places = Places(root, package.file_of(name), name)
            for paragraph, tag in join_broken_tags(root):
                yield warning("DG445", places.of(paragraph)._replace(quote=tag[:_SHOWN]), kode=tag[:_SHOWN])
            yield from _in_part(mark_tags(root, places, serialise(root)))


def _in_part(marked: Marked) -> Iterator[Diagnostic]:
    told: set[int] = set()
    for block in matched(marked):
        first, last = block.first, block.stops[-1].tag
        if first.prefix != last.prefix:
            told |= {first.number, last.number}
            values = {"kode": first.written, "slut": last.written}
            yield Diagnostic("DG428", Severity.INFO, last.place, values)
    for node in marked.root.iter(etree.ProcessingInstruction):
        tag = marked.tag_of(node) if is_marker(node) else None
        if tag is not None and tag.number not in told and _is_lost(marked, tag, node):
            yield Diagnostic("DG429", Severity.INFO, tag.place, {"kode": tag.written})


def _is_lost(marked: Marked, tag: Tag, node: etree._Element) -> bool:
    """Whether docxtpl cannot read a tag with a prefix, or puts it in the place of more than the tag itself."""
    if not tag.prefix or tag.opener == "{#":
        return False
    if not set("%}").isdisjoint(tag.source[2:-2]):
        return True
    unit = next(node.iterancestors(_UNITS[tag.prefix]), None) if tag.prefix in _UNITS else None
    if unit is None or not (tag.control or tag.prefix == "p"):
        return False
    beside = (one for one in unit.iter(etree.ProcessingInstruction) if one is not node and is_marker(one))
    if any(other is not None and other.opener != "{#" for other in map(marked.tag_of, beside)):
        return True
    return not all(_is_empty(marked, child, node) for child in unit)


def _is_empty(marked: Marked, element: etree._Element, node: etree._Element) -> bool:
    """Whether a reader sees nothing of an element but the tag at `node`, which may stand in it."""
    if element is node or is_invisible(marked, element):
        return True
    return (
        node in element.iter()
        and all(_is_empty(marked, child, node) for child in element)
        and not ((element.text or "") + "".join(child.tail or "" for child in element)).strip()
    )
