"""The house style: what a book may replace, and what is said of mistakes in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bindery.errata import Place, Query, Unprintable
from bindery.house_style import HouseStyle, house_folder, read_house_style
from tests.specimen import write_book

WORDS = "[en]\nindex = 'Index'\nnote = 'Note {number}'\n[de]\nindex = 'Register'\n"


def style_of(**templates: str) -> HouseStyle:
    """A house with these templates, each named by its stem."""
    named = {f"{stem}.html.j2": text for stem, text in templates.items()} | {"words.toml": WORDS}
    return HouseStyle(named, {}, {f"templates/{name}": f"/house/{name}" for name in named})


def mistake(house: HouseStyle, name: str = "a.html.j2") -> Query:
    with pytest.raises(Unprintable) as stop:
        house.render(name)
    (query,) = stop.value.queries
    return query


def test_a_template_is_filled_in() -> None:
    house = style_of(a="<p>{{ text }}</p>\n{% include 'b.html.j2' %}", b="<b>{{ text }}</b>")
    assert house.render("a.html.j2", text="x & y") == "<p>x &amp; y</p>\n<b>x &amp; y</b>"


MACRO = "{% macro m() %}\n\n{{ missing }}\n{% endmacro %}"


@pytest.mark.parametrize(
    ("templates", "file", "line"),
    [
        ({"a": "x\n{{ missing }}"}, "a", 2),
        ({"a": "x\n{{ y.z }}", "b": ""}, "a", 2),
        ({"a": "x\n{% include 'b.html.j2' %}", "b": "\n\n{{ missing }}"}, "b", 3),
        ({"a": "x\n{% from 'b.html.j2' import m %}\n{{ m() }}", "b": MACRO}, "b", 3),
        (
            {"a": "{% extends 'b.html.j2' %}\n{% block c %}\n{{ missing }}{% endblock %}"}
            | {"b": "{% block c %}{% endblock %}"},
            "a",
            3,
        ),
        ({"a": "x\n{% if %}"}, "a", 2),
        ({"a": "x\n{% include 'b.html.j2' %}", "b": "\n{% endif %}"}, "b", 2),
        ({"a": "x\n{{ 'y'|nofilter }}"}, "a", 2),
        ({"a": "x\n{% include 'none.html.j2' %}"}, "a", 2),
    ],
)
def test_a_mistake_is_told_with_its_line(templates: dict[str, str], file: str, line: int) -> None:
    query = mistake(style_of(**templates))
    assert (query.code, query.place) == ("bad-template", Place(f"/house/{file}.html.j2", line))


def test_a_mistake_in_plain_words() -> None:
    query = mistake(style_of(a="{{ titel }}"))
    assert query.message == "The template cannot be filled in: 'titel' is undefined."


def test_a_template_that_is_missing() -> None:
    assert mistake(style_of(), "none.html.j2").place == Place("templates/none.html.j2")


def test_a_book_replaces_single_files(tmp_path: Path) -> None:
    files = {"templates/imprint.html.j2": "Mine", "styles/print.css": "p {}", "styles/my.css": ""}
    house, mine = read_house_style(), read_house_style(write_book(tmp_path, files))
    changed = {name for name in mine.templates if mine.templates[name] != house.templates[name]}
    assert changed == {"imprint.html.j2"}
    assert mine.render("imprint.html.j2") == "Mine"
    assert (mine.style("print.css"), mine.style("my.css")) == ("p {}", "")
    assert mine.style("cover.css") == house.style("cover.css")


def test_a_mistake_in_a_books_own_template_names_its_file(tmp_path: Path) -> None:
    write_book(tmp_path, {"templates/imprint.html.j2": "\n{{ missing }}"})
    query = mistake(read_house_style(tmp_path), "imprint.html.j2")
    assert Path(query.place.file) == tmp_path / "templates" / "imprint.html.j2"
    assert query.place.line == 2


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    write_book(tmp_path, {"styles/.DS_Store": b"\xff", "templates/.swp": b"\xff"})
    assert read_house_style(tmp_path).fingerprint == read_house_style().fingerprint


@pytest.mark.parametrize(
    ("language", "index"),
    [
        ("en", "Index"),
        ("en-GB", "Index"),
        ("de", "Register"),
        ("DE-at", "Register"),
        ("xx", "Index"),
    ],
)
def test_words_fall_back_to_english(language: str, index: str) -> None:
    assert style_of().words(language) == {"index": index, "note": "Note {number}"}


def test_a_mistake_in_the_words_names_its_file(tmp_path: Path) -> None:
    write_book(tmp_path, {"templates/words.toml": "[en]\nindex = Index"})
    with pytest.raises(Unprintable) as stop:
        read_house_style(tmp_path).words("en")
    (query,) = stop.value.queries
    assert Path(query.place.file) == tmp_path / "templates" / "words.toml"
    assert (query.code, query.place.line) == ("bad-words", 2)


def test_a_books_words_may_be_a_few(tmp_path: Path) -> None:
    write_book(tmp_path, {"templates/words.toml": "[de]\nindex = 'Register'"})
    house = read_house_style(tmp_path)
    assert house.words("de")["index"] == "Register"
    assert house.words("en") == read_house_style().words("en")


@pytest.mark.parametrize(
    ("name", "content"),
    [("styles/print.css", "p {}"), ("styles/new.css", ""), ("templates/imprint.html.j2", "x")],
)
def test_the_fingerprint_tells_of_every_change(tmp_path: Path, name: str, content: str) -> None:
    changed = read_house_style(write_book(tmp_path, {name: content})).fingerprint
    assert changed != read_house_style().fingerprint
    assert changed == read_house_style(tmp_path).fingerprint


def test_every_template_of_the_house_can_be_read() -> None:
    house = read_house_style()
    root = house_folder() / "templates"
    files = [path for path in root.rglob("*") if path.is_file()]
    assert {path.relative_to(root).as_posix() for path in files} == set(house.templates)
    assert {"en"} <= set(house._words)


def test_a_stylesheet_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    css = b"/* ok */\n\n/* caf\xe9 */\n"
    book = write_book(tmp_path, {"essays/a.md": "# A\n", "styles/print.css": css})
    with pytest.raises(Unprintable) as stop:
        read_house_style(book)
    (query,) = stop.value.queries
    assert (query.code, query.place) == ("bad-encoding", Place(str(book / "styles/print.css"), 3))
