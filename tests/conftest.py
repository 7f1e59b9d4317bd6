"""Books that are published once, for all tests that look at what came out."""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from PIL import Image

from bindery.book import EditedBook
from bindery.editions import EDITIONS
from bindery.imposition import Words, impose
from bindery.metadata import Metadata
from bindery.pagination import SetBook
from bindery.production import Copy, Report, edit, publish
from tests.reading import ElectronicBook, PrintedBook
from tests.specimen import dedented, write_book

ROOT = Path(__file__).resolve().parent.parent
MOMENT = datetime.datetime(2026, 11, 21, 12, 30, 15, tzinfo=datetime.UTC)
"""When everything in the tests is published."""


@dataclass(frozen=True)
class Published:
    """A book's finished files, with what Bindery said about them."""

    source: Path
    folder: Path
    report: Report

    def path(self, ending: str) -> Path:
        """The one file with this ending."""
        (found,) = self.folder.glob(f"*{ending}")
        return found

    @cached_property
    def copy(self) -> Copy:
        """The book, edited but not set."""
        return edit(self.source)


def published(source: Path, folder: Path, *editions: str) -> Published:
    """A book folder published into a folder: in these editions, or in all."""
    report = publish(source, folder, MOMENT, editions or tuple(EDITIONS))
    return Published(source, folder, report)


def imposed(book: SetBook, files: Mapping[str, bytes]) -> PrintedBook:
    """Set pages, put together; `files` has the fonts of the styles."""
    programs = {hashlib.sha256(data).hexdigest(): data for data in files.values()}
    for pages in book.all_pages():
        programs |= pages.programs
    words = Words(page="Page {number}", cover="Cover")
    metadata = Metadata(title="Specimen")
    return PrintedBook(impose(book, programs, metadata, words, MOMENT, "Bindery"))


@pytest.fixture(scope="session")
def our_book(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """`book/`, published."""
    return published(ROOT / "book", tmp_path_factory.mktemp("our-book"))


@pytest.fixture(scope="session")
def edited(our_book: Published) -> EditedBook:
    """Our book, edited."""
    return our_book.copy.book


@pytest.fixture(scope="session")
def printed(our_book: Published) -> PrintedBook:
    """Our book's PDF."""
    return PrintedBook(our_book.path(".pdf").read_bytes())


@pytest.fixture(scope="session")
def ebook(our_book: Published) -> ElectronicBook:
    """Our book's EPUB."""
    return ElectronicBook(our_book.path(".epub").read_bytes())


SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'
"""A drawing, the smallest there is."""


def picture(kind: str) -> bytes:
    """A small picture in a format such as PNG."""
    out = io.BytesIO()
    Image.new("RGB", (16, 9), "teal").save(out, kind)
    return out.getvalue()


VARIED = {
    "book.toml": r"""
        title = "Salt & <Iron>: \"Tempered\""
        subtitle = "A < B & C > D"
        language = "en"
        publisher = "Smith & <Sons>"
        description = "Of \"salt\" & <iron>."
        rights = "© <us> & them"
        subjects = ["R&D <all>"]
        keywords = ["a & b"]
        [[contributors]]
        name = "Anne O'Hara & <Co>"
        roles = ["author", "illustrator"]
        [[contributors]]
        name = "Zoë Ámos"
        file_as = "Amos, Zoe"
        roles = ["translator"]
        [identifiers]
        isbn_epub = "978-3-16-148410-0"
        """,
    "front/dedication.md": "# Dedication\n\nTo all who mend.\n",
    "front/preface.md": """
        # Preface

        A short word of the word أمة, of [salt](../essays/salt.md#kinds) and of
        [iron](../essays/eisen.md).
        """,
    "essays/salt.md": """
        ---
        author: [Anne O'Hara & <Co>, Bo Li]
        running: Salt & <more>
        summary: What "salt" is & <why>.
        ---

        # Salt &amp; &lt;Brine&gt;: "A" &lt; "B"

        > Ye are the salt of the earth.
        >
        > — Matthew 5:13

        <!--ix: salt-->Salt is **strong** and *fine*; AT&T, a < b > c, "quoted".[^one] So is
        <!--ix: brine > weak-->brine.[^two] And again.[^one]

        ## Kinds &amp; &lt;sorts&gt; {#kinds}

        - sea salt
        - rock salt <!--ix: rock-->of the *hills*
            1. grey
            2. white

        Term
        :   What it *means*.

        | Kind | Mass |
        |:--|--:|
        | Sea | 1 |
        | Rock | 22 |

        Table: Two <!--ix: kinds-->kinds. {#tab-kinds}

        ### Code

        Write `a < b && c` or:

        ```python
        if a < b & c:  # <!--ix: not-->
            print("salt")
        ```

        ***

        ![A teal field](../images/field.png "The *field*."){#fig-field}

        ![Another](../images/field.jpg)

        ![A third](../images/third%20field.gif "Third & last.")

        ![A square](../images/square.svg "A square.")

        Inline ![tiny](../images/square.svg) picture, H~2~O and x^2^. See [kinds](#kinds),
        [the web](https://example.org/?a=1&b=2) and [table](#tab-kinds).

        [^one]: A note with <!--ix: salt-->a mark, `code` and [a link](eisen.md#rost).

            And a second paragraph.
        [^two]: Another &lt;last&gt;.
        """,
    "essays/eisen.md": """
        ---
        language: de
        ---

        # Das Eisen

        Das <!--ix: iron-->Eisen rostet, "sagt man". Der Fußgänger sah es.[^n]

        ## Rost {#rost}

        Rot wie das Wort كتاب.

        [^n]: Eine Anmerkung.
        """,
    "back/colophon.md": "# Colophon\n\nSet with care.\n",
}
"""A book with everything that a book can have, and with every sign that HTML minds."""


@pytest.fixture(scope="session")
def varied_book(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The book with everything, published."""
    files: dict[str, str | bytes] = {path: dedented(text) for path, text in VARIED.items()}
    files |= {
        "images/field.png": picture("PNG"),
        "images/field.jpg": picture("JPEG"),
        "images/third field.gif": picture("GIF"),
        "images/square.svg": SQUARE,
    }
    source = write_book(tmp_path_factory.mktemp("varied"), files)
    return published(source, tmp_path_factory.mktemp("varied-output"))


@pytest.fixture(scope="session")
def bare_book(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Arabic, without notes, pictures, index, front and back matter or author; one is empty."""
    toml = 'title = "كتاب"\nlanguage = "ar"\nslug = "bare"\n'
    essays = {"essays/a.md": "# ملح\n\nالملح قديم.\n", "essays/empty.md": "# ماء\n"}
    source = write_book(tmp_path_factory.mktemp("bare"), essays, toml)
    return published(source, tmp_path_factory.mktemp("bare-output"))
