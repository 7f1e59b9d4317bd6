"""Page quality in the report: figures against limits, chapter by chapter, and the worst lines."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bindery.evenness import Figures, Held, LeftAlone, PageQuality, WorstLine, held_against
from bindery.metadata import Quality


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of chapters."""

    title: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with its picture."""

    line: WorstLine
    picture: str
    """A data URI."""


@dataclass(frozen=True, slots=True)
class Section:
    """What the web page says of the pages."""

    limits: tuple[Held, ...]
    is_even: bool
    """Whether no figure is past its limit."""
    rows: tuple[Row, ...]
    whole: Figures
    worst: tuple[Shown, ...]
    places: Mapping[str, tuple[str, ...]]
    """Where something is past a limit, by the key of the limit."""
    left_alone: tuple[LeftAlone, ...]


def section(quality: PageQuality, limits: Quality) -> Section:
    """The quality of a book's pages, for the web page."""
    held = held_against(quality.whole, limits)
    return Section(
        held,
        not any(each.is_past for each in held),
        tuple(Row(chapter.title, chapter.figures) for chapter in quality.chapters),
        quality.whole,
        tuple(Shown(line, _data_uri(line.picture)) for line in quality.worst),
        quality.places,
        quality.left_alone,
    )


def as_data(quality: PageQuality, limits: Quality) -> dict[str, object]:
    """The same for machines, without pictures."""
    held = held_against(quality.whole, limits)
    return {
        "even": not any(each.is_past for each in held),
        "limits": {
            each.key: {
                "figure": _short(each.figure),
                "limit": each.limit,
                "past": each.is_past,
                "pages": list(quality.places.get(each.key, ())),
            }
            for each in held
        },
        "whole": _rounded(asdict(quality.whole)),
        "chapters": [
            {"slug": each.slug, "title": each.title, **_rounded(asdict(each.figures))}
            for each in quality.chapters
        ],
        "worst": [
            {
                "ratio": _short(line.ratio),
                "text": line.text,
                "chapter": line.title,
                "folio": line.folio,
                "page": line.page,
            }
            for line in quality.worst
        ],
        "left_to_engine": [{"chapter": each.title, "why": each.why} for each in quality.left_alone],
    }


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _rounded(value) if isinstance(value, dict) else _short(value)
        for key, value in values.items()
    }


def _short(value: float) -> float:
    return round(value, 4)


def _data_uri(picture: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture).decode('ascii')}"
