"""How the parts of a package hang together: content types and relationships (Open Packaging Conventions)."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import DocgenError, FilePlace, error
from docgen.package import ROOT_RELATIONSHIPS, TYPES_PART, Package
from docgen.word.archive.ooxml import CONTENT_TYPES, RELATIONSHIPS, R, W, parse, to_bytes

if TYPE_CHECKING:
    from lxml import etree

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DOCUMENT_TYPE = f"{WORD_TYPE}document.main+xml"
_TEMPLATE_TYPE = f"{WORD_TYPE}template.main+xml"
_STRICT = "http://purl.oclc.org/ooxml/"
_SAME = {f"{_STRICT}wordprocessingml/main": W, f"{_STRICT}officeDocument/relationships": R}
NO_RELATIONSHIPS = f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode()
_OVERRIDE, _DEFAULT = f"{{{CONTENT_TYPES}}}Override", f"{{{CONTENT_TYPES}}}Default"
_RELATIONSHIP = f"{{{RELATIONSHIPS}}}Relationship"


class Relationship(NamedTuple):
    """One relationship of a part: `target` as written, `part` the part's name it leads to (empty when external)."""

    id: str
    type: str
    target: str
    part: str

    @property
    def kind(self) -> str:
        """The last step of the type: `header`, `styles`, `hyperlink` …"""
        return self.type.rsplit("/", 1)[-1]


def relationships_part(part: str) -> str:
    """The name of the part that holds the relationships of `part`: `word/_rels/document.xml.rels`."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def root_of(package: Package, part: str) -> etree._Element:
    """The parsed XML of a part. Raises KeyError when it does not exist.

    Raises DocgenError when it is no XML (DG414), and when it has a DOCTYPE (DG411).
    """
    from lxml import etree

    data = package.data(part)
    try:
        root = parse(data)
    except etree.XMLSyntaxError as fault:
        found = error("DG414", FilePlace(package.file_of(part)), navn=part, linje=fault.lineno or 0)
        raise DocgenError([found]) from None
    if root.getroottree().docinfo.internalDTD is not None:  # in an alphabet that package.read_package does not look for
        raise DocgenError([error("DG411", FilePlace(package.file_of(part)), navn=part)], exit_code=2)
    return root


def relationships(package: Package, part: str) -> list[Relationship]:
    """The relationships of a part, or of the package itself when `part` is empty."""
    name = relationships_part(part) if part else ROOT_RELATIONSHIPS
    if name not in package:
        return []
    found = []
    for element in root_of(package, name).iter(_RELATIONSHIP):
        target = element.get("Target", "")
        external = element.get("TargetMode") == "External"
        inner = "" if external else posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
        found.append(Relationship(element.get("Id", ""), element.get("Type", ""), target, inner))
    return found


def main_part(package: Package) -> str:
    """The name of the part with the document's text, usually `word/document.xml`.

    Raises DocgenError for other Office files (DG403) and for files saved as Strict Open XML (DG413).
    """
    for relationship in relationships(package, ""):
        if relationship.kind == "officeDocument" and relationship.part in package:
            if relationship.type.startswith(_STRICT):
                raise DocgenError([error("DG413", FilePlace(package.file))], exit_code=2)
            if content_type(package, relationship.part).startswith(WORD_TYPE):
                return relationship.part
    raise DocgenError([error("DG403", FilePlace(package.file))], exit_code=2)


def related(package: Package, part: str, kind: str) -> str:
    """The name of the first part that `part` has a relationship of `kind` to, or the empty string."""
    found = (one.part for one in relationships(package, part) if one.kind == kind and one.part in package)
    return next(found, "")


def content_type(package: Package, part: str) -> str:
    """The content type of a part; empty when the package does not say."""
    return content_types(package).get(part.casefold(), "")


def parts_of_type(package: Package, kinds: tuple[str, ...]) -> list[str]:
    """The names, in order, of the parts whose content type is one of WordprocessingML's `kinds` (`header+xml` …)."""
    types = content_types(package)
    wanted = {WORD_TYPE + kind for kind in kinds}
    return [name for name in sorted(package.members) if types.get(name.casefold()) in wanted]


def content_types(package: Package) -> dict[str, str]:
    """The content types of the parts by name in lower case (`str.casefold`): their own, else that of their ending."""
    root = root_of(package, TYPES_PART)
    endings = {one.get("Extension", "").casefold(): one.get("ContentType", "") for one in root.iter(_DEFAULT)}
    names = [name.casefold() for name in package.members]
    return {name: endings.get(name.rpartition(".")[2], "") for name in names} | named_types(package)


def named_types(package: Package) -> dict[str, str]:
    """The content types of the parts that the package names one by one, by name in lower case."""
    return {
        element.get("PartName", "").lstrip("/").casefold(): element.get("ContentType", "")
        for element in root_of(package, TYPES_PART).iter(_OVERRIDE)
    }


def as_transitional(package: Package) -> Package:
    """A file saved as Strict Open XML with the usual names for text and relationships, so that it can be looked into.

    Other files as they are. What comes out is nothing to hand on: drawings and measures are left.
    """
    if not any(one.type.startswith(_STRICT) for one in relationships(package, "")):
        return package
    changed: dict[str, bytes] = {}
    for name, member in package.members.items():
        if name.casefold().endswith((".xml", ".rels")):
            data = member.data()
            for strict, usual in _SAME.items():
                data = data.replace(strict.encode(), usual.encode())
            changed[name] = data
    return package.changed(changed)


def as_document(package: Package) -> Package:
    """The package with its content type changed from template (.dotx) to document; other packages as they are."""
    data = package.data(TYPES_PART)
    if _TEMPLATE_TYPE.encode() not in data:
        return package
    return package.changed({TYPES_PART: data.replace(_TEMPLATE_TYPE.encode(), DOCUMENT_TYPE.encode())})


def with_override(types: bytes, part: str, kind: str) -> bytes:
    """The content types part with the type `kind` for `part`, whatever it said before."""
    root = parse(types)
    for element in list(root.iter(_OVERRIDE)):
        if element.get("PartName", "").lstrip("/").casefold() == part.casefold():
            root.remove(element)
    root.append(root.makeelement(_OVERRIDE, PartName=f"/{part}", ContentType=kind))
    return to_bytes(root)


def with_relationship(rels: bytes | None, kind: str, target: str, *, stem: str = "docgen") -> tuple[bytes, str]:
    """A relationships part with one more internal relationship, and the new relationship's id: `stem` and a number.

    `kind` is a whole type, or the last step of one of the standard's types (`header`).
    """
    root = parse(rels) if rels else parse(NO_RELATIONSHIPS)
    taken = {element.get("Id") for element in root.iter(_RELATIONSHIP)}
    number = next(number for number in range(1, len(taken) + 2) if f"{stem}{number}" not in taken)
    full = kind if ":" in kind else f"{R}/{kind}"
    root.append(root.makeelement(_RELATIONSHIP, Id=f"{stem}{number}", Type=full, Target=target))
    return to_bytes(root), f"{stem}{number}"
