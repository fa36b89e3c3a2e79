"""The house as its plan says: drawers one can see into, front doors, and names that mix with nothing."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from feedback.database.own_rows import owned_tables

ROOT = Path(__file__).parents[3]
ROOMS = ("language", "data", "forecasting", "feedback", "response", "visuals", "reports", "streamlit_app", "pages")
MOST_MODULES = 22
MOST_PAGES = 30
"""Each address is a file there, and the table of the navigation is what one looks in."""
MOST_LINES = 60
DOORS = ("data", "feedback", "forecasting", "response", "visuals")


def folders() -> list[Path]:
    return sorted({path.parent for room in ROOMS for path in (ROOT / room).rglob("*.py")})


def modules() -> list[Path]:
    found = [path for folder in folders() for path in sorted(folder.glob("*.py"))]
    assert len(found) > 300
    return found


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: str(folder.relative_to(ROOT)))
def test_a_drawer_can_be_seen_into(folder: Path) -> None:
    names = [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]
    most = MOST_PAGES if folder.name == "pages" else MOST_MODULES
    assert len(names) <= most, f"{folder.name} has {len(names)} modules: make a wing"


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: str(folder.relative_to(ROOT)))
def test_each_wing_says_in_a_sentence_what_it_holds(folder: Path) -> None:
    if folder.name == "pages":
        return
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))
    assert said
    assert said.split("\n\n")[0].endswith("."), folder


def test_no_function_is_long() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (node.end_lineno or 0) - node.lineno + 1 > MOST_LINES
    ]
    assert long == []


def test_nothing_in_the_shell_is_mixed_with_a_package_of_the_same_name(tmp_path: Path) -> None:
    """Streamlit puts ``streamlit_app`` first on the path, where its folders and files hide others without an error."""
    names = {path.stem for path in (ROOT / "streamlit_app").iterdir() if path.suffix == ".py" or path.is_dir()}
    names -= {"__init__", "__pycache__", ".streamlit"}
    assert {"main", "app", "shell", "sessions"} <= names
    code = "import sys, importlib.util as u; print([n for n in sys.argv[1:] if u.find_spec(n)])"
    elsewhere = subprocess.run(  # from a folder that is not the project's, so that only what is installed is found
        [sys.executable, "-c", code, *sorted(names)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout.strip() == "[]"
    assert not names & set(ROOMS)
    assert not names & sys.stdlib_module_names


def test_tests_stand_where_the_code_stands() -> None:
    tests = ROOT / "tests" / "unit"
    rooms = {path.relative_to(tests).parts[0] for path in tests.rglob("test_*.py")}
    assert {"data", "house"} <= rooms <= {*ROOMS, "house"}


def test_a_test_that_waits_does_so_apart() -> None:
    """Beside browser tests in the same process ``asyncio.run`` would fail; :mod:`tests.apart` does not."""
    here = [ROOT / "tests" / "apart.py", Path(__file__)]
    files = [path for path in (ROOT / "tests").rglob("*.py") if path not in here]
    assert [path.name for path in files if re.search(r"\b(any|async)io\.run\(", path.read_text("utf-8"))] == []


@pytest.mark.parametrize("room", [room for room in ROOMS if any((ROOT / room).glob("*/__init__.py"))])
def test_the_drawing_of_the_house_shows_every_wing(room: str) -> None:
    drawn = (ROOT / "docs/architecture.md").read_text("utf-8")
    (row,) = [line for line in drawn.splitlines() if line.startswith(f"| `{room}` |")]
    wings = {path.parent.name for path in (ROOT / room).glob("*/__init__.py")}
    assert wings <= set(re.findall(r"`(\w+)`", row)) - {room}


@pytest.mark.parametrize("room", DOORS)
def test_every_name_at_the_front_door_is_there(room: str) -> None:
    door = importlib.import_module(room)
    assert door.__all__
    for name in door.__all__:
        assert getattr(door, name).__module__.startswith(f"{room}.")


def test_code_that_people_take_along_comes_in_by_the_front_door() -> None:
    found = list(_imports_in_texts())
    assert len(found) > 15
    for path, module, names in found:
        assert module in (*DOORS, "language"), f"{path}: from {module}"
        if module in DOORS:
            door = importlib.import_module(module)
            assert set(names) <= set(door.__all__), f"{path}: {names}"


def _imports_in_texts() -> list[tuple[str, str, list[str]]]:
    """Find the Python that stands in texts of the shell and its pages: what results are made again with."""
    found = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                continue
            for line in node.value.splitlines():
                words = line.strip().split()
                if len(words) > 3 and words[0] == "from" and words[2] == "import" and find_spec(words[1].split(".")[0]):
                    names = [name.split(" as ")[0].strip(" ,()") for name in line.split(" import ")[1].split(",")]
                    module, room = words[1], words[1].split(".")[0]
                    if room in ROOMS:
                        found.append((path.name, module, [name for name in names if name and "{" not in name]))
    return found


SQL = re.compile(
    r"\b(SELECT\b.+\bFROM|INSERT\s+(OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET|CREATE\s+(TABLE|INDEX)|PRAGMA)\b",
    re.DOTALL,
)
DATABASE = {"sqlite3", "sqlite_utils"}
OPENING = {"open_store", "change_store", "hold_store"}
OF_ITS_OWN = {f"streamlit_app/access/{name}.py" for name in ("allowance", "counted", "day_names", "throttle")}
"""Keep a small file of their own, and nothing that people said."""


def test_only_feedback_speaks_to_its_database() -> None:
    """SQL, and what opens the database, stand in ``feedback``; other rooms ask its functions."""
    found = {path: list(_of_the_database(path)) for path in modules()}
    assert sum(map(len, found.values())) > 50, "what is looked for is found nowhere, also where it belongs"
    speaking = {str(path.relative_to(ROOT)): what for path, what in found.items() if what}
    assert {path: what for path, what in speaking.items() if not path.startswith("feedback/")}.keys() == OF_ITS_OWN
    assert not any(name in said for path in OF_ITS_OWN for said in speaking[path] for name in (*OPENING, *tables()))


def tables() -> set[str]:
    """Name the tables of feedback that hold what people said."""
    return {owned.table for owned in owned_tables()}


def _of_the_database(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value):
            yield f"{node.lineno}: {node.value}"
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in DATABASE)
        elif isinstance(node, ast.ImportFrom):
            if (node.module or "").split(".")[0] in DATABASE:
                yield str(node.module)
            yield from (alias.name for alias in node.names if alias.name in OPENING)
        elif isinstance(node, ast.Attribute) and node.attr in OPENING | {"rows_where"}:
            yield f"{node.lineno}: {node.attr}"
