"""What every edition is given, and what it must hand back."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Protocol

from bindery.book import EditedBook
from bindery.errata import Query
from bindery.house_style import HouseStyle
from bindery.pagination import SetBook
from bindery.typefaces import Typefaces


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finished file."""

    path: str
    """Path relative to the output folder, with forward slashes."""
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Workshop:
    """Everything that editions share."""

    house: HouseStyle
    typefaces: Typefaces
    published: datetime.datetime
    """The moment of publishing, in UTC."""
    set_book: SetBook
    screen: bytes
    """The imposed pages as a PDF; of the cover alone when no edition needs more."""
    finished: tuple[Artifact, ...] = ()
    """What the editions before this one have made."""


@dataclass(frozen=True, slots=True)
class Made:
    """What an edition hands back."""

    artifacts: tuple[Artifact, ...]
    queries: tuple[Query, ...] = ()


class Edition(Protocol):
    """A module of `bindery.editions` is an edition when it has these three."""

    NAME: str
    """The name by which `--only` knows it."""

    def needs_pages(self, book: EditedBook, /) -> bool:
        """Whether it needs the pages of the whole book, or the cover alone."""
        ...

    def make(self, book: EditedBook, workshop: Workshop) -> Made:
        """Every file of this edition."""
        ...
