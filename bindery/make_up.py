"""Make up the pages of the index: which lines stand in which column.

Make-up is what printers call dividing set type into pages.  The lines were measured in one
long column; here they are divided so that the columns of a page end level, nothing stands
alone, and an entry that goes on is headed again.

1. Under its head, a section fills the columns that the page has left, or, when all of it fits,
   columns of equal depth.
2. No column ends with a letter, with a heading that has no locators, or with the first line
   of a passage; none begins with the last line of one.
3. What goes on in another column (or on another page) begins with its headings, “(continued)”.

All depths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bindery.vocabulary import Continued

SLACK = 0.1
"""Points by which sums of rounded numbers may be wrong."""
LEAST_LINES = 4
"""Lines that must have room under a head, or it goes to the next page."""
WITH_NEXT = 2
"""Lines of a divided passage that stay together, before and after the division."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A passage as it was measured in the long column."""

    baselines: tuple[float, ...]
    """Of its lines, from the head of the column down."""
    parents: tuple[int, ...] = ()
    """Places of the passages that it belongs to, in its section."""
    letter: bool = False
    leads: bool = False
    """Whether it must not be parted from the passage after it."""
    again: int = 0
    """Lines of what heads it where it goes on; 0 when it is never divided."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A section to be made up."""

    head: float
    """Depth of its head, with the space above it; 0 when it has none."""
    head_on_top: float
    """Depth of its head on top of a page."""
    head_again: float
    """Depth of what heads it on top of a further page; 0 for nothing."""
    line: float
    """Depth of a line."""
    passages: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """Lines of one passage that stand together."""

    passage: int
    first: int
    """The first line, counted from 0."""
    last: int
    """The line after the last one."""
    again: tuple[int, ...] = ()
    """Passages whose headings stand again above it, outermost first."""


@dataclass(frozen=True, slots=True)
class Band:
    """What a section has on one page: its head, or the head again, and columns."""

    section: int
    is_first: bool
    columns: tuple[tuple[Slice, ...], ...]


Page = tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, and how far below the line before it it stands."""

    passage: int
    number: int
    of: int
    advance: float


def make_up(
    matters: Sequence[Matter], first_depth: float, depth: float, columns: int, continued: Continued
) -> tuple[Page, ...]:
    """Sections divided into pages; the first page has only `first_depth` left."""
    pages: list[list[Band]] = [[]]
    left = first_depth
    for number, matter in enumerate(matters):
        galley = _Section(matter, columns, continued)
        place = 0
        if not galley.lines:  # A theme of which only whole essays are told.
            if left < matter.head and left < depth - SLACK:
                pages.append([])
                left = depth
            pages[-1].append(Band(number, True, ()))
            left -= galley.head(0, left >= depth - SLACK)
        while place < len(galley.lines):
            fresh = left >= depth - SLACK
            head = galley.head(place, fresh)
            room = left - head + SLACK
            needed = min(galley.balanced(place, new_page=fresh), LEAST_LINES * matter.line)
            if room < needed and not fresh:
                pages.append([])
                left = depth
                continue
            found, after, used = galley.fill(place, room, fresh)
            pages[-1].append(Band(number, place == 0, found))
            place = after
            left -= head + used
            if place < len(galley.lines):
                pages.append([])
                left = depth
    return tuple(tuple(page) for page in pages)


class _Section:
    """The lines of one section, and where they may be divided."""

    def __init__(self, matter: Matter, columns: int, continued: Continued) -> None:
        self.matter = matter
        self._columns = columns
        self._continued = continued
        self.lines = _lines(matter)
        self._may_end = [self._can_divide(place) for place in range(len(self.lines) + 1)]

    def head(self, place: int, on_top: bool) -> float:
        """Depth of what heads the lines from a place on."""
        if place:
            return self.matter.head_again
        return self.matter.head_on_top if on_top else self.matter.head

    def balanced(self, place: int, new_page: bool) -> float:
        """The least depth at which all lines from a place on fit the columns of one page.

        No column ends there where none should.
        """
        total = sum(line.advance for line in self.lines[place:])
        depth = max(self.matter.line, total / self._columns)
        while True:
            starts, end = self._divided(place, depth, new_page)
            if end == len(self.lines) and all(self._may_end[start] for start in starts):
                return depth
            depth += self.matter.line / 4

    def fill(
        self, place: int, room: float, new_page: bool
    ) -> tuple[tuple[tuple[Slice, ...], ...], int, float]:
        """The columns of a page from a place on, the place after them, and their depth."""
        least = self.balanced(place, new_page)
        columns, after = self._divided(place, min(least, room), new_page)
        starts = [place, *columns, after]
        slices, depth = [], 0.0
        for number, (start, end) in enumerate(pairwise(starts)):
            again = self._again(start, new_page and number == 0) if start < end else ()
            slices.append(self._slices(start, end, again))
            depth = max(depth, self._depth(start, end, again))
        return tuple(slices), after, depth

    def _divided(self, place: int, depth: float, new_page: bool) -> tuple[list[int], int]:
        """Where columns of a depth begin after the first one, and the place after the last."""
        starts = []
        at = place
        for number in range(self._columns):
            if number:
                starts.append(at)
            at = self._column(at, depth, new_page and number == 0)
        return starts, at

    def _column(self, start: int, depth: float, new_page: bool) -> int:
        """The place after the lines that a column holds from a place on; one line at least."""
        if start == len(self.lines):
            return start
        used = self._depth(start, start + 1, self._again(start, new_page))
        end = start + 1
        while end < len(self.lines) and used + self.lines[end].advance <= depth + SLACK:
            used += self.lines[end].advance
            end += 1
        allowed = end
        while allowed > start and not self._may_end[allowed]:
            allowed -= 1
        return allowed if allowed > start else end

    def _depth(self, start: int, end: int, again: Sequence[int]) -> float:
        if start == end:
            return 0
        repeated = sum(self.matter.passages[passage].again for passage in again)
        below = sum(line.advance for line in self.lines[start + 1 : end])
        return self.matter.line * (1 + repeated) + below

    def _again(self, start: int, new_page: bool) -> tuple[int, ...]:
        """The passages that are headed again in a column that begins with a line."""
        wanted = self._continued is Continued.COLUMN
        wanted |= self._continued is Continued.PAGE and new_page
        if not wanted or start == 0:
            return ()
        line = self.lines[start]
        own = (line.passage,) if line.number else ()
        return (*self.matter.passages[line.passage].parents, *own)

    def _slices(self, start: int, end: int, again: tuple[int, ...]) -> tuple[Slice, ...]:
        slices: list[Slice] = []
        for line in self.lines[start:end]:
            if slices and slices[-1].passage == line.passage:
                last = slices[-1]
                slices[-1] = Slice(last.passage, last.first, line.number + 1, last.again)
            else:
                above = () if slices else again
                slices.append(Slice(line.passage, line.number, line.number + 1, above))
        return tuple(slices)

    def _can_divide(self, place: int) -> bool:
        """Whether a column may end before a line."""
        if place in (0, len(self.lines)):
            return True
        line, before = self.lines[place], self.lines[place - 1]
        if line.passage != before.passage:
            passage = self.matter.passages[before.passage]
            return not (passage.letter or passage.leads)
        can_go_on = self.matter.passages[line.passage].again > 0
        return can_go_on and WITH_NEXT <= line.number <= line.of - WITH_NEXT


def _lines(matter: Matter) -> tuple[_Line, ...]:
    found = []
    last: float | None = None
    for place, passage in enumerate(matter.passages):
        for number, baseline in enumerate(passage.baselines):
            advance = matter.line if last is None else baseline - last
            found.append(_Line(place, number, len(passage.baselines), advance))
            last = baseline
    return tuple(found)
