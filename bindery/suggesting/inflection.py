"""English forms of a word: its singular, and the plain form of a verb."""

from __future__ import annotations

from functools import cache

from bindery.suggesting.english import IRREGULAR, VERBS

IRREGULAR_PLURALS = {
    "analyses": "analysis",
    "bases": "base",
    "children": "child",
    "consortia": "consortium",
    "crises": "crisis",
    "criteria": "criterion",
    "curricula": "curriculum",
    "emphases": "emphasis",
    "feet": "foot",
    "geese": "goose",
    "halves": "half",
    "hypotheses": "hypothesis",
    "indices": "index",
    "knives": "knife",
    "leaves": "leaf",
    "lives": "life",
    "loaves": "loaf",
    "matrices": "matrix",
    "mice": "mouse",
    "nuclei": "nucleus",
    "oases": "oasis",
    "phenomena": "phenomenon",
    "selves": "self",
    "shelves": "shelf",
    "strata": "stratum",
    "syntheses": "synthesis",
    "teeth": "tooth",
    "theses": "thesis",
    "thieves": "thief",
    "vertebrae": "vertebra",
    "wives": "wife",
    "wolves": "wolf",
}
NO_PLURALS = ("ss", "us", "is", "ics", "ous", "news", "series", "species", "always", "perhaps")
"""Endings in s that make no plural."""
VOWELS = "aeiou"
SHORTEST = 4
"""Letters of the shortest word that is taken for a plural."""


@cache
def singular(word: str) -> str:
    """The singular of a noun in lower case; the noun itself when it is none."""
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    if word.endswith("men") and len(word) > SHORTEST and word not in ("specimen", "regimen"):
        return f"{word[:-3]}man"
    if len(word) < SHORTEST or not word.endswith("s") or word.endswith(NO_PLURALS):
        return word
    if word.endswith("ies") and len(word) > SHORTEST:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


@cache
def is_plural(word: str) -> bool:
    """Whether a noun in lower case is the plural of another."""
    return singular(word) != word


@cache
def verb_form(word: str) -> str:
    """What form of a known verb a word in lower case is.

    It is "" for none, or "plain", "s", "past" or "ing".
    """
    if word in VERBS:
        return "plain"
    if word in IRREGULAR:
        return "past"
    for ending, form in (("ing", "ing"), ("ed", "past"), ("s", "s")):
        if word.endswith(ending) and any(stem in VERBS for stem in _stems(word, ending)):
            return form
    return ""


def _stems(word: str, ending: str) -> tuple[str, ...]:
    """The plain forms that a verb with an ending may have."""
    stem = word.removesuffix(ending)
    if ending == "s":
        whole = (stem, stem.removesuffix("e"))
        return (*whole, f"{stem[:-2]}y") if stem.endswith("ie") else whole
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in VOWELS
    plain: tuple[str, ...] = (stem, f"{stem}e")
    if stem.endswith("i") and ending == "ed":
        plain = (*plain, f"{stem[:-1]}y")
    if stem.endswith("y") and ending == "ing":
        plain = (*plain, f"{stem[:-1]}ie")
    return (*plain, stem[:-1]) if doubled else plain
