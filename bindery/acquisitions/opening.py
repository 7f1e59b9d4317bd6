"""The front matter of other presses: YAML between hyphens, TOML between plus signs.

What Bindery has a use for is kept, the rest is named in one warning.  What only looks like
front matter is a rule between paragraphs, and is made to look like one.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

import yaml

from bindery.acquisitions.particulars import names_in, one_line, read_language
from bindery.acquisitions.shelf import warning
from bindery.errata import Query
from bindery.markup.front_matter import FENCED
from bindery.markup.source import Source

TOML = re.compile(r"\A\+\+\+[ \t]*\n(?P<toml>.*?)^\+\+\+[ \t]*$\n?", re.M | re.S)
LINE = re.compile(r"^(?P<key>[A-Za-z][\w -]*?)[ \t]*[:=][ \t]*(?P<value>.*)$")
USED = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "authors": "author",
    "summary": "summary",
    "description": "summary",
    "language": "language",
    "lang": "language",
}
"""Keys that are kept, with the names that Bindery has for them."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What an essay says of itself; empty unless it does."""

    title: str = ""
    subtitle: str = ""
    author: tuple[str, ...] = ()
    summary: str = ""
    language: str = ""

    def written(self) -> str:
        """The front matter for Bindery; empty when there is nothing to say."""
        keys = {name: getattr(self, name) for name in dict.fromkeys(USED.values())}
        filled = {k: list(v) if isinstance(v, tuple) else v for k, v in keys.items() if v}
        if not filled:
            return ""
        lines = yaml.safe_dump(filled, allow_unicode=True, sort_keys=False, width=10_000)
        return f"---\n{lines}---\n\n"


def take_opening(source: Source) -> tuple[Opening, str, list[Query]]:
    """The front matter, the text with it blanked out, and queries."""
    found = TOML.match(source.text) or FENCED.match(source.text)
    if not found:
        return Opening(), source.text, []
    inner = found[1]
    raw, broken = _read(inner, is_toml=found[0].startswith("+"))
    if raw is None:
        return Opening(), "***" + source.text[3:], []
    queries = []
    place = source.place(0)
    if broken:
        message = "The front matter is broken; it was read line by line."
        hint = "See whether title and author are right."
        queries.append(warning("bad-front-matter", message, hint, place))
    used = {USED[key.casefold()]: key for key in reversed(raw) if key.casefold() in USED}
    language, found_queries = read_language(raw.get(used.get("language", "")), place)
    opening = Opening(
        title=one_line(raw.get(used.get("title", ""))),
        subtitle=one_line(raw.get(used.get("subtitle", ""))),
        author=names_in(raw.get(used.get("author", ""))),
        summary=one_line(raw.get(used.get("summary", ""))),
        language=language,
    )
    if unused := [key for key in raw if key.casefold() not in USED]:
        message = f"The front matter's {', '.join(unused)} were left out."
        hint = f"Bindery has a use for {', '.join(dict.fromkeys(USED.values()))}."
        queries.append(warning("front-matter-left-out", message, hint, place))
    blank = "\n" * found[0].count("\n")
    return opening, blank + source.text[found.end() :], [*queries, *found_queries]


def _read(text: str, is_toml: bool) -> tuple[dict[str, Any] | None, bool]:
    """The keys and values (None when these are no keys and values), and whether it is broken."""
    if not text.strip():
        return {}, False
    try:
        # Texts alone: a date that no calendar has is no reason to give up the rest.
        yaml_texts = yaml.BaseLoader
        raw = tomllib.loads(text) if is_toml else yaml.load(text, Loader=yaml_texts)  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError):
        return _line_by_line(text), True
    if not isinstance(raw, dict):
        return None, False
    return {str(key): value for key, value in raw.items()}, False


def _line_by_line(text: str) -> dict[str, Any] | None:
    """What can be read of broken front matter; None when most of it has no keys."""
    lines = [line for line in text.split("\n") if line.strip() and line[0] not in " \t-#[]"]
    found = [match for line in lines if (match := LINE.match(line))]
    if not found or 2 * len(found) < len(lines):
        return None
    return {match["key"]: match["value"].strip().strip("\"'") for match in found}
