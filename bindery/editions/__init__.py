"""Every edition that Bindery makes, in the order in which they are made."""

from __future__ import annotations

from bindery.editions import epub, index_json, screen_pdf, website
from bindery.workshop import Edition

EDITIONS: dict[str, Edition] = {
    screen_pdf.NAME: screen_pdf,
    epub.NAME: epub,
    website.NAME: website,
}

ALWAYS: tuple[Edition, ...] = (index_json,)
"""What is made last, beside whichever editions were asked for."""
