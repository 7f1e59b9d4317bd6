"""Index marks: `<!--ix: entry > sub-entry-->` before the words that they point to.

A mark is an HTML comment, so that no preview of the Markdown shows it.  Before Python-
Markdown reads the text, each mark becomes a short token of private-use characters, since a
comment at the beginning of a paragraph would be taken for a block of HTML.  Afterwards the
token becomes a `span` around the next word, on which the links of the index land.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from bindery.book import Mark
from bindery.errata import Query
from bindery.markup.source import Source
from bindery.markup.tree import make

COMMENT = re.compile(r"<!--\s*ix\s*:\s*(?P<entries>.*?)\s*-->", re.S)
TOKEN = re.compile("\ue000(\\d+)\ue001")
NEXT_WORD = re.compile(r"(\s*)([^\W_]+(?:[’'.-][^\W_]+)*)", re.S)
WORDLESS = {"br", "hr", "img", "code", "pre"}


def take_marks(source: Source, slug: str) -> tuple[str, tuple[Mark, ...], list[str], list[Query]]:
    """The text with tokens for marks, the marks, the comments as written, queries."""
    marks: list[Mark] = []
    comments: list[str] = []
    queries: list[Query] = []

    def token(found: re.Match[str]) -> str:
        if source.prose[found.start()] != "<":
            return found[0]
        place = source.place(found.start())
        entries = [_entry(words) for words in found["entries"].split(";")]
        if not all(entries):
            message = "An index mark names no entry."
            hint = "Write <!--ix: entry--> or <!--ix: entry > sub-entry--> before the words."
            queries.append(Query("empty-mark", message, hint, place))
        name = f"{slug}--ix-{len(comments) + 1}"
        marks.extend(Mark(name, entry, place) for entry in entries if entry)
        comments.append(found[0])
        return f"\ue000{len(comments)}\ue001"

    return COMMENT.sub(token, source.text), tuple(marks), comments, queries


def place_marks(tree: HtmlElement, slug: str, comments: list[str]) -> None:
    """Put a `span` with the mark's id around the word after each token.

    A token that turns out to stand in code becomes the comment again that it was.
    """
    for element in list(tree.iter()):
        for name, value in element.attrib.items():
            if "\ue000" in value:
                element.set(name, TOKEN.sub("", value))
        in_code = any(e.tag in ("code", "pre") for e in (element, *element.iterancestors()))
        if in_code and element.text:
            element.text = TOKEN.sub(lambda t: comments[int(t[1]) - 1], element.text)
    for element in list(tree.iter()):
        while element.text and TOKEN.search(element.text):
            _place_in_text(element, slug)
    for element in list(tree.iter()):
        parent = element.getparent()
        while parent is not None and element.tail and TOKEN.search(element.tail):
            element = _place_in_tail(element, parent, slug)


def _entry(words: str) -> tuple[str, ...]:
    return tuple(" ".join(level.split()) for level in words.split(">") if level.strip())


def _place_in_text(element: HtmlElement, slug: str) -> None:
    """Place the first mark of the text with which an element begins."""
    before, number, after = TOKEN.split(element.text or "", maxsplit=1)
    span = make("span", {"id": f"{slug}--ix-{number}", "class": "index-mark"})
    space = _fill(span, after)
    element.text = before + space
    element.insert(0, span)
    _embrace_next(span)


def _place_in_tail(element: HtmlElement, parent: HtmlElement, slug: str) -> HtmlElement:
    """Place the first mark of the text after an element; the span that was made."""
    before, number, after = TOKEN.split(element.tail or "", maxsplit=1)
    span = make("span", {"id": f"{slug}--ix-{number}", "class": "index-mark"})
    space = _fill(span, after)
    element.tail = before + space
    parent.insert(parent.index(element) + 1, span)
    _embrace_next(span)
    return span


def _fill(span: HtmlElement, after: str) -> str:
    """Move the next word from the text after a mark into its span; the space before it."""
    marks_between = TOKEN.match(after)
    word = None if marks_between else NEXT_WORD.match(after)
    if word is None:
        span.tail = after
        return ""
    span.text = word[2]
    span.tail = after[word.end() :]
    return word[1]


def _embrace_next(span: HtmlElement) -> None:
    """Let an empty span hold the element right after it, such as an emphasised word."""
    if span.text or (span.tail or "").strip():
        return
    following = span.getnext()
    if following is None or following.tag in WORDLESS or "noteref" in (following.get("class") or ""):
        return
    span.tail, tail = following.tail, span.tail
    following.tail = None
    span.append(following)
    if tail:
        previous = span.getprevious()
        holder, name = (previous, "tail") if previous is not None else (span.getparent(), "text")
        if holder is not None:
            setattr(holder, name, (getattr(holder, name) or "") + tail)
