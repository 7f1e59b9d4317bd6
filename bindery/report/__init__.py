"""The report on what was published: the quality of its pages, and its print files.

`report.html` is for people, complete in itself, without scripts, with nothing to fetch;
`report.json` says the same to machines.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from bindery.errata import Severity
from bindery.evenness import PageQuality
from bindery.house_style import HouseStyle
from bindery.metadata import Quality
from bindery.preflight import Upload
from bindery.report import page_quality, print_files
from bindery.workshop import Artifact

HTML, JSON = "report.html", "report.json"
TEMPLATE = "report/report.html.j2"


def report(
    title: str,
    uploads: Sequence[Upload],
    quality: PageQuality | None,
    limits: Quality,
    house: HouseStyle,
) -> tuple[Artifact, ...]:
    """Both files; `quality` is None when the book has no pages, `uploads` are empty without
    print files.
    """
    page = report_html(title, uploads, quality, limits, house).encode()
    data = report_json(title, uploads, quality, limits).encode()
    return Artifact(HTML, "text/html", page), Artifact(JSON, "application/json", data)


def report_html(
    title: str,
    uploads: Sequence[Upload],
    quality: PageQuality | None,
    limits: Quality,
    house: HouseStyle,
) -> str:
    """The web page."""
    return house.render(
        TEMPLATE,
        title=title,
        uploads=print_files.sections(uploads),
        quality=None if quality is None else page_quality.section(quality, limits),
        Severity=Severity,
    )


def report_json(
    title: str, uploads: Sequence[Upload], quality: PageQuality | None, limits: Quality
) -> str:
    """The same for machines; lengths in points, pages counted from 1."""
    about = {
        "title": title,
        "sound": all(upload.is_sound for upload in uploads),
        "page_quality": None if quality is None else page_quality.as_data(quality, limits),
        "uploads": print_files.as_data(uploads),
    }
    return json.dumps(about, ensure_ascii=False, indent=1) + "\n"
