"""Make up the pages of a galley: how many lines each paragraph gets, and where pages end.

A paragraph can often be set well with one line more or less.  TeX knows that as looseness; it
is used here for all paragraphs of a galley at once, so that

1. facing pages end level: a verso and the recto beside it,
2. pages are full, and the last one has at least five lines,
3. no page ends in a hyphen before it is turned.

Widows, orphans and headings at the foot are not weighed: no such page is ever thought of.
Where no choice of lines levels a spread, a whole line of space is added above a heading or a
picture, or a page ends a line or two before its foot; the engine has to be told of breaks that
are `forced`.  Whatever is not whole lines is first brought to the grid (`grid`), so that lines
stand level across a spread.

Nothing here knows the engine.  All depths are points.
"""

from __future__ import annotations

from bindery.spreads.falling import fall
from bindery.spreads.planning import as_it_falls, plan
from bindery.spreads.values import Block, Break, Page, Plan, Prices, Way

__all__ = ["Block", "Break", "Page", "Plan", "Prices", "Way", "as_it_falls", "fall", "plan"]
