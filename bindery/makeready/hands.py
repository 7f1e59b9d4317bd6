"""The hands of makeready: say in a line what happens, run one command, work alone.

Set-up commands are quiet; when one fails, its last words are part of the plain sentence that
`NotReady` carries.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bindery.makeready.stamp import NotReady

LOCK_FILE = ".venv.lock"
LAST_WORDS = 8
"""How many lines of a failed command are shown."""


def note(text: str) -> None:
    """Tell the user what happens."""
    print(f"Making ready: {text}", file=sys.stderr, flush=True)


def run(
    command: Sequence[str], *, failing: str, remedy: str, env: Mapping[str, str] | None = None
) -> None:
    """Run a command to its end; `failing` says what could not be done, `remedy` what to do."""
    try:
        result = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env={**os.environ, **(env or {})},
        )
    except OSError as error:
        raise NotReady(f"{failing}: {error}. {remedy}") from error
    if result.returncode:
        words = [line for line in result.stdout.splitlines() if line.strip()][-LAST_WORDS:]
        said = "".join(f"\n    {line}" for line in words)
        raise NotReady(f"{failing}:{said}\n{remedy}")


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold off every other run that wants to change the same environment."""
    # A polite request to end must end the child too, as Ctrl-C does, or it would go on
    # writing into an environment that the next run makes anew.
    former = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with (root / LOCK_FILE).open("a+b") as file:
            take(file.fileno())
            yield
    except OSError as error:
        raise NotReady(
            f"The press cannot be made ready: {error}. The folder of build.py must be one that "
            "you may write to, on a disk with a gigabyte to spare."
        ) from error
    finally:
        signal.signal(signal.SIGTERM, former)


def take(descriptor: int) -> None:
    """Wait until the lock is ours; the system gives it back when we end, however we end."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        while True:
            try:  # Ten attempts, a second apart, then an error: hence the loop.
                return msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError:
                note("waiting for another run that is making ready…")
    else:
        import fcntl  # noqa: PLC0415

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note("waiting for another run that is making ready…")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
