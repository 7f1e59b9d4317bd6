"""The index of the e-book: themes at a glance, themes, the A–Z and what has an A–Z of its own.

The markup is that of EPUB Indexes 1.0, in `templates/epub/index.xhtml.j2`; here is decided what
stands in it.  A locator is a page of the printed edition, or an essay and a paragraph of it;
`index.settings.ebook_locators` says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from bindery.book import EditedBook
from bindery.editions.epub.labels import Label, by_page, by_paragraph
from bindery.editions.epub.text import Spot
from bindery.galleys import emphasised
from bindery.index import CrossReference, Index, IndexEntry, IndexTheme, Listing, Weight
from bindery.indexing.locators import Folio
from bindery.vocabulary import EbookLocators, Kind, Letters

DOCUMENT = "index.xhtml"
KINDS = {
    None: "index_all",
    Kind.THEME: "index_themes",
    Kind.NAME: "index_name",
    Kind.PLACE: "index_place",
    Kind.TITLE: "index_title",
}
"""Words for the heading of each listing."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a place."""

    text: str | Markup
    href: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross-reference as it is printed."""

    heading: str
    under: str
    """The headings above it, for a sub-entry."""
    href: str
    """Empty for a generic reference."""
    is_theme: bool
    is_generic: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is printed."""

    id: str
    heading: str
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    see: tuple[Reference, ...]
    see_also: tuple[Reference, ...]
    themes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Essay:
    """An essay with the number of a theme's places in it."""

    number: int
    link: Link
    places: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading: a letter or a theme."""

    id: str
    heading: str
    shown: bool
    """Whether the heading is seen, or only read aloud."""
    lines: tuple[Line, ...]
    note: str = ""
    essays: tuple[Essay, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A theme's groups, or the letters of one listing."""

    id: str
    heading: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A way in which locators are printed, and what it means."""

    sample: Label
    meaning: str


class IndexWriter:
    """Draws up the index of one e-book.

    `spots` say where every anchor stands; `folios` on which page, where labels are pages.
    """

    def __init__(
        self,
        book: EditedBook,
        words: Mapping[str, str],
        spots: Mapping[str, Spot],
        folios: Mapping[str, Folio],
    ) -> None:
        self._index = book.index
        self._words = words
        self._spots = spots
        self._folios = folios
        self._chapters = {chapter.slug: chapter for chapter in book.chapters}
        self._themes = {t.theme: Link(t.title, f"#{t.id}") for t in book.index.themes}
        self._categories = {theme.id for theme in book.index.themes}
        self._printed = {entry.id for entry in _all_entries(book.index) if _says_something(entry)}

    @property
    def headnotes(self) -> tuple[Markup, ...]:
        """What a reader should know: the editor's words, and what numbers mean in an e-book."""
        own = self._index.settings.headnote
        pages = names_pages(self._index)
        house = self._words["index_note_pages" if pages else "index_note_ebook"]
        texts = [own, "" if own and pages else house]
        return tuple(emphasised(text) for text in texts if text)

    def legend(self, sections: Iterable[Section]) -> tuple[Sign, ...]:
        """What bold, italics, n and brackets mean; locators are shown as they are printed."""
        lines = [line for section in sections for line in _lines_in(section.groups)]
        labels = [label for line in lines for label in line.labels]
        note = "index_n" if names_pages(self._index) else "index_n_ebook"
        signs = (
            ("index_bold", [label for label in labels if label.principal]),
            ("index_italic", [label for label in labels if label.italic]),
            (note, [label for label in labels if label.note]),
        )
        made = [Sign(_sample(found), self._words[word]) for word, found in signs if found]
        if any(line.themes for line in lines):
            made.append(Sign(Label("[ ]", ""), self._words["index_brackets"]))
        return tuple(made)

    def themes(self) -> Section | None:
        """The themes in the editor's order; None when the book has none."""
        groups = tuple(map(self._theme, self._index.themes))
        return Section("index--themes", self._words["index_themes"], groups) if groups else None

    def listings(self) -> Iterator[Section]:
        """The A–Z, and then those of single kinds."""
        is_shown = self._index.settings.letters is Letters.HEADINGS
        for listing in self._index.listings:
            name, groups = _name(listing), []
            known = tuple(self._themes) if listing.kind else ()
            for number, group in enumerate(listing.groups, start=1):
                lines = tuple(self._lines(group.entries, known))
                if lines:
                    groups.append(Group(f"{name}-{number}", group.letter, is_shown, lines))
            if groups:
                yield Section(name, self._words[KINDS[listing.kind]], tuple(groups))

    def _theme(self, theme: IndexTheme) -> Group:
        essays = tuple(self._essay(weight) for weight in theme.essays if _weighs(weight))
        lines = tuple(self._lines(theme.entries, tuple(self._themes)))
        return Group(theme.id, theme.title, True, lines, theme.note, essays)

    def _essay(self, weight: Weight) -> Essay:
        chapter = self._chapters[weight.chapter]
        link = Link(Markup(chapter.title), f"{chapter.slug}.xhtml")
        return Essay(chapter.number, link, weight.places, weight.whole)

    def _lines(self, entries: Iterable[IndexEntry], known: tuple[str, ...]) -> Iterator[Line]:
        """Entries that say something, with those below; `known` themes need not be named."""
        for entry in filter(_says_something, entries):
            own = [] if entry.see else [name for name in entry.themes if name not in known]
            yield Line(
                entry.id,
                entry.heading,
                self._labels(entry),
                tuple(self._lines(entry.entries, (*known, *own))),
                tuple(map(self._reference, entry.see)),
                tuple(map(self._reference, entry.see_also)),
                tuple(self._themes[name] for name in own if name in self._themes),
            )

    def _labels(self, entry: IndexEntry) -> tuple[Label, ...]:
        if names_pages(self._index):
            settings = self._index.settings
            return by_page(entry.loci, settings, self._spots, self._folios, self._words)
        return by_paragraph(entry.loci, self._spots, self._words)

    def _reference(self, reference: CrossReference) -> Reference:
        if not reference.target:
            return Reference(" ".join(reference.heading), "", "", False, is_generic=True)
        is_theme = reference.target in self._categories
        href = f"#{reference.target}" if is_theme or reference.target in self._printed else ""
        return Reference(reference.lead, reference.under, href, is_theme, is_generic=False)


def names_pages(index: Index) -> bool:
    """Whether the locators of the e-book are pages of the printed edition."""
    return bool(index) and index.settings.ebook_locators is EbookLocators.PAGE


def contents_of(index: Index, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Heading and address of every theme and listing, for the table of contents."""
    lines = [(theme.title, f"{DOCUMENT}#{theme.id}") for theme in index.themes]
    listings = [listing for listing in index.listings if listing.groups]
    if lines or len(listings) > 1:
        lines += [(words[KINDS[each.kind]], f"{DOCUMENT}#{_name(each)}") for each in listings]
    return lines


def themes_in(index: Index) -> dict[str, list[tuple[IndexTheme, Weight]]]:
    """For each chapter by its slug, its themes: those that it is wholly under, then by weight."""
    found: dict[str, list[tuple[IndexTheme, Weight]]] = {}
    for theme in index.themes:
        for weight in filter(_weighs, theme.essays):
            found.setdefault(weight.chapter, []).append((theme, weight))
    return {
        slug: sorted(themes, key=lambda pair: (not pair[1].whole, -pair[1].places))
        for slug, themes in found.items()
    }


def _lines_in(groups: Iterable[Group]) -> Iterator[Line]:
    waiting = [line for group in groups for line in group.lines][::-1]
    while waiting:
        line = waiting.pop()
        yield line
        waiting += line.lines[::-1]


def _sample(labels: Sequence[Label]) -> Label:
    """The first label that names its essay or stands alone, without what makes it a range."""
    whole = (label for label in labels if label.before != ", ")
    return replace(next(whole, labels[0]), last="")


def _weighs(weight: Weight) -> bool:
    return bool(weight.places or weight.whole)


def _says_something(entry: IndexEntry) -> bool:
    """Whether an entry leads anywhere; EPUB Indexes allows no other."""
    here = entry.loci or entry.see or entry.see_also
    return bool(here) or any(map(_says_something, entry.entries))


def _all_entries(index: Index) -> Iterator[IndexEntry]:
    """Every entry that is printed, as often as it is."""
    tops = [theme.entries for theme in index.themes]
    tops += [listing.entries for listing in index.listings]
    for top in tops:
        for entry in top:
            yield from entry.walk()


def _name(listing: Listing) -> str:
    return f"index--{listing.kind.value if listing.kind else 'all'}"
