"""The lines of a chapter whose spaces are furthest from natural, and what to show of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bindery.evenness.paragraphs import Layout, Paragraph, Placed
from bindery.evenness.spaces import badness

SHOWN = 10
"""Lines that are shown as the worst ones, of a chapter or of the book."""
ABOVE, BELOW, BESIDE = 1.77, 1.32, 0.7
"""Leadings around the baseline of a line that its picture shows: a line above and one below."""
CAPITALS, TAILS = 0.8, 0.3
"""Ems above and below its baseline that a line is marked."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A part of a page, and the height that is marked in it; points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    marked_bottom: float
    marked_top: float


@dataclass(frozen=True, slots=True)
class Marked:
    """A line that is worth a look."""

    ratio: float
    text: str
    page: int
    """In its chapter, counted from 0."""
    detail: Detail

    @property
    def badness(self) -> float:
        """How far its spaces are from natural."""
        return badness(self.ratio)


def worst_of(text: Sequence[Paragraph], layout: Layout, first: int) -> tuple[Marked, ...]:
    """The worst lines of paragraphs, the worst first; `first` is the chapter's first page."""
    rated = [(p.ratio, p) for each in text for p in each if p.ratio is not None]
    rated.sort(key=lambda each: -badness(each[0]))
    return tuple(
        Marked(ratio, placed.line.text, placed.page.number - first, _detail(placed, layout))
        for ratio, placed in rated[:SHOWN]
    )


def _detail(placed: Placed, layout: Layout) -> Detail:
    """What a picture shows of a line and its neighbours."""
    line, page = placed.line, placed.page
    beside = BESIDE * layout.leading
    return Detail(
        min(line.left, layout.left(page)) - beside,
        line.baseline - BELOW * layout.leading,
        max(line.right, layout.right(page)) + beside,
        line.baseline + ABOVE * layout.leading,
        line.baseline - TAILS * line.size,
        line.baseline + CAPITALS * line.size,
    )
