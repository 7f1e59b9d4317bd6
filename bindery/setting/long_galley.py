"""Lay a galley out on one page without an end, to know how deep everything in it is.

That is what a galley was: a long tray of type, not yet divided into pages.  Paragraphs whose
lines are known already are set as one empty line, so that only the rest costs time: headings,
pictures, tables, and what was left to the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.css.properties import Dimension
from weasyprint.css.targets import TargetCollector
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.build import (
    build_formatting_structure,
    create_anonymous_boxes,
)
from weasyprint.layout import LayoutContext, layout_document
from weasyprint.layout.page import PageType

ENDLESS = 1e7
"""Depth of the page in pixels."""

AVOIDED = ("avoid", "avoid-page")

Run = tuple[Element, int]
"""Lines that follow each other: their element, and how many runs of lines it had before."""


@dataclass(slots=True)
class Leaf:
    """The smallest thing between which pages can end: a run of lines, or what is never parted.

    Depths are pixels.
    """

    box: Any
    run: Run | None
    """Of lines."""
    top: float
    bottom: float
    opening: float = 0.0
    """Padding and borders of the boxes that begin with it."""
    closing: float = 0.0
    """Padding and borders of the boxes that end with it."""
    head: float = 0.0
    """Space above it at the head of a page."""
    breaks_before: list[str] = field(default_factory=list)
    """`break-before` of all of these boxes."""
    breaks_after: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LongGalley:
    """A galley that was laid out on one page."""

    page: Any
    leaves: tuple[Leaf, ...]
    known: Mapping[Run, int]
    """Numbers of the paragraphs of which one empty line stands there."""
    notes: Mapping[Run, tuple[Element, ...]]
    """The notes that are called in each run, in order."""
    note_runs: Mapping[Element, tuple[int, ...]]
    """Numbers of the paragraphs of notes of which all lines are known."""
    note_depths: Mapping[Element, float]
    """Pixels that the other notes take, and one of those whose lines are known."""


def lay_out(
    html: Any, context: Any, counter_style: Any, paragraphs: Mapping[Element, Sequence[int]]
) -> LongGalley | None:
    """Lay out a galley; None where its text is not in one stream.

    `paragraphs` are the numbers of the paragraphs whose lines are known, by their elements.  The
    cascade of `context`, a `LayoutContext`, is used again.
    """
    style_for, targets = _EndlessPages(context.style_for), TargetCollector()
    fresh = LayoutContext(
        style_for, context.get_image_from_uri, context.font_config, counter_style, targets
    )
    root = build_formatting_structure(
        html.etree_element,
        style_for,
        fresh.get_image_from_uri,
        html.base_url,
        targets,
        counter_style,
        fresh.footnotes,
    )
    lines = _runs(root)
    known = _matched(lines, paragraphs)
    calls = {
        run: tuple(box.footnote.element for box in line.descendants() if box.footnote)
        for run, line in lines.items()
    }
    note_runs = _note_runs(fresh.footnotes, paragraphs)
    _empty(root, {id(lines[run]) for run in known}, note_runs, fresh.footnotes)
    pages = list(layout_document(html, root, fresh))
    found = leaves(pages[0].children[0])
    if len(pages) != 1 or not found:
        return None
    # The margin above the first page is not lost.
    found[0].opening, found[0].head = found[0].top - pages[0].content_box_y(), 0.0
    depths = {box.element: box.margin_height() for box in note_area(pages[0])}
    return LongGalley(pages[0], tuple(found), known, calls, note_runs, depths)


def _note_runs(
    notes: Sequence[Any], paragraphs: Mapping[Element, Sequence[int]]
) -> dict[Element, tuple[int, ...]]:
    """The numbers of the paragraphs of notes of which all lines are known."""
    found = {}
    for note in notes:
        lines = _runs(create_anonymous_boxes(note.deepcopy()))
        numbers = _matched(lines, paragraphs)
        if lines and len(numbers) == len(lines):
            found[note.element] = tuple(numbers.values())
    return found


def note_area(page: Any) -> Sequence[Any]:
    """The notes at the foot of a page that was laid out."""
    areas = [child for child in page.children if isinstance(child, boxes.FootnoteAreaBox)]
    return areas[0].children if areas else ()


def _matched(
    lines: Mapping[Run, Any], paragraphs: Mapping[Element, Sequence[int]]
) -> dict[Run, int]:
    """The numbers of runs of lines, where each run of an element is a paragraph."""
    count = Counter(element for element, _ in lines)
    return {
        (element, place): paragraphs[element][place]
        for element, place in lines
        if len(paragraphs.get(element, ())) == count[element]
    }


class _EndlessPages:
    """The styles of a galley, but for the depth of its pages."""

    def __init__(self, style_for: Any) -> None:
        self._style_for = style_for

    def __getattr__(self, name: str) -> Any:
        return getattr(self._style_for, name)

    def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:
        style = self._style_for(element, pseudo_type)
        if isinstance(element, PageType) and pseudo_type is None:
            style = style.copy()
            style["height"] = Dimension(ENDLESS, "px")
        return style


def _empty(root: Any, known: set[int], note_runs: Collection[Element], notes: list[Any]) -> None:
    """Leave one empty line of every line box that is known.

    Of the notes only those stay that are not known, and one, which shows where notes stand: to
    add a note, the engine lays out all of them anew.
    """
    first = notes[0].element if notes else None
    notes[:] = [n for n in notes if n.element is first or n.element not in note_runs]
    kept = {id(note) for note in notes}
    for line in _lines_to_be(root, everywhere=True):
        calls = []
        for box in line.descendants():
            if box.footnote is not None and id(box.footnote) not in kept:
                box.footnote = None
            elif box.footnote is not None:
                calls.append(box)
        if id(line) in known:
            line.children = [boxes.TextBox.anonymous_from(line, "x"), *calls]
    for note in notes:
        if note.element in note_runs:
            note.children = [boxes.TextBox.anonymous_from(note, "x")]


def _runs(root: Any) -> dict[Run, Any]:
    """The line boxes of the stream, which are not broken yet."""
    seen: Counter[Element] = Counter()
    found = {}
    for line in _lines_to_be(root):
        found[line.element, seen[line.element]] = line
        seen[line.element] += 1
    return found


def _lines_to_be(box: Any, *, everywhere: bool = False) -> Iterator[Any]:
    """Line boxes that are not broken yet, in order: those of the stream, or all of them."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox):
            yield child
        elif everywhere or (_is_stream(child) and child.is_in_normal_flow()):
            yield from _lines_to_be(child, everywhere=everywhere)


def leaves(root: Any) -> list[Leaf]:
    """What a laid out page has in its stream, in order."""
    found: list[Leaf] = []
    _gather(root, 0.0, found, Counter())
    return found


def _gather(box: Any, shift: float, found: list[Leaf], seen: Counter[Element]) -> None:
    """Add the leaves of a box; boxes around it that are moved have moved it by `shift`."""
    shift += moved(box)
    lines = [child for child in getattr(box, "children", ()) if isinstance(child, boxes.LineBox)]
    if lines:
        run = (box.element, seen[box.element])
        seen[box.element] += 1
        is_whole = box.style["break_inside"] in AVOIDED or box.style["break_after"] in AVOIDED
        _add(found, Leaf(box, None if is_whole else run, box.border_box_y() - shift, 0.0))
        return
    inner = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
    if not _is_stream(box) or not inner:
        if _has_depth(box):
            _add(found, Leaf(box, None, box.border_box_y() - shift, 0.0))
        return
    first = len(found)
    for child in inner:
        _gather(child, shift, found, seen)
    if len(found) > first:
        found[first].opening += box.padding_top + box.border_top_width
        found[-1].closing += box.padding_bottom + box.border_bottom_width
        found[first].head = max(found[first].head, _kept(box))
        found[first].breaks_before.append(box.style["break_before"])
        found[-1].breaks_after.append(box.style["break_after"])


def _has_depth(box: Any) -> bool:
    """Whether a box without a stream in it takes room, other than by filling up a page."""
    is_fill = isinstance(box, boxes.BlockBox) and not box.children and box.style["height"] == "auto"
    return bool(box.border_height() - (box.height if is_fill else 0.0))


def _add(found: list[Leaf], leaf: Leaf) -> None:
    leaf.bottom = leaf.top + leaf.box.border_height()
    leaf.head = _kept(leaf.box)
    leaf.breaks_before.append(leaf.box.style["break_before"])
    leaf.breaks_after.append(leaf.box.style["break_after"])
    found.append(leaf)


def _kept(box: Any) -> float:
    """The margin above a box that is not lost at the head of a page.

    WeasyPrint 70 takes every break between named pages for a forced one, which leaves margins.
    """
    keeps = {"auto": bool(box.style["page"]), "keep": True, "discard": False}
    return float(box.margin_top) if keeps[box.style["margin_break"]] else 0.0


def _is_stream(box: Any) -> bool:
    """Whether pages may end inside of a box."""
    if not isinstance(box, boxes.BlockBox) or box.is_monolithic() or box.is_table_wrapper:
        return False
    return box.style["break_inside"] not in AVOIDED and box.style["break_after"] not in AVOIDED


def moved(box: Any) -> float:
    """By how much a box is drawn below its place."""
    if box.style["position"] != "relative":
        return 0.0
    top, bottom = box.top, box.bottom
    return float(top if top != "auto" else -bottom if bottom != "auto" else 0.0)
