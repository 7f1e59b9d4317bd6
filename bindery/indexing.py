"""Gather the marks of all chapters into an index: alphabetical, with sub-entries.

An index holds anchors.  The pages (or links) that an edition prints for them are worked
out by `locators`, which merges what falls on one page or on pages in a row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from bindery.book import Chapter, IndexEntry, IndexGroup
from bindery.markup.punctuation import improved

ARTICLES = re.compile(r"^(a|an|the)\s+", re.I)
CONNECTIVES = re.compile(r"^(and|as|at|by|for|from|in|of|on|to|with)\s+", re.I)


@dataclass(slots=True)
class _Draft:
    """An entry while it is gathered."""

    heading: str
    anchors: list[str] = field(default_factory=list)
    drafts: dict[str, _Draft] = field(default_factory=dict)


def gather(chapters: tuple[Chapter, ...], language: str) -> tuple[IndexGroup, ...]:
    """The index of all marks in the chapters; empty when there are none."""
    root = _Draft("")
    for mark in (mark for chapter in chapters for mark in chapter.marks):
        draft = root
        for heading in mark.entry:
            printed = improved(heading, language)
            draft = draft.drafts.setdefault(printed, _Draft(printed))
        if mark.id not in draft.anchors:
            draft.anchors.append(mark.id)
    numbers = iter(range(1, 1_000_000))
    entries = _entries(root, numbers, top=True)
    groups: dict[str, list[IndexEntry]] = {}
    for entry in entries:
        groups.setdefault(letter_of(entry.heading), []).append(entry)
    return tuple(IndexGroup(letter, tuple(found)) for letter, found in groups.items())


def sort_key(heading: str, top: bool = True) -> tuple[str, str]:
    """Letter-by-letter order (Chicago 16.59): up to the first comma, without articles.

    In sub-headings, leading prepositions and conjunctions do not count either.
    """
    words = ARTICLES.sub("", heading if top else CONNECTIVES.sub("", heading))
    head, _, tail = words.partition(",")
    return _letters(head), _letters(tail)


def letter_of(heading: str) -> str:
    """The letter under which a heading stands; “#” for figures and signs."""
    first = sort_key(heading)[0][:1].upper()
    return first if first.isalpha() else "#"


def _letters(words: str) -> str:
    """What counts in the order: neither diacritics nor signs such as ʿayn (a letter to Unicode)."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    signs = (sign for sign in plain if unicodedata.category(sign) != "Lm")
    return "".join(sign for sign in signs if sign.isalnum())


def _entries(draft: _Draft, numbers: Iterable[int], top: bool) -> tuple[IndexEntry, ...]:
    entries = []
    for child in sorted(draft.drafts.values(), key=lambda d: sort_key(d.heading, top)):
        name = f"index--{next(iter(numbers))}"
        below = _entries(child, numbers, top=False)
        entries.append(IndexEntry(name, child.heading, tuple(child.anchors), below))
    return tuple(entries)


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


def locators(anchors: Iterable[str], folios: dict[str, Folio]) -> tuple[Locator, ...]:
    """Where a reader finds the anchors: each page once, pages in a row as a range."""
    pages: dict[tuple[bool, int], str] = {}
    for anchor in anchors:
        folio = folios[anchor]
        pages.setdefault((not folio.roman, folio.number), anchor)
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
