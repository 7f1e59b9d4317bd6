"""The house style: the templates and styles that every edition is made with.

The house's own stand in the folders `templates/` and `styles/` beside the package (or in
it, when it is installed as a wheel).  A file of the same name in the book's `templates/` or
`styles/` replaces the house's.  Everything is read once into a plain value, so that it can
be compared, hashed and sent to another process.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import tomllib
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup, escape

from bindery.errata import Place, Query, Unprintable

PACKAGE = Path(__file__).parent
WORDS = "words.toml"
RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)
"""Languages that are written from right to left."""
ADDRESS = re.compile(r"(?:@import\s+(?:url\(\s*)?|url\(\s*)[\"']?([^\"')\s;]+)")


@dataclass(frozen=True)
class HouseStyle:
    """Templates and styles by name, with the book's in place of the house's."""

    templates: Mapping[str, str]
    """Text of every template by its path in `templates/`."""
    styles: Mapping[str, bytes] = field(repr=False)
    """Bytes of every file in `styles/`, by its path there."""
    origins: Mapping[str, str]
    """For each, the path to name when something in it is wrong."""
    house_words: str = ""
    """The house's own words, which a book's replace one by one."""
    breadth: float = 1.0
    """Letters in a line, as a part of those that the house's own page has."""

    def render(self, name: str, **values: Any) -> str:
        """A template filled in; `Unprintable` with its file and line when it is wrong."""
        try:
            return self._environment.get_template(name).render(**values)
        except TemplateError as mistake:
            raise Unprintable([self._query(mistake, name)]) from mistake

    def style(self, name: str) -> str:
        """The text of a stylesheet."""
        return self.styles[name].decode()

    def words(self, language: str) -> dict[str, str]:
        """The few words that Bindery prints by itself, in a language (English if unknown)."""
        tables = self._words
        english = tables["en"]
        return {**english, **tables.get(language.split("-", maxsplit=1)[0].lower(), {})}

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over all templates and styles."""
        digest = hashlib.sha256()
        for name in sorted(self.templates):
            digest.update(f"{name}\0{self.templates[name]}\0".encode())
        for name in sorted(self.styles):
            digest.update(name.encode() + b"\0" + hashlib.sha256(self.styles[name]).digest())
        return digest.hexdigest()

    def files_of(self, sheet: str) -> dict[str, bytes]:
        """A stylesheet and every file that it reaches: what it imports, fonts, pictures."""
        found: dict[str, bytes] = {}
        waiting = [sheet]
        while waiting:
            name = waiting.pop()
            if name in found or name not in self.styles:
                continue
            found[name] = self.styles[name]
            if name.endswith(".css"):
                folder = posixpath.dirname(name)
                found_in = ADDRESS.findall(self.styles[name].decode(errors="replace"))
                waiting += [posixpath.normpath(posixpath.join(folder, path)) for path in found_in]
        return dict(sorted(found.items()))

    @cached_property
    def _words(self) -> dict[str, dict[str, str]]:
        text = self.templates[WORDS]
        try:
            own: dict[str, dict[str, str]] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as mistake:
            found = re.search(r"at line (\d+)", str(mistake))
            line = int(found[1]) if found else text.count("\n") + 1
            place = Place(self.origins[f"templates/{WORDS}"], line)
            hint = 'Write word = "translation" under the [language].'
            message = f"This is not TOML: {str(mistake).rstrip('.')}."
            raise Unprintable([Query("bad-words", message, hint, place)]) from None
        house: dict[str, dict[str, str]] = tomllib.loads(self.house_words or text)
        return house | {name: house.get(name, {}) | words for name, words in own.items()}

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=FunctionLoader(self._source),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.filters["balance"] = self._balance
        environment.filters["direction"] = direction
        return environment

    def _balance(self, text: str, most: int, *, on_page: bool = True) -> Markup:
        """`balance` for the page at hand; the cover is the same for every page, only larger."""
        return balance(text, round(most * self.breadth) if on_page else most)

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        """A template with its name, by which tracebacks tell included templates apart."""
        if name not in self.templates:
            return None
        return self.templates[name], name, lambda: True

    def _query(self, mistake: TemplateError, name: str) -> Query:
        """Where in which template a mistake stands, and what to do about it."""
        line: int | None = None
        if isinstance(mistake, TemplateSyntaxError):
            name, line = mistake.name or name, mistake.lineno
        else:
            for frame in traceback.extract_tb(mistake.__traceback__):
                if frame.name in ("top-level template code", "template") or frame.name.startswith(
                    ("block ", "macro ")
                ):
                    line = frame.lineno
                    name = frame.filename if frame.filename in self.templates else name
        place = Place(self.origins.get(f"templates/{name}", f"templates/{name}"), line)
        message = f"The template cannot be filled in: {mistake.message or type(mistake).__name__}."
        hint = "Correct the name, or remove your copy of the template to use the house's."
        return Query("bad-template", message.replace("..", "."), hint, place)


def direction(language: str) -> str:
    """“rtl” for a language that is written from right to left, else “ltr”."""
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in RIGHT_TO_LEFT else "ltr"


def balance(text: str, most: int) -> Markup:
    """A plain text with line breaks that make its lines about equally long.

    `most` is how many characters a line can take; text with markup in it is left alone.
    """
    words = str(text).split()
    lines = -(-len(str(text)) // most)
    if lines < 2 or "<" in str(text):
        return escape(text)
    broken, rest = [], words
    for left in range(lines, 1, -1):
        goal = len(" ".join(rest)) / left
        cuts = range(1, len(rest))
        cut = min(cuts, key=lambda n: abs(len(" ".join(rest[:n])) - goal), default=len(rest))
        broken.append(" ".join(rest[:cut]))
        rest = rest[cut:]
    marked = [
        Markup(line) if isinstance(text, Markup) else escape(line)
        for line in (*broken, " ".join(rest))
    ]
    return Markup(" <br>").join(marked)


def read_house_style(book_folder: Path | None = None) -> HouseStyle:
    """The house style with a book's own templates and styles in place of the house's."""
    templates: dict[str, str] = {}
    styles: dict[str, bytes] = {}
    origins: dict[str, str] = {}
    for kind in ("templates", "styles"):
        roots = [house_folder() / kind]
        if book_folder is not None and (book_folder / kind).is_dir():
            roots.append(book_folder / kind)
        for root in roots:
            for path in sorted(root.rglob("*")):
                if not path.is_file() or path.name.startswith("."):
                    continue
                name = path.relative_to(root).as_posix()
                origins[f"{kind}/{name}"] = str(path)
                if kind == "templates":
                    templates[name] = _text_of(path)
                else:
                    if name.endswith(".css"):
                        _text_of(path)
                    styles[name] = path.read_bytes()
    house_words = _text_of(house_folder() / "templates" / WORDS)
    return HouseStyle(templates, styles, origins, house_words)


def _text_of(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as mistake:
        place = Place(str(path), data.count(b"\n", 0, mistake.start) + 1)
        hint = "Save the file as UTF-8 in your editor."
        query = Query("bad-encoding", "The file is not UTF-8 text.", hint, place)
        raise Unprintable([query]) from None


def house_folder() -> Path:
    """The folder that holds the house's `templates/` and `styles/`."""
    installed = PACKAGE / "house"
    return installed if installed.is_dir() else PACKAGE.parent
