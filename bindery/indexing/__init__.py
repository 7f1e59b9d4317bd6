"""The index of a book: its vocabulary and the marks in all chapters, brought together.

1. `drafts`: one draft an entry, with the places that marks name.
2. `references`: which entries there will be, and to which of them cross-references lead.
3. `order`: by which alphabet they stand.
4. `listing`: from A to Z, kinds by themselves, and theme by theme.

An index holds anchors.  The pages (or links) that an edition prints for them are worked
out by `indexing.locators`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bindery.book import Chapter
from bindery.index import Index, IndexTheme, Listing, Weight
from bindery.indexing.drafts import Draft, drafted
from bindery.indexing.listing import Compositor, Line, numbered, title_id
from bindery.indexing.order import alphabet
from bindery.indexing.references import refer
from bindery.markup.punctuation import improved
from bindery.vocabulary import Kind, Theme, Vocabulary


def gather(chapters: tuple[Chapter, ...], vocabulary: Vocabulary, language: str) -> Index:
    """The index of a book in a language; empty when nothing is marked.

    Blind cross-references are left out, and entries that would hold nothing else; telling of
    them is the business of `indexing.checking`.  The cost is in proportion to marks, terms
    and text.
    """
    settings = vocabulary.settings
    letters = alphabet(settings.locale or language, settings.order, settings.ignore_al)
    root = drafted(chapters, vocabulary, language)
    references = refer(root, chapters, vocabulary, language, letters)
    compositor = Compositor(letters, references)
    drafts = list(root.walk())
    everything = compositor.lines(root, drafts)
    ids = numbered(everything, "index--")
    listings = [_listing(None, everything, ids, ids, compositor)]
    for kind in dict.fromkeys(settings.separate):
        lines = compositor.lines(root, [draft for draft in drafts if draft.kind is kind])
        own = numbered(lines, f"index--{kind}s-")
        listings.append(_listing(kind, lines, own, ids, compositor))
    themes = _themes(vocabulary.themes, root, ids, compositor, chapters, language)
    return Index(settings, themes, tuple(listing for listing in listings if listing.groups))


def _listing(
    kind: Kind | None,
    lines: tuple[Line, ...],
    ids: Mapping[Draft, str],
    others: Mapping[Draft, str],
    compositor: Compositor,
) -> Listing:
    entries = compositor.entries(lines, ids, others)
    return Listing(kind, compositor.groups(lines, entries))


def _themes(
    themes: Iterable[Theme],
    root: Draft,
    others: Mapping[Draft, str],
    compositor: Compositor,
    chapters: tuple[Chapter, ...],
    language: str,
) -> tuple[IndexTheme, ...]:
    """The themes that hold something, in the editor's order."""
    members: dict[str, list[Draft]] = {}
    for draft in root.walk():
        for theme in draft.themes:
            members.setdefault(theme, []).append(draft)
    made = []
    for each in (theme for theme in themes if theme.id in compositor.references.themes):
        lines = compositor.lines(root, members.get(each.id, ()), each.id)
        ids = numbered(lines, f"index--{each.id}--")
        entries = compositor.entries(lines, ids, others, each.id)
        title, note = improved(each.title, language), improved(each.note, language)
        essays = _weights(each.id, lines, chapters)
        made.append(IndexTheme(title_id(each.id), each.id, title, note, essays, entries))
    return tuple(made)


def _weights(theme: str, lines: Iterable[Line], chapters: Iterable[Chapter]) -> tuple[Weight, ...]:
    """The chapters that treat a theme: those that are wholly under it, then by their places."""
    places: dict[str, set[str]] = {}
    for line in (each for main in lines for each in main.walk() if each.whole):
        for locus in line.draft.loci:
            places.setdefault(locus.chapter, set()).add(locus.anchor)
    weights = []
    for chapter in chapters:
        whole = any(reference.target == theme for reference in chapter.themes)
        if whole or chapter.slug in places:
            weights.append(Weight(chapter.slug, len(places.get(chapter.slug, ())), whole))
    return tuple(sorted(weights, key=lambda weight: (not weight.whole, -weight.places)))
