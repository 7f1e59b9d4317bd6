"""Imposed books, object by object: tags, fonts, folios, names, and the same bytes every way."""

from __future__ import annotations

import io
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from bindery.composing import Press
from bindery.desk.hands import hands
from bindery.production import publish
from tests import validators
from tests.conftest import MOMENT, ROOT, Published, published
from tests.reading import Bookmark, PrintedBook, plain, squeezed, words_at, words_of
from tests.specimen import dedented, write_book

WORDS = "Salt is older than any word for it, and it has outlived most of them. " * 9
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20">'
    '<g opacity=".5"><text x="5" y="15" font-family="EB Garamond" font-size="9">Zx{n} 7</text>'
    "</g></svg>"
)
ESSAY = """
    # Essay {n} of *many*

    <!--ix: number-->Number {n}, and see [the next](essay-{next}.md#kinds-{next}).[^a]

    ## Kinds {{#kinds-{n}}}

    ![A drawing {n}](../images/{n}.svg "Drawing <!--ix: drawing-->{n}.")

    | Kind | Mass |
    |:--|--:|
    | Sea | {n} |

    Table: Two kinds.

    ### Third

    {words}

    [^a]: A note with [a link](essay-{next}.md) and [the web](https://example.org/{n}).
    """
COUNT = 30


def thirty_essays() -> dict[str, str | bytes]:
    """A book with links, notes, tables and drawings in each of its essays."""
    files: dict[str, str | bytes] = {}
    for n in range(1, COUNT + 1):
        text = dedented(ESSAY).format(n=n, next=n % COUNT + 1, words=WORDS * 4 * (n % 3 + 1))
        files[f"essays/essay-{n}.md"] = text
        files[f"images/{n}.svg"] = DRAWING.replace("{n}", str(n))
    return files


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> Published:
    source = write_book(tmp_path_factory.mktemp("thirty"), thirty_essays())
    return published(source, tmp_path_factory.mktemp("thirty-output"))


@dataclass(frozen=True)
class Painted:
    """Something that a page shows."""

    operator: str
    marks: tuple[tuple[str, int | None, int], ...]
    """The marks around it: tag, MCID, and how deep in forms it was begun."""
    font: Any
    glyphs: bytes
    depth: int
    form: str
    """Name of the form that it is in, if any."""


PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "BI"}


def painted(
    holder: Any,
    resources: Any,
    marks: tuple[tuple[str, int | None, int], ...] = (),
    depth: int = 0,
    form: str = "",
) -> Iterator[Painted]:
    """Everything that a page or a form paints, forms in it too."""
    fonts: list[Any] = [None]
    here = list(marks)
    instructions: Any = pikepdf.parse_content_stream(holder)
    for operands, operator in instructions:
        name = str(operator)
        if name in ("BDC", "BMC"):
            properties = operands[1] if name == "BDC" else None
            if isinstance(properties, Name):
                properties = resources.Properties[properties]
            mark = properties.get("/MCID") if properties is not None else None
            here.append((str(operands[0]), None if mark is None else int(mark), depth))
        elif name == "EMC":
            assert len(here) > len(marks), "an end without a beginning"
            here.pop()
        elif name == "q":
            fonts.append(fonts[-1])
        elif name == "Q":
            fonts.pop()
        elif name == "Tf":
            fonts[-1] = resources.Font[str(operands[0])]
        elif name == "Do":
            thing = resources.XObject[str(operands[0])]
            if thing.Subtype == Name.Form:
                inner = thing.get("/Resources", resources)
                yield from painted(thing, inner, tuple(here), depth + 1, str(operands[0]))
            else:
                yield Painted(name, tuple(here), None, b"", depth, form)
        elif name in PAINTING:
            font = fonts[-1] if name in ("Tj", "TJ", "'", '"') else None
            yield Painted(name, tuple(here), font, shown(operands), depth, form)
    assert len(here) == len(marks), "a beginning without an end"


def shown(operands: Any) -> bytes:
    """The glyphs of a text-showing operator."""
    found = b""
    for operand in operands:
        if isinstance(operand, pikepdf.String):
            found += bytes(operand)
        elif isinstance(operand, Array):
            found += shown(operand)
    return found


class Imposed:
    """A PDF, object by object."""

    def __init__(self, book: Published) -> None:
        self.book = book
        self.path = book.path(".pdf")
        self.data = self.path.read_bytes()
        self.pdf = pikepdf.open(io.BytesIO(self.data))
        self.pages = {page.obj.objgen: place for place, page in enumerate(self.pdf.pages)}
        self.root = self.pdf.Root.StructTreeRoot

    @cached_property
    def printed(self) -> PrintedBook:
        return PrintedBook(self.data)

    @cached_property
    def painted(self) -> list[list[Painted]]:
        """What each page shows."""
        return [list(painted(page.obj, page.obj.Resources)) for page in self.pdf.pages]

    @cached_property
    def elements(self) -> list[Any]:
        """Every structure element, in order, each once however often it is met."""
        found: list[Any] = []

        def walk(element: Any) -> None:
            found.append(element)
            for kid in kids(element):
                if isinstance(kid, Dictionary) and "/S" in kid:
                    walk(kid)

        walk(self.root.K[0])
        return found

    def marks(self) -> Iterator[tuple[int, int, Any]]:
        """Page, number and element of every marked content that is in the tree."""
        for element in self.elements:
            for kid in kids(element):
                if isinstance(kid, int):
                    yield self.pages[element.Pg.objgen], kid, element
                elif "/MCID" in kid:
                    page = kid.Pg if "/Pg" in kid else element.Pg
                    assert "/Stm" not in kid
                    yield self.pages[page.objgen], int(kid.MCID), element

    def owned(self) -> Iterator[tuple[Any, Any]]:
        """Every annotation that is in the tree, and its element."""
        for element in self.elements:
            for kid in kids(element):
                if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR:
                    yield kid.Obj, element

    def annotations(self) -> Iterator[tuple[int, Any]]:
        for place, page in enumerate(self.pdf.pages):
            for annotation in page.obj.get("/Annots", ()):
                yield place, annotation

    @cached_property
    def parents(self) -> dict[int, Any]:
        """The parent tree."""
        nums = self.root.ParentTree.Nums
        keys = [int(nums[at]) for at in range(0, len(nums), 2)]
        assert keys == sorted(set(keys))
        assert int(self.root.ParentTreeNextKey) > max(keys)
        return {key: nums[2 * at + 1] for at, key in enumerate(keys)}

    def fonts(self) -> list[Any]:
        """Every font dictionary that glyphs are named in."""
        return [
            thing
            for thing in self.pdf.objects
            if isinstance(thing, Dictionary) and thing.get("/Subtype") == Name.Type0
        ]


def kids(element: Any) -> list[Any]:
    found = element.get("/K", ())
    return list(found) if isinstance(found, Array) else [found]


def tag(element: Any) -> str:
    return str(element.S).lstrip("/")


BOOKS = ["our_book", "varied_book", "bare_book", "thirty"]
OPENED: dict[str, Imposed] = {}


@pytest.fixture(params=BOOKS)
def imposed(request: pytest.FixtureRequest) -> Imposed:
    if request.param not in OPENED:
        OPENED[request.param] = Imposed(request.getfixturevalue(request.param))
    return OPENED[request.param]


# Tags


def test_every_mark_belongs_to_one_element(imposed: Imposed):
    content = {
        (page, number)
        for page, things in enumerate(imposed.painted)
        for thing in things
        for _, number, depth in thing.marks
        if number is not None and depth == 0
    }
    owners = Counter((page, number) for page, number, _ in imposed.marks())
    assert set(owners.values()) == {1}
    assert content <= set(owners)


def test_forms_number_no_marks_of_their_own(imposed: Imposed):
    """They would have to be named by their own StructParents."""
    for things in imposed.painted:
        for thing in things:
            assert not [mark for mark in thing.marks if mark[1] is not None and mark[2] > 0]


def test_what_is_not_in_the_tree_is_an_artifact(imposed: Imposed):
    for page, things in enumerate(imposed.painted):
        for thing in things:
            tags = [mark for mark, _, _ in thing.marks]
            numbered = [mark for mark, number, _ in thing.marks if number is not None]
            assert ("/Artifact" in tags) != bool(numbered), (page, thing)


def test_pages_find_the_elements_of_their_marks(imposed: Imposed):
    owners = {(page, number): element for page, number, element in imposed.marks()}
    for place, page in enumerate(imposed.pdf.pages):
        marks = {number for where, number in owners if where == place}
        if "/StructParents" not in page.obj:
            assert not marks
            continue
        found = imposed.parents[int(page.obj.StructParents)]
        assert isinstance(found, Array)
        for number, element in enumerate(found):
            if isinstance(element, Dictionary):
                assert element.objgen == owners[place, number].objgen
            else:
                assert number not in marks
        assert marks <= set(range(len(found)))
    pages = [int(p.obj.StructParents) for p in imposed.pdf.pages if "/StructParents" in p.obj]
    assert len(pages) == len(set(pages))


def test_annotations_find_their_elements(imposed: Imposed):
    owners = {annotation.objgen: element for annotation, element in imposed.owned()}
    found = [annotation for _, annotation in imposed.annotations()]
    numbers = [int(annotation.StructParent) for annotation in found]
    assert len(set(numbers)) == len(numbers)
    for annotation, number in zip(found, numbers, strict=True):
        assert imposed.parents[number].objgen == owners[annotation.objgen].objgen
    pages = {int(p.obj.StructParents) for p in imposed.pdf.pages if "/StructParents" in p.obj}
    assert not pages & set(numbers)
    for number, value in imposed.parents.items():
        assert isinstance(value, Array) or number in numbers


def test_every_element_hangs_in_the_tree(imposed: Imposed):
    seen = [element.objgen for element in imposed.elements]
    assert len(seen) == len(set(seen))
    assert imposed.root.K[0].P.objgen == imposed.root.objgen
    for element in imposed.elements[1:]:
        assert element.objgen in [
            kid.objgen for kid in kids(element.P) if isinstance(kid, Dictionary)
        ]
    everywhere = {
        thing.objgen
        for thing in imposed.pdf.objects
        if isinstance(thing, Dictionary) and thing.get("/Type") == Name.StructElem
    }
    assert everywhere == set(seen)


def test_links_and_annotations_belong_to_each_other(imposed: Imposed):
    """Those of contents and index too."""
    annotations = {note.objgen: page for page, note in imposed.annotations()}
    owned = [(annotation.objgen, element) for annotation, element in imposed.owned()]
    assert Counter(name for name, _ in owned) == Counter(dict.fromkeys(annotations, 1))
    assert {tag(element) for _, element in owned} <= {"Link"}
    holders = {element.objgen for _, element in owned}
    links = [element for element in imposed.elements if tag(element) == "Link"]
    assert {link.objgen for link in links} == holders
    for _, annotation in imposed.annotations():
        assert str(annotation.get("/Contents", ""))


def test_figures_are_described_and_headings_skip_no_level(imposed: Imposed):
    last = 0
    for element in imposed.elements:
        if tag(element) == "Figure":
            assert str(element.get("/Alt", ""))
        if re.fullmatch("H[1-6]", tag(element)):
            level = int(tag(element)[1])
            assert level <= last + 1
            last = level
    assert last


def test_the_language_is_known(imposed: Imposed):
    assert str(imposed.pdf.Root.Lang) == imposed.book.copy.book.metadata.language
    own = {str(element.Lang) for element in imposed.elements if "/Lang" in element}
    chapters = {chapter.language for chapter in imposed.book.copy.book.chapters}
    assert chapters <= own | {str(imposed.pdf.Root.Lang)}


def test_cells_name_heads_that_exist(imposed: Imposed):
    heads = [str(element.ID) for element in imposed.elements if "/ID" in element]
    assert len(heads) == len(set(heads))
    cells = [element for element in imposed.elements if tag(element) == "TD"]
    named = {str(head) for cell in cells for head in headers(cell)}
    assert named <= set(heads)
    if any(tag(element) == "TH" for element in imposed.elements):
        assert named


def headers(cell: Any) -> Iterator[Any]:
    for attributes in cell.A if isinstance(cell.get("/A"), Array) else [cell.get("/A")]:
        if isinstance(attributes, Dictionary):
            yield from attributes.get("/Headers", ())


def test_the_text_is_read_in_the_order_of_the_manuscript(imposed: Imposed):
    flow, notes = "".join(imposed.printed.flow), "".join(imposed.printed.notes)
    at = said = 0
    for chapter in imposed.book.copy.book.chapters:
        for words in words_of(chapter).split("\n"):
            # A number of a list or a dash before a name is the styles', not the manuscript's.
            at = flow.index(squeezed(words), at)
        for note in chapter.notes:
            text = squeezed(f"{note.number}. " + "".join(map(plain, note.paragraphs)))
            said = notes.index(text, said)


# The file and its fonts


def test_qpdf_finds_nothing_wrong(imposed: Imposed):
    assert validators.qpdf_check(imposed.path) == []


def test_every_font_is_in_the_file_once(imposed: Imposed):
    programs = []
    names = []
    for font in imposed.fonts():
        descriptor = font.DescendantFonts[0].FontDescriptor
        (key,) = {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
        programs.append(descriptor[key].objgen)
        names.append(str(font.BaseFont).partition("+")[2])
    streams = [
        thing.objgen
        for thing in imposed.pdf.objects
        if isinstance(thing, pikepdf.Stream)
        and thing.get("/Subtype") != Name.Image
        and is_program(thing.read_bytes())
    ]
    assert sorted(programs) == sorted(streams)
    assert len(set(programs)) == len(programs)
    assert len(set(names)) == len(names)


def is_program(data: bytes) -> bool:
    return data[:4] in (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")


def test_no_font_is_named_that_is_not_in_the_file(imposed: Imposed):
    whole = {font.objgen for font in imposed.fonts()}
    for thing in imposed.pdf.objects:
        if isinstance(thing, Dictionary | pikepdf.Stream):
            resources = thing.get("/Resources", None)
            if resources is not None:
                for font in resources.get("/Font", {}).values():
                    assert font.objgen in whole
        if isinstance(thing, Dictionary) and thing.get("/Type") == Name.FontDescriptor:
            assert {"/FontFile2", "/FontFile3"} & set(thing.keys())


def test_every_glyph_is_in_its_font_with_its_width_and_meaning(imposed: Imposed):
    used: dict[tuple[int, int], set[int]] = {}
    fonts: dict[tuple[int, int], Any] = {}
    in_drawings = 0
    for thing in itertools.chain(*imposed.painted):
        if thing.font is not None:
            key = thing.font.objgen
            fonts[key] = thing.font
            glyphs = {*struct_glyphs(thing.glyphs)}
            used.setdefault(key, set()).update(glyphs)
            in_drawings += bool(thing.depth and not thing.form.startswith("/Folio"))
    assert {font.objgen for font in imposed.fonts()} == set(used)
    for key, glyphs in used.items():
        font = fonts[key]
        inside = font.DescendantFonts[0]
        assert font.Encoding == Name("/Identity-H")
        meanings, widths = unicode_of(font), widths_of(inside)
        program = TTFont(io.BytesIO(inside.FontDescriptor.FontFile2.read_bytes()))
        order, scale = program.getGlyphOrder(), 1000 / program["head"].unitsPerEm
        for glyph in glyphs:
            name = order[glyph]
            assert meanings[glyph]
            assert abs(widths[glyph] - program["hmtx"][name][0] * scale) < 1
            if not all(map(is_unseen, meanings[glyph])):
                assert program["glyf"][name].numberOfContours, (name, meanings[glyph])
    if imposed.book.source.name.startswith("thirty"):
        assert in_drawings >= COUNT


def struct_glyphs(text: bytes) -> Iterator[int]:
    for at in range(0, len(text), 2):
        yield int.from_bytes(text[at : at + 2], "big")


def is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Zs", "Cf", "Cc")


def unicode_of(font: Any) -> dict[int, str]:
    pairs = re.findall(rb"^<(\w{4})> <(\w+)>$", font.ToUnicode.read_bytes(), re.M)
    found = {int(glyph, 16): bytes.fromhex(text.decode()) for glyph, text in pairs}
    return {glyph: text.decode("utf-16-be") for glyph, text in found.items()}


def widths_of(font: Any) -> dict[int, float]:
    found: dict[int, float] = {}
    for at in range(0, len(font.W), 2):
        first, run = int(font.W[at]), font.W[at + 1]
        found |= {first + place: float(width) for place, width in enumerate(run)}
    return found


# Folios


def test_every_folio_is_printed_once_as_an_artifact(imposed: Imposed):
    labels = imposed.printed.labels
    opening = next(page for page, label in enumerate(labels) if label == "1")
    for page, things in enumerate(imposed.painted):
        folios = {thing.form for thing in things if thing.form.startswith("/Folio")}
        for thing in things:
            if thing.form in folios:
                assert thing.marks[0][:2] == ("/Artifact", None)
        words = imposed.printed.text(page).strip()
        margins = imposed.printed.head(page).split() + imposed.printed.foot(page).split()
        assert len(folios) == margins.count(labels[page]), page
        assert len(folios) == (1 if words and page >= opening else len(folios))
        assert len(folios) <= 1


DASHED = """
@page numbered:left { @top-left { content: none } @bottom-center { %s } }
@page numbered:right { @top-right { content: none } @bottom-center { %s } }
@page numbered:first { @bottom-center { content: "[" string(folio) "]"; font-style: normal } }
"""
RULE = 'content: "— " string(folio) " —"; font-style: italic; font-size: 10pt'


def test_a_book_may_set_its_folios_as_it_likes(tmp_path: Path):
    """In italic, between dashes, at the foot; openings by a rule of their own."""
    house = (ROOT / "styles/print.css").read_text("utf-8")
    files = {
        "essays/a.md": "# Salt\n\n" + f"{WORDS}\n\n" * 180,
        "essays/b.md": "# Brine\n\n" + f"{WORDS}\n\n" * 9,
        "front/preface.md": "# Preface\n\n" + f"{WORDS}\n\n" * 9,
        "styles/print.css": house + DASHED % (RULE, RULE),
    }
    book = published(write_book(tmp_path / "book", files), tmp_path / "out", "screen")
    assert book.report.queries == ()
    imposed = Imposed(book)
    printed = imposed.printed
    openings = {page for level, _, page in printed.headings() if level == 1}
    titles = {"Salt", "Brine", "Preface", "Specimen"}
    ordinary = 0
    for page in range(min(openings), printed.count):
        label = printed.labels[page]
        if page in openings:
            assert (printed.head(page), printed.foot(page)) == ("", f"[{label}]")
        elif printed.text(page).strip():
            assert printed.head(page) in titles
            assert printed.foot(page) == f"— {label} —"
            folio = [thing for thing in imposed.painted[page] if thing.form.startswith("/Folio")]
            assert {str(thing.font.BaseFont).endswith("Italic") for thing in folio} == {True}
            ordinary += 1
    assert ordinary > 40


def test_what_styles_put_on_blank_pages_is_no_text(tmp_path: Path):
    house = (ROOT / "styles/print.css").read_text("utf-8")
    css = house + "\n@page { background: #ffe; @left-middle { content: 'Proof' } }\n"
    files = {
        "essays/a.md": f"# A\n\n{WORDS}\n",
        "essays/b.md": "# B\n\n" + f"{WORDS}\n\n" * 5,
        "styles/print.css": css,
        "templates/blank.html.j2": '{% extends "sheet.html.j2" %}'
        "{% block body %}<p>Left <code>blank</code></p>{% endblock %}",
    }
    book = published(write_book(tmp_path / "book", files), tmp_path / "out", "screen")
    imposed = Imposed(book)
    test_every_mark_belongs_to_one_element(imposed)
    test_what_is_not_in_the_tree_is_an_artifact(imposed)
    test_every_glyph_is_in_its_font_with_its_width_and_meaning(imposed)
    test_every_font_is_in_the_file_once(imposed)
    blank = [p for p in range(imposed.printed.count) if "Left" in imposed.printed.text(p)]
    assert len(blank) == 3
    assert "Left" not in "".join(imposed.printed.flow)
    for page in range(1, imposed.printed.count):
        assert imposed.printed.text(page).count("Proof") == 1
        picture = imposed.printed.document[page].render(scale=0.5).to_pil().convert("L")
        assert picture.getextrema()[0] < 200  # Nothing hides the words.


# Ways through the book


def leaves(node: Any) -> Iterator[tuple[list[bytes], Any]]:
    """The leaves of a name tree: their names, and their limits."""
    if "/Kids" in node:
        for kid in node.Kids:
            yield from leaves(kid)
    else:
        names = [bytes(node.Names[at]) for at in range(0, len(node.Names), 2)]
        yield names, node.get("/Limits")


def test_names_are_sorted_and_every_anchor_is_named_once(imposed: Imposed):
    names: list[bytes] = []
    for found, limits in leaves(imposed.pdf.Root.Names.Dests):
        assert [bytes(limit) for limit in limits] == [found[0], found[-1]]
        names += found
    assert names == sorted(set(names))
    known = {name.decode() for name in names}
    for chapter in imposed.book.copy.book.chapters:
        assert chapter.slug in known
        assert {mark.id for mark in chapter.marks} <= known
        assert {note.id for note in chapter.notes} <= known


def test_links_lead_to_the_words_they_name(thirty: Published):
    printed = PrintedBook(thirty.path(".pdf").read_bytes())
    book = thirty.copy.book
    abroad = [link for link in printed.links if re.match(r"essay-\d+(--kinds-\d+)?$", link.target)]
    assert len({link.target for link in abroad}) == 2 * COUNT
    for name in {link.target for link in abroad}:
        page, left, top = printed.destinations[name]
        number = name.rpartition("-")[2]
        if "kinds" in name:
            words, _ = words_at(book.chapter_of(name), name)
            assert squeezed(words).startswith("Kinds")
            box = (left - 1, top - 12, left + 200, top - 4)
            assert squeezed(printed.text(page, box)).lower() == "kinds"
        assert printed.labels[page] == printed.labels[printed.destinations[f"essay-{number}"][0]]
    for link in abroad:
        label = printed.labels[printed.destinations[link.target][0]]
        assert link.words == f"Page {label}"


def test_the_outline_is_that_of_the_headings(imposed: Imposed):
    printed = imposed.printed

    def flat(bookmarks: tuple[Bookmark, ...]) -> Iterator[tuple[str, int]]:
        for bookmark in bookmarks:
            yield squeezed(bookmark.title), bookmark.page
            yield from flat(bookmark.below)

    headings = [(text, page) for level, text, page in printed.headings() if level <= 3]
    found = list(flat(printed.bookmarks))
    assert found
    letters = [heading for heading in headings if heading not in found]
    assert all(len(text) == 1 for text, _ in letters)  # Those of the index.
    assert [heading for heading in headings if heading in found] == found


def test_items_of_the_outline_know_each_other(imposed: Imposed):
    def count(parent: Any) -> int:
        item, before, total = parent.First, None, 0
        while item is not None:
            assert item.Parent.objgen == parent.objgen
            assert (item.Prev.objgen if "/Prev" in item else None) == before
            below = count(item) if "/First" in item else 0
            if "/First" in item:
                assert abs(int(item.Count)) == below
            total += 1 + (below if int(item.get("/Count", 0)) > 0 else 0)
            before = item.objgen
            item = item.get("/Next")
        assert parent.Last.objgen == before
        return total

    assert int(imposed.pdf.Root.Outlines.Count) == count(imposed.pdf.Root.Outlines)


def test_page_labels_count_two_series_after_the_cover(imposed: Imposed):
    labels = imposed.printed.labels
    first = labels.index("1")
    roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
    assert labels[1:first] == roman[: first - 1]
    assert labels[first:] == [str(number) for number in range(1, len(labels) - first + 1)]
    assert len(labels[:first]) % 2 == 1
    assert labels[0] not in roman


# The same bytes


def test_type_that_stood_and_other_hands_give_the_same_bytes(thirty: Published, tmp_path: Path):
    """Set here, by other processes as well, and fetched from where it stood."""
    asked: list[int] = []

    def counted(warm: Any, files: Mapping[str, bytes]) -> Executor:
        asked.append(1)
        return hands(warm, files)

    cache = tmp_path / "cache"
    presses = [Press(hands=counted), Press(cache=cache), Press(hands=counted, cache=cache)]
    wanted = {path.name: path.read_bytes() for path in thirty.folder.iterdir()}
    for number, press in enumerate(presses):
        folder = tmp_path / str(number)
        heard: list[str] = []
        publish(
            thirty.source,
            folder,
            MOMENT,
            progress=lambda stage, what, h=heard: h.append(what if stage == "setting" else ""),  # type: ignore[misc]
            press=press,
        )
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == wanted
        assert bool(list(filter(None, heard))) is (number < 2)
    assert asked == [1]
