"""The YAML between two lines of hyphens that may begin an essay."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

import yaml

from bindery.book import Reference
from bindery.errata import Place, Query, Severity, nearest
from bindery.manuscript import UNPRINTABLE
from bindery.metadata import language_tag

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
    themes: tuple[Reference, ...] = ()
    """Ids of the themes under which the whole essay stands, each with its line."""


KNOWN = {field.name for field in fields(FrontMatter)}


def split_front_matter(text: str, path: str) -> tuple[FrontMatter, str, list[Query]]:
    """The front matter, the text with it blanked out so that lines keep their numbers, queries."""
    fenced = FENCED.match(text)
    if not fenced:
        return FrontMatter(), text, []
    rest = "\n" * fenced[0].count("\n") + text[fenced.end() :]
    hint = "Write one key: value a line; put a value with a colon in it between quotes."
    try:
        node = yaml.compose(fenced["yaml"], Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as mistake:
        mark = getattr(mistake, "problem_mark", None)
        what = getattr(mistake, "problem", None) or "it cannot be read"
        place = Place(path, mark.line + 2 if mark else 1)
        message = f"The front matter is no YAML: {what}."
        return FrontMatter(), rest, [Query("bad-front-matter", message, hint, place)]
    if node is None:
        return FrontMatter(), rest, []
    if not isinstance(node, yaml.MappingNode) or not all(
        isinstance(key, yaml.ScalarNode) for key, _ in node.value
    ):
        message = "The front matter has no keys."
        query = Query("bad-front-matter", message, hint, Place(path, 2))
        return FrontMatter(), rest, [query]
    known, queries = _checked(node, path)
    return FrontMatter(**known), rest, queries


def _checked(node: yaml.MappingNode, path: str) -> tuple[dict[str, Any], list[Query]]:
    known: dict[str, Any] = {}
    queries = []
    seen: set[str] = set()
    for key_node, value_node in node.value:
        key, place = key_node.value, Place(path, key_node.start_mark.line + 2)
        if key in seen:
            message = f"The front matter has the key “{key}” twice."
            queries.append(Query("duplicate-key", message, "Remove one of them.", place))
        elif key not in KNOWN:
            near = nearest(key, KNOWN)
            message = f"The front matter's key “{key}” is not known and was left alone."
            hint = f"Did you mean “{near}”?" if near else f"Known: {', '.join(sorted(KNOWN))}."
            queries.append(Query("unknown-key", message, hint, place, Severity.WARNING))
        else:
            try:
                known[key] = (
                    _themes(value_node, path) if key == "themes" else _value(key, value_node)
                )
            except ValueError as mistake:
                message = f"The front matter's “{key}” is not right: {mistake}."
                queries.append(Query("bad-value", message, "Correct the value.", place))
        seen.add(key)
    return known, queries


def _value(key: str, node: yaml.Node) -> str | tuple[str, ...]:
    """A value as its author typed it, so that “No” and “1.10” stay; ValueError when it is bad."""
    if key == "author" and isinstance(node, yaml.SequenceNode):
        return tuple(name for item in node.value for name in _value(key, item))
    if not isinstance(node, yaml.ScalarNode):
        raise ValueError("it must be one line of text")
    if UNPRINTABLE.search(node.value.replace("\n", " ")):
        raise ValueError("it holds a character that cannot be printed")
    text = "" if node.tag.endswith(":null") else " ".join(node.value.split())
    if key == "author":
        return (text,) if text else ()
    return language_tag(text) if key == "language" and text else text


def _themes(node: yaml.Node, path: str) -> tuple[Reference, ...]:
    """The themes in a list, or the only one, each once; ValueError when it is neither."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    found: dict[str, Reference] = {}
    for item in items:
        if not isinstance(item, yaml.ScalarNode):
            raise ValueError("it must be the id of a theme, or a list of ids")
        name = str(_value("themes", item))
        if "," in name:
            raise ValueError(f"write several themes as a list: [{name}]")
        if name:
            found.setdefault(name, Reference(name, Place(path, item.start_mark.line + 2)))
    return tuple(found.values())
