"""Pictures are known by their bytes, and colours are mixed and measured as WCAG and Word say."""

from __future__ import annotations

import struct

import pytest

from docgen.word.look.colours import contrast, mixed, shaded
from docgen.word.look.picture import MAX_PIXELS, read_picture


def jpeg(*segments: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(segments) + b"\xff\xda\x00\x02" + b"\0" * 20 + b"\xff\xd9"


def segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def frame(width: int, height: int) -> bytes:
    return b"\x08" + struct.pack(">HH", height, width) + b"\x03" + b"\0" * 9


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (jpeg(segment(0xE0, b"JFIF\0" + b"\0" * 9), segment(0xC0, frame(640, 480))), (640, 480)),
        (jpeg(segment(0xE1, b"Exif\0\0"), segment(0xC4, b"\0" * 30), b"\xff", segment(0xC2, frame(10, 20))), (10, 20)),
        (jpeg(segment(0xE0, b"JFIF\0"), segment(0xC0, frame(0, 480))), None),
        (jpeg(segment(0xE0, b"JFIF\0"), segment(0xC0, frame(MAX_PIXELS + 1, 480))), None),
        (jpeg(segment(0xE0, b"JFIF\0")), None),
        (jpeg(segment(0xE0, b"JFIF\0"), segment(0xC0, frame(640, 480)))[:-2], None),
        (b"\xff\xd8\xff", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"<svg/>", None),
        (b"", None),
    ],
)
def test_the_size_of_a_jpeg(data: bytes, size: tuple[int, int] | None) -> None:
    found = read_picture(data)
    assert (found and (found.width, found.height)) == size
    assert found is None or found.kind == "jpeg"


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("FFFFFF", "FFFFFF") == pytest.approx(1)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.005)


def test_a_little_of_a_colour_is_nearly_white() -> None:
    assert mixed("1B3A57", 1) == "1B3A57"
    assert mixed("1B3A57", 0) == "FFFFFF"
    assert mixed("000000", 0.5) == "808080"


@pytest.mark.parametrize(
    ("tint", "shade", "expected"),
    [(None, None, "4F81BD"), (None, "BF", "366091"), ("99", None, "95B3D7"), ("33", None, "DBE5F1")],
)
def test_tints_and_shades_are_those_that_word_writes(tint: str | None, shade: str | None, expected: str) -> None:
    """What Word itself writes beside the theme colour 4F81BD of Office 2007, but for rounding."""
    found = shaded("4F81BD", tint, shade)
    assert all(abs(a - b) <= 2 for a, b in zip(bytes.fromhex(found), bytes.fromhex(expected), strict=True)), found
