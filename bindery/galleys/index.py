"""The words of the printed index: every section of it as passages, with their numbers.

A passage is one paragraph of a column: a letter, or an entry with its locators and its
cross-references.  `make_up` divides them over columns and pages; what it needs to know of
their kinds is said here, what it needs to know of their size is measured by `setting`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from markupsafe import Markup, escape

from bindery import signs
from bindery.book import EditedBook
from bindery.index import CrossReference, Index, IndexEntry, IndexTheme, Listing
from bindery.indexing.locators import DASH, Folio, Locator, locators
from bindery.vocabulary import Letters, Settings, Style

Folios = Mapping[str, Folio]

MOST_ESSAYS = 12
"""Essays that the head of a theme names: the weightiest."""
LONG = 60
"""Letters; a longer passage may be divided between columns."""
GLUE = "\u00a0"
TOGETHER_OPENS = Markup('<span class="together">')
TOGETHER = 26
"""Letters that fit a line of the narrowest column."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a passage that are set alike."""

    text: str
    face: str = ""
    """“principal”, “italic”, “term”, or empty."""
    target: str = ""
    """Where its link leads; empty for none."""

    def html(self) -> Markup:
        """The run as HTML, its link as a sign."""
        said = signs.link(self.target, self.text) if self.target else escape(self.text)
        tag = {"principal": "b", "italic": "i"}.get(self.face, "")
        return Markup(f"<{tag}>") + said + Markup(f"</{tag}>") if tag else said


def joined(runs: Sequence[Run]) -> Markup:
    """Runs one after the other.

    WeasyPrint 70 breaks lines badly at an element that no break may stand before.  Where a bold
    or italic number holds on to the word before it, both stand in an element that is not broken.
    """
    ties = _ties(runs)
    html = Markup("")
    for number, run in enumerate(runs):
        at = ties.get(number)
        if at is None:
            html += run.html()
        else:
            html += replace(run, text=run.text[:at]).html() if at else Markup("")
            html += TOGETHER_OPENS + replace(run, text=run.text[at:]).html()
        if ~number in ties:
            html += Markup("</span>")
    return html


def _ties(runs: Sequence[Run]) -> dict[int, int]:
    """In which runs, and where in them, an unbroken element begins; ~n: it ends after run n."""
    ties: dict[int, int] = {}
    for number, run in enumerate(runs):
        if not run.face or run.face == "term" or number == 0 or runs[number - 1].text[-1:] == " ":
            continue
        first = number - 1
        while first and " " not in runs[first].text and ~first not in ties:
            first -= 1
        if ~first in ties:
            del ties[~first]
        else:
            ties[first] = runs[first].text.rfind(" ") + 1
        ties[~number] = 0
    return ties


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a column."""

    runs: tuple[Run, ...]
    level: int = 0
    """0 for entries, 1 for sub-entries, and so on."""
    id: str = ""
    letter: bool = False
    """Whether it is a letter, under which entries stand."""
    parents: tuple[int, ...] = ()
    """Places, in its section, of the entries that it belongs to, the main one first."""
    leads: bool = False
    """Whether sub-entries stand under it, the first of which stays with it."""
    again: tuple[Run, ...] = ()
    """What heads it where it goes on, such as “alliances (continued)”; empty if it never does."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the index under one head: a theme, or an alphabet."""

    id: str
    title: str
    """Empty for an alphabet that has the whole index to itself."""
    note: str = ""
    essays: tuple[Run, ...] = ()
    """The essays that treat a theme, with the page on which each begins."""
    again: tuple[Run, ...] = ()
    """What heads it where it goes on over a page; empty for nothing."""
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """What passages are drawn up with."""

    folios: Folios
    settings: Settings
    words: Mapping[str, str]

    def again(self, heading: str) -> tuple[Run, ...]:
        """“alliances (*continued*)”."""
        return Run(f"{heading}{GLUE}("), Run(self.words["continued"], "italic"), Run(")")


def sections(book: EditedBook, folios: Folios, words: Mapping[str, str]) -> tuple[Section, ...]:
    """All sections of the book's index with the numbers of their pages."""
    index = book.index
    pages = Pages(folios, index.settings, words)
    themes = [_theme(theme, book, pages) for theme in index.themes]
    return (*themes, *(_listing(listing, index, pages) for listing in index.listings))


def _theme(theme: IndexTheme, book: EditedBook, pages: Pages) -> Section:
    titles = {chapter.slug: chapter.running for chapter in book.chapters if chapter.number}
    runs: list[Run] = []
    essays = [weight for weight in theme.essays if weight.chapter in titles]
    for weight in essays[:MOST_ESSAYS]:
        runs += [Run("; ")] if runs else []
        runs.append(Run(titles[weight.chapter], target=weight.chapter))
        if weight.chapter in pages.folios:
            number = str(pages.folios[weight.chapter])
            runs += [Run(f",{GLUE}"), Run(number, target=weight.chapter)]
    if len(essays) > MOST_ESSAYS:
        runs.append(Run(pages.words["others"].format(number=len(essays) - MOST_ESSAYS)))
    passages = tuple(_all_passages(theme.entries, pages))
    again = pages.again(theme.title)
    return Section(theme.id, theme.title, theme.note, tuple(runs), again, passages)


def _listing(listing: Listing, index: Index, pages: Pages) -> Section:
    name = listing.kind.value if listing.kind else "all"
    is_alone = not index.themes and len(index.listings) == 1
    title = "" if is_alone else pages.words[f"index_{name}"]
    passages: list[Passage] = []
    for group in listing.groups:
        if index.settings.letters is Letters.HEADINGS:
            passages.append(Passage((Run(group.letter),), letter=True))
        passages += _all_passages(group.entries, pages, len(passages))
    return Section(f"index--{name}", title, passages=tuple(passages))


def _all_passages(entries: Sequence[IndexEntry], pages: Pages, first: int = 0) -> Iterator[Passage]:
    """The passages of some entries; `first` is the place of the first one in its section."""
    place = first
    for entry in entries:
        for passage in _passages(entry, pages, place, ()):
            yield passage
            place += 1


def _passages(
    entry: IndexEntry, pages: Pages, place: int, parents: tuple[int, ...]
) -> Iterator[Passage]:
    level = len(parents)
    run_in = pages.settings.style is Style.RUN_IN
    found = locators(entry.loci, pages.folios, pages.settings)
    below = () if run_in else entry.entries
    runs = [Run(entry.heading, "term"), *_numbers(found, entry.heading)]
    if run_in:
        runs += chain.from_iterable(_run_in(sub, n, pages) for n, sub in enumerate(entry.entries))
    runs += _see(entry, pages, level) + ([] if below else _see_also(entry, pages, level))
    is_long = below or sum(len(run.text) for run in runs) > LONG
    again = pages.again(entry.heading) if is_long else ()
    yield Passage(tuple(runs), level, entry.id, False, parents, bool(below), again)
    here, following = (*parents, place), place + 1
    for sub in below:
        for passage in _passages(sub, pages, following, here):
            yield passage
            following += 1
    if below and entry.see_also:
        word = pages.words["see_also_first"].replace(" ", GLUE)
        runs = [Run(word, "italic"), *_targets(entry.see_also, pages)]
        yield Passage(tuple(runs), level + 1, parents=here)


def _run_in(sub: IndexEntry, number: int, pages: Pages) -> Iterator[Run]:
    """A sub-entry in the paragraph of its entry: a colon before the first, then semicolons."""
    yield Run(": " if number == 0 else "; ")
    yield Run(sub.heading)
    yield from _numbers(locators(sub.loci, pages.folios, pages.settings), sub.heading)
    yield from _see(sub, pages, 1)
    yield from _see_also(sub, pages, 1)


def _numbers(found: Sequence[Locator], heading: str) -> Iterator[Run]:
    """Locators, each after a comma.

    The first one does not leave the word before it, nor the last one the number before it, if
    together they are short enough for a narrow column: no number stands alone on a line.
    """
    room = TOGETHER - len(heading.rpartition(" ")[2])
    for number, locator in enumerate(found):
        room -= len(signs.seen(locator.text)) + 2
        is_last = 0 < number == len(found) - 1
        holds = is_last if number > 1 else room >= 0 and (number == 0 or is_last)
        yield Run(f",{GLUE}" if holds else ", ")
        face = "principal" if locator.principal else "italic" if locator.italic else ""
        if locator.last:
            yield Run(locator.first, face, locator.anchor)
            yield Run(DASH, face)
            yield Run(locator.last, face, locator.last_anchor)
        else:
            yield Run(locator.text, face, locator.anchor)


def _see(entry: IndexEntry, pages: Pages, level: int) -> list[Run]:
    """“. *See* exports”, after a sub-entry “ (*see* exports)” (CMOS 16.16)."""
    return _references(entry.see, "see", pages, level)


def _see_also(entry: IndexEntry, pages: Pages, level: int) -> list[Run]:
    return _references(entry.see_also, "see_also", pages, level)


def _references(
    references: Sequence[CrossReference], kind: str, pages: Pages, level: int
) -> list[Run]:
    if not references:
        return []
    word = pages.words[kind if level else f"{kind}_first"].replace(" ", GLUE)
    runs = [Run(" (" if level else ". "), Run(word, "italic"), *_targets(references, pages)]
    return runs + ([Run(")")] if level else [])


def _targets(references: Sequence[CrossReference], pages: Pages) -> Iterator[Run]:
    for number, reference in enumerate(references):
        yield Run("; " if number else " ")
        yield from _target(reference, pages)


def _target(reference: CrossReference, pages: Pages) -> Iterator[Run]:
    """“exports”; “forms of, under alliances”; a generic one in italics."""
    if not reference.target:
        yield Run(" ".join(reference.heading), "italic")
        return
    *above, last = reference.heading
    yield Run(last, target=reference.target)
    for heading in reversed(above):
        yield Run(", ")
        yield Run(pages.words["under"], "italic")
        yield Run(f" {heading}")


def legend(book: EditedBook, words: Mapping[str, str]) -> str:
    """What the reader must know of the signs that are used, and of no others."""
    entries = [entry for one in book.index.listings for top in one.entries for entry in top.walk()]
    loci = [locus for entry in entries for locus in entry.loci]
    said = [words["index_note_print"]]
    said += [words["index_bold"]] if any(locus.principal for locus in loci) else []
    stands = {locus.stands.value for locus in loci}
    said += [words["index_italic"]] if stands & {"figure", "table"} else []
    said += [words["index_n"]] if "note" in stands else []
    return " ".join(said)
