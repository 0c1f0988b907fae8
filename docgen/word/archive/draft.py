"""A package that is put together from the parts of others: copied, removed, related to each other."""

from __future__ import annotations

import posixpath

from lxml import etree

from docgen.package import TYPES_PART, Member, Package, pack
from docgen.word.archive import opc
from docgen.word.archive.ooxml import CONTENT_TYPES, RELATIONSHIPS, R, parse, to_bytes

_RELATIONSHIP = f"{{{RELATIONSHIPS}}}Relationship"
_OVERRIDE = f"{{{CONTENT_TYPES}}}Override"
_DEFAULT = f"{{{CONTENT_TYPES}}}Default"


class Draft:
    """A changeable copy of a package. Parts that were asked for with `root` are written anew at the end."""

    def __init__(self, package: Package) -> None:
        self._file = package.file
        self._members: dict[str, Member] = dict(package.members)
        self._origins: dict[str, str] = dict(package.origins)
        self._roots: dict[str, etree._Element] = {}
        self._types = self.root(TYPES_PART)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def root(self, name: str) -> etree._Element:
        """The parsed part `name`, to be changed. Raises KeyError when there is none."""
        if name not in self._roots:
            self._roots[name] = opc.root_of(Package(self._file, self._members), name)
        return self._roots[name]

    def put(self, name: str, root: etree._Element) -> None:
        """Replaces the XML of a part."""
        self._roots[name] = root

    def finish(self) -> Package:
        """The package as it now is."""
        written = {name: pack(name, to_bytes(root)) for name, root in self._roots.items()}
        return Package(self._file, self._members | written, self._origins)

    def related(self, part: str, kind: str) -> str:
        """The name of the first part that `part` has a relationship of `kind` to, or the empty string."""
        names = (self._target(part, one) for one in self._relationships(part) if _kind(one) == kind)
        return next((name for name in names if name in self._members), "")

    def relate(self, part: str, kind: str, target: str) -> str:
        """Gives `part` a relationship of `kind` (last step of its type) to the part `target`; its id."""
        root = self._relationships(part)
        taken = {one.get("Id") for one in root}
        number = next(number for number in range(1, len(taken) + 2) if f"design{number}" not in taken)
        relative = posixpath.relpath(f"/{target}", f"/{posixpath.dirname(part)}")
        etree.SubElement(root, _RELATIONSHIP, Id=f"design{number}", Type=f"{R}/{kind}", Target=relative)
        return f"design{number}"

    def drop(self, part: str, kind: str) -> None:
        """Takes away what `part` relates to by `kind`: the relationships, and the parts they lead to."""
        root = self._relationships(part)
        for one in [one for one in root if _kind(one) == kind]:
            root.remove(one)
            self._remove(self._target(part, one))

    def copy(self, source: Package, name: str) -> str:
        """Copies a part of another package, with all that it relates to; its name here."""
        return self._copy(source, name, {})

    def _copy(self, source: Package, name: str, copied: dict[str, str]) -> str:
        if name in copied:
            return copied[name]
        new = copied[name] = self._free(name)
        old = source.members[name]
        self._members[new] = Member(new, old.method, old.crc, old.size, old.packed)
        self._origins[new] = source.file_of(name)
        kind = opc.named_types(source).get(name.casefold(), "")
        if kind:
            etree.SubElement(self._types, _OVERRIDE, PartName=f"/{new}", ContentType=kind)
        else:
            self._allow(source, posixpath.splitext(name)[1].lstrip("."))
        rels = opc.relationships_part(name)
        if rels in source:
            self._copy_relationships(source, name, new, copied)
        return new

    def _copy_relationships(self, source: Package, name: str, new: str, copied: dict[str, str]) -> None:
        root = opc.root_of(source, opc.relationships_part(name))
        known = {one.id: one.part for one in opc.relationships(source, name)}
        for element in root:
            part = known[element.get("Id", "")]
            if part in source:
                target = self._copy(source, part, copied)
                element.set("Target", posixpath.relpath(f"/{target}", f"/{posixpath.dirname(new)}"))
        self._put_new(opc.relationships_part(new), root)

    def _put_new(self, name: str, root: etree._Element) -> None:
        self._members[name] = pack(name, b"")
        self._roots[name] = root

    def _free(self, name: str) -> str:
        """`name`, or one like it that is not taken."""
        stem, suffix = posixpath.splitext(name)
        names = (name, *(f"{stem.rstrip('0123456789')}{number}{suffix}" for number in range(1, len(self._members) + 2)))
        return next(one for one in names if one not in self._members)

    def _allow(self, source: Package, extension: str) -> None:
        kinds = {one.get("Extension", "").lower(): one.get("ContentType", "") for one in self._types.iter(_DEFAULT)}
        if extension.lower() not in kinds:
            types = opc.root_of(source, TYPES_PART).iter(_DEFAULT)
            kind = next(
                (one.get("ContentType", "") for one in types if one.get("Extension", "").lower() == extension), ""
            )
            self._types.insert(0, self._types.makeelement(_DEFAULT, Extension=extension, ContentType=kind))

    def _remove(self, name: str) -> None:
        for one in (name, opc.relationships_part(name)):
            self._members.pop(one, None)
            self._origins.pop(one, None)
            self._roots.pop(one, None)
        for override in [one for one in self._types.iter(_OVERRIDE) if one.get("PartName") == f"/{name}"]:
            self._types.remove(override)

    def _relationships(self, part: str) -> etree._Element:
        name = opc.relationships_part(part)
        if name not in self._members:
            self._put_new(name, parse(opc.NO_RELATIONSHIPS))
        return self.root(name)

    @staticmethod
    def _target(part: str, relationship: etree._Element) -> str:
        folder = posixpath.dirname(part)
        return posixpath.normpath(posixpath.join("/", folder, relationship.get("Target", ""))).lstrip("/")


def _kind(relationship: etree._Element) -> str:
    return relationship.get("Type", "").rsplit("/", 1)[-1]
