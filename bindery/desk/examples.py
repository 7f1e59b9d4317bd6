"""Help that teaches: what every command is for, with examples."""

from __future__ import annotations

DESCRIPTION = """\
Bindery makes books of a folder of Markdown essays: a PDF and an EPUB with contents, notes
and index, and the page where readers download them.
"""

EPILOG = """\
Without a command, the folder book/ is published into output/.

A book is a folder:
  book.toml        title, contributors, language, order of the chapters, look
  index.toml       themes and words of the index; see build.py index --help
  essays/*.md      an essay a file; its first line is "# Title: Subtitle"
  front/ back/     what stands before and after the essays, such as a preface
  images/          pictures:  ![what it shows](../images/name.svg "Caption.")
  templates/ styles/   optional: a file here replaces the house's of the same name

In an essay:  a note[^1]  and at the end  [^1]: its text.
              [see there](other-essay.md#section)      <!--ix: index entry-->words

Exit codes: 0 done, 1 the manuscript needs mending, 2 wrong usage, 3 our mistake,
130 interrupted.
"""

PUBLISH_HELP = """\
Examples:
  build.py publish                          book/ into output/
  build.py publish my-essays                into my-essays/output/
  build.py publish my-essays --out public   into public/
  build.py publish --only epub              the e-book alone
  build.py publish --printer kdp --printer lulu    and the files that these printers take
  build.py publish --look large-print       in a look that book.toml describes
"""

CATALOGUE_HELP = """\
Examples:
  build.py catalogue my-* --out public      every book into a folder of its own in public/
  build.py catalogue my-* --out public --jobs 4
  build.py catalogue my-* --out public --scheduler tcp://127.0.0.1:8786

With --scheduler the books are printed by the workers of a Dask cluster. They need no disk in
common, but each needs Bindery. Dask comes with the extra bindery[dask].

Exit codes: 0 all published, 1 some refused, 3 some failed for a reason that is ours.
"""

IMPORT_HELP = """\
Examples:
  build.py import my-texts my-book          a folder of .md or .txt files
  build.py import mdbook-project my-book    a book with a SUMMARY.md (mdBook, GitBook)
Then:  build.py publish my-book
"""


INDEX_CHECK = "Look for everything that is wrong with the index, and publish nothing."
INDEX_SUGGEST = """\
Write a worksheet of words that may be entries, each with patterns, count and a line of context.
Nothing in it is published: an editor copies what is good into index.toml.
"""
INDEX_DIFF = "Tell what moved, came and went between two editions of an index."
INDEX_HELP = """\
Examples:
  build.py index check                      the index of book/, before it is printed
  build.py index suggest my-essays          writes my-essays/index.suggested.toml
  build.py index diff old/index.json output/    what a new edition has changed

The vocabulary stands in index.toml of the book folder. Every publishing writes index.json,
which index diff compares: keep that of the last edition.
"""

PRINTERS_HELP = """\
Examples:
  build.py printers                         every printer: trims, stocks, bleed, gutters
  build.py printers kdp                     every number of one, with who says so
"""
