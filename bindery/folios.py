"""Page numbers by addition: which number every page of the book bears, and where blanks stand.

Nothing is set here.  Once it is known how many pages each galley has, start pages follow;
a galley that opens on a recto gets a blank page before it where one is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bindery.galleys import Galley, Numbering, Opens
from bindery.indexing.locators import Folio
from bindery.set_pages import SetPages


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the book."""

    galley: str
    """Name of the galley; empty for a blank page."""
    number: int
    """Which page of its galley it is, counted from 0."""
    folio: Folio | None
    """The number that the page bears, None where pages are not numbered."""
    prints_folio: bool
    """Whether the number is seen on the page."""

    @property
    def is_opening(self) -> bool:
        """Whether it is the first page of a galley."""
        return self.number == 0 and bool(self.galley)


@dataclass(frozen=True, slots=True)
class Pagination:
    """The whole book, page after page, with the cover first."""

    leaves: tuple[Leaf, ...]
    folios: Mapping[str, Folio]
    """The number of the page on which every anchor falls."""
    pages: Mapping[str, int]
    """The page of every anchor, counted from 0 with the cover."""

    @property
    def count(self) -> int:
        """How many pages there are, with the cover."""
        return len(self.leaves)


def number(galleys: Sequence[Galley], standing: Mapping[str, SetPages]) -> Pagination:
    """Number the pages of all galleys, in their order; `standing` has each by its name."""
    leaves = tuple(_leaves(galleys, standing))
    folios: dict[str, Folio] = {}
    pages: dict[str, int] = {}
    for page, leaf in enumerate(leaves):
        if not leaf.galley:
            continue
        for anchor in standing[leaf.galley].anchors[leaf.number]:
            pages.setdefault(anchor.name, page)
            if leaf.folio is not None:
                folios.setdefault(anchor.name, leaf.folio)
    return Pagination(leaves, folios, pages)


def _leaves(galleys: Sequence[Galley], standing: Mapping[str, SetPages]) -> Iterator[Leaf]:
    following = 1
    numbering = Numbering.NONE
    for galley in galleys:
        if galley.numbering is not numbering:
            # A new series begins on a recto, so the series before it ends on a verso.
            if numbering is not Numbering.NONE and following % 2 == 0:
                yield _blank(following, numbering)
            following, numbering = 1, galley.numbering
        elif _is_on_wrong_side(galley.opens, following):
            yield _blank(following, numbering)
            following += 1
        for page in range(standing[galley.name].count):
            folio = _folio(following, numbering)
            yield Leaf(galley.name, page, folio, galley.prints_folio and folio is not None)
            following += 1


def _blank(following: int, numbering: Numbering) -> Leaf:
    return Leaf("", 0, _folio(following, numbering), prints_folio=False)


def _folio(following: int, numbering: Numbering) -> Folio | None:
    if numbering is Numbering.NONE:
        return None
    return Folio(following, roman=numbering is Numbering.ROMAN)


def _is_on_wrong_side(opens: Opens, following: int) -> bool:
    return (following % 2 == 1) != (opens is Opens.RECTO)
