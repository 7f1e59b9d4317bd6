"""Entries while they are gathered: those of the vocabulary, with the places that marks name.

A mark meets an entry of the vocabulary when both read the same in print; where nothing but
capitals tells them apart, the vocabulary's spelling is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from bindery.book import Chapter, Extent, Mark
from bindery.index import Locus, Stands
from bindery.markup.punctuation import improved
from bindery.vocabulary import Kind, Term, Vocabulary

IDS = re.compile(r'\sid="([^"]+)"')

Path = tuple[str, ...]


@dataclass(slots=True, eq=False)
class Draft:
    """An entry while it is gathered; one without a heading holds all main entries."""

    path: Path
    """Heading and sub-headings as they are printed."""
    above: Draft | None = None
    term: Term | None = None
    """What the vocabulary says of it."""
    themes: tuple[str, ...] = ()
    """Ids of its own themes, or of those of the entry above it."""
    loci: list[Locus] = field(default_factory=list)
    """In the order of the book, each place once."""
    drafts: dict[str, Draft] = field(default_factory=dict)
    """Sub-entries by their headings."""
    folded: dict[str, Draft] = field(default_factory=dict)
    """Those of the vocabulary by their headings in small letters."""

    @property
    def heading(self) -> str:
        """Its own heading; empty for what holds all."""
        return self.path[-1] if self.path else ""

    @property
    def kind(self) -> Kind:
        """What it names."""
        return self.term.kind if self.term else Kind.THEME

    @property
    def sort(self) -> str:
        """What it is ordered by instead of its heading; mostly empty."""
        return self.term.sort if self.term else ""

    def below(self, heading: str) -> Draft | None:
        """Its sub-entry with a heading, if there is one."""
        return self.drafts.get(heading) or self.folded.get(heading.casefold())

    def find(self, path: Iterable[str]) -> Draft | None:
        """The entry at a path below it, if there is one."""
        found: Draft | None = self
        for heading in path:
            found = found.below(heading) if found else None
        return found

    def reach(self, path: Iterable[str], *, known: bool = False) -> Draft:
        """The entry at a path below it, made when there is none; `known` to the vocabulary."""
        found = self
        for heading in path:
            next_one = found.drafts.get(heading) if known else found.below(heading)
            if next_one is None:
                next_one = Draft((*found.path, heading), found, themes=found.themes)
                found.drafts[heading] = next_one
            if known:
                found.folded.setdefault(heading.casefold(), next_one)
            found = next_one
        return found

    def walk(self) -> Iterator[Draft]:
        """All entries below it, each before its sub-entries."""
        for draft in self.drafts.values():
            yield draft
            yield from draft.walk()


def printing(language: str) -> Callable[[Iterable[str]], Path]:
    """Gives the headings of a path as they are printed in a language."""

    @cache
    def printed(heading: str) -> str:
        return improved(heading, language)

    return lambda path: tuple(map(printed, path))


def drafted(chapters: Sequence[Chapter], vocabulary: Vocabulary, language: str) -> Draft:
    """All entries of the vocabulary and of the marks, with their loci, below one draft."""
    printed = printing(language)
    root = Draft(())
    for term in vocabulary.terms:
        draft = root.reach(printed(term.path), known=True)
        draft.term = draft.term or term
    for draft in root.walk():
        own = draft.term.themes if draft.term else ()
        draft.themes = own or (draft.above.themes if draft.above else ())
    known: dict[Path, Draft] = {}
    for chapter in chapters:
        marked: dict[Draft, list[Mark]] = {}
        for mark in _in_order(chapter):
            if mark.extent is not Extent.NOT_HERE:
                if mark.entry not in known:
                    known[mark.entry] = root.reach(printed(mark.entry))
                marked.setdefault(known[mark.entry], []).append(mark)
        for draft, marks in marked.items():
            draft.loci += _loci(marks)
    return root


def _in_order(chapter: Chapter) -> list[Mark]:
    """The marks in the order of the text; those of a note where it is called first."""
    if len(chapter.marks) < 2:
        return list(chapter.marks)
    names = [found[1] for found in IDS.finditer(chapter.xhtml)]
    places: dict[str, tuple[int, int]] = {chapter.slug: (-1, 0)}
    for number, name in enumerate(names):
        places.setdefault(name, (number, 0))
    last = (len(names), 0)
    for note in chapter.notes:
        called, _ = places.get(note.call_id, last)
        inside = [found[1] for text in note.paragraphs for found in IDS.finditer(text)]
        for number, name in enumerate(inside, start=1):
            places.setdefault(name, (called, number))
    return sorted(chapter.marks, key=lambda mark: places.get(mark.id, last))


def _loci(marks: Iterable[Mark]) -> list[Locus]:
    """The loci of one entry in one chapter: each place once, and none inside a discussion.

    Main discussions and notes keep their own.  A discussion that is never closed is a place.
    """
    found: list[Locus] = []
    opened: list[int] = []
    closed: dict[int, int] = {}
    for mark in marks:
        if mark.extent is not Extent.CLOSES:
            if mark.extent is Extent.OPENS:
                opened.append(len(found))
            found.append(Locus(mark.id, "", mark.principal, mark.stands, mark.note))
        elif opened:
            begun = opened.pop()
            found[begun] = _closed(found[begun], mark)
            closed[begun] = len(found)
    if len(found) < 2:
        return found
    kept: dict[tuple[str, str], Locus] = {}
    for locus in _not_inside(found, closed):
        known = kept.setdefault((locus.anchor, locus.end), locus)
        if locus.principal and not known.principal:
            kept[locus.anchor, locus.end] = locus
    return list(kept.values())


def _not_inside(found: Sequence[Locus], closed: Mapping[int, int]) -> Iterator[Locus]:
    """The loci that no discussion holds; `closed` has the number of the first locus behind it."""
    behind = behind_principal = 0
    for number, locus in enumerate(found):
        says_more = locus.principal and number >= behind_principal
        if number >= behind or says_more or (locus.stands is Stands.NOTE and not locus.end):
            yield locus
        behind = max(behind, closed.get(number, 0))
        if locus.principal:
            behind_principal = max(behind_principal, closed.get(number, 0))


def _closed(locus: Locus, mark: Mark) -> Locus:
    """A discussion from where it begins to the mark that closes it."""
    principal = locus.principal or mark.principal
    if locus.stands is Stands.NOTE and (mark.stands, mark.note) == (Stands.NOTE, locus.note):
        return replace(locus, principal=principal)
    if mark.id == locus.anchor:
        return replace(locus, principal=principal)
    return Locus(locus.anchor, mark.id, principal)
