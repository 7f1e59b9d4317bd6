"""The rules of the house, checked by reading its source."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "bindery"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))

FLOORS = (
    {"errata", "makeready", "set_pages", "casting", "signs", "paper", "spreads"},
    {"metadata", "vocabulary", "printers", "barcode"},
    {"index", "make_up"},
    {"book", "house_style"},
    {"looks"},
    {"manuscript", "print_orders"},
    {"markup"},
    {"concordance"},
    {"references", "indexing", "contents"},
    {"galleys", "typefaces", "suggesting", "composition"},
    {"font_subsets", "setting", "folios"},
    {"composing", "pagination"},
    {"imposition", "plates", "cover", "proofreading", "evenness"},
    {"wrap", "workshop"},
    {
        *("editions.screen_pdf", "editions.epub", "editions.website", "editions.index_json"),
        "editions.print_pdf",
    },
    {"editions"},
    {"preflight"},
    {"report"},
    {"standing_type", "delivery"},
    {"uploads"},
    {"ledger"},
    {"production"},
    {"catalogue"},
    {"acquisitions"},
    {"desk"},
    {"__main__"},
)
"""Lower floors first: a room may import only from rooms on floors below its own."""

FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

HOMES = {
    "weasyprint": {"setting"},
    "pikepdf": {"imposition", "plates", "wrap", "editions", "preflight", "evenness"},
    "zxingcpp": {"preflight"},
    "ebooklib": {"editions"},
    "markdown": {"acquisitions", "markup"},
    "nh3": {"markup"},
    "jinja2": {"house_style"},
}
"""Libraries that only some rooms may know, so that each can be replaced in one place."""

VAGUE = {"utils", "util", "helpers", "common", "base", "misc", "tools", "core", "types"}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40


def name_of(path: Path) -> str:
    """A module's name without the package's, such as "markup.marks"."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__") or "bindery"


def room_of(module: str) -> str:
    """The room to which a module belongs; each edition is a room of its own."""
    parts = module.split(".")
    return ".".join(parts[:2] if parts[0] == "editions" else parts[:1])


@cache
def read(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> set[str]:
    """Every name that is imported, wherever it stands, in full: "bindery.book.Book"."""
    names = set()
    for node in ast.walk(read(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def modules_imported(path: Path) -> set[str]:
    """The modules of the press that a module imports, as precisely as it names them."""
    known = {name_of(module) for module in MODULES} - {"bindery"}
    found = set()
    for name in imported(path):
        inside = name.removeprefix("bindery.")
        candidates = (inside, inside.rpartition(".")[0]) if name != inside else ()
        found |= set([module for module in candidates if module in known][:1])
    return found


each_module = pytest.mark.parametrize("path", MODULES, ids=name_of)


@pytest.mark.parametrize("room", sorted({room_of(name_of(m)) for m in MODULES} - {"bindery"}))
def test_every_room_has_a_floor(room: str) -> None:
    assert room in FLOOR_OF, f"bindery/{room} has no floor: give it one in FLOORS of {__file__}"


def test_every_floor_has_its_rooms() -> None:
    rooms = {room_of(name_of(module)) for module in MODULES}
    assert not set(FLOOR_OF) - rooms, "FLOORS names rooms that are gone"


@each_module
def test_imports_point_down(path: Path) -> None:
    room = room_of(name_of(path))
    others = {room_of(module) for module in modules_imported(path)} - {room}
    floor = FLOOR_OF.get(room, -1 if room == "bindery" else len(FLOORS))
    upward = sorted(other for other in others if FLOOR_OF.get(other, -1) >= floor)
    assert not upward, f"{room} (floor {floor}) imports {', '.join(upward)}, not on a floor below"


@pytest.mark.parametrize("room", sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py")))
def test_the_modules_of_a_room_form_no_circle(room: str) -> None:
    inside = {name_of(path): path for path in (PACKAGE / room).rglob("*.py")}
    graph = {name: modules_imported(path) & set(inside) - {name} for name, path in inside.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(f"imports go in a circle: {' → '.join(circle.args[1])}")


@each_module
def test_imports_are_written_in_full(path: Path) -> None:
    froms = [node for node in ast.walk(read(path)) if isinstance(node, ast.ImportFrom)]
    assert not [node.lineno for node in froms if node.level], "write from bindery.book import Book"


@each_module
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(read(path)), f"{name_of(path)} has no docstring"


@each_module
def test_modules_can_be_read_at_once(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST_MODULE, f"{name_of(path)} has {lines} lines: divide it"


@each_module
def test_functions_can_be_read_at_once(path: Path) -> None:
    functions = [n for n in ast.walk(read(path)) if isinstance(n, ast.FunctionDef)]
    lengths = {f.name: (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions}
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION}
    assert not too_long, f"too long to read at once: {too_long}"


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_is_known_only_at_home(library: str) -> None:
    knowing = {
        name_of(path)
        for path in MODULES
        if any(name.split(".")[0] == library for name in imported(path))
    }
    abroad = sorted(module for module in knowing if module.split(".")[0] not in HOMES[library])
    assert not abroad, f"{library} is imported by {', '.join(abroad)}"


@each_module
def test_only_the_desk_speaks(path: Path) -> None:
    # Makeready speaks too: it runs where nothing is installed yet, before there is a desk.
    calls = [node.func for node in ast.walk(read(path)) if isinstance(node, ast.Call)]
    prints = [f.lineno for f in calls if isinstance(f, ast.Name) and f.id in ("print", "input")]
    assert not prints or room_of(name_of(path)) in ("desk", "makeready"), f"prints in {prints}"


@each_module
def test_only_the_desk_catches_everything(path: Path) -> None:
    handlers = [node for node in ast.walk(read(path)) if isinstance(node, ast.ExceptHandler)]
    wide = {None, "Exception", "BaseException"}
    lines = [handler.lineno for handler in handlers if wide & set(names_caught(handler))]
    assert not lines or room_of(name_of(path)) == "desk", f"catches everything in {lines}"


def names_caught(handler: ast.ExceptHandler) -> list[str | None]:
    """The exceptions that a handler names; None for one that names none."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return [None if kind is None else ast.unparse(kind) for kind in kinds]


@each_module
def test_names_say_something(path: Path) -> None:
    assert not {path.stem, path.parent.name} & VAGUE
