"""The cover as a picture, with the lines where it is cut and folded, and what must stay clear."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image, ImageDraw

from bindery.paper import Box, CoverSheet

RESOLUTION = 100
"""Dots an inch."""
TRIM, FOLD, SAFE, BARCODE = "#e5007d", "#00a0e3", "#ffd500", "#e5007d"
DASH = 6
"""Dots that a dash is long, and the gap behind it."""


def preview(data: bytes, sheet: CoverSheet) -> bytes:
    """A PNG of a cover: cuts red, folds blue, safe areas yellow, the barcode's area red."""
    document = pypdfium2.PdfDocument(data)
    try:
        picture = document[0].render(scale=RESOLUTION / 72).to_pil().convert("RGB")
    finally:
        document.close()
    drawing = _Lines(picture, sheet)
    for safe in (sheet.back_safe, sheet.front_safe, sheet.spine_text):
        if safe is not None:
            drawing.frame(safe, SAFE)
    if sheet.barcode is not None:
        drawing.frame(sheet.barcode, BARCODE)
    for fold in (sheet.spine.left, sheet.spine.right):
        drawing.frame(Box(fold, sheet.media.bottom, fold, sheet.media.top), FOLD)
    drawing.frame(sheet.trim, TRIM)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


class _Lines:
    """Draws dashed frames on a picture of the sheet."""

    def __init__(self, picture: Image.Image, sheet: CoverSheet) -> None:
        self._draw = ImageDraw.Draw(picture)
        self._scale = RESOLUTION / 72
        self._height = float(sheet.media.height)

    def frame(self, box: Box, colour: str) -> None:
        """The four sides of a box."""
        left, bottom, right, top = box.as_floats()
        x = [round(edge * self._scale) for edge in (left, right)]
        y = [round((self._height - edge) * self._scale) for edge in (top, bottom)]
        for at in range(x[0], x[1], 2 * DASH):
            for level in y:
                self._draw.line((at, level, min(at + DASH, x[1]), level), colour)
        for at in range(y[0], y[1], 2 * DASH):
            for place in x:
                self._draw.line((place, at, place, min(at + DASH, y[1])), colour)
