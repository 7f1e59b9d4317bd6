"""What can be typed: the commands, their options, and help that teaches them."""

from __future__ import annotations

import argparse
from pathlib import Path

from bindery import __version__
from bindery.desk.examples import (
    CATALOGUE_HELP,
    DESCRIPTION,
    EPILOG,
    IMPORT_HELP,
    INDEX_CHECK,
    INDEX_DIFF,
    INDEX_HELP,
    INDEX_SUGGEST,
    PRINTERS_HELP,
    PUBLISH_HELP,
)
from bindery.editions import EDITIONS
from bindery.errata import Unprintable
from bindery.print_orders import Wanted

PRINT = "print"
"""What `--only` calls the files for printers, which are no edition for readers."""


def read(arguments: list[str] | None) -> argparse.Namespace:
    """The command line as values; exits with 2 and a sentence when it is wrong."""
    parser = _parser("build.py", DESCRIPTION, EPILOG)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    shared.add_argument("--json", action="store_true", help="print one JSON value for machines")
    _add_publish(commands, shared)
    _add_catalogue(commands, shared)
    _add_check(commands, shared)
    _add_import(commands, shared)
    _add_index(commands, shared)
    _add_printers(commands, shared)
    commands.add_parser("test", help="set up and run the tests (in a checkout of Bindery)")
    given = list(arguments) if arguments is not None else None
    return parser.parse_args(given)


def wanted(options: argparse.Namespace) -> tuple[tuple[str, ...], Wanted]:
    """The editions for readers, and the print files, that are asked for."""
    editions = tuple(name for name in options.only if name != PRINT)
    prints = PRINT in options.only or bool(options.printer)
    return editions, Wanted(tuple(options.printer), options.look, prints)


def _parser(name: str, description: str, epilog: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog=name,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_publish(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser
) -> None:
    publish = commands.add_parser(
        "publish",
        help="make every edition of a book",
        description="Publish a book folder. The last good files stay until new ones are whole.",
        epilog=PUBLISH_HELP,
        parents=[shared],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_book(publish)
    publish.add_argument("--out", metavar="DIR", type=Path, help="where the files go")
    publish.add_argument(
        "--cache", metavar="DIR", type=Path, help="where set pages are kept (default: DIR/.bindery)"
    )
    publish.add_argument(
        "--no-cache", action="store_true", help="set everything anew, and keep nothing"
    )
    _add_only(publish)
    _add_printing(publish)


def _add_catalogue(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser
) -> None:
    many = commands.add_parser(
        "catalogue",
        help="publish many books, side by side",
        description="Publish many books. One that cannot be published does not stop the others.",
        epilog=CATALOGUE_HELP,
        parents=[shared],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    many.add_argument("books", metavar="BOOK", type=Path, nargs="+", help="book folders")
    many.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        required=True,
        help="where the books go, each into a folder of its own",
    )
    many.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster that prints")
    many.add_argument("--jobs", metavar="N", type=_number, help="how many books at once")
    _add_only(many)
    _add_printing(many)


def _add_check(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser
) -> None:
    check = commands.add_parser(
        "check",
        help="ask every query about a manuscript, and publish nothing",
        description="Look for everything that is wrong with a manuscript, and publish nothing.",
        parents=[shared],
    )
    told = "set the pages too, and hold them against the limits of [quality] in book.toml"
    check.add_argument("--pages", action="store_true", help=told)
    _add_book(check)


def _add_import(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser
) -> None:
    bring = commands.add_parser(
        "import",
        help="make a book folder of other people's Markdown",
        description="Make a book folder of a folder of Markdown or text files.",
        epilog=IMPORT_HELP,
        parents=[shared],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    bring.add_argument("source", metavar="SOURCE", type=Path, help="folder or SUMMARY.md")
    bring.add_argument("destination", metavar="DEST", type=Path, help="the book folder to make")
    bring.add_argument("--force", action="store_true", help="write into a folder that is not empty")


def _add_index(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser
) -> None:
    index = commands.add_parser(
        "index",
        help="look at the index, suggest entries, compare two editions of it",
        description="The index: its faults, entries that it may want, what an edition changed.",
        epilog=INDEX_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    kinds = index.add_subparsers(
        dest="index_command", metavar="COMMAND", title="commands", required=True
    )
    told = "ask every query about the index, with suggestions, and publish nothing"
    check = kinds.add_parser("check", help=told, description=INDEX_CHECK, parents=[shared])
    _add_book(check)
    told = "write a worksheet of words that may be entries"
    suggest = kinds.add_parser("suggest", help=told, description=INDEX_SUGGEST, parents=[shared])
    _add_book(suggest)
    suggest.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        help="the worksheet (default: index.suggested.toml in the book folder)",
    )
    told = "what a new edition of the index has changed"
    diff = kinds.add_parser("diff", help=told, description=INDEX_DIFF, parents=[shared])
    for name, which in (("old", "older"), ("new", "newer")):
        diff.add_argument(
            name,
            metavar=name.upper(),
            type=Path,
            help=f"index.json of the {which} edition, or the folder in which it lies",
        )


def _add_printers(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser
) -> None:
    printers = commands.add_parser(
        "printers",
        help="list the printers on demand, and what each of them takes",
        description="What each printer on demand takes, who says so, and since when we know.",
        epilog=PRINTERS_HELP,
        parents=[shared],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    printers.add_argument(
        "printer", metavar="NAME", type=_printer, nargs="?", help="one of them, such as kdp"
    )


def _add_book(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "book", metavar="BOOK", type=Path, nargs="?", help="the book folder (default: book)"
    )


def _add_only(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--only",
        metavar="EDITIONS",
        type=_editions,
        default=(*EDITIONS, PRINT),
        help=f"some editions, with commas between them: {', '.join((*EDITIONS, PRINT))}",
    )


def _add_printing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--printer",
        metavar="NAME",
        type=_printer,
        action="append",
        default=[],
        help="make the files for a printer on demand too, such as kdp; may be given again",
    )
    parser.add_argument(
        "--look", metavar="NAME", default="", help="a look of the book, such as large-print"
    )


def _number(word: str) -> int:
    if word.isdecimal() and int(word) > 0:
        return int(word)
    raise argparse.ArgumentTypeError(f"“{word}” is not a number from 1 up")


def _printer(word: str) -> str:
    from bindery.printers import find  # noqa: PLC0415

    try:
        return find(word).key
    except Unprintable as unknown:
        query = unknown.queries[0]
        raise argparse.ArgumentTypeError(f"{query.message} {query.hint}") from unknown


def _editions(words: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in words.split(",") if name.strip())
    unknown = [name for name in names if name not in (*EDITIONS, PRINT)]
    if unknown or not names:
        known = ", ".join((*EDITIONS, PRINT))
        message = f"there is no edition “{', '.join(unknown)}”; choose from {known}"
        raise argparse.ArgumentTypeError(message)
    return names
