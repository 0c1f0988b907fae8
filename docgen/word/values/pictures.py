"""Pictures in the text of a document: their lengths, the resolution of a file, and the XML of a picture in a line."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, Protocol, TypeAlias

from docgen.word.archive.ooxml import attribute
from docgen.word.archive.texts import UnwritableError
from docgen.word.look.picture import Picture, read_picture

if TYPE_CHECKING:
    from docgen.word.running.session import Session

MAX_BYTES = 20_000_000
"""The largest picture in the text, in bytes."""
EMU_PER_INCH = 914_400
_UNITS = {"mm": EMU_PER_INCH / 25.4, "cm": EMU_PER_INCH / 2.54, "pt": 12_700.0, "in": float(EMU_PER_INCH)}
_LENGTH = re.compile(r"\s*(\d{1,6}(?:[.,]\d{1,6})?)\s*(mm|cm|pt|in)\s*")
_WIDEST = 55.8 * _UNITS["cm"]  # as wide and as high as Word lets a picture be
_SCREEN = 96.0  # dots an inch, where the file does not say
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_DECORATION = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


class _Measured(Protocol):
    """A length of python-docx, such as `Cm(4)`."""

    @property
    def emu(self) -> int:
        """The length in EMU (914,400 an inch)."""


Length: TypeAlias = str | _Measured


def emu(length: Length | None) -> int | None:
    """A length in EMU. Raises ValueError for text that is none, such as one without a unit."""
    if length is None or not isinstance(length, str):
        return None if length is None else int(length.emu)
    match = _LENGTH.fullmatch(length)
    found = round(float(match[1].replace(",", ".")) * _UNITS[match[2]]) if match else 0
    if not 0 < found <= _WIDEST:
        raise ValueError(f'"{length[:20]}" er ikke et mål som "4 cm", "40 mm" eller "120 pt"')
    return found


def picture_xml(data: bytes, size: tuple[int | None, int | None], alt: str, link: str, session: Session) -> str:
    """The run with a picture in the line. `size` is its width and height in EMU; what is None follows from the file.

    Raises UnwritableError for what is no PNG or JPEG picture, and for a link that leads nowhere.
    """
    picture = read_picture(data) if len(data) <= MAX_BYTES else None
    if picture is None:
        raise UnwritableError("DG496")
    width, height = _size(picture, *size)
    number, relation = session.new_id("drawing", ""), session.add_image(picture.data, picture.kind)
    told = attribute(alt)
    click = ""
    if link:
        click = f'<a:hlinkClick xmlns:a="{_A}" r:id="{session.link_id(link)}"/>'
    inside = click + ("" if alt else _DECORATION)
    about = f'<wp:docPr id="{number}" name="Billede {number}" descr="{told}"'
    about += f'>{inside.replace("<a:extLst>", f"""<a:extLst xmlns:a="{_A}">""")}</wp:docPr>' if inside else "/>"
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>{about}'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="Billede {number}" descr="{told}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def _size(picture: Picture, width: int | None, height: int | None) -> tuple[int, int]:
    across, down = resolution(picture)
    own = picture.width / across * EMU_PER_INCH, picture.height / down * EMU_PER_INCH
    if width is None and height is None:
        scale = min(1.0, _WIDEST / max(own))
        return max(1, round(own[0] * scale)), max(1, round(own[1] * scale))
    if width is None:
        width = round(own[0] / own[1] * (height or 0))
    elif height is None:
        height = round(own[1] / own[0] * width)
    return max(1, min(width, round(_WIDEST))), max(1, min(height or 0, round(_WIDEST)))


def resolution(picture: Picture) -> tuple[float, float]:
    """Dots an inch, across and down; 96 where the file does not say."""
    found = _png_resolution(picture.data) if picture.kind == "png" else _jpeg_resolution(picture.data)
    return found if min(found) >= 1 else (_SCREEN, _SCREEN)


def _png_resolution(data: bytes) -> tuple[float, float]:
    position = 8
    while position + 12 <= len(data):
        length, kind = struct.unpack(">I4s", data[position : position + 8])
        if kind == b"pHYs" and length == 9 and position + 17 <= len(data):
            across, down, unit = struct.unpack(">IIB", data[position + 8 : position + 17])
            return (across * 0.0254, down * 0.0254) if unit == 1 else (0, 0)
        if kind == b"IDAT":
            break
        position += 12 + length
    return 0, 0


def _jpeg_resolution(data: bytes) -> tuple[float, float]:
    at = data.find(b"JFIF\0", 0, 64)
    if at < 0 or at + 12 > len(data):
        return 0, 0
    unit, across, down = struct.unpack(">BHH", data[at + 7 : at + 12])
    return {1: (across, down), 2: (across * 2.54, down * 2.54)}.get(unit, (0, 0))
