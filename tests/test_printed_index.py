"""The index as it is printed: read back from the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.book import EditedBook
from bindery.galleys.charts import charts
from bindery.galleys.index import Run, joined, sections
from bindery.house_style import read_house_style
from bindery.index import IndexEntry, IndexTheme, Listing, Stands
from bindery.indexing.locators import Folio
from tests.conftest import Published, published
from tests.reading import Element, PrintedBook, squeezed, words_at
from tests.specimen import write_book

SUBJECTS = (
    *("amber", "barley", "copper", "dyes", "elm", "flax", "grain", "hemp", "iron", "jute", "kelp"),
    *("lead", "madder", "nails", "oats", "pitch", "quartz", "resin", "salt", "tar", "umber"),
    *("vellum", "wax", "yarn", "zinc"),
)
TRADES = ("carriage of", "duties on", "guilds of", "prices of", "scarcity of", "theft of")


def vocabulary(head: str = "") -> str:
    """Three themes; every subject with six sub-entries; references of every kind."""
    entries = [f"[index]\n{head}\n"]
    themes = ("earth", "field", "craft")
    for number, name in enumerate(themes):
        note = f"What comes of {name}, and where it goes."
        entries.append(f'[[theme]]\nid = "{name}"\ntitle = "The {name}"\nnote = "{note}"\n')
        entries.append(
            f'[[entry]]\nterm = "{name} wares"\ntheme = "{name}"\nmatch = ["wares"]\n'
            f'only_in = ["trade-{number + 1}"]\n'
        )
    for number, subject in enumerate(SUBJECTS):
        theme = themes[number % 3]
        entries.append(
            f'[[entry]]\nterm = "{subject}"\ntheme = "{theme}"\nmatch = ["{subject}"]\n'
            + ('see_also = ["salt", "earth wares"]\n' if subject == "iron" else "")
            + ('principal = ["trade-2#4"]\n' if subject == "salt" else "")
        )
        entries += [
            f'[[entry]]\nterm = "{subject} > {trade}"\n'
            f'match = ["{trade.split()[0]} of {subject}"]\n'
            for trade in TRADES
        ]
    entries.append('[[entry]]\nterm = "metals"\nsee = ["iron", "lead > duties on"]\n')
    entries.append('[[entry]]\nterm = "zinc ware"\nsee = { generic = "names of vessels" }\n')
    return "\n".join(entries)


def essay(number: int) -> str:
    """An essay that speaks of every subject, and of most of its trades."""
    paragraphs = [f"# Trade {number}: Of Wares and Roads\n"]
    for place, subject in enumerate(SUBJECTS):
        trades = [trade.split()[0] for n, trade in enumerate(TRADES) if (n + place + number) % 3]
        said = " ".join(
            f"The {trade} of {subject} was settled by custom, and few asked why it was so."
            for trade in trades
        )
        paragraphs.append(f"Of {subject} the roads knew much. {said}\n")
        if place == 5:
            paragraphs.append("<!--ix(: roads-->Here the roads are told of.\n")
        if place == 20:
            paragraphs.append("So much of the roads.<!--ix): roads--> The wares were many.[^1]\n")
    return "\n".join([*paragraphs, "[^1]: A note of <!--ix: amber-->amber and of others.\n"])


@dataclass(frozen=True)
class Line:
    """A printed line of one column of the index."""

    text: str
    left: float
    top: float


@dataclass(frozen=True)
class Column:
    """A column of a page of the index, below whatever spans the page."""

    page: int
    lines: tuple[Line, ...]


@pytest.fixture(scope="module")
def themed(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return themed_book(tmp_path_factory.mktemp("themed"))


def themed_book(folder: Path, head: str = "") -> Published:
    files: dict[str, str | bytes] = {f"essays/trade-{n}.md": essay(n) for n in (1, 2, 3)}
    files["index.toml"] = vocabulary(head)
    return published(write_book(folder / "book", files), folder / "output", "screen")


@pytest.fixture(scope="module", params=["themed", "ours"])
def any_book(request: pytest.FixtureRequest, themed: Published, our_book: Published) -> Published:
    """A book made for these tests, and our own."""
    return themed if request.param == "themed" else our_book


@pytest.fixture(scope="module")
def any_printed(any_book: Published) -> PrintedBook:
    return PrintedBook(any_book.path(".pdf").read_bytes())


@pytest.fixture(scope="module")
def printed(themed: Published) -> PrintedBook:
    return PrintedBook(themed.path(".pdf").read_bytes())


@pytest.fixture(scope="module")
def edited(themed: Published) -> EditedBook:
    return themed.copy.book


def index_pages(printed: PrintedBook) -> list[int]:
    """The pages of the index, which is the last part of these books."""
    first = printed.destinations["index"][0]
    return list(range(first, printed.count))


def lines_of(printed: PrintedBook, page: int) -> tuple[Line, ...]:
    """The lines of a page in the order in which they were painted, without head and foot."""
    runs = [(round(y, 1), x, text) for text, x, y in printed.runs(page) if 70 < y < 560]
    found = []
    for top, group in groupby(runs, key=lambda run: run[0]):
        here = list(group)
        text = " ".join("".join(words for _, _, words in here).split())
        found.append(Line(text, min(left for _, left, _ in here), top))
    return tuple(found)


def columns_of(printed: PrintedBook) -> list[Column]:
    """The columns of the A–Z, which stand under its head."""
    columns = []
    begun = False
    for page in index_pages(printed):
        lines = lines_of(printed, page)
        head = next((line.top for line in lines if line.text == "All entries"), None)
        begun = begun or head is not None
        below = [line for line in lines if head is None or line.top < head]
        middle = (min(line.left for line in lines) + 284.4 / 2) if lines else 0
        for is_left in (True, False):
            there = tuple(line for line in below if (line.left < middle) is is_left)
            if begun and there:
                columns.append(Column(page, there))
    return columns


# What stands in the index


def expected_pages(entry: IndexEntry, printed: PrintedBook, shown: Sequence[str]) -> set[str]:
    """The labels of all pages on which an entry has places."""
    found: set[str] = set()
    for locus in entry.loci:
        first = printed.destinations[locus.anchor][0]
        last = printed.destinations[locus.end][0] if locus.end else first
        found |= set(shown[first : last + 1])
    return found


def pages_named(text: str) -> set[str]:
    """The pages that locators name, ranges spelt out; notes count as their pages."""
    found: set[str] = set()
    for first, last in re.findall(r", ?(\d+)(?:n+\d*|–(\d+))?(?=,|\.|$)", text):
        end = first[: len(first) - len(last)] + last if last else first
        found |= {str(page) for page in range(int(first), int(end) + 1)}
    return found


def items(printed: PrintedBook) -> list[str]:
    """Every entry of the index that is read aloud, with what belongs to it; squeezed."""
    pages = set(index_pages(printed))
    return [
        element.text(without=("L",))
        for element in printed.structure.walk()
        if element.tag == "LI" and any(piece.page in pages for piece in element.pieces())
    ]


def test_every_entry_stands_in_its_theme_and_in_the_alphabet(
    any_printed: PrintedBook, any_book: Published
) -> None:
    read = [item for item in items(any_printed) if not item.endswith("(continued)")]
    index = any_book.copy.book.index
    parts: list[IndexTheme | Listing] = [*index.themes, *index.listings]
    tops = [entry for part in parts for entry in part.entries]
    entries = [entry for top in tops for entry in top.walk()]
    heads = [squeezed(entry.heading) for entry in entries]
    said = iter(read)
    for head in heads:
        assert any(item.startswith(head) for item in said), head
    assert len(heads) > 300


def test_an_entry_names_every_page_of_its_places_and_no_other(
    any_printed: PrintedBook, any_book: Published
) -> None:
    entries = {
        squeezed(entry.heading): entry
        for top in any_book.copy.book.index.listings[0].entries
        for entry in [top]
    }
    seen = 0
    for item in items(any_printed):
        head = re.split(r",(?=\d)", item)[0]
        if head in entries and "(" not in item:
            entry = entries[head]
            pages = expected_pages(entry, any_printed, any_printed.labels)
            assert pages_named(item[len(head) :].partition(".")[0]) == pages, item
            seen += 1
    assert seen > 2 * len(SUBJECTS) - 4


def index_links(printed: PrintedBook) -> Iterator[tuple[str, str, int]]:
    """What every link of the index says, the page on which it stands, and its target."""
    pages = set(index_pages(printed))
    for link in printed.links:
        if link.page in pages:
            yield "".join(printed.text(link.page, link.box).split()), link.target, link.page


def test_every_locator_is_the_page_that_it_leads_to(any_printed: PrintedBook) -> None:
    seen = 0
    for said, target, _ in index_links(any_printed):
        number = re.match(r"\d+", said)
        if number and target in any_printed.destinations and not target.startswith("index--"):
            label = any_printed.labels[any_printed.destinations[target][0]]
            assert label == number[0] or label.endswith(number[0]), (said, target)
            seen += 1
    assert seen > 500


def test_every_locator_lands_on_its_words(any_printed: PrintedBook, any_book: Published) -> None:
    seen = set()
    for said, target, _ in index_links(any_printed):
        if "--" not in target or target.startswith("index--") or not said[0].isdigit():
            continue
        words, _ = words_at(any_book.copy.book.chapter_of(target), target)
        page, left, top = any_printed.destinations[target]
        # Somewhere in the line that begins at the place, or in the next one for a space before.
        there = squeezed(any_printed.text(page, (left - 0.5, top - 17, 396, top + 1)))
        below = squeezed(any_printed.text(page, (0, top - 31, 396, top - 13)))
        word = squeezed(words.split()[0])
        # A word may be divided after two letters, and what is read has bits of its neighbours.
        divided = word[:2] in there and word[2:5] in below
        assert word[:3] in there + below or divided, (target, words[:30], there)
        seen.add(target)
    assert len(seen) > 100


def test_every_cross_reference_leads_to_its_entry(printed: PrintedBook) -> None:
    found = {
        (said, printed.destinations[target][0])
        for said, target, _ in index_links(printed)
        if target.startswith("index--")
    }
    pages = index_pages(printed)
    assert {said for said, _ in found} >= {"iron", "salt", "dutieson"}
    assert all(page in pages for _, page in found)


# How it is set


def test_no_line_is_a_lone_number_and_no_range_is_broken(any_printed: PrintedBook) -> None:
    lines = [line.text for column in columns_of(any_printed) for line in column.lines]
    assert len(lines) > 200
    assert not [text for text in lines if re.fullmatch(r"[\d–n]+[,.]?", text)]
    assert not [text for text in lines if re.search(r"–$|^–", text)]


def test_no_column_begins_inside_of_an_entry_without_its_heading(printed: PrintedBook) -> None:
    columns = columns_of(printed)
    assert len(columns) > 4
    for column in columns:
        edge = min(line.left for line in column.lines)
        assert column.lines[0].left == pytest.approx(edge, abs=1), column.lines[0]
    assert sum("(continued)" in column.lines[0].text for column in columns) >= 1


def test_an_entry_that_stands_again_is_the_one_that_was_broken(printed: PrintedBook) -> None:
    columns = columns_of(printed)
    heading = ""
    for column in columns:
        edge = min(line.left for line in column.lines)
        first = column.lines[0].text
        if first.endswith("(continued)"):
            assert first.removesuffix("(continued)").strip() == heading
        for line in column.lines:
            if line.left < edge + 1 and len(line.text) > 1:
                heading = re.split(r", \d|\.| \(continued", line.text)[0]


def test_no_column_ends_with_a_letter(any_printed: PrintedBook) -> None:
    for column in columns_of(any_printed):
        assert len(column.lines[-1].text) > 1


def test_columns_that_are_full_end_level(printed: PrintedBook) -> None:
    by_page = {
        page: [column.lines[-1].top for column in columns]
        for page, columns in groupby(columns_of(printed), key=lambda column: column.page)
    }
    for feet in by_page.values():
        assert max(feet) - min(feet) <= 3 * 12.5


def test_themes_are_headed_with_note_and_essays(
    any_printed: PrintedBook, any_book: Published
) -> None:
    text = "".join(any_printed.flow[page] for page in index_pages(any_printed))
    chapters = any_book.copy.book.chapters
    titles = {c.slug: c.running if c.number else "" for c in chapters}
    for theme in any_book.copy.book.index.themes:
        essays = [
            f"{titles[weight.chapter]},{any_printed.labels[any_printed.destinations[weight.chapter][0]]}"
            for weight in theme.essays
            if titles[weight.chapter]
        ]
        head = squeezed(f"{theme.title}{theme.note}Essays:{'; '.join(essays)}")
        assert head in text


def test_a_theme_that_goes_on_over_the_page_is_headed_again(
    printed: PrintedBook, edited: EditedBook
) -> None:
    tops = [
        max(lines_of(printed, page), key=lambda line: line.top).text
        for page in index_pages(printed)[1:]
    ]
    titles = [theme.title for theme in edited.index.themes]
    again = [top.removesuffix(" (continued)") for top in tops if top.endswith("(continued)")]
    assert set(again) & set(titles)


def test_headings_go_down_by_one_level_at_a_time(printed: PrintedBook) -> None:
    pages = set(index_pages(printed))
    levels = [level for level, _, page in printed.headings() if page in pages]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


# The chart


def test_the_chart_is_a_table_with_the_numbers_of_the_themes(
    printed: PrintedBook, edited: EditedBook
) -> None:
    pages = set(index_pages(printed))
    tables = [e for e in printed.structure.walk() if e.tag == "Table"]
    (table,) = [t for t in tables if any(piece.page in pages for piece in t.pieces())]
    rows = [e for e in table.walk() if e.tag == "TR"]
    cells = [[c.text() for c in row.children if isinstance(c, Element)] for row in rows]
    assert cells[0] == ["Theme", "1", "2", "3"]
    for row, theme in zip(cells[1:], edited.index.themes, strict=True):
        places = {weight.chapter: weight.places for weight in theme.essays}
        numbers = [str(places.get(f"trade-{n}", 0) or "–") for n in (1, 2, 3)]
        assert row == [squeezed(theme.title), *numbers]


def test_bubbles_have_areas_as_their_numbers(edited: EditedBook) -> None:
    (chart,) = charts(edited)
    sizes = [(n, s) for row in chart.rows for n, s in zip(row.places, row.sizes, strict=True)]
    most = max(n for n, _ in sizes)
    for number, size in sizes:
        assert size**2 == pytest.approx(number / most, abs=0.01)


# Other ways to set it


@pytest.mark.parametrize("columns", [1, 3])
def test_columns_are_as_many_as_the_editor_wants(tmp_path: Path, columns: int) -> None:
    book = themed_book(tmp_path, f"columns = {columns}")
    printed = PrintedBook(book.path(".pdf").read_bytes())
    last = index_pages(printed)[-2]
    lines = lines_of(printed, last)
    left = min(line.left for line in lines)
    edges = {round((line.left - left) / (284.4 / columns)) for line in lines}
    assert edges == set(range(columns))


def test_styles_without_the_long_page_are_told_and_printed(tmp_path: Path) -> None:
    house = read_house_style().styles["print.css"].decode()
    files: dict[str, str | bytes] = {f"essays/trade-{n}.md": essay(n) for n in (1, 2, 3)}
    files["index.toml"] = vocabulary()
    files["styles/print.css"] = house.replace("@page long", "@page other")
    book = published(write_book(tmp_path / "book", files), tmp_path / "output", "screen")
    assert "loose-columns" in [query.code for query in book.report.queries]
    printed = PrintedBook(book.path(".pdf").read_bytes())
    text = "".join(printed.flow[page] for page in index_pages(printed))
    assert "zincware.Seenamesofvessels" in text


def test_styles_that_add_words_to_the_index_are_told_and_printed(tmp_path: Path) -> None:
    house = read_house_style().styles["print.css"].decode()
    source = write_book(
        tmp_path / "book",
        {
            "essays/a.md": "# A\n\n<!--ix: salt-->Salt and <!--ix: iron-->iron.\n",
            "styles/print.css": house + "\n.index .entry::after { content: ' *' }\n",
        },
    )
    book = published(source, tmp_path / "output", "screen")
    assert [query.code for query in book.report.queries] == ["loose-columns"]
    printed = PrintedBook(book.path(".pdf").read_bytes())
    text = "".join(printed.flow[page] for page in index_pages(printed))
    assert "salt,1*" in text
    assert {link.target for link in printed.links if link.page in index_pages(printed)} == {
        "a--ix-1",
        "a--ix-2",
    }


def test_the_head_of_a_theme_names_the_weightiest_essays_of_many(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"essays/{n:02}.md": f"# Essay {n}\n\n{'Of salt. ' * (n == 9)}\n\nSalt.\n"
        for n in range(1, 21)
    }
    files["index.toml"] = (
        '[[theme]]\nid = "a"\ntitle = "All"\n'
        '[[entry]]\nterm = "salt"\ntheme = "a"\nmatch = ["salt"]\nfirst_per = "all"\n'
    )
    book = published(write_book(tmp_path / "book", files), tmp_path / "output", "screen")
    printed = PrintedBook(book.path(".pdf").read_bytes())
    text = "".join(printed.flow[page] for page in index_pages(printed))
    named = re.search(r"Essays:(.*?);and8more", text)
    assert named is not None
    assert named[1].startswith("Essay9,17;Essay1,1;")
    assert named[1].count(";") == 11


def test_sub_entries_run_in(tmp_path: Path) -> None:
    book = themed_book(tmp_path, 'style = "run-in"\ncontinued = "none"')
    printed = PrintedBook(book.path(".pdf").read_bytes())
    text = "".join(printed.flow[page] for page in index_pages(printed))
    assert re.search(r"barley,[\d,–]+:carriageof,[\d,–]+;dutieson,", text)
    assert "(continued)" not in "".join(
        line.text for column in columns_of(printed) for line in column.lines
    )


def test_main_discussions_are_bold_and_tables_italic(edited: EditedBook) -> None:
    entries = [e for top in edited.index.listings[0].entries for e in top.walk()]
    (salt,) = [entry for entry in entries if entry.heading == "salt"]
    assert any(locus.principal for locus in salt.loci)
    folios = {locus.anchor: Folio(n + 1) for e in entries for n, locus in enumerate(e.loci)}
    house = read_house_style()
    parts = sections(edited, folios, house.words("en"))
    (passage,) = [p for p in parts[-1].passages if p.runs[0].text == "salt"]
    assert [run.face for run in passage.runs if run.face == "principal"]
    assert {locus.stands for e in entries for locus in e.loci} >= {Stands.TEXT, Stands.NOTE}


# Words


FACES = st.sampled_from(["", "", "principal", "italic"])
SAID = st.text("ab ,\u00a0–", max_size=6)


@given(st.lists(st.tuples(SAID, FACES), max_size=9))
def test_runs_that_are_tied_say_the_same(pieces: list[tuple[str, str]]) -> None:
    runs = [Run(text, face) for text, face in pieces]
    html = lxml.html.fromstring(f"<p>{joined(runs)}</p>")
    assert str(html.text_content()) == "".join(text for text, _ in pieces)
    bold = "".join(str(b.text_content()) for b in html.iter("b"))
    assert bold == "".join(text for text, face in pieces if face == "principal")
    assert not [span for span in html.iter("span") if span.getparent() is not html]


def test_a_bold_number_is_tied_to_the_word_before_it() -> None:
    runs = [Run("salt and iron"), Run(",\u00a0"), Run("7", "principal"), Run(", "), Run("9")]
    assert joined(runs) == 'salt and <span class="together">iron,\u00a0<b>7</b></span>, 9'
    plain = [Run("salt"), Run(",\u00a0"), Run("7"), Run(" "), Run("see", "italic")]
    assert joined(plain) == "salt,\u00a07 <i>see</i>"
