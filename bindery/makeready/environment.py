"""The virtual environment beside `build.py`: made, filled from the lock file, and stamped.

While it is changed, a mark lies in it; where the mark is still found later, the change was
cut short, and the environment is made anew.  It is also made anew when the checkout was moved,
when another Python runs `build.py`, and when the lock file has changed, so that it never holds
anything but the locked packages.  The tests' packages are added to those for publishing.  An
environment that somebody made by hand is filled, not thrown away, as long as it works.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from bindery.makeready import libraries, stamp
from bindery.makeready.hands import alone, note, run
from bindery.makeready.stamp import NotReady

UNFINISHED = "bindery.unfinished"
TRY_AGAIN = "Check the connection to the network, then run the same command again."
QUESTION = """
import sys, pip
print(sys.prefix, sys.implementation.cache_tag + getattr(sys, "abiflags", ""))
"""


def prepare(root: Path, *, tests: bool) -> None:
    """Make the environment fit for publishing, or for the tests as well."""
    with alone(root):
        if stamp.is_ready(str(root), tests=tests):
            return  # Another run, for which this one waited, was quicker.
        venv = Path(stamp.venv_of(str(root)))
        anew = not can_be_added_to(root)
        if anew:
            clear(venv)
        (venv / UNFINISHED).touch()
        if anew:
            create(venv)
        install(root, tests=tests)
        (venv / UNFINISHED).unlink()
        # Where the user has to install these by hand, the packages are kept meanwhile.
        libraries.ensure_loadable(stamp.python_of(str(root)))
        promised = "\n".join(stamp.promises(str(root), tests=tests))
        (venv / stamp.STAMP).write_text(promised + "\n", encoding="utf-8")


def can_be_added_to(root: Path) -> bool:
    """Whether packages can be added to the environment that is there."""
    venv = Path(stamp.venv_of(str(root)))
    if (venv / UNFINISHED).exists() or not Path(stamp.python_of(str(root))).exists():
        return False
    kept = stamp.kept(str(root))
    if kept:
        return set(kept) <= set(stamp.promises(str(root), tests=True))
    return is_sound(root, venv)


def is_sound(root: Path, venv: Path) -> bool:
    """Whether an environment without a stamp has a pip, and belongs to this very Python."""
    flags = getattr(sys, "abiflags", "")
    answer = subprocess.run(
        [stamp.python_of(str(root)), "-I", "-c", QUESTION],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return answer.stdout.strip() == f"{venv} {sys.implementation.cache_tag}{flags}"


def clear(venv: Path) -> None:
    """An empty folder; the folder itself stays, for it may be a link to another disk."""
    if stands_in(venv) and sys.platform == "win32":
        raise NotReady(
            f"{venv} has to be made anew, and it is in use by this command. Close it with "
            "`deactivate` and run build.py with the Python that you installed."
        )
    venv.mkdir(exist_ok=True)
    if any(venv.iterdir()):
        note(f"{venv} is unfinished or does not fit any more; making it anew…")
    for entry in venv.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def stands_in(venv: Path) -> bool:
    """Whether this very Python is the one of the environment."""
    return Path(sys.prefix) == venv


def create(venv: Path) -> None:
    """A virtual environment with pip, in a folder that is there and empty but for the mark."""
    if importlib.util.find_spec("ensurepip") is None:
        libraries.supply("venv", libraries.this_system())
    note("creating a virtual environment…")
    # The Python of an environment may be about to disappear; the one that it was made from is not.
    python = getattr(sys, "_base_executable", None) or sys.executable
    run(
        [python, "-m", "venv", str(venv)],
        failing="No virtual environment could be made",
        remedy="Install Python with its modules venv and ensurepip, then try again.",
    )


def install(root: Path, *, tests: bool) -> None:
    """The locked packages, and a pointer to the checkout so that `bindery` can be imported."""
    venv = Path(stamp.venv_of(str(root)))
    publishing_part, tests_part = stamp.lock_parts(str(root))
    wanted = publishing_part + tests_part if tests else publishing_part
    requirements = venv / "requirements.txt"
    requirements.write_text(wanted, encoding="utf-8")
    note(f"installing {count(wanted)} packages…")
    pip = [stamp.python_of(str(root)), "-m", "pip", "--no-input", "--disable-pip-version-check"]
    run(
        [*pip, "install", "--require-hashes", "--no-color", "-r", str(requirements)],
        failing="The packages could not be installed",
        remedy=TRY_AGAIN,
        env={"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"},
    )
    places = sysconfig.get_paths("venv", {"base": str(venv), "platbase": str(venv)})
    # Python reads these files in the encoding of the system.
    (Path(places["purelib"]) / "bindery.pth").write_text(f"{root}\n", encoding="locale")


def count(requirements: str) -> int:
    """How many packages a part of the lock file names, whatever the platform."""
    return len({line.split("==")[0] for line in requirements.splitlines() if "==" in line})
