"""Measure how long a vocabulary takes to be read, looked for in the essays, and gathered.

    python -m benchmarks.concordance                        5,000 entries over 200 essays
    python -m benchmarks.concordance --entries 500 --essays 50

It is measured again with twice as many words and with twice as many entries: the cost should
grow with words + entries, and not with their product.  Reading Markdown is not counted.  The
entries are one to three words in a row out of the essays, some with wildcards, always the same.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.manuscripts import COMMON, Chance, write
from bindery import concordance, indexing, manuscript
from bindery.book import Chapter
from bindery.markup import mark_up
from bindery.vocabulary import FILE
from bindery.vocabulary.patterns import forms_of
from bindery.vocabulary.reading import read_vocabulary

WORD = re.compile(r"[a-z]+")
THEMES = 7
RUNS = 3
"""The fastest of so many is printed."""


@dataclass(frozen=True)
class Measured:
    """Seconds of the processor for each step of one run."""

    read: float
    draw_up: float
    mark: float
    gather: float
    hits: int

    @property
    def seconds(self) -> float:
        """All steps together."""
        return self.read + self.draw_up + self.mark + self.gather


def main() -> None:
    """Print a line for the size that was asked for, for twice the words, for twice the entries."""
    parser = argparse.ArgumentParser(description="Measure how fast an index is gathered.")
    parser.add_argument("--entries", type=int, default=5000)
    parser.add_argument("--essays", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        chapters = _chapters(write(Path(folder), asked.essays * 2))
        print("entries |   words |   hits |  read | draw up |  mark | gather |   all | ratio")
        first = None
        for entries, essays in ((1, 1), (1, 2), (2, 1)):
            some = chapters[: asked.essays * essays]
            number = asked.entries * entries
            (Path(folder) / FILE).write_text("\n".join(_toml(chapters, number)), encoding="utf-8")
            best = min((_measured(Path(folder), some) for _ in range(RUNS)), key=_seconds)
            first = first or best.seconds
            print(
                f"{number:7,} | {sum(map(_words, some)):7,} | {best.hits:6,} | {best.read:5.2f} |"
                f" {best.draw_up:7.2f} | {best.mark:5.2f} | {best.gather:6.2f} |"
                f" {best.seconds:5.2f} | {best.seconds / first:5.2f}"
            )


def _seconds(measured: Measured) -> float:
    return measured.seconds


def _chapters(folder: Path) -> list[Chapter]:
    """The essays, marked up, without the marks of their authors."""
    found, _ = manuscript.gather(folder)
    print(f"Marking {len(found.sheets)} essays up …", file=sys.stderr)
    return [mark_up(sheet, found.metadata.language)[0] for sheet in found.sheets]


def _measured(folder: Path, chapters: list[Chapter]) -> Measured:
    forms_of.cache_clear()
    started = time.process_time()
    vocabulary, queries = read_vocabulary(folder)
    if queries:
        raise ValueError(queries[0])
    read = time.process_time()
    drawn_up = concordance.draw_up(vocabulary)
    drawn = time.process_time()
    marked = tuple(concordance.mark(chapter, drawn_up)[0] for chapter in chapters)
    done = time.process_time()
    indexing.gather(marked, vocabulary, "en-GB")
    gathered = time.process_time()
    hits = sum(mark.found for chapter in marked for mark in chapter.marks)
    return Measured(read - started, drawn - read, done - drawn, gathered - done, hits)


def _words(chapter: Chapter) -> int:
    return len(WORD.findall(re.sub(r"<[^>]+>", "", chapter.xhtml.lower())))


def _toml(chapters: list[Chapter], entries: int) -> Iterator[str]:
    """An `index.toml` with so many entries."""
    texts = [WORD.findall(re.sub(r"<[^>]+>", "", c.xhtml.lower())) for c in chapters]
    for theme in range(THEMES):
        yield f'[[theme]]\nid = "theme-{theme}"\ntitle = "Theme {theme}"\n'
    for number in range(entries):
        yield _entry(number, texts)


def _entry(number: int, texts: list[list[str]]) -> str:
    """An entry whose pattern begins with a word that is none of the commonest."""
    chance = Chance(number + 1)
    words = texts[chance.below(len(texts))]
    place = chance.below(len(words) - 3)
    while words[place] in COMMON:
        place = (place + 1) % (len(words) - 3)
    length = 1 if number % 25 == 0 else 2 + chance.below(2)
    pattern = " ".join(words[place : place + length])
    if number % 20 == 1 and len(words[place + length - 1]) > 3:
        pattern = f"{pattern[:-1]}*"
    elif number % 3 == 0:
        pattern += "(s)"
    heading = f"entry {number - number % 4}" + (f" > part {number}" if number % 4 else "")
    lines = [f'[[entry]]\nterm = "{heading}"\ntheme = "theme-{number % THEMES}"']
    lines.append(f'match = ["{pattern}", "quite another [word|phrase] {number}"]')
    if number % 10 == 0:
        lines.append(f'not = ["{words[place]} and"]\nsee_also = "entry 4"')
    return "\n".join(lines)


if __name__ == "__main__":
    main()
