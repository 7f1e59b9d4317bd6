"""How the engine itself divides a galley of which the lines are given.

It fills each page as far as orphans and widows let it, and takes headings over with what they
head.  WeasyPrint does so in `layout/block.py` (`_linebox_layout`, `find_earlier_page_break`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from bindery.spreads.values import SLACK, Block, Page, Way

Place = tuple[int, int]
"""A block or portion, and one of its lines."""


@dataclass(frozen=True)
class Portion:
    """A block that may begin a page, with the headings that stand over it."""

    first: int
    """The first of its blocks; all but the last are headings."""
    last: int
    block: Block
    choices: tuple[tuple[int, ...], ...]
    """For each way of it, the ways of its blocks."""

    @cached_property
    def notes(self) -> tuple[tuple[float, ...], ...]:
        """Depth of the notes that are called before each line, for each way."""
        return tuple(_called(way) for way in self.block.ways)


def _called(way: Way) -> tuple[float, ...]:
    depths = [0.0] * way.lines
    for line, depth in way.notes:
        depths[min(line, way.lines - 1)] += depth
    return tuple(accumulate(depths, initial=0.0))


def portions(blocks: Sequence[Block]) -> tuple[Portion, ...]:
    """The blocks, with headings put to what they head.

    A paragraph that must stand with what follows can be parted itself, and is left alone.
    """
    found: list[Portion] = []
    for place, block in enumerate(blocks):
        above = found[-1] if found else None
        if above is not None and above.block.with_next and above.block.is_whole:
            found[-1] = _joined(above, place, block)
        else:
            choices = tuple((way,) for way in range(len(block.ways)))
            found.append(Portion(place, place, block, choices))
    return tuple(found)


def _joined(heading: Portion, place: int, block: Block) -> Portion:
    """A heading with the block that it heads."""
    over = heading.block
    depth = over.before + over.ways[0].lines * over.line + over.after
    ways, choices = [], []
    for above, chosen in zip(over.ways, heading.choices, strict=True):
        for number, way in enumerate(block.ways):
            notes = (*((0, depth) for _, depth in above.notes), *way.notes)
            demerits = above.demerits + way.demerits
            ways.append(Way(way.lines, demerits, way.hyphens, notes, above.above))
            choices.append((*chosen, number))
    before = depth + block.above + block.before
    joined = replace(block, above=over.above, head=over.head, before=before, ways=tuple(ways))
    return Portion(heading.first, place, joined, tuple(choices))


def splits(block: Block, way: Way, first: int) -> range:
    """Lines before which a block may be parted, of which the lines from `first` on are left.

    What begins a page as the rest of a block needs no orphans there.
    """
    if block.is_whole:
        return range(0)
    return range(first + (block.orphans if first == 0 else 1), way.lines - block.widows + 1)


def space(block: Block, way: Way, used: float) -> float:
    """What stands above a block's first line on a page that is filled so far."""
    return (block.above + way.above if used else block.head) + block.before


def holds(page: Page, depth: float, notes: float) -> bool:
    """Whether a page has room for so much text and so many notes."""
    taken = depth + (notes + page.note_space if notes else 0.0)
    return taken <= page.depth + SLACK


class Filled(NamedTuple):
    """How far a page is filled, and where the next one begins."""

    place: Place
    used: float
    notes: float


def filled(parts: Sequence[Portion], ways: Sequence[int], page: Page, start: Place) -> Filled:
    """A page that begins with a portion's line."""
    used = notes = 0.0
    for number in range(start[0], len(parts)):
        part, chosen = parts[number], ways[number]
        block, way, called = part.block, part.block.ways[chosen], part.notes[chosen]
        first = start[1] if number == start[0] else 0
        top = used + (0.0 if first else space(block, way, used))
        more = notes - called[first]
        bottom = top + (way.lines - first) * block.line + block.after
        if holds(page, bottom, more + called[-1]):
            used, notes = bottom, more + called[-1]
            continue
        split = next(fitting(part, chosen, page, Filled((number, first), used, notes)), None)
        if split is not None:
            return Filled((number, split.line), split.depth, more + called[split.line])
        if number > start[0]:
            return Filled(_held(parts, ways, number, start), used, notes)
        used, notes = bottom, more + called[-1]  # It is deeper than any page.
    return Filled((len(parts), 0), used, notes)


class Split(NamedTuple):
    """A line before which a page may end."""

    line: int
    depth: float


def fitting(part: Portion, chosen: int, page: Page, so_far: Filled) -> Iterator[Split]:
    """Where a portion may be parted that does not fit a page from a line on, the last first.

    Where WeasyPrint 70 has tried in vain to put the first note on a page, it goes on to keep
    room for the line above notes, and takes over a block that reaches into it as a whole.
    """
    (_, first), used, notes = so_far
    block, way, called = part.block, part.block.ways[chosen], part.notes[chosen]
    top = used + (0.0 if first else space(block, way, used))
    more = notes - called[first]

    def depth_to(line: int) -> float:
        return top + (line - first) * block.line

    reached = first
    while reached < way.lines and holds(page, depth_to(reached + 1), more + called[reached + 1]):
        reached += 1
    if used and reached < way.lines and not more + called[reached]:
        tried = called[reached + 1] and holds(page, depth_to(reached + 1), 0.0)
        if tried and not holds(page, depth_to(reached) + page.note_space, 0.0):
            return
    for line in reversed(splits(block, way, first)):
        if line <= reached:
            yield Split(line, depth_to(line))


def _held(parts: Sequence[Portion], ways: Sequence[int], number: int, start: Place) -> Place:
    """Where a page ends that cannot hold a portion: earlier, if the one before must stand with it.

    That is a paragraph, and its last lines are taken over.
    """
    at = number
    while at - 1 >= start[0] and parts[at - 1].block.with_next:
        above, lines = parts[at - 1].block, parts[at - 1].block.ways[ways[at - 1]].lines
        first = start[1] if at - 1 == start[0] else 0
        if not above.is_whole and lines - above.widows - first >= above.orphans:
            return at - 1, lines - above.widows
        at -= 1
    return (at, 0) if at > start[0] else (number, 0)


def puts_notes_off(
    parts: Sequence[Portion], ways: Sequence[int], page: Page, ended: Filled
) -> bool:
    """Whether the engine would rather put off a note than end a page before a block.

    Where one line more would be enough to part a block, WeasyPrint 70 makes room for it: the
    last notes of the page go to the next one, away from their calls.
    """
    (number, line), used, notes = ended
    if line or number == len(parts):
        return False
    block, called = parts[number].block, parts[number].notes[ways[number]]
    way = block.ways[ways[number]]
    if block.is_whole or way.lines < block.orphans + block.widows:
        return False
    depth = used + space(block, way, used) + (block.orphans - 1) * block.line
    above = notes + called[block.orphans - 1]
    fits_one_more = holds(page, depth + block.line, above)
    return above > 0 and holds(page, depth, above) and not fits_one_more


def falls(
    parts: Sequence[Portion], ways: Sequence[int], page: Page, start: Place = (0, 0)
) -> Iterator[Place]:
    """Where pages begin after the one that begins at a place."""
    place = filled(parts, ways, page, start).place
    while place[0] < len(parts):
        yield place
        place = filled(parts, ways, page, place).place


def fall(blocks: Sequence[Block], ways: Sequence[int], page: Page) -> tuple[Place, ...]:
    """Block and line with which each page begins, after the first one, when nothing is forced."""
    parts = portions(blocks)
    chosen = [part.choices.index(tuple(ways[part.first : part.last + 1])) for part in parts]
    return tuple(block_of(parts[at], line) for at, line in falls(parts, chosen, page))


def block_of(part: Portion, line: int) -> Place:
    """The block whose line it is: before the first line, the first heading's."""
    return (part.last, line) if line else (part.first, 0)
