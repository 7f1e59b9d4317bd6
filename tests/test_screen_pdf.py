"""Our own book's PDF, read back: every number on it is true, and nothing is lost."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from pikepdf import Dictionary, Name

from bindery import contents
from bindery.book import Chapter, ContentsLine, EditedBook, Note, Part
from bindery.markup.tree import parse
from tests import validators
from tests.conftest import Published
from tests.reading import (
    Bookmark,
    Element,
    Link,
    PrintedBook,
    plain,
    squeezed,
    words_at,
    words_of,
)

TITLE = "Nations in Partnership"
TRIM = (0, 0, 396, 612)
"""5.5 x 8.5 inches, in points."""
SMALLEST_MARGIN = 18


INDEX = "Index of Themes and Subjects"
"""Title of our index."""


def chapter_page(printed: PrintedBook, chapter: Chapter) -> int:
    """The page on which a chapter's title stands."""
    (page,) = (
        page
        for level, text, page in printed.headings()
        if level == 1 and text == squeezed(plain(chapter.title))
    )
    return page


def chapter_pages(printed: PrintedBook, book: EditedBook) -> dict[str, int]:
    return {chapter.slug: chapter_page(printed, chapter) for chapter in book.chapters}


def section(printed: PrintedBook, title: str) -> Element:
    """All structure of the part below a first heading, such as the index."""
    parts, inside = Element("Part"), False
    for child in printed.structure.children:
        assert isinstance(child, Element)
        first = next((e.text() for e in child.walk() if e.tag == "H1"), None)
        inside = first == squeezed(title) if first else inside
        if inside:
            parts.children.append(child)
    assert parts.children, title
    return parts


def own_pages(printed: PrintedBook, title: str) -> set[int]:
    return {piece.page for piece in section(printed, title).pieces()}


def printed_in(printed: PrintedBook, link: Link) -> str:
    """What stands in a link's rectangle."""
    return printed.text(link.page, link.box).strip()


# The file


def test_qpdf_finds_nothing_wrong(our_book):
    assert validators.qpdf_check(our_book.path(".pdf")) == []


def test_nothing_is_left_to_query(our_book: Published):
    assert our_book.report.queries == ()


def test_every_font_is_embedded_pinned_and_can_be_copied_from(printed: PrintedBook):
    fonts = [
        thing
        for thing in printed.pdf.objects
        if isinstance(thing, Dictionary) and thing.get("/Type") == Name.Font
    ]
    wholes = [font for font in fonts if font.Subtype == Name.Type0]
    families = set()
    assert wholes
    for font in wholes:
        assert "/ToUnicode" in font
        (inside,) = font.DescendantFonts
        assert {"/FontFile2", "/FontFile3"} & set(inside.FontDescriptor.keys())
        name = re.sub(r"^/[A-Z]{6}\+", "", str(font.BaseFont)).replace("-", "")
        families.add(re.sub("(Regular|Italic|SemiBold|Bold)+$", "", name))
    assert families == {"EBGaramond", "Amiri"}
    assert len(fonts) == 2 * len(wholes)


def test_the_book_is_described_in_the_file(printed: PrintedBook, edited: EditedBook):
    metadata = edited.metadata
    info = printed.pdf.docinfo
    assert str(info.Title) == f"{metadata.title}: {metadata.subtitle}"
    assert str(info.Author) == "The Editors"
    assert str(info.Subject) == metadata.paragraphs[0]
    assert str(info.Keywords) == ", ".join(metadata.keywords)
    assert str(info.CreationDate) == "D:20261121123015Z"
    assert str(printed.pdf.Root.Lang) == "en-GB"
    with printed.pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == f"{metadata.title}: {metadata.subtitle}"
        assert xmp["pdfuaid:part"] == "1"
    assert printed.pdf.Root.ViewerPreferences.DisplayDocTitle


def test_every_page_has_the_same_trim(printed: PrintedBook, our_book: Published):
    assert set(printed.trims) == {TRIM}
    assert printed.count == our_book.report.pages


def test_no_letter_leaves_the_page(printed: PrintedBook):
    for page in range(printed.count):
        for sign, (left, bottom, right, top) in printed.letters(page):
            assert left >= SMALLEST_MARGIN, (page, sign)
            assert right <= TRIM[2] - SMALLEST_MARGIN, (page, sign)
            assert bottom >= SMALLEST_MARGIN, (page, sign)
            assert top <= TRIM[3] - SMALLEST_MARGIN, (page, sign)


# Tags


def test_the_pdf_is_tagged(printed: PrintedBook):
    assert printed.pdf.Root.MarkInfo.Marked
    assert printed.structure.tag == "Document"


def test_every_figure_is_described(printed: PrintedBook, edited: EditedBook):
    found = [e.alt for e in printed.structure.walk() if e.tag == "Figure"]
    pictures = [
        str(image.get("alt"))
        for chapter in edited.chapters
        for image in parse(chapter.xhtml).iter("img")
    ]
    assert found == [f"Cover of {TITLE}", *pictures]
    assert all(found)


def test_headings_are_tagged_in_order_and_skip_no_level(printed: PrintedBook, edited: EditedBook):
    wanted = []
    for chapter in edited.chapters:
        wanted.append((1, squeezed(plain(chapter.title))))
        wanted += [(h.level, squeezed(plain(h.title))) for h in chapter.headings]
    found = [(level, text) for level, text, _ in printed.headings()]
    assert [heading for heading in found if heading in wanted] == wanted
    levels = [0, *(level for level, _ in found)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert set(levels) == {0, 1, 2, 3}


# Pages and their numbers


def test_labels_are_the_folios_printed_on_the_pages(printed: PrintedBook):
    """Every page shows its label, in the head or at the foot, but for those that show none."""
    silent = []
    for page, label in enumerate(printed.labels):
        folio = re.findall(r"^(?:\d+|[ivxl]+)\b|\b(?:\d+|[ivxl]+)$", printed.head(page))
        folio += [printed.foot(page)] if printed.foot(page) and page else []
        assert folio in ([], [label])
        if not folio:
            silent.append(label)
    assert printed.labels[0] == "Cover"
    assert printed.labels[1:9] == ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]
    assert printed.labels[9:] == [str(n) for n in range(1, printed.count - 8)]
    blank = [label for page, label in enumerate(printed.labels) if not printed.text(page)]
    assert silent == [*("Cover", "i", "ii", "iii", "iv", "vi"), *(b for b in blank if b.isdigit())]


def test_blank_pages_are_blank_and_stand_before_openings(printed: PrintedBook, edited: EditedBook):
    openings = {*chapter_pages(printed, edited).values()}
    openings |= {page for level, _, page in printed.headings() if level == 1}
    blank = {page for page in range(printed.count) if not printed.text(page).strip()}
    assert blank
    assert 2 in blank  # before the title page
    assert {page + 1 for page in blank - {2}} <= openings
    for page in blank:
        assert not list(printed.letters(page))
        assert not list(printed.document[page].get_objects())


def test_every_chapter_opens_on_a_recto(printed: PrintedBook, edited: EditedBook):
    for title in ("Contents", INDEX):
        assert min(own_pages(printed, title)) % 2 == 1
    for chapter in edited.chapters:
        page = chapter_page(printed, chapter)
        assert page % 2 == 1, chapter.slug
        label = printed.labels[page]
        assert label.isdigit() is (chapter.part is not Part.FRONT)


def test_running_heads_name_book_and_chapter(printed: PrintedBook, edited: EditedBook):
    """Book on the left and chapter on the right, with the folio outside; none on an opening."""
    running = {squeezed(plain(chapter.title)): chapter.running for chapter in edited.chapters}
    running |= {squeezed(INDEX): INDEX, "Contents": "Contents"}
    openings = {page: text for level, text, page in printed.headings() if level == 1}
    seen = set()
    current = ""
    for page, label in enumerate(printed.labels):
        if page in openings:
            current = running[openings[page]]
            assert (printed.head(page), printed.foot(page)) == ("", label)
        elif page >= 9 and printed.text(page).strip():
            head = f"{label} {TITLE}" if page % 2 == 0 else f"{current} {label}"
            assert (printed.head(page), printed.foot(page)) == (head, "")
            seen.add(head)
    assert len(seen) >= 20


# Contents and bookmarks


def test_every_contents_line_prints_the_page_where_its_chapter_begins(
    printed: PrintedBook, edited: EditedBook
):
    pages = chapter_pages(printed, edited)
    pages["index"] = min(own_pages(printed, INDEX))
    found: dict[str, str] = {}
    for link in printed.links:
        if link.page in own_pages(printed, "Contents"):
            page = printed.destinations[link.target][0]
            assert page == pages[link.target]
            # The title's and the number's own boxes are links too, inside of the line's.
            found[link.target] = max(found.get(link.target, ""), printed_in(printed, link), key=len)
    order = [line.id for line in edited.contents]
    order.insert(order.index("colophon"), "index")
    assert list(found) == order
    titles = {line.id: plain(line.title) for line in edited.contents} | {"index": INDEX}
    for slug, line in found.items():
        assert squeezed(titles[slug]) in squeezed(line)
        assert re.search(r"\S+$", line)[0] == printed.labels[pages[slug]]  # type: ignore[index]


def test_bookmarks_lead_to_every_heading(printed: PrintedBook, edited: EditedBook):
    """For every essay and section, in order, each to the page where its words stand."""
    headings = {(text, page) for _, text, page in printed.headings()}

    def titles(lines: tuple[ContentsLine, ...]) -> list[tuple[str, list[object]]]:
        return [(squeezed(plain(line.title)), list(titles(line.lines))) for line in lines]

    def found(bookmarks: tuple[Bookmark, ...]) -> list[tuple[str, list[object]]]:
        for bookmark in bookmarks:
            assert (squeezed(bookmark.title), bookmark.page) in headings, bookmark
        return [(squeezed(b.title), list(found(b.below))) for b in bookmarks]

    wanted = titles(contents.draw_up(edited.chapters))
    wanted.insert(0, ("Contents", []))
    parts = [theme.title for theme in edited.index.themes] + ["All entries"]
    wanted.insert(-1, (squeezed(INDEX), [(squeezed(part), []) for part in parts]))
    assert found(printed.bookmarks) == wanted


# Links


def test_every_link_leads_somewhere_and_says_where(printed: PrintedBook):
    assert printed.links
    for link in printed.links:
        assert link.target in printed.destinations
        label = printed.labels[printed.destinations[link.target][0]]
        assert link.words == f"Page {label}"


def test_links_out_of_the_book_are_those_of_the_manuscript(
    printed: PrintedBook, edited: EditedBook
):
    wanted = {
        str(link.get("href"))
        for chapter in edited.chapters
        for text in (chapter.xhtml, *itertools.chain(*(n.paragraphs for n in chapter.notes)))
        for link in parse(text).iter("a")
        if not str(link.get("href")).startswith("#")
    }
    assert {link.uri for link in printed.links} - {""} == wanted


def test_every_cross_reference_of_the_text_is_a_link(printed: PrintedBook, edited: EditedBook):
    wanted = {
        str(link.get("href"))[1:]
        for chapter in edited.chapters
        for text in (chapter.xhtml, *itertools.chain(*(n.paragraphs for n in chapter.notes)))
        for link in parse(text).iter("a")
        if link.get("class") is None and str(link.get("href")).startswith("#")
    }
    made = own_pages(printed, "Contents") | own_pages(printed, INDEX)
    assert {link.target for link in printed.links if link.page not in made} >= wanted
    assert wanted


# Notes


def call_in(chapter: Chapter, note: Note) -> str:
    """A note's call with some words before it."""
    after, _ = words_at(chapter, note.call_id)
    return f"{plain(chapter.xhtml).removesuffix(after)[-15:]}{note.number}"


def test_every_note_stands_on_the_page_where_it_is_called(printed: PrintedBook, edited: EditedBook):
    count = 0
    for chapter in edited.chapters:
        for note in chapter.notes:
            count += 1
            text = f"{note.number}. " + "".join(map(plain, note.paragraphs))
            (page,) = printed.pages_with(text, notes=True)
            assert squeezed(text) in printed.notes[page]
            assert squeezed(call_in(chapter, note)) in printed.flow[page]
    assert count > 10


# Nothing is lost


def lost_from(printed: PrintedBook, book: EditedBook) -> list[str]:
    """Chapters and notes that are not printed word for word, in order and in one piece."""
    flow, notes = "".join(printed.flow), "".join(printed.notes)
    lost = [c.slug for c in book.chapters if squeezed(words_of(c)) not in flow]
    for chapter in book.chapters:
        for note in chapter.notes:
            text = f"{note.number}. " + "".join(map(plain, note.paragraphs))
            if squeezed(text) not in notes:
                lost.append(note.id)
    return lost


def test_every_word_is_printed(printed: PrintedBook, edited: EditedBook):
    assert lost_from(printed, edited) == []


@pytest.mark.parametrize(
    "words",
    [
        "A second sentence that the press lost. ",
        "almost ",
    ],
)
def test_a_lost_word_would_be_missed(printed: PrintedBook, edited: EditedBook, words: str):
    """The check above is worth something: with other words it objects."""
    first, *rest = edited.chapters
    end = first.xhtml.rindex("</p>")
    longer = replace(first, xhtml=first.xhtml[:end] + words + first.xhtml[end:])
    noted = replace(
        rest[0], notes=(replace(rest[0].notes[0], paragraphs=(f"{words}",)), *rest[0].notes[1:])
    )
    planted = replace(edited, chapters=(longer, noted, *rest[1:]))
    assert lost_from(printed, planted) == [first.slug, rest[0].notes[0].id]


def test_the_text_is_read_in_order(printed: PrintedBook, edited: EditedBook):
    flow = "".join(printed.flow)
    places = [flow.index(squeezed(words_of(chapter))) for chapter in edited.chapters]
    assert places == sorted(places)


def test_the_cover_shows_title_subtitle_and_author(printed: PrintedBook, edited: EditedBook):
    shown = squeezed(printed.text(0))
    assert squeezed(edited.metadata.title) in shown
    assert squeezed(edited.metadata.subtitle) in shown
    assert squeezed("The Editors") in shown


def test_the_viewer_opens_with_bookmarks_and_facing_pages(printed: PrintedBook):
    assert printed.pdf.Root.PageMode == Name.UseOutlines
    assert printed.pdf.Root.PageLayout == Name.TwoPageLeft
