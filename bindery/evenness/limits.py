"""The limits of `[quality]` in book.toml, held against a book's figures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from bindery.errata import Place, Query
from bindery.evenness.figures import Figures
from bindery.metadata import FILE, Quality

CODE = "page-quality"
NOWHERE: Mapping[str, Sequence[str]] = MappingProxyType({})
NAMED = 12
"""Pages that a query names."""
WORDS = "Change words of the paragraphs around the worst lines in report.html"
LENGTH = "Add or take away some words in the paragraphs that end so"
SPREADS = "Make a paragraph before them longer or shorter, or a picture smaller"
GRID = "Give what stands above them a height of whole lines in the styles"


class Held(NamedTuple):
    """A figure of a book and its limit."""

    key: str
    """Of the limit in `[quality]`."""
    what: str
    """What is counted."""
    figure: float
    limit: float
    to_do: str

    @property
    def is_past(self) -> bool:
        """Whether the figure is past its limit."""
        return self.figure > self.limit


def held_against(figures: Figures, limits: Quality) -> tuple[Held, ...]:
    """Every figure that has a limit, in the order of the report."""
    return (*_spaces(figures, limits), *_ends(figures, limits), *_depths(figures, limits))


def past_limits(
    figures: Figures, limits: Quality, places: Mapping[str, Sequence[str]] = NOWHERE
) -> tuple[Query, ...]:
    """An error for each figure that is past its limit, with the pages where it is."""
    return tuple(
        Query(
            CODE,
            f"{each.what}: {_rounded_up(each.figure):g}; the limit is {each.limit:g}"
            f"{_where(places.get(each.key, ()))}.",
            f"{each.to_do}, or raise quality.{each.key}.",
            Place(FILE),
        )
        for each in held_against(figures, limits)
        if each.is_past
    )


def _spaces(figures: Figures, limits: Quality) -> tuple[Held, ...]:
    found = figures.spaces
    loose = "Percent of lines whose spaces are over 1.6 times the font’s own"
    tight = "Percent of lines whose spaces are under .75 times the font’s own"
    uneven = "Standard deviation of lines’ spaces, in spaces of the font’s own"
    return (
        Held("loose_lines", loose, found.loose, limits.loose_lines, WORDS),
        Held("tight_lines", tight, found.tight, limits.tight_lines, WORDS),
        Held("sd", uneven, found.sd, limits.sd, WORDS),
    )


def _ends(figures: Figures, limits: Quality) -> tuple[Held, ...]:
    found = figures.ends
    row = "Lines in a row that end within a word"
    turns = "Words that are divided where the page is turned"
    runts = "Paragraphs that end with a part of a word, or next to nothing, on a line of its own"
    widows = "Last lines of paragraphs alone at the head of a page"
    orphans = "First lines of paragraphs alone at the foot of a page"
    return (
        Held("hyphens_in_a_row", row, found.hyphens_in_a_row, limits.hyphens_in_a_row, LENGTH),
        Held("hyphens_at_turns", turns, found.hyphens_at_turns, limits.hyphens_at_turns, LENGTH),
        Held("runts", runts, found.runts, limits.runts, LENGTH),
        Held("widows", widows, found.widows, limits.widows, LENGTH),
        Held("orphans", orphans, found.orphans, limits.orphans, LENGTH),
    )


def _depths(figures: Figures, limits: Quality) -> tuple[Held, ...]:
    found = figures.depths
    grid = "Lines of text that are not on the baseline grid"
    spreads = "Percent of spreads whose pages end more than a line apart"
    return (
        Held("off_grid", grid, found.off_grid, limits.off_grid, GRID),
        Held("uneven_spreads", spreads, found.uneven_spreads, limits.uneven_spreads, SPREADS),
    )


def _where(pages: Sequence[str]) -> str:
    """Some pages by their numbers."""
    more = f" and {len(pages) - NAMED} more" if len(pages) > NAMED else ""
    named = f"{', '.join(pages[:NAMED])}{more}"
    return f" (page{'s' * (len(pages) > 1)} {named})" if pages else ""


def _rounded_up(figure: float) -> float:
    """To two decimals: what is past its limit must not be printed as if it were at it."""
    return math.ceil(figure * 100) / 100
