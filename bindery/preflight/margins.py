"""Where the ink of a page is: inside of what is safe, or over the edge as far as it must go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bindery.paper import Box, PageBoxes, Side
from bindery.preflight.findings import Finding, against
from bindery.preflight.jobs import Job, length
from bindery.preflight.proofs import ACCURACY, Proof
from bindery.printers import Ruled

SIDES = ("left", "bottom", "right", "top")
INWARD = (1, 1, -1, -1)
"""Which way coordinates grow from each side into the page."""
SLACK = ACCURACY + 0.05
"""Points by which drawn ink may seem to go over a line without doing so."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One side of a page: how far its lines and its ink are inside of the sheet's edge."""

    side: str
    trim: float
    live: float
    ink: float
    """Points; 0 when the ink reaches the edge of the sheet."""

    @property
    def is_safe(self) -> bool:
        """Whether nothing stands where it could be cut off."""
        return self.ink >= self.live - SLACK

    @property
    def bleeds(self) -> bool:
        """Whether the ink goes over the line of the cut and on to the sheet's edge."""
        return self.ink <= SLACK

    @property
    def stops_short(self) -> bool:
        """Whether the ink reaches the cut, but not the sheet's edge."""
        return not self.bleeds and self.ink <= self.trim + SLACK


def edges_of(ink: tuple[float, ...], media: Box, trim: Box, live: Box) -> Iterator[Edge]:
    """The four sides of a sheet; boxes are those that are wanted."""
    boxes = (media.as_floats(), trim.as_floats(), live.as_floats(), ink)
    for side, way, edge, cut, safe, found in zip(SIDES, INWARD, *boxes, strict=True):
        yield Edge(side, way * (cut - edge), way * (safe - edge), way * (found - edge))


def examine_margins(proof: Proof, job: Job, pages: int) -> Iterator[Finding]:
    """A page of the interior, of so many; its ink, and the letters of a page that bleeds."""
    if proof.ink is None:
        return
    boxes = job.page(proof.number, pages)
    inside = _inside(boxes, job)
    edges = list(edges_of(proof.ink, boxes.media, boxes.trim, boxes.live))
    reaching = [edge for edge in edges if edge.bleeds]
    for edge in edges:
        if edge.is_safe or (edge.bleeds and job.bleeds):
            continue
        if edge.stops_short and edge.trim > SLACK:
            yield _short(proof.number, edge, job.printer.bleed.edges)
        elif edge.bleeds:
            what = f"Something reaches the edge of the page ({edge.side})."
            limit, to_do = "no bleed", "Export the pages with bleed, or keep it off the edge."
            yield against(job.printer.bleed.edges, "no-bleed", proof.number, what, limit, to_do)
        else:
            yield _too_near(proof.number, edge, edge.ink - edge.trim, inside, job)
    if reaching and proof.letters:
        ink = _around(proof)
        for edge in edges_of(ink, boxes.media, boxes.trim, boxes.live):
            if edge.ink < edge.live - 0.05 and not (not job.bleeds and edge.bleeds):
                yield _too_near(proof.number, edge, edge.ink - edge.trim, inside, job)


def _inside(boxes: PageBoxes, job: Job) -> str:
    """The side at which a page is bound."""
    return "left" if (boxes.side is Side.RECTO) is not job.right_to_left else "right"


def _around(proof: Proof) -> tuple[float, float, float, float]:
    boxes = [letter.box for letter in proof.letters]
    left, bottom = (min(box[at] for box in boxes) for at in (0, 1))
    right, top = (max(box[at] for box in boxes) for at in (2, 3))
    return left, bottom, right, top


def _short(number: int, edge: Edge, rule: Ruled[object]) -> Finding:
    what = f"What reaches the cut ({edge.side}) ends {length(edge.ink)} before the sheet does."
    limit = f"{length(edge.trim)} over the cut"
    to_do = "Make it larger, so that it goes on to the edge of the sheet."
    return against(rule, "bleed-short", number, what, limit, to_do)


def _too_near(number: int, edge: Edge, clear: float, inside: str, job: Job) -> Finding:
    margins, wanted = job.printer.margins, length(edge.live - edge.trim)
    limit = f"{wanted} at least"
    where = f"{length(max(clear, 0))} from the cut ({edge.side})"
    if edge.side == inside:
        to_do = "Widen the inside margin."
        what = f"Something stands in the gutter, {where}."
        return against(margins.gutter, "gutter", number, what, limit, to_do)
    rule = margins.outside_with_bleed if job.bleeds else margins.outside
    what = f"Something stands in the margin, {where}."
    return against(rule, "margin", number, what, limit, "Move it inwards, or widen the margin.")
