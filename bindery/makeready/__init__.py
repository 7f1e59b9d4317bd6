"""Makeready, a printer's word for preparing the press before a run: what `build.py` does first.

When all is in its place, the only cost is to compare the stamp in `.venv` with the checkout
(`stamp`); then the same process becomes `python -m bindery`.  Otherwise `environment` makes the
virtual environment and installs the locked packages, and `libraries` sees to it that Pango can
be loaded.  `build.py test` goes through `proving`, which adds what the tests need.

Nothing but the standard library is used here, and nothing else of Bindery: there is no
environment yet.  Whatever is said goes to standard error, since standard output belongs to
the command that follows.
"""

from __future__ import annotations

import os
import sys

from bindery.makeready import stamp

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
"""The checkout: the folder of `build.py`."""

NOT_READY = 3
"""Exit code when the press cannot be made ready."""
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""

# Homebrew on Apple silicon installs where the loader does not look by itself.
MAC_LIBRARIES = "/opt/homebrew/lib:/usr/local/lib:/usr/lib"


def main(arguments: list[str]) -> int:
    """Make ready what is not, then run the command that `build.py` was given."""
    if sys.platform == "darwin":
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", MAC_LIBRARIES)
    try:
        if arguments[:1] == ["test"]:
            return prove(arguments[1:])
        if not stamp.is_ready(ROOT, tests=False):
            prepare()
        return hand_over(arguments)
    except stamp.NotReady as reason:
        print(reason, file=sys.stderr)
        return NOT_READY
    except KeyboardInterrupt:
        return INTERRUPTED


# The imports inside these functions keep the ordinary start, which needs none of them, short.


def prepare() -> None:
    """Everything that publishing needs."""
    from pathlib import Path  # noqa: PLC0415

    from bindery.makeready import environment  # noqa: PLC0415

    environment.prepare(Path(ROOT), tests=False)


def prove(arguments: list[str]) -> int:
    """Everything that the tests need, and the tests."""
    from pathlib import Path  # noqa: PLC0415

    from bindery.makeready import proving  # noqa: PLC0415

    return proving.prove(Path(ROOT), arguments)


def hand_over(arguments: list[str]) -> int:
    """Become `python -m bindery`; only Windows, which cannot, waits for a child."""
    # -P: a folder that happens to be called bindery, where the user stands, must not be run.
    command = [stamp.python_of(ROOT), "-P", "-m", "bindery", *arguments]
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - a shell is the last thing wanted
    import subprocess  # noqa: PLC0415

    return subprocess.run(command, check=False).returncode
