"""The command line: the only room that prints, and the only one that says how a run ended.

Every failure has one of three fates: what the author can mend is told with file and line
(exit 1), wrong usage with a sentence (2), and everything else is ours: it is written to a
file that can be sent to us (3).
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import hashlib
import os
import platform
import sys
import tempfile
import traceback
from concurrent.futures import BrokenExecutor
from functools import partial
from pathlib import Path
from typing import Any

from bindery import __version__
from bindery.desk import command_line
from bindery.desk.display import Display, as_data, count
from bindery.errata import Severity, Unprintable, errors_in
from bindery.house_style import house_folder

DONE, AUTHORS, USAGE, OURS, INTERRUPTED = 0, 1, 2, 3, 130


def main(arguments: list[str] | None = None) -> int:
    """Run a command; its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        given.insert(0, "publish")
    options = command_line.read(given)
    display = Display(getattr(options, "quiet", False), getattr(options, "json", False))
    try:
        return _COMMANDS[options.command](options, display)
    except Unprintable as mistakes:
        return _refuse(mistakes, display)
    except KeyboardInterrupt:
        display.complain("Interrupted; nothing was changed.")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (OSError, BrokenExecutor) as trouble:
        display.complain(f"This machine says: {trouble}")
        display.data({"outcome": "failed", "message": str(trouble)})
        return OURS
    except Exception:
        log = _write_log(given, traceback.format_exc())
        display.complain(f"This is a mistake of Bindery's. Please send us the file {log}.")
        display.data({"outcome": "failed", "log": str(log)})
        return OURS


def moment_of_publishing() -> datetime.datetime | None:
    """SOURCE_DATE_EPOCH, if it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.strip().isdecimal():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return None


def _publish(options: argparse.Namespace, display: Display) -> int:
    # The press takes half a second to import, which --help need not wait for.
    from bindery.composing import Press, spare_collecting  # noqa: PLC0415
    from bindery.desk.hands import hands, processors  # noqa: PLC0415
    from bindery.production import publish  # noqa: PLC0415

    folder = _book_folder(options.book)
    destination = options.out or (folder.parent if options.book is None else folder) / "output"
    with display.progress() as progress:
        cache = None if options.no_cache else options.cache or destination / ".bindery"
        press = Press(hands=hands if processors() > 1 else None, cache=cache)
        spare_collecting()
        moment = moment_of_publishing()
        editions, wanted = command_line.wanted(options)
        report = publish(folder, destination, moment, editions, progress, press, wanted)
    display.queries(report.queries)
    files = [
        {
            "path": str(destination / artifact.path),
            "bytes": len(artifact.data),
            "sha256": hashlib.sha256(artifact.data).hexdigest(),
        }
        for artifact in report.artifacts
    ]
    display.data(
        {
            "outcome": "published",
            "artifacts": files,
            "pages": report.pages,
            "queries": [as_data(query) for query in report.queries],
            "seconds": round(report.seconds, 3),
        }
    )
    for file in files:
        display.say(str(file["path"]))
    display.say(f"{report.pages} pages in {report.seconds:.1f} s.")
    return DONE


def _check(options: argparse.Namespace, display: Display) -> int:
    from bindery.production import edit  # noqa: PLC0415

    if options.pages:
        return _check_pages(options, display)
    with display.progress() as progress:
        copy = edit(_book_folder(options.book), progress)
    wrong = errors_in(copy.queries)
    if wrong:
        raise Unprintable(copy.queries)
    display.queries(copy.queries)
    display.data({"outcome": "checked", "queries": [as_data(query) for query in copy.queries]})
    display.say(f"Ready for the press: {count(len(copy.queries), 'warning')}, no errors.")
    return DONE


def _check_pages(options: argparse.Namespace, display: Display) -> int:
    from bindery.composing import Press, spare_collecting  # noqa: PLC0415
    from bindery.desk.hands import hands, processors  # noqa: PLC0415
    from bindery.production import judge  # noqa: PLC0415

    with display.progress() as progress:
        spare_collecting()
        press = Press(hands=hands if processors() > 1 else None)
        quality, queries = judge(_book_folder(options.book), progress, press)
    if errors_in(queries):
        raise Unprintable(queries)
    display.queries(queries)
    told = {"outcome": "checked", "queries": [as_data(query) for query in queries]}
    display.data({**told, "pages": dataclasses.asdict(quality.whole)})
    lines = f"{count(quality.whole.spaces.lines, 'justified line')} of its pages"
    display.say(f"Ready for the press: {count(len(queries), 'warning')}, no errors in {lines}.")
    return DONE


def _catalogue(options: argparse.Namespace, display: Display) -> int:
    from bindery.catalogue import Fate  # noqa: PLC0415
    from bindery.desk.dispatch import dispatch  # noqa: PLC0415
    from bindery.desk.workforce import NoCluster  # noqa: PLC0415

    # One moment for the whole run: what comes out must not depend on when it was whose turn.
    now = moment_of_publishing() or datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    try:
        worst = dispatch(options, display, now, partial(_write_log, [str(options)]))
    except NoCluster as reason:
        display.complain(str(reason))
        display.data({"outcome": "failed", "message": str(reason)})
        return USAGE
    codes = {Fate.PUBLISHED: DONE, Fate.REFUSED: AUTHORS, Fate.FAILED: OURS}
    return INTERRUPTED if worst is None else codes[worst]


def _import(options: argparse.Namespace, display: Display) -> int:
    from bindery.acquisitions import acquire  # noqa: PLC0415

    acquired = acquire(options.source, options.destination, force=options.force)
    display.queries(acquired.queries)
    display.data(
        {
            "outcome": "imported",
            "folder": str(acquired.folder),
            "essays": [
                {"title": e.title, "file": e.file, "words": e.words} for e in acquired.essays
            ],
            "queries": [as_data(query) for query in acquired.queries],
        }
    )
    for essay in acquired.essays:
        display.say(f"{essay.file}: {essay.title} ({count(essay.words, 'word')})")
    wrong = len(errors_in(acquired.queries))
    if wrong:
        display.complain(f"The book is in {acquired.folder}, with {count(wrong, 'error')} to mend.")
        return AUTHORS
    display.say(
        f"The book is in {acquired.folder}. Publish it with: build.py publish {acquired.folder}"
    )
    return DONE


def _index(options: argparse.Namespace, display: Display) -> int:
    from bindery.desk.indexer import run  # noqa: PLC0415

    folder = _book_folder(getattr(options, "book", None))
    return DONE if run(options, display, folder) else AUTHORS


def _printers(options: argparse.Namespace, display: Display) -> int:
    from bindery.desk.press_list import run  # noqa: PLC0415

    run(options, display)
    return DONE


def _test(_options: argparse.Namespace, display: Display) -> int:
    display.complain("The tests run in a checkout of Bindery: python3 build.py test")
    return USAGE


_COMMANDS = {
    "publish": _publish,
    "catalogue": _catalogue,
    "check": _check,
    "import": _import,
    "index": _index,
    "printers": _printers,
    "test": _test,
}


def _book_folder(given: Path | None) -> Path:
    """The folder to publish: the one given, else book/ here, else the one beside Bindery."""
    if given is not None:
        return given
    here = Path("book")
    return here if here.is_dir() else house_folder() / "book"


def _refuse(mistakes: Unprintable, display: Display) -> int:
    """Tell the author everything at once."""
    display.queries(mistakes.queries)
    errors = len(errors_in(mistakes.queries))
    warnings = sum(query.severity is Severity.WARNING for query in mistakes.queries)
    told: dict[str, Any] = {
        "outcome": "refused",
        "queries": [as_data(query) for query in mistakes.queries],
    }
    display.data(told)
    more = f" and {count(warnings, 'warning')}" if warnings else ""
    display.complain(f"{count(errors, 'error')}{more}; nothing was changed.")
    return AUTHORS


def _write_log(arguments: list[str], what: str) -> Path:
    """Everything that we need to find our mistake."""
    handle, name = tempfile.mkstemp(prefix="bindery-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        log.write(
            f"Bindery {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        )
        log.write(f"Arguments: {arguments}\n\n{what}")
    return Path(name)
