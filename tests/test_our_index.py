"""The index of our own book: large enough, without a fault, and right in every place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bindery.book import Chapter, Extent, Mark, Part
from bindery.concordance.runs import TITLE, read
from bindery.index import IndexEntry, Stands
from bindery.indexing.checking import advise, check
from bindery.markup import mark_up
from bindery.markup.tree import parse
from bindery.production import Copy, edit
from bindery.vocabulary import Term
from bindery.vocabulary.patterns import Extra, Step, forms_of
from bindery.vocabulary.words import Word, words_of

BOOK = Path(__file__).resolve().parent.parent / "book"
COMMENT = re.compile(r"<!--ix.*?-->", re.S)
ESSAYS = (
    "strategic-partnerships",
    "defence-industry",
    "defence-science",
    "international-collaboration",
    "alliances-and-science",
)


@pytest.fixture(scope="module")
def copy() -> Copy:
    """Our book, edited but not set."""
    return edit(BOOK)


@pytest.fixture(scope="module")
def entries(copy: Copy) -> dict[tuple[str, ...], IndexEntry]:
    """Every entry of the A–Z by its headings."""
    return dict(_by_path(copy.book.index.listings[0].entries))


def _by_path(
    entries: tuple[IndexEntry, ...], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], IndexEntry]]:
    for entry in entries:
        path = (*above, entry.heading)
        yield path, entry
        yield from _by_path(entry.entries, path)


def _text(chapter: Chapter) -> list[str]:
    """What a reader sees of a chapter, piece by piece."""
    notes = (paragraph for note in chapter.notes for paragraph in note.paragraphs)
    pieces = (chapter.title, chapter.subtitle, chapter.xhtml, *notes)
    return ["".join(parse(piece).itertext()) for piece in pieces]


def _reaches(words: list[Word], form: tuple[Step, ...]) -> bool:
    """Whether words begin with a form of a pattern; tried word by word, unlike the concordance."""
    if len(words) < len(form):
        return False
    for word, step in zip(words, form, strict=False):
        ours, wanted = word.form.casefold(), step.form.casefold()
        if step.extra is Extra.NOTHING and ours != wanted:
            return False
        if step.extra is Extra.ENDING and not ours.startswith(wanted):
            return False
    return True


def test_the_index_has_the_size_of_a_professional_one(
    copy: Copy, entries: dict[tuple[str, ...], IndexEntry]
) -> None:
    main = [entry for path, entry in entries.items() if len(path) == 1]
    leading = [entry for entry in main if any(below.loci for below in entry.walk())]
    assert len(copy.book.index.themes) >= 7
    assert len(leading) >= 60
    assert len(entries) - len(main) >= 100
    assert sum(len(entry.entries) >= 3 for entry in main) >= 20


def test_entries_refer_to_others_and_some_do_so_below_the_first_level(
    entries: dict[tuple[str, ...], IndexEntry],
) -> None:
    see = [reference for entry in entries.values() for reference in entry.see]
    see_also = [reference for entry in entries.values() for reference in entry.see_also]
    from_below = [path for path, e in entries.items() if len(path) > 1 and (e.see or e.see_also)]
    assert len(see) >= 20
    assert len(see_also) >= 60
    assert any(len(reference.heading) > 1 for reference in (*see, *see_also))
    assert any(not reference.target for reference in (*see, *see_also))
    assert len(from_below) >= 2


def test_main_discussions_ranges_notes_figures_and_tables_are_told_apart(
    entries: dict[tuple[str, ...], IndexEntry],
) -> None:
    loci = [locus for entry in entries.values() for locus in entry.loci]
    assert sum(locus.principal for locus in loci) >= 12
    assert sum(bool(locus.end) for locus in loci) >= 12
    assert {locus.stands for locus in loci} == set(Stands)
    assert sum(locus.note > 0 for locus in loci) >= 8


def test_nobody_has_a_query_about_the_index(copy: Copy) -> None:
    book = copy.book
    asked = (book.chapters, copy.vocabulary, book.index, book.metadata.language)
    assert check(*asked) == ()
    assert advise(*asked) == ()
    assert copy.queries == ()


def test_no_entry_is_a_string_of_undifferentiated_numbers(
    copy: Copy, entries: dict[tuple[str, ...], IndexEntry]
) -> None:
    most = copy.vocabulary.settings.max_locators
    assert most == 6
    lengths = {path: sum(not locus.principal for locus in e.loci) for path, e in entries.items()}
    assert {path: count for path, count in lengths.items() if count > most} == {}
    assert [path for path, entry in entries.items() if len(entry.entries) == 1] == []


def test_every_essay_stands_under_one_to_three_themes(copy: Copy) -> None:
    themes = {theme.id for theme in copy.vocabulary.themes}
    essays = [chapter for chapter in copy.book.chapters if chapter.part is Part.BODY]
    assert tuple(chapter.slug for chapter in essays) == ESSAYS
    for chapter in essays:
        named = [reference.target for reference in chapter.themes]
        assert 1 <= len(named) <= 3, chapter.slug
        assert set(named) <= themes, chapter.slug


def test_every_theme_has_its_note_its_entries_and_more_than_one_essay(copy: Copy) -> None:
    for theme in copy.book.index.themes:
        essays = [weight for weight in theme.essays if weight.chapter in ESSAYS and weight.places]
        assert theme.note.endswith("."), theme.title
        assert len(theme.entries) >= 7, theme.title
        assert len(essays) >= 2, theme.title


def test_what_belongs_to_several_themes_stands_under_each(copy: Copy) -> None:
    held = {
        theme.theme: {entry.heading for entry in theme.entries} for theme in copy.book.index.themes
    }
    twice = [term for term in copy.vocabulary.terms if len(term.themes) > 1 and len(term.path) == 1]
    assert len(twice) >= 15
    for term in twice:
        assert all(term.path[0] in held[theme] for theme in term.themes), term.path


def test_every_place_that_was_found_begins_with_the_words_of_a_pattern(copy: Copy) -> None:
    terms = {term.path: term for term in copy.vocabulary.terms}
    count = 0
    for chapter in copy.book.chapters:
        marks: dict[str, list[Mark]] = {}
        for mark in chapter.marks:
            if mark.found:
                marks.setdefault(mark.id, []).append(mark)
        for run in read(chapter).runs:
            assert run.section != TITLE or chapter.slug not in marks
            for name, start, end in run.marks:
                for mark in marks.pop(name, ()):
                    count += 1
                    assert run.text[start:end].strip(), mark
                    assert _begins_with(terms[mark.entry], words_of(run.text[start:])), mark
        assert marks == {}
    assert count >= 250


def _begins_with(term: Term, words: list[Word]) -> bool:
    """Whether words begin with one of the patterns of a term."""
    return any(_reaches(words, form) for pattern in term.match for form in forms_of(pattern))


def test_every_pattern_leads_to_an_essay_and_not_out_of_the_chapters_it_names(copy: Copy) -> None:
    slugs = {chapter.slug for chapter in copy.book.chapters}
    marked = {
        (mark.entry, chapter.slug)
        for chapter in copy.book.chapters
        for mark in chapter.marks
        if mark.found
    }
    for term in copy.vocabulary.terms:
        found = {slug for entry, slug in marked if entry == term.path}
        assert set(term.only_in) <= slugs, term.path
        assert bool(found) == bool(term.match), term.path
        assert not term.only_in or found <= set(term.only_in), term.path


def test_the_index_covers_what_the_note_on_the_text_says(
    entries: dict[tuple[str, ...], IndexEntry],
) -> None:
    note = (BOOK / "back" / "note-on-the-text.md").read_text("utf-8")
    assert "The index covers the preface, the essays and this note." in note
    chapters = {locus.chapter for entry in entries.values() for locus in entry.loci}
    assert chapters == {"preface", *ESSAYS, "note-on-the-text"}


def test_a_mere_mention_is_left_out(copy: Copy, entries: dict[tuple[str, ...], IndexEntry]) -> None:
    (preface,) = (chapter for chapter in copy.book.chapters if chapter.slug == "preface")
    refused = [mark.entry for mark in preface.marks if mark.extent is Extent.NOT_HERE]
    assert refused == [("irrigation and water management",)]
    assert "irrigation" in _text(preface)[2]
    entry = entries[refused[0]]
    assert "preface" not in {locus.chapter for locus in entry.loci}
    assert "alliances-and-science" in {locus.chapter for locus in entry.loci}


def test_marks_and_patterns_change_no_visible_word(copy: Copy) -> None:
    chapters = {chapter.file: chapter for chapter in copy.book.chapters}
    marked = 0
    for sheet in copy.manuscript.sheets:
        marked += len(COMMENT.findall(sheet.text))
        bare = replace(sheet, text=COMMENT.sub("", sheet.text))
        chapter, _ = mark_up(bare, copy.book.metadata.language)
        assert chapter.marks == ()
        assert _text(chapter) == _text(chapters[sheet.path]), sheet.path
    assert marked >= 30


def test_no_mark_begins_a_line_so_that_previews_still_read_the_markdown(copy: Copy) -> None:
    for sheet in copy.manuscript.sheets:
        assert re.findall(r"^[ \t]*<!--ix.*$", sheet.text, re.M) == [], sheet.path
