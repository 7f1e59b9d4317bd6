"""Locators: how an edition prints the places that an entry points to.

Places on one page are one locator; pages in a row become a range as the settings say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bindery.index import Locus
from bindery.vocabulary import Settings


@dataclass(frozen=True, slots=True)
class Folio:
    """A page's number as it is printed."""

    number: int
    roman: bool = False

    def __str__(self) -> str:
        return roman(self.number) if self.roman else str(self.number)


@dataclass(frozen=True, slots=True)
class Locator:
    """One page, or pages in a row, with the anchor to which its link leads."""

    first: str
    """The first page as printed."""
    last: str
    """The last page, shortened; empty for one page."""
    anchor: str
    last_anchor: str


def locators(
    loci: Iterable[Locus],
    folios: Mapping[str, Folio],
    settings: Settings,  # noqa: ARG001
) -> tuple[Locator, ...]:
    """Where a reader finds the loci: each page once, pages in a row as a range.

    A locus whose page is not known yet is left out.
    """
    pages: dict[tuple[bool, int], str] = {}
    for locus in loci:
        folio = folios.get(locus.anchor)
        if folio is not None:
            pages.setdefault((not folio.roman, folio.number), locus.anchor)
    runs: list[list[tuple[bool, int]]] = []
    for page in sorted(pages):
        if runs and runs[-1][-1] == (page[0], page[1] - 1):
            runs[-1].append(page)
        else:
            runs.append([page])
    return tuple(_locator(run, pages) for run in runs)


def _locator(run: list[tuple[bool, int]], pages: dict[tuple[bool, int], str]) -> Locator:
    first, last = (Folio(number, roman=not arabic) for arabic, number in (run[0], run[-1]))
    ending = ""
    if len(run) > 1:
        ending = str(last) if first.roman else shortened(first.number, last.number)
    return Locator(str(first), ending, pages[run[0]], pages[run[-1]])


def shortened(first: int, last: int) -> str:
    """The last number of a range as Chicago prints it (CMOS 9.61): 71–72, 107–8, 321–28."""
    start, end = str(first), str(last)
    if first < 100 or first % 100 == 0 or len(start) != len(end):
        return end
    differs = next(place for place in range(len(start)) if start[place] != end[place])
    if 1 <= first % 100 <= 9:
        return end[differs:]
    return end[-max(2, len(end) - differs) :]


def roman(number: int) -> str:
    """A number in lower-case Roman numerals, as front matter is numbered."""
    signs = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    text = ""
    for sign, value in zip(signs, values, strict=True):
        count, number = divmod(number, value)
        text += sign * count
    return text
