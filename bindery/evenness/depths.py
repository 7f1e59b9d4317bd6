"""How pages end: on the baseline grid, and facing pages level with each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from bindery.evenness.lines import Page
from bindery.evenness.paragraphs import Layout, commonest

LEVEL = 1.1
"""Leadings by which facing pages may end apart: a line, and what notes are off the grid."""
OFF_GRID = 0.15
"""Points that are seen by nobody, and more than rounding makes."""
LONGEST_FOLIO = 5
"""Characters."""
BELOW_TEXT = 1.5
"""Leadings from the last line of text to a folio at the foot of the page, at least."""


@dataclass(frozen=True, slots=True)
class Footing:
    """Where the lines of a chapter's text stand, and how its pages end."""

    leading: float
    baselines: tuple[tuple[int, float], ...]
    """Of lines as large as the text: the page in the chapter, and points above the lowest line of
    a grid that begins at the foot of the page.
    """
    spreads: tuple[tuple[int, float], ...]
    """Of facing pages: the left one, and the leadings by which they end apart."""


@dataclass(frozen=True, slots=True)
class Depths:
    """The grid and the feet of pages."""

    off_grid: int
    """Lines of text that are not on the baseline grid."""
    spreads: int
    """Facing pages of which neither ends a chapter."""
    uneven_spreads: float
    """Percent of those that end more than a line apart."""
    difference: float
    """Leadings by which they end apart, on average."""


def footing_of(pages: Sequence[Page], layout: Layout) -> Footing:
    """Where the lines of a chapter's pages stand."""
    first = pages[0].number if pages else 0
    baselines = tuple(
        (page.number - first, line.baseline % layout.leading)
        for page in pages
        for line in page.lines
        if layout.is_body(line)
    )
    spreads = ((page.number - first, apart) for page, apart in _differences(pages, layout))
    return Footing(layout.leading, baselines, tuple(spreads))


def depths_of(found: Sequence[Footing]) -> Depths:
    """The figures of depths, all together."""
    apart = [by for each in found for _, by in each.spreads]
    return Depths(
        off_grid=sum(len(pages) for pages in off_grid(found)),
        spreads=len(apart),
        uneven_spreads=100 * sum(by > LEVEL for by in apart) / len(apart) if apart else 0.0,
        difference=fmean(apart) if apart else 0.0,
    )


def off_grid(found: Sequence[Footing]) -> list[list[int]]:
    """For each chapter, the page of every line that is not on the grid on which most lines are."""
    everything = [height for each in found for _, height in each.baselines]
    if not everything:
        return [[] for _ in found]
    grid = commonest(everything)
    return [
        [page for page, height in each.baselines if _is_off(height - grid, each.leading)]
        for each in found
    ]


def _is_off(distance: float, leading: float) -> bool:
    within = distance % leading
    return min(within, leading - within) > OFF_GRID


def _differences(pages: Sequence[Page], layout: Layout) -> Iterator[tuple[Page, float]]:
    """By how many leadings facing pages of a chapter end apart, with the left one of them.

    The last page of the chapter may be short, and is not compared.
    """
    for left, right in pairwise(pages[:-1]):
        if left.is_verso and not right.is_verso and right.number == left.number + 1:
            feet = foot(left, layout), foot(right, layout)
            if feet[0] is not None and feet[1] is not None:
                yield left, abs(feet[0] - feet[1]) / layout.leading


def foot(page: Page, layout: Layout) -> float | None:
    """The baseline of a page's last line, its folio left out; None of an empty page."""
    lines = sorted(page.lines, key=lambda line: line.baseline)
    if len(lines) > 1 and len(lines[0].text) <= LONGEST_FOLIO:
        is_folio = lines[1].baseline - lines[0].baseline > BELOW_TEXT * layout.leading
        lines = lines[1:] if is_folio else lines
    return lines[0].baseline if lines else None
