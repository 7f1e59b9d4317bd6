"""Where on each page there is ink: measured on the page as it looks, not as it is described."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from PIL import Image

from bindery.paper import Box

DOTS = 2
"""Pixels in a point: a box is right to half a point, and never too small."""
PAPER = 250
"""The darkest grey that still counts as bare paper."""


def ink_boxes(pdf: bytes) -> tuple[Box | None, ...]:
    """For every page the smallest box that holds all that is seen; None for a blank one.

    Points from the lower left corner of the MediaBox.
    """
    import pypdfium2  # noqa: PLC0415 - who makes no interior need not load it

    document = pypdfium2.PdfDocument(pdf)
    try:
        pictures = (page.render(scale=DOTS, grayscale=True).to_pil() for page in document)
        return tuple(_boxes(pictures))
    finally:
        document.close()


def _boxes(pictures: Iterator[Image.Image]) -> Iterator[Box | None]:
    for picture in pictures:
        ink = picture.convert("L").point(lambda grey: 0 if grey > PAPER else 255)
        found = ink.getbbox()
        if found is None:
            yield None
        else:
            left, top, right, bottom = (Fraction(edge, DOTS) for edge in found)
            height = Fraction(picture.height, DOTS)
            yield Box(left, height - bottom, right, height - top)
