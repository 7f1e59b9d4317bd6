"""The black plate: every page's content written again for black ink alone.

Colours become tints of black (`tints`), pictures grey (`pictures`), gradients too
(`shadings`).  What is translucent is laid on white, which is exact where it lies on bare
paper; the pages where that was done are named, so that they can be proofed.  Marks for
screen readers and everything else that a press does not print is left out, and so are
resources that the page does not use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from bindery.plates.content import Writer
from bindery.plates.inks import Inks
from bindery.plates.pictures import in_grey, is_translucent
from bindery.plates.remarks import Remark
from bindery.plates.shadings import grey_shading

PAGE = ("/Type", "/Parent", "/MediaBox", "/TrimBox", "/BleedBox")
"""What stays of a page as it is."""
FORM = ("/Type", "/Subtype", "/BBox", "/Matrix")
TILE = (*FORM[2:], "/Type", "/PatternType", "/PaintType", "/TilingType", "/XStep", "/YStep")
TILED = 1
COLOURED = 1
"""Kinds of pattern: pictures side by side that have colours of their own."""

NONE: frozenset[Remark] = frozenset()
Made = tuple[Object | None, frozenset[Remark]]


def separate(pdf: pikepdf.Pdf) -> tuple[frozenset[Remark], ...]:
    """Make every page of a document black; what is to be said of each of them.

    Pages keep their place and their boxes.  Nothing but their content stays: no links, no
    marks, no structure.
    """
    maker = _Maker(pdf)
    said = []
    for page in pdf.pages:
        resources = page.obj.get("/Resources", Dictionary())
        content, resources, remarks = maker.write(page, resources, 1.0)
        for key in set(page.obj.keys()) - set(PAGE):
            del page.obj[key]
        page.obj.Contents = pdf.make_indirect(Stream(pdf, content))
        page.obj.Resources = resources
        said.append(remarks)
    return tuple(said)


class _Maker:
    """Makes each thing that content names once, however many pages name it."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._made: dict[tuple[tuple[int, int], float], Made] = {}

    def write(
        self, content: pikepdf.Page | Object, resources: Object, alpha: float
    ) -> tuple[bytes, Dictionary, frozenset[Remark]]:
        """Content as it is on the plate, with the resources that it needs."""
        writer = Writer(resources, self, Inks(alpha))
        data = writer.write(content)
        return data, writer.resources(), frozenset(writer.remarks)

    def form(self, form: Object, alpha: float) -> Made:
        """Content that pages share; no group any more, since all in it is opaque."""
        return self._once(form, alpha, lambda: self._content(form, FORM, alpha))

    def pattern(self, pattern: Object, alpha: float) -> Made:
        """A pattern; its colours are its own, and not those of who names it."""
        return self._once(pattern, alpha, lambda: self._pattern(pattern, alpha))

    def picture(self, image: Stream, alpha: float) -> Made:
        """A picture."""
        remarks = frozenset({Remark.FLATTENED}) if is_translucent(image) else NONE
        return self._once(image, alpha, lambda: (self._picture(image, alpha), remarks))

    def shading(self, shading: Object, alpha: float) -> Made:
        """A gradient."""
        return _or_said(grey_shading(self._pdf, shading, alpha))

    def _picture(self, image: Stream, alpha: float) -> Object:
        return self._pdf.make_indirect(in_grey(self._pdf, image, alpha))

    def _pattern(self, pattern: Object, alpha: float) -> Made:
        if int(pattern.PatternType) == TILED:
            if int(pattern.PaintType) != COLOURED:
                return None, frozenset({Remark.UNKNOWN_COLOUR})
            return self._content(pattern, TILE, alpha)
        shading, remarks = self.shading(pattern.Shading, alpha)
        if shading is None:
            return None, remarks
        turned = Dictionary(Type=Name.Pattern, PatternType=2, Shading=shading)
        if "/Matrix" in pattern:
            turned.Matrix = Array(pattern.Matrix)
        return self._pdf.make_indirect(turned), remarks

    def _content(self, source: Object, kept: Iterable[str], alpha: float) -> Made:
        resources = source.get("/Resources", Dictionary())
        data, used, remarks = self.write(source, resources, alpha)
        stream = Stream(self._pdf, data, {key: source[key] for key in kept if key in source})
        stream.Resources = used
        return self._pdf.make_indirect(stream), remarks

    def _once(self, thing: Object, alpha: float, make: Callable[[], Made]) -> Made:
        key = (thing.objgen, alpha)
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]


def _or_said(shading: Object | None) -> Made:
    return shading, NONE if shading is not None else frozenset({Remark.UNKNOWN_SHADING})
