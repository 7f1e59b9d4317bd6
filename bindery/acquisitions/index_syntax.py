r"""What other presses' index marks say, each in its own language, as our marks say it.

pandoc and Quarto write attributes on a span, LaTeX (and with it bookdown) an argument of
`\index`, the Electric Book comments with an entry a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bindery.book import Extent
from bindery.markup.dialect import inline
from bindery.markup.tree import plain

Path = tuple[str, ...]
VALUE = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[^\s\"'{}]+"
ATTRIBUTES = re.compile(
    rf"\{{:?\s*+(?P<all>(?>(?>\.[\w-]+|#[\w.:-]+|[\w-]+=(?:{VALUE}))\s*+)++)\}}", re.S
)
ATTRIBUTE = re.compile(rf"\.(?P<class>[\w-]+)|#[\w.:-]+|(?P<key>[\w-]+)=(?P<value>{VALUE})", re.S)
RANGES = {
    "start": Extent.OPENS,
    "open": Extent.OPENS,
    "end": Extent.CLOSES,
    "close": Extent.CLOSES,
}
KEYS = {"entry", "see", "seealso", "see-also", "see_also", "range", "mention", "sort"}
DRESS = re.compile(r"\\(?:emph|text(?:bf|it|md|normal|rm|sc|sf|sl|tt|up))\s*\{([^{}]*)\}")
SIGN = re.compile(r"\\([&%_#$])")
LEAD = re.compile(r"(?P<kind>see|seealso)\s*\{(?P<words>.*)\}", re.S)
STAND_INS = "\ue010\ue011\ue012"
"""Stand for the signs ! @ | that are quoted, as long as an argument is taken apart."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that a mark wants of the index."""

    path: Path
    """Heading and sub-headings."""
    extent: Extent | None = Extent.POINT
    """None when it wants no locator, but only a cross-reference."""
    principal: bool = False
    see: str = ""
    """Where a reader should look instead, as its author wrote it."""
    see_also: str = ""
    sorts: tuple[str, ...] = ()
    """What each level is ordered by; empty for its heading."""


def wish_of_span(words: str, attributes: str) -> Wish:
    """What `[words]{.index …}` says; ValueError when it is not understood."""
    found = list(ATTRIBUTE.finditer(attributes[1:-1]))
    given = {each["key"]: _unquoted(each["value"]) for each in found if each["key"]}
    others = [each for each in found if not each["key"] and each["class"] != "index"]
    if others or not KEYS.issuperset(given):
        raise ValueError(attributes)
    extent = RANGES.get(given["range"]) if "range" in given else Extent.POINT
    if extent is None or given.get("mention", "principal") != "principal":
        raise ValueError(attributes)
    entry = given.get("entry", "")
    path = tuple(_level(level) for level in entry.split("!")) if entry else (_level(bare(words)),)
    see_also = next((given[key] for key in ("seealso", "see-also", "see_also") if key in given), "")
    see = given.get("see", "")
    sorts = ("",) * (len(path) - 1) + (given.get("sort", ""),)
    if extent is Extent.POINT and (see or see_also):
        return Wish(path, None, see=see, see_also=see_also, sorts=sorts)
    return Wish(path, extent, "mention" in given, see, see_also, sorts)


def wish_of_command(argument: str) -> Wish:
    r"""What `\index{argument}` says in the language of makeindex; ValueError when it is none.

    Levels are parted by `!`, what one is ordered by stands before `@`, and `|` begins what is
    to be done with the number; the sign `"` makes the next one a sign like any other.
    """
    shielded = re.sub(
        r'(?<!\\)"(.)',
        lambda q: STAND_INS["!@|".index(q[1])] if q[1] in "!@|" else q[1],
        argument,
        flags=re.S,
    )
    head, _, style = shielded.partition("|")
    pairs = [level.rpartition("@") for level in head.split("!")]
    path = tuple(_level(_from_tex(heading)) for _, _, heading in pairs)
    sorts = tuple(" ".join(_shown(key).split()) for key, _, _ in pairs)
    style = style.strip()
    if lead := LEAD.fullmatch(style):
        words = _from_tex(lead["words"])
        is_see = lead["kind"] == "see"
        see, see_also = (words, "") if is_see else ("", words)
        return Wish(path, None, see=see, see_also=see_also, sorts=sorts)
    signs = {"(": Extent.OPENS, ")": Extent.CLOSES}
    extent = signs.get(style[:1], Extent.POINT)
    rest = style[1:] if style[:1] in signs else style
    if rest not in ("", "textbf"):
        raise ValueError(argument)
    return Wish(path, extent, rest == "textbf" and extent is not Extent.CLOSES, sorts=sorts)


def wishes_of_comment(text: str) -> Iterator[Wish]:
    """What a comment `<!--index: text -->` of the Electric Book says; ValueError if nothing."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        raise ValueError(text)
    for line in lines:
        opens, closes = line.endswith("~"), line.startswith("~")
        if opens and closes:
            raise ValueError(text)
        path = tuple(_level(level) for level in re.split(r"\\{1,2}", line.strip("~")))
        yield Wish(path, Extent.OPENS if opens else Extent.CLOSES if closes else Extent.POINT)


def written(paths: Iterable[Path], extent: Extent, principal: bool) -> str:
    """Our mark for entries at one place, each once."""
    sign = {Extent.OPENS: "(", Extent.CLOSES: ")", Extent.NOT_HERE: "-"}.get(extent, "")
    entries = "; ".join(dict.fromkeys(" > ".join(path) for path in paths))
    return f"<!--ix{'!' if principal else ''}{sign}: {entries}-->"


def bare(markdown: str) -> str:
    """The words of a piece of running text, without its markup."""
    words = re.sub(r"\[\^[^\]]*\]", "", markdown)
    return plain(inline(words)) if re.search(r"[*_`\[\\&<]", words) else words


def _level(words: str) -> str:
    """A heading on one line; ValueError when no mark of ours could hold it."""
    heading = " ".join(_shown(words).split()).replace("---", "—").replace("--", "–")
    if not re.search(r"\w", heading) or re.search(r"[;>]|^[!()-]\s|^!", heading):
        raise ValueError(words)
    return heading


def _unquoted(value: str) -> str:
    if value[:1] in ("'", '"'):
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value


def _from_tex(words: str) -> str:
    """What TeX prints; ValueError when that cannot be told."""
    while (bare_words := DRESS.sub(r"\1", words)) != words:
        words = bare_words
    words = SIGN.sub(r"\1", words.replace("~", " ")) if "\\" in words else words.replace("~", " ")
    if re.search(r"[\\{}]", words):
        raise ValueError(words)
    return words.replace("``", "“").replace("''", "”")


def _shown(words: str) -> str:
    for stand_in, sign in zip(STAND_INS, "!@|", strict=True):
        words = words.replace(stand_in, sign)
    return words
