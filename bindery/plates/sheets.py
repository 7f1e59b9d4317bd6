"""Pages on the sheets of a press: blank ones added, boxes drawn, content moved to its place."""

from __future__ import annotations

from fractions import Fraction

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from bindery.paper import Box, PageBoxes, Points
from bindery.plates.content import NOTHING

DIGITS = 4
"""Decimals of a point that a file states."""


def media_of(page: pikepdf.Page) -> Box:
    """The MediaBox of a page, as it is written."""
    return _box(page.mediabox)


def trim_of(page: pikepdf.Page) -> Box:
    """The TrimBox of a page, as it is written; the MediaBox where it has none."""
    return _box(page.trimbox)


def missing_pages(count: int, last_is_blank: bool, multiple: int, ends_blank: bool) -> int:
    """How many blank pages a printer wants behind the last one.

    `multiple` is that to which the number of pages comes up, and `ends_blank` whether the last
    one must be blank.
    """
    missing = 1 if ends_blank and not last_is_blank else 0
    return missing + -(count + missing) % multiple


def add_blanks(pdf: pikepdf.Pdf, count: int) -> None:
    """Add pages with nothing on them at the end, each like the page before it."""
    for _ in range(count):
        last = pdf.pages[-1].obj
        boxes = {key: Array(last[key]) for key in ("/MediaBox", "/TrimBox") if key in last}
        page = Dictionary(boxes | {"/Type": Name.Page, "/Resources": Dictionary()})
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        clear(pdf, pdf.pages[-1])


def clear(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Leave a page without content, not even such as paints nothing."""
    page.obj.Contents = pdf.make_indirect(Stream(pdf, NOTHING))
    page.obj.Resources = Dictionary()


def lay(
    pdf: pikepdf.Pdf, page: pikepdf.Page, boxes: PageBoxes, right: Points, down: Points
) -> None:
    """Lay a page on its sheet, so far to the right and down from where it stood on its leaf.

    A leaf that is a hair smaller or larger than that of the page is cut around its middle.
    """
    cut = trim_of(page)
    right += _middle(boxes.trim.left, boxes.trim.right) - _middle(cut.left, cut.right)
    up = _middle(boxes.trim.bottom, boxes.trim.top) - _middle(cut.bottom, cut.top) - down
    if (right or up) and page.obj.Contents.read_bytes().strip():
        _move(pdf, page.obj, right, up, media_of(page))
    page.obj.MediaBox, page.obj.BleedBox = _array(boxes.media), _array(boxes.media)
    page.obj.TrimBox = _array(boxes.trim)


def _move(pdf: pikepdf.Pdf, page: Object, right: Points, up: Points, media: Box) -> None:
    """Move the content of a page.

    Patterns keep their place on the page whatever moves what they fill (ISO 32000-1, 8.7.3.1),
    but within a form they move with it.
    """
    matrix = [1, 0, 0, 1, _number(right), _number(up)]
    if "/Pattern" in page.Resources:
        form = Stream(pdf, page.Contents.read_bytes(), Type=Name.XObject, Subtype=Name.Form)
        form.BBox, form.Matrix, form.Resources = _array(media), Array(matrix), page.Resources
        page.Resources = Dictionary(XObject=Dictionary(Page=pdf.make_indirect(form)))
        page.Contents = pdf.make_indirect(Stream(pdf, b"/Page Do"))
        return
    moving = " ".join(map(str, matrix)).encode()
    content = b"q\n%b cm\n%b\nQ" % (moving, page.Contents.read_bytes())
    page.Contents = pdf.make_indirect(Stream(pdf, content))


def _middle(one: Points, other: Points) -> Points:
    return (one + other) / 2


def _box(array: Array) -> Box:
    left, bottom, right, top = (Fraction(str(edge)) for edge in array)
    return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def _array(box: Box) -> Array:
    return Array([_number(edge) for edge in (box.left, box.bottom, box.right, box.top)])


def _number(length: Points) -> int | float:
    value = round(float(length), DIGITS)
    return int(value) if value == int(value) else value
