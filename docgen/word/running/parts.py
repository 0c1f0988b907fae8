"""The parts of a file that have tags in them: found, marked and compiled, with every fault of the file at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from jinja2 import Environment
from lxml import etree

from docgen.diagnostics import Diagnostic, DocgenError, WordPlace, error
from docgen.package import Package
from docgen.word.archive.ooxml import parse, r, serialise, to_bytes
from docgen.word.archive.opc import (
    content_types,
    parts_of_type,
    related,
    relationships,
    relationships_part,
    root_of,
)
from docgen.word.look.numbering import EMPTY, read_numbering_part
from docgen.word.look.styles import HEADING_LEVELS, read_styles
from docgen.word.running.compiling import compile_part
from docgen.word.running.program import Part
from docgen.word.running.session import Holdings
from docgen.word.tagging.broken import join_broken_tags, join_drawn_runs
from docgen.word.tagging.places import Places
from docgen.word.tagging.scanner import scan
from docgen.word.tagging.tag import Tag
from docgen.word.tagging.tags import Marked, mark_tags

if TYPE_CHECKING:
    from docgen.word.tagging.listing import Contents

_TEXT_TYPES = ("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml", "comments+xml")
_PROPERTY_PARTS = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
_PROPERTIES = ("core-properties", "extended-properties", "custom-properties")
_DRAWN = (
    ".drawingml.chart+xml",
    ".drawingml.chartshapes+xml",
    ".drawingml.diagramData+xml",
    ".drawingml.diagramDrawing+xml",
)
_ENCODED = re.compile(r"%7B(?:%7B|%25|%).*?(?:%7D|%25|%)%7D", re.IGNORECASE)
_OWN_LINK = re.compile(rb'Id="docgen(\d+)"')
# numbers of more digits are none that Word gives, and would leave no room for more
_TAKEN_ID = re.compile(
    rb'<(?:w:(?:bookmarkStart|permStart|ins|del|move\w+|\w+Change)|wp:docPr)\b[^>]*?\s(?:w:)?id="(\d{1,9})"'
)
_BOOKMARK = re.compile(rb'<w:bookmarkStart\b[^>]*?\sw:name="([^"]*)"')


def compile_parts(package: Package, main: str, environment: Environment) -> tuple[Package, list[Part], Contents | None]:
    """The programs of every part with tags, and the package without the link targets that became tags.

    The last is what the main part's contents lists ask for, when there are any. A file without tags has no programs:
    its contents lists are its author's. Raises DocgenError with every fault of every part.
    """
    part = related(package, main, "styles")
    styles = root_of(package, part) if part else None
    sheet = read_styles(styles)
    headings = frozenset(filter(None, (sheet.find(f"heading {level}") for level in range(1, HEADING_LEVELS + 1))))
    contents: Contents | None = None
    found: list[Diagnostic] = []
    parts: list[Part] = []
    tagged = False
    for name in filled_parts(package, main):
        package, links = _link_tags(package, name, found)
        data = package.data(name)
        listed = name == main and b"TOC" in data
        if not links and b"{" not in data and not listed:
            continue
        root = root_of(package, name)
        places = Places(root, package.file_of(name), name, headings)
        if listed:
            from docgen.word.tagging.contents import take_contents

            contents = take_contents(root, sheet, styles)
        join_broken_tags(root)
        join_drawn_runs(root)
        marked = mark_tags(root, places, serialise(root))
        _mark_links(marked, links)
        if not marked.tags and not marked.unescaped and not (listed and contents):
            continue
        tagged = tagged or bool(marked.tags) or marked.unescaped
        program, faults = compile_part(marked, environment)
        found += faults
        if program:
            parts.append(Part(name, program))
    if found:
        raise DocgenError(found)
    return (package, parts, contents) if tagged else (package, [], None)


def filled_parts(package: Package, main: str) -> list[str]:
    """The names of the parts whose tags are filled in: text, charts and diagrams, properties."""
    types = content_types(package)
    drawn = [name for name in sorted(package.members) if types.get(name.casefold(), "").endswith(_DRAWN)]
    named = [one.part for one in relationships(package, "") if one.kind in _PROPERTIES]
    properties = [name for name in (*_PROPERTY_PARTS, *named) if name in package]
    return list(dict.fromkeys((main, *parts_of_type(package, _TEXT_TYPES), *drawn, *properties)))


def _link_tags(package: Package, part: str, faults: list[Diagnostic]) -> tuple[Package, dict[str, str]]:
    """The targets with tags among the links of a part, by relationship id; and the package without them.

    Word percent-encodes the braces of a target. Such a link cannot stay a relationship: in a loop it leads
    somewhere else each time. What cannot stand in a target goes to `faults`.
    """
    name = relationships_part(part)
    if name not in package or not (b"%7B" in (data := package.data(name)).upper() or b"{{" in data):
        return package, {}
    root = root_of(package, name)
    links: dict[str, str] = {}
    for element in list(root):
        target = _ENCODED.sub(lambda match: unquote(match.group()), element.get("Target", ""))
        if element.get("TargetMode") == "External" and element.get("Type", "").endswith("/hyperlink"):
            spans = list(scan(target))
            if any(span.opener != "{{" or not span.source for span in spans):
                faults.append(error("DG439", WordPlace(package.file_of(part), part, quote=target), kode=target))
            elif spans:
                links[element.get("Id", "")] = target
                root.remove(element)
    return (package.changed({name: to_bytes(root)}), links) if links else (package, {})


def _mark_links(marked: Marked, links: Mapping[str, str]) -> None:
    """Asks the render for the relationship of each link whose target has tags: in text, on a picture or a shape."""
    for element in marked.root.iter(etree.Element) if links else ():
        target = links.get(element.get(r("id"), ""))
        if target:
            number = len(marked.tags) + 1
            place = marked.places.of(element)
            marked.tags[number] = Tag(number, "{{", _joined(target), target, place, hole="link")
            element.set(r("id"), f"{marked.fence}{number}{marked.fence}")


def _joined(target: str) -> str:
    """One `{{ }}` for a target that may have text around its tags."""
    pieces: list[str] = []
    position = 0
    for span in scan(target):
        pieces += (json.dumps(target[position : span.start]), f"({span.source[2:-2]})")
        position = span.end
    pieces.append(json.dumps(target[position:]))
    kept = [piece for piece in pieces if piece != '""']
    return f"{{{{ {' ~ '.join(kept)} }}}}"


def holdings(package: Package, main: str, parts: Iterable[Part]) -> Holdings:
    """What the file holds that a render must not collide with."""
    links: dict[str, int] = {}
    for part in parts:
        name = relationships_part(part.name)
        numbers = _OWN_LINK.findall(package.data(name)) if name in package else []
        links[part.name] = max(map(int, numbers), default=0) + 1
    numbering = related(package, main, "numbering")
    lists = read_numbering_part(root_of(package, numbering) if numbering else parse(EMPTY))
    texts = [package.data(name) for name in (main, *parts_of_type(package, _TEXT_TYPES))]
    taken = max((int(number) for text in texts for number in _TAKEN_ID.findall(text)), default=0)
    names = frozenset(name.decode() for text in texts for name in _BOOKMARK.findall(text))
    return Holdings(links, lists.lists, lists.next_num, lists.next_abstract, taken + 1, names)
