"""Set all galleys, give their pages folios, and draw up contents and index with them.

Contents and index name pages whose numbers depend on how long contents and index are.
That is the only thing in Bindery that runs backwards.  It stands here: galleys are drawn up
and set again until the folios settle, at most `ROUNDS` times; a galley whose HTML did not
change is not set again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bindery import __version__
from bindery.errata import Place, Query, Unprintable
from bindery.galleys import Folios, Galley, Numbering, Opens
from bindery.house_style import HouseStyle
from bindery.indexing import Folio
from bindery.setting import Composing, SetPages

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class PlacedGalley:
    """A galley's pages and where in the book they stand."""

    name: str
    numbering: Numbering
    pages: SetPages
    first_page: int
    """Number of its first page, counted from 0 with the cover."""
    first_folio: int
    """Number printed (or counted) on its first page."""


@dataclass(frozen=True, slots=True)
class Pagination:
    """The whole book in pages, blank ones included."""

    galleys: tuple[PlacedGalley, ...]
    folios: Folios
    """The printed number of the page of every anchor."""
    pages: dict[str, int]
    """The page of every anchor, counted from 0 with the cover."""

    @property
    def count(self) -> int:
        """How many pages there are, with the cover."""
        return sum(galley.pages.count for galley in self.galleys)


def paginate(
    draw_up: Callable[[Folios], tuple[Galley, ...]],
    house: HouseStyle,
    room: Composing,
    published: str,
    progress: Callable[[str], None],
) -> Pagination:
    """Set and number everything that `draw_up` makes of the folios known so far.

    `published` is the moment of publishing in ISO 8601; `progress` hears the name of every
    galley that is set.
    """
    press = _Press(house, room, published, progress)
    folios: Folios = {}
    for _ in range(ROUNDS):
        pagination = press.run(draw_up(folios))
        if pagination.folios == folios:
            return pagination
        folios = pagination.folios
    message = f"The page numbers of contents and index did not settle in {ROUNDS} rounds."
    hint = "A style makes their length depend on the numbers; simplify it."
    raise Unprintable([Query("unsettled", message, hint, Place("styles/print.css"))])


class _Press:
    """Sets galleys one after the other, and remembers those that it has set."""

    def __init__(
        self, house: HouseStyle, room: Composing, published: str, progress: Callable[[str], None]
    ) -> None:
        self._house = house
        self._room = room
        self._shared = {"published": published, "generator": f"Bindery {__version__}"}
        self._progress = progress
        self._set: dict[str, SetPages] = {}

    def run(self, galleys: tuple[Galley, ...]) -> Pagination:
        """All galleys, each opening on its side of the leaf, with blank pages between them."""
        placed: list[PlacedGalley] = []
        page = folio = 0
        numbering = Numbering.NONE
        for galley in galleys:
            if galley.numbering is not numbering:
                if numbering is not Numbering.NONE and folio % 2 == 0:
                    placed.append(self._blank(galley, numbering, page, folio))
                    page += 1
                folio, numbering = 1, galley.numbering
            elif _needs_blank(galley.opens, folio):
                placed.append(self._blank(galley, numbering, page, folio))
                page, folio = page + 1, folio + 1
            pages = self._pages(galley, folio)
            placed.append(PlacedGalley(galley.name, numbering, pages, page, folio))
            page, folio = page + pages.count, folio + pages.count
        return Pagination(tuple(placed), *_where(placed))

    def _pages(self, galley: Galley, folio: int, name: str = "") -> SetPages:
        opens = "verso" if folio % 2 == 0 else "recto"
        html = self._house.render(
            galley.template,
            **self._shared,
            **galley.values,
            kind=name or galley.template.split(".")[0],
            opens=opens,
            numbering=galley.numbering.value,
            first_folio=folio,
        )
        if html not in self._set:
            self._progress(name or galley.name)
            self._set[html] = self._room.set_in_type(html)
        return self._set[html]

    def _blank(self, before: Galley, numbering: Numbering, page: int, folio: int) -> PlacedGalley:
        values = {key: before.values[key] for key in before.values if key != "text"}
        leaf = Galley(f"blank-{page}", "blank.html.j2", values, Opens.ANY, numbering)
        # A page object stands in one place of a PDF only: every blank is set by itself.
        pages = self._room.set_in_type(
            self._house.render(
                leaf.template,
                **{**values, **self._shared},
                kind="blank",
                opens="verso" if folio % 2 == 0 else "recto",
                numbering=numbering.value,
                first_folio=folio,
            )
        )
        return PlacedGalley(leaf.name, numbering, pages, page, folio)


def _needs_blank(opens: Opens, folio: int) -> bool:
    """Whether a galley that would begin on this folio begins on the wrong side."""
    if opens is Opens.ANY:
        return False
    return (folio % 2 == 1) != (opens is Opens.RECTO)


def _where(placed: list[PlacedGalley]) -> tuple[Folios, dict[str, int]]:
    """Folio and page of every anchor; the first one, when an element runs over pages."""
    folios: dict[str, Folio] = {}
    pages: dict[str, int] = {}
    for galley in placed:
        roman = galley.numbering is Numbering.ROMAN
        for number, anchors in enumerate(galley.pages.anchors):
            for anchor in anchors:
                folios.setdefault(anchor, Folio(galley.first_folio + number, roman))
                pages.setdefault(anchor, galley.first_page + number)
    return folios, pages
