"""A finished file taken apart into facts: opened, read to the end, judged by nobody yet."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from bindery.preflight.drawing import Seen, Walk
from bindery.preflight.facts import Box, File, Font, Intent, Mark, Page
from bindery.preflight.matrices import UNMOVED
from bindery.preflight.pictures import Album
from bindery.preflight.states import State

HEADER = re.compile(rb"%PDF-(\d\.\d)")
PACKED = re.compile(rb"/Type\s*/(?:ObjStm|XRef)\b")
DAMAGED = (
    *(pikepdf.PdfError, pikepdf.DataDecodingError),
    *(AttributeError, KeyError, TypeError, ValueError),
)
"""What pikepdf raises when an object is not what the standard says that it must be."""
CATALOGUE = {
    "/Outlines": "bookmarks",
    "/OpenAction": "open-action",
    "/AA": "open-action",
    "/AcroForm": "form",
    "/OCProperties": "layers",
    "/AF": "attachment",
    "/Collection": "attachment",
    "/Perms": "permissions",
}
"""Keys of the catalogue that no file for a printer needs."""
NAMES = {
    "/JavaScript": "javascript",
    "/EmbeddedFiles": "attachment",
    "/Dests": "destinations",
}
"""The same of its trees of names."""


class UnopenableError(Exception):
    """The file cannot be opened: it is damaged, or asks for a password."""

    def __init__(self, reason: str, *, is_locked: bool = False) -> None:
        super().__init__(reason)
        self.is_locked = is_locked


def inspect(data: bytes) -> File:
    """Everything that the checks want to know of a PDF; `UnopenableError` when it is none."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _inspect(pdf, data)
    except pikepdf.PasswordError:
        raise UnopenableError("it asks for a password", is_locked=True) from None
    except DAMAGED as mistake:
        raise UnopenableError(f"it is damaged: {mistake}") from None


def _inspect(pdf: pikepdf.Pdf, data: bytes) -> File:
    if not pdf.pages:
        raise UnopenableError("it has no pages")
    album = Album()
    fonts: dict[tuple[int, int], Font] = {}
    header = HEADER.search(data[:1024])
    versions = [header[1].decode() if header else "", str(pdf.Root.get("/Version", ""))[1:]]
    info = pdf.docinfo if "/Info" in pdf.trailer else Dictionary()
    return File(
        version=max(versions),
        encrypted=pdf.is_encrypted,
        object_streams=PACKED.search(data) is not None,
        pages=tuple(
            _page(number, page, album, fonts) for number, page in enumerate(pdf.pages, start=1)
        ),
        extras=tuple(sorted(set(_extras(pdf.Root)))),
        intents=tuple(map(_intent, pdf.Root.get("/OutputIntents", ()))),
        info=tuple(sorted((key[1:], str(value)) for key, value in info.items())),
        compressions=frozenset(_compressions(pdf)),
        xmp=_xmp(pdf),
        has_id="/ID" in pdf.trailer,
        bytes=len(data),
    )


def _extras(root: Object) -> Iterator[Mark]:
    """What hangs on the catalogue."""
    for key, kind in CATALOGUE.items():
        if key in root and not _is_empty(root[key]):
            yield Mark(kind)
    for key, kind in NAMES.items():
        if key in root.get("/Names", Dictionary()):
            yield Mark(kind)
    action = root.get("/OpenAction")
    if isinstance(action, Dictionary) and action.get("/S") == Name.JavaScript:
        yield Mark("javascript")
    if "/Dests" in root:
        yield Mark("destinations")


def _is_empty(thing: Object) -> bool:
    """Whether an outline has no lines, or a form no fields."""
    if not isinstance(thing, Dictionary):
        return False
    kind = str(thing.get("/Type", ""))
    return (kind == "/Outlines" and "/First" not in thing) or not len(thing)


def _intent(intent: Object) -> Intent:
    profile = intent.get("/DestOutputProfile")
    return Intent(
        str(intent.get("/S", ""))[1:],
        str(intent.get("/OutputConditionIdentifier", "")),
        0 if profile is None else int(profile.get("/N", 0)),
    )


def _compressions(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The filters of all streams."""
    for thing in pdf.objects:
        if isinstance(thing, Stream):
            filters = thing.get("/Filter", Array([]))
            named = filters if isinstance(filters, Array) else (filters,)
            yield from (str(name)[1:] for name in named)


def _xmp(pdf: pikepdf.Pdf) -> tuple[tuple[str, str], ...]:
    """What the document says for machines; nothing, where that cannot be read."""
    if "/Metadata" not in pdf.Root:
        return ()
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as found:
        return tuple(sorted((key, value) for key, value in found.items() if type(value) is str))


def _page(
    number: int, page: pikepdf.Page, album: Album, fonts: dict[tuple[int, int], Font]
) -> Page:
    """One page, walked over."""
    seen = Seen()
    resources = _inherited(page.obj, "/Resources")
    resources = Dictionary() if resources is None else resources
    if "/Contents" in page.obj:
        Walk(seen, album, resources, State(matrix=UNMOVED), 0).over(page)
    named = [*seen.fonts.values(), *resources.get("/Font", Dictionary()).values()]
    rotation, unit = _inherited(page.obj, "/Rotate"), page.obj.get("/UserUnit", 1)
    return Page(
        number=number,
        media=_box(_inherited(page.obj, "/MediaBox")) or (0, 0, 0, 0),
        trim=_box(page.obj.get("/TrimBox")),
        bleed=_box(page.obj.get("/BleedBox")),
        crop=_box(_inherited(page.obj, "/CropBox")),
        rotation=0 if rotation is None else int(rotation) % 360,
        unit=float(unit),
        paints=tuple(sorted(seen.paints, key=repr)),
        pictures=tuple(sorted(seen.pictures)),
        fonts=_fonts(named, fonts),
        marks=tuple(sorted(seen.marks | set(_marks(page.obj, resources)))),
    )


def _inherited(page: Object, key: str) -> Object | None:
    """A value of a page, or of the tree of pages above it."""
    node: Object | None = page
    for _ in range(64):
        if node is None or key in node:
            break
        node = node.get("/Parent")
    return None if node is None else node.get(key)


def _box(array: Object | None) -> Box | None:
    """A rectangle, whichever of its corners come first; None for what is none."""
    if not isinstance(array, Array) or len(array) != 4:
        return None
    a, b, c, d = (round(float(number), 4) for number in array)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _marks(page: Object, resources: Object) -> Iterator[Mark]:
    """What hangs on a page beside its content."""
    for annotation in page.get("/Annots", ()):
        yield Mark("annotation", str(annotation.get("/Subtype", ""))[1:])
    if (group := page.get("/Group")) is not None:
        yield Mark("group", str(group.get("/S", ""))[1:])
    if "/AA" in page:
        yield Mark("open-action")
    for key in resources.get("/ColorSpace", Dictionary()):
        if key in ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK"):
            yield Mark("default-space", str(key)[1:])


def _fonts(named: Iterable[Object], known: dict[tuple[int, int], Font]) -> tuple[Font, ...]:
    found = set()
    for font in named:
        if not font.is_indirect:
            found.add(_font(font))
            continue
        if font.objgen not in known:
            known[font.objgen] = _font(font)
        found.add(known[font.objgen])
    return tuple(sorted(found))


def _font(font: Object) -> Font:
    kind = str(font.get("/Subtype", ""))[1:]
    described = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = described.get("/FontDescriptor", Dictionary())
    embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    readable = "/ToUnicode" in font or (kind != "Type0" and "/Encoding" in font)
    name = str(font.get("/BaseFont", font.get("/Name", "/?")))[1:]
    program = descriptor.get("/FontFile3", Dictionary()).get("/Subtype", "")
    return Font(name, kind, embedded or kind == "Type3", readable, str(program)[1:])
