"""A number with its pedigree: who says so, since when we know, and how sure we are."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")
Known_co = TypeVar("Known_co", covariant=True)


class Certainty(StrEnum):
    """How sure a number is."""

    OFFICIAL = "official"
    """The printer's own page was seen."""
    REPORTED = "reported"
    """A dated public document records the printer's own page; its author looked."""
    THIRD_PARTY = "third party"
    """Somebody else's guide says so."""
    UNCONFIRMED = "unconfirmed"
    """Nobody says so; the value is a safe default, and the note says why."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number was read."""

    name: str
    reviewed: datetime.date
    """When it was last looked at."""
    address: str = ""

    def __str__(self) -> str:
        return f"{self.name}, {self.address}" if self.address else self.name


@dataclass(frozen=True, slots=True)
class Ruled(Generic[Known_co]):
    """A value that a printer has ruled, so that a report can quote who says so."""

    value: Known_co
    source: Source
    certainty: Certainty
    note: str = ""
    """What the value alone does not say, such as why a default is safe; may be empty."""
    advice: bool = False
    """Whether the printer merely recommends it: going against it is no reason to be refused."""

    @property
    def reviewed(self) -> datetime.date:
        """When the source was last looked at."""
        return self.source.reviewed

    @property
    def pedigree(self) -> str:
        """Source, certainty and review date, to stand behind a number in a report."""
        return f"{self.source} ({self.certainty}, reviewed {self.reviewed})"


def official(value: T, source: Source, note: str = "", *, advice: bool = False) -> Ruled[T]:
    """What the printer's own page says."""
    return Ruled(value, source, Certainty.OFFICIAL, note, advice)


def reported(value: T, source: Source, note: str = "", *, advice: bool = False) -> Ruled[T]:
    """What a dated public document says that the printer's own page says."""
    return Ruled(value, source, Certainty.REPORTED, note, advice)


def third_party(value: T, source: Source, note: str = "", *, advice: bool = False) -> Ruled[T]:
    """What somebody else's guide says."""
    return Ruled(value, source, Certainty.THIRD_PARTY, note, advice)


def unconfirmed(value: T, source: Source, note: str, *, advice: bool = False) -> Ruled[T]:
    """A safe default; the note says why it is safe."""
    return Ruled(value, source, Certainty.UNCONFIRMED, note, advice)
