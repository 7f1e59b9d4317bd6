"""The command `printers`: what each printer takes, who says so, and since when we know."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from bindery.desk.display import Display
from bindery.paper import Edges, Points, SpinePerPage, Trim, inches
from bindery.paper.measures import decimal, in_inches, said
from bindery.printers import PRINTERS, FileRules, Printer, Ruled, Stock, find

Row = tuple[str, str, Ruled[Any]]
"""What a rule is about, what it says, and who says so."""


def run(options: argparse.Namespace, display: Display) -> None:
    """List every printer, or one with the source of each of its numbers."""
    printers = [find(options.printer)] if options.printer else list(PRINTERS.values())
    display.data({"unit": "points", "printers": [as_data(printer) for printer in printers]})
    for number, printer in enumerate(printers):
        if number:
            display.say("")
        display.say(f"{printer.title} ({printer.key})")
        listed = _whole(printer) if options.printer else _short(printer)
        for line in listed:
            display.say(f"    {line}".rstrip())
    if not options.printer:
        display.say("\nEvery number with its source: build.py printers NAME")


def as_data(value: Any) -> Any:
    """A printer for machines: lengths in points, and each number with its source."""
    if isinstance(value, Ruled):
        return {
            "value": as_data(value.value),
            "source": value.source.name,
            "address": value.source.address,
            "reviewed": value.reviewed.isoformat(),
            "certainty": value.certainty.value,
            "note": value.note,
            "advice": value.advice,
        }
    if isinstance(value, Trim):
        return {"name": value.name, "width": float(value.width), "height": float(value.height)}
    if is_dataclass(value):
        return {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [as_data(part) for part in value]
    if isinstance(value, Fraction):
        return float(value)
    return value.value if isinstance(value, StrEnum) else value


def _short(printer: Printer) -> Iterator[str]:
    """The rules that decide whether a book can be printed there, then all sources in a line."""
    rows = [
        *_paper(printer),
        *((stock.key, _pages(stock), stock.pages) for stock in printer.stocks),
        *_page(printer),
        ("Interior", _kind(printer.interior), printer.interior.kind),
        ("Cover", _kind(printer.cover_file), printer.cover_file.kind),
    ]
    for about, what, _ in rows:
        yield f"{about}: {what}"
    told = {
        f"{ruled.source.name} ({ruled.certainty}, reviewed {ruled.reviewed})": None
        for _, _, ruled in rows
    }
    yield f"Sources: {'; '.join(told)}"


def _whole(printer: Printer) -> Iterator[str]:
    """Every rule, with its source below it."""
    rows = [*_paper(printer), *_stocks(printer), *_page(printer), *_files(printer)]
    rows += [*_cover(printer), *_drawing(printer)]
    rows += [("Forbidden", ruled.value.value, ruled) for ruled in printer.forbidden]
    rows += [("Remark", ruled.value, ruled) for ruled in printer.remarks]
    for about, what, ruled in rows:
        advice = " (recommended)" if ruled.advice else ""
        yield f"{about}: {what}{advice}"
        yield f"    {ruled.pedigree}"
        if ruled.note:
            yield f"    {ruled.note}"


def _paper(printer: Printer) -> Iterator[Row]:
    yield "Trims", ", ".join(trim.name for trim in printer.trims.value), printer.trims
    custom = printer.custom_trims
    if custom.value is None:
        yield "Other trims", "none", custom
    elif custom.value.least is None or custom.value.most is None:
        yield "Other trims", "yes, within limits that are not known", custom
    else:
        least, most = custom.value.least.name, custom.value.most.name
        yield "Other trims", f"from {least} to {most}", custom


def _stocks(printer: Printer) -> Iterator[Row]:
    for stock in printer.stocks:
        yield stock.key, _pages(stock), stock.pages
        if stock.ceilings:
            caps = (
                f"at most {cap.most} in {', '.join(trim.name for trim in cap.trims)}"
                for cap in stock.ceilings.value
            )
            yield f"{stock.key}, large trims", "; ".join(caps), stock.ceilings
        if stock.trims:
            names = ", ".join(trim.name for trim in stock.trims.value)
            yield f"{stock.key}, trims", names, stock.trims
        yield f"{stock.key}, spine", _spine(stock), stock.spine


def _pages(stock: Stock) -> str:
    return f"{stock.title}, {stock.pages.value} pages"


def _spine(stock: Stock) -> str:
    rule = stock.spine.value
    if rule is None:
        return "not known"
    if not isinstance(rule, SpinePerPage):
        return "; ".join(f"{in_inches(width)} at {pages} pages" for pages, width in rule.rows)
    per_page = f"{decimal(rule.per_page / inches(1), 6)} in a page"
    constant = f" and {in_inches(rule.constant)}" if rule.constant else ""
    step = f", to the nearest {in_inches(rule.step)}" if rule.step else ""
    return f"{per_page}{constant}{step}"


def _page(printer: Printer) -> Iterator[Row]:
    margins, bleed = printer.margins, printer.bleed
    steps = (
        f"{said(row.inside)} " + (f"to {row.most_pages} pages" if row.most_pages else "above")
        for row in margins.gutter.value
    )
    only = margins.gutter.value[0].inside if len(margins.gutter.value) == 1 else None
    yield "Gutter", "; ".join(steps) if only is None else said(only), margins.gutter
    yield "Other margins", said(margins.outside.value), margins.outside
    with_bleed = margins.outside_with_bleed
    yield "Other margins with bleed", said(with_bleed.value), with_bleed
    yield "Bleed", _edges(bleed.edges.value), bleed.edges
    count = printer.page_count
    yield "Pages", f"a multiple of {count.multiple.value}", count.multiple
    if count.last_blank.value:
        yield "Last page", "blank", count.last_blank


def _edges(edges: Edges) -> str:
    where = "on all four sides" if edges.inside else "on three sides, none where it is bound"
    return f"{said(edges.outside)} {where}"


def _kind(rules: FileRules) -> str:
    return f"{_pdf(rules)}, {_colours(rules)}"


def _pdf(rules: FileRules) -> str:
    kind = rules.kind.value.value
    return f"{kind} PDF" if kind == "plain" else kind


def _colours(rules: FileRules) -> str:
    return ", ".join(colour.value for colour in rules.colours.value)


def _files(printer: Printer) -> Iterator[Row]:
    for about, rules in (("Interior", printer.interior), ("Cover", printer.cover_file)):
        yield f"{about} file", _pdf(rules), rules.kind
        yield f"{about} colours", _colours(rules), rules.colours
        yield f"{about} ink", f"at most {rules.ink_limit.value} %", rules.ink_limit
        if rules.output_intent.value:
            yield f"{about} output intent", rules.output_intent.value, rules.output_intent
        yield f"{about} file name", rules.file_name.value, rules.file_name
        if rules.most_bytes.value:
            size = f"at most {rules.most_bytes.value // 10**6} MB"
            yield f"{about} file size", size, rules.most_bytes


def _cover(printer: Printer) -> Iterator[Row]:
    cover, text, barcode = printer.cover, printer.cover.spine_text, printer.cover.barcode
    yield "Cover bleed", said(cover.bleed.value), cover.bleed
    yield "Cover safe area", f"{said(cover.safe.value)} from where it is cut", cover.safe
    yield "Text on the spine", f"from {text.fewest_pages.value} pages on", text.fewest_pages
    yield "Clear beside it", _clearances(text.clearances.value), text.clearances
    spot = barcode.spot.value
    yield "Barcode", f"{in_inches(spot.width)} × {in_inches(spot.height)}", barcode.spot
    yield "Barcode printed by", barcode.maker.value.value, barcode.maker
    yield "Barcode needed", "yes" if barcode.mandatory.value else "no", barcode.mandatory


def _clearances(pairs: tuple[tuple[Points, Points], ...]) -> str:
    return "; ".join(
        said(clear) + (f" from a spine of {said(least)} on" if least else "")
        for least, clear in pairs
    )


def _drawing(printer: Printer) -> Iterator[Row]:
    rules = printer.drawing
    yield "Pictures", f"at least {rules.image_ppi.value} ppi", rules.image_ppi
    yield "Pictures refused", f"below {rules.refused_ppi.value} ppi", rules.refused_ppi
    yield "Line art", f"at least {rules.line_art_ppi.value} ppi", rules.line_art_ppi
    thinnest = decimal(rules.thinnest_rule.value, 3)
    yield "Rules", f"at least {thinnest} pt", rules.thinnest_rule
    if rules.lightest_tint.value:
        yield "Tints", f"at least {rules.lightest_tint.value} %", rules.lightest_tint
