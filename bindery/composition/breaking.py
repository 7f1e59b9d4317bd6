"""The best lines of a paragraph, seen as a whole, for each number of lines that it can have.

After D. E. Knuth and M. F. Plass, “Breaking Paragraphs into Lines”, Software: Practice and
Experience 11 (1981).  Every line has demerits: for spaces that are wider or narrower than the
font's, for a hyphen, and for what shows only beside the line before it.  Of all ways to break
the paragraph that come to the same place with the same number of lines, as many hyphens in a
row and about the same spaces, only the best is followed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from bindery.composition.breaks import HYPHENS, Breaks, Kind


@dataclass(frozen=True, slots=True)
class Weights:
    """What is bad, and how bad.

    A line's ratio is 0 when its spaces are the font's, 1 when they are wider by `stretch` of
    their width (and its type by the whole expansion), -1 when narrower by `shrink`.
    """

    stretch: float = 0.4
    shrink: float = 0.25
    line: float = 10.0
    """Of every line, so that fewer are better."""
    hyphen: float = 60.0
    poor: float = 50.0
    """More, for a hyphen in a name."""
    dash: float = 25.0
    double: float = 50_000.0
    """Hyphens at the ends of two lines in a row."""
    triple: float = 20_000_000.0
    """And of three."""
    last_hyphen: float = 8_000.0
    """A hyphen on the line before the last."""
    adjacent: float = 9_000.0
    """Times the square of what two lines differ by, above a half."""
    stack: float = 20_000.0
    """The same word under itself."""
    runt: float = 20_000_000.0
    """A last line that is shorter than the indent of the next paragraph makes look right."""
    full: float = 4_000.0
    """A last line that is nearly, but not quite, full."""


WEIGHTS = Weights()
TOLERANCES = (6.0, 40.0, 1000.0)
"""How wide spaces may be, in ratios: the first by which the paragraph can be set counts."""
GIVEN = 0.3
"""Ratio of a line whose type is as large as it may be, and whose spaces are the font's."""
TIGHTEST = -1.0 - GIVEN
HOPELESS = 30_000_000.0
"""Demerits above the best way to the same place with which none is followed."""
MARKED = (*HYPHENS, Kind.DASH)
"""Line ends of which no three should follow each other."""
LOOSE, EVEN = 1.0, 0.5
"""Ratios that part the classes of lines: very loose, loose, even, tight."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What of a paragraph's type the breaking needs to know."""

    room: Callable[[int], float]
    """The width of a line, counted from 0, without what stands out."""
    space: float
    expansion: float
    shortest: float
    """A last line that is shorter is a runt."""
    lead_spaces: int = 0
    """Spaces in the first line before the text begins."""


class Node:
    """A way to a break, in so many lines."""

    __slots__ = ("before", "breaks", "demerits", "line", "ratio", "run")

    def __init__(
        self,
        breaks: int,
        line: int,
        demerits: float,
        ratio: float,
        run: int,
        before: Node | None,
    ) -> None:
        self.breaks = breaks
        self.line = line
        self.demerits = demerits
        self.ratio = ratio
        self.run = run
        self.before = before


def best_nodes(table: Breaks, measures: Measures, weights: Weights = WEIGHTS) -> Mapping[int, Node]:
    """The best way for each possible number of lines; none when a word is too wide for a line."""
    search = _Search(table, measures, weights)
    ends: Sequence[Node] = ()
    for tolerance in TOLERANCES:
        ends = ends or search.ends(tolerance)
    best: dict[int, Node] = {}
    for end in sorted(ends, key=lambda node: node.demerits):
        best.setdefault(end.line, end)
    return dict(sorted(best.items()))


class _Search:
    """Follows all ways through the breaks of a paragraph that are worth it."""

    def __init__(self, table: Breaks, measures: Measures, weights: Weights) -> None:
        self._table = table
        self._measures = measures
        self._weights = weights
        self._stretch = weights.stretch * measures.space
        self._shrink = weights.shrink * measures.space
        self._rooms: list[float] = []

    def ends(self, tolerance: float) -> list[Node]:
        """The ways to the end that are loose by no more than the tolerance."""
        active = [Node(0, 0, 0.0, 0.0, 0, None)]
        best: list[Node] = []
        for place in range(1, len(self._table.kinds)):
            best, active = self._ways_to(place, active, tolerance)
            if best and place < len(self._table.kinds) - 1:
                most = min(node.demerits for node in best) + HOPELESS
                active += [node for node in best if node.demerits <= most]
            if not active:
                return []
        return best

    def _ways_to(
        self, place: int, active: list[Node], tolerance: float
    ) -> tuple[list[Node], list[Node]]:
        """The best ways to a place, and the nodes from which a line may still reach further."""
        table, weights, expansion = self._table, self._weights, self._measures.expansion
        starts, passed, left = table.starts, table.passed, table.left
        end, spaces, hang = table.ends[place], table.spaces[place], table.right[place]
        is_last, is_hyphen = place == len(table.kinds) - 1, table.kinds[place] in MARKED
        best: dict[tuple[int, int, int], Node] = {}
        alive: list[Node] = []
        for node in active:
            line, start = node.line, node.breaks
            natural = end - starts[start]
            gaps = spaces - passed[start] + (0 if line else self._measures.lead_spaces)
            spare = self._room(line) + left[start] + hang - natural
            ratio = _ratio(spare, natural * expansion, gaps, self._stretch, self._shrink)
            if ratio < TIGHTEST:
                continue  # And it is too long for every later break.
            alive.append(node)
            ratio = min(ratio, 0.0) if is_last else ratio
            if ratio > tolerance:
                continue
            run = node.run + 1 if is_hyphen else 0
            demerits = node.demerits + _demerits(table, place, node, ratio, run, weights)
            if is_last:
                demerits += _of_last(table, node, natural, spare, self._measures, weights)
            key = (line, min(run, 2), _class(ratio))
            other = best.get(key)
            if other is None or demerits < other.demerits:
                best[key] = Node(place, line + 1, demerits, ratio, run, node)
        return list(best.values()), alive

    def _room(self, line: int) -> float:
        while len(self._rooms) <= line:
            self._rooms.append(self._measures.room(len(self._rooms)))
        return self._rooms[line]


def _ratio(spare: float, give: float, gaps: int, stretch: float, shrink: float) -> float:
    """How far a line is from natural: first its type gives, by at most so much, then its spaces.

    It is 0 for a natural line, `GIVEN` when only its type has given all it can, and 1 more when
    its spaces are wider by the stretch; -1 less when they are narrower by the shrink.
    """
    if abs(spare) <= give:
        return GIVEN * spare / give if give else 0.0
    if not gaps:
        return inf if spare > 0 else -inf
    if spare > 0:
        return GIVEN + (spare - give) / (gaps * stretch)
    return -GIVEN + (spare + give) / (gaps * shrink)


def _class(ratio: float) -> int:
    return 0 if ratio < -EVEN else 1 if ratio <= EVEN else 2 if ratio <= LOOSE else 3


def _demerits(
    table: Breaks, place: int, node: Node, ratio: float, run: int, weights: Weights
) -> float:
    """The demerits of a line from a node to a place, which is not the last line's length."""
    kind, start, before = table.kinds[place], node.breaks, node.before
    demerits = (weights.line + 100 * abs(ratio) ** 3) ** 2
    if kind in HYPHENS:
        demerits += (weights.hyphen + (weights.poor if kind == Kind.POOR else 0)) ** 2
    elif kind == Kind.DASH:
        demerits += weights.dash**2
    if run > 1:
        demerits += weights.double if run == 2 else weights.triple
    if before is None:
        return demerits
    if kind != Kind.END and abs(ratio - node.ratio) > EVEN:
        demerits += weights.adjacent * (abs(ratio - node.ratio) - EVEN) ** 2
    if table.first[start] and table.first[start] == table.first[before.breaks]:
        demerits += weights.stack
    if kind != Kind.END and table.last[place] and table.last[place] == table.last[start]:
        demerits += weights.stack
    return demerits


def _of_last(
    table: Breaks, node: Node, natural: float, spare: float, measures: Measures, weights: Weights
) -> float:
    """The demerits of the last line's length."""
    if node.before is None:
        return 0.0
    demerits = 0.0
    is_rest = table.kinds[node.breaks] in HYPHENS
    if node.run:
        demerits += weights.last_hyphen
    if natural < measures.shortest:
        demerits += weights.runt
    if is_rest and table.spaces[-1] == table.passed[node.breaks]:
        demerits += 2 * weights.runt
    elif 0 < spare < 4 * measures.space:
        demerits += weights.full
    return demerits


def path(end: Node) -> Iterable[tuple[Node, Node]]:
    """The lines of a way: where each begins and where it ends."""
    found = []
    node = end
    while node.before is not None:
        found.append((node.before, node))
        node = node.before
    return reversed(found)
