"""*See* and *see also*: whether they lead anywhere, and to more than the reader has already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bindery.errata import Place, Query, nearest
from bindery.indexing.checking.register import (
    Path,
    Register,
    in_small_letters,
    named,
    warning,
)
from bindery.vocabulary import Term

FEW = 7
"""An entry with fewer locators may as well be printed twice (the threshold of SKY Index)."""
NEAR = 3
"""Headings that agree in so many first letters stand side by side."""
SUGGESTED = 20
"""How many blind references get the nearest heading as a hint; looking for it takes time."""


def cross_reference_queries(register: Register) -> Iterator[Query]:
    """Every fault of a cross-reference."""
    see = {
        path: [target for target, _ in register.references(term, "see")]
        for path, term in register.terms.items()
        if term.see
    }
    circles = list(_circles(see))
    in_circle = {path for circle in circles for path in circle}
    for circle in circles:
        yield _circular(circle, register.place(circle[0]))
    blind = 0
    for path, term in register.terms.items():
        yield from _source_queries(register, path, term)
        for kind in ("see", "see also"):
            for target, _ in register.references(term, kind):
                if path in in_circle and target in in_circle:
                    continue
                query = _target_query(register, path, target, kind, blind < SUGGESTED)
                blind += query is not None and query.code == "blind-reference"
                yield from [query] if query is not None else []
    yield from _marks_of_sources(register)


def reference_advice(register: Register) -> Iterator[Query]:
    """What an editor may want to think over: one-way *see also*, *see* where little is saved."""
    pairs = {
        (path, target)
        for path, term in register.terms.items()
        for target, _ in register.references(term, "see also")
    }
    for path, term in register.terms.items():
        for target, _ in register.references(term, "see also"):
            if (target, path) not in pairs and target in register.entries and target != path:
                message = f"{named(path)} says see also {named(target)}, but not the other way."
                hint = f"Give {named(target)} see_also as well if readers need the way back."
                yield warning("one-way-see-also", message, hint, term.place)
        yield from _double_posting(register, path, term)


def _source_queries(register: Register, path: Path, term: Term) -> Iterator[Query]:
    """What is wrong with a term that has cross-references, wherever they lead."""
    if not term.see:
        return
    if term.see_also:
        message = f"{named(path)} has both see and see_also."
        hint = "Keep see when it has no locators of its own, and see_also when it has some."
        yield Query("see-and-see-also", message, hint, term.place)
    where = f"the entry after see = “{' > '.join(term.see[0].path)}”"
    if term.match or term.principal:
        message = f"{named(path)} says see, but has patterns or principal places of its own."
        hint = f"Move them to {where}, or write see_also instead of see."
        yield Query("see-with-locators", message, hint, term.place)
    elif path in register.entries and any(
        below.loci for child in register.entries[path].entries for below in child.walk()
    ):
        message = f"{named(path)} says see, but its sub-entries have locators."
        hint = f"Move them to {where}, or write see_also instead of see."
        yield Query("see-with-locators", message, hint, term.place)


def _marks_of_sources(register: Register) -> Iterator[Query]:
    """Marks that name an entry which only sends readers elsewhere."""
    sources = {path: term for path, term in register.terms.items() if term.see}
    for path, mark in register.marks.items():
        term = sources.get(register.meant(path))
        if term is not None:
            there = " > ".join(term.see[0].path)
            message = f"This mark names {named(path)}, which only says see “{there}”."
            yield Query("see-with-locators", message, f"Mark “{there}” instead.", mark.place)


def _target_query(
    register: Register, path: Path, target: Path, kind: str, may_suggest: bool
) -> Query | None:
    """What is wrong with one target of *see* or *see also*; None when nothing is."""
    place = register.terms[path].place
    key = kind.replace(" ", "_")
    says = f"{named(path)} says {kind}"
    if target == path:
        return Query("self-reference", f"{says} itself.", f"Remove it from {key}.", place)
    if target not in register.entries and target not in register.terms:
        theme = _theme_called(register, target)
        if theme in {held.theme for held in register.index.themes}:
            return _own_theme(register.terms[path], theme) if kind == "see also" else None
        message = f"{says} {named(target)}, and there is no such entry."
        near = _nearest(register, target) if may_suggest else None
        hint = f"Did you mean {named(near)}?" if near else f"Correct {key}, or add the entry."
        return Query("blind-reference", message, hint, place)
    return _leading_query(register, path, target, kind)


def _leading_query(register: Register, path: Path, target: Path, kind: str) -> Query | None:
    """What is wrong with a target that is an entry: it leads on, nowhere, or to nothing new."""
    place = register.terms[path].place
    key = kind.replace(" ", "_")
    says = f"{named(path)} says {kind} {named(target)}"
    onward = register.terms[target].see if target in register.terms else ()
    if onward and not onward[0].generic:
        there = named(onward[0].path)
        message = f"{says}, which only says see {there}."
        return Query("chained-reference", message, f"Write {key} = {there}.", place)
    if not onward and not register.leads(target):
        message = f"{says}, which has no locator."
        hint = "Correct the patterns of that entry, or remove the cross-reference."
        return Query("blind-reference", message, hint, place)
    if kind == "see also" and register.spots_of(target) <= register.spots_of(path):
        message = f"{says}, which has no place that is new."
        hint = "Remove the cross-reference, or let the two entries share less."
        return warning("idle-see-also", message, hint, place)
    return None


def _theme_called(register: Register, target: Path) -> str:
    """The id of the theme with a title; empty when there is none."""
    title = in_small_letters(target)
    themes = register.vocabulary.themes
    found = (t.id for t in themes if in_small_letters(register.printed([t.title])) == title)
    return next(found, "")


def _own_theme(term: Term, theme: str) -> Query | None:
    """A warning when a term sends its readers to the theme in which they are."""
    if term.themes != (theme,):
        return None
    message = f"{named(term.path)} says see also the theme in which it stands."
    return warning("self-reference", message, "Remove it from see_also.", term.place)


def _double_posting(register: Register, path: Path, term: Term) -> Iterator[Query]:
    """A *see* that could be locators: the target has few, and stands elsewhere."""
    targets = [target for target, _ in register.references(term, "see")]
    if len(targets) != 1 or len(term.see) != 1 or not register.leads(targets[0]):
        return
    target = targets[0]
    count = len(register.spots_of(target))
    if count >= FEW or register.entries[target].entries:
        return
    if path[0][:NEAR].casefold() == target[0][:NEAR].casefold():
        return
    places = "1 place" if count == 1 else f"{count} places"
    message = f"{named(path)} says see {named(target)}, which has {places} only."
    hint = "Readers are quicker when both entries have the locators."
    yield warning("double-posting", message, hint, term.place)


def _nearest(register: Register, target: Path) -> Path | None:
    """The entry most like one that is not there."""
    known = {" > ".join(path): path for path in (*register.entries, *register.terms)}
    first = target[0][:1].casefold()
    alike = [name for name in known if name[:1].casefold() == first]
    found = nearest(" > ".join(target), alike)
    return known[found] if found is not None else None


def _circular(circle: list[Path], place: Place) -> Query:
    way = ", ".join(f"{named(path)} says see {named(to)}" for path, to in _steps(circle))
    message = f"These cross-references go in a circle: {way}."
    hint = "Let one of these entries have the locators, and the others lead to it."
    return Query("circular-reference", message, hint, place)


def _steps(circle: list[Path]) -> list[tuple[Path, Path]]:
    return list(zip(circle, [*circle[1:], circle[0]], strict=True))


def _circles(see: Mapping[Path, list[Path]]) -> Iterator[list[Path]]:
    """Circles of *see*, each once, from the entry that comes first in the vocabulary.

    Terms that lead out of all circles are taken away until none is left.
    """
    edges = {p: [t for t in targets if t in see and t != p] for p, targets in see.items()}
    leading: dict[Path, list[Path]] = {}
    for path, targets in edges.items():
        for target in targets:
            leading.setdefault(target, []).append(path)
    left = {path: len(targets) for path, targets in edges.items()}
    done = [path for path, count in left.items() if not count]
    while done:
        gone = done.pop()
        left.pop(gone)
        for path in leading.get(gone, []):
            left[path] -= 1
            if not left[path]:
                done.append(path)
    seen: set[Path] = set()
    for start in left:
        way: list[Path] = []
        path = start
        while path not in seen:
            seen.add(path)
            way.append(path)
            path = next(target for target in edges[path] if target in left)
        if path in way:
            yield way[way.index(path) :]
