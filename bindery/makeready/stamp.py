"""Whether everything is in its place: what the virtual environment promises, line by line.

The stamp is a text file inside `.venv`, written last of all.  Each of its lines is a promise:
where the environment stands (it cannot be moved), for which Python and machine it was made,
and which parts of the lock file are installed in it.  The environment can be used when every
promise that is wanted is among those that it keeps.

This is read before every command, so it imports only what Python has loaded anyway, and
`hashlib`.
"""

from __future__ import annotations

import hashlib
import os
import sys

VENV = ".venv"
STAMP = "bindery.stamp"
LOCK = "requirements.lock"
TESTS_BEGIN = "# ---- tests ----"
"""The line of the lock file below which the packages only for the tests stand."""


class NotReady(Exception):
    """The press cannot be made ready; the message says why, and what to do."""


def venv_of(root: str) -> str:
    """Where the virtual environment of a checkout stands."""
    return os.path.join(root, VENV)


def python_of(root: str) -> str:
    """The Python of the virtual environment."""
    if os.name == "nt":
        return os.path.join(venv_of(root), "Scripts", "python.exe")
    return os.path.join(venv_of(root), "bin", "python")


def lock_parts(root: str) -> tuple[str, str]:
    """The lock file: the packages for publishing, and those only for the tests."""
    try:
        with open(os.path.join(root, LOCK), encoding="utf-8") as file:
            publishing, _, tests = file.read().partition(TESTS_BEGIN)
    except OSError as error:
        raise NotReady(
            f"The list of packages cannot be read ({error}). "
            f"Restore {LOCK}, which stands beside build.py."
        ) from error
    return publishing, tests


def promises(root: str, *, tests: bool) -> list[str]:
    """What the environment must promise to publish, or to run the tests as well."""
    machine = os.uname().machine if hasattr(os, "uname") else os.environ["PROCESSOR_ARCHITECTURE"]
    flags = getattr(sys, "abiflags", "")
    publishing_part, tests_part = lock_parts(root)
    wanted = [
        f"venv {venv_of(root)}",
        f"python {sys.implementation.cache_tag}{flags} {sys.platform} {machine}",
        f"publishing {fingerprint(publishing_part)}",
    ]
    return [*wanted, f"tests {fingerprint(tests_part)}"] if tests else wanted


def fingerprint(text: str) -> str:
    """A short name for a text that no other text has."""
    return hashlib.sha256(text.encode()).hexdigest()


def kept(root: str) -> list[str]:
    """What the environment that is there promises; nothing when it was never finished."""
    try:
        with open(os.path.join(venv_of(root), STAMP), encoding="utf-8") as file:
            return file.read().splitlines()
    except OSError:
        return []


def is_ready(root: str, *, tests: bool) -> bool:
    """Whether the environment can be used as it is."""
    # The Python is a link to another one, which an upgrade of the system may have taken away.
    return set(promises(root, tests=tests)) <= set(kept(root)) and os.path.exists(python_of(root))
