"""PDF/A-1b, which Barnes & Noble Press asks for, judged by pikepdf's own validator.

It approves only of what it knows to be right, so that it may complain without need, but does
not let a wrong file pass.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from bindery.preflight.findings import Finding, against
from bindery.printers import FileRules, PdfKind

FLAVOUR = "1b"
TO_DO = "Export the file as PDF/A-1b."


def examine_archival(data: bytes, rules: FileRules) -> Iterator[Finding]:
    """Every rule of PDF/A-1b that a file breaks, where the printer wants such a file.

    Findings name the clause of ISO 19005-1, such as 6.3.4, and the object.
    """
    if rules.kind.value is not PdfKind.A1B:
        return
    from pikepdf import pdfa  # noqa: PLC0415 - loads schemas that only this printer needs

    for found in pdfa.validate_written(io.BytesIO(data), FLAVOUR).findings:
        clause = found.rule.replace("_", " ")
        what = f"{found.message.rstrip('.')} ({found.where})."
        yield against(rules.kind, "pdf-a", None, what, clause, TO_DO)
