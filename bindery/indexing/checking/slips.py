"""Words that look like others mistyped, found without comparing all with all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise, product

SHORT, LONG = 7, 10
"""Words of fewer letters than SHORT never pass for slips; from LONG on, two letters may differ."""
MOST = 200
"""Words with which one is compared at most; where more begin and end alike, pieces are."""
CROWD = 24
"""So many words that share a piece are a pattern and no slips; only neighbours are compared."""

Pair = tuple[str, str]


def slips(words: Iterable[str], others: Iterable[str] | None = None) -> Iterator[Pair]:
    """Pairs of words of which one looks like the other mistyped, each pair once and in order.

    When `others` are given, the first of a pair is one of the words, and the second one of
    those.  The first letter and the last two agree: regulator is no slip for regulatory.
    """
    shelves: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for word in sorted(set(words)):
        if len(word) >= SHORT:
            shelves.setdefault((word[0], word[-2:]), ([], []))[0].append(word)
    for word in sorted(set(others or ())):
        if len(word) >= SHORT - 1 and (word[0], word[-2:]) in shelves:
            shelves[word[0], word[-2:]][1].append(word)
    for mine, theirs in shelves.values():
        letters = {word: _letters(word) for word in (*mine, *theirs)}
        for one, two in _pairs(mine, None if others is None else theirs):
            far = (letters[one] ^ letters[two]).bit_count() > 4 or abs(len(one) - len(two)) > 2
            if not far and distance(one, two) <= allowed(one, two):
                yield one, two


def allowed(one: str, two: str) -> int:
    """How many letters may differ for a slip."""
    shorter = min(len(one), len(two))
    return 0 if shorter < SHORT - 1 else 1 if shorter < LONG else 2


def distance(one: str, two: str) -> int:
    """Letters to add, drop, change or exchange with the next, to make one word of the other."""
    before: list[int] = []
    above = list(range(len(two) + 1))
    for row, letter in enumerate(one, start=1):
        here = [row]
        for column, other in enumerate(two, start=1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != other))
            swapped = column > 1 < row and letter == two[column - 2] and one[row - 2] == other
            here.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, above = above, here
    return above[-1]


def _pairs(mine: Sequence[str], theirs: Sequence[str] | None) -> Iterable[Pair]:
    """Pairs that may be slips: all, or where these are too many, those that share a piece."""
    if theirs is None:
        return combinations(mine, 2) if len(mine) <= MOST else _sharing(mine, None)
    if min(len(mine), len(theirs)) <= MOST:
        return product(mine, theirs)
    return _sharing(mine, theirs)


def _sharing(mine: Sequence[str], theirs: Sequence[str] | None) -> Iterator[Pair]:
    """Pairs of words that are the same when a letter or two are taken out of each."""
    own = set(mine)
    shelves: dict[str, list[str]] = {}
    for word in sorted({*mine, *(theirs or ())}):
        for piece in _pieces(word):
            shelves.setdefault(piece, []).append(word)
    found: dict[Pair, None] = {}
    for shelf in shelves.values():
        for one, two in combinations(shelf, 2) if len(shelf) <= CROWD else pairwise(shelf):
            if theirs is None or (one in own and two not in own):
                found[one, two] = None
            elif two in own and one not in own:
                found[two, one] = None
    yield from sorted(found)


def _letters(word: str) -> int:
    """Which letters a word has, as bits; a letter that differs changes two of them."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _pieces(word: str) -> set[str]:
    """A word, and what is left of it without one letter or, when it is long, without two."""
    most = 2 if len(word) >= LONG else 1
    found = {word}
    last = {word}
    for _ in range(most):
        last = {piece[:at] + piece[at + 1 :] for piece in last for at in range(len(piece))}
        found |= last
    return found
