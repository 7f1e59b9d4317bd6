"""Print files of whole books: what lies in the folder of each printer, and what is said of it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from bindery.composing import Press
from bindery.errata import Severity, Unprintable
from bindery.preflight.barcodes import read_barcodes
from bindery.print_orders import Wanted
from bindery.production import Report, publish
from tests import validators
from tests.conftest import MOMENT, ROOT, picture
from tests.specimen import dedented, write_book

ISBN = "9780306406157"
ASKED = ("kdp", "ingramspark", "lulu", "bn")
WORDS = "Salt is older than any word for it, and it has outlived most of them. " * 90
ESSAYS: dict[str, str | bytes] = {
    f"essays/{name}.md": f"# Of {name}\n\n{WORDS}\n\n{WORDS}\n"
    for name in ("salt", "iron", "bread", "water", "glass", "wool", "paper", "lead", "ink")
}
TOML = f"""
    title = "Things"
    subtitle = "And Their Names"
    language = "en"
    description = "Of common things.\\n\\nAnd of uncommon ones."
    publisher = "The Press"
    subjects = ["Things"]
    keywords = ["salt", "iron"]
    [[contributors]]
    name = "Ann Ash"
    [identifiers]
    isbn_print = "{ISBN}"
    """


def made(
    folder: Path,
    toml: str,
    *printers: str,
    look: str = "",
    more: dict[str, str | bytes] | None = None,
) -> Report:
    """A book of nine essays, and its print files alone."""
    source = write_book(folder / "book", ESSAYS | (more or {}), dedented(toml))
    return publish(source, folder / "out", MOMENT, (), wanted=Wanted(printers, look))


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """The print files of our own book for the printers that most people use."""
    folder = tmp_path_factory.mktemp("ours")
    press = Press(cache=folder / "kept")
    return folder, publish(ROOT / "book", folder, MOMENT, press=press, wanted=Wanted(ASKED))


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    folder = tmp_path_factory.mktemp("things")
    report = made(folder, TOML, "kdp", "ingramspark")
    return folder / "out", report


def test_our_book_is_ready_for_every_printer(ours: tuple[Path, Report]) -> None:
    folder, report = ours
    found = [query.code for query in report.queries]
    assert not [code for code in found if code.startswith(("preflight-", "press-", "page-"))]
    for name in ASKED:
        files = sorted(path.name for path in (folder / "print" / name).iterdir())
        assert files[:3] == ["SHA256SUMS", "checklist.html", "cover-preview.png"]
        assert len([file for file in files if file.endswith(".pdf")]) == 2


@pytest.mark.parametrize("name", ASKED)
def test_every_page_of_our_interiors_is_black_ink_alone(
    name: str, ours: tuple[Path, Report]
) -> None:
    ghostscript = shutil.which("gs")
    if ghostscript is None:
        pytest.skip("Ghostscript is missing")
    (path,) = [
        path
        for path in (ours[0] / "print" / name).glob("*.pdf")
        if path.stem.endswith(("interior", "_txt"))
    ]
    command = [ghostscript, "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=inkcov", "-o", "-", str(path)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    inks = [tuple(map(float, line.split()[:4])) for line in said.splitlines() if "CMYK" in line]
    assert len(inks) == len(pypdfium2.PdfDocument(path)) >= 56
    assert {ink[:3] for ink in inks} == {(0.0, 0.0, 0.0)}
    assert sum(1 for ink in inks if ink[3]) > 40


def test_a_book_without_an_isbn_is_warned_of_where_the_printer_wants_one(
    ours: tuple[Path, Report],
) -> None:
    warnings = [query.message for query in ours[1].queries if query.code == "no-isbn"]
    assert warnings == ["IngramSpark wants a barcode on the cover, and the book has no ISBN."]


def test_files_bear_the_names_that_the_printer_wants(things: tuple[Path, Report]) -> None:
    folder, _ = things
    assert (folder / f"print/ingramspark/{ISBN}_txt.pdf").is_file()
    assert (folder / f"print/ingramspark/{ISBN}_cvr.pdf").is_file()
    assert (folder / "print/kdp/things-interior.pdf").is_file()


def test_the_cover_is_as_wide_as_the_pages_of_the_interior_are_thick(
    things: tuple[Path, Report],
) -> None:
    folder = things[0] / "print/kdp"
    with pikepdf.open(folder / "things-interior.pdf") as inside:
        pages = len(inside.pages)
    with pikepdf.open(folder / "things-cover.pdf") as outside:
        width = float(outside.pages[0].mediabox[2])
    assert pages % 2 == 0
    assert width == pytest.approx((2 * 5.5 + pages * 0.002252 + 0.25) * 72, abs=0.01)


def test_the_cover_has_the_barcode_of_the_book(things: tuple[Path, Report]) -> None:
    for path in things[0].glob("print/*/*c*v*r.pdf"):
        assert [reading.digits for reading in read_barcodes(path.read_bytes())] == [ISBN]


def test_the_sums_of_each_folder_are_right(things: tuple[Path, Report]) -> None:
    for sums in things[0].glob("print/*/SHA256SUMS"):
        lines = [line.split("  ") for line in sums.read_text().splitlines()]
        assert len(lines) == 4
        for digest, name in lines:
            assert hashlib.sha256((sums.parent / name).read_bytes()).hexdigest() == digest


def test_the_checklist_has_what_the_form_asks_for(things: tuple[Path, Report]) -> None:
    page = (things[0] / "print/kdp/checklist.html").read_text()
    text = re.sub(r"<[^>]+>", "\n", page.partition("<ol>")[2])
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    pages = len(pypdfium2.PdfDocument(things[0] / "print/kdp/things-interior.pdf"))
    for label, value in (
        ("Book title", "Things"),
        ("Subtitle", "And Their Names"),
        ("Author and contributors", "Ann Ash (author)"),
        ("Description", "Of common things."),
        ("Keywords", "salt"),
        ("ISBN", ISBN),
        ("Publication date", "leave empty"),
        ("Ink and paper", "black ink, white paper"),
        ("Page count", str(pages)),
        ("Bleed", "no bleed"),
        ("Interior file", "Upload things-interior.pdf."),
        ("Barcode on the cover", "It is on the cover already."),
    ):
        assert lines[lines.index(label) + 1] == value


def test_the_checklist_fits_a_telephone(things: tuple[Path, Report], tmp_path: Path) -> None:
    png = tmp_path / "checklist.png"
    validators.screenshot(things[0] / "print/kdp/checklist.html", png, 400, 900)
    assert png.stat().st_size > 10_000


def test_a_long_title_is_cut_short_in_the_running_head(tmp_path: Path) -> None:
    title = "The Long and Winding History of the Common Things That Ever Were Made and Used"
    report = made(tmp_path, TOML.replace('"Things"', f'"{title}"', 1), "generic")
    found = [query.code for query in report.queries]
    assert [code for code in found if code.startswith(("preflight-", "press-"))] == []
    (path,) = (tmp_path / "out/print/generic").glob("*-interior.pdf")
    page = pypdfium2.PdfDocument(path)[9]
    picture_of = page.render(scale=1).to_pil().convert("L")
    head = picture_of.crop((0, 0, picture_of.width, 60)).point(lambda grey: 255 * (grey < 128))
    left, _, right, _ = head.getbbox() or (0, 0, 0, 0)
    assert (left > 36, right < page.get_width() - 50) == (True, True)


def test_another_look_is_printed_beside_the_book(tmp_path: Path) -> None:
    toml = f"""{TOML}
    [looks.large]
    size = 16
    trim = "6x9"
    isbn = "9783161484100"
    [print.lulu]
    look = "large"
    """
    made(tmp_path, toml, "kdp", "lulu")
    folder = tmp_path / "out/print"
    assert sorted(path.name for path in folder.iterdir()) == ["kdp", "lulu-large"]
    with (
        pikepdf.open(folder / "kdp/things-interior.pdf") as plain,
        pikepdf.open(folder / "lulu-large/things-large-interior.pdf") as large,
    ):
        assert len(large.pages) > len(plain.pages) * 1.3
        assert [float(edge) for edge in large.pages[0].trimbox[2:]] == [6 * 72, 9 * 72]
    (reading,) = read_barcodes((folder / "lulu-large/things-large-cover.pdf").read_bytes())
    assert reading.digits == "9783161484100"
    copyright_page = pypdfium2.PdfDocument(folder / "lulu-large/things-large-interior.pdf")[3]
    assert "9783161484100" in copyright_page.get_textpage().get_text_bounded()


def test_a_look_on_the_command_line_is_that_of_all_files(tmp_path: Path) -> None:
    toml = f'{TOML}\n    [looks.large]\n    size = 16\n    trim = "6x9"\n'
    source = write_book(tmp_path / "book", ESSAYS, dedented(toml))
    wanted = Wanted(("kdp",), "large")
    publish(source, tmp_path / "out", MOMENT, ("screen",), wanted=wanted)
    files = {path.name for path in (tmp_path / "out").rglob("*.pdf")}
    assert files == {"things-large.pdf", "things-large-interior.pdf", "things-large-cover.pdf"}


def test_a_book_that_is_too_thin_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    source = write_book(tmp_path / "thin", {"essays/a.md": "# A\n\nWords.\n"}, dedented(TOML))
    with pytest.raises(Unprintable) as refused:
        publish(source, tmp_path / "out", MOMENT, wanted=Wanted(("kdp",)))
    errors = [query for query in refused.value.queries if query.severity is Severity.ERROR]
    assert "too-few-pages" in {query.code for query in errors}
    assert "KDP binds at least 24 pages" in errors[0].message
    assert "preflight-too-few-pages" not in {query.code for query in errors}
    assert not (tmp_path / "out").exists()


MAP: dict[str, str | bytes] = {
    "essays/map.md": f"# Map\n\n![A map](../images/map.png)\n\n{WORDS}",
    "images/map.png": picture("PNG"),
}
"""An essay with a coarse picture."""


def test_what_preflight_finds_is_told_with_the_file_and_the_source(tmp_path: Path) -> None:
    with pytest.raises(Unprintable) as refused:
        made(tmp_path, TOML, "kdp", more=MAP)
    (query,) = [q for q in refused.value.queries if q.code == "preflight-low-resolution"]
    assert query.severity is Severity.ERROR
    assert query.message.startswith("Amazon KDP, things-interior.pdf, page ")
    assert "Source: " in query.hint
    assert not (tmp_path / "out").exists()


def test_what_preflight_warns_of_is_on_the_checklist(tmp_path: Path) -> None:
    report = made(tmp_path, TOML, "generic", more=MAP)
    assert "preflight-low-resolution" in {query.code for query in report.queries}
    assert "dots an inch" in (tmp_path / "out/print/generic/checklist.html").read_text()


def test_a_stylesheet_without_page_numbers_is_no_accident(tmp_path: Path) -> None:
    with pytest.raises(Unprintable) as refused:
        made(tmp_path, TOML, "kdp", more={"styles/print.css": "html { font-size: 10pt"})
    queries = refused.value.queries
    assert ("foreign-font", "styles/print.css") in {(q.code, q.place.file) for q in queries}


def test_art_that_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    toml = f'{TOML}\n    [print]\n    cover = "images/front.jpg"\n'
    with pytest.raises(Unprintable) as refused:
        made(tmp_path, toml, "kdp")
    (query,) = refused.value.queries
    assert (query.code, query.place.line) == ("missing-image", 14)


def test_a_cover_of_another_kind_is_told_with_its_line(tmp_path: Path) -> None:
    toml = f'{TOML}\n    [print]\n    cover = "images/front.tif"\n'
    with pytest.raises(Unprintable) as refused:
        made(tmp_path, toml, "kdp", more={"images/front.tif": picture("TIFF")})
    (query,) = refused.value.queries
    assert (query.code, query.place.line) == ("cover-art", 14)
    assert "images/front.tif is neither PNG nor JPEG" in query.message


def test_a_cover_that_is_too_small_is_told_once_with_its_line(tmp_path: Path) -> None:
    toml = f'{TOML}\n    [print]\n    cover = "images/front.png"\n'
    with pytest.raises(Unprintable) as refused:
        made(tmp_path, toml, "kdp", more={"images/front.png": picture("PNG")})
    told = [query for query in refused.value.queries if "resolution" in query.code]
    assert [(query.code, query.place.line) for query in told] == [("cover-art-resolution", 14)]
    assert "1688 × 2625 pixels" in told[0].hint


def test_a_spine_for_other_pages_and_a_trim_that_is_not_cut_are_told_with_their_lines(
    tmp_path: Path,
) -> None:
    toml = f"""{TOML}
    [look]
    trim = "9x12"
    [print.kdp]
    spine = "0.61 in"
    """
    with pytest.raises(Unprintable) as refused:
        made(tmp_path, toml, "kdp")
    lines = {query.code: query.place.line for query in refused.value.queries}
    assert (lines["unknown-trim"], lines["unlike-spine"]) == (14, 16)
    (spine,) = [query for query in refused.value.queries if query.code == "unlike-spine"]
    assert "said to be 0.61 in" in spine.message
    assert spine.severity is Severity.WARNING


def test_printers_of_the_file_are_served_without_being_asked(tmp_path: Path) -> None:
    toml = f'{TOML}\n    [print]\n    printers = ["generic"]\n'
    made(tmp_path, toml)
    assert (tmp_path / "out/print/generic/things-interior.pdf").is_file()


def test_the_same_book_makes_the_same_files(things: tuple[Path, Report], tmp_path: Path) -> None:
    made(tmp_path, TOML, "kdp", "ingramspark")
    for path in things[0].rglob("print/*/*"):
        again = tmp_path / "out" / path.relative_to(things[0])
        assert again.read_bytes() == path.read_bytes(), path


@cache
def said(*arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "bindery", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return done.returncode, done.stdout, done.stderr


def test_the_command_makes_print_files_alone(tmp_path: Path) -> None:
    source = write_book(tmp_path / "book", ESSAYS, dedented(TOML))
    code, out, _ = said(
        *("publish", str(source), "--only", "print", "--printer", "KDP", "--json"),
        *("--out", str(tmp_path / "out")),
    )
    assert code == 0
    paths = [Path(file["path"]).name for file in json.loads(out)["artifacts"]]
    assert paths[:2] == ["things-interior.pdf", "things-cover.pdf"]
    assert not (tmp_path / "out/things.pdf").exists()


def test_print_files_for_nobody_are_refused(tmp_path: Path) -> None:
    source = write_book(tmp_path / "book", ESSAYS, dedented(TOML))
    code, _, err = said("publish", str(source), "--only", "print")
    assert code == 1
    assert "no printer is named" in err


def test_an_unknown_printer_is_wrong_usage() -> None:
    code, _, err = said("publish", "--printer", "kpd")
    assert code == 2
    assert "Did you mean “kdp”?" in err


def test_an_unknown_look_is_told(tmp_path: Path) -> None:
    source = write_book(tmp_path / "book", ESSAYS, dedented(TOML))
    code, _, err = said("publish", str(source), "--look", "huge")
    assert code == 1
    assert "There is no look “huge”" in err
