"""What a stranger's file may hold although Word can read it: programs, other files, and calls to the outside world."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, WordPlace, error
from docgen.package import Package
from docgen.word.archive.ooxml import parse, r, w
from docgen.word.archive.opc import content_types, root_of

if TYPE_CHECKING:
    from lxml import etree

DANGEROUS_FIELDS = frozenset(
    "DDE DDEAUTO INCLUDE INCLUDETEXT INCLUDEPICTURE LINK IMPORT RD DATABASE MACROBUTTON PRINT "
    "CONTROL OCX HTMLCONTROL".split()
)
"""Fields that start programs, or fetch what lies outside the file, when Word updates them."""

_RELATIONSHIP = "{*}Relationship"
_EMBEDDED = ("oleObject", "control", "package", "activeXControlBinary")
_OPEN_XML = (".xlsx", ".docx", ".pptx")  # Office opens these without running anything
_SAFE_TARGET = re.compile(r"(?:https?://|mailto:)[^\s\\]|#|\{[{%#]|%7B(?:%7B|%25)|$", re.IGNORECASE)
# Word notes the template that a document was made from, nearly always a path on its author's own disk
_OWN_TEMPLATE = re.compile(r"(?:file:/{0,4})?[a-z]:[\\/](?![\\/])|(?:Macintosh HD:)|Normal\.dot[mx]?$", re.IGNORECASE)
_CALL = re.compile(r"[a-z][a-z0-9+.-]*:|\\\\|//", re.IGNORECASE)
_KEYWORD = re.compile(r'[\s"]*([^\s"\\]+)')
_TAG = re.compile(r"\{[{%#]")
_ANY_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_NESTED = "\ufffc"
_PAGE_FIELDS = (w("fldChar"), w("instrText"), w("delInstrText"), w("fldSimple"), w("t"))
_VML = "{urn:schemas-microsoft-com:vml}*"
_SHOWN = 60  # characters of an address or a field code that a message quotes


class Field(NamedTuple):
    """A field: its code with the tags in it, and the element it begins with. `made` says that there are tags."""

    code: str
    element: etree._Element
    made: bool


class MadeField(NamedTuple):
    """A field of a template whose code is made of tags: what the code may become, and where it stands."""

    pattern: re.Pattern[str]
    place: WordPlace


def threats(package: Package) -> list[Diagnostic]:
    """Everything in a file that a document must not bring along: DG416-DG419, DG423, DG424.

    ActiveX, embedded files (an Open XML file behind a chart is none), inserted documents (altChunk), whatever is read
    from outside the file, links to anything but web and mail addresses, and fields of DANGEROUS_FIELDS.
    Raises DocgenError for a part with a DOCTYPE.
    """
    return [*_parts(package), *_relationships(package), *_texts(package)]


def _parts(package: Package) -> Iterator[Diagnostic]:
    """Controls, and embedded files that no relationship leads to."""
    kinds = content_types(package)
    for name in package.members:
        lower = name.casefold()
        kind = kinds.get(lower, "").casefold()
        if lower.startswith("word/activex/") or "activex" in kind:
            yield error("DG416", FilePlace(package.file_of(name)), navn=name)
        elif ("/embeddings/" in lower or "oleobject" in kind) and not _is_open_xml(package, name):
            yield error("DG417", FilePlace(package.file_of(name)), navn=name)


def _is_open_xml(package: Package, name: str) -> bool:
    return name.casefold().endswith(_OPEN_XML) and package.data(name).startswith(b"PK")


def _relationships(package: Package) -> Iterator[Diagnostic]:
    for name in package.members:
        if not unquote(name).casefold().endswith(".rels"):
            continue
        root = _root(package, name)
        for one in () if root is None else root.iter(_RELATIONSHIP):
            kind = one.get("Type", "").rsplit("/", 1)[-1]
            target = one.get("Target", "").strip()
            place = WordPlace(package.file_of(name), name)
            if kind == "aFChunk":
                yield error("DG419", place, navn=target[:_SHOWN])
            elif one.get("TargetMode", "").casefold() == "external" or _CALL.match(target):
                yield from _outside(place, kind, target)
            elif kind in _EMBEDDED and not target.casefold().endswith(_OPEN_XML):
                yield error("DG417", place, navn=target[:_SHOWN])


def _outside(place: WordPlace, kind: str, target: str) -> Iterator[Diagnostic]:
    if (
        kind == "attachedTemplate"
        and place.part.endswith("/settings.xml.rels")
        and _OWN_TEMPLATE.match(unquote(target))
    ):
        return
    if kind != "hyperlink":
        yield error("DG418", place, slags=kind, adresse=target[:_SHOWN])
    elif not _SAFE_TARGET.match(target):
        yield error("DG424", place, adresse=target[:_SHOWN])


def _texts(package: Package) -> Iterator[Diagnostic]:
    """Fields, and the pictures and links of the old drawings, which name their files themselves."""
    for name, root in _roots(package):
        places = _Places(root, package.file_of(name), name)
        yield from field_faults(root, places)
        for shape in root.iter(_VML):
            for key, value in shape.attrib.items():
                attribute = str(key).rpartition("}")[2]
                if key == r("href"):
                    continue  # the id of a relationship
                if attribute == "src" and _CALL.match(str(value).strip()):
                    yield error("DG418", places.of(shape), slags="image", adresse=str(value)[:_SHOWN])
                elif attribute == "href" and not _SAFE_TARGET.match(str(value).strip()):
                    yield error("DG424", places.of(shape), adresse=str(value)[:_SHOWN])


def _roots(
    package: Package, marks: tuple[bytes, ...] = (b"instr", b"nstrText", b":vml")
) -> Iterator[tuple[str, etree._Element]]:
    """The parts that may have one of `marks` in them, parsed: those in another alphabet too."""
    for name, member in package.members.items():
        if name.casefold().endswith(".xml"):
            data = member.data()
            if any(mark in data for mark in marks) or b"\0" in data[:64]:
                root = _root(package, name)
                if root is not None:
                    yield name, root


def _root(package: Package, name: str) -> etree._Element | None:
    """The parsed part; None for what nobody can read, which stands where nobody looks (soundness.mended)."""
    try:
        return root_of(package, name)
    except DocgenError as fault:
        if fault.diagnostics[0].code == "DG414":
            return None
        raise


class _Places:
    """The places of a part's paragraphs, counted when the first is asked for."""

    def __init__(self, root: etree._Element, file: str, part: str) -> None:
        self._arguments = root, file, part

    def of(self, element: etree._Element) -> WordPlace:
        from docgen.word.tagging.places import Places

        return Places(*self._arguments).of(element)


def fields(root: etree._Element) -> Iterator[Field]:
    """The fields of a part, those inside others too; what was deleted counts, since it can be brought back.

    A code ends with its field and not where its result begins, because a tag may take that mark away.
    """
    opened: list[tuple[etree._Element, list[str], list[bool]]] = []
    deleted: list[str] = []
    for element in root.iter(*_PAGE_FIELDS):
        match element.tag.rpartition("}")[2]:
            case "fldSimple":
                code = element.get(w("instr"), "")
                yield Field(code, element, bool(_TAG.search(code)))
            case "fldChar":
                kind = element.get(w("fldCharType"))
                if kind == "begin":
                    if opened and opened[-1][2][1]:
                        opened[-1][1].append(_NESTED)
                    opened.append((element, [], [False, True]))
                elif kind == "separate" and opened:
                    opened[-1][2][1] = False
                elif kind == "end" and opened:
                    yield _field(*opened.pop())
            case "delInstrText":
                deleted.append(element.text or "")
            case name if opened:
                text = element.text or ""
                opened[-1][2][0] |= "{" in text and (name == "instrText" or opened[-1][2][1])
                if name == "instrText":
                    opened[-1][1].append(text)
    for left in opened:
        yield _field(*left)
    if deleted:
        yield Field("".join(deleted), root, made=False)


def _field(element: etree._Element, code: list[str], states: list[bool]) -> Field:
    return Field("".join(code), element, states[0])


def field_faults(root: etree._Element, places: _Places) -> Iterator[Diagnostic]:
    """The fields of a part that are not allowed, as far as they are not made by tags."""
    for field in fields(root):
        joined, apart = (_ANY_TAG.sub(sign, field.code) for sign in ("", " "))
        fault = _fault(field.code, field, places) or _fault(joined, field, places) or _fault(apart, field, places)
        if fault is not None:
            yield fault


def _fault(code: str, field: Field, places: _Places) -> Diagnostic | None:
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", code) if unicodedata.category(sign) != "Cf")
    found = _KEYWORD.match(plain)
    keyword = found[1].upper() if found else ""
    shown = " ".join(code.replace(_NESTED, "{…}").split())[:_SHOWN]
    if keyword in DANGEROUS_FIELDS or (_NESTED in keyword and not keyword.startswith("=")):
        place = places.of(field.element)._replace(quote=shown)
        return error("DG423", place, felt=keyword.replace(_NESTED, "{…}"))
    if keyword == "HYPERLINK" and found is not None and code is field.code:
        address = _address(plain[found.end() :])
        if not _SAFE_TARGET.match(address):
            return error("DG424", places.of(field.element)._replace(quote=shown), adresse=address[:_SHOWN])
    return None


def _address(arguments: str) -> str:
    """The address of a HYPERLINK field: what stands first, in quotes or not; empty when there are only switches."""
    text = re.sub(r'^(?:\s*\\[lmnost]\s*(?:"[^"]*"|[^\s"\\]+)?)*\s*', "", arguments)
    quoted = re.match(r'"([^"]*)"?', text)
    return (quoted[1] if quoted else text.split(maxsplit=1)[0] if text else "").strip()


def made_fields(package: Package) -> dict[str, list[MadeField]]:
    """The fields whose code a render makes, by part: `check_made` reads them again when they are made."""
    found: dict[str, list[MadeField]] = {}
    for name, root in _roots(package, (b"instr", b"nstrText")):
        places = _Places(root, package.file_of(name), name)
        for field in fields(root):
            if field.made:
                pieces = map(re.escape, _ANY_TAG.split(field.code))
                pattern = re.compile(".*".join(pieces), re.DOTALL)
                found.setdefault(name, []).append(MadeField(pattern, places.of(field.element)))
    return found


def check_made(xml: str, known: Iterable[MadeField]) -> list[Diagnostic]:
    """The fields of a rendered part that are not allowed, each at the place in the template it was made from."""
    known = list(known)
    root = parse(xml.encode())
    places = _Places(root, known[0].place.file, known[0].place.part)
    found = []
    for fault in field_faults(root, places):
        place = fault.place
        assert isinstance(place, WordPlace)
        made = next((one.place for one in known if one.pattern.match(place.quote)), known[0].place)
        found.append(replace(fault, place=made._replace(quote=place.quote)))
    return found
