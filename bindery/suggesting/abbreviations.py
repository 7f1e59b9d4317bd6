"""Abbreviations and what they stand for, as the author says: in a list, or in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bindery.suggesting.passages import Passage

IN_BRACKETS = re.compile(r"\((?P<short>[A-Z][A-Z&]{1,7})s?\)")
LINKS = ("of", "and", "the", "for", "in", "on", "to")
"""Words whose initials an abbreviation may leave out."""
MOST_WORDS = 10
MOST_LETTERS = 150
WORDS = re.compile(r"[^\W\d_](?:[^\W_]|[ '’&./-]){0,119}")
"""So much of a meaning as can be a heading: no brackets, for instance."""


def abbreviations_in(passages: Iterable[Passage]) -> dict[str, str]:
    """What every abbreviation stands for; of several meanings, the first."""
    found: dict[str, str] = {}
    for passage in passages:
        for short, meaning in passage.abbreviations:
            if plain := WORDS.match(meaning.strip()):
                found.setdefault(short, plain[0].strip())
        for match in IN_BRACKETS.finditer(passage.text):
            before = passage.text[max(0, match.start() - MOST_LETTERS) : match.start()]
            if meaning := _meaning(match["short"], before):
                found.setdefault(match["short"], meaning)
    return found


def _meaning(short: str, before: str) -> str:
    """The last words of a text whose initials are the letters of an abbreviation, or ""."""
    letters = [sign for sign in short.lower() if sign.isalpha()]
    words = re.split(r"[.,;:!?]", before)[-1].split()
    for number in range(len(letters), MOST_WORDS + 1):
        last = words[-number:]
        if len(last) < number:
            break
        parts = [part for word in last for part in word.lower().split("-") if part]
        said = [part[0] for part in parts if part not in LINKS]
        if letters in (said, [part[0] for part in parts]) and last[0].lower() not in LINKS:
            return " ".join(last)
    return ""
