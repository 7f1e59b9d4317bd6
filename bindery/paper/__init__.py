"""The arithmetic of paper: trims, bleed, safe areas, spines and covers, in points.

Everything is a `Fraction` of a PostScript point (1 in = 72 pt, 1 mm = 72/25.4 pt), for a
printer's table in inches and a trim in millimetres shall both come out to the last digit.
Who writes a file or draws a line takes `float` of it there.
"""

from __future__ import annotations

from bindery.paper.covers import BarcodeSpot, CoverSheet, cover_sheet
from bindery.paper.measures import Points, inches, millimetres, said
from bindery.paper.pages import PageBoxes, Side, page_boxes, side_of
from bindery.paper.shapes import Box, Edges
from bindery.paper.spines import SpinePerPage, SpineRule, SpineTable
from bindery.paper.trims import Trim, trim_called

__all__ = [
    "BarcodeSpot",
    "Box",
    "CoverSheet",
    "Edges",
    "PageBoxes",
    "Points",
    "Side",
    "SpinePerPage",
    "SpineRule",
    "SpineTable",
    "Trim",
    "cover_sheet",
    "inches",
    "millimetres",
    "page_boxes",
    "said",
    "side_of",
    "trim_called",
]
