"""Type that stands: kept whole or not at all, fetched only by those who would set the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bindery import standing_type
from bindery.composing import Press
from bindery.house_style import HouseStyle, read_house_style
from bindery.production import Report, publish
from bindery.set_pages import Anchor, Bookmark, Copy, SetPages, UsedFont
from bindery.setting import ComposingRoom
from bindery.standing_type import StandingType, fingerprint, keep_standing, key, key_of
from tests.conftest import MOMENT, ROOT, SQUARE
from tests.specimen import write_book

PAGE = {"print.css": b"@page { size: 200pt 100pt; margin: 20pt } p { colour: red }"}
HTML = "<html lang=en><h1 id=a>S\u00e4lt</h1><p id=b>and \U0001d49c"
COPY = Copy("a", HTML, {"x.png": b"\x89\0"})
PAGES = SetPages(
    b"%PDF\n\0\xff",
    ((Anchor("a", 1.5, 2), Anchor('\u00e4 \u2028"', 0.1 + 0.2, -3)), ()),
    ((), (Bookmark(2, "A\nB \U0001d49c", 1, 2.25, True),)),
    (UsedFont("K", "EB Garamond", "f" * 64, 3, {7: "ffi", 12: ""}, {7: 480, 12: 0.125}),),
    {"e" * 64: b"\n12\n", "d" * 64: b""},
    ("WeasyPrint says \u201cno\u201d.",),
)
KEY = "ab" + "c" * 62


def kept_through(kept: StandingType, copy: Copy, pages: SetPages) -> tuple[SetPages, int]:
    """What a typesetter with this standing type hands back, and how often it had to set."""
    asked: list[Copy] = []

    def typeset(copies: object) -> list[SetPages]:
        asked.extend(copies)  # type: ignore[arg-type]
        return [pages] * len(asked)

    (found,) = keep_standing(kept, "styles", typeset)([copy])
    return found, len(asked)


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


# Round trips


@pytest.mark.parametrize("pages", [PAGES, SetPages(b"", (), (), (), {}, ())])
def test_pages_come_back_as_they_were(tmp_path: Path, pages: SetPages):
    kept = StandingType(tmp_path)
    assert kept_through(kept, COPY, pages) == (pages, 1)
    assert kept_through(StandingType(tmp_path), COPY, PAGES) == (pages, 0)


def test_pages_that_were_really_set_come_back_as_they_were(tmp_path: Path):
    pages = ComposingRoom(PAGE).set_in_type(COPY)
    assert pages.complaints
    assert pages.programs
    kept_through(StandingType(tmp_path), COPY, pages)
    assert kept_through(StandingType(tmp_path), COPY, PAGES) == (pages, 0)


def test_copies_are_handed_back_in_their_order_whatever_stood(tmp_path: Path):
    room = ComposingRoom({"print.css": b"@page { size: 200pt 100pt; margin: 20pt }"})
    copies = [Copy(f"c{n}", f"<p id='p{n}'>x") for n in range(6)]
    asked: list[str] = []

    def typeset(found: object) -> list[SetPages]:
        work: list[Copy] = list(found)  # type: ignore[call-overload]
        asked.extend(copy.name for copy in work)
        return [room.set_in_type(copy) for copy in work]

    keeping = keep_standing(StandingType(tmp_path), "", typeset)
    keeping(copies[1::2])
    found = keeping([*copies, copies[0]])
    assert [pages.anchors[0][0].name for pages in found] == [*(f"p{n}" for n in range(6)), "p0"]
    assert asked == ["c1", "c3", "c5", "c0", "c2", "c4"]


# What is spoilt


def truncated(data: bytes, at: int) -> bytes:
    return data[:at]


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def longer(data: bytes, at: int) -> bytes:
    return data[:at] + b"\0" + data[at:]


@pytest.mark.parametrize("spoil", [truncated, flipped, longer])
def test_a_spoilt_entry_is_thrown_away_and_set_again(
    tmp_path: Path, spoil: Callable[[bytes, int], bytes]
):
    kept = StandingType(tmp_path)
    kept_through(kept, COPY, PAGES)
    (path,) = entries(tmp_path)
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(spoil(whole, at))
        if at % 50 == 0:
            assert kept_through(kept, COPY, PAGES) == (PAGES, 1)
            assert path.read_bytes() == whole
        else:
            assert kept.get(path.parent.name + path.name) is None
            assert not path.exists()


def test_another_format_is_another_entry(tmp_path: Path):
    kept = StandingType(tmp_path)
    kept.put(KEY, b"data")
    (path,) = entries(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"type 1", b"type 0", 1))
    assert kept.get(KEY) is None
    assert not path.exists()


def test_nothing_is_kept_that_was_not_put(tmp_path: Path):
    kept = StandingType(tmp_path / "nowhere")
    assert kept.get(KEY) is None
    assert not kept.has(KEY)
    assert not (tmp_path / "nowhere").exists()
    kept.put(KEY, b"")
    assert kept.get(KEY) == b""
    assert kept.has(KEY)


def test_a_folder_that_cannot_be_written_to_keeps_nothing(tmp_path: Path):
    """A file stands where the folder should be, or a folder where the entry should be."""
    (tmp_path / "file").write_bytes(b"")
    kept = StandingType(tmp_path / "file")
    assert kept_through(kept, COPY, PAGES) == (PAGES, 1)
    kept.sweep()
    (tmp_path / "type" / KEY[:2] / KEY[2:]).mkdir(parents=True)
    kept = StandingType(tmp_path)
    kept.put(KEY, b"data")
    assert kept.get(KEY) is None
    assert entries(tmp_path) == [tmp_path / "file"]


WRITER = """
import sys
from pathlib import Path
from bindery.standing_type import StandingType
kept, wrong = StandingType(Path(sys.argv[1])), 0
for number in range(400):
    kept.put("ab" + "c" * 62, sys.argv[2].encode() * 200_000)
    found = kept.get("ab" + "c" * 62)
    wrong += found is None or len(found) != 200_000 or len(set(found)) != 1
print(wrong)
"""


def test_two_processes_may_write_the_same_entry_at_once(tmp_path: Path):
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), letter],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for letter in "ab"
    ]
    assert [run.communicate(timeout=60)[0].strip() for run in runs] == ["0", "0"]
    assert StandingType(tmp_path).get(KEY) in (b"a" * 200_000, b"b" * 200_000)
    assert len(entries(tmp_path)) == 1


# Sweeping


def test_the_longest_unused_go_first(tmp_path: Path):
    kept = StandingType(tmp_path)
    names = [f"{n}{n}{'0' * 62}" for n in range(5)]
    for age, name in enumerate(names):
        kept.put(name, bytes(1000))
        path = tmp_path / "type" / name[:2] / name[2:]
        os.utime(path, (time.time() - 1000 + age,) * 2)
    assert kept.get(names[0])  # Which is a use.
    size = entries(tmp_path)[0].stat().st_size
    kept.sweep(3 * size)
    assert [kept.has(name) for name in names] == [True, False, False, True, True]
    kept.sweep(3 * size)
    assert len(entries(tmp_path)) == 3
    kept.sweep(0)
    assert entries(tmp_path) == []


def test_drafts_of_runs_that_crashed_are_swept(tmp_path: Path):
    kept = StandingType(tmp_path)
    kept.put(KEY, b"data")
    old, new = (tmp_path / "type/ab" / f"x.{n}.draft" for n in (1, 2))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * standing_type.DAY,) * 2)
    kept.sweep()
    assert [path.exists() for path in (old, new)] == [False, True]
    assert kept.has(KEY)


# Keys


@pytest.mark.parametrize(
    "other",
    [
        replace(COPY, name="b"),
        replace(COPY, html=f"{COPY.html} "),
        replace(COPY, pictures={"x.png": b"\x89\1"}),
        replace(COPY, pictures={"y.png": b"\x89\0"}),
        replace(COPY, pictures={}),
        replace(COPY, tagged=False),
        replace(COPY, side="recto"),
        replace(COPY, side="verso"),
        replace(COPY, opening=True),
    ],
)
def test_another_copy_has_another_key(other: Copy):
    assert key_of(COPY, "styles") == key_of(replace(COPY), "styles")
    assert key_of(other, "styles") != key_of(COPY, "styles")
    assert re.fullmatch("[0-9a-f]{64}", key_of(other, "styles"))


def test_parts_of_a_key_do_not_run_together():
    assert len({key("a", "b"), key("ab"), key("a", "b", ""), key(["a", "b"]), key("b", "a")}) == 5


def keys_with(house: HouseStyle) -> str:
    return key_of(COPY, fingerprint(house.files_of("print.css")))


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("print.css", True),
        ("fonts.css", True),
        ("cover.css", True),
        ("code.css", True),
        ("fonts/EBGaramond-Regular.ttf", True),
        ("epub.css", False),
        ("website.css", False),
        ("another.css", False),
    ],
)
def test_only_styles_of_the_paged_book_change_the_key(name: str, matters: bool):
    house = read_house_style()
    other = replace(house, styles={**house.styles, name: house.styles.get(name, b"") + b"\n"})
    assert (keys_with(other) != keys_with(house)) is matters


def test_another_engine_has_other_keys(tmp_path: Path):
    """WeasyPrint, or what marks up the chapters, in a version that stands before the one here."""
    found = set()
    for name in ("", "weasyprint", "Markdown", "nh3"):
        folder = tmp_path / f"with-{name}"
        facts = folder / f"{name}-99.0.dist-info" / "METADATA"
        facts.parent.mkdir(parents=True)
        facts.write_text(f"Metadata-Version: 2.1\nName: {name or 'nothing'}\nVersion: 99.0\n")
        code = "from bindery.standing_type import key; print(key('chapter', 'x'))"
        env = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
        command = [sys.executable, "-c", code]
        found.add(subprocess.run(command, env=env, capture_output=True, check=True).stdout)
    assert len(found) == 4


# Only what has changed is set again

WORDS = "Salt is older than any word for it, and it has outlived most of them. " * 9
BOOK: dict[str, str | bytes] = {
    "front/preface.md": "# Preface\n\nA word.\n",
    "essays/a.md": f"# Salt\n\n<!--ix: salt-->{WORDS}\n\n![A](../images/a.svg)\n",
    "essays/b.md": f"# Brine\n\n<!--ix: brine-->{WORDS}\n",
    "images/a.svg": SQUARE,
}
TOML = 'title = "Specimen"\nrights = "All rights"\n'
ALL = {"cover", "half-title", "title-page", "copyright", "contents", "preface", "a", "b", "index"}
FILES = {"out/specimen.pdf", "out/report.html", "out/report.json", "out/SHA256SUMS"}


class Printer:
    """Publishes a book again and again, and says what had to be set."""

    def __init__(self, folder: Path) -> None:
        self.book = write_book(folder / "book", BOOK, TOML)
        self.cache = folder / "cache"
        self.out = folder / "out"

    def set_names(self) -> set[str]:
        heard: set[str] = set()

        def progress(stage: str, what: str) -> None:
            if stage == "setting" and what:
                heard.add(what)

        press = Press(cache=self.cache)
        self.report: Report = publish(self.book, self.out, MOMENT, ["screen"], progress, press)
        return heard

    def change(self, path: str, old: str, new: str) -> None:
        file = self.book / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def printer(tmp_path: Path) -> Printer:
    printer = Printer(tmp_path)
    assert printer.set_names() >= ALL
    return printer


def galleys(names: set[str]) -> set[str]:
    return {name for name in names if not name.startswith("folios")}


def test_a_changed_word_sets_one_essay(printer: Printer):
    printer.change("essays/a.md", "older", "elder")
    assert printer.set_names() == {"a"}


def test_a_longer_essay_sets_what_names_its_pages(printer: Printer):
    printer.change("essays/a.md", "# Salt\n", f"# Salt\n\n{WORDS}\n\n{WORDS}\n\n{WORDS}\n")
    found = printer.set_names()
    assert galleys(found) == {"a", "contents", "index", "index-gauge"}
    assert found - galleys(found)


def test_another_title_sets_the_contents_as_well(printer: Printer):
    printer.change("essays/b.md", "# Brine", "# Lye")
    assert galleys(printer.set_names()) == {"b", "contents"}


def test_a_changed_picture_sets_the_essay_that_shows_it(printer: Printer):
    printer.change("images/a.svg", "M0 0h4v4z", "M0 0h3v3z")
    assert printer.set_names() == {"a"}


def test_other_rights_set_only_the_page_that_shows_them(printer: Printer):
    printer.change("book.toml", "All rights", "No rights")
    assert printer.set_names() == {"copyright"}


def test_another_title_of_the_book_sets_every_page_that_shows_it(printer: Printer):
    printer.change("book.toml", "Specimen", "Sample")
    assert printer.set_names() >= ALL


def test_other_styles_set_everything_again(printer: Printer):
    css = (ROOT / "styles/print.css").read_text("utf-8")
    write_book(printer.book, {"styles/print.css": f"{css}\n"}, None)
    assert printer.set_names() >= ALL


def test_styles_of_other_editions_set_nothing(printer: Printer):
    write_book(printer.book, {"styles/epub.css": "p { color: red }"}, None)
    assert printer.set_names() == set()


def test_what_stood_before_a_change_stands_when_it_is_undone(printer: Printer):
    before = (printer.out / "specimen.pdf").read_bytes()
    printer.change("essays/a.md", "older", "elder")
    printer.set_names()
    assert (printer.out / "specimen.pdf").read_bytes() != before
    printer.change("essays/a.md", "elder", "older")
    assert printer.set_names() == set()
    assert (printer.out / "specimen.pdf").read_bytes() == before


def test_a_spoilt_entry_is_set_again_with_the_same_bytes(printer: Printer):
    before = (printer.out / "specimen.pdf").read_bytes()
    for path in entries(printer.cache):
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert printer.set_names() >= ALL
    assert (printer.out / "specimen.pdf").read_bytes() == before


# The command line


def command(folder: Path, *options: str) -> set[str]:
    """Publish from a shell; the files that there are in the folder then, but for the book's."""
    book = write_book(folder / "book", {"essays/a.md": "# A\n\nx\n"})
    line = [sys.executable, "-m", "bindery", "publish", str(book), "--only", "screen", "--quiet"]
    line += ["--out", str(folder / "out"), *options]
    home = {"HOME": str(folder / "home"), "XDG_CACHE_HOME": str(folder / "xdg")}
    env = {**os.environ, **home, "PYTHONPATH": str(ROOT)}
    subprocess.run(line, cwd=folder, env=env, check=True, timeout=120)
    found = {path.relative_to(folder).as_posix() for path in entries(folder)}
    return {path for path in found if not path.startswith(("book/", "xdg/fontconfig", "home/."))}


def test_without_a_cache_nothing_is_kept(tmp_path: Path):
    assert command(tmp_path, "--no-cache") == FILES


def test_the_cache_is_where_it_was_asked_for(tmp_path: Path):
    found = command(tmp_path, "--cache", str(tmp_path / "kept"))
    kept = {path for path in found if path.startswith("kept/")}
    assert len(kept) > 5
    assert found - kept == FILES
