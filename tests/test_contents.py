"""The contents: chapters with their sections."""

from __future__ import annotations

from pathlib import Path

from bindery.book import ContentsLine, Part
from tests.specimen import edited, write_book

ESSAY = """---
summary: What it is.
---
# One: *Two*

## A

### A1

#### A1a

## B[^1]

[^1]: Note.
"""


def section(name: str, title: str, *lines: ContentsLine) -> ContentsLine:
    return ContentsLine(f"a--{name}", title, "", "", 0, Part.BODY, lines)


def test_chapters_with_their_sections(tmp_path: Path) -> None:
    write_book(tmp_path, {"essays/a.md": ESSAY, "front/preface.md": "# Preface"})
    deepest = section("a1", "A1", section("a1a", "A1a"))
    lines = (section("a", "A", deepest), section("b", "B"))
    assert edited(tmp_path).contents == (
        ContentsLine("preface", "Preface", "", "", 0, Part.FRONT),
        ContentsLine("a", "One", "<em>Two</em>", "What it is.", 1, Part.BODY, lines),
    )


def test_essays_are_numbered_and_others_are_not(tmp_path: Path) -> None:
    names = ["front/a.md", "essays/b.md", "essays/c.md", "back/d.md"]
    write_book(tmp_path, dict.fromkeys(names, "# T"))
    assert [line.number for line in edited(tmp_path).contents] == [0, 1, 2, 0]


def test_a_dedication_is_not_listed(tmp_path: Path) -> None:
    write_book(tmp_path, {"front/dedication.md": "# For you", "essays/a.md": "# A"})
    assert [line.id for line in edited(tmp_path).contents] == ["a"]


def test_a_skipped_level_loses_no_line(tmp_path: Path) -> None:
    write_book(tmp_path, {"essays/a.md": "# T\n\n### A\n\n## B\n\n#### C\n\n### D"})
    below = (section("c", "C"), section("d", "D"))
    lines = edited(tmp_path).contents[0].lines
    assert lines == (section("a", "A"), section("b", "B", *below))
