"""E-books read back: valid, accessible, complete, and every link leads where it says."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image

from bindery.book import Chapter, EditedBook
from bindery.markup.tree import parse
from bindery.vocabulary import Kind
from tests import validators
from tests.conftest import Published, picture, published
from tests.reading import (
    EPUB_TYPE,
    XHTML,
    ElectronicBook,
    plain,
    squeezed,
    target,
    words_of,
)
from tests.specimen import write_book

TEXT = "EPUB/text/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SEVERE = {"FATAL", "ERROR", "WARNING"}

pytestmark = pytest.mark.usefixtures("verdicts")  # The judges begin while other tests run.

Verdicts = dict[str, "Future[list[Any]]"]


@pytest.fixture(scope="module")
def verdicts(
    our_book: Published, varied_book: Published, bare_book: Published
) -> Iterator[Verdicts]:
    """What EPUBCheck and Ace say, asked of two books at a time while other tests run."""
    books = {"our": our_book, "varied": varied_book, "bare": bare_book}
    asked: list[tuple[Callable[[Path], list[Any]], str]] = [
        (validators.ace, "our"),
        (validators.epubcheck, "our"),
        (validators.epubcheck, "varied"),
        (validators.epubcheck, "bare"),
        (validators.ace, "varied"),
    ]
    with ThreadPoolExecutor(2) as pool:
        yield {
            f"{judge.__name__} {name}": pool.submit(judge, books[name].path(".epub"))
            for judge, name in asked
        }


@pytest.fixture(scope="module")
def varied(varied_book: Published) -> ElectronicBook:
    return ElectronicBook(varied_book.path(".epub").read_bytes())


@pytest.fixture(scope="module")
def bare(bare_book: Published) -> ElectronicBook:
    return ElectronicBook(bare_book.path(".epub").read_bytes())


@pytest.fixture(scope="module", params=["our", "varied"])
def both(
    request: pytest.FixtureRequest, our_book: Published, varied_book: Published
) -> tuple[ElectronicBook, EditedBook]:
    """Our book, and one with everything that a book can have."""
    book = {"our": our_book, "varied": varied_book}[request.param]
    return ElectronicBook(book.path(".epub").read_bytes()), book.copy.book


def typed(document: etree._Element, kind: str) -> list[etree._Element]:
    """The elements with an epub:type."""
    return [e for e in document.iter() if kind in str(e.get(EPUB_TYPE, "")).split()]


def text_of(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


# The package


def test_the_zip_is_made_as_readers_want_it(ebook: ElectronicBook, our_book: Published):
    first = ebook.zip.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert ebook.zip.read("mimetype") == b"application/epub+zip"
    assert our_book.path(".epub").read_bytes()[30:58] == b"mimetypeapplication/epub+zip"
    assert {entry.date_time for entry in ebook.zip.infolist()} == {(2026, 11, 21, 12, 30, 14)}
    assert ebook.zip.testzip() is None


def test_everything_in_the_zip_is_in_the_manifest(ebook: ElectronicBook):
    outside = {"mimetype", "EPUB/content.opf"}
    inside = {name for name in ebook.names if not name.startswith("META-INF/")} - outside
    assert inside == set(ebook.media_types)
    assert len(ebook.names) == len(set(ebook.names))


def test_the_spine_is_in_the_order_of_the_book(ebook: ElectronicBook, edited: EditedBook):
    *chapters, colophon = [chapter.slug for chapter in edited.chapters]
    assert ebook.spine == [
        f"{TEXT}{name}.xhtml"
        for name in (
            *("cover", "title-page", "copyright", "contents"),
            *chapters,
            *("notes", "index", colophon),
        )
    ]


def test_a_dedication_stands_before_the_contents(varied: ElectronicBook):
    names = [Path(path).stem for path in varied.spine]
    assert names == [
        *("cover", "title-page", "copyright", "dedication", "contents", "preface"),
        *("eisen", "salt", "notes", "index", "colophon"),
    ]
    assert "dedication" not in text_of(varied.documents[f"{TEXT}contents.xhtml"]).lower()


def test_metadata(ebook: ElectronicBook, edited: EditedBook):
    metadata = edited.metadata
    found = ebook.metadata
    assert found("dc:title") == [metadata.title, metadata.subtitle]
    assert found("title-type", "#title") == ["main"]
    assert found("dc:creator") == ["The Editors"]
    assert found("file-as", "#creator-1") == ["Editors, The"]
    assert found("role", "#creator-1") == ["aut", "edt"]
    assert found("dc:identifier") == [metadata.urn]
    assert found("dc:language") == ["en-GB"]
    assert found("dc:publisher") == ["Bindery"]
    assert found("dc:date") == ["2026-11-21"]
    assert found("dc:rights") == [metadata.rights]
    assert found("dc:subject") == list(metadata.subjects)
    assert found("dc:description") == ["\n\n".join(metadata.paragraphs)]
    assert found("dcterms:modified") == ["2026-11-21T12:30:15Z"]


def test_contributors_isbn_and_signs_that_xml_minds(varied: ElectronicBook):
    found = varied.metadata
    assert found("dc:title") == ['Salt & <Iron>: "Tempered"', "A < B & C > D"]
    assert found("dc:creator") == ["Anne O'Hara & <Co>"]
    assert found("role", "#creator-1") == ["aut", "ill"]
    assert found("dc:contributor") == ["Zoë Ámos"]
    assert found("file-as", "#contributor-2") == ["Amos, Zoe"]
    assert found("role", "#contributor-2") == ["trl"]
    assert found("dc:identifier")[1:] == ["urn:isbn:9783161484100"]
    assert found("dc:subject") == ["R&D <all>"]


def test_accessibility_claims_what_is_there_and_no_more(
    varied: ElectronicBook, bare: ElectronicBook
):
    everything = {
        *("alternativeText", "displayTransformability", "index", "readingOrder"),
        *("structuralNavigation", "tableOfContents"),
    }
    assert set(varied.metadata("schema:accessibilityFeature")) == everything
    assert set(bare.metadata("schema:accessibilityFeature")) == everything - {"index"}
    assert varied.metadata("schema:accessModeSufficient") == ["textual", "textual,visual"]
    assert bare.metadata("schema:accessibilityHazard") == ["none"]


def test_pictures_are_described_or_not_said_to_be(tmp_path: Path):
    files: dict[str, str | bytes] = {
        "essays/a.md": "# A\n\n![](../images/x.png)\n",
        "images/x.png": picture("PNG"),
    }
    book = published(write_book(tmp_path / "book", files), tmp_path / "out", "epub")
    found = ElectronicBook(book.path(".epub").read_bytes())
    assert "alternativeText" not in found.metadata("schema:accessibilityFeature")
    assert found.metadata("schema:accessModeSufficient") == ["textual,visual"]


# Links


def test_every_link_leads_to_an_id_that_is_there(both: tuple[ElectronicBook, EditedBook]):
    book, _ = both
    links = list(book.links())
    assert len(links) > 30
    for path, link, there, name in links:
        assert there in book.documents, (path, link.get("href"))
        assert not name or name in book.ids(there), (path, link.get("href"))


def test_every_id_stands_once_in_its_document(both: tuple[ElectronicBook, EditedBook]):
    book, _ = both
    for document in book.documents.values():
        names: Any = document.xpath("//@id")
        assert len(names) == len(set(names))


def test_notes_lead_to_their_calls_and_back(both: tuple[ElectronicBook, EditedBook]):
    book, edited = both
    notes = f"{TEXT}notes.xhtml"
    for chapter in edited.chapters:
        path = f"{TEXT}{chapter.slug}.xhtml"
        calls = typed(book.documents[path], "noteref")
        called = [target(path, str(call.get("href"))) for call in calls]
        assert {name for _, name in called} == {note.id for note in chapter.notes}
        for note in chapter.notes:
            element = book.element(notes, note.id)
            (back,) = typed(element, "backlink")
            assert target(notes, str(back.get("href"))) == (path, note.call_id)
            first = book.element(path, note.call_id)
            assert target(path, str(first.get("href"))) == (notes, note.id)
            assert text_of(back) == f"{note.number}."
            assert text_of(first) == str(note.number)
    assert len(typed(book.documents[notes], "backlink")) == len(
        [note for chapter in edited.chapters for note in chapter.notes]
    )


def index_lines(edited: EditedBook) -> list[str]:
    """The index in the table of contents, with its themes and alphabets."""
    index = edited.index
    headings = {None: "All entries", Kind.NAME: "Names", Kind.PLACE: "Places", Kind.TITLE: "Titles"}
    lines = [theme.title for theme in index.themes]
    if lines or len(index.listings) > 1:
        lines += [headings[listing.kind] for listing in index.listings]
    return list(map(squeezed, [index.settings.title or "Index", *lines]))


def test_navigation_and_ncx_name_every_chapter(both: tuple[ElectronicBook, EditedBook]):
    book, edited = both
    contents = book.documents[f"{TEXT}contents.xhtml"]
    toc = typed(contents, "toc")[0]
    found = [squeezed(text_of(link)) for link in toc.iter(f"{XHTML}a")]
    wanted = []
    for line in edited.contents:
        chapter = next(c for c in edited.chapters if c.slug == line.id)
        if chapter.role == "colophon":
            wanted += ["Notes", *index_lines(edited)]
        title = plain(chapter.title) + (f": {plain(chapter.subtitle)}" if chapter.subtitle else "")
        wanted.append(squeezed(title))
        wanted += [squeezed(plain(heading.title)) for heading in chapter.headings]
    assert found == wanted
    ncx = book.read("EPUB/toc.ncx")
    points = list(ncx.iter("{http://www.daisy.org/z3986/2005/ncx/}navPoint"))
    labels = [squeezed(text_of(point[0])) for point in points]
    assert labels == [title for title in wanted if title in labels]
    assert [target("EPUB/toc.ncx", str(point[1].get("src")))[0] for point in points] == [
        path
        for path in book.spine
        if Path(path).stem in {p.stem for p in map(Path, book.spine[4:])}
        and not path.endswith(("contents.xhtml", "dedication.xhtml"))
    ]


def test_landmarks_lead_to_the_parts(ebook: ElectronicBook, bare: ElectronicBook):
    path = f"{TEXT}contents.xhtml"

    def landmarks(book: ElectronicBook) -> dict[str, str]:
        (nav,) = typed(book.documents[path], "landmarks")
        links = nav.iter(f"{XHTML}a")
        return {str(a.get(EPUB_TYPE)): target(path, str(a.get("href")))[0] for a in links}

    always = {
        "cover": f"{TEXT}cover.xhtml",
        "titlepage": f"{TEXT}title-page.xhtml",
        "toc": f"{TEXT}contents.xhtml",
    }
    assert landmarks(ebook) == {
        **always,
        "bodymatter": f"{TEXT}strategic-partnerships.xhtml",
        "endnotes": f"{TEXT}notes.xhtml",
        "index": f"{TEXT}index.xhtml",
    }
    assert landmarks(bare) == {**always, "bodymatter": f"{TEXT}a.xhtml"}


# What is in it


def lost_from(book: ElectronicBook, edited: EditedBook) -> list[str]:
    """Chapters and notes that are not in the e-book word for word."""
    notes = squeezed(book.text(f"{TEXT}notes.xhtml"))
    lost = []
    for chapter in edited.chapters:
        if squeezed(own_text(book, f"{TEXT}{chapter.slug}.xhtml")) != words_in_ebook(chapter):
            lost.append(chapter.slug)
        lost += [
            note.id
            for note in chapter.notes
            if squeezed(f"{note.number}. " + "".join(map(plain, note.paragraphs))) not in notes
        ]
    return lost


def own_text(book: ElectronicBook, path: str) -> str:
    """The text of a document without the themes at its end."""
    themes = "".join(map(text_of, book.documents[path].iter(f"{XHTML}nav")))
    text = book.text(path).rstrip()
    assert text.endswith(themes.rstrip())
    return text.removesuffix(themes.rstrip())


def words_in_ebook(chapter: Chapter) -> str:
    """As on the page; but a rule is drawn by the style, and a dedication keeps its title."""
    title = plain(chapter.title) if chapter.role == "dedication" else ""
    return squeezed(title + words_of(chapter).replace("* * *", ""))


def test_nothing_is_lost(both: tuple[ElectronicBook, EditedBook]):
    book, edited = both
    assert lost_from(book, edited) == []


def test_a_loss_would_be_noticed(ebook: ElectronicBook, edited: EditedBook):
    first, *rest = edited.chapters
    planted = replace(edited, chapters=(replace(first, xhtml=first.xhtml + "<p>One.</p>"), *rest))
    assert lost_from(ebook, planted) == [first.slug]


def test_captions_have_a_space_after_their_number(ebook: ElectronicBook):
    text = ebook.text(f"{TEXT}defence-industry.xhtml")
    assert "Figure 1. The three parties" in text


def as_drawn(picture: bytes) -> bytes:
    """A picture's bytes; a drawing's in canonical form, without the letters that it brings."""
    if b"<svg" not in picture:
        return picture
    root = etree.fromstring(picture)
    for style in root.findall("{http://www.w3.org/2000/svg}style"):
        if "@font-face" in (style.text or ""):
            root.remove(style)
    return bytes(etree.tostring(root, method="c14n"))


def test_pictures_are_there_and_are_what_they_say(both: tuple[ElectronicBook, EditedBook]):
    book, edited = both
    shown = set()
    for path, document in book.documents.items():
        for image in document.iter(f"{XHTML}img"):
            shown.add(target(path, str(image.get("src")))[0])
            assert image.get("alt")
    cover = "EPUB/images/cover.jpg"
    data = {as_drawn(picture.data): picture.media_type for picture in edited.pictures}
    found = {as_drawn(book.zip.read(path)): book.media_types[path] for path in shown - {cover}}
    assert found == data
    with Image.open(io.BytesIO(book.zip.read(cover))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1600, 2473))


def test_languages_are_told(varied: ElectronicBook, bare: ElectronicBook):
    german = varied.documents[f"{TEXT}eisen.xhtml"]
    assert (german.get("lang"), german.get(XML_LANG)) == ("de", "de")
    assert "„sagt man“" in text_of(german)
    (arabic,) = (e for e in german.iter(f"{XHTML}span") if e.get("lang") == "ar")
    assert (text_of(arabic), arabic.get(XML_LANG), arabic.get("dir")) == ("كتاب", "ar", "rtl")
    assert bare.metadata("dc:language") == ["ar"]
    for document in bare.documents.values():
        assert document.get(XML_LANG) == "ar"


# Fonts


def faces_in(book: ElectronicBook) -> dict[str, TTFont]:
    """The fonts of an e-book by the names of their files."""
    return {
        Path(path).stem: TTFont(io.BytesIO(book.zip.read(path)))
        for path in book.names
        if path.startswith("EPUB/fonts/")
    }


def test_only_the_fonts_that_are_needed_are_there(
    ebook: ElectronicBook, varied: ElectronicBook, bare: ElectronicBook
):
    text = {"EBGaramond-Regular", "EBGaramond-Italic"}
    bold = {"EBGaramond-SemiBold", "EBGaramond-SemiBoldItalic", "Amiri-Bold"}
    assert set(faces_in(ebook)) == {*text, *bold, "Amiri-Regular"}  # Main discussions are bold.
    assert set(faces_in(varied)) >= {
        *text,
        "EBGaramond-SemiBold",
        "Amiri-Regular",
        "IBMPlexMono-Regular",
    }
    assert set(faces_in(bare)) == {*text, "Amiri-Regular"}


def test_fonts_show_every_character_and_are_cut_down(both: tuple[ElectronicBook, EditedBook]):
    book, _ = both
    faces = faces_in(book)
    text = {sign for path in book.spine for sign in book.text(path) if not sign.isspace()}
    arabic = {sign for sign in text if "\u0600" <= sign <= "\u06ff"}
    known = {name: {chr(code) for code in face.getBestCmap()} for name, face in faces.items()}
    assert arabic
    assert arabic <= known["Amiri-Regular"]
    for name in ("EBGaramond-Regular", "EBGaramond-Italic"):
        assert text - arabic <= known[name]
        pinned = Path(validators.ROOT, "styles/fonts", f"{name}.ttf").stat().st_size
        assert len(book.zip.read(f"EPUB/fonts/{name}.ttf")) < pinned / 3


def test_the_style_names_every_font_that_is_there(both: tuple[ElectronicBook, EditedBook]):
    book, _ = both
    css = book.zip.read("EPUB/css/book.css").decode()
    named = {target("EPUB/css/book.css", url)[0] for url in re.findall(r'url\("([^"]+)"\)', css)}
    assert named == {path for path in book.names if path.startswith("EPUB/fonts/")}


# Other people's judgement


@pytest.fixture(scope="module")
def unzipped(varied: ElectronicBook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unzipped")
    varied.zip.extractall(folder)
    return folder


def instrumented(unzipped: Path, name: str, script: str) -> Path:
    """A copy of a document that runs a script."""
    page = unzipped / TEXT / f"{name}.xhtml"
    copy = page.with_name(f"{name}-{hashlib.sha256(script.encode()).hexdigest()[:8]}.xhtml")
    shutil.copyfile(page, copy)
    text = copy.read_text("utf-8").replace(
        "</body>", f"<p id='said'/><script>//<![CDATA[\n{script}\n//]]></script></body>"
    )
    copy.write_text(text, encoding="utf-8")
    return copy


@pytest.mark.parametrize("name", ["salt", "index"])
def test_browsers_show_the_documents_in_the_embedded_font(unzipped: Path, name: str):
    script = """
    const said = document.getElementById("said");
    document.fonts.ready.then(() => {
      said.textContent = [...document.fonts].filter(f => f.status == "loaded")
        .map(f => f.family + " " + f.style + " " + f.weight).join(", ") + "; errors: "
        + document.getElementsByTagName("parsererror").length + "; pictures: "
        + [...document.images].filter(i => i.complete && i.naturalWidth).length;
    });"""
    page = instrumented(unzipped, name, script)
    dom = validators.browse(["--virtual-time-budget=3000", "--dump-dom", page.as_uri()])
    said = re.search(r'id="said">([^<]*)<', dom)
    assert said
    fonts, errors, pictures = said[1].split("; ")
    assert "EB Garamond normal" in fonts.replace('"', "")
    assert errors == "errors: 0"
    assert pictures == f"pictures: {5 if name == 'salt' else 0}"


def test_a_page_is_not_blank(unzipped: Path, tmp_path: Path):
    png = tmp_path / "page.png"
    validators.screenshot(unzipped / TEXT / "salt.xhtml", png, 600, 800)
    with Image.open(png) as picture:
        shades = picture.convert("L").histogram()
    assert sum(shades[:128]) > 1000
    assert sum(shades[200:]) > 300_000


@pytest.mark.parametrize("book", ["our", "varied", "bare"])
def test_epubcheck_finds_nothing_wrong(verdicts: Verdicts, book: str):
    messages = verdicts[f"epubcheck {book}"].result()
    assert [str(message) for message in messages if message.severity in SEVERE] == []


@pytest.mark.parametrize("book", ["our", "varied"])
def test_ace_finds_no_obstacle(verdicts: Verdicts, book: str):
    assert [str(violation) for violation in verdicts[f"ace {book}"].result()] == []


def test_alternatives_of_pictures_are_the_authors(ebook: ElectronicBook, edited: EditedBook):
    wanted = [
        image.get("alt")
        for chapter in edited.chapters
        for image in parse(chapter.xhtml).iter("img")
    ]
    found = [
        image.get("alt")
        for path in ebook.spine[1:]
        for image in ebook.documents[path].iter(f"{XHTML}img")
    ]
    assert found == wanted
