"""Find the patterns of a concordance in a piece of running text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from bindery.concordance.drawing_up import GLUE, Concordance, Node
from bindery.markup.punctuation import OPAQUE
from bindery.vocabulary.words import JOINERS, Word, words_of

Stretch = tuple[int, int]
"""Offsets of the first character and behind the last one."""


class Hit(NamedTuple):
    """Words of a text that belong to a term."""

    start: int
    """Offset of the first character."""
    end: int
    """Offset behind the last character."""
    term: int
    """Number of the term in the concordance."""
    pattern: int
    """Number of the pattern in the term."""


def hits_in(text: str, concordance: Concordance, slug: str) -> list[Hit]:
    """The hits in a text of a chapter, from left to right; longer ones first.

    Hits of one term do not overlap each other: of those that begin first the longest is
    taken, and none that overlaps what the term refuses.
    """
    words = words_of(text)
    found: dict[int, list[Hit]] = {}
    refused: dict[int, list[Stretch]] = {}
    for root, capitals in ((concordance.folded, False), (concordance.exact, True)):
        if not root:
            continue
        forms = [word.form if capitals else word.form.casefold() for word in words]
        for at, behind, node in _reached(root, words, forms):
            start, end = words[at].start, words[behind - 1].end
            for term, pattern, refuses in node.ends:
                only_in = concordance.only_in[term]
                if only_in and slug not in only_in:
                    continue
                if refuses:
                    refused.setdefault(term, []).append((start, end))
                else:
                    found.setdefault(term, []).append(Hit(start, end, term, pattern))
    kept = [hit for term, hits in found.items() for hit in _longest(hits, refused.get(term))]
    return sorted(kept, key=lambda hit: (hit.start, -hit.end, hit.term))


def _reached(root: Node, words: list[Word], forms: list[str]) -> Iterator[tuple[int, int, Node]]:
    """Every node at which a pattern ends: where its words begin, the place behind them."""
    openings, open_all = root.words, bool(root.endings or root.any_word)
    for at, form in enumerate(forms):
        if form == OPAQUE or not (open_all or form in openings):
            continue
        pending = [(root, at)]
        while pending:
            node, place = pending.pop()
            if node.ends:
                yield at, place, node
            if place == len(forms):
                continue
            key = forms[place]
            if place > at and words[place].glued:
                key = GLUE + key
            following = node.words.get(key)
            if following is not None:
                pending.append((following, place + 1))
            for length in node.lengths:
                if length > len(key):
                    break
                following = node.endings.get(key[:length])
                if following is not None and words[place].is_word:
                    pending.append((following, place + 1))
            if node.any_word is not None and (place == at or not words[place].glued):
                behind = _behind_compound(words, place)
                if behind > place:
                    pending.append((node.any_word, behind))


def _behind_compound(words: list[Word], place: int) -> int:
    """The place behind the compound that begins at a place; the place itself if none does."""
    if not words[place].is_word or (
        place > 1
        and words[place].glued
        and words[place - 1].form in JOINERS
        and words[place - 1].glued
        and words[place - 2].is_word
    ):
        return place
    behind = place + 1
    while (
        behind + 1 < len(words)
        and words[behind].form in JOINERS
        and words[behind].glued
        and words[behind + 1].glued
        and words[behind + 1].is_word
    ):
        behind += 2
    return behind


def _longest(hits: list[Hit], refused: list[Stretch] | None) -> Iterator[Hit]:
    """Of one term's hits those that stay, from left to right."""
    barred = _joined(refused) if refused else []
    last = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.pattern)):
        if hit.start >= last and not _overlaps(hit, barred):
            yield hit
            last = hit.end


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Stretches in order, those that overlap as one."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _overlaps(hit: Hit, stretches: list[Stretch]) -> bool:
    """Whether a hit overlaps any of some stretches that do not overlap each other."""
    behind = bisect_left(stretches, (hit.end, 0))
    return behind > 0 and stretches[behind - 1][1] > hit.start
