"""Entries in their order with ids: what an index, or a theme of it, lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, groupby

from bindery.index import CrossReference, IndexEntry, IndexGroup
from bindery.indexing.drafts import Draft
from bindery.indexing.order import Alphabet, Key
from bindery.indexing.references import Lead, References


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """An entry in one list."""

    draft: Draft
    whole: bool
    """Whether all of it stands here; otherwise it is a heading for what is below it."""
    lines: tuple[Line, ...]

    def walk(self) -> Iterator[Line]:
        """The line and all those below it."""
        yield self
        for line in self.lines:
            yield from line.walk()


@dataclass(frozen=True, slots=True)
class Compositor:
    """Makes up lists of the same entries."""

    letters: Alphabet
    references: References
    keys: dict[Draft, Key] = field(default_factory=dict)
    """What the entries are ordered by, as far as it was worked out."""

    def lines(self, root: Draft, wanted: Iterable[Draft], theme: str = "") -> tuple[Line, ...]:
        """The entries that are wanted, each with all below it, in order.

        Above a wanted sub-entry, the headings of those that are not wanted themselves stand.
        In a theme there is no entry that holds nothing except *see*.
        """
        whole = {draft: None for draft in wanted if draft in self.references.living}
        below: dict[Draft, dict[Draft, None]] = {root: {}}
        for draft in whole:
            while draft.above is not None and draft not in below.get(draft.above, ()):
                below.setdefault(draft.above, {})[draft] = None
                draft = draft.above  # noqa: PLW2901

        def lines(drafts: Iterable[Draft], top: bool, inside: bool) -> tuple[Line, ...]:
            found = []
            for draft in drafts:
                is_whole = inside or draft in whole
                under = draft.drafts.values() if is_whole else below.get(draft, ())
                line = Line(draft, is_whole, lines(under, False, is_whole) if under else ())
                if draft in self.references.living and (line.lines or self._holds(line, theme)):
                    found.append(line)
            return tuple(sorted(found, key=lambda line: self._key(line.draft, top)))

        return lines(below[root], True, False)

    def _key(self, draft: Draft, top: bool) -> Key:
        if draft not in self.keys:
            self.keys[draft] = self.letters.key(draft.heading, top, draft.sort)
        return self.keys[draft]

    def _holds(self, line: Line, theme: str) -> bool:
        """Whether an entry has something to say by itself."""
        says = not theme or line.draft.loci or self.see_also(line.draft, theme)
        return line.whole and bool(says)

    def see_also(self, draft: Draft, theme: str) -> tuple[Lead, ...]:
        """The *see also* of an entry inside of a theme, without the theme's own title."""
        leads = self.references.see_also.get(draft, ())
        return tuple(lead for lead in leads if not theme or lead.theme != theme)

    def entries(
        self,
        lines: tuple[Line, ...],
        ids: Mapping[Draft, str],
        others: Mapping[Draft, str],
        theme: str = "",
    ) -> tuple[IndexEntry, ...]:
        """Entries with their ids; targets that are not listed with them have those of `others`."""

        def references(leads: tuple[Lead, ...]) -> tuple[CrossReference, ...]:
            return tuple(CrossReference(lead.heading, target(lead)) for lead in leads)

        def target(lead: Lead) -> str:
            if lead.draft is not None:
                return ids.get(lead.draft) or others[lead.draft]
            return title_id(lead.theme) if lead.theme else ""

        def entry(line: Line) -> IndexEntry:
            draft = line.draft
            return IndexEntry(
                ids[draft],
                draft.heading,
                tuple(draft.loci) if line.whole else (),
                tuple(map(entry, line.lines)),
                references(self.references.see.get(draft, ())) if line.whole else (),
                references(self.see_also(draft, theme)) if line.whole else (),
                draft.kind,
                draft.themes,
            )

        return tuple(map(entry, lines))

    def groups(
        self, lines: tuple[Line, ...], entries: tuple[IndexEntry, ...]
    ) -> tuple[IndexGroup, ...]:
        """Main entries by their letters, as the alphabet of the language has them."""
        initial = self.letters.initial
        initials = [initial(line.draft.heading, line.draft.sort) for line in lines]
        both = zip(initials, entries, strict=True)
        groups = []
        for _, found in groupby(both, key=lambda pair: pair[0][0]):
            members = list(found)
            letter = members[0][0][1]
            groups.append(IndexGroup(letter, tuple(entry for _, entry in members)))
        return tuple(groups)


def numbered(lines: tuple[Line, ...], prefix: str) -> dict[Draft, str]:
    """Ids for entries, in the order in which they are printed."""
    every = (line.draft for main in lines for line in main.walk())
    return {draft: f"{prefix}{number}" for draft, number in zip(every, count(1), strict=False)}


def title_id(theme: str) -> str:
    """Id of a theme's title."""
    return f"index--theme-{theme}"
