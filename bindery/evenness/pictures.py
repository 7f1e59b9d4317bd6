"""Small pictures of lines with their neighbours."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2
from PIL import ImageDraw

from bindery.evenness.worst import Detail

SCALE = 1.75
"""Pixels to a point."""
MARK = (163, 32, 29)
"""Colour of the mark beside a line: red, green and blue."""
MARK_WIDTH = 2.5
"""Points."""
GREYS = 16


def draw(data: bytes, details: Sequence[tuple[int, Detail]]) -> list[bytes]:
    """A PNG of each detail of a PDF, from its page (counted from 0)."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [_drawn(document[page], detail) for page, detail in details]
    finally:
        document.close()


def _drawn(page: pypdfium2.PdfPage, detail: Detail) -> bytes:
    width, height = page.get_size()
    left, bottom = max(0.0, detail.left), max(0.0, detail.bottom)
    crop = (left, bottom, max(0.0, width - detail.right), max(0.0, height - detail.top))
    image = page.render(scale=SCALE, crop=crop).to_pil().convert("L").quantize(GREYS)
    top = min(height, detail.top)
    edges = [SCALE * (top - edge) for edge in (detail.marked_top, detail.marked_bottom)]
    ImageDraw.Draw(image).rectangle((0, edges[0], SCALE * MARK_WIDTH, edges[1]), fill=MARK)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
