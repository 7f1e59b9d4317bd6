"""Colours of the screen as inks of a press, never more of them than it can take.

1. LittleCMS converts sRGB by the profile of the output intent.
2. Where the four inks together are above the limit, what cyan, magenta and yellow have in common
   is taken out of them, and as much black put in its place (grey component replacement): every
   per cent so replaced saves two.
3. What is still above it loses cyan, magenta and yellow in proportion.

Letters and lines are another matter: a thin stroke in several inks, or in a tint, is a row of
dots with coloured rims.  They are paper where they are light, and black ink alone where not.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageCms, ImageMath

from bindery.plates import tints

FULL = 255
LIGHT = 0.7
"""Letters and lines that are lighter (1 is white) are left unprinted."""

Colour = tuple[float, ...]
"""One to four numbers from 0 to 1, as PDF writes a colour in grey, RGB or CMYK."""


@dataclass(frozen=True)
class Press:
    """A press with four inks, by its ICC profile."""

    profile: bytes = field(repr=False)
    limit: int
    """Most ink in one place, in per cent."""

    def area(self, rgb: Colour) -> Colour:
        """The inks of an area; those of a grey are black ink alone."""
        if rgb[0] == rgb[1] == rgb[2]:
            return black(rgb[0])
        drop = Image.new("RGB", (1, 1), tuple(round(part * FULL) for part in rgb))
        inks = self.picture(drop).tobytes()
        return tuple(round(ink / FULL, 4) for ink in inks)

    def stroke(self, rgb: Colour) -> Colour:
        """The ink of letters and lines: none, or black."""
        tint = tints.of_rgb(*rgb)
        return black(1.0 if tint >= LIGHT else tint)

    def picture(self, picture: Image.Image) -> Image.Image:
        """A picture in RGB as one in CMYK, within the limit in every pixel."""
        mode = ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(io.BytesIO(self.profile)),
            "RGB",
            "CMYK",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        inked = ImageCms.applyTransform(picture, mode)
        if inked is None:
            raise ValueError("the picture was not converted")
        return limited(inked, self.limit)


def black(tint: float) -> Colour:
    """A tint (1 is white) in black ink alone."""
    return (0.0, 0.0, 0.0, round(1 - tint, 4))


def limited(inked: Image.Image, limit: int) -> Image.Image:
    """A picture in CMYK with at most so many per cent of ink in every pixel."""
    most = limit * FULL // 100
    bands = dict(zip("cmyk", inked.split(), strict=True))

    def each(work: Callable[[dict[str, Any]], Any], more: dict[str, Image.Image]) -> Image.Image:
        made: Image.Image = ImageMath.lambda_eval(work, **bands, **more)
        return made

    def common(to: dict[str, Any]) -> Any:
        over = (to["c"] + to["m"] + to["y"] + to["k"] - most + 1) / 2
        grey = to["min"](to["min"](to["c"], to["m"]), to["y"])
        return to["max"](to["min"](to["min"](over, grey), FULL - to["k"]), 0)

    swap = each(common, {})
    room = each(lambda to: most - to["k"] - to["swap"], {"swap": swap})
    rest = each(
        lambda to: to["max"](to["c"] + to["m"] + to["y"] - 3 * to["swap"], 1), {"swap": swap}
    )

    def less(name: str) -> Image.Image:
        more = {"swap": swap, "room": room, "rest": rest}
        kept = each(
            lambda to: (to[name] - to["swap"]) * to["min"](to["room"], to["rest"]) / to["rest"],
            more,
        )
        return kept.convert("L")

    key = each(lambda to: to["k"] + to["swap"], {"swap": swap}).convert("L")
    return Image.merge("CMYK", (less("c"), less("m"), less("y"), key))
