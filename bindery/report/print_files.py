"""Print files in the report: what was found in each of them, and every page of it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bindery.errata import Severity
from bindery.preflight.examinations import Examination, Upload
from bindery.preflight.findings import Finding
from bindery.preflight.outlines import Outline
from bindery.preflight.proofs import Proof

QUOTED = 4
"""How many different things a check found are quoted; the rest are pages alone."""


@dataclass(frozen=True, slots=True)
class Group:
    """What one check found in a file, all pages together."""

    code: str
    severity: Severity
    whats: tuple[str, ...]
    """The first of what it found, each once."""
    pages: str
    """Such as “1–3, 7”; empty when the whole file is meant."""
    count: int
    limit: str
    source: str
    to_do: str


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A page as the report shows it; lengths in points, y growing downwards."""

    number: int
    width: float
    height: float
    picture: str
    """A data URI."""
    outlines: tuple[tuple[str, float, float, float, float], ...]
    """What a rectangle stands for; left, top, width and height."""
    findings: tuple[Finding, ...]
    severity: str


@dataclass(frozen=True, slots=True)
class Section:
    """A file in the report."""

    examination: Examination
    groups: tuple[Group, ...]
    thumbnails: tuple[Thumbnail, ...]


def sections(uploads: Sequence[Upload]) -> list[tuple[Upload, list[Section]]]:
    """Every upload with its files, for the web page."""
    return [
        (upload, [_section(examination) for examination in upload.examinations])
        for upload in uploads
    ]


def as_data(uploads: Sequence[Upload]) -> list[dict[str, object]]:
    """The same for machines; lengths in points, pages counted from 1."""
    return [
        {
            "printer": upload.job.printer.key,
            "printer_title": upload.job.printer.title,
            "trim": upload.job.trim.name,
            "stock": upload.job.stock.key,
            "bleeds": upload.job.bleeds,
            "isbn": upload.job.digits,
            "sound": upload.is_sound,
            "files": [_as_json(each) for each in upload.examinations],
        }
        for upload in uploads
    ]


def _as_json(examination: Examination) -> dict[str, object]:
    return {
        "name": examination.name,
        "sound": examination.is_sound,
        "pages": [
            {
                "number": proof.number,
                "size": [_short(proof.width), _short(proof.height)],
                "ink": None if proof.ink is None else [_short(edge) for edge in proof.ink],
                **_safe(outlines),
            }
            for proof, outlines in zip(examination.proofs, examination.outlines, strict=True)
        ],
        "findings": [
            {
                "code": found.code,
                "severity": found.severity.value,
                "page": found.page,
                "what": found.what,
                "limit": found.limit,
                "to_do": found.to_do,
                "source": found.source,
            }
            for found in examination.findings
        ],
    }


def _safe(outlines: Iterable[Outline]) -> dict[str, list[list[float]]]:
    """The rectangles over a page by what they stand for."""
    found: dict[str, list[list[float]]] = {}
    for outline in outlines:
        box = [_short(edge) for edge in outline.box]
        found.setdefault(outline.line.value, []).append(box)
    return found


def _short(length: float) -> float:
    return round(length, 2)


def _section(examination: Examination) -> Section:
    pages = zip(examination.proofs, examination.outlines, strict=True)
    thumbnails = tuple(_thumbnail(examination, proof, lines) for proof, lines in pages)
    return Section(examination, _grouped(examination.findings), thumbnails)


def _grouped(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Findings of one check together, errors first."""
    together: dict[tuple[str, ...], list[Finding]] = {}
    for found in findings:
        key = (found.code, found.limit, found.source, found.to_do, found.severity)
        together.setdefault(key, []).append(found)
    groups = [_group(alike) for alike in together.values()]
    return tuple(sorted(groups, key=lambda group: group.severity is not Severity.ERROR))


def _group(alike: Sequence[Finding]) -> Group:
    first = alike[0]
    return Group(
        first.code,
        first.severity,
        tuple(dict.fromkeys(found.what for found in alike))[:QUOTED],
        spans(found.page for found in alike if found.page is not None),
        len(alike),
        first.limit,
        first.source,
        first.to_do,
    )


def spans(pages: Iterable[int]) -> str:
    """Page numbers as people write them: 1–3, 7."""
    numbers = sorted(set(pages))
    if not numbers:
        return ""
    breaks = [place for place, (one, two) in enumerate(pairwise(numbers), 1) if two - one > 1]
    edges = [0, *breaks, len(numbers)]
    runs = [(numbers[first], numbers[last - 1]) for first, last in pairwise(edges)]
    return ", ".join(f"{one}–{two}" if two > one else str(one) for one, two in runs)


def _thumbnail(examination: Examination, proof: Proof, outlines: Iterable[Outline]) -> Thumbnail:
    findings = tuple(found for found in examination.findings if found.page == proof.number)
    worst = "error" if any(found.severity is Severity.ERROR for found in findings) else "warning"
    data = base64.b64encode(proof.thumbnail).decode("ascii")
    return Thumbnail(
        proof.number,
        _short(proof.width),
        _short(proof.height),
        f"data:image/png;base64,{data}",
        tuple(_rectangle(outline, proof.height) for outline in outlines),
        findings,
        worst if findings else "",
    )


def _rectangle(outline: Outline, height: float) -> tuple[str, float, float, float, float]:
    left, bottom, right, top = outline.box
    width, high = _short(right - left), _short(top - bottom)
    return outline.line.value, _short(left), _short(height - top), width, high
