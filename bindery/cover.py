"""The front cover as a picture, for the e-book, shops and the download page."""

from __future__ import annotations

import io

WIDTH = 1600
"""Pixels; the ideal width of a cover for KDP and Kobo (reviewed 2026-11)."""
QUALITY = 90


def front_picture(pdf: bytes, width: int = WIDTH) -> bytes:
    """The first page of a PDF as a JPEG, so many pixels wide."""
    import pypdfium2  # noqa: PLC0415 - the paged editions alone need not load it

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        picture = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, subsampling=0)
    return out.getvalue()
