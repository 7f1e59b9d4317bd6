"""Texts as words and signs, so that patterns are compared with what a reader sees.

A word is letters and digits in a row; every other character is a sign of its own, spaces
excepted.  All hyphens are one sign and so are all apostrophes; soft hyphens and word joiners
are nothing, and one space is like another.  Accents count, in Unicode normal form C.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

APOSTROPHES = "'\u2018\u2019\u201b\u02bc\uff07"
HYPHENS = "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
JOINERS = ("-", "'")
"""What makes one compound of two words when no space stands beside it."""
IGNORED = (
    "\u00ad\u034f\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Characters that a reader does not see: for hyphenation, no break, and direction."""

_SIGNS = dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-")
_UNSEEN = dict.fromkeys(map(ord, IGNORED))


class Word(NamedTuple):
    """A word or a sign of a text."""

    form: str
    """As compared: without unseen characters; signs in their plainest form."""
    glued: bool
    """Whether no space stands before it."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset behind its last character."""

    @property
    def is_word(self) -> bool:
        """Whether it is a word and no sign."""
        return len(self.form) > 1 or self.form.isalnum()


def words_of(text: str) -> list[Word]:
    """The words and signs of a text, in order; the text is in Unicode normal form C."""
    found: list[Word] = []
    behind = -1
    for piece in _pieces().finditer(text.replace("\u02bc", "'")):
        form, (start, end) = piece[0], piece.span()
        if not form.isascii():
            form = form.translate(_UNSEEN)
        if form:
            found.append(Word(_SIGNS.get(form, form), start == behind, start, end))
        behind = end if start == behind or form else behind
    return found


@cache
def _pieces() -> re.Pattern[str]:
    """Finds a word, or else one sign."""
    marks = [n for n in range(0x300, 0x20000) if unicodedata.category(chr(n))[0] == "M"]
    ranges: list[list[int]] = []
    for number in marks:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    combining = "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
    return re.compile(rf"[\w\u200c\u200d{combining}{IGNORED}]+|[^\s\u200b]")
