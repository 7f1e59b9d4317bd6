"""Links and pictures, as written and where they were written."""

from __future__ import annotations

import pytest

from bindery.book import Reference
from bindery.errata import Place
from tests.specimen import chapter_of, queries_about, said_of


def links(text: str) -> list[tuple[str, int | None]]:
    return [(link.target, link.place.line) for link in chapter_of(text).links]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](b.md)", [("b.md", 3)]),
        ("x\n[y](b.md#c)", [("b.md#c", 4)]),
        ("[x](b%20c.md) [y](<b c.md>)", [("b%20c.md", 3), ("b c.md", 3)]),
        ("[x](müller.md 'title')", [("müller.md", 3)]),
        ("<https://x.org/?a=1&b=2>", [("https://x.org/?a=1&b=2", 3)]),
        ("[x][r]\n\n[r]: b.md", [("b.md", 5)]),
        ("See b.md\nand [x](b.md)\nand [y](b.md).", [("b.md", 4), ("b.md", 5)]),
        ("`[x](b.md)`\n\n[x](b.md)", [("b.md", 5)]),
        ("<a href='b.md'>x</a>", [("b.md", 3)]),
        ("x[^1]\n\n[^1]: [y](b.md)", [("b.md", 5)]),
        ("# T\n\n> [x](b.md)\n\nText", [("b.md", 3)]),
        ("[x](mailto:a@x.org)", [("mailto:a@x.org", 3)]),
    ],
)
def test_links(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert links(text) == expected


@pytest.mark.parametrize(
    ("path", "address", "target"),
    [
        ("essays/a.md", "b.png", "essays/b.png"),
        ("essays/a.md", "../images/b.png", "images/b.png"),
        ("essays/a.md", "./../images//b.png", "images/b.png"),
        ("essays/a.md", "../images/b%20c.png", "images/b c.png"),
        ("front/a.md", "../../b.png", "../b.png"),
    ],
)
def test_pictures_are_known_by_their_path(path: str, address: str, target: str) -> None:
    chapter = chapter_of(f"x ![y]({address}) z", path)
    assert chapter.pictures == (Reference(target, Place(path, 3)),)
    assert chapter.xhtml == f'<p>x <img alt="y" src="{target}"/> z</p>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![x](b.png)", []),
        ("![](b.png)", ["3 no-alt warning"]),
        ("![ ](b.png)", ["3 no-alt warning"]),
        ("![x](b.png)\n\n![](c.png)", ["5 no-alt warning"]),
        ("x\n\n![y](https://x.org/b.png)", ["5 picture-abroad error"]),
        ("![y](//x.org/b.png)", ["3 picture-abroad error"]),
        ("![y](file:///b.png)", ["3 address-left-out warning", "3 picture-abroad error"]),
        ("![y](data:image/png;base64,x)", ["3 address-left-out warning", "3 picture-abroad error"]),
        ("x\n\n<img alt='y'>", ["5 picture-abroad error"]),
    ],
)
def test_what_is_asked(text: str, expected: list[str]) -> None:
    assert said_of(text) == expected


def test_a_picture_abroad_is_named() -> None:
    (query,) = queries_about("![y](https://x.org/b.png)")
    assert query.message == "The picture https://x.org/b.png is not in the book folder."
    assert chapter_of("![y](https://x.org/b.png)").pictures == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[a]()", [3]),
        ("x\n[a](<>) ![b](c.png)", [4]),
        ("[![i](c.png)]()\n\n[b *c*]( )", [3, 5]),
        ("<a href=''>x</a> <a id='y'>z</a>", [3]),
        ("`[a]()` <!-- [a]() -->", []),
    ],
)
def test_a_link_without_an_address_is_an_error(text: str, lines: list[int]) -> None:
    said = [f"{line} empty-link error" for line in lines]
    assert [found for found in said_of(text) if "no-alt" not in found] == said
