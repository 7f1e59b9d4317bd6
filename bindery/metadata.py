"""What a book says of itself: `book.toml`, read once, checked, and frozen.

Unknown keys are refused with the nearest known name, and every mistake in the file is
reported together.  The dataclasses below *are* the list of known keys.
"""

from __future__ import annotations

import datetime
import re
import tomllib
import unicodedata
import uuid
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bindery.errata import Place, Query, Severity, nearest

FILE = "book.toml"

ROLES = {
    "author": "aut",
    "editor": "edt",
    "translator": "trl",
    "illustrator": "ill",
    "introduction": "aui",
    "foreword": "aui",
    "afterword": "aft",
    "compiler": "com",
    "contributor": "ctb",
    "designer": "bkd",
    "cover designer": "cov",
    "photographer": "pht",
    "proofreader": "pfr",
}
"""Roles that a contributor may have, with their MARC relator codes."""

STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)


def known_role(role: str) -> str:
    """The role itself; ValueError with the nearest known one when nobody has such a role."""
    if role in ROLES:
        return role
    near = nearest(role, ROLES)
    raise ValueError(f"there is no role “{role}”" + (f" (did you mean “{near}”?)" if near else ""))


def colour(value: str) -> str:
    """A colour as #rrggbb; ValueError otherwise."""
    if re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        return value
    raise ValueError("a colour is written as # and six hexadecimal digits, such as #7b2d26")


def isbn(value: str) -> str:
    """The thirteen digits of an ISBN; ValueError when the check digit is wrong (ISO 2108)."""
    digits = re.sub(r"[\s-]", "", value)
    if not re.fullmatch(r"97[89]\d{10}", digits):
        raise ValueError("an ISBN has 13 digits and begins with 978 or 979")
    if sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10:
        raise ValueError("the check digit of this ISBN is wrong; a digit was mistyped")
    return digits


def language_tag(value: str) -> str:
    """A BCP 47 language tag such as en-GB; ValueError when it does not look like one."""
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        return value
    raise ValueError("a language is written as a tag such as en, en-GB or ar")


COMPOSED = AfterValidator(lambda value: unicodedata.normalize("NFC", value))
Text = Annotated[str, COMPOSED]
Name = Annotated[str, Field(min_length=1), COMPOSED]
Isbn = Annotated[str, AfterValidator(isbn)]


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who made the book."""

    name: Name
    """Name as printed."""
    roles: tuple[Annotated[str, AfterValidator(known_role)], ...] = ("author",)
    """What they did; keys of `ROLES`."""
    file_as: Text = ""
    """Name as a library sorts it; the printed name when empty."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What the book is called by machines: one ISBN an edition, and a URN for all of them."""

    urn: str = ""
    """Stable name of the work; made from title and contributors when empty."""
    isbn_pdf: Isbn | None = None
    isbn_epub: Isbn | None = None
    isbn_print: Isbn | None = None

    __pydantic_config__: ClassVar[ConfigDict] = STRICT


@dataclass(frozen=True, slots=True)
class Order:
    """Which files make the book, in their order; an empty list means all, in natural order."""

    front: tuple[str, ...] = ()
    essays: tuple[str, ...] = ()
    back: tuple[str, ...] = ()

    __pydantic_config__: ClassVar[ConfigDict] = STRICT


@dataclass(frozen=True, slots=True)
class Look:
    """The few choices of design that need no stylesheet."""

    accent: Annotated[str, AfterValidator(colour)] = "#7b2d26"
    """Colour of the cover and the download page, as #rrggbb."""
    initials: bool = True
    """Whether essays open with a dropped initial."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT


@dataclass(frozen=True, slots=True)
class Metadata:
    """Everything that `book.toml` may say."""

    title: Name
    subtitle: Text = ""
    language: Annotated[str, AfterValidator(language_tag)] = "en"
    description: Text = ""
    """Plain text; an empty line begins a new paragraph."""
    publisher: Text = ""
    date: datetime.date | None = None
    rights: Text = ""
    subjects: tuple[Text, ...] = ()
    keywords: tuple[Text, ...] = ()
    slug: Annotated[str, AfterValidator(lambda value: slugify(value) if value else "")] = ""
    """Name of the finished files; made from the title when empty."""
    contributors: tuple[Contributor, ...] = ()
    identifiers: Identifiers = field(default_factory=Identifiers)
    order: Order = field(default_factory=Order)
    look: Look = field(default_factory=Look)

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    @property
    def file_stem(self) -> str:
        """Name of the finished files, without their endings."""
        return self.slug or slugify(self.title) or "book"

    @property
    def urn(self) -> str:
        """Stable identifier of the work, the same at every publishing."""
        if self.identifiers.urn:
            return self.identifiers.urn
        key = "\n".join([self.title, self.subtitle, *(who.name for who in self.contributors)])
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'bindery:' + key)}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The description, paragraph by paragraph."""
        blocks = re.split(r"\n\s*\n", self.description.strip())
        return tuple(" ".join(block.split()) for block in blocks if block.strip())

    def having_role(self, *roles: str) -> tuple[Contributor, ...]:
        """Contributors with any of the roles, in the order of the file."""
        return tuple(who for who in self.contributors if set(who.roles) & set(roles))


def slugify(text: str) -> str:
    """A file name of ASCII letters, digits and hyphens; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    plain = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def read_metadata(folder: Path) -> tuple[Metadata, tuple[Query, ...]]:
    """The metadata of the book in a folder, with every query about it.

    Without a `book.toml` the folder's name is the title.  What is wrong in the file is left
    out, so that the rest of the manuscript can be looked at in the same run.
    """
    path = folder / FILE
    title = re.sub(r"[-_]+", " ", folder.resolve().name).strip().title() or "Untitled"
    if not path.is_file():
        message = f"There is no {FILE}; the book is called “{title}” after its folder."
        hint = f'Write a {FILE} with at least title = "…" to give it a title page of its own.'
        query = Query("no-book-toml", message, hint, Place(FILE), Severity.WARNING)
        return Metadata(title=title), (query,)
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
        raw = tomllib.loads(text)
    except UnicodeDecodeError as mistake:
        place = Place(FILE, data[: mistake.start].count(b"\n") + 1)
        hint = "Save the file as UTF-8 in your editor."
        query = Query("bad-encoding", "The file is not UTF-8 text.", hint, place)
        return Metadata(title=title), (query,)
    except tomllib.TOMLDecodeError as mistake:
        found = re.search(r"at line (\d+)", str(mistake))
        message = f"This is not TOML: {str(mistake).rstrip('.')}."
        hint = 'Write key = "value"; a text stands in straight double quotes.'
        place = Place(FILE, int(found[1]) if found else text.count("\n") + 1)
        return Metadata(title=title), (Query("bad-toml", message, hint, place),)
    return _validated(raw, text, title)


def _validated(raw: dict[str, Any], text: str, title: str) -> tuple[Metadata, tuple[Query, ...]]:
    """The metadata without what is wrong in it, and a query for each thing that is."""
    queries: dict[tuple[int | str, ...], Query] = {}
    reader = TypeAdapter(Metadata)
    while True:
        try:
            found = reader.validate_python(raw)
        except ValidationError as mistakes:
            for mistake in mistakes.errors():
                queries.setdefault(mistake["loc"], _query(mistake, text))
                _leave_out(raw, mistake["loc"], title)
        else:
            ordered = sorted(queries.values(), key=lambda query: query.place.line or 0)
            return found, tuple(ordered)


def _leave_out(raw: dict[str, Any], location: tuple[int | str, ...], title: str) -> None:
    """Remove what stands at a location, with the whole table when a key of it is missing."""
    if location == ("title",):
        raw["title"] = title
        return
    holder: Any = raw
    for part in location[:-1]:
        inside = holder.get(part) if isinstance(holder, dict) else holder[part]
        if not isinstance(inside, dict | list):
            break
        holder = inside
    last = location[-1]
    if isinstance(holder, dict) and last in holder:
        del holder[last]
    else:
        raw.pop(str(location[0]), None)


def _query(mistake: ErrorDetails, text: str) -> Query:
    """One of pydantic's findings, in plain words and with its line."""
    location = mistake["loc"]
    key = next((str(part) for part in reversed(location) if isinstance(part, str)), "")
    place = Place(FILE, line_of_key(text, location))
    if mistake["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        known = {known.name for known in fields(_class_at(location))}
        near = nearest(key, known)
        hint = f"Did you mean “{near}”?" if near else f"Known here: {', '.join(sorted(known))}."
        return Query("unknown-key", f"There is no key “{key}”.", hint, place)
    if mistake["type"] in ("missing", "missing_argument"):
        hint = f'Add {key} = "…".'
        return Query("missing-key", f"The key “{key}” is missing.", hint, place)
    what = re.sub(r"^(Value error|Assertion failed), ", "", mistake["msg"]).rstrip(".")
    message = f"The value of “{key}” is not right: {what[:1].lower()}{what[1:]}."
    return Query("bad-value", message, "Correct the value.", place)


def _class_at(location: tuple[int | str, ...]) -> type:
    """The dataclass whose key is named last in a location such as ("look", "acent")."""
    cls: type = Metadata
    for part in location[:-1]:
        kind = next((f.type for f in fields(cls) if f.name == part), "")
        name = re.sub(r"tuple\[(\w+), \.\.\.\]", r"\1", str(kind))
        cls = {c.__name__: c for c in (Contributor, Identifiers, Order, Look)}.get(name, cls)
    return cls


def line_of_key(text: str, location: tuple[int | str, ...]) -> int | None:
    """The line where a key such as ("contributors", 1, "name") or else its table stands in TOML."""
    names = [part for part in location if isinstance(part, str)]
    nth = next((part for part in location if isinstance(part, int)), 0)
    table, at, seen = "", 1, -1
    wanted = names[0] if len(names) > 1 else ""
    for number, line in enumerate(text.splitlines(), start=1):
        if head := re.match(r"\s*\[\[?\s*([\w.-]+)", line):
            table = head[1]
            if names == [table]:
                return number
            seen += table == wanted
            if table == names[0] and seen == nth:
                at = number
        elif table == wanted and (not wanted or seen == nth):
            if re.match(rf"\s*[\"']?{re.escape(names[-1])}[\"']?\s*[=.]", line):
                return number
        elif not table and names and re.match(rf"\s*{re.escape(names[0])}\s*[=.]", line):
            at = number
    return at
