"""Signs in a copy's text: where a link stands and where a passage begins, without an element.

An index has thousands of links, and each element in a line costs WeasyPrint more than the
whole line does.  So the copy carries signs (characters for private use, which no manuscript
may hold); `setting` takes them out, sets plain text, and puts the links in afterwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

LINK, SAYS, LINKED, PASSAGE, LAST = "\ue010", "\ue011", "\ue012", "\ue013", "\ue014"
"""A link begins with its target, says something, ends; a passage begins; the passage ends."""

SIGNS = re.compile(f"{LINK}[^{SAYS}]*{SAYS}|[{LINKED}{PASSAGE}{LAST}]")
TARGET = re.compile(f"{LINK}([^{SAYS}]*){SAYS}")
UNSEEN = re.compile("[\\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")
"""What is not drawn, or drawn as nothing but space; lines may break at it."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link, from one place of the seen text to another."""

    target: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a copy's text says without its signs; places count only what is seen."""

    seen: str
    """The text without spaces and other unseen characters."""
    links: tuple[Link, ...]
    passages: tuple[tuple[int, int], ...]
    """From where to where each passage reaches."""


def link(target: str, text: str) -> Markup:
    """Text that shall be a link to an id of the book."""
    return Markup(f"{LINK}{escape(target)}{SAYS}") + escape(text) + Markup(LINKED)


def has_signs(html: str) -> bool:
    """Whether there are any signs in a copy."""
    return LINK in html or PASSAGE in html


def without_signs(html: str) -> str:
    """A copy whose links are plain text."""
    return SIGNS.sub("", html)


def without_links(html: str) -> str:
    """A copy that is only to be measured."""
    return TARGET.sub("", html).replace(LINKED, "")


def with_elements(html: str) -> str:
    """A copy whose links are elements, as everybody else would write them."""
    marked = TARGET.sub(r'<a href="#\1">', html).replace(LINKED, "</a>")
    return SIGNS.sub("", marked)


def seen(text: str) -> str:
    """What is seen of a text."""
    return UNSEEN.sub("", text)


def read(text: str) -> Reading:
    """The seen text of a signed text, and where in it the signs stood."""
    pieces: list[str] = []
    links: list[Link] = []
    passages: list[tuple[int, int]] = []
    began = -1
    place = at = start = 0
    target = ""
    for sign in SIGNS.finditer(text):
        piece = seen(text[at : sign.start()])
        pieces.append(piece)
        place += len(piece)
        at = sign.end()
        if sign[0][0] == LINK:
            target, start = sign[0][1:-1], place
        elif sign[0] == LINKED:
            links.append(Link(target, start, place))
        else:
            passages += [(began, place)] if began >= 0 else []
            began = place if sign[0] == PASSAGE else -1
    passages += [(began, place + len(seen(text[at:])))] if began >= 0 else []
    pieces.append(seen(text[at:]))
    return Reading("".join(pieces), tuple(links), tuple(passages))
