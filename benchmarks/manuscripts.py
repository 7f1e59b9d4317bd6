"""Manuscripts to measure with: any number of essays of 500 words, always the same ones.

The words are made up of syllables with a linear congruential generator, so that no library's
idea of chance can change them.  Each essay has two sections, three notes, some emphasis, a
link to another essay, a table in every fourth, and about fifteen index marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

SYLLABLES = """
al an ar ber cal can cor dan del der en er fel gan hel in kal lan len lor man mar men nar
nel or par ran rel ren sal san ser sol tan tar tel ter tor val van ver vor wen
""".split()  # noqa: SIM905 (easier to read)
COMMON = """
the of and to in that it is was for on are with as at be this have from or by one had not
but what all were when we there can an your which their if will each about how up out them
""".split()  # noqa: SIM905
TERMS = 200
"""Entries of the index in the whole book."""
WORDS = 500
"""Words in an essay."""


class Chance:
    """A stream of numbers that is the same everywhere (Park and Miller's minimal standard)."""

    def __init__(self, seed: int) -> None:
        self._state = seed * 7919 % 2147483647 or 1

    def below(self, most: int) -> int:
        """The next number, from 0 to most - 1."""
        self._state = self._state * 48271 % 2147483647
        return self._state % most

    def of(self, things: list[str]) -> str:
        """One of some things."""
        return things[self.below(len(things))]


def write(folder: Path, essays: int) -> Path:
    """A book folder with so many essays."""
    (folder / "essays").mkdir(parents=True, exist_ok=True)
    title = f'title = "A Book of {essays} Essays"\nlanguage = "en-GB"\n'
    (folder / "book.toml").write_text(title, encoding="utf-8")
    vocabulary = [_word(Chance(number + 1), 3) for number in range(1200)]
    for number in range(1, essays + 1):
        text = "\n".join(_essay(number, essays, vocabulary)) + "\n"
        (folder / "essays" / f"essay-{number:04}.md").write_text(text, encoding="utf-8")
    return folder


def _essay(number: int, essays: int, vocabulary: list[str]) -> Iterator[str]:
    chance = Chance(number)
    name = " ".join(chance.of(vocabulary).capitalize() for _ in range(3))
    yield f"# {name}: {chance.of(vocabulary).capitalize()} and {chance.of(vocabulary)}\n"
    notes = 0
    for paragraph in range(8):
        if paragraph in (3, 6):
            yield f"## {chance.of(vocabulary).capitalize()} {chance.of(vocabulary)}\n"
        words = [_running(chance, vocabulary) for _ in range(WORDS // 8)]
        for _ in range(2):
            place = chance.below(len(words))
            words[place] = f"<!--ix: {_term(chance)}-->{words[place]}"
        if paragraph in (1, 4, 7):
            notes += 1
            words[-1] += f".[^{notes}]"
        if paragraph == 5:
            other = chance.below(essays) + 1
            words[10] = f"[see essay {other}](essay-{other:04}.md)"
        yield " ".join(words) + "\n"
    if number % 4 == 0:
        yield "| Kind | Count |\n|---|---:|\n| One | 12 |\n| Other | 7 |\n\nTable: Kinds.\n"
    for note in range(1, notes + 1):
        words = " ".join(_running(chance, vocabulary) for _ in range(14))
        yield f"[^{note}]: {words.capitalize()}."


def _running(chance: Chance, vocabulary: list[str]) -> str:
    word = chance.of(COMMON) if chance.below(100) < 55 else chance.of(vocabulary)
    kind = chance.below(60)
    if kind == 0:
        return f"*{word}*"
    return word + "," if kind in (1, 2) else f"{word}. And" if kind in (3, 4) else word


def _term(chance: Chance) -> str:
    number = chance.below(TERMS)
    head = _word(Chance(number + 5000), 2)
    return f"{head} > {_word(Chance(number + 9000), 2)}" if number % 3 == 0 else head


def _word(chance: Chance, most: int) -> str:
    return "".join(chance.of(SYLLABLES) for _ in range(2 + chance.below(most - 1)))
