"""Where an index mark lands: a `span` around the words that it points to.

A mark points forth to the word behind it; one that closes a discussion points back to the
word before it, so that both lie on the pages where the discussion begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from bindery.markup.punctuation import BLOCKS
from bindery.markup.tree import in_code, make

FORTH, BACK = "\ue001", "\ue004"
"""End the token of a mark that points to the word behind it, or to the word before it."""
MARK = f"\ue000\\d+[{FORTH}{BACK}]"
TOKEN = re.compile(f"\ue000(\\d+)[{FORTH}{BACK}]")
CLOSING = re.compile(f"\ue000(\\d+){BACK}")
JOINED = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
"""Signs that belong to the letter before them."""
WORD = rf"(?:[^\W_][{JOINED}]*)+(?:[’'.-](?:[^\W_][{JOINED}]*)+)*"
NEXT_WORD = re.compile(rf"(\s*)([\"'“‘«„(\[]*{WORD})", re.S)
ANY_WORD = re.compile(WORD)
OPAQUE = {"img", "code", "kbd", "pre", "samp"}
"""What has no words that a mark could hold."""
WORDLESS = {"br", "hr", "img", "code", "pre"}
Piece = tuple[HtmlElement, str]
"""An element, and which of its texts is meant: "text" or "tail"."""


def place_marks(tree: HtmlElement, slug: str, comments: list[str]) -> None:
    """Put a `span` with the mark's id around the word to which each token points.

    A token that turns out to stand in code becomes the comment again that it was.
    """
    for element in list(tree.iter()):
        _rescue(element)
        if element.text and in_code(element):
            element.text = TOKEN.sub(lambda t: comments[int(t[1]) - 1], element.text)
        if element.tail and in_code(element.getparent()):
            element.tail = TOKEN.sub(lambda t: comments[int(t[1]) - 1], element.tail)
    alone = [paragraph for paragraph in tree.iter("p") if _is_lone(paragraph)]
    for paragraph in alone:
        if _next_block(paragraph) is None:
            paragraph.text = (paragraph.text or "").replace(FORTH, BACK)
    _place_back(tree, slug)
    for paragraph in alone:
        _join_next(paragraph)
    _place_forth(tree, slug)


def _rescue(element: HtmlElement) -> None:
    """Take the tokens out of an element's attributes; a picture's come before and behind it."""
    for name, value in element.attrib.items():
        if "\ue000" not in value:
            continue
        element.set(name, TOKEN.sub("", value))
        previous, parent = element.getprevious(), element.getparent()
        if element.tag != "img" or parent is None or name not in ("alt", "title"):
            continue
        tokens = [token[0] for token in TOKEN.finditer(value)]
        forth = "".join(token for token in tokens if token.endswith(FORTH))
        back = "".join(token for token in tokens if token.endswith(BACK))
        if previous is not None:
            previous.tail = (previous.tail or "") + forth
        else:
            parent.text = (parent.text or "") + forth
        element.tail = back + (element.tail or "")


def _is_lone(paragraph: HtmlElement) -> bool:
    """Whether a paragraph holds nothing but marks."""
    tokens = (paragraph.text or "").strip()
    return bool(tokens) and not len(paragraph) and not TOKEN.sub("", tokens).strip()


def _next_block(paragraph: HtmlElement) -> HtmlElement | None:
    """The block to which marks alone in a paragraph belong; None when nothing follows it."""
    following = paragraph.getnext()
    while following is not None and (following.tag == "hr" or _is_lone(following)):
        following = following.getnext()
    if following is None or following.get("class") == "footnote":
        return None
    while len(following) and not (following.text or "").strip() and _begins(following[0]):
        following = following[0]
    return following


def _begins(child: HtmlElement) -> bool:
    """Whether what a block begins with is a block itself, or the code of a listing."""
    parent = child.getparent()
    in_listing = child.tag == "code" and parent is not None and parent.tag == "pre"
    return child.tag in BLOCKS or child.tag == "pre" or in_listing


def _join_next(paragraph: HtmlElement) -> None:
    """Move what is left of marks alone in a paragraph to the beginning of the next block."""
    tokens, following = (paragraph.text or "").strip(), _next_block(paragraph)
    if len(paragraph) or (tokens and following is None):
        return
    if tokens and following is not None:
        words = following.text or ""
        following.text = tokens + (words if in_code(following) else words.lstrip())
    paragraph.drop_tree()


def _place_back(tree: HtmlElement, slug: str) -> None:
    """Place every mark that points to the word before it."""
    waiting: list[Piece] = [
        (element, kind)
        for element in tree.iter()
        for kind in ("text", "tail")
        if CLOSING.search(getattr(element, kind) or "")
    ]
    while waiting:
        piece = waiting.pop()
        while tokens := list(CLOSING.finditer(getattr(piece[0], piece[1]) or "")):
            span = make("span", {"id": f"{slug}--ix-{tokens[-1][1]}", "class": "index-mark"})
            _hold_before(piece, tokens[-1], span)
            if span.getparent() is not None and CLOSING.search(span.tail or ""):
                waiting.append((span, "tail"))


def _hold_before(piece: Piece, token: re.Match[str], span: HtmlElement) -> None:
    """Let a span hold the last word before a token; where there is none, the token turns forth."""
    element, kind = piece
    text = token.string
    before, after = text[: token.start()], text[token.end() :]
    setattr(element, kind, before + after)
    if word := _last_word(before):
        _wrap(piece, *word, span)
        return
    for other, side in _backwards(element, kind):
        if side == "opaque":
            _put_behind(other, span)
            return
        if side == "whole":
            _embrace(other, span)
            return
        if word := _last_word(getattr(other, side) or ""):
            _wrap((other, side), *word, span)
            return
    setattr(element, kind, before + token[0].replace(BACK, FORTH) + after)


def _last_word(text: str) -> tuple[int, int] | None:
    """Where the last word of a text begins and ends; the numbers in tokens are no words."""
    end = len(text)
    for token in [*reversed(list(TOKEN.finditer(text))), None]:
        start = token.end() if token else 0
        words = list(ANY_WORD.finditer(text, start, end))
        if words:
            return words[-1].span()
        end = token.start() if token else 0
    return None


def _backwards(element: HtmlElement, kind: str) -> Iterator[Piece]:
    """What stands before a text, nearest first: texts, whole addresses, and opaque things.

    Notes are texts of their own: nothing outside of its note stands before what is in it.
    """
    while True:
        if kind == "tail":
            yield from _inside(element)
        previous, parent = element.getprevious(), element.getparent()
        if parent is None or (element.get("id") or "").startswith("fn:"):
            return
        element, kind = (previous, "tail") if previous is not None else (parent, "text")
        yield element, kind


def _inside(element: HtmlElement) -> Iterator[Piece]:
    """What an element holds, the last first."""
    if element.tag in OPAQUE:
        yield element, "opaque"
    elif element.tag == "a" and not len(element) and element.text == element.get("href"):
        yield element, "whole"
    elif not (element.get("id") or "").startswith("fnref") and element.get("class") != "footnote":
        for child in reversed(element):
            yield child, "tail"
            yield from _inside(child)
        yield element, "text"


def _wrap(piece: Piece, start: int, end: int, span: HtmlElement) -> None:
    """Put a span around a part of a text."""
    element, kind = piece
    text = getattr(element, kind) or ""
    setattr(element, kind, text[:start])
    span.text, span.tail = text[start:end], text[end:]
    parent = element.getparent()
    if kind == "text":
        element.insert(0, span)
    elif parent is not None:
        parent.insert(parent.index(element) + 1, span)


def _embrace(element: HtmlElement, span: HtmlElement) -> None:
    """Put a span around an element."""
    parent = element.getparent()
    if parent is not None:
        span.tail, element.tail = element.tail, None
        parent.replace(element, span)
        span.append(element)


def _put_behind(element: HtmlElement, span: HtmlElement) -> None:
    """Put an empty span behind a thing without words; in a listing, at the end of its last line."""
    if element.tag != "pre":
        parent = element.getparent()
        if parent is not None:
            span.tail, element.tail = element.tail, None
            parent.insert(parent.index(element) + 1, span)
        return
    while len(element) and element[-1].tag == "code" and not (element[-1].tail or "").strip():
        element = element[-1]
    last, kind = (element[-1], "tail") if len(element) else (element, "text")
    text = getattr(last, kind) or ""
    code = text.rstrip()
    setattr(last, kind, code)
    span.tail = text[len(code) :]
    element.append(span)


def _place_forth(tree: HtmlElement, slug: str) -> None:
    """Place every mark that points to the word behind it."""
    placed = []
    for element in list(tree.iter()):
        while element.text and TOKEN.search(element.text):
            placed.append(_place_in_text(element, slug))
    for element in list(tree.iter()):
        last, parent = element, element.getparent()
        while parent is not None and last.tail and TOKEN.search(last.tail):
            last = _place_in_tail(last, parent, slug)
            placed.append(last)
    mine = set(placed)
    for span in reversed([span for span in tree.iter("span") if span in mine]):
        if not len(span):
            _embrace_next(span)


def _place_in_text(element: HtmlElement, slug: str) -> HtmlElement:
    """Place the first mark of the text with which an element begins; the span that was made."""
    before, number, after = TOKEN.split(element.text or "", maxsplit=1)
    span = make("span", {"id": f"{slug}--ix-{number}", "class": "index-mark"})
    space = _fill(span, after)
    element.text = before + space
    element.insert(0, span)
    _embrace_next(span)
    return span


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
