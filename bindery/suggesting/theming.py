"""A guess at the theme of a candidate: the one whose terms stand in the same paragraphs.

Every theme and every candidate is the set of passages in which it is mentioned; the nearest
theme is the one with the greatest cosine between the two.  A word that both share, such as
“economic”, counts as well.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bindery.suggesting.candidates import Candidate
from bindery.suggesting.inflection import singular
from bindery.suggesting.passages import Passage
from bindery.suggesting.termhood import Usage
from bindery.vocabulary import Vocabulary
from bindery.vocabulary.patterns import Extra, Step, forms_of
from bindery.vocabulary.words import words_of

STEM = 6
"""Letters by which words are compared, so that “economy” is near “economic”."""
SHORTEST = 3
SHARED = 0.2
"""What a rare word in common counts, where the same passages count 1."""


class Themes:
    """The themes of a vocabulary, with the passages in which their terms are mentioned."""

    def __init__(self, vocabulary: Vocabulary, passages: Sequence[Passage]) -> None:
        self._order = {theme.id: number for number, theme in enumerate(vocabulary.themes)}
        self._words: dict[str, Counter[str]] = defaultdict(Counter)
        self._passages: dict[str, Counter[int]] = defaultdict(Counter)
        forms = self._forms(vocabulary)
        for number, passage in enumerate(passages if forms else ()):
            for theme in _mentioned(forms, passage.text):
                self._passages[theme][number] += 1
        self._themes_with = Counter(word for words in self._words.values() for word in words)

    def _forms(self, vocabulary: Vocabulary) -> Mapping[str, list[tuple[tuple[Step, ...], str]]]:
        """All forms of all patterns by their first word, each with a theme."""
        forms: dict[str, list[tuple[tuple[Step, ...], str]]] = defaultdict(list)
        inherited: dict[tuple[str, ...], tuple[str, ...]] = {}
        for term in vocabulary.terms:
            themes = term.themes or inherited.get(term.path[:-1], ())
            inherited[term.path] = themes
            for theme in (theme for theme in themes if theme in self._order):
                self._words[theme].update(_stems(" ".join(term.path)))
                for steps in (form for pattern in term.match for form in _written(pattern)):
                    forms[steps[0].form].append((steps, theme))
        return forms

    def nearest(self, candidate: Candidate, usage: Usage) -> str:
        """The id of the theme that seems nearest, the editor's first of two; "" when none does."""
        mentions = Counter(number for number, _ in usage.mentions)
        best, most = "", 0.0
        for theme in self._order:
            near = _cosine(mentions, self._passages[theme]) + self._shared(candidate, theme)
            if near > most:
                best, most = theme, near
        return best

    def _shared(self, candidate: Candidate, theme: str) -> float:
        """What the words of a candidate that are among a theme's own words count."""
        words = _stems(candidate.term)
        return sum(SHARED / self._themes_with[word] for word in words if word in self._words[theme])


def themed(
    candidates: Iterable[tuple[Candidate, Usage]],
    vocabulary: Vocabulary,
    passages: Sequence[Passage],
) -> list[Candidate]:
    """The candidates, each with the theme that seems nearest."""
    themes = Themes(vocabulary, passages)
    return [replace(each, theme=themes.nearest(each, usage)) for each, usage in candidates]


def _written(pattern: str) -> tuple[tuple[Step, ...], ...]:
    """The forms of a pattern that begin with a word; none when it is wrong."""
    try:
        forms = forms_of(pattern)
    except ValueError:
        return ()
    return tuple(form for form in forms if form[0].form)


def _mentioned(forms: Mapping[str, list[tuple[tuple[Step, ...], str]]], text: str) -> Iterable[str]:
    """The theme of every pattern that is found in a text, once for each place."""
    said = [word.form.lower() for word in words_of(text)]
    for place, word in enumerate(said):
        for steps, theme in forms.get(word, ()):
            if _stands(steps, said[place : place + len(steps)]):
                yield theme


def _stands(steps: Sequence[Step], said: Sequence[str]) -> bool:
    return len(steps) == len(said) and all(
        word == step.form.lower()
        or step.extra is Extra.WORD
        or (step.extra is Extra.ENDING and word.startswith(step.form.lower()))
        for step, word in zip(steps, said, strict=True)
    )


def _stems(words: str) -> set[str]:
    """The longer words of a heading, so far as their endings do not matter."""
    forms = (singular(word.form.lower()) for word in words_of(words) if word.is_word)
    return {form[:STEM] for form in forms if len(form) >= SHORTEST}


def _cosine(one: Counter[int], other: Counter[int]) -> float:
    shared = sum(times * other[number] for number, times in one.items())
    if not shared:
        return 0.0
    lengths = (math.sqrt(sum(n * n for n in each.values())) for each in (one, other))
    return shared / math.prod(lengths)
