"""A design in an organisation's own colours and fonts, with its logo and its lines of text in the footer."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from docgen.package import TYPES_PART, Package
from docgen.word.archive import opc
from docgen.word.archive.ooxml import CONTENT_TYPES, VAL, R, W, attribute, parse, r, to_bytes, w
from docgen.word.look.colours import shaded
from docgen.word.look.styles import read_styles

if TYPE_CHECKING:
    from lxml import etree

    from docgen.word.look.picture import Picture

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_COLOURED = ("styles+xml", "numbering+xml", "header+xml", "footer+xml")
# What Word calls the slots of a theme in the text, where the names differ.
_SLOTS = {
    "text1": "dk1",
    "dark1": "dk1",
    "background1": "lt1",
    "light1": "lt1",
    "text2": "dk2",
    "dark2": "dk2",
    "background2": "lt2",
    "light2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
_LOGO_ID = 900_001  # numbers of drawings are unique in a document; the design's others are small
_EMU_PER_CM = 360_000
_WIDEST_LOGO = 16.0  # cm, the width of the text


class Logo(NamedTuple):
    """A picture for the header of the first page: its height in cm, its alternative text, and the side it is on."""

    picture: Picture
    height: float
    text: str
    right: bool = False


class Branding(NamedTuple):
    """What an organisation changes in a design: `colours` by slot of the theme (`dk2`) as RRGGBB, and the rest."""

    colours: Mapping[str, str] = {}
    text_font: str = ""
    heading_font: str = ""
    footer: tuple[str, ...] = ()
    logo: Logo | None = None


def brand(design: Package, branding: Branding) -> Package:
    """The design in the organisation's look; what `branding` leaves empty stays as it is."""
    main = opc.main_part(design)
    changed: dict[str, bytes] = {}
    _change_theme(design, main, branding, changed)
    if branding.colours:
        for part in opc.parts_of_type(design, _COLOURED):
            _recolour(_root(design, part, changed), branding.colours, part, changed)
    for part in opc.parts_of_type(design, ("footer+xml",)) if branding.footer else ():
        root = _root(design, part, changed)
        _add_footer(root, branding.footer, _style(design, main, "footer"))
        changed[part] = to_bytes(root)
    if branding.logo:
        _add_logo(design, main, branding.logo, changed)
    return design.changed(changed) if changed else design


def _root(design: Package, part: str, changed: Mapping[str, bytes]) -> etree._Element:
    return parse(changed[part]) if part in changed else opc.root_of(design, part)


def _style(design: Package, main: str, name: str) -> str:
    part = opc.related(design, main, "styles")
    return read_styles(opc.root_of(design, part) if part else None).find(name)


# --- theme ----------------------------------------------------------------------------------------------------------


def _change_theme(design: Package, main: str, branding: Branding, changed: dict[str, bytes]) -> None:
    part = opc.related(design, main, "theme")
    if not part:
        return
    root = opc.root_of(design, part)
    hits = False
    for slot, colour in branding.colours.items():
        for element in root.iter(f"{{{A}}}{slot}"):
            if _colour_of(element) != colour:
                for child in list(element):
                    element.remove(child)
                element.append(element.makeelement(f"{{{A}}}srgbClr", val=colour))
                hits = True
    for name, font in (("minorFont", branding.text_font), ("majorFont", branding.heading_font)):
        for latin in root.iterfind(f".//{{{A}}}{name}/{{{A}}}latin") if font else ():
            if latin.get("typeface") != font:
                latin.attrib.clear()
                latin.set("typeface", font)
                hits = True
    if hits:
        changed[part] = to_bytes(root)


def _colour_of(slot: etree._Element) -> str:
    child = next(iter(slot), None)
    return "" if child is None else child.get("lastClr", child.get("val", "")).upper()


def _recolour(root: etree._Element, colours: Mapping[str, str], part: str, changed: dict[str, bytes]) -> None:
    """Writes out the new colours where the text names a slot of the theme, for programs that read no themes."""
    hits = False
    for element in root.iter():
        for theme, prefix in (("themeColor", "theme"), ("themeFill", "themeFill")):
            slot = element.get(w(theme), "")
            colour = colours.get(_SLOTS.get(slot, slot)) if slot else None
            if colour is not None:
                wanted = shaded(colour, element.get(w(f"{prefix}Tint")), element.get(w(f"{prefix}Shade")))
                plain = w("fill") if theme == "themeFill" else VAL if element.tag == w("color") else w("color")
                hits = hits or element.get(plain) != wanted
                element.set(plain, wanted)
    if hits:
        changed[part] = to_bytes(root)


# --- header and footer ----------------------------------------------------------------------------------------------


def _add_footer(root: etree._Element, lines: tuple[str, ...], style: str) -> None:
    """The organisation's lines below the footer that is there, in one paragraph of the footer's style."""
    last = next((one for one in reversed(root) if one.tag == w("p")), None)
    properties = None if last is None else last.find(w("pPr"))
    paragraph = root.makeelement(w("p"))
    if properties is not None:
        paragraph.append(deepcopy(properties))
    elif style:
        holder = paragraph.makeelement(w("pPr"))
        holder.append(holder.makeelement(w("pStyle"), {VAL: style}))
        paragraph.append(holder)
    run = paragraph.makeelement(w("r"))
    for number, line in enumerate(lines):
        if number:
            run.append(run.makeelement(w("br")))
        text = run.makeelement(w("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        text.text = line
        run.append(text)
    paragraph.append(run)
    root.append(paragraph)


def _add_logo(design: Package, main: str, logo: Logo, changed: dict[str, bytes]) -> None:
    """The logo in a paragraph of its own, first in the header of the first page."""
    header = _first_header(design, main)
    if not header:
        return
    stem = posixpath.join(posixpath.dirname(main), "media", "logo")
    names = (f"{stem}{number or ''}.{logo.picture.kind}" for number in range(len(design.members) + 1))
    name = next(one for one in names if one not in design)
    rels = opc.relationships_part(header)
    known = design.data(rels) if rels in design else None
    target = posixpath.relpath(f"/{name}", f"/{posixpath.dirname(header)}")
    changed[rels], ident = opc.with_relationship(known, "image", target, stem="logo")
    changed[name] = logo.picture.data
    changed[TYPES_PART] = _with_default(design.data(TYPES_PART), logo.picture.kind)
    root = _root(design, header, changed)
    root.insert(0, parse(_logo_xml(logo, ident, _style(design, main, "header")).encode()))
    changed[header] = to_bytes(root)


def _first_header(design: Package, main: str) -> str:
    """The part of the header on the first page, or else of any other page; empty when there is none."""
    known = {one.id: one.part for one in opc.relationships(design, main)}
    found: dict[str, str] = {}
    for section in opc.root_of(design, main).iter(w("sectPr")):
        title = section.find(w("titlePg")) is not None
        for reference in section.iterchildren(w("headerReference")):
            part = known.get(reference.get(r("id"), ""), "")
            kind = reference.get(w("type"), "default")
            if part in design and (title or kind != "first"):
                found.setdefault(kind, part)
    return found.get("first") or found.get("default", "")


def _with_default(types: bytes, kind: str) -> bytes:
    """The content types part with pictures of `kind` in it."""
    root = parse(types)
    tag = f"{{{CONTENT_TYPES}}}Default"
    if all(one.get("Extension", "").lower() != kind for one in root.iter(tag)):
        root.insert(0, root.makeelement(tag, Extension=kind, ContentType=f"image/{kind}"))
    return to_bytes(root)


def _logo_xml(logo: Logo, ident: str, style: str) -> str:
    picture = logo.picture
    height = min(logo.height, _WIDEST_LOGO * picture.height / picture.width)
    high, wide = (round(side * _EMU_PER_CM) for side in (height, height * picture.width / picture.height))
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    side = '<w:jc w:val="right"/>' if logo.right else ""
    size = f'cx="{wide}" cy="{high}"'
    return (
        f'<w:p xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{A}" xmlns:pic="{_PICTURE}" xmlns:wp="{_DRAWING}">'
        f'<w:pPr>{named}<w:spacing w:after="160"/>{side}</w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" '
        f'distL="0" distR="0"><wp:extent {size}/><wp:docPr id="{_LOGO_ID}" name="Logo" descr="{attribute(logo.text)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr><pic:cNvPr id="{_LOGO_ID}" name="Logo"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{ident}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )
