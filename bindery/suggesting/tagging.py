"""A guess at the word classes of an English passage.

It is no parser: it only has to know where a noun phrase may begin and where it must end.
When in doubt, a word is a noun after a determiner and a verb after a pronoun.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bindery.suggesting import english
from bindery.suggesting.classes import Tag, guess
from bindery.suggesting.inflection import singular
from bindery.suggesting.neighbours import Place, settled
from bindery.suggesting.words import Word, words_in

FEWEST_FIXED = 4
FIXED = 0.4
"""Mentions, and their share of the noun's, that make one term of “high court”."""


UNKNOWN = (Tag.NOUN, Tag.ADJECTIVE)
"""What an unknown word that begins a sentence is taken for."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the whole book tells of its words."""

    names: frozenset[str] = frozenset()
    """Words that are written with a capital."""
    fixed: frozenset[tuple[str, str]] = frozenset()
    """Empty adjectives with the word behind them that are a term all the same: “high court”."""


def tags_of(words: Sequence[Word], known: Known, capitals: bool = True) -> list[Tag]:
    """The class of each word; `capitals` says whether a capital means something here."""
    tags = [_guess(word, known.names) for word in words]
    if capitals:
        _name_beside(words, tags)
    for place, word in enumerate(words):
        follows = place + 1 < len(words) and not words[place + 1].border
        if follows and (word.low, singular(words[place + 1].low)) in known.fixed:
            tags[place] = Tag.ADJECTIVE
    for place, word in enumerate(words):
        before = None if word.border else _before(words, tags, place)
        follows = place + 1 < len(words) and not words[place + 1].border and not word.owns
        after = tags[place + 1] if follows else None
        tags[place] = settled(Place(word.low, tags[place], before, after, words[place - 1].low))
    return tags


def _name_beside(words: Sequence[Word], tags: list[Tag]) -> None:
    """Make names of the capitals beside a name: “Trinity House”, “United States”."""
    for place, word in enumerate(words):
        if place and not word.border and word.form[0].isupper() and tags[place] is not Tag.PRONOUN:
            if tags[place - 1] is Tag.NAME:
                tags[place] = Tag.NAME
            first = words[place - 1].opens and tags[place] is Tag.NAME
            if first and tags[place - 1] in UNKNOWN and words[place - 1].form[0].isupper():
                tags[place - 1] = Tag.NAME


def _before(words: Sequence[Word], tags: Sequence[Tag], place: int) -> Tag:
    """The class of the word before; a possessive does what a determiner does."""
    return Tag.DETERMINER if words[place - 1].owns else tags[place - 1]


def _guess(word: Word, names: frozenset[str]) -> Tag:
    if word.low in names and word.form[0].isupper():
        return Tag.NAME
    return guess(word.low)


def names_among(passages: Iterable[Sequence[Word]]) -> frozenset[str]:
    """Words that stand with a capital where nothing asks for it, more often than without."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for words in passages:
        for word in words:
            if word.form[0].islower():
                small[word.low] += 1
            elif word.form[0].isupper() and (not word.opens or word.form[1:2].isupper()):
                capital[word.low] += 1
    found = {word for word, times in capital.items() if times > small[word]}
    found = {word for word in found if singular(word) not in english.APPARATUS}
    return frozenset(found - english.PRONOUNS - english.DETERMINERS)


def fixed_among(
    passages: Iterable[Sequence[Word]], authored: Iterable[str]
) -> frozenset[tuple[str, str]]:
    """Empty adjectives that belong to the word behind them: often there, or in an author's term."""
    pairs: Counter[tuple[str, str]] = Counter()
    nouns: Counter[str] = Counter()
    for words in passages:
        for before, word in zip([None, *words], words, strict=False):
            noun = singular(word.low)
            nouns[noun] += 1
            if before is not None and not word.border and guess(before.low) is Tag.EMPTY:
                pairs[before.low, noun] += 1
    found = {p for p, n in pairs.items() if n >= max(FEWEST_FIXED, FIXED * nouns[p[1]])}
    for term in authored:
        lows = [word.low for word in words_in(term)]
        found |= {(a, singular(b)) for a, b in pairwise(lows)}
    return frozenset(pair for pair in found if guess(pair[0]) is Tag.EMPTY)
