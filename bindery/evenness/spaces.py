"""How even the spaces between words are.

The ratio of a line is the mean width of its gaps in natural spaces of its fonts: 1 is what the
designer of the type drew.  EB Garamond's space is a fifth of an em, and 1.6 times that just under
a third, which compositors by hand took for the ordinary space: beyond it a line looks loose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import fmean, pstdev

from bindery.evenness.paragraphs import Paragraph

LOOSE, TIGHT, GAPING = 1.6, 0.75, 2.0
RIVER = 3
"""Lines whose gaps lie over each other."""
OVER_EACH_OTHER = 0.5
"""Part of the narrower of two gaps that has to lie over the other one."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """What the lines of some paragraphs are like, one by one."""

    ratios: tuple[float, ...]
    """Of justified lines, without the last ones of paragraphs."""
    steps: tuple[float, ...]
    """Differences of a line's ratio from the next one's."""
    rivers: int
    """Gaps that are the third to lie over each other."""


@dataclass(frozen=True, slots=True)
class Spaces:
    """Ratios of justified lines; all 0 where there are none."""

    lines: int
    """Justified lines, without the last ones of paragraphs."""
    mean: float
    sd: float
    """Standard deviation."""
    p95: float
    """What 95 of 100 lines do not exceed."""
    max: float
    min: float
    loose: float
    """Percent of lines over 1.6."""
    tight: float
    """Percent of lines under .75."""
    gaping: int
    """Lines over 2."""
    adjacent: float
    """Mean difference of a line's ratio from the next one's."""
    rivers: float
    """Gaps that are the third to lie over each other, to 100 lines."""


def spacing_of(paragraphs: Sequence[Paragraph]) -> Spacing:
    """The spaces of paragraphs."""
    return Spacing(
        tuple(p.ratio for each in paragraphs for p in each if p.ratio is not None),
        tuple(chain.from_iterable(map(_steps, paragraphs))),
        sum(map(_rivers, paragraphs)),
    )


def spaces_of(found: Sequence[Spacing]) -> Spaces:
    """The figures of spaces, all together."""
    ratios = sorted(ratio for each in found for ratio in each.ratios)
    steps = [step for each in found for step in each.steps]
    if not ratios:
        return Spaces(0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0.0, 0.0)
    lines = len(ratios)
    return Spaces(
        lines=lines,
        mean=fmean(ratios),
        sd=pstdev(ratios),
        p95=ratios[int(0.95 * (lines - 1))],
        max=ratios[-1],
        min=ratios[0],
        loose=100 * sum(ratio > LOOSE for ratio in ratios) / lines,
        tight=100 * sum(ratio < TIGHT for ratio in ratios) / lines,
        gaping=sum(ratio > GAPING for ratio in ratios),
        adjacent=fmean(steps) if steps else 0.0,
        rivers=100 * sum(each.rivers for each in found) / lines,
    )


def badness(ratio: float) -> float:
    """How far a ratio is from natural: 1 at the limit for loose lines, and for tight ones."""
    return (ratio - 1) / (LOOSE - 1) if ratio > 1 else (1 - ratio) / (1 - TIGHT)


def _steps(paragraph: Paragraph) -> Iterator[float]:
    for one, two in pairwise(paragraph):
        if one.ratio is not None and two.ratio is not None:
            yield abs(one.ratio - two.ratio)


def _rivers(paragraph: Paragraph) -> int:
    """How many gaps are the third that lie over each other, on one page."""
    found, page = 0, -1
    chains: list[tuple[int, float, float]] = []
    for placed in paragraph:
        chains = chains if placed.page.number == page else []
        page = placed.page.number
        chains = [
            (1 + max((n for n, a, b in chains if _lie_over(a, b, *gap)), default=0), *gap)
            for gap in placed.line.gaps
        ]
        found += sum(length == RIVER for length, _, _ in chains)
    return found


def _lie_over(a: float, b: float, c: float, d: float) -> bool:
    return min(b, d) - max(a, c) >= OVER_EACH_OTHER * min(b - a, d - c)
