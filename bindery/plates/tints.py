"""Colours as tints of black: what a press that has black ink alone makes of them.

A tint is a grey as PDF has it: 0 is full black, 1 is white paper.
"""

from __future__ import annotations

from collections.abc import Sequence

RED, GREEN, BLUE = 0.2126, 0.7152, 0.0722
"""How much each primary of sRGB weighs in a tint (ITU-R BT.709)."""
BLACK = 0.0
WHITE = 1.0
DIGITS = 6


def of_rgb(red: float, green: float, blue: float) -> float:
    """The tint of a colour in RGB; of a grey, exactly that grey."""
    if red == green == blue:
        return _clipped(red)
    return _clipped(RED * red + GREEN * green + BLUE * blue)


def of_cmyk(cyan: float, magenta: float, yellow: float, black: float) -> float:
    """The tint of four inks; of black ink alone, exactly that ink."""
    return of_rgb(*(_clipped((1 - ink) * (1 - black)) for ink in (cyan, magenta, yellow)))


def of_lab(lightness: float) -> float:
    """The tint that is as light as a colour in CIE L*a*b*, from 0 to 100."""
    cube = (lightness + 16) / 116
    luminance = cube**3 if lightness > 8 else lightness * 27 / 24389
    if luminance <= 0.0031308:
        return _clipped(12.92 * luminance)
    return _clipped(1.055 * luminance ** (1 / 2.4) - 0.055)


def of_components(components: Sequence[float]) -> float | None:
    """The tint of a colour in grey, RGB or CMYK, by how many components it has; else None."""
    if len(components) == 1:
        return _clipped(components[0])
    if len(components) == 3:
        return of_rgb(*components)
    return of_cmyk(*components) if len(components) == 4 else None


def on_white(tint: float, alpha: float) -> float:
    """The tint that a translucent one makes on white paper."""
    return _clipped(1 - alpha * (1 - tint))


def _clipped(value: float) -> float:
    return round(min(max(value, BLACK), WHITE), DIGITS)
