"""The tables of `index.toml` as an editor writes them; the dataclasses are the known keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from bindery.vocabulary import DEEPEST, First, Kind, Reference, Text, printable
from bindery.vocabulary.patterns import forms_of

STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)


def path_of(text: str) -> tuple[str, ...]:
    """Heading and sub-headings of “a > b > c”; ValueError when one of them is missing."""
    levels = tuple(level.strip() for level in printable(text).split(">"))
    if not all(levels):
        raise ValueError("a heading is missing; write “heading” or “heading > sub-heading”")
    if len(levels) > DEEPEST:
        raise ValueError(f"it has {len(levels)} levels; an entry has {DEEPEST} at most")
    return levels


def theme_id(value: str) -> str:
    """An id of a theme; ValueError when it cannot be part of a link."""
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        return value
    raise ValueError("an id has small letters of the English alphabet, digits and single hyphens")


def pattern(value: str) -> str:
    """A pattern as it was written; ValueError when it cannot be searched for."""
    printed = printable(value)
    forms_of(printed)
    return printed


def discussion(value: str) -> str:
    """A chapter, or chapter#5 for its fifth paragraph; ValueError for anything else."""
    if re.fullmatch(r"[^#]+(#[1-9][0-9]{0,5})?", value):
        return value
    raise ValueError("write the name of a file, or file#5 for its fifth paragraph")


def _path(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return path_of(value)
    raise ValueError("it must be a text such as “heading” or “heading > sub-heading”")


def _reference(value: Any) -> Reference:
    if isinstance(value, str):
        return Reference(path_of(value))
    generic = value.get("generic") if isinstance(value, dict) and len(value) == 1 else None
    if isinstance(generic, str) and (words := printable(generic)):
        return Reference((words,), generic=True)
    raise ValueError('write a heading such as “a > b”, or { generic = "names of ministries" }')


def _several(value: Any) -> Any:
    """A list of what may stand by itself."""
    return value if isinstance(value, list) else [value]


Path = Annotated[tuple[str, ...], BeforeValidator(_path)]
Name = Annotated[Text, Field(min_length=1)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_several)]
Patterns = Annotated[tuple[Annotated[str, AfterValidator(pattern)], ...], BeforeValidator(_several)]
Discussions = Annotated[
    tuple[Annotated[str, AfterValidator(discussion)], ...], BeforeValidator(_several)
]
References = Annotated[
    tuple[Annotated[Reference, BeforeValidator(_reference)], ...], BeforeValidator(_several)
]


@dataclass(frozen=True, slots=True)
class ThemeTable:
    """A table [[theme]]."""

    id: Annotated[str, AfterValidator(theme_id)]
    title: Name
    note: Text = ""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT


@dataclass(frozen=True, slots=True)
class EntryTable:
    """A table [[entry]]; `vocabulary.Term` says what its keys mean."""

    term: Path
    theme: Names = ()
    match: Patterns = ()
    unless: Annotated[Patterns, Field(alias="not")] = ()
    only_in: Names = ()
    principal: Discussions = ()
    first_per: First = First.PARAGRAPH
    match_case: bool = False
    see: References = ()
    see_also: References = ()
    sort: Text = ""
    kind: Kind = Kind.THEME

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
