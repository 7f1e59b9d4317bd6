"""Where words may be divided, by the patterns that the engine has as well.

pyphen's patterns are TeX's.  Divisions that change letters (German “Zuk-ker”, Hungarian) are
left out, for the text must be the manuscript's.
"""

from __future__ import annotations

from functools import lru_cache

import pyphen

WORDS_KNOWN = 20_000
"""So many words are remembered."""


@lru_cache(maxsize=WORDS_KNOWN)
def divisions(word: str, language: str, limits: tuple[int, int, int]) -> tuple[int, ...]:
    """After how many letters a word may be divided.

    `limits` are the letters of the shortest word, before and after the hyphen.
    """
    total, before, after = limits
    known = pyphen.language_fallback(language) if language else None
    if known is None or len(word) < total:
        return ()
    points = _patterns(known, before, after).positions(word)
    return tuple(int(point) for point in points if not point.data)


@lru_cache(maxsize=16)
def _patterns(language: str, before: int, after: int) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=language, left=before, right=after)
