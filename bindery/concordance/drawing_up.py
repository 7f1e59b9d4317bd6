"""Draw the patterns of a vocabulary up as one tree of words, by which a text is read once.

Two patterns that begin with the same words share their way through the tree.  So a word of
the text costs a few look-ups, however many entries the vocabulary has.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bindery.vocabulary import Term, Vocabulary
from bindery.vocabulary.patterns import Extra, Step, forms_of

GLUE = "\x00"
"""Stands before a word that no space parts from the word before it."""

Path = tuple[str, ...]


class End(NamedTuple):
    """A pattern that is complete at a node."""

    term: int
    """Number of its term in the concordance."""
    pattern: int
    """Number of the pattern among those of its kind in the term."""
    refuses: bool
    """Whether it is one of the key `not`."""


@dataclass(slots=True)
class Node:
    """What may follow after some words."""

    words: dict[str, Node] = field(default_factory=dict)
    endings: dict[str, Node] = field(default_factory=dict)
    """By the letters with which the next word begins."""
    lengths: tuple[int, ...] = ()
    """How many letters those are, the fewest first."""
    any_word: Node | None = None
    ends: tuple[End, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.endings or self.any_word)

    def next(self, step: Step, form: str) -> Node:
        """The node behind one more step of a pattern; made when it is new."""
        if step.extra is Extra.WORD:
            self.any_word = self.any_word or Node()
            return self.any_word
        followers = self.words if step.extra is Extra.NOTHING else self.endings
        node = followers.get(form)
        if node is None:
            node = followers[form] = Node()
            if followers is self.endings:
                self.lengths = tuple(sorted({*self.lengths, len(form)}))
        return node


@dataclass(frozen=True, slots=True)
class Concordance:
    """A vocabulary, ready to be looked for in the chapters; false when there is nothing to find."""

    terms: tuple[Term, ...]
    """Those with a pattern or a main discussion."""
    folded: Node
    """The patterns in which capitals do not count."""
    exact: Node
    """Those in which they do."""
    only_in: tuple[frozenset[str], ...]
    """For each term the slugs of the chapters in which it is looked for; empty for all."""
    by_path: Mapping[Path, int]
    """Number of each term by its headings, as `plain` has them."""
    discussions: Mapping[str, tuple[tuple[int, int], ...]]
    """By slug the terms whose main discussion is there, with the paragraph; 0 for none named."""
    fingerprint: str
    """SHA-256 of all that decides which marks are made."""

    def __bool__(self) -> bool:
        return bool(self.terms)


def draw_up(vocabulary: Vocabulary) -> Concordance:
    """The concordance of a vocabulary; a pattern that cannot be searched for finds nothing."""
    terms = tuple(term for term in vocabulary.terms if term.match or term.principal)
    folded, exact = Node(), Node()
    discussions: dict[str, list[tuple[int, int]]] = {}
    for number, term in enumerate(terms):
        root = exact if term.match_case else folded
        for refuses, patterns in ((False, term.match), (True, term.unless)):
            for nth, pattern in enumerate(patterns):
                _plant(root, pattern, End(number, nth, refuses), term.match_case)
        for name in term.principal:
            slug, _, paragraph = name.partition("#")
            discussions.setdefault(slug, []).append((number, int(paragraph or 0)))
    return Concordance(
        terms,
        folded,
        exact,
        tuple(frozenset(term.only_in) for term in terms),
        {plain(term.path): number for number, term in enumerate(terms)},
        {slug: tuple(found) for slug, found in discussions.items()},
        _fingerprint(terms),
    )


def plain(path: Path) -> Path:
    """A path by which an author's mark and a term are compared, whatever apostrophe was typed."""
    return tuple(heading.replace("\u2019", "'") for heading in path)


def _plant(root: Node, pattern: str, end: End, match_case: bool) -> None:
    try:
        forms = forms_of(pattern)
    except ValueError:
        return  # `read_vocabulary` has told the author.
    for steps in forms:
        node = root
        for step in steps:
            form = step.form if match_case else step.form.casefold()
            node = node.next(step, GLUE + form if step.glued else form)
        if end not in node.ends:
            node.ends = (*node.ends, end)


def _fingerprint(terms: tuple[Term, ...]) -> str:
    """A line of `index.toml` counts only where a query would name it."""
    said = [
        (
            *(term.path, term.match, term.unless, term.only_in, term.principal),
            *(term.first_per, term.match_case, term.place.line if term.principal else None),
        )
        for term in terms
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
