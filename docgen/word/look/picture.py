"""A picture file as Word can show it: PNG or JPEG, told by its bytes, with its size in pixels."""

from __future__ import annotations

import struct
from typing import NamedTuple

MAX_BYTES = 2_000_000
"""The largest picture that is put into every document, in bytes."""
MAX_PIXELS = 8_000
"""The widest and the highest picture, in pixels."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_PNG_END = b"IEND\xaeB`\x82"
# JPEG markers that begin a frame and so tell its size (ISO/IEC 10918-1, table B.1)
_FRAMES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))


class Picture(NamedTuple):
    """The bytes of a picture, its kind (`png` or `jpeg`), and its size in pixels."""

    data: bytes
    kind: str
    width: int
    height: int


def read_picture(data: bytes) -> Picture | None:
    """The picture in `data`; None for other files, and for a picture that is cut short, empty or without a size."""
    if data.startswith(_PNG):
        kind, size = "png", _png_size(data)
    elif data.startswith(_JPEG):
        kind, size = "jpeg", _jpeg_size(data)
    else:
        return None
    if size is None or not all(0 < side <= MAX_PIXELS for side in size):
        return None
    return Picture(data, kind, *size)


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 33 or data[12:16] != b"IHDR" or not data.rstrip(b"\0").endswith(_PNG_END):
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    position = 2
    if b"\xff\xd9" not in data[-64:]:
        return None
    while position + 9 < len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        if marker == 0xFF:  # a fill byte
            position += 1
        elif marker in _ALONE:
            position += 2
        else:
            position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return None
