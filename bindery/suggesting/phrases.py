"""Noun phrases in the words of a passage: what may become an entry.

joint exercises                      a phrase
sharing of intelligence              the same as “intelligence sharing”
science and technology               a pair
United States, Ibn Khaldun           a name
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from bindery.suggesting.classes import Tag
from bindery.suggesting.everyday import EMPTY_NOUNS
from bindery.suggesting.inflection import singular
from bindery.suggesting.words import Word

LONGEST = 4
"""Words of the longest phrase."""
LONGEST_OF_PAIR = 2
ATTACHES = (Tag.PREPOSITION, Tag.DETERMINER)

Key = tuple[str, ...]
"""The words of a phrase in the singular, small, without hyphens: the same for its variants."""


class Shape(Enum):
    """How a phrase is built."""

    PLAIN = "plain"
    OF = "of"
    """Its head comes first: “sharing of intelligence”."""
    LINKED = "linked"
    """As OF, with another word: “cooperation in defence”; it never stands by itself."""
    PAIR = "pair"


LINKS = {"of": Shape.OF, "in": Shape.LINKED, "for": Shape.LINKED}


class Phrase(NamedTuple):
    """A phrase in its place."""

    key: Key
    shape: Shape
    start: int
    """Offset of its first character in the passage."""
    end: int
    whole: bool
    """Whether it is no piece of a longer phrase."""
    name: bool
    """Whether every word of it is a name."""


def phrases_in(words: Sequence[Word], tags: Sequence[Tag]) -> Iterator[Phrase]:
    """All phrases of a passage, and all pieces of them that end in a noun."""
    runs = list(_runs(words, tags))
    for number, (first, last) in enumerate(runs):
        yield from _pieces(words, tags, first, last)
        if number + 1 < len(runs):
            following = runs[number + 1]
            yield from _of(words, (first, last), following)
            if _is_pair(words, tags, (first, last), following):
                yield from _pair(words, tags, (first, last), following)


def key_of(words: Iterable[str]) -> Key:
    """The key of words in lower case; a hyphen divides as a space does."""
    parts = [part for word in words for part in word.replace("'", "").split("-") if part]
    return tuple(map(singular, parts))


def _runs(words: Sequence[Word], tags: Sequence[Tag]) -> Iterator[tuple[int, int]]:
    """From where to behind where nouns and their adjectives stand in a row, to the last noun."""
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and _goes_on(words, tags, start, end):
            end += 1
        last = end
        while last > start and tags[last - 1] not in (Tag.NOUN, Tag.NAME):
            last -= 1
        if last > start:
            yield start, last
        start = max(end, start + 1)


def _goes_on(words: Sequence[Word], tags: Sequence[Tag], start: int, at: int) -> bool:
    if tags[at] not in (Tag.NOUN, Tag.NAME, Tag.ADJECTIVE):
        return False
    return at == start or not (words[at].border or words[at - 1].owns)


def _pieces(words: Sequence[Word], tags: Sequence[Tag], first: int, last: int) -> Iterator[Phrase]:
    for start in range(first, last):
        for end in range(start + 1, min(last, start + LONGEST) + 1):
            if tags[end - 1] in (Tag.NOUN, Tag.NAME):
                whole = (start, end) == (first, last) or _is_whole_name(tags, start, end)
                yield _phrase(words, tags, start, end, whole)


def _is_whole_name(tags: Sequence[Tag], start: int, end: int) -> bool:
    """Whether words are a name, and those beside them are none: “Fresnel” in “Fresnel lens”."""
    if tags[start] is not Tag.NAME:
        return False
    around = (*tags[max(0, start - 1) : start], *tags[end : end + 1])
    return all(tag is Tag.NAME for tag in tags[start:end]) and Tag.NAME not in around


def _phrase(
    words: Sequence[Word],
    tags: Sequence[Tag],
    start: int,
    end: int,
    whole: bool,
) -> Phrase:
    key = key_of([word.low for word in words[start:end]])
    name = all(tag is Tag.NAME for tag in tags[start:end])
    return Phrase(key, Shape.PLAIN, words[start].start, words[end - 1].end, whole, name)


def _of(
    words: Sequence[Word], head: tuple[int, int], modifier: tuple[int, int]
) -> Iterator[Phrase]:
    """“Sharing of intelligence” by the key of “intelligence sharing”."""
    between = words[head[1] : modifier[0]]
    if not between or between[0].low not in LINKS or len(between) > 2:
        return
    if any(word.border for word in (*between, words[modifier[0]])) or words[head[1] - 1].owns:
        return
    if len(between) == 2 and between[1].low not in ("the", "its", "their"):
        return
    start, end = head
    nouns = {singular(words[at - 1].low) for at in (end, modifier[1])}
    if nouns & EMPTY_NOUNS or words[modifier[1] - 1].owns:
        return
    for begin in range(max(start, end - LONGEST), end):
        if end - begin + modifier[1] - modifier[0] > LONGEST:
            continue
        lows = [word.low for word in (*words[modifier[0] : modifier[1]], *words[begin:end])]
        where = (words[begin].start, words[modifier[1] - 1].end)
        yield Phrase(key_of(lows), LINKS[between[0].low], *where, whole=begin == start, name=False)


def _is_pair(
    words: Sequence[Word], tags: Sequence[Tag], left: tuple[int, int], right: tuple[int, int]
) -> bool:
    """Whether what “and” joins is a pair: no end of a list, and nothing hangs on one of them."""
    first, last = words[left[0]], words[right[1] - 1]
    if (first.border and not first.opens) or last.owns or words[left[1] - 1].owns:
        return False
    goes_on = right[1] < len(words) and not words[right[1]].border
    follows = left[0] and not first.border
    chained = goes_on and words[right[1]].low == "and"
    if chained or (follows and words[left[0] - 1].low == "and"):
        return False
    attached = follows and tags[left[0] - 1] in ATTACHES
    uneven = left[1] - left[0] != right[1] - right[0]
    return not (goes_on and tags[right[1]] is Tag.PREPOSITION and (attached or uneven))


def _pair(
    words: Sequence[Word], tags: Sequence[Tag], left: tuple[int, int], right: tuple[int, int]
) -> Iterator[Phrase]:
    """“Science and technology”, the same as “technology and science”."""
    between = words[left[1] : right[0]]
    joined = [word.low for word in between] == ["and"]
    if not joined or between[0].border or words[right[0]].border:
        return
    if max(left[1] - left[0], right[1] - right[0]) > LONGEST_OF_PAIR:
        return
    keys = sorted(key_of([word.low for word in words[a:b]]) for a, b in (left, right))
    if any(key[-1] in EMPTY_NOUNS for key in keys) or keys[0] == keys[1]:
        return
    name = all(tags[at] is Tag.NAME for a, b in (left, right) for at in range(a, b))
    key = (*keys[0], "&", *keys[1])
    yield Phrase(key, Shape.PAIR, words[left[0]].start, words[right[1] - 1].end, True, name)
