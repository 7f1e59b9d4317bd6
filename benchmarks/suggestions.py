"""What `index suggest` finds, to be judged by a person, and how fast it is.

    python -m benchmarks.suggestions

It prints the first candidates of our own book, made without its vocabulary and marks, and those
of a control text on another subject; then the time for 100,000 words.  The judgement of the
first list stands in SUGGESTIONS.md; no code can give it.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.manuscripts import write
from bindery.production import edit
from bindery.suggesting import Candidate, suggest, worksheet
from bindery.vocabulary import Vocabulary

OUR_BOOK = Path(__file__).resolve().parent.parent / "book"
JUDGED = 30
ESSAYS = 200
"""Essays of 500 words whose time is taken."""
CONTROL = {
    "lights": """\
# The Light and the Lens: How Lighthouses Were Made to Be Seen

A lighthouse has one task, and for most of its history it did it badly. The first towers burned
wood or coal in an open brazier on the roof. A coal fire is bright, but it eats a ton of fuel in a
winter night, and a head wind drives the flame to the far side of the grate, so that the light was
poorest in the very weather in which ships needed it.

## From candles to oil

Enclosing the fire in a lantern room kept out the rain and blackened the glass. Keepers turned to
candles, which Smeaton's tower on the Eddystone rock still burned in 1759: twenty-four of them, in
two rings. The change came with the Argand lamp. An Argand lamp is a lamp whose wick is a hollow
tube, with air rising through it, and its flame is steady and clean. It burned whale oil at first,
then colza oil, and after 1870 paraffin.

## The parabolic reflector

A flame shines to all sides, and most of its light is lost on the sky. A parabolic reflector
gathers part of it into a beam. The reflectors were made of copper, plated with silver, and beaten
into shape over a mould; keepers polished them every morning. Ten or twenty lamps, each with its
parabolic reflector, made up the light of a great station, and the oil was the largest part of what
it cost.

## The Fresnel lens

Augustin Fresnel, an engineer of the French road service, saw that glass could do the work of
silver and lose less. A **Fresnel lens** is a lens cut into rings, each of which bends the light of
the lamp by its own angle into one level beam. Prisms above and below catch what would go to the
sky and the floor. The first Fresnel lens was lit at the Cordouan lighthouse in 1823. With one lamp
it outshone the best array of reflectors, and burned a fraction of the oil.

Light dues, paid by every ship that passed, had to bear the price. Trinity House in London was slow
to buy: the lenses were foreign, and its reflectors were paid for. The Northern Lights, under the
Stevenson family, changed sooner. By 1860 first-order lenses stood on most headlands of Europe, and
light dues paid for those on the rocks between.
""",
    "keepers": """\
# The Keeper's Watch

Every light needed somebody to tend it. The keeper's watch lasted four hours, and the log book
recorded when the lamp was lit, trimmed and put out. On a rock station three men lived together for
two months at a time, because after the death of one of two keepers at the Smalls in 1801 the other
had gone mad with fear of being called a murderer; three-man crews were the rule from then on.

## Signals in fog

No lamp pierces fog. A fog signal was at first a bell, rung by hand or by clockwork. Gun cotton and
the fog siren followed, and after 1900 the diaphone, a fog signal that sends out a deep note ending
in a grunt. Fog signals tired the crews more than the lamps did, for a fog may stand for days.

## How a light is told from others

A sailor must know which light it is. The *characteristic* of a light is the rhythm of its flashes
and eclipses. Occulting lights are dark for less time than they shine; flashing lights are the
opposite. The list of lights, printed each year, gives the characteristic of every light, its
colour, its height above high water and the range at which it can be seen. A revolving lens makes
the flashes: it floats on a bath of mercury, so that a child's finger can turn five tons of glass.

## The end of the watch

Automation began with the sun valve, which Gustaf Dalén invented in 1907. A sun valve is a valve
that daylight closes, and with acetylene gas it could tend a light for a year without a keeper.
Electric lamps, and later radio beacons and satellite navigation, did the rest. The last rock
station lost its three-man crew in 1998. Where the buildings stand, the log books are kept in
museums, and the lenses with them.
""",
}


def lines(candidates: Iterable[Candidate]) -> Iterable[str]:
    """A numbered line for each of the first candidates."""
    for number, candidate in enumerate(list(candidates)[:JUDGED], start=1):
        yield f"{number}. {candidate.term} ({candidate.count} in {len(candidate.essays)})"


def first(folder: Path) -> Iterable[str]:
    """The first candidates of the book in a folder, as if it had no index yet."""
    return lines(suggest(edit(folder).book, Vocabulary(), everything=True))


def control(folder: Path) -> Path:
    """The control text as a book folder."""
    (folder / "essays").mkdir(parents=True)
    (folder / "book.toml").write_text('title = "Lights"\nlanguage = "en"\n', encoding="utf-8")
    for name, text in CONTROL.items():
        (folder / "essays" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def main() -> None:
    """Print the lists and the time."""
    print("Our book\n", *first(OUR_BOOK), sep="\n")
    with tempfile.TemporaryDirectory() as temporary:
        print("\nThe control text\n", *first(control(Path(temporary) / "control")), sep="\n")
        book = edit(write(Path(temporary) / "large", ESSAYS)).book
    started = time.process_time()
    candidates = suggest(book, Vocabulary(), everything=True)
    text = worksheet(candidates, book)
    seconds = time.process_time() - started
    print(f"\n{ESSAYS} essays of 500 words: {seconds:.2f} s of a processor,", end=" ")
    print(f"{len(candidates)} candidates, {len(text) // 1024} KiB of worksheet")


if __name__ == "__main__":
    main()
