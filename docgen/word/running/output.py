"""The finished document: the template's package with the rendered parts, links, lists and properties in place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import DocgenError, error
from docgen.package import ROOT_RELATIONSHIPS, TYPES_PART, Package
from docgen.word.archive.ooxml import CONTENT_TYPES, DECLARATION, RELATIONSHIPS, R, attribute
from docgen.word.archive.opc import relationships_part, with_override, with_relationship
from docgen.word.archive.texts import ILLEGAL

if TYPE_CHECKING:
    from docgen.word.running.session import NewChart, NewImage

# the types that Word itself writes for the pictures in a file, by the ends of their names
_KINDS = {"jpg": "jpeg", "tif": "tiff", "svg": "svg+xml", "emf": "x-emf", "wmf": "x-wmf"}
CORE_PART = "docProps/core.xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_NAMESPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


class Properties(NamedTuple):
    """What a file tells about itself. `created` is also the date of the last change; the language is a BCP 47 tag."""

    title: str = ""
    author: str = ""
    subject: str = ""
    language: str = "da-DK"
    created: date | None = None
    keywords: str = ""


class WordDocument:
    """A finished Word file."""

    __slots__ = ("package",)

    def __init__(self, package: Package) -> None:
        self.package = package

    def to_bytes(self) -> bytes:
        """The file: the same bytes for the same template, data and version of docgen and zlib."""
        return self.package.to_bytes()

    def content_hash(self) -> str:
        """SHA-256 of the unpacked parts, in hexadecimal: the same whatever compressed them."""
        return self.package.content_hash()

    def save(self, path: Path | str) -> None:
        """Writes the file in one step, over one that is there.

        Raises DocgenError (DG502-DG504) when that cannot be done, for instance while Word has it open; the earlier file
        is then as it was.
        """
        from docgen.files import write

        write(Path(path), self.to_bytes(), overwrite=True)


def core_xml(properties: Properties) -> bytes:
    """The core properties part; empty properties are left out. Raises DocgenError for a character XML cannot hold."""
    texts = (
        ("dc:title", properties.title),
        ("dc:subject", properties.subject),
        ("dc:creator", properties.author),
        ("cp:keywords", properties.keywords),
        ("dc:language", properties.language),
        ("cp:lastModifiedBy", properties.author),
    )
    inside = [_property(name, text) for name, text in texts if text]
    if properties.created:
        stamp = f"{properties.created.isoformat()}T00:00:00Z"
        for name in ("dcterms:created", "dcterms:modified"):
            inside.append(f'<{name} xsi:type="dcterms:W3CDTF">{stamp}</{name}>')
    return f"{DECLARATION}<cp:coreProperties {_CORE_NAMESPACES}>{''.join(inside)}</cp:coreProperties>".encode()


@lru_cache(maxsize=64)
def _property(name: str, text: str) -> str:
    found = ILLEGAL.search(text)
    if found:
        raise DocgenError([error("DG455", None, kode=name.partition(":")[2], tegn=f"U+{ord(found.group()):04X}")])
    return f"<{name}>{attribute(text)}</{name}>"


def with_core(package: Package, properties: Properties) -> dict[str, bytes]:
    """The parts to change so that the package has these properties."""
    parts = {CORE_PART: core_xml(properties)}
    if CORE_PART not in package:
        rels = package.data(ROOT_RELATIONSHIPS) if ROOT_RELATIONSHIPS in package else None
        parts[ROOT_RELATIONSHIPS], _ = with_relationship(rels, _CORE_KIND, CORE_PART)
        parts[TYPES_PART] = with_override(package.data(TYPES_PART), CORE_PART, _CORE_TYPE)
    return parts


def with_links(package: Package, part: str, links: dict[str, str]) -> dict[str, bytes]:
    """The relationships part of `part` with external links added, by its name; `links` maps address to id."""
    return _with_relationships(
        package,
        part,
        "".join(
            f'<Relationship xmlns="{RELATIONSHIPS}" Id="{number}" Type="{R}/hyperlink" Target="{attribute(url)}" '
            'TargetMode="External"/>'
            for url, number in links.items()
        ),
    )


def with_charts(package: Package, charts: Iterable[NewChart]) -> Package:
    """The package with chart parts added, under names that it does not hold."""
    from docgen.word.values.chart import CONTENT_TYPE

    number = 0
    for chart in charts:
        number = next(free for free in count(number + 1) if f"word/charts/chart{free}.xml" not in package)
        name = f"word/charts/chart{number}.xml"
        link = f'<Relationship xmlns="{RELATIONSHIPS}" Id="{chart.id}" Type="{R}/chart" Target="/{name}"/>'
        types = package.data(TYPES_PART)
        end = types.rindex(b"</")
        override = f'<Override xmlns="{CONTENT_TYPES}" PartName="/{name}" ContentType="{CONTENT_TYPE}"/>'.encode()
        package = package.changed(
            {
                name: chart.xml.encode(),
                TYPES_PART: types[:end] + override + types[end:],
                **_with_relationships(package, chart.part, link),
            }
        )
    return package


def with_images(package: Package, images: Iterable[NewImage]) -> Package:
    """The package with pictures added, under names that it does not hold; the same picture once."""
    names: dict[bytes, str] = {}
    number = 0
    for image in images:
        parts: dict[str, bytes] = {}
        if image.data not in names:
            stem = "word/media/docgen"
            taken = {name.rpartition(".")[0] for name in package.members}
            number = next(free for free in count(number + 1) if f"{stem}{free}" not in taken)
            names[image.data] = f"{stem}{number}.{image.kind}"
            parts = {names[image.data]: image.data, TYPES_PART: _with_default(package.data(TYPES_PART), image.kind)}
        target = names[image.data]
        link = f'<Relationship xmlns="{RELATIONSHIPS}" Id="{image.id}" Type="{R}/image" Target="/{target}"/>'
        package = package.changed(parts | _with_relationships(package, image.part, link))
    return package


def with_styles(package: Package, part: str, styles: Mapping[str, str]) -> dict[str, bytes]:
    """The styles part with more styles, their XML by id; nothing to change for none."""
    data = package.data(part) if styles else b""
    end = data.rfind(b"</")
    return {part: data[:end] + "".join(styles.values()).encode() + data[end:]} if end > 0 else {}


def _with_default(types: bytes, kind: str) -> bytes:
    """The content types with one for files whose names end in `kind`."""
    if re.search(rb'<[\w:]*Default\b[^>]*\sExtension="%b"' % kind.encode(), types, re.IGNORECASE):
        return types
    end = types.rindex(b"</")
    added = f'<Default xmlns="{CONTENT_TYPES}" Extension="{kind}" ContentType="image/{_KINDS.get(kind, kind)}"/>'
    return types[:end] + added.encode() + types[end:]


def _with_relationships(package: Package, part: str, added: str) -> dict[str, bytes]:
    name = relationships_part(part)
    data = package.data(name) if name in package else b""
    end = data.rfind(b"</")
    if end < 0:  # no such part, or one that holds nothing: <Relationships …/>
        return {name: f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{added}</Relationships>'.encode()}
    return {name: data[:end] + added.encode() + data[end:]}
