"""Locators: how an edition prints the places that an entry points to.

Places on one page are one locator; pages in a row become a range as the settings say.
Ordinary and main discussions, text, notes and pictures are told apart: nothing of one sort
melts into a range of another.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bindery.index import Locus, Stands
from bindery.vocabulary import Collapse, Ranges, Settings

DASH = "\u2060–\u2060"
"""An en dash at which no line is broken, between word joiners."""

_Page = tuple[bool, int]
"""Whether its number is arabic, and the number: pages in their order."""

_SHORTEST = {Collapse.ALWAYS: 2, Collapse.THREE: 3}
"""How many pages in a row become a range."""


@dataclass(frozen=True, slots=True)
class Folio:
    """A page's number as it is printed."""

    number: int
    roman: bool = False

    def __str__(self) -> str:
        return roman(self.number) if self.roman else str(self.number)


@dataclass(frozen=True, slots=True)
class Locator:
    """A page, pages in a row, or notes of a page, with the anchors to which its links lead."""

    first: str
    """The first page as printed."""
    last: str
    """The last page, shortened as the settings say; empty for one page."""
    anchor: str
    last_anchor: str
    """Where the last page, or the last note, leads to; `anchor` again for a single place."""
    principal: bool = False
    """Whether it is the main discussion; printed in bold."""
    italic: bool = False
    """Whether a picture or a table stands there; printed in italics."""
    notes: tuple[int, int] | None = None
    """Numbers of the first and the last note meant; zeros for the only note of a page."""

    @property
    def note(self) -> str:
        """What names the notes: “n3”, “nn3–5”, or “n” for the only one; empty without."""
        if self.notes is None:
            return ""
        first, last = self.notes
        return f"n{first or ''}" if first == last else f"nn{first}{DASH}{last}"

    @property
    def text(self) -> str:
        """All that is printed: 45, 107–8, 45n3.  It holds no place at which a line may break."""
        return f"{self.first}{DASH}{self.last}" if self.last else self.first + self.note


@dataclass(frozen=True, slots=True)
class _Span:
    """One page, or pages in a row."""

    first: _Page
    last: _Page
    anchor: str
    last_anchor: str
    principal: bool
    italic: bool

    @property
    def order(self) -> tuple[_Page, int, int]:
        """Text before pictures, and a discussion before a page in it."""
        return self.first, int(self.italic), -self.last[1]

    def joined(self, other: _Span) -> _Span:
        """Both as one; the other begins no earlier than this one."""
        if other.last <= self.last:
            return self
        return replace(self, last=other.last, last_anchor=other.last_anchor)


def locators(
    loci: Iterable[Locus], folios: Mapping[str, Folio], settings: Settings
) -> tuple[Locator, ...]:
    """Where a reader finds the loci, in the order of the pages.

    Of one page, the text comes first, then pictures and tables, then notes.  A picture is not
    named when the text of its page is.  `folios` has the page of every anchor in the book,
    those of notes too; a locus whose page is not known yet is left out.
    """
    text: list[_Span] = []
    pictures: list[_Span] = []
    notes: list[tuple[_Page, Locus]] = []
    for locus in loci:
        folio = folios.get(locus.anchor)
        if folio is None:
            continue
        if locus.end or locus.stands is Stands.TEXT:
            text += _spans(locus, folio, folios)
        elif locus.stands is Stands.NOTE:
            notes.append((_page(folio), locus))
        else:
            pictures += _spans(locus, folio, folios)
    spans = _in_rows(text, pictures, settings.collapse)
    found = [(span.order, _locator(span, settings.ranges)) for span in spans]
    found += [((page, 2, 0), locator) for page, locator in _noted(notes, folios)]
    return tuple(locator for _, locator in sorted(found, key=lambda one: one[0]))


def shortened(first: int, last: int, style: Ranges = Ranges.CHICAGO) -> str:
    """The last number of a range: in Chicago's style (CMOS 9.61) 71–72, 107–8, 321–28.

    The minimal style is that of New Hart's Rules: 71–2, 107–8, 321–8, but 111–12.
    """
    start, end = str(first), str(last)
    if style is Ranges.FULL or len(start) != len(end):
        return end
    differs = next((n for n in range(len(end)) if start[n] != end[n]), len(end) - 1)
    if style is Ranges.MINIMAL:
        return end[min(differs, len(end) - 2) :] if 10 <= last % 100 <= 19 else end[differs:]
    if first < 100 or first % 100 == 0:
        return end
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


def _page(folio: Folio) -> _Page:
    return not folio.roman, folio.number


def _spans(locus: Locus, folio: Folio, folios: Mapping[str, Folio]) -> Iterator[_Span]:
    """The pages of a locus; both ends of a discussion that no range can name."""
    first = _page(folio)
    end = folios.get(locus.end) if locus.end else None
    last = _page(end) if end is not None else first
    italic = not locus.end and locus.stands in (Stands.FIGURE, Stands.TABLE)
    span = _Span(first, first, locus.anchor, locus.anchor, locus.principal, italic)
    if first[0] is last[0] and first < last:
        yield replace(span, last=last, last_anchor=locus.end)
    else:
        yield span
        if first < last:
            yield replace(span, first=last, last=last, anchor=locus.end, last_anchor=locus.end)


def _in_rows(text: list[_Span], pictures: list[_Span], collapse: Collapse) -> Iterator[_Span]:
    """The spans that are printed: each page once, in ranges as the settings say."""
    if collapse is Collapse.NEVER:
        text = _page_by_page(text)
    named = {span.first for span in text if span.first == span.last}
    text += [replace(span, italic=False) for span in pictures if span.first in named]
    pictures = [span for span in pictures if span.first not in named]
    principal = _overlapping(span for span in text if span.principal)
    ordinary = _outside(_overlapping(s for s in text if not s.principal), principal)
    yield from _adjoining(principal, collapse)
    yield from _adjoining(ordinary, collapse)
    shown = _outside(_overlapping(span for span in pictures if span.principal), principal)
    yield from _adjoining(shown, collapse)
    for others in (principal, ordinary, shown):
        pictures = _outside(pictures, others)
    yield from _adjoining(_overlapping(s for s in pictures if not s.principal), collapse)


def _page_by_page(spans: list[_Span]) -> list[_Span]:
    """Each page of every span by itself; where no place is known on it, with the span's first."""
    firsts = [replace(span, last=span.first, last_anchor=span.anchor) for span in spans]
    lasts = [replace(s, first=s.last, anchor=s.last_anchor) for s in spans if s.first < s.last]
    between = [
        replace(span, first=page, last=page, last_anchor=span.anchor)
        for span in spans
        for page in ((span.first[0], number) for number in range(span.first[1] + 1, span.last[1]))
    ]
    return [*firsts, *lasts, *between]


def _overlapping(spans: Iterable[_Span]) -> list[_Span]:
    """Spans in their order, as one where they share a page."""
    joined: list[_Span] = []
    for span in sorted(spans, key=lambda span: span.order):
        if joined and span.first <= joined[-1].last:
            joined[-1] = joined[-1].joined(span)
        else:
            joined.append(span)
    return joined


def _outside(spans: Iterable[_Span], others: Sequence[_Span]) -> list[_Span]:
    """The spans that are not wholly inside one of the others, which are in order and apart."""
    firsts = [other.first for other in others]

    def is_inside(span: _Span) -> bool:
        place = bisect_right(firsts, span.first)
        return place > 0 and span.last <= others[place - 1].last

    return [span for span in spans if not is_inside(span)]


def _adjoining(spans: Iterable[_Span], collapse: Collapse) -> Iterator[_Span]:
    """Spans with no page between them as one, where together they are long enough."""
    row: list[_Span] = []
    for span in spans:
        if row and span.first != (row[-1].last[0], row[-1].last[1] + 1):
            yield from _row(row, collapse)
            row = []
        row.append(span)
    yield from _row(row, collapse)


def _row(row: list[_Span], collapse: Collapse) -> list[_Span]:
    shortest = _SHORTEST.get(collapse)
    if not row or shortest is None or row[-1].last[1] - row[0].first[1] + 1 < shortest:
        return row
    return [row[0].joined(row[-1])]


def _locator(span: _Span, style: Ranges) -> Locator:
    first, last = (Folio(number, roman=not arabic) for arabic, number in (span.first, span.last))
    ending = ""
    if first != last:
        ending = str(last) if last.roman else shortened(first.number, last.number, style)
    return Locator(str(first), ending, span.anchor, span.last_anchor, span.principal, span.italic)


def _noted(
    notes: Iterable[tuple[_Page, Locus]], folios: Mapping[str, Folio]
) -> Iterator[tuple[_Page, Locator]]:
    """Locators of places in notes: notes in a row on one page are one."""
    kept: dict[tuple[_Page, str, int], Locus] = {}
    for page, locus in sorted(notes, key=lambda one: (one[0], one[1].note)):
        known = kept.setdefault((page, locus.chapter, locus.note), locus)
        if locus.principal and not known.principal:
            kept[page, locus.chapter, locus.note] = locus
    rows: list[list[tuple[_Page, Locus]]] = []
    for (page, _, _), locus in kept.items():
        follows = bool(rows) and _follows(rows[-1][-1], (page, locus))
        rows[-1].append((page, locus)) if follows else rows.append([(page, locus)])
    for row in rows:
        (page, first), (_, last) = row[0], row[-1]
        numbers = (0, 0) if _is_only_note(first, page, folios) else (first.note, last.note)
        folio = str(Folio(page[1], roman=not page[0]))
        yield page, Locator(folio, "", first.anchor, last.anchor, first.principal, notes=numbers)


def _follows(one: tuple[_Page, Locus], other: tuple[_Page, Locus]) -> bool:
    """Whether a place stands in the note after that of another, on the same page."""
    (page, before), (there, after) = one, other
    same = (page, before.chapter, before.principal) == (there, after.chapter, after.principal)
    return same and after.note == before.note + 1


def _is_only_note(locus: Locus, page: _Page, folios: Mapping[str, Folio]) -> bool:
    """Whether no other note begins on the page; notes of a page follow upon each other."""

    def begins_here(number: int) -> bool:
        folio = folios.get(f"{locus.chapter}--note-{number}")
        return folio is not None and _page(folio) == page

    alone = not begins_here(locus.note - 1) and not begins_here(locus.note + 1)
    return locus.note == 0 or (alone and begins_here(locus.note))
