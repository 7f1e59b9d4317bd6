"""Bring the tables of `index.toml` together: themes by their ids, chapters by their slugs."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bindery.errata import Place, Query, nearest
from bindery.vocabulary import FILE, Settings, Term, Theme, Vocabulary
from bindery.vocabulary.lines import Lines
from bindery.vocabulary.tables import EntryTable, ThemeTable

Table = TypeVar("Table")


@dataclass(frozen=True, slots=True)
class Found(Generic[Table]):
    """A table with where it stands."""

    table: Table
    name: str
    """“theme” or “entry”."""
    nth: int
    """Counted from 0 among the tables of that name."""
    lines: Lines

    @property
    def place(self) -> Place:
        """Where the table begins."""
        return Place(FILE, self.lines.of_table(self.name, self.nth))

    def place_of(self, key: str, value: str = "") -> Place:
        """Where one of its keys stands, or a value of the list under that key."""
        return Place(FILE, self.lines.within(self.name, self.nth, key, value))


def settle(
    settings: Settings,
    themes: list[Found[ThemeTable]],
    entries: list[Found[EntryTable]],
    chapters: Mapping[str, str] | None,
) -> tuple[Vocabulary, list[Query]]:
    """The vocabulary, and queries about what the tables say of each other."""
    known, queries = _themes(themes)
    slugs = None if chapters is None else _names(chapters)
    terms: dict[tuple[str, ...], Term] = {}
    for found in entries:
        entry, place = found.table, found.place
        if first := terms.get(entry.term):
            message = f"The entry “{' > '.join(entry.term)}” stands already in {first.place}."
            queries.append(Query("duplicate-entry", message, "Make one of the two.", place))
            continue
        chosen, said = _known_themes(found, known)
        queries += said
        only_in, said = _slugs(found, "only_in", entry.only_in, slugs)
        queries += said
        principal, said = _slugs(found, "principal", entry.principal, slugs)
        queries += said
        terms[entry.term] = Term(
            path=entry.term,
            themes=chosen,
            match=entry.match,
            unless=entry.unless,
            only_in=only_in,
            principal=principal,
            first_per=entry.first_per,
            match_case=entry.match_case,
            see=entry.see,
            see_also=entry.see_also,
            sort=entry.sort,
            kind=entry.kind,
            place=place,
        )
    inherited = tuple(_with_themes(term, terms) for term in terms.values())
    return Vocabulary(settings, tuple(known.values()), inherited), queries


def _themes(tables: list[Found[ThemeTable]]) -> tuple[dict[str, Theme], list[Query]]:
    """The themes by their ids, in the editor's order."""
    themes: dict[str, Theme] = {}
    queries = []
    for found in tables:
        table = found.table
        if first := themes.get(table.id):
            message = f"The theme “{table.id}” stands already in {first.place}."
            hint = "Give one of the two another id."
            queries.append(Query("duplicate-theme", message, hint, found.place_of("id")))
            continue
        themes[table.id] = Theme(table.id, table.title, table.note, found.place)
    return themes, queries


def _known_themes(
    found: Found[EntryTable], themes: Mapping[str, Theme]
) -> tuple[tuple[str, ...], list[Query]]:
    """The themes of an entry that there are, each once; a query for every other one."""
    queries = []
    for wanted in found.table.theme:
        if wanted not in themes:
            near = nearest(wanted, themes)
            hint = f"Did you mean “{near}”?" if near else "Add a [[theme]] with this id."
            message = f"There is no theme “{wanted}”."
            place = found.place_of("theme", wanted)
            queries.append(Query("unknown-theme", message, hint, place))
    return tuple(dict.fromkeys(wanted for wanted in found.table.theme if wanted in themes)), queries


def _slugs(
    found: Found[EntryTable], key: str, wanted: tuple[str, ...], slugs: Mapping[str, str] | None
) -> tuple[tuple[str, ...], list[Query]]:
    """Chapters by their slugs, each with its paragraph if one is named; queries."""
    if slugs is None:
        return wanted, []
    chosen, queries = [], []
    for name in wanted:
        chapter, sign, paragraph = name.partition("#")
        slug = slugs.get(posixpath.normpath(chapter.strip()))
        if slug is None:
            near = nearest(chapter, slugs)
            hint = f"Did you mean “{near}”?" if near else "Give the name of a file of the book."
            message = f"There is no chapter “{chapter}”."
            queries.append(Query("unknown-chapter", message, hint, found.place_of(key, name)))
        else:
            chosen.append(slug + sign + paragraph)
    return tuple(dict.fromkeys(chosen)), queries


def _names(chapters: Mapping[str, str]) -> dict[str, str]:
    """The slug of each chapter by all that it may be called: slug, path, file name, bare name."""
    names = {slug: slug for slug in chapters.values()} | dict(chapters)
    for path, slug in chapters.items():
        name = posixpath.basename(path)
        names.setdefault(name, slug)
        names.setdefault(name.removesuffix(".md"), slug)
    return names


def _with_themes(term: Term, terms: Mapping[tuple[str, ...], Term]) -> Term:
    """A term with the themes of the nearest heading above it when it has none of its own."""
    if term.themes:
        return term
    for level in range(len(term.path) - 1, 0, -1):
        above = terms.get(term.path[:level])
        if above is not None and above.themes:
            return replace(term, themes=above.themes)
    return term
