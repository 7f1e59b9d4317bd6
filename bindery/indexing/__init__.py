"""Gather the marks of all chapters into an index: alphabetical, with sub-entries.

An index holds anchors.  The pages (or links) that an edition prints for them are worked
out by `indexing.locators`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from bindery.book import Chapter
from bindery.index import Index, IndexEntry, IndexGroup, Listing, Locus
from bindery.markup.punctuation import improved
from bindery.vocabulary import Vocabulary

ARTICLES = re.compile(r"^(a|an|the)\s+", re.I)
CONNECTIVES = re.compile(r"^(and|as|at|by|for|from|in|of|on|to|with)\s+", re.I)


@dataclass(slots=True)
class _Draft:
    """An entry while it is gathered."""

    heading: str
    anchors: list[str] = field(default_factory=list)
    drafts: dict[str, _Draft] = field(default_factory=dict)


def gather(chapters: tuple[Chapter, ...], vocabulary: Vocabulary, language: str) -> Index:
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
    letters = tuple(IndexGroup(letter, tuple(found)) for letter, found in groups.items())
    return Index(vocabulary.settings, (), (Listing(None, letters),))


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
        entries.append(IndexEntry(name, child.heading, tuple(map(Locus, child.anchors)), below))
    return tuple(entries)
