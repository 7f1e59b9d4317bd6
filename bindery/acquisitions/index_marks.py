"""Other people's index marks become ours: `<!--ix: entry > sub-entry-->`.

Spans of pandoc and Quarto, commands of LaTeX and bookdown, comments of the Electric Book.
What they say of other entries (*see*, *see also*, what one is ordered by) belongs to the
vocabulary and is handed on as remarks; what is not understood stays as it was typed.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bindery.acquisitions.index_syntax import (
    ATTRIBUTES,
    Path,
    Wish,
    wish_of_command,
    wish_of_span,
    wishes_of_comment,
    written,
)
from bindery.acquisitions.links import CODE_LINE, Edit, edited, prose_of
from bindery.acquisitions.shelf import warning
from bindery.book import Extent
from bindery.errata import Place, Query
from bindery.markup.notes import DEFINITION
from bindery.markup.source import Source

COMMENT = re.compile(r"<!--\s*index:(?P<entries>(?:(?!<!--).)*?)-->", re.S)
COMMAND = re.compile(r"(?<!\\)\\index[ \t]*(?P<name>\[[^\[\]\n]*\])?\{")
LISTING = re.compile(r"^[ \t]*\\(?:makeindex|printindex)(?:\[[^\[\]\n]*\])?[ \t]*$", re.M)
"""Where LaTeX is told to print the index, which Bindery does by itself."""
CLOSED = re.compile(r"\](?=\{)")
LINK_END = re.compile(r"\]\([^()\n]*\)\Z")
END_OF_NOTE = re.compile(r"\n[ \t]*\n(?![ \t]*\n| {4}|\t)|\n(?=[ ]{0,3}\[\^)|\Z")
WORDS = re.compile(r"[\w\"'“‘(\[]|[*_]+\w")
"""The beginning of a line of running text."""
BLOCK_OF_WORDS = re.compile(rf"\s*?\n\s*(?={WORDS.pattern})(?!\d+[.)][ \t])")
BLANKS = re.compile(r"[ \t]*")
LONGEST_WORD = 200
LONGEST_SPAN = 2000
"""Characters; a bracket whose other half is farther away belongs to something else."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a mark says that belongs to no place in the text."""

    path: Path
    kind: str
    """The key of `index.toml`: "see", "see_also" or "sort"."""
    words: str
    """As its author wrote it."""
    place: Place


@dataclass(frozen=True, slots=True)
class _Found:
    """A wish, with the place that its mark takes in the text."""

    wish: Wish
    at: int
    """Where our mark is put."""
    origin: int
    """Where the foreign mark stands."""


def settle_index_marks(source: Source) -> tuple[str, tuple[Remark, ...], list[Query]]:
    """The text with our marks, what was said of other entries, and queries."""
    found: list[_Found] = []
    cuts: list[Edit] = []
    queries: list[Query] = []
    prose = prose_of(source)
    cuts += _spans(source, prose, found, queries)
    cuts += _comments(source, prose, found, queries)
    cuts += _commands(source, prose, found, queries, sorted(cuts))
    cuts += [(each.start(), each.end(), "") for each in LISTING.finditer(prose)]
    remarks = tuple(
        Remark(each.wish.path[:depth], kind, words, source.place(each.origin))
        for each in sorted(found, key=lambda each: each.origin)
        for depth, kind, words in _said(each.wish)
    )
    wanted: dict[int, dict[tuple[Extent, bool], list[Path]]] = {}
    for each in _with_whole_ranges(source, found, queries):
        if each.wish.extent is not None:
            kinds = wanted.setdefault(each.at, {})
            kinds.setdefault((each.wish.extent, each.wish.principal), []).append(each.wish.path)
    marks = {
        at: "".join(written(paths, *kind) for kind, paths in kinds.items())
        for at, kinds in wanted.items()
    }
    edits = [
        (start, end, fresh) if fresh else _without_gap(source.text, start, end)
        for start, end, words in cuts
        for fresh in [marks.pop(start, "") + words]
    ]
    edits += [(at, at, mark) for at, mark in marks.items()]
    return edited(source.text, edits), remarks, queries


def _said(wish: Wish) -> Iterator[tuple[int, str, str]]:
    """What a wish says of entries: how many levels of its path are meant, key, words."""
    for depth, (key, heading) in enumerate(zip(wish.sorts, wish.path, strict=False), start=1):
        if key and key != heading:
            yield depth, "sort", key
    for kind, words in (("see", wish.see), ("see_also", wish.see_also)):
        if words:
            yield len(wish.path), kind, words


def _with_whole_ranges(
    source: Source, found: list[_Found], queries: list[Query]
) -> Iterator[_Found]:
    """The marks in order, without halves of ranges; what only opens becomes a single place."""
    notes = [
        (note.start(), end.end() if (end := END_OF_NOTE.search(source.text, note.end())) else 0)
        for note in DEFINITION.finditer(source.prose)
    ]
    opened: dict[tuple[Path, int], _Found] = {}
    whole: set[_Found] = set()
    for each in sorted(found, key=lambda each: each.at):
        note = next((start for start, end in notes if start <= each.at < end), -1)
        key = (each.wish.path, note)
        if each.wish.extent is Extent.OPENS:
            opened.setdefault(key, each)
        elif each.wish.extent is Extent.CLOSES and key in opened:
            whole |= {opened.pop(key), each}
    for each in found:
        if each.wish.extent in (Extent.OPENS, Extent.CLOSES) and each not in whole:
            opens = each.wish.extent is Extent.OPENS
            half, became = ("opened", "a single place") if opens else ("closed", "nothing")
            name = " > ".join(each.wish.path)
            message = f"The range of “{name}” is only {half} in this file; it became {became}."
            hint = f"Write <!--ix(: {name}--> where it begins and <!--ix): {name}--> where it ends."
            queries.append(warning("index-range", message, hint, source.place(each.origin)))
            extent = Extent.POINT if opens else None
            each = replace(each, wish=replace(each.wish, extent=extent))  # noqa: PLW2901
        yield each


def _spans(source: Source, prose: str, found: list[_Found], queries: list[Query]) -> Iterator[Edit]:
    """The edits that take away what pandoc puts around an indexed term."""
    for close in CLOSED.finditer(prose):
        attributes = ATTRIBUTES.match(source.text, close.end())
        if not attributes or ".index" not in attributes["all"].split():
            continue
        if (start := _opening(prose, close.start())) is None:
            continue
        try:
            wish = wish_of_span(source.text[start + 1 : close.start()], attributes[0])
        except ValueError:
            queries.append(_not_understood(source, start, attributes.end()))
            continue
        at = close.start() if wish.extent is Extent.CLOSES else start
        found.append(_Found(wish, at, start))
        yield start, start + 1, ""
        yield close.start(), attributes.end(), _lines(attributes[0])


def _comments(
    source: Source, prose: str, found: list[_Found], queries: list[Query]
) -> Iterator[Edit]:
    """The edits that take away the comments of the Electric Book."""
    shown = re.sub(rf"{CODE_LINE}[^\n]*", lambda line: " " * len(line[0]), source.shown)
    for comment in COMMENT.finditer(shown):
        try:
            wishes = list(wishes_of_comment(comment["entries"]))
        except ValueError:
            queries.append(_not_understood(source, comment.start(), comment.end()))
            continue
        alone = not shown[: comment.start()].rpartition("\n")[2].strip(" \t>")
        block = BLOCK_OF_WORDS.match(prose, comment.end()) if alone else None
        for wish in wishes:
            at = comment.start()
            if block and wish.extent is Extent.CLOSES:  # There it means the whole next block.
                ended = re.compile(r"[ \t]*(?:\n[ \t]*\n|\n*\Z)").search(shown, block.end())
                at = ended.start() if ended else at
            found.append(_Found(wish, at, comment.start()))
        lines = _lines(comment[0])
        yield comment.start(), comment.end(), "\n" * lines.count("\n") if alone else lines


def _commands(
    source: Source, prose: str, found: list[_Found], queries: list[Query], cuts: list[Edit]
) -> Iterator[Edit]:
    """The edits that take away the commands of LaTeX, which stand behind the indexed term."""
    before = (-1, -1)
    for command in COMMAND.finditer(prose):
        end = _end_of_braces(prose, command.end())
        try:
            if end is None or command["name"]:
                raise ValueError(command[0])
            wish = wish_of_command(source.text[command.end() : end - 1])
        except ValueError:
            queries.append(_not_understood(source, command.start(), end or command.end()))
            continue
        at = before[1] if before[0] == command.start() else _anchor(prose, command.start())
        last = bisect(cuts, (at,)) - 1
        if last >= 0 and cuts[last][0] < at < cuts[last][1]:
            at = command.start()
        before = (end, at)
        closes = wish.extent is Extent.CLOSES
        found.append(_Found(wish, command.start() if closes else at, command.start()))
        yield command.start(), end, _lines(prose[command.start() : end])


def _anchor(prose: str, start: int) -> int:
    """Where the word, or the link, right before a command begins; else where the command does."""
    line = max(prose.rfind("\n", 0, start) + 1, start - LONGEST_WORD)
    text = prose[line:start]
    if not text or text[-1].isspace():
        return start
    bare = re.sub(r"(?:[.,;:!?*_\"'”’»]|\[\^[^\[\]\s]*\])*\Z", "", text)
    if link := LINK_END.search(bare):
        opening = _opening(prose, line + link.start())
        if opening is None:
            return start
        return opening - 1 if prose[opening - 1 : opening] == "!" else opening
    word = re.search(r"(?<![^\s|(\[*_\"'“‘«>])[*_\"'“‘«]*[^\s|<>()\[\]{}\"*_]+\)?\Z", bare)
    if not word or (text[: word.start()].rstrip().endswith(">") and "<" in text[: word.start()]):
        return start
    return line + word.start()


def _opening(prose: str, close: int) -> int | None:
    """The bracket that a closing one belongs to; None when there is none in the block."""
    depth = 0
    for at in range(close - 1, max(close - LONGEST_SPAN, 0) - 1, -1):
        sign = prose[at]
        if sign == "\n" and not prose[prose.rfind("\n", 0, at) + 1 : at].strip():
            return None
        if sign in "[]" and prose[at - 1 : at] != "\\":
            if sign == "[" and depth == 0:
                return at
            depth += 1 if sign == "]" else -1
    return None


def _end_of_braces(prose: str, start: int) -> int | None:
    """Where the braces end that are open before `start`; None when they do not in the block."""
    depth = 1
    for sign in re.compile(r"(?<!\\)[{}]|\n[ \t]*\n").finditer(prose, start, start + LONGEST_SPAN):
        if sign[0] not in "{}":
            return None
        depth += 1 if sign[0] == "{" else -1
        if depth == 0:
            return sign.end()
    return None


def _not_understood(source: Source, start: int, end: int) -> Query:
    shown = " ".join(source.text[start : min(end, start + 80)].split())
    message = f"The index mark {shown} was not understood and stays as it was typed."
    hint = "Write <!--ix: entry > sub-entry--> before the words that it means, and remove it."
    return warning("index-mark", message, hint, source.place(start))


def _lines(mark: str) -> str:
    """A comment with as many line feeds as a foreign mark, so that all lines keep their numbers."""
    count = mark.count("\n")
    return "\n".join(["<!--", *["."] * (count - 1), "-->"]) if count else ""


def _without_gap(text: str, start: int, end: int) -> Edit:
    """The edit that takes a mark away, and no more: no second space, no empty line, is left."""
    line = text.rfind("\n", 0, start) + 1
    if start > line and text[start - 1] not in " \t":
        return start, end, ""
    blanks = BLANKS.match(text, end)
    stop = blanks.end() if blanks else end
    if not text[line:start].strip() and text[stop : stop + 1] == "\n":
        above = text[text.rfind("\n", 0, max(line - 1, 0)) + 1 : max(line - 1, 0)]
        below = text[stop + 1 :].partition("\n")[0]
        if WORDS.match(above) and below.strip():
            return line - 1, stop, _lines("\n")
    return start, stop, ""
