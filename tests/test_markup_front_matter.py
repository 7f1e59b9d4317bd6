"""The YAML that may begin an essay."""

from __future__ import annotations

import pytest

from bindery.book import Reference
from bindery.errata import Place, Query, Severity
from bindery.markup.front_matter import FrontMatter, split_front_matter
from tests.specimen import chapter_of, queries_about, said, said_of

ALL = """---
title: "One: Two"
subtitle: Three
author: [Ann, Bo]
running: Four
summary: Five
  and six
role: preface
language: de
themes:
  - alliances
  - defence
---
# Text
"""


def test_every_key() -> None:
    front, text, queries = split_front_matter(ALL, "front/a.md")
    lines = {"alliances": 11, "defence": 12}
    themes = tuple(Reference(name, Place("front/a.md", line)) for name, line in lines.items())
    assert front == FrontMatter(
        "One: Two", "Three", ("Ann", "Bo"), "Four", "Five and six", "preface", "de", themes
    )
    assert (text, queries) == ("\n" * 13 + "# Text\n", [])


@pytest.mark.parametrize(
    "text",
    [
        "# No front matter\n\n---\n\nText",
        "Text\n---\ntitle: x\n---\n",
        "\n---\ntitle: x\n---\n",
        "--- x\n---\n",
        "---\nnever closed",
        "",
    ],
)
def test_without_front_matter(text: str) -> None:
    assert split_front_matter(text, "a.md") == (FrontMatter(), text, [])


@pytest.mark.parametrize(
    "yaml",
    [
        "",
        "# a comment\n",
        "title:\n",
        "title: ''\n",
        "author: []\n",
        "themes:\n",
        "themes: []\n",
        "themes: [~]\n",
    ],
)
def test_an_empty_front_matter_says_nothing(yaml: str) -> None:
    front, text, queries = split_front_matter(f"---\n{yaml}---\nText", "a.md")
    assert (front, text.strip(), queries) == (FrontMatter(), "Text", [])


@pytest.mark.parametrize(
    ("yaml", "front"),
    [
        ("author: Ann", FrontMatter(author=("Ann",))),
        ("author: ' Ann '", FrontMatter(author=("Ann",))),
        ("title: 1984", FrontMatter(title="1984")),
        ("title: 2001-01-01", FrontMatter(title="2001-01-01")),
        ("title: No", FrontMatter(title="No")),
        ("title: Yes", FrontMatter(title="Yes")),
        ("title: 1.10", FrontMatter(title="1.10")),
        ("language: no", FrontMatter(language="no")),
        ("title: !!python/object/apply:os.system x", FrontMatter(title="x")),
        ("title: ~", FrontMatter()),
        ("title: >\n  One\n  two", FrontMatter(title="One two")),
    ],
)
def test_values_are_what_the_author_typed(yaml: str, front: FrontMatter) -> None:
    assert split_front_matter(f"---\n{yaml}\n---\n", "a.md")[::2] == (front, [])


def test_dots_may_end_it() -> None:
    assert split_front_matter("---\ntitle: x\n...\nText", "a.md") == (
        FrontMatter(title="x"),
        "\n\n\nText",
        [],
    )


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("title: x\ntitel: y", ["a.md:3 unknown-key warning"]),
        ("title: x\n1: y", ["a.md:3 unknown-key warning"]),
        ("title: [x]", ["a.md:2 bad-value error"]),
        ("summary: x\ntitle:\n  a: b", ["a.md:3 bad-value error"]),
        ("title: One: Two", ["a.md:2 bad-front-matter error"]),
        ("title: x\nsummary: 'open", ["a.md:4 bad-front-matter error"]),
        ("just words", ["a.md:2 bad-front-matter error"]),
        ("- a list", ["a.md:2 bad-front-matter error"]),
        ("title: x\ntitle: y", ["a.md:3 duplicate-key error"]),
        ("author: {a: b}", ["a.md:2 bad-value error"]),
        ("? [a, b]\n: c", ["a.md:2 bad-front-matter error"]),
        ("title: \x85", []),
        ("title: x\nthemes: alliances, defence", ["a.md:3 bad-value error"]),
        ("themes: {a: b}", ["a.md:2 bad-value error"]),
        ("themes: [a, [b]]", ["a.md:2 bad-value error"]),
        ("theme: a", ["a.md:2 unknown-key warning"]),
    ],
)
def test_what_is_asked(yaml: str, expected: list[str]) -> None:
    assert said(split_front_matter(f"---\n{yaml}\n---\nText", "a.md")[2]) == expected


def test_an_unknown_key_is_answered_with_the_nearest() -> None:
    assert split_front_matter("---\ntitel: x\n---\n", "a.md")[2] == [
        Query(
            "unknown-key",
            "The front matter's key “titel” is not known and was left alone.",
            "Did you mean “title”?",
            Place("a.md", 2),
            Severity.WARNING,
        )
    ]


@pytest.mark.parametrize(
    ("yaml", "themes"),
    [
        ("themes: defence", [("defence", 2)]),
        ("title: x\nthemes: [alliances, defence]", [("alliances", 3), ("defence", 3)]),
        ("themes: [a,\n  b]", [("a", 2), ("b", 3)]),
        ("themes:\n- a\n-  b \n- a", [("a", 3), ("b", 4)]),
        ("themes: [1, no]", [("1", 2), ("no", 2)]),
    ],
)
def test_themes_are_one_or_a_list_each_with_its_line(
    yaml: str, themes: list[tuple[str, int]]
) -> None:
    chapter = chapter_of(f"---\n{yaml}\n---\n# T\n\nx")
    assert [(theme.target, theme.place.line) for theme in chapter.themes] == themes
    assert {theme.place.file for theme in chapter.themes} == {"essays/a.md"}


def test_themes_between_commas_are_told_how_to_be_a_list() -> None:
    (query,) = queries_about("---\nthemes: alliances, defence\n---\n# T\n\nx")
    assert "write several themes as a list: [alliances, defence]" in query.message


def test_lines_below_keep_their_numbers() -> None:
    assert said_of("---\ntitle: x\n---\n\nText[^1]") == ["5 undefined-note error"]


@pytest.mark.parametrize(
    ("path", "front", "role"),
    [
        ("essays/a.md", "", "essay"),
        ("essays/preface.md", "", "essay"),
        ("front/preface.md", "", "preface"),
        ("front/01-preface.md", "", "preface"),
        ("front/a.md", "", "front-chapter"),
        ("front/a.md", "role: dedication", "dedication"),
        ("back/colophon.md", "", "colophon"),
        ("back/note-on-the-text.md", "", "back-chapter"),
        ("back/colophon.md", "role: back-chapter", "back-chapter"),
    ],
)
def test_roles(path: str, front: str, role: str) -> None:
    assert chapter_of(f"---\ntitle: x\n{front}\n---\n", path).role == role


@pytest.mark.parametrize(
    ("path", "role", "line", "hint"),
    [
        ("front/a.md", "prefase", 2, "Did you mean “preface”?"),
        ("essays/a.md", "preface", 2, "Known here: essay."),
    ],
)
def test_an_unknown_role(path: str, role: str, line: int, hint: str) -> None:
    (query,) = queries_about(f"---\nrole: {role}\ntitle: x\n---\n", path)
    assert (query.code, query.hint) == ("unknown-role", hint)
    assert query.place == Place(path, line)


def test_a_chapter_may_have_its_own_language_and_authors() -> None:
    chapter = chapter_of('---\nlanguage: de\nauthor: Ann\n---\n# T\n\n"x"')
    assert (chapter.language, chapter.authors, chapter.xhtml) == ("de", ("Ann",), "<p>„x“</p>")


def test_a_language_that_is_none_is_named() -> None:
    assert said_of("---\nlanguage: german!\n---\n# T") == ["2 bad-value error"]


@pytest.mark.parametrize("nest", ["[" * 5000, "[" * 5000 + "]" * 5000, "{a: " * 5000])
def test_deep_nesting_is_a_query(nest: str) -> None:
    assert "bad-front-matter" in said_of(f"---\nauthor: {nest}\n---\n\n# A")[0]


def test_a_date_that_no_calendar_has_is_no_matter() -> None:
    assert said_of("---\ntitle: 2021-02-30\ndate: 2021-02-30\n---\n\nText") == [
        "3 unknown-key warning"
    ]


@pytest.mark.parametrize("written", ['"a\\x01b"', '"\\uFFFF"', '"\\uE000"', '"a\\0"'])
def test_escaped_control_characters_are_refused(written: str) -> None:
    for key in ("title", "summary", "author", "running"):
        assert "2 bad-value error" in said_of(f"---\n{key}: {written}\n---\n\n# A")


def test_titles_are_read_as_markdown() -> None:
    front = (
        "---\ntitle: \"The *Great* `x`: A **b** <i> \\\\*c\\\\* 'd'\"\nsubtitle: 1. *One*\n---\n"
    )
    chapter = chapter_of(f"{front}\nText")
    assert chapter.title == "The <em>Great</em> <code>x</code>"
    assert chapter.subtitle == "1. <em>One</em>"
    assert chapter.running == "The Great x"
    split = chapter_of(front.replace("subtitle: 1. *One*\n", "") + "\nText")
    assert split.subtitle == "A <strong>b</strong> &lt;i&gt; *c* ‘d’"
