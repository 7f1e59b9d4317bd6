"""A dynamic programme over a galley's blocks: the cheapest lines for all paragraphs at once.

It goes through the blocks in order, and keeps for every state in which a page can be the
cheapest way there.  A state is how deep the page is filled, how deep its notes are, on which
side it is, and by how many lines the verso beside it was short.  A galley begins on a recto.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import floor
from typing import NamedTuple

from bindery.spreads.falling import (
    Filled,
    block_of,
    filled,
    fitting,
    holds,
    portions,
    puts_notes_off,
    space,
)
from bindery.spreads.values import SLACK, Block, Break, Page, Plan, Prices
from bindery.spreads.whites import roomy

GRAIN = 10
"""Parts of a point that make states differ."""
FEW = 3
"""Lines up to which they weigh as their square."""
EARLIER = 2
"""Lines by which a paragraph may be parted before it must be."""


class _Turn(NamedTuple):
    """The end of a page."""

    line: int
    """The line of the portion at hand with which the next one begins."""
    lacks: int
    """Lines that are left empty."""
    is_noted: bool


class _Trace(NamedTuple):
    """How a state was reached: the way of one portion, and the pages that begin in it."""

    before: _Trace | None
    way: int
    turns: tuple[_Turn, ...]


class _State(NamedTuple):
    """A page that is being filled."""

    cost: float = 0.0
    used: float = 0.0
    notes: float = 0.0
    is_verso: bool = False
    facing: int | None = None
    """Lines by which the verso beside this recto is short; None where there is none."""
    turns: tuple[_Turn, ...] = ()
    """Since the portion at hand began."""
    trace: _Trace | None = None

    @property
    def key(self) -> _Key:
        return round(self.used * GRAIN), round(self.notes * GRAIN), self.is_verso, self.facing


_Key = tuple[int, int, bool, int | None]


def plan(blocks: Sequence[Block], page: Page, prices: Prices | None = None) -> Plan:
    """The cheapest way to set a galley's blocks and to divide them into pages."""
    prices = prices or Prices()
    return _Programme(blocks, page, prices, roomy(blocks, page, prices)).solve()


def as_it_falls(blocks: Sequence[Block], page: Page, prices: Prices | None = None) -> Plan:
    """Every paragraph set its best way, and pages as the engine fills them."""
    prices = replace(prices or Prices(), most=-1.0, most_short=-1)
    return _Programme(blocks, page, prices, blocks, earlier=0).solve()


class _Programme:
    def __init__(
        self,
        blocks: Sequence[Block],
        page: Page,
        prices: Prices,
        roomy: Sequence[Block],
        earlier: int = EARLIER,
    ) -> None:
        self._blocks = blocks
        self._roomy = roomy
        self._parts = portions(roomy)
        self._page = page
        self._prices = prices
        self._earlier = earlier

    def solve(self) -> Plan:
        states = [_State()]
        for number, part in enumerate(self._parts):
            reached: dict[_Key, tuple[_State, int]] = {}
            ways = self._worthwhile(part.block)
            for state in states:
                for way, demerits in ways:
                    for after in self._laid(number, way, state, demerits):
                        key = after.key
                        known = reached.get(key)
                        if known is None or after.cost < known[0].cost:
                            reached[key] = after, way
            hopeless = min(state.cost for state, _ in reached.values()) + self._prices.hopeless
            states = [
                _State(*state[:5], (), _Trace(state.trace, way, state.turns))
                for state, way in reached.values()
                if state.cost <= hopeless
            ]
        return self._plan(min(states, key=lambda state: state.cost + self._tail(state)))

    def _worthwhile(self, block: Block) -> list[tuple[int, float]]:
        """Ways that may be thought of, the best first, and what they cost more than it."""
        ranked = sorted((way.demerits, place) for place, way in enumerate(block.ways))
        least = ranked[0][0]
        return [
            (place, demerits - least)
            for rank, (demerits, place) in enumerate(ranked)
            if rank == 0 or demerits - least <= self._prices.most
        ]

    def _laid(self, number: int, way: int, state: _State, cost: float) -> Iterator[_State]:
        """The states after a portion: on this page, parted, or on the next page."""
        state = state._replace(cost=state.cost + cost) if cost else state
        fits = False
        for after in self._followed(number, way, state):
            fits = fits or not self._is_stuck(number, after)
            yield after
        if state.used and (not fits or self._lacks(state) <= self._prices.most_short):
            turned = self._turned(state, 0, hyphen=False)
            if fits:
                turned = turned._replace(cost=turned.cost + self._prices.forced)
            if number and self._parts[number - 1].block.with_next:
                turned = turned._replace(cost=turned.cost + self._prices.apart)
            yield from self._followed(number, way, turned)

    def _followed(self, number: int, way: int, state: _State) -> Iterator[_State]:
        """The states after a portion that begins on this page, however many pages it goes over.

        Of those in which a page begins alike the cheapest alone is followed up.
        """
        pending = {(0, state.key): state}
        while pending:
            ahead: dict[tuple[int, _Key], _State] = {}
            for (first, _), begun in pending.items():
                for line, after in self._placed(number, way, begun, first):
                    key = line, after.key
                    if not line:
                        yield after
                    elif key not in ahead or after.cost < ahead[key].cost:
                        ahead[key] = after
            pending = ahead

    def _placed(
        self, number: int, way: int, state: _State, first: int
    ) -> Iterator[tuple[int, _State]]:
        """The states after a portion's lines from `first` on, if they begin on this page.

        With each the line with which the next page begins; 0 when all lines are on this one.
        """
        part = self._parts[number]
        block, lines, called = part.block, part.block.ways[way].lines, part.notes[way]
        top = state.used + (0.0 if first else space(block, block.ways[way], state.used))
        notes = state.notes - called[first]
        bottom = top + (lines - first) * block.line + block.after
        whole = _State(state.cost, bottom, notes + called[-1], *state[3:])
        if holds(self._page, bottom, whole.notes):
            yield 0, whole
            line = lines - block.widows
            if self._is_stuck(number, whole) and line - first >= block.orphans:
                depth = bottom - block.after - block.widows * block.line
                ended = _State(state.cost, depth, notes + called[line], *state[3:])
                yield self._parted(number, way, ended, line)
            return
        found = 0
        so_far = Filled((number, first), state.used, state.notes)
        for line, depth in fitting(part, way, self._page, so_far):
            cost = state.cost + (self._prices.forced if found else 0.0)
            ended = _State(cost, depth, notes + called[line], *state[3:])
            if found and self._lacks(ended) > self._prices.most_short:
                break
            yield self._parted(number, way, ended, line)
            found += 1
            if found > self._earlier:
                break
        if not found and not state.used:  # It is deeper than any page.
            yield 0, whole

    def _parted(self, number: int, way: int, ended: _State, line: int) -> tuple[int, _State]:
        """A line of a portion, and the state in which a page begins with it."""
        hyphen = line - 1 in self._parts[number].block.ways[way].hyphens
        return line, self._turned(ended, line, hyphen)

    def _is_stuck(self, number: int, state: _State) -> bool:
        """Whether a portion must stand with the next one, and that cannot begin on its page."""
        if not self._parts[number].block.with_next or number + 1 == len(self._parts):
            return False
        part = self._parts[number + 1]
        so_far = Filled((number + 1, 0), state.used, state.notes)
        block = part.block
        return not any(
            holds(
                self._page,
                state.used + space(block, each, state.used) + each.lines * block.line + block.after,
                state.notes + called[-1],
            )
            or any(fitting(part, chosen, self._page, so_far))
            for chosen, (each, called) in enumerate(zip(block.ways, part.notes, strict=True))
        )

    def _lacks(self, state: _State) -> int:
        """Lines that are left empty on a page."""
        taken = state.used + (state.notes + self._page.note_space if state.notes else 0.0)
        return max(0, floor((self._page.depth - taken + SLACK) / self._page.line))

    def _turned(self, state: _State, line: int, hyphen: bool) -> _State:
        """The next page, and what the one before it cost."""
        prices, lacks = self._prices, self._lacks(state)
        foot = 0 if state.notes else lacks  # Notes stand at the foot whatever is above them.
        cost = state.cost + prices.short * _weight(lacks)
        if state.is_verso:
            cost += prices.across if hyphen else 0.0
        else:
            cost += prices.turn if hyphen else 0.0
            cost += 0.0 if state.facing is None else prices.uneven * _weight(foot - state.facing)
        return _State(
            cost=cost,
            is_verso=not state.is_verso,
            facing=foot if state.is_verso else None,
            turns=(*state.turns, _Turn(line, lacks, bool(state.notes))),
            trace=state.trace,
        )

    def _tail(self, state: _State) -> float:
        """What the last page costs; the only page of a galley may be as short as it likes."""
        is_only = not state.is_verso and state.facing is None
        least = self._prices.tail_lines * self._page.line
        return 0.0 if is_only or state.used + SLACK >= least else self._prices.tail

    def _plan(self, final: _State) -> Plan:
        steps: list[_Trace] = []
        trace = final.trace
        while trace is not None:
            steps.append(trace)
            trace = trace.before
        steps.reverse()
        chosen = [step.way for step in steps]
        turns = [(at, turn) for at, step in enumerate(steps) for turn in step.turns]
        picked = [
            way for part, way in zip(self._parts, chosen, strict=True) for way in part.choices[way]
        ]
        ways = [way % len(block.ways) for block, way in zip(self._blocks, picked, strict=True)]
        spaces = [block.ways[way].above for block, way in zip(self._roomy, picked, strict=True)]
        breaks = tuple(self._breaks(chosen, turns))
        cost = final.cost + self._tail(final)
        return Plan(tuple(ways), breaks, cost, tuple(spaces))

    def _breaks(self, chosen: Sequence[int], turns: Sequence[tuple[int, _Turn]]) -> Iterator[Break]:
        """The breaks, and which of them would fall elsewhere if nobody forced them."""
        before = (0, 0)
        for at, turn in turns:
            natural = filled(self._parts, chosen, self._page, before)
            before = (at, turn.line)
            forced = natural.place != before or puts_notes_off(
                self._parts, chosen, self._page, natural
            )
            place = block_of(self._parts[at], turn.line)
            yield Break(*place, forced, turn.lacks, turn.is_noted)


def _weight(lines: int) -> int:
    """The square of a number of lines; but of many, as before a picture, not so much more."""
    return lines**2 if abs(lines) <= FEW else FEW**2 + 2 * (abs(lines) - FEW)
