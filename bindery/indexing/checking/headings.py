"""Headings: those that are nearly the same, and those that the essays spell otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bindery.errata import Query
from bindery.indexing.checking.likeness import (
    one_spelling,
    signature,
    singular,
    words_in,
)
from bindery.indexing.checking.register import Path, Register, in_small_letters, named, warning
from bindery.indexing.checking.slips import slips

Heads = Mapping[Path, tuple[str, ...]]
"""The words of the last heading of every entry."""


def heading_queries(register: Register) -> Iterator[Query]:
    """Every doubt about how a heading is written."""
    heads = {path: words_in(path[-1]) for path in (*register.terms, *register.entries)}
    yield from _by_case(register)
    yield from _near_duplicates(register, heads)
    yield from _spelled_otherwise(register, heads)


def _by_case(register: Register) -> Iterator[Query]:
    """Marks that name an entry of the vocabulary but for its capitals."""
    for path, mark in register.marks.items():
        meant = register.meant(path)
        if meant != path:
            message = f"This mark names {named(path)}; the vocabulary has {named(meant)}."
            hint = "Write it as the vocabulary does."
            yield warning("heading-case", message, hint, mark.place)


def _near_duplicates(register: Register, heads: Heads) -> Iterator[Query]:
    """Entries side by side that may be one; those that refer to each other are known to be two."""
    related = _related(register)
    for first, second in (*_alike(register, heads), *_mistyped(register, heads)):
        if frozenset((first, second)) in related:
            continue
        message = f"The entries {named(first)} and {named(second)} are nearly the same."
        hint = "Make them one, or let one of them say see the other."
        yield warning("near-duplicate", message, hint, register.place(second))


def _alike(register: Register, heads: Heads) -> Iterator[tuple[Path, Path]]:
    """Pairs that differ in case, hyphens, spaces, signs, a plural or the English of two shores."""
    shelves: dict[tuple[Path, str], Path] = {}
    for path, words in heads.items():
        key = (in_small_letters(path[:-1]), signature(words, register.language))
        first = shelves.setdefault(key, path)
        if first != path and key[1]:
            yield first, path


def _mistyped(register: Register, heads: Heads) -> Iterator[tuple[Path, Path]]:
    """Pairs that differ in a slip of one word, which the text does not have as well."""
    holders: dict[tuple[Path, tuple[str, ...], tuple[str, ...]], dict[str, Path]] = {}
    for path, words in heads.items():
        for at, word in enumerate(words):
            around = (path[:-1], words[:at], words[at + 1 :])
            holders.setdefault(around, {}).setdefault(word, path)
    found: dict[tuple[Path, Path], None] = {}
    for shelf in holders.values():
        for one, two in slips(shelf) if len(shelf) > 1 else ():
            both_known = one in register.words and two in register.words
            if not both_known and not _is_variant(register, one, two):
                found[shelf[one], shelf[two]] = None
    yield from found


def _spelled_otherwise(register: Register, heads: Heads) -> Iterator[Query]:
    """Words of headings that the text has not, while it has one that looks like them."""
    known = {word for word in register.words if len(word) > 3}
    variants: dict[str, str] = {}
    for word in sorted(known):
        variants.setdefault(_key(register, word), word)
    missing: dict[str, Path] = {}
    stems = {singular(word, register.language) for word in known}
    for path, words in heads.items():
        if path in register.terms and register.terms[path].see:
            continue
        for word in words:
            if len(word) > 3 and singular(word, register.language) not in stems:
                missing.setdefault(word, path)
    likely = {word: variants.get(_key(register, word), "") for word in missing}
    for word, other in slips([word for word in missing if not likely[word]], known):
        likely[word] = likely[word] or other
    for word, path in missing.items():
        if likely[word]:
            message = f"{named(path)} has “{word}”, and the text spells it “{likely[word]}”."
            hint = "Spell the heading as the essays do."
            yield warning("spelled-otherwise", message, hint, register.place(path))


def _related(register: Register) -> set[frozenset[Path]]:
    """Pairs of entries of which one refers to the other."""
    return {
        frozenset((path, target))
        for path, term in register.terms.items()
        for kind in ("see", "see also")
        for target, _ in register.references(term, kind)
    }


def _is_variant(register: Register, one: str, two: str) -> bool:
    return _key(register, one) == _key(register, two)


def _key(register: Register, word: str) -> str:
    return one_spelling(singular(word, register.language), register.language)
