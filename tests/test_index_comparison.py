"""The record of an index, and what two of them say of each other."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bindery.desk.differences import in_words
from bindery.errata import Unprintable
from bindery.index import Stands
from bindery.indexing.comparison import Changed, Comparison, compare
from bindery.indexing.locators import Folio
from bindery.indexing.record import (
    Record,
    RecordedChapter,
    RecordedEntry,
    RecordedLocus,
    RecordedReference,
    RecordedTheme,
    draw_record,
    read_record,
    written,
)
from bindery.indexing.surroundings import surroundings
from bindery.vocabulary import Kind, Settings
from tests.specimen import chapter_of, dedented, edited, write_book


def locus(words: str, page: str | None = "1", **more: Any) -> RecordedLocus:
    """A place in the first paragraph of the chapter “one”."""
    known = RecordedLocus("one", 1, "one--ix-1", page, None, False, Stands.TEXT, 0, words)
    return replace(known, **more)


def entry(path: str, *loci: RecordedLocus, **more: Any) -> RecordedEntry:
    known = RecordedEntry(tuple(path.split(" > ")), (), Kind.THEME, (), (), loci)
    return replace(known, **more)


def record(*entries: RecordedEntry, **more: Any) -> Record:
    chapters = (RecordedChapter("one", "One", 1),)
    return replace(Record(1, "Specimen", "en", Settings(), chapters, (), entries), **more)


def told(old: Record, new: Record) -> list[str]:
    return list(in_words(compare(old, new)))


SALT = entry("salt", locus("Salt is old."), locus("The salt tax.", "4"))


# Two records


def test_an_index_agrees_with_itself() -> None:
    found = compare(record(SALT), record(SALT))
    assert not found
    assert told(record(SALT), record(SALT)) == ["The two editions of the index agree."]


def test_another_anchor_is_no_change() -> None:
    renumbered = replace(SALT, loci=tuple(replace(x, anchor="one--ix-9") for x in SALT.loci))
    assert not compare(record(SALT), record(renumbered))


def test_what_moved_is_told_together() -> None:
    old = record(SALT, entry("tax", locus("The salt tax.", "4")))
    new = record(
        entry("salt", locus("Salt is old.", "3"), locus("The salt tax.", "4")),
        entry("tax", locus("The salt tax.", "6", end_page="7")),
    )
    assert compare(old, new).moved_count == 2
    assert told(old, new) == [
        "2 locators moved: 2 by +2 pages.",
        "    salt: 1 → 3",
        "    tax: 4 → 6–7",
    ]


def test_by_how_many_pages_places_moved() -> None:
    before, after = ("4", "5", "6", "ix", "7"), ("5", "6", "5", "1", "7")
    old, new = (
        record(entry("salt", *(locus(f"Salt {n}.", page) for n, page in enumerate(pages))))
        for pages in (before, after)
    )
    assert told(old, new)[0] == "4 locators moved: 2 by +1 page, 1 by −1 page, 1 otherwise."


def test_a_paragraph_that_was_written_anew_is_the_same_place() -> None:
    new = record(entry("salt", locus("Salt is very old."), locus("The salt tax.", "4")))
    assert not compare(record(SALT), new)


def test_a_chapter_with_another_name_holds_the_same_places() -> None:
    new = record(replace(SALT, loci=tuple(replace(x, chapter="uno") for x in SALT.loci)))
    assert not compare(record(SALT), new)


def test_places_that_are_lost_and_gained() -> None:
    new = record(entry("salt", locus("Salt is old."), locus("New salt.", "9", paragraph=7)))
    old = record(replace(SALT, loci=(SALT.loci[0], replace(SALT.loci[1], paragraph=2))))
    assert told(old, new) == [
        "1 entry lost places:",
        "    salt:",
        "        4  The salt tax.",
        "1 entry gained places:",
        "    salt:",
        "        9  New salt.",
    ]


def test_what_lost_its_last_place_comes_first() -> None:
    old = record(SALT, entry("tax", locus("The salt tax.", "4")), entry("tin", locus("Tin.")))
    new = record(replace(SALT, loci=SALT.loci[:1]), entry("tax"))
    found = compare(old, new)
    assert [e.path for e in found.emptied] == [("tax",), ("tin",)]
    assert told(old, new)[:3] == ["2 entries lost their last place:", "    tax: 4", "    tin: 1"]


def test_an_entry_that_has_another_name() -> None:
    old, new = record(SALT), record(replace(SALT, path=("salt, common",)))
    found = compare(old, new)
    assert found.renamed == ((("salt",), ("salt, common",)),)
    assert (found.added, found.emptied, found.changed) == ((), (), ())
    assert told(old, new) == ["1 entry with a new name:", "    salt → salt, common"]


def test_another_entry_with_few_of_the_same_places_is_another_entry() -> None:
    old = record(entry("salt", *(locus(f"Salt {n}.") for n in range(5))))
    new = record(entry("tax", locus("Salt 0.")))
    found = compare(old, new)
    assert (found.renamed, len(found.added), len(found.emptied)) == ((), 1, 1)


def test_entries_that_are_new_or_gone() -> None:
    vows = entry("vows", see=(RecordedReference(("oaths",), False),))
    new = record(SALT, entry("tin", locus("Tin.", "2")))
    assert told(record(SALT, vows), new) == [
        "1 entry is new:",
        "    tin: 2",
        "1 entry without places is gone:",
        "    vows: see oaths",
    ]


def test_main_discussions_that_changed() -> None:
    first, second = SALT.loci
    old = record(replace(SALT, loci=(replace(first, principal=True), second)))
    new = record(replace(SALT, loci=(first, replace(second, principal=True))))
    assert told(old, new) == [
        "2 main discussions changed:",
        "    salt: 1 is none any more",
        "    salt: 4 is now one",
    ]


def test_cross_references_that_changed() -> None:
    old = record(replace(SALT, see_also=(RecordedReference(("tin",), False),)))
    new = record(replace(SALT, see_also=(RecordedReference(("iron", "ore"), False),)))
    assert told(old, new) == [
        "2 cross-references changed:",
        "    salt: no longer see also tin",
        "    salt: now see also iron > ore",
    ]


def test_a_reference_to_an_entry_with_another_name_has_not_changed() -> None:
    metals = entry("metals", locus("Iron."))
    old = record(replace(metals, see_also=(RecordedReference(("salt",), False),)), SALT)
    new = record(
        replace(metals, see_also=(RecordedReference(("salts",), False),)),
        replace(SALT, path=("salts",)),
    )
    assert told(old, new) == ["1 entry with a new name:", "    salt → salts"]


def test_themes_that_changed() -> None:
    war, trade = RecordedTheme("war", "War", "", ()), RecordedTheme("trade", "Trade", "", ())
    old = record(replace(SALT, themes=("war",)), themes=(war,))
    new = record(replace(SALT, themes=("trade",)), themes=(trade,))
    assert told(old, new) == [
        "4 changes of themes:",
        "    War is gone",
        "    Trade is new",
        "    salt: no longer under War",
        "    salt: now under Trade",
    ]


def test_without_pages_only_places_are_compared() -> None:
    unpaged = record(replace(SALT, loci=tuple(replace(x, page=None) for x in SALT.loci)))
    assert not compare(record(SALT), unpaged)
    more = record(*unpaged.entries, entry("tin", locus("Tin.", None)))
    assert told(record(SALT), more) == [
        "1 entry is new:",
        "    tin: one ¶ 1",
        "Pages are not compared: one of the editions was published without any.",
    ]


def test_notes_are_named_as_the_index_names_them() -> None:
    old = record(entry("salt", locus("A note.", "45", stands=Stands.NOTE, note=3)))
    new = record(entry("salt", locus("A note.", "46", stands=Stands.NOTE, note=3)))
    assert told(old, new)[1] == "    salt: 45n3 → 46n3"


def test_a_comparison_is_false_only_when_nothing_differs() -> None:
    nothing = Comparison((), (), (), (), (), (), (), pages_known=True)
    assert not nothing
    assert replace(nothing, changed=(Changed(("salt",), gained=(locus("x"),)),))


# The record of a book


def test_the_record_of_a_book_says_where_everything_stands(tmp_path: Path) -> None:
    essay = """
        # On salt

        First.

        Then <!--ix: salt > sea-->sea salt.[^n] And <!--ix: tin-->tin.

        [^n]: A note on <!--ix: salt-->salt.
        """
    book = edited(write_book(tmp_path, {"essays/one.md": dedented(essay)}))
    folios = {"one--ix-1": Folio(3), "one--ix-2": Folio(3), "one--ix-3": Folio(4, roman=True)}
    found = draw_record(book, folios)
    assert [e.path for e in found.entries] == [("salt",), ("salt", "sea"), ("tin",)]
    (salt,), (sea,), (tin,) = (e.loci for e in found.entries)
    assert (salt.stands, salt.note, salt.page, salt.words) == (
        *(Stands.NOTE, 1, "iv"),
        "A note on salt.",
    )
    assert (sea.chapter, sea.paragraph, sea.page) == ("one", 2, "3")
    assert (tin.paragraph, tin.words) == (2, "Then sea salt.1 And tin.")
    assert found.chapters == (RecordedChapter("one", "On salt", 1),)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    whole = record(
        replace(SALT, see_also=(RecordedReference(("names of salts",), True),), kind=Kind.NAME),
        themes=(RecordedTheme("trade", "Trade", "Of buying.", ()),),
    )
    data = written(whole)
    (tmp_path / "index.json").write_bytes(data)
    assert read_record(tmp_path / "index.json") == whole
    assert json.loads(data)["entries"][0]["see_also"] == [
        {"path": ["names of salts"], "generic": True}
    ]


@pytest.mark.parametrize("place", ["index.json", "", "book"])
def test_a_record_is_found_in_file_output_and_book(place: str, tmp_path: Path) -> None:
    file = tmp_path / ("book/output/index.json" if place == "book" else "index.json")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(written(record(SALT)))
    assert read_record(tmp_path / place) == record(SALT)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "no-record"),
        (b"", "bad-record"),
        (b"\xff\xfe", "bad-record"),
        (b"[1, 2]", "bad-record"),
        (b'{"name": "of something else", "entries": []}', "bad-record"),
        (b'{"format": 1, "entries": [{"path": 7}]}', "bad-record"),
        (b"[" * 100_000, "bad-record"),
        (b'{"format": 99, "entries": []}', "newer-record"),
    ],
)
def test_what_is_no_record_is_told(content: bytes | None, code: str, tmp_path: Path) -> None:
    file = tmp_path / "index.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Unprintable) as stop:
        read_record(file)
    (query,) = stop.value.queries
    assert (query.code, query.place.file) == (code, str(file))


# Surroundings


def test_paragraphs_are_counted_as_a_reader_counts_them() -> None:
    text = """
        # One

        First.

        ## <!--ix: a-->Heading

        - <!--ix: b-->second

            still second <!--ix: c-->here

        - third

        | <!--ix: d-->cell |
        |---|
        | x |

        Fourth <!--ix: e-->and last.[^n]

        [^n]: A <!--ix: f-->note.
        """
    found = surroundings(chapter_of(dedented(text)))
    numbers = [found.places[f"a--ix-{n}"].paragraph for n in range(1, 7)]
    assert numbers == [2, 2, 2, 3, 4, 4]
    assert (found.places["a"].paragraph, found.paragraphs) == (0, 4)


def test_words_are_cut_between_words() -> None:
    fox = "The quick brown fox jumps over the lazy dog. "
    found = surroundings(chapter_of(f"{fox * 2}<!--ix: x-->{fox * 3}"))
    assert found.words("a--ix-1") == (
        "brown fox jumps over the lazy dog. The quick brown fox jumps over the lazy dog. "
        "The quick brown fox jumps over the"
    )
    assert found.words("a--no-such-id") == ""
