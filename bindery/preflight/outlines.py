"""The lines that a report draws over a page: where it is cut and folded, and what is safe."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bindery.paper import CoverSheet, PageBoxes
from bindery.preflight.facts import Box


class Line(StrEnum):
    """What a line stands for."""

    CUT = "cut"
    SAFE = "safe"
    FOLD = "fold"
    BARCODE = "barcode"


@dataclass(frozen=True, slots=True)
class Outline:
    """A rectangle on a page, in points from its lower left corner."""

    line: Line
    box: Box


def of_page(boxes: PageBoxes) -> tuple[Outline, ...]:
    """Of a page of the interior."""
    cut, safe = boxes.trim.as_floats(), boxes.live.as_floats()
    return Outline(Line.CUT, cut), Outline(Line.SAFE, safe)


def of_cover(sheet: CoverSheet) -> tuple[Outline, ...]:
    """Of a cover."""
    drawn = [
        (Line.CUT, sheet.trim),
        (Line.FOLD, sheet.spine),
        (Line.SAFE, sheet.back_safe),
        (Line.SAFE, sheet.spine_text),
        (Line.SAFE, sheet.front_safe),
        (Line.BARCODE, sheet.barcode),
    ]
    return tuple(Outline(line, box.as_floats()) for line, box in drawn if box is not None)
