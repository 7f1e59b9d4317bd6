"""Set all galleys, number their pages, and draw up contents and index with the numbers.

Contents and index name pages, and how long they are moves other pages.  That is the only
thing in Bindery that runs backwards.  It stands here: they are drawn up and set again until
the folios settle, at most `ROUNDS` times.

1. All galleys that name no pages are set, in any order: they do not depend on each other.
2. Their pages are numbered, with contents and index as long as they were last thought to be.
3. Contents and index are set with these numbers, and the folios themselves, which are set
   on sheets of their own and laid over the pages when the book is imposed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bindery.book import EditedBook
from bindery.errata import Place, Query, Unprintable
from bindery.folios import Leaf, Pagination, number
from bindery.galleys import CONTENTS, INDEX, Galley, draw_up, with_folios
from bindery.galleys.columns import agrees, flowing, made_up, matters, measuring
from bindery.galleys.index import Section, sections
from bindery.house_style import HouseStyle, direction
from bindery.indexing.locators import Folio
from bindery.make_up import Page, make_up
from bindery.set_pages import Anchor, Copy, SetPages
from bindery.signs import without_links

ROUNDS = 5
GAUGE = "index-gauge"
"""Name of the galley on which the index is measured."""
LEFT_TO_ENGINE = "the columns of the index were left to the engine"
"""A complaint of our own, about styles with which its lines cannot be measured."""
SHEET = 64
"""A sheet holds folios from so many numbers: after a change, the sheets before it still stand."""

Typesetter = Callable[[Sequence[Copy]], Sequence[SetPages]]
"""Sets copies, whoever does it and wherever; the pages come in the order of the copies."""


@dataclass(frozen=True, slots=True)
class FolioSheet:
    """Numbers set where the styles put them, one to a page."""

    folios: tuple[Folio, ...]
    side: str
    """Side of a spread on which all pages are, “right” or “left”."""
    opening: bool
    """Whether they are numbers of opening pages, which styles set elsewhere."""


@dataclass(frozen=True, slots=True)
class SetBook:
    """Everything that imposition needs: pages, their order, and their numbers."""

    pagination: Pagination
    standing: Mapping[str, SetPages]
    """The pages of every galley by its name; those of the blank page under the empty name."""
    folios: Mapping[tuple[str, bool], tuple[SetPages, int]]
    """For each printed folio, and whether it opens: its sheet, and the page of the sheet."""

    def all_pages(self) -> Iterator[SetPages]:
        """Everything that was set, each once."""
        yield from self.standing.values()
        yield from {id(pages): pages for pages, _ in self.folios.values()}.values()


def paginate(
    book: EditedBook, house: HouseStyle, pictures: Mapping[str, bytes], typeset: Typesetter
) -> SetBook:
    """Set and number a whole book; `pictures` are the bytes of its pictures by path."""
    copier = _Copier(house, pictures, typeset)
    galleys = draw_up(book, house)
    naming = [galley for galley in galleys if galley.names_pages]
    standing = copier.set_galleys([galley for galley in galleys if not galley.names_pages])
    standing |= {galley.name: _assumed(galley) for galley in naming}
    pagination = number(galleys, standing)
    for _ in range(ROUNDS):
        standing |= copier.set_naming(naming, book, pagination)
        settled = number(galleys, standing)
        if settled == pagination:
            standing[""] = copier.set_blank(galleys[0])
            return SetBook(settled, standing, copier.folios())
        pagination = settled
    message = f"The page numbers of contents and index did not settle in {ROUNDS} rounds."
    hint = "A style makes their length depend on the numbers; simplify it."
    raise Unprintable([Query("unsettled", message, hint, Place("styles/print.css"))])


def paginate_cover(book: EditedBook, house: HouseStyle, typeset: Typesetter) -> SetBook:
    """The cover alone, for editions that have no pages."""
    cover = draw_up(book, house)[:1]
    standing = _Copier(house, {}, typeset).set_galleys(cover)
    return SetBook(number(cover, standing), standing, {})


def _assumed(galley: Galley) -> SetPages:
    """One page with the galley's own anchor, until it is known how many there are."""
    return SetPages(b"", ((Anchor(galley.name, 0, 0),),), ((),), (), {}, ())


class _Copier:
    """Makes fair copies of galleys for the typesetter, and sorts what comes back."""

    def __init__(
        self, house: HouseStyle, pictures: Mapping[str, bytes], typeset: Typesetter
    ) -> None:
        self._house = house
        self._pictures = pictures
        self._typeset = typeset
        self._set: dict[str, tuple[Copy, SetPages]] = {}
        self._folios: dict[FolioSheet, SetPages] = {}

    def set_galleys(
        self, galleys: Sequence[Galley], sheets: Iterable[FolioSheet] = ()
    ) -> dict[str, SetPages]:
        """The pages of galleys by their names; folios are set in the same go, and kept."""
        copies = {galley.name: self._copy(galley) for galley in galleys}
        fresh = [copy for name, copy in copies.items() if self._set.get(name, (None,))[0] != copy]
        new = [sheet for sheet in sheets if sheet not in self._folios]
        pages = self._typeset([*fresh, *map(self._sheet, new)])
        for copy, found in zip(fresh, pages, strict=False):
            self._set[copy.name] = (copy, found)
        self._folios |= dict(zip(new, pages[len(fresh) :], strict=True))
        return {name: self._set[name][1] for name in copies}

    def set_naming(
        self, galleys: Sequence[Galley], book: EditedBook, pagination: Pagination
    ) -> dict[str, SetPages]:
        """The pages of contents and index with their numbers, and of the folios.

        What is quick goes with what is slow, so that two processes have their hands full: the
        index is measured beside the folios, and set as it was made up beside the contents.
        """
        contents = [with_folios(g, book, pagination.folios) for g in galleys if g.name == CONTENTS]
        index = next((galley for galley in galleys if galley.name == INDEX), None)
        sheets = _sheets(pagination.leaves, direction(book.metadata.language) == "rtl")
        if index is None:
            return self.set_galleys(contents, sheets)
        parts = sections(book, pagination.folios, index.values["words"])
        gauge = _drawn(index, GAUGE, measuring(parts))
        measured = self.set_galleys([gauge], sheets)[GAUGE]
        plan = _made_up(index, parts, measured)
        if plan is not None:
            finished = _drawn(index, INDEX, made_up(parts, plan, measured))
            found = self.set_galleys([finished, *contents])
            if agrees(plan, found[INDEX]):
                return found
        found = self.set_galleys([_drawn(index, INDEX, flowing(parts)), *contents])
        pages = found[INDEX]
        told = replace(pages, complaints=(*pages.complaints, LEFT_TO_ENGINE))
        return {**found, INDEX: told}

    def folios(self) -> dict[tuple[str, bool], tuple[SetPages, int]]:
        """For each folio that was set, and whether it opens: its sheet, and the page of it."""
        return {
            (str(folio), sheet.opening): (pages, place)
            for sheet, pages in self._folios.items()
            for place, folio in enumerate(sheet.folios)
        }

    def set_blank(self, like: Galley) -> SetPages:
        """The page that stands where a galley has to open on the other side."""
        html = self._render("blank.html.j2", like.values, "verso", numbered=False)
        return self._typeset([Copy("blank", html, tagged=False)])[0]

    def _sheet(self, sheet: FolioSheet) -> Copy:
        html = self._house.render("folios.html.j2", folios=sheet.folios)
        name = f"folios-{sheet.folios[0]}"
        return Copy(name, html, tagged=False, side=sheet.side, opening=sheet.opening)

    def _copy(self, galley: Galley) -> Copy:
        opens, numbered = galley.opens.value, galley.prints_folio
        html = self._render(galley.template, galley.values, opens, numbered)
        html = without_links(html) if galley.name == GAUGE else html
        pictures = {path: self._pictures[path] for path in galley.pictures}
        return Copy(galley.name, html, pictures, gauge=galley.name == GAUGE)

    def _render(
        self, template: str, values: Mapping[str, object], opens: str, numbered: bool
    ) -> str:
        kind = template.split(".", maxsplit=1)[0]
        more = {"kind": kind, "opens": opens, "numbered": numbered}
        return self._house.render(template, **{**values, **more})


def _made_up(
    index: Galley, parts: tuple[Section, ...], measured: SetPages
) -> tuple[Page, ...] | None:
    """Which lines of the index stand where; None when they could not be measured."""
    known = matters(parts, measured)
    if known is None:
        return None
    settings = index.values["settings"]
    depths, room = known
    return make_up(depths, room.first, room.page, settings.columns, settings.continued)


def _drawn(index: Galley, name: str, more: Mapping[str, object]) -> Galley:
    return replace(index, name=name, values={**index.values, **more})


def _sheets(leaves: Iterable[Leaf], right_to_left: bool) -> Iterator[FolioSheet]:
    """Sheets that hold every folio that is printed, each once.

    Odd numbers are on the right; on the left of a book that is read from right to left.
    """
    sheets: dict[tuple[bool, int, str, bool], list[Folio]] = {}
    for leaf in leaves:
        if leaf.prints_folio and leaf.folio is not None:
            is_right = bool(leaf.folio.number % 2) is not right_to_left
            side = "right" if is_right else "left"
            key = (leaf.folio.roman, leaf.folio.number // SHEET, side, leaf.is_opening)
            sheets.setdefault(key, []).append(leaf.folio)
    for (_, _, side, opening), folios in sheets.items():
        yield FolioSheet(tuple(folios), side, opening)
