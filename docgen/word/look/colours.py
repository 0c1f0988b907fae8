"""Colours as Word writes them, RRGGBB: mixed, told apart, and measured for how well text is read."""

from __future__ import annotations

import colorsys

READABLE = 4.5
"""The least contrast between text and what it stands on (WCAG 2.1, 1.4.3)."""


def mixed(colour: str, share: float) -> str:
    """So much of `colour` in white: 0 is white, 1 the colour itself."""
    return "".join(f"{round(255 - (255 - channel) * share):02X}" for channel in _channels(colour))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours: from 1 (the same) to 21 (black and white)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def shaded(colour: str, tint: str | None, shade: str | None) -> str:
    """A colour of the theme with its w:themeTint or w:themeShade: 00-FF, how much of it is left (17.3.2.6)."""
    if not tint and not shade:
        return colour
    red, green, blue = (channel / 255 for channel in _channels(colour))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    if shade:
        light *= int(shade, 16) / 255
    if tint:
        left = int(tint, 16) / 255
        light = light * left + 1 - left
    return "".join(f"{round(channel * 255):02X}" for channel in colorsys.hls_to_rgb(hue, light, full))


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour)
    return red, green, blue


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if (part := channel / 255) <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
