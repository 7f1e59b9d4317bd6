"""Two records of an index compared: what moved, what came, what went.

Places are the same when the same words stand there, wherever the chapter or the paragraph is
now; else when they are in the same paragraph, which was then rewritten.  An entry whose places
are those of one that is gone has a new name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bindery.indexing.record import Record, RecordedEntry, RecordedLocus, RecordedReference

Path = tuple[str, ...]
Pair = tuple[RecordedLocus, RecordedLocus]


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that is in both editions."""

    path: Path
    """Its path in the newer one."""
    moved: tuple[Pair, ...] = ()
    """Places on another page, as they were and as they are."""
    lost: tuple[RecordedLocus, ...] = ()
    gained: tuple[RecordedLocus, ...] = ()
    reweighed: tuple[Pair, ...] = ()
    """Places that became main discussions, or are none any more."""
    dropped_references: tuple[tuple[str, Path], ...] = ()
    """“see” or “see also”, and the target."""
    new_references: tuple[tuple[str, Path], ...] = ()
    dropped_themes: tuple[str, ...] = ()
    new_themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything in which two editions of an index differ; false when they agree."""

    emptied: tuple[RecordedEntry, ...]
    """Entries that lost their last place, as they were; they may be gone altogether."""
    removed: tuple[RecordedEntry, ...]
    """Entries without places that are gone, such as cross-references."""
    added: tuple[RecordedEntry, ...]
    renamed: tuple[tuple[Path, Path], ...]
    changed: tuple[Changed, ...]
    """Entries that are in both, in the order of the newer one."""
    dropped_themes: tuple[str, ...]
    """Titles of themes that are gone."""
    new_themes: tuple[str, ...]
    pages_known: bool
    """Whether both editions have pages to compare."""

    def __bool__(self) -> bool:
        return any(
            (
                *(self.emptied, self.removed, self.added, self.renamed, self.changed),
                *(self.dropped_themes, self.new_themes),
            )
        )

    @property
    def moved_count(self) -> int:
        """How many locators have another page."""
        return sum(len(entry.moved) for entry in self.changed)


def compare(old: Record, new: Record) -> Comparison:
    """In what a newer edition of an index differs from an older one."""
    before = {entry.path: entry for entry in old.entries}
    after = {entry.path: entry for entry in new.entries}
    renamed = _renamed(
        [entry for path, entry in before.items() if path not in after],
        [entry for path, entry in after.items() if path not in before],
    )
    pages = old.has_pages and new.has_pages
    twins = {path: path for path in after if path in before} | {b: a for a, b in renamed}
    names = {theme.id: theme.title for theme in (*old.themes, *new.themes)}
    changed, emptied = [], []
    for path, entry in after.items():
        if path in twins:
            was = before[twins[path]]
            if was.loci and not entry.loci:
                emptied.append(was)
            changes = _changes(was, entry, pages, dict(renamed), names)
            changed += [changes] if changes != Changed(path) else []
    gone = [e for path, e in before.items() if path not in after and path not in dict(renamed)]
    known = set(twins)
    return Comparison(
        emptied=tuple(_in_order_of(before, [*emptied, *(e for e in gone if e.loci)])),
        removed=tuple(entry for entry in gone if not entry.loci),
        added=tuple(entry for path, entry in after.items() if path not in known),
        renamed=tuple(renamed),
        changed=tuple(changed),
        dropped_themes=_missing((t.title for t in old.themes), (t.title for t in new.themes)),
        new_themes=_missing((t.title for t in new.themes), (t.title for t in old.themes)),
        pages_known=pages,
    )


def _changes(
    was: RecordedEntry,
    now: RecordedEntry,
    pages: bool,
    renamed: Mapping[Path, Path],
    names: Mapping[str, str],
) -> Changed:
    """In what an entry differs."""
    pairs, lost, gained = _matched(was.loci, now.loci)
    moved = [(a, b) for a, b in pairs if (a.page, a.end_page) != (b.page, b.end_page)]
    old, new = list(_references(was, renamed)), list(_references(now, {}))
    old_themes = [names.get(theme, theme) for theme in was.themes]
    new_themes = [names.get(theme, theme) for theme in now.themes]
    return Changed(
        now.path,
        tuple(moved) if pages else (),
        # An entry that lost all of them is told of by itself.
        tuple(lost) if now.loci else (),
        tuple(gained),
        tuple((a, b) for a, b in pairs if a.principal != b.principal),
        tuple(reference for reference in old if reference not in new),
        tuple(reference for reference in new if reference not in old),
        _missing(old_themes, new_themes),
        _missing(new_themes, old_themes),
    )


def _matched(
    old: Sequence[RecordedLocus], new: Sequence[RecordedLocus]
) -> tuple[list[Pair], list[RecordedLocus], list[RecordedLocus]]:
    """Places that are in both editions, those that are lost, and those that are new."""
    pairs: list[Pair] = []
    lost, gained = list(old), list(new)
    keys: tuple[Callable[[RecordedLocus], Hashable], ...] = (
        lambda locus: (locus.chapter, locus.paragraph, locus.words),
        _same_words,
        lambda locus: locus.words,
        lambda locus: (locus.chapter, locus.paragraph),
    )
    for key in keys:
        waiting: dict[Hashable, list[RecordedLocus]] = {}
        for locus in reversed(gained):
            waiting.setdefault(key(locus), []).append(locus)
        still_lost = []
        for locus in lost:
            twins = waiting.get(key(locus))
            if twins:
                pairs.append((locus, twins.pop()))
            else:
                still_lost.append(locus)
        left = Counter(id(locus) for twins in waiting.values() for locus in twins)
        lost, gained = still_lost, [locus for locus in gained if left[id(locus)]]
    order = {id(locus): place for place, locus in enumerate(old)}
    return sorted(pairs, key=lambda pair: order[id(pair[0])]), lost, gained


def _renamed(
    gone: Sequence[RecordedEntry], come: Sequence[RecordedEntry]
) -> list[tuple[Path, Path]]:
    """Old and new path of entries that have another name: at least half their places agree."""
    holders: dict[Hashable, list[int]] = {}
    for number, entry in enumerate(gone):
        for key in {_same_words(locus) for locus in entry.loci}:
            holders.setdefault(key, []).append(number)
    found: list[tuple[Path, Path]] = []
    taken: set[int] = set()
    for entry in come:
        keys = {_same_words(locus) for locus in entry.loci}
        shared = Counter(n for key in keys for n in holders.get(key, []) if n not in taken)
        best = min(shared, key=lambda n: (-shared[n], n), default=None)
        if best is None:
            continue
        most = max(len(keys), len({_same_words(locus) for locus in gone[best].loci}))
        if 2 * shared[best] >= most:
            taken.add(best)
            found.append((gone[best].path, entry.path))
    return found


def _same_words(locus: RecordedLocus) -> Hashable:
    return locus.chapter, locus.words


def _references(entry: RecordedEntry, renamed: Mapping[Path, Path]) -> Iterator[tuple[str, Path]]:
    """Every cross-reference of an entry; what has a new name only is none that has changed."""

    def target(reference: RecordedReference) -> Path:
        return renamed.get(reference.path, reference.path)

    yield from (("see", target(reference)) for reference in entry.see)
    yield from (("see also", target(reference)) for reference in entry.see_also)


def _missing(old: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    """What is in the first and not in the second, in order."""
    known = set(new)
    return tuple(word for word in old if word not in known)


def _in_order_of(
    before: Mapping[Path, RecordedEntry], entries: Iterable[RecordedEntry]
) -> list[RecordedEntry]:
    order = {path: place for place, path in enumerate(before)}
    return sorted(entries, key=lambda entry: order[entry.path])
