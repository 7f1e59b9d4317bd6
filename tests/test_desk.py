"""The command line as people and machines meet it, in processes of its own."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import bindery
from tests.specimen import write_book

ROOT = Path(bindery.__file__).parent.parent
ESSAY = "# One\n\nThe text of an essay.\n"
BROKEN = "# One\n\nA note[^1] and [a link](nowhere.md).\n\n![](../images/none.png)\n"


def run(*arguments: object, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """`build.py` with arguments, as it is once everything is installed."""
    command = [sys.executable, "-m", "bindery", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def files_in(folder: Path) -> list[str]:
    """Names of the files in a folder, without what is kept for the next printing."""
    return sorted(path.name for path in folder.glob("*") if path.name != ".bindery")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "small", {"essays/one.md": ESSAY})


def test_version(tmp_path: Path) -> None:
    done = run("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"{bindery.__version__}\n")


@pytest.mark.parametrize("command", [[], ["publish"], ["check"], ["import"]])
def test_help_teaches_with_examples(command: list[str], tmp_path: Path) -> None:
    done = run(*command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "usage: build.py" in done.stdout
    assert command == ["check"] or "my-" in done.stdout or "essays/*.md" in done.stdout


def test_a_book_is_published_beside_itself(book: Path, tmp_path: Path) -> None:
    done = run("publish", "small", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    made = files_in(book / "output")
    assert made[:4] == ["SHA256SUMS", "index.html", "report.html", "report.json"]
    assert made[4:] == ["specimen.epub", "specimen.pdf"]
    assert "small/output/specimen.pdf" in done.stdout
    assert "Setting the pages" in done.stderr


def test_without_a_command_the_book_here_goes_into_output(tmp_path: Path) -> None:
    write_book(tmp_path / "book", {"essays/one.md": ESSAY})
    done = run(cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output" / "specimen.pdf").is_file()


def test_quiet_prints_nothing_when_all_is_well(book: Path, tmp_path: Path) -> None:
    done = run("publish", book, "--only", "epub", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_only_some_editions(book: Path, tmp_path: Path) -> None:
    done = run("publish", book, "--only", "epub", "--out", "there", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    made = files_in(tmp_path / "there")
    assert made == ["SHA256SUMS", "specimen.epub"]


def test_json_is_one_value_and_nothing_else(book: Path, tmp_path: Path) -> None:
    done = run("publish", book, "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert done.stderr == ""
    assert told["outcome"] == "published"
    files = {Path(file["path"]).name: file["bytes"] for file in told["artifacts"]}
    assert files["specimen.pdf"] == (book / "output" / "specimen.pdf").stat().st_size


def test_mistakes_are_told_with_line_and_remedy(tmp_path: Path) -> None:
    book = write_book(tmp_path / "small", {"essays/one.md": BROKEN})
    done = run("publish", book, cwd=tmp_path)
    assert done.returncode == 1
    assert "essays/one.md:3: error: The footnote [^1] is called but never defined." in done.stderr
    assert "essays/one.md:3: error: The link to nowhere.md leads to no file" in done.stderr
    assert "essays/one.md:5: error: The picture images/none.png is missing" in done.stderr
    assert "Add a line “[^1]: the note” at the end of the file." in done.stderr
    assert "3 errors and 1 warning; nothing was changed." in done.stderr
    assert files_in(book / "output") == []


def test_mistakes_for_machines(tmp_path: Path) -> None:
    book = write_book(tmp_path / "small", {"essays/one.md": BROKEN})
    done = run("check", book, "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert (done.returncode, told["outcome"]) == (1, "refused")
    codes = [(query["code"], query["line"]) for query in told["queries"]]
    assert codes == [("undefined-note", 3), ("broken-link", 3), ("no-alt", 5), ("missing-image", 5)]


def test_check_publishes_nothing(book: Path, tmp_path: Path) -> None:
    done = run("check", book, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Ready for the press: 0 warnings, no errors.\n")
    assert files_in(book / "output") == []


@pytest.mark.parametrize(
    "arguments",
    [["pubish"], ["publish", "--only", "pdf"], ["publish", "a", "b"], ["import", "a"], ["--loud"]],
)
def test_wrong_usage_is_two(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "usage: build.py" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_book_that_is_not_there(tmp_path: Path) -> None:
    done = run("publish", "nowhere", cwd=tmp_path)
    assert done.returncode == 1
    assert "There is no folder nowhere." in done.stderr


def test_a_template_that_is_no_text_is_the_editors_mistake(book: Path, tmp_path: Path) -> None:
    (book / "templates").mkdir()
    (book / "templates" / "sheet.html.j2").write_bytes(b"<p>\xff")
    done = run("publish", book, cwd=tmp_path)
    assert done.returncode == 1
    assert "sheet.html.j2:1: error: The file is not UTF-8 text." in done.stderr


def test_our_own_mistake_is_three_and_leaves_a_log(book: Path, tmp_path: Path) -> None:
    breaking = (
        "import sys, bindery.production.editing as room\n"
        "room.manuscript = None\n"
        "from bindery.desk import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    (tmp_path / "breaking.py").write_text(breaking)
    done = subprocess.run(
        [sys.executable, "breaking.py", "publish", str(book)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    (log,) = tmp_path.glob("bindery-*.txt")
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert f"Please send us the file {log}." in done.stderr
    assert "AttributeError: 'NoneType' object has no attribute 'gather'" in log.read_text()


def test_an_unwritable_place_is_said_plainly(book: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = run("publish", book, "--only", "epub", "--out", "file/out", cwd=tmp_path)
    assert done.returncode == 3
    assert "This machine says:" in done.stderr
    assert "Traceback" not in done.stderr


def test_interrupted_is_130_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    text = "# One\n\n" + "Some words of an essay that take a while to set.\n\n" * 2000
    book = write_book(tmp_path / "small", {"essays/one.md": text})
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bindery", "publish", str(book)]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    ) as work:
        assert work.stderr is not None
        while "Setting the pages" not in work.stderr.readline():
            pass
        time.sleep(0.5)
        work.send_signal(signal.SIGINT)
        said = work.stderr.read()
    assert work.returncode == 130
    assert "Interrupted; nothing was changed." in said
    assert not list(book.rglob("*.draft"))
    assert files_in(book / "output") == []


def test_a_terminal_sees_progress_and_a_pipe_sees_lines(book: Path, tmp_path: Path) -> None:
    parent, child = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment |= {"TERM": "xterm", "COLUMNS": "100"}
    command = [sys.executable, "-m", "bindery", "publish", str(book), "--only", "epub"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=child
    ) as work:
        os.close(child)
        seen = b""
        try:
            while piece := os.read(parent, 65536):
                seen += piece
        except OSError:  # Linux ends a terminal so.
            pass
    os.close(parent)
    assert work.returncode == 0
    assert b"Setting the pages" in seen
    assert b"\x1b[" in seen


def test_import_then_publish(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "essay-2.md").write_text("# Second\n\nSee [the first](essay-10.md).\n")
    (texts / "essay-10.md").write_text("# Tenth\n\nWords.\n")
    done = run("import", "texts", "made", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.index("Second") < done.stdout.index("Tenth")
    done = run("publish", "made", "--only", "epub", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    again = run("import", "texts", "made", cwd=tmp_path)
    assert again.returncode == 1
    assert "--force" in again.stderr
