"""What is said on the pages: the ISBN, and words that only held the place of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bindery.errata import Severity
from bindery.preflight.findings import Finding, against, against_standard
from bindery.preflight.jobs import Job
from bindery.preflight.proofs import Proof
from bindery.printers import Forbidden

ISBN = re.compile(r"97[89](?:[-‐‑–\u2060 ]?\d){10}")
PLACEHOLDER = re.compile(r"lorem\s+ipsum", re.IGNORECASE)
FRONT = 12
"""Pages among which that of the copyright is."""
HOUSE = "Bindery's own safe default"


def examine_words(proofs: Sequence[Proof], job: Job) -> Iterator[Finding]:
    """The words of an interior."""
    yield from _isbns(proofs[:FRONT], job)
    rule = job.printer.forbids(Forbidden.PLACEHOLDERS)
    for proof in proofs:
        if rule is not None and (found := PLACEHOLDER.search(proof.text)):
            what = f"“{' '.join(found[0].split())}” holds the place of other words."
            limit, to_do = "no placeholders", "Put the right words there."
            yield against(rule, "placeholder", proof.number, what, limit, to_do)


def _isbns(proofs: Sequence[Proof], job: Job) -> Iterator[Finding]:
    """Where an ISBN is printed, it must be this edition's; others may stand beside it."""
    printed = {
        "".join(sign for sign in found if sign.isdigit()): proof.number
        for proof in proofs
        for found in ISBN.findall(proof.text)
    }
    if job.digits and printed and job.digits not in printed:
        number = next(iter(printed.values()))
        what = f"The ISBN that is printed is {', '.join(printed)}, and not that of this book."
        to_do = "Print the ISBN of this edition on the copyright page."
        mild = Severity.WARNING
        yield against_standard("isbn", number, what, job.isbn, to_do, HOUSE, mild)
