"""Pages set in type, as a value: what `setting` makes, and what `imposition` puts together.

This room knows neither engine: a run that finds all its type standing need not load them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NOT_COMPOSED = "left to the engine: "
"""Begins a complaint about a paragraph whose lines were not laid out as they were planned."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What is to be set: a galley's HTML and the pictures in it."""

    name: str
    html: str
    """May hold signs (`signs`)."""
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """Bytes of pictures by their path in the book folder."""
    tagged: bool = True
    """Whether the pages carry a structure tree; folios, which are no text, do not."""
    side: str = ""
    """“right” or “left” when every page is on that side; empty where they take turns."""
    opening: bool = False
    """Whether every page is styled as the first of a galley (`@page :first`)."""
    gauge: bool = False
    """Whether only its passages are wanted, and no pages."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where on a page something stands that can be linked to."""

    name: str
    x: float
    """Points from the left edge of the page."""
    y: float
    """Points from the foot of the page."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading that a viewer shows in its outline."""

    level: int
    label: str
    x: float
    y: float
    is_open: bool


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of a passage that a copy asked to be measured (`signs.PASSAGE`)."""

    page: int
    baseline: float
    """Points from the head of the page."""
    start: int
    """Where it begins in what is seen of the passage's text."""


@dataclass(frozen=True, slots=True)
class UsedFont:
    """A font of some pages, with the glyphs that they use of it."""

    key: str
    """Name of the font in the pages' resources; the same in all galleys."""
    family: str
    program: str
    """SHA-256 of the font file."""
    index: int
    """Which font of the file, where it holds several."""
    characters: Mapping[int, str]
    """The text that each glyph stands for."""
    widths: Mapping[int, float]
    """Advance of each glyph in thousandths of an em."""


@dataclass(frozen=True, slots=True)
class SetPages:
    """The pages of one galley; page after page where a field is a tuple of tuples."""

    data: bytes = field(repr=False)
    """A PDF without the programs of its fonts."""
    anchors: tuple[tuple[Anchor, ...], ...]
    bookmarks: tuple[tuple[Bookmark, ...], ...]
    fonts: tuple[UsedFont, ...]
    programs: Mapping[str, bytes] = field(repr=False)
    """Font files that are not among the styles, by their SHA-256."""
    complaints: tuple[str, ...]
    """What WeasyPrint warned of while it set them."""
    passages: tuple[tuple[SetLine, ...], ...] = ()
    """The lines of every passage; empty when the copy has none, or when they were not found."""

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.anchors)
