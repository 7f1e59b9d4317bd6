"""Patterns of words: the small language of the keys `match` and `not` in `index.toml`.

    missile defence       these words, wherever they stand as whole words, in capitals or not
    system(s)             letters that may be missing: system, systems
    (joint) exercise(s)   words that may be missing
    treat[y|ies]          one of several: treaty, treaties
    [accord|pact] of      the same with whole words
    scien*                any further letters, behind three at least: science, scientist, scientific
    ministry of *         exactly one word, whatever it is; a compound such as self-defence is one

Whole words end where letters and digits end, so that “state” is found in “nation-state” and in
“the state’s”; the key `not` takes away what is not meant.  Apostrophes and hyphens of every
kind are one, soft hyphens do not count, any space is a space.  Other signs stand for themselves
(R&D, U.S.), which ( ) [ ] | * cannot do.  A pattern has at most `MOST_FORMS`
forms, is never made into a regular expression, and is searched in time proportional to the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from bindery.vocabulary.words import Word, words_of

LITERAL = re.compile(r"[^()\[\]|]+")
SIGNS = frozenset("()[]|")
"""Signs by which a pattern has several forms."""
MOST_FORMS = 64
"""Forms that a pattern may have after its brackets are written out."""
MOST_LETTERS = 200
MOST_WORDS = 16
FEWEST_LETTERS = 3
"""Letters before a star, so that it does not find half of the language."""


class Extra(Enum):
    """What a word of a pattern leaves open."""

    NOTHING = "nothing"
    ENDING = "ending"
    """Any further letters may follow."""
    WORD = "word"
    """It is any word."""


@dataclass(frozen=True, slots=True)
class Step:
    """One word or sign of a form of a pattern."""

    form: str
    """The word as `words_of` gives it; empty for any word."""
    glued: bool
    """Whether no space stands before it."""
    extra: Extra = Extra.NOTHING


@lru_cache(maxsize=1 << 16)
def forms_of(pattern: str) -> tuple[tuple[Step, ...], ...]:
    """All forms of a pattern, each as words in a row; ValueError says what is wrong with it."""
    composed = unicodedata.normalize("NFC", pattern)
    if len(composed) > MOST_LETTERS:
        raise ValueError(f"it is longer than {MOST_LETTERS} characters")
    written = [composed] if SIGNS.isdisjoint(composed) else _sequence(composed, 0, "")[0]
    return tuple(map(_steps, dict.fromkeys(written)))


def _sequence(text: str, at: int, until: str) -> tuple[list[str], int]:
    """The forms of what stands from a place to one of the signs, and the place of that sign."""
    forms = [""]
    while at < len(text) and text[at] not in until:
        if literal := LITERAL.match(text, at):
            pieces, at = [literal[0]], literal.end()
        elif text[at] in "([":
            pieces, at = _bracket(text, at)
        else:
            raise ValueError(f"there is a “{text[at]}” without its bracket")
        forms = [form + piece for form in forms for piece in pieces]
        if len(forms) > MOST_FORMS:
            raise ValueError(f"it has more than {MOST_FORMS} forms")
    return forms, at


def _bracket(text: str, at: int) -> tuple[list[str], int]:
    """The forms of what stands in the bracket at a place, and the place behind it."""
    opening = text[at]
    pieces = [""] if opening == "(" else []
    closing = ")" if opening == "(" else "|]"
    while True:
        inside, at = _sequence(text, at + 1, closing)
        pieces += inside
        if at == len(text):
            raise ValueError(f"the bracket “{opening}” is not closed")
        if text[at] != "|":
            return pieces, at + 1


def _steps(written: str) -> tuple[Step, ...]:
    """The words of one form."""
    words = words_of(written)
    steps: list[Step] = []
    for place, word in enumerate(words):
        if word.form == "*":
            _star(words, place, steps)
        else:
            steps.append(Step(word.form, word.glued and bool(steps)))
    if len(steps) > MOST_WORDS:
        raise ValueError(f"it has more than {MOST_WORDS} words")
    if not any(step.form and (len(step.form) > 1 or step.form.isalnum()) for step in steps):
        raise ValueError("it can be without any word of its own")
    return tuple(steps)


def _star(words: list[Word], place: int, steps: list[Step]) -> None:
    """Leave the last step open, or add one that is any word."""
    following = words[place + 1] if place + 1 < len(words) else None
    if following is not None and following.glued and (following.is_word or following.form == "*"):
        raise ValueError("a * stands only at the end of a word, or by itself")
    if not words[place].glued or place == 0:
        if following is not None and following.glued:
            raise ValueError("a * that is a word has spaces on both sides")
        steps.append(Step("", glued=False, extra=Extra.WORD))
    elif not words[place - 1].is_word or len(words[place - 1].form) < FEWEST_LETTERS:
        raise ValueError(f"a * needs {FEWEST_LETTERS} letters before it")
    else:
        steps[-1] = Step(steps[-1].form, steps[-1].glued, Extra.ENDING)
