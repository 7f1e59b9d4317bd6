"""Put a `span` around words of a chapter, so that the links of the index land on them.

No letter of the text changes, and no element is broken: of words that reach across the border
of an element, the part before the border is enclosed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from bindery.concordance.finding import Stretch
from bindery.concordance.runs import Piece, Run
from bindery.markup.tree import make

Named = tuple[int, int, str]
"""Offsets of the first character and behind the last one, and an id."""


def enclosable(run: Run, stretches: Sequence[Stretch]) -> list[Stretch]:
    """What can be enclosed of each stretch, so that no two cross each other or an element.

    The stretches stand in order, the longer of two that begin together first, and each begins
    with a word in one of the run's own pieces.
    """
    starts = [piece.start for piece in run.pieces]
    cut: list[Stretch] = []
    open_ends: list[int] = []
    for start, end in stretches:
        piece = run.pieces[bisect_right(starts, start) - 1]
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        stop = min(end, piece.end, *open_ends[-1:])
        stop = start + len(run.text[start:stop].rstrip())
        open_ends.append(stop)
        cut.append((start, stop))
    return cut


def enclose(run: Run, spans: Iterable[Named]) -> None:
    """Put spans with ids into the run's tree; they stand in order and do not cross."""
    starts = [piece.start for piece in run.pieces]
    by_piece: dict[int, list[Named]] = {}
    for start, end, name in spans:
        by_piece.setdefault(bisect_right(starts, start) - 1, []).append((start, end, name))
    for number, found in by_piece.items():
        _fill_piece(run, run.pieces[number], found)


def _fill_piece(run: Run, piece: Piece, spans: list[Named]) -> None:
    lead, made, _ = _filled(run.text, piece.start, piece.end, spans, 0)
    if piece.name == "text":
        piece.element.text = lead
        piece.element[:0] = made
        return
    piece.element.tail = None
    for span in reversed(made):
        piece.element.addnext(span)
    piece.element.tail = lead


def _filled(
    text: str, start: int, end: int, spans: list[Named], nth: int
) -> tuple[str, list[HtmlElement], int]:
    """A stretch of text with those spans in it that begin there.

    The text before the first span, the spans, and the number of the next one.
    """
    lead, made, at = text[start:end], list[HtmlElement](), start
    while nth < len(spans) and spans[nth][0] < end:
        first, last, name = spans[nth]
        if made:
            made[-1].tail = text[at:first] or None
        else:
            lead = text[at:first]
        span = make("span", {"id": name, "class": "index-mark"})
        span.text, inside, nth = _filled(text, first, last, spans, nth + 1)
        span.extend(inside)
        made.append(span)
        at = last
    if made:
        made[-1].tail = text[at:end] or None
    return lead, made, nth
