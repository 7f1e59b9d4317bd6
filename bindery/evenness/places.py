"""The pages on which the faults are that figures only count."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bindery.evenness.ends import (
    divided_at_page_ends,
    has_orphan,
    has_widow,
    hyphens_in_a_row,
    is_runt,
)
from bindery.evenness.paragraphs import Paragraph
from bindery.evenness.spaces import LOOSE, TIGHT

MANY = 3
"""Hyphens in a row that are pointed at, whatever the limit is."""


def places_of(text: Sequence[Paragraph], first: int) -> dict[str, tuple[int, ...]]:
    """For each limit of `[quality]` that lines can be past: the pages, counted from the first."""
    rated = [(p.ratio, p) for each in text for p in each if p.ratio is not None]
    turned = [p for each in text for p in divided_at_page_ends(each) if not p.page.is_verso]
    found = {
        "loose_lines": [placed.page.number for ratio, placed in rated if ratio > LOOSE],
        "tight_lines": [placed.page.number for ratio, placed in rated if ratio < TIGHT],
        "hyphens_in_a_row": _ends(text, lambda each: hyphens_in_a_row(each) >= MANY),
        "hyphens_at_turns": [placed.page.number for placed in turned],
        "runts": _ends(text, is_runt),
        "widows": _ends(text, has_widow),
        "orphans": [each[0].page.number for each in text if has_orphan(each)],
    }
    return {
        key: tuple(sorted({number - first for number in numbers})) for key, numbers in found.items()
    }


def _ends(text: Sequence[Paragraph], is_meant: Callable[[Paragraph], bool]) -> list[int]:
    """The pages on which some paragraphs end."""
    return [each[-1].page.number for each in text if is_meant(each)]
