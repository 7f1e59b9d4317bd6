"""A book judged by its pages: figures for every chapter and for all, and the worst lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bindery.evenness.depths import LEVEL, off_grid
from bindery.evenness.figures import Figures, Sample, figures_of, sample_of
from bindery.evenness.lines import Page
from bindery.evenness.paragraphs import layout_of
from bindery.evenness.pictures import draw
from bindery.evenness.reading import read_pages
from bindery.evenness.worst import SHOWN
from bindery.folios import Leaf
from bindery.pagination import SetBook
from bindery.set_pages import NOT_COMPOSED, SetPages

OPENING = 1.2
"""Times the size of the text: a page that begins with so large a line opens a chapter."""

Sampler = Callable[[SetPages, bool], Sample]
"""Samples the pages of a galley, whose first page is a left-hand one or not."""


@dataclass(frozen=True, slots=True)
class ChapterQuality:
    """One chapter's pages in figures."""

    slug: str
    title: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class WorstLine:
    """A line whose spaces are further from natural than most."""

    ratio: float
    text: str
    title: str
    """Of its chapter."""
    folio: str
    """The number that its page bears, or its place in the PDF in brackets."""
    page: int
    """Its page in the PDF, counted from 1."""
    picture: bytes
    """PNG: the line with its neighbours, and a mark beside it."""


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A paragraph that was left to the engine."""

    title: str
    """Of its chapter."""
    why: str


@dataclass(frozen=True, slots=True)
class PageQuality:
    """What the pages of a book look like."""

    whole: Figures
    chapters: tuple[ChapterQuality, ...]
    worst: tuple[WorstLine, ...]
    """The worst first."""
    places: Mapping[str, tuple[str, ...]]
    """By the keys of `[quality]`: the numbers of the pages on which something is past it.

    A spread is called by its left-hand page.
    """
    left_alone: tuple[LeftAlone, ...] = ()
    """Paragraphs whose lines are not those that were planned."""


def sample_galley(pages: SetPages, begins_verso: bool) -> Sample:
    """A sample of a galley's pages, read now."""
    versos = {number: (number % 2 == 0) == begins_verso for number in range(pages.count)}
    return sample_of(read_pages(pages.data, versos=versos))


def judge(
    book: SetBook, data: bytes, titles: Mapping[str, str], sampled: Sampler = sample_galley
) -> PageQuality:
    """Judge the chapters of a book.

    `data` are its imposed pages as a PDF, cover and all, of which only pictures are taken;
    `titles` has the chapters that are judged, by the names of their galleys; `sampled` may know
    the samples of galleys that stand as they were.
    """
    leaves = book.pagination.leaves
    firsts = {
        leaf.galley: place
        for place, leaf in enumerate(leaves)
        if leaf.galley in titles and leaf.is_opening
    }
    samples = {
        name: sampled(book.standing[name], _is_verso(leaves[place], place))
        for name, place in firsts.items()
    }
    return PageQuality(
        figures_of(tuple(samples.values())),
        tuple(
            ChapterQuality(name, titles[name], figures_of((sample,)))
            for name, sample in samples.items()
        ),
        tuple(_worst(data, samples, firsts, leaves, titles)),
        _places(samples, firsts, leaves),
        tuple(
            LeftAlone(titles[name], words.removeprefix(NOT_COMPOSED))
            for name in firsts
            for words in book.standing[name].complaints
            if words.startswith(NOT_COMPOSED)
        ),
    )


def figures_of_pdf(data: bytes, space: float | None = None) -> Figures:
    """The figures of any PDF whose first page is a right-hand page.

    `space` is the natural space in ems, for programs that leave the glyph of the space out.  A
    chapter is thought to end before each page that begins with a large line.
    """
    pages = read_pages(data, space=space)
    return figures_of([sample_of(part) for part in _parts(pages)])


def _parts(pages: Sequence[Page]) -> Iterator[tuple[Page, ...]]:
    layout = layout_of(pages)
    part: list[Page] = []
    for page in pages:
        opens = layout and page.lines and page.lines[0].size > OPENING * layout.size
        if part and opens:
            yield tuple(part)
            part = []
        part.append(page)
    yield tuple(part)


def _is_verso(leaf: Leaf, place: int) -> bool:
    """Left-hand pages have even numbers."""
    return (leaf.folio.number if leaf.folio is not None else place) % 2 == 0


def _called(leaves: Sequence[Leaf], place: int) -> str:
    """The number that a page bears, or its place in the PDF where it bears none."""
    folio = leaves[place].folio
    return str(folio) if folio is not None else f"[{place + 1}]"


def _worst(
    data: bytes,
    samples: Mapping[str, Sample],
    firsts: Mapping[str, int],
    leaves: Sequence[Leaf],
    titles: Mapping[str, str],
) -> Iterator[WorstLine]:
    marked = [
        (firsts[name] + line.page, titles[name], line)
        for name, sample in samples.items()
        for line in sample.worst
    ]
    marked = sorted(marked, key=lambda each: -each[2].badness)[:SHOWN]
    pictures = draw(data, [(place, line.detail) for place, _, line in marked])
    for (place, title, line), picture in zip(marked, pictures, strict=True):
        called = _called(leaves, place)
        yield WorstLine(line.ratio, line.text, title, called, place + 1, picture)


def _places(
    samples: Mapping[str, Sample], firsts: Mapping[str, int], leaves: Sequence[Leaf]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[int]] = {}
    off = off_grid([sample.footing for sample in samples.values()])
    for (name, sample), pages in zip(samples.items(), off, strict=True):
        uneven = [page for page, apart in sample.footing.spreads if apart > LEVEL]
        own = {**sample.places, "off_grid": pages, "uneven_spreads": uneven}
        for key, numbers in own.items():
            found.setdefault(key, set()).update(firsts[name] + number for number in numbers)
    return {
        key: tuple(_called(leaves, place) for place in sorted(places))
        for key, places in found.items()
    }
