"""Main discussions: the places that an editor names in the key `principal`."""

from __future__ import annotations

from dataclasses import replace

from bindery.concordance.choosing import LOCATORS, Choice, Written
from bindery.concordance.drawing_up import Concordance
from bindery.concordance.finding import Hit
from bindery.concordance.runs import Reading
from bindery.errata import Query
from bindery.vocabulary.words import words_of


class Discussions:
    """Puts the main discussions of a chapter in place.

    In a paragraph that is named, it is the author's mark, or the hit that was chosen, or any
    hit, or the first word; in a chapter that is named, the first mark of all, or the title.
    """

    def __init__(
        self,
        reading: Reading,
        hits: list[list[Hit]],
        written: list[Written],
        choices: list[Choice],
    ) -> None:
        self.reading = reading
        self.written = list(written)
        self.choices = list(choices)
        self.titles: list[int] = []
        """Terms without a word in the chapter, whose main discussion it is."""
        self.queries: list[Query] = []
        self._hits = hits
        self._runs: dict[int, list[int]] = {}
        for number, run in enumerate(reading.runs):
            self._runs.setdefault(run.paragraph, []).append(number)
        self._written: dict[int | None, list[int]] = {}
        for place, each in enumerate(self.written):
            if each.mark.extent in LOCATORS:
                self._written.setdefault(each.term, []).append(place)
        self._choices: dict[int, list[int]] = {}
        for place, choice in enumerate(self.choices):
            self._choices.setdefault(choice.term, []).append(place)

    def put(self, concordance: Concordance, slug: str) -> None:
        """Put all of them in place that are in the chapter of this slug."""
        for term, paragraph in concordance.discussions.get(slug, ()):
            if not paragraph:
                self._put_first(term)
            elif not self._put_in(term, paragraph):
                entry = concordance.terms[term]
                count = self.reading.paragraphs
                message = (
                    f"The main discussion of “{' > '.join(entry.path)}” is said to be in paragraph "
                    f"{paragraph} of {slug}, which has {count}, or no word in this one."
                )
                hint = "Count paragraphs and items of lists, without headings and tables."
                self.queries.append(Query("unknown-paragraph", message, hint, entry.place))

    def _put_in(self, term: int, paragraph: int) -> bool:
        """Put a term's main discussion into a paragraph; whether there was a place for it."""
        inside = self._runs.get(paragraph, [])
        for place in self._written.get(term, ()):
            if self.written[place].run in inside:
                self._raise_written(place)
                return True
        for place in self._choices.get(term, ()):
            if self.choices[place].run in inside:
                self._raise_choice(place)
                return True
        hits = ((n, h.start, h.end) for n in inside for h in self._hits[n] if h.term == term)
        words = (
            (number, word.start, word.end)
            for number in inside
            for word in words_of(self.reading.runs[number].text)
            if word.is_word
        )
        found = next(hits, None) or next(words, None)
        if found is None:
            return False
        self._choices.setdefault(term, []).append(len(self.choices))
        self.choices.append(Choice(*found, term, principal=True))
        return True

    def _put_first(self, term: int) -> None:
        """Make the first mark of a term the main discussion, or else the chapter's title."""
        written = self._written.get(term, [])
        choices = self._choices.get(term, [])
        first = min(written, key=lambda place: self.written[place].spot, default=None)
        choice = min(choices, key=lambda place: self.choices[place].spot, default=None)
        if first is None and choice is None:
            self.titles.append(term)
        elif choice is None or (
            first is not None and self.written[first].spot <= self.choices[choice].spot
        ):
            self._raise_written(first or 0)
        else:
            self._raise_choice(choice)

    def _raise_written(self, place: int) -> None:
        each = self.written[place]
        self.written[place] = replace(each, mark=replace(each.mark, principal=True))

    def _raise_choice(self, place: int) -> None:
        self.choices[place] = replace(self.choices[place], principal=True)
