"""White space that may be added above pictures, tables and large headings, in whole lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bindery.spreads.values import SLACK, Block, Page, Prices

FEWEST_ABOVE_HEADING = 2
"""Lines above a heading with which one more is not taken for another kind of heading."""


def roomy(blocks: Sequence[Block], page: Page, prices: Prices) -> tuple[Block, ...]:
    """The blocks, with ways that add whole lines above pictures, tables and large headings.

    The ways of a block without more space come first, in their order.
    """
    found = []
    for block in blocks:
        lines = round((block.above + SLACK) // page.line)
        added = []
        if block.is_whole and block.with_next and lines >= FEWEST_ABOVE_HEADING:
            added = [prices.heading]
        elif block.is_whole and not block.with_next and lines:
            added = [prices.picture, 2 * prices.picture]
        more = tuple(
            replace(way, above=number * page.line, demerits=way.demerits + price)
            for number, price in enumerate(added, 1)
            for way in block.ways
        )
        found.append(replace(block, ways=(*block.ways, *more)))
    return tuple(found)
