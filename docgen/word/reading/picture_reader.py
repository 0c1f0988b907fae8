"""The pictures of a finished document, with what they show in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docgen.word.archive import opc
from docgen.word.archive.ooxml import BLIP, r, w
from docgen.word.look.styles import to_int
from docgen.word.reading.content import Picture
from docgen.word.values.inlines import GONE

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.package import Package

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_KINDS = {b"\x89PNG\r\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}
_EMU_PER_PIXEL = 9525


def read_pictures(package: Package, part: str, paragraph: _Element) -> Iterator[Picture]:
    """The pictures of a paragraph of `part`, but for those in its text boxes and those that a reader does not see."""
    parts = {one.id: one.part for one in opc.relationships(package, part)}
    for blip in paragraph.iter(BLIP):
        around = [one for one in blip.iterancestors() if paragraph in one.iterancestors()]
        if any(one.tag in GONE or one.tag == w("txbxContent") for one in around):
            continue
        frame = next((one for one in around if one.tag in (f"{_WP}inline", f"{_WP}anchor")), None)
        about = None if frame is None else frame.find(f"{_WP}docPr")
        extent = None if frame is None else frame.find(f"{_WP}extent")
        name = parts.get(blip.get(r("embed"), ""), "")
        data = package.data(name) if name in package else b""
        kind = next((kind for start, kind in _KINDS.items() if data.startswith(start)), "")
        alt = "" if about is None else about.get("descr") or about.get("title") or ""
        sides = ("", "") if extent is None else (extent.get("cx"), extent.get("cy"))
        width, height = (round((to_int(side) or 0) / _EMU_PER_PIXEL) for side in sides)
        yield Picture(" ".join(alt.split()), kind, data if kind else b"", width, height)
