"""What was decided for a galley's pages, as styles; and whether they fell so.

What was decided comes as alterations of elements' computed styles: space that brings pictures
and tables to whole lines or levels pages, and breaks that pages would not have by themselves.
Whether the pages then fell as planned can be asked; where they did not, they are set again
without the plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes

from bindery.setting.blocks import POINTS, Galley
from bindery.setting.long_galley import Leaf, leaves
from bindery.spreads import Block, Plan, Prices, as_it_falls, plan
from bindery.spreads.grid import Leads

Alterations = tuple[tuple[Element, Mapping[str, Any]], ...]
"""Computed styles that elements are to have instead of their own."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided for a galley."""

    plan: Plan
    lines: Mapping[int, int]
    """How many lines each paragraph gets, by its number."""
    alterations: Alterations


def decided(galley: Galley, prices: Prices | None = None, *, planned: bool = True) -> Decided:
    """The cheapest pages; or, not `planned`, the best lines, on pages as the engine fills them."""
    found = (plan if planned else as_it_falls)(galley.blocks, galley.page, prices)
    lines = {
        number: block.ways[way].lines
        for number, block, way in zip(galley.paragraphs, galley.blocks, found.ways, strict=True)
        if number is not None
    }
    altered: dict[Element, dict[str, Any]] = {}

    def alter(number: int, style: Mapping[str, Any]) -> None:
        altered.setdefault(galley.leaves[number].box.element, {}).update(style)

    heads = {0, *(block for block, line in found.places if line == 0)}
    feet = {len(galley.blocks) - 1, *(block - 1 for block in heads)}
    for number, (leaf, more) in enumerate(zip(galley.leaves, galley.leads, strict=True)):
        is_end = galley.blocks[number].is_whole and (number in heads) != (number in feet)
        alter(number, _spaced(leaf, _at_an_end(more, number in heads) if is_end else more))
    for number, space in enumerate(found.spaces):
        if space:
            alter(number, _spaced_out(galley.blocks[number], space, is_foot=number in feet))
    for each in found.breaks:
        if each.forced:
            way = galley.blocks[each.block].ways[found.ways[each.block]]
            alter(each.block, _parted(each.line, way.lines))
    alterations = tuple((element, style) for element, style in altered.items() if style)
    return Decided(found, lines, alterations)


def fallen(pages: Sequence[Any]) -> tuple[tuple[int, int], ...]:
    """Leaf and line with which each page begins, after the first one, as they were laid out."""
    found = []
    count, lines = 0, 0
    last: Element | None = None
    for number, page in enumerate(pages):
        on_page = leaves(page.children[0])
        goes_on = bool(on_page) and on_page[0].box.element is last and last is not None
        if number and on_page:
            found.append((count - 1, lines) if goes_on else (count, 0))
        for place, leaf in enumerate(on_page):
            if place or not goes_on:
                count, lines = count + 1, 0
            lines += sum(
                isinstance(child, boxes.LineBox) for child in getattr(leaf.box, "children", ())
            )
            last = leaf.box.element if leaf.run else None
    return tuple(found)


def agrees(decision: Decided, pages: Sequence[Any]) -> bool:
    """Whether pages begin where it was decided."""
    return fallen(pages) == decision.plan.places


def _at_an_end(more: Leads, is_head: bool) -> Leads:
    """What is added to a block at an end of its page: below it at the head, above at the foot."""
    total = more.before + more.after
    if more.after < 0:
        return more
    return Leads(more.above, 0.0, total) if is_head else Leads(more.above, total, 0.0)


def _spaced(leaf: Leaf, more: Leads) -> dict[str, Any]:
    """The styles that put space around a leaf."""
    box = leaf.box
    style = {}
    if more.above:
        style["margin_top"] = box.margin_top + more.above / POINTS
    if getattr(box, "is_table_wrapper", False):  # It has no padding.
        style["margin_bottom"] = box.margin_bottom + (more.before + more.after) / POINTS
    else:
        if more.before:
            style["padding_top"] = box.padding_top + more.before / POINTS
        if more.after > 0:
            style["padding_bottom"] = box.padding_bottom + more.after / POINTS
        elif more.after and leaf.run:  # It may be parted, and has no height of its own.
            style["margin_bottom"] = box.margin_bottom + more.after / POINTS
        elif more.after:
            style["height"] = box.height + more.after / POINTS
    return {name: Dimension(value, "px") for name, value in style.items()}


def _spaced_out(block: Block, space: float, *, is_foot: bool) -> dict[str, Any]:
    """The styles that add space above a block; what is no heading stands in the middle of it."""
    style = {"margin_top": Dimension((block.above + space) / POINTS, "px")}
    if not block.with_next and not is_foot:
        style |= {"position": "relative", "top": Dimension(-space / 2 / POINTS, "px")}
    return style


def _parted(line: int, lines: int) -> dict[str, Any]:
    """The styles that make a page end before a line of a block."""
    if line == 0:
        return {"break_before": "page", "margin_break": "discard"}
    return {"orphans": line, "widows": lines - line}
