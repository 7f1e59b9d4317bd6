"""The order of an index: letter by letter or word by word, by the alphabet of a language.

Letters stand in the order of the Unicode Collation Algorithm (its table is pyuca's), with the
language's own letters where its readers look for them.  Loading that table takes a sixth of a
second, and so it is loaded only for letters other than those of western Europe.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from string import ascii_lowercase
from typing import Any

from bindery.indexing.alphabets import AL, ALIASES, ALPHABETS, ARTICLES, CARRIERS, CONNECTIVES
from bindery.vocabulary import Order

_WEIGHTS_A_TO_Z = (
    "7341 7366 7392 7413 7440 7499 7514 7550 7576 7602 7627 7645 7696 "
    "7711 7747 7794 7815 7833 7895 7931 7963 8009 8027 8037 8049 8071"
)
WEIGHTS = dict(zip(ascii_lowercase, map(int, _WEIGHTS_A_TO_Z.split()), strict=True))
"""Primary weights of DUCET 10.0.0, whose letters pyuca has as well."""

WRITTEN = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ł": "l"}
"""Letters that DUCET has among others, although nothing can be taken off them."""

STEP = 64
"""So many letters may stand between two that the table has."""
LARGEST = 4000
"""Digits of a number; longer ones are cut."""

BREAK = re.compile(r"(?<=\w)[^\w\s(]*(?:(?P<comma>[,،])(?:\s+|$)|\s+(?=\())")
"""Where the order stops and begins anew: a comma, or what stands in parentheses."""
OPENING = re.compile(r"^\W+(?=\w)")
GAP = re.compile(r"[\s\-‐‑–—/]+")
NUMBER = re.compile(r"(\d+)")
SPACING = range(0x2B0, 0x300)
"""Signs of transliteration such as ʿayn and hamza, which Unicode holds to be letters."""
TATWEEL = "ـ"
SIGNS = "#"
"""What figures and signs stand under."""

Weights = tuple[int, ...]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Alphabet:
    """How the headings of one index are put in order."""

    order: Order
    ignore_al: bool
    articles: re.Pattern[str]
    connectives: re.Pattern[str]
    own: dict[str, tuple[Weights, str]] = field(hash=False)
    """The language's own letters: their weights, and what they stand under."""
    letters: re.Pattern[str]
    """Finds its own letters, the longest first."""
    turkic: bool

    def key(self, heading: str, top: bool = True, sort: str = "") -> Key:
        """What a heading is ordered by; `sort` is put in its place.

        `top` says that it is no sub-heading.  No two headings have the same key.
        """
        words = sort or self._stripped(heading, top)
        return tuple(self._segments(words)), _rest(words), _rest(heading), heading

    def initial(self, heading: str, sort: str = "") -> tuple[int, str]:
        """Where a heading's first letter stands among all letters, and the letter; 0 for signs."""
        words = sort or self._stripped(heading, top=True)
        for word in filter(None, map(self._folded, GAP.split(words))):
            if word[0].isdecimal():
                break
            found = self.letters.match(word)
            if found:
                weights, letter = self.own[found[0]]
                return weights[0], letter
            if any(self._weights(word)):  # A lone accent counts for nothing.
                return self._first_of_table(word)
        return 0, SIGNS

    def _first_of_table(self, word: str) -> tuple[int, str]:
        """The weight of a word's first letter, and the plainest letter in it that has it."""
        first = next(iter(self._weights(word)), 0)
        letters = [*_plain(word), *word]
        named = next((sign for sign in letters if self._weights(sign)[:1] == (first,)), word[0])
        return (first, self._title(named)) if first else (0, SIGNS)

    def _title(self, letter: str) -> str:
        return "İ" if self.turkic and letter == "i" else letter.title()

    def _stripped(self, heading: str, top: bool) -> str:
        """A heading without the words before the one that counts."""
        words = OPENING.sub("", heading)
        found = (self.articles if top else self.connectives).match(words)
        words = words[found.end() :] if found else words
        article = re.match(AL, words, re.I) if self.ignore_al else None
        return words[article.end() :] if article else words

    def _segments(self, words: str) -> Iterator[Key]:
        """A heading's pieces, and what stands before each: nothing, a parenthesis or a comma."""
        start, opened = 0, 0
        for found in BREAK.finditer(words):
            yield opened, self._ordered(words[start : found.start()])
            start, opened = found.end(), 2 if found["comma"] else 1
        yield opened, self._ordered(words[start:])

    def _ordered(self, words: str) -> Key:
        found = [self._weights(word) for word in map(self._folded, GAP.split(words)) if word]
        if self.order is Order.WORD:
            return tuple(found)
        return tuple(chain.from_iterable(found))

    def _folded(self, word: str) -> str:
        """What counts in a word, in small letters: neither signs nor transliteration marks."""
        if word.isascii():
            return "".join(filter(str.isalnum, word.lower() if not self.turkic else _tr(word)))
        text = unicodedata.normalize("NFKC", word)
        text = unicodedata.normalize("NFKC", (_tr(text) if self.turkic else text).casefold())
        return "".join(sign for sign in text if _counts(sign))

    def _weights(self, word: str) -> Weights:
        """The weights of a folded word, letter after letter; a number is one by its value."""
        weights: list[int] = []
        for piece in NUMBER.split(word):
            if piece.isdecimal():
                digits = [unicodedata.decimal(digit) for digit in piece.lstrip("0٠۰")[:LARGEST]]
                weights += [len(digits), *digits]
            elif piece:
                weights += self._letters(piece)
        return tuple(weights)

    def _letters(self, piece: str) -> Iterator[int]:
        start = 0
        for found in self.letters.finditer(piece):
            yield from table(piece[start : found.start()].translate(CARRIERS))
            yield from self.own[found[0]][0]
            start = found.end()
        yield from table(piece[start:].translate(CARRIERS))


@cache
def alphabet(language: str, order: Order = Order.LETTER, ignore_al: bool = False) -> Alphabet:
    """The alphabet of a language tag such as “sv”, “de-CH” or “de-u-co-phonebk”."""
    main, *more = language.lower().replace("_", "-").split("-")
    main = ALIASES.get(main, main)
    kinds = [f"{main}-{kind}" for kind in more]
    rules = next((ALPHABETS[kind] for kind in kinds if kind in ALPHABETS), ALPHABETS.get(main, ""))
    own = _own_letters(rules)
    longest = sorted(own, key=lambda letter: (-len(letter), letter))
    letters = re.compile("|".join(map(re.escape, longest)) or r"(?!)")
    article = _words(ARTICLES.get(main, ""))
    connective = _words(CONNECTIVES.get(main, ""))
    return Alphabet(
        order,
        ignore_al,
        re.compile(f"{article}(?=.*\\w)", re.I),
        re.compile(f"(?:{connective})*(?:{article})?(?=.*\\w)", re.I),
        own,
        letters,
        turkic=main in ("az", "tr"),
    )


def table(text: str) -> Weights:
    """The primary weights of folded letters, with room between them."""
    if text.isascii():
        return tuple(WEIGHTS[letter] * STEP for letter in text)
    plain = "".join(sign for sign in _plain(text) if not "\u0300" <= sign < "\u0370")
    if plain.isascii():
        return table(plain)
    return tuple(weight * STEP for weight in _collated(text))


def _plain(text: str) -> str:
    """A text whose letters are taken apart: é into e and its accent, æ into a and e."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(WRITTEN.get(sign, sign) for sign in apart)


def _collated(text: str) -> Iterator[int]:
    """The primary weights that pyuca has for a text, which end with a zero."""
    for weight in _collator().sort_key(text):
        if not weight:
            return
        yield weight


@cache
def _collator() -> Any:
    # Loaded when it is needed: its table is large.
    from pyuca.collator import Collator_10_0_0  # noqa: PLC0415

    return Collator_10_0_0()


def _own_letters(rules: str) -> dict[str, tuple[Weights, str]]:
    """A language's own letters by its rules: their weights and what they stand under."""
    own: dict[str, tuple[Weights, str]] = {}

    def read(letters: str) -> tuple[Weights, str]:
        """The weights of letters of which some may be the language's own."""
        if letters in own:
            return own[letters]
        half = letters[: len(letters) // 2]
        if half in own and letters == half * 2:
            return own[half][0] * 2, own[half][1]
        return table(letters), letters[0].title()

    for rule in filter(None, map(str.strip, rules.split(";"))):
        after, *following = map(str.split, rule.split("<"))
        if not following:
            left, right = rule.split("=")
            own.update(dict.fromkeys(right.split(), read(left.strip())))
            continue
        (*_, last), _ = read(after[0])
        for place, variants in enumerate(following, start=1):
            own.update(dict.fromkeys(variants, ((last + place,), variants[0].title())))
    return own


def _words(words: str) -> str:
    """A pattern of one of these words and the space behind; none behind an apostrophe."""
    patterns = [
        re.escape(word[:-1]) + "[’']" if word.endswith("’") else re.escape(word) + r"\s+"
        for word in words.split()
    ]
    return f"(?:{'|'.join(patterns)})" if patterns else "(?!)"


def _counts(sign: str) -> bool:
    """Whether a sign counts in the order: letters, figures, and the marks that go with them."""
    return unicodedata.category(sign)[0] in "LMN" and ord(sign) not in SPACING and sign != TATWEEL


def _tr(word: str) -> str:
    """A word in small letters as in Turkish, where I and İ are two letters."""
    return word.replace("I", "ı").replace("İ", "i").lower()


def _rest(words: str) -> tuple[str, str]:
    """What decides between headings of the same letters: accents, then capitals."""
    return unicodedata.normalize("NFD", words.casefold()), words.swapcase()
