"""Typewriter punctuation into a printer's: quotation marks, apostrophes, dashes, ellipses.

It works on the text of a whole paragraph at once, across emphasis and links, since what a
quotation mark becomes depends on the characters on both sides of it.  Code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

CODE = {"code", "kbd", "pre", "samp", "var"}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "caption", "dd", "div", "dl", "dt"),
    *("figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "section"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
OPAQUE = "\ufffc"
"""Stands for a piece of code: a word as far as its neighbours are concerned."""

ENGLISH = ("“", "”", "‘", "’")
QUOTES = {
    "ar": ("«", "»", "“", "”"),
    "fa": ("«", "»", "‹", "›"),
    "de": ("„", "“", "‚", "‘"),
    "cs": ("„", "“", "‚", "‘"),
    "es": ("«", "»", "“", "”"),
    "fr": ("«\u00a0", "\u00a0»", "“", "”"),
    "it": ("«", "»", "“", "”"),
    "pl": ("„", "”", "«", "»"),
    "ru": ("«", "»", "„", "“"),
    "sv": ("”", "”", "’", "’"),
}
"""Opening and closing double, then single marks, by language; English for all others."""

CLIPPED = (
    "tis|twas|twere|twill|twould|til|till|em|cause|bout|round|tain|tween|neath|gainst|nother|n"
)
"""English words whose first letters are cut off: they begin with an apostrophe."""

APOSTROPHE = "’"
SIGN = re.compile(
    r"""(?P<escaped>\\["'])
      | (?P<dash>(?<!<!)(?<!-)-{2,3}(?![->]))
      | (?P<dots>(?<!\.)\.{3,4}(?!\.))
      | (?P<feet>(?<=\d)'\ ?\d+(?:\.\d+)?"|(?<=\d)'(?=\d))
      | (?P<quote>["'])""",
    re.X,
)
BEFORE_OPENING = re.compile(r"[\s(\[{<–—\-/‘“„‚«\u00a0]|^$")
DASHES = ("-", "–", "—")
YEARS = re.compile(r"'\d\d(s|\b)")
CLIPPED_WORD = re.compile(rf"'({CLIPPED})\b", re.I)


def improve(tree: HtmlElement, language: str) -> None:
    """Set the punctuation of every paragraph, heading, cell and list item in the tree."""
    marks = quotes_of(language)
    for block in tree.iter():
        if isinstance(block.tag, str) and block.tag in BLOCKS:
            _improve_block(list(_segments(block)), marks)


def improved(text: str, language: str) -> str:
    """A plain text with its punctuation set."""
    marks = quotes_of(language)
    pieces, last = [], 0
    for start, end, sign in replacements(text, marks):
        pieces += [text[last:start], sign]
        last = end
    return "".join([*pieces, text[last:]])


def quotes_of(language: str) -> tuple[str, ...]:
    """Opening and closing double, then single quotation marks of a language."""
    return QUOTES.get(language.split("-", maxsplit=1)[0].lower(), ENGLISH)


def replacements(text: str, marks: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """What to put in place of the characters from start to end, from left to right."""
    quotes = _Quotes(text, marks)
    for found in SIGN.finditer(text):
        if found["escaped"]:
            sign = found[0][1]
        elif found["dash"]:
            sign = "—" if len(found[0]) == 3 else "–"
        elif found["dots"]:
            sign = "…" if len(found[0]) == 3 else ".…"
        elif found["feet"]:
            sign = found[0].replace("'", "′").replace('"', "″")
        else:
            sign = quotes.at(found.start())
        yield found.start(), found.end(), sign


class _Quotes:
    """What the straight quotation marks of a text become, asked from left to right."""

    def __init__(self, text: str, marks: tuple[str, ...]) -> None:
        self.text = text
        self.marks = marks
        self.inside: list[str] = []
        """The marks that are open."""
        self.opened = -1
        """Where the last one was opened."""

    def at(self, place: int) -> str:
        """What the mark at a place becomes."""
        text, sign = self.text, self.text[place]
        before, after = text[:place][-1:], text[place + 1 : place + 2]
        pair = self.marks[:2] if sign == '"' else self.marks[2:]
        if sign == "'" and before.isalnum() and after.isalnum():
            return APOSTROPHE
        clipped = YEARS.match(text, place) or CLIPPED_WORD.match(text, place)
        if clipped and not before.isalnum():
            return APOSTROPHE
        if self._opens(place, before, after):
            self.inside.append(sign)
            self.opened = place
            return pair[0]
        if sign in self.inside:
            while self.inside.pop() != sign:
                pass
            return pair[1]
        if before.isdecimal() and sign == '"':
            return "″"
        return APOSTROPHE if sign == "'" else pair[1]

    def _opens(self, place: int, before: str, after: str) -> bool:
        """Whether the mark opens a quotation, by the characters on both sides of it."""
        sign = self.text[place]
        if not after.strip():
            return False
        if before in ('"', "'"):
            return self.opened == place - 1 and (before != sign or after.isalnum())
        if before in DASHES and sign in self.inside:
            return after.isalnum()
        if BEFORE_OPENING.match(before):
            return True
        new = sign == '"' and sign not in self.inside and not before.isalnum()
        return new and before != OPAQUE and after.isalnum()


def _segments(block: HtmlElement) -> Iterator[tuple[HtmlElement, str, str]]:
    """The pieces of text that flow in a block: their element, "text" or "tail", the text."""
    yield block, "text", block.text or ""
    for child in block:
        if not isinstance(child.tag, str) or child.tag in CODE or _is_address(child):
            yield child, "opaque", OPAQUE
        elif (child.get("id") or "").startswith("fnref"):
            yield child, "opaque", ""
        elif child.tag in BLOCKS or child.tag in ("br", "hr"):
            yield child, "opaque", "\n"
        else:
            yield from _segments(child)
        yield child, "tail", child.tail or ""


def _is_address(element: HtmlElement) -> bool:
    """Whether an element is a link that shows nothing but its own address."""
    return element.tag == "a" and not len(element) and element.text == element.get("href")


def _improve_block(segments: list[tuple[HtmlElement, str, str]], marks: tuple[str, ...]) -> None:
    signs = list(replacements("".join(text for _, _, text in segments), marks))
    offset = 0
    for element, kind, text in segments:
        end = offset + len(text)
        if kind != "opaque" and text:
            mine = [s for s in signs if offset <= s[0] and s[1] <= end]
            fresh, last = [], 0
            for start, stop, sign in mine:
                fresh += [text[last : start - offset], sign]
                last = stop - offset
            setattr(element, kind, "".join([*fresh, text[last:]]))
        offset = end
