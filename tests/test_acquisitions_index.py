"""Other people's index marks: what they say must be in our marks, or be told."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bindery.acquisitions import Acquired, acquire
from bindery.acquisitions.index_marks import settle_index_marks
from bindery.book import Chapter, Extent
from bindery.errata import Query, Severity
from bindery.manuscript import gather
from bindery.markup import mark_up
from bindery.markup.source import Source
from bindery.markup.tree import parse, plain
from tests.specimen import chapter_of, queries_about, write_book


@dataclass(frozen=True)
class Trial:
    """An import, and the book as Bindery reads it afterwards."""

    folder: Path
    acquired: Acquired
    chapters: list[Chapter]

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The entries of the new `index.toml`; none when there is no such file."""
        path = self.folder / "index.toml"
        return tomllib.loads(path.read_text("utf-8"))["entry"] if path.exists() else []

    def said(self, code: str) -> list[Query]:
        return [query for query in self.acquired.queries if query.code == code]


Run = Callable[[dict[str, str | bytes]], Trial]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Import files; what comes out must have no error."""

    def trial(files: dict[str, str | bytes]) -> Trial:
        source = write_book(tmp_path / "papers", files, toml=None)
        acquired = acquire(source, tmp_path / "made")
        assert all(query.severity is Severity.WARNING for query in acquired.queries)
        manuscript, queries = gather(tmp_path / "made")
        assert not queries
        chapters = [mark_up(sheet, "en")[0] for sheet in manuscript.sheets]
        return Trial(tmp_path / "made", acquired, chapters)

    return trial


def settled(text: str) -> str:
    """A text with our marks, in which everything was understood."""
    fresh, _, queries = settle_index_marks(Source("a.md", text))
    assert not queries
    assert fresh.count("\n") == text.count("\n")
    return fresh


SPANS = [
    ("[term]{.index}", "<!--ix: term-->term"),
    ("[*two* words]{.index}", "<!--ix: two words-->*two* words"),
    ("[a `b` c]{.index}", "<!--ix: a b c-->a `b` c"),
    ("[a [b](c.md)]{.index}", "<!--ix: a b-->a [b](c.md)"),
    ('[term]{.index entry="Entry"}', "<!--ix: Entry-->term"),
    ("[term]{.index entry=Entry}", "<!--ix: Entry-->term"),
    ("[term]{.index entry='A!b ! c'}", "<!--ix: A > b > c-->term"),
    ('[term]{ entry="A, B"  .index }', "<!--ix: A, B-->term"),
    ("[term]{: .index}", "<!--ix: term-->term"),
    ('[]{.index entry="A"}word', "<!--ix: A-->word"),
    ("[term]{.index mention=principal}", "<!--ix!: term-->term"),
    (
        "[a]{.index range=start} b [c]{.index entry=a range=end}.",
        "<!--ix(: a-->a b c<!--ix): a-->.",
    ),
    ('[a]{.index range="open"} [a]{.index range=close}', "<!--ix(: a-->a a<!--ix): a-->"),
    (
        "[a]{.index range=open mention=principal} [a]{.index range=close}",
        "<!--ix!(: a-->a a<!--ix): a-->",
    ),
    ("[a [b]{.index} c]{.index entry=d}", "<!--ix: d-->a <!--ix: b-->b c"),
    ('[a]{.index see="b"} c', "a c"),
    ("[two\nlines]{.index}", "<!--ix: two lines-->two\nlines"),
    ('[a]{.index\nentry="b"}.', "<!--ix: b-->a<!--\n-->."),
]


@pytest.mark.parametrize(("text", "ours"), SPANS)
def test_spans_of_pandoc_and_quarto(text: str, ours: str) -> None:
    assert settled(f"One {text}") == f"One {ours}"


COMMANDS = [
    (r"word\index{A}", "<!--ix: A-->word"),
    (r"word \index{A}next", "word <!--ix: A-->next"),
    (r"\index{A} next", "<!--ix: A--> next"),
    (r"a well-known\index{A} x", "a <!--ix: A-->well-known x"),
    (r"a word,\index{A} x", "a <!--ix: A-->word, x"),
    (r"a (word)\index{A} x", "a (<!--ix: A-->word) x"),
    (r"**two words**\index{A}", "**two <!--ix: A-->words**"),
    (r"*word*\index{A}", "<!--ix: A-->*word*"),
    (r"word[^1]\index{A}", "<!--ix: A-->word[^1]"),
    (r'[two words](b.md "c d")\index{A}', '<!--ix: A-->[two words](b.md "c d")'),
    (r"![b](c.svg)\index{A}", "<!--ix: A-->![b](c.svg)"),
    (r'<b class="x y">z</b>\index{A}', '<b class="x y">z</b><!--ix: A-->'),
    (r"`code`\index{A} x", "`code`<!--ix: A--> x"),
    (r"word\index{A}\index{B c}", "<!--ix: A; B c-->word"),
    (r"[a]{.index}\index{B}", "<!--ix: a-->a<!--ix: B-->"),
    (r"word\index{A!b!c}", "<!--ix: A > b > c-->word"),
    (r"word\index{A|textbf}", "<!--ix!: A-->word"),
    (r"word\index{A|(} x word\index{A|)} y", "<!--ix(: A-->word x word<!--ix): A--> y"),
    (r"word\index{A|(textbf} x\index{A|)}", "<!--ix!(: A-->word x<!--ix): A-->"),
    (r"word\index{a@A}", "<!--ix: A-->word"),
    (r"word\index{A b@\textit{A} \emph{b}}", "<!--ix: A b-->word"),
    (r"word\index{R\&D~unit}", "<!--ix: R&D unit-->word"),
    (r'word\index{wow"!}', "<!--ix: wow!-->word"),
    (r'word\index{a"@b"|c}', "<!--ix: a@b|c-->word"),
    (r"word\index{1990--91}", "<!--ix: 1990–91-->word"),
    (r"\index {A}word", "<!--ix: A-->word"),
    ("word\\index{two\nlines} x", "<!--ix: two lines-->word<!--\n--> x"),
    (r"word \index{A|see{B}} next", "word next"),
    (r"word\index{A|see{B}} next", "word next"),
    ("word \\index{A|see{B}}  \nnext", "word \nnext"),
    ("word\n\\index{A|see{B}}\nnext", "word<!--\n-->\nnext"),
    ("word\n\n\\index{A|see{B}}\n\nnext", "word\n\n\n\nnext"),
    ("next\n\n\\printindex\n", "next\n\n\n"),
]


@pytest.mark.parametrize(("text", "ours"), COMMANDS)
def test_commands_of_latex_and_bookdown(text: str, ours: str) -> None:
    assert settled(f"One {text}\n\n[^1]: note") == f"One {ours}\n\n[^1]: note"


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("To <!--index: A, B --> Sherlock", "To <!--ix: A, B--> Sherlock"),
        (r"<!-- index: A \\ b \\ c -->To", "<!--ix: A > b > c-->To"),
        ("<!--index:\nA\nB, C\n-->\n\nTo", "<!--ix: A; B, C-->\n\n\n\n\nTo"),
        ("To<!--index:\nA\nB -->, x", "To<!--ix: A; B--><!--\n.\n-->, x"),
        (
            "<!--index: A~ -->\n\nOne\n\n<!--index: ~A -->\n\nTwo\nthree.\n\nFour",
            "<!--ix(: A-->\n\nOne\n\n\n\nTwo\nthree.<!--ix): A-->\n\nFour",
        ),
        ("One <!--index: A~ -->two <!--index: ~A -->x", "One <!--ix(: A-->two <!--ix): A-->x"),
        (
            "<!--index: A~ -->\n\nOne\n\n<!--index: ~A -->\n\n## Two",
            "<!--ix(: A-->\n\nOne\n\n<!--ix): A-->\n\n## Two",
        ),
    ],
)
def test_comments_of_the_electric_book(text: str, ours: str) -> None:
    assert settled(text) == ours


@pytest.mark.parametrize(
    "text",
    [
        "`[a]{.index}`",
        r"`\index{a}`",
        "`<!--index: a-->`",
        "```\n[a]{.index} \\index{b} <!--index: c-->\n```",
        "x\n\n    [a]{.index} \\index{b} <!--index: c-->",
        r"\\index{a}",
        "<!-- [a]{.index} \\index{b} -->",
        "[a](b.md){.index-like}",
        "[a]{.indexed}",
        "((a)) (((a,b)))",
        "<!--ix: a-->word",
    ],
)
def test_code_and_other_things_are_left_alone(text: str) -> None:
    assert settled(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "[a]{.index #b}",
        "[a]{.index .other}",
        "[a]{.index foo=1}",
        "[a]{.index range=sideways}",
        "[a]{.index mention=passing}",
        "[]{.index}",
        '[a]{.index entry="A!"}',
        '[a]{.index entry="A; B"}',
        "[a > b]{.index}",
        r"\index{a|hyperpage}",
        r"\index{a|textit}",
        r"\index[names]{a}",
        r"\index{$x$\foo{y}}",
        r"\index{a!}",
        r"\index{}",
        r"\index{a;b}",
        r"\index{never closed",
        "<!--index: ~a~ -->",
        "<!--index: a; b-->",
        "<!--index: -->",
    ],
)
def test_what_is_not_understood_stays_and_is_told(text: str) -> None:
    fresh, remarks, (query,) = settle_index_marks(Source("a.md", f"One\n\n{text} two"))
    assert (fresh, remarks) == (f"One\n\n{text} two", ())
    assert (query.code, query.severity, query.place.line) == ("index-mark", "warning", 3)
    assert text[:6] in query.message


@pytest.mark.parametrize(
    ("text", "ours", "lines"),
    [
        ("One\n\n[a]{.index range=start} two", "One\n\n<!--ix: a-->a two", [3]),
        ("One\n\n[a]{.index range=end} two", "One\n\na two", [3]),
        (r"a\index{b|(} c\index{b|(} d\index{b|)}", None, [1]),
        ("a\\index{b|(}[^1]\n\n[^1]: c\\index{b|)}", "<!--ix: b-->a[^1]\n\n[^1]: c", [1, 3]),
    ],
)
def test_half_a_range_is_told(text: str, ours: str | None, lines: list[int]) -> None:
    fresh, _, queries = settle_index_marks(Source("a.md", text))
    assert [(query.code, query.place.line) for query in queries] == [
        ("index-range", line) for line in lines
    ]
    assert ours is None or fresh == ours
    assert not [m for m in chapter_of(fresh).marks if m.extent is Extent.OPENS] or ours is None


ESSAY = r"""# Nations\index{nations!strong}

[Alliances]{.index} and [forms]{.index entry="alliances!forms of"} of them, and R&D.

Old\index{Old|see{alliances, Forms of}} news\index{news@News} is \index{Fresh|seealso{news}}here,
[trade]{.index seealso="Nations ! strong; nowhere"}, and
trade\index{trade} again.\index{trade|see{News}}
"""


def test_a_book_with_foreign_marks(run: Run) -> None:
    trial = run({"a.md": ESSAY})
    (chapter,) = trial.chapters
    assert chapter.title == "Nations"
    assert [(mark.id, mark.entry) for mark in chapter.marks] == [
        ("nations", ("nations", "strong")),
        ("nations--ix-2", ("Alliances",)),
        ("nations--ix-3", ("alliances", "forms of")),
        ("nations--ix-4", ("News",)),
        ("nations--ix-5", ("trade",)),
    ]
    assert plain(parse(chapter.xhtml)) == (
        "Alliances and forms of them, and R&D. Old news is here, trade, and trade again."
    )


def test_cross_references_become_entries_of_the_vocabulary(run: Run) -> None:
    trial = run({"a.md": ESSAY})
    assert trial.entries == [
        {"term": "Fresh", "see": ["News"]},
        {"term": "News", "sort": "news"},
        {"term": "Old", "see": ["alliances > forms of"]},
        {"term": "trade", "see_also": ["nations > strong", "News"]},
    ]
    assert [(q.place.line, q.message) for q in trial.said("cross-reference")] == [
        (
            5,
            "“Fresh” has no place of its own, so that its “see also news” became “see”.",
        ),
        (6, "“trade” refers to “nowhere”, which is no other entry of the index; it was left out."),
        (7, "“trade” has places of its own, so that its “see News” became “see also”."),
    ]


def test_the_vocabulary_is_the_same_in_whatever_order_the_essays_stand(run: Run) -> None:
    remarks = [
        r"\index{Zeta|see{a}} x",
        r'[b]{.index see="a"} [Quote "b"]{.index see=a}',
        r"a\index{a} \index{ älter|see{a}} y",
    ]
    trial = run({f"{n}.md": f"# T{n}\n\n{text}" for n, text in enumerate(remarks)})
    assert [entry["term"] for entry in trial.entries] == ["b", 'Quote "b"', "Zeta", "älter"]
    written = (trial.folder / "index.toml").read_text("utf-8")
    assert written.startswith('[[entry]]\nterm = "b"\nsee = ["a"]\n\n[[entry]]\n')
    assert 'term = "Quote \\"b\\""' in written


def test_no_vocabulary_is_written_when_nothing_is_said_of_other_entries(run: Run) -> None:
    trial = run({"a.md": "# A\n\n[word]{.index}"})
    assert not (trial.folder / "index.toml").exists()


def test_a_vocabulary_of_the_source_is_kept(run: Run) -> None:
    own = '[[theme]]\nid = "t"\ntitle = "T"\n\n[[entry]]\nterm = "word"\ntheme = "t"\n'
    trial = run({"index.toml": own, "a.md": '# A\n\n[word]{.index} [b]{.index see="word"}'})
    assert (trial.folder / "index.toml").read_text("utf-8") == own
    (query,) = trial.said("index-toml")
    assert query.message == (
        "index.toml of the source was kept, and what marks say was not added to it: b: see word."
    )


@pytest.mark.parametrize("own", ["title = 'of another tool'\n", "[broken", b"\xff\xfe\x00"])
def test_a_file_of_that_name_that_is_no_vocabulary_is_told(run: Run, own: str | bytes) -> None:
    trial = run({"index.toml": own, "a.md": '# A\n\n[word]{.index} [b]{.index see="word"}'})
    assert trial.entries == [{"term": "b", "see": ["word"]}]
    assert "index.toml of the source was left out" in trial.said("index-toml")[0].message


def test_levels_in_a_heading_do_not_reach_the_title(run: Run) -> None:
    trial = run({"a.md": "# The \\index{a!b}Title of it\n\nText"})
    assert [essay.title for essay in trial.acquired.essays] == ["The Title of it"]
    assert trial.chapters[0].file == "essays/the-title-of-it.md"


MARKS = st.sampled_from(
    [
        "",
        r"\index{a}",
        r"\index{a!b|textbf}",
        r"\index{a|(}",
        r"\index{a|)}",
        r"\index{c|see{a}}",
        " \\index{x|see{a}}",
        r"\index{z@y}\index{y}",
        "<!--index: a-->",
        "<!--index: a~-->",
        "<!--index: ~a-->",
        '[]{.index entry="a"}',
        "[]{.index entry=a range=start}",
        "[]{.index entry=a range=end}",
    ]
)
PIECES = st.sampled_from(
    [
        *("word", "*em*", "**strong text**", "[link](b.md)", '"quoted"', "don't", "`code`"),
        *("(x)", "<https://x.org>", "so.[^1]", "\n\ny", "\n\n- z", "--", "<b>b</b>", "\nline"),
    ]
)


@settings(deadline=None)
@given(st.lists(st.tuples(PIECES, MARKS), max_size=10))
def test_no_mix_of_foreign_marks_changes_the_text(pieces: list[tuple[str, str]]) -> None:
    note = "\n\n[^1]: note"
    text = "x " + " ".join(word + mark for word, mark in pieces) + note
    bare = "x " + " ".join(word for word, _ in pieces) + note
    fresh, _, queries = settle_index_marks(Source("essays/a.md", text))
    chapter, unmarked = chapter_of(fresh), chapter_of(bare)
    assert plain(parse(chapter.xhtml)) == plain(parse(unmarked.xhtml))
    assert {query.code for query in queries} <= {"index-range"}
    assert fresh.count("\n") == text.count("\n")
    assert not {q.code for q in queries_about(fresh) if "range" in q.code and q.severity == "error"}
    wanted = [mark for _, mark in pieces if mark.strip() and "see{" not in mark]
    assert chapter.marks or queries or not wanted
    opened = [m.entry for m in chapter.marks if m.extent is Extent.OPENS]
    assert len(opened) == len([m for m in chapter.marks if m.extent is Extent.CLOSES])


def test_a_long_text_without_an_end_takes_no_long_time() -> None:
    for text in ("[" * 20_000, "]{.index " * 5_000, "\\index{" * 5_000, "[a]{x=b.c" + ".d" * 9_000):
        assert settle_index_marks(Source("a.md", text))[0] == text
