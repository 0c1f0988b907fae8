"""A package while it is marked: its parts put in, changed and taken out, with what refers to them kept in step."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import TYPE_CHECKING

from docgen.package import TYPES_PART, Package
from docgen.word.archive.ooxml import CONTENT_TYPES, RELATIONSHIPS, R, to_bytes
from docgen.word.archive.opc import (
    NO_RELATIONSHIPS,
    related,
    relationships,
    relationships_part,
    root_of,
    with_override,
    with_relationship,
)

if TYPE_CHECKING:
    from lxml import etree

_DIGITS = 10

STRICT = "http://purl.oclc.org/ooxml/"
"""How the namespaces of files in Strict Open XML begin."""


def space(root: etree._Element) -> str:
    """The namespace of `root`: files in Strict Open XML have one of their own."""
    from lxml import etree

    return etree.QName(root).namespace or ""


def qualified(root: etree._Element, name: str) -> str:
    """`name` in the namespace of `root`, the way lxml writes it."""
    return f"{{{space(root)}}}{name}"


def relation_space(root: etree._Element) -> str:
    """The namespace of relationship attributes and types that go with `root`."""
    return f"{STRICT}officeDocument/relationships" if str(root.tag).startswith(f"{{{STRICT}") else R


def append(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    """A new last child of `parent`, in its namespace."""
    made = parent.makeelement(qualified(parent, name), attributes)
    parent.append(made)
    return made


def whole(element: etree._Element, name: str) -> int:
    """A whole number that an attribute holds; 0 when it is not there, or holds something else."""
    text = element.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else 0


def remove(element: etree._Element) -> None:
    """Takes an element out of its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


class Draft:
    """A package while it is marked; `package` is its latest state, `part` its main part."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = related(package, "", "officeDocument")

    def root(self, part: str) -> etree._Element:
        """The parsed XML of a part."""
        return root_of(self.package, part)

    def put(self, part: str, root: etree._Element) -> None:
        """Writes a part's XML back."""
        self.package = self.package.changed({part: to_bytes(root)})

    def add_part(self, owner: str, part: str, data: bytes, kind: str, content_type: str) -> str:
        """Puts in a part that `owner` has a relationship of `kind` to, and gives the relationship's id."""
        kinds = relation_space(self.root(self.part))
        name = relationships_part(owner)
        known = self.package.data(name) if name in self.package else NO_RELATIONSHIPS
        target = posixpath.relpath(part, posixpath.dirname(owner))
        links, relation = with_relationship(known, f"{kinds}/{kind}", target)
        types = with_override(self.package.data(TYPES_PART), part, content_type)
        self.package = self.package.changed({part: data, name: links, TYPES_PART: types})
        return relation

    def drop_parts(self, owner: str, parts: Iterable[str]) -> None:
        """Takes out parts, and what `owner` and the content types say of them."""
        gone = set(parts)
        name = relationships_part(owner)
        links = self.root(name)
        ids = {one.id for one in relationships(self.package, owner) if one.part in gone}
        for element in list(links.iter(f"{{{RELATIONSHIPS}}}Relationship")):
            if element.get("Id") in ids:
                links.remove(element)
        types = self.root(TYPES_PART)
        for element in list(types.iter(f"{{{CONTENT_TYPES}}}Override")):
            if element.get("PartName", "").lstrip("/").casefold() in {part.casefold() for part in gone}:
                types.remove(element)
        kept = {TYPES_PART: to_bytes(types)} | ({name: to_bytes(links)} if len(links) else {})
        self.package = self.package.changed(kept, without=[*gone, *([] if len(links) else [name])])

    def free_part(self, stem: str, suffix: str) -> str:
        """A name that no part has: `stem`, a number, `suffix`."""
        taken = {name.casefold() for name in self.package.members}
        return next(
            name for number in range(1, len(taken) + 2) if (name := f"{stem}{number}{suffix}").casefold() not in taken
        )
