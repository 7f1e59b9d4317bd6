"""book.toml: what it may say, and what is said of its mistakes."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from bindery.errata import Place, Query, Severity
from bindery.metadata import Contributor, Identifiers, Look, Metadata, Order, read_metadata, slugify
from tests.specimen import dedented, write_book

FULL = """
    title = "Pacts"
    subtitle = "Five Essays"
    language = "en-GB"
    description = "One\\ntwo.\\n\\nThree."
    publisher = "The Press"
    date = 2026-05-01
    rights = "CC0"
    subjects = ["History"]
    keywords = ["pact", "oath"]
    slug = "My Pacts!"

    [[contributors]]
    name = "Ann Ash"
    file_as = "Ash, Ann"

    [[contributors]]
    name = "Bo Birch"
    roles = ["editor", "translator"]

    [identifiers]
    isbn_pdf = "978-0-306-40615-7"

    [order]
    essays = ["essays/b.md", "essays/a.md"]

    [look]
    accent = "#001122"
    initials = false
"""


def read(folder: Path, toml: str) -> Metadata:
    metadata, queries = read_metadata(write_book(folder, {}, dedented(toml)))
    assert queries == ()
    return metadata


def mistakes(folder: Path, toml: str | bytes) -> tuple[Query, ...]:
    write_book(folder, {"book.toml": dedented(toml) if isinstance(toml, str) else toml})
    return read_metadata(folder)[1]


def test_everything_that_it_may_say(tmp_path: Path) -> None:
    assert read(tmp_path, FULL) == Metadata(
        title="Pacts",
        subtitle="Five Essays",
        language="en-GB",
        description="One\ntwo.\n\nThree.",
        publisher="The Press",
        date=datetime.date(2026, 5, 1),
        rights="CC0",
        subjects=("History",),
        keywords=("pact", "oath"),
        slug="my-pacts",
        contributors=(
            Contributor("Ann Ash", ("author",), "Ash, Ann"),
            Contributor("Bo Birch", ("editor", "translator")),
        ),
        identifiers=Identifiers(isbn_pdf="9780306406157"),
        order=Order(essays=("essays/b.md", "essays/a.md")),
        look=Look("#001122", initials=False),
    )


def test_a_title_is_enough(tmp_path: Path) -> None:
    assert read(tmp_path, 'title = "Pacts"') == Metadata(title="Pacts")


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    folder = write_book(tmp_path, {"book.toml": b'\xef\xbb\xbftitle = "Pacts"\r\n'})
    assert read_metadata(folder) == (Metadata(title="Pacts"), ())


def test_text_is_composed(tmp_path: Path) -> None:
    assert read(tmp_path, 'title = " E\u0301mile "').title == "Émile"


def test_without_a_book_toml_the_folder_names_the_book(tmp_path: Path) -> None:
    folder = write_book(tmp_path / "my_first-book", {}, None)
    metadata, (query,) = read_metadata(folder)
    assert metadata == Metadata(title="My First Book")
    assert (query.code, query.severity) == ("no-book-toml", Severity.WARNING)
    assert query.place == Place("book.toml")


MISTAKES = [
    ('title = "T"\ntitel = "U"', 2, "unknown-key", "Did you mean “title”?"),
    ('title = "T"\nisbn_pdf = "x"', 2, "unknown-key", None),
    ('title = "T"\nxyz = 1', 2, "unknown-key", None),
    ('title = "T"\n[look]\nacent = "#112233"', 3, "unknown-key", "Did you mean “accent”?"),
    ('title = "T"\n[lok]\naccent = "#112233"', 2, "unknown-key", "Did you mean “look”?"),
    ('title = "T"\nlook.acent = "#112233"', 2, "unknown-key", "Did you mean “accent”?"),
    ('title = "T"\nlook = {acent = "#112233"}', 2, "unknown-key", "Did you mean “accent”?"),
    (
        'title = "T"\n[[contributors]]\nname = "A"\n[[contributors]]\nname = "B"\nrole = "editor"',
        6,
        "unknown-key",
        "Did you mean “roles”?",
    ),
    (
        'title = "T"\n[[contributors]]\nname = "A"\nroles = ["autor"]',
        4,
        "bad-value",
        "there is no role “autor” (did you mean “author”?)",
    ),
    ('title = "T"\n[[contributors]]\nroles = ["author"]', 2, "missing-key", 'Add name = "…".'),
    ('subtitle = "T"', 1, "missing-key", 'Add title = "…".'),
    (
        "title = 1984",
        1,
        "bad-value",
        'a text is wanted. Write it in straight double quotes: "1984"',
    ),
    ('title = ""', 1, "bad-value", "at least 1 character"),
    ('title = "T"\ncontributors = "Ann"', 2, "bad-value", "[[contributors]] for each of them"),
    ('title = "T"\ndate = "soon"', 2, "bad-value", None),
    ('title = "T"\n[look]\ninitials = "perhaps"', 3, "bad-value", None),
    ('title = "T"\n[look]\naccent = "red"', 3, "bad-value", None),
    ('title = "T"\nlanguage = "English language"', 2, "bad-value", None),
    ('title = "T"\n[identifiers]\nisbn_epub = "9780306406158"', 3, "bad-value", None),
    ('title = "T"\n[identifiers]\nisbn_epub = "0306406152"', 3, "bad-value", None),
    ('title = "T"\n[order]\nessays = "essays/a.md"', 3, "bad-value", None),
    ('title = "T"\nsubjects = ["a", 2]', 2, "bad-value", None),
    ('title = "T"\n\nsubtitle = unquoted', 3, "bad-toml", None),
    ('title = "T"\n[look', 2, "bad-toml", None),
    ('title = "T"\ntitle = "U"', 2, "bad-toml", None),
    ('title = "T', 1, "bad-toml", None),
    ('title = """T\n\n', 3, "bad-toml", None),
]


@pytest.mark.parametrize(("toml", "line", "code", "words"), MISTAKES)
def test_each_mistake(tmp_path: Path, toml: str, line: int, code: str, words: str | None) -> None:
    (query,) = mistakes(tmp_path, toml)
    assert (query.place, query.code) == (Place("book.toml", line), code)
    assert words is None or words in f"{query.message} {query.hint}"


def test_a_mistake_in_plain_words(tmp_path: Path) -> None:
    (query,) = mistakes(tmp_path, 'title = "T"\n[look]\naccent = "red"')
    assert str(query) == (
        "book.toml:3: error: The value of “accent” is not right: a colour is written as # and "
        "six hexadecimal digits, such as #7b2d26. Correct the value."
    )


def test_the_known_keys_are_told_when_none_is_near(tmp_path: Path) -> None:
    (query,) = mistakes(tmp_path, 'title = "T"\n[order]\nxyz = 1')
    assert (query.message, query.hint) == (
        "There is no key “xyz”.",
        "Known here: back, essays, front.",
    )


def test_all_mistakes_are_reported_together(tmp_path: Path) -> None:
    toml = 'titel = "T"\nlanguage = "?"\n[look]\naccent = 1\n[identifiers]\nisbn = "x"'
    found = [(query.place.line, query.code) for query in mistakes(tmp_path, toml)]
    assert found == [
        (1, "missing-key"),
        (1, "unknown-key"),
        (2, "bad-value"),
        (4, "bad-value"),
        (6, "unknown-key"),
    ]


def test_a_book_toml_in_another_encoding(tmp_path: Path) -> None:
    (query,) = mistakes(tmp_path, 'title = "T"\nsubtitle = "É"'.encode("latin-1"))
    assert (query.code, query.place) == ("bad-encoding", Place("book.toml", 2))


def test_the_urn_is_stable() -> None:
    metadata = Metadata(title="Pacts", contributors=(Contributor("Ann"),))
    assert metadata.urn == "urn:uuid:19cff0d1-e703-51a6-bc3c-c96ac5f61579"
    same = Metadata(title="Pacts", contributors=(Contributor("Ann"),), publisher="Other")
    assert same.urn == metadata.urn
    assert Metadata(title="Pacts").urn != metadata.urn


def test_a_given_urn_is_kept() -> None:
    assert Metadata(title="T", identifiers=Identifiers(urn="urn:x:1")).urn == "urn:x:1"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("One Two", "one-two"),
        ("  It's — “Émile’s” No. 5! ", "its-emiles-no-5"),
        ("ﬁn", "fin"),
        ("a_b--c", "a-b-c"),
        ("حلف", ""),
        ("", ""),
    ],
)
def test_slugify(text: str, slug: str) -> None:
    assert slugify(text) == slug
    assert slugify(slug) == slug


@pytest.mark.parametrize(
    ("metadata", "stem"),
    [
        (Metadata(title="One Two"), "one-two"),
        (Metadata(title="One", slug="other"), "other"),
        (Metadata(title="حلف"), "book"),
    ],
)
def test_file_stem(metadata: Metadata, stem: str) -> None:
    assert metadata.file_stem == stem


def test_paragraphs_of_the_description() -> None:
    metadata = Metadata(title="T", description="\nOne\n two.\n\n \nThree.\n")
    assert metadata.paragraphs == ("One two.", "Three.")
    assert Metadata(title="T").paragraphs == ()


def test_contributors_by_role() -> None:
    ann, bo = Contributor("Ann"), Contributor("Bo", ("editor", "translator"))
    metadata = Metadata(title="T", contributors=(bo, ann))
    assert metadata.having_role("author", "editor") == (bo, ann)
    assert metadata.having_role("illustrator") == ()
