"""How evenly pages are set: their lines read back from a finished PDF, and judged in figures.

`reading` reads a PDF of any program as lines (`lines`), `paragraphs` finds out which of them are
justified, `spaces`, `ends` and `depths` count, `judging` has it done for a book and its chapters.
A chapter's sample is a plain value, which can be kept for the next printing.  What counts most is
the ratio of the gaps in a line to the natural space of its font, as it was drawn.
"""

from bindery.evenness.depths import Depths
from bindery.evenness.ends import Ends
from bindery.evenness.figures import Figures, Sample, figures_of, sample_of
from bindery.evenness.judging import (
    ChapterQuality,
    LeftAlone,
    PageQuality,
    Sampler,
    WorstLine,
    figures_of_pdf,
    judge,
    sample_galley,
)
from bindery.evenness.limits import Held, held_against, past_limits
from bindery.evenness.lines import Line, Page
from bindery.evenness.paragraphs import Layout, layout_of, paragraphs_of
from bindery.evenness.reading import read_pages
from bindery.evenness.spaces import Spaces

__all__ = [
    "ChapterQuality",
    "Depths",
    "Ends",
    "Figures",
    "Held",
    "Layout",
    "LeftAlone",
    "Line",
    "Page",
    "PageQuality",
    "Sample",
    "Sampler",
    "Spaces",
    "WorstLine",
    "figures_of",
    "figures_of_pdf",
    "held_against",
    "judge",
    "layout_of",
    "paragraphs_of",
    "past_limits",
    "read_pages",
    "sample_galley",
    "sample_of",
]
