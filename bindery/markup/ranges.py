"""Discussions that an author marked from beginning to end: what opens one, and what closes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bindery.book import Extent, Mark
from bindery.errata import Query, Severity, nearest

Key = tuple[tuple[str, ...], str]
"""Entry, and the name of the note (or nothing) in which a mark stands."""


def pair_ranges(
    marks: Sequence[Mark], order: Mapping[str, int], notes: Mapping[str, str]
) -> tuple[tuple[Mark, ...], list[Query]]:
    """The marks of a chapter with ranges that are whole, and a query for each that is not.

    `order` and `notes` tell by a mark's id where its words come in the chapter, and in which
    note.  What opens and is never closed becomes a point; what closes nothing is left out.
    """
    kept: list[Mark | None] = list(marks)
    opened: dict[Key, int] = {}
    unopened: dict[int, Key] = {}
    queries: list[Query] = []
    for at, mark in enumerate(kept):
        if mark is None or mark.extent not in (Extent.OPENS, Extent.CLOSES):
            continue
        key = (mark.entry, notes.get(mark.id, ""))
        if mark.extent is Extent.CLOSES and key not in opened:
            unopened[at] = key
            kept[at] = None
        elif mark.extent is Extent.CLOSES:
            start = opened.pop(key)
            opening = kept[start]
            if opening and order.get(mark.id, 0) < order.get(opening.id, 0):
                queries.append(_empty(opening))
                kept[start], kept[at] = replace(opening, extent=Extent.POINT), None
        elif first := kept[opened[key]] if key in opened else None:
            queries.append(_twice(mark, first))
            kept[at] = replace(mark, extent=Extent.POINT)
        else:
            opened[key] = at
    queries += _unpaired(marks, opened, unopened)
    points = {at: replace(marks[at], extent=Extent.POINT) for at in opened.values()}
    paired = (points.get(at, mark) for at, mark in enumerate(kept))
    return tuple(m for m in paired if m), sorted(queries, key=lambda q: q.place.line or 0)


def _unpaired(
    marks: Sequence[Mark], opened: dict[Key, int], unopened: dict[int, Key]
) -> list[Query]:
    """What is to be said about each half of a range whose other half is not there."""
    queries = []
    closings = dict(unopened)
    for key, at in opened.items():
        earlier = [closing for closing, its in closings.items() if its == key and closing < at]
        if earlier:
            del closings[earlier[0]]
            queries.append(_reversed(marks[earlier[0]], marks[at]))
        else:
            others = [marks[closing] for closing in unopened]
            queries.append(_half(marks[at], others, "unclosed-range"))
    others = [marks[at] for at in opened.values()]
    return queries + [_half(marks[at], others, "unopened-range") for at in closings]


def _half(mark: Mark, others: list[Mark], code: str) -> Query:
    name = _name(mark)
    if code == "unclosed-range":
        message = f"The range of “{name}” is opened here and never closed in this file."
        hint = f"Write <!--ix): {name}--> where the discussion ends."
    else:
        message = f"The range of “{name}” is closed here and was never opened in this file."
        hint = f"Write <!--ix(: {name}--> where the discussion begins."
    near = nearest(name, {_name(other) for other in others} - {name})
    if other := next((o for o in others if _name(o) == near), None):
        hint = f"{hint[:-1]}, or correct “{near}” in line {other.place.line}."
    elif any(_name(other) == name for other in others):
        hint += " Both must stand in the text, or in the same footnote."
    return Query(code, message, hint, mark.place)


def _reversed(closing: Mark, opening: Mark) -> Query:
    name = _name(closing)
    message = f"The range of “{name}” is closed here before line {opening.place.line} opens it."
    hint = f"Write <!--ix(: {name}--> where it begins, and <!--ix): {name}--> where it ends."
    return Query("range-closed-first", message, hint, closing.place)


def _twice(mark: Mark, first: Mark) -> Query:
    name = _name(mark)
    message = f"The range of “{name}” is opened again; line {first.place.line} has opened it."
    hint = f"Close the first with <!--ix): {name}-->, or remove one of them."
    return Query("range-opened-twice", message, hint, mark.place)


def _empty(opening: Mark) -> Query:
    message = f"The range of “{_name(opening)}” holds no words, and became a single place."
    hint = f"Write <!--ix): {_name(opening)}--> behind the last words of the discussion."
    return Query("empty-range", message, hint, opening.place, Severity.WARNING)


def _name(mark: Mark) -> str:
    return " > ".join(mark.entry)
