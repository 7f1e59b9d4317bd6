"""Index marks: `<!--ix: entry > sub-entry-->` before the words that they point to.

A mark is an HTML comment, so that no preview of the Markdown shows it.  Before Python-
Markdown reads the text, each mark becomes a short token of private-use characters, since a
comment at the beginning of a paragraph would be taken for a block of HTML.  Afterwards the
token becomes a `span` around the next word, on which the links of the index land.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml.html import HtmlElement

from bindery.book import Mark
from bindery.errata import Query, Severity
from bindery.markup.dialect import hide_brackets
from bindery.markup.punctuation import BLOCKS
from bindery.markup.source import Source
from bindery.markup.tree import in_code, make

COMMENT = re.compile(r"<!--\s*ix\s*:\s*(?P<entries>.*?)\s*-->", re.S)
TOKEN = re.compile("\ue000(\\d+)\ue001")
LONE = re.compile("(?:(?<=\n\n)|^)((?:\ue000\\d+\ue001[ \t]*)+)\n(?=[^\n])")
"""Marks on a line of their own that begins a block: Markdown must see the block without them."""
NEXT_WORD = re.compile(r"(\s*)([\"'“‘«„(\[]*[^\W_]+(?:[’'.-][^\W_]+)*)", re.S)
WORDLESS = {"br", "hr", "img", "code", "pre"}


def take_marks(source: Source, slug: str) -> tuple[str, tuple[Mark, ...], list[str], list[Query]]:
    """The text with tokens for marks, the marks, the comments as written, queries."""
    marks: list[Mark] = []
    comments: list[str] = []
    queries: list[Query] = []

    def token(found: re.Match[str]) -> str:
        if source.shown[found.start()] != "<":
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

    marked = LONE.sub(r"\1\n\n", COMMENT.sub(token, hide_brackets(source)))
    return marked, tuple(marks), comments, queries


def place_marks(tree: HtmlElement, slug: str, comments: list[str]) -> None:
    """Put a `span` with the mark's id around the word after each token.

    A token that turns out to stand in code becomes the comment again that it was.
    """
    for element in list(tree.iter()):
        for name, value in element.attrib.items():
            if "\ue000" in value:
                element.set(name, TOKEN.sub("", value))
        if element.text and in_code(element):
            element.text = TOKEN.sub(lambda t: comments[int(t[1]) - 1], element.text)
        if element.tail and in_code(element.getparent()):
            element.tail = TOKEN.sub(lambda t: comments[int(t[1]) - 1], element.tail)
    for paragraph in list(tree.iter("p")):
        _join_next(paragraph)
    for element in list(tree.iter()):
        while element.text and TOKEN.search(element.text):
            _place_in_text(element, slug)
    for element in list(tree.iter()):
        last, parent = element, element.getparent()
        while parent is not None and last.tail and TOKEN.search(last.tail):
            last = _place_in_tail(last, parent, slug)
    for span in reversed([e for e in tree.iter("span") if e.get("class") == "index-mark"]):
        if not len(span):
            _embrace_next(span)


def settle_marks(
    tree: HtmlElement, marks: tuple[Mark, ...], slug: str
) -> tuple[tuple[Mark, ...], list[Query]]:
    """The marks that a link can land on, and a query for every other one.

    A mark in the title points to the beginning of the chapter, for titles leave the tree.
    """
    placed = {span.get("id") for span in tree.iter("span")}
    titled = {span.get("id") for title in tree.iter("h1") for span in title.iter("span")}
    hint = "Put it before the words of a paragraph, a heading, a list item, a cell or a note."
    message = "An index mark cannot stand here and was left out."
    lost = dict.fromkeys(mark.place for mark in marks if mark.id not in placed)
    kept = [
        replace(mark, id=slug) if mark.id in titled else mark for mark in marks if mark.id in placed
    ]
    queries = [Query("lost-mark", message, hint, place, Severity.WARNING) for place in lost]
    return tuple(kept), queries


def _join_next(paragraph: HtmlElement) -> None:
    """Move marks that stand alone in a paragraph to the beginning of the next block."""
    tokens = (paragraph.text or "").strip()
    following = paragraph.getnext()
    while following is not None and following.tag == "hr":
        following = following.getnext()
    if len(paragraph) or not tokens or TOKEN.sub("", tokens).strip():
        return
    if following is None or following.get("class") == "footnote":
        return
    while len(following) and following[0].tag in BLOCKS and not (following.text or "").strip():
        following = following[0]
    following.text = tokens + (following.text or "").lstrip()
    paragraph.drop_tree()


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
    if following is None or following.tag in WORDLESS or following.tag in BLOCKS:
        return
    if (following.get("id") or "").startswith("fnref"):
        return
    span.tail, tail = following.tail, span.tail
    following.tail = None
    span.append(following)
    if tail:
        previous = span.getprevious()
        holder, name = (previous, "tail") if previous is not None else (span.getparent(), "text")
        if holder is not None:
            setattr(holder, name, (getattr(holder, name) or "") + tail)
