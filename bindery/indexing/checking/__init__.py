"""What an indexer would ask about an index before it is printed.

`check` finds faults, and is asked at every publishing; `advise` has suggestions, which only
`index check` prints, as a good index may leave them aside.  `statistics` says how large the
index is.  The cost is in proportion to words and entries, never to their product.
"""

from __future__ import annotations

from dataclasses import dataclass

from bindery.book import Chapter
from bindery.concordance import Concordance, draw_up, unused
from bindery.errata import Query
from bindery.index import Index
from bindery.indexing.checking.cross_references import cross_reference_queries, reference_advice
from bindery.indexing.checking.entries import entry_queries, lone_sub_entries
from bindery.indexing.checking.headings import heading_queries
from bindery.indexing.checking.register import (
    Path,
    Register,
    body,
    draw_register,
    words_of,
)
from bindery.indexing.checking.themes import theme_advice, theme_queries
from bindery.indexing.surroundings import surroundings
from bindery.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Statistics:
    """How large an index is."""

    entries: int
    """Main headings."""
    sub_entries: int
    cross_references: int
    """Single targets of *see* and *see also*."""
    locators: int
    """Places; a discussion over many pages is one."""
    essays: int
    themes: int
    words: int
    """Words of all chapters and their notes."""

    @property
    def density(self) -> float:
        """Locators for 1,000 words of text."""
        return 1000 * self.locators / self.words if self.words else 0.0


def check(
    chapters: tuple[Chapter, ...],
    vocabulary: Vocabulary,
    index: Index,
    language: str,
    words: Concordance | None = None,
) -> tuple[Query, ...]:
    """Every fault of the index that `gather` made of the chapters and the vocabulary.

    Without a vocabulary, only what marks alone can get wrong is looked for.  `words` is the
    vocabulary's concordance, if it has been drawn up already.
    """
    if not (vocabulary or index or any(chapter.themes for chapter in chapters)):
        return ()
    register = draw_register(chapters, vocabulary, index, language)
    found = [
        *cross_reference_queries(register),
        *entry_queries(register, _unused(register, words)),
        *heading_queries(register),
        *theme_queries(register),
    ]
    return tuple(dict.fromkeys(found))


def _unused(register: Register, words: Concordance | None) -> dict[Path, set[str]]:
    """The patterns of each term that find nothing.

    A term with one pattern whose words were found needs no second look, nor does the text
    when all terms are like that.  Its main discussion is marked whether they are found or not.
    """
    marked = {mark.entry for chapter in register.chapters for mark in chapter.marks if mark.found}
    doubtful = (
        term
        for term in register.vocabulary.terms
        if term.match and (len(term.match) > 1 or term.principal or term.path not in marked)
    )
    found: dict[Path, set[str]] = {}
    if any(doubtful):
        for term, pattern in unused(register.chapters, words or draw_up(register.vocabulary)):
            found.setdefault(register.printed(term.path), set()).add(pattern)
    return found


def advise(
    chapters: tuple[Chapter, ...], vocabulary: Vocabulary, index: Index, language: str
) -> tuple[Query, ...]:
    """What an editor may want to think over."""
    register = draw_register(chapters, vocabulary, index, language)
    lone = () if vocabulary else tuple(lone_sub_entries(register))
    return (*reference_advice(register), *lone, *theme_advice(register))


def statistics(chapters: tuple[Chapter, ...], vocabulary: Vocabulary, index: Index) -> Statistics:
    """How large an index is."""
    top = index.listings[0].entries if index.listings else ()
    every = [entry for main in top for entry in main.walk()]
    return Statistics(
        entries=len(top),
        sub_entries=len(every) - len(top),
        cross_references=sum(len(entry.see) + len(entry.see_also) for entry in every),
        locators=sum(len(entry.loci) for entry in every),
        essays=len(body(chapters)),
        themes=len(vocabulary.themes),
        words=sum(len(words_of(surroundings(chapter))) for chapter in chapters),
    )
