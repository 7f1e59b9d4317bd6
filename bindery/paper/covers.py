"""A cover as one sheet: back, spine and front, with what must stay clear on each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bindery.paper.measures import Points
from bindery.paper.shapes import Box
from bindery.paper.trims import Trim


@dataclass(frozen=True, slots=True)
class BarcodeSpot:
    """A white rectangle at the foot of the back cover, beside the spine; in points."""

    width: Points
    height: Points
    from_fold: Points
    """Its distance from the fold between spine and back."""
    from_foot: Points
    """Its distance from where the foot is cut."""


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """The geometry of a cover, seen from outside; in points from the lower left corner."""

    media: Box
    """The sheet with its bleed; MediaBox and BleedBox in the PDF."""
    trim: Box
    """The cover as it is cut: back, spine and front."""
    back: Box
    """The back cover, without bleed; left of the spine unless the book reads leftwards."""
    spine: Box
    """Between the two folds; of no width when the spine has none."""
    front: Box
    back_safe: Box
    """What must not be cut off on the back stands in here."""
    front_safe: Box
    spine_text: Box | None
    """Where text may stand on the spine; None when none may, or none would fit."""
    barcode: Box | None
    """The area that belongs to the barcode."""

    @property
    def spine_width(self) -> Points:
        """From fold to fold."""
        return self.spine.width


def cover_sheet(
    trim: Trim,
    spine: Points,
    *,
    bleed: Points,
    safe: Points,
    clearance: Points | None = None,
    barcode: BarcodeSpot | None = None,
    right_to_left: bool = False,
) -> CoverSheet:
    """The cover of a block of that trim and thickness.

    `bleed` is added at each edge, `safe` is kept clear inside of each edge and fold of back
    and front, and at head and foot of the spine, whose text keeps `clearance` from both folds
    (None: there is no text on it).
    """
    width = bleed + trim.width + spine + trim.width + bleed
    media = Box(Fraction(0), Fraction(0), width, bleed + trim.height + bleed)
    cut = media.inset(bleed, bleed, bleed, bleed)
    fold = bleed + trim.width
    back = Box(cut.left, cut.bottom, fold, cut.top)
    ridge = Box(fold, cut.bottom, fold + spine, cut.top)
    front = Box(fold + spine, cut.bottom, cut.right, cut.top)
    text = None if clearance is None else ridge.inset(clearance, safe, clearance, safe)
    spot = None if barcode is None else _barcode(barcode, back)

    def turned(box: Box) -> Box:
        return box.mirrored(width) if right_to_left else box

    return CoverSheet(
        media=media,
        trim=cut,
        back=turned(back),
        spine=turned(ridge),
        front=turned(front),
        back_safe=turned(back.inset(safe, safe, safe, safe)),
        front_safe=turned(front.inset(safe, safe, safe, safe)),
        spine_text=None if text is None or text.is_empty else turned(text),
        barcode=None if spot is None else turned(spot),
    )


def _barcode(spot: BarcodeSpot, back: Box) -> Box:
    right, bottom = back.right - spot.from_fold, back.bottom + spot.from_foot
    return Box(right - spot.width, bottom, right, bottom + spot.height)
