"""Words in Arabic script inside of other text: marked with language and direction.

Without the mark a reading system would pronounce them as English, and their typeface,
which is taller than the text's, would push the lines apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from bindery.markup.tree import make

ARABIC_LANGUAGES = {"ar", "ckb", "fa", "ps", "sd", "ug", "ur"}
LETTERS = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
RUN = re.compile(rf"[{LETTERS}](?:[{LETTERS}\s\u200c\u200d]*[{LETTERS}])?")


def mark_scripts(tree: HtmlElement, language: str) -> None:
    """Put a `span` with language and direction around every run of Arabic script."""
    if language.split("-", maxsplit=1)[0] in ARABIC_LANGUAGES:
        return
    for element, kind in list(_texts(tree)):
        text = getattr(element, kind)
        pieces, last = [], 0
        for run in RUN.finditer(text):
            pieces.append((text[last : run.start()], run[0]))
            last = run.end()
        if not pieces:
            continue
        holder, at = (element, 0) if kind == "text" else _behind(element)
        setattr(element, kind, pieces[0][0])
        ends = [before for before, _ in pieces[1:]] + [text[last:]]
        for (_, words), tail in zip(pieces, ends, strict=True):
            span = make("span", {"class": "arabic-script", "dir": "rtl", "lang": "ar"}, words)
            span.tail = tail
            holder.insert(at, span)
            at += 1


def _texts(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    for element in tree.iter():
        if RUN.search(element.text or "") and _may_be_marked(element):
            yield element, "text"
        if RUN.search(element.tail or ""):
            parent = element.getparent()
            if parent is not None and _may_be_marked(parent):
                yield element, "tail"


def _may_be_marked(element: HtmlElement) -> bool:
    """Whether the text of an element is neither code nor marked with a language already."""
    around = (element, *element.iterancestors())
    return not any(e.get("lang") or e.tag in ("code", "pre") for e in around)


def _behind(element: HtmlElement) -> tuple[HtmlElement, int]:
    for parent in element.iterancestors():
        return parent, parent.index(element) + 1
    raise ValueError("the tree itself has nothing behind it")
