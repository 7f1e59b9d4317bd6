"""What pip cannot install: shared libraries and programs, by the system's own package manager.

Whether the libraries are there is found out by loading them, just as WeasyPrint does.  Where
they are missing, they are installed if that takes no password and no question; otherwise the
exact command for this system is named.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Literal, NamedTuple

from bindery.makeready.hands import note, run
from bindery.makeready.stamp import NotReady

Need = Literal["libraries", "venv", "browser", "node", "ghostscript"]

NAMES: Mapping[Need, str] = {
    "libraries": "the libraries Pango, HarfBuzz and Fontconfig",
    "venv": "Python's module ensurepip",
    "browser": "the browser Chromium",
    "node": "Node.js with npm",
    "ghostscript": "Ghostscript",
}

# WeasyPrint loads the libraries when it is imported.  Without HarfBuzz-Subset it falls back on
# another way to cut fonts down, so that two machines would not make the same file.
PROBE = "from weasyprint.text import ffi; raise SystemExit(0 if ffi.harfbuzz_subset else 10)"
ALL_THERE = 0
NO_SUBSETTER = 10


class Manager(NamedTuple):
    """A package manager: how it is called, and what it calls the things that we need."""

    program: str
    install: tuple[str, ...]
    packages: Mapping[Need, tuple[str, ...]]
    refresh: tuple[str, ...] = ()
    unattended: bool = False
    """Whether it may be run for the user; not where that could upgrade half of the system."""
    as_root: bool = True
    optional: str = ""
    """A package that older releases do not have on its own."""


APT = ("apt-get", "-o", "DPkg::Lock::Timeout=120")
PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"

MANAGERS = (
    Manager(
        "apt-get",
        (*APT, "install", "-y", "--no-install-recommends"),
        {
            "libraries": (
                "libpango-1.0-0",
                "libpangoft2-1.0-0",
                "libharfbuzz0b",
                "libharfbuzz-subset0",
                "fontconfig",
            ),
            "venv": (f"{PYTHON}-venv",),
            "browser": ("chromium",),
            "node": ("nodejs", "npm"),
            "ghostscript": ("ghostscript",),
        },
        refresh=(*APT, "update"),
        unattended=True,
        optional="libharfbuzz-subset0",
    ),
    Manager(
        "dnf",
        ("dnf", "install", "-y"),
        {
            "libraries": ("pango", "harfbuzz", "fontconfig"),
            "browser": ("chromium",),
            "node": ("nodejs", "npm"),
            "ghostscript": ("ghostscript",),
        },
        unattended=True,
    ),
    Manager(
        "pacman",
        ("pacman", "-S", "--needed"),
        {
            "libraries": ("pango", "harfbuzz", "fontconfig"),
            "browser": ("chromium",),
            "node": ("nodejs", "npm"),
            "ghostscript": ("ghostscript",),
        },
    ),
    Manager(
        "apk",
        ("apk", "add"),
        {
            "libraries": ("pango", "harfbuzz-subset", "fontconfig"),
            "browser": ("chromium",),
            "node": ("nodejs", "npm"),
            "ghostscript": ("ghostscript",),
        },
    ),
    Manager(
        "zypper",
        ("zypper", "install"),
        {
            "libraries": (
                "libpango-1_0-0",
                "libharfbuzz0",
                "libharfbuzz-subset0",
                "fontconfig",
            ),
            "browser": ("chromium",),
            "node": ("nodejs-default", "npm-default"),
            "ghostscript": ("ghostscript",),
        },
    ),
    Manager(
        "brew",
        ("brew", "install"),
        {
            "libraries": ("pango", "harfbuzz", "fontconfig"),
            "browser": ("--cask", "google-chrome"),
            "node": ("node",),
            "ghostscript": ("ghostscript",),
        },
        unattended=True,
        as_root=False,
    ),
)

# Windows has no package manager for these libraries; MSYS2 is what WeasyPrint's manual advises.
WINDOWS: Mapping[Need, str] = {
    "libraries": "install MSYS2, then in its shell: pacman -S mingw-w64-ucrt-x86_64-pango",
    "venv": "install Python again, with pip",
    "browser": "install Chrome, Edge or Chromium",
    "node": "install Node.js 20 or newer",
    "ghostscript": "install Ghostscript",
}


class System(NamedTuple):
    """What decides how things are installed; given as an argument, so that tests can choose."""

    platform: str
    is_root: bool
    which: Callable[[str], str | None]
    run: Callable[[Sequence[str]], None]


def this_system() -> System:
    """The system that Bindery runs on."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return System(sys.platform, is_root, shutil.which, run_manager)


def run_manager(command: Sequence[str]) -> None:
    """Run one command of a package manager."""
    run(
        command,
        failing="Something that Bindery needs could not be installed",
        remedy="Check the connection to the network, then run the same command again.",
        env={"DEBIAN_FRONTEND": "noninteractive", "HOMEBREW_NO_AUTO_UPDATE": "1"},
    )


def manager_of(system: System) -> Manager | None:
    """The first package manager that the system has."""
    return next((manager for manager in MANAGERS if system.which(manager.program)), None)


def advice(need: Need, system: System) -> str:
    """What the user has to do on this system to get what is needed."""
    if system.platform == "win32":
        return f"On Windows, {WINDOWS[need]}."
    manager = manager_of(system)
    if manager is None or need not in manager.packages:
        return f"Install {NAMES[need]} with the package manager of your system."
    sudo = ("sudo",) if manager.as_root and not system.is_root else ()
    command = (*sudo, *manager.install, *manager.packages[need])
    short = [word for word in command if word not in APT[1:]]
    return f"Install them with:\n    {shlex.join(short)}"


def supply(need: Need, system: System) -> None:
    """Install what is needed, or say how the user can."""
    manager = None if system.platform == "win32" else manager_of(system)
    may = manager and manager.unattended and manager.as_root == system.is_root
    if manager is None or not may or need not in manager.packages:
        raise NotReady(f"Missing: {NAMES[need]}. {advice(need, system)}")
    note(f"installing {NAMES[need]} with {manager.program}…")
    packages = manager.packages[need]
    fewer = tuple(package for package in packages if package != manager.optional)
    # The second attempt is for lists that went stale between the two steps of the first.
    attempts = [packages, packages] if fewer == packages else [packages, packages, fewer]
    problem = None
    for attempt in attempts:
        if manager.refresh:
            with suppress(NotReady):  # One source that is out of order leaves the others usable.
                system.run(manager.refresh)
        try:
            return system.run((*manager.install, *attempt))
        except NotReady as reason:
            problem = reason
    raise NotReady(f"{problem} {advice(need, system)}") from problem


def load(python: str) -> int:
    """Load the libraries as WeasyPrint does: `ALL_THERE`, `NO_SUBSETTER`, or something else."""
    return subprocess.run(
        [python, "-P", "-W", "ignore", "-c", PROBE],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ).returncode


def ensure_loadable(
    python: str, system: System | None = None, load: Callable[[str], int] = load
) -> None:
    """See to it that the shared libraries can be loaded by this Python."""
    system = system or this_system()
    found = load(python)
    if found == ALL_THERE:
        return
    try:
        supply("libraries", system)
        found = load(python)
    except NotReady as reason:
        if found != NO_SUBSETTER:
            raise
        note(f"going on without HarfBuzz-Subset; files may differ slightly. {reason}")
    if found not in (ALL_THERE, NO_SUBSETTER):
        raise NotReady(
            f"Python still cannot load {NAMES['libraries']}. {advice('libraries', system)}"
        )
