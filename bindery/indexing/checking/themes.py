"""Themes: whether each has entries and essays, and each essay a theme."""

from __future__ import annotations

from collections.abc import Iterator

from bindery.errata import Place, Query, Severity, nearest
from bindery.indexing.checking.register import Register, body, named, warning
from bindery.vocabulary import FILE, Kind


def theme_queries(register: Register) -> Iterator[Query]:
    """Every fault of a theme."""
    yield from _unknown(register)
    themes = register.vocabulary.themes
    held = {theme for term in register.vocabulary.terms for theme in term.themes}
    treated = {
        theme.theme: {essay.chapter for essay in theme.essays} for theme in register.index.themes
    }
    for theme in themes:
        if theme.id not in held:
            message = f"No entry stands under the theme “{theme.title}”."
            hint = f'Give some entries theme = "{theme.id}", or remove the theme.'
            yield warning("theme-without-entries", message, hint, theme.place)
        elif not treated.get(theme.id):
            message = f"No essay treats the theme “{theme.title}”: its entries have no locators."
            hint = "Correct their patterns, or name the theme in an essay's front matter."
            yield warning("theme-without-essays", message, hint, theme.place)
    if not themes:
        return
    every = set().union(*treated.values())
    for chapter in body(register.chapters):
        if chapter.slug not in every:
            message = "This essay stands under no theme."
            hint = f"Write themes: [{themes[0].id}] or the like in its front matter."
            yield warning("essay-without-theme", message, hint, Place(chapter.file))


def theme_advice(register: Register) -> Iterator[Query]:
    """Entries that stand in the A–Z alone."""
    if not register.vocabulary.themes:
        return
    for path, term in register.terms.items():
        if len(path) == 1 and not term.themes and not term.see and term.kind is Kind.THEME:
            message = f"{named(path)} stands under no theme, and so in the A–Z alone."
            hint = 'Give it theme = "…", or the kind of name that it is.'
            yield warning("entry-without-theme", message, hint, term.place)


def _unknown(register: Register) -> Iterator[Query]:
    """A query for each theme that an essay names and the vocabulary has not.

    Where there are no themes at all, nothing is printed of them, and so it is no error.
    """
    known = {theme.id for theme in register.vocabulary.themes}
    severity = Severity.ERROR if known else Severity.WARNING
    for chapter in register.chapters:
        for reference in chapter.themes:
            if reference.target not in known:
                message = f"There is no theme “{reference.target}”."
                near = nearest(reference.target, known)
                hint = f"Did you mean “{near}”?" if near else f"Add a [[theme]] to {FILE}."
                yield Query("unknown-theme", message, hint, reference.place, severity)
