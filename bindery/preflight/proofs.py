"""Pages drawn as they will be printed: where their ink and their letters are, and how they look."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from bindery.preflight.facts import Box
from bindery.preflight.inspecting import UnopenableError

RESOLUTION = 100
"""Dots an inch at which pages are drawn: an edge is found to 0.72 points."""
ACCURACY = 72 / RESOLUTION
"""Points by which a measured edge may be off."""
NEAR = 3 * ACCURACY
"""Ink so near to the edge of a page makes its letters worth a look of their own."""
WHITE = 250
"""From this grey on (of 255) nothing is printed that anybody could see."""
BELOW_WHITE = [255] * WHITE + [0] * (256 - WHITE)
"""Turns what is printed white and the rest black, so that Pillow can find its box."""


FEW_GREYS = [round(grey / 17) * 17 for grey in range(256)]
"""Sixteen greys, so that thumbnails stay small."""


class Look(Enum):
    """What a drawn page is looked at for: the pixels that its thumbnail may take."""

    INTERIOR = (180, 260)
    COVER = (1000, 700)


@dataclass(frozen=True, slots=True)
class Letter:
    """A visible character."""

    sign: str
    box: Box


@dataclass(frozen=True, slots=True)
class Proof:
    """A page as it looks."""

    number: int
    """Counted from 1."""
    width: float
    height: float
    """Points, as it is shown; boxes are counted from its lower left corner."""
    ink: Box | None
    """The box around everything that is not white; None of a blank page."""
    text: str
    """Its words, in the order in which they were painted."""
    letters: tuple[Letter, ...]
    """Of the whole page if letters were asked for or ink reaches its edge; else none."""
    thumbnail: bytes
    """PNG."""


def draw(data: bytes, look: Look = Look.INTERIOR) -> tuple[Proof, ...]:
    """Every page of a PDF; the letters of a cover are all taken down.

    `UnopenableError` when one of them cannot be drawn.
    """
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            pages = range(1, len(document) + 1)
            return tuple(_draw(number, document[number - 1], look) for number in pages)
        finally:
            document.close()
    except pypdfium2.PdfiumError as mistake:
        raise UnopenableError(f"it is damaged: {mistake}") from None


def picture(data: bytes, dots: float) -> Image.Image:
    """The first page of a PDF in grey, at so many dots an inch."""
    document = pypdfium2.PdfDocument(data)
    try:
        drawn: Image.Image = document[0].render(scale=dots / 72, grayscale=True).to_pil()
        return drawn.copy()
    finally:
        document.close()


def _draw(number: int, page: Any, look: Look) -> Proof:
    drawn = page.render(scale=1 / ACCURACY, grayscale=True).to_pil()
    width, height = page.get_size()
    ink = _ink(drawn, height)
    near = ink is not None and any(
        abs(edge - end) < NEAR for edge, end in zip(ink, (0, 0, width, height), strict=True)
    )
    words = page.get_textpage()
    letters = tuple(_letters(page, words)) if look is Look.COVER or near else ()
    shown = drawn if look is Look.INTERIOR else _coloured(page)
    thumbnail = _thumbnail(shown, look)
    return Proof(number, width, height, ink, words.get_text_range(), letters, thumbnail)


def _ink(drawn: Image.Image, height: float) -> Box | None:
    box = drawn.point(BELOW_WHITE).getbbox()
    if box is None:
        return None
    left, upper, right, lower = (number * ACCURACY for number in box)
    return left, height - lower, right, height - upper


def _letters(page: Any, text: Any) -> Iterator[Letter]:
    x, y, _, _ = page.get_cropbox()
    for number in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text, number))
        left, bottom, right, top = text.get_charbox(number)
        if not sign.isspace() and left < right:
            yield Letter(sign, (left - x, bottom - y, right - x, top - y))


def _coloured(page: Any) -> Image.Image:
    drawn: Image.Image = page.render(scale=1 / ACCURACY).to_pil()
    return drawn.convert("RGB")


def _thumbnail(drawn: Image.Image, look: Look) -> bytes:
    small = drawn.copy()
    small.thumbnail(look.value, Image.Resampling.BOX)
    out = io.BytesIO()
    if look is Look.INTERIOR:
        small = small.point(FEW_GREYS)
    small.save(out, "PNG", compress_level=6)
    return out.getvalue()
