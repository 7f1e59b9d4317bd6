"""Suggest entries for the index: a worksheet for the editor, never an index.

1. `passages`: the essays as plain text, each piece with its standing.
2. `languages`: the noun phrases of each (`tagging`, `phrases`), or what comes near to that.
3. `termhood`: variants together; which of them are terms, and how likely.
4. `candidates`, `theming`: heading, patterns, a line of context, the nearest theme.
5. `worksheet`: all that as TOML.

A computer cannot make a good index: it finds words, and not what is said about them.
"""

from __future__ import annotations

from bindery.book import EditedBook
from bindery.suggesting.abbreviations import abbreviations_in
from bindery.suggesting.candidates import Candidate, candidate_of, with_subentries
from bindery.suggesting.known import entries_of
from bindery.suggesting.languages import find
from bindery.suggesting.passages import passages_of
from bindery.suggesting.termhood import score, usages
from bindery.suggesting.theming import themed
from bindery.suggesting.worksheet import WORKSHEET, accepted, worksheet
from bindery.vocabulary import Vocabulary

__all__ = ["WORKSHEET", "Candidate", "accepted", "suggest", "worksheet"]

FEWEST = 40
WORDS_EACH = 60
"""At most `FEWEST` candidates, and one more for that many words of the book."""


def suggest(
    book: EditedBook, vocabulary: Vocabulary, *, everything: bool = False
) -> tuple[Candidate, ...]:
    """Candidates for entries, the likeliest first; then those found only by their standing.

    What the vocabulary or the essays' marks have already is left out, unless `everything` is
    wanted.
    """
    passages = passages_of(book)
    phrases, names = find(passages)
    terms = score(usages(passages, phrases, abbreviations_in(passages)), len(passages))
    entries = entries_of(book, vocabulary)
    pairs = [(candidate_of(usage, passages, names), usage) for usage in terms]
    if not everything:
        pairs = [(candidate, usage) for candidate, usage in pairs if not entries.has(candidate)]
    most = FEWEST + sum(len(passage.text.split()) for passage in passages) // WORDS_EACH
    return tuple(with_subentries(themed(pairs[:most], vocabulary, passages)))
