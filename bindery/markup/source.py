"""The text of one sheet, and where in it things stand.

Python-Markdown does not say from which line an element came.  Mistakes are therefore
looked up in the source again: by their offset where a pattern found them, else by the
words that the author typed.  What is code and what is prose is told as Python-Markdown
tells it: fences by its own pattern, before anything else; then code by its indentation,
comments and pieces between backticks, whichever begins first.
"""

from __future__ import annotations

import re
from collections import Counter

from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.extensions.fenced_code import FencedBlockPreprocessor

from bindery.errata import Place

FENCE = FencedBlockPreprocessor.FENCED_BLOCK_RE
INSIDE = r"(?:[ ]{4}|\t|[ ]{0,3}>[ ]?|[ ]{0,3}(?:[-*+]|\d+\.)[ ]+)*+"
"""What stands before a heading in a quotation or a list."""
SPAN = re.compile(
    rf"""(?P<comment><!--.*?-->)
      | (?<![`\\])(?P<ticks>`+)(?!`)
        (?:(?!\n(?:[ \t]*>)*[ \t]*\n|\n{INSIDE}\#).)+?(?<!`)(?P=ticks)(?!`)""",
    re.S | re.X,
)
"""A comment, or code between backticks, which neither goes over an empty line nor a heading."""
BLOCK = re.compile(r" {0,3}((?:[-*+:]|\d+\.)[ \t]|\[\^[^\]\s]+\]:)")
"""The beginning of a list item, definition or note: what is indented below belongs to it."""
HEADING = re.compile(
    rf"^{INSIDE}(?:(?P<hashes>#{{1,6}})(?=[^#\n])|(?=\S[^\n]*\n{INSIDE}(?P<line>=|-)+[ ]*$))", re.M
)


class Source:
    """A sheet's text, and the same text with some of it blanked out.

    `blocks` is without blocks of code, `shown` without any code, `prose` without comments too.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        rest = _without_indented_code(_without_fences(text))
        self.blocks = rest
        self.shown = SPAN.sub(lambda found: found[0] if found["comment"] else _blank(found), rest)
        self.prose = SPAN.sub(_blank, rest)
        self._asked: Counter[str] = Counter()

    def place(self, offset: int) -> Place:
        """The place of a character of the text."""
        return Place(self.path, self.text.count("\n", 0, offset) + 1)

    def whole(self) -> Place:
        """The sheet as such."""
        return Place(self.path)

    def line(self, place: Place) -> str:
        """What stands in the line of a place; nothing when it has none."""
        return self.text.split("\n")[place.line - 1] if place.line else ""

    def nth(self, pattern: str, nth: int, count: int = 0) -> Place:
        """The place of a pattern's nth occurrence, from 0.

        The whole sheet when it has not so many, or (given a count) more or fewer than that.
        """
        found = [self.place(match.start()) for match in re.finditer(pattern, self.prose, re.M)]
        return found[nth] if nth < len(found) == (count or len(found)) else self.whole()

    def heading(self, tag: str, nth: int, count: int, words: str = "") -> Place:
        """The place of the nth heading of a level such as h2, from 0, of `count` in all.

        Where it cannot be told by counting, it is the one line that has the heading's words.
        """
        found = []
        for match in HEADING.finditer(self.prose):
            level = len(match["hashes"]) if match["hashes"] else "=-".index(match["line"]) + 1
            found += [self.place(match.start())] if tag == f"h{level}" else []
        if nth < len(found) == count:
            return found[nth]
        same = [place for place in found if _letters(words) in _letters(self.line(place))]
        return same[0] if len(same) == 1 and _letters(words) else self.whole()

    def naming(self, name: str, nth: int) -> Place:
        """The place where an id is given for the nth time, from 0."""
        word = re.escape(name)
        return self.nth(rf"\{{[^{{}}\n]*#{word}(?=[\s}}])|\bid\s*=\s*[\"']?{word}(?=[\s\"'>])", nth)

    def address(self, address: str) -> Place:
        """The place of an address: each time that it is asked, of its next occurrence."""
        pattern = rf"(?:\(<?|<|[\"'=]|\]:\s*<?){re.escape(address)}(?=[\s)>\"']|$)"
        for nth in range(self._asked[address], -1, -1):
            place = self.nth(pattern, nth)
            if place.line:
                break
        self._asked[address] += 1
        return place


def _without_fences(text: str) -> str:
    """The text with fenced code blanked out, as Python-Markdown finds it."""
    at = 0
    while found := FENCE.search(text, at):
        if found["attrs"] and get_attrs_and_remainder(found["attrs"])[1]:
            at = found.end("attrs")  # What it cannot read between the braces makes it no fence.
            continue
        text = text[: found.start()] + _blank(found) + text[found.end() :]
        at = found.end()
    return text


def _without_indented_code(text: str) -> str:
    """The text with its indented blocks of code blanked out."""
    lines, belongs, after_blank = [], False, True
    for line in text.split("\n"):
        indented = line.startswith(("    ", "\t"))
        if line.strip() and not indented:
            belongs = bool(BLOCK.match(line)) or (belongs and not after_blank)
        is_code = indented and not belongs and after_blank
        lines.append(" " * len(line) if is_code else line)
        after_blank = is_code or not line.strip()
    return "\n".join(lines)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)
