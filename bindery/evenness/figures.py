"""All figures of some chapters: their spaces, their ends, their depths.

A chapter is sampled by itself, and the samples give the figures of the book: so a chapter that
stands as it was need not be read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bindery.evenness.depths import Depths, Footing, depths_of, footing_of
from bindery.evenness.ends import Endings, Ends, endings_of, ends_of
from bindery.evenness.lines import Page
from bindery.evenness.paragraphs import (
    Layout,
    Paragraph,
    is_justified,
    layout_of,
    paragraphs_of,
)
from bindery.evenness.places import places_of
from bindery.evenness.spaces import Spaces, Spacing, spaces_of, spacing_of
from bindery.evenness.worst import Marked, worst_of

BLANK = Layout(10.0, 12.0, (0.0, 0.0), (0.0, 0.0))
"""Stands in for the layout of pages without text."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a chapter adds to the figures of its book; its pages are counted from 0."""

    pages: int
    spacing: Spacing
    endings: Endings
    footing: Footing
    places: Mapping[str, tuple[int, ...]]
    """By the keys of `[quality]`: the pages on which something may be past its limit."""
    worst: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What some chapters look like."""

    pages: int
    spaces: Spaces
    ends: Ends
    depths: Depths


def sample_of(pages: Sequence[Page]) -> Sample:
    """A sample of the pages of one chapter."""
    layout = layout_of(pages)
    paragraphs = paragraphs_of(pages, layout) if layout is not None else ()
    return sample_with(pages, paragraphs, layout or BLANK)


def sample_with(pages: Sequence[Page], paragraphs: Sequence[Paragraph], layout: Layout) -> Sample:
    """A sample of pages whose paragraphs are known: of justified ones, or of all where none is."""
    text = [each for each in paragraphs if len(each) > 1]
    text = [each for each in text if is_justified(each)] or text
    first = pages[0].number if pages else 0
    return Sample(
        len(pages),
        spacing_of(text),
        endings_of(text),
        footing_of(pages, layout),
        places_of(text, first),
        worst_of(text, layout, first),
    )


def figures_of(samples: Sequence[Sample]) -> Figures:
    """The figures of chapters, all together."""
    return Figures(
        sum(sample.pages for sample in samples),
        spaces_of([sample.spacing for sample in samples]),
        ends_of([sample.endings for sample in samples]),
        depths_of([sample.footing for sample in samples]),
    )
