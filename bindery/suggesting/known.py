"""What a book's index has already: headings, patterns, and the essays' own marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bindery.book import EditedBook
from bindery.suggesting.candidates import Candidate
from bindery.suggesting.inflection import singular
from bindery.vocabulary import Vocabulary
from bindery.vocabulary.patterns import Extra, Step, forms_of
from bindery.vocabulary.words import words_of

LITTLE = ("of", "the", "and", "a", "an", "in", "for")
"""Words that make no difference between two headings."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries that a book has."""

    headings: frozenset[frozenset[str]]
    """The words of each heading, in the singular."""
    exact: frozenset[tuple[str, ...]]
    """Patterns without stars, in the singular."""
    open: tuple[tuple[Step, ...], ...]
    """Patterns with a star."""

    def has(self, candidate: Candidate) -> bool:
        """Whether one of them is the candidate, or finds it."""
        if frozenset(_plain(candidate.term)) in self.headings:
            return True
        forms = [
            tuple(step.form for step in form if step.form.isalnum())
            for pattern in candidate.match
            for form in forms_of(pattern)
        ]
        folded = {tuple(map(singular, form)) for form in forms}
        return not folded.isdisjoint(self.exact) or any(
            _fits(steps, form) for steps in self.open for form in forms
        )


def entries_of(book: EditedBook, vocabulary: Vocabulary) -> Entries:
    """The entries of the vocabulary and of all marks."""
    paths = [term.path for term in vocabulary.terms]
    paths += [mark.entry for chapter in book.chapters for mark in chapter.marks]
    patterns = [form for term in vocabulary.terms for form in _forms(term.match)]
    closed = [steps for steps in patterns if all(step.extra is Extra.NOTHING for step in steps)]
    exact = frozenset(closed)
    return Entries(
        headings=frozenset(words for path in paths for words in _said(path)),
        exact=frozenset(tuple(singular(step.form) for step in steps) for steps in exact),
        open=tuple(dict.fromkeys(steps for steps in patterns if steps not in exact)),
    )


def _forms(patterns: Iterable[str]) -> Iterator[tuple[Step, ...]]:
    """All forms of patterns; one that is wrong is left to those who read the vocabulary."""
    for pattern in patterns:
        try:
            forms = forms_of(pattern)
        except ValueError:
            continue
        for steps in forms:
            yield tuple(step for step in steps if step.form.isalnum() or not step.form)


def _said(path: tuple[str, ...]) -> Iterator[frozenset[str]]:
    """What a heading with its sub-headings says: each of them, and all together."""
    levels = [_plain(level) for level in path]
    yield from (frozenset(level) for level in levels[:1])
    yield frozenset(word for level in levels for word in level)


def _plain(words: str) -> list[str]:
    """The words that count in a heading, in the singular."""
    forms = (word.form for word in words_of(words.lower()) if word.is_word)
    return [singular(form) for form in forms if form not in LITTLE]


def _fits(steps: tuple[Step, ...], form: tuple[str, ...]) -> bool:
    """Whether a pattern finds exactly these words."""
    return len(steps) == len(form) and all(
        not step.form
        or singular(word) == singular(step.form)
        or (step.extra is Extra.ENDING and word.startswith(step.form))
        for step, word in zip(steps, form, strict=True)
    )
