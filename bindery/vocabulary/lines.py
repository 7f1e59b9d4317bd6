"""In which line of a TOML file each table and each of its keys stands; the file is read once."""

from __future__ import annotations

import re
from itertools import pairwise

HEAD = re.compile(r"\s*(\[\[?)\s*[\"']?([\w-]+)[\"']?\s*\]")


class Lines:
    """The lines of `index.toml`, with the tables that begin in them."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._heads: dict[str, list[int]] = {}
        ends: list[int] = []
        for number, line in enumerate(self._lines, start=1):
            if line.lstrip().startswith("[") and (head := HEAD.match(line)):
                self._heads.setdefault(head[2], []).append(number)
                ends.append(number)
        ends.append(len(self._lines) + 1)
        self._end = dict(pairwise(ends))

    def of_table(self, table: str, nth: int = 0) -> int | None:
        """The line where the nth table of a name begins, counted from 0; None when unknown."""
        heads = self._heads.get(table, [])
        return heads[nth] if nth < len(heads) else self.of_key(table)

    def of_key(self, key: str) -> int | None:
        """The line of a key that stands before all tables."""
        return self._search(key, 0, min(self._end, default=len(self._lines) + 1))

    def within(self, table: str, nth: int, key: str, value: object = None) -> int | None:
        """The line of a key in the nth table of a name, or of one of the values in its list."""
        head = self.of_table(table, nth)
        if head is None or head not in self._end:
            return head
        line = self._search(key, head, self._end[head])
        if line is None or not isinstance(value, str):
            return line or head
        later = range(line, self._end[head])
        return next((number for number in later if value in self._lines[number - 1]), line)

    def _search(self, key: str, after: int, before: int) -> int | None:
        named = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
        numbers = range(after + 1, before)
        return next((n for n in numbers if named.match(self._lines[n - 1])), None)
