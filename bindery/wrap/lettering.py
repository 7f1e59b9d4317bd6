"""How much room text takes, and the size at which it fits on spine and back.

Widths are the sums of advances of the house's own letters, without kerning, which mostly makes
text a little narrower; so what fits here fits on the sheet.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fontTools.ttLib import TTFont

UNKNOWN = 0.6
"""Ems that a letter of another font is taken to be wide."""

SMALLEST_SPINE, LARGEST_SPINE = 6.0, 20.0
"""Points; smaller letters on a spine are not read from a shelf, nor printed well."""
PART_OF_SPINE = 0.5
"""The size of type, at most, as a part of the spine's width."""
REACH, FURTHEST = 1.1, 2.0
"""Ems across the spine that ascenders and descenders take, with a little air; and those of
letters that are not in the house's face, such as Arabic ones with all their marks."""
AUTHORS = 0.85
"""Size of the authors' names as a part of the title's."""
SPACED = 0.08
"""Ems between their letters."""
BETWEEN = 2.0
"""Ems between title and names, at least."""

LETTERS_ACROSS, MOST_ACROSS = 54, 58
"""Letters that a line of the description should and may have; 45 to 60 are read with ease."""
SMALLEST_TEXT, LARGEST_TEXT, STEP = 9.0, 14.0, 0.25
LEADING = 1.38
PARAGRAPH = 0.6
"""Lines between two paragraphs."""
SAFETY = 1.02
"""Lines are taken to be so much longer than they seem."""


@dataclass(frozen=True)
class Face:
    """The letters of a font, as far as their widths go."""

    program: bytes

    @cached_property
    def _advances(self) -> Mapping[int, float]:
        font = TTFont(io.BytesIO(self.program), lazy=True)
        units, widths = font["head"].unitsPerEm, font["hmtx"]
        return {sign: widths[name][0] / units for sign, name in font.getBestCmap().items()}

    def width(self, text: str) -> float:
        """Width of a text in ems."""
        return sum(self._advances.get(ord(sign), UNKNOWN) for sign in text)

    def reach(self, text: str) -> float:
        """Height of a line of the text in ems, from the lowest letter to the highest."""
        known = all(ord(sign) in self._advances for sign in text)
        return REACH if known else FURTHEST


@dataclass(frozen=True, slots=True)
class SpineLine:
    """What stands on the spine, in points."""

    size: float
    authors: str
    """Empty when only the title fits."""
    authors_size: float


@dataclass(frozen=True, slots=True)
class Blurb:
    """The description as it stands on the back."""

    paragraphs: tuple[str, ...]
    width: float
    """Of its lines; less than that of the column where they would be too long to be read."""
    size: float
    leading: float
    between: float
    left_out: int
    """Paragraphs that have no room."""


def fit_spine(
    face: Face, title: str, authors: str, room: tuple[float, float], spine: float
) -> SpineLine | None:
    """Title and names in one line along the spine; None when not even the title fits.

    `room` is how long and how wide the area for text is, and `spine` the width of the spine.
    """
    length, width = room
    for names in dict.fromkeys((authors, "")):
        most = min(LARGEST_SPINE, spine * PART_OF_SPINE, width / face.reach(title + names))
        ems = face.width(title) * SAFETY
        if names:
            ems += BETWEEN + AUTHORS * (face.width(names) + SPACED * len(names)) * SAFETY
        size = int(min(most, length / ems) * 4) / 4
        least = SMALLEST_SPINE / AUTHORS if names else SMALLEST_SPINE
        if size >= least:
            return SpineLine(size, names, size * AUTHORS)
    return None


def fit_blurb(face: Face, paragraphs: Sequence[str], width: float, height: float) -> Blurb:
    """The description in a column of so many points, as large as is read with ease.

    Paragraphs at the end for which there is no room at the smallest size are left out.
    """
    text = " ".join(paragraphs)
    letter = face.width(text) / max(len(text), 1) or UNKNOWN
    width = min(width, MOST_ACROSS * letter * LARGEST_TEXT)
    size = min(LARGEST_TEXT, int(width / (LETTERS_ACROSS * letter) / STEP) * STEP)
    size = max(size, SMALLEST_TEXT)
    kept = tuple(paragraphs)
    while kept and _height(face, kept, width, size) > height:
        if size > SMALLEST_TEXT:
            size -= STEP
        else:
            kept = kept[:-1]
    leading = size * LEADING
    return Blurb(kept, width, size, leading, leading * PARAGRAPH, len(paragraphs) - len(kept))


def _height(face: Face, paragraphs: Sequence[str], width: float, size: float) -> float:
    lines = sum(sum(1 for _ in _lines(face, text, width / size)) for text in paragraphs)
    return (lines + PARAGRAPH * (len(paragraphs) - 1)) * size * LEADING


def _lines(face: Face, text: str, ems: float) -> Iterator[str]:
    """The lines of a paragraph, broken at spaces as soon as they are full."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and face.width(longer) * SAFETY > ems:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line
