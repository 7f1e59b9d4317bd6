"""Draw the README's picture of a spread: `python -m tests.golden.spread FILE.pdf`."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

LEFT, RIGHT = 16, 17
"""The two pages, counted from 0 with the cover."""
SCALE = 1.55
MARGIN = 20
DESK = 225
"""Grey of what lies around the pages."""


def draw_spread(pdf: Path) -> Image.Image:
    """Two facing pages as a grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        left, right = (
            document[number].render(scale=SCALE).to_pil().convert("L") for number in (LEFT, RIGHT)
        )
    finally:
        document.close()
    size = (left.width + right.width + 1 + 2 * MARGIN, left.height + 2 * MARGIN)
    spread = Image.new("L", size, DESK)
    spread.paste(left, (MARGIN, MARGIN))
    spread.paste(right, (MARGIN + left.width + 1, MARGIN))
    return spread


if __name__ == "__main__":
    picture = draw_spread(Path(sys.argv[1])).quantize(24)
    picture.save(Path(__file__).with_name("spread.png"), optimize=True)
