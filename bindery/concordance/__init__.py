"""The concordance: find the words of the vocabulary in the essays, and mark them.

What is found becomes a mark like an author's own: a `span` around the very words, on which
the links of the index land.  The text itself stays as it is, to the letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count, groupby

from bindery.book import Chapter, Mark
from bindery.concordance.choosing import Choice, first_ones, unrefused, written_in
from bindery.concordance.discussions import Discussions
from bindery.concordance.drawing_up import Concordance, draw_up
from bindery.concordance.finding import hits_in
from bindery.concordance.runs import TEXT, TITLE, Reading, Run, read
from bindery.concordance.spans import enclosable, enclose
from bindery.errata import Place, Query
from bindery.index import Stands
from bindery.markup.tree import inner
from bindery.vocabulary import Term

__all__ = ["Concordance", "draw_up", "mark", "unused"]


def mark(chapter: Chapter, concordance: Concordance) -> tuple[Chapter, tuple[Query, ...]]:
    """The chapter with a mark for everything that is found in it, and queries.

    Title, headings, paragraphs, lists, captions, cells and notes are read; epigraphs, code and
    addresses are not.  Marks come in the order of the text, the author's own among them.
    """
    if not concordance:
        return chapter, ()
    reading = read(chapter)
    written = written_in(chapter, reading, concordance)
    found = [hits_in(run.text, concordance, chapter.slug) for run in reading.runs]
    hits, queries = unrefused(reading, found, written)
    choices = list(first_ones(reading, hits, written, concordance))
    discussions = Discussions(reading, hits, written, choices)
    discussions.put(concordance, chapter.slug)
    queries += discussions.queries
    if not discussions.choices and not discussions.titles and discussions.written == written:
        return chapter, tuple(queries)
    return _marked(chapter, discussions, concordance), tuple(queries)


def unused(chapters: Iterable[Chapter], concordance: Concordance) -> tuple[tuple[Term, str], ...]:
    """The patterns that find nothing in any chapter, with their terms."""
    used = {
        (hit.term, hit.pattern)
        for chapter in chapters
        for run in read(chapter).runs
        for hit in hits_in(run.text, concordance, chapter.slug)
    }
    return tuple(
        (term, pattern)
        for number, term in enumerate(concordance.terms)
        for nth, pattern in enumerate(term.match)
        if (number, nth) not in used
    )


def _marked(chapter: Chapter, discussions: Discussions, concordance: Concordance) -> Chapter:
    """The chapter with the marks that were chosen."""
    reading = discussions.reading
    names = (f"{chapter.slug}--hit-{number}" for number in count(1))
    taken = frozenset(chapter.ids)
    free = (name for name in names if name not in taken)
    marks = [(each.spot, each.mark) for each in discussions.written]
    titled = {each.term for each in discussions.written if each.run < 0}
    for number in dict.fromkeys(discussions.titles):
        made = _mark(chapter, concordance.terms[number], chapter.slug, principal=True)
        marks.append(((-1, 0), made))
    changed = set()
    ordered = sorted(discussions.choices, key=lambda c: (c.run, c.start, -c.end, c.term))
    for number, group in groupby(ordered, key=lambda choice: choice.run):
        run, choices = reading.runs[number], list(group)
        if run.section == TITLE:
            firsts = {choice.term: choice for choice in reversed(choices)}
            choices = [firsts[term] for term in firsts if term not in titled]
            titled.update(firsts)
            ids = [chapter.slug] * len(choices)
        else:
            ids = _enclosed(run, choices, free)
            changed.add(run.tree)
        for choice, name in zip(choices, ids, strict=True):
            term = concordance.terms[choice.term]
            made = _mark(chapter, term, name, run, principal=choice.principal)
            marks.append((choice.spot, made))
    in_order = tuple(made for _, made in sorted(marks, key=lambda pair: pair[0]))
    return _written_down(replace(chapter, marks=in_order), reading, changed)


def _enclosed(run: Run, choices: list[Choice], free: Iterator[str]) -> list[str]:
    """Put spans around the words of a run that were chosen; the id for each choice."""
    stretches = enclosable(run, [(choice.start, choice.end) for choice in choices])
    ids = {stretch: next(free) for stretch in dict.fromkeys(stretches)}
    enclose(run, [(start, end, name) for (start, end), name in ids.items()])
    return [ids[stretch] for stretch in stretches]


def _mark(
    chapter: Chapter, term: Term, name: str, run: Run | None = None, *, principal: bool
) -> Mark:
    """A mark that was found in a run, or else in the title."""
    stands, note = (run.stands, run.note) if run is not None else (Stands.TEXT, 0)
    place = Place(chapter.file)
    return Mark(name, term.path, place, principal=principal, stands=stands, note=note, found=True)


def _written_down(chapter: Chapter, reading: Reading, changed: set[int]) -> Chapter:
    """The chapter with the trees that have changed as fragments again."""
    xhtml = inner(reading.trees[TEXT]) if TEXT in changed else chapter.xhtml
    notes = []
    number = TEXT
    for note in chapter.notes:
        paragraphs = []
        for text in note.paragraphs:
            number += 1
            paragraphs.append(inner(reading.trees[number]) if number in changed else text)
        notes.append(replace(note, paragraphs=tuple(paragraphs)))
    return replace(chapter, xhtml=xhtml, notes=tuple(notes))
