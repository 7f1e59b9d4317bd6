"""What is suggested for one entry: heading, patterns, a line of context.

Variants of a phrase (plural, hyphen, “sharing of” it) are one candidate with many patterns.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bindery.suggesting.inflection import is_plural, singular
from bindery.suggesting.passages import Passage, Standing
from bindery.suggesting.phrases import Phrase, Shape
from bindery.suggesting.termhood import Usage, defines
from bindery.suggesting.words import WORD
from bindery.vocabulary import Kind

BEFORE, AFTER = 40, 60
"""Characters of context on both sides of the words, at most."""
COUNTED = re.compile(r"\b(?:an?|each|every|another|one)\s+(?:\w+\s+)?$", re.I)
PLACED = re.compile(r"\b(?:in|from|near|across|throughout|at)\s+(?:the\s+)?$", re.I)
LOOKED_BACK = 24
"""Characters before a phrase that tell how it is used."""
OFTEN = 1 / 3
"""Share of mentions from which on a plural is the usual form."""
FEWEST_SUBENTRIES = 2
BEST_LINES = (Standing.TEXT, Standing.NOTE, Standing.TERM, Standing.CAPTION)
"""Where a line of context is taken from, the best first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term that may become an entry."""

    term: str
    """Heading, in the plural when the text has it so."""
    match: tuple[str, ...]
    """Patterns that find every mention."""
    count: int
    """How often it is mentioned."""
    essays: tuple[str, ...]
    """Slugs of the chapters that mention it, in the order of the book."""
    line: str
    """One mention with some words around it."""
    theme: str = ""
    """Id of the theme that seems nearest; empty when none does."""
    kind: Kind = Kind.THEME
    under: tuple[str, ...] = ()
    """The same as a sub-entry, when several candidates share a noun: ("alliances", "economic")."""
    repeated: bool = True
    """False for what is a candidate only because of where it stands."""
    score: float = 0.0


def candidate_of(usage: Usage, passages: Sequence[Passage], names: Collection[str]) -> Candidate:
    """The candidate that a usage makes; `names` are words that keep their capital."""
    mentions = sorted(usage.mentions, key=lambda mention: (mention[0], mention[1].start))
    forms: Counter[str] = Counter()
    compounds: Counter[str] = Counter()
    counted = 0
    for number, phrase in mentions:
        text = passages[number].text
        said = text[phrase.start : phrase.end]
        form = said if phrase.name else cased(said, names)
        forms[form] += 1
        if phrase.shape not in (Shape.OF, Shape.LINKED):
            compounds[form] += 1
            counted += bool(COUNTED.search(text[max(0, phrase.start - LOOKED_BACK) : phrase.start]))
    if usage.meaning:
        forms[usage.meaning] += 1
    written = usage.meaning if any(map(str.isupper, usage.meaning[1:])) else usage.meaning.lower()
    heading = written or _heading(compounds or forms, counted)
    return Candidate(
        term=heading,
        match=tuple(_patterns(forms)),
        count=len(mentions),
        essays=tuple(dict.fromkeys(passages[number].chapter for number, _ in mentions)),
        line=_line(usage, passages),
        kind=Kind.THEME if usage.meaning else _kind(usage, passages),
        repeated=usage.repeated,
        score=round(usage.score, 3),
    )


def cased(words: str, names: Collection[str]) -> str:
    """Words as they stand inside of a sentence: small but for names and abbreviations."""

    def settled(word: re.Match[str]) -> str:
        form = word[0]
        parts = re.split(r"[-\u2010\u2011]", form)
        kept = form.lower() in names or any(map(str.isupper, "".join(part[1:] for part in parts)))
        return form if kept else form.lower()

    return WORD.sub(settled, words)


def _heading(forms: Counter[str], counted: int) -> str:
    """The most usual form; the plural of what can be counted when the text has it."""
    plurals = Counter({form: n for form, n in forms.items() if is_plural(_last(form))})
    singulars = forms - plurals
    enough = plurals.total() >= OFTEN * forms.total() or counted >= OFTEN * singulars.total()
    choice = plurals if plurals and enough else (singulars or plurals)
    return min(choice, key=lambda form: (-choice[form], form))


def _last(form: str) -> str:
    return re.split(r"[\s-]", form)[-1].lower()


def _patterns(forms: Counter[str]) -> list[str]:
    """The forms as patterns, in the order of their number; singular and plural together."""
    patterns: list[str] = []
    left = sorted(
        dict.fromkeys(form.lower() for form in forms), key=lambda f: (-_count(forms, f), f)
    )
    while left:
        form = left.pop(0)
        others = [f for f in left if _stem(f) == _stem(form)]
        left = [f for f in left if f not in others]
        patterns += _joined(sorted([form, *others], key=lambda f: (len(f), f)))
    return patterns


def _count(forms: Counter[str], low: str) -> int:
    return sum(n for form, n in forms.items() if form.lower() == low)


def _stem(form: str) -> str:
    return form[: -len(_last(form))] + singular(_last(form))


def _joined(forms: list[str]) -> list[str]:
    """Two forms of a word as one pattern where brackets can say it."""
    if len(forms) == 2:
        one, many = forms
        if many in (f"{one}s", f"{one}es"):
            return [f"{one}({many[len(one) :]})"]
        if many == f"{one[:-1]}ies" and one.endswith("y"):
            return [f"{one[:-1]}[y|ies]"]
    return forms


def _line(usage: Usage, passages: Sequence[Passage]) -> str:
    """The mention that says most, with the words around it."""

    def rank(mention: tuple[int, Phrase]) -> tuple[bool, int, bool, int, int]:
        number, phrase = mention
        passage = passages[number]
        known = passage.standing in BEST_LINES
        where = BEST_LINES.index(passage.standing) if known else len(BEST_LINES)
        return not defines(passage, phrase), where, not phrase.whole, number, phrase.start

    number, phrase = min(usage.mentions, key=rank)
    return context(passages[number].text, phrase.start, phrase.end)


def context(text: str, start: int, end: int) -> str:
    """The words of a text from start to end, and some on both sides in whole words."""
    first, last = max(0, start - BEFORE), min(len(text), end + AFTER)
    if first:
        first = text.find(" ", first, start) + 1 or start
    if last < len(text):
        last = max(text.rfind(" ", end, last + 1), end)
    said = text[first:last].replace("\ufffc", "…").strip()
    return f"{'…' if first else ''}{said}{'…' if last < len(text) else ''}"


def _kind(usage: Usage, passages: Sequence[Passage]) -> Kind:
    """A theme, a name, or a place when it is mostly said that something is in it."""
    if not usage.is_name:
        return Kind.THEME
    placed = sum(
        bool(
            PLACED.search(passages[number].text[max(0, phrase.start - LOOKED_BACK) : phrase.start])
        )
        for number, phrase in usage.mentions
    )
    return Kind.PLACE if placed * 2 > len(usage.mentions) else Kind.NAME


def with_subentries(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The same candidates; those that share a noun know how they would stand under it."""
    heads: dict[str, list[str]] = defaultdict(list)
    for candidate in candidates:
        if _has_modifier(candidate):
            heads[singular(_last(candidate.term))].append(_last(candidate.term))
    return [
        replace(candidate, under=_under(candidate.term, heads[singular(_last(candidate.term))]))
        if _has_modifier(candidate)
        else candidate
        for candidate in candidates
    ]


def _has_modifier(candidate: Candidate) -> bool:
    words = candidate.term.split()
    plain = not {"of", "and", "&"} & set(words)
    return len(words) > 1 and plain and candidate.kind is Kind.THEME


def _under(term: str, nouns: Sequence[str]) -> tuple[str, ...]:
    if len(nouns) < FEWEST_SUBENTRIES:
        return ()
    usual = Counter(nouns)
    return min(usual, key=lambda noun: (-usual[noun], noun)), term.rsplit(" ", 1)[0]
