"""The README tells the truth: every command in it runs, its picture is what is printed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.conftest import Published
from tests.specimen import NOT_DRAWN

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.M | re.S)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.strip()]
TESTS = "python3 build.py test"


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the README speaks of: our book, my-book, my-texts."""
    folder = tmp_path_factory.mktemp("desktop")
    (folder / "book").symlink_to(ROOT / "book")
    (folder / "my-book" / "essays").mkdir(parents=True)
    sample = re.search(r"^```markdown\n(.*?)^```", README, re.M | re.S)
    assert sample
    (folder / "my-book" / "essays" / "one.md").write_text(sample[1])
    other = "# The Other Essay\n\n## Its section {#its-section}\n\nWords.\n"
    (folder / "my-book" / "essays" / "other-essay.md").write_text(other)
    index = re.search(r"^```toml\n(.*?)^```", README, re.M | re.S)
    assert index
    (folder / "my-book" / "index.toml").write_text(index[1])
    (folder / "my-book" / "images").mkdir()
    (folder / "my-book" / "images" / "map.svg").write_text(NOT_DRAWN)
    (folder / "my-book" / "book.toml").write_text('title = "My Book"\n')
    (folder / "my-texts").mkdir()
    (folder / "my-texts" / "first.txt").write_text("A First Text\n\nIts words.\n")
    return folder


@pytest.mark.parametrize("command", [line for line in COMMANDS if line != TESTS])
def test_every_command_runs(command: str, desktop: Path) -> None:
    words = shlex.split(command)
    given = dict(word.split("=", 1) for word in words if re.match(r"[A-Z_]+=", word))
    words = words[len(given) :]
    assert words[:2] == ["python3", "build.py"]
    environment = {**os.environ, **given, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "bindery", *words[2:]],
        cwd=desktop,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_continuous_integration_runs_the_command_that_the_readme_names() -> None:
    assert TESTS in COMMANDS
    script = (ROOT / ".ci" / "run").read_text().splitlines()
    assert [line for line in script if "build.py" in line] == [TESTS]


def test_every_file_that_the_documents_name_is_there() -> None:
    for document in ("README.md", "ARCHITECTURE.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        for target in re.findall(
            r"\]\((?!https?:)([^)#]+)\)", re.sub(r"```.*?```", "", text, flags=re.S)
        ):
            assert (ROOT / target).exists(), f"{document} links to {target}"


def test_the_picture_is_the_spread_that_is_printed(our_book: Published) -> None:
    from tests.golden.spread import draw_spread

    drawn, kept = (
        draw_spread(our_book.path(".pdf")),
        Image.open(ROOT / "tests/golden/spread.png").convert("L"),
    )
    assert drawn.size == kept.size
    mean = ImageStat.Stat(ImageChops.difference(drawn, kept)).mean[0]
    assert mean < 3, "draw it again: python -m tests.golden.spread FILE.pdf"
