"""Ragged text whose lines are chosen together as well: the rag is lively, but not wild.

No space is wider than the font's.  A line's demerits are the square of what it lacks of the
measure.  Two lines that end nearly under each other look like a block, three that grow or
shrink in turn like stairs: both cost.  A hyphen costs much, two in a row more.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from bindery.composition.breaking import Node
from bindery.composition.breaks import HYPHENS, Breaks, Kind, breaks
from bindery.composition.lines import SHORTEST_EMS, Way, way_of
from bindery.composition.paragraphs import Paragraph

SLIGHT = 0.02
"""Of the measure: what a line may lack without being short."""
LACKING = 100.0
"""Demerits are the square of so many times what a line lacks of the measure."""
SHORT = 0.5
"""Of the measure: no line but the last lacks more, where it can be helped."""
BLOCK = 0.02
"""Of the measure: lines that differ by less end under each other."""
BLOCKED = 60.0
STAIRS = 250.0
"""Three lines in a row, each shorter, or each longer, than the one before."""
HYPHEN = 900.0
ROW = 20_000.0
"""Hyphens at the ends of two lines in a row."""
LAST_HYPHEN = 2_000.0
STACK = 400.0
RUNT = 2_000_000.0
HOPELESS = 30_000.0
"""Demerits above the best way to the same place with which none is followed."""
WORSE = 250.0
"""Demerits a line, above the best way, with which a paragraph is not set shorter or longer."""
WAYS_KEPT = 3
"""Of ways to the same place in as many lines, which may differ in what comes before."""


def ragged_ways(paragraph: Paragraph) -> Mapping[int, Way]:
    """The best way for each number of lines of a paragraph that is set ragged."""
    table = breaks(paragraph)
    reached: list[list[Node]] = [[Node(0, 0, 0.0, 0.0, 0, None)]]
    for place in range(1, len(table.kinds)):
        reached.append(_ways_to(paragraph, table, reached, place))
    best: dict[int, Node] = {}
    for end in sorted(reached[-1], key=lambda node: node.demerits):
        best.setdefault(end.line, end)
    least = min((node.demerits for node in best.values()), default=0.0)
    kept = (lines for lines in sorted(best) if best[lines].demerits <= least + WORSE * lines)
    return {lines: way_of(paragraph, table, best[lines]) for lines in kept}


def _ways_to(
    paragraph: Paragraph, table: Breaks, reached: list[list[Node]], place: int
) -> list[Node]:
    """The best ways to a place: a few for each number of lines."""
    found: dict[int, list[Node]] = {}
    for start in range(place - 1, -1, -1):
        natural = table.ends[place] - table.starts[start]
        hangs = table.left[start] + table.right[place]
        if natural > paragraph.measure + hangs:
            break
        for node in reached[start]:
            spare = paragraph.room(node.line) + hangs - natural
            if spare < 0:
                continue
            lacking = spare / paragraph.measure
            if lacking > SHORT and found and table.kinds[place] != Kind.END:
                continue
            run = node.run + 1 if table.kinds[place] in HYPHENS else 0
            demerits = node.demerits + _demerits(paragraph, table, place, node, lacking, run)
            way = Node(place, node.line + 1, demerits, lacking, run, node)
            found.setdefault(way.line, []).append(way)
    kept = []
    least = min((node.demerits for nodes in found.values() for node in nodes), default=inf)
    for nodes in found.values():
        nodes.sort(key=lambda node: node.demerits)
        kept += [node for node in nodes[:WAYS_KEPT] if node.demerits <= least + HOPELESS]
    return kept


def _demerits(
    paragraph: Paragraph, table: Breaks, place: int, node: Node, lacking: float, run: int
) -> float:
    """The demerits of a line from a node to a place."""
    if table.kinds[place] == Kind.END:
        return _of_last(paragraph, table, node)
    demerits = (LACKING * max(0.0, lacking - SLIGHT)) ** 2
    demerits += HYPHEN * (run > 0) + ROW * (run > 1)
    before = node.before
    if before is None:
        return demerits
    step = lacking - node.ratio
    demerits += BLOCKED * (abs(step) < BLOCK)
    if before.before is not None:
        earlier = node.ratio - before.ratio
        demerits += STAIRS * (min(step, earlier) > BLOCK or max(step, earlier) < -BLOCK)
    first, start = table.first, node.breaks
    return demerits + STACK * bool(first[start] and first[start] == first[before.breaks])


def _of_last(paragraph: Paragraph, table: Breaks, node: Node) -> float:
    if node.before is None:
        return 0.0
    natural = table.ends[-1] - table.starts[node.breaks]
    is_rest = table.kinds[node.breaks] in HYPHENS
    shortest = SHORTEST_EMS * paragraph.pieces[0].type.size
    is_runt = natural < shortest or (is_rest and table.spaces[-1] == table.passed[node.breaks])
    return RUNT * is_runt + LAST_HYPHEN * (node.run > 0)
