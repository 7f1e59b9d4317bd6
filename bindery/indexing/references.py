"""Cross-references: where they lead, and which entries there are for them to lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bindery.book import Chapter
from bindery.indexing.drafts import Draft, Path, printing
from bindery.indexing.order import Alphabet
from bindery.vocabulary import Reference, Vocabulary


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a cross-reference leads: to an entry, to a theme, or, a generic one, nowhere."""

    heading: Path
    """The target as it is printed."""
    draft: Draft | None = None
    theme: str = ""
    """Id of the theme."""

    @property
    def is_generic(self) -> bool:
        """Whether it names a kind of entry rather than one."""
        return self.draft is None and not self.theme


@dataclass(frozen=True, slots=True)
class References:
    """The cross-references that lead somewhere, and everything that will be in the index."""

    see: Mapping[Draft, tuple[Lead, ...]]
    see_also: Mapping[Draft, tuple[Lead, ...]]
    living: frozenset[Draft]
    """Entries that hold a locus, a cross-reference or another such entry."""
    themes: frozenset[str]
    """Ids of the themes that hold an entry or a chapter."""


def refer(
    root: Draft,
    chapters: Iterable[Chapter],
    vocabulary: Vocabulary,
    language: str,
    letters: Alphabet,
) -> References:
    """Resolve all cross-references between the drafts; blind ones are left out."""
    printed = printing(language)
    titles = {
        title.casefold(): (title, theme.id)
        for theme in reversed(vocabulary.themes)
        for title in printed([theme.title])
    }

    def leads(draft: Draft, references: Iterable[Reference]) -> tuple[Lead, ...]:
        found = (_lead(printed(each.path), each.generic, root, titles) for each in references)
        return tuple(lead for lead in found if lead and lead.draft is not draft)

    terms = [(draft, draft.term) for draft in root.walk() if draft.term]
    see = {draft: leads(draft, term.see) for draft, term in terms}
    see_also = {draft: leads(draft, term.see_also) for draft, term in terms}
    named = {reference.target for chapter in chapters for reference in chapter.themes}
    living, themes = _living(root, see, see_also, named & {t.id for t in vocabulary.themes})

    def kept(leads: Iterable[Lead]) -> tuple[Lead, ...]:
        found = {
            lead.heading: lead
            for lead in leads
            if lead.is_generic or lead.draft in living or lead.theme in themes
        }
        return tuple(sorted(found.values(), key=lambda lead: _order(lead, letters)))

    return References(
        {draft: kept(leads) for draft, leads in see.items()},
        {draft: kept(leads) for draft, leads in see_also.items()},
        living,
        themes,
    )


def _lead(
    path: Path, generic: bool, root: Draft, titles: Mapping[str, tuple[str, str]]
) -> Lead | None:
    if generic:
        return Lead(path)
    draft = root.find(path)
    if draft is not None:
        return Lead(draft.path, draft)
    title, theme = titles.get(path[0].casefold(), ("", "")) if len(path) == 1 else ("", "")
    return Lead((title,), theme=theme) if theme else None


def _order(lead: Lead, letters: Alphabet) -> tuple[object, ...]:
    """Targets in the order of the index, generic ones last."""
    keys = [letters.key(heading, top=not level) for level, heading in enumerate(lead.heading)]
    return lead.is_generic, keys


def _living(
    root: Draft,
    see: Mapping[Draft, Sequence[Lead]],
    see_also: Mapping[Draft, Sequence[Lead]],
    named: Iterable[str],
) -> tuple[frozenset[Draft], frozenset[str]]:
    """The entries and themes that hold something in the end.

    References that only lead to each other hold nothing; so it begins with the places, and
    goes from each entry that has one to those above it and to those that refer to it.
    """
    referring: dict[Draft | str, list[Draft]] = {}
    waiting: list[Draft | str] = list(dict.fromkeys(named))
    for draft in root.walk():
        leads = (*see.get(draft, ()), *see_also.get(draft, ()))
        for lead in leads:
            referring.setdefault(lead.draft or lead.theme, []).append(draft)
        if draft.loci or any(lead.is_generic for lead in leads):
            waiting.append(draft)
    living: dict[Draft | str, None] = {}
    while waiting:
        found = waiting.pop()
        if found in living or found is root:
            continue
        living[found] = None
        waiting += referring.get(found, ())
        if isinstance(found, Draft):
            waiting += [found.above] if found.above else []
            waiting += _themes_of(found) if found.loci or see_also.get(found) else []
    drafts = frozenset(found for found in living if isinstance(found, Draft))
    return drafts, frozenset(found for found in living if isinstance(found, str))


def _themes_of(draft: Draft) -> Iterator[str]:
    """Ids of the themes in which an entry stands, by itself or with those above it."""
    each: Draft | None = draft
    while each is not None:
        yield from each.themes
        each = each.above
