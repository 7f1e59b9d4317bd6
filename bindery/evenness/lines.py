"""Lines of text as values: words, the gaps between them, and where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from bindery.evenness.content import ARTIFACT, Glyph

HYPHENS = "-\u2010\u00ad\ufffe"
"""As fonts and programs write what divides a word at the end of a line."""
GAP = 0.1
"""Ems from the end of one glyph's advance to the next glyph: from here on it parts two words."""
SAME_LINE = 0.6
"""Points by which the baselines of one line may differ."""
LARGER, SMALLER = 1.25, 0.8
"""Times the size of a line: beyond are initials, and notes' numbers, which are raised."""
RAISED = 0.5
"""Ems that a note's number stands above or below the baseline of its line, at most."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; lengths in points, from the lower left corner."""

    left: float
    """Where the first glyph begins."""
    right: float
    """Where the last glyph's advance ends; punctuation that hangs out is beyond the edge."""
    baseline: float
    size: float
    """Of most of its glyphs."""
    words: tuple[str, ...]
    gaps: tuple[tuple[float, float], ...]
    """Between the words: from where to where."""
    natural: float
    """How wide the gaps would be if nothing were stretched: the fonts' own space, on average."""
    block: int = 0
    """Number of its paragraph, where the PDF is tagged; else 0."""
    is_text: bool = True
    """Whether it is running text: no heading, no table, nothing that the PDF tags as such."""

    @property
    def ratio(self) -> float | None:
        """Mean width of its gaps in natural spaces; None of a line without gaps."""
        if not self.gaps or not self.natural:
            return None
        return fmean(right - left for left, right in self.gaps) / self.natural

    @property
    def text(self) -> str:
        """Its words with spaces between them."""
        return " ".join(self.words)

    @property
    def is_divided(self) -> bool:
        """Whether it ends within a word."""
        return self.words[-1][-1:] in HYPHENS


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its lines from head to foot."""

    number: int
    """Counted from 0 in its file."""
    is_verso: bool
    """Whether it is a left-hand page."""
    lines: tuple[Line, ...]


def lines_of(
    glyphs: Iterable[Glyph], blocks: Mapping[int, tuple[int, bool]] | None = None
) -> tuple[Line, ...]:
    """The lines that glyphs make, from head to foot.

    `blocks` has, for every number of marked content, its paragraph and whether it is text.
    """
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.baseline):
        if not rows or rows[-1][-1].baseline - glyph.baseline > SAME_LINE:
            rows.append([])
        rows[-1].append(glyph)
    sizes = [Counter(glyph.size for glyph in row).most_common(1)[0][0] for row in rows]
    hosts = _hosts(rows, sizes)
    raised: dict[int, list[Glyph]] = {}
    for place, host in hosts.items():
        raised.setdefault(host, []).extend(rows[place])
    return tuple(
        _line(row, sizes[place], raised.get(place, []), blocks or {})
        for place, row in enumerate(rows)
        if place not in hosts
    )


def _hosts(rows: Sequence[Sequence[Glyph]], sizes: Sequence[float]) -> dict[int, int]:
    """For each row of small raised or lowered glyphs, the line that they belong to."""
    found = {}
    for one, two in pairwise(range(len(rows))):
        for place, host in ((one, two), (two, one)):
            near = rows[one][0].baseline - rows[two][0].baseline < RAISED * sizes[host]
            small = sizes[place] < SMALLER * sizes[host] and len(rows[place]) < len(rows[host])
            if near and small:
                found[place] = host
    return found


def _line(
    row: Sequence[Glyph],
    size: float,
    raised: Iterable[Glyph],
    blocks: Mapping[int, tuple[int, bool]],
) -> Line:
    own = [glyph for glyph in row if glyph.size <= LARGER * size]
    glyphs = sorted([*own, *raised], key=lambda glyph: glyph.left)
    words, gaps, spaces = [glyphs[0].text], [], []
    reached, space = glyphs[0].right, glyphs[0].space
    for glyph in glyphs[1:]:
        if glyph.left - reached > GAP * size:
            gaps.append((reached, glyph.left))
            spaces.append(space)
            words.append("")
        words[-1] += glyph.text
        if glyph.right > reached:
            reached, space = glyph.right, glyph.space
    natural = fmean(spaces or [space])
    mark = Counter(glyph.mark for glyph in own).most_common(1)[0][0]
    block, is_text = blocks.get(mark, (0, mark != ARTIFACT))
    left, baseline = glyphs[0].left, own[0].baseline
    return Line(left, reached, baseline, size, tuple(words), tuple(gaps), natural, block, is_text)
