"""A Word file of an organisation's own as a design: its styles serve under the names that templates use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import Diagnostic, DocgenError, Place, error
from docgen.package import TYPES_PART, Package
from docgen.word.archive import opc
from docgen.word.archive.draft import Draft
from docgen.word.archive.ooxml import VAL, w
from docgen.word.look.heading_numbers import number_headings, set_number
from docgen.word.look.numbering import CONTENT_TYPE, EMPTY
from docgen.word.look.styles import Style, StyleSheet, read_styles

if TYPE_CHECKING:
    from lxml import etree

_HIDDEN = frozenset(("TableNormal", "NoList", "DefaultParagraphFont", "Skabelonkode"))
# What a Danish Word calls its built-in styles; the file itself has the English names.
_DANISH = {
    "overskrift": "heading",
    "titel": "title",
    "undertitel": "subtitle",
    "brødtekst": "body text",
    "citat": "quote",
    "billedtekst": "caption",
    "sidehoved": "header",
    "sidefod": "footer",
    "opstilling - punkttegn": "list bullet",
    "opstilling - talliste": "list number",
    "listeafsnit": "list paragraph",
    "indholdsfortegnelse": "toc",
    "stærk": "strong",
    "fremhæv": "emphasis",
    "tabel - gitter": "table grid",
}
# What Word calls each kind of style, in Danish and English.
_KINDS = {
    "paragraph": ("afsnitstypografi", "paragraph style"),
    "character": ("tegntypografi", "character style"),
    "table": ("tabeltypografi", "table style"),
    "numbering": ("listetypografi", "list style"),
}
_LEVEL = re.compile(r"(.*?)( \d)?")


class Served(NamedTuple):
    """A style that templates use (`name`: its id or name), the file's own that shall serve as it, and who says so."""

    name: str
    own: str
    place: Place | None = None


def adopt(theirs: Package, ours: Package, served: Sequence[Served] = ()) -> Package:
    """`theirs` as a design for templates that are written in the styles of `ours`.

    Each style of `served` takes the look of the file's own. The headings are numbered by the schemes of `ours`, since
    references to them are; a file that has such schemes keeps its own.

    Raises DocgenError (DG489, DG490) with every style of `served` that does not exist.
    """
    main, model = opc.main_part(theirs), opc.main_part(ours)
    if not opc.related(theirs, main, "styles"):
        return theirs
    draft = Draft(_with_numbering(theirs, main))
    root = draft.root(draft.related(main, "styles"))
    standard = read_styles(opc.root_of(ours, opc.related(ours, model, "styles")))
    faults: list[Diagnostic] = []
    for one in served:
        faults += _serve(root, one, standard, theirs.file)
    if faults:
        raise DocgenError(faults)
    lists = opc.root_of(ours, opc.related(ours, model, "numbering"))
    number_headings(draft.root(draft.related(main, "numbering")), root, lists)
    return draft.finish()


def _with_numbering(package: Package, main: str) -> Package:
    """The package, with an empty list of lists when it has none."""
    if opc.related(package, main, "numbering"):
        return package
    part, rels = "word/numbering.xml", opc.relationships_part(main)
    known = package.data(rels) if rels in package else None
    return package.changed(
        {
            part: EMPTY,
            rels: opc.with_relationship(known, "numbering", f"/{part}", stem="lists")[0],
            TYPES_PART: opc.with_override(package.data(TYPES_PART), part, CONTENT_TYPE),
        }
    )


def _serve(root: etree._Element, one: Served, standard: StyleSheet, file: str) -> list[Diagnostic]:
    """Lets one of the file's styles serve under a standard name; the fault when one of the two does not exist."""
    known = [style for style in standard.styles.values() if style.id not in _HIDDEN]
    wanted = _named(known, one.name)
    if wanted is None:
        return [error("DG489", one.place, navn=one.name, kendte=", ".join(style.id for style in known))]
    sheet = read_styles(root)
    own = [style for style in sheet.styles.values() if style.kind == wanted.kind]
    chosen = _named(own, one.own)
    if chosen is None:
        names = ", ".join(sorted(style.name for style in own)) or "-"
        told, told_en = _KINDS[wanted.kind]
        return [error("DG490", one.place, navn=one.own, fil=file, kendte=names, slags=told, slags_en=told_en)]
    if chosen.name.lower() != wanted.name.lower():
        _stand_in(root, sheet, chosen, wanted)
    return []


def _named(styles: Sequence[Style], name: str) -> Style | None:
    """The style with that name or id, or with that name in a Danish Word."""
    wanted = " ".join(name.lower().split())
    parts = _LEVEL.fullmatch(wanted)
    english = f"{_DANISH.get(parts[1], parts[1])}{parts[2] or ''}" if parts else wanted
    names = [{style.name.lower(): style for style in styles}, {style.id.lower(): style for style in styles}]
    return names[0].get(wanted) or names[1].get(wanted) or names[0].get(english)


def _stand_in(root: etree._Element, sheet: StyleSheet, chosen: Style, wanted: Style) -> None:
    """A style of the standard's name that says all the chosen one says; an earlier one of that name steps aside."""
    default = False
    for element in root.iterchildren(w("style")):
        name = element.find(w("name"))
        if name is not None and name.get(VAL, "").lower() == wanted.name.lower():
            name.set(VAL, f"{name.get(VAL)} ({element.get(w('styleId'))})")
            element.set(w("customStyle"), "1")
            default = default or element.get(w("default")) is not None
            element.attrib.pop(w("default"), "")
    taken = sheet.styles
    ident = next(one for one in (wanted.id, *(f"{wanted.id}{n}" for n in range(2, len(taken) + 3))) if one not in taken)
    style = root.makeelement(w("style"), {w("type"): wanted.kind, w("styleId"): ident})
    if default:
        style.set(w("default"), "1")
    for tag, value in (("name", wanted.name), ("basedOn", chosen.id)):
        style.append(style.makeelement(w(tag), {VAL: value}))
    style.append(style.makeelement(w("qFormat")))
    root.append(style)
    if wanted.kind == "paragraph":
        number, level = sheet.numbering(chosen.id)
        if number is not None:
            set_number(style, number, level or 0)
        if wanted.outline is not None:
            properties = style.find(w("pPr"))
            properties = style.makeelement(w("pPr")) if properties is None else properties
            properties.append(properties.makeelement(w("outlineLvl"), {VAL: str(wanted.outline)}))
            style.append(properties)
