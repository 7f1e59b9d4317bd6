"""The index of the e-book: EPUB Indexes 1.0, labels, links to the very words, themes."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from bindery.composing import Composing
from bindery.editions import epub
from bindery.editions.epub.chart import bands
from bindery.editions.epub.labels import by_paragraph
from bindery.editions.epub.pages import PrintedPage, letters_of, mark_pages
from bindery.editions.epub.text import Atlas, chapter_text
from bindery.imposition import Words, impose
from bindery.index import (
    CrossReference,
    Index,
    IndexEntry,
    IndexGroup,
    IndexTheme,
    Listing,
    Locus,
    Stands,
    Weight,
)
from bindery.markup.tree import inner, parse
from bindery.pagination import SetBook, paginate, paginate_cover
from bindery.production import ALONE, Copy, edit, styles_of
from bindery.vocabulary import EbookLocators, Kind, Letters, Settings, Style
from bindery.workshop import Workshop
from tests import validators
from tests.conftest import MOMENT, Published, picture, published
from tests.reading import (
    EPUB_TYPE,
    XHTML,
    ElectronicBook,
    PrintedBook,
    squeezed,
    target,
    words_at,
)
from tests.specimen import dedented, write_book

TEXT = "EPUB/text/"
INDEX = f"{TEXT}index.xhtml"
Verdicts = dict[str, "Future[Any]"]
SEVERE = {"FATAL", "ERROR", "WARNING"}

PREFACE = """
    # Preface

    Why <!--ix: x-->alliances matter.
"""
ONE = """
    # <!--ix: x-->Alliances and *Aims*

    An <!--ix: x-->alliance is made. The <!--ix: x-->alliance is kept, or not.[^1]

    ## About <!--ix: x-->treaties

    A <!--ix: x-->treaty is signed by both.

    - A <!--ix: x-->pact is less.

    ![A map](../images/map.png "The allies."){#fig-map}

    It ends in <!--ix: x-->peace, as a rule.

    [^1]: So says <!--ix: x-->Thucydides.
"""
TWO = """
    # Trade & Tariffs

    A <!--ix: x-->tariff is a tax.

    | Good | Tariff |
    |---|---:|
    | <!--ix: x-->Salt | 12 |

    Table: Tariffs.

    The <!--ix: x-->alliance gains by it.[^1]

    [^1]: As a <!--ix: x-->treaty says.
"""
THREE = "# Three\n\nNothing is <!--ix: x-->said.\n"


def at(slug: str, number: int, **more: Any) -> Locus:
    """The place of a chapter's mark, counted from 1."""
    return Locus(f"{slug}--ix-{number}", **more)


def entry(name: str, heading: str, *loci: Locus, **more: Any) -> IndexEntry:
    return IndexEntry(f"index--{name}", heading, loci, **more)


PARTS = (
    entry("2", "forms of", at("one", 5), at("one", 6)),
    entry("3", "in antiquity", at("one", 8, stands=Stands.NOTE, note=1)),
    entry(
        "4",
        "gains by",
        at("two", 3),
        see_also=(CrossReference(("tariffs",), "index--8"),),
    ),
)
ALLIANCES = entry(
    "1",
    "alliances & pacts",
    at("preface", 1),
    Locus("one"),
    at("one", 2),
    at("one", 3, principal=True),
    at("one", 5, end="one--ix-7"),
    at("one", 6),
    Locus("one--fig-map", stands=Stands.FIGURE),
    at("two", 3),
    entries=PARTS,
    see_also=(
        CrossReference(("names of peoples",)),
        CrossReference(("alliances & pacts", "forms of"), "index--2"),
    ),
    themes=("defence", "values"),
)
PACTS = entry("5", "pacts", see=(CrossReference(("alliances & pacts",), "index--1"),))
PARENT = entry("6", "peace", entries=(entry("7", "end of", at("one", 7)),), themes=("defence",))
TARIFFS = entry(
    "8",
    "tariffs",
    at("two", 1, principal=True),
    at("two", 2, stands=Stands.TABLE),
    at("two", 4, stands=Stands.NOTE, note=1),
    see_also=(CrossReference(("Defence",), "index--theme-defence"),),
)
THUCYDIDES = entry(
    "9",
    "Thucydides",
    at("one", 8, stands=Stands.NOTE, note=1),
    kind=Kind.NAME,
)
MAPS = entry("12", "maps", Locus("one--fig-map", stands=Stands.FIGURE))
NOTHING = entry("10", "vanished")


def again(found: IndexEntry, suffix: str) -> IndexEntry:
    """The same entry with ids of its own."""
    below = tuple(again(each, suffix) for each in found.entries)
    return replace(found, id=f"{found.id}-{suffix}", entries=below)


THEMES = (
    IndexTheme(
        "index--theme-defence",
        "defence",
        "Defence & Peace",
        "Who defends whom.",
        (Weight("one", 9), Weight("two", 1), Weight("preface", 1)),
        (again(ALLIANCES, "d"), again(PARENT, "d")),
    ),
    IndexTheme("index--theme-trade", "trade", "Trade", "", (Weight("two", 0, True),), ()),
    IndexTheme(
        "index--theme-values",
        "values",
        "Values",
        "What is held dear.",
        (Weight("two", 3, True), Weight("one", 2)),
        (again(ALLIANCES, "v"),),
    ),
)
LISTINGS = (
    Listing(
        None,
        (
            IndexGroup("A", (ALLIANCES,)),
            IndexGroup("M", (MAPS,)),
            IndexGroup("P", (PACTS, PARENT)),
            IndexGroup("T", (TARIFFS, THUCYDIDES)),
            IndexGroup("V", (NOTHING,)),
        ),
    ),
    Listing(Kind.NAME, (IndexGroup("T", (again(THUCYDIDES, "n"),)),)),
)
THEMED = Index(Settings(), THEMES, LISTINGS)
PLAIN = Index(Settings(), (), (Listing(None, LISTINGS[0].groups[2:4]),))
RUN_IN = replace(
    THEMED,
    settings=Settings(
        title="Register of <Things>",
        headnote="Not all is here; **bold** is best.",
        letters=Letters.SPACE,
        style=Style.RUN_IN,
    ),
)
PAGES = replace(THEMED, settings=Settings(ebook_locators=EbookLocators.PAGE))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A book with marks; its index is written by hand."""
    essays = {"front/preface": PREFACE, "essays/one": ONE, "essays/two": TWO, "essays/three": THREE}
    files: dict[str, str | bytes] = {f"{k}.md": dedented(v) for k, v in essays.items()}
    files["images/map.png"] = picture("PNG")
    order = [f"essays/{name}.md" for name in ("one", "two", "three")]
    toml = f'title = "Index"\nlanguage = "en"\n[order]\nessays = {order}\n'
    return edit(write_book(tmp_path_factory.mktemp("themed"), files, toml))


def made(copy: Copy, index: Index) -> tuple[bytes, bytes, SetBook]:
    """The e-book of the book with this index; and the pages that were set for it."""
    book, files = replace(copy.book, index=index), styles_of(copy.house)
    images = {image.path: image.data for image in book.pictures}
    with Composing(files, ALONE, lambda _: None) as composing:
        if epub.needs_pages(book):
            set_book = paginate(book, copy.house, images, composing.typeset)
        else:
            set_book = paginate_cover(book, copy.house, composing.typeset)
    programs = {hashlib.sha256(data).hexdigest(): data for data in files.values()}
    for pages in set_book.all_pages():
        programs |= pages.programs
    words = Words(page="Page {number}", cover="Cover")
    screen = impose(set_book, programs, book.metadata, words, MOMENT, "Bindery")
    workshop = Workshop(copy.house, copy.typefaces, MOMENT, set_book, screen)
    (file,) = epub.make(book, workshop).artifacts
    return file.data, screen, set_book


@pytest.fixture(scope="module")
def files(copy: Copy) -> dict[str, bytes]:
    """The book with its four indexes."""
    indexes = {"themed": THEMED, "pages": PAGES, "plain": PLAIN, "run-in": RUN_IN}
    return {name: made(copy, index)[0] for name, index in indexes.items()}


@pytest.fixture(scope="module")
def themed(files: dict[str, bytes]) -> ElectronicBook:
    return ElectronicBook(files["themed"])


@pytest.fixture(scope="module")
def paged(files: dict[str, bytes]) -> ElectronicBook:
    return ElectronicBook(files["pages"])


def typed(document: etree._Element, kind: str) -> list[etree._Element]:
    """The elements with an epub:type."""
    return [e for e in document.iter() if kind in str(e.get(EPUB_TYPE, "")).split()]


def text_of(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).replace("\u00a0", " ").split())


def own_text(element: etree._Element) -> str:
    """The text of an entry without those below it."""
    below = [e for e in element if e.get(EPUB_TYPE) == "index-entry-list"]
    text = text_of(element)
    for each in below:
        text = text.replace(text_of(each), " ")
    return " ".join(text.split())


def line(book: ElectronicBook, name: str) -> str:
    """An entry as it is read, by the end of its id."""
    return own_text(book.element(INDEX, f"index--{name}"))


# Other people's judgement


@pytest.fixture(scope="module")
def verdicts(
    files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Verdicts]:
    """What EPUBCheck and Ace say, asked of two books at a time."""
    folder = tmp_path_factory.mktemp("judged")
    books = {**files, "spoilt": spoilt(files["themed"])}
    paths = {name: folder / f"{name}.epub" for name in books}
    for name, data in books.items():
        paths[name].write_bytes(data)
    with ThreadPoolExecutor(2) as pool:
        asked: Verdicts
        asked = {f"epubcheck {n}": pool.submit(validators.epubcheck, p) for n, p in paths.items()}
        asked |= {f"ace {n}": pool.submit(validators.ace, paths[n]) for n in ("themed", "pages")}
        yield asked


def spoilt(data: bytes) -> bytes:
    """An e-book with an entry in its index that leads nowhere."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == INDEX:
                lost = (
                    b'<li epub:type="index-entry"><span epub:type="index-term">x</span></li></ul>'
                )
                at = content.rindex(b"</ul>")
                content = content[:at] + lost + content[at + len(b"</ul>") :]
            new.writestr(entry, content)
    return out.getvalue()


@pytest.mark.parametrize("book", ["themed", "pages", "plain", "run-in"])
def test_epubcheck_finds_nothing_wrong(verdicts: Verdicts, book: str):
    messages = verdicts[f"epubcheck {book}"].result()
    assert [str(message) for message in messages if message.severity in SEVERE] == []


def test_epubcheck_looks_at_the_index(verdicts: Verdicts, themed: ElectronicBook):
    messages = verdicts["epubcheck spoilt"].result()
    assert ["index-entry" in str(m) for m in messages if m.severity in SEVERE] == [True]
    (item,) = (e for e in themed.package.iter() if e.get("href") == "text/index.xhtml")
    assert item.get("properties") == "index svg"


@pytest.mark.parametrize("book", ["themed", "pages"])
def test_ace_finds_no_obstacle(verdicts: Verdicts, book: str):
    assert [str(violation) for violation in verdicts[f"ace {book}"].result()] == []


# Labels


def test_locators_name_essay_and_paragraph_once(themed: ElectronicBook):
    assert line(themed, "1") == (
        "alliances & pacts, Preface ¶ 1; 1 ¶ 1, 2–4; 2 ¶ 2 [Defence & Peace; Values]"
        " See also names of peoples; forms of, under alliances & pacts"
    )
    assert line(themed, "2") == "forms of, 1 ¶ 2, 3"
    assert line(themed, "3") == "in antiquity, 1 n 1"
    assert line(themed, "4") == "gains by, 2 ¶ 2 (see also tariffs)"
    assert line(themed, "12") == "maps, 1 ¶ 3"
    assert line(themed, "5") == "pacts. See alliances & pacts"
    assert line(themed, "6") == "peace [Defence & Peace]"
    assert line(themed, "8") == "tariffs, 2 ¶ 1, n 1. See also Defence"


def test_main_discussions_are_bold_and_pictures_italic(themed: ElectronicBook):
    tariffs = themed.element(INDEX, "index--8")
    assert [text_of(e) for e in tariffs.iter(f"{XHTML}strong")] == ["2 ¶ 1"]
    maps = themed.element(INDEX, "index--12")
    assert [text_of(e) for e in maps.iter(f"{XHTML}i")] == ["1 ¶ 3"]
    alliances = themed.element(INDEX, "index--1")
    assert [text_of(e) for e in alliances.iter(f"{XHTML}strong")] == ["1 ¶ 1"]
    (bold,) = alliances.iter(f"{XHTML}strong")
    assert bold[0].get("href") == "one.xhtml#one--ix-3"


def test_a_range_is_read_aloud_and_leads_to_both_ends(themed: ElectronicBook):
    (found,) = typed(themed.element(INDEX, "index--1"), "index-locator-range")
    assert found.get("aria-label") == "1 ¶ 2 to 4".replace(" ¶ ", "\u00a0¶\u00a0")
    assert [link.get("href") for link in found] == ["one.xhtml#one--ix-5", "one.xhtml#one--ix-7"]


def by_hand(copy: Copy, *loci: Locus) -> str:
    """How the locators are printed; bold between asterisks, italics between underscores."""
    atlas, words = Atlas(copy.book), copy.house.words("en")
    texts = [chapter_text(chapter, atlas, words) for chapter in copy.book.chapters]
    spots = {name: spot for text in texts for name, spot in text.spots.items()}
    said = ""
    for label in by_paragraph(loci, spots, words):
        text = label.text.replace("\u00a0", " ") + (f"–{label.last}" if label.last else "")
        text = f"*{text}*" if label.principal else text
        said += label.before + (f"_{text}_" if label.italic else text)
    return said.replace("\u00a0", " ")


FIGURE = Locus("one--fig-map", stands=Stands.FIGURE)


def test_what_would_be_printed_alike_is_one_locator(copy: Copy):
    assert by_hand(copy, at("one", 2), at("one", 3)) == "1 ¶ 1"
    assert by_hand(copy, Locus("one"), at("one", 3, principal=True)) == "*1 ¶ 1*"
    assert by_hand(copy, at("one", 2, principal=True), at("one", 3)) == "*1 ¶ 1*"
    assert by_hand(copy, FIGURE) == "_1 ¶ 3_"
    assert by_hand(copy, at("one", 6), FIGURE) == "1 ¶ 3"


def test_a_discussion_holds_what_is_in_it_but_notes_and_main_discussions(copy: Copy):
    long = at("one", 2, end="one--ix-7")
    assert by_hand(copy, long, at("one", 5), at("one", 6)) == "1 ¶ 1–4"
    assert by_hand(copy, long, at("one", 5, principal=True)) == "1 ¶ 1–4, *2*"
    assert by_hand(copy, long, at("one", 8)) == "1 ¶ 1–4, n 1"
    assert by_hand(copy, long, at("one", 8), at("one", 7)) == "1 ¶ 1–4, n 1"
    assert by_hand(copy, at("one", 8), at("one", 7)) == "1 n 1, ¶ 4"
    assert by_hand(copy, at("one", 5, end="two--ix-1"), at("two", 3)) == "1 ¶ 2–2 ¶ 1, 2"


def test_a_heading_is_counted_with_the_paragraph_below(copy: Copy):
    assert by_hand(copy, at("one", 4)) == "1 ¶ 2"


def test_the_legend_explains_what_occurs_and_no_more(
    themed: ElectronicBook, files: dict[str, bytes]
):
    (legend,) = typed(themed.documents[INDEX], "index-legend")
    assert [text_of(e) for e in legend] == [
        *("1 ¶ 1", "Bold numbers mark the main discussion of a subject."),
        *("1 ¶ 3", "Italic numbers mark figures and tables."),
        *("1 n 1", "The letter n marks a note of the essay."),
        *("[ ]", "Brackets name the themes under which an entry stands."),
    ]
    assert "paragraphs of that essay" in text_of(
        typed(themed.documents[INDEX], "index-headnotes")[0]
    )
    plain = ElectronicBook(files["plain"]).documents[INDEX]
    assert typed(plain, "index-headnotes")
    assert [text_of(e) for e in typed(plain, "index-legend")[0].iter(f"{XHTML}dt")] == [
        "2 ¶ 1",
        "1 n 1",
    ]


# Links


@pytest.mark.parametrize("book", ["themed", "pages", "plain", "run-in"])
def test_every_link_lands_on_the_very_words(copy: Copy, files: dict[str, bytes], book: str):
    ebook = ElectronicBook(files[book])
    locators = typed(ebook.documents[INDEX], "index-locator")
    assert len(locators) >= 4
    for locator in locators:
        path, name = target(INDEX, str(locator.get("href")))
        if not name:
            assert path == f"{TEXT}one.xhtml"
            continue
        chapter = copy.book.chapter_of(name)
        words, in_note = words_at(chapter, name)
        there = ebook.element(path, name)
        assert path == f"{TEXT}{'notes' if in_note else chapter.slug}.xhtml"
        if there.tag != f"{XHTML}figure":
            assert text_of(there)
            assert words.startswith(text_of(there))


@pytest.mark.parametrize("book", ["themed", "pages", "plain", "run-in"])
def test_every_link_of_the_book_leads_to_an_id_that_is_there_once(
    files: dict[str, bytes], book: str
):
    ebook = ElectronicBook(files[book])
    for path, link, there, name in ebook.links():
        assert there in ebook.documents, (path, link.get("href"))
        assert not name or name in ebook.ids(there), (path, link.get("href"))
    for document in ebook.documents.values():
        names: Any = document.xpath("//@id")
        assert len(names) == len(set(names))


def test_cross_references_lead_to_their_entries(themed: ElectronicBook):
    def links(name: str, kind: str) -> list[tuple[str | None, str | None]]:
        found = typed(themed.element(INDEX, f"index--{name}"), kind)
        return [(a.get("href"), a.get(EPUB_TYPE)) for e in found for a in e.iter(f"{XHTML}a")]

    assert links("5", "index-xref-preferred") == [("#index--1", "index-term")]
    assert links("4", "index-xref-related") == [("#index--8", "index-term")]
    assert links("8", "index-xref-related") == [("#index--theme-defence", "index-term-category")]
    (also,) = (e for e in themed.element(INDEX, "index--1") if e.tag == f"{XHTML}p")
    assert [(e.tag, text_of(e)) for e in typed(also, "index-term")] == [
        (f"{XHTML}i", "names of peoples"),
        (f"{XHTML}a", "forms of"),
    ]


def test_what_leads_nowhere_is_left_out(copy: Copy):
    lost = entry("11", "lost", see=(CrossReference(("vanished",), "index--10"),))
    groups = (IndexGroup("L", (lost,)), *LISTINGS[0].groups[1:])
    book = ElectronicBook(made(copy, Index(Settings(), (), (Listing(None, groups),)))[0])
    assert "index--10" not in book.ids(INDEX)
    assert line(book, "11") == "lost. See vanished"
    assert not list(book.element(INDEX, "index--11").iter(f"{XHTML}a"))


# Themes


def test_each_theme_has_its_note_essays_and_entries(themed: ElectronicBook):
    section = themed.element(INDEX, "index--theme-values")
    heading, note, label, essays, entries = section
    assert (heading.tag, text_of(heading)) == (f"{XHTML}h3", "Values")
    assert [text_of(e) for e in (note, label)] == ["What is held dear.", "Essays:"]
    assert [text_of(e) for e in essays] == [
        "2 Trade & Tariffs (3, the whole essay);",
        "1 Alliances and Aims (2)",
    ]
    assert [a.get("href") for a in essays.iter(f"{XHTML}a")] == ["two.xhtml", "one.xhtml"]
    assert [e.get("id") for e in entries] == ["index--1-v"]
    assert typed(themed.documents[INDEX], "index-group").count(section) == 1


def test_a_theme_without_entries_has_its_essays(themed: ElectronicBook):
    section = themed.element(INDEX, "index--theme-trade")
    assert text_of(section) == "Trade Essays: 2 Trade & Tariffs (the whole essay)"


def test_each_essay_ends_with_its_themes(themed: ElectronicBook):
    def themes(name: str) -> list[tuple[str | None, str]]:
        (nav,) = themed.documents[f"{TEXT}{name}.xhtml"].iter(f"{XHTML}nav")
        heading, items = nav
        assert nav.get("aria-labelledby") == heading.get("id")
        assert text_of(heading) == "Themes in this essay"
        return [(item[0].get("href"), text_of(item)) for item in items]

    defence, values, trade = (
        f"index.xhtml#index--theme-{n}" for n in ("defence", "values", "trade")
    )
    assert themes("one") == [(defence, "Defence & Peace (9)"), (values, "Values (2)")]
    assert themes("two") == [
        *((values, "Values (3)"), (trade, "Trade"), (defence, "Defence & Peace (1)")),
    ]
    for name in ("three", "preface"):
        assert not list(themed.documents[f"{TEXT}{name}.xhtml"].iter(f"{XHTML}nav"))


def test_the_contents_name_themes_and_alphabets(themed: ElectronicBook):
    toc = themed.element(f"{TEXT}contents.xhtml", "contents")
    links = [(a.get("href"), text_of(a)) for a in toc.iter(f"{XHTML}a")]
    assert links[links.index(("index.xhtml", "Index")) + 1 :] == [
        ("index.xhtml#index--theme-defence", "Defence & Peace"),
        ("index.xhtml#index--theme-trade", "Trade"),
        ("index.xhtml#index--theme-values", "Values"),
        ("index.xhtml#index--all", "All entries"),
        ("index.xhtml#index--name", "Names"),
    ]


def test_the_themes_are_the_categories_of_the_index(themed: ElectronicBook):
    """EPUB Indexes 1.0, 2.4.2: a list of the categories in the navigation document."""
    (nav,) = typed(themed.documents[f"{TEXT}contents.xhtml"], "index-term-categories")
    links = [str(link.get("href")) for link in nav.iter(f"{XHTML}a")]
    assert links == [f"index.xhtml#{theme.id}" for theme in THEMES]
    named = {a.get("href") for a in typed(themed.documents[INDEX], "index-term-category")}
    assert named <= {link.removeprefix("index.xhtml") for link in links}


# The chart


def test_the_chart_is_a_table_with_a_number_beside_each_bubble(themed: ElectronicBook):
    (table,) = themed.documents[INDEX].iter(f"{XHTML}table")
    caption, *_ = table
    assert text_of(caption) == "Themes at a glance"
    rows = [[text_of(cell) for cell in row] for row in table.iter(f"{XHTML}tr")]
    assert rows == [
        ["Theme", "1", "2", "3"],
        ["Defence & Peace", "9", "1", ""],
        ["Trade", "", "", ""],
        ["Values", "2", "3", ""],
    ]
    heads = [link.get("aria-label") for link in table[1].iter(f"{XHTML}a")]
    assert heads == ["1 Alliances and Aims", "2 Trade & Tariffs", "3 Three"]
    assert {cell.get("scope") for cell in table[1].iter(f"{XHTML}th")} == {"col"}
    assert {cell.get("scope") for cell in table[2].iter(f"{XHTML}th")} == {"row"}
    drawn = "{http://www.w3.org/2000/svg}svg"
    bubbles = [(e.get("aria-hidden"), e.get("aria-label"), len(e)) for e in table.iter(drawn)]
    hidden, whole = ("true", None, 1), (None, "the whole essay")
    assert bubbles == [hidden, hidden, (*whole, 1), hidden, (*whole, 2)]


def test_the_areas_of_bubbles_are_as_their_numbers(copy: Copy):
    (band,) = bands(replace(copy.book, index=THEMED))
    cells = [cell for row in band.rows for cell in row.cells if cell.places]
    largest = max(cells, key=lambda cell: cell.places)
    for cell in cells:
        share = (float(cell.radius) / float(largest.radius)) ** 2
        assert share == pytest.approx(cell.places / largest.places, abs=0.02)


@pytest.mark.parametrize(
    ("essays", "tables"), [(10, [10]), (11, [6, 5]), (25, [9, 9, 7]), (61, [])]
)
def test_many_essays_are_tables_one_below_the_other(copy: Copy, essays: int, tables: list[int]):
    one = next(chapter for chapter in copy.book.chapters if chapter.slug == "one")
    many = [replace(one, slug=f"e{n}", number=n) for n in range(1, essays + 1)]
    book = replace(copy.book, chapters=tuple(many), index=THEMED)
    assert [len(band.heads) for band in bands(book)] == tables


def test_there_is_no_chart_when_it_is_not_wanted(copy: Copy):
    assert bands(replace(copy.book, index=replace(THEMED, settings=Settings(chart=False)))) == ()
    assert bands(replace(copy.book, index=PLAIN)) == ()


# Settings


def test_title_headnote_letters_and_style_are_the_editors(files: dict[str, bytes]):
    book = ElectronicBook(files["run-in"])
    (headnotes,) = typed(book.documents[INDEX], "index-headnotes")
    first, second, _ = headnotes
    assert text_of(first) == "Not all is here; bold is best."
    assert [text_of(e) for e in first] == ["bold"]
    assert text_of(second).startswith("The number before")
    assert text_of(next(book.documents[INDEX].iter(f"{XHTML}h1"))) == "Register of <Things>"
    assert not [e for e in book.documents[INDEX].iter(f"{XHTML}h3") if len(text_of(e)) == 1]
    for section in typed(book.documents[INDEX], "index"):
        assert section.get("class") == "index run-in"


def test_words_are_in_the_language_of_the_book(copy: Copy):
    metadata = replace(copy.book.metadata, language="de")
    german = replace(copy, book=replace(copy.book, metadata=metadata))
    book = ElectronicBook(made(german, THEMED)[0])
    (found,) = typed(book.element(INDEX, "index--1"), "index-locator-range")
    assert str(found.get("aria-label")).endswith("2 bis 4")
    assert line(book, "5") == "pacts. Siehe alliances & pacts"
    assert "Die Themen auf einen Blick" in book.text(INDEX)


def test_the_same_book_has_the_same_bytes(copy: Copy, files: dict[str, bytes]):
    assert made(copy, THEMED)[0] == files["themed"]


# Pages of the printed edition


def test_only_locators_that_are_pages_need_pages(copy: Copy):
    assert epub.needs_pages(replace(copy.book, index=PAGES))
    assert not epub.needs_pages(replace(copy.book, index=THEMED))
    assert not epub.needs_pages(replace(copy.book, index=Index(PAGES.settings)))


def page_at(document: etree._Element, name: str) -> str:
    """The page of the printed edition on which an element begins."""
    page = ""
    for element in document.iter():
        if element.get("role") == "doc-pagebreak":
            page = str(element.get("aria-label")).removeprefix("Page ")
        if element.get("id") == name:
            break
    return page


def test_locators_are_pages_of_the_printed_edition(paged: ElectronicBook):
    assert line(paged, "1").startswith("alliances & pacts, vii, 1, 3")
    assert line(paged, "3") == "in antiquity, 1n"
    locators = typed(paged.documents[INDEX], "index-locator")
    for locator in locators:
        path, name = target(INDEX, str(locator.get("href")))
        if not path.endswith("notes.xhtml"):
            assert text_of(locator) == page_at(paged.documents[path], name)
    (headnotes,) = typed(paged.documents[INDEX], "index-headnotes")
    assert "pages of the printed edition" in text_of(headnotes)


def test_the_pages_are_listed_and_said_to_be(paged: ElectronicBook, themed: ElectronicBook):
    (pages,) = typed(paged.documents[f"{TEXT}contents.xhtml"], "page-list")
    assert pages.get("role") == "doc-pagelist"
    links = [(text_of(a), str(a.get("href"))) for a in pages.iter(f"{XHTML}a")]
    assert [folio for folio, _ in links] == ["iii", "iv", "v", "vii", "1", "3", "5", "7"]
    for folio, href in links:
        path, name = target(f"{TEXT}contents.xhtml", href)
        assert not name or page_at(paged.documents[path], name) == folio
    assert {"pageBreakMarkers", "pageNavigation"} <= set(
        paged.metadata("schema:accessibilityFeature")
    )
    assert paged.metadata("pageBreakSource") == paged.metadata("dc:source")
    assert paged.metadata("dc:source") == paged.metadata("dc:identifier")
    assert not typed(themed.documents[f"{TEXT}contents.xhtml"], "page-list")
    assert themed.metadata("pageBreakSource") == []


def test_every_printed_page_begins_at_its_mark(our_book: Published):
    """The words behind each mark are the first on the page, and every page has a mark."""
    copy = our_book.copy
    settings = replace(copy.book.index.settings, ebook_locators=EbookLocators.PAGE)
    data, screen, set_book = made(copy, replace(copy.book.index, settings=settings))
    book, printed = ElectronicBook(data), PrintedBook(screen)
    folios = {
        str(leaf.folio): (leaf.galley, page)
        for page, leaf in enumerate(set_book.pagination.leaves)
        if leaf.galley in {chapter.slug for chapter in copy.book.chapters}
    }
    marks = [
        (Path(path).stem, mark)
        for path in book.spine
        for mark in book.documents[path].iter(f"{XHTML}span")
        if mark.get("role") == "doc-pagebreak"
    ]
    assert len(marks) == len(folios)
    for slug, mark in marks:
        folio = str(mark.get("aria-label")).removeprefix("Page ")
        galley, page = folios[folio]
        assert (galley, mark.get("id")) == (slug, f"{slug}--ix-page-{folio}")
        following: Any = mark.xpath("following::text()")
        text = "".join(map(str, following)).lstrip()
        words = squeezed(text[:200]).casefold()
        # A word may be divided between two pages, and a break of sections stand before it.
        starts = [words[n : n + 30] for n in range(len(text.split()[0]))]
        begins = printed.flow[page].casefold().removeprefix("***")
        assert begins.startswith(tuple(starts)), folio


def marked(xhtml: str, *pages: PrintedPage) -> str:
    """A chapter's text in which each mark of a page is seen as a bracketed number."""
    tree = parse(xhtml)
    marks = mark_pages(tree, "a", [PrintedPage("1", ("x" * 1000,), ()), *pages], "Page {number}")
    for mark in marks:
        span = next(e for e in tree.iter("span") if e.get("id") == mark.id)
        assert (span.get("aria-label"), span.get("role")) == (f"Page {mark.folio}", "doc-pagebreak")
        span.text = f"[{mark.folio}]"
    return inner(tree)


def page(folio: str, *lines: str, anchors: tuple[str, ...] = ()) -> PrintedPage:
    return PrintedPage(folio, tuple(map(letters_of, lines)), anchors)


LONG = "Not all that is salt is bitter, and not all that is bitter is wisely thrown away."


def seen(text: str) -> str:
    """A text whose marks are reduced to their numbers."""
    return re.sub(r'<span[^>]*id="a--ix-page[^>]*>(\[\w+\])</span>', r"\1", text)


def test_a_mark_stands_before_the_word_that_a_page_divides():
    text = f"<p>One. “{LONG}”</p>"
    found = seen(marked(text, page("2", "HEAD", "ter, and not all that", "is bitter is wisely")))
    assert found == text.replace("bitter, and", "[2]bitter, and")
    found = seen(marked(text, page("2", "Not all that is salt is bitter, and not all")))
    assert found == text.replace("“Not", "[2]“Not")


def test_a_mark_stands_before_headings_and_figures():
    text = f"<p>One.</p><h2>A Head</h2><p>{LONG}</p>"
    found = seen(marked(text, page("2", LONG, "A Head")))
    assert found == text.replace("A Head", "[2]A Head")
    text = f'<p>One.</p><figure><img src="x"/><figcaption>{LONG}</figcaption></figure>'
    assert seen(marked(text, page("2", LONG))) == text.replace("<figure", "[2]<figure")


def test_where_no_letters_are_found_the_first_place_of_the_page_is_marked():
    text = f'<p>One <i id="a--1">two</i> three <i id="a--2">four</i>.</p><p>{LONG}</p>'
    found = seen(marked(text, page("2", "?", anchors=("b", "a--2")), page("3", LONG)))
    assert found == text.replace(">four", ">[2]four").replace(
        "Not all that is s", "[3]Not all that is s"
    )
    assert seen(marked(text, page("2", "only a long note"), page("3", LONG))) == text.replace(
        "Not all that is s", "[3]Not all that is s"
    )


def test_an_e_book_alone_can_name_pages(tmp_path: Path):
    """The pages are set for it, though no edition with pages is asked for."""
    vocabulary = """
        [index]
        ebook_locators = "page"

        [[theme]]
        id = "salt"
        title = "Salt"

        [[entry]]
        term = "salt"
        theme = "salt"
        match = ["salt"]
    """
    files: dict[str, str | bytes] = {
        "essays/a.md": "# A\n\nNothing.\n",
        "essays/b.md": "# B\n\nSalt is old.\n",
        "index.toml": dedented(vocabulary),
    }
    book = published(write_book(tmp_path / "book", files), tmp_path / "out", "epub")
    found = ElectronicBook(book.path(".epub").read_bytes())
    assert {own_text(e) for e in typed(found.documents[INDEX], "index-entry")} == {
        "salt, 3",
        "salt, 3 [Salt]",
    }
    assert typed(found.documents[f"{TEXT}contents.xhtml"], "page-list")
