"""What an examination finds: where, what is wrong, who says so, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bindery.errata import Severity
from bindery.printers import Certainty, Ruled

STANDARD = "the PDF standard"
"""Who rules what no printer has to say."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a finished file that the printer would not like."""

    code: str
    """Stable name of the check, such as `gutter`."""
    page: int | None
    """Counted from 1; None when the whole file is meant."""
    what: str
    """What is wrong, in one sentence, with the measured value."""
    limit: str
    """What it should be."""
    to_do: str
    """What to do about it, in one sentence."""
    source: str
    """Who says so, when that was reviewed, and how sure it is."""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = "" if self.page is None else f"page {self.page}: "
        return f"{where}{self.severity}: {self.what} {self.to_do}"


def against(
    rule: Ruled[Any], code: str, page: int | None, what: str, limit: str, to_do: str
) -> Finding:
    """A finding against a printer's rule.

    It is a warning where the rule is but advice, or a safe default that nobody confirmed: then
    it is no reason to be refused.
    """
    source = f"{rule.pedigree}. {rule.note}".rstrip(". ") + "."
    mild = rule.advice or rule.certainty is Certainty.UNCONFIRMED
    severity = Severity.WARNING if mild else Severity.ERROR
    return Finding(code, page, what, limit, to_do, source, severity)


def against_standard(
    code: str,
    page: int | None,
    what: str,
    limit: str,
    to_do: str,
    source: str = STANDARD,
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding that holds for every printer."""
    return Finding(code, page, what, limit, to_do, f"{source}.", severity)


def gathered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings without repetitions: those on the whole file first, then page by page."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda found: (found.page or 0, found.severity)))
