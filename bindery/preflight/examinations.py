"""What became of examining finished files."""

from __future__ import annotations

from dataclasses import dataclass

from bindery.errata import Severity
from bindery.preflight.findings import Finding
from bindery.preflight.jobs import Job
from bindery.preflight.outlines import Outline
from bindery.preflight.proofs import Proof


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in one finished file."""

    name: str
    """The file's."""
    findings: tuple[Finding, ...]
    """Those about the whole file first, then page by page."""
    proofs: tuple[Proof, ...] = ()
    """Its pages as they look; none where it could not be opened."""
    outlines: tuple[tuple[Outline, ...], ...] = ()
    """For each page, the lines that it should keep to."""

    @property
    def is_sound(self) -> bool:
        """Whether the printer should take the file; there may be warnings."""
        return all(found.severity is not Severity.ERROR for found in self.findings)

    def count(self, severity: Severity) -> int:
        """How many findings are that bad."""
        return sum(1 for found in self.findings if found.severity is severity)


@dataclass(frozen=True, slots=True)
class Upload:
    """The files for one printer, examined."""

    job: Job
    pages: int
    """Of the interior."""
    examinations: tuple[Examination, ...]

    @property
    def is_sound(self) -> bool:
        """Whether the printer should take all of them."""
        return all(examination.is_sound for examination in self.examinations)
