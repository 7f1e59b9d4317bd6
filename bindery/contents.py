"""Draw up the contents: chapters with their sections, by id; pages come later, by edition."""

from __future__ import annotations

from bindery.book import Chapter, ContentsLine, Heading, Part

UNLISTED = {"dedication"}
"""Roles of chapters that no contents page names."""


def draw_up(chapters: tuple[Chapter, ...]) -> tuple[ContentsLine, ...]:
    """One line for every chapter, with the lines of its sections below it."""
    return tuple(_line(chapter) for chapter in chapters if chapter.role not in UNLISTED)


def _line(chapter: Chapter) -> ContentsLine:
    return ContentsLine(
        id=chapter.slug,
        title=chapter.title,
        subtitle=chapter.subtitle,
        summary=chapter.summary,
        number=chapter.number,
        part=chapter.part,
        lines=_sections(chapter.headings, chapter.part),
    )


def _sections(headings: tuple[Heading, ...], part: Part) -> tuple[ContentsLine, ...]:
    """Headings as a tree: each with those of a deeper level that follow it."""
    lines = []
    rest = headings
    while rest:
        first = rest[0]
        below = 1
        while below < len(rest) and rest[below].level > first.level:
            below += 1
        inside = _sections(rest[1:below], part)
        lines.append(ContentsLine(first.id, first.title, "", "", 0, part, inside))
        rest = rest[below:]
    return tuple(lines)
