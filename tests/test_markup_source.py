"""What is code and what is prose: the same for our queries as for Python-Markdown."""

from __future__ import annotations

import time

import pytest

from bindery.markup.dialect import html_queries
from bindery.markup.source import Source
from tests.specimen import chapter_of, queries_about, said_of


@pytest.mark.parametrize(
    "text",
    [
        "```\n# x [^a]\n```",
        "```python\n# x [^a]\n\n# y\n```",
        "```{.python}\n# x [^a]\n```",
        "~~~\n```\n# x [^a]\n~~~",
        "````\n```\n# x [^a]\n```\n````",
        "Text\n\n    # x [^a]",
        "1. a\n\n        # x [^a]",
        "> ```\n> x\n> [^a]\n> ```",
        "- a\n\n    ```\n    x [^a]\n    ```",
        "`[^a]` and ``# `[^a]` ``",
        "<!-- [^a] -->",
        "Text <!-- [^a] --> text",
        "<!--\n\n# x\n\n[^a]\n\n-->\n\nText",
        "<!-- ` -->\n\nText\n\n<!-- ` -->",
    ],
)
def test_nothing_is_said_of_code_and_comments(text: str) -> None:
    assert [said for said in said_of(text) if "loose-fence" not in said] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```rust,ignore\n# x\n[^a]\n```", ["3 loose-fence", "5 undefined-note", "4 second-title"]),
        ("```rust ignore\n[^a]\n```", ["3 loose-fence"]),
        ("```\n# x\n[^a]", ["3 loose-fence", "5 undefined-note", "4 second-title"]),
        ("``` {.python x\n# x\n```", ["3 loose-fence", "4 second-title"]),
        ("> ```\n> # x\n> ```", ["3 loose-fence", "4 second-title"]),
        ("- a\n\n    ```\n    # x\n    ```", ["5 loose-fence", "6 second-title"]),
        ("`<!--` [^a] `-->`", ["3 undefined-note"]),
        ("Text\n    [^a]", ["4 undefined-note"]),
        ("a `x\n# y` b", ["4 second-title"]),
        ("> # x", ["3 second-title"]),
        ("- a\n- # x", ["4 second-title"]),
        ("<div>\n[^a]\n</div>", ["4 undefined-note"]),
        ("One [^a]\n\nTwo [^a]", ["3 undefined-note", "5 undefined-note"]),
    ],
)
def test_what_markdown_takes_for_prose_is_prose(text: str, expected: list[str]) -> None:
    assert [said.rsplit(" ", 1)[0] for said in said_of(text)] == expected


def test_a_note_that_no_text_calls_calls_nothing() -> None:
    assert said_of("<!-- [^a] -->\n\nText\n\n[^a]: Note") == ["7 unused-note warning"]


@pytest.mark.parametrize("text", ["`\\[^a]` \\[^a]", "`\\[^a]` &#91;^a]", "`\\[^a]` \\[^a\\]"])
def test_a_call_can_be_escaped(text: str) -> None:
    assert said_of(text) == []
    assert chapter_of(text).xhtml == "<p><code>\\[^a]</code> [^a]</p>"


def test_an_escaped_note_is_none() -> None:
    text = "\\[^1]: so a note begins.\n\n```\n\\[^1]\n```"
    assert said_of(text) == []
    assert chapter_of(text).xhtml.startswith("<p>[^1]: so a note begins.</p>")
    assert "\\[^1]" in chapter_of(text).xhtml


@pytest.mark.parametrize("text", ["#tag", "Text\n#tag and more", "> #tag", "- a\n- #tag"])
def test_a_tag_is_told_from_a_title(text: str) -> None:
    (query,) = queries_about(text)
    assert (query.code, query.place.line) == ("second-title", 2 + text.count("\n") + 1)
    assert "write \\#tag if" in query.hint


def test_a_tag_can_be_escaped() -> None:
    assert chapter_of("\\#tag").xhtml == "<p>#tag</p>"
    assert said_of("\\#tag") == []


def test_blanked_text_keeps_its_length_and_lines() -> None:
    text = "a `b`\n\n```\nc\n```\n<!-- d\n-->\n\n    e\n"
    source = Source("a.md", text)
    for form in (source.blocks, source.shown, source.prose):
        assert [len(line) for line in form.split("\n")] == [len(line) for line in text.split("\n")]
    assert "<!-- d" in source.shown
    assert not set("bcde") & set(source.prose)


@pytest.mark.parametrize(
    "text", ["`" + " " * 5000 + "#", "    " * 5000 + "x", "a\n" + ">" * 5000, "`" * 9999]
)
def test_long_lines_cost_no_time(text: str) -> None:
    started = time.perf_counter()
    source = Source("a.md", f"Text\n\n{text}\n\n- a\n{text}")
    source.heading("h1", 0, 1)
    html_queries(source)
    assert time.perf_counter() - started < 1
