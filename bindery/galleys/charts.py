"""Themes and essays at a glance: how many places of each theme stand in each essay."""

from __future__ import annotations

from dataclasses import dataclass

from bindery.book import EditedBook


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A theme with the number of its places in each essay of a chart."""

    title: str
    places: tuple[int, ...]
    sizes: tuple[float, ...]
    """Diameters of the bubbles: their areas are as the places; the largest has 1."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Themes and essays at a glance; a row a theme, a column an essay."""

    essays: tuple[tuple[int, str], ...]
    """Number and running title of each essay."""
    rows: tuple[ChartRow, ...]


WIDEST_CHART = 14
"""Essays across a chart; with more, charts stand one under the other."""
MOST_ESSAYS = 42
"""A chart of more essays would show less than the lists under the themes do."""


def charts(book: EditedBook) -> tuple[Chart, ...]:
    """The charts of an index with themes; none when it would be too large, or is not wanted."""
    index = book.index
    essays = [(chapter.slug, chapter.number, chapter.running) for chapter in book.chapters]
    essays = [essay for essay in essays if essay[1]]
    if not index.themes or not index.settings.chart or not 2 <= len(essays) <= MOST_ESSAYS:
        return ()
    places = {
        theme.id: {weight.chapter: weight.places for weight in theme.essays}
        for theme in index.themes
    }
    most = max((n for found in places.values() for n in found.values()), default=0) or 1
    across = -(-len(essays) // -(-len(essays) // WIDEST_CHART))
    found = []
    for first in range(0, len(essays), across):
        some = essays[first : first + across]
        rows = []
        for theme in index.themes:
            numbers = tuple(places[theme.id].get(slug, 0) for slug, _, _ in some)
            sizes = tuple(round((number / most) ** 0.5, 3) for number in numbers)
            rows.append(ChartRow(theme.title, numbers, sizes))
        found.append(Chart(tuple(essay[1:] for essay in some), tuple(rows)))
    return tuple(found)
