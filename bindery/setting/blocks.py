"""Read off the engine what `spreads` needs: a galley as blocks of known depths.

The depths are those of one long page (`long_galley`), with what brings pictures and tables to
whole lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from bindery import composition
from bindery.composition import Paragraph
from bindery.setting.long_galley import AVOIDED, Leaf, LongGalley, lay_out, note_area
from bindery.spreads import Block, Page, Way
from bindery.spreads.grid import Leads, leaded, leads

POINTS = 0.75
"""Points in a CSS pixel."""
FORCED = {"always", "page", "left", "right", "recto", "verso"}


Ways = Mapping[int, Mapping[int, composition.Way]]
"""For each paragraph's number, its ways by their number of lines."""


@dataclass(frozen=True, slots=True)
class Galley:
    """A galley as blocks, each with the leaf of the long page that it was read from."""

    leaves: tuple[Leaf, ...]
    blocks: tuple[Block, ...]
    paragraphs: tuple[int | None, ...]
    """The number of each block's paragraph."""
    leads: tuple[Leads, ...]
    page: Page


def measured(
    html: Any, context: Any, counter_style: Any, paragraphs: Sequence[Paragraph], ways: Ways
) -> Galley | None:
    """A galley's blocks; None where nothing can be planned.

    `context` is the `LayoutContext` with the galley's cascade.
    """
    numbers: dict[Element, list[int]] = {}
    for paragraph in paragraphs:
        if ways[paragraph.number]:
            numbers.setdefault(paragraph.element, []).append(paragraph.number)
    long = lay_out(html, context, counter_style, numbers)
    if long is None or _is_forced(long.leaves):
        return None
    by_number = {each.number: each for each in paragraphs}
    depths = _note_depths(long, ways, by_number)
    blocks, known = [], []
    for leaf, above in zip(long.leaves, _spaces(long.leaves), strict=True):
        number = long.known.get(leaf.run) if leaf.run else None
        calls = long.notes.get(leaf.run, ()) if leaf.run else _notes_below(leaf, depths)
        notes = [depths[note] for note in calls]
        known.append(number)
        if number is None:
            blocks.append(_as_it_is(leaf, above, notes))
        else:
            initial = len(by_number[number].insets)
            blocks.append(_composed(leaf, above, notes, ways[number], initial))
    leading = _leading(blocks)
    blocks = [_settled(block, leading) for block in _never_apart(blocks, long.leaves)]
    added = leads(blocks, leading)
    page = Page(_depth(long.page), leading, _note_space(long))
    return Galley(long.leaves, leaded(blocks, added), tuple(known), added, page)


def _is_forced(found: Sequence[Leaf]) -> bool:
    """Whether a page must begin anywhere after the first one."""
    between = ({*a.breaks_after, *b.breaks_before} for a, b in pairwise(found))
    return any(values & FORCED for values in between)


def _spaces(found: Sequence[Leaf]) -> Iterator[float]:
    """The space above each leaf that is lost at the head of a page, in points."""
    yield 0.0
    for above, leaf in pairwise(found):
        yield max(0.0, leaf.top - leaf.opening - above.bottom - above.closing) * POINTS


def _note_depths(
    long: LongGalley, ways: Ways, paragraphs: Mapping[int, Paragraph]
) -> dict[Element, float]:
    """The depth in points of every note."""
    depths = dict(long.note_depths)
    for note, numbers in long.note_runs.items():
        depths[note] = sum(
            composition.best(ways[each]) * paragraphs[each].line_height for each in numbers
        )
    return {note: depth * POINTS for note, depth in depths.items()}


def _notes_below(leaf: Leaf, depths: Mapping[Element, float]) -> tuple[Element, ...]:
    return tuple(element for element in leaf.box.element.iter() if element in depths)


def _note_space(long: LongGalley) -> float:
    """What notes take beside their own depth, in points."""
    notes = note_area(long.page)
    if not notes:
        return 0.0
    (area,) = (box for box in long.page.children if isinstance(box, boxes.FootnoteAreaBox))
    return float(area.margin_height() - sum(note.margin_height() for note in notes)) * POINTS


def _depth(page: Any) -> float:
    """The depth in points that real pages of a galley have for text."""
    return float(page.style["size"][1] - page.margin_height() + page.height) * POINTS


def _block(leaf: Leaf, above: float, ways: tuple[Way, ...], line: float) -> Block:
    style = leaf.box.style
    opening = leaf.opening + leaf.box.padding_top + leaf.box.border_top_width
    closing = leaf.closing + leaf.box.padding_bottom + leaf.box.border_bottom_width
    return Block(
        ways=ways,
        line=line * POINTS,
        above=above,
        head=leaf.head * POINTS,
        before=opening * POINTS,
        after=closing * POINTS,
        orphans=style["orphans"],
        widows=style["widows"],
    )


def _as_it_is(leaf: Leaf, above: float, notes: Sequence[float]) -> Block:
    """What is laid out already: lines of the engine, or a thing that is never parted."""
    children = getattr(leaf.box, "children", ())
    lines = [child for child in children if isinstance(child, boxes.LineBox)]
    if leaf.run is None or not lines:
        way = Way(1, notes=tuple((0, depth) for depth in notes))
        return replace(_block(leaf, above, (way,), leaf.box.height), is_whole=True)
    called = [
        place
        for place, line in enumerate(lines)
        for box in line.descendants()
        if box.footnote is not None
    ]
    way = Way(len(lines), notes=tuple(zip(called, notes, strict=False)))
    return _block(leaf, above, (way,), leaf.box.height / len(lines))


def _composed(
    leaf: Leaf,
    above: float,
    notes: Sequence[float],
    ways: Mapping[int, composition.Way],
    initial: int,
) -> Block:
    """Lines that are known, of which some may stand beside an initial."""
    block = _block(leaf, above, tuple(_way(way, notes) for way in ways.values()), leaf.box.height)
    return replace(block, orphans=max(block.orphans, initial))


def _way(way: composition.Way, notes: Sequence[float]) -> Way:
    hyphens = frozenset(n for n, line in enumerate(way.lines) if line.ends_with_hyphen)
    called = [n for n, line in enumerate(way.lines) for _ in range(line.notes)]
    return Way(len(way.lines), way.demerits, hyphens, tuple(zip(called, notes, strict=False)))


def _leading(blocks: Sequence[Block]) -> float:
    """The leading of most lines."""
    count: Counter[float] = Counter()
    for block in blocks:
        if not block.is_whole:
            count[round(block.line, 4)] += min(way.lines for way in block.ways)
    return count.most_common(1)[0][0] if count else blocks[0].line


def _never_apart(blocks: Sequence[Block], found: Sequence[Leaf]) -> Iterator[Block]:
    """The blocks, with those marked that must stand with the next one."""
    for block, leaf, following in zip(blocks, found, (*found[1:], None), strict=True):
        values = {*leaf.breaks_after, *(following.breaks_before if following else ())}
        yield replace(block, with_next=following is not None and bool(values & set(AVOIDED)))


def _settled(block: Block, leading: float) -> Block:
    """A block that is off the leading with its best way alone: the space below depends on it."""
    if block.is_whole or abs(block.line - leading) < 1e-3:
        return block
    return replace(block, ways=(min(block.ways, key=lambda way: way.demerits),))
