"""A proof: whether pages look on the plate as they did before, but for their colours."""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image, ImageChops

from bindery.plates.tints import BLUE, GREEN, RED

NOTICED = 24
"""How far two greys of 255 may lie apart: the rim of a transparent picture is smoothed in
another way than that of the same picture on white."""
SPECK = 0.0002
"""So small a part of a page may differ more."""


def differing(before: bytes, after: bytes, places: Iterable[int]) -> tuple[int, ...]:
    """Those of some pages of two PDFs, counted from 0, that do not look the same in grey."""
    import pypdfium2  # noqa: PLC0415 - few books need a proof

    first, second = pypdfium2.PdfDocument(before), pypdfium2.PdfDocument(after)
    try:
        return tuple(
            place
            for place in places
            if not _alike(
                first[place].render(scale=1).to_pil().convert("RGB"),
                second[place].render(scale=1).to_pil().convert("RGB"),
            )
        )
    finally:
        first.close()
        second.close()


def _alike(first: Image.Image, second: Image.Image) -> bool:
    weights = (RED, GREEN, BLUE, 0)
    apart = ImageChops.difference(first.convert("L", weights), second.convert("L", weights))
    seen = sum(apart.histogram()[NOTICED + 1 :])
    return seen <= SPECK * apart.width * apart.height
