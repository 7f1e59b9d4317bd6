"""`build.py index` as people and machines meet it, in processes of its own; and `index.json`."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from bindery.indexing.record import read_record
from tests.specimen import dedented, write_book
from tests.test_desk import files_in, run

VOCABULARY = """
    [[theme]]
    id = "trade"
    title = "Trade"

    [[entry]]
    term = "salt"
    theme = "trade"
    match = "salt"
    see_also = "tin"

    [[entry]]
    term = "tin"
    theme = "trade"
    match = ["tin", "pewter"]

    [[entry]]
    term = "brine"
    see = "salt"
    """
ESSAY = "# One\n\nSalt is old.\n\nTin is soft.\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    files = {"index.toml": dedented(VOCABULARY), "essays/one.md": ESSAY}
    return write_book(tmp_path / "small", files)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_check_tells_of_the_index_and_how_large_it_is(book: Path, tmp_path: Path) -> None:
    done = run("index", "check", "small", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    said = "index.toml:11: warning: The pattern “pewter” of “tin” finds nothing."
    assert said in done.stderr
    assert "index.toml:16: warning: “brine” says see “salt”, which has 1 place only." in done.stderr
    size, end = done.stdout.splitlines()
    assert size == (
        "3 entries, 0 sub-entries, 2 cross-references, 2 locators in 1 essay, 1 theme; "
        "285.7 locators for 1,000 words."
    )
    assert end == "The index can be printed: 1 warning, 2 suggestions."
    assert files_in(book / "output") == []


def test_check_with_errors(book: Path, tmp_path: Path) -> None:
    change(book / "index.toml", 'see = "salt"', 'see = "salts"')
    done = run("index", "check", "small", cwd=tmp_path)
    assert done.returncode == 1
    message = "“brine” says see “salts”, and there is no such entry."
    assert f"index.toml:16: error: {message}\n    Did you mean “salt”?" in done.stderr
    assert "1 error, 1 warning, 1 suggestion." in done.stderr
    refused = run("publish", "small", cwd=tmp_path)
    assert refused.returncode == 1
    assert message in refused.stderr


def test_warnings_do_not_stop_publishing(book: Path, tmp_path: Path) -> None:
    done = run("check", book, cwd=tmp_path)
    assert (done.returncode, "finds nothing" in done.stderr) == (0, True)
    assert "which has 1 place only" not in done.stderr


def test_check_tells_only_of_the_index(book: Path, tmp_path: Path) -> None:
    (book / "essays/one.md").write_text(f"{ESSAY}\n[Nowhere](none.md).\n", "utf-8")
    done = run("index", "check", "small", cwd=tmp_path)
    assert (done.returncode, "leads to no file" in done.stderr) == (0, False)
    assert "1 error elsewhere; see them with build.py check." in done.stderr


def test_check_for_machines(book: Path, tmp_path: Path) -> None:
    done = run("index", "check", book, "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr, told["outcome"]) == (0, "", "checked")
    assert [query["code"] for query in told["queries"]] == ["no-hit"]
    codes = [query["code"] for query in told["suggestions"]]
    assert codes == ["one-way-see-also", "double-posting"]
    assert told["statistics"]["locators"] == 2


def test_check_in_quiet_prints_errors_only(book: Path, tmp_path: Path) -> None:
    done = run("index", "check", book, "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_check_of_a_book_without_an_index(tmp_path: Path) -> None:
    book = write_book(tmp_path / "plain", {"essays/one.md": ESSAY})
    done = run("index", "check", book, cwd=tmp_path)
    said = "There is no index: no index.toml, and no mark in any essay."
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, said)


# index.json


def test_every_publishing_writes_the_record_of_the_index(book: Path, tmp_path: Path) -> None:
    done = run("publish", "small", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "index.json" in files_in(book / "output")
    assert "  index.json\n" in (book / "output" / "SHA256SUMS").read_text("utf-8")
    brine, salt, tin = read_record(book).entries
    assert (brine.see[0].path, brine.loci) == (("salt",), ())
    assert [(locus.page, locus.words) for locus in salt.loci] == [("1", "Salt is old.")]
    assert (tin.themes, tin.loci[0].paragraph) == (("trade",), 2)


def test_the_record_is_no_edition_that_one_asks_for(book: Path, tmp_path: Path) -> None:
    done = run("publish", book, "--only", "epub", "--out", "there", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert files_in(tmp_path / "there") == ["SHA256SUMS", "index.json", "specimen.epub"]
    assert not read_record(tmp_path / "there").has_pages
    assert run("publish", "small", "--only", "index", cwd=tmp_path).returncode == 2


# diff


def test_diff_tells_what_an_edition_has_changed(book: Path, tmp_path: Path) -> None:
    assert run("publish", "small", "--only", "screen", cwd=tmp_path).returncode == 0
    shutil.copy(book / "output" / "index.json", tmp_path / "old.json")
    text = "# One\n\n" + "A paragraph of other things.\n\n" * 60 + "Salt is old.\n\nIron.\n"
    (book / "essays/one.md").write_text(text, "utf-8")
    change(book / "index.toml", 'see_also = "tin"\n', "")
    assert run("publish", "small", "--only", "screen", cwd=tmp_path).returncode == 0
    done = run("index", "diff", "old.json", "small/output", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:2] == ["1 entry lost its last place:", "    tin: 1"]
    assert "    salt: no longer see also tin" in lines
    assert lines[-2].startswith("1 locator moved: 1 by +")
    assert lines[-1].startswith("    salt: 1 → ")
    again = run("index", "diff", "small", "small", cwd=tmp_path)
    assert again.stdout == "The two editions of the index agree.\n"


def test_diff_for_machines(book: Path, tmp_path: Path) -> None:
    assert run("publish", book, "--only", "epub", cwd=tmp_path).returncode == 0
    done = run("index", "diff", "small", "small/output/index.json", "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert (told["outcome"], told["same"], told["emptied"]) == ("compared", True, [])


def test_diff_of_something_else_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"a": 1}')
    done = run("index", "diff", "other.json", "nowhere", cwd=tmp_path)
    assert done.returncode == 1
    assert "other.json: error: This is no record of an index" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [[], ["chek"], ["diff", "one.json"], ["check", "a", "b"], ["check", "--loud"]]
)
def test_wrong_usage_is_two(arguments: list[str], tmp_path: Path) -> None:
    done = run("index", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "usage: build.py" in done.stderr


@pytest.mark.parametrize("arguments", [[], ["check"], ["suggest"], ["diff"]])
def test_help_says_what_there_is(arguments: list[str], tmp_path: Path) -> None:
    done = run("index", *arguments, "--help", cwd=tmp_path)
    assert (done.returncode, "usage: build.py index" in done.stdout) == (0, True)


def test_a_book_that_is_not_there(tmp_path: Path) -> None:
    done = run("index", "check", "nowhere", cwd=tmp_path)
    assert done.returncode == 1
    assert "There is no folder nowhere." in done.stderr


# suggest


TEXT = """\
# Of trade

Strategic partnerships are old. Salt is sold under strategic partnerships, and salt tax pays.

Strategic partnerships and the salt tax go together. The salt tax is paid in tin.
"""


@pytest.fixture
def talkative(tmp_path: Path) -> Path:
    files = {"index.toml": dedented(VOCABULARY), "essays/one.md": TEXT}
    return write_book(tmp_path / "talkative", files)


def test_suggest_writes_a_worksheet_that_is_never_published(
    talkative: Path, tmp_path: Path
) -> None:
    vocabulary = (talkative / "index.toml").read_bytes()
    done = run("index", "suggest", talkative, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == str(talkative / "index.suggested.toml")
    sheet = tomllib.loads((talkative / "index.suggested.toml").read_text("utf-8"))
    assert "strategic partnerships" in [entry["term"] for entry in sheet["entry"]]
    assert (talkative / "index.toml").read_bytes() == vocabulary
    assert not list(talkative.glob(".*.draft"))
    before = run("index", "check", talkative, "--json", cwd=tmp_path).stdout
    (talkative / "index.suggested.toml").unlink()
    assert run("index", "check", talkative, "--json", cwd=tmp_path).stdout == before


def test_suggest_again_gives_the_same_worksheet(talkative: Path, tmp_path: Path) -> None:
    sheets = []
    for seed in "12":
        done = run("index", "suggest", talkative, cwd=tmp_path, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        sheets.append((talkative / "index.suggested.toml").read_bytes())
    assert sheets[0] == sheets[1]


def test_suggest_for_machines_and_elsewhere(talkative: Path, tmp_path: Path) -> None:
    command = ("index", "suggest", talkative, "--out", "there/sheet.toml", "--json")
    done = run(*command, cwd=tmp_path)
    told = json.loads(done.stdout)
    assert (done.returncode, told["outcome"]) == (0, "suggested")
    assert (tmp_path / told["worksheet"]).is_file()
    assert not (talkative / "index.suggested.toml").exists()
    assert {"term", "match", "count", "essays", "line"} <= set(told["candidates"][0])


@pytest.mark.parametrize("place", ["index.toml", "essays/one.md", "essays", "accepted", "spoilt"])
def test_suggest_destroys_nobodys_work(place: str, talkative: Path, tmp_path: Path) -> None:
    out = talkative / place
    if place in ("accepted", "spoilt"):
        assert run("index", "suggest", talkative, "--out", out, cwd=tmp_path).returncode == 0
        change_last(out, "accept = false", "accept = true" if place == "accepted" else "accept =")
    before = out.read_bytes() if out.is_file() else None
    done = run("index", "suggest", talkative, "--out", out, cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert f"{out}: error: " in done.stderr
    assert (out.read_bytes() if out.is_file() else None) == before


def change_last(file: Path, old: str, new: str) -> None:
    before, found, after = file.read_text("utf-8").rpartition(old)
    assert found
    file.write_text(before + new + after, "utf-8")
