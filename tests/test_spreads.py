"""Spreads: lines of paragraphs chosen so that facing pages end level; the grid of lines."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from bindery.spreads import Block, Break, Page, Plan, Prices, Way, as_it_falls, fall, plan
from bindery.spreads.grid import Leads, leaded, leads

PAGE = Page(depth=50, line=10)
"""Five lines."""
FREE = Prices(tail=0)
"""Last pages may be as short as they like."""


def text(*lines: int, **more: Any) -> Block:
    """A paragraph with ways of so many lines; the first one costs nothing, others 1000 each."""
    ways = tuple(Way(count, 1000.0 * place) for place, count in enumerate(lines))
    return replace(Block(ways, 10.0), **more)


def whole(lines: float, **more: Any) -> Block:
    return replace(Block((Way(1),), lines * 10.0, is_whole=True), **more)


def places(found: Plan) -> list[tuple[int, int]]:
    return list(found.places)


# ---- how pages fall by themselves -----------------------------------------------------------


def test_pages_are_filled_and_paragraphs_parted():
    assert fall([text(3), text(6), text(5)], [0, 0, 0], PAGE) == ((1, 2), (2, 0))


def test_no_first_line_stands_alone_at_the_foot():
    assert fall([text(4), text(4)], [0, 0], PAGE) == ((1, 0),)


def test_no_last_line_stands_alone_at_the_head():
    assert fall([text(2), text(4)], [0, 0], PAGE) == ((1, 2),)


def test_three_lines_are_not_parted():
    assert fall([text(3), text(3)], [0, 0], PAGE) == ((1, 0),)


def test_a_heading_goes_over_with_what_it_heads():
    heading = whole(1, with_next=True)
    assert fall([text(3), heading, text(4)], [0, 0, 0], PAGE) == ((1, 0),)
    assert fall([text(2), heading, text(4)], [0, 0, 0], PAGE) == ((2, 2),)


def test_a_heading_goes_over_with_another_one():
    heading = whole(1, with_next=True)
    assert fall([text(2), heading, heading, text(3)], [0] * 4, PAGE) == ((1, 0),)


def test_space_above_is_lost_at_the_head_of_a_page():
    heading = whole(1, above=20, with_next=True)
    assert fall([text(5), heading, text(4), text(2)], [0] * 4, PAGE) == ((1, 0), (3, 0))


def test_space_that_is_kept_stands_at_the_head_of_a_page():
    quote = text(5, above=20, head=10)
    assert fall([text(5), quote], [0, 0], PAGE) == ((1, 0), (1, 3))


def test_padding_must_fit_with_the_last_line():
    assert fall([text(5, after=1), text(2)], [0, 0], PAGE) == ((0, 3),)


def test_notes_take_room_from_the_text():
    page = replace(PAGE, note_space=3)
    called = Block((Way(4, notes=((1, 7.0),)),), 10.0)
    assert fall([called, text(2)], [0, 0], page) == ((1, 0),)
    assert fall([text(1), called, text(2)], [0] * 3, page) == ((1, 2),)
    later = Block((Way(5, notes=((4, 7.0),)),), 10.0)
    assert fall([later, text(2)], [0, 0], page) == ((0, 3),)


def test_what_is_deeper_than_a_page_stands_on_its_own():
    assert fall([text(2), whole(7), text(2)], [0] * 3, PAGE) == ((1, 0), (2, 0))


def test_a_paragraph_may_go_over_several_pages():
    assert fall([text(3), text(14)], [0, 0], PAGE) == ((1, 2), (1, 7), (1, 12))


def test_a_list_takes_lines_of_what_leads_to_it_along():
    assert fall([text(5, with_next=True), text(3)], [0, 0], PAGE) == ((0, 3),)
    assert fall([text(2), text(3, with_next=True), text(2)], [0] * 3, PAGE) == ((1, 0),)
    assert fall([text(3, with_next=True), text(3)], [0, 0], PAGE) == ((1, 0),)  # It cannot.


def test_room_for_a_note_that_was_tried_in_vain_stays_empty():
    """What WeasyPrint 70 does: two lines would fit, were it not for the line above notes."""
    page = replace(PAGE, note_space=3)
    called = Block((Way(4, notes=((2, 17.0),)),), 10.0)
    assert fall([text(2), called], [0, 0], page) == ((1, 2),)
    assert fall([text(2), called], [0, 0], replace(page, note_space=13))[0] == (1, 0)


def test_breaks_are_forced_where_the_engine_would_put_notes_off():
    page = replace(PAGE, note_space=3)
    noted = Block((Way(2, notes=((0, 7.0),)),), 10.0)
    one_line_left = as_it_falls([noted, text(1), text(4)], page)
    assert one_line_left.breaks == (Break(2, 0, forced=True, lacks=1, is_noted=True),)
    none_left = as_it_falls([noted, text(2), text(4)], page)
    assert none_left.breaks == (Break(2, 0, forced=False, lacks=0, is_noted=True),)


# ---- what is chosen -------------------------------------------------------------------------


def test_a_paragraph_gets_a_line_more_to_fill_its_page():
    blocks = [text(4, 5), text(5), text(2)]
    found = plan(blocks, PAGE, FREE)
    assert found.ways == (1, 0, 0)
    assert places(found) == [(1, 0), (2, 0)]
    assert found.cost == 1000


def test_a_better_paragraph_is_worth_a_short_page():
    dear = Block((Way(4), Way(5, 500_000.0)), 10.0)
    assert plan([dear, text(5), text(2)], PAGE, FREE).ways == (0, 0, 0)


def test_ways_that_are_too_poor_are_never_taken():
    poor = Block((Way(4), Way(5, 800_000.0)), 10.0)
    prices = replace(FREE, short=10_000_000)
    assert plan([poor, text(5), text(2)], PAGE, prices).ways == (0, 0, 0)


def test_the_first_page_faces_nothing():
    blocks = [whole(4), whole(5), whole(5), whole(1)]
    assert plan(blocks, PAGE, FREE).cost == FREE.short


def test_a_verso_and_its_recto_end_level():
    """The recto would end two lines short, before a picture: so each ends one line short."""
    blocks = [whole(5), text(2), text(6), whole(5), whole(1)]
    as_is = as_it_falls(blocks, PAGE, FREE)
    assert places(as_is) == [(1, 0), (2, 3), (3, 0), (4, 0)]
    assert as_is.cost == 4 * FREE.short + 4 * FREE.uneven
    found = plan(blocks, PAGE, FREE)
    assert places(found) == [(1, 0), (2, 2), (3, 0), (4, 0)]
    assert [each.forced for each in found.breaks] == [False, True, False, False]
    assert found.cost == 2 * FREE.short + FREE.forced


def test_pages_that_face_each_other_are_those_after_the_first():
    prices = replace(FREE, short=0)
    blocks = [whole(3), whole(4), whole(5), whole(4), whole(5), whole(1)]
    # Pages of 3 | 4 5 | 4 5 | 1 lines: two spreads differ by a line.
    assert plan(blocks, PAGE, prices).cost == 2 * prices.uneven


def test_a_page_with_notes_is_level_whatever_its_text():
    page = replace(PAGE, note_space=3)
    noted = Block((Way(1, notes=((0, 7.0),)),), 30.0, is_whole=True)
    blocks = [whole(5), noted, whole(5), whole(1)]
    assert plan(blocks, page, FREE).cost == FREE.short  # But its text could be a line longer.


def test_no_last_page_is_shorter_than_five_lines():
    page = Page(depth=100, line=10)
    assert as_it_falls([text(9, 10), text(4, 5)], page).cost == Prices().tail + Prices().short
    found = plan([text(9, 10), text(4, 5)], page)
    assert found.ways == (1, 1)
    assert found.cost == 2000


def test_the_only_page_of_a_galley_may_be_short():
    assert plan([text(2)], PAGE).cost == 0


def test_no_hyphen_stands_before_a_page_is_turned():
    hyphen = Block((Way(6, hyphens=frozenset({2})), Way(6, 1000.0)), 10.0)
    blocks = [text(2), hyphen, text(5)]
    assert as_it_falls(blocks, PAGE, FREE).cost == FREE.turn
    assert plan(blocks, PAGE, FREE).ways == (0, 1, 0)
    assert plan(blocks, PAGE, FREE).cost == 1000


def test_a_hyphen_at_the_foot_of_a_verso_is_cheaper():
    hyphen = Block((Way(6, hyphens=frozenset({2})),), 10.0)
    found = plan([whole(5), text(2), hyphen, text(5)], PAGE, replace(FREE, most_short=0))
    assert found.cost == FREE.across


def test_a_page_ends_before_a_hyphen_rather_than_with_it():
    hyphen = Block((Way(6, hyphens=frozenset({2})),), 10.0)
    found = plan([text(2), hyphen, text(1)], PAGE, FREE)
    assert found.breaks[0] == Break(1, 2, forced=True, lacks=1)
    assert found.cost == FREE.short + FREE.forced


def test_space_above_a_picture_levels_a_spread():
    blocks = [whole(5), text(1), whole(2, above=10), whole(5), whole(1)]
    found = plan(blocks, PAGE, FREE)
    assert list(found.spaces) == [0, 0, 10, 0, 0]
    assert found.cost == FREE.picture
    assert list(plan(blocks, PAGE, replace(FREE, picture=700_000)).spaces) == [0] * 5


def test_space_above_a_heading_levels_a_spread():
    page = Page(depth=80, line=10)
    large, small = whole(1, above=20, with_next=True), whole(1, above=10, with_next=True)
    found = plan([whole(8), text(2), large, text(2), whole(8), whole(1)], page, FREE)
    assert list(found.spaces) == [0, 0, 10, 0, 0, 0]
    assert found.cost == FREE.heading
    found = plan([whole(8), text(3), small, text(2), whole(8), whole(1)], page, FREE)
    assert list(found.spaces) == [0] * 6


def test_space_above_is_of_no_use_at_the_head_of_a_page():
    blocks = [whole(5), whole(4, above=10), whole(5), whole(1)]
    assert plan(blocks, PAGE, FREE).cost == FREE.short + FREE.uneven


def test_breaks_that_fall_by_themselves_are_not_forced():
    blocks = [text(3), text(6), text(4), text(7), text(3)]
    found = as_it_falls(blocks, PAGE)
    assert not any(each.forced for each in found.breaks)
    assert found.places == fall(blocks, found.ways, PAGE)


# ---- the grid -------------------------------------------------------------------------------


def added(*blocks: Block) -> list[tuple[float, float, float]]:
    return [(each.above, each.before, each.after) for each in leads(blocks, 10)]


def test_nothing_is_added_to_whole_lines():
    blocks = [text(3), whole(2, above=10), text(2, above=20), whole(1.5, before=5)]
    assert leads(blocks, 10) == (Leads(),) * 4


def test_a_picture_is_brought_to_whole_lines_above_and_below():
    assert added(whole(2.6), text(2)) == [(0, 2, 2), (0, 0, 0)]


def test_a_heading_is_brought_to_whole_lines_below_it_alone():
    assert added(whole(1.6, with_next=True), text(2)) == [(0, 0, 4), (0, 0, 0)]


def test_a_little_is_taken_from_the_space_below():
    assert added(whole(2.2), text(2, above=10)) == [(0, 0, -2), (0, 0, 0)]
    assert added(whole(2.2), text(2)) == [(0, 4, 4), (0, 0, 0)]


def test_space_above_is_brought_to_whole_lines_by_itself():
    assert added(text(2), text(2, above=7)) == [(0, 0, 0), (3, 0, 0)]


def test_lines_of_another_leading_are_brought_to_whole_lines_together():
    small = replace(text(3), line=8.0)
    assert added(text(1), small, small, text(2)) == [(0, 0, 0), (0, 0, 0), (0, 0, 2), (0, 0, 0)]


def test_lines_that_are_a_little_too_high_move_nothing():
    assert added(replace(text(4), line=10.25), text(2))[0] == (0, 0, -1)


def test_blocks_with_their_leads_are_whole():
    blocks = [whole(2.6), whole(2.2), text(2, above=7)]
    for block in leaded(blocks, leads(blocks, 10)):
        depth = block.before + block.ways[0].lines * block.line + block.after
        assert depth % 10 == pytest.approx(0)
        assert block.above % 10 == pytest.approx(0)


# ---- against all ways that there are --------------------------------------------------------


def random_galley(seed: int) -> list[Block]:
    dice = random.Random(seed)  # noqa: S311
    blocks = []
    for _ in range(dice.randint(3, 5)):
        if dice.random() < 0.25:
            with_next = dice.random() < 0.5
            depth = 1 if with_next else dice.choice([1, 2, 3, 2.5])
            blocks.append(whole(depth, above=dice.choice([0.0, 10.0]), with_next=with_next))
            continue
        lines = dice.randint(1, 6)
        ways = [Way(lines, 0.0)]
        if dice.random() < 0.6:
            more = lines + dice.choice([-1, 1])
            hyphens = frozenset(line for line in range(more - 1) if dice.random() < 0.4)
            ways.append(Way(max(1, more), dice.choice([20_000.0, 100_000.0]), hyphens))
        if dice.random() < 0.3:
            ways[0] = replace(ways[0], notes=((dice.randrange(lines), 7.0),))
        blocks.append(Block(tuple(ways), 10.0))
    return [*blocks, text(dice.randint(1, 3))]


@pytest.mark.parametrize("seed", range(120))
def test_nothing_cheaper_can_be_found_by_trying_everything(seed: int):
    blocks = random_galley(seed)
    page = Page(depth=60, line=10)
    prices = Prices(uneven=110_000, tail=500_000, tail_lines=3, turn=90_000)
    prices = replace(prices, picture=1e9, heading=1e9)
    found = plan(blocks, page, prices)
    assert found.cost == pytest.approx(least_cost(blocks, page, prices))
    # And the plan is what it says: its pages cost so much.
    assert cost_of(blocks, found.ways, found.places, page, prices) == pytest.approx(found.cost)


def least_cost(blocks: Sequence[Block], page: Page, prices: Prices) -> float:
    ranges = [range(len(block.ways)) for block in blocks]
    return min(
        cost_of(blocks, ways, breaks, page, prices)
        for ways in product(*ranges)
        for breaks in divisions(blocks, ways, (0, 0), page)
    )


Place = tuple[int, int]


def divisions(
    blocks: Sequence[Block], ways: Sequence[int], start: Place, page: Page
) -> Iterator[list[Place]]:
    """All lists of breaks from a place on: a page ends where it must, or a little before."""
    following = fall_from(blocks, ways, start, page)
    if following is None:
        yield []
    for end in ends(blocks, ways, start, following):
        lacks = depth_left(blocks, ways, start, end, page) // 10
        within = end[1] and (following is None or end[0] != following[0])
        too_early = following is not None and following[1] - end[1] > 2 and end[1]
        if end == following or (lacks <= 2 and not within and not too_early):
            for more in divisions(blocks, ways, end, page):
                yield [end, *more]


def ends(
    blocks: Sequence[Block], ways: Sequence[int], start: Place, last: Place | None
) -> Iterator[Place]:
    """Where a page may end that begins at a place, up to the last such place."""
    for number in range(start[0], len(blocks)):
        lines = blocks[number].ways[ways[number]].lines
        kept = number and blocks[number - 1].with_next and blocks[number - 1].is_whole
        inside = [] if blocks[number].is_whole else range(2, lines - 1)
        for line in [*([] if kept else [0]), *inside]:
            if (number, line) > start and (last is None or (number, line) <= last):
                yield number, line


def fall_from(
    blocks: Sequence[Block], ways: Sequence[int], start: Place, page: Page
) -> Place | None:
    """The last place at which a page can end that begins at a place; None if all fits."""
    if depth_left(blocks, ways, start, (len(blocks), 0), page) >= 0:
        return None
    fitting = [
        end
        for end in ends(blocks, ways, start, None)
        if depth_left(blocks, ways, start, end, page) >= 0
    ]
    return max(fitting)


def depth_left(
    blocks: Sequence[Block], ways: Sequence[int], start: Place, end: Place, page: Page
) -> float:
    """What is left of a page that holds all between two places; negative if it cannot."""
    used = notes = 0.0
    for number in range(start[0], len(blocks)):
        block, way = blocks[number], blocks[number].ways[ways[number]]
        first = start[1] if number == start[0] else 0
        last = min(way.lines, end[1]) if number == end[0] else way.lines if number < end[0] else 0
        if number > end[0] or last <= first:
            break
        used += block.above if used and not first else 0.0
        used += (last - first) * block.line
        notes += sum(depth for line, depth in way.notes if first <= line < last)
    return page.depth - used - (notes + page.note_space if notes else 0.0)


def cost_of(
    blocks: Sequence[Block],
    ways: Sequence[int],
    breaks: Sequence[Place],
    page: Page,
    prices: Prices,
) -> float:
    """The price of a galley divided in a way, page by page."""
    chosen = [block.ways[way] for block, way in zip(blocks, ways, strict=True)]
    best = [min(way.demerits for way in block.ways) for block in blocks]
    cost = sum(way.demerits - least for way, least in zip(chosen, best, strict=True))
    verso_foot: float | None = None
    starts = [(0, 0), *breaks]
    for number, (start, end) in enumerate(zip(starts, breaks, strict=False)):
        left = depth_left(blocks, ways, start, end, page)
        lacks = left // 10
        cost += prices.forced if end != fall_from(blocks, ways, start, page) else 0
        cost += prices.short * weight(lacks)
        noted = any(
            start <= (at, line) < end for at, way in enumerate(chosen) for line, _ in way.notes
        )
        foot = 0 if noted else lacks
        hyphen = end[1] and end[1] - 1 in chosen[end[0]].hyphens
        if number % 2:
            verso_foot = foot
            cost += prices.across if hyphen else 0
        else:
            cost += prices.uneven * weight(foot - verso_foot) if verso_foot is not None else 0
            cost += prices.turn if hyphen else 0
    if breaks:
        end = (len(blocks), 0)
        noted_depth = depth_left(blocks, ways, starts[-1], end, replace(page, note_space=0))
        notes = sum(
            depth
            for at, way in enumerate(chosen)
            for line, depth in way.notes
            if (at, line) >= starts[-1]
        )
        cost += prices.tail if page.depth - noted_depth - notes < prices.tail_lines * 10 else 0
    return cost


def weight(lines: float) -> float:
    """The square up to three lines, and twice what is above them."""
    return lines**2 if abs(lines) <= 3 else 9 + 2 * (abs(lines) - 3)


def test_a_paragraph_over_forty_pages_is_planned_like_any_other():
    found = plan([text(200, 199, 201), whole(1, with_next=True), text(200, 202)], PAGE, FREE)
    assert len(found.breaks) == 80
    assert all(each.lacks <= 2 for each in found.breaks)
