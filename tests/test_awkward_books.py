"""Books that are hard to set: wide tables and code, odd file names, text from right to left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest
from lxml import etree

from bindery.galleys import draw_up
from bindery.house_style import direction, read_house_style
from tests.conftest import Published, picture, published
from tests.reading import OPF, ElectronicBook, PrintedBook
from tests.specimen import chapter_of, edited, said_of, write_book
from tests.validators import epubcheck

LONG = "x" * 300
TEXT_EDGE = 396 - 46.8 + 1
"""No letter of a page stands further right than this, in points."""
NAMES = ("a#b.png", "q?.png", "100%.png")
WIDE = f"""# Wide

Words.

    {LONG}

```python
{LONG} = 1
```

> quote
>
>     {LONG}

- item

        {LONG}

| a | b |
|---|---|
| {"W" * 80} | {"d" * 20} |

|{"|".join(f" Heading{n} " for n in range(12))}|
|{"---|" * 12}
|{"|".join(f" Considerable{n} " for n in range(12))}|

![A](../images/a%23b.png) ![Q](<../images/q?.png>) ![P](../images/100%25.png)
"""
ARABIC = """# الملح: تاريخ قصير

> الملح قديم.
>
> — قول

<!--ix: الملح-->الملح قديم "جدا" في تاريخ الشعوب كلها، وقد استعمله الناس في حفظ الطعام منذ آلاف
السنين، وقال "العالم 'الكبير' الحكيم" إن الملح كنز.[^1]

- بند أول

| النوع | الوزن |
|---|---:|
| بحري | 1 |

[^1]: حاشية قصيرة.
"""


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Published:
    files: dict[str, str | bytes] = {"essays/a.md": WIDE}
    files |= {f"images/{name}": picture("PNG") for name in NAMES}
    source = write_book(tmp_path_factory.mktemp("wide"), files)
    return published(source, tmp_path_factory.mktemp("wide-output"))


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Published:
    toml = 'title = "كتاب الملح"\nlanguage = "ar"\nslug = "ar"\n'
    essays = {"essays/a.md": ARABIC, "essays/b.md": f"# ماء\n\n{'الماء قديم. ' * 500}"}
    source = write_book(tmp_path_factory.mktemp("ar"), essays, toml)
    return published(source, tmp_path_factory.mktemp("ar-output"))


def edges(book: PrintedBook) -> Iterator[float]:
    for page in range(book.count):
        yield from (right for _, (_, _, right, _) in book.letters(page))


def test_nothing_runs_off_the_page(wide: Published) -> None:
    book = PrintedBook(wide.path(".pdf").read_bytes())
    assert max(edges(book)) < TEXT_EDGE
    assert "".join(book.flow).count("x") >= 4 * len(LONG)


def test_pictures_with_odd_names_are_in_every_edition(wide: Published) -> None:
    assert [query for query in wide.report.queries if query.code != "no-alt"] == []
    book = PrintedBook(wide.path(".pdf").read_bytes())
    found = [page for page in book._pages for _ in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE])]
    assert len(found) == len(NAMES)
    assert not [line for line in wide.report.queries if "WeasyPrint" in line.message]
    epub = wide.path(".epub")
    assert len([n for n in ElectronicBook(epub.read_bytes()).names if "image-" in n]) == len(NAMES)
    assert epubcheck(epub) == []


def test_a_table_of_too_many_columns_is_told_with_its_place() -> None:
    row = "|" + " a |" * 13
    text = f"| a |\n|---|\n| b |\n\n{row}\n|{'--|' * 13}\n{row}\n"
    assert said_of(text) == ["8 wide-table warning"]


def test_only_words_too_long_for_their_columns_are_broken(tmp_path: Path) -> None:
    text = "# A\n\n| one | two |\n|---|---|\n| {} | b |\n"
    for letters, tight in ((40, False), (60, True)):
        folder = write_book(tmp_path / str(letters), {"essays/a.md": text.format("w" * letters)})
        galleys = draw_up(edited(folder), read_house_style())
        html = next(str(g.values["text"]) for g in galleys if g.name == "a")
        assert ('class="tight"' in html) is tight


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl"), ("ur", "rtl"), ("en", "ltr"), ("de", "ltr")],
)
def test_the_direction_of_a_language(language: str, expected: str) -> None:
    assert direction(language) == expected


def test_arabic_has_its_own_quotation_marks() -> None:
    text = chapter_of("قال \"كلمة 'هنا' له\".", language="ar").xhtml
    assert text == "<p>قال «كلمة “هنا” له».</p>"


def test_arabic_runs_from_right_to_left_on_the_page(arabic: Published) -> None:
    book = PrintedBook(arabic.path(".pdf").read_bytes())
    html = "".join(
        str(g.values.get("text", "")) for g in draw_up(arabic.copy.book, arabic.copy.house)
    )
    assert 'class="initial"' not in html
    boxes = [box for page in range(book.count) for sign, box in book.letters(page) if sign == "•"]
    (left, _, _, _) = boxes[0]
    assert left > TEXT_EDGE * 2 / 3


def test_an_arabic_e_book_says_so(arabic: Published) -> None:
    path = arabic.path(".epub")
    book = ElectronicBook(path.read_bytes())
    spine = book.package.find("opf:spine", OPF)
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"
    assert {document.get("dir") for document in book.documents.values()} == {"rtl"}
    assert epubcheck(path) == []
    page = etree.HTML((arabic.folder / "index.html").read_text("utf-8"))
    assert page.get("dir") == "rtl"


def test_an_english_e_book_says_nothing_of_it(wide: Published) -> None:
    book = ElectronicBook(wide.path(".epub").read_bytes())
    assert {document.get("dir") for document in book.documents.values()} == {None}


def test_a_heading_of_the_index_keeps_its_last_word_and_first_number_together(
    tmp_path: Path,
) -> None:
    entry = "science and technology partnerships"
    text = f"# A\n\n<!--ix: {entry}-->Words and <!--ix: {entry}; salt-->more.\n"
    book = published(write_book(tmp_path, {"essays/a.md": text}), tmp_path / "out", "screen")
    printed = PrintedBook(book.path(".pdf").read_bytes())
    lines = printed.text(printed.count - 1).replace("\u00a0", " ").replace("\r", "").split("\n")
    assert not [line for line in lines if line.strip() == "1"]
    assert "salt, 1" in lines
