"""The database is documented: every table and column, and no others; every command too."""

import re
from pathlib import Path

import pytest

from feedback.__main__ import _parser
from feedback.database.store import open_store

PAGE = Path(__file__).parents[3] / "docs" / "feedback-database.md"


def _documented() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for section in re.split(r"^### ", PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = section.partition("\n")
        first_cells = re.findall(r"^\| (`.*?) \|", rest.split("\n## ")[0], flags=re.MULTILINE)
        found[name.strip()] = {column for cell in first_cells for column in re.findall(r"`(\w+)`", cell)}
    return found


def test_every_table_and_column_is_documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    with open_store() as db:
        there = {
            name: set(db[name].columns_dict)
            for name in db.table_names()
            if not name.startswith("_sqlite") and "_search" not in name
        }
    assert _documented() == there


def test_every_command_of_the_database_is_in_the_page() -> None:
    commands = next(action for action in _parser()._actions if action.choices and not action.option_strings)
    page = PAGE.read_text("utf-8")
    for name in ("init", "verify", "backup", "restore", "retain", "erase", "export", "import"):
        assert name in (commands.choices or {})
        assert f"python -m feedback {name}" in page
