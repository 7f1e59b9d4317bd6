"""Choose which of the words that were found become marks.

An author's “not here” takes a hit away, `first_per` keeps the first of several, and an author's
own mark makes a second one in its paragraph needless.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bindery.book import Chapter, Extent, Mark
from bindery.concordance.drawing_up import Concordance, plain
from bindery.concordance.finding import Hit, Stretch
from bindery.concordance.runs import TITLE, Reading
from bindery.errata import Query, Severity
from bindery.vocabulary import First

LOCATORS = (Extent.POINT, Extent.OPENS)
"""Kinds of marks that the index points to."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Words that become a mark."""

    run: int
    """Number of the run in the reading."""
    start: int
    end: int
    term: int
    """Number of the term in the concordance."""
    principal: bool = False

    @property
    def spot(self) -> tuple[int, int]:
        """Where it stands in the order of the text."""
        return self.run, self.start


@dataclass(frozen=True, slots=True)
class Written:
    """An author's own mark."""

    mark: Mark
    run: int
    """Number of the run; -1 for a mark in the title."""
    start: int
    end: int
    """Offset behind the words that it encloses; its start when it encloses none."""
    unit: int
    """As of the run in which it stands; -1 for one in the epigraph."""
    term: int | None
    """Number of its entry in the concordance; None when it is not there."""

    @property
    def spot(self) -> tuple[int, int]:
        """Where it stands in the order of the text."""
        return self.run, self.start


def written_in(chapter: Chapter, reading: Reading, concordance: Concordance) -> list[Written]:
    """The author's marks with their places; those in the epigraph stand behind the title."""
    if not chapter.marks:
        return []
    spots = {
        name: (number, start, end, run.unit)
        for number, run in enumerate(reading.runs)
        for name, start, end in run.marks
    }
    spots[chapter.slug] = (-1, 0, 0, 0)
    titles = sum(run.section == TITLE for run in reading.runs)
    elsewhere = (titles - 1, len(chapter.title) + len(chapter.subtitle), 0, -1)
    return [
        Written(mark, *spots.get(mark.id, elsewhere), concordance.by_path.get(plain(mark.entry)))
        for mark in chapter.marks
    ]


def unrefused(
    reading: Reading, hits: list[list[Hit]], written: list[Written]
) -> tuple[list[list[Hit]], list[Query]]:
    """The hits of each run without those that the author refused, and queries.

    A mark “not here” refuses the hit of its entry that overlaps the words in it, or else the
    next one in the same block; one in the title refuses all hits there.
    """
    left = list(hits)
    queries = []
    for refusal in (each for each in written if each.mark.extent is Extent.NOT_HERE):
        if refusal.run < 0:
            runs = [number for number, run in enumerate(reading.runs) if run.section == TITLE]
            gone = [(n, hit) for n in runs for hit in left[n] if hit.term == refusal.term]
        else:
            following = (hit for hit in left[refusal.run] if hit.end > refusal.start)
            gone = [(refusal.run, hit) for hit in following if hit.term == refusal.term][:1]
        for number, hit in gone:
            left[number] = [other for other in left[number] if other != hit]
        if not gone:
            entry = " > ".join(refusal.mark.entry)
            message = f"This mark refuses “{entry}”, but no pattern finds it here."
            hint = "Put it right before the words that the index should leave out, or remove it."
            place = refusal.mark.place
            queries.append(Query("idle-refusal", message, hint, place, Severity.WARNING))
    return left, queries


def first_ones(
    reading: Reading, hits: list[list[Hit]], written: list[Written], concordance: Concordance
) -> Iterator[Choice]:
    """Of the hits of each term, those that its `first_per` keeps and no author has marked."""
    marked: set[tuple[int, int]] = set()
    words: dict[tuple[int, int], list[Stretch]] = {}
    for each in written:
        if each.term is not None and each.mark.extent in LOCATORS:
            marked.add((each.term, each.unit))
            stretch = (each.start, max(each.end, each.start + 1))
            words.setdefault((each.term, max(each.run, 0)), []).append(stretch)
    done: set[tuple[int, int]] = set()
    for number, (run, found) in enumerate(zip(reading.runs, hits, strict=True)):
        for hit in found:
            term, per = hit.term, concordance.terms[hit.term].first_per
            if per is First.ALL:
                mine = words.get((term, number), ())
                if not any(start < hit.end and hit.start < end for start, end in mine):
                    yield Choice(number, hit.start, hit.end, term)
                continue
            place = {First.PARAGRAPH: run.unit, First.SECTION: run.section}.get(per, 0)
            if (term, place) in done:
                continue
            done.add((term, place))
            if (term, run.unit) not in marked:
                yield Choice(number, hit.start, hit.end, term)
