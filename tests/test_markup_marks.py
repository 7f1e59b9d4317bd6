"""Index marks: from a comment in the Markdown to a place that a link can land on."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bindery.book import Chapter, Extent
from bindery.errata import Place
from bindery.index import Stands
from bindery.markup.tree import parse, plain
from tests.specimen import chapter_of, queries_about, said_of

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
    ("block before a listing", f"x\n\n{MARK}\n\n    One = two", "One"),
    ("block at the end", f"x\n\n{MARK}", "x"),
    ("block at the end of a quotation", f"> x\n>\n> {MARK}\n\ny", "x"),
    ("before a heading's sign", f"{MARK}## One two", "One"),
    ("before an item's sign", f"{MARK}- One\n- two", "One"),
    ("before a quotation's sign", f"x\n\n{MARK}> One two", "One"),
    ("before a note's name", f"x[^1]\n\n{MARK}[^1]: One two", "One"),
    ("before a row", f"| a | b |\n|---|---|\n{MARK}| One | two |", "One"),
    ("behind a row", f"| a | b |\n|---|---|\n| One | two |{MARK}\n| x | y |", ""),
    ("below a table", f"| a | b |\n|---|---|\n| c | d |\n{MARK}\n\nOne two", "One"),
    ("behind a heading's id", f"## One {{#id}} {MARK}\n\ntwo", ""),
    ("in the text of a picture", f"x\n\n![a {MARK}b](c.svg)", ""),
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
    tidy = re.compile(r"\s+|<p></p>|<p/>|<span></span>")
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


def test_hundreds_of_marks_at_one_word_are_no_trouble() -> None:
    opening = "".join(f"<!--ix(: {n}-->\n\n" for n in range(300))
    closing = "".join(f"<!--ix): {n}--> " for n in range(300))
    chapter = chapter_of(f"x\n\n{opening}word {closing}<!--ix: a-->two")
    assert len(chapter.marks) == 601
    assert {mark.id for mark in chapter.marks} == set(held(chapter))
    assert plain(parse(chapter.xhtml)) == "x word two"


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


@pytest.mark.parametrize(
    "text", ['One [two](x.md "<!--ix: a; b-->Title")', "x <b title='<!--ix: a-->'>y</b>"]
)
def test_a_mark_where_no_link_can_land_is_named(text: str) -> None:
    assert chapter_of(f"One\n\n{text}").marks == ()
    assert said_of(f"One\n\n{text}") == ["5 lost-mark warning"]


def test_marks_in_the_words_of_a_picture_stand_before_and_behind_it() -> None:
    xhtml = chapter_of('![b<!--ix(: c-->](d.svg "E<!--ix): c-->")').xhtml
    image = '<img alt="b" src="essays/d.svg"/><span id="a--ix-2" class="index-mark"/>'
    caption = "<figcaption>E</figcaption>"
    first = '<span id="a--ix-1" class="index-mark"/>'
    assert xhtml == f"<figure>{first}{image}{caption}</figure>"


def test_a_mark_on_a_line_between_rows_stands_in_the_next_row() -> None:
    chapter = chapter_of(f"| a | b |\n|---|---|\n| c | d |\n{MARK}\n| One | two |")
    assert held(chapter) == {"a--ix-1": "One"}
    assert plain(parse(chapter.xhtml)) == "a b c d One two"


def test_a_mark_holds_the_signs_of_a_letter_with_it() -> None:
    word = "مَدِينَة"
    assert held(chapter_of(f"x {MARK}{word} كبيرة")) == {"a--ix-1": word}
    assert held(chapter_of("x <!--ix: b-->e\u0301te\u0301")) == {"a--ix-1": "e\u0301te\u0301"}


def test_entries_are_in_one_form_of_unicode() -> None:
    (mark,) = chapter_of("x <!--ix: cafe\u0301-->y").marks
    assert mark.entry == ("caf\u00e9",)


def test_headings_in_the_contents_have_no_marks() -> None:
    (heading,) = chapter_of("## One <!--ix: a-->*two*").headings
    assert (heading.id, heading.title) == ("a--one-two", "One <em>two</em>")


@pytest.mark.parametrize(
    ("sign", "extent", "principal"),
    [
        ("ix", Extent.POINT, False),
        ("ix!", Extent.POINT, True),
        ("ix ! ", Extent.POINT, True),
        ("ix-", Extent.NOT_HERE, False),
    ],
)
def test_signs(sign: str, extent: Extent, principal: bool) -> None:
    marks = chapter_of(f"x <!--{sign}: a; b > c-->y").marks
    assert [(m.id, m.entry) for m in marks] == [("a--ix-1", ("a",)), ("a--ix-1", ("b", "c"))]
    assert {(m.extent, m.principal) for m in marks} == {(extent, principal)}
    assert held(chapter_of(f"x <!--{sign}: a-->y")) == {"a--ix-1": "y"}


@pytest.mark.parametrize("sign", ["", "!", "(", "!(", ")", "-"])
def test_an_empty_mark_is_told_its_own_form(sign: str) -> None:
    found = queries_about(f"x <!--ix{sign}: -->y")
    hint = f"Write <!--ix{sign}: entry--> or <!--ix{sign}: entry > sub-entry-->."
    assert [(query.code, query.hint) for query in found] == [("empty-mark", hint)]


def test_an_entry_that_is_named_twice_in_a_mark_counts_once() -> None:
    text = "<!--ix(: a; a-->One<!--ix): a;a-->"
    assert [mark.extent for mark in chapter_of(text).marks] == [Extent.OPENS, Extent.CLOSES]
    assert said_of(text) == []


@pytest.mark.parametrize(
    ("comment", "meant"),
    [
        ("<!--ix?: a-->", "<!--ix: a-->"),
        ("<!-- ix a -->", "<!--ix: a-->"),
        ("<!--ix; a > b-->", "<!--ix: a > b-->"),
        ("<!--IX: a-->", "<!--ix: a-->"),
        ("<!--ix[: a-->", "<!--ix(: a-->"),
        ("<!--ix:( a-->", "<!--ix(: a-->"),
        ("<!--ix}: a; b-->", "<!--ix): a; b-->"),
        ("<!--ix:! a-->", "<!--ix!: a-->"),
        ("<!--ix –: a-->", "<!--ix-: a-->"),
        ("<!--ix - a-->", "<!--ix: a-->"),
        ("<!--ix-->", "<!--ix: entry-->"),
        ("<!--index: a-->", "<!--ix: a-->"),
        (r"<!-- index: a \\ b -->", "<!--ix: a > b-->"),
    ],
)
def test_a_comment_that_is_nearly_a_mark_is_told_the_right_form(comment: str, meant: str) -> None:
    text = f"One {comment} two."
    (query,) = queries_about(text)
    assert (query.code, query.severity) == ("unknown-mark", "warning")
    assert query.place == Place("essays/a.md", 3)
    assert query.hint == f"Write {meant} if it is meant for the index."
    assert chapter_of(text).marks == ()
    assert chapter_of(f"One {meant}two.").marks or "(" in meant or ")" in meant


@pytest.mark.parametrize(
    "comment",
    [
        *("<!-- ixia: a flower -->", "<!-- index of names -->", "<!-- indexed: no -->"),
        *("<!-- a: ix: b -->", "<!-- TODO: index: this -->", "`<!--ix?: a-->`", "<!--ix9: a-->"),
    ],
)
def test_other_comments_are_left_alone(comment: str) -> None:
    assert said_of(f"One {comment} two.") == []


ENDS = [
    ("after a word", "One two<!--ix): a--> three.", "two"),
    ("after a stop", "One two.<!--ix): a--> Three.", "two"),
    ("after a space", "One two, <!--ix): a-->three.", "two"),
    ("after a quotation", 'One "two."<!--ix): a--> Three.', "two"),
    ("after emphasis", "One *two three*<!--ix): a--> four.", "three"),
    ("in emphasis", "One *two<!--ix): a--> three*.", "two"),
    ("after a link", "One [two](https://x.org)<!--ix): a-->.", "two"),
    ("after an address", "One <https://x.org/b><!--ix): a-->.", "https://x.org/b"),
    ("after a call", "One two.[^1]<!--ix): a--> Three.\n\n[^1]: note", "two"),
    ("after code", "One `two`<!--ix): a--> three", ""),
    ("after a compound", "One well-known<!--ix): a--> x", "well-known"),
    ("at the end", "One two. <!--ix): a-->", "two"),
    ("line after", "One two.\n<!--ix): a-->", "two"),
    ("line between", "One two\n<!--ix): a-->\nthree.", "two"),
    ("block after", "One two.\n\n<!--ix): a-->\n\nThree.", "two"),
    ("beginning of the next", "One two.\n\n<!--ix): a-->Three.", "two"),
    ("line before the next", "One two.\n\n<!--ix): a-->\nThree.", "two"),
    ("item", "- One\n- two<!--ix): a-->\n- three", "two"),
    ("line after an item", "- One\n- two\n<!--ix): a-->\n\nThree.", "two"),
    ("block after a list", "- One\n- two\n\n<!--ix): a-->\n\nThree.", "two"),
    ("quotation", "> One two<!--ix): a-->\n\nThree.", "two"),
    ("block after a quotation", "> One two\n\n<!--ix): a-->\n\nThree.", "two"),
    ("block in a quotation", "> One two\n>\n> <!--ix): a-->\n\nThree.", "two"),
    ("heading", "## One two<!--ix): a-->\n\nThree.", "two"),
    ("heading with an id", "## One two {#id} <!--ix): a-->\n\nThree.", "two"),
    ("line after a heading", "## One two\n<!--ix): a-->\nThree.", "two"),
    ("before a heading", "One two\n\n<!--ix): a-->\n\n## Three", "two"),
    ("definition", "One\n:   Is two.<!--ix): a-->\n\nThree", "two"),
    ("cell", "| a | b |\n|---|---|\n| One | two <!--ix): a-->|\n| x | y |", "two"),
    ("behind a row", "| a | b |\n|---|---|\n| One | two |<!--ix): a-->\n| x | y |", "two"),
    ("line after a table", "| a | b |\n|---|---|\n| One | two |\n<!--ix): a-->\n\nx", "two"),
    ("block after a table", "| a | b |\n|---|---|\n| One | two |\n\n<!--ix): a-->\n\nx", "two"),
    ("caption", "| a | b |\n|---|---|\n| c | d |\n\nTable: One two.<!--ix): a--> {#t}", "two"),
    ("after a picture", "One\n\n![b](c.svg)<!--ix): a-->\n\nx", ""),
    ("block after a picture", "One\n\n![b](c.svg)\n\n<!--ix): a-->\n\nx", ""),
    ("block after a listing", "```python\nb = 1\n```\n\n<!--ix): a-->\n\nx", ""),
    ("line after a listing", "```\nb\n```\n<!--ix): a-->\n\nx", ""),
    ("after a break", "One two\n\n***\n\n<!--ix): a-->\n\nx", "two"),
    ("note", "x[^1]\n\n[^1]: One two.<!--ix): a-->", "two"),
    ("paragraph of a note", "x[^1]\n\n[^1]: One two.\n\n    <!--ix): a-->", "two"),
    ("epigraph", "# Title\n\n> One two<!--ix): a-->\n\nx", "two"),
    ("with Arabic vowels", "x مَدِينَة<!--ix): a-->", "مَدِينَة"),
]


@pytest.mark.parametrize(("text", "word"), [e[1:] for e in ENDS], ids=[e[0] for e in ENDS])
def test_a_closing_mark_holds_the_word_before_it(text: str, word: str) -> None:
    assert held(chapter_of(text)) == {"a--ix-1": word}


@pytest.mark.parametrize("text", [e[1] for e in ENDS], ids=[e[0] for e in ENDS])
def test_a_closing_mark_changes_nothing_else(text: str) -> None:
    closed = chapter_of(text)
    bare = chapter_of(re.sub(r"(?<=\n)<!--ix\): a-->(\n|$)|<!--ix\): a-->", "", text))
    spans = re.compile(r'<span id="a--ix-\d+" class="index-mark"(/>|>(.*?)</span>)')
    tidy = re.compile(r"\s+|<p></p>|<p/>")
    assert tidy.sub("", spans.sub(r"\2", everything(closed))) == tidy.sub("", everything(bare))
    assert closed.title == bare.title


def test_a_closing_mark_in_the_title_points_to_the_chapter() -> None:
    chapter = chapter_of("# <!--ix(: a-->Title<!--ix(: b--> of<!--ix): a-->\n\nText<!--ix): b-->")
    assert [(m.id, m.extent) for m in chapter.marks] == [
        ("a", Extent.OPENS),
        ("a", Extent.OPENS),
        ("a", Extent.CLOSES),
        ("a--ix-4", Extent.CLOSES),
    ]
    assert held(chapter) == {"a--ix-4": "Text"}


def test_a_closing_mark_before_all_words_points_to_the_title() -> None:
    chapter = chapter_of("<!--ix(: a--> <!--ix): a--> Text")
    assert said_of("<!--ix(: a-->One<!--ix): a--> Text") == []
    assert held(chapter) == {"a--ix-1": "Text"}


def ranges(text: str) -> list[tuple[str, str, str]]:
    """Entry, extent and words of every mark, in the order of the text."""
    chapter = chapter_of(text)
    words = held(chapter)
    return [(" > ".join(m.entry), str(m.extent), words.get(m.id, m.id)) for m in chapter.marks]


@pytest.mark.parametrize(
    "text",
    [
        "<!--ix(: a-->One two\n\nthree<!--ix): a--> four",
        "<!--ix(: a-->\n\n## One\n\nTwo\n\n- three\n\n<!--ix): a-->\n\nFour",
        "x[^1]\n\n[^1]: <!--ix(: a-->One\n\n    two three<!--ix): a-->",
    ],
)
def test_a_range_goes_from_its_first_word_to_its_last(text: str) -> None:
    assert ranges(text) == [("a", "opens", "One"), ("a", "closes", "three")]
    assert said_of(text) == []


@pytest.mark.parametrize(
    "inside",
    ["![b](c.svg)", "```python\nb = 1\n```", "| a | b |\n|---|---|\n| c | d |", "***\n\n1. x"],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_range_may_hold_anything(inside: str, gap: str) -> None:
    text = f"One\n\n<!--ix(: a-->{gap}{inside}{gap}<!--ix): a-->\n\ntwo"
    marks = chapter_of(text).marks
    assert [(m.extent, m.stands) for m in marks] == [
        (Extent.OPENS, Stands.TEXT),
        (Extent.CLOSES, Stands.TEXT),
    ]
    assert said_of(text) == []
    bare = plain(parse(chapter_of(f"One\n\n{inside}\n\ntwo").xhtml))
    assert plain(parse(chapter_of(text).xhtml)) == bare


def test_a_range_in_a_listing_stays_with_its_lines() -> None:
    xhtml = chapter_of("<!--ix(: a-->\n\n```\nb c\nd\n```\n\n<!--ix): a-->").xhtml
    first = '<span id="a--ix-1" class="index-mark">b</span>'
    last = '<span id="a--ix-2" class="index-mark"/>'
    assert f"<pre><code>{first} c\nd{last}\n</code></pre>" in xhtml


def test_ranges_may_lie_in_each_other_and_open_again_after_they_closed() -> None:
    text = "<!--ix(: a; b > c-->One<!--ix(: b--> two<!--ix): b > c--> x<!--ix): a--> y<!--ix): b-->"
    assert ranges(text) == [
        ("a", "opens", "One"),
        ("b > c", "opens", "One"),
        ("b", "opens", "two"),
        ("b > c", "closes", "two"),
        ("a", "closes", "x"),
        ("b", "closes", "y"),
    ]
    again = "<!--ix(: a-->One<!--ix): a--> <!--ix!(: a-->two<!--ix): a-->"
    assert said_of(text) == said_of(again) == []
    assert [mark.principal for mark in chapter_of(again).marks] == [False, False, True, False]


@pytest.mark.parametrize(
    ("text", "said", "kept"),
    [
        (
            "One <!--ix(: a-->two",
            ["3 unclosed-range error"],
            [("a", "point", "two")],
        ),
        ("One two<!--ix): a-->", ["3 unopened-range error"], []),
        (
            "One<!--ix): a-->\n\n<!--ix(: a-->two",
            ["3 range-closed-first error"],
            [("a", "point", "two")],
        ),
        (
            "<!--ix(: a-->One\n<!--ix(: a-->two\nthree<!--ix): a-->",
            ["4 range-opened-twice error"],
            [("a", "opens", "One"), ("a", "point", "two"), ("a", "closes", "three")],
        ),
        (
            "<!--ix(: a-->One<!--ix): a-->\ntwo<!--ix): a-->",
            ["4 unopened-range error"],
            [("a", "opens", "One"), ("a", "closes", "One")],
        ),
        (
            "One <!--ix(: a--> <!--ix): a-->two",
            ["3 empty-range warning"],
            [("a", "point", "two")],
        ),
        (
            "<!--ix(: a; b-->One two<!--ix): a; c-->",
            ["3 unclosed-range error", "3 unopened-range error"],
            [("a", "opens", "One"), ("b", "point", "One"), ("a", "closes", "two")],
        ),
        (
            "<!--ix(: a-->One[^1]\n\n[^1]: Two<!--ix): a-->",
            ["3 unclosed-range error", "5 unopened-range error"],
            [("a", "point", "One")],
        ),
    ],
)
def test_a_range_that_is_not_whole(
    text: str, said: list[str], kept: list[tuple[str, str, str]]
) -> None:
    assert said_of(text) == said
    assert ranges(text) == kept


def test_what_is_said_of_a_range_says_what_to_write() -> None:
    (unclosed,) = queries_about("One <!--ix(: a > b-->two")
    assert unclosed.message == "The range of “a > b” is opened here and never closed in this file."
    assert unclosed.hint == "Write <!--ix): a > b--> where the discussion ends."
    unclosed, unopened = queries_about("<!--ix(: alliances-->One\n\ntwo<!--ix): Alliances-->")
    assert unclosed.hint.endswith("ends, or correct “Alliances” in line 5.")
    assert unopened.hint.endswith("begins, or correct “alliances” in line 3.")
    unclosed, unopened = queries_about("<!--ix(: a-->One[^1]\n\n[^1]: Two<!--ix): a-->")
    assert unclosed.hint.endswith("Both must stand in the text, or in the same footnote.")
    (twice,) = queries_about("<!--ix(: a-->One\n<!--ix(: a-->two<!--ix): a-->")
    assert twice.message == "The range of “a” is opened again; line 3 has opened it."


@pytest.mark.parametrize(
    ("text", "stands", "note"),
    [
        ("x <!--ix: a-->y", Stands.TEXT, 0),
        ("# <!--ix: a-->Title\n\nx", Stands.TEXT, 0),
        ("## <!--ix: a-->Head\n\nx", Stands.TEXT, 0),
        ("> <!--ix: a-->quoted", Stands.TEXT, 0),
        ("<!--ix: a-->![b](c.svg)", Stands.FIGURE, 0),
        ("<!--ix: a-->\n\n![b](c.svg)", Stands.FIGURE, 0),
        ('![b](c.svg "A <!--ix: a-->caption")', Stands.FIGURE, 0),
        ("![<!--ix: a-->b](c.svg)", Stands.FIGURE, 0),
        ("words ![<!--ix: a-->b](c.svg) words", Stands.TEXT, 0),
        ("| a | b |\n|---|---|\n| <!--ix: a-->c | d |", Stands.TABLE, 0),
        ("| a | b |\n|---|---|\n| c | d |\n\nTable: A <!--ix: a-->caption", Stands.TABLE, 0),
        ("x[^2] y[^1]\n\n[^1]: A <!--ix: a-->note\n[^2]: Other", Stands.NOTE, 2),
        ("x[^2] y[^1]\n\n[^2]: One\n\n    <!--ix: a-->Two\n\n[^1]: Other", Stands.NOTE, 1),
        ("x[^1]\n\n[^1]: y\n\n    - <!--ix: a-->item", Stands.NOTE, 1),
    ],
)
def test_what_holds_a_mark(text: str, stands: Stands, note: int) -> None:
    (mark,) = chapter_of(text).marks
    assert (mark.stands, mark.note) == (stands, note)


def test_a_mark_in_a_note_that_is_not_printed_is_lost() -> None:
    text = "One\n\n[^1]: <!--ix: a-->Two"
    assert chapter_of(text).marks == ()
    assert said_of(text) == ["5 unused-note warning", "5 lost-mark warning"]


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


SIGNS = st.lists(st.sampled_from(["", "!", "(", ")", "-"]), max_size=3)
ENTRIES = st.sampled_from(["a", "b", "a > c", "a; b"])
MARKED = st.lists(st.tuples(st.lists(st.tuples(SIGNS, ENTRIES), max_size=2), WORDS), max_size=12)
NOTE = "\n\n[^1]: note"


def marked(words: list[tuple[list[tuple[list[str], str]], str]]) -> str:
    """Words with marks of many kinds before them."""
    return " ".join(
        "".join(f"<!--ix{sign}: {entry}-->" for signs, entry in marks for sign in signs) + word
        for marks, word in words
    )


@settings(deadline=None)
@given(MARKED)
def test_no_mix_of_marks_changes_the_text(
    words: list[tuple[list[tuple[list[str], str]], str]],
) -> None:
    unmarked = chapter_of("x " + " ".join(word for _, word in words) + NOTE)
    chapter = chapter_of(f"x {marked(words)}{NOTE}")
    assert plain(parse(chapter.xhtml)) == plain(parse(unmarked.xhtml))
    assert len(chapter.notes) == len(unmarked.notes)


BLOCKS = st.sampled_from(
    [
        "Word *em* so.[^1]",
        "## Heading",
        "- item\n- item two",
        "1. item",
        "> quoted words\n>\n> more",
        "| a | b |\n|---|---|\n| c | d |",
        "```\ncode here\n```",
        "![b](c.svg)",
        "Term\n:   Definition",
        "***",
    ]
)
APART = st.lists(
    st.tuples(st.sampled_from(["", "!", "(", ")"]), st.sampled_from(["\n", "\n\n"])), max_size=3
)


@settings(deadline=None)
@given(st.lists(st.tuples(APART, BLOCKS), min_size=1, max_size=6))
def test_no_marks_between_blocks_change_the_text(
    blocks: list[tuple[list[tuple[str, str]], str]],
) -> None:
    unmarked = chapter_of("x\n\n" + "\n\n".join(block for _, block in blocks) + NOTE)
    text = "x"
    for marks, block in blocks:
        text += "\n\n" + "".join(f"<!--ix{sign}: a-->{gap}" for sign, gap in marks) + block
    chapter = chapter_of(text + NOTE)
    assert plain(parse(chapter.xhtml)) == plain(parse(unmarked.xhtml))
    assert [e.tag for e in parse(chapter.xhtml).iter() if e.tag != "span"] == [
        e.tag for e in parse(unmarked.xhtml).iter() if e.tag != "span"
    ]
    ids = re.findall(r'id="(a--ix-\d+)"', everything(chapter))
    assert len(ids) == len(set(ids)) == sum(len(marks) for marks, _ in blocks)


@settings(deadline=None)
@given(MARKED)
def test_every_mark_is_placed_or_told(
    words: list[tuple[list[tuple[list[str], str]], str]],
) -> None:
    text = f"x {marked(words)}{NOTE}"
    chapter = chapter_of(text)
    ids = re.findall(r'id="(a--ix-\d+)"', everything(chapter))
    told = said_of(text)
    lost = sum("lost-mark" in said for said in told)
    written = sum(len(signs) for marks, _ in words for signs, _ in marks)
    assert len(ids) == len(set(ids)) == written - lost
    assert {mark.id for mark in chapter.marks} <= {*ids, "a"}
    halves = [mark for mark in chapter.marks if mark.extent is Extent.OPENS]
    ends = [mark for mark in chapter.marks if mark.extent is Extent.CLOSES]
    assert sorted(mark.entry for mark in halves) == sorted(mark.entry for mark in ends)


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), WORDS), min_size=1, max_size=12))
def test_marks_never_change_the_text(words: list[tuple[bool, str]]) -> None:
    note = "\n\n[^1]: note"
    unmarked = chapter_of("x " + " ".join(word for _, word in words) + note)
    text = "x " + " ".join(f"<!--ix: e-->{w}" if m else w for m, w in words) + note
    marked = chapter_of(text)
    assert plain(parse(marked.xhtml)) == plain(parse(unmarked.xhtml))
    assert marked.notes == unmarked.notes


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), WORDS), min_size=1, max_size=12))
def test_every_mark_is_placed_once(words: list[tuple[bool, str]]) -> None:
    text = " ".join(f"<!--ix: e-->{word}" if mark else word for mark, word in words)
    chapter = chapter_of(f"x {text}\n\n[^1]: note")
    ids = re.findall(r'id="(a--ix-\d+)"', everything(chapter))
    assert sorted(ids) == sorted({mark.id for mark in chapter.marks})
    assert len(ids) == sum(mark for mark, _ in words)


def test_a_mark_has_so_many_levels_at_most() -> None:
    deep = " > ".join("abcdefghij")
    assert said_of(f"<!--ix: {deep}-->word") == ["3 deep-mark error"]
    endless = " > ".join(["a"] * 3000)
    assert said_of(f"<!--ix: {endless}-->word") == ["3 deep-mark error"]
    assert said_of(f"<!--ix: {' > '.join('abcdefghi')}-->word") == []
