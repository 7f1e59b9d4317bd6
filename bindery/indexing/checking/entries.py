"""Entries: whether they point anywhere, to too many places alike, or stand too deep or alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from bindery.errata import Query
from bindery.index import IndexEntry
from bindery.indexing.checking.register import Path, Register, named, warning
from bindery.vocabulary import Term

DEEPEST = 3
"""Levels that a reader can hold in mind: heading, sub-heading, and one below it."""


def entry_queries(register: Register, unused: Mapping[Path, Collection[str]]) -> Iterator[Query]:
    """Every fault of an entry; `unused` has the patterns of each term that find nothing."""
    for path, term in register.terms.items():
        yield from _locator_queries(register, path, term, unused.get(path, ()))
    for path in dict.fromkeys([*register.terms, *register.marks]):
        if len(path) > DEEPEST:
            message = f"{named(path)} stands {len(path)} levels deep."
            hint = f"Readers lose their way below {DEEPEST}; make it an entry of its own."
            yield warning("deep-entry", message, hint, register.place(path))
    if register.vocabulary:
        yield from _length_queries(register)
        yield from lone_sub_entries(register)


def lone_sub_entries(register: Register) -> Iterator[Query]:
    """A warning for each sub-entry that has no other beside it."""
    for path, entry in register.entries.items():
        if len(entry.entries) == 1:
            below = (*path, entry.entries[0].heading)
            message = f"{named(below)} is the only sub-entry of {named(path)}."
            hint = "Give it a second one, or put its places under the main heading."
            yield warning("lone-sub-entry", message, hint, register.place(below))


def differing_places(register: Register, entry: IndexEntry) -> int:
    """How many places of an entry look alike to a reader: each paragraph or discussion once."""
    plain = [locus for locus in entry.loci if not locus.principal]
    return len(
        {(locus.chapter, register.paragraphs.get(locus.anchor, 0), locus.end) for locus in plain}
    )


def _length_queries(register: Register) -> Iterator[Query]:
    """A warning for each entry with more locators than the editor allows."""
    most = register.vocabulary.settings.max_locators
    for path, entry in register.entries.items():
        count = differing_places(register, entry)
        if count > most:
            message = f"{named(path)} points to {count} places that nothing tells apart."
            hint = f"Divide it among sub-entries; max_locators is {most}."
            yield warning("many-locators", message, hint, register.place(path))


def _locator_queries(
    register: Register, path: Path, term: Term, unused: Collection[str]
) -> Iterator[Query]:
    """A warning for each pattern that finds nothing, or for the term when nothing leads to it."""
    idle = [pattern for pattern in dict.fromkeys(term.match) if pattern in unused]
    if register.leads(path):
        hint = "Remove it, or correct it if the essays put it otherwise."
        for pattern in idle:
            message = f"The pattern “{pattern}” of {named(path)} finds nothing."
            yield warning("no-hit", message, hint, term.place)
    elif not term.see:
        message = f"{named(path)} has no locator: {_why(term, idle)}."
        hint = "Correct the patterns, mark its places in the essays, or remove it."
        if term.see_also:
            hint = "Write see instead of see_also, or give it other patterns."
        yield warning("no-locator", message, hint, term.place)


def _why(term: Term, idle: Sequence[str]) -> str:
    if not term.match:
        return "there is no pattern and no mark for it"
    if len(idle) < len(set(term.match)):
        return "all that its patterns find is refused or marked otherwise"
    patterns = ", ".join(f"“{pattern}”" for pattern in idle)
    return f"{patterns} {'is' if len(idle) == 1 else 'are'} found nowhere"
