"""How lines and paragraphs end: hyphens, runts, widows, the right edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import pstdev

from bindery.evenness.paragraphs import HANGING, Paragraph, Placed

SHORT_LAST = 0.2
"""Part of its measure under which a last line is short."""
FEWEST_CHARACTERS = 5
"""A last line of less is a runt."""
JUST_THERE = 1.0
"""Points from its edge beyond which a line hangs out on purpose."""
MARKS = ".,;:!?“”‘’()"


@dataclass(frozen=True, slots=True)
class Endings:
    """The ends of lines and paragraphs, counted; the same figures add up for several chapters."""

    hyphens: int
    hyphens_in_a_row: int
    hyphens_at_page_ends: int
    hyphens_at_turns: int
    runts: int
    short_last: int
    widows: int
    orphans: int
    stacks: int
    overfull: int
    past: tuple[float, ...]
    """Points by which lines end past their edge, without what hangs."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of lines and paragraphs in figures."""

    hyphens: int
    """Lines that end within a word."""
    hyphens_in_a_row: int
    """One below the other, at most."""
    hyphens_at_page_ends: int
    hyphens_at_turns: int
    """Of these, at the end of a right-hand page."""
    runts: int
    """Last lines that are a part of a word, under five characters, or narrower than an em."""
    short_last: int
    """Last lines under a fifth of the measure."""
    widows: int
    """Last lines alone at the head of a page."""
    orphans: int
    """First lines alone at the foot of a page."""
    stacks: int
    """Lines that begin, or end, with the word with which the line above does."""
    overfull: int
    """Lines that go beyond their edge, by more than punctuation that hangs."""
    edge_sd: float
    """Points; standard deviation of the right edge, without what hangs."""


def endings_of(paragraphs: Sequence[Paragraph]) -> Endings:
    """The ends in paragraphs of at least two lines."""
    at_ends = [placed for each in paragraphs for placed in divided_at_page_ends(each)]
    past = [
        (placed.line.right - placed.edge, HANGING * placed.line.size)
        for each in paragraphs
        for placed in each
        if placed.edge is not None
    ]
    return Endings(
        hyphens=sum(placed.line.is_divided for each in paragraphs for placed in each[:-1]),
        hyphens_in_a_row=max(map(hyphens_in_a_row, paragraphs), default=0),
        hyphens_at_page_ends=len(at_ends),
        hyphens_at_turns=sum(not placed.page.is_verso for placed in at_ends),
        runts=sum(map(is_runt, paragraphs)),
        short_last=sum(map(_ends_short, paragraphs)),
        widows=sum(map(has_widow, paragraphs)),
        orphans=sum(map(has_orphan, paragraphs)),
        stacks=sum(map(_stacks, paragraphs)),
        overfull=sum(by > hanging for by, hanging in past),
        past=tuple(by for by, _ in past if abs(by) < JUST_THERE),
    )


def ends_of(found: Sequence[Endings]) -> Ends:
    """The figures of ends, all together."""
    past = [by for each in found for by in each.past]
    return Ends(
        hyphens=sum(each.hyphens for each in found),
        hyphens_in_a_row=max((each.hyphens_in_a_row for each in found), default=0),
        hyphens_at_page_ends=sum(each.hyphens_at_page_ends for each in found),
        hyphens_at_turns=sum(each.hyphens_at_turns for each in found),
        runts=sum(each.runts for each in found),
        short_last=sum(each.short_last for each in found),
        widows=sum(each.widows for each in found),
        orphans=sum(each.orphans for each in found),
        stacks=sum(each.stacks for each in found),
        overfull=sum(each.overfull for each in found),
        edge_sd=pstdev(past) if past else 0.0,
    )


def is_runt(paragraph: Paragraph) -> bool:
    """Whether next to nothing stands in its last line."""
    before, last = paragraph[-2].line, paragraph[-1].line
    part_of_word = len(last.words) == 1 and before.is_divided
    return part_of_word or len(last.text) < FEWEST_CHARACTERS or last.right - last.left < last.size


def has_widow(paragraph: Paragraph) -> bool:
    """Whether its last line stands alone at the head of a page."""
    return paragraph[-1].page.number != paragraph[-2].page.number


def has_orphan(paragraph: Paragraph) -> bool:
    """Whether its first line stands alone at the foot of a page."""
    return paragraph[0].page.number != paragraph[1].page.number


def divided_at_page_ends(paragraph: Paragraph) -> list[Placed]:
    """The last lines of pages that end within a word."""
    pairs = pairwise(paragraph)
    return [a for a, b in pairs if a.line.is_divided and a.page.number != b.page.number]


def hyphens_in_a_row(paragraph: Paragraph) -> int:
    """How many of its lines, one below the other, end within a word at most."""
    most = run = 0
    for placed in paragraph[:-1]:
        run = run + 1 if placed.line.is_divided else 0
        most = max(most, run)
    return most


def _ends_short(paragraph: Paragraph) -> bool:
    last = paragraph[-1].line
    measure = max((p.edge or p.line.right) - p.line.left for p in paragraph[:-1])
    return last.right - last.left < SHORT_LAST * measure


def _stacks(paragraph: Paragraph) -> int:
    found = 0
    for number, (one, two) in enumerate(pairwise(paragraph), 2):
        first, second = one.line.words, two.line.words
        if len(first) > 1 and len(second) > 1:
            found += _bare(first[0]) == _bare(second[0])
            found += _bare(first[-1]) == _bare(second[-1]) and number < len(paragraph)
    return found


def _bare(word: str) -> str:
    return word.strip(MARKS).lower()
