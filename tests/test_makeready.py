"""The door and makeready: from a bare Python to a running press, on any system."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

import bindery
from bindery.makeready import environment, libraries, proving, stamp
from bindery.makeready.hands import run
from bindery.makeready.libraries import System
from bindery.makeready.stamp import NotReady

ROOT = Path(__file__).resolve().parent.parent
ENTRY = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(.*\n(?:[ \t]+.*\n?)*)", re.MULTILINE)
PUBLISHING, TESTS = stamp.lock_parts(str(ROOT))

# The Python that somebody has before there is any environment.
BARE_PYTHON = getattr(sys, "_base_executable", None) or sys.executable


# The lock file


@pytest.mark.parametrize(
    "name", ["requirements.lock", "pyproject.toml", "tests/tools/package.json", "build.py"]
)
def test_no_registry_is_named(name):
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert "index-url" not in text


def test_every_locked_package_has_hashes():
    for name, _version, rest in ENTRY.findall(PUBLISHING + TESTS):
        assert "--hash=sha256:" in rest, name


def test_the_parts_of_the_lock_share_nothing():
    publishing = {name for name, *_ in ENTRY.findall(PUBLISHING)}
    tests = {name for name, *_ in ENTRY.findall(TESTS)}
    assert publishing
    assert tests
    assert not publishing & tests


@pytest.mark.parametrize("part", ["publishing", "tests"])
def test_the_lock_holds_what_pyproject_asks_for(part):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = {
        "publishing": project["project"]["dependencies"],
        "tests": project["dependency-groups"]["test"],
    }[part]
    text = {"publishing": PUBLISHING, "tests": TESTS}[part]
    locked = {(name, version) for name, version, _ in ENTRY.findall(text)}
    for requirement in wanted:
        name, version = re.sub(r"\[.*\]", "", requirement).lower().split("==")
        assert (name, version) in locked, "run python tests/tools/relock.py"


def test_the_lock_of_ace_names_no_addresses_and_has_hashes():
    lock = json.loads((ROOT / "tests/tools/package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert package["integrity"].startswith("sha512-"), name


# The stamp


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that looks like a checkout whose environment is finished."""
    root = tmp_path / "checkout"
    python = Path(stamp.python_of(str(root)))
    python.parent.mkdir(parents=True)
    python.touch()
    lock(root, "weasyprint==70.0\n", "pytest==9.2.0\n")
    finish(root, tests=True)
    return root


def lock(root: Path, publishing: str, tests: str) -> None:
    (root / stamp.LOCK).write_text(f"{publishing}{stamp.TESTS_BEGIN}\n{tests}", encoding="utf-8")


def finish(root: Path, *, tests: bool) -> None:
    promised = stamp.promises(str(root), tests=tests)
    (root / stamp.VENV / stamp.STAMP).write_text("\n".join(promised), encoding="utf-8")


def ready(root: Path, *, tests: bool = False) -> bool:
    return stamp.is_ready(str(root), tests=tests)


def test_a_finished_environment_is_used(checkout):
    assert ready(checkout)
    assert ready(checkout, tests=True)


def test_an_environment_for_publishing_lacks_the_tests_and_can_be_added_to(checkout):
    finish(checkout, tests=False)
    assert ready(checkout)
    assert not ready(checkout, tests=True)
    assert environment.can_be_added_to(checkout)


def test_new_tests_packages_do_not_concern_publishing(checkout):
    lock(checkout, "weasyprint==70.0\n", "pytest==10.0\n")
    assert ready(checkout)
    assert not ready(checkout, tests=True)
    assert not environment.can_be_added_to(checkout)


def test_a_new_lock_wants_a_new_environment(checkout):
    lock(checkout, "weasyprint==71.0\n", "pytest==9.2.0\n")
    assert not ready(checkout)
    assert not environment.can_be_added_to(checkout)


def test_an_environment_cannot_be_moved(checkout, tmp_path):
    moved = checkout.rename(tmp_path / "elsewhere")
    assert not ready(moved)
    assert not environment.can_be_added_to(moved)


def test_another_python_wants_another_environment(checkout, monkeypatch):
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    assert not ready(checkout)
    assert not environment.can_be_added_to(checkout)


def test_an_environment_whose_python_is_gone_is_made_anew(checkout):
    Path(stamp.python_of(str(checkout))).unlink()
    assert not ready(checkout)
    assert not environment.can_be_added_to(checkout)


def test_an_unfinished_environment_is_made_anew(checkout):
    (checkout / stamp.VENV / environment.UNFINISHED).touch()
    assert not environment.can_be_added_to(checkout)


def test_clearing_keeps_the_folder_and_follows_no_links(tmp_path):
    venv, other = tmp_path / "venv", tmp_path / "other"
    other.mkdir()
    (other / "precious").touch()
    (venv / "lib").mkdir(parents=True)
    (venv / "lib64").symlink_to(other)
    environment.clear(venv)
    assert list(venv.iterdir()) == []
    assert (other / "precious").exists()


def test_a_missing_lock_file_is_explained(tmp_path):
    with pytest.raises(NotReady, match=r"Restore requirements\.lock"):
        stamp.lock_parts(str(tmp_path))


# The system's packages


class Shell:
    """Stands in for a package manager: remembers what it was asked, refuses what it is told to."""

    def __init__(self, refuses: str = "\0") -> None:
        self.commands: list[str] = []
        self.refuses = refuses

    def __call__(self, command: Sequence[str]) -> None:
        self.commands.append(" ".join(command))
        if self.refuses in self.commands[-1]:
            raise NotReady("Refused.")


def system(
    *programs: str, is_root: bool = False, platform: str = "linux", shell: Shell | None = None
) -> System:
    return System(
        platform,
        is_root,
        lambda name: f"/usr/bin/{name}" if name in programs else None,
        shell or Shell(),
    )


@pytest.mark.parametrize(
    ("where", "need", "words"),
    [
        (
            system("apt-get"),
            "libraries",
            "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 fontconfig",
        ),
        (system("apt-get"), "browser", "sudo apt-get install -y --no-install-recommends chromium"),
        (system("dnf"), "libraries", "sudo dnf install -y pango harfbuzz fontconfig"),
        (system("dnf"), "venv", "with the package manager of your system"),
        (
            system("pacman", is_root=True),
            "libraries",
            "    pacman -S --needed pango harfbuzz fontconfig",
        ),
        (system("apk"), "libraries", "sudo apk add pango harfbuzz-subset fontconfig"),
        (system("zypper"), "node", "sudo zypper install nodejs-default npm-default"),
        (
            system("brew", platform="darwin", is_root=True),
            "libraries",
            "    brew install pango harfbuzz fontconfig",
        ),
        (
            system(platform="win32"),
            "libraries",
            "MSYS2, then in its shell: pacman -S mingw-w64-ucrt-x86_64-pango",
        ),
        (system(), "libraries", "Pango, HarfBuzz and Fontconfig with the package manager"),
    ],
)
def test_where_nothing_may_be_installed_the_command_is_named(where, need, words):
    with pytest.raises(NotReady) as refusal:
        libraries.supply(need, where)
    assert words in str(refusal.value)
    assert where.run.commands == []


@pytest.mark.parametrize(
    ("program", "is_root", "commands"),
    [
        (
            "apt-get",
            True,
            [
                "apt-get -o DPkg::Lock::Timeout=120 update",
                "apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends chromium",
            ],
        ),
        ("dnf", True, ["dnf install -y chromium"]),
        ("brew", False, ["brew install --cask google-chrome"]),
    ],
)
def test_where_it_may_it_installs(program, is_root, commands):
    shell = Shell()
    libraries.supply("browser", system(program, is_root=is_root, shell=shell))
    assert shell.commands == commands


def test_older_releases_have_no_subsetter_of_its_own():
    shell = Shell(refuses="libharfbuzz-subset0")
    libraries.supply("libraries", system("apt-get", is_root=True, shell=shell))
    assert shell.commands[-1].endswith("libpangoft2-1.0-0 libharfbuzz0b fontconfig")


def test_when_installing_fails_the_command_is_named():
    shell = Shell(refuses="install")
    with pytest.raises(NotReady, match=r"Refused\. Install them with:\n    apt-get install"):
        libraries.supply("browser", system("apt-get", is_root=True, shell=shell))
    assert len(shell.commands) == 4


def test_a_package_source_that_is_out_of_order_does_not_matter():
    shell = Shell(refuses="update")
    libraries.supply("browser", system("apt-get", is_root=True, shell=shell))
    assert len(shell.commands) == 2


def test_a_machine_that_is_not_ours_is_told_what_to_install():
    with pytest.raises(NotReady, match="sudo apt-get install"):
        libraries.ensure_loadable("python", system("apt-get"), load=lambda _: 1)


def test_libraries_that_still_cannot_be_loaded_are_an_error():
    with pytest.raises(NotReady, match="still cannot load"):
        libraries.ensure_loadable("python", system("apt-get", is_root=True), load=lambda _: 1)


def test_without_the_subsetter_bindery_goes_on(capsys):
    libraries.ensure_loadable("python", system(), load=lambda _: libraries.NO_SUBSETTER)
    assert "going on without HarfBuzz-Subset" in capsys.readouterr().err


def test_this_very_python_can_load_the_libraries():
    assert libraries.load(sys.executable) == libraries.ALL_THERE


# The tools for the tests


def test_missing_tools_are_announced_and_in_ci_an_error(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv(proving.BROWSER_VARIABLE, raising=False)
    monkeypatch.setenv("CI", "false")
    proving.provide_tools(tmp_path, system())
    said = capsys.readouterr().err
    assert "Chromium" in said
    assert "Node.js" in said
    assert "Ghostscript" in said
    assert said.count("will be skipped") == 3
    monkeypatch.setenv("CI", "true")
    with pytest.raises(NotReady):
        proving.provide_tools(tmp_path, system())


# Failures


def test_a_failed_command_is_quoted():
    script = "print('no route to host'); raise SystemExit(1)"
    with pytest.raises(NotReady) as refusal:
        run([sys.executable, "-c", script], failing="Nothing was done", remedy="Try again.")
    assert str(refusal.value) == "Nothing was done:\n    no route to host\nTry again."


def test_a_missing_command_is_named():
    with pytest.raises(NotReady, match=r"Nothing was done: .*no-such-program.* Try again"):
        run(["no-such-program"], failing="Nothing was done", remedy="Try again.")


# The wheel


@pytest.mark.slow
def test_the_wheel_holds_the_designs_and_no_books(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name == f"bindery-{bindery.__version__}-py3-none-any.whl"
    names = set(zipfile.ZipFile(wheel).namelist())
    assert f"bindery-{bindery.__version__}.dist-info/licenses/LICENSE" in names
    assert {name.split("/")[0] for name in names} == {
        "bindery",
        f"bindery-{bindery.__version__}.dist-info",
    }
    for folder in ("templates", "styles"):
        for file in filter(Path.is_file, (ROOT / folder).rglob("*")):
            path = file.relative_to(ROOT).as_posix()
            assert f"bindery/house/{path}" in names


# The door


@pytest.mark.parametrize("version", [(3, 4), (3, 11)])
def test_old_pythons_can_read_the_door(version):
    tree = ast.parse((ROOT / "build.py").read_text("utf-8"), feature_version=version)
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.AnnAssign)]


def copy_of_the_tree(destination: Path) -> Path:
    """What a fresh clone has, with the changes that are not committed yet."""
    ignored = shutil.ignore_patterns(".git", ".venv*", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, destination, ignore=ignored)
    return destination


def door(root: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """Start `build.py`, from a folder that has nothing to do with it."""
    return subprocess.Popen(
        [BARE_PYTHON, "-I", str(root / "build.py"), *arguments],
        cwd=root.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **more},
    )


@pytest.mark.slow
def test_from_a_bare_python_to_a_running_press(tmp_path, capsys):
    root = copy_of_the_tree(tmp_path / "press")
    started = time.perf_counter()
    first, second = door(root, "--version"), door(root, "--version")
    for process in (first, second):
        output, errors = process.communicate(timeout=600)
        assert process.returncode == 0, errors
        assert bindery.__version__ in output
        assert "Making ready" not in output
    cold = time.perf_counter() - started
    assert ready(root)
    assert not (root / stamp.VENV / environment.UNFINISHED).exists()

    def seconds(*command: str) -> float:
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - started

    python = stamp.python_of(str(root))
    warm = min(seconds(BARE_PYTHON, str(root / "build.py"), "--version") for _ in range(5))
    direct = min(seconds(python, "-m", "bindery", "--version") for _ in range(5))
    with capsys.disabled():
        print(f"\n  set-up, twice at once: {cold:.1f} s; the door adds {warm - direct:.3f} s")


@pytest.mark.slow
def test_without_a_network_it_says_so(tmp_path):
    root = copy_of_the_tree(tmp_path / "press")
    # pip looks for packages in an empty folder, and nowhere else.
    process = door(root, "--version", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path))
    output, errors = process.communicate(timeout=600)
    assert process.returncode == 3
    assert output == ""
    assert "The packages could not be installed" in errors
    assert "Check the connection to the network" in errors
    assert "Traceback" not in errors
    assert not environment.can_be_added_to(root)
