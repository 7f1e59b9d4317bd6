"""How far a glyph may stand out of the measure, told from its own outline.

An edge of text looks straight when the white at the ends of its lines is even.  A stem is all
black at its edge; a full stop is nearly all white.  So the white at a glyph's edge is
measured: the outline is crossed at many heights, and at each the way from the edge of its
advance to the first ink counts, up to `DEPTH`.  What is whiter than a stem stands out by
`REACH` times the square of its excess: much for stops, hyphens and quotation marks, little for
A, T or y, nothing for n.  A glyph is looked at from the baseline to the height of an x, or
to its own top where that is higher; nothing stands out by more than `MOST` of its advance.

The idea of margins that are optically even is that of pdfTeX's protrusion (Hàn Thế Thành,
“Micro-typographic extensions to the TeX typesetting system”, 2000), which takes its amounts
from tables made by eye for every font.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import ceil

import uharfbuzz

HEIGHTS = 40
"""At so many heights an outline is crossed."""
DEPTH = 0.5
"""Ems; no white counts for more."""
REACH = 0.25
"""Ems by which a glyph stands out that is nothing but white."""
MOST = 0.7
"""Of its advance."""
STEM = "l"
STEPS = 8
"""Straight pieces into which a curve is divided."""

Point = tuple[float, float]


class _Pen:
    """Takes an outline down as closed paths of straight pieces."""

    def __init__(self) -> None:
        self.paths: list[list[Point]] = []

    def moveTo(self, point: Point) -> None:  # noqa: N802
        self.paths.append([point])

    def lineTo(self, point: Point) -> None:  # noqa: N802
        self.paths[-1].append(point)

    def qCurveTo(self, control: Point, end: Point) -> None:  # noqa: N802
        (x0, y0), (x1, y1), (x2, y2) = self.paths[-1][-1], control, end
        for step in range(1, STEPS + 1):
            t = step / STEPS
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
            self.paths[-1].append((a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2))

    def curveTo(self, first: Point, second: Point, end: Point) -> None:  # noqa: N802
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self.paths[-1][-1], first, second, end
        for step in range(1, STEPS + 1):
            t = step / STEPS
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            point = (a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3)
            self.paths[-1].append(point)

    def closePath(self) -> None:  # noqa: N802
        self.paths[-1].append(self.paths[-1][0])

    def endPath(self) -> None:  # noqa: N802
        self.closePath()


class Edges:
    """The edges of a font's glyphs; all lengths are ems."""

    def __init__(self, font: uharfbuzz.Font) -> None:
        self._font = font
        self._em: float = font.scale[0]
        self._x_height = self._top(font.get_nominal_glyph(ord("x"))) or self._em / 2
        self._found: dict[int, tuple[float, float]] = {}
        stem = font.get_nominal_glyph(ord(STEM))
        self._stem = self._whites(stem) if stem else (0.0, 0.0)

    def left(self, glyph: int) -> float:
        """How far a glyph may stand out to the left."""
        return self._hangs(glyph)[0]

    def right(self, glyph: int) -> float:
        """How far a glyph may stand out to the right."""
        return self._hangs(glyph)[1]

    def _hangs(self, glyph: int) -> tuple[float, float]:
        if glyph not in self._found:
            advance = self._font.get_glyph_h_advance(glyph) / self._em
            whites = zip(self._whites(glyph), self._stem, strict=True)
            excess = [max(0.0, (white - stem) / (1 - stem)) for white, stem in whites]
            left, right = (min(REACH * each**2, MOST * advance) for each in excess)
            self._found[glyph] = left, right
        return self._found[glyph]

    def _top(self, glyph: int | None) -> float:
        extents = self._font.get_glyph_extents(glyph) if glyph else None
        return float(extents.y_bearing) if extents else 0.0

    def _whites(self, glyph: int) -> tuple[float, float]:
        """The white at both edges: 0 for a wall of ink, 1 for nothing."""
        pen = _Pen()
        self._font.draw_glyph_with_pen(glyph, pen)
        if not pen.paths:
            return 0.0, 0.0
        advance = self._font.get_glyph_h_advance(glyph)
        depth = DEPTH * self._em
        top = max(self._x_height, self._top(glyph))
        lefts, rights = [depth] * HEIGHTS, [advance - depth] * HEIGHTS
        for height, x in _crossings(pen.paths, top / HEIGHTS):
            lefts[height] = min(lefts[height], max(0.0, x))
            rights[height] = max(rights[height], min(advance, x))
        right = sum(advance - x for x in rights)
        return sum(lefts) / HEIGHTS / depth, right / HEIGHTS / depth


def _crossings(paths: list[list[Point]], step: float) -> Iterator[tuple[int, float]]:
    """Where outlines cross heights in the middle of their steps: a height's number, a place."""
    for path in paths:
        for (x0, y0), (x1, y1) in pairwise(path):
            low, high = sorted((y0 / step - 0.5, y1 / step - 0.5))
            for number in range(max(0, ceil(low)), min(HEIGHTS, ceil(high))):
                yield number, x0 + (x1 - x0) * ((number + 0.5) * step - y0) / (y1 - y0)
