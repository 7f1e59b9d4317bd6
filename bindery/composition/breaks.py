"""The places of a paragraph at which a line may end.

A line may end at a space, after a hyphen or dash that stands in a word, after a stroke in an
address, and in a word where its language divides it.  It does not end before a mark that
belongs to what is before it, such as the French “ ?”, even where there is a plain space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from bindery.composition.hyphenation import divisions
from bindery.composition.paragraphs import HYPHEN, SOFT_HYPHEN, WHOLE, Paragraph

WORD = re.compile("[^ ]+")
LETTERS = re.compile(r"[^\W\d_]+")
INSIDE = re.compile(rf"(?<=\w)[-–—{HYPHEN}](?=[\w{WHOLE}“‘«])|—(?=\w)|(?<=[\w/])/(?=\w)|…(?=\w)")
"""After these a line may end, inside of what stands between spaces."""
ADDRESS = re.compile(r"://|\w@\w|www\.|\w\.\w+/|/\w+\.\w")
"""In what looks like an address no hyphen is added: it would be taken for a part of it."""
IN_ADDRESS = re.compile(r"(?<=\w)/(?=\w)|(?<=//)(?=\w)|(?<=\w)(?=[.?=&_~%#@+]\w)")
"""Its parts: after a stroke, before other signs (Chicago Manual of Style, 14.18)."""
CLINGS = re.compile(r"[;:!?»…)\]}%°]+\W*$")
"""What stays with what is before it, even after a space."""
OPENS = re.compile(r"[(\[{¿¡]$")
EDGE = ".,;:!?“”‘’«»()[]…"


class Kind(IntEnum):
    """What a line ends with."""

    SPACE = 0
    HYPHEN = 1
    DASH = 2
    """A hyphen, dash or stroke that is in the text."""
    POOR = 3
    """A hyphen in a name, or in a word that is divided already."""
    END = 9


HYPHENS = (Kind.HYPHEN, Kind.POOR)


@dataclass(slots=True)
class Breaks:
    """All breaks of a paragraph, one a place; the first is its beginning, the last its end.

    Widths are distances along the paragraph set as a single line, so that a line from break a
    to break b is `ends[b] - starts[a]` wide.
    """

    kinds: list[Kind] = field(default_factory=list)
    until: list[int] = field(default_factory=list)
    """Where in the text a line that ends here ends."""
    since: list[int] = field(default_factory=list)
    """Where in the text the line after it begins."""
    ends: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    spaces: list[int] = field(default_factory=list)
    """Spaces up to the end of a line."""
    passed: list[int] = field(default_factory=list)
    """Spaces up to the start of the next."""
    left: list[float] = field(default_factory=list)
    """How far the next line stands out to the left."""
    right: list[float] = field(default_factory=list)
    """How far this line stands out to the right."""
    first: list[str] = field(default_factory=list)
    """The word that the next line begins with, bare of points; empty for a part of one."""
    last: list[str] = field(default_factory=list)

    def add(
        self,
        kind: Kind,
        places: tuple[int, int],
        widths: tuple[float, float],
        spaces: tuple[int, int],
        hangs: tuple[float, float],
        words: tuple[str, str],
    ) -> None:
        """Add a break; each pair is for the line that ends here and the one that begins."""
        self.kinds.append(kind)
        self.until.append(places[0])
        self.since.append(places[1])
        self.ends.append(widths[0])
        self.starts.append(widths[1])
        self.spaces.append(spaces[0])
        self.passed.append(spaces[1])
        self.right.append(hangs[0])
        self.left.append(hangs[1])
        self.last.append(words[0])
        self.first.append(words[1])


def breaks(paragraph: Paragraph) -> Breaks:
    """All breaks of a paragraph."""
    text = paragraph.text
    words = [found.span() for found in WORD.finditer(text)]
    bare = [text[a:b].strip(EDGE + WHOLE).lower() for a, b in words]
    table = Breaks()
    begins = words[0][0]
    hang = _hang(paragraph, begins, 0)
    table.add(Kind.SPACE, (0, begins), (0, 0), (0, 0), (0, hang), ("", bare[0]))
    x = 0.0
    for number, (start, end) in enumerate(words):
        width = paragraph.width(start, end)
        for kind, place in _inside(paragraph, start, end):
            mark = HYPHEN if kind in HYPHENS else ""
            until = place - 1 if text[place - 1] == SOFT_HYPHEN else place
            head, tail = paragraph.width(start, until, mark), paragraph.width(place, end)
            right = _hang_of(paragraph, until - 1, mark) if mark else _hang(paragraph, place - 1, 1)
            left = 0.0 if mark else _hang(paragraph, place, 0)
            widths = (x + head, x + width - tail)
            table.add(kind, (until, place), widths, (number, number), (right, left), ("", ""))
        x += width
        if number == len(words) - 1:
            table.add(Kind.END, (end, end), (x, x), (number, number), (0, 0), (bare[number], ""))
            break
        after = words[number + 1][0]
        gap = paragraph.piece_at(end).type.width(" ")
        if not _clings(text, (start, end), words[number + 1]):
            hangs = (_hang(paragraph, end - 1, 1), _hang(paragraph, after, 0))
            spaces = (number, number + 1)
            ends = (bare[number], bare[number + 1])
            table.add(Kind.SPACE, (end, after), (x, x + gap), spaces, hangs, ends)
        x += gap
    return table


def _clings(text: str, word: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether two words stay together although there is a plain space between them."""
    one, other = text[slice(*word)], text[slice(*after)]
    return bool(CLINGS.match(other) or OPENS.search(one)) or one == "«" or other == "»"


def _inside(paragraph: Paragraph, start: int, end: int) -> Iterator[tuple[Kind, int]]:
    """Where a word may be divided, in order: the kind, and the place of what goes over."""
    text = paragraph.text
    found: dict[int, Kind] = {}
    is_address = ADDRESS.search(text, start, end) is not None
    for mark in (IN_ADDRESS if is_address else INSIDE).finditer(text, start, end):
        if start < mark.end() < end:
            found[mark.end()] = Kind.DASH
    if SOFT_HYPHEN in text[start:end]:
        for place in range(start + 1, end - 1):
            if text[place] == SOFT_HYPHEN:
                found[place + 1] = Kind.HYPHEN
    elif not is_address:
        has_dash = bool(found)
        for letters in LETTERS.finditer(text, start, end):
            a, b = letters.span()
            type_ = paragraph.piece_at(a).type
            is_name = letters[0][0].isupper() and not type_.language.startswith("de")
            is_poor = has_dash or (is_name and not _begins_sentence(text, a))
            kind = Kind.POOR if is_poor else Kind.HYPHEN
            for after in divisions(letters[0], type_.language, type_.limits) if b > a else ():
                found[a + after] = kind
    for place in sorted(found):
        yield found[place], place


def _begins_sentence(text: str, place: int) -> bool:
    before = text[max(0, place - 3) : place].rstrip(" “‘«(")
    return not before or before[-1] in ".!?"


def _hang(paragraph: Paragraph, place: int, side: int) -> float:
    """How far the character at a place stands out: to the left (0) or to the right (1)."""
    piece = paragraph.piece_at(place)
    if piece.whole is not None or not paragraph.rules.protrusion:
        return 0.0
    return piece.type.hangs(paragraph.text[place])[side] * paragraph.rules.protrusion


def _hang_of(paragraph: Paragraph, place: int, mark: str) -> float:
    """How far a hyphen stands out that is added after a place."""
    type_ = paragraph.piece_at(place).type
    return type_.hangs(mark)[1] * paragraph.rules.protrusion
