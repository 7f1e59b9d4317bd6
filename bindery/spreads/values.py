"""What is known of a galley before it is divided into pages, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass

SLACK = 0.1
"""Points by which sums of rounded numbers may be wrong."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to set a block."""

    lines: int
    demerits: float = 0.0
    hyphens: frozenset[int] = frozenset()
    """Lines that end in a hyphen, counted from 0."""
    notes: tuple[tuple[int, float], ...] = ()
    """Lines that call footnotes, and the depth of those."""
    above: float = 0.0
    """Space that is added above it; lost at the head of a page."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that may be parted, or one thing that may not, such as a heading or a table."""

    ways: tuple[Way, ...]
    line: float
    """Depth of each line."""
    above: float = 0.0
    """Space above it that is lost at the head of a page, or replaced there."""
    head: float = 0.0
    """Space above it at the head of a page."""
    before: float = 0.0
    """Space above its first line that is never lost."""
    after: float = 0.0
    """Space below its last line that is never lost."""
    orphans: int = 2
    """Lines that stay together before a break."""
    widows: int = 2
    """Lines that stay together after a break."""
    is_whole: bool = False
    """Whether it is never parted."""
    with_next: bool = False
    """Whether no page may end after it."""


@dataclass(frozen=True, slots=True)
class Page:
    """The room that every page of a galley has."""

    depth: float
    line: float
    """The leading: how far apart the lines of the grid are."""
    note_space: float = 0.0
    """What the first footnote takes beside its own depth."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What faults cost, in the demerits of paragraphs."""

    short: float = 120_000
    """Times the square of the lines that a page lacks, up to three."""
    uneven: float = 500_000
    """Times the square of the lines by which facing pages differ, up to three."""
    forced: float = 60_000
    """A page that ends before it must."""
    picture: float = 50_000
    """A line of space that is added above a picture or table, of two at most."""
    heading: float = 100_000
    """A line of space that is added above a heading that has two already."""
    tail: float = 4_000_000
    """A last page of fewer lines than `tail_lines`."""
    tail_lines: int = 5
    turn: float = 1_500_000
    """A hyphen before a page is turned."""
    across: float = 20_000
    """A hyphen at the foot of a verso: the rest of the word is in sight."""
    apart: float = 300_000
    """A page that ends between blocks that should stand together, such as before a list."""
    most: float = 700_000
    """Demerits that a way may have above the best way of its paragraph, to be thought of."""
    hopeless: float = 6_000_000
    """By how much more than the cheapest a beginning may cost, and still be followed up."""
    most_short: int = 2
    """Lines that may be left empty at the foot of a page by force."""


@dataclass(frozen=True, slots=True)
class Break:
    """Where a page begins, after the first one."""

    block: int
    line: int
    """The first line on it, counted from 0."""
    forced: bool = False
    """Whether the engine must be told of it."""
    lacks: int = 0
    """Lines that are left empty on the page before it."""
    is_noted: bool = False
    """Whether there are notes on that page, which stand at its foot whatever is above them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A galley divided into pages."""

    ways: tuple[int, ...]
    """Which of its ways each block has."""
    breaks: tuple[Break, ...]
    cost: float
    spaces: tuple[float, ...] = ()
    """The space that is added above each block."""

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Block and line with which each page begins, after the first one."""
        return tuple((each.block, each.line) for each in self.breaks)
