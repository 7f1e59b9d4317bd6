"""Which lines make a paragraph, and which of them are justified.

A tagged PDF says what a paragraph is.  In any other it is inferred: one begins where a line is
indented, stands further down, is of another size, or follows a line that ends short.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bindery.evenness.lines import Line, Page

SAME_SIZE = 0.065
"""Part of its size by which text may be larger or smaller and still be text: quotations are."""
SOLID = 1.2
"""Ems of leading where no two lines follow each other."""
SCALED = 0.022
"""Part of its size by which a line may be scaled to fill its measure."""
INDENTED = 4.0
"""Points; what begins further in than the line before begins a paragraph."""
HANGING = 0.65
"""Ems that punctuation may hang out of an edge."""
SHORT = 9.0
"""Points; a line that ends so much before the edge ends its paragraph."""
APART = 1.3
"""Leadings; what stands further down than this begins a paragraph."""
JUST_THERE = 0.75
"""Points by which the ends of lines differ whose last glyph does not hang out."""
FEW = 3
"""Paragraphs that end at an edge which is no chance."""
ENOUGH = 4
"""Lines of a paragraph that show by themselves that it is justified."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the text of a book stands on its pages; lengths in points."""

    size: float
    leading: float
    lefts: tuple[float, float]
    """Left edge of the text on rectos and on versos."""
    rights: tuple[float, float]

    def left(self, page: Page) -> float:
        """The left edge of the text on a page."""
        return self.lefts[page.is_verso]

    def right(self, page: Page) -> float:
        """The right edge of most lines on a page."""
        return self.rights[page.is_verso]

    def is_body(self, line: Line) -> bool:
        """Whether a line is as large as the text, so that it stands on its grid."""
        return line.is_text and abs(line.size / self.size - 1) <= SAME_SIZE


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with what it is only among others."""

    line: Line
    page: Page
    edge: float | None
    """The right edge to which it is justified; None of a last line, and of ragged text."""

    @property
    def ratio(self) -> float | None:
        """That of its gaps, when it is justified."""
        return self.line.ratio if self.edge is not None else None


Paragraph = tuple[Placed, ...]


def layout_of(pages: Sequence[Page]) -> Layout | None:
    """How text stands on pages; None when there is none."""
    text = [(page, line) for page in pages for line in page.lines if line.is_text]
    if not text:
        return None
    size = _densest(Counter(round(line.size, 2) for _, line in text for _ in line.words))
    body = [(page, line) for page, line in text if abs(line.size / size - 1) <= SAME_SIZE]
    pairs = pairwise(body)
    drops = [a.baseline - b.baseline for (page, a), (other, b) in pairs if page is other]
    leading = round(commonest(drops), 3) if drops else SOLID * size
    sides = [[line for page, line in body if page.is_verso is verso] for verso in (False, True)]
    recto, verso = (side or sides[not place] for place, side in enumerate(sides))
    return Layout(
        size,
        leading,
        (commonest(line.left for line in recto), commonest(line.left for line in verso)),
        (commonest(line.right for line in recto), commonest(line.right for line in verso)),
    )


def paragraphs_of(pages: Sequence[Page], layout: Layout) -> tuple[Paragraph, ...]:
    """The paragraphs of pages that follow each other; what is of another size after the text."""
    text = [(page, line) for page in pages for line in page.lines if line.is_text]
    body = [(page, line) for page, line in text if layout.is_body(line)]
    notes = [(page, line) for page, line in text if not layout.is_body(line)]
    together = [*_divided(body, layout, True), *_divided(notes, layout, False)]
    edges = _edges(together, layout)
    return tuple(_placed(paragraph, edges, layout) for paragraph in together)


def is_justified(paragraph: Paragraph) -> bool:
    """Whether a paragraph has justified lines."""
    return any(placed.edge is not None for placed in paragraph)


_Lines = list[tuple[Page, Line]]


def _divided(lines: _Lines, layout: Layout, goes_on: bool) -> Iterator[_Lines]:
    """Lines by paragraphs; whether these go on from page to page."""
    paragraph: _Lines = []
    for page, line in lines:
        if paragraph:
            before, last = paragraph[-1]
            elsewhere = page is not before and not goes_on
            if elsewhere or _begins(before, last, page, line, layout):
                yield paragraph
                paragraph = []
        paragraph.append((page, line))
    if paragraph:
        yield paragraph


def _begins(before: Page, last: Line, page: Page, line: Line, layout: Layout) -> bool:
    """Whether a line begins a paragraph, after the line before it."""
    if last.block and line.block:
        return last.block != line.block
    further_in = line.left - layout.left(page) - last.left + layout.left(before)
    return (
        (page is before and last.baseline - line.baseline > APART * layout.leading)
        or abs(line.size / last.size - 1) > SAME_SIZE
        or further_in > INDENTED
        or last.right < layout.right(before) - SHORT
    )


def _edges(paragraphs: Sequence[_Lines], layout: Layout) -> list[float]:
    """The right edges to which text is justified, from the right edge of most lines.

    They are those of long paragraphs of which no line ends before, and half of them just there.
    Where most long paragraphs are ragged, an edge of one or two of them is chance.
    """
    found: dict[int, list[float]] = {}
    long = 0
    for paragraph in paragraphs:
        ends = [line.right - layout.right(page) for page, line in paragraph[:-1]]
        if len(ends) >= ENOUGH:
            long += 1
            edge = commonest(ends)
            near = HANGING * paragraph[0][1].size
            there = sum(abs(end - edge) < JUST_THERE for end in ends)
            if min(ends) >= edge - near and 2 * there >= len(ends):
                found.setdefault(round(edge), []).append(edge)
    mostly = 2 * sum(map(len, found.values())) >= long
    return [median(alike) for alike in found.values() if mostly or len(alike) >= FEW]


def _placed(paragraph: _Lines, edges: Sequence[float], layout: Layout) -> Paragraph:
    """A paragraph with the edge to which its lines are justified."""
    ends = [line.right - layout.right(page) for page, line in paragraph[:-1]]
    near = HANGING * paragraph[0][1].size
    edge = None
    if ends and edges:
        middle = median(ends)
        nearest = min(edges, key=lambda each: (abs(each - middle), each))
        edge = nearest if abs(nearest - middle) <= near else None
    last = len(paragraph) - 1
    return tuple(
        Placed(
            line,
            page,
            layout.right(page) + edge
            if edge is not None and number < last and ends[number] >= edge - near
            else None,
        )
        for number, (page, line) in enumerate(paragraph)
    )


def _densest(sizes: Counter[float]) -> float:
    """The size of most text, where lines may be scaled a little to fill their measure."""

    def weight(lowest: float) -> int:
        within = range_of(lowest)
        return sum(count for size, count in sizes.items() if within[0] <= size <= within[1])

    lowest = max(sorted(sizes), key=weight)
    low, high = range_of(lowest)
    inside = Counter({size: count for size, count in sizes.items() if low <= size <= high})
    return float(median(inside.elements()))


def range_of(lowest: float) -> tuple[float, float]:
    """From a size to the largest one that may be the same size, scaled."""
    return lowest, lowest * (1 + 2 * SCALED)


def commonest(values: Iterable[float]) -> float:
    """The value near which most are, to a tenth of a point."""
    values = list(values)
    bins = Counter(round(2 * value) for value in values)
    most = max(sorted(bins), key=lambda place: bins[place]) / 2
    return median(value for value in values if abs(value - most) <= 0.5)
