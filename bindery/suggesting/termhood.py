"""How much a phrase is a term of the book: C-value, standing in the text, spread over essays.

The C-value (Frantzi, Ananiadou and Mima 2000) counts a phrase by its mentions, less those in
which it is only a piece of a longer one that is repeated as well, and weighs long phrases
higher.  To that comes what an author does for a term: define it, put it in a heading, head a
row of a table with it, emphasise it.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bindery.suggesting.everyday import COMMON_NOUNS, EMPTY_NOUNS
from bindery.suggesting.passages import Passage, Standing
from bindery.suggesting.phrases import LONGEST, Key, Phrase, Shape, key_of

STRENGTHS = {
    Standing.TITLE: 1.5,
    Standing.HEADING: 1.0,
    Standing.TERM: 1.0,
    Standing.CAPTION: 0.5,
    Standing.SUMMARY: 0.5,
    Standing.TEXT: 0.0,
    Standing.NOTE: 0.0,
}
"""What one mention adds, by where it stands; all these in mentions of the phrase."""
HEADS = (Standing.HEADING, Standing.TERM)
ALONE = {Standing.HEADING: 0.5, Standing.TERM: 1.5}
"""Added when it is the whole heading, term or cell."""
STRESSED = 1.0
DEFINED = 1.5
LEAD_IN = 2.0
ABBREVIATED = 2.0
STRONGEST = 4.0
SPREAD = 0.35
"""By how much the score is raised when twice as many essays have it."""
FEWEST = 2
FEWEST_SINGLE = 3
FEWEST_OF = 3
"""Mentions of a phrase, a single word, or “exchange of views”; fewer need strength."""
FEWEST_COMMON = 6
CROWDED = 0.6
"""An everyday word is a candidate when it is used that often, most of the time in one essay."""
STRONG = 2.0
STRONG_SINGLE = 1.5
"""Strength that makes a term of what is mentioned once, and of a common word."""
PLAIN_SINGLE = 0.6
"""Share of the score of a single word without strength."""
SWALLOWED = 0.5
"""Share of mentions inside of one longer candidate that leaves nothing for the shorter."""
EVERYWHERE = 0.2
"""Share of the passages from which on a single word is what the whole book is about."""
SHORTEST = 3
ARTICLES = ("", "the", "a", "an")
SUPERLATIVE = r"(?!\s+(?:most|least|same|only|best|worst|first|last)\b)"
DEFINES = re.compile(
    r"\s+(?:is|are|means|mean|denotes?|consists? of|refers? to)\s+"
    rf"(?:an?|any|the{SUPERLATIVE})\b"
)
LOOKED_BACK = 12
"""Characters before a phrase that tell whether a sentence begins there."""
UNDEFINITE = re.compile(r"(?:^|[.!?:]\s+)(?:An?\s+)?$")


@dataclass(slots=True)
class Usage:
    """All mentions of one phrase."""

    key: Key
    mentions: list[tuple[int, Phrase]] = field(default_factory=list)
    """Number of the passage, and the phrase in it."""
    chapters: Counter[str] = field(default_factory=Counter)
    """How often it is mentioned in each chapter."""
    strength: float = 0.0
    score: float = 0.0
    meaning: str = ""
    """What it stands for, when it is an abbreviation."""
    repeated: bool = True
    """Whether its mentions make it a candidate; else it only stands somewhere special."""

    @property
    def is_name(self) -> bool:
        """Whether it is a name wherever it stands."""
        return all(phrase.name for _, phrase in self.mentions)

    @property
    def shapes(self) -> set[Shape]:
        """How it is built, in all its mentions."""
        return {phrase.shape for _, phrase in self.mentions}


def usages(
    passages: Sequence[Passage],
    phrases: Iterable[Sequence[Phrase]],
    abbreviations: Mapping[str, str],
) -> dict[Key, Usage]:
    """Every phrase with all its mentions; variants in spelling and abbreviations together."""
    found: dict[Key, Usage] = {}
    spelt: dict[str, Key] = {}
    for number, (passage, inside) in enumerate(zip(passages, phrases, strict=True)):
        for phrase in inside:
            usage = found.setdefault(phrase.key, Usage(phrase.key))
            usage.mentions.append((number, phrase))
            usage.strength += _strength(passage, phrase)
    for usage in found.values():
        if Shape.PLAIN not in usage.shapes:
            usage.mentions = [m for m in usage.mentions if m[1].shape is not Shape.LINKED]
    found = {key: usage for key, usage in found.items() if usage.mentions}
    for key in sorted(found, key=lambda key: (-len(key), -len(found[key].mentions), key)):
        longest = spelt.setdefault("".join(key), key)
        if longest != key:
            _join(found[longest], found.pop(key))
    for short, meaning in sorted(abbreviations.items()):
        _abbreviate(found, short, meaning)
    for usage in found.values():
        usage.chapters = Counter(passages[number].chapter for number, _ in usage.mentions)
    return found


def _abbreviate(found: dict[Key, Usage], short: str, meaning: str) -> None:
    """Put the mentions of an abbreviation to those of what it stands for."""
    usage = found.pop(key_of([short.lower()]), None)
    if usage is None:
        return
    usage.meaning = meaning
    left, _, right = meaning.lower().partition(" and ")
    sides = sorted(key_of(side.split()) for side in (left, right) if side)
    key = (*sides[0], "&", *sides[1]) if len(sides) > 1 else sides[0]
    if key in found:
        _join(usage, found[key])
    usage.key = key
    usage.strength += ABBREVIATED
    found[key] = usage


def _join(usage: Usage, other: Usage) -> None:
    usage.mentions += other.mentions
    usage.strength += other.strength


def _strength(passage: Passage, phrase: Phrase) -> float:
    """What one mention adds to the strength of its phrase."""
    text, (start, end) = passage.text, (phrase.start, phrase.end)
    if not phrase.whole or phrase.shape is Shape.LINKED:
        return 0.0
    single = len(phrase.key) == 1
    strength = 0.0 if single else STRENGTHS[passage.standing]
    if passage.standing in HEADS and text[:start].strip().lower() in ARTICLES:
        strength += ALONE[passage.standing] * (end == len(text.rstrip(".")))
    if defines(passage, phrase):
        strength += DEFINED
    if (start, end) in passage.stressed:
        leads = start == 0 and text[end : end + 1] in (":", ".", "—", "–")
        strength += LEAD_IN if leads else STRESSED
    return strength


def defines(passage: Passage, phrase: Phrase) -> bool:
    """Whether a sentence says what the phrase is: “A treaty is a …”."""
    text, start = passage.text, phrase.start
    before = text[:start] if start <= LOOKED_BACK else f"x{text[start - LOOKED_BACK : start]}"
    return bool(DEFINES.match(text, phrase.end) and UNDEFINITE.search(before))


def score(found: Mapping[Key, Usage], texts: int) -> list[Usage]:
    """The phrases that may be terms, the best first; then those that stand in special places.

    `texts` is how many passages the book has.
    """
    kept = {key: usage for key, usage in found.items() if _may_be_term(usage)}
    longer = _containing(kept)
    terms = []
    for key, usage in kept.items():
        around = [len(kept[long].mentions) for long in longer.get(key, ())]
        if _stands_by_itself(usage, around, kept):
            _weigh(usage, around, texts)
            if usage.repeated or usage.strength >= 1 or usage.is_name:
                terms.append(usage)
    return sorted(terms, key=lambda usage: (not usage.repeated, -round(usage.score, 6), usage.key))


def _stands_by_itself(usage: Usage, around: Sequence[int], kept: Mapping[Key, Usage]) -> bool:
    """Whether a phrase says something that a longer or a shorter one does not."""
    if max(around, default=0) >= SWALLOWED * len(usage.mentions) and usage.strength < DEFINED:
        return False
    last = kept.get(usage.key[-1:])
    if last is None or last is usage or usage.strength >= DEFINED or usage.is_name:
        return True
    return last.strength < DEFINED or len(usage.mentions) < SWALLOWED * len(last.mentions)


def _weigh(usage: Usage, around: Sequence[int], texts: int) -> None:
    """Give a phrase its score; `around` are the mentions of longer phrases that hold it."""
    strength = min(usage.strength, STRONGEST)
    spread = 1 + SPREAD * math.log2(len(usage.chapters))
    if len(usage.key) == 1:
        alone = sum(phrase.whole for _, phrase in usage.mentions)
        usage.repeated = alone >= FEWEST_SINGLE or strength >= STRONG_SINGLE
        plain = strength < 1 or usage.key[0] in COMMON_NOUNS
        everywhere = len({number for number, _ in usage.mentions}) > EVERYWHERE * texts
        share = (PLAIN_SINGLE if plain else 1) * (PLAIN_SINGLE if everywhere else 1)
        usage.score = (math.log2(1 + alone) + strength) * spread * share
        return
    net = len(usage.mentions) - (sum(around) / len(around) if around else 0)
    usage.repeated = net >= FEWEST or strength >= STRONG
    words = sum(part != "&" for part in usage.key)
    usage.score = math.log2(1 + words) * (net + strength) * spread


def _may_be_term(usage: Usage) -> bool:
    key, count = usage.key, len(usage.mentions)
    if usage.is_name:
        return any(phrase.whole for _, phrase in usage.mentions)
    if key[-1] in EMPTY_NOUNS or len("".join(key)) < SHORTEST:
        return False
    if len(key) == 1:
        if key[0] in COMMON_NOUNS and usage.strength < STRONG_SINGLE:
            alone = sum(phrase.whole for _, phrase in usage.mentions)
            return alone >= FEWEST_COMMON and max(usage.chapters.values()) >= alone * CROWDED
        return count >= FEWEST_SINGLE or usage.strength >= 1
    if usage.shapes == {Shape.OF}:
        return count >= FEWEST_OF or usage.strength >= STRONG
    return count >= FEWEST or usage.strength >= 1


def _containing(kept: Mapping[Key, Usage]) -> dict[Key, list[Key]]:
    """For each phrase, the longer repeated ones that hold it."""
    longer: dict[Key, list[Key]] = defaultdict(list)
    for key, usage in kept.items():
        if len(usage.mentions) < FEWEST or "&" in key:
            continue
        for start in range(len(key)):
            for end in range(start + 1, min(len(key), start + LONGEST) + 1):
                if end - start < len(key) and key[start:end] in kept:
                    longer[key[start:end]].append(key)
    return longer
