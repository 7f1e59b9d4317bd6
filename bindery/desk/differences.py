"""Two editions of an index, and what is told of them to people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bindery.desk.display import count
from bindery.index import Stands
from bindery.indexing.comparison import Changed, Comparison
from bindery.indexing.record import RecordedEntry, RecordedLocus


def in_words(found: Comparison) -> Iterator[str]:
    """Every difference, those that cost readers most first; a line each below its heading."""
    if not found:
        yield "The two editions of the index agree."
        return
    yield from _entries(found.emptied, "lost its last place", "lost their last place")
    changed = found.changed
    lost = [(entry.path, entry.lost) for entry in changed if entry.lost]
    yield from _places(lost, "lost places")
    gained = [(entry.path, entry.gained) for entry in changed if entry.gained]
    yield from _places(gained, "gained places")
    yield from _entries(found.added, "is new", "are new")
    yield from _entries(found.removed, "without places is gone", "without places are gone")
    if found.renamed:
        yield f"{count(len(found.renamed), 'entry', 'entries')} with a new name:"
        yield from (f"    {_named(old)} → {_named(new)}" for old, new in found.renamed)
    yield from _main_discussions(changed)
    yield from _references(changed)
    yield from _themes(found)
    yield from _moves(found)


def _entries(entries: Iterable[RecordedEntry], one: str, many: str) -> Iterator[str]:
    listed = list(entries)
    if listed:
        said = one if len(listed) == 1 else many
        yield f"{count(len(listed), 'entry', 'entries')} {said}:"
    for entry in listed:
        where = ", ".join(map(_place, entry.loci))
        see = "; ".join(
            f"{kind} {_named(reference.path)}"
            for kind, references in (("see", entry.see), ("see also", entry.see_also))
            for reference in references
        )
        yield f"    {_named(entry.path)}" + "".join(f": {words}" for words in (where, see) if words)


def _places(
    found: list[tuple[tuple[str, ...], tuple[RecordedLocus, ...]]], what: str
) -> Iterator[str]:
    if found:
        yield f"{count(len(found), 'entry', 'entries')} {what}:"
    for path, loci in found:
        yield f"    {_named(path)}:"
        yield from (f"        {_place(locus)}  {locus.words}" for locus in loci)


def _main_discussions(changed: Iterable[Changed]) -> Iterator[str]:
    lines = [
        f"    {_named(entry.path)}: {_place(new)} is {what}"
        for entry in changed
        for _, new in entry.reweighed
        for what in ("now one" if new.principal else "none any more",)
    ]
    if lines:
        yield f"{count(len(lines), 'main discussion')} changed:"
        yield from lines


def _references(changed: Iterable[Changed]) -> Iterator[str]:
    lines = [
        f"    {_named(entry.path)}: {sign} {kind} {_named(target)}"
        for entry in changed
        for sign, references in (
            ("no longer", entry.dropped_references),
            ("now", entry.new_references),
        )
        for kind, target in references
    ]
    if lines:
        yield f"{count(len(lines), 'cross-reference')} changed:"
        yield from lines


def _themes(found: Comparison) -> Iterator[str]:
    lines = [f"    {title} is gone" for title in found.dropped_themes]
    lines += [f"    {title} is new" for title in found.new_themes]
    lines += [
        f"    {_named(entry.path)}: {sign} under {title}"
        for entry in found.changed
        for sign, titles in (("no longer", entry.dropped_themes), ("now", entry.new_themes))
        for title in titles
    ]
    if lines:
        yield f"{count(len(lines), 'change')} of themes:"
        yield from lines


def _moves(found: Comparison) -> Iterator[str]:
    """All locators with another page, a line for each entry."""
    if not found.pages_known:
        yield "Pages are not compared: one of the editions was published without any."
    if found.moved_count:
        yield f"{count(found.moved_count, 'locator')} moved: {', '.join(_shifts(found))}."
    for entry in found.changed:
        if entry.moved:
            moves = ", ".join(f"{_place(old)} → {_place(new)}" for old, new in entry.moved)
            yield f"    {_named(entry.path)}: {moves}"


def _shifts(found: Comparison) -> Iterator[str]:
    """By how many pages locators moved, most of them first."""
    pairs = [
        (old.page or "", new.page or "") for entry in found.changed for old, new in entry.moved
    ]
    steps = [
        int(new) - int(old) if old.isdecimal() and new.isdecimal() else 0 for old, new in pairs
    ]
    for step, number in sorted(Counter(steps).items(), key=lambda item: (-item[1], item[0])):
        how = f"by {'+' if step > 0 else '−'}{count(abs(step), 'page')}" if step else "otherwise"
        yield f"{number:,} {how}"


def _place(locus: RecordedLocus) -> str:
    """Page, or else chapter and paragraph, of a place."""
    if locus.page is None:
        return f"{locus.chapter} ¶ {locus.paragraph}"
    note = f"n{locus.note}" if locus.stands is Stands.NOTE else ""
    ending = f"–{locus.end_page}" if locus.end_page not in (None, locus.page) else ""
    return f"{locus.page}{note}{ending}"


def _named(path: tuple[str, ...]) -> str:
    return " > ".join(path)
