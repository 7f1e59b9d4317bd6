"""The file as a whole: its version, what it says of itself, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bindery.errata import Severity
from bindery.preflight.facts import File, Intent
from bindery.preflight.findings import Finding, against, against_standard
from bindery.preflight.jobs import Job
from bindery.printers import FileRules, Forbidden, PdfKind, Ruled

PACKED_SINCE = "1.5"
"""The version of PDF that brought object streams."""
VERSIONS = {PdfKind.X1A: "1.3", PdfKind.A1B: "1.4"}
"""The version that a kind of PDF stands on (ISO 15930-1, ISO 19005-1)."""
X_KEYS = {
    "GTS_PDFXVersion": "PDF/X-1:2001",
    "GTS_PDFXConformance": "PDF/X-1a:2001",
}
XMP_TITLE = "{http://purl.org/dc/elements/1.1/}title"
X_NEEDED = ("Title", "CreationDate", "ModDate")
INTENT = "GTS_PDFX"
NOT_IN_X1A = frozenset({"LZWDecode", "JPXDecode", "JBIG2Decode", "Crypt"})
"""Ways of packing that PDF/X-1a forbids, or that came after PDF 1.3."""
INKS = 4

EXTRAS: Mapping[str, tuple[str, Forbidden | None, str]] = {
    "bookmarks": ("outline", Forbidden.BOOKMARKS, "bookmarks"),
    "javascript": ("javascript", None, "a script"),
    "open-action": ("open-action", None, "an action for when it is opened"),
    "form": ("form", Forbidden.ANNOTATIONS, "form fields"),
    "layers": ("layers", Forbidden.LAYERS, "layers"),
    "attachment": ("embedded-file", None, "another file inside of it"),
    "permissions": ("encrypted", Forbidden.ENCRYPTION, "a signature that restricts its use"),
    "destinations": ("destinations", Forbidden.BOOKMARKS, "named places for links"),
}
"""By what hangs on the catalogue: the check's name, who forbids it, and what it is called."""


def examine_document(file: File, job: Job, rules: FileRules) -> Iterator[Finding]:
    """Everything about the file that is not about one of its pages."""
    yield from _version(file, rules)
    yield from _locks(file, job)
    yield from _extras(file, job, rules)
    if rules.kind.value is PdfKind.X1A:
        yield from _keys(file, rules.kind)
    wanted = rules.output_intent.value
    if rules.kind.value is PdfKind.X1A and wanted is not None:
        yield from _intents(file.intents, rules, wanted)
    most = rules.most_bytes.value
    if most is not None and file.bytes > most:
        what = f"The file has {file.bytes / 1e6:.0f} MB."
        limit = f"{most / 1e6:.0f} MB at most"
        yield against(rules.most_bytes, "file-size", None, what, limit, "Use smaller pictures.")


def _version(file: File, rules: FileRules) -> Iterator[Finding]:
    wanted = rules.version.value or VERSIONS.get(rules.kind.value)
    rule: Ruled[object] = rules.version if rules.version.value else rules.kind
    if wanted and file.version != wanted and not (rule is rules.kind and file.version < wanted):
        what = f"The file is PDF {file.version}."
        yield against(rule, "pdf-version", None, what, f"PDF {wanted}", "Export the file anew.")
    if file.object_streams and (wanted or file.version) < PACKED_SINCE:
        what = "Objects are packed into streams, which older programs cannot open."
        to_do = "Save the file without object streams."
        yield against(rule, "object-streams", None, what, "no object streams", to_do)


def _locks(file: File, job: Job) -> Iterator[Finding]:
    if file.encrypted:
        what, to_do = "The file is encrypted.", "Save it without a password or restrictions."
        rule = job.against(Forbidden.ENCRYPTION, job.printer.interior)
        if rule is None:
            yield against_standard("encrypted", None, what, "no encryption", to_do)
        else:
            yield against(rule, "encrypted", None, what, "no encryption", to_do)


def _extras(file: File, job: Job, rules: FileRules) -> Iterator[Finding]:
    for kind in dict.fromkeys(mark.kind for mark in file.extras):
        code, forbidden, called = EXTRAS[kind]
        what, limit = f"The file has {called}.", "only what can be printed"
        to_do = "Take it out; the screen edition may keep it."
        rule = job.against(forbidden, rules) if forbidden else None
        if rule is not None:
            yield against(rule, code, None, what, limit, to_do)
        else:
            mild = kind == "destinations"
            severity = Severity.WARNING if mild or forbidden else Severity.ERROR
            yield against_standard(code, None, what, limit, to_do, severity=severity)


def _keys(file: File, kind: Ruled[PdfKind]) -> Iterator[Finding]:
    """What a PDF/X-1a must say of itself (ISO 15930-1, 6.2 and 6.13)."""
    to_do = "Export the file as PDF/X-1a:2001."
    for key, value in X_KEYS.items():
        if file.said(key) != value:
            said = file.said(key) or "nothing"
            what = f"For {key} the file says {said}."
            yield against(kind, "pdf-x", None, what, value, to_do)
    for key in X_NEEDED:
        if not file.said(key):
            what = f"The file does not say its {key}."
            yield against(kind, "pdf-x", None, what, f"a {key}", to_do)
    if file.said("Trapped") not in ("/True", "/False"):
        what = "The file does not say whether it is trapped."
        yield against(kind, "pdf-x", None, what, "Trapped True or False", to_do)
    titles = [value for key, value in file.xmp if key == XMP_TITLE]
    if titles and titles != [file.said("Title")]:
        what = f"For people the title is “{file.said('Title')}”, for machines “{titles[0]}”."
        yield against(kind, "pdf-x", None, what, "one title", to_do)
    for name in sorted(file.compressions & NOT_IN_X1A):
        what, limit = f"Something is packed by {name}.", "what PDF/X-1a knows, such as Flate"
        yield against(kind, "compression", None, what, limit, to_do)
    if not file.has_id:
        yield against(kind, "pdf-x", None, "The file has no identifier.", "an ID", to_do)


def _intents(found: tuple[Intent, ...], rules: FileRules, wanted: str) -> Iterator[Finding]:
    own = [intent for intent in found if intent.kind == INTENT]
    to_do = f"Export the file with the output intent {wanted}, and only that."
    code, rule = "output-intent", rules.output_intent
    if len(own) != 1:
        count = "no output intent" if not own else f"{len(own)} output intents"
        yield against(rules.kind, code, None, f"The file has {count}.", wanted, to_do)
        return
    if own[0].identifier != wanted:
        what = f"The output intent is “{own[0].identifier}”."
        yield against(rule, code, None, what, wanted, to_do)
    if own[0].components not in (0, INKS):
        what = f"The profile of the output intent has {own[0].components} components."
        yield against(rule, code, None, what, "a CMYK profile", to_do)
