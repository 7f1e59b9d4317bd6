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

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bindery.errata import Place, Query, Unprintable
from bindery.folios import Leaf, Pagination, number
from bindery.galleys import Folios, Galley
from bindery.house_style import HouseStyle
from bindery.indexing import Folio
from bindery.set_pages import Anchor, Copy, SetPages

ROUNDS = 5
SHEET = 32
"""Folios on a sheet: few enough that a short book sets few that it does not need."""

Typesetter = Callable[[Sequence[Copy]], Sequence[SetPages]]
"""Sets copies, whoever does it and wherever; the pages come in the order of the copies."""


@dataclass(frozen=True, slots=True)
class FolioSheet:
    """Numbers set where the styles put them, one to a page."""

    numbers: Sequence[int]
    roman: bool
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


def paginate(
    draw_up: Callable[[Folios], tuple[Galley, ...]],
    house: HouseStyle,
    pictures: Mapping[str, bytes],
    typeset: Typesetter,
) -> SetBook:
    """Set and number everything that `draw_up` makes of the folios known so far."""
    copier = _Copier(house, pictures, typeset)
    galleys = draw_up({})
    plain = [galley for galley in galleys if not galley.names_pages]
    standing = copier.set_galleys(plain)
    standing |= {galley.name: _assumed(galley) for galley in galleys if galley.names_pages}
    pagination = number(galleys, standing)
    for _ in range(ROUNDS):
        naming = [galley for galley in draw_up(pagination.folios) if galley.names_pages]
        standing |= copier.set_galleys(naming)
        settled = number(galleys, standing)
        if settled.folios == pagination.folios:
            folios = copier.set_folios(settled.leaves)
            standing[""] = copier.set_blank(galleys[0])
            return SetBook(settled, standing, folios)
        pagination = settled
    message = f"The page numbers of contents and index did not settle in {ROUNDS} rounds."
    hint = "A style makes their length depend on the numbers; simplify it."
    raise Unprintable([Query("unsettled", message, hint, Place("styles/print.css"))])


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

    def set_galleys(self, galleys: Sequence[Galley]) -> dict[str, SetPages]:
        """The pages of galleys by their names."""
        pages = self._typeset([self._copy(galley) for galley in galleys])
        return {galley.name: found for galley, found in zip(galleys, pages, strict=True)}

    def set_blank(self, like: Galley) -> SetPages:
        """The page that stands where a galley has to open on the other side."""
        html = self._render("blank.html.j2", like.values, "verso", numbered=False)
        return self._typeset([Copy("blank", html)])[0]

    def set_folios(
        self, leaves: Iterable[Leaf]
    ) -> dict[tuple[str, bool], tuple[SetPages, int]]:
        """The folios of all leaves that print one."""
        sheets = list(_sheets(leaves))
        copies = [
            Copy(
                name=f"folios-{sheet.numbers[0]}",
                html=self._house.render("folios.html.j2", labels=_labels(sheet)),
                tagged=False,
                opening=sheet.opening,
            )
            for sheet in sheets
        ]
        found = {}
        for sheet, pages in zip(sheets, self._typeset(copies), strict=True):
            for place, label in enumerate(_labels(sheet)):
                found[label, sheet.opening] = (pages, place)
        return found

    def _copy(self, galley: Galley) -> Copy:
        opens, numbered = galley.opens.value, galley.prints_folio
        html = self._render(galley.template, galley.values, opens, numbered)
        pictures = {path: self._pictures[path] for path in galley.pictures}
        return Copy(galley.name, html, pictures)

    def _render(
        self, template: str, values: Mapping[str, object], opens: str, numbered: bool
    ) -> str:
        kind = template.split(".")[0]
        more = {"kind": kind, "opens": opens, "numbered": numbered}
        return self._house.render(template, **{**values, **more})


def _labels(sheet: FolioSheet) -> list[str]:
    return [str(Folio(value, sheet.roman)) for value in sheet.numbers]


def _sheets(leaves: Iterable[Leaf]) -> Iterable[FolioSheet]:
    """Sheets that hold every folio that is printed: all numbers up to the last one.

    A sheet begins with an odd number, so that its pages have the sides of the book's.
    """
    last: dict[tuple[bool, bool], int] = {}
    for leaf in leaves:
        if leaf.prints_folio and leaf.folio is not None:
            key = (leaf.folio.roman, leaf.is_opening)
            last[key] = max(last.get(key, 0), leaf.folio.number)
    for (roman, opening), most in sorted(last.items()):
        for first in range(1, most + 1, SHEET):
            yield FolioSheet(range(first, min(first + SHEET, most + 1)), roman, opening)
