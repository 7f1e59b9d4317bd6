"""Index marks: from a comment in the Markdown to a place that a link can land on."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.book import Chapter
from bindery.errata import Place
from bindery.markup.tree import parse, plain
from tests.specimen import chapter_of, said_of

MARK = "<!--ix: entry-->"


def everything(chapter: Chapter) -> str:
    """All XHTML of a chapter: epigraph, text and notes."""
    notes = (text for note in chapter.notes for text in note.paragraphs)
    return "\n".join([chapter.epigraph, chapter.xhtml, *notes])


def held(chapter: Chapter) -> dict[str, str]:
    """The words that the span of each mark holds, by the mark's id."""
    spans = parse(everything(chapter)).iter("span")
    return {span.get("id", ""): plain(span) for span in spans if span.get("class") == "index-mark"}


WHERE = [
    ("paragraph start", f"{MARK}Word more.", "Word"),
    ("inside", f"One {MARK}two three.", "two"),
    ("space after", f"One {MARK} two three.", "two"),
    ("line end", f"One {MARK}\ntwo three.", "two"),
    ("before emphasis", f"One {MARK}*two three* four.", "two three"),
    ("in emphasis", f"One *{MARK}two three* four.", "two"),
    ("after emphasis", f"One *two* {MARK}three.", "three"),
    ("before a link", f"One {MARK}[two](https://x.org) three.", "two"),
    ("before an address", f"One {MARK}<https://x.org>.", "https://x.org"),
    ("in a link", f"One [{MARK}two](https://x.org) three.", "two"),
    ("before a quotation", f'One {MARK}"two" three.', "“two"),
    ("before a bracket", f"One {MARK}(two) three.", "(two"),
    ("before a compound", f"One {MARK}well-known's x.", "well-known’s"),
    ("before a diacritic", f"One {MARK}ʿulamāʾ x.", "ʿulamāʾ"),
    ("at the end", f"One two. {MARK}", ""),
    ("before code", f"One {MARK}`two` three.", ""),
    ("before a call", f"One{MARK}[^1] two.\n\n[^1]: note", ""),
    ("list item", f"- {MARK}One\n- two", "One"),
    ("quotation", f"x\n\n> {MARK}One two", "One"),
    ("epigraph", f"# Title\n\n> {MARK}One two", "One"),
    ("definition", f"Term\n:   {MARK}One two", "One"),
    ("cell", f"| a | b |\n|---|---|\n| {MARK}One | two |", "One"),
    ("heading", f"## {MARK}One two", "One"),
    ("note", f"x[^1]\n\n[^1]: {MARK}One two", "One"),
    ("line before a paragraph", f"{MARK}\nOne two", "One"),
    ("line before a list", f"{MARK}\n- One\n- two", "One"),
    ("line before a table", f"{MARK}\n| One | b |\n|---|---|\n| x | y |", "One"),
    ("line before a heading", f"{MARK}\n## One two", "One"),
    ("block of its own", f"x\n\n{MARK}\n\nOne two", "One"),
    ("block before a list", f"x\n\n{MARK}\n\n1. One\n2. two", "One"),
    ("block at the end", f"x\n\n{MARK}", ""),
]


@pytest.mark.parametrize(("text", "word"), [w[1:] for w in WHERE], ids=[w[0] for w in WHERE])
def test_a_mark_holds_the_next_word(text: str, word: str) -> None:
    chapter = chapter_of(text)
    assert [(mark.id, mark.entry) for mark in chapter.marks] == [("a--ix-1", ("entry",))]
    assert held(chapter) == {"a--ix-1": word}


@pytest.mark.parametrize("text", [w[1] for w in WHERE], ids=[w[0] for w in WHERE])
def test_a_mark_changes_nothing_else(text: str) -> None:
    marked, unmarked = chapter_of(text), chapter_of(re.sub(rf"{MARK}|(?<=\n){MARK}\n+", "", text))
    spanless = re.sub(
        r'<span id="a--ix-1" class="index-mark"(/>|>(.*?)</span>)', r"\2", marked.xhtml
    )
    tidy = re.compile(r"\s+|<p></p>|<p/>")
    assert tidy.sub("", spanless) == tidy.sub("", unmarked.xhtml)
    assert plain(parse(marked.xhtml)) == plain(parse(unmarked.xhtml))


def test_each_mark_has_its_own_place_and_line() -> None:
    chapter = chapter_of("One <!--ix: a-->two\n<!--ix: b-->three.\n\n<!--ix: c-->Four.")
    assert [(m.id, m.entry, m.place) for m in chapter.marks] == [
        ("a--ix-1", ("a",), Place("essays/a.md", 3)),
        ("a--ix-2", ("b",), Place("essays/a.md", 4)),
        ("a--ix-3", ("c",), Place("essays/a.md", 6)),
    ]
    assert held(chapter) == {"a--ix-1": "two", "a--ix-2": "three", "a--ix-3": "Four"}


@pytest.mark.parametrize("between", ["", " ", "\n"])
def test_marks_in_a_row_hold_the_same_word(between: str) -> None:
    chapter = chapter_of(f"One <!--ix: a-->{between}<!--ix: b-->two three")
    assert held(chapter) == {"a--ix-1": "two", "a--ix-2": "two"}
    assert plain(parse(chapter.xhtml)) == "One two three"


@pytest.mark.parametrize(
    ("comment", "entries"),
    [
        ("<!--ix: alliances-->", [("alliances",)]),
        ("<!-- ix : alliances -->", [("alliances",)]),
        ("<!--ix: alliances > forms of-->", [("alliances", "forms of")]),
        ("<!--ix: a > b > c-->", [("a", "b", "c")]),
        ("<!--ix: a; b > c ;d-->", [("a",), ("b", "c"), ("d",)]),
        ("<!--ix: two\n   lines-->", [("two lines",)]),
    ],
)
def test_entries(comment: str, entries: list[tuple[str, ...]]) -> None:
    chapter = chapter_of(f"x {comment}word")
    assert [(mark.id, mark.entry) for mark in chapter.marks] == [("a--ix-1", e) for e in entries]


@pytest.mark.parametrize(
    "comment", ["<!--ix:-->", "<!--ix: -->", "<!--ix: a; -->", "<!--ix: > -->"]
)
def test_an_empty_mark_is_a_mistake(comment: str) -> None:
    assert said_of(f"One\n{comment}two") == ["4 empty-mark error"]


@pytest.mark.parametrize(
    "code",
    [
        "`<!--ix: a-->`",
        "``x `<!--ix: a-->` y``",
        "```html\n<!--ix: a-->\n```",
        "~~~\n<!--ix: a-->\n~~~",
        "x\n\n    <!--ix: a-->\n",
        "<code><b>x</b> <!--ix: a--></code>",
    ],
)
def test_a_mark_in_code_is_text(code: str) -> None:
    chapter = chapter_of(code)
    assert chapter.marks == ()
    assert "<!--ix: a-->" in plain(parse(chapter.xhtml))


def test_single_backticks_far_apart_hide_no_mark() -> None:
    chapter = chapter_of("The `ayn.\n\nA <!--ix: a-->mark.\n\nAnother `ayn.")
    assert held(chapter) == {"a--ix-1": "mark"}


def test_a_mark_in_the_title_points_to_the_chapter() -> None:
    chapter = chapter_of("# <!--ix: a-->Title: Sub\n\n<!--ix: b-->Text")
    assert (chapter.title, chapter.subtitle) == ("Title", "Sub")
    assert [mark.id for mark in chapter.marks] == ["a", "a--ix-2"]


def test_a_mark_before_a_picture_leaves_it_a_figure() -> None:
    chapter = chapter_of('<!--ix: a-->![b](c.svg "Caption")')
    mark = '<span id="a--ix-1" class="index-mark"/>'
    figure = '<img alt="b" src="essays/c.svg"/><figcaption>Caption</figcaption>'
    assert chapter.xhtml == f"<figure>{mark}{figure}</figure>"


def test_a_mark_where_no_link_can_land_is_named() -> None:
    text = 'One\n\n![b](c.svg "<!--ix: a; b-->Caption")'
    assert chapter_of(text).marks == ()
    assert said_of(text) == ["5 lost-mark warning"]


def test_headings_in_the_contents_have_no_marks() -> None:
    (heading,) = chapter_of("## One <!--ix: a-->*two*").headings
    assert (heading.id, heading.title) == ("a--one-two", "One <em>two</em>")


WORDS = st.sampled_from(
    [
        "word",
        "*em*",
        "**strong text**",
        "[link](b.md)",
        '"quoted"',
        "don't",
        "'tis",
        "1990--99",
        "`code`",
        "(x)",
        "https://x.org",
        "<https://x.org>",
        "so.[^1]",
        "\n\ny",
        "\n\n- z",
        "--",
    ]
)


@given(st.lists(st.tuples(st.booleans(), WORDS), min_size=1, max_size=12))
def test_marks_never_change_the_text(words: list[tuple[bool, str]]) -> None:
    note = "\n\n[^1]: note"
    unmarked = chapter_of("x " + " ".join(word for _, word in words) + note)
    text = "x " + " ".join(f"<!--ix: e-->{w}" if m else w for m, w in words) + note
    marked = chapter_of(text)
    assert plain(parse(marked.xhtml)) == plain(parse(unmarked.xhtml))
    assert marked.notes == unmarked.notes


@given(st.lists(st.tuples(st.booleans(), WORDS), min_size=1, max_size=12))
def test_every_mark_is_placed_once(words: list[tuple[bool, str]]) -> None:
    text = " ".join(f"<!--ix: e-->{word}" if mark else word for mark, word in words)
    chapter = chapter_of(f"x {text}\n\n[^1]: note")
    ids = re.findall(r'id="(a--ix-\d+)"', everything(chapter))
    assert sorted(ids) == sorted({mark.id for mark in chapter.marks})
    assert len(ids) == sum(mark for mark, _ in words)
