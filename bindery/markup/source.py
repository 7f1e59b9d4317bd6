"""The text of one sheet, and where in it things stand.

Python-Markdown does not say from which line an element came.  Mistakes are therefore
looked up in the source again: by their offset where a pattern found them, else by the
words that the author typed.
"""

from __future__ import annotations

import re
from collections import Counter

from bindery.errata import Place

FENCE = re.compile(r"^(?P<fence> {0,3}(`{3,}|~{3,})).*?(^\s*\2[`~]*\s*$|\Z)", re.M | re.S)
SPAN = re.compile(r"(?<!`)(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.S)
BLOCK = re.compile(r" {0,3}((?:[-*+:]|\d+\.)[ \t]|\[\^[^\]\s]+\]:)")
"""The beginning of a list item, definition or note: what is indented below belongs to it."""
HEADING = re.compile(r"^(?:(#{1,6})(?=[^#\n])|(?=\S[^\n]*\n(=|-)+[ ]*$))", re.M)


class Source:
    """A sheet's text; `prose` is the same text with all code blanked out."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.prose = SPAN.sub(_blank, _without_indented_code(FENCE.sub(_blank, text)))
        self._asked: Counter[str] = Counter()

    def place(self, offset: int) -> Place:
        """The place of a character of the text."""
        return Place(self.path, self.text.count("\n", 0, offset) + 1)

    def whole(self) -> Place:
        """The sheet as such."""
        return Place(self.path)

    def nth(self, pattern: str, nth: int, count: int = 0) -> Place:
        """The place of a pattern's nth occurrence, from 0.

        The whole sheet when it has not so many, or (given a count) more or fewer than that.
        """
        found = [self.place(match.start()) for match in re.finditer(pattern, self.prose, re.M)]
        return found[nth] if nth < len(found) == (count or len(found)) else self.whole()

    def heading(self, tag: str, nth: int, count: int) -> Place:
        """The place of the nth heading of a level such as h2, from 0, of `count` in all."""
        found = []
        for match in HEADING.finditer(self.prose):
            level = len(match[1]) if match[1] else "=-".index(match[2]) + 1
            found += [self.place(match.start())] if tag == f"h{level}" else []
        return found[nth] if nth < len(found) == count else self.whole()

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
