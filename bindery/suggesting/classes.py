"""The class that an English word has by itself: from closed lists, forms and endings."""

from __future__ import annotations

from enum import Enum
from functools import cache

from bindery.suggesting import english
from bindery.suggesting.everyday import COMMON_NOUNS
from bindery.suggesting.inflection import singular, verb_form

ADJECTIVE_ENDINGS = (
    *("able", "ible", "ous", "ful", "less", "ive", "al", "ic", "ary", "ory", "ish", "ern"),
    *("like", "ular", "ent", "ant", "itarian", "esque", "wide", "some", "free", "proof"),
)
NOUNS_LIKE_ADJECTIVES = english.words("""
    metal signal arrival proposal trial archive initiative incentive perspective olive hive drive
    native music traffic public republic clinic fabric topic critic arithmetic mechanic logic
    library diary salary boundary dictionary secretary missionary glossary century territory
    laboratory factory memory history victory theory category observatory parent accent continent
    student president agent accident patent talent event extent content plant tenant servant
    merchant immigrant migrant infant elephant restaurant covenant consonant grant giant warrant
    ingredient patient client nutrient gradient component opponent current torrent serpent pattern
    lantern cavern tavern concern fern stern fish parish rubbish dish ritual manual animal canal
    journal hospital capital crystal festival rival survival approval removal cathedral admiral
    general mineral funeral coral chemical principal disposal appraisal denial burial tutorial
    material official memorial medal pedal portal petal table cable vegetable constable bible
    detective executive motive narrative objective alternative relative representative adjective
    captive fugitive cooperative collective coal goal meal seal deal steal veal individual
    carnival interval sandal scandal vandal cereal dial oval jackal goal appeal real
    professional criminal terminal potential credential essential specialist variable
    """)
"""Nouns that end like adjectives."""
SHORTEST_PAST = 5
SHORTEST_ING = 6
"""Letters of the shortest unknown word in -ed, in -ing, that may come from a verb."""


class Tag(Enum):
    """What a word may be in its place."""

    DETERMINER = "determiner"
    PREPOSITION = "preposition"
    TO = "to"
    PRONOUN = "pronoun"
    CONJUNCTION = "conjunction"
    AUXILIARY = "auxiliary"
    ADVERB = "adverb"
    NUMBER = "number"
    EMPTY = "empty adjective"
    ADJECTIVE = "adjective"
    NOUN = "noun"
    NAME = "name"
    VERB = "verb"
    EITHER = "noun or verb"
    PARTICIPLE = "participle"
    GERUND = "word in -ing"


CLOSED: tuple[tuple[frozenset[str], Tag], ...] = (
    (english.DETERMINERS, Tag.DETERMINER),
    (english.PRONOUNS, Tag.PRONOUN),
    (english.AUXILIARIES, Tag.AUXILIARY),
    (english.CONJUNCTIONS, Tag.CONJUNCTION),
    (english.NUMBERS, Tag.NUMBER),
    (english.ADVERBS, Tag.ADVERB),
    (english.PREPOSITIONS, Tag.PREPOSITION),
    (english.EMPTY_ADJECTIVES, Tag.EMPTY),
    (english.ADJECTIVES, Tag.ADJECTIVE),
)


@cache
def guess(low: str) -> Tag:
    """The class of a word in lower case."""
    if low == "to":
        return Tag.TO
    if low.endswith(english.CONTRACTIONS):
        return Tag.AUXILIARY
    for known, tag in CLOSED:
        if low in known:
            return tag
    return Tag.EMPTY if _compared(low) in english.EMPTY_ADJECTIVES else _by_form(low)


def _by_form(low: str) -> Tag:
    """The class of a word that is in no closed list."""
    tail = low.rsplit("-", 1)[-1]
    form = verb_form(low)
    noun = singular(low)
    named = noun in COMMON_NOUNS or (form != "past" and noun in english.NOUN_AS_WELL)
    if form in ("plain", "s"):
        return Tag.EITHER if named else Tag.VERB
    past = tail.endswith("ed") and not tail.endswith("eed") and len(tail) >= SHORTEST_PAST
    if form == "past" or past:
        return Tag.PARTICIPLE
    if named:
        return Tag.NOUN
    if form == "ing" or (tail.endswith("ing") and len(tail) >= SHORTEST_ING):
        return Tag.GERUND
    return _by_ending(low, tail)


def _by_ending(low: str, tail: str) -> Tag:
    if low.endswith("ly") and low not in english.LY_NOT_ADVERBS:
        return Tag.ADVERB
    if low.endswith(("ward", "wards")) and singular(low) not in ("reward", "steward"):
        return Tag.ADVERB
    noun = tail in NOUNS_LIKE_ADJECTIVES or tail.endswith("ment")
    return Tag.ADJECTIVE if tail.endswith(ADJECTIVE_ENDINGS) and not noun else Tag.NOUN


def _compared(word: str) -> str:
    """The adjective of which a word may be the comparative or superlative."""
    stem = word.removesuffix("st").removesuffix("r") if word.endswith(("er", "est")) else ""
    if stem.endswith("ie"):
        return f"{stem[:-2]}y"
    bare = stem.removesuffix("e")
    return stem if stem in english.EMPTY_ADJECTIVES else bare
