"""How wide words are: the very font programs, shaped as the engine shapes them.

WeasyPrint shapes every piece of text between two tags by itself, with HarfBuzz, at the size in
pixels and without rounding.  So do these faces; a line of 380 pixels differs by less than a
fiftieth of a pixel.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import uharfbuzz

from bindery.composition.edges import Edges

HYPHENS = "-\u2010"
"""A hyphen of the text, and one that is added."""


class Face:
    """A font program with some features, in a language; widths are kept once they are known."""

    def __init__(self, program: bytes, features: Mapping[str, int], language: str) -> None:
        self._font = uharfbuzz.Font(uharfbuzz.Face(program))
        self._features = dict(features)
        self._language = language
        self._em: float = self._font.scale[0]
        self._widths: dict[str, float] = {}
        self._clusters: dict[str, int] = {}
        self._edges = Edges(self._font)
        self._hangs: dict[str, tuple[float, float]] = {}
        self._known: dict[str, bool] = {}
        glyphs = {self._font.get_nominal_glyph(ord(sign)) for sign in HYPHENS}
        self.shares_hyphen = len(glyphs) < len(HYPHENS)
        """Whether one glyph is both the hyphen of a compound and the one at the end of a line."""

    def width(self, text: str) -> float:
        """The width of a text in ems."""
        found = self._widths.get(text)
        if found is None:
            positions = self._shaped(text).glyph_positions or ()
            found = self._widths[text] = sum(glyph.x_advance for glyph in positions) / self._em
        return found

    def clusters(self, text: str) -> int:
        """How many signs of a text are spaced apart: a letter and its accents are one."""
        found = self._clusters.get(text)
        if found is None:
            shaped = self._shaped(text).glyph_infos
            found = self._clusters[text] = len({glyph.cluster for glyph in shaped})
        return found

    def has(self, text: str) -> bool:
        """Whether the font has every character of a text."""
        return all(self._has(sign) for sign in set(text))

    def hangs(self, sign: str) -> tuple[float, float]:
        """How far a character may stand out to the left and to the right, in ems."""
        found = self._hangs.get(sign)
        if found is None:
            glyphs = [glyph.codepoint for glyph in self._shaped(sign).glyph_infos]
            edges = self._edges
            found = (edges.left(glyphs[0]), edges.right(glyphs[-1])) if glyphs else (0.0, 0.0)
            self._hangs[sign] = found
        return found

    def _has(self, sign: str) -> bool:
        if sign not in self._known:
            # HarfBuzz makes the spaces that a font lacks, and Pango does not look for them.
            is_space = unicodedata.category(sign) == "Zs"
            self._known[sign] = is_space or self._font.get_nominal_glyph(ord(sign)) is not None
        return self._known[sign]

    def _shaped(self, text: str) -> uharfbuzz.Buffer:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        if self._language:
            buffer.language = self._language
        uharfbuzz.shape(self._font, buffer, self._features)
        return buffer


@dataclass(frozen=True, slots=True, eq=False)
class Type:
    """How a piece of text is set: a face, its size, and what may be done to its words."""

    face: Face
    size: float
    """Pixels."""
    letter_spacing: float = 0.0
    """Pixels after every letter."""
    language: str = ""
    """Whose words they are; without one none is hyphenated."""
    limits: tuple[int, int, int] = (5, 2, 2)
    """Letters of the shortest word that is hyphenated, and before and after the hyphen."""

    def width(self, text: str) -> float:
        """The width of a text in pixels."""
        width = self.face.width(text) * self.size
        if self.letter_spacing:
            width += self.letter_spacing * self.face.clusters(text)
        return width

    def hangs(self, sign: str) -> tuple[float, float]:
        """How far a character may stand out to the left and to the right, in pixels."""
        left, right = self.face.hangs(sign)
        return left * self.size, right * self.size
