"""The printed index as columns: measured first, then made up into pages.

The index is set twice.  The first time all its passages stand in one column on a page that is
as long as it must be, and `matters` reads off where every line fell.  The second time each
page is drawn up with just the lines that `make_up` gave it, so that WeasyPrint has nothing
to decide; `agrees` says whether it did as planned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from markupsafe import Markup

from bindery import signs
from bindery.galleys.index import Passage, Run, Section, joined
from bindery.make_up import Matter, Measured, Page, Slice
from bindery.set_pages import SetLine, SetPages

GAUGE = "index--gauge"
PARTS = ("begins", "head", "columns", "ends", "again", "after")
"""Anchors of each section in the long column."""
HEAD, FOOT, OPENED = "index--head", "index--foot", "index--opened"
"""Anchors of the measuring galley: head and foot of a page, and where the opening ends."""


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph of a column, with those below it."""

    html: Markup
    level: int
    id: str = ""
    kind: str = "entry"
    """“entry”, “again” for a heading that stands again, “rest” for lines without their first."""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """How much room the pages have, in points."""

    first: float
    """On the page on which the index opens."""
    page: float


def measuring(sections: Sequence[Section]) -> dict[str, Any]:
    """What the template of the measuring galley is given."""
    columns = [[_measured_item(passage) for passage in s.passages] for s in sections]
    again = [_again_item(p) for s in sections for p in s.passages if p.again]
    return {"mode": "measure", "sections": sections, "measured": columns, "again": again}


def flowing(sections: Sequence[Section]) -> dict[str, Any]:
    """What the template is given when the engine itself has to divide the columns."""
    columns = [_blocks([Slice(n, 0, 0) for n in range(len(s.passages))], s, ()) for s in sections]
    return {"mode": "flow", "sections": sections, "flowing": columns}


def matters(sections: Sequence[Section], pages: SetPages) -> tuple[tuple[Matter, ...], Room] | None:
    """What was measured; None when a book's own template or styles make that impossible.

    The lines must be read back, all of them on one long page, and the gauge's anchors be there.
    """
    height = {anchor.name: anchor.y for page in pages.anchors for anchor in page}
    on = {line.page for lines in pages.passages for line in lines}
    gauges = {f"{GAUGE}-{k}-{part}" for k in range(len(sections)) for part in PARTS}
    if len(on) != 1 or not {HEAD, FOOT, OPENED, *gauges} <= set(height):
        return None
    lines = iter(pages.passages)
    of_sections = [[next(lines) for _ in section.passages] for section in sections]
    again = {
        (k, n): len(next(lines))
        for k, section in enumerate(sections)
        for n, passage in enumerate(section.passages)
        if passage.again
    }
    found = []
    for k, section in enumerate(sections):
        measured = [
            Measured(
                tuple(line.baseline for line in of_sections[k][n]),
                passage.parents,
                passage.letter,
                passage.leads,
                again.get((k, n), 0),
            )
            for n, passage in enumerate(section.passages)
        ]
        found.append(_matter(k, height, measured))
    room = Room(height[OPENED] - height[FOOT], height[HEAD] - height[FOOT])
    return tuple(found), room


def _matter(number: int, height: Mapping[str, float], measured: Sequence[Measured]) -> Matter:
    """A section's depths, from its anchors in the long column."""
    begins, head, columns, ends, again, after = (
        height[f"{GAUGE}-{number}-{part}"] for part in PARTS
    )
    baselines = [baseline for passage in measured for baseline in passage.baselines]
    usual = median(b - a for a, b in pairwise(baselines)) if len(baselines) > 1 else 0.0
    line = max((columns - ends) - (baselines[-1] - baselines[0]), usual) if baselines else 0.0
    return Matter(begins - columns, head - columns, again - after, line, tuple(measured))


def made_up(
    sections: Sequence[Section], pages: Sequence[Page], measured: SetPages
) -> dict[str, Any]:
    """What the template of the finished galley is given: pages of bands of columns."""
    lines = iter(measured.passages)
    starts = [[next(lines) for _ in section.passages] for section in sections]
    drawn = [
        [
            {
                "section": sections[band.section],
                "is_first": band.is_first,
                "columns": [
                    _blocks(column, sections[band.section], starts[band.section])
                    for column in band.columns
                ],
            }
            for band in page
        ]
        for page in pages
    ]
    return {"mode": "pages", "sections": sections, "sheets": drawn}


def agrees(plan: Sequence[Page], pages: SetPages) -> bool:
    """Whether every passage stands on its page with as many lines as were planned."""
    if not pages.passages:
        return False
    wanted = []
    for number, page in enumerate(plan):
        for band in page:
            for slice_ in (each for column in band.columns for each in column):
                wanted += [(number, 0)] * len(slice_.again)
                wanted.append((number, slice_.last - slice_.first))
    if len(wanted) != len(pages.passages):
        return False
    first = pages.passages[0][0].page - wanted[0][0] if pages.passages[0] else 0
    return all(
        len({line.page for line in lines} | {first + number}) == 1 and count in (0, len(lines))
        for (number, count), lines in zip(wanted, pages.passages, strict=True)
    )


def _measured_item(passage: Passage) -> Item:
    kind = "letter" if passage.letter else "entry"
    return Item(_signed(passage.runs), passage.level, "", kind)


def _again_item(passage: Passage) -> Item:
    return Item(_signed(passage.again), passage.level, "", "again")


def _signed(runs: Sequence[Run]) -> Markup:
    return Markup(signs.PASSAGE) + joined(runs)


@dataclass(slots=True)
class _Growing:
    """An item while those below it are gathered."""

    item: Item
    below: list[_Growing]

    def grown(self) -> Item:
        return replace(self.item, items=tuple(each.grown() for each in self.below))


def _blocks(
    slices: Sequence[Slice], section: Section, lines: Sequence[Sequence[SetLine]]
) -> tuple[tuple[str, Any], ...]:
    """The blocks of one column: a letter with its text, or a list of items."""
    blocks: list[tuple[str, Any]] = []
    path: list[_Growing] = []
    for item in _items(slices, section, lines):
        if item.kind == "letter":
            blocks.append(("letter", item))
            path = []
            continue
        if not blocks or blocks[-1][0] != "list":
            blocks.append(("list", []))
        del path[item.level :]
        growing = _Growing(item, [])
        (path[-1].below if path else blocks[-1][1]).append(growing)
        path.append(growing)
    return tuple(
        (kind, tuple(each.grown() for each in block) if kind == "list" else block)
        for kind, block in blocks
    )


def _items(
    slices: Sequence[Slice], section: Section, lines: Sequence[Sequence[SetLine]]
) -> Iterator[Item]:
    for slice_ in slices:
        passage = section.passages[slice_.passage]
        for above in slice_.again:
            parent = section.passages[above]
            yield Item(_signed(parent.again), parent.level, "", "again")
        runs, is_rest = passage.runs, False
        if lines:
            of = lines[slice_.passage]
            start = of[slice_.first].start
            end = of[slice_.last].start if slice_.last < len(of) else None
            runs, is_rest = _between(runs, start, end), slice_.first > 0
        kind = "letter" if passage.letter else "rest" if is_rest else "entry"
        yield Item(_signed(runs), passage.level, "" if is_rest else passage.id, kind)


def _between(runs: Sequence[Run], start: int, end: int | None) -> tuple[Run, ...]:
    """The runs from one place of their seen text to another; lines are divided at spaces."""
    if start == 0 and end is None:
        return tuple(runs)
    found = []
    place = 0
    for run in runs:
        length = len(signs.seen(run.text))
        first, last = start - place, (end - place if end is not None else length)
        place += length
        if (first < length or (length == 0 and first < 0)) and last > 0:
            text = _cut(run.text, max(first, 0), min(last, length))
            found.append(replace(run, text=text.lstrip() if first >= 0 else text))
    return tuple(found)


def _cut(text: str, first: int, last: int) -> str:
    """The part of a text between two places of what is seen of it."""
    if first == 0 and last == len(signs.seen(text)):
        return text
    places = [n for n, sign in enumerate(text) if signs.seen(sign)]
    end = places[last] if last < len(places) else len(text)
    return text[places[first] if first else 0 : end].rstrip()
