"""Many books at once: by processes here, by Dask workers, and through the death of some of them."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bindery.catalogue import (
    Fate,
    Order,
    Outcome,
    Workforce,
    carry_out,
    orders,
    print_catalogue,
    take_order,
)
from bindery.desk.dispatch import undisturbed
from bindery.desk.workforce import processes
from bindery.editions import EDITIONS
from bindery.errata import Unprintable
from bindery.production import publish
from tests.specimen import NOT_DRAWN, said, write_book

ROOT = Path(__file__).resolve().parent.parent
MOMENT = datetime.datetime(2026, 11, 21, 12, 30, 15, tzinfo=datetime.UTC)
ALL = tuple(EDITIONS)
LONG = "Some words of an essay that take a while to set.\n\n" * 100
BOUND = 60
"""Seconds after which a process of these tests is given up."""

WORKER = """
import pickle, sys
from bindery.catalogue import carry_out
sys.stdout.buffer.write(pickle.dumps(carry_out(pickle.load(sys.stdin.buffer))))
"""
Bytes = dict[str, dict[str, bytes]]
"""The finished files of every book, by slug and by name."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four books, one of which cannot be published, and one named like another."""
    folder = tmp_path_factory.mktemp("desk")
    picture = "![A square](../images/square.svg)\n"
    write_book(folder / "short", {"essays/a.md": "# A\n\nWords.\n"}, 'title = "Short"\n')
    files: dict[str, str | bytes] = {"essays/a.md": f"# A\n\n{LONG}\n\n{picture}"}
    files |= {"images/square.svg": NOT_DRAWN, "styles/own.css": "p { color: red }"}
    write_book(folder / "long", files, 'title = "Long"\n')
    write_book(folder / "other", {"essays/b.md": f"# B\n\n{LONG}"}, 'title = "Other"\n')
    write_book(folder / "bad", {"essays/a.md": f"# A\n\n{picture}"}, 'title = "Bad"\n')
    write_book(folder / "twin", {"essays/a.md": "# Twin\n"}, 'title = "Short"\n')
    return folder


class ThisProcess(Executor):
    """Does at once what it is asked to."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except (OSError, ZeroDivisionError) as mistake:
            future.set_exception(mistake)
        return future


SERIALLY = Workforce(ThisProcess, lambda: 1)


def orders_of(desk: Path, *names: str, editions: tuple[str, ...] = ALL) -> list[Order]:
    return [take_order(desk / name, editions, MOMENT) for name in names]


def printed(given: list[Order], workforce: Workforce) -> list[Outcome]:
    """Outcomes in the order given."""
    return [outcome for _, outcome in sorted(print_catalogue(given, workforce), key=first)]


def first(pair: tuple[int, Outcome]) -> int:
    return pair[0]


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def serial(desk: Path) -> Bytes:
    """What comes out when one book is printed after the other in this process."""
    outcomes = printed(orders_of(desk, "short", "long", "other"), SERIALLY)
    return {o.slug: {a.path: a.data for a in o.artifacts} for o in outcomes}


@dataclass
class Run:
    """`build.py catalogue` under way."""

    process: subprocess.Popen[str]
    temporary: Path
    """Where it and its workers put what is temporary."""

    def ended(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=BOUND)
        return self.process.returncode, out, err


@pytest.fixture
def start(desk: Path, tmp_path: Path) -> Iterator[Callable[..., Run]]:
    """Starts `build.py catalogue` with arguments; what still runs at the end is ended."""
    with ExitStack() as stack:

        def begin(*arguments: object, path: Path = ROOT) -> Run:
            temporary = tmp_path / "temporary"
            temporary.mkdir()
            search = os.pathsep.join(dict.fromkeys([str(path), str(ROOT)]))
            epoch = str(int(MOMENT.timestamp()))
            process = subprocess.Popen(
                [sys.executable, "-m", "bindery", "catalogue", *map(str, arguments)],
                cwd=desk,
                env=os.environ
                | {"PYTHONPATH": search, "TMPDIR": str(temporary), "SOURCE_DATE_EPOCH": epoch},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.callback(end, process)
            return Run(process, temporary)

        yield begin


def end(process: subprocess.Popen[Any]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


def until(found: Callable[[], Any]) -> Any:
    """What a function finds, as soon as it finds something."""
    given_up = time.monotonic() + BOUND
    while time.monotonic() < given_up:
        with suppress(OSError):  # Folders come and go meanwhile.
            if thing := found():
                return thing
        time.sleep(0.02)
    raise AssertionError("nothing was found in time")


def printers(process: int) -> list[int]:
    """The worker processes of a process."""
    found = []
    for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
        with suppress(OSError):
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(int(child))
    return found


# ---- orders


def test_an_order_holds_what_a_book_is_made_of_and_no_more(tmp_path: Path) -> None:
    book = write_book(
        tmp_path / "book",
        {
            "essays/a.md": "# A",
            "texts/named.txt": "# Named",
            "images/a.PNG": b"png",
            "index.toml": "",
            "styles/fonts/own.woff2": b"font",
            "notes.txt": "not of the book",
            ".git/a.md": "not of the book",
            "output/book.pdf": b"made of it",
        },
        'title = "A Title"\n[order]\nessays = ["essays/a.md", "./texts/named.txt"]\n',
    )
    (book / "essays" / "round").symlink_to(book)
    (book / "inside.md").symlink_to("essays/a.md")
    os.mkfifo(book / "essays" / "pipe.md")
    order = take_order(book, ALL, MOMENT)
    assert sorted(name for name, _ in order.files) == [
        "book.toml",
        "essays/a.md",
        "images/a.PNG",
        "index.toml",
        "inside.md",
        "styles/fonts/own.woff2",
        "texts/named.txt",
    ]
    assert (order.slug, order.title) == ("a-title", "book")
    assert pickle.loads(pickle.dumps(order)) == order  # noqa: S301 - our own
    with pytest.raises(dataclasses.FrozenInstanceError):
        order.slug = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    "name",
    ["book.toml", "index.toml", "essays/b.md", "essays", "templates/cover.html.j2", "styles/a.css"],
)
def test_links_out_of_the_folder_are_refused(name: str, tmp_path: Path) -> None:
    write_book(tmp_path / "elsewhere", {"essays/a.md": "# A", "b.md": "# B"})
    link = write_book(tmp_path / "book", {"a.md": "# A"}, None) / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(tmp_path / "elsewhere" / ("essays" if name == "essays" else "b.md"))
    with pytest.raises(Unprintable) as stop:
        take_order(tmp_path / "book", ALL, MOMENT)
    assert said(stop.value.queries) == [f"{name} outside error"]


def test_a_picture_outside_is_missing_as_it_always_is(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"png")
    book = write_book(tmp_path / "book", {"essays/a.md": "# A\n\n![S](../secret.png)\n"})
    (book / "secret.png").symlink_to(tmp_path / "secret.png")
    order = take_order(book, ALL, MOMENT)
    assert "secret.png" not in dict(order.files)
    assert said(carry_out(order, tmp_path).queries) == ["essays/a.md:3 missing-image error"]


def test_a_book_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = write_book(tmp_path / "book", {"essays/a.md": "# A", "images/a.png": b"0" * 3000})
    monkeypatch.setattr(orders, "MOST", 2000)
    with pytest.raises(Unprintable) as stop:
        take_order(book, ALL, MOMENT)
    assert said(stop.value.queries) == ["images/a.png too-large error"]


# ---- what a worker does


def test_the_files_are_those_that_publish_makes(desk: Path, serial: Bytes, tmp_path: Path) -> None:
    publish(desk / "long", tmp_path, MOMENT)
    assert files_in(tmp_path) == serial["long"]


def test_no_disk_is_shared(desk: Path, serial: Bytes, tmp_path: Path) -> None:
    source = shutil.copytree(desk / "long", tmp_path / "long")
    order = take_order(source, ALL, MOMENT)
    shutil.rmtree(source)
    (tmp_path / "worker").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", WORKER],
        input=pickle.dumps(order),
        cwd=tmp_path / "worker",
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "worker")},
        stdout=subprocess.PIPE,
        check=True,
        timeout=BOUND,
    )
    outcome = pickle.loads(done.stdout)  # noqa: S301 - our own
    assert {a.path: a.data for a in outcome.artifacts} == serial["long"]
    assert not list((tmp_path / "worker").iterdir()), "the worker cleared its table"


def test_mistakes_are_told_of_the_customers_files(tmp_path: Path) -> None:
    files = {"essays/a.md": "# A\n", "templates/cover.html.j2": "\n{{ nothing }}\n"}
    (order,) = orders_of(write_book(tmp_path / "book", files).parent, "book")
    outcome = carry_out(order, tmp_path)
    assert said(outcome.queries) == ["templates/cover.html.j2:2 bad-template error"]
    (order,) = orders_of(write_book(tmp_path / "empty", {}).parent, "empty")
    outcome = carry_out(order, tmp_path)
    assert outcome.queries[-1].message == f"There is no essay in {tmp_path / 'empty'}."


def test_a_worker_with_another_press_is_spoken_of(tmp_path: Path) -> None:
    (order,) = orders_of(write_book(tmp_path / "book", {"essays/a.md": "# A\n"}).parent, "book")
    outcome = carry_out(replace(order, press="another", editions=("epub",)), tmp_path)
    assert "book.toml other-press warning" in said(outcome.queries)


# ---- the foreman


def breaks(order: Order) -> Outcome:
    if order.slug == "short":
        raise OSError(28, "No space left on device")
    return Outcome(order.name, Fate.PUBLISHED, order.slug, pages=1 // (order.slug != "long"))


def test_what_breaks_is_one_books_failure(desk: Path) -> None:
    workforce = replace(SERIALLY, job=breaks)
    outcomes = printed(orders_of(desk, "short", "long", "other"), workforce)
    assert [o.fate for o in outcomes] == [Fate.FAILED, Fate.FAILED, Fate.PUBLISHED]
    assert "No space left on device" in outcomes[0].message
    assert "ZeroDivisionError" in outcomes[1].message
    assert "pages=1 // (order" in outcomes[1].details


class Nobody(Executor):
    """Takes every order, and has no worker."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ARG002
        return Future()


def test_nobody_is_waited_for_forever(desk: Path) -> None:
    workforce = Workforce(Nobody, lambda: 0, patience=0.1)
    outcomes = printed(orders_of(desk, "short", "long", "other"), workforce)
    assert {o.message for o in outcomes} == {"There is no worker left, or the scheduler is gone."}


def deadly(order: Order) -> Outcome:
    """Print a book, but die of one of them."""
    if order.slug == "long":
        os.kill(os.getpid(), signal.SIGKILL)
    return carry_out(order)


def test_a_book_that_kills_every_worker_fails_alone(desk: Path) -> None:
    given = orders_of(desk, "short", "long", "other", editions=("epub",))
    with processes(2) as workforce:
        outcomes = printed(given, replace(workforce, job=deadly))
    assert [o.fate for o in outcomes] == [Fate.PUBLISHED, Fate.FAILED, Fate.PUBLISHED]
    assert outcomes[1].tries == 3
    assert outcomes[1].message.startswith("Every worker that printed it died.")


# ---- the command, with processes of this machine


def test_books_are_told_of_in_the_order_given(
    start: Callable[..., Run], serial: Bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    code, told, talk = start("short", "bad", "nowhere", "twin", "--out", out).ended()
    assert code == 1
    assert sorted(path.name for path in out.iterdir()) == ["short", "short-2"]
    assert files_in(out / "short") == serial["short"]
    assert f"short: {out / 'short'}, 8 pages in " in told
    assert told.index("short:") < told.index("twin:") < told.index("Of 4: 2 published, 2 ref")
    assert "bad/essays/a.md:3: error: The picture images/square.svg is missing" in talk
    assert "nowhere: error: There is no folder nowhere." in talk
    assert "twin/book.toml: warning: Another book of this run is called short as well" in talk
    assert "4 of 4: " in talk
    assert "Traceback" not in talk


def test_a_killed_process_is_replaced(
    start: Callable[..., Run], serial: Bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run = start("long", "short", "other", "--out", out, "--jobs", "2", "--json")
    until(lambda: list(run.temporary.glob("bindery-*/bindery-*/book/long")))
    os.kill(until(lambda: printers(run.process.pid))[0], signal.SIGKILL)
    code, told, talk = run.ended()
    books = json.loads(told)["books"]
    assert (code, talk) == (0, "")
    assert [book["book"] for book in books] == ["long", "short", "other"]
    assert {book["outcome"] for book in books} == {"published"}
    assert max(book["tries"] for book in books) == 2
    assert {slug: files_in(out / slug) for slug in serial} == serial
    assert not list(run.temporary.iterdir()), "what the killed one left behind is gone"


def test_interrupted_is_130_and_every_book_is_whole_or_absent(
    start: Callable[..., Run], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run = start("short", "long", "other", "--out", out, "--jobs", "1")
    until(lambda: list(run.temporary.glob("bindery-*/bindery-*/book/long")))
    workers = printers(run.process.pid)
    run.process.send_signal(signal.SIGINT)
    code, told, talk = run.ended()
    assert (code, told) == (130, "")
    assert "Interrupted; 1 of 3 books published, each one whole." in talk
    assert len(files_in(out / "short")) == 6
    assert [path.name for path in out.iterdir()] == ["short"]
    assert workers
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]
    assert not list(run.temporary.iterdir())


def test_a_book_is_put_in_its_place_before_an_interruption() -> None:
    steps = []

    def put_in_place() -> None:
        with undisturbed():
            signal.raise_signal(signal.SIGINT)
            steps.append("all of it")

    with pytest.raises(KeyboardInterrupt):
        put_in_place()
    assert steps == ["all of it"]


# ---- the command, with a Dask cluster


@dataclass
class Cluster:
    """A scheduler and two workers, each with a folder of its own."""

    address: str
    workers: dict[Path, subprocess.Popen[str]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as stack:

        def begin(kind: str, folder: Path, *more: object) -> subprocess.Popen[str]:
            folder.mkdir()
            command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard"]
            process = subprocess.Popen(
                [*command, "--host", "127.0.0.1", *map(str, more)],
                cwd=folder,
                env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            stack.callback(end, process)
            return process

        card = tmp_path / "scheduler" / "card.json"
        begin("scheduler", card.parent, "--port", "0", "--scheduler-file", card)
        until(lambda: card.exists() and card.read_text().rstrip().endswith("}"))
        folders = [tmp_path / "worker-1", tmp_path / "worker-2"]
        options = ("--nthreads", 1, "--no-nanny", "--scheduler-file", card, "--local-directory")
        workers = {folder: begin("worker", folder, *options, folder) for folder in folders}
        yield Cluster(json.loads(card.read_text())["address"], workers)


def test_a_killed_dask_worker_is_replaced_by_another(
    start: Callable[..., Run], cluster: Cluster, serial: Bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    books = ("long", "other", "short")
    run = start(*books, "bad", "--out", out, "--scheduler", cluster.address)
    busy = [folder.glob for folder in cluster.workers]
    (table,) = until(lambda: [path for glob in busy for path in glob("**/book/long")][:1])
    worker = next(folder for folder in cluster.workers if table.is_relative_to(folder))
    cluster.workers[worker].kill()
    code, told, talk = run.ended()
    assert code == 1, talk
    assert "Of 4: 3 published, 1 refused" in told
    assert {slug: files_in(out / slug) for slug in serial} == serial
    assert "bad/essays/a.md:3: error: The picture images/square.svg is missing" in talk


def test_an_address_that_is_none(start: Callable[..., Run], tmp_path: Path) -> None:
    code, _, talk = start("short", "--out", tmp_path, "--scheduler", "nonsense://x").ended()
    assert code == 2
    assert talk.startswith("“nonsense://x” is no address of a scheduler:")
    assert talk.count("\n") == 1


def test_without_dask_its_installation_is_taught(start: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ModuleNotFoundError('distributed')\n")
    address = ("--scheduler", "tcp://127.0.0.1:9")
    code, _, talk = start("short", "--out", tmp_path / "out", *address, path=tmp_path).ended()
    assert code == 2
    assert talk == (
        "--scheduler needs Dask, which is not installed. "
        f"Install it with: {sys.executable} -m pip install distributed\n"
    )
