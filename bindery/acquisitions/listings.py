"""Listings as Python-Markdown reads them.

Other readers of Markdown allow more: fences that are indented, quoted, never closed, or that
say more than a language.  The code itself stays as it is, and so does the number of lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bindery.acquisitions.links import CODE_LINE

OPENING = re.compile(
    r"^(?P<quote>(?: {0,3}> ?)*)(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)$"
)
ITEM = re.compile(r"^ {0,3}(?:(?:[-*+]|\d+[.)])[ \t]+|\[\^[^\]]+\]:|:[ \t])", re.M)
LANGUAGE = re.compile(r"^\s*\{?\s*\.?([\w#+.-]*)")


@dataclass
class _Listing:
    """A listing whose end has not been seen yet."""

    quote: str
    indent: int
    fence: str
    language: str
    lines: list[str] = field(default_factory=list)


def settled(text: str) -> str:
    """The text with every listing in the one form that needs no guessing."""
    lines: list[str] = []
    open_listing: _Listing | None = None
    in_list = False
    for line in text.split("\n"):
        if open_listing is not None:
            ended, apart = _ends(open_listing, line)
            if not ended:
                open_listing.lines.append(line)
                continue
            lines += _written(open_listing, closed=not apart)
            open_listing = None
            if not apart:
                continue
        in_list = bool(ITEM.match(line)) or (in_list and (not line.strip() or line[0] in " \t"))
        open_listing = _opened(line, in_list)
        if open_listing is None:
            lines.append(line)
    if open_listing is not None:
        lines += _written(open_listing, closed=False)
    return _without_indented("\n".join(lines))


def _opened(line: str, in_list: bool) -> _Listing | None:
    found = OPENING.match(line)
    if not found or (found["fence"][0] == "`" and "`" in found["info"]):
        return None
    indent = len(found["indent"].expandtabs(4))
    if indent >= 4 and not in_list and not found["quote"]:
        return None
    language = LANGUAGE.match(found["info"])
    return _Listing(found["quote"], indent, found["fence"], language[1] if language else "")


def _ends(listing: _Listing, line: str) -> tuple[bool, bool]:
    """Whether a line ends a listing, and whether it is itself no part of it."""
    if listing.quote and not line.lstrip().startswith(">"):
        return True, True
    if listing.indent >= 2 and line.strip() and line[0] not in " \t" and not listing.quote:
        return True, True
    bare = _dedented(listing, line).strip()
    return bare == listing.fence[0] * max(len(bare), len(listing.fence)), False


def _dedented(listing: _Listing, line: str) -> str:
    if listing.quote:
        deep = listing.quote.count(">")
        line = re.sub(rf"^ {{0,3}}(?:> ?){{1,{deep}}}", "", line)
    line = line.expandtabs(4) if listing.indent and line.startswith(("\t", " ")) else line
    return re.sub(rf"^ {{0,{listing.indent}}}", "", line)


def _written(listing: _Listing, closed: bool) -> list[str]:
    """The lines of a listing: fenced, or indented where Python-Markdown knows no fences."""
    code = [_dedented(listing, line) for line in listing.lines]
    nested = (listing.quote or listing.indent >= 4) and "[^" not in "\n".join(code)
    if nested:
        before = listing.quote.rstrip() or " " * (listing.indent // 4 * 4)
        lead = f"{before} " if listing.quote else before
        inner = [
            f"{lead}    {CODE_LINE}{line}" if line.strip() else before.rstrip() for line in code
        ]
        return [before.rstrip(), *inner, *([before.rstrip()] if closed else [])]
    sign = listing.fence[0]
    runs = re.findall(rf"^\s*({re.escape(sign)}+)", "\n".join(code), re.M)
    fence = sign * max([len(listing.fence), *(len(run) + 1 for run in runs)])
    if not closed:
        while code and not code[-1].strip():
            code.pop()
    return [fence + listing.language, *code, fence]


def _without_indented(text: str) -> str:
    """Indented code as fenced code, which is never mistaken for the author's words.

    The fences take the place of the empty lines around it.
    """
    lines = text.split("\n")
    fence = ""
    before = ""  # The last line that is not indented.
    start: int | None = None
    for number, line in enumerate([*lines, "."]):
        opening = re.match(r"(`{3,}|~{3,})", line)
        if start is not None and line.strip() and not line.startswith(("    ", "\t")):
            _fence(lines, start, number)
            start = None
        if fence or opening:
            if opening and not fence:
                fence = opening[1]
            elif line.strip() == fence:
                fence = ""
            before = ""
        elif line.startswith(("    ", "\t")) and line.strip():
            free = number > 0 and not lines[number - 1].strip()
            if start is None and free and not ITEM.match(before):
                start = number
        elif line.strip():
            blank = number == 0 or not lines[number - 1].strip()
            goes_on = line[0] == " " and ITEM.match(before)
            before = line if (blank and not goes_on) or ITEM.match(line) else before
    return "\n".join(lines)


def _fence(lines: list[str], start: int, stop: int) -> None:
    """Put fences around the indented lines from start to stop, in the empty lines there."""
    end = stop
    while not lines[end - 1].strip():
        end -= 1
    code = [re.sub(r"^(?:\t| {1,4})", "", line) for line in lines[start:end]]
    runs = re.findall(r"^\s*(`+)", "\n".join(code), re.M)
    fence = "`" * max([3, *(len(run) + 1 for run in runs)])
    lines[start - 1] = fence
    lines[start:end] = code
    if end < len(lines) and end < stop:
        lines[end] = fence
    else:
        lines[end - 1] += f"\n{fence}"
