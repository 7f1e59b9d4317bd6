"""The words of a passage, and what stands between them."""

from __future__ import annotations

import re
from typing import NamedTuple

COMBINING = "\u0300-\u036f\u064b-\u0652\u0670"
LETTER = rf"[\w{COMBINING}]"
JOINER = r"(?:[-\u2010\u2011'’&.@]|/(?=[A-Z]\b))"
WORD = re.compile(rf"[^\W\d_]{LETTER}*(?:{JOINER}[^\W_]{LETTER}*)*|(?<=\s)&(?=\s)")
"""A word; also start-up, R&D, I/O, U.S, an address, and a lone “&”, which is the word “and”."""
OWNER = re.compile(r"['’][sS]$")
ENDS_SENTENCE = re.compile(r"[.!?:;…“”\"‘«»(\[—–\ufffc]")


class Word(NamedTuple):
    """A word of a passage."""

    form: str
    """As it stands there, without the ending of a possessive."""
    low: str
    start: int
    end: int
    border: bool
    """Whether anything but a space stands before it; no phrase crosses that."""
    opens: bool
    """Whether it begins a sentence, so that its capital says nothing."""
    owns: bool
    """Whether it is a possessive, such as “nation’s”."""


def words_in(text: str) -> list[Word]:
    """The words of a text with what stands between them."""
    found: list[Word] = []
    last = 0
    for match in WORD.finditer(text):
        form = match[0]
        owner = OWNER.search(form)
        form = form[: owner.start()] if owner else form
        gap = text[last : match.start()]
        start = match.start()
        plural_owner = bool(found) and gap.startswith(("’ ", "' ")) and found[-1].low[-1] == "s"
        if plural_owner:
            found[-1] = found[-1]._replace(owns=True)
        border = not found or gap != " "
        opens = not found or bool(ENDS_SENTENCE.search(gap))
        low = (
            "and"
            if form == "&"
            else form.lower().replace("’", "'").replace("\u2010", "-").replace("\u2011", "-")
        )
        found.append(Word(form, low, start, start + len(form), border, opens, bool(owner)))
        last = match.end()
    return found
