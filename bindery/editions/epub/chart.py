"""Themes at a glance: a table of themes and essays, with a bubble beside each number.

The numbers are the chart; the bubbles, which are hidden from those who listen, only let the eye
find the large ones.  So the table is its own text alternative, and needs no colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from bindery.book import Chapter, EditedBook, Part
from bindery.index import IndexTheme, Weight

ACROSS = 10
"""Essays side by side, so that a table fits a telephone; more make another table below."""
BANDS = 6
"""With more tables than that nothing is seen at a glance, and there is no chart."""
LARGEST, SMALLEST = 9.0, 1.5
"""Radii of bubbles, in a square of 20."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How much of a theme is in an essay."""

    places: int
    radius: str
    """Radius of the bubble in a square of 20, as a number of SVG; empty for none."""
    whole: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A theme."""

    title: str
    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """An essay."""

    number: int
    title: str
    """Plain text."""
    href: str


@dataclass(frozen=True, slots=True)
class Band:
    """A table of all themes and of some essays."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]


def bands(book: EditedBook) -> tuple[Band, ...]:
    """The tables of the chart; none when it is not wanted or would be too large."""
    essays = [chapter for chapter in book.chapters if chapter.part is Part.BODY]
    themes = [theme for theme in book.index.themes if theme.essays]
    if not (book.index.settings.chart and themes) or len(essays) > ACROSS * BANDS:
        return ()
    count = -(-len(essays) // ACROSS)
    size = -(-len(essays) // count)
    parts = [essays[at : at + size] for at in range(0, len(essays), size)]
    most = max(weight.places for theme in themes for weight in theme.essays)
    return tuple(_band(part, themes, most) for part in parts)


def _band(essays: list[Chapter], themes: list[IndexTheme], most: int) -> Band:
    heads = [Head(e.number, Markup(e.title).striptags(), f"{e.slug}.xhtml") for e in essays]
    rows = [
        Row(theme.title, f"#{theme.id}", tuple(_cells(theme, essays, most))) for theme in themes
    ]
    return Band(tuple(heads), tuple(rows))


def _cells(theme: IndexTheme, essays: list[Chapter], most: int) -> Iterator[Cell]:
    """The area of a bubble is in proportion to its number."""
    weights = {weight.chapter: weight for weight in theme.essays}
    for essay in essays:
        weight = weights.get(essay.slug, Weight(essay.slug, 0))
        radius = max(SMALLEST, LARGEST * (weight.places / max(most, 1)) ** 0.5)
        yield Cell(weight.places, f"{radius:.1f}" if weight.places else "", weight.whole)
