"""Bring everything between paragraphs to whole lines, so that facing lines stand level.

A picture or a table has any depth.  What it lacks to whole lines is put half above and half
below it; where it is only a little too deep, that is taken from the space below it instead.
Space that is lost at the head of a page must be whole lines by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from bindery.spreads.values import Block

TOLERANCE = 0.01
"""Points by which whole lines may be wrong."""
LITTLE = 0.28
"""Parts of a line that are rather taken away than filled up, where there is space below."""
TALL = 0.1
"""Parts of a line by which lines may be too high, as for a letter of another font."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Space to be added to a block.  Printers put strips of lead between lines."""

    above: float = 0.0
    """To the space that is lost at the head of a page."""
    before: float = 0.0
    after: float = 0.0
    """Less than nothing where space is taken away."""


def leads(blocks: Sequence[Block], leading: float) -> tuple[Leads, ...]:
    """What each block needs to stand on the grid of a leading, and to leave the next one on it.

    Blocks of other leadings that follow each other are brought to whole lines together, below
    the last of them.
    """
    found = []
    run = 0.0  # Depth of the blocks of other leadings so far.
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if not _is_loose(block, leading):
            found.append(_about(block, following, leading))
            continue
        above = 0.0 if run else _lacking(block.above, leading)
        run += (block.above if run else 0.0) + _depth(block)
        goes_on = following is not None and _is_loose(following, leading)
        after = 0.0 if goes_on else _below(run, following, leading)
        found.append(Leads(above, 0.0, after))
        run = run if goes_on else 0.0
    return tuple(found)


def leaded(blocks: Sequence[Block], added: Sequence[Leads]) -> tuple[Block, ...]:
    """The blocks with what was added to them."""
    return tuple(
        replace(
            block,
            above=block.above + more.above,
            before=block.before + more.before,
            after=block.after + more.after,
        )
        for block, more in zip(blocks, added, strict=True)
    )


def _about(block: Block, following: Block | None, leading: float) -> Leads:
    above = _lacking(block.above, leading)
    if not block.is_whole:
        return Leads(above, 0.0, _lacking(block.before + block.after, leading))
    after = _below(_depth(block), following, leading)
    if after < 0 or block.with_next:
        return Leads(above, 0.0, after)
    return Leads(above, after / 2, after / 2)


def _below(depth: float, following: Block | None, leading: float) -> float:
    """What is to be added below so much, or to be taken away."""
    lacks = _lacking(depth, leading)
    over = leading - lacks if lacks else 0.0
    spare = following.above if following is not None else 0.0
    is_little = over <= LITTLE * leading and spare >= leading - TOLERANCE
    return -over if is_little or over <= TALL * leading else lacks


def _is_loose(block: Block, leading: float) -> bool:
    """Whether it has lines of another leading than the grid's."""
    return not block.is_whole and abs(block.line - leading) > TOLERANCE


def _depth(block: Block) -> float:
    return block.before + block.ways[0].lines * block.line + block.after


def _lacking(depth: float, leading: float) -> float:
    """What a depth lacks to whole lines."""
    lacks = ceil((depth - TOLERANCE) / leading) * leading - depth
    return lacks if lacks > TOLERANCE else 0.0
