"""Cast one stylesheet for two uses: for text without its folios, and for folios without text.

A folio is set by the styles of the page on which it will stand, but apart from it, on a sheet
with others of its kind: all on one side, all on ordinary pages or all on opening ones.
"""

from __future__ import annotations

import re

NEVER = b":nth(0n+0)"
"""Of no page."""
PAGE_RULE = re.compile(rb"@page[^{;]*\{")
COMMENT = re.compile(rb"/\*.*?\*/", re.S)
CONTENT = re.compile(
    rb"""(?<![\w.\#-]) content\s*: ( (?: "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | [^;}"'] )* )""",
    re.S | re.X,
)
FOLIO = re.compile(rb"string\(\s*folio\s*[,)]")
FOLIO_ALONE = b"""
@page { background: none !important; border-color: transparent !important }
html, body, .folio { background: none !important; border-color: transparent !important }
"""
"""What a sheet of folios is laid over has its ground already."""


def cast(style: bytes, side: str, opening: bool) -> bytes:
    """A stylesheet for text, or (with a side) for folios that all stand on pages of one kind.

    What the one shows is `none` in the other.  For folios the rules for their side, and for
    first pages if they open, are rules for all pages.
    """
    this, other = (b":right", b":left") if side == "right" else (b":left", b":right")
    first = b":nth(n+1)" if opening else NEVER

    def shown(content: re.Match[bytes]) -> bytes:
        if bool(FOLIO.search(content[1])) is bool(side):
            return content[0]
        return b"content: none" + (b" !important" if b"!important" in content[1] else b"")

    def alike(rule: re.Match[bytes]) -> bytes:
        return rule[0].replace(b":first", first).replace(this, b"").replace(other, NEVER)

    done = CONTENT.sub(shown, COMMENT.sub(b" ", style))
    return PAGE_RULE.sub(alike, done) + FOLIO_ALONE if side else done
