"""The YAML between two lines of hyphens that may begin an essay."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

import yaml

from bindery.errata import Place, Query, Severity, nearest

FENCED = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(---|\.\.\.)[ \t]*$\n?", re.M | re.S)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What an essay says of itself; every field is empty unless the author gives it."""

    title: str = ""
    subtitle: str = ""
    author: tuple[str, ...] = ()
    running: str = ""
    """Short title for the running head."""
    summary: str = ""
    """One sentence for the contents."""
    role: str = ""
    """What kind of chapter it is, such as preface or colophon."""
    language: str = ""
    """Language tag, when it is not the book's."""


KNOWN = {field.name for field in fields(FrontMatter)}


def split_front_matter(text: str, path: str) -> tuple[FrontMatter, str, list[Query]]:
    """The front matter, the text with it blanked out (so that lines keep their numbers), queries."""
    fenced = FENCED.match(text)
    if not fenced:
        return FrontMatter(), text, []
    rest = "\n" * fenced[0].count("\n") + text[fenced.end() :]
    hint = "Write one key: value a line; put a value with a colon in it between quotes."
    try:
        node = yaml.compose(fenced["yaml"], Loader=yaml.SafeLoader)
        raw = yaml.safe_load(fenced["yaml"])
    except yaml.YAMLError as mistake:
        mark = getattr(mistake, "problem_mark", None)
        what = getattr(mistake, "problem", None) or "it cannot be read"
        place = Place(path, mark.line + 2 if mark else 1)
        message = f"The front matter is no YAML: {what}."
        return FrontMatter(), rest, [Query("bad-front-matter", message, hint, place)]
    if raw is None:
        return FrontMatter(), rest, []
    if not isinstance(node, yaml.MappingNode):
        message = "The front matter has no keys."
        query = Query("bad-front-matter", message, hint, Place(path, 2))
        return FrontMatter(), rest, [query]
    lines = {str(key.value): key.start_mark.line + 2 for key, _ in node.value}
    known, queries = _checked(raw, lines, path)
    return FrontMatter(**known), rest, queries


def _checked(
    raw: dict[Any, Any], lines: dict[str, int], path: str
) -> tuple[dict[str, Any], list[Query]]:
    known: dict[str, Any] = {}
    queries = []
    for key, value in raw.items():
        place = Place(path, lines.get(str(key)))
        if key not in KNOWN:
            near = nearest(str(key), KNOWN)
            message = f"The front matter's key “{key}” is not known and was left alone."
            hint = f"Did you mean “{near}”?" if near else f"Known: {', '.join(sorted(KNOWN))}."
            queries.append(Query("unknown-key", message, hint, place, Severity.WARNING))
        elif key == "author":
            names = value if isinstance(value, list) else [value]
            known["author"] = tuple(str(name).strip() for name in names if name)
        elif isinstance(value, list | dict):
            message = f"The front matter's “{key}” must be one line of text."
            hint = f"Write {key}: and then the words."
            queries.append(Query("bad-value", message, hint, place))
        elif value is not None:
            known[key] = " ".join(str(value).split())
    return known, queries
