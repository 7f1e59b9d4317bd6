"""Headings: one title, at the top of their tree, and no line that only looks like one."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bindery.acquisitions.links import Edit, edited, prose_of
from bindery.acquisitions.shelf import warning
from bindery.errata import Query
from bindery.markup.source import Source

HASHES = re.compile(
    r"^(?P<lead>(?:[ \t]*(?:>|(?:[-*+]|\d+[.)])(?=[ \t])))*[ \t]*)"
    r"(?P<marks>#{1,6})(?P<words>(?!#)[^\n]*)$",
    re.M,
)
TITLE = re.compile(
    r"^(?P<lead>(?: {0,3}>[ ]?)*)(?P<words>(?!#)[^\n]*\S[^\n]*)\n(?P<line>(?P=lead)=+[ ]*)$", re.M
)
UNDERLINED = re.compile(
    r"(?:(?<=\n\n)|(?<=\n>\n)|\A\n*)"
    r"(?P<lead>(?: {0,3}>[ ]?)*)(?P<words>(?![#>]|[-*_=]+\s*\n)[^\n]*\S[^\n]*)\n"
    r"(?P=lead)-+[ ]*$",
    re.M,
)
IN_HTML = re.compile(r"<h(?P<level>[1-6])\b[^<>]*>(?P<words>.*?)</h(?P=level)\s*>", re.I | re.S)
MARKUP = re.compile(
    r"<!--.*?-->|\]\([^)]*\)|\]\[[^\]]*\]|!?\[\^[^\]]*\]|\{[:#.][^}]*\}|<[^>]*>|[*_`\[\]\\]"
)


@dataclass(frozen=True, slots=True)
class _Head:
    start: int
    end: int
    lead: str
    """Marks of a quotation or list in which it stands."""
    level: int
    words: str
    is_html: bool = False

    def demoted(self) -> str:
        level = min(self.level + 1, 6)
        if self.is_html:
            return re.sub(r"(?i)(</?h)[1-6]", rf"\g<1>{level}", self.words)
        return f"{self.lead}{'#' * level} {self.words}"


@dataclass(frozen=True, slots=True)
class Headed:
    """A text whose headings are settled."""

    text: str
    title: str
    """Plain words of the title; empty when there is none."""
    heading: str
    """Markdown of the title, to be put before the text; empty when the text has it."""


def settle_headings(source: Source, title: str, otherwise: str) -> tuple[Headed, list[Query]]:
    """The text with one title, and queries.

    The author's first heading of the first level is the title, unless a `title` is given that
    says something else.  A text without both is called `otherwise`.
    """
    source = Source(source.path, edited(source.text, list(_unambiguous(source))))
    heads = sorted(_heads(source), key=lambda head: head.start)
    firsts = [head for head in heads if head.level == 1]
    own = next((head for head in firsts if not head.lead), None)
    if own and title and not _alike(words_of(own.words), words_of(title)):
        own = None
    others = [head for head in firsts if head is not own]
    heading = "" if own else title or otherwise
    text, queries = source.text, []
    if others:
        edits = [(h.start, h.end, _same_lines(h, text)) for h in heads if h is not own]
        text = edited(text, edits)
        message = "There is more than one title here, so all headings but the first went one level"
        message += f" deeper, from “{words_of(others[0].words)}” on."
        hint = "See whether the sections stand as they should."
        queries.append(warning("demoted", message, hint, source.place(others[0].start)))
    return Headed(text, words_of(own.words if own else heading), heading), queries


def words_of(markdown: str) -> str:
    """The words of a heading, without its markup."""
    return " ".join(html.unescape(MARKUP.sub("", markdown)).split())


def _unambiguous(source: Source) -> Iterator[Edit]:
    """Edits after which Python-Markdown sees the headings that other readers see."""
    prose = prose_of(source)
    for found in TITLE.finditer(prose):
        yield found.end("lead"), found.end("lead"), "# "
        yield found.start("line"), found.end("line"), found["lead"].rstrip()
    for found in HASHES.finditer(prose):
        words, marks = found["words"], found.start("marks")
        if words[:1] in (" ", "\t") and re.search(r"\|[^\n]*\n\Z", prose[: found.start()]):
            yield found.start(), found.start(), "\n"  # Else it would be a row of the table.
        if not words.strip(" \t#"):
            yield marks, found.end(), ""
        elif words[0] not in " \t" and len(found["marks"]) == 1:
            if found["lead"] or prose[: found.start()].strip():
                yield marks, marks, "\\"
        elif found["lead"] and not found["lead"].strip() and len(found["lead"]) < 4:
            yield found.start(), marks, ""


def _heads(source: Source) -> Iterator[_Head]:
    prose = prose_of(source)
    for found in HASHES.finditer(prose):
        raw = source.text[found.start("words") : found.end("words")]
        words = re.sub(r"\s#+\s*$", "", raw).strip()
        yield _Head(found.start(), found.end(), found["lead"], len(found["marks"]), words)
    for found in UNDERLINED.finditer(prose):
        words = source.text[found.start("words") : found.end("words")].strip()
        yield _Head(found.start("lead"), found.end(), found["lead"], 2, words)
    for found in IN_HTML.finditer(prose):
        words = source.text[found.start() : found.end()]
        yield _Head(found.start(), found.end(), "", int(found["level"]), words, is_html=True)


def _same_lines(head: _Head, text: str) -> str:
    demoted = head.demoted()
    missing = text.count("\n", head.start, head.end) - demoted.count("\n")
    return demoted + f"\n{head.lead}".rstrip(" ") * missing


def _alike(one: str, other: str) -> bool:
    """Whether two titles are the same, but for a subtitle that only one has."""
    first, second = (re.sub(r"\W+", "", words.casefold()) for words in (one, other))
    return bool(first and second) and (first.startswith(second) or second.startswith(first))
