"""The class of a word in its place: what its neighbours make of a first guess."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from bindery.suggesting.classes import Tag
from bindery.suggesting.english import words
from bindery.suggesting.everyday import COMMON_NOUNS
from bindery.suggesting.inflection import is_plural, singular

PROPER_ADJECTIVE = re.compile(r"(?:ic|ish|ian|ean|ese|can|aic|ist|ite|rman|ench|utch|eek|wiss)$")
RELATIVES = ("that", "which", "what", "whatever", "who")
PLURALS_BEFORE_NOUNS = words("arms sales sports goods works affairs savings customs accounts")
"""As in “arms control”; any other plural between nouns is likelier a verb: “art needs room”."""
MODALS = words("can could may might must shall should will would do does did cannot ought")
NOMINAL = (Tag.NOUN, Tag.NAME, Tag.EITHER, Tag.ADJECTIVE)
BEFORE_NOUN = (Tag.DETERMINER, Tag.ADJECTIVE, Tag.EMPTY, Tag.NUMBER)
EXPECTED = (*NOMINAL, Tag.GERUND, Tag.PARTICIPLE, Tag.EMPTY, Tag.CONJUNCTION)
"""Behind an adjective that is one: “public good” ends in a noun, “public and good” does not."""
OPENS_PHRASE = (Tag.DETERMINER, Tag.PRONOUN, Tag.TO, Tag.ADVERB, Tag.NUMBER, Tag.EMPTY)
NO_SUBJECTS = ("one", "others", "there", "here")
VERB_BEHIND = (Tag.AUXILIARY, Tag.PRONOUN, Tag.ADVERB)


class Place(NamedTuple):
    """A word between its neighbours."""

    low: str
    tag: Tag
    """The first guess."""
    before: Tag | None
    """Class of the word before it; None when a border stands between them."""
    after: Tag | None
    """First guess for the word behind it; None when a border stands between them."""
    previous: str
    """The word before it, in lower case."""


def settled(place: Place) -> Tag:
    """The class that a word has in its place."""
    if place.tag is Tag.EITHER:
        return Tag.VERB if _is_verb(place) else Tag.NOUN
    if place.tag is Tag.GERUND:
        return _of_ing(place)
    if place.tag is Tag.PARTICIPLE:
        opens = place.before not in (Tag.NOUN, Tag.NAME, Tag.PRONOUN, Tag.AUXILIARY)
        return Tag.ADJECTIVE if opens and place.after in NOMINAL else Tag.VERB
    test, other = BECOMES.get(place.tag, (None, place.tag))
    return other if test is not None and test(place) else place.tag


def _is_unlisted_noun(place: Place) -> bool:
    """Whether a verb is a noun here: “the say”."""
    determined = place.before is Tag.DETERMINER and place.previous not in RELATIVES
    return determined and place.after not in BEFORE_NOUN


def _ends_phrase(place: Place) -> bool:
    """Whether an adjective is a noun here: “the elderly”, “the public good”."""
    return place.before in (Tag.ADJECTIVE, Tag.DETERMINER) and place.after not in EXPECTED


def _is_proper_adjective(place: Place) -> bool:
    """Whether a word with a capital is an adjective here: “Roman law”."""
    noun = place.after in (*NOMINAL, Tag.EMPTY, Tag.GERUND)
    return noun and bool(PROPER_ADJECTIVE.search(place.low))


def _is_verb(place: Place) -> bool:
    """Whether what may be noun or verb is a verb here."""
    plural = is_plural(place.low)
    related = place.previous in RELATIVES and place.before is not None
    if place.before in (*BEFORE_NOUN, Tag.PREPOSITION) and not related:
        return False
    if place.before is Tag.TO:
        return not plural
    if place.before in VERB_BEHIND or place.after in OPENS_PHRASE:
        return True
    if related and place.after in NOMINAL:
        return True
    named = place.before in (Tag.NOUN, Tag.NAME)
    many = is_plural(place.previous) and place.previous not in PLURALS_BEFORE_NOUNS
    if named and many and not plural:
        return True
    governs = (named or place.before in (None, Tag.CONJUNCTION)) and place.after in NOMINAL
    return plural and governs and place.low not in PLURALS_BEFORE_NOUNS


def _of_ing(place: Place) -> Tag:
    """The class of a word in -ing: “growing demand”, “sharing costs”, “the sharing of costs”."""
    if place.after in NOMINAL:
        return Tag.ADJECTIVE if place.before in BEFORE_NOUN else Tag.VERB
    named = place.before in (*BEFORE_NOUN, Tag.NOUN, Tag.NAME, Tag.PREPOSITION)
    governs = place.after in (*OPENS_PHRASE, Tag.PARTICIPLE)
    return Tag.NOUN if named and not governs else Tag.VERB


def _is_unlisted_verb(place: Place) -> bool:
    """Whether a word is a verb here: “to irrigate the”, “must irrigate”, “it irrigates”."""
    if place.before is Tag.TO:
        return place.after in OPENS_PHRASE
    if place.before is Tag.AUXILIARY:
        return place.previous in MODALS
    if place.before is Tag.PRONOUN and place.previous not in NO_SUBJECTS:
        return True
    followed = place.after in (Tag.DETERMINER, Tag.PRONOUN)
    return followed and is_plural(place.low) and singular(place.low) not in COMMON_NOUNS


BECOMES: dict[Tag, tuple[Callable[[Place], bool], Tag]] = {
    Tag.VERB: (_is_unlisted_noun, Tag.NOUN),
    Tag.EMPTY: (_ends_phrase, Tag.NOUN),
    Tag.ADJECTIVE: (_ends_phrase, Tag.NOUN),
    Tag.NOUN: (_is_unlisted_verb, Tag.VERB),
    Tag.NAME: (_is_proper_adjective, Tag.ADJECTIVE),
}
"""What a class becomes in a place for which a test holds."""
