"""Paragraphs set as a whole: lines worked out by hand, and lines of real type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import pstdev
from xml.etree.ElementTree import Element, SubElement, tostring

import pytest

from bindery.composition import HYPHEN, WHOLE, Face, Paragraph, Piece, Rules, Type, Way, best, ways
from bindery.composition.breaking import (
    GIVEN,
    WEIGHTS,
    Measures,
    Node,
    Weights,
    best_nodes,
    path,
)
from bindery.composition.breaks import Breaks, Kind, breaks
from bindery.composition.hyphenation import divisions
from bindery.composition.rewriting import Run, rewrite

FONTS = Path(__file__).parent.parent / "styles" / "fonts"
SERIF, SANS = "EBGaramond-Regular.ttf", "SourceSans3-Regular.ttf"
WORDS = (
    "A strong state can be well governed, solvent and well armed, and still have need of "
    "friends; the office of diplomacy is to find them, and to keep them when their interests "
    "change. No treaty holds longer than the understanding behind it, and understanding is "
    "made in laboratories, workshops and universities as often as in ministries. "
)


@cache
def face(name: str = SERIF) -> Face:
    return Face((FONTS / name).read_bytes(), {"kern": 1, "liga": 1}, "en")


def type_of(language: str = "en", name: str = SERIF, spacing: float = 0.0) -> Type:
    return Type(face(name), 14.0, spacing, language, (5, 2, 3))


def paragraph(text: str, measure: float = 380.0, **more: object) -> Paragraph:
    """A paragraph of plain text; its element is a `p`."""
    type_ = more.pop("type", type_of())
    assert isinstance(type_, Type)
    element = Element("p")
    element.text = text
    pieces = (Piece(text.strip(), (), type_),)
    return Paragraph(0, element, pieces, measure, first=Run(None, ()), **more)  # type: ignore[arg-type]


def lines_of(found: Paragraph, way: Way) -> list[str]:
    return [found.text[line.start : line.end] + "-" * line.has_hyphen for line in way.lines]


def chosen(found: Paragraph) -> Way:
    found_ways = ways(found)
    return found_ways[best(found_ways)]


def table_of(words: Iterable[tuple[str, float]], space: float = 10.0) -> Breaks:
    """Breaks between words of given widths; a word that ends with a hyphen goes on."""
    table = Breaks()
    listed = list(words)
    table.add(Kind.SPACE, (0, 0), (0, 0), (0, 0), (0, 0), ("", listed[0][0]))
    x, spaces, place = 0.0, 0, 0
    for number, (word, width) in enumerate(listed):
        is_last = number == len(listed) - 1
        place += len(word)
        if word.endswith("-") and not is_last:
            # The hyphen itself is 5 wide, and is there only at the end of a line.
            end = (x + width + 5, x + width)
            table.add(
                Kind.HYPHEN, (place, place), end, (spaces, spaces), (0, 0), (word, listed[1][0])
            )
            x += width
            continue
        kind = Kind.END if is_last else Kind.SPACE
        following = "" if is_last else listed[number + 1][0]
        ends, places = (x + width, x + width + space), (place, place + 1)
        table.add(kind, places, ends, (spaces, spaces + 1), (0, 0), (word, following))
        x, spaces, place = x + width + space, spaces + 1, place + 1
    return table


def nodes(
    table: Breaks, width: float, weights: Weights = WEIGHTS, **more: float
) -> dict[int, Node]:
    values = {"space": 10.0, "expansion": 0.0, "shortest": 0.0, **more}
    return dict(best_nodes(table, Measures(lambda _: width, **values), weights))  # type: ignore[arg-type]


def ends(end: Node) -> list[int]:
    return [node.breaks for _, node in path(end)]


# Lines worked out by hand


def test_the_demerits_of_a_line_are_those_worked_out_by_hand():
    # Two words of 40 and a space of 10 in a measure of 98: 8 are missing.  Without expansion
    # the ratio is GIVEN + 8 / (1 space x 10 x .4) = 2.3, the badness 100 x 2.3 x 2.3 x 2.3.
    found = nodes(table_of([("aa", 40), ("bb", 40), ("cc", 40)]), 98)
    ratio = GIVEN + 8 / (10 * WEIGHTS.stretch)
    line = (WEIGHTS.line + 100 * ratio**3) ** 2
    last = WEIGHTS.line**2
    assert ratio == pytest.approx(2.3)
    assert found[2].demerits == pytest.approx(line + last)
    assert ends(found[2]) == [2, 3]


def test_spaces_are_never_narrower_than_the_shrink_allows():
    table = table_of([("aa", 40), ("bb", 40), ("cc", 40)])
    assert ends(nodes(table, 87.5)[2])[0] == 2  # 90 less a quarter of the space.
    assert not nodes(table, 87.4)


def test_type_gives_before_spaces_do():
    table = table_of([("aa", 40), ("bb", 40), ("cc", 40)])
    found = nodes(table, 90.9, expansion=0.01)  # Just what one in a hundred of 90 gives.
    assert found[2].before is not None
    assert found[2].before.ratio == pytest.approx(GIVEN)


def test_a_paragraph_seen_as_a_whole_is_evener_than_line_after_line():
    own, greedy = [], []
    for measure in range(240, 400, 10):
        found = paragraph(WORDS * 3, float(measure), type=type_of(""), rules=Rules(0.0, 0.0))
        own += _lacking(found)[:-1]
        greedy += _greedy(found)[:-1]
    assert pstdev(own) < 0.9 * pstdev(greedy)


def _demerits_of(table: Breaks, width: float, wanted: Sequence[int]) -> float:
    """The demerits of breaking at these places and at no others."""
    kept = [0, *wanted]
    columns = ("kinds", "until", "since", "ends", "starts", "spaces", "passed", "left", "right")
    only = Breaks(
        **{name: [getattr(table, name)[at] for at in kept] for name in columns},
        first=[table.first[at] for at in kept],
        last=[table.last[at] for at in kept],
    )
    return min(node.demerits for node in nodes(only, width).values())


def test_there_is_a_way_for_each_number_of_lines():
    found = ways(paragraph(WORDS * 3))
    fewest, most = min(found), max(found)
    assert most > fewest
    for lines, way in found.items():
        assert len(way.lines) == lines
        assert way.lines[0].start == 0
        assert way.lines[-1].end == len(WORDS.strip() + " " + (WORDS * 2).strip())
    assert best(found) == min(found, key=lambda lines: found[lines].demerits)


def test_ways_are_the_best_of_all_that_a_plain_search_finds():
    widths = [34, 21, 45, 30, 52, 18, 40, 25, 33, 47, 29, 38]
    table = table_of((chr(97 + n) * 3, width) for n, width in enumerate(widths))
    found = nodes(table, 150)
    for lines, node in found.items():
        tried = [
            _demerits_of(table, 150, (*cuts, len(widths)))
            for cuts in _choices(range(1, len(widths)), lines - 1)
            if _fits(table, 150, (0, *cuts, len(widths)))
        ]
        assert node.demerits == pytest.approx(min(tried))


def _choices(places: Iterable[int], count: int) -> list[tuple[int, ...]]:
    listed = list(places)
    if count == 0:
        return [()]
    return [
        (first, *rest)
        for at, first in enumerate(listed)
        for rest in _choices(listed[at + 1 :], count - 1)
    ]


def _fits(table: Breaks, width: float, cuts: Sequence[int]) -> bool:
    for a, b in pairwise(cuts):
        natural, gaps = table.ends[b] - table.starts[a], table.spaces[b] - table.passed[a]
        loosest = width * 2 if b == cuts[-1] else natural + gaps * 10 * WEIGHTS.stretch * 5.7
        if natural - gaps * 10 * WEIGHTS.shrink > width or loosest < width:
            return False
    return True


# What is avoided


def test_hyphens_never_stand_at_three_line_ends_in_a_row():
    for measure in range(260, 400, 10):
        way = chosen(paragraph(WORDS * 4, float(measure)))
        marks = "".join("x" if line.ends_with_hyphen else "." for line in way.lines)
        assert "xxx" not in marks, measure


def test_a_last_line_is_no_runt_when_it_can_be_helped():
    for measure in range(200, 400, 5):
        found = paragraph(WORDS * 2, float(measure))
        way = chosen(found)
        last = way.lines[-1]
        assert found.width(last.start, last.end) > 3 * 14, measure


def test_no_part_of_a_word_stands_alone_on_the_last_line():
    for measure in range(200, 400, 5):
        way = chosen(paragraph(WORDS, float(measure)))
        assert not (way.lines[-2].has_hyphen and " " not in WORDS[way.lines[-1].start :].strip())


def test_the_same_word_under_itself_costs():
    words = [("aa", 40), ("bb", 40), ("aa", 40), ("cc", 40), ("dd", 40)]
    stacked = nodes(table_of(words), 90)
    words[2] = ("ee", 40)
    assert stacked[3].demerits - nodes(table_of(words), 90)[3].demerits == WEIGHTS.stack


def test_lines_differ_little_from_their_neighbours():
    found = paragraph(WORDS * 4)
    free = replace(WEIGHTS, adjacent=0.0)
    with_care = [line.ratio for line in chosen(found).lines[:-1]]
    without = ways(found, free)
    careless = [line.ratio for line in without[best(without)].lines[:-1]]

    def jumps(ratios: list[float]) -> float:
        return sum(max(0.0, abs(a - b) - 0.5) ** 2 for a, b in pairwise(ratios))

    assert jumps(with_care) <= jumps(careless)


def test_expansion_makes_spaces_even():
    tight = paragraph(WORDS * 4, rules=Rules(expansion=0.015))
    stiff = paragraph(WORDS * 4, rules=Rules(expansion=0.0))
    assert _spread(tight) < _spread(stiff)
    assert {line.scale for line in chosen(stiff).lines} == {1.0}
    assert all(0.985 <= line.scale <= 1.015 for line in chosen(tight).lines)


def _spread(found: Paragraph) -> float:
    space = found.pieces[0].type.width(" ")
    gaps = []
    for line in chosen(found).lines[:-1]:
        natural = found.width(line.start, line.end, HYPHEN * line.has_hyphen) * line.scale
        spaces = found.text[line.start : line.end].count(" ")
        gaps.append((line.width - natural) / spaces / space)
    return pstdev(gaps)


def test_a_word_that_is_wider_than_the_measure_cannot_be_set():
    assert not ways(paragraph("Rindfleischetikettierung " * 3, 60.0, type=type_of("")))


# Where lines may end


def parts(text: str, language: str = "en") -> list[str]:
    """A text divided wherever a line may end."""
    found = paragraph(text, type=type_of(language))
    table = breaks(found)
    return [
        found.text[start:end] + "-" * (kind in (Kind.HYPHEN, Kind.POOR))
        for start, end, kind in zip(table.since, table.until[1:], table.kinds[1:], strict=False)
    ]


def test_words_are_divided_as_their_language_divides_them():
    assert parts("diplomacy", "en-US") == ["diplo-", "macy"] or "-" in parts("diplomacy")[0]
    assert parts("Wissenschaft", "de") == ["Wis-", "sen-", "schaft"]
    assert parts("Wissenschaft", "") == ["Wissenschaft"]


def test_limits_keep_short_pieces_together():
    assert divisions("diplomacy", "en-US", (5, 2, 3)) != divisions("diplomacy", "en-US", (5, 4, 6))
    assert divisions("dip", "en-US", (5, 2, 3)) == ()
    assert divisions("diplomacy", "tlh", (5, 2, 3)) == ()


def test_divisions_that_change_letters_are_left_out():
    # Hungarian “asszony” would become “asz-szony”.
    assert all(
        "asszonynak"[:at] + "asszonynak"[at:] == "asszonynak"
        for at in divisions("asszonynak", "hu", (5, 2, 2))
    )
    assert 2 not in divisions("asszonynak", "hu", (5, 2, 2))


def test_lines_end_after_hyphens_and_dashes_of_the_text():
    assert parts("by-law war—peace 1914–18", "") == ["by-", "law", "war—", "peace", "1914–", "18"]


def test_no_line_begins_with_a_mark_that_follows_a_space():
    assert parts("Quoi ? Rien ; tout : « voilà » !", "") == [
        *("Quoi ?", "Rien ;", "tout :", "« voilà » !"),
    ]


def test_spaces_that_do_not_break_do_not():
    assert parts("Quoi\u202f? 5\u00a0km", "") == ["Quoi\u202f?", "5\u00a0km"]


def test_an_address_is_divided_at_its_signs_and_gets_no_hyphen():
    assert parts("https://www.example.org/a/wonderful.html") == [
        *("https://", "www", ".example", ".org/", "a/", "wonderful", ".html"),
    ]


def test_a_soft_hyphen_of_the_text_is_the_only_place():
    assert parts("Extra\u00adordinary") == ["Extra-", "ordinary"]


# Edges


def test_light_marks_stand_out_and_stems_do_not():
    left, right = zip(*(face().hangs(sign) for sign in ".-,Tn"), strict=True)
    stop, hyphen, comma, tee, stem = right
    assert 0.5 < stop / face().width(".") <= 0.7
    assert 0.4 < hyphen / face().width("-") <= 0.7
    assert stop > comma > tee > stem
    assert max(left[-1], stem) < 0.001


def test_hangs_come_from_the_glyphs_of_each_font():
    for name in ("EBGaramond-Italic.ttf", SANS, "Amiri-Regular.ttf"):
        assert face(name).hangs(".")[1] > 2 * face(name).hangs("d")[1]
    assert face(SANS).hangs(".") != face(SERIF).hangs(".")


def test_a_line_is_as_much_longer_as_its_ends_stand_out():
    way = chosen(paragraph(WORDS * 2))
    for line in way.lines[:-1]:
        assert line.width == pytest.approx(380 + line.left + line.right)
        if line.has_hyphen:
            assert line.right == pytest.approx(14 * face().hangs(HYPHEN)[1])
    stiff = chosen(paragraph(WORDS * 2, rules=Rules(protrusion=0.0)))
    assert {(line.left, line.right) for line in stiff.lines} == {(0.0, 0.0)}


# Beside other things


def test_lines_beside_an_initial_are_shorter():
    found = paragraph(WORDS * 2, insets=(40.0, 40.0), indent=0.0)
    widths = [line.width - line.left - line.right for line in chosen(found).lines]
    assert widths[:3] == pytest.approx([340, 340, 380])


def test_an_indent_and_a_number_shorten_the_first_line():
    found = paragraph(WORDS, indent=20.0, lead=(15.0, 1))
    line = chosen(found).lines[0]
    assert line.width - line.left - line.right == pytest.approx(345)


def test_a_paragraph_that_ends_beside_its_initial_has_no_way():
    assert not ways(paragraph("A few words.", insets=(40.0, 40.0)))


def test_spaced_letters_are_wider_by_their_spaces():
    plain, spaced = type_of(), type_of(spacing=1.0)
    assert spaced.width("abc") == pytest.approx(plain.width("abc") + 3)


# Ragged


def ragged(text: str, measure: float = 380.0, language: str = "") -> Paragraph:
    return paragraph(text, measure, type=type_of(language), rules=Rules(ragged=True))


def test_ragged_lines_are_natural_and_none_is_too_wide():
    for line in chosen(ragged(WORDS * 2)).lines:
        assert (line.scale, line.word_spacing) == (1.0, 0.0)
        found = ragged(WORDS * 2)
        assert found.width(line.start, line.end) <= line.width + 0.001


def test_rags_are_evener_than_greedy_ones():
    own, greedy = [], []
    for measure in range(200, 400, 10):
        found = ragged(WORDS * 3, float(measure))
        own += _lacking(found)[:-1]
        greedy += _greedy(found)[:-1]
    assert sum(gap**2 for gap in own) < 0.9 * sum(gap**2 for gap in greedy)


def _lacking(found: Paragraph) -> list[float]:
    """What every line lacks of its measure before its spaces are widened."""
    return [line.width - found.width(line.start, line.end) for line in chosen(found).lines]


def _greedy(found: Paragraph) -> list[float]:
    """What every line lacks when each takes as many words as it can."""
    lacking, start = [], 0
    words = [at for at, sign in enumerate(found.text) if sign == " "] + [len(found.text)]
    while start < len(found.text):
        fitting = [at for at in words if at > start and found.width(start, at) <= found.measure]
        lacking.append(found.measure - found.width(start, fitting[-1]))
        start = fitting[-1] + 1
    return lacking


def test_a_rag_has_few_hyphens_and_none_in_a_row():
    for measure in range(160, 400, 10):
        way = chosen(ragged(WORDS * 3, float(measure), "en"))
        marks = "".join("x" if line.has_hyphen else "." for line in way.lines)
        assert "xx" not in marks
        assert marks.count("x") <= len(marks) / 4


def test_a_ragged_paragraph_ends_with_no_runt():
    for measure in range(200, 400, 10):
        found = ragged(WORDS * 2, float(measure))
        last = chosen(found).lines[-1]
        assert found.width(last.start, last.end) > 3 * 14


# Lines as elements


def test_lines_are_elements_with_a_line_feed_between_them():
    found = paragraph(WORDS)
    way = chosen(found)
    lines = rewrite(found, way)
    assert [child.tag for child in found.element] == ["span"] * len(way.lines)
    assert [child.tail for child in found.element] == ["\n"] * (len(way.lines) - 1) + [None]
    assert ["".join(line.element.itertext()) for line in lines] == [
        text.replace("-", HYPHEN) for text in lines_of(found, way)
    ]


def test_markup_that_crosses_a_line_is_repeated_and_its_id_is_not():
    element = Element("p")
    emphasis = SubElement(element, "em", {"id": "a", "class": "b"})
    note = SubElement(emphasis, "span", {"class": "note"})
    note.text = "A note."
    pieces = (
        Piece("One ", (), type_of()),
        Piece(WORDS.strip(), (emphasis,), type_of()),
        Piece(WHOLE, (emphasis,), type_of(), whole=note, width=5.0, is_note=True),
        Piece(" end.", (), type_of()),
    )
    found = Paragraph(0, element, pieces, 380.0, first=Run(None, (emphasis,)))
    way = chosen(found)
    rewrite(found, way)
    copies = list(element.iter("em"))
    assert len(copies) == len(way.lines)
    assert [each.get("id") for each in copies] == ["a", *[None] * (len(copies) - 1)]
    assert {each.get("class") for each in copies} == {"b"}
    assert [each for each in element.iter() if each.get("class") == "note"] == [note]
    assert sum(line.notes for line in way.lines) == 1
    assert tostring(element, "unicode").count("A note.") == 1


def test_what_stands_around_a_run_stays():
    element = Element("li")
    element.text = WORDS
    inner = SubElement(element, "ul")
    inner.tail = " after"
    found = Paragraph(
        0, element, (Piece(WORDS.strip(), (), type_of()),), 380.0, first=Run(None, ())
    )
    rewrite(found, chosen(found))
    assert element[-1] is inner
    assert inner.tail == " after"
