"""The report: page quality, every finding and every page, for people and for machines."""

from __future__ import annotations

import base64
import io
import json
from functools import cache

import lxml.html
import pytest
from PIL import Image

from bindery.evenness import ChapterQuality, Figures, LeftAlone, PageQuality, WorstLine
from bindery.evenness.depths import Depths
from bindery.evenness.ends import Ends
from bindery.evenness.spaces import Spaces
from bindery.house_style import read_house_style
from bindery.metadata import Quality
from bindery.preflight import Upload, examine_cover, examine_interior
from bindery.report import report, report_html, report_json
from bindery.report.print_files import spans
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
def quality() -> PageQuality:
    """Two chapters; the spaces of the book are past their limit, and the rest is within."""
    spaces = Spaces(120, 1.1, 0.25, 1.4, 2.75, 0.8, 2.5, 0.0, 1, 0.2, 3.0)
    ends = Ends(9, 2, 1, 0, 0, 2, 0, 0, 1, 0, 0.04)
    figures = Figures(4, spaces, ends, Depths(0, 1, 0.0, 0.5))
    picture = io.BytesIO()
    Image.new("L", (40, 10)).save(picture, "PNG")
    worst = WorstLine(2.75, "as <far> apart", "On Iron", "xii", 20, picture.getvalue())
    chapters = (
        ChapterQuality("salt", "On Salt", figures),
        ChapterQuality("iron", "On Iron", figures),
    )
    left = LeftAlone("On Iron", "“Iron & salt …” has other lines")
    return PageQuality(figures, chapters, (worst,), {"loose_lines": ("4", "xii")}, (left,))


LIMITS = Quality()


@cache
def page() -> lxml.html.HtmlElement:
    said = report_html(TITLE, uploads(), quality(), LIMITS, read_house_style())
    return lxml.html.document_fromstring(said)


def texts(path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page().xpath(path)]


def test_the_report_says_which_files_can_be_uploaded() -> None:
    assert texts("//table[@class='overview']/tbody/tr") == [
        "IngramSpark978_txt.pdf50do not upload",
        "978_cvr.pdf00ready to upload",
        "Amazon KDPsalt-interior.pdf00ready to upload",
    ]
    assert texts("//h1") == [f"Report: {TITLE}"]


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
    said = json.loads(report_json(TITLE, uploads(), quality(), LIMITS))
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


def test_figures_are_held_against_their_limits() -> None:
    rows = texts("//section[@aria-labelledby='pages']//table[1]/tbody/tr")
    sd = "Standard deviation of lines’ spaces, in spaces of the font’s own"
    assert f"{sd}0.250.21past its limit" in rows
    assert rows[0].endswith("2.501.5past its limit4, xii")
    assert "Last lines of paragraphs alone at the head of a page00within" in rows
    assert len(page().xpath("//td[contains(@class, 'verdict error')][.='past its limit']")) == 2


def test_every_chapter_has_a_row_and_the_book_the_last_one() -> None:
    rows = page().xpath("//table[@class='figures'][descendant::tfoot]//tr[th[@scope='row']]")
    heads = ["On Salt", "On Iron", "All"]
    assert [row.xpath("string(th)") for row in rows] == heads
    assert {row.xpath("string(td[4])") for row in rows} == {"0.25"}
    columns = {len(row.xpath("th | td")) for row in page().xpath("//table[descendant::tfoot]//tr")}
    assert len(columns) == 1


def test_the_worst_lines_are_shown_with_page_and_picture() -> None:
    (shown,) = page().xpath("//ol[@class='worst']/li//img")
    assert shown.get("alt") == "as <far> apart"
    (said,) = texts("//ol[@class='worst']/li")
    assert said == "Ratio 2.75, page xii (page 20 of the PDF), On Iron"


def test_machines_get_page_quality_too() -> None:
    said = json.loads(report_json(TITLE, (), quality(), LIMITS))["page_quality"]
    assert (said["even"], said["limits"]["sd"]) == (
        False,
        {"figure": 0.25, "limit": 0.21, "past": True, "pages": []},
    )
    assert said["chapters"][1]["spaces"]["lines"] == 120
    assert said["whole"]["ends"]["hyphens_in_a_row"] == 2
    assert said["worst"][0]["folio"] == "xii"


def test_a_book_without_print_files_or_without_pages_has_a_report() -> None:
    house = read_house_style()
    html, data = report(TITLE, (), quality(), LIMITS, house)
    assert (html.path, data.path) == ("report.html", "report.json")
    assert b"Print files" not in html.data
    assert b"Print files" in report(TITLE, uploads(), None, LIMITS, house)[0].data
    assert json.loads(report(TITLE, uploads(), None, LIMITS, house)[1].data)["page_quality"] is None


def test_the_same_files_have_the_same_report() -> None:
    house = read_house_style()
    first = report(TITLE, uploads(), quality(), LIMITS, house)
    assert first == report(TITLE, uploads(), quality(), LIMITS, house)


@pytest.mark.parametrize(
    ("pages", "written"),
    [((), ""), ((4,), "4"), ((1, 2), "1–2"), ((7, 3, 2, 1, 7), "1–3, 7"), ((1, 3, 5), "1, 3, 5")],
)
def test_pages_are_written_as_people_do(pages: tuple[int, ...], written: str) -> None:
    assert spans(pages) == written


def test_paragraphs_that_were_left_to_the_engine_are_named() -> None:
    page = report_html(TITLE, (), quality(), LIMITS, read_house_style(None))
    data = json.loads(report_json(TITLE, (), quality(), LIMITS))
    assert "On Iron: “Iron &amp; salt …” has other lines" in page
    (left,) = data["page_quality"]["left_to_engine"]
    assert left == {"chapter": "On Iron", "why": "“Iron & salt …” has other lines"}
