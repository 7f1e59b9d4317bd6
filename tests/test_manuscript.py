"""The author's files: which they are, in which order, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bindery.book import Picture
from bindery.errata import Place, Unprintable
from bindery.manuscript import Sheet, fetch_picture, gather, natural
from tests.specimen import NOT_DRAWN, TOML, edited, queries_of, said, write_book

ESSAY = "# A\n\nText\n"


def paths(folder: Path) -> list[str]:
    return [sheet.path for sheet in gather(folder)[0].sheets]


def slugs(folder: Path) -> list[str]:
    return [sheet.slug for sheet in gather(folder)[0].sheets]


def essay(folder: Path, data: bytes | str) -> tuple[str, list[str]]:
    """The text of the only essay, and what is said about it."""
    manuscript, queries = gather(write_book(folder, {"essays/a.md": data}))
    return manuscript.sheets[0].text, said(queries)


def test_parts_stand_in_the_order_of_a_book(tmp_path: Path) -> None:
    names = ["back/z.md", "essays/m.md", "front/a.md", "front/notes.txt", "other/x.md", "y.md"]
    write_book(tmp_path, dict.fromkeys(names, ESSAY))
    assert paths(tmp_path) == ["front/a.md", "essays/m.md", "back/z.md"]


def test_files_stand_in_natural_order(tmp_path: Path) -> None:
    names = ["essays/10-b.md", "essays/9-a.md", "essays/B.md", "essays/a.md", "essays/a2.md"]
    write_book(tmp_path, dict.fromkeys(names, ESSAY))
    assert paths(tmp_path) == [f"essays/{n}.md" for n in ("9-a", "10-b", "a", "a2", "B")]


@pytest.mark.parametrize(
    ("first", "second"),
    [("a2", "a10"), ("a2b", "a10a"), ("2", "a"), ("a", "B"), ("a²", "a³"), ("٢", "١٠")],
)
def test_natural(first: str, second: str) -> None:
    assert natural(first) < natural(second)


def ordered(folder: Path, order: str) -> Path:
    files = dict.fromkeys(["essays/a.md", "essays/b.md", "essays/c.md"], ESSAY)
    return write_book(folder, files, f"{TOML}[order]\n{order}")


def test_an_order_is_followed(tmp_path: Path) -> None:
    ordered(tmp_path, 'essays = ["essays/c.md", "./essays/a.md", "essays/b.md"]')
    manuscript, queries = gather(tmp_path)
    assert [sheet.path for sheet in manuscript.sheets] == [f"essays/{n}.md" for n in "cab"]
    assert queries == ()


ALL = '"essays/a.md",\n"essays/b.md",\n"essays/c.md",\n'


@pytest.mark.parametrize(
    ("order", "expected", "hint"),
    [
        (f'essays = [{ALL}"essays/d.txt"]', "book.toml:6 missing-file error", None),
        (f'essays = [{ALL}"essays/bb.md"]', "book.toml:6 missing-file error", "essays/b.md"),
        (f'essays = [{ALL}"essays/a.md"]', "book.toml:6 listed-twice error", None),
        (f'essays = [{ALL}"../a.md"]', "book.toml:6 missing-file error", None),
        (f'essays = [{ALL}"/etc/passwd"]', "book.toml:6 missing-file error", None),
        ('essays = ["essays/a.md", "essays/b.md"]', "essays/c.md left-out warning", None),
    ],
)
def test_mistakes_of_order(tmp_path: Path, order: str, expected: str, hint: str | None) -> None:
    write_book(tmp_path, {"a.md": ESSAY}, None)
    _, queries = gather(ordered(tmp_path / "book", order))
    assert said(queries) == [expected]
    assert hint is None or queries[0].hint == f"Did you mean {hint}?"


def test_a_folder_of_markdown_is_a_book(tmp_path: Path) -> None:
    names = ["b.md", "a.md", "README.md", "readme.md", "c.txt"]
    write_book(tmp_path, dict.fromkeys(names, ESSAY), None)
    assert paths(tmp_path) == ["a.md", "b.md"]
    assert said(queries_of(tmp_path)) == ["book.toml no-book-toml warning"]


def test_a_readme_among_the_essays_is_an_essay(tmp_path: Path) -> None:
    assert paths(write_book(tmp_path, {"essays/readme.md": ESSAY})) == ["essays/readme.md"]


def test_without_essays_there_is_no_book(tmp_path: Path) -> None:
    write_book(tmp_path, {"front/a.md": ESSAY, "b.md": ESSAY, "essays/c.txt": ESSAY})
    with pytest.raises(Unprintable) as stop:
        gather(tmp_path)
    assert said(stop.value.queries) == ["essays no-essays error"]


def test_what_is_wrong_with_book_toml_is_told_even_without_essays(tmp_path: Path) -> None:
    write_book(tmp_path, {"essays/c.txt": ESSAY}, 'titel = "x"\ntitle = "y"')
    assert said(queries_of(tmp_path)) == [
        "book.toml:1 unknown-key error",
        "essays no-essays error",
    ]


def test_without_a_folder_there_is_no_book(tmp_path: Path) -> None:
    with pytest.raises(Unprintable) as stop:
        gather(tmp_path / "none")
    assert [query.code for query in stop.value.queries] == ["no-book"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"# A\r\n\r\nx\r\n", "# A\n\nx\n"),
        (b"# A\r\rx", "# A\n\nx"),
        (b"\xef\xbb\xbf# A", "# A"),
        ("# E\u0301", "# É"),
        ("# A\tb\u00a0c\u200b", "# A\tb\u00a0c\u200b"),
        ("", ""),
    ],
)
def test_texts_are_made_alike(tmp_path: Path, data: bytes | str, text: str) -> None:
    assert essay(tmp_path, data) == (text, [])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"# A\n\ncaf\xe9", ["essays/a.md:3 bad-encoding error"]),
        ("# A\n\nx".encode("utf-16"), ["essays/a.md:1 bad-encoding error"]),
        (
            "# A\n\nx\x00\n\x07",
            ["essays/a.md:3 control-character error", "essays/a.md:4 control-character error"],
        ),
        ("# A\x0cb", ["essays/a.md:1 control-character error"]),
        ("# A\n\nx\ue0001\ue001y", ["essays/a.md:3 control-character error"] * 2),
        ("# A\n\n\ufffd", ["essays/a.md:3 control-character error"]),
        ("# A\n\n\uffff", ["essays/a.md:3 control-character error"]),
    ],
)
def test_characters_that_cannot_be_printed(
    tmp_path: Path, data: bytes, expected: list[str]
) -> None:
    write_book(tmp_path, {"essays/a.md": data})
    found = [said_ for said_ in said(queries_of(tmp_path)) if "title" not in said_]
    assert found == expected


def test_a_character_is_named(tmp_path: Path) -> None:
    _, (query,) = gather(write_book(tmp_path, {"essays/a.md": "# A\n\nx\x07"}))
    assert query.message == "The character U+0007 cannot be printed."


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    write_book(tmp_path, {"secret.md": ESSAY, "book/essays/a.md": ESSAY}, None)
    (tmp_path / "book" / "essays" / "b.md").symlink_to(tmp_path / "secret.md")
    manuscript, queries = gather(write_book(tmp_path / "book", {}))
    assert [sheet.path for sheet in manuscript.sheets] == ["essays/a.md"]
    assert said(queries) == ["essays/b.md outside error"]


def test_a_link_inside_of_the_folder_is_followed(tmp_path: Path) -> None:
    write_book(tmp_path, {"essays/a.md": ESSAY})
    (tmp_path / "essays" / "b.md").symlink_to("a.md")
    assert paths(tmp_path) == ["essays/a.md", "essays/b.md"]


def test_slugs_are_unique_in_the_book(tmp_path: Path) -> None:
    names = ["front/a.md", "essays/A b.md", "essays/a-b.md", "essays/حلف.md", "back/a.md"]
    write_book(tmp_path, dict.fromkeys(names, ESSAY))
    found = slugs(tmp_path)
    assert found == ["a", "a-b", "a-b-2", "essays-4", "a-2"]
    assert len({anchor.slug for anchor in edited(tmp_path).chapters}) == len(names)


@pytest.mark.parametrize("name", ["index", "cover", "contents", "Title Page", "notes"])
def test_slugs_of_our_own_chapters_are_kept_free(tmp_path: Path, name: str) -> None:
    write_book(tmp_path, {f"essays/{name}.md": ESSAY})
    assert slugs(tmp_path) == [f"{name.lower().replace(' ', '-')}-2"]


def test_a_fingerprint_is_of_the_text(tmp_path: Path) -> None:
    def sheet(name: str, data: bytes) -> Sheet:
        return gather(write_book(tmp_path / name, {"essays/a.md": data}))[0].sheets[0]

    assert sheet("a", b"# A\n\nx").fingerprint == sheet("b", b"# A\r\n\r\nx").fingerprint
    assert sheet("a", b"# A\n\nx").fingerprint != sheet("c", b"# A\n\ny").fingerprint


def test_pictures(tmp_path: Path) -> None:
    write_book(tmp_path, {"secret.png": b"x"}, None)
    book = write_book(tmp_path / "book", {"images/a.SVG": NOT_DRAWN, "images/b.txt": "x"})
    (book / "images" / "c.png").symlink_to(tmp_path / "secret.png")
    svg = Picture("images/a.SVG", "image/svg+xml", NOT_DRAWN.encode())
    assert fetch_picture(book, "images/a.SVG") == svg
    for path in ("images/b.txt", "images/c.png", "../secret.png", "images", "none.png", ""):
        assert fetch_picture(book, path) is None


def test_places_are_relative_to_the_book_folder(tmp_path: Path) -> None:
    write_book(tmp_path, {"essays/a.md": "# A\n\nx[^1]"})
    assert [query.place for query in queries_of(tmp_path)] == [Place("essays/a.md", 3)]


def test_characters_that_xml_has_not_are_told_with_their_lines(tmp_path: Path) -> None:
    text = "---\ntitle: A\n---\n\nx \ufffe y\n\n\uffff &#x1;\n"
    found = said(queries_of(write_book(tmp_path, {"essays/a.md": text})))
    assert found == [f"essays/a.md:{line} control-character error" for line in (5, 7, 7)]
