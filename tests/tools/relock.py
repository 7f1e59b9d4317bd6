"""Make `requirements.lock` from `pyproject.toml`: run `python tests/tools/relock.py`.

Needs `uv`, which is among the packages for the tests, so any of these will do:

    .venv/bin/python tests/tools/relock.py              what is new in pyproject.toml, no more
    .venv/bin/python tests/tools/relock.py --upgrade    every indirect dependency at its newest

The one file serves every platform and every Python that Bindery runs on, by environment
markers, and names no registry, so that each machine uses its own.  The packages needed to
publish come first; those only for the tests stand below a line, where
`bindery.makeready.stamp` parts the two.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from bindery.makeready.stamp import LOCK, TESTS_BEGIN  # noqa: E402 - needs the path above

HEADING = """\
# Every package that Bindery uses, with its hashes, for all platforms.
# Made by `python tests/tools/relock.py` from pyproject.toml; not to be edited by hand.
"""
COMPILE = ("pip", "compile", "--universal", "--no-emit-index-url", "--no-header", "--quiet")
ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==.*\n(?:[ \t]+.*\n)*", re.MULTILINE)


def main(options: list[str]) -> None:
    """Write the lock file anew."""
    lock = ROOT / LOCK
    with tempfile.TemporaryDirectory() as folder:
        everything = Path(folder, "everything.txt")
        publishing = Path(folder, "publishing.txt")
        if lock.exists():
            everything.write_text(lock.read_text("utf-8"), "utf-8")  # uv keeps these versions.
        compile_lock("--group", "test", "--generate-hashes", *options, "-o", str(everything))
        compile_lock("--constraint", str(everything), "-o", str(publishing))
        needed = {entry["name"] for entry in ENTRY.finditer(publishing.read_text("utf-8"))}
        parts: dict[bool, list[str]] = {True: [], False: []}
        for entry in ENTRY.finditer(everything.read_text("utf-8")):
            parts[entry["name"] in needed].append(entry[0])
    text = "\n".join([HEADING, "".join(parts[True]), TESTS_BEGIN, "".join(parts[False])])
    lock.write_text(text, encoding="utf-8", newline="\n")
    print(f"{LOCK}: {len(parts[True])} packages to publish, {len(parts[False])} for the tests.")


def compile_lock(*arguments: str) -> None:
    """Let uv find a set of versions that fit together."""
    command = [sys.executable, "-m", "uv", *COMPILE, *arguments, "pyproject.toml"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(sys.argv[1:])
