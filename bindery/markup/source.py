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
SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)


class Source:
    """A sheet's text; `prose` is the same text with all code blanked out."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.prose = SPAN.sub(_blank, FENCE.sub(_blank, text))
        self._asked: Counter[str] = Counter()

    def place(self, offset: int) -> Place:
        """The place of a character of the text."""
        return Place(self.path, self.text.count("\n", 0, offset) + 1)

    def whole(self) -> Place:
        """The sheet as such."""
        return Place(self.path)

    def find(self, words: str, anywhere: bool = False) -> Place:
        """The place of some words: each time that it is asked, of their next occurrence.

        With `anywhere`, code is searched as well.  The whole sheet when nothing is found.
        """
        hay = self.text if anywhere else self.prose
        at = -1
        for _ in range(self._asked[words] + 1):
            following = hay.find(words, at + 1)
            if following < 0:
                break
            at = following
        self._asked[words] += 1
        return self.place(at) if at >= 0 else self.whole()


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
