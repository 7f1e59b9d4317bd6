"""Where the numbers of the printers were read, and when."""

from __future__ import annotations

from datetime import date

from bindery.printers.rulings import Source

READ = date(2026, 11, 21)
"""When printers' pages and other people's guides were last gone through."""


def kdp_help(topic: str) -> Source:
    """A page of Amazon KDP's help, by its topic."""
    return Source("Amazon KDP Help", READ, f"https://kdp.amazon.com/en_US/help/topic/{topic}")


def lulu_help(article: str) -> Source:
    """An article of Lulu's help, by its number."""
    address = f"https://help.lulu.com/en/support/solutions/articles/{article}"
    return Source("Lulu Help", READ, address)


BOOKSELF = Source("Bookself, Covers and editions (after KDP's help)", date(2026, 9, 12))
BOOKBOLT = Source("Book Bolt's guide to KDP", READ, "https://bookbolt.kb.help")
KDP_GUIDES = Source("guides to KDP that agree", READ)
KDP_COVER = Source(
    "Amazon KDP Help, as quoted by kdpcover",
    READ,
    "https://kdp.amazon.com/en_US/help/topic/G201953020",
)
INGRAM_GUIDE = Source(
    "IngramSpark File Creation Guide 5.11.26 of May 2026, as a public project quotes it",
    READ,
    "https://www.ingramspark.com/hubfs/downloads/file-creation-guide.pdf",
)
KERNSETZER = Source(
    "Kernsetzer's presets (after IngramSpark's guide)",
    date(2026, 10, 21),
    "https://docs.rs/kernsetzer-model",
)
INGRAM_HELP = Source("IngramSpark Help, article 5338636202637", READ)
INGRAM_PROFILES_HELP = Source("IngramSpark Help, article 6443532453901", READ)
INGRAM_BLOG = Source("IngramSpark's blog, 2017", READ)
LIGHTNING_HELP = Source("Lightning Source Help, article 360021475971", READ)
REGISTRY = Source(
    "Lorekeeper's registry of print profiles 2026.10.1",
    date(2026, 10, 6),
    "https://github.com/Dorely/Lorekeeper",
)
LULU_REVIEW = Source(
    "Lulu's Book Creation Guide, as recorded by Lorekeeper",
    date(2026, 9, 2),
    "https://assets.lulu.com/media/guides/en/lulu-book-creation-guide.pdf",
)
LULU_DISTRIBUTION = Source(
    "Lulu Help on distribution, as recorded by Lorekeeper",
    date(2026, 9, 2),
    "https://help.lulu.com/en/support/solutions/articles/64000255462",
)
LULU_SPINE = Source(
    "Lulu Developer Help",
    READ,
    "https://help.api.lulu.com/en/support/solutions/articles/64000254616",
)
BN_GUIDE = Source("Barnes & Noble Press guide, 2014", READ)
BOOKVAULT_GUIDE = Source(
    "BookVault, Your Guide to Supplying Print-Ready PDF Files, as two projects quote it",
    READ,
    "https://help.bookvault.app",
)
X1A = Source("PDF/X-1a:2001 (ISO 15930-1)", READ)
A1B = Source("PDF/A-1b (ISO 19005-1)", READ)
HOUSE = Source("Bindery's own safe default", READ)
