"""The checklist of an upload: the fields of the printer's form, and what belongs into each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bindery.errata import Severity
from bindery.house_style import HouseStyle
from bindery.metadata import Metadata
from bindery.paper import said
from bindery.preflight import Upload
from bindery.print_orders import PrintOrder
from bindery.wrap import Wrap

TEMPLATE = "uploads/checklist.html.j2"
NOTHING = "leave empty"


@dataclass(frozen=True, slots=True)
class Filled:
    """A field of the form."""

    label: str
    """As the printer calls it."""
    lines: tuple[str, ...]
    """What to type in or to choose; several where the form asks for several."""
    is_typed: bool
    """Whether it can be copied word for word; else it says what to do."""


@dataclass(frozen=True, slots=True)
class _Matter:
    """All that the form may ask for."""

    order: PrintOrder
    upload: Upload
    wrap: Wrap
    metadata: Metadata


def checklist(
    order: PrintOrder, upload: Upload, wrap: Wrap, metadata: Metadata, house: HouseStyle
) -> str:
    """A web page that is complete in itself: the form filled in, remarks, and what was found."""
    matter = _Matter(order, upload, wrap, metadata)
    findings = [found for each in upload.examinations for found in each.findings]
    return house.render(
        TEMPLATE,
        title=metadata.title,
        language=metadata.language,
        printer=order.printer,
        fields=fill_in(matter),
        rules=_rules(order),
        warnings=[found for found in findings if found.severity is Severity.WARNING],
    )


def fill_in(matter: _Matter) -> tuple[Filled, ...]:
    """Every field of the printer's form, in its order."""
    filled = []
    for field in matter.order.printer.form:
        typed = TYPED.get(field.key)
        lines = typed(matter.metadata) if typed else TOLD[field.key](matter)
        found = tuple(line for line in lines if line)
        is_typed = typed is not None and bool(found)
        filled.append(Filled(field.label, found or (NOTHING,), is_typed))
    return tuple(filled)


def _contributors(metadata: Metadata) -> tuple[str, ...]:
    return tuple(f"{who.name} ({', '.join(who.roles)})" for who in metadata.contributors)


def _date(metadata: Metadata) -> tuple[str, ...]:
    return (metadata.date.isoformat() if metadata.date is not None else "",)


TYPED: dict[str, Callable[[Metadata], tuple[str, ...]]] = {
    "title": lambda metadata: (metadata.title,),
    "subtitle": lambda metadata: (metadata.subtitle,),
    "contributors": _contributors,
    "publisher": lambda metadata: (metadata.publisher,),
    "language": lambda metadata: (metadata.language,),
    "description": lambda metadata: metadata.paragraphs,
    "subjects": lambda metadata: metadata.subjects,
    "keywords": lambda metadata: metadata.keywords,
    "date": _date,
    "rights": lambda metadata: (metadata.rights,),
    "isbn": lambda metadata: (metadata.identifiers.isbn_print or "",),
}
"""Fields that are typed in as the book has them, by the key of the field."""


def _bleed(matter: _Matter) -> tuple[str, ...]:
    return ("bleed" if matter.upload.job.bleeds else "no bleed",)


def _spine(matter: _Matter) -> tuple[str, ...]:
    text = "with text" if matter.wrap.has_spine_text else "without text"
    return (f"{said(matter.wrap.sheet.spine.width)}, {text}",)


def _barcode(matter: _Matter) -> tuple[str, ...]:
    if matter.wrap.has_barcode:
        return ("It is on the cover already.",)
    return ("There is none on the cover; its place is left free for the printer's.",)


def _file(matter: _Matter, place: int) -> tuple[str, ...]:
    return (f"Upload {matter.upload.examinations[place].name}.",)


TOLD: dict[str, Callable[[_Matter], tuple[str, ...]]] = {
    "trim": lambda matter: (str(matter.upload.job.trim),),
    "stock": lambda matter: (matter.upload.job.stock.title,),
    "pages": lambda matter: (str(matter.upload.pages),),
    "bleed": _bleed,
    "spine": _spine,
    "barcode": _barcode,
    "interior": lambda matter: _file(matter, 0),
    "cover": lambda matter: _file(matter, 1),
}
"""Fields in which something is chosen or uploaded."""


def _rules(order: PrintOrder) -> tuple[tuple[str, str], ...]:
    """What no field says, with who says so."""
    return tuple((rule.value, rule.pedigree) for rule in order.printer.remarks)
