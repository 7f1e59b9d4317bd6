"""Preflight's reports: every finding and every page, for people and for machines."""

from __future__ import annotations

import base64
import io
import json
from functools import cache

import lxml.html
import pytest
from PIL import Image

from bindery.house_style import read_house_style
from bindery.preflight import (
    Upload,
    examine_cover,
    examine_interior,
    report_html,
    report_json,
)
from bindery.preflight.reports import spans
from tests.press_files import COVER_PAGES, INTERIOR_PAGES, add, cover, interior, job_for, saved

TITLE = "Salt & <Iron>"


@cache
def uploads() -> tuple[Upload, ...]:
    """A broken interior with a sound cover, and a sound interior for another printer."""
    ingram, kdp = job_for("ingramspark"), job_for("kdp")
    broken = interior(ingram)
    for page in (0, 1, 2, 6):
        add(broken, "1 0 0 rg 100 400 20 20 re f", page)
    add(broken, "0.1 w 100 300 m 200 300 l S", 6)
    text = examine_interior("978_txt.pdf", saved(broken), ingram)
    wrap = examine_cover("978_cvr.pdf", saved(cover(ingram)), ingram, COVER_PAGES)
    sound = examine_interior("salt-interior.pdf", saved(interior(kdp)), kdp)
    first = Upload(ingram, INTERIOR_PAGES, (text, wrap))
    return first, Upload(kdp, INTERIOR_PAGES, (sound,))


@cache
def page() -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(report_html(TITLE, uploads(), read_house_style()))


def texts(path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page().xpath(path)]


def test_the_report_says_which_files_can_be_uploaded() -> None:
    assert texts("//table[@class='overview']/tbody/tr") == [
        "IngramSpark978_txt.pdf50do not upload",
        "978_cvr.pdf00ready to upload",
        "Amazon KDPsalt-interior.pdf00ready to upload",
    ]
    assert texts("//h1") == [f"Preflight: {TITLE}"]


def test_findings_of_one_check_stand_together_with_their_pages() -> None:
    checks = texts("//table[@class='findings']/tbody/tr/th")
    assert checks == ["rgb-colourerror, 4 times", "hairlineerror"]
    first = texts("//table[@class='findings']/tbody/tr[1]/td")
    assert first[0] == "1–3, 7"
    assert first[1].startswith("An area is coloured in DeviceRGB.")
    assert first[1].endswith("Give the colour in black or CMYK; convert pictures.")
    assert first[2] == "grey"
    assert "reviewed" in first[3]


def test_every_page_is_shown_with_its_safe_area_over_it() -> None:
    files = page().xpath("//ul[starts-with(@class, 'proofs')]")
    assert [len(each.xpath("li")) for each in files] == [INTERIOR_PAGES, 1, INTERIOR_PAGES]
    for drawn in page().xpath("//ul[starts-with(@class, 'proofs')]/li//svg"):
        lines = [line.get("class") for line in drawn.xpath("rect") if line.get("class") != "under"]
        assert {"cut", "safe"} <= set(lines)
        data = drawn.xpath("image/@href")[0].removeprefix("data:image/png;base64,")
        with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
            _, _, width, height = map(float, drawn.get("viewbox", drawn.get("viewBox")).split())
            assert picture.width / picture.height == pytest.approx(width / height, rel=0.02)


def test_the_safe_area_of_a_page_is_drawn_where_its_printer_has_it() -> None:
    first = page().xpath("//ul[@class='proofs']/li[1]//svg")[0]
    (safe,) = first.xpath("rect[@class='safe']")
    # Half an inch on all sides of 6 × 9 inches.
    assert [float(safe.get(key)) for key in ("x", "y", "width", "height")] == [36, 36, 360, 576]


def test_a_page_with_a_finding_is_marked() -> None:
    marked = page().xpath("//figure[@class='error']/figcaption")
    assert [each.text_content() for each in marked] == [
        "1, rgb-colour",
        "2, rgb-colour",
        "3, rgb-colour",
        "7, rgb-colour, hairline",
    ]


def test_the_cover_is_drawn_with_its_folds_and_the_place_of_its_barcode() -> None:
    drawn = page().xpath("//ul[@class='proofs cover']//svg")[0]
    lines = [line.get("class") for line in drawn.xpath("rect") if line.get("class") != "under"]
    assert lines == ["cut", "fold", "safe", "safe", "safe", "barcode"]


def test_the_report_needs_nothing_else() -> None:
    addresses = [value for value in page().xpath("//@href | //@src") if value[0] != "#"]
    assert {address.split(":")[0] for address in addresses} == {"data"}
    assert not page().xpath("//script")


def test_machines_get_the_same() -> None:
    said = json.loads(report_json(TITLE, uploads()))
    assert (said["title"], said["sound"]) == (TITLE, False)
    ingram, kdp = said["uploads"]
    assert [ingram["printer"], ingram["trim"], ingram["stock"]] == [
        "ingramspark",
        "6x9",
        "white-black",
    ]
    assert [kdp["sound"], ingram["sound"]] == [True, False]
    text = ingram["files"][0]
    assert [(found["code"], found["page"]) for found in text["findings"]] == [
        ("rgb-colour", 1),
        ("rgb-colour", 2),
        ("rgb-colour", 3),
        ("rgb-colour", 7),
        ("hairline", 7),
    ]
    assert all(found["what"] and found["source"] and found["to_do"] for found in text["findings"])
    assert text["pages"][23] == {
        "number": 24,
        "size": [432, 648],
        "ink": None,
        "cut": [[0, 0, 432, 648]],
        "safe": [[36, 36, 396, 612]],
    }


def test_the_same_files_have_the_same_report() -> None:
    house = read_house_style()
    assert report_html(TITLE, uploads(), house) == report_html(TITLE, uploads(), house)
    assert report_json(TITLE, uploads()) == report_json(TITLE, uploads())


@pytest.mark.parametrize(
    ("pages", "written"),
    [((), ""), ((4,), "4"), ((1, 2), "1–2"), ((7, 3, 2, 1, 7), "1–3, 7"), ((1, 3, 5), "1, 3, 5")],
)
def test_pages_are_written_as_people_do(pages: tuple[int, ...], written: str) -> None:
    assert spans(pages) == written
