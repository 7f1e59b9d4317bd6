"""The size of a finished leaf, and what people call it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from bindery.paper.measures import (
    POINTS_PER_INCH,
    POINTS_PER_MILLIMETRE,
    Points,
    decimal,
    in_inches,
    inches,
    millimetres,
)

SAME = inches("0.01")
"""Trims that differ less are one: printers round A5 to hundredths of an inch."""

SIZE = re.compile(
    r"(?P<width>\d+(?:\.\d+)?)\s*[x×*]\s*(?P<height>\d+(?:\.\d+)?)\s*(?P<unit>in|inch|inches|mm)?"
)


@dataclass(frozen=True, slots=True, order=True)
class Trim:
    """A leaf after it was trimmed, in points."""

    width: Points
    height: Points

    @property
    def name(self) -> str:
        """The name that can be written in `book.toml`, such as 5.5x8.5 or A5."""
        known = (name.upper() for name, trim in METRIC.items() if self.is_near(trim))
        width, height = (decimal(side / POINTS_PER_INCH, 3) for side in (self.width, self.height))
        return next(known, f"{width}x{height}")

    def is_near(self, other: Trim) -> bool:
        """Whether both are the same trim but for rounding."""
        sides = ((self.width, other.width), (self.height, other.height))
        return all(abs(one - another) < SAME for one, another in sides)

    def __str__(self) -> str:
        width, height = (
            decimal(side / POINTS_PER_MILLIMETRE, 1) for side in (self.width, self.height)
        )
        narrow = in_inches(self.width).removesuffix(" in")
        return f"{narrow} × {in_inches(self.height)} ({width} × {height} mm)"


METRIC = {
    "a4": Trim(millimetres(210), millimetres(297)),
    "a5": Trim(millimetres(148), millimetres(210)),
    "a6": Trim(millimetres(105), millimetres(148)),
    "b5": Trim(millimetres(176), millimetres(250)),
    "b6": Trim(millimetres(125), millimetres(176)),
}
"""Trims of ISO 216, by name."""


def trim_called(name: str) -> Trim:
    """The trim of a name such as 6x9, 5.5 × 8.5 in, 129x198 mm or A5.

    Without a unit a side above 20 is in millimetres, for nobody binds a book that large in
    inches.  ValueError, with what can be written, for anything else.
    """
    plain = name.strip().lower()
    if plain in METRIC:
        return METRIC[plain]
    found = SIZE.fullmatch(plain)
    if not found or not float(found["width"]) or not float(found["height"]):
        raise ValueError(f"“{name}” is no trim; write it as 6x9 (inches), 129x198 mm or A5")
    sides = [Fraction(found["width"]), Fraction(found["height"])]
    metric = found["unit"] == "mm" or (found["unit"] is None and max(sides) > 20)
    width, height = (millimetres(side) if metric else inches(side) for side in sides)
    return Trim(width, height)
