"""The page where readers download the book: one file that needs nothing beside it."""

from __future__ import annotations

import base64
import re
from typing import Any

from bindery.book import EditedBook
from bindery.cover import front_picture
from bindery.font_subsets import cut_down
from bindery.galleys import shared_values
from bindery.house_style import HouseStyle
from bindery.typefaces import Typefaces
from bindery.workshop import Artifact, Made, Workshop

NAME = "website"
KINDS = {"application/pdf": "PDF", "application/epub+zip": "EPUB"}
KILOBYTE = 1000
COVER_WIDTH = 800
"""Pixels: sharp at the page's 378 on a screen of double density."""
TAGS = re.compile(r"<[^>]+>", re.S)


def needs_pages(_book: EditedBook, /) -> bool:
    """Never."""
    return False


def make(book: EditedBook, workshop: Workshop) -> Made:
    """`index.html`, with a button for each file that readers can download."""
    house = workshop.house
    values = {
        **shared_values(book, house),
        "downloads": [
            {"kind": KINDS[file.media_type], "path": file.path, "size": human_size(len(file.data))}
            for file in workshop.finished
            if file.media_type in KINDS
        ],
        "cover": _data_uri("image/jpeg", front_picture(workshop.screen, COVER_WIDTH)),
        "style": house.style("website.css"),
    }
    bare = house.render("website/index.html.j2", **values, fonts=[])
    fonts = _fonts(workshop.typefaces, house, TAGS.sub(" ", bare))
    page = house.render("website/index.html.j2", **values, fonts=fonts)
    return Made((Artifact("index.html", "text/html", page.encode()),))


def _fonts(typefaces: Typefaces, house: HouseStyle, text: str) -> list[dict[str, Any]]:
    """The text's typeface, upright and italic, with the page's characters only."""
    first = typefaces.faces[0].family if typefaces.faces else ""
    faces = [face for face in typefaces.faces if face.family == first and not face.bold]
    return [
        {
            "family": face.family,
            "italic": face.italic,
            "uri": _data_uri("font/woff2", cut_down(house.styles[face.path], text, woff2=True)),
        }
        for face in faces
    ]


def human_size(count: int) -> str:
    """A number of bytes as people say it: 870 kB, 1.2 MB."""
    if count < KILOBYTE * KILOBYTE:
        return f"{max(1, round(count / KILOBYTE))} kB"
    return f"{count / KILOBYTE / KILOBYTE:.1f} MB"


def _data_uri(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
