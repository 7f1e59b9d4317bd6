"""The ledger: what has not changed is left as it is, and whatever has is published anew."""

from __future__ import annotations

import datetime
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bindery.composing import Press
from bindery.errata import Unprintable
from bindery.production import Report, publish
from tests.conftest import ROOT, SQUARE
from tests.specimen import write_book

FILES: dict[str, str | bytes] = {
    "essays/a.md": "# Salt\n\nSalt is old.\n\n![A square](../images/a.svg)\n",
    "essays/b.md": "# Brine\n\nBrine is older.\n",
    "images/a.svg": SQUARE,
}
TOML = 'title = "Specimen"\n'
MOMENT = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)


class Shop:
    """A book folder, and where it is published to."""

    def __init__(self, folder: Path) -> None:
        self.book = write_book(folder / "book", FILES, TOML)
        self.out = folder / "out"
        self.press = Press(cache=folder / "cache")

    def publish(
        self, *editions: str, moment: datetime.datetime | None = None
    ) -> tuple[Report, list[str]]:
        """What came out, and what had to be done for it."""
        heard: list[str] = []
        report = publish(
            self.book,
            self.out,
            moment,
            editions or ("screen",),
            lambda stage, _what: heard.append(stage),
            self.press,
        )
        return report, heard

    def write(self, path: str, content: str | bytes) -> None:
        write_book(self.book, {path: content}, None)

    def state(self) -> dict[str, tuple[bytes, int]]:
        """Every file with its bytes and the time when it was written."""
        return {
            path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in self.out.iterdir()
        }


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path)
    assert "delivering" in shop.publish()[1]
    return shop


def test_nothing_changed_and_nothing_is_touched(shop: Shop):
    """The moment stays as well, without SOURCE_DATE_EPOCH, though the clock has gone on."""
    before = shop.state()
    time.sleep(1.1)
    report, heard = shop.publish()
    assert shop.state() == before
    assert set(heard) == {"reading"}
    assert {a.path: a.data for a in report.artifacts} == {
        name: data for name, (data, _) in before.items()
    }


def test_the_report_is_the_same_again(shop: Shop):
    shop.write("essays/b.md", "# Brine\n\nBrine <b>is</b> older. [x](http://example.org)\n")
    first, heard = shop.publish()
    assert "delivering" in heard
    second, heard = shop.publish()
    assert "delivering" not in heard
    assert second.artifacts == first.artifacts
    assert second.queries == first.queries
    assert second.pages == first.pages


def house(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


CHANGES: dict[str, Callable[[Shop], object]] = {
    "essay": lambda shop: shop.write("essays/a.md", "# Salt\n\nSalt is ancient.\n"),
    "new essay": lambda shop: shop.write("essays/c.md", "# Lye\n"),
    "lost essay": lambda shop: (shop.book / "essays/b.md").unlink(),
    "picture": lambda shop: shop.write("images/a.svg", SQUARE.replace("4v4", "3v3")),
    "template": lambda shop: shop.write(
        "templates/blank.html.j2", house("templates/blank.html.j2") + "<!-- -->"
    ),
    "words": lambda shop: shop.write(
        "templates/words.toml", house("templates/words.toml").replace("Contents", "What is in it")
    ),
    "style": lambda shop: shop.write("styles/print.css", house("styles/print.css") + "\n"),
    "font": lambda shop: shop.write("styles/fonts/new.ttf", b"font"),
    "toml": lambda shop: shop.write("book.toml", f'{TOML}publisher = "P"\n'),
    "vocabulary": lambda shop: shop.write("index.toml", "# Nothing yet.\n"),
    "lost file": lambda shop: (shop.out / "specimen.pdf").unlink(),
    "damaged file": lambda shop: (shop.out / "specimen.pdf").write_bytes(b"%PDF"),
    "lost sums": lambda shop: (shop.out / "SHA256SUMS").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_published_anew(shop: Shop, change: str):
    CHANGES[change](shop)
    assert "delivering" in shop.publish()[1]
    assert set(shop.publish()[1]) == {"reading"}
    sums = (shop.out / "SHA256SUMS").read_text()
    assert "specimen.pdf" in sums


def test_other_editions_are_published_anew(shop: Shop):
    assert "delivering" in shop.publish("screen", "epub")[1]
    assert set(shop.publish("epub", "screen")[1]) == {"reading"}
    assert (shop.out / "specimen.epub").exists()


def test_what_is_asked_for_again_is_the_same_again(shop: Shop):
    shop.publish("screen", "epub")
    both = {path: data for path, (data, _) in shop.state().items()}
    time.sleep(1.1)
    shop.publish("screen")
    shop.publish("screen", "epub")
    assert {path: data for path, (data, _) in shop.state().items()} == both


def test_another_picture_makes_another_moment(shop: Shop):
    modified = []
    for square in (SQUARE, SQUARE.replace("h4", "h3")):
        shop.write("images/a.svg", square)
        shop.publish("screen", "epub")
        shop.publish("epub")
        with zipfile.ZipFile(shop.out / "specimen.epub") as book:
            package = book.read("EPUB/content.opf").decode()
        modified.append(package.partition("dcterms:modified")[2][:30])
        time.sleep(1.1)
    assert modified[0] != modified[1]


def test_another_moment_is_published_anew(shop: Shop):
    assert "delivering" in shop.publish(moment=MOMENT)[1]
    assert set(shop.publish(moment=MOMENT)[1]) == {"reading"}
    assert "delivering" in shop.publish(moment=MOMENT.replace(year=2027))[1]


def test_another_destination_is_published_to(shop: Shop, tmp_path: Path):
    shop.out = tmp_path / "elsewhere"
    assert "delivering" in shop.publish()[1]
    assert (shop.out / "specimen.pdf").exists()


def refused(shop: Shop) -> list[tuple[str, str]]:
    before = shop.state()
    with pytest.raises(Unprintable) as refusal:
        shop.publish()
    assert shop.state() == before
    return [(query.code, str(query.place)) for query in refusal.value.queries]


def test_a_lost_picture_is_missed(shop: Shop):
    (shop.book / "images/a.svg").unlink()
    assert refused(shop) == [("missing-image", "essays/a.md:5")]


def test_a_byte_that_is_no_character_is_told(shop: Shop):
    """Without it the text is what it was."""
    data = (shop.book / "essays/a.md").read_bytes()
    shop.write("essays/a.md", data.replace(b"old", b"ol\xffd"))
    assert refused(shop) == [("bad-encoding", "essays/a.md:3")]


def test_a_link_out_of_the_folder_is_told(shop: Shop, tmp_path: Path):
    (tmp_path / "secret.md").write_text("# Secret\n")
    (shop.book / "essays/c.md").symlink_to(tmp_path / "secret.md")
    assert refused(shop) == [("outside", "essays/c.md")]


def test_an_essay_that_is_left_out_is_told(shop: Shop):
    order = '[order]\nessays = ["essays/a.md", "essays/b.md"]\n'
    shop.write("book.toml", TOML + order)
    assert shop.publish()[0].queries == ()
    shop.write("essays/c.md", "# Lye\n")
    assert [query.code for query in shop.publish()[0].queries] == ["left-out"]
    assert [query.code for query in shop.publish()[0].queries] == ["left-out"]


def test_a_refused_book_is_not_written_down(shop: Shop):
    good = (shop.book / "essays/a.md").read_text("utf-8")
    shop.write("essays/a.md", "# Salt\n\n[x](nowhere.md)\n")
    refused(shop)
    refused(shop)
    shop.write("essays/a.md", good)
    assert set(shop.publish()[1]) == {"reading"}


def test_spoilt_entries_are_not_believed(shop: Shop):
    assert shop.press.cache is not None
    for path in shop.press.cache.rglob("*"):
        if path.is_file():
            path.write_bytes(b"{}")
    assert "delivering" in shop.publish()[1]
