"""Headings that differ in looks alone: in case, hyphens, spaces, signs, a plural, their English.

They have the same signature, so that nothing is compared with everything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LETTERS = re.compile(r"[^\W\d_]+|\d+")
VARIANTS = (
    (re.compile(r"(?<=[a-z]{2})our(?=$|[a-z])"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=e$|e[ds]$|ing$|ations?$|ers?$|able$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})ys(?=e$|e[ds]$|ing$|ers?$)"), "yz"),
    (re.compile(r"(?<=[a-z]{3})en[cs](?=e$|es$|eless)"), "ens"),
    (re.compile(r"(?<=[a-z]{2}[bct])re(?=$|s$)"), "er"),
    (re.compile(r"(?<=[a-z]{2})ogue(?=$|s$)"), "og"),
    (re.compile(r"(?<=[a-z]{2})ll(?=ed$|ing$|ers?$|ment$)"), "l"),
    (re.compile(r"(?<=[a-z]{3})amme(?=$|s$)"), "am"),
    (re.compile(r"[ao]e(?=[a-z]{3})"), "e"),
)
"""British spellings and their American twins: -our/-or, -ise/-ize, -ence/-ense, -re/-er …"""


def words_in(heading: str) -> tuple[str, ...]:
    """The words of a heading in small letters, without diacritics."""
    plain = re.sub(r"[’']", "", heading.casefold())
    if not plain.isascii():
        signs = unicodedata.normalize("NFKD", plain)
        plain = "".join(sign for sign in signs if not unicodedata.combining(sign))
    return tuple(LETTERS.findall(plain))


def singular(word: str, language: str) -> str:
    """A word without the ending of an English plural; other languages keep theirs."""
    if not language.startswith("en") or len(word) < 4:
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@lru_cache(maxsize=2**16)
def one_spelling(word: str, language: str) -> str:
    """The American spelling of an English word; a key to compare by, not to print."""
    if language.startswith("en") and len(word) >= 5:
        for pattern, instead in VARIANTS:
            word = pattern.sub(instead, word)
    return word


def signature(words: Iterable[str], language: str) -> str:
    """What two headings have in common that differ in looks alone, by their words."""
    alike = (one_spelling(singular(word, language), language) for word in words)
    return singular("".join(alike), language)
