"""Plain text without any Markdown in it, written as Markdown."""

from __future__ import annotations

import re

MARKDOWN = re.compile(r"^#{1,6}[ \t]+\S|^[^\n]*\S[^\n]*\n={3,}[ \t]*$", re.M)
BREAK = re.compile(r"^[*\-_=~#•\s]{3,}$")
LEADING = re.compile(r"^(?:[#>+=~:|-]|\d+(?=\.))")
LONGEST_TITLE = 100
"""Characters; a longer first line is a paragraph."""


def is_plain(name: str, text: str) -> bool:
    """Whether a file is plain text: a .txt file without Markdown headings."""
    return name.lower().endswith(".txt") and not MARKDOWN.search(text)


def from_plain(text: str) -> tuple[str, str]:
    """The title that a plain text begins with (empty when it has none), and the rest."""
    paragraphs = [block.strip() for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    title = ""
    if paragraphs and "\n" not in paragraphs[0] and not BREAK.match(paragraphs[0]):
        first = paragraphs[0]
        if len(first) <= LONGEST_TITLE and first[-1] not in ".,;:" and re.search(r"\w", first):
            title = escaped(" ".join(paragraphs.pop(0).split()))
    return title, "\n\n".join(_paragraph(block) for block in paragraphs) + "\n"


def escaped(words: str) -> str:
    """Words in which no character means anything to Markdown."""
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace("[", "&#91;")
    words = re.sub(r"([\\`*_{}\]])", r"\\\1", words)
    return re.sub(r"#(?=#*$)", r"\\#", words)


def _paragraph(block: str) -> str:
    if BREAK.match(block):
        return "***"
    words = escaped(" ".join(block.split()))
    return LEADING.sub(lambda sign: "".join(f"&#{ord(c)};" for c in sign[0]), words)
