"""Publishing as a whole: same bytes, all mistakes at once, nothing half done or read outside."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pikepdf import Name

from bindery.errata import Severity, Unprintable
from bindery.markup.tree import parse
from bindery.production import publish
from tests.conftest import MOMENT, ROOT, Published, picture, published
from tests.reading import ElectronicBook, PrintedBook, html_of, plain, squeezed
from tests.specimen import write_book

LITTLE = {"essays/salt.md": "# Salt\n\nSalt is old.\n"}
SLUG = "specimen"


def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, but for the standing type."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".bindery" not in path.parts
    }


# The same bytes


def test_the_same_moment_gives_the_same_bytes_everywhere(varied_book: Published, tmp_path: Path):
    """Another place, zone, language, hash seed and working directory change nothing."""
    copy = tmp_path / "elsewhere" / "another name"
    shutil.copytree(varied_book.source, copy)
    (tmp_path / "wd").mkdir()
    runs = [
        (varied_book.source, ROOT, {"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}),
        (copy, tmp_path / "wd", {"PYTHONHASHSEED": "2", "TZ": "UTC+11", "LC_ALL": "C.UTF-8"}),
    ]
    processes = []
    for number, (book, directory, env) in enumerate(runs):
        command = [sys.executable, "-m", "bindery", "publish", str(book), "--quiet"]
        command += ["--out", str(tmp_path / f"out-{number}")]
        env |= {"SOURCE_DATE_EPOCH": "1795262400", "PYTHONPATH": str(ROOT)}
        processes.append(subprocess.Popen(command, cwd=directory, env={**os.environ, **env}))
    assert [process.wait(120) for process in processes] == [0, 0]
    first, second = (everything_in(tmp_path / f"out-{number}") for number in (0, 1))
    assert len(first) == 7
    assert first == second


def test_another_moment_gives_another_date_and_the_same_pages(
    our_book: Published, tmp_path: Path, printed: PrintedBook
):
    later = MOMENT.replace(year=2031)
    publish(our_book.source, tmp_path, later, ["screen"])
    found = PrintedBook((tmp_path / our_book.path(".pdf").name).read_bytes())
    assert str(found.pdf.docinfo.CreationDate) == "D:20311121123015Z"
    assert found.flow == printed.flow


# Mistakes

FAULTY: dict[str, str | bytes] = {
    "book.toml": 'title = "Faulty"\nsubtitel = "x"\n',
    "essays/a.md": "---\ntitle: [\n---\n\n# A\n\nText.\n",
    "essays/b.md": "# B\n\n![Lost](../images/lost.png)\n\nSee [there](c.md#nowhere).\n",
    "essays/c.md": "# C\n\n## One {#same}\n\nx\n\n## Two {#same}\n\nx[^undefined]\n",
    "essays/d.md": b"# D\n\nOne.\n\nTwo \xff three.\n",
    "essays/e.md": "# E\n\nA 漢 stands here.\n",
}


def test_every_mistake_is_told_at_once(tmp_path: Path):
    book = write_book(tmp_path / "book", FAULTY)
    with pytest.raises(Unprintable) as refusal:
        publish(book, tmp_path / "output", MOMENT)
    errors = {
        (query.code, str(query.place))
        for query in refusal.value.queries
        if query.severity is Severity.ERROR
    }
    assert errors == {
        ("unknown-key", "book.toml:2"),
        ("bad-front-matter", "essays/a.md:3"),
        ("missing-image", "essays/b.md:3"),
        ("broken-link", "essays/b.md:5"),
        ("duplicate-id", "essays/c.md:7"),
        ("undefined-note", "essays/c.md:9"),
        ("bad-encoding", "essays/d.md:5"),
        ("no-glyph", "essays/e.md:3"),
    }
    assert all(query.message and query.hint for query in refusal.value.queries)
    assert not (tmp_path / "output").exists()


def test_a_mistake_leaves_the_last_good_files_as_they_were(tmp_path: Path):
    book, output = write_book(tmp_path / "book", LITTLE), tmp_path / "output"
    publish(book, output, MOMENT, ["screen"])
    before = everything_in(output)
    assert set(before) == {f"{SLUG}.pdf", "report.html", "report.json", "SHA256SUMS"}
    write_book(book, FAULTY)
    with pytest.raises(Unprintable):
        publish(book, output, MOMENT, ["screen"])
    assert everything_in(output) == before


def test_a_file_that_cannot_be_written_leaves_no_drafts(tmp_path: Path):
    """A folder stands where the e-book should go."""
    book, output = write_book(tmp_path / "book", LITTLE), tmp_path / "output"
    (output / f"{SLUG}.epub").mkdir(parents=True)
    with pytest.raises(Unprintable, match=f"{SLUG}.epub"):
        publish(book, output, MOMENT, ["screen", "epub"])
    assert not [path for path in output.rglob("*") if "draft" in path.name]


def test_a_very_long_note_is_refused(tmp_path: Path):
    essay = f"# A\n\nx[^n]\n\n[^n]: {'A long note. ' * 400}\n"
    with pytest.raises(Unprintable) as refusal:
        publish(write_book(tmp_path, {"essays/a.md": essay}), tmp_path / "out", MOMENT)
    (query,) = refusal.value.queries
    assert (query.code, str(query.place)) == ("long-note", "essays/a.md:5")


def test_the_longest_notes_that_are_allowed_stand_whole(tmp_path: Path):
    note = " ".join(f"word{number}" for number in range(245))
    notes = "".join(f"\n[^{n}]: {note} end{n}.\n" for n in "abc")
    essay = f"# A\n\n{'Text. ' * 300}x[^a] y[^b] z[^c] {'text. ' * 300}\n{notes}"
    book = published(write_book(tmp_path, {"essays/a.md": essay}), tmp_path / "out", "screen")
    printed = PrintedBook(book.path(".pdf").read_bytes())
    for end in ("enda.", "endb.", "endc."):
        assert printed.pages_with(f"{note} {end}", notes=True)


# A book's own templates and styles


def test_a_books_own_templates_and_styles_are_used(tmp_path: Path):
    files = {
        **LITTLE,
        "templates/half-title.html.j2": '{% extends "sheet.html.j2" %}{% block body %}'
        "<p>Mine: {{ metadata.title }}</p>{% endblock %}",
        "templates/words.toml": '[en]\ncontents = "What is in it"\n'
        + (ROOT / "templates/words.toml")
        .read_text("utf-8")
        .partition("[en]\n")[2]
        .replace('contents = "Contents"\n', "", 1),
        "styles/epub.css": "p { color: teal }\n",
        "styles/website.css": "body { background: teal }\n",
    }
    book = published(write_book(tmp_path / "book", files), tmp_path / "out")
    assert "Mine: Specimen" in PrintedBook(book.path(".pdf").read_bytes()).text(1)
    ebook = ElectronicBook(book.path(".epub").read_bytes())
    assert ebook.zip.read("EPUB/css/book.css").decode().strip().endswith("p { color: teal }")
    page = book.path("index.html").read_text("utf-8")
    assert "background: teal" in page
    assert "What is in it" in page
    assert "What is in it" in ebook.text("EPUB/text/contents.xhtml")


@pytest.mark.parametrize(
    ("template", "line", "text"),
    [
        (
            "chapter.html.j2",
            2,
            '{% extends "sheet.html.j2" %}\n{% block running %}{{ titel }}{% endblock %}',
        ),
        ("chapter.html.j2", 3, "one\ntwo\n{% if %}\n"),
        ("epub/chapter.xhtml.j2", 2, "{# one #}\n{{ chapter.titel }}\n"),
        ("website/index.html.j2", 1, "{{ metadata.nothing.at_all }}"),
        ("contents.html.j2", 2, "\n{% include 'lost.html.j2' %}"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_line(
    tmp_path: Path, template: str, line: int, text: str
):
    book = write_book(tmp_path / "book", {**LITTLE, f"templates/{template}": text})
    with pytest.raises(Unprintable) as refusal:
        publish(book, tmp_path / "out", MOMENT)
    (query,) = refusal.value.queries
    assert query.code == "bad-template"
    assert query.place.file.endswith(f"templates/{template}")
    assert query.place.line == line
    assert not (tmp_path / "out").exists()


# Nothing from outside


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and everybody who called there."""
    calls: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                calls.append("called")
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], calls
        done.set()
        thread.join()


def test_the_listener_hears(listener: tuple[int, list[str]]):
    port, calls = listener
    socket.create_connection(("127.0.0.1", port)).close()
    for _ in range(100):
        if calls:
            break
        threading.Event().wait(0.01)
    assert calls == ["called"]


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 9 9">'
)


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="ADDRESS" width="9" height="9"/>',
        "<image xlink:href='ADDRESS' width='9' height='9'/>",
        '<use href="ADDRESS#x"/>',
        "<style>@import url(ADDRESS);</style>",
        '<rect fill="url(ADDRESS#x)" width="9" height="9"/>',
        "<script>fetch('ADDRESS')</script>",
        '<foreignObject><iframe src="ADDRESS"/></foreignObject>',
        '<rect onload="x()" width="9" height="9"/>',
    ],
)
@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x"])
def test_drawings_that_reach_out_are_refused(tmp_path: Path, inside: str, address: str):
    files = {
        "essays/a.md": "# A\n\n![D](../images/d.svg)\n",
        "images/d.svg": f"{SVG}{inside.replace('ADDRESS', address)}</svg>",
    }
    with pytest.raises(Unprintable) as refusal:
        publish(write_book(tmp_path, files), tmp_path / "out", MOMENT, ["screen"])
    assert [(q.code, str(q.place)) for q in refusal.value.queries] == [
        ("unsafe-drawing", "essays/a.md:3")
    ]


def test_nobody_is_called_while_publishing(tmp_path: Path, listener: tuple[int, list[str]]):
    """Styles, templates and drawings in disguise ask for the network in vain."""
    port, calls = listener
    web = f"http://127.0.0.1:{port}/x"
    house = (ROOT / "styles/print.css").read_text("utf-8")
    square = f"<rect fill='\\75rl({web})' width='9' height='9'/>"
    sly = f"<!DOCTYPE svg SYSTEM '{web}.dtd'>{SVG}{square}</svg>"
    files = {
        "essays/a.md": f"# A\n\n![D](../images/d.svg)\n\n[link]({web}) <{web}>\n",
        "images/d.svg": sly,
        "styles/print.css": f"@import url({web}.css);\n{house}\n"
        f"p {{ background: url({web}.png) }} @font-face {{ font-family: X; src: url({web}.ttf) }}"
        "body { background: url(file:///etc/passwd) } h1 { font-family: 'EB Garamond', X }",
        "templates/half-title.html.j2": '{% extends "sheet.html.j2" %}{% block body %}'
        f"<p><img src='{web}.png' alt='x'><object data='{web}'></object>"
        f"<link rel=stylesheet href='{web}.css'><a href='{web}'>x</a></p>{{% endblock %}}",
    }
    book = published(write_book(tmp_path / "book", files), tmp_path / "out", "screen")
    assert calls == []
    said = " ".join(query.message for query in book.report.queries)
    for ending in (".css", ".png"):
        assert f"{web}{ending} is not part of the book" in said
    assert "file:///etc/passwd is not part of the book" in said


@pytest.mark.parametrize("path", ["../../secret.png", "/etc/passwd", "../images/link.png"])
def test_pictures_outside_of_the_book_are_missing(tmp_path: Path, path: str):
    (tmp_path / "secret.png").write_bytes(picture("PNG"))
    book = write_book(tmp_path / "book", {"essays/a.md": f"# A\n\n![x]({path})\n"})
    (book / "images").mkdir()
    (book / "images/link.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(Unprintable) as refusal:
        publish(book, tmp_path / "out", MOMENT, ["screen"])
    assert {str(query.place) for query in refusal.value.queries} == {"essays/a.md:3"}


# Books of every shape


def test_sixty_essays(tmp_path: Path):
    files = {
        f"essays/{n}.md": f"# Essay {n} of many\n\n<!--ix: number-->Number {n}.\n"
        for n in range(1, 61)
    }
    book = published(write_book(tmp_path / "book", files), tmp_path / "out", "screen")
    printed = PrintedBook(book.path(".pdf").read_bytes())
    titles = {text: page for level, text, page in printed.headings() if level == 1}
    assert [text for text in titles if text.startswith("Essay")] == [
        f"Essay{n}ofmany" for n in range(1, 61)
    ]
    for n in range(1, 61):
        assert printed.labels[titles[f"Essay{n}ofmany"]] == str(2 * n - 1)
    index = [link for link in printed.links if link.page >= titles["Index"]]
    assert [printed.text(link.page, link.box).strip() for link in index] == [
        str(n) for n in range(1, 120, 2)
    ]


def test_one_empty_essay_is_a_book(tmp_path: Path):
    source = write_book(tmp_path / "book", {"essays/a.md": "# A\n"})
    printed = PrintedBook(published(source, tmp_path, "screen").path(".pdf").read_bytes())
    assert printed.labels[-1] == "1"
    assert squeezed(printed.text(printed.count - 1)) == "1A1"


def test_a_book_in_arabic(bare_book: Published):
    printed = PrintedBook(bare_book.path(".pdf").read_bytes())
    assert bare_book.report.queries == ()
    assert str(printed.pdf.Root.Lang) == "ar"
    assert str(printed.pdf.docinfo.Title) == "كتاب"
    assert printed.headings()[-2:] == [(1, "ملح", printed.count - 3), (1, "ماء", printed.count - 1)]
    page = html_of(bare_book.path("index.html").read_text("utf-8"))
    assert page.get("lang") == "ar"


def test_a_book_that_is_read_from_right_to_left_opens_to_the_right(tmp_path: Path):
    """Rectos are on the left: there they are bound at the right, and bear folios at the left."""
    text = "الملح أقدم من كل كلمة له وقد عاش بعد أكثرها في كل أرض وفي كل زمان. " * 90
    toml = 'title = "كتاب"\nlanguage = "ar"\n'
    source = write_book(tmp_path / "book", {"essays/a.md": f"# ملح\n\n{text}\n"}, toml)
    printed = PrintedBook(published(source, tmp_path, "screen").path(".pdf").read_bytes())
    assert printed.pdf.Root.ViewerPreferences.Direction == Name.R2L
    dark = [255 * (grey < 200) for grey in range(256)]
    edges = {}
    for label in ("2", "3"):
        page = printed.document[printed.labels.index(label)]
        text_block, head = (
            page.render(crop=crop).to_pil().convert("L").point(dark).getbbox() or (0, 0, 0, 0)
            for crop in ((0, 80, 0, 60), (0, 562, 0, 0))
        )
        edges[label] = (text_block[0], text_block[2], head[0] < 100)
    (verso, recto), slack = (edges["2"], edges["3"]), 4
    assert abs(verso[0] - 47) < slack
    assert abs(recto[0] - 65) < slack
    assert abs(recto[1] - verso[1] - 18) < slack
    assert (recto[2], verso[2]) == (True, False)


def test_a_book_with_everything_is_printed_whole(varied_book: Published):
    printed, book = PrintedBook(varied_book.path(".pdf").read_bytes()), varied_book.copy.book
    assert varied_book.report.queries == ()
    flow, notes = "".join(printed.flow), "".join(printed.notes)
    for chapter in book.chapters:
        for element in parse(chapter.xhtml).iter("p", "li", "td", "th", "dt", "dd", "pre", "h2"):
            words = "".join(element.xpath("text()[1]"))
            assert squeezed(words) in flow, words
        for note in chapter.notes:
            assert squeezed(f"{note.number}. " + "".join(map(plain, note.paragraphs))) in notes
    pictures = [e.alt for e in printed.structure.walk() if e.tag == "Figure"]
    assert pictures[1:] == ["A teal field", "Another", "A third", "A square", "tiny"]


def test_signs_that_html_minds_are_printed(varied_book: Published):
    printed = PrintedBook(varied_book.path(".pdf").read_bytes())
    everything = "".join(printed.text(page) for page in range(printed.count))
    assert "&amp;" not in everything
    assert "&lt;" not in everything
    assert str(printed.pdf.docinfo.Title) == 'Salt & <Iron>: "Tempered": A < B & C > D'
    assert str(printed.pdf.docinfo.Author) == "Anne O'Hara & <Co>"
    assert str(printed.pdf.docinfo.Keywords) == "a & b"
    assert squeezed("Salt & <Brine>") in printed.flow[13]
    assert 'Salt & <Iron>: "Tempered"' in {printed.head(n).partition(" ")[2] for n in range(19)}
    assert "Salt & <Brine>" in {bookmark.title for bookmark in printed.bookmarks}
    assert "Kinds & <sorts>" in {b.title for top in printed.bookmarks for b in top.below}


def test_every_link_of_the_book_with_everything_can_be_followed(varied_book: Published):
    printed = PrintedBook(varied_book.path(".pdf").read_bytes())
    for link in printed.links:
        left, bottom, right, top = link.box
        assert right - left > 1, link
        assert top - bottom > 5, link
        assert link.uri or link.target in printed.destinations
        assert link.words
    assert {link.uri for link in printed.links} == {"", "https://example.org/?a=1&b=2"}


def test_a_long_address_stays_on_its_page(tmp_path: Path):
    address = f"https://example.org/{'abcdefghij' * 20}"
    essay = f"# A\n\nSee <{address}> there.[^n]\n\n[^n]: And <{address}>.\n"
    book = published(write_book(tmp_path, {"essays/a.md": essay}), tmp_path / "out", "screen")
    printed = PrintedBook(book.path(".pdf").read_bytes())
    assert squeezed(address) in "".join(printed.flow)
    assert squeezed(address) in "".join(printed.notes)
    rights = [box[2] for page in range(printed.count) for _, box in printed.letters(page)]
    assert max(rights) < 396 - 40
