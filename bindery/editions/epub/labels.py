"""What locators are called in the e-book: essay and paragraph, or the page of the printed edition.

“2 ¶ 3, 5, n 1; 4 ¶ 7” is essay 2, paragraphs 3 and 5 and note 1, and essay 4, paragraph 7.
Each essay and each sign is named once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bindery.editions.epub.text import Spot
from bindery.index import Locus, Stands
from bindery.indexing.locators import DASH, Folio, locators
from bindery.vocabulary import Settings

NOTE_SIGN = "n"

_Place = tuple[str, int, str, int, int]
"""Chapter and paragraph of both ends, and the note."""


@dataclass(frozen=True, slots=True)
class Label:
    """A locator as it is printed, with all that it leads to."""

    text: str
    href: str
    before: str = ""
    """What parts it from the locator before it."""
    last: str = ""
    """The last paragraph or page of a range."""
    last_href: str = ""
    spoken: str = ""
    """A range, to be read aloud."""
    principal: bool = False
    italic: bool = False
    note: bool = False
    """Whether it stands in a note."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """What a locator points to, before it has a name; paragraphs are counted from 1."""

    first: Spot
    last: Spot
    principal: bool
    italic: bool

    @property
    def place(self) -> _Place:
        """The same for passages that would be printed alike."""
        first, last = self.first, self.last
        return first.chapter.slug, first.paragraph, last.chapter.slug, last.paragraph, first.note

    def holds(self, other: _Passage) -> bool:
        """Whether another one, which is no main discussion, is only a part of this one."""
        slugs = {self.first.chapter.slug, self.last.chapter.slug, *other.place[0:4:2]}
        if other.principal or other.italic or other.first.note or len(slugs) > 1:
            return False
        begins = self.first.paragraph <= other.first.paragraph
        return begins and other.last.paragraph <= self.last.paragraph and self.place != other.place


def by_page(
    loci: Iterable[Locus],
    settings: Settings,
    spots: Mapping[str, Spot],
    folios: Mapping[str, Folio],
    words: Mapping[str, str],
) -> tuple[Label, ...]:
    """Locators as in print, which lead to the very words."""
    found: list[Label] = []
    for locator in locators(loci, folios, settings):
        first, _, last = locator.text.partition(DASH)
        label = Label(
            first,
            spots[locator.anchor].href,
            before=", " if found else "",
            principal=locator.principal,
            italic=locator.italic,
            note=bool(locator.note),
        )
        if last:
            full = str(folios[locator.last_anchor]) if locator.last else last
            label = replace(
                label,
                last=last,
                last_href=spots[locator.last_anchor].href,
                spoken=words["range"].format(first=first, last=full),
            )
        found.append(label)
    return tuple(found)


def by_paragraph(
    loci: Iterable[Locus], spots: Mapping[str, Spot], words: Mapping[str, str]
) -> tuple[Label, ...]:
    """Locators that name essay and paragraph, each paragraph once."""
    found: list[Label] = []
    before: Spot | None = None
    for passage in _passages(loci, spots):
        first, last = passage.first, passage.last
        label = Label(
            _text(first, before, words),
            first.href,
            before=_separator(first, before) if before else "",
            principal=passage.principal,
            italic=passage.italic,
            note=bool(first.note),
        )
        if first.paragraph != last.paragraph or first.chapter is not last.chapter:
            spoken = words["range"].format(
                first=_text(first, None, words), last=_text(last, first, words)
            )
            label = replace(
                label, last=_text(last, first, words), last_href=last.href, spoken=spoken
            )
        found.append(label)
        before = last
    return tuple(found)


def _passages(loci: Iterable[Locus], spots: Mapping[str, Spot]) -> Iterator[_Passage]:
    """Loci with the place where they stand; those that would be printed alike are one."""
    found: dict[_Place, _Passage] = {}
    for locus in loci:
        first = spots.get(locus.anchor)
        if first is None:
            continue
        is_picture = locus.stands in (Stands.FIGURE, Stands.TABLE)
        passage = _Passage(first, spots.get(locus.end, first), locus.principal, is_picture)
        known = found.get(passage.place, passage)
        leading = passage if passage.principal and not known.principal else known
        found[passage.place] = replace(leading, italic=known.italic and passage.italic)
    long = [each for each in found.values() if each.place[:2] != each.place[2:4]]
    for passage in found.values():
        if not any(other.holds(passage) for other in long):
            yield passage


def _text(spot: Spot, before: Spot | None, words: Mapping[str, str]) -> str:
    """Essay, sign and number; without what the locator before it has already named."""
    sign, number = words["paragraph_sign"], spot.paragraph
    if spot.note:
        sign, number = NOTE_SIGN, spot.note
    if before is not None and before.chapter is spot.chapter:
        return str(number) if bool(before.note) is bool(spot.note) else f"{sign}\u00a0{number}"
    where = str(spot.chapter.number) if spot.chapter.number else spot.chapter.running
    return f"{where}\u00a0{sign}\u00a0{number}"


def _separator(spot: Spot, before: Spot) -> str:
    return ", " if before.chapter is spot.chapter else "; "
