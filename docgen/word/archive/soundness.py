"""Whether the parts of a file hang together: all of them XML that can be read, and nothing that is used missing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, error
from docgen.package import TYPES_PART, Package
from docgen.word.archive.ooxml import RELATIONSHIPS, R, to_bytes, w
from docgen.word.archive.opc import WORD_TYPE, named_types, relationships, relationships_part, root_of, with_override
from docgen.word.archive.threats import threats

if TYPE_CHECKING:
    from lxml import etree

    from docgen.word.archive.opc import Relationship

# Word reads these because the relationship is there; no text refers to them.
_READ_ANYWAY = frozenset("styles numbering settings fontTable theme footnotes endnotes comments officeDocument".split())
# The last step of the relationship's type is that of the content type too.
_NAMED_ALIKE = frozenset("styles numbering settings fontTable header footer footnotes endnotes comments".split())
_MADE_FROM = "attachedTemplate"
_RELATIONSHIP = f"{{{RELATIONSHIPS}}}Relationship"


def mended(package: Package) -> tuple[Package, list[Diagnostic]]:
    """The package without relationships that lead nowhere and are not used, and with the content types of its parts.

    The template that the file was made from, a path on its author's disk, is forgotten. The list tells every part
    reachable from the document that is no XML (DG414), every part that is used but missing (DG415), and what must not
    be handed on (threats.threats). The Open XML SDK refuses files with missing parts (Open Packaging Conventions, 9.3).
    """
    names = {unquote(name).casefold() for name in package.members}
    faults: list[Diagnostic] = []
    changed: dict[str, bytes] = {}
    reached: dict[str, str] = {}  # the kinds of the parts, by name
    waiting = [""]
    while waiting:
        part = waiting.pop()
        try:
            root = root_of(package, part) if part else None
            links = relationships(package, part)
        except DocgenError as fault:
            faults += fault.diagnostics
            continue
        astray = {one.id for one in links if _missing(one, names)}
        made_from = {one.id for one in links if one.kind == _MADE_FROM}
        if made_from and root is not None:
            for element in list(root.iter(w(_MADE_FROM))):
                root.remove(element)
            changed[part] = to_bytes(root)
        used = _ids(root) if astray and root is not None else frozenset[str]()
        for one in links:
            if one.id in astray and (one.id in used or one.kind in _READ_ANYWAY):
                faults.append(
                    error("DG415", FilePlace(package.file_of(part)), navn=part or "_rels/.rels", mangler=one.part)
                )
            elif one.part in package and one.part not in reached:
                reached[one.part] = one.kind if one.type.startswith(R) else ""
                waiting += [one.part] * one.part.casefold().endswith(".xml")
        if astray or made_from:
            name = relationships_part(part) if part else "_rels/.rels"
            changed[name] = _without(root_of(package, name), astray | made_from)
    changed |= _types(package, reached)
    faults += threats(package)
    return (package if faults else package.changed(changed)), faults


def _ids(root: etree._Element) -> frozenset[str]:
    """The ids of relationships that the XML of a part refers to."""
    prefix = f"{{{R}}}"
    return frozenset(
        str(value)
        for element in root.iter()
        if element.attrib
        for name, value in element.attrib.items()
        if str(name).startswith(prefix)
    )


def _missing(one: Relationship, names: set[str]) -> bool:
    """Whether a relationship leads to a part that is not there."""
    if not one.part or one.target.startswith("#") or one.kind == "hyperlink":
        return False  # a place in the document itself, or outside the file
    if one.part.rsplit("/", 1)[-1].upper() == "NULL":
        return False  # what Word itself writes for a picture that it has lost
    return unquote(one.part).casefold() not in names


def _without(root: etree._Element, ids: set[str]) -> bytes:
    for element in list(root.iter(_RELATIONSHIP)):
        if element.get("Id", "") in ids:
            root.remove(element)
    return to_bytes(root)


def _types(package: Package, reached: dict[str, str]) -> dict[str, bytes]:
    """The content types part when a part of the text is not named in it, so that its tags are found."""
    known = named_types(package)
    data = package.data(TYPES_PART)
    lacking = [part for part, kind in reached.items() if kind in _NAMED_ALIKE and part.casefold() not in known]
    for part in lacking:
        data = with_override(data, part, f"{WORD_TYPE}{reached[part]}+xml")
    return {TYPES_PART: data} if lacking else {}
