"""Footnotes: taken out of the text, numbered by chapter, each with the place that calls it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml.html import HtmlElement

from bindery.book import Note
from bindery.errata import Place, Query, Severity
from bindery.markup.source import INSIDE, Source
from bindery.markup.tree import in_code, inner, make, plain

DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.M)
CALL = re.compile(r"\[\^([^\]\s]+)\]")
LONGEST_NOTE = 2000
"""Characters; a longer note would not fit the foot of a page, and WeasyPrint cannot split it."""


def note_queries(tree: HtmlElement, source: Source) -> list[Query]:
    """Calls without a note, notes without a call, notes defined twice.

    What is a call and what is a note is seen in the tree: Python-Markdown has decided it.
    """
    called = {(link.get("href") or "").removeprefix("#fn:") for link in _calls(tree)}
    queries = _defined_twice(source)
    seen: Counter[str] = Counter()
    for name in _left_calls(tree):
        message = f"The footnote [^{name}] is called but never defined."
        hint = f"Add a line “[^{name}]: the note” at the end of the file."
        hint += f" Write \\[^{name}] if it calls none."
        place = source.nth(rf"(?<!\\)\[\^{re.escape(name)}\]", seen[name])
        queries.append(Query("undefined-note", message, hint, place))
        seen[name] += 1
    for item in (item for block in _blocks(tree) for item in block.iter("li")):
        name = (item.get("id") or "").removeprefix("fn:")
        if item.get("id") and name not in called:
            message = f"The footnote [^{name}] is never called, and so it is not printed."
            hint = f"Put [^{name}] where it belongs, or remove it."
            place = _definition(name, source)
            queries.append(Query("unused-note", message, hint, place, Severity.WARNING))
    return queries


def _defined_twice(source: Source) -> list[Query]:
    defined: dict[str, int] = {}
    queries = []
    for found in DEFINITION.finditer(source.prose):
        place = source.place(found.start())
        if found[1] in defined:
            first = source.place(defined[found[1]]).line
            message = f"The footnote [^{found[1]}] is defined twice (first in line {first})."
            queries.append(Query("duplicate-note", message, "Give one another name.", place))
        defined.setdefault(found[1], found.start())
    return queries


def _left_calls(tree: HtmlElement) -> Iterator[str]:
    """The names of the calls that are still text, since there is no such note."""
    for element in tree.iter():
        for holder, text in ((element, element.text), (element.getparent(), element.tail)):
            if text and "[^" in text and holder is not None and not in_code(holder):
                yield from (found[1] for found in CALL.finditer(text))


def _blocks(tree: HtmlElement) -> list[HtmlElement]:
    """The block that Python-Markdown puts all notes into, if there is one."""
    return [e for e in tree.iter("div") if e.get("class") == "footnote"]


def _definition(name: str, source: Source) -> Place:
    """The place where a note is written."""
    return source.nth(rf"^{INSIDE} {{0,3}}\[\^{re.escape(name)}\]:", 0)


def take_notes(
    tree: HtmlElement, source: Source, slug: str
) -> tuple[tuple[Note, ...], list[Query]]:
    """Take the notes out of the tree; the notes, and the queries about them."""
    blocks = _blocks(tree)
    if not blocks:
        return (), []
    block = blocks[0]
    items = _in_order(tree, block)
    numbers = {item.get("id", ""): n for n, item in enumerate(items, start=1)}
    calls = _number_calls(tree, numbers, slug)
    notes, queries = [], []
    for number, item in enumerate(items, start=1):
        name = item.get("id", "").removeprefix("fn:")
        place = _definition(name, source)
        queries += _tidy(item, name, place)
        texts = tuple(text for text in map(inner, item.iter("p")) if text)
        call = calls.get(number, f"{slug}--noteref-{number}")
        notes.append(Note(f"{slug}--note-{number}", number, texts, call, place))
    block.drop_tree()
    return tuple(notes), queries


def _in_order(tree: HtmlElement, block: HtmlElement) -> list[HtmlElement]:
    """The notes in the order of their first calls, those called only by notes last."""
    items = {item.get("id"): item for item in block.iter("li")}
    inside = set(block.iter("a"))
    calls = [link for link in _calls(tree) if link not in inside]
    ordered: dict[HtmlElement, None] = {}
    for call in calls:
        item = items.get((call.get("href") or "").lstrip("#"))
        if item is not None and item not in ordered:
            ordered[item] = None
            calls += _calls(item)
    return list(ordered)


def _calls(tree: HtmlElement) -> list[HtmlElement]:
    return [link for link in tree.iter("a") if link.get("class") == "footnote-ref"]


def _number_calls(tree: HtmlElement, numbers: dict[str, int], slug: str) -> dict[int, str]:
    """Make every call a plain numbered link; the id of the first call of each note."""
    first: dict[int, str] = {}
    seen: dict[int, int] = {}
    for link in _calls(tree):
        number = numbers.get((link.get("href") or "").lstrip("#"))
        mark = link.getparent()
        holder = mark.getparent() if mark is not None else None
        if number is None or mark is None or holder is None:
            continue
        seen[number] = seen.get(number, 0) + 1
        suffix = "" if seen[number] == 1 else f"-{seen[number]}"
        name = f"{slug}--noteref-{number}{suffix}"
        kind = "noteref" if seen[number] == 1 else "noteref again"
        attributes = {"class": kind, "href": f"#{slug}--note-{number}", "id": name}
        call = make("a", attributes, str(number))
        call.tail = mark.tail
        mark.tail = None
        holder.replace(mark, call)
        first.setdefault(number, name)
    return first


def _tidy(item: HtmlElement, name: str, place: Place) -> list[Query]:
    """Remove the back-links, and make every block of a note a paragraph."""
    for link in [a for a in item.iter("a") if a.get("class") == "footnote-backref"]:
        holder = link.getparent()
        link.drop_tree()
        if holder is not None and len(holder):
            holder[-1].tail = (holder[-1].tail or "").rstrip()
        elif holder is not None:
            holder.text = (holder.text or "").rstrip()
    queries = []
    others = [child for child in item if child.tag != "p"]
    if others:
        for leaf in [e for e in item.iter("li", "pre", "td", "th", "dt", "dd") if e is not item]:
            leaf.tag = "p"
        item[:] = list(item.iter("p"))
        message = f"The footnote [^{name}] holds a list, a table or code; it was set as paragraphs."
        hint = "Write the note as plain paragraphs."
        queries.append(Query("block-in-note", message, hint, place, Severity.WARNING))
    if any((link.get("class") or "").startswith("noteref") for link in item.iter("a")):
        message = f"The footnote [^{name}] calls another footnote, which no page could show."
        queries.append(Query("note-in-note", message, "Make them one footnote.", place))
    if len(plain(item)) > LONGEST_NOTE:
        message = f"The footnote [^{name}] is too long for the foot of a page."
        hint = f"Shorten it to {LONGEST_NOTE} characters, or move it into the text."
        queries.append(Query("long-note", message, hint, place))
    return queries
